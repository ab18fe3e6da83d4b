"""One thing said becomes facts, in one transaction: what every surface calls when it has heard."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from uuid import UUID

from bots import phrases
from bots.interview import conversation, prompts
from bots.interview.conversation import Said
from bots.interview.talk import Became, Prompt, Talk
from bots.messages.reminded import reminded
from ehsg_events.agreement.fates import fates
from ehsg_events.commands.sitting import sit_down
from ehsg_events.interview import answers, notes
from ehsg_events.interview.questions import boxes
from ehsg_events.interview.refusals import Facts
from ehsg_events.interview.safeguarding import concern_in
from ehsg_events.kernel import Refused, Stamp, Stream, Words, interview_stream
from ehsg_events.log.log import Log, Pen
from ehsg_events.states.interview import Interview, InterviewFact, Sitting, evolve


def talk_of(
    log: Log, pen: Pen, assessment: UUID, stakeholder: str, number: int | None = None
) -> tuple[int, Talk]:
    """The talk with one person in the newest round, or in the round of a number."""
    number, sitting, interview = sit_down(pen, assessment, stakeholder, number)
    state, one = pen.assessment(assessment), pen.round(assessment, number)
    assert one is not None, "they sit in it"
    member, policy = state.panel[stakeholder], one.policy
    told_of = member.backup and any(step.to == "backup" for step in policy.escalation)
    talk = Talk(
        sitting,
        interview,
        state.area,
        member.agency,
        member.works_as,
        log.read,
        stand_in=member.backup.kind if member.backup and told_of else None,
        reasons_shown=policy.shown == "figures-and-reasons" and member.peer_of is None,
        became=partial(_became, log, pen.stamp, assessment, stakeholder),
        reminded=partial(reminded, log, assessment, number, stakeholder),
    )
    return number, talk


def _became(log: Log, stamp: Stamp, assessment: UUID, stakeholder: str) -> Became:
    """What became of what a person said; looked at only, so that nothing waits for it."""
    now = log.situation(Pen(log, stamp), assessment)
    chosen = now.assessment.priorities
    return Became(tuple(fates(now, stakeholder)), chosen.items if chosen else ())


def hear(
    log: Log,
    stamp: Stamp,
    assessment: UUID,
    stakeholder: str,
    said: Said,
    number: int | None = None,
) -> list[Prompt]:
    """Record what a person said, and tell what to say to them next.

    What a rule says no to is recorded as refused, with the sentence they are answered.

    Args:
        number: the round it was said in, the newest if none.

    Returns:
        Nothing when the same was heard before.

    Raises:
        Refused: nobody by that name was invited.
    """
    heard: list[tuple[Talk, Facts]] = []

    def take(pen: Pen) -> None:
        stream, talk, facts = _decided(log, pen, assessment, stakeholder, said, number)
        pen.decide(stream, *facts)
        heard[:] = [(talk, facts)]

    if log.record(stamp, take, once=True) is None and any(facts for _, facts in heard):
        return []  # its facts were not taken, because they stand already
    return [prompt for talk, facts in heard for prompt in prompts.reply(talk, facts)]


def foresee(
    log: Log, stamp: Stamp, assessment: UUID, stakeholder: str, said: Said, number: int
) -> list[Prompt]:
    """What `hear` would say next, with nothing recorded: for a form that can still be put right.

    Returns:
        Nothing when nothing would change.
    """
    pen = Pen(log, stamp)
    _, talk, facts = _decided(log, pen, assessment, stakeholder, said, number)
    sealed = {one.words: one for one in pen.texts}

    def read(words: Words | None) -> str | None:
        found = sealed.get(words) if words else None
        return log.vault.unseal(found).decode() if found else talk.read(words)  # type: ignore[union-attr]

    return prompts.reply(replace(talk, read=read), facts) if facts else []


def _decided(
    log: Log, pen: Pen, assessment: UUID, stakeholder: str, said: Said, number: int | None
) -> tuple[Stream, Talk, Facts]:
    """Where the facts of what was said belong, the talk after them, and the facts."""
    place, talk = talk_of(log, pen, assessment, stakeholder, number)
    stream = interview_stream(assessment, place, stakeholder)

    def seal(text: str | bytes) -> Words:
        return pen.seal(text, stream, stakeholder)

    try:
        facts = conversation.decide(talk, said, seal)
    except Refused as refusal:
        pen.texts.clear()  # nothing of what was refused is kept
        facts = answers.refuse(seal(str(refusal)))
    return stream, replace(talk, interview=_folded(talk.interview, facts)), facts


def answer(
    log: Log,
    stamp: Stamp,
    assessment: UUID,
    stakeholder: str,
    item: str,
    value: str,
    comment: str | None,
) -> None:
    """Answer one item in one step, as `ehsg answer` does; a comment goes under its first field.

    Raises:
        Refused: a rule said no, or the comment must not be kept; nothing was recorded.
    """

    def take(pen: Pen) -> None:
        number, seen, state = sit_down(pen, assessment, stakeholder)
        sitting = replace(seen, figures={}, reasons={})  # nothing is shown beside a typed command
        stream = interview_stream(assessment, number, stakeholder)
        facts = answers.start(state, sitting, answers.NO_NOTICE)
        facts += answers.answer(_folded(state, facts), sitting, item, value)
        if comment:
            _refuse_what_is_not_kept(comment, sitting.safeguarding)
            field = next((box.id for box in sitting.fields(item)), "comment")
            words = pen.seal(comment, stream, stakeholder)
            now = _folded(state, facts)
            facts += notes.give_note(now, sitting, item, field, words, None)
        facts += _finished(_folded(state, facts), sitting, item)
        pen.decide(stream, *facts)

    log.record(stamp, take)


def _refuse_what_is_not_kept(comment: str, route: str) -> None:
    concern = concern_in(comment)
    if concern is not None:
        raise Refused(phrases.STOPPED[concern].format(route=route))


def _finished(state: Interview, sitting: Sitting, item: str) -> Facts:
    """An answer by command is whole: nothing more is asked about the item."""
    facts: Facts = ()
    open_ = boxes(state, sitting, item) if state.answers[item].kind in ("score", "number") else ()
    for box in open_:
        facts += answers.finish_field(_folded(state, facts), sitting, item, box.id)
    return facts


def _folded(state: Interview, facts: tuple[InterviewFact, ...]) -> Interview:
    for fact in facts:
        state = evolve(state, fact)
    return state
