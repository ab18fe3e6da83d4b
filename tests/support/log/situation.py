"""An assessment as it stands, made up without a log: who is asked, and what they have said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from ehsg_events.events import AssessmentOpened, StakeholderAdded
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.assessment import evolve as evolved
from ehsg_events.states.interview import Answer, Interview
from ehsg_events.states.outcome import Outcome
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation
from ehsg_events.values.policy import Policy, Rule
from guides import library
from support.area import CLOSES, OPENS, words

DEADLINES = (CLOSES, datetime(2026, 11, 2, 17, tzinfo=UTC))
Said = Mapping[str, Mapping[str, str]]  # what each person has said to each item


def assessed(
    agencies: Sequence[str], items: Sequence[str], rule: Rule, guide: str = "ehsg-2022@1"
) -> Assessment:
    """An assessment whose panel is `p0`, `p1` and so on, of these agencies."""
    opened = AssessmentOpened(
        area="Anytown",
        guide=guide,
        guide_digest=library.guide(guide).digest,
        rule=rule,
        policy=Policy(),
    )
    state = evolved(None, opened)
    for number, agency in enumerate(agencies):
        state = evolved(
            state,
            StakeholderAdded(
                stakeholder=f"p{number}",
                agency=agency,
                works_as="lead",
                items=tuple(items),
                reached_by="web",
                name=words(f"p{number}"),
            ),
        )
    return state


def situation(state: Assessment, *rounds: Said) -> Situation:
    """What stands after some rounds, the last of them open; everybody is asked in each."""
    held = [_round(state, number) for number, _ in enumerate(rounds, start=1)]
    interviews = {
        (number, person): _interview(said.get(person, {}))
        for number, said in enumerate(rounds, start=1)
        for person in state.panel
    }
    guide = library.guide(state.guide).guide
    outcomes = dict.fromkeys(guide.descriptors, Outcome())
    return Situation(state, guide, held, interviews, outcomes)


def _round(state: Assessment, number: int) -> Round:
    invited = {person: member.items for person, member in state.panel.items()}
    items = tuple({item: None for mine in invited.values() for item in mine})
    kind = "first" if number == 1 else "feedback"
    deadline = DEADLINES[number - 1]
    return Round(number, kind, items, deadline, state.policy, OPENS, OPENS, invited)  # type: ignore[arg-type]


def _interview(said: Mapping[str, str]) -> Interview:
    return Interview(started=bool(said), answers={i: answer(value) for i, value in said.items()})


def answer(value: str) -> Answer:
    """An answer as it is written: a score, or a word for none."""
    return Answer("score", value, int(value)) if value.isdigit() else Answer(value)  # type: ignore[arg-type]


def telling(now: Situation, item: str, said: Mapping[str, str]) -> Situation:
    """The same, once some have said more in the newest round."""
    number, interviews = len(now.rounds), dict(now.interviews)
    for person, value in said.items():
        before = interviews[number, person]
        answers = {**before.answers, item: answer(value)}
        interviews[number, person] = replace(before, answers=answers)
    return replace(now, interviews=interviews)
