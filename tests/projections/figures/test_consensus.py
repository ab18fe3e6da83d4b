"""Two writers, one truth: the SQL and the Python computation of consensus agree on any history."""

from __future__ import annotations

from itertools import islice, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support.story.figures import equal, recorded_alike
from support.story.story import ASSESSMENT, Story, member

from ehsg_events.events import AnswerGiven, AssessmentOpened, StakeholderAdded
from ehsg_events.kernel import Refused, Words
from ehsg_events.states.streams import assessment_stream, interview_stream
from ehsg_events.values.exposure import Exposure
from ehsg_events.values.policy import Policy, Rule, Terms
from guides import library

GUIDE = library.guide("ehsg-2022@1")
ITEMS = list(GUIDE.guide.descriptors)
RULES = st.builds(
    Rule,
    weights=st.sampled_from(["people", "agencies"]),
    agreed_share=st.sampled_from([0.5, 2 / 3, 0.75, 1.0]),
    camp_share=st.sampled_from([0.2, 0.25, 1 / 3]),
    minority_share=st.sampled_from([0.1, 0.15, 0.25]),
    quorum_scores=st.integers(1, 4),
    quorum_invited=st.sampled_from([0.1, 0.6, 1.0]),
    quorum_agencies=st.sampled_from([0.1, 2 / 3, 1.0]),
    rounds=st.integers(1, 3),
    settled_changed=st.sampled_from([0.0, 1 / 6, 1.0]),
)
VALUES = st.sampled_from(["0", "1", "2", "3", "4", "5", "dont-know", "not-my-area", "skip"])
FEW = settings(max_examples=10, suppress_health_check=list(HealthCheck))


VOICE = st.tuples(st.integers(0, 6), st.none() | VALUES)
PANELS = st.lists(st.lists(VOICE, min_size=1, max_size=14), min_size=1, max_size=len(ITEMS))
SPLIT = [(0, "2"), (0, "2"), (1, "3"), (1, "3"), (2, "2"), (3, "3")]  # weights in exact halves
EDGES = [
    list(zip((0, 1, 2, 2), four, strict=True))
    for four in islice(product("0245", repeat=4), 0, 248, 8)
]


@pytest.mark.slow
@FEW
@given(PANELS, RULES)
@example([SPLIT], Rule(weights="agencies"))
@example([[(0, "0"), (0, "4")]], Rule(weights="agencies", quorum_scores=1))  # nobody is near
@example(EDGES, Rule())
@example(EDGES, Rule(weights="agencies", camp_share=0.2, minority_share=0.1))
@example([[(n % 7, str(n % 6)) for n in range(60)]], Rule(weights="agencies"))
def test_any_panel_is_measured_alike(
    panels: list[list[tuple[int, str | None]]], rule: Rule
) -> None:
    """One round, many descriptors, each with a panel of its own: the same figures twice."""
    with TemporaryDirectory() as folder, Story(Path(folder)) as story:
        write(story, panels, rule)
        equal(story.round_closed().view(), story, 1)


def write(story: Story, panels: list[list[tuple[int, str | None]]], rule: Rule) -> None:
    """A panel and its answers, written as they are."""
    opened = AssessmentOpened(
        area="Anytown",
        guide=GUIDE.guide.id,
        guide_digest=GUIDE.digest,
        rule=rule,
        policy=Policy(),
    )
    sealed = Words(id=ASSESSMENT, sha256="0" * 64)
    people = [
        (f"p{number}-{n}", ITEMS[number], f"agency {agency}", value)
        for number, voices in enumerate(panels)
        for n, (agency, value) in enumerate(voices)
    ]
    panel = [
        StakeholderAdded(
            stakeholder=person,
            agency=agency,
            works_as="practitioner",
            items=(item,),
            reached_by="terminal",
            name=sealed,
        )
        for person, item, agency, _ in people
    ]
    story.wrote(assessment_stream(ASSESSMENT), opened, *panel).round_opened()
    for person, item, _, value in people:
        if value is not None:
            story.wrote(interview_stream(ASSESSMENT, 1, person), answer(item, value))


def answer(item: str, value: str) -> AnswerGiven:
    """An answer as a fact."""
    scored = value.isdigit()
    return AnswerGiven.model_validate({
        "item": item,
        "kind": "score" if scored else value,
        "level": value if scored else None,
        "score": int(value) if scored else None,
        "exposure": Exposure(guide="g", wording="w", language="en"),
    })  # fmt: skip


PEOPLE = [("a-1", "a"), ("a-2", "a"), ("a-3", "a"), ("b-1", "b"), ("b-2", "b"), ("c-1", "c")]
PERSON = st.sampled_from([name for name, _ in PEOPLE])
DEED = st.tuples(PERSON, st.sampled_from(["5.1", "5.2", "withdraw", "release"]), VALUES)
DEEDS = st.lists(DEED, max_size=16)
ROUND = st.tuples(DEEDS, st.none() | DEEDS)  # what is done in it, and once it was reopened
ROUNDS = st.lists(ROUND, min_size=1, max_size=3)


@pytest.mark.slow
@FEW
@given(ROUNDS, RULES)
def test_any_history_is_measured_alike(rounds: list[tuple[Any, Any]], rule: Rule) -> None:
    """Rounds, some reopened, changes of mind, people who leave: the same figures twice."""
    with TemporaryDirectory() as folder, Story(Path(folder)) as story:
        story.opened([member(name, of, ["5.1", "5.2"]) for name, of in PEOPLE], Terms(rule=rule))
        for number, (deeds, again) in enumerate(rounds, start=1):
            try:
                story.round_opened()
            except Refused:  # everything is settled
                return
            closed_alike(story, number, deeds)
            if again is not None:
                closed_alike(story.reopened(21, "half term"), number, again)


def closed_alike(story: Story, number: int, deeds: list[Any]) -> None:
    """After some deeds and the close, both sides and the record say the same."""
    for person, item, value in deeds:
        do(story, person, item, value)
    view = story.round_closed().view()
    equal(view, story, number)
    recorded_alike(view, number)


def do(story: Story, person: str, item: str, value: str) -> None:
    """One deed, if the rules allow it."""
    try:
        if item == "withdraw":
            story.withdrawn(person)
        elif item == "release":
            story.released(person)
        else:
            story.answered(person, item, value)
    except Refused:
        return
