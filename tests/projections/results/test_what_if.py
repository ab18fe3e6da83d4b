"""What if: computed twice over random ifs, by every read model, and nothing is written for it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.story.story import NAMES, PANEL, Story, agree_and_split, member

from ehsg_events.agreement.measuring import measures
from ehsg_events.events import AnswerAmended, AnswerGiven
from ehsg_events.kernel import Refused
from ehsg_events.states.interview import Interview, evolve
from ehsg_events.states.situation import Situation
from ehsg_events.values.policy import Rule, Terms
from projections.facts.view import View
from projections.results.results import results
from projections.results.what_if import If, supposing, what_if

RULES = st.builds(
    Rule,
    weights=st.sampled_from(["people", "agencies"]),
    agreed_share=st.sampled_from([0.6, 0.75, 1.0]),
    camp_share=st.sampled_from([0.2, 0.25]),
    quorum_scores=st.integers(1, 4),
    quorum_invited=st.sampled_from([0.1, 0.6, 1.0]),
    quorum_agencies=st.sampled_from([0.1, 2 / 3, 1.0]),
)
PEOPLE = [member(name, of, ["5.1"]) for name, of in zip("abcdefg", "AABBCCC", strict=True)]
VALUES = st.sampled_from(["0", "1", "3", "4", "5", "dont-know", "not-my-area"])
DEEDS = st.dictionaries(st.sampled_from("abcdefg"), VALUES, max_size=7)
FIRST = st.fixed_dictionaries(dict.fromkeys("abcdefg", VALUES))  # so that figures are shown next
IFS = st.builds(
    If,
    rule=st.none() | RULES,
    without=st.sampled_from([(), ("A",), ("B",), ("A", "C")]),
    blind_only=st.booleans(),
)
SHARED = ("n", "dont_know", "invited", "median", "low", "high", "within_one", "verdict", "agencies")


@settings(max_examples=4, suppress_health_check=list(HealthCheck))
@given(FIRST, DEEDS, st.lists(IFS, min_size=4, max_size=6))
def test_what_is_supposed_is_measured_alike(
    first: dict[str, str], second: dict[str, str], ifs: list[If]
) -> None:
    """The same figures by the query and by folding what is left, over random panels and ifs."""
    with TemporaryDirectory() as folder, Story(Path(folder)) as story:
        story.opened(PEOPLE, Terms(rule=Rule(quorum_scores=1, agreed_share=1.0)))
        story.round_opened().all_answered("5.1", first).round_closed()
        with suppress(Refused):  # it is settled
            story.round_opened().all_answered("5.1", second).round_closed()
        view = story.view()
        for asked in ifs:
            equal(story, view, asked)


def equal(story: Story, view: View, asked: If) -> None:
    """What is supposed has the same figures on both sides."""
    upto = view.ask("SELECT max(round) AS newest FROM closed")[0]["newest"]
    (folded,) = measures(folded_again(story, asked), upto, ["5.1"])
    try:
        with supposing(view, asked) as other:
            (row,) = other.ask("SELECT * FROM consensus WHERE round = ?", upto)
    except Refused:
        assert not folded.n
        return
    assert {n: row[n] for n in SHARED} == {n: getattr(folded, n) for n in SHARED}
    assert tuple(row["counts"]) == folded.counts


def folded_again(story: Story, asked: If) -> Situation:
    """All that stands, without those who are left out and what is not blind."""
    now = story.log.situation(story.assessment)
    panel = {p: one for p, one in now.assessment.panel.items() if one.agency not in asked.without}
    state = replace(now.assessment, panel=panel, rule=asked.rule or now.assessment.rule)
    kept = blind(story) if asked.blind_only else now.interviews
    return replace(now, assessment=state, interviews=kept)


def blind(story: Story) -> dict[tuple[int, str], Interview]:
    """Every interview folded from its blind answers alone."""
    found: dict[tuple[int, str], Interview] = {}
    for one in story.log.all():
        match one.fact:
            case AnswerGiven() | AnswerAmended() if one.fact.exposure.blind:
                at = (one.stream.round or 0, one.stream.stakeholder or "")
                found[at] = evolve(found.get(at, Interview()), one.fact)
    return found


@pytest.fixture
def split(story: Story) -> Story:
    """Agreed on 5.1, then two camps on 5.2 of whom one gives way, having seen the group."""
    agree_and_split(story).round_closed().round_opened()
    return story.answered(NAMES[0], "5.2", "5").round_closed()


def test_nothing_is_written(split: Story) -> None:
    """Neither a fact nor a byte of the log; and the view shows what is so, as before."""
    view = split.view()
    position, was, file = split.log.store.last_position(), results(view), digest(split)
    what_if(view, If(rule=Rule(weights="agencies"), without=("police",), blind_only=True))
    assert results(view) == was
    assert split.log.store.last_position() == position
    assert digest(split) == file


def digest(story: Story) -> dict[str, str]:
    """The bytes of the log's files, but for the index that its readers share."""
    files = [one for one in story.log.folder.glob("log.sqlite*") if one.suffix != ".sqlite-shm"]
    return {one.name: sha256(one.read_bytes()).hexdigest() for one in files}


def test_those_that_would_stand_otherwise_come_first(split: Story) -> None:
    """With how each stands, how it would, and what the rule would make of it."""
    found = what_if(split.view(), If(without=("police",)))
    assert [(one.item, one.differs) for one in found.descriptors] == [("5.1", True), ("5.2", True)]
    (_, camps) = found.descriptors
    assert (camps.stands.median, camps.stands.verdict) == (5, "two_camps")
    assert (camps.would.median, camps.would.n, camps.would.invited) == (5, 4, 4)
    found = what_if(split.view(), If(blind_only=True))
    assert [(one.item, one.differs) for one in found.descriptors] == [("5.2", True), ("5.1", False)]
    assert found.descriptors[0].would.median == 2.5


def test_it_is_said_in_one_sentence(split: Story) -> None:
    """What is supposed, how much of it would differ, and how much would be adopted."""
    asked = If(rule=Rule(agreed_share=0.6, weights="agencies"), blind_only=True)
    assert what_if(split.view(), asked).sentence == (
        "With every agency counting once, with agreed_share 0.6 instead of 0.75, by the answers given "
        "knowing nothing of how others answer: 1 of 2 descriptors would stand otherwise, 0 by verdict "
        "and 1 by middle score; the rule would adopt 0 of them, against 0 as it is."
    )
    asked = If(rule=Rule(quorum_scores=1))
    assert what_if(split.view(), asked).sentence == (
        "With quorum_scores 1 instead of 3: all 2 descriptors would stand as they do."
    )


def test_every_read_model_answers_it(split: Story) -> None:
    """The results under another rule name that rule, and count only who is left."""
    rule = Rule(name="by-agency", weights="agencies", quorum_scores=4)
    with supposing(split.view(), If(rule=rule, without=("health",))) as other:
        one = next(row for row in results(other) if row.item == "5.2")
    assert (one.rule, one.n, one.invited, sum(one.counts)) == ("by-agency", 4, 4, 4)


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (
            If(without=("fire",)),
            "Nobody on the panel is from fire. Its agencies are police, health",
        ),
        (If(without=("police", "health", "school")), "Nothing would be left to measure"),
    ],
)
def test_what_cannot_be_supposed_is_refused(story: Story, asked: If, refusal: str) -> None:
    """Naming those there are; before the first close there is nothing to suppose."""
    with pytest.raises(Refused, match="No round is closed yet"):
        what_if(agree_and_split(story).view(), asked)
    view = story.round_closed().view()
    with pytest.raises(Refused, match=refusal):
        what_if(view, asked)
    assert len(what_if(view, If()).descriptors) == len({p for one in PANEL for p in one.items})
