"""One thing said becomes facts, in one transaction: what every surface calls when it has heard."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from bots import conversation, prompts
from bots.conversation import Said
from bots.prompts import Prompt, Talk
from ehsg_events import answering
from ehsg_events.application import Log, Pen
from ehsg_events.interview import Interview, InterviewFact, Sitting, evolve
from ehsg_events.kernel import Refused, Stamp, Words, interview_stream
from ehsg_events.sitting import sit_down


def talk_of(
    log: Log, pen: Pen, assessment: UUID, stakeholder: str, number: int | None = None
) -> tuple[int, Talk]:
    """The talk with one person in the newest round, or in the round of a number."""
    number, sitting, interview = sit_down(pen, assessment, stakeholder, number)
    state = pen.assessment(assessment)
    member = state.panel[stakeholder]
    talk = Talk(sitting, interview, state.area, member.agency, member.works_as, log.read)
    return number, talk


def hear(
    log: Log,
    stamp: Stamp,
    assessment: UUID,
    stakeholder: str,
    said: Said,
    number: int | None = None,
    *,
    keep_refusals: bool = False,
) -> list[Prompt]:
    """Record what a person said, and tell what to say to them next.

    Args:
        number: the round it was said in, the newest if none.
        keep_refusals: record a refusal too, for surfaces that answer through the outbox.

    Raises:
        Refused: a rule said no (unless refusals are kept); nothing was recorded.
    """
    said_next: list[Prompt] = []

    def take(pen: Pen) -> None:
        place, talk = talk_of(log, pen, assessment, stakeholder, number)
        stream = interview_stream(assessment, place, stakeholder)

        def seal(text: str) -> Words:
            return pen.seal(text, stream, stakeholder)

        try:
            facts = conversation.decide(talk, said, seal)
        except Refused as refusal:
            if not keep_refusals:
                raise
            facts = answering.refuse(seal(str(refusal)))
        pen.decide(stream, *facts)
        said_next[:] = prompts.reply(replace(talk, interview=_folded(talk.interview, facts)), facts)

    log.record(stamp, take)
    return said_next


def answer(
    log: Log,
    stamp: Stamp,
    assessment: UUID,
    stakeholder: str,
    item: str,
    value: str,
    comment: str | None,
) -> None:
    """Answer one item in one step, as `ehsg answer` does; a comment goes under its first field."""

    def take(pen: Pen) -> None:
        number, seen, state = sit_down(pen, assessment, stakeholder)
        sitting = replace(seen, figures={})  # nothing is shown beside a typed command
        stream = interview_stream(assessment, number, stakeholder)
        facts = answering.start(state, sitting, answering.NO_NOTICE)
        facts += answering.answer(_folded(state, facts), sitting, item, value)
        if comment:
            field = next((box.id for box in sitting.fields(item)), "comment")
            words = pen.seal(comment, stream, stakeholder)
            now = _folded(state, facts)
            facts += answering.give_note(now, sitting, item, field, words, None)
        facts += _finished(_folded(state, facts), sitting, item)
        pen.decide(stream, *facts)

    log.record(stamp, take)


def _finished(state: Interview, sitting: Sitting, item: str) -> answering.Facts:
    """An answer by command is whole: nothing more is asked about the item."""
    facts: answering.Facts = ()
    for box in sitting.fields(item) if state.answers[item].kind in ("score", "number") else ():
        facts += answering.finish_field(_folded(state, facts), sitting, item, box.id)
    return facts


def _folded(state: Interview, facts: tuple[InterviewFact, ...]) -> Interview:
    for fact in facts:
        state = evolve(state, fact)
    return state
