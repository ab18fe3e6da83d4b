"""Whom no message reaches, so that whoever coordinates tells them. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ehsg_events.reminders.reminders import unfinished
from ehsg_events.states.situation import Situation, over


def of_the_deadline(now: Situation) -> list[str]:
    """A note of those still asked in the newest round who are not in Slack, if there are any."""
    assert now.newest is not None, "a deadline is a round's"
    asked = unfinished(now.newest, over(now))
    people = [person for person in asked if now.newest.invited[person]]
    return _note(now, people, "tell them of the deadline")


def of_a_reminder(now: Situation, reminded: Sequence[str]) -> list[str]:
    """A note of those who were to be reminded and are not in Slack, if there are any."""
    return _note(now, reminded, "remind them")


def of_the_end(now: Situation) -> list[str]:
    """A note of those who answered and are not in Slack, if there are any."""
    answered = {person for (_, person), said in now.interviews.items() if said.answers}
    gone = {person for (_, person), said in now.interviews.items() if said.withdrawn}
    people = [person for person in now.assessment.panel if person in answered - gone]
    return _note(
        now, people, "tell them that their personal link shows what became of their answers"
    )


def _note(now: Situation, people: Sequence[str], what: str) -> list[str]:
    panel = now.assessment.panel
    left = [person for person in people if panel[person].address is None]
    if not left:
        return []
    are = "is" if len(left) == 1 else "are"
    return [f"{', '.join(left)} {are} not in Slack, so it is for you to {what}."]
