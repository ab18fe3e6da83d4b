"""One input becomes facts in one transaction; every surface calls this."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID

from bots import phrases
from bots.interview import conversation, prompts
from bots.interview.said import Said
from bots.interview.talk import Became, Names, Prompt, Talk
from bots.messages.on_behalf import on_behalf
from bots.messages.reminded import reminded
from ehsg_events.agreement.fates import fates
from ehsg_events.commands.rounds import measure_without
from ehsg_events.commands.sitting import sit_down
from ehsg_events.events import (
    AnswerAmended,
    AnswerGiven,
    FieldFinished,
    InterviewWithdrawn,
    ItemRevisited,
    StakeholderAdded,
)
from ehsg_events.interview import answers, notes, unclear
from ehsg_events.interview.given_again import given_again
from ehsg_events.interview.questions import boxes
from ehsg_events.interview.refusals import Facts
from ehsg_events.interview.remind_me import Window
from ehsg_events.interview.safeguarding import concern_in
from ehsg_events.kernel import Refused, Stamp, Stream, Words
from ehsg_events.language.catalogue import speaking
from ehsg_events.log.log import Log
from ehsg_events.log.state_reader import StateReader
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.interview import SCORE, Interview, InterviewFact, Sitting, evolve
from ehsg_events.states.round import Round
from ehsg_events.states.streams import interview_stream


def talk_of(
    reading: StateReader,
    assessment: UUID,
    stakeholder: str,
    at: datetime,
    number: int | None = None,
) -> tuple[int, Talk]:
    """The talk with one person in the newest round, or in the round of a number.

    Args:
        reading: the log only to look, a transaction to pin what the talk rests on.
        at: now.
    """
    number, sitting, interview = sit_down(reading, assessment, stakeholder, at, number)
    state, log = reading.assessment(assessment), reading.source
    round = reading.rounds(assessment)[number - 1]
    member, policy = state.panel[stakeholder], round.policy
    stream = interview_stream(assessment, number, stakeholder)
    backup_told = member.backup and any(step.to == "backup" for step in policy.escalation)
    talk = Talk(
        sitting,
        interview,
        state.area,
        member.agency,
        member.works_as,
        reading.text,
        instead=reading.shown,
        stand_in=member.backup.kind if member.backup and backup_told else None,
        reasons_shown=policy.shown == "figures-and-reasons" and member.peer_of is None,
        became=partial(_became, log, assessment, stakeholder),
        reminded=partial(reminded, log, assessment, number, stakeholder),
        answered_at=partial(_answered_at, log, stream),
        names=partial(_names, reading, assessment, stakeholder),
        on_behalf=partial(on_behalf, log, assessment, number, stakeholder),
        by_old_button=partial(_by_old_button, log, stream),
        window=_window(round, member, at),
        language=member.language,
        unreminded=stakeholder in state.unreminded,
    )
    return number, talk


def _window(round: Round, member: StakeholderAdded, at: datetime) -> Window:
    """When a person can be reminded, and whether a message of ours reaches them."""
    who = member.stakeholder
    is_reached = bool(member.addresses) and who not in round.fell_back
    return Window(at, round.deadline, round.worktime(who).zone, is_reached)


def _became(log: Log, assessment: UUID, stakeholder: str) -> Became:
    """What became of what a person said; read without pinning, so that it causes no conflict.

    Of what others said it tells what the board is told, for the person may read that, too.
    """
    from projections.results.board_results import told_to_the_board

    situation = log.situation(assessment)
    chosen = situation.assessment.priorities
    signed = situation.assessment.signed_off
    told = told_to_the_board(log, assessment, signed.name.id if signed else None)
    became = (
        fate._replace(
            middle=told[fate.item].median,
            told=fate.level is None or told[fate.item].outcome is not None,
        )
        for fate in fates(situation, stakeholder)
    )
    return Became(tuple(became), chosen.items if chosen else ())


def _answered_at(log: Log, stream: Stream, item: str) -> datetime | None:
    """When an item was answered last."""
    times = [
        recorded.stamp.at
        for recorded in log.facts(stream)
        if isinstance(recorded.fact, AnswerGiven | AnswerAmended) and recorded.fact.item == item
    ]
    return max(times, default=None)


def _names(reading: StateReader, assessment: UUID, stakeholder: str) -> Names:
    """The names of the person and of the first coordinator who is named."""
    state = reading.assessment(assessment)
    coordinator = next(iter(state.coordinators.values()), None)
    asks = reading.text(coordinator.name) if coordinator else None
    return Names(reading.text(state.panel[stakeholder].name), asks)


def _by_old_button(log: Log, stream: Stream, item: str) -> bool:
    """Whether an answer was changed last by a button in Slack that was not asked for by Change."""
    asked = False
    pressed = False
    for recorded in log.facts(stream):
        fact, stamp = recorded.fact, recorded.stamp
        if isinstance(fact, ItemRevisited):
            asked = fact.item == item
        elif fact == FieldFinished(item=item, field=SCORE):  # the answer was kept after all
            asked = False
        elif isinstance(fact, AnswerAmended) and fact.item == item:
            pressed = not asked and (stamp.surface, stamp.cause) == ("slack", "choice")
            asked = False
    return pressed


def language_of(log: Log, assessment: UUID, stakeholder: str) -> str:
    """The language that somebody on a panel is spoken to in."""
    return log.assessment(assessment).panel[stakeholder].language


def hear(
    log: Log,
    stamp: Stamp,
    assessment: UUID,
    stakeholder: str,
    said: Said,
    number: int | None = None,
) -> list[Prompt]:
    """Record what a person said, and return what to say to them next.

    What a rule refuses is recorded as refused, with the sentence the person is answered.

    Args:
        number: the round it was said in, the newest if none.

    Returns:
        Nothing when the same input was recorded before.

    Raises:
        Refused: nobody by that name was invited.
    """

    def take(tx: Transaction) -> tuple[Talk, Facts]:
        stream, talk, facts = _decided(tx, assessment, stakeholder, said, number)
        tx.decide(stream, *facts)
        if any(isinstance(fact, InterviewWithdrawn) for fact in facts):
            measure_without(tx, assessment, stream.round or 0, stakeholder)
        return talk, facts

    saved = log.record(stamp, take, once=True)
    if saved.value is None or (saved.repeated and saved.value[1]):
        return []  # the same input was recorded before, so these facts were not
    talk, facts = saved.value
    with speaking(talk.language):
        return prompts.reply(talk, facts)


def foresee(
    log: Log, stamp: Stamp, assessment: UUID, stakeholder: str, said: Said, number: int
) -> list[Prompt]:
    """What `hear` would return, with nothing recorded: for a form that can still be put right.

    Returns:
        Nothing when nothing would change.
    """
    tx = Transaction(log, stamp)
    _, talk, facts = _decided(tx, assessment, stakeholder, said, number)
    with speaking(talk.language):
        return prompts.reply(talk, facts) if facts else []


def _decided(
    tx: Transaction, assessment: UUID, stakeholder: str, said: Said, number: int | None
) -> tuple[Stream, Talk, Facts]:
    """The stream of the interview, the talk as it is after the facts, and the facts."""
    number, talk = talk_of(tx, assessment, stakeholder, tx.stamp.at, number)
    stream = interview_stream(assessment, number, stakeholder)

    def seal(text: str | bytes) -> Words:
        return tx.seal(text, stream, stakeholder)

    try:
        with speaking(talk.language):
            facts = conversation.decide(talk, said, seal)
    except Refused as refusal:
        tx.texts.clear()  # nothing that was refused is kept
        facts = answers.refuse(seal(str(refusal)))
    if not facts and tx.stamp.surface == "slack" and said.kind not in ("edit", "deletion"):
        facts = unclear.nothing("as-it-was")  # a page shows what stands anyway; a chat is silent
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
    """Answer one item on behalf of somebody, in one step; a comment goes under its first field.

    Raises:
        Refused: a rule said no, or the comment must not be kept; nothing was recorded.
    """

    def take(tx: Transaction) -> None:
        number, seen, state = sit_down(tx, assessment, stakeholder, stamp.at)
        sitting = replace(seen, figures={}, reasons={})  # nothing is shown beside a typed command
        stream = interview_stream(assessment, number, stakeholder)
        facts = answers.start(state, sitting, answers.NO_NOTICE)
        given = answers.answer(_folded(state, facts), sitting, item, value)
        if not any(isinstance(fact, AnswerGiven | AnswerAmended) for fact in given):
            # recorded again: else it would show that this was the answer before
            given += (given_again(state, sitting, item),)
        facts += given
        if comment:
            _refuse_what_is_not_kept(comment, sitting.safeguarding)
            field = next((box.id for box in sitting.fields(item)), "comment")
            words = tx.seal(comment, stream, stakeholder)
            answered = _folded(state, facts)
            facts += notes.give_note(answered, sitting, item, field, words, None)
        facts += _finished(_folded(state, facts), sitting, item)
        tx.decide(stream, *facts)

    log.record(stamp, take)


def _refuse_what_is_not_kept(comment: str, route: str) -> None:
    concern = concern_in(comment)
    if concern is not None:
        raise Refused(phrases.stopped_words(concern, route))


def _finished(state: Interview, sitting: Sitting, item: str) -> Facts:
    """Finish every field of an item answered by command, so that nothing more is asked about it."""
    facts: Facts = ()
    unfinished = (
        boxes(state, sitting, item) if state.answers[item].kind in ("score", "number") else ()
    )
    for box in unfinished:
        facts += answers.finish_field(_folded(state, facts), sitting, item, box.id)
    return facts


def _folded(state: Interview, facts: tuple[InterviewFact, ...]) -> Interview:
    for fact in facts:
        state = evolve(state, fact)
    return state
