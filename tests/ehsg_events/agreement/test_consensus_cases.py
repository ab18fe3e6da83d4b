"""Published and computed cases: both computations of consensus give their figures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from support.places import TESTS
from support.story.story import Story, member

from ehsg_events.agreement import consensus
from ehsg_events.agreement.consensus import Heard, Score
from ehsg_events.panel.member import Member
from ehsg_events.values.policy import Rule, Terms
from guides import library
from projections.figures.agreement_a import agreement_a
from projections.results.results import results

Case = dict[str, Any]
CASES: list[Case] = json.loads((TESTS / "consensus_cases.json").read_text(encoding="utf-8"))[
    "cases"
]
ITEMS = list(library.guide("ehsg-2022@1").guide.descriptors)
YARD = consensus.yardstick(0, 5)
NOT_SHOWN = {
    "mean": "levels are ordered, not measured in equal steps",
    "mean_of_agency_means": "the same",
    "median_of_agency_medians": "the weighted median says it with every score counted",
    "iqr_type2": "one definition of quartiles is enough: type 7",
    "iqr_type6": "the same",
    "Cns": "a flat panel scores 0.44, which reads as half agreed",
    "rwg_uniform": "it leaves its own range on split panels",
    "histogram_change": "four of five people may swap places and it stays at nought",
    "cv_before": "the same",
    "cv_after": "the same",
    "weighted_kappa_quadratic": "nought although all moved together; only pairs",
    "wilcoxon_exact_p": "seven of eight people moved and p was 0.77",
    "wilcoxon_pratt_exact_p": "the same",
    "V": "the same",
    "p_greater": "the same",
}


def of_group(*groups: str) -> list[Case]:
    """The cases of some groups."""
    return [case for case in CASES if case["group"] in groups]


def shown(case: Case) -> dict[str, Any]:
    """The expected figures that the product computes or exports."""
    return {name: figure for name, figure in case["expected"].items() if name not in NOT_SHOWN}


def hold(case: Case, found: Mapping[str, Any]) -> None:
    """Every expected figure is found, and is right."""
    for name, figure in shown(case).items():
        expected = figure
        if isinstance(figure, float | int) and not isinstance(figure, bool):
            expected = pytest.approx(figure, abs=case["tolerance"])
        assert found[name] == expected, f"{case['id']}: {name}"


def answers_of(case: Case) -> list[tuple[str, str | None]]:
    """Who is asked in a case, by agency, and the value each gave."""
    told = case["input"]
    values = told.get("scores") or told["answers"]
    agencies = told.get("agency") or told.get("agencies") or [f"a{n}" for n in range(len(values))]
    words = {None: None, "dont_know": "dont-know"}
    return [
        (f"{case['id']} {agency}", words[v] if v in words else str(v))
        for agency, v in zip(agencies, values, strict=True)
    ]


ONE_ROUND = of_group("panel", "agency_weight", "dont_know")
TWO_ROUNDS = [case for case in of_group("stability") if shown(case)]


@pytest.fixture(scope="module")
def asked_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Case]]:
    """Every one-round case on one log, each as a descriptor with a panel of its own."""
    panel: list[Member] = []
    given: list[tuple[str, str, str]] = []
    for number, case in enumerate(ONE_ROUND):
        for n, (agency, value) in enumerate(answers_of(case)):
            name = f"c{number}-{n}"
            panel.append(member(name, agency, [ITEMS[number]]))
            given += [(name, ITEMS[number], value)] if value is not None else []
    with Story(tmp_path_factory.mktemp("cases")) as story:
        story.opened(panel).round_opened()
        for name, item, value in given:
            story.answered(name, item, value)
        view = story.round_closed().view()
        rows = {row["item"]: row for row in view.ask("SELECT * FROM consensus")}
        spread = {row.item: row.agreement_a for row in results(view)}
        items = ITEMS[: len(ONE_ROUND)]
        yield {
            case["id"]: rows[item] | {"A": spread[item]}
            for case, item in zip(ONE_ROUND, items, strict=True)
        }


def in_sql(row: Case) -> dict[str, Any]:
    """The figures of the read model by the names that the cases use."""
    return row | {
        "min": row["low"],
        "max": row["high"],
        "within1": row["within_one_by_people"],
        "proposed_verdict": row["verdict"],
        "weighted_median": row["median_by_agency"],
        "weighted_within1": row["within_one_by_agency"],
        "unweighted_median": row["median_by_people"],
        "unweighted_within1": row["within_one_by_people"],
        "scored": row["n"],
        "no_answer": row["invited"] - row["n"] - row["dont_know"],
        "agencies_scored": row["agencies"],
    }


@pytest.mark.parametrize("case", ONE_ROUND, ids=lambda case: case["id"])
def test_the_read_model_gives_every_figure_of_a_case(
    case: Case, asked_once: dict[str, Case]
) -> None:
    """A case answered through the product comes out of the SQL with its figures."""
    hold(case, in_sql(asked_once[case["id"]]))


def in_python(case: Case) -> dict[str, Any]:
    """The figures of a case by ehsg_events.agreement.consensus."""
    given = answers_of(case)
    scores = tuple(Score(int(v), agency) for agency, v in given if v not in (None, "dont-know"))
    unknown = sum(v == "dont-know" for _, v in given)
    heard = Heard(scores, unknown, len(given), len({agency for agency, _ in given}))
    found = consensus.measure("x", heard, YARD, Rule())
    values = [score.score for score in scores]
    quarter, middle, three = (consensus.quantile(values, share) for share in (0.25, 0.5, 0.75))
    by_agency = consensus.agency_median(scores)
    return found.model_dump() | {
        "n": found.n,
        "counts": list(found.counts),
        "min": found.low,
        "max": found.high,
        "q1": quarter,
        "q3": three,
        "iqr": three - quarter,
        "within1": consensus.within(scores, middle, 1) / len(scores),
        "ad_median": sum(abs(value - middle) for value in values) / len(values),
        "A": agreement_a(found.counts),
        "proposed_verdict": found.verdict,
        "unweighted_median": middle,
        "unweighted_within1": consensus.within(scores, middle, 1) / len(scores),
        "weighted_median": by_agency,
        "weighted_within1": consensus.agency_share_within(scores, by_agency, 1),
        "scored": found.n,
        "no_answer": found.invited - found.n - found.dont_know,
        "agencies_scored": found.agencies,
        "agencies_invited": heard.agencies_invited,
        "quorum": consensus.has_quorum(heard, Rule()),
    }


@pytest.mark.parametrize("case", ONE_ROUND, ids=lambda case: case["id"])
def test_the_decision_gives_every_figure_of_a_case(case: Case) -> None:
    """The arithmetic that decides what is settled gives the same figures."""
    hold(case, in_python(case))


@pytest.fixture(scope="module")
def asked_twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Case]]:
    """Every two-round case on one log, under a rule that settles nothing."""
    sizes = [len(case["input"]["before"]) for case in TWO_ROUNDS]
    panel = [
        member(f"s{number}-{n}", f"a{n}", [ITEMS[number]])
        for number, size in enumerate(sizes)
        for n in range(size)
    ]
    with Story(tmp_path_factory.mktemp("stability")) as story:
        story.opened(panel, Terms(rule=Rule(quorum_scores=99)))
        for when in ("before", "after"):
            story.round_opened()
            for number, case in enumerate(TWO_ROUNDS):
                answer_all(story, number, case["input"][when])
            story.round_closed()
        rows = story.view().ask("SELECT * FROM stability")
        yield {TWO_ROUNDS[ITEMS.index(row["item"])]["id"]: row for row in rows}


def answer_all(story: Story, number: int, scores: Sequence[int]) -> None:
    """The panel of one case answers."""
    values = {f"s{number}-{n}": str(score) for n, score in enumerate(scores)}
    story.all_answered(ITEMS[number], values)


@pytest.mark.parametrize("case", TWO_ROUNDS, ids=lambda case: case["id"])
def test_the_read_model_tells_who_moved(case: Case, asked_twice: dict[str, Case]) -> None:
    """Two rounds through the product come out of the SQL with their figures."""
    row = asked_twice[case["id"]]
    hold(case, row | {"share_moved": row["moved"] / row["n"]})


@pytest.mark.parametrize("case", TWO_ROUNDS, ids=lambda case: case["id"])
def test_the_decision_tells_who_moved(case: Case) -> None:
    """The arithmetic that decides whether a panel is stable gives the same figures."""
    before, after = case["input"]["before"], case["input"]["after"]
    found = consensus.change(before, after)
    medians = {
        "median_before": consensus.median(before),
        "median_after": consensus.median(after),
        "share_moved": found.moved / found.n,
    }
    hold(case, found._asdict() | medians)


@pytest.mark.parametrize("case", of_group("agreement_A"), ids=lambda case: case["id"])
def test_agreement_a_is_van_der_eijks(case: Case) -> None:
    """The published examples of agreement A hold, polarisation being its mirror."""
    found = agreement_a(case["input"]["counts"])
    polar = {"polarisation": (1 - found) / 2}
    hold(case, {"A": found} | polar)


def test_every_case_counts_for_something() -> None:
    """What the product leaves out is left out by name; a figure nobody knows would fail above."""
    names = {name for case in of_group("panel", "agency_weight", "dont_know", "stability")
             for name in case["expected"]}  # fmt: skip
    assert NOT_SHOWN.keys() <= names
