"""How far a panel agrees once a round is closed: measured by the rule, adopted where it is clear.

Pure: an assessment as it stands goes in, the facts of its measuring come out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime

from ehsg_events.agreement.consensus import Heard, Score, change, measure, yardstick
from ehsg_events.dates import calendar, worktime
from ehsg_events.events import Leaves, Left, OutcomeAdopted, RoundMeasured
from ehsg_events.kernel import Fact, Refused
from ehsg_events.rounds.lifecycle import at_hour
from ehsg_events.states.interview import Answer
from ehsg_events.states.outcome import Outcome
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation, asked_again, asked_by, standing
from ehsg_events.values.measure import Measure
from ehsg_events.values.policy import Policy, Rule
from ehsg_events.workshop.peer_review import measured_beside

Next = dict[str, tuple[Fact, ...]]  # "round", "next round", "assessment" or a descriptor
Told = Mapping[str, Answer]  # each person's answer to one descriptor
AGREED = ("agreed", "agreed_with_minority")
SPLIT = ("not_agreed", "two_camps")


def measure_round(situation: Situation, closed: Round, at: datetime) -> Next:
    """Measure a closed round; adopt what is agreed, and say what comes next."""
    if closed.kind == "peer-review":
        return {"round": (measured_beside(situation, closed),)}
    scored = [item for item in closed.items if item in situation.guide.descriptors]
    found = measures(situation, closed.number, scored)
    left = [Left(item=m.item, because=because) for m, because in _leaving(situation, found, closed)]
    because = {one.item: one.because for one in left}
    settled = [m for m in found if because[m.item] == "agreed"]
    again = "asked-again" in because.values()
    policy = situation.assessment.policy
    measured = RoundMeasured(
        rule=situation.assessment.rule.name,
        measures=tuple(found),
        settled=tuple(m.item for m in settled),
        unsettled=tuple(m.item for m in found if because[m.item] != "agreed"),
        then="feedback" if again else "moderation",
        feedback_due=_feedback_due(at, policy) if again else None,
        left=tuple(left),
        **({} if again else _due(policy, at)),
    )
    return {"round": (measured,), **_adopted(situation, settled, closed.number)}


def asked_no_more(situation: Situation, closed: Round, at: datetime) -> Next:
    """Nothing is left of what was to be asked again: moderation comes instead, with its times."""
    before = closed.measured
    assert before is not None, "what is asked again was measured"
    left = [
        Left(item=one.item, because=_not_asked(situation, one.item))
        if one.because == "asked-again"
        else one
        for one in before.left
    ]
    due = _due(situation.assessment.policy, at)
    instead = {"left": tuple(left), "then": "moderation", "feedback_due": None, **due}
    return {"round": (before.model_copy(update=instead),)}


def _leaving(
    situation: Situation, found: Sequence[Measure], closed: Round
) -> Iterator[tuple[Measure, Leaves]]:
    """Each measure with how its descriptor leaves the round."""
    feedback = closed.kind == "feedback"
    before = standing(situation, closed.number - 1) if feedback else {}
    after = standing(situation, closed.number) if feedback else {}
    for one in found:
        was, stands = before.get(one.item, {}), after.get(one.item, {})
        yield one, _leaves(situation, one, was, stands, closed.number)


def _leaves(situation: Situation, found: Measure, was: Told, stands: Told, number: int) -> Leaves:
    """How a descriptor leaves a round: settled, asked again, or not asked again and why.

    Args:
        was: each person's answer after the round before, `stands` after this one; both empty
            where this is not a feedback round.
    """
    rule = situation.assessment.rule
    limit = number >= rule.rounds
    over = limit or not asked_again(situation, (found.item,))
    if found.verdict in AGREED and (over or not was or _has_settled(rule, was, stands)):
        return "agreed"
    if over:
        return "round-limit" if limit else _not_asked(situation, found.item)
    stops = rule.stop == "settled-stable-or-limit" and found.verdict in SPLIT
    # By who said what: a newcomer, a don't-know or two who swap places are no standstill.
    return "stable-disagreement" if stops and was and was == stands else "asked-again"


def _not_asked(situation: Situation, item: str) -> Leaves:
    """Why nobody is asked about a descriptor again, though no limit is reached."""
    return "moderated" if situation.outcomes.get(item, Outcome()).moderated else "nobody-left"


def _has_settled(rule: Rule, was: Told, stands: Told) -> bool:
    """Whether at most the rule's share changed their score, of those with one in both rounds."""
    before, after = _scores(was), _scores(stands)
    both = [person for person in before if person in after]
    if not both:
        return True
    found = change([before[person] for person in both], [after[person] for person in both])
    return found.moved <= rule.settled_changed * found.n


def _due(policy: Policy, at: datetime) -> dict[str, datetime | None]:
    """Until when what is left is to be moderated, and the whole then signed off."""
    moderation, sign_off = policy.moderation_working_days, policy.sign_off_working_days
    found: dict[str, datetime | None] = {}
    if moderation is not None:
        found["moderation_due"] = _if_known(lambda: at_hour(policy, at, moderation))
    if sign_off is not None:
        found["sign_off_due"] = _if_known(lambda: at_hour(policy, at, (moderation or 0) + sign_off))
    return found


def _if_known(when: Callable[[], datetime]) -> datetime | None:
    """A time the calendar knows, none beyond it: a round that closes on its last day is measured."""
    try:
        return when()
    except Refused:
        return None


def heard(situation: Situation, asked_of: Collection[str], answers: Mapping[str, Answer]) -> Heard:
    """What a panel has said of one descriptor; who says it is not their area was not asked.

    Args:
        asked_of: those who are asked about it; who has answered was asked, whatever came after.
        answers: what each person's newest answer to it is.
    """
    panel, those = situation.assessment.panel, set(asked_of)
    asked = [
        person
        for person in panel
        if (person in those or person in answers)
        and answers.get(person, Answer("skip")).kind != "not-my-area"
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
    found = []
    for item in items:
        scale = situation.guide.scale_of(item)
        yard = yardstick(scale.lowest, scale.highest)
        all_told = heard(situation, asked_of(situation, item, upto), stands.get(item, {}))
        found.append(measure(item, all_told, yard, rule))
    return found


def asked_of(situation: Situation, item: str, upto: int) -> list[str]:
    """Those who are asked about an item by the rounds up to a number."""
    return [person for person, items in asked_by(situation, upto).items() if item in items]


def _feedback_due(at: datetime, policy: Policy) -> datetime | None:
    """When the next round opens: on a day on which people are written to."""

    def opens() -> datetime:
        day = worktime.next_day(policy, calendar.local_day(at, policy.zone))
        return calendar.moment(day, policy.feedback_at, policy.zone)

    return _if_known(opens)


def _scores(answers: Mapping[str, Answer]) -> dict[str, int]:
    """The answers that are scores, by person."""
    return {person: one.score for person, one in answers.items() if one.score is not None}


def _adopted(situation: Situation, settled: Sequence[Measure], number: int) -> Next:
    """The outcome of each agreed descriptor whose middle score is a level; a half waits."""
    adopted: Next = {}
    for m in settled:
        stands = situation.outcomes.get(m.item, Outcome())
        if m.median is None or m.median != int(m.median) or stands.score is not None:
            continue
        level = next(x for x in situation.guide.scale_of(m.item).levels if x.score == m.median)
        adopted[m.item] = (
            OutcomeAdopted(
                level=level.value,
                score=level.score,
                after_round=number,
                rule=situation.assessment.rule.name,
            ),
        )
    return adopted


def newest_measure(every: Sequence[Round], item: str) -> Measure | None:
    """How an item stood when the last round that asked it was measured."""
    for one in reversed(every):
        for taken in one.measured.measures if one.measured else ():
            if taken.item == item:
                return taken
    return None
