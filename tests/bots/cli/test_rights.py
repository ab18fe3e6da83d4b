"""What people may ask of what is kept about them, by command."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from support.ehsg import ehsg
from support.story.story import PANEL, Story

from ehsg_events.commands import people
from ehsg_events.values.policy import Policy, Terms

WORDS, THEIRS = "Said by police-1", "Said by health-1"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A closed round in which two people wrote something, with a day that is over."""
    with Story(tmp_path / "data") as story:
        story.opened(PANEL, Terms(policy=Policy(kept_until=date(2026, 10, 31)))).round_opened()
        for person, words in (("police-1", WORDS), ("health-1", THEIRS)):
            story.answered(person, "5.1", "2").noted(person, "5.1", "working-well", words)
        people.name_reader(story.log, story.stamp(), story.assessment, "Rae Reed", "auditor")
        story.round_closed()
    return tmp_path / "data"


def test_forgetting_is_asked_about_first(data: Path) -> None:
    """It tells how much would go, and nothing goes; a reason alone is not enough."""
    for words in ((), ("--because", "by letter"), ("--for-good",)):
        asked = ehsg(data, "forget", "police-1", *words)
        assert asked.code != 0
        assert "Nothing was destroyed yet" in asked.err
        assert "ehsg subject-access police-1" in asked.err
    assert WORDS in ehsg(data, "trail").out


def test_the_certificate_says_what_was_destroyed_and_what_remains(data: Path) -> None:
    """For people and for programs; it can be printed again."""
    words = ("forget", "police-1", "--because", "by letter", "--for-good")
    told = ehsg(data, *words)
    assert told.code == 0, told.err
    for part in ("CERTIFICATE OF ERASURE: police-1", "no piece of any of these texts", "Backups"):
        assert part in told.out
    again = ehsg(data, "forget", "police-1", "--json").document
    assert (again["again"], again["complete"], len(again["remains"])) == (True, True, 4)
    trail = ehsg(data, "trail").out
    assert "police-1 was forgotten, as they asked" in trail
    assert "These words were forgotten." in trail
    assert WORDS not in trail
    assert THEIRS in trail


def test_a_reader_is_removed_before_they_are_forgotten(data: Path) -> None:
    """Else nobody could say who is signed in."""
    words = ("forget", "reader-1", "--because", "left", "--for-good")
    assert "still reads" in ehsg(data, *words).err
    assert ehsg(data, "reader", "remove", "reader-1").code == 0
    assert ehsg(data, *words).code == 0


def test_retention_is_listed_before_it_is_applied(data: Path) -> None:
    """Nothing is left afterwards of whoever was asked."""
    (before,) = ehsg(data, "retention", "list", "--json").document
    assert (before["over"], before["people"], before["kept_until"]) == (True, 6, "2026-10-31")
    assert "OVER" in ehsg(data, "retention", "list").out
    done = ehsg(data, "retention", "apply", "--json")
    assert done.code == 0, done.err
    assert (done.document["texts"] > 0, done.document["complete"]) == (True, True)
    (after,) = ehsg(data, "retention", "list", "--json").document
    assert after["people"] == 0
    assert "Nothing is kept any more" in ehsg(data, "retention", "apply").err


def test_what_is_on_hold_is_listed_and_not_applied(data: Path) -> None:
    """Until it goes on."""
    held = ehsg(data, "retention", "hold", "--because", "an inquiry")
    assert (held.code, "Nothing is destroyed" in held.out) == (0, True)
    assert "ON HOLD" in ehsg(data, "retention", "list").out
    (listed,) = ehsg(data, "retention", "list", "--json").document
    assert (listed["held"], listed["destroyed_from"]) == (True, None)
    refused = ehsg(data, "retention", "apply")
    assert (refused.code, "ehsg retention resume" in refused.err) == (2, True)
    assert ehsg(data, "retention", "resume").code == 0
    assert ehsg(data, "retention", "apply").code == 0


@pytest.mark.parametrize(
    "words", [("trail",), ("why", "5.1"), ("evidence", "list")], ids=lambda words: words[0]
)
def test_whose_words_a_command_shows_is_recorded_once_a_day(
    data: Path, words: tuple[str, ...]
) -> None:
    """Of both, and before the next trail is shown."""
    read = "coordinator opened words of health-1, police-1"
    for _ in range(2):
        assert WORDS in ehsg(data, *words).out
    assert ehsg(data, "trail").out.count(read) == 1
