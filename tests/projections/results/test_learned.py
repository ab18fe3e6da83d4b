"""What a person had learned of how others answer, over random histories of several rounds."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from support.simulation import memory
from support.story.story import NAMES, NOON, PANEL, Story

from ehsg_events.commands import outcomes, workshop
from ehsg_events.commands.sitting import sit_down
from ehsg_events.events import AnswerAmended, AnswerGiven
from ehsg_events.interview import answers
from ehsg_events.interview.questions import waiting
from ehsg_events.kernel import Refused
from ehsg_events.states.workshop_room import Room
from ehsg_events.values.policy import Policy, Rule, Terms
from projections.facts.read_models import take_away
from projections.facts.view import View
from projections.results.results import why
from projections.results.what_if import If, supposing

__all__ = ["memory"]
ITEMS = ("5.1", "5.2")
TERMS = Terms(rule=Rule(rounds=9), policy=Policy(shown="figures-and-reasons"))
SEEDS = range(4)
UNSTAMPED = """
  ALTER TABLE fact RENAME TO stamped; CREATE TEMP VIEW fact AS SELECT * REPLACE (struct_pack(
    guide := exposure.guide, wording := exposure.wording, language := exposure.language,
    figures_round := exposure.figures_round, figures := exposure.figures,
    reasons := exposure.reasons, room := NULL::BIGINT, earlier_round := NULL::BIGINT,
    earlier_figures := NULL::VARCHAR, earlier_reasons := NULL::VARCHAR, end_told := NULL::BOOLEAN
  ) AS exposure) FROM stamped"""


class History:
    """Something happens at random; beside it a list is kept of who has been shown what."""

    def __init__(self, story: Story, chance: random.Random) -> None:
        self.story, self.chance = story, chance
        self.shown: set[tuple[str, str]] = set()  # on a screen, in a room, or at a sign-off
        self.certain: set[tuple[str, str]] = set()  # as above, as far as an old log can tell
        self.blind: dict[int, bool] = {}  # by position of an answer, whether it was
        self.told: dict[int, bool] = {}  # and whether an old log tells that it was not

    def happen(self) -> None:
        """One thing happens, if it can."""
        newest = self.story.log.newest_round(self.story.assessment)
        does = [self.opened, self.opened, self.room, self.room, self.end]
        if not newest.closed:
            does = [*[self.answer] * 9, *[self.look] * 3, self.back, self.over]
        if not newest.closed and newest.kind == "workshop":
            does += [self.room, *[self.vote] * 5]
        with suppress(Refused):
            self.chance.choice(does)()

    def disagree(self) -> None:
        """A first round that leaves both items to be asked again."""
        for person, value in zip(NAMES, "000555", strict=True):
            for item in ITEMS:
                self._said(person, item, value)

    def answer(self) -> None:
        """Somebody answers what stands on their screen, or another item ahead of its turn."""
        self._said(self.chance.choice(NAMES), self.chance.choice(ITEMS))

    def back(self) -> None:
        """Somebody goes back to an item."""
        person = self.chance.choice(NAMES)
        self.story.said(person, lambda _, now, at: answers.revisit(now, at, ITEMS[0]))
        self.look(person)

    def _said(self, person: str, item: str, value: str = "") -> None:
        value = value or self.chance.choice("05")
        self.look(person)
        before = self.story.log.store.last_position()
        self.story.said(person, lambda _, now, at: answers.answer(now, at, item, value))
        for recorded in self.story.log.all(before):
            if isinstance(recorded.fact, AnswerGiven | AnswerAmended):
                self.blind[recorded.position] = (person, item) not in self.shown
                self.told[recorded.position] = (person, item) in self.certain
                if recorded.fact.exposure.figures_round is not None:
                    self.certain.add((person, item))
        self.look(person)

    def look(self, person: str | None = None) -> None:
        """Somebody begins, if they have not, and sees the question that waits with what is beside it."""
        person = person or self.chance.choice(NAMES)
        self.story.said(person, lambda _, now, at: answers.start(now, at, "read"))
        story = self.story
        _, sitting, now = sit_down(story.log, story.assessment, person, story.stamp().at)
        ask = None if sitting.closed or not now.started else waiting(now, sitting)
        if ask and ask.item in sitting.figures:
            self.shown.add((person, ask.item))

    def over(self) -> None:
        """The round is closed."""
        self.story.round_closed()

    def opened(self) -> None:
        """The next round is opened."""
        self.story.round_opened()

    def room(self) -> None:
        """A workshop is opened, or people come into its room."""
        story, here = self.story, self.chance.sample(NAMES, 3)
        with suppress(Refused):
            workshop.open_workshop(
                story.log, story.stamp(), story.assessment, (), NOON + timedelta(days=90)
            )
        workshop.attend(story.log, story.stamp(), story.assessment, here)
        self._hear()

    def vote(self) -> None:
        """An item is put to the vote, some vote, and the votes are shown."""
        story, item = self.story, self.chance.choice(ITEMS)
        workshop.put_to_the_vote(story.log, story.stamp(), story.assessment, item)
        self._hear()
        for person in self._room().present:
            self._said(person, item)
        if self.chance.random() < 0.7:
            workshop.show_votes(
                story.log, story.stamp(), story.assessment, item, without_the_rest=True
            )

    def _hear(self) -> None:
        room = self._room()
        heard = {(person, item) for person in room.present for item in room.voted_on}
        self.shown |= heard
        self.certain |= heard

    def _room(self) -> Room:
        return self.story.log.newest_round(self.story.assessment).room

    def end(self) -> None:
        """It is signed off, everybody is told, and the round is opened again."""
        if self.chance.random() < 0.7:
            return
        for item in ITEMS:
            self.story.moderated(item, "3", "the files")
        self.story.signed_off("SRO", "Jane Smith")
        everything = {(person, item) for person in NAMES for item in ITEMS}
        self.shown |= everything
        self.certain |= everything
        story = self.story
        outcomes.withdraw_sign_off(story.log, story.stamp(), story.assessment, "a mistake")
        story.reopened(90, "a mistake")


@pytest.fixture(scope="module", params=SEEDS)
def lived(request: pytest.FixtureRequest, memory: Path) -> Iterator[History]:
    """A history of some hundred things."""
    folder = memory / str(request.param)
    folder.mkdir()
    with Story(folder) as story:
        history = History(story.opened(PANEL, TERMS).round_opened(), random.Random(request.param))
        history.disagree()
        for _ in range(120):
            history.happen()
        yield history
    shutil.rmtree(folder)


def test_an_answer_is_blind_only_while_nothing_of_the_others_was_learned(lived: History) -> None:
    """Neither figures nor reasons on a screen in any round, nor talk in a room, nor the end.

    What the fact says, what the read model says, and what the history says are one.
    """
    facts = {one.position: one.fact for one in lived.story.log.all()}
    stamped = {position: facts[position].exposure.blind for position in lived.blind}  # type: ignore[attr-defined]
    assert stamped == lived.blind
    rows = lived.story.view().ask("SELECT position, blind FROM informed")
    assert {row["position"]: row["blind"] for row in rows} == lived.blind
    assert len(set(lived.blind.values())) == 2, "a history with both"


@contextmanager
def unstamped(view: View) -> Iterator[View]:
    """The view of a log from before the stamp; the one that it is made of is as it was afterwards."""
    view.db.execute("BEGIN")
    try:
        take_away(view.db, view.laid)
        view.db.execute(UNSTAMPED)
        yield replace(view, laid=set(), answers={})
    finally:
        view.db.execute("ROLLBACK")


def test_an_old_log_is_told_right_too(lived: History) -> None:
    """Of answers from before the stamp said it, the order of the log does."""
    with unstamped(lived.story.view()) as old:
        rows = {row["position"]: row["blind"] for row in old.ask("SELECT * FROM informed")}
    assert not [position for position, told in lived.told.items() if told and rows[position]]
    never = [position for position, blind in lived.blind.items() if blind]
    assert all(rows[position] for position in never)


def test_by_blind_answers_alone_each_persons_last_before_they_learned_counts(
    lived: History,
) -> None:
    """None that was given later, however it was given."""
    view = lived.story.view()
    assert view.ask("SELECT round FROM closed"), "a history without a closed round shows nothing"
    with supposing(view, If(blind_only=True)) as other:
        rows = other.ask("SELECT stakeholder, item, score FROM standing QUALIFY row_number() OVER "
                         "(PARTITION BY stakeholder, item ORDER BY round DESC) = 1")  # fmt: skip
    last: dict[tuple[str, str], int | None] = {}
    over = {row["round"] for row in view.ask("SELECT round FROM closed")}
    for one in lived.story.log.all():
        if lived.blind.get(one.position) and one.stream.round in over:
            last[one.stream.stakeholder or "", one.fact.item] = one.fact.score  # type: ignore[attr-defined]
    assert {(row["stakeholder"], row["item"]): row["score"] for row in rows} == last


def test_a_vote_in_a_room_is_told_as_one(lived: History) -> None:
    """Wherever answers are told: never as blind, and with the round of the room."""
    said = [step for item in ITEMS for step in why(lived.story.view(), item).steps if step.exposure]
    for step in said:
        room = step.exposure.room if step.exposure else None
        assert ("(blind)" in step.says) == lived.blind[step.position or 0]
        assert room is None or f"in the workshop of round {room}" in step.says
