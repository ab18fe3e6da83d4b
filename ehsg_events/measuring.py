"""How far a panel agrees once a round is closed: measured by the rule, adopted where it is clear.

Pure: an assessment as it stands goes in, the facts of its measuring come out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from ehsg_events import calendar
from ehsg_events.consensus import Heard, Measure, Score, change, measure, yardstick
from ehsg_events.events import OutcomeAdopted, RoundMeasured
from ehsg_events.interview import Answer
from ehsg_events.kernel import Fact
from ehsg_events.outcome import Outcome
from ehsg_events.round import Round
from ehsg_events.rules import Policy
from ehsg_events.situation import Situation, asked_again, asked_by, standing

Next = dict[str, tuple[Fact, ...]]  # "round", "next round" or a descriptor, and its facts
AGREED = ("agreed", "agreed_with_minority")


def measure_round(now: Situation, closed: Round, at: datetime) -> Next:
    """Measure a closed round; adopt what is agreed, and say what comes next."""
    scored = [item for item in closed.items if item in now.guide.descriptors]
    found = measures(now, closed.number, scored)
    settled = [m for m in found if m.verdict in AGREED and _stable(now, m.item, closed.number)]
    names = {m.item for m in settled}
    open_still = tuple(m.item for m in found if m.item not in names)
    again = closed.number < now.assessment.rule.rounds and bool(asked_again(now, open_still))
    policy = now.assessment.policy
    measured = RoundMeasured(
        rule=now.assessment.rule.name,
        measures=tuple(found),
        settled=tuple(m.item for m in settled),
        unsettled=open_still,
        then="feedback" if again else "moderation",
        feedback_due=_next_working_day(at, policy) if again else None,
    )
    return {"round": (measured,), **_adopted(now, settled, closed.number)}


def heard(now: Situation, asked_of: Collection[str], answers: Mapping[str, Answer]) -> Heard:
    """What a panel has said of one descriptor; who says it is not their area was not asked.

    Args:
        asked_of: those who are asked about it; who has answered was asked, whatever came after.
        answers: what each person's newest answer to it is.
    """
    panel = now.assessment.panel
    asked = [
        person
        for person in panel
        if (person in asked_of or person in answers)
        and answers.get(person, Answer("skip")).kind != "not-my-area"
    ]
    scores = (Score(score, panel[person].agency) for person, score in _scores(answers).items())
    return Heard(
        scores=tuple(scores),
        dont_know=sum(answer.kind == "dont-know" for answer in answers.values()),
        invited=len(asked),
        agencies_invited=len({panel[person].agency for person in asked}),
    )


def measures(now: Situation, upto: int, items: Sequence[str]) -> list[Measure]:
    """Agreement on each item, from the answers that stand after a round."""
    stands, asked = standing(now, upto), asked_by(now, upto)
    rule = now.assessment.rule
    found = []
    for item in items:
        scale = now.guide.scale_of(item)
        yard = yardstick(scale.lowest, scale.highest)
        asked_of = [person for person, items in asked.items() if item in items]
        found.append(measure(item, heard(now, asked_of, stands.get(item, {})), yard, rule))
    return found


def _next_working_day(at: datetime, policy: Policy) -> datetime:
    day = calendar.working_days(calendar.local_day(at, policy.zone), 1)
    return calendar.moment(day, policy.feedback_at, policy.zone)


def _stable(now: Situation, item: str, number: int) -> bool:
    """In a feedback round agreement counts once at most the rule's share has changed."""
    if number == 1:
        return True
    before, after = (_scores(standing(now, n).get(item, {})) for n in (number - 1, number))
    both = [person for person in before if person in after]
    if not both:
        return True
    moved = change([before[person] for person in both], [after[person] for person in both])
    last = number >= now.assessment.rule.rounds
    return last or moved.moved <= now.assessment.rule.settled_changed * moved.n


def _scores(answers: Mapping[str, Answer]) -> dict[str, int]:
    """The answers that are scores, by person."""
    return {person: one.score for person, one in answers.items() if one.score is not None}


def _adopted(now: Situation, settled: Sequence[Measure], number: int) -> Next:
    """The outcome of each agreed descriptor whose middle score is a level; a half waits."""
    adopted: Next = {}
    for m in settled:
        stands = now.outcomes.get(m.item, Outcome())
        if m.median is None or m.median != int(m.median) or stands.score is not None:
            continue
        level = next(x for x in now.guide.scale_of(m.item).levels if x.score == m.median)
        adopted[m.item] = (
            OutcomeAdopted(
                level=level.value,
                score=level.score,
                after_round=number,
                rule=now.assessment.rule.name,
            ),
        )
    return adopted
