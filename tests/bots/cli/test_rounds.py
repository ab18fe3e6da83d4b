"""A round's life at the command line: planned, moved, reopened; people join, leave, hand over."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.ehsg import PANEL, Ran, ehsg, opened

SLACK = ("--slack", "T012AB/U034CD")
EVE = ("--name", "Eve Elm", "--agency", "Police", "--works-as", "Inspector", "--asked", "5.1")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with an open round: four people of four agencies, two items each."""
    folder = tmp_path / "data"
    opened(folder)
    return folder


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """A data folder with an assessment, and no round yet."""
    (tmp_path / "panel.csv").write_text(PANEL, encoding="utf-8")
    words = ("--guide", "ehsg-2022@1", "--area", "T", "--panel", str(tmp_path / "panel.csv"))
    assert ehsg(tmp_path / "data", "assessment", "open", *words).code == 0
    return tmp_path / "data"


def rules(data: Path, text: str) -> str:
    """The name of a rules file."""
    file = data.parent / "rules.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def refused(ran: Ran) -> str:
    """What a command was refused with."""
    assert (ran.code, ran.out) == (2, "")
    return ran.err


def test_an_opening_is_planned_shown_and_cancelled(before: Path) -> None:
    """The round opens by itself then; no round has to be there for the status to say so."""
    plan = ("--opens", "2028-10-02 09:00", "--deadline", "2028-10-13")
    planned = ehsg(before, "round", "plan", *plan)
    assert planned.out == (
        "Round 1 opens by itself at 9am on Monday 2 October 2028, and lasts until 5pm on "
        "Friday 13 October 2028.\n"
    )
    assert ehsg(before, "round", "status").out == planned.out
    status = ehsg(before, "round", "status", "--json").document
    assert status["opening"] == {
        "round": 1,
        "opens": "2028-10-02T08:00:00+00:00",
        "deadline": "2028-10-13T16:00:00+00:00",
    }
    assert (status["round"], status["next"][0]["what"]) == (None, "open")
    cancelled = ehsg(before, "round", "plan", "--cancel", "--json").document
    assert cancelled["opening"] is None
    assert "there is nothing to cancel" in refused(ehsg(before, "round", "plan", "--cancel"))


def test_an_opening_needs_a_time_and_a_round_that_is_not_open(data: Path) -> None:
    """Both refusals say what to do."""
    assert "--opens: This is needed." in refused(ehsg(data, "round", "plan"))
    again = ehsg(data, "round", "plan", "--opens", "2028-10-02 09:00")
    assert "To close and measure it: `ehsg round close`" in refused(again)


@pytest.mark.parametrize(
    ("opens", "deadline", "said"),
    [
        ("2020-10-05 09:00", "2028-10-13", "has passed, so no round can open then."),
        ("2028-10-09 09:00", "2028-10-06", "before it opens at 9am on Monday 9 October 2028."),
        ("2029-01-08 09:00", "2029-01-19", "is outside the calendar"),
    ],
)
def test_an_opening_that_cannot_be_is_refused(
    before: Path, opens: str, deadline: str, said: str
) -> None:
    """It lies ahead, and the deadline after it."""
    plan = ("round", "plan", "--opens", opens, "--deadline", deadline)
    assert said in refused(ehsg(before, *plan))


def test_a_closed_round_says_how_each_descriptor_left_and_is_reopened(data: Path) -> None:
    """Reopened, it takes answers again, and the status tells that they are told apart."""
    for person, score in zip(("police-1", "health-1", "schools-1"), "333", strict=True):
        assert ehsg(data, "answer", "--as", person, "5.1", score).code == 0
    assert ehsg(data, "round", "close").code == 0
    closed = ehsg(data, "round", "status", "--json").document
    assert closed["left"] == {"5.1": "agreed", "9.5": "asked-again"}
    assert "Asked again in the next round: 9.5." in ehsg(data, "round", "status").out
    again = ("round", "reopen", "--deadline", "2028-10-13", "--because", "Two were ill.")
    assert "It was reopened" in ehsg(data, *again).out
    status = ehsg(data, "round", "status", "--json").document
    assert (status["open"], status["reopened"], status["left"]) == (True, 1, None)
    assert "there is nothing to reopen" in refused(ehsg(data, *again))


def test_the_end_of_the_last_round_says_until_when_the_coordinator_has(before: Path) -> None:
    """To moderate, and to sign off after it."""
    (before.parent / "one.yaml").write_text("rule: {rounds: 1}", encoding="utf-8")
    words = ("--guide", "ehsg-2022@1", "--area", "T", "--panel", str(before.parent / "panel.csv"))
    one = ("--rules", str(before.parent / "one.yaml"))
    assert ehsg(before, "assessment", "open", "--again", *words, *one).code == 0
    assert ehsg(before, "round", "open").code == 0
    closed = ehsg(before, "round", "close").out
    assert "Not agreed in the last round: 5.1, 9.5." in closed
    assert "Moderation is to be done by 5pm on" in closed
    status = ehsg(before, "round", "status", "--json").document
    assert status["moderation_due"] < status["sign_off_due"]


def test_who_joins_is_invited_and_listed_with_their_hours_and_backup(data: Path) -> None:
    """For the coordinator's eyes: the names are sealed."""
    backup = ("--backup", "substitute", "--backup-name", "Fay Fox")
    works = ("--works", "Tue-Thu 09:00-15:00", "--zone", "Europe/Paris")
    added = ehsg(data, "panel", "add", *EVE, *SLACK, *works, *backup, "--json")
    assert added.document == {"stakeholder": "police-2", "invited": True}
    listed = ehsg(data, "panel").out
    assert "police-2  Eve Elm, Inspector, Police\n  works Tue-Thu 09:00-15:00 in Europe" in listed
    assert "  substitute: Fay Fox\n" in listed
    assert ehsg(data, "panel", "list", "--json").document == ehsg(data, "panel", "--json").document


def test_who_joins_keeps_the_panel_files_rules(data: Path) -> None:
    """All mistakes at once, each with its option."""
    said = refused(ehsg(data, "panel", "add", *EVE[:-1], "nope", "--works", "x", "--id", "elm-1"))
    options = [line.split(":")[0] for line in said.splitlines()]
    assert options == ["--asked", "--id", "--works"]


def test_who_is_released_is_asked_nothing_more_until_they_are_added_again(data: Path) -> None:
    """By the same id and name; somebody else needs another id."""
    gone = ("panel", "release", "health-1", "--because", "Moved away.")
    assert ehsg(data, *gone, "--json").document == {"released": "health-1"}
    status = ehsg(data, "round", "status")
    assert "Asked nothing more: health-1." in status.out
    assert "3 people asked" in status.out
    assert "(asked nothing more)" in ehsg(data, "panel").out
    back = ("--agency", "Health", "--works-as", "Visitor", "--asked", "5.1", "--id", "health-1")
    other = ehsg(data, "panel", "add", "--name", "Gus Gray", *back)
    assert "That is health-1, who was released." in refused(other)
    assert ehsg(data, "panel", "add", "--name", "Bob Burrell", *back).code == 0
    assert ehsg(data, "round", "status", "--json").document["released"] == []


def test_who_stays_silent_is_handed_over_to_a_substitute(data: Path) -> None:
    """They need not have asked; somebody new, or somebody on the panel."""
    ehsg(data, "answer", "--as", "police-1", "5.1", "3")
    handed = ehsg(data, "hand-over", "police-1", "--name", "Eve Elm", "--json").document
    assert handed == {"handed_on_by": "police-1", "to": "police-2", "items": ["9.5"]}
    assert "type the name of somebody new" in refused(ehsg(data, "hand-over", "police-2"))
    ehsg(data, "panel", "release", "health-1", "--because", "Left.")
    over = ehsg(data, "hand-over", "police-2", "--to", "health-1")
    assert "health-1 was released" in refused(over)
    back = ehsg(data, "hand-over", "Eve Elm", "--to", "police-1").out
    assert back.endswith(" (police-1) is asked 9.5 now.\n")


def test_a_policy_is_shown_and_chosen_for_the_rounds_to_come(data: Path) -> None:
    """The round that is open keeps its own, and it is said."""
    shown = ehsg(data, "policy", "show")
    assert "A first round lasts 10 working days" in shown.out
    file = rules(data, "policy:\n  working_days: 15\n")
    chosen = ehsg(data, "policy", "choose", file, "--json")
    assert chosen.document["policy"]["working_days"] == 15
    assert chosen.document["sentences"][0].startswith("A first round lasts 15 working days")
    assert "Round 1 is open, and keeps the policy it was opened with." in chosen.err


def test_the_rounds_to_come_are_timed_by_plain_answers_too(data: Path) -> None:
    """What is not answered stays; a file goes with no answer beside it."""
    chosen = ehsg(data, "policy", "choose", "--days-again", "4", "--json")
    assert chosen.document["policy"]["feedback_working_days"] == 4
    assert chosen.document["policy"]["working_days"] == 10
    file = rules(data, "policy:\n  working_days: 15\n")
    assert "does not go with the rest" in refused(
        ehsg(data, "policy", "choose", file, "--days", "3")
    )
    assert "Answer one of the questions" in refused(ehsg(data, "policy", "choose"))


def test_the_rule_cannot_be_chosen_again(data: Path) -> None:
    """How agreement is measured was fixed before anyone answered."""
    file = rules(data, "rule: within-one-by-agency\npolicy:\n  working_days: 15\n")
    assert "Leave `rule:` out of the file" in refused(ehsg(data, "policy", "choose", file))
    assert "lasts 10 working days" in ehsg(data, "policy", "show").out


def test_a_request_for_information_is_counted_without_a_data_folder(tmp_path: Path) -> None:
    """In words, and for programs."""
    asked = ("information-request", "--received", "2026-03-09")
    assert "is to be answered by Thursday 9 April 2026" in ehsg(tmp_path, *asked).out
    found = ehsg(tmp_path, *asked, "--json").document
    assert (found["answer_by"], found["answer_by_said"]) == (
        "2026-04-09",
        "by Thursday 9 April 2026",
    )
    assert [one["day"] for one in found["bank_holidays"]] == [
        "2026-03-17",
        "2026-04-03",
        "2026-04-06",
    ]
    said = refused(ehsg(tmp_path, "information-request", "--received", "9 March"))
    assert "Write it as 2026-12-11 or 11 December 2026." in said
