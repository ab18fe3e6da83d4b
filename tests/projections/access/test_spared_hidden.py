"""That somebody's silence cannot matter tells how the others answered, so it waits for the close."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.story.story import Story, member, printed

from bots.messages.reminded import reminded
from bots.phrases.nudges import reminded as sentences
from bots.slack.coordinator.coming import nudged
from ehsg_events.commands import rounds
from ehsg_events.reminders.reminders import SPARED, TOLD_LATER
from ehsg_events.states.streams import round_stream
from ehsg_events.values.policy import Policy, Terms
from projections.collecting.nudges import nudges
from projections.results.results import trail

PEOPLE = [member(f"{of}-{n}", of, ["5.1"]) for of in ("police", "health", "school") for n in "1234"]
LAST_DAY = datetime(2026, 10, 16, 9, tzinfo=UTC)  # 10am: a working day before the deadline
SILENT = PEOPLE[-1].id
WHY = "no verdict and no middle score could change"


@pytest.fixture
def spared(tmp_path: Path) -> Iterator[Story]:
    """All but one have said the same, so that the last is not reminded."""
    terms = Terms(policy=Policy(reminders=(1,), only_who_matters=True))
    with Story(tmp_path) as story:
        story.opened(PEOPLE, terms).round_opened()
        for person in PEOPLE[:-1]:
            story.answered(person.id, "5.1", "3")
            story.finished(person.id, "5.1", "working-well")
            story.finished(person.id, "5.1", "next-steps")
        stamp = story.stamp().model_copy(update={"at": LAST_DAY})
        rounds.advance(story.log, stamp, story.assessment)
        yield story


def told(story: Story) -> str:
    """Everything that anybody is told of reminders: coordinator, board, auditor, and the person."""
    newest = story.log.read(round_stream(story.assessment, 1))
    assert newest is not None
    shown = [
        *(one.model_dump_json() for one in nudges(story.view())),
        *nudged(story.log, story.assessment, newest),
        sentences(reminded(story.log, story.assessment, 1, SILENT)),
        printed(story.view()),
    ]
    return "\n".join(shown)


def test_while_the_round_is_open_nobody_is_told(spared: Story) -> None:
    """Only that it could be spared; the row of the trail shows that something happened."""
    found = told(spared)
    assert "cannot-matter" not in found
    assert f"{WHY}, whatever" not in found
    assert found.count(SPARED[TOLD_LATER]) == 3
    assert [one.rule for one in nudges(spared.view(), SILENT)] == [TOLD_LATER]
    assert "cannot-matter" not in str(trail(spared.view()))


def test_once_it_is_closed_the_rule_is_told(spared: Story) -> None:
    """Everywhere; and hidden again while the round is open again."""
    found = told(spared.round_closed())
    assert (found.count("cannot-matter") >= 2, f"{WHY}, whatever" in found) == (True, True)
    assert TOLD_LATER not in found
    assert "cannot-matter" not in told(spared.reopened(21, "half term"))
