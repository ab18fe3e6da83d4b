"""More sentences for a story: handing on, evidence with a file, what should come first."""

from __future__ import annotations

import hashlib
from datetime import date

from ehsg_events.commands import actions, colleague, hand_over, nudge, rounds, telling
from ehsg_events.interview import answers, notes
from ehsg_events.log.transaction import Transaction
from ehsg_events.values.evidence import Evidence, FileKept
from support.story.story import Story

PAPER = b"%PDF-1.7 minutes of the early help board"
BOX = "working-well"
DIGEST = hashlib.sha256(PAPER).hexdigest()


def named_first(story: Story, person: str, *items: str) -> Story:
    """Somebody names what should be worked on first."""
    return story.said(person, lambda _, now, at: answers.name_priorities(now, at, items))


def handed_on(story: Story, person: str, to: str | None = None) -> str:
    """Somebody asks to hand on, and the coordinator agrees; to somebody new unless named."""
    story.said(
        person,
        lambda tx, now, at: answers.ask_to_hand_on(now, at, story.sealed(tx, person, "Bo")),
    )
    taker = to or colleague.colleague(story.log, story.assessment, person, "Zed Zill")
    hand_over.agree(story.log, story.stamp(), story.assessment, person, taker)
    return taker if isinstance(taker, str) else taker.id


def days_pass(story: Story, days: str) -> None:
    """Time goes by, and then the clock does what is due."""
    story.minutes += int(days) * 24 * 60
    rounds.advance(story.log, story.stamp("clock", "clock"), story.assessment)


def nudged(story: Story, *people: str) -> None:
    """The coordinator reminds some people by hand."""
    nudge.nudge(story.log, story.stamp(), story.assessment, people)


def reminded_by_telephone(story: Story, person: str) -> None:
    """The coordinator rings somebody who waits to be reminded."""
    telling.told(story.log, story.stamp(), story.assessment, person, "telephone", "reminder")


def gave_a_file(story: Story, person: str, item: str = "5.1", content: bytes = PAPER) -> Story:
    """Somebody hands in a paper as evidence, with its source and its day."""

    def evidence(tx: Transaction) -> Evidence:
        file = FileKept(
            content=story.sealed(tx, person, content),
            name=story.sealed(tx, person, "Minutes of Jane.pdf"),
            ending="pdf",
            size=len(PAPER),
            sha256=DIGEST,
        )
        origin = story.sealed(tx, person, "Board of Jane")
        return Evidence(kind="file", origin=origin, dated=date(2026, 9, 30), file=file)

    return story.said(
        person,
        lambda tx, now, at: notes.give_note(
            now, at, item, BOX, story.sealed(tx, person, "The board says so"), None, evidence(tx)
        ),
    )


def planned(story: Story, item: str, words: str) -> None:
    """The coordinator agrees an action that nobody owns yet."""
    actions.agree(story.log, story.stamp(), story.assessment, item, actions.Typed(words))


def dropped(story: Story, number: str, item: str, because: str) -> None:
    """An action will not be done after all."""
    stamp = story.stamp()
    actions.end(story.log, stamp, story.assessment, item, int(number), "dropped", because)


def given_a_file(story: Story) -> Story:
    """An answer and its paper."""
    return gave_a_file(story.round_opened().answered("police-1", "5.1", "3"), "police-1")
