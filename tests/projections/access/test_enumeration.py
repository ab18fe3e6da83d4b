"""Nobody's score can be worked out from what anybody is shown: by trying out every panel.

The whole of it is `tests/long/inference.py`; here are the smaller panels.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable
from itertools import product

import pytest
from support.inference.contents import Panel, spelled
from support.inference.enumeration import Look, certain, tally, tried
from support.inference.kinds import (
    Kind,
    by_agency,
    changed_and_joined,
    changed_and_left,
    exchanged,
    fed_back,
    heard_once,
    heard_then_in_a_room,
    in_a_room,
    in_a_room_by_agency,
    joined,
    joined_and_left,
    joined_by_agency,
    joined_twice,
    left,
    left_by_agency,
    partitions,
)
from support.inference.sight import Seen, looks

from ehsg_events.agreement.consensus import (
    Heard,
    Score,
    agency_median,
    agency_share_within,
    judge,
    yardstick,
)
from ehsg_events.agreement.disclosure import AGREED
from ehsg_events.values.policy import Rule

PEOPLE, AGENCIES = Rule(), Rule(name="by-agency", weights="agencies")
AT_LEAST_TWO = "everybody but the reader is left two possible scores"


def exposed(kind: Kind, levels: int, rule: Rule) -> int:
    """How many people are left one score, over all that can be seen, settled by hand or not."""
    return sum(len(one.certain) for one in tried(kind, levels, rule))


@pytest.mark.parametrize("levels", [2, 3, 4, 5, 6])
def test_one_close_leaves_everybody_two_scores(levels: int) -> None:
    """Of one to six people, of several agencies or one, whatever the reader answered."""
    for people in range(1, 7):
        for agency in (None, "Police"):
            assert exposed(heard_once(people, levels, agency), levels, PEOPLE) == 0, AT_LEAST_TWO


@pytest.mark.parametrize("levels", [2, 3, 4, 5, 6])
def test_every_agency_counting_once_leaves_everybody_two_scores(levels: int) -> None:
    """However up to five people are divided among agencies."""
    for people in range(1, 6):
        for sizes in partitions(people):
            assert exposed(by_agency(sizes, levels), levels, AGENCIES) == 0, AT_LEAST_TWO


@pytest.mark.parametrize("agreed_share", [0.51, 0.6, 0.9, 1.0])
def test_no_rule_of_agreement_leaves_one_score(agreed_share: float) -> None:
    """However much of a panel must stand close."""
    rule = Rule(name="own", agreed_share=agreed_share)
    for levels in (3, 4):
        for people in range(1, 8):
            assert exposed(heard_once(people, levels), levels, rule) == 0, AT_LEAST_TWO


@pytest.mark.parametrize(
    ("kind", "levels"),
    [
        (fed_back(3, 3), 3),
        (fed_back(5, 3), 3),
        (fed_back(4, 4), 4),
        (fed_back(5, 2), 2),
        (joined(3, 1, 4), 4),
        (joined(3, 2, 4), 4),
        (joined(4, 1, 4), 4),
        (joined(5, 1, 4), 4),
        (joined(5, 3, 3), 3),
        (joined(6, 2, 3), 3),
        (left(3, 1, 4), 4),
        (left(5, 1, 4), 4),
        (left(5, 3, 3), 3),
        (left(5, 4, 4), 4),
        (exchanged(3, 3, 3, 3), 3),
        (joined_twice(5, 1, 1, 3), 3),
        (joined_twice(5, 3, 3, 3), 3),
        (joined_twice(5, 1, 3, 3), 3),
        (joined_twice(9, 1, 4, 2), 2),
        (joined_and_left(5, 3, 3), 3),
        (in_a_room(3, 1, 4), 4),
        (in_a_room(5, 1, 4), 4),
        (in_a_room(5, 3, 3), 3),
        (heard_then_in_a_room(5, 0, 3), 3),
        (heard_then_in_a_room(3, 3, 3), 3),
    ],
    ids=lambda one: one.name if isinstance(one, Kind) else f"{one} levels",
)
def test_two_closes_leave_everybody_two_scores(kind: Kind, levels: int) -> None:
    """After a feedback round, a reopening, a withdrawal or a vote in a room, at each of the moments.

    In a room it is seen how all of one mind have voted; nothing that is told later adds to that.
    """
    assert exposed(kind, levels, PEOPLE) == 0, AT_LEAST_TWO


@pytest.mark.parametrize(
    ("kind", "agreed_share"),
    [(in_a_room(6, 2, 4), 0.75), (joined(7, 2, 4), 0.6), (left(6, 2, 4), 0.6)],
    ids=str,
)
def test_an_outcome_beside_earlier_counts_tells_nothing_of_two_who_came_or_went(
    kind: Kind, agreed_share: float
) -> None:
    """Nor if they gave no score, and others know that of them."""
    rule = Rule(name="own", agreed_share=agreed_share)
    assert exposed(kind, 4, rule) == 0, AT_LEAST_TWO


@pytest.mark.parametrize(
    ("kind", "levels"), [(changed_and_joined(5, 1, 3), 3), (changed_and_left(6, 1, 2), 2)], ids=str
)
def test_an_outcome_beside_earlier_counts_tells_nothing_of_who_may_have_changed(
    kind: Kind, levels: int
) -> None:
    """Those who stayed may all be of one mind since, as the one who joined could then tell."""
    assert exposed(kind, levels, PEOPLE) == 0, AT_LEAST_TWO


@pytest.mark.parametrize(
    ("kind", "levels"),
    [
        (fed_back(5, 2, (2, 2, 1)), 2),
        (fed_back(4, 3, (2, 1, 1)), 3),
        (fed_back(5, 2, (1, 1, 1, 1, 1)), 2),
        (joined_by_agency((2, 2, 1), "last", 3), 3),
        (joined_by_agency((1, 1, 1, 1, 1), "another", 3), 3),
        (left_by_agency((1, 1, 1, 1, 1), 3), 3),
        (in_a_room_by_agency((2, 2, 1), 4), 4),
    ],
    ids=lambda one: one.name if isinstance(one, Kind) else f"{one} levels",
)
def test_two_closes_with_every_agency_counting_once_leave_two_scores(
    kind: Kind, levels: int
) -> None:
    """Who is of which agency is known to everybody; who was counted is weighed nowhere beside it."""
    assert exposed(kind, levels, AGENCIES) == 0, AT_LEAST_TWO


@pytest.mark.parametrize("stop", ["settled-or-limit", "settled-stable-or-limit"])
@pytest.mark.parametrize("settled", [1 / 6, 0.5, 1.0])
def test_whether_a_third_round_asks_leaves_two_scores(stop: str, settled: float) -> None:
    """It depends on how many have changed their mind, and on whether anybody has."""
    rule = Rule(name="three", rounds=3, stop=stop, settled_changed=settled)  # type: ignore[arg-type]
    for kind, levels in ((fed_back(3, 4), 4), (fed_back(5, 2), 2)):
        assert exposed(kind, levels, rule) == 0, AT_LEAST_TWO


@pytest.mark.parametrize(
    ("kind", "levels", "rule"),
    [(fed_back(4, 3), 3, PEOPLE), (fed_back(5, 2), 2, PEOPLE),
     (fed_back(3, 2, (2, 1)), 2, AGENCIES), (fed_back(5, 2, (2, 2, 1)), 2, AGENCIES)],
    ids=str,
)  # fmt: skip
def test_sums_show_what_people_spelled_out_show(kind: Kind, levels: int, rule: Rule) -> None:
    """Where only sums are tried, the same is seen and the same people are certain."""
    for sight in looks(kind, levels, rule):
        spelled, summed = tally(kind, sight.of_people), tally(kind, sight.of_sums, sums=True)
        assert summed.views == spelled.views
        assert len(summed.certain) == len(spelled.certain)


def plainly(kind: Kind, look: Look) -> tuple[set[Seen], int]:
    """What is seen of every panel, with agencies told apart and no mirrors; and who is certain."""
    apart = [(place,) for place in range(len(kind.groups))]
    by_view: defaultdict[Seen, list[Panel]] = defaultdict(list)
    for panel in product(*map(spelled, kind.groups)):
        by_view[look(panel)].append(panel)
    return set(by_view), len(list(certain(by_view, apart, kind)))


@pytest.mark.parametrize(
    ("kind", "levels", "rule"),
    [(by_agency((2, 2, 1), 3), 3, AGENCIES), (by_agency((1, 1, 1, 1, 1), 2), 2, AGENCIES),
     (heard_once(5, 4), 4, PEOPLE), (joined(5, 1, 3), 3, PEOPLE), (fed_back(3, 3), 3, PEOPLE),
     (in_a_room(3, 2, 3), 3, PEOPLE), (left_by_agency((2, 2, 1), 2), 2, AGENCIES)],
    ids=str,
)  # fmt: skip
def test_what_is_tried_once_is_seen_alike(kind: Kind, levels: int, rule: Rule) -> None:
    """Agencies of one size may be swapped, and scales read from the other end: as much is seen."""
    for sight in looks(kind, levels, rule):
        views, _ = plainly(kind, sight.of_people)
        assert tally(kind, sight.of_people).views == len(views)


def test_what_is_tried_once_finds_whoever_is_certain() -> None:
    """As many as in every panel, told apart and read from one end only: with nothing withheld."""
    kind = heard_once(4, 3)
    assert found(kind, counts) == plainly(kind, lambda panel: Seen((counts(panel),), 1))[1] > 0
    middle = by_agency((2, 2, 1), 3)

    def look(panel: Panel) -> Seen:
        return Seen((counts(panel), agency_median(scores_of(panel))), 1)

    assert (tally(middle, look).certain != []) == (plainly(middle, look)[1] > 0) is True


# -- the enumeration finds what it is to find ------------------------------------------------------
def counts(panel: Panel, at: int = 0) -> Hashable:
    """How many said what at a close."""
    return tuple(sorted(Counter(str(one) for content in panel for one in content.said[at]).items()))


def scores_of(panel: Panel, at: int = 0) -> list[Score]:
    """The scores of a close, each with the agency of its group."""
    return [Score(int(s), str(n)) for n, content in enumerate(panel) for s in content.said[at]]


def found(kind: Kind, *looks_at: Hashable) -> int:
    """How many are left one score by what is looked at, each a function of a panel."""

    def look(panel: Panel) -> Seen:
        return Seen(tuple(one(panel) for one in looks_at), kind.closes)  # type: ignore[operator]

    return len(tally(kind, look).certain)


def test_it_finds_what_one_mind_and_a_weighted_middle_tell() -> None:
    """Unanimous counts, and counts beside a middle that weighs agencies, leave somebody one score."""
    assert found(heard_once(5, 4), counts) > 0
    assert found(by_agency((2, 2, 1), 4), counts, lambda panel: agency_median(scores_of(panel))) > 0


def test_it_finds_a_late_joiner() -> None:
    """Counts before and after are the newcomer's score."""
    assert found(joined(5, 1, 3), counts, lambda panel: counts(panel, 1)) > 0


def test_it_finds_what_counts_in_an_interview_tell_beside_being_asked_again() -> None:
    """That a panel is asked again because it stands apart, every agency counting once, is weighed."""
    within = {"middle": 2.0, "near": 1}

    def agrees(panel: Panel) -> Hashable:
        scores = scores_of(panel)
        middle = agency_median(scores)
        return agency_share_within(scores, middle, within["near"]) >= AGENCIES.agreed_share

    assert found(by_agency((2, 2, 1), 4), counts, agrees) > found(by_agency((2, 2, 1), 4), counts)


def test_it_finds_what_not_being_asked_again_tells() -> None:
    """Of three people on three levels, that they agree is that they are of one mind."""
    yard = yardstick(0, 2)

    def agrees(panel: Panel) -> Hashable:
        heard = Heard(tuple(scores_of(panel)), 0, 3, 1)
        return judge(heard, yard, PEOPLE)[0] in AGREED

    assert found(heard_once(3, 3), agrees) > 0
