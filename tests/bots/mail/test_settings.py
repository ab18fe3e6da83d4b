"""How letters leave: read from names, whole or not at all, and no secret is ever shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.mail.certificates import authority

from bots.mail.addresses import Mailbox
from bots.mail.settings import MICROSOFT, OAuth, Settings, read_settings
from ehsg_events.kernel import Refused

NEEDED = {
    "EHSG_MAIL_URL": "smtp://relay.testham.example",
    "EHSG_MAIL_FROM": "early-help@testham.example",
}
ENTRA = {
    "EHSG_MAIL_OAUTH_TENANT": "testham",
    "EHSG_MAIL_OAUTH_CLIENT": "app",
    "EHSG_MAIL_OAUTH_SECRET": "s3cret",
}
SIGNS_IN = {"EHSG_MAIL_USER": "us", "EHSG_MAIL_PASSWORD": "s3cret"}


def test_nothing_of_mail_is_set() -> None:
    """Nor is what was set to nothing: then no letters are sent, and nobody is told off."""
    assert read_settings({"PATH": "/bin", "EHSG_DATA": "x"}) is None
    assert read_settings({"EHSG_MAIL_URL": " "}) is None


def test_a_server_and_a_sender_are_enough() -> None:
    """A council's relay asks nobody to sign in; the rest is as most have it."""
    assert read_settings(NEEDED) == Settings(
        "relay.testham.example", 587, Mailbox("early-help@testham.example")
    )


def test_everything_can_be_chosen(tmp_path: Path) -> None:
    """A password may stand in a file."""
    (tmp_path / "password").write_text("s3cret\n")
    found = read_settings(
        {
            "EHSG_MAIL_URL": "smtps://relay.testham.example:4465/",
            "EHSG_MAIL_FROM": '"Early help in Testham" <early-help@testham.example>',
            "EHSG_MAIL_REPLY_TO": "office@testham.example",
            "EHSG_MAIL_USER": "us",
            "EHSG_MAIL_PASSWORD_FILE": str(tmp_path / "password"),
            "EHSG_MAIL_PER_MINUTE": "120",
            "EHSG_MAIL_CA_FILE": str(authority(tmp_path).trusted),
        }
    )
    assert found == Settings(
        "relay.testham.example",
        4465,
        Mailbox("early-help@testham.example", "Early help in Testham"),
        tls_first=True,
        reply_to="office@testham.example",
        user="us",
        password="s3cret",
        per_minute=120,
        ca_file=tmp_path / "authority.pem",
    )


def test_who_has_a_token_signs_in_as_the_sender_unless_another_is_named() -> None:
    """A token is for an app; the mailbox that it writes from is said with it."""
    found = read_settings({**NEEDED, **ENTRA})
    assert found is not None
    assert found.oauth == OAuth("testham", "app", "s3cret", MICROSOFT)
    assert found.user == "early-help@testham.example"
    named = read_settings({**NEEDED, **ENTRA, "EHSG_MAIL_USER": "shared@testham.example"})
    assert named is not None
    assert named.user == "shared@testham.example"


@pytest.mark.parametrize("how", [SIGNS_IN, ENTRA])
def test_a_secret_is_never_shown(how: dict[str, str]) -> None:
    """Neither of settings nor of what they hold."""
    assert "s3cret" not in repr(read_settings({**NEEDED, **how}))


LACKING: dict[str, tuple[dict[str, str], str]] = {
    "no server": ({"EHSG_MAIL_FROM": "a@b.example"}, "EHSG_MAIL_URL is not set"),
    "no sender": ({"EHSG_MAIL_URL": "smtp://x"}, "EHSG_MAIL_FROM is not set"),
    "a password of nobody": ({"EHSG_MAIL_PASSWORD": "x"}, "EHSG_MAIL_USER is not set"),
    "nobody's password": ({"EHSG_MAIL_USER": "x"}, "EHSG_MAIL_PASSWORD is not set"),
    "a password file of nobody": ({"EHSG_MAIL_PASSWORD_FILE": "/nowhere"}, "cannot be read"),
    "an app without its secret": (
        {name: text for name, text in ENTRA.items() if "SECRET" not in name},
        "EHSG_MAIL_OAUTH_SECRET is not set",
    ),
    "a secret of no app": (
        {"EHSG_MAIL_OAUTH_SECRET": "x"},
        "EHSG_MAIL_OAUTH_TENANT, EHSG_MAIL_OAUTH_CLIENT is not set",
    ),
    "a token and a password": ({**ENTRA, **SIGNS_IN}, "Set one"),
}
NOT_UNDERSTOOD = {
    "EHSG_MAIL_URL": (
        "relay.testham.example",
        "http://relay.testham.example",
        "smtp://",
        "smtp://us:s3cret@relay.testham.example",
        "smtp://relay.testham.example:0",
        "smtp://relay.testham.example:70000",
        "smtp://relay.testham.example/inbox",
        "smtp://relay.testham.example?tls=no",
        "smtp://relay testham",
        "smtp://[",
    ),
    "EHSG_MAIL_FROM": ("Testham", "Testham <x>", "a@b.example, c@d.example", "<>", "x" * 80 + " <a@b.example>"),
    "EHSG_MAIL_REPLY_TO": ("Office <office@testham.example>", "office"),
    "EHSG_MAIL_PER_MINUTE": ("0", "-1", "many", "9" * 5000, "\u0663"),
    "EHSG_MAIL_CA_FILE": ("/nowhere", "/dev/null", "\0"),
}  # fmt: skip


@pytest.mark.parametrize("what", LACKING)
def test_what_is_half_set_is_refused_by_the_name_of_what_lacks(what: str) -> None:
    """Whatever was meant: nothing is sent as somebody else, or to nowhere."""
    given, says = LACKING[what]
    needed = {} if what in ("no server", "no sender") else NEEDED
    with pytest.raises(Refused, match=says):
        read_settings({**needed, **given})


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in NOT_UNDERSTOOD.items() for text in texts]
)
def test_what_is_not_understood_is_refused_by_its_name(name: str, text: str) -> None:
    """With an example of what it takes, and without repeating a secret."""
    with pytest.raises(Refused, match=name) as refusal:
        read_settings({**NEEDED, name: text})
    assert "s3cret" not in str(refusal.value)


def test_a_password_that_servers_read_differently_is_refused() -> None:
    """What is said when signing in is ASCII."""
    with pytest.raises(Refused, match="not ASCII"):
        read_settings({**NEEDED, "EHSG_MAIL_USER": "us", "EHSG_MAIL_PASSWORD": "cyfrinair â"})


@pytest.mark.parametrize("url", ["http://tokens.example", "ftp://127.0.0.1", "tokens.example"])
def test_a_secret_is_sent_where_nobody_listens_or_not_at_all(url: str) -> None:
    """To an address over HTTPS, or to this machine."""
    with pytest.raises(Refused, match="EHSG_MAIL_OAUTH_URL"):
        read_settings({**NEEDED, **ENTRA, "EHSG_MAIL_OAUTH_URL": url})
    assert read_settings({**NEEDED, **ENTRA, "EHSG_MAIL_OAUTH_URL": "http://127.0.0.1:1"})


@pytest.mark.parametrize(
    ("url", "encrypted"),
    [
        ("smtp://relay.testham.example", True),
        ("smtp://10.0.0.25", True),
        ("smtp://localhost.testham.example", True),
        ("smtp://127.0.0.1:25", False),
        ("smtp://[::1]:25", False),
        ("smtp://localhost:25", False),
        ("smtps://localhost", True),
    ],
)
def test_only_on_this_machine_is_anything_said_in_the_clear(url: str, encrypted: bool) -> None:
    """There too it is encrypted where a file says whom to trust."""
    found = read_settings({**NEEDED, "EHSG_MAIL_URL": url})
    assert found is not None
    assert found.encrypted is encrypted
