"""What a child process is given: no secret of Slack or of mail, whoever begins it."""

from __future__ import annotations

from support.places import ROOT

from ehsg_events.machine.children import without_secrets

PACKAGES = ("bots", "flows", "projections", "ehsg_events", "guides")


def test_a_child_is_given_all_but_the_secrets_of_slack_and_of_mail() -> None:
    """By their names, so that a setting of tomorrow is not given either."""
    given = {"PATH": "/bin", "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_ANYTHING_FILE": "/secret"}
    given |= {"EHSG_MAIL_PASSWORD": "s3cret", "EHSG_MAIL_OAUTH_SECRET_FILE": "/secret"}
    given |= {"EHSG_NOTIFY_KEY": "key-1", "EHSG_BOUNCES_PASSWORD": "s3cret"}
    assert without_secrets(given) == {"PATH": "/bin"}


def test_whatever_begins_a_child_says_what_it_is_given() -> None:
    """A module that begins one chooses its environment, and leaves the secrets out."""
    sources = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
    }
    begin = {name for name, text in sources.items() if "subprocess.Popen(" in text}
    begin |= {name for name, text in sources.items() if "subprocess.run(" in text}
    assert len(begin) > 2
    assert {name for name in begin if "env=" not in sources[name]} == set()
    choose = {name for name, text in sources.items() if "without_secrets(" in text}
    assert choose >= begin - {"flows/child_process.py"}, "which passes on what flows chose"
