"""Whose silence matters: what is said of it, against everything that could still be said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.log.situation import Said, assessed, situation, telling

from ehsg_events.agreement.measuring import measures
from ehsg_events.reminders.outcome_bounds import cannot_matter
from ehsg_events.states.situation import Situation
from ehsg_events.values.policy import Rule
from guides import library

ITEM = "5.1"
SILENCE = ""
EVERYTHING = (SILENCE, "skip", "dont-know", "not-my-area", *"012345")
RULES = st.builds(
    Rule,
    weights=st.sampled_from(["people", "agencies"]),
    quorum_scores=st.integers(1, 3),
    quorum_invited=st.sampled_from([0.1, 0.6, 1.0]),
    quorum_agencies=st.sampled_from([0.1, 2 / 3, 1.0]),
)
TOLD = st.sampled_from(EVERYTHING[1:])
VOICE = st.tuples(st.sampled_from("ABC"), TOLD)  # an agency, and what one of it has said
EARLIER = st.sampled_from(EVERYTHING)


def brute_force(now: Situation, silent: list[str]) -> set[str]:
    """Those of whom one answer changes verdict or middle score, whatever it and the others' are."""
    found = {}
    for said in product(EVERYTHING, repeat=len(silent)):
        spoken = {who: value for who, value in zip(silent, said, strict=True) if value}
        (one,) = measures(telling(now, ITEM, spoken), len(now.rounds), [ITEM])
        found[said] = (one.verdict, one.median)
    return {
        person
        for place, person in enumerate(silent)
        if any(found[said] != found[(*said[:place], SILENCE, *said[place + 1 :])] for said in found)
    }


def panel_of(
    rule: Rule, voices: list[tuple[str, str]], missing: list[tuple[str, str]]
) -> tuple[Situation, list[str]]:
    """A first round, or a feedback round where any of the missing has said something earlier."""
    agencies = [agency for agency, _ in (*voices, *missing)]
    state = assessed(agencies, [ITEM], rule)
    said: Said = {f"p{n}": {ITEM: value} for n, (_, value) in enumerate(voices)}
    silent = [f"p{n}" for n in range(len(voices), len(agencies))]
    earlier = {p: {ITEM: value} for p, (_, value) in zip(silent, missing, strict=True) if value}
    now = situation(state, earlier, said) if earlier else situation(state, said)
    return now, silent


@pytest.mark.slow
@settings(max_examples=60)
@given(
    RULES,
    st.lists(VOICE, max_size=9),
    st.lists(st.tuples(st.sampled_from("ABCD"), EARLIER), min_size=1, max_size=2),
)
@example(Rule(), [("A", "3")] * 9, [("D", ""), ("D", "")])
@example(Rule(), [(of, "3") for of in "AABBCCABC"], [("A", "0"), ("B", "5")])
@example(Rule(weights="agencies"), [(of, "3") for of in "AABBCC"], [("A", ""), ("A", "")])
@example(Rule(weights="agencies"), [(of, "2") for of in "AAABBBCCC"], [("A", "2")])
@example(Rule(quorum_invited=1.0), [("A", "3"), ("B", "3"), ("C", "3")], [("A", "dont-know")])
@example(Rule(), [("A", "3"), ("B", "3"), ("C", "3")] * 3, [("A", "not-my-area"), ("B", "3")])
def test_who_is_spared_could_change_nothing_and_who_could_is_not(
    rule: Rule, voices: list[tuple[str, str]], missing: list[tuple[str, str]]
) -> None:
    """Exactly those, under both weights, in first and feedback rounds."""
    now, silent = panel_of(rule, voices, missing)
    assert set(silent) - cannot_matter(now, silent) == brute_force(now, silent)


def test_three_missing_are_tried_out_too() -> None:
    """Twelve of three agencies agree on 3; none of three more can move them, but a camp can."""
    firm = [(of, "3") for of in "ABC"] * 8
    now, silent = panel_of(Rule(), firm, [(of, "") for of in "ABC"])
    assert cannot_matter(now, silent) == set(silent)
    now, silent = panel_of(Rule(), firm[:6], [(of, "") for of in "ABC"])
    assert cannot_matter(now, silent) == set()


def test_to_say_that_one_does_not_know_takes_an_earlier_score_back() -> None:
    """In a feedback round silence would leave it standing, and with it the quorum."""
    rule = Rule(quorum_scores=3, quorum_invited=0.1)
    now, silent = panel_of(rule, [("A", "3"), ("B", "3")], [("C", "3")])
    assert cannot_matter(now, silent) == set()


def test_that_it_is_not_ones_area_can_make_the_quorum() -> None:
    """Two of four have scored; were the third not asked, two of three would be enough."""
    rule = Rule(quorum_scores=2, quorum_invited=0.6, quorum_agencies=0.5)
    voices = [("A", "3"), ("B", "3"), ("A", "dont-know")]
    now, silent = panel_of(rule, voices, [("A", "")])
    assert cannot_matter(now, silent) == set()


def test_where_too_many_are_missing_everybody_matters() -> None:
    """It is not tried out, and nobody is spared on a guess."""
    firm = [(of, "3") for of in "ABC"] * 20
    now, silent = panel_of(Rule(), firm, [("A", "")] * 6)
    assert cannot_matter(now, silent) == set()


def test_whose_number_is_missing_is_not_spared() -> None:
    """It changes no verdict, but nobody else can give it."""
    guide = library.guide("nw-2013@1").guide
    scored, number = next(iter(guide.descriptors)), next(iter(guide.numbers))
    state = assessed(["A"] * 13, [scored], Rule(quorum_agencies=0.1), guide.id)
    now = situation(state, {f"p{n}": {scored: "3"} for n in range(12)})
    assert cannot_matter(now, ["p12"]) == {"p12"}
    invited = {**now.rounds[0].invited, "p12": (scored, number)}
    asked_more = replace(now.rounds[0], invited=invited)
    assert cannot_matter(replace(now, rounds=[asked_more]), ["p12"]) == set()


def test_who_has_answered_everything_or_left_is_nobody_to_spare() -> None:
    """Only those who are missing are named."""
    now, _ = panel_of(Rule(), [(of, "3") for of in "ABC"] * 8, [("A", ""), ("B", "")])
    withdrawn = replace(now.interviews[1, "p24"], withdrawn=True)
    now = replace(now, interviews={**now.interviews, (1, "p24"): withdrawn})
    assert cannot_matter(now, list(now.assessment.panel)) == {"p25"}


def crowd(weights: str, missing: int) -> Situation:
    """500 people of 20 agencies, each asked 7 of the 31 descriptors; on each some are missing."""
    items = list(library.guide("ehsg-2022@1").guide.descriptors)
    mine = {f"p{n}": tuple(items[(n + 5 * k) % 31] for k in range(7)) for n in range(500)}
    state = assessed([f"agency {n % 20}" for n in range(500)], items, Rule(weights=weights))  # type: ignore[arg-type]
    late: Mapping[str, list[str]] = {
        item: [p for p, asked in mine.items() if item in asked][-missing:] for item in items
    }
    said = {
        person: {item: "3" for item in asked if person not in late[item]}
        for person, asked in mine.items()
    }
    now = situation(state, said)
    return replace(now, rounds=[replace(now.rounds[0], invited=mine)])


@pytest.mark.parametrize("weights", ["people", "agencies"])
def test_a_crowd_is_looked_through_at_once(weights: str) -> None:
    """With so many missing that all is tried out in vain: the most work there can be."""
    now = crowd(weights, missing=2)
    began = process_time()
    spared = cannot_matter(now, list(now.assessment.panel))
    assert process_time() - began < 2
    assert spared


def test_released_people_are_not_counted_as_asked() -> None:
    """Whoever is asked nothing more holds no quorum up, and what they said stands."""
    rule = Rule(quorum_invited=1.0, quorum_agencies=1.0)
    now, silent = panel_of(rule, [("A", "3"), ("B", "3"), ("A", "3")], [("C", ""), ("B", "")])
    gone = replace(now.rounds[0], released=frozenset({"p3", "p0"}))
    (found,) = measures(replace(now, rounds=[gone]), 1, [ITEM])
    assert (found.n, found.invited, found.agencies) == (3, 4, 2)
    assert silent == ["p3", "p4"]


# -- who counts as asked -----------------------------------------------------------------------
WHOLE = Rule(quorum_scores=1, quorum_invited=0.1, quorum_agencies=1.0)  # every agency must score


def beside(value: str) -> Situation:
    """Two of one agency agree and `p3`, their colleague, is missing; `p2` of another says this."""
    now, _ = panel_of(WHOLE, [("A", "3"), ("A", "3")], [("B", ""), ("A", "")])
    return telling(now, ITEM, {"p2": value})


@pytest.mark.parametrize("value", ["dont-know", "skip"])
def test_an_agency_that_gave_no_score_holds_the_quorum_up(value: str) -> None:
    """Without a score of theirs there is no quorum, whatever a colleague of the others says."""
    assert cannot_matter(beside(value), ["p3"]) == {"p3"}


def test_an_agency_whose_area_it_is_not_does_not_hold_the_quorum_up() -> None:
    """The others can make it alone, so what they say matters."""
    assert cannot_matter(beside("not-my-area"), ["p3"]) == set()


def test_an_agency_that_has_withdrawn_or_finished_unheard_holds_the_quorum_up() -> None:
    """They were asked and nothing of theirs will come."""
    now = beside("3")
    gone = {"withdrawn": True}, {"completed": True, "answers": {}}
    for end in gone:
        left = {**now.interviews, (1, "p2"): replace(now.interviews[1, "p2"], **end)}
        assert cannot_matter(replace(now, interviews=left), ["p3"]) == {"p3"}


def test_an_agency_that_is_asked_about_something_else_does_not_hold_the_quorum_up() -> None:
    """Only the people who are asked about a descriptor count for it."""
    now, _ = panel_of(WHOLE, [("A", "3"), ("A", "3")], [("B", ""), ("A", "")])
    invited = {**now.rounds[0].invited, "p2": ("5.2",)}
    now = replace(now, rounds=[replace(now.rounds[0], invited=invited)])
    assert cannot_matter(now, ["p3"]) == set()


def test_nobody_is_spared_in_a_peer_review_or_before_a_round() -> None:
    """What peers say is measured beside the panel's answers, not among them."""
    firm = {f"p{n}": {ITEM: "3"} for n in range(24)}
    now = situation(assessed("ABC" * 8 + "A", [ITEM], Rule()), firm, {})
    again = replace(now.rounds[1], invited={"p24": (ITEM,)})
    assert cannot_matter(replace(now, rounds=[now.rounds[0], again]), ["p24"]) == {"p24"}
    review = replace(again, kind="peer-review")
    assert cannot_matter(replace(now, rounds=[now.rounds[0], review]), ["p24"]) == set()
    assert cannot_matter(replace(now, rounds=[], interviews={}), ["p24"]) == set()
