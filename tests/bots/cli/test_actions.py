"""What did you know, how, and what next: actions from the first next step to the last day."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from support.ehsg import Ran, ehsg, opened

PEOPLE = ("police-1", "health-1", "schools-1", "council-1")
TYPED = ("start", "1", "We ask 40 families a year", "next", "Train the leads", "Ask families", "")
TRAIN = ("--words", "Train all lead practitioners", "--owner", "Jane Smith", "--due", "2099-03-31")


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed round: 5.1 is scored 1 by all, two next steps and a word of evidence were typed."""
    folder = tmp_path_factory.mktemp("area") / "data"
    opened(folder)
    for person in PEOPLE[1:]:
        assert ehsg(folder, "answer", "5.1", "1", "--as", person).code == 0
    script = folder.parent / "lines.txt"
    script.write_text("\n".join(TYPED))
    assert ehsg(folder, "interview", "--as", "police-1", "--script", str(script)).code == 0
    assert ehsg(folder, "round", "close").code == 0
    return folder


@pytest.fixture
def data(closed: Path, tmp_path: Path) -> Path:
    """The same area, to be changed."""
    return Path(shutil.copytree(closed, tmp_path / "data"))


def asked(data: Path, *words: str) -> Ran:
    """A command that went well."""
    ran = ehsg(data, *words)
    assert ran.code == 0, ran.err
    return ran


def document(data: Path, *more: str) -> dict[str, Any]:
    """All that is to be done, for programs."""
    found: dict[str, Any] = asked(data, "actions", "--json", *more).document
    return found


def five_one(data: Path) -> dict[str, Any]:
    """What is to be done about 5.1."""
    (found,) = (one for one in document(data)["descriptors"] if one["item"] == "5.1")
    assert isinstance(found, dict)
    return found


def test_each_descriptor_tells_what_is_known_how_and_what_comes_next(data: Path) -> None:
    """Score, evidence with its day, and actions with owner and due day."""
    asked(data, "action", "agree", "5.1", *TRAIN)
    found = five_one(data)
    assert (found["score"], found["low"]) == (1, True)
    assert [(one["words"], one["evidence"]["dated"]) for one in found["evidence"]] == [
        ("We ask 40 families a year", None)
    ]
    (action,) = found["actions"]
    assert (action["number"], action["words"]) == (1, "Train all lead practitioners")
    assert (action["owner"], action["due"]) == ("Jane Smith", "2099-03-31")
    assert [row["item"] for row in document(data)["descriptors"]][:3] == ["5.1", "5.2", "5.3"]


def test_missing_owners_and_days_are_counted(data: Path) -> None:
    """Of the actions that stand; what has ended needs neither."""
    asked(data, "action", "agree", "5.1", *TRAIN)
    asked(data, "action", "agree", "5.1", "--words", "Ask families")
    asked(data, "action", "agree", "9.5", "--words", "One record", "--owner", " ")
    found = document(data)
    assert (found["standing"], found["without_owner"], found["without_due"]) == (3, 2, 2)
    asked(data, "action", "end", "9.5", "1", "--dropped", "--because", "No money")
    found = document(data)
    assert (found["standing"], found["without_owner"], found["dropped"]) == (2, 1, 1)
    assert "2 actions to do: 1 without an owner, 1 without a day" in asked(data, "actions").out


def test_next_steps_that_no_action_follows_are_counted(data: Path) -> None:
    """Until one is agreed; said only where the score is low or the descriptor a priority."""
    assert document(data)["unfollowed"] == 2
    assert (
        "people typed 2 next steps, 2 of them followed by no action" in asked(data, "actions").out
    )
    asked(data, "action", "agree", "5.1", *TRAIN)
    assert document(data)["unfollowed"] == 0


def test_an_action_is_changed_part_by_part_and_ends_with_a_reason(data: Path) -> None:
    """What is not named stays, a blank takes away, and both stand on the walk of the log."""
    asked(data, "action", "agree", "5.1", *TRAIN)
    before = str(len(asked(data, "trail", "--json").document))
    asked(data, "action", "change", "5.1", "1", "--owner", "Bob Brown")
    asked(data, "action", "change", "5.1", "1", "--due", "")
    (action,) = five_one(data)["actions"]
    assert (action["words"], action["owner"]) == ("Train all lead practitioners", "Bob Brown")
    assert action["due"] is None
    asked(data, "action", "end", "5.1", "1", "--done", "--because", "All 31 were trained")
    (action,) = five_one(data)["actions"]
    assert (action["how"], action["because"]) == ("done", "All 31 were trained")
    assert "Action 1 for 5.1 Family engagement is done" in asked(data, "trail").out
    assert asked(data, "actions", "--as-of", before).out.count("Jane Smith") == 1


def test_an_action_is_overdue_once_its_day_has_passed(data: Path) -> None:
    """Judged on the day that is asked for."""
    asked(data, "action", "agree", "5.1", *TRAIN)
    assert document(data)["overdue"] == 0
    assert document(data, "--as-of", "2099-03-31")["overdue"] == 0
    assert document(data, "--as-of", "2099-04-01")["overdue"] == 1


def test_actions_are_agreed_after_the_sign_off_too(data: Path) -> None:
    """That is when plans are made, and no score moves."""
    for item in ("5.1", "9.5"):
        asked(data, "moderate", item, "--score", "1", "--because", "as it stands")
    asked(data, "sign-off", "--role", "Chair", "--name", "Pat Penn", "--with-blanks")
    asked(data, "action", "agree", "5.1", *TRAIN)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("agree", "99.9", "--words", "x"), "has no descriptor 99.9"),
        (("agree", "5.1", "--words", " "), "Say what is to be done"),
        (("agree", "5.1", "--words", "x", "--due", "2020-01-01"), "has passed: today is"),
        (("agree", "5.1", "--words", "x", "--due", "spring"), "spring is not a day"),
        (("change", "5.1", "1"), "Nothing was changed"),
        (("change", "5.1", "1", "--owner", "Bob"), "No action 1 was agreed"),
        (("end", "5.1", "1", "--because", "x"), "Say one of them: --done or --dropped."),
        (("end", "5.1", "1", "--done", "--because", " "), "Say why"),
    ],
)
def test_what_makes_no_sense_is_refused(closed: Path, words: tuple[str, ...], said: str) -> None:
    """With what is so and the way out."""
    ran = ehsg(closed, "action", *words)
    assert ran.code == 2
    assert said in ran.err


def test_words_and_owners_are_on_no_fact(data: Path) -> None:
    """They are sealed, the reason too."""
    asked(data, "action", "agree", "5.1", *TRAIN)
    asked(data, "action", "end", "5.1", "1", "--done", "--because", "Jane left")
    for file in data.glob("log.sqlite*"):
        content = file.read_bytes()
        assert not [word for word in (b"Jane", b"Train all lead") if word in content], file.name
