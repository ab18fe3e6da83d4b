"""After the rounds: moderation, dissent, priorities, permissions and sign-off, each one decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from ehsg_events.agreement import priorities
from ehsg_events.agreement.blanks import blanks
from ehsg_events.agreement.closes_before import TOPICS, closes_before
from ehsg_events.agreement.measuring import Before, newest_measure
from ehsg_events.agreement.withdrawals import measured_anew
from ehsg_events.commands.sitting import undecided
from ehsg_events.dates import calendar
from ehsg_events.kernel import COORDINATOR, Refused, Stamp
from ehsg_events.log.log import Log
from ehsg_events.log.published_guides import guide_of
from ehsg_events.log.transaction import Transaction
from ehsg_events.rounds.requests import lapsed
from ehsg_events.states import assessment as assessments
from ehsg_events.states import filled_in, outcome, signing_off
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation, own_rounds
from ehsg_events.states.streams import assessment_stream, outcome_stream, round_stream


def moderate(
    log: Log,
    stamp: Stamp,
    assessment: UUID,
    item: str,
    level: str,
    because: str,
    seen: int | None = None,
) -> list[str]:
    """Settle a descriptor as the coordinator decides, with the reason.

    Args:
        seen: how often it had been settled when the coordinator looked; none if nobody can tell.

    Returns:
        Warnings, in sentences.
    """

    def decide(tx: Transaction) -> None:
        situation = tx.situation(assessment)
        stream = outcome_stream(assessment, item)
        outcome.refuse_if_moved(item, tx.read(stream), seen)
        words = tx.seal(reason(because), stream, COORDINATOR)
        measured = newest_measure(situation.rounds, item)
        facts = outcome.moderate(
            situation.assessment, situation.guide, item, level, words, measured
        )
        tx.decide(stream, *facts)

    log.record(stamp, decide)
    return cautions(log.situation(assessment), item)


def cautions(situation: Situation, item: str) -> list[str]:
    """Warnings about a descriptor that was moderated, in sentences."""
    stands, measured = situation.outcomes[item], newest_measure(situation.rounds, item)
    if not stands.moderated or stands.score is None or measured is None:
        return []
    return [*_still_asked(situation.newest, item), *_apart(item, stands.score, measured.median)]


def _still_asked(newest: Round | None, item: str) -> list[str]:
    """A warning if the open round still asks about the descriptor."""
    if newest is None or newest.closed or item not in newest.items:
        return []
    until = calendar.say(newest.deadline, newest.policy.zone)
    warning = (
        f"{item} is being asked again until {until}. The outcome stands whatever is answered, "
        f"unless you moderate it again."
    )
    return [warning]


def _apart(item: str, score: int, median: float | None) -> Iterator[str]:
    """A warning if the outcome differs from the panel's middle score."""
    if median is not None and outcome.differs(score, median):
        yield (
            f"The panel's middle score on {item} was {median:g}, and you settled it at "
            f"{score}. The report says that it is {'higher' if score > median else 'lower'}, if three "
            f"people or more gave a score, with your reason and every dissent."
        )


def dissent(
    log: Log, stamp: Stamp, assessment: UUID, item: str, stakeholder: str, because: str
) -> None:
    """Record a stakeholder's objection beside an outcome."""

    def decide(tx: Transaction) -> None:
        state = tx.assessment(assessment)
        stream = outcome_stream(assessment, item)
        person = assessments.member_of(state, stakeholder).stakeholder
        words = tx.seal(reason(because), stream, person)
        stands = tx.read(outcome_stream(assessment, item))
        tx.decide(stream, *outcome.dissent(state, stands, item, person, words))

    log.record(stamp, decide)


def choose_priorities(
    log: Log, stamp: Stamp, assessment: UUID, items: Sequence[str], data_model: int | None
) -> list[str]:
    """Choose the descriptors to work on next.

    Returns:
        Warnings: where the guide's rule differs, and what an alternative makes up for.
    """

    def decide(tx: Transaction) -> list[str]:
        state = tx.assessment(assessment)
        guide = guide_of(state, log.folder)
        facts = priorities.choose_priorities(state, guide, items, data_model)
        tx.decide(assessment_stream(assessment), *facts)
        return priorities.selection_warnings(guide, items, data_model)

    departs = log.record(stamp, decide).value or []
    now = log.situation(assessment)
    return [*departs, *priorities.not_needed(now.guide, items, now.outcomes)]


def set_permission(
    log: Log, stamp: Stamp, assessment: UUID, permission: str, *, granted: bool
) -> None:
    """Answer one of the guide's questions on sharing."""

    def decide(tx: Transaction) -> None:
        state = tx.assessment(assessment)
        guide = guide_of(state, log.folder)
        facts = filled_in.set_permission(state, guide, permission, granted=granted)
        tx.decide(assessment_stream(assessment), *facts)

    log.record(stamp, decide)


def sign_off(
    log: Log, stamp: Stamp, assessment: UUID, signed_as: str, name: str, *, ask: bool = False
) -> None:
    """Sign the assessment off in a named role; the name is sealed.

    Args:
        ask: refuse, if anything is still blank.
    """
    if not name.strip():
        raise Refused("Say who signs, such as Jane Smith. The name is kept sealed.", field="name")

    def decide(tx: Transaction) -> None:
        situation = tx.situation(assessment)
        if not situation.rounds or situation.rounds[-1].measured is None:
            raise Refused("A round is still open or none was held. Close it, then sign off.")
        asked = {item for round in own_rounds(situation.rounds) for item in round.items}
        lost = measured_anew(situation, stamp.at)
        unsettled = [
            item
            for item in situation.guide.descriptors
            if item in asked and (item in lost or situation.outcomes[item].score is None)
        ]
        stream = assessment_stream(assessment)
        words = tx.seal(name, stream, COORDINATOR)
        signed = signing_off.sign_off(
            situation.assessment, unsettled, signed_as, words, blanks(situation), ask=ask
        )
        ended = lapsed(situation, undecided(log, assessment))
        tx.decide(round_stream(assessment, len(situation.rounds)), *ended)
        tx.decide(stream, *signed)

    log.record(stamp, decide)


def withdraw_sign_off(log: Log, stamp: Stamp, assessment: UUID, because: str) -> None:
    """Withdraw the sign-off, with the reason."""

    def decide(tx: Transaction) -> None:
        stream = assessment_stream(assessment)
        words = tx.seal(reason(because), stream, COORDINATOR)
        tx.decide(stream, *signing_off.withdraw_sign_off(tx.assessment(assessment), words))

    log.record(stamp, decide)


def reason(because: str) -> str:
    """The reason, refused if it has no visible character."""
    if not any(letter.isprintable() and not letter.isspace() for letter in because):
        raise Refused(
            "Say why: a decision without its reason cannot be explained a year later.",
            field="because",
        )
    return because


def closes_so_far(log: Log, situation: Situation, assessment: UUID) -> Before:
    """The closes before the newest round's, if that is to be measured."""
    newest = situation.newest
    if newest is None or not newest.closed or newest.measured is not None:
        return {}
    return closes_before(log.about(assessment, TOPICS), situation.assessment.panel)
