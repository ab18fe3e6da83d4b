"""Agreement on every descriptor after every closed round, by the arithmetic of the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ehsg_events.agreement.consensus import (
    Heard,
    Score,
    Yardstick,
    agency_median,
    agency_share_within,
    has_quorum,
    measure,
    median,
    quantile,
    within,
    yardstick,
)
from ehsg_events.values.policy import Rule
from projections.facts.view import View
from projections.folded.asked import asked_of
from projections.folded.members import members
from projections.folded.once import once
from projections.folded.rounds import own_closed, rounds_asking
from projections.folded.standing import Standing, stands_by_item


class Consensus(NamedTuple):
    """A closed round of the panel's own, a descriptor asked by then, and how the panel stood on it.

    Figures that need a score are null where there is none.
    """

    round: int
    item: str
    n: int
    dont_know: int
    invited: int
    agencies: int
    agencies_invited: int
    median: float | None
    median_by_people: float | None
    median_by_agency: float | None
    low: int | None
    high: int | None
    q1: float | None
    q3: float | None
    iqr: float | None
    ad_median: float | None
    counts: list[int]
    within_one: int
    agencies_within_one: int
    within_one_by_people: float | None
    within_one_by_agency: float | None
    within_one_share: float | None
    at_median: int
    low_voices: int
    high_voices: int
    far_voices: int
    quorum: bool
    verdict: str


COUNTED = (
    "within_one",
    "agencies_within_one",
    "at_median",
    "low_voices",
    "high_voices",
    "far_voices",
)
OF_SCORES = (
    "median_by_people", "median_by_agency", "q1", "q3", "iqr", "ad_median", "within_one_by_people",
    "within_one_by_agency", "within_one_share",
)  # fmt: skip
NOTHING: dict[str, Any] = {**dict.fromkeys(COUNTED, 0), **dict.fromkeys(OF_SCORES)}


@once
def consensus(view: View) -> list[Consensus]:
    """Agreement among the answers that stood once each round had closed, under the rule in force."""
    return [
        _measured(view, number, item)
        for number in own_closed(view)
        for item, rounds in rounds_asking(view).items()
        if rounds[0] <= number and item in view.guide.descriptors
    ]


def _measured(view: View, number: int, item: str) -> Consensus:
    scale, rule = view.guide.scale_of(item), view.state.rule
    yard = yardstick(scale.lowest, scale.highest)
    answers = stands_by_item(view).get((number, item), {})
    heard = _heard(view, asked_of(view)[number].get(item, ()), answers)
    measured = measure(item, heard, yard, rule)
    middle = measured.median
    return Consensus(
        round=number,
        item=item,
        n=measured.n,
        dont_know=measured.dont_know,
        invited=measured.invited,
        agencies=measured.agencies or 0,
        agencies_invited=heard.agencies_invited,
        median=middle,
        low=measured.low,
        high=measured.high,
        counts=[*measured.counts],
        quorum=has_quorum(heard, rule),
        verdict=measured.verdict,
        **(NOTHING if middle is None else _spread(heard.scores, middle, yard, rule)),
    )


def _spread(scores: Sequence[Score], middle: float, yard: Yardstick, rule: Rule) -> dict[str, Any]:
    """How the scores lie about the middle, which there is."""
    every = [score.score for score in scores]
    by_people, by_agency = median(every), agency_median(scores)
    q1, q3 = quantile(every, 0.25), quantile(every, 0.75)
    near_people = within(scores, by_people, yard.near) / len(every)
    near_agencies = agency_share_within(scores, by_agency, yard.near)
    return {
        "median_by_people": by_people,
        "median_by_agency": by_agency,
        "q1": q1,
        "q3": q3,
        "iqr": q3 - q1,
        "ad_median": sum(abs(score - by_people) for score in every) / len(every),
        "within_one": within(scores, middle, yard.near),
        "agencies_within_one": len(
            {score.agency for score in scores if abs(score.score - middle) <= yard.near}
        ),
        "within_one_by_people": near_people,
        "within_one_by_agency": near_agencies,
        "within_one_share": near_agencies if rule.weights == "agencies" else near_people,
        "at_median": every.count(middle),  # type: ignore[arg-type]
        "low_voices": sum(score <= yard.low_camp for score in every),
        "high_voices": sum(score >= yard.high_camp for score in every),
        "far_voices": sum(abs(score - middle) >= yard.far for score in every),
    }


def _heard(view: View, people: Sequence[str], answers: Mapping[str, Standing]) -> Heard:
    """Everyone whose area it is, with what they said; who has answered was asked, whatever came after."""
    panel = members(view)
    said = {person: stands for person, stands in answers.items() if person in panel}
    asked = [
        person
        for person in dict.fromkeys((*people, *said))
        if person in panel and not (person in said and said[person].kind == "not-my-area")
    ]
    return Heard(
        scores=tuple(
            Score(stands.score, panel[person].agency)
            for person, stands in said.items()
            if stands.score is not None
        ),
        dont_know=sum(stands.kind == "dont-know" for stands in said.values()),
        invited=len(asked),
        agencies_invited=len({panel[person].agency for person in asked}),
    )
