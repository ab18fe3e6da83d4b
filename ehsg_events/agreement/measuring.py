"""How far a panel agrees once a round is closed: measured by the rule, adopted where it is clear.

Pure: a situation goes in, the facts of its measuring come out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime

from ehsg_events.agreement import consensus
from ehsg_events.agreement.consensus import Heard, Score, yardstick
from ehsg_events.agreement.disclosure import AGREED, LEAST_SCORES, Disclosure
from ehsg_events.agreement.small_numbers import Measured, Voice, Voices, told
from ehsg_events.dates import calendar, worktime
from ehsg_events.events import Leaves, Left, OutcomeAdopted, RoundMeasured, StakeholderAdded
from ehsg_events.kernel import Fact, Refused
from ehsg_events.rounds.lifecycle import at_hour
from ehsg_events.states.interview import Answer
from ehsg_events.states.outcome import Outcome
from ehsg_events.states.round import Round
from ehsg_events.states.situation import (
    Situation,
    asked_again,
    asked_by,
    standing,
    withdrawn,
)
from ehsg_events.values.measure import Measure, Verdict
from ehsg_events.values.policy import Policy, Rule
from ehsg_events.workshop.peer_review import measured_beside

Next = dict[str, tuple[Fact, ...]]  # "round", "next round", "assessment" or a descriptor
Told = Mapping[str, Answer]  # each person's answer to one descriptor
Before = Mapping[str, Sequence[Measured]]  # each descriptor's closes so far
NONE_BEFORE: Before = {}
SPLIT = ("not_agreed", "two_camps")


def measure_round(
    situation: Situation, closed: Round, at: datetime, before: Before = NONE_BEFORE
) -> Next:
    """Measure a closed round; adopt what is agreed, and say what comes next.

    Args:
        before: the closes before this one, beside which nothing is shown that tells somebody's score.
    """
    if closed.kind == "peer-review":
        return {"round": (measured_beside(situation, closed),)}
    scored = [item for item in closed.items if item in situation.guide.descriptors]
    measured = measures(situation, closed.number, scored)
    may = _disclosures(situation, measured, closed.number, before)
    leaves = {m.item: because for m, because in _leaving(situation, measured, closed, may)}
    settled = [m for m in measured if leaves[m.item] == "agreed"]
    again = "asked-again" in leaves.values()
    policy = situation.assessment.policy
    fact = RoundMeasured(
        rule=situation.assessment.rule.name,
        measures=tuple(measured),
        settled=tuple(m.item for m in settled),
        unsettled=tuple(m.item for m in measured if leaves[m.item] != "agreed"),
        then="feedback" if again else "moderation",
        feedback_due=feedback_due(at, policy) if again else None,
        left=tuple(
            Left(item=item, because=because, tells=may[item].figures)
            for item, because in leaves.items()
        ),
        without=tuple(sorted(withdrawn(situation))),
        **({} if again else due_after(policy, at)),
    )
    return {"round": (fact,), **_adopted(situation, settled, closed.number)}


def asked_no_more(situation: Situation, closed: Round, at: datetime) -> Next:
    """Let moderation come instead of a feedback round that has nothing left to ask again."""
    before = closed.measured
    assert before is not None, "what is asked again was measured"
    left = [
        leaving.model_copy(update={"because": _not_asked(situation, leaving.item)})
        if leaving.because == "asked-again"
        else leaving
        for leaving in before.left
    ]
    due = due_after(situation.assessment.policy, at)
    instead = {"left": tuple(left), "then": "moderation", "feedback_due": None, **due}
    return {"round": (before.model_copy(update=instead),)}


def _disclosures(
    situation: Situation, measured: Sequence[Measure], number: int, before: Before
) -> dict[str, Disclosure]:
    """What may be told of each measure beside what was told before."""
    stands, panel = standing(situation, number), situation.assessment.panel
    may = {}
    for measure in measured:
        scale = situation.guide.scale_of(measure.item)
        yard = yardstick(scale.lowest, scale.highest)
        voices = voices_of(stands.get(measure.item, {}), panel)
        now = Measured(voices, measure.verdict, measure.median)
        every = (*before.get(measure.item, ()), now)
        may[measure.item] = told(every, yard, situation.assessment.rule)[-1].disclosure
    return may


def voices_of(answers: Told, panel: Mapping[str, StakeholderAdded]) -> Voices:
    """The answers to one descriptor that say something, each with its agency."""
    return frozenset(
        Voice(person, panel[person].agency, said.kind if said.score is None else said.score)
        for person, said in answers.items()
        if said.kind != "skip"
    )


def _leaving(
    situation: Situation,
    measured: Sequence[Measure],
    closed: Round,
    may: Mapping[str, Disclosure],
) -> Iterator[tuple[Measure, Leaves]]:
    """Each measure with how its descriptor leaves the round."""
    feedback, rule = closed.kind == "feedback", situation.assessment.rule
    before = standing(situation, closed.number - 1) if feedback else {}
    after = standing(situation, closed.number) if feedback else {}
    for measure in measured:
        was, stands = before.get(measure.item, {}), after.get(measure.item, {})
        asked_no_more = _asked_no_more(situation, measure, closed.number)
        yield (
            measure,
            asked_no_more or leaves(measure.verdict, may[measure.item], was, stands, rule),
        )


def _asked_no_more(situation: Situation, measure: Measure, number: int) -> Leaves | None:
    """How a descriptor leaves that is asked no more whatever was said; none if it may be asked."""
    limit = number >= situation.assessment.rule.rounds
    if not limit and asked_again(situation, (measure.item,)):
        return None
    if measure.verdict in AGREED:
        return "agreed"
    return "round-limit" if limit else _not_asked(situation, measure.item)


def leaves(verdict: Verdict, may: Disclosure, was: Told, stands: Told, rule: Rule) -> Leaves:
    """How a descriptor leaves a round after which it may be asked again.

    Everybody sees which are. So where it may not be told that a panel agrees, it is asked again.

    Args:
        may: what may be told of it.
        was: each person's answer after the round before, `stands` after this one; both empty
            where this is not a feedback round.
    """
    if verdict in AGREED and may.agreement and (not was or _has_settled(rule, was, stands)):
        return "agreed"
    stops = rule.stop == "settled-stable-or-limit" and verdict in SPLIT and may.agreement
    # Compared person by person: a newcomer, a don't-know or two people swapping scores is a change.
    return "stable-disagreement" if stops and was and was == stands else "asked-again"


def _not_asked(situation: Situation, item: str) -> Leaves:
    """Why nobody is asked about a descriptor again, though no limit is reached."""
    return "moderated" if situation.outcomes.get(item, Outcome()).moderated else "nobody-left"


def _has_settled(rule: Rule, was: Told, stands: Told) -> bool:
    """Whether, of the people with a score in both rounds, at most the rule's share changed it.

    Of fewer than five that is never said: whoever of them changed would know of the others that they
    did not.
    """
    before, after = _scores(was), _scores(stands)
    both = [person for person in before if person in after]
    if not both:
        return True
    if len(both) < LEAST_SCORES:
        return False
    earlier, later = [before[person] for person in both], [after[person] for person in both]
    changed = consensus.change(earlier, later)
    return changed.moved <= rule.settled_changed * changed.n


def due_after(policy: Policy, at: datetime) -> dict[str, datetime | None]:
    """By when the rest is to be moderated, and by when the assessment is then signed off."""
    moderation, sign_off = policy.moderation_working_days, policy.sign_off_working_days
    dues: dict[str, datetime | None] = {}
    if moderation is not None:
        dues["moderation_due"] = _if_known(lambda: at_hour(policy, at, moderation))
    if sign_off is not None:
        dues["sign_off_due"] = _if_known(lambda: at_hour(policy, at, (moderation or 0) + sign_off))
    return dues


def _if_known(when: Callable[[], datetime]) -> datetime | None:
    """A time; none beyond the calendar, so that a round that closes at its end can be measured."""
    try:
        return when()
    except Refused:
        return None


def heard(situation: Situation, asked_of: Collection[str], answers: Mapping[str, Answer]) -> Heard:
    """All answers of a panel to one descriptor; "not my area" counts as not having been asked.

    Args:
        asked_of: the people who are asked about it; whoever has answered counts as asked, too.
        answers: each person's newest answer to it.
    """
    panel, counted = situation.assessment.panel, {*asked_of, *answers}
    asked = [
        person
        for person in panel
        if person in counted and answers.get(person, Answer("skip")).kind != "not-my-area"
    ]
    scores = (Score(score, panel[person].agency) for person, score in _scores(answers).items())
    return Heard(
        scores=tuple(scores),
        dont_know=sum(answer.kind == "dont-know" for answer in answers.values()),
        invited=len(asked),
        agencies_invited=len({panel[person].agency for person in asked}),
    )


def measures(situation: Situation, upto: int, items: Sequence[str]) -> list[Measure]:
    """Agreement on each item, from the answers that stand after a round."""
    stands, rule = standing(situation, upto), situation.assessment.rule
    measured = []
    for item in items:
        scale = situation.guide.scale_of(item)
        yard = yardstick(scale.lowest, scale.highest)
        answers = heard(situation, asked_of(situation, item, upto), stands.get(item, {}))
        measured.append(consensus.measure(item, answers, yard, rule))
    return measured


def asked_of(situation: Situation, item: str, upto: int) -> list[str]:
    """The people whom the rounds up to a number ask about an item."""
    return [person for person, items in asked_by(situation, upto).items() if item in items]


def feedback_due(at: datetime, policy: Policy) -> datetime | None:
    """When the feedback round opens: on the next day on which people may be written to."""

    def opens() -> datetime:
        day = worktime.next_day(policy, calendar.local_day(at, policy.zone))
        return calendar.moment(day, policy.feedback_at, policy.zone)

    return _if_known(opens)


def _scores(answers: Mapping[str, Answer]) -> dict[str, int]:
    """The scores among answers, by person."""
    return {person: answer.score for person, answer in answers.items() if answer.score is not None}


def _adopted(situation: Situation, settled: Sequence[Measure], number: int) -> Next:
    """Adopt the middle score of each agreed descriptor; one between two levels is not adopted."""
    adopted: Next = {}
    for measure in settled:
        stands = situation.outcomes.get(measure.item, Outcome())
        if (
            measure.median is None
            or measure.median != int(measure.median)
            or stands.score is not None
        ):
            continue
        levels = situation.guide.scale_of(measure.item).levels
        level = next(level for level in levels if level.score == measure.median)
        adopted[measure.item] = (
            OutcomeAdopted(
                level=level.value,
                score=level.score,
                after_round=number,
                rule=situation.assessment.rule.name,
            ),
        )
    return adopted


def newest_measure(rounds: Sequence[Round], item: str) -> Measure | None:
    """The newest measure of an item, none while no round that asked it is measured."""
    for round in reversed(rounds):
        for measure in round.measured.measures if round.measured else ():
            if measure.item == item:
                return measure
    return None
