"""What falls due in an assessment: the one place that turns a round into its next step.

`advance` is pure: everything known and the time go in, the next decisions come out. Called again
with the same knowledge it says the same, so any process may call it, any number of times.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ehsg_events import calendar
from ehsg_events.assessment import Assessment
from ehsg_events.consensus import Heard, Measure, Score, change, measure, yardstick
from ehsg_events.events import OutcomeAdopted, RoundClosed, RoundMeasured
from ehsg_events.interview import Answer, Interview
from ehsg_events.kernel import Fact, Refused
from ehsg_events.outcome import Outcome
from ehsg_events.round import Round, RoundFact, default_deadline, open_round, remind
from ehsg_events.rules import Policy
from guides.model import Guide

Next = dict[str, tuple[Fact, ...]]  # "round", "next round" or a descriptor, and its facts
AGREED = ("agreed", "agreed_with_minority")


@dataclass(frozen=True)
class Situation:
    """An assessment as it stands: all its rounds, interviews and outcomes, folded."""

    assessment: Assessment
    guide: Guide
    rounds: Sequence[Round]
    interviews: Mapping[tuple[int, str], Interview]
    outcomes: Mapping[str, Outcome]

    @property
    def newest(self) -> Round | None:
        """The newest round, open or closed."""
        return self.rounds[-1] if self.rounds else None


def advance(now: Situation, at: datetime) -> Next:
    """The next step that is due at a time: close, measure, open the feedback round, or remind."""
    newest = now.newest
    if newest is None or now.assessment.signed_off is not None:
        return {}
    if not newest.closed:
        if newest.deadline <= at:
            return {"round": (RoundClosed(closed_by="deadline"),)}
        reminders = remind(newest, _completed(now), _withdrawn(now), at)
        return {"round": reminders} if reminders else {}
    if newest.measured is None:
        return _measure(now, newest, at)
    due = newest.measured.feedback_due
    if due is None or due > at or not _asked_again(now, newest.measured.unsettled):
        return {}
    return {"next round": feedback_round(now, None, at)}


def feedback_round(
    now: Situation, deadline: datetime | None, at: datetime
) -> tuple[RoundFact, ...]:
    """Open the round after this one: only what is unsettled, only to those who stayed.

    Raises:
        Refused: the newest round is not over, or nothing is left to ask.
    """
    newest = now.newest
    if newest is None or newest.measured is None:
        raise Refused("The round before is still open. `ehsg round close` closes it.")
    if not newest.measured.unsettled:
        raise Refused(
            "Every descriptor is settled, so there is nothing to ask again. Next: "
            "`ehsg results`, then priorities and sign-off."
        )
    limit = now.assessment.rule.rounds
    if newest.number >= limit:
        raise Refused(
            f"The rule of this assessment allows {limit} rounds, and they were held. Settle what "
            f"is left with `ehsg moderate`."
        )
    policy = now.assessment.policy
    asked = _asked_again(now, newest.measured.unsettled)
    if not asked:
        raise Refused(
            "What was unsettled has been moderated, or everyone asked about it has withdrawn, so "
            "there is nothing to ask again."
        )
    until = deadline or default_deadline(policy, "feedback", at)
    return open_round("feedback", asked, until, policy, at)


def _asked_again(now: Situation, unsettled: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What is put again to each person who has not withdrawn; who has nothing left is left out.

    What the coordinator has moderated meanwhile is settled, and not asked again.
    """
    gone = _withdrawn(now)
    left = {item for item in unsettled if not now.outcomes.get(item, Outcome()).moderated}
    found = {
        person: tuple(item for item in member.items if item in left)
        for person, member in now.assessment.panel.items()
        if person not in gone
    }
    return {person: items for person, items in found.items() if items}


def standing(now: Situation, upto: int) -> dict[str, dict[str, Answer]]:
    """Each person's newest answer to each item in the rounds up to a number.

    A skip in a later round leaves the earlier answer standing: nothing new was said. Who has
    withdrawn, in any of them, has no answers left.
    """
    gone = _withdrawn(now)
    found: dict[str, dict[str, Answer]] = {}
    for number in range(1, upto + 1):
        for person in now.assessment.panel:
            interview = now.interviews.get((number, person))
            if interview is not None and person not in gone:
                for item, answer in interview.answers.items():
                    stands = found.setdefault(item, {})
                    if answer.kind != "skip" or person not in stands:
                        stands[person] = answer
    return found


def heard(now: Situation, item: str, answers: Mapping[str, Answer]) -> Heard:
    """What a panel has said of one descriptor; who says it is not their area was not asked."""
    panel = now.assessment.panel
    asked = [
        person
        for person, member in panel.items()
        if item in member.items and answers.get(person, Answer("skip")).kind != "not-my-area"
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
    stands = standing(now, upto)
    rule = now.assessment.rule
    found = []
    for item in items:
        scale = now.guide.scale_of(item)
        yard = yardstick(scale.lowest, scale.highest)
        found.append(measure(item, heard(now, item, stands.get(item, {})), yard, rule))
    return found


def _measure(now: Situation, closed: Round, at: datetime) -> Next:
    scored = [item for item in closed.items if item in now.guide.descriptors]
    found = measures(now, closed.number, scored)
    settled = [m for m in found if m.verdict in AGREED and _stable(now, m.item, closed.number)]
    names = {m.item for m in settled}
    open_still = tuple(m.item for m in found if m.item not in names)
    again = closed.number < now.assessment.rule.rounds and bool(_asked_again(now, open_still))
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


def _completed(now: Situation) -> frozenset[str]:
    """Those who have completed the newest round."""
    newest = now.newest.number if now.newest else 0
    return frozenset(
        person
        for (number, person), interview in now.interviews.items()
        if interview.completed and number == newest
    )


def _withdrawn(now: Situation) -> frozenset[str]:
    """Those who have withdrawn, from whichever round."""
    return frozenset(
        person for (_, person), interview in now.interviews.items() if interview.withdrawn
    )
