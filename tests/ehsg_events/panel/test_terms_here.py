"""What the terms mean for a panel: the numbers that are said are those by which it is measured."""

from __future__ import annotations

from random import Random

import pytest
from support.area import OPENS, words

from ehsg_events.agreement.consensus import Heard, Score, has_quorum, measure, yardstick
from ehsg_events.dates import calendar
from ehsg_events.events import StakeholderAdded
from ehsg_events.panel.coverage import asked_about
from ehsg_events.panel.terms_here import here
from ehsg_events.policy.rules_file import usual
from ehsg_events.values.policy import Policy, Rule, Terms
from guides import library

GUIDE = library.guide("ehsg-2022@1").guide
YARD = yardstick(0, 5)


def a_panel(dice: Random) -> list[StakeholderAdded]:
    """Some people of some agencies, each asked about some descriptors."""
    items = [*GUIDE.descriptors]
    return [
        StakeholderAdded(
            stakeholder=f"somebody-{number}",
            name=words(str(number)),
            agency=dice.choice("ABCDE"),
            works_as="worker",
            reached_by="web",
            items=tuple(dice.sample(items, dice.randint(1, len(items)))),
        )
        for number in range(dice.randint(1, 12))
    ]


def a_rule(dice: Random) -> Rule:
    """Any rule."""
    return Rule(
        agreed_share=dice.choice([0.51, 0.6, 0.7, 0.75, 1.0]),
        quorum_scores=dice.randint(1, 6),
        quorum_invited=dice.choice([0.1, 0.5, 0.6, 1.0]),
        quorum_agencies=dice.choice([0.1, 0.5, 2 / 3, 1.0]),
        rounds=dice.randint(1, 3),
    )


def heard(agencies: list[str], scores: int) -> Heard:
    """So many scores of those who are asked, from as many agencies as can be."""
    spread = sorted(range(len(agencies)), key=lambda n: agencies[:n].count(agencies[n]))
    given = tuple(Score(3, agencies[n]) for n in spread[:scores])
    return Heard(given, 0, len(agencies), len({*agencies}))


@pytest.mark.parametrize("seed", range(20))
def test_the_scores_that_are_needed_are_the_fewest_that_make_a_quorum(seed: int) -> None:
    """Of the descriptor that the fewest are asked about, and of agencies likewise."""
    dice = Random(seed)
    panel, rule = a_panel(dice), a_rule(dice)
    found = here(GUIDE, panel, Terms(rule=rule), OPENS, begun=False)
    few = found.thinnest
    assert few is not None
    about = asked_about(GUIDE, panel)
    agencies = about[few.item]
    assert few.people == min(len(one) for one in about.values() if one) == len(agencies)
    assert found.unasked == sum(not one for one in about.values())
    enough = [n for n in range(len(agencies) + 1) if has_quorum(heard(agencies, n), rule)]
    needed = max(few.scores_needed, few.agencies_needed)
    assert enough == [n for n in range(len(agencies) + 1) if n >= needed]


@pytest.mark.parametrize("seed", range(10))
def test_those_who_must_stand_near_are_the_fewest_that_agree(seed: int) -> None:
    """One fewer, and the panel is not called agreed."""
    dice = Random(seed)
    many, rule = dice.randint(5, 12), a_rule(dice)
    share = Rule(agreed_share=rule.agreed_share, camp_share=1, minority_share=1, quorum_scores=1)
    panel = [
        StakeholderAdded(
            stakeholder=f"somebody-{n}", name=words(str(n)), agency=f"A{n}", works_as="worker",
            reached_by="web",
            items=tuple(GUIDE.descriptors),
        )
        for n in range(many)
    ]  # fmt: skip
    few = here(GUIDE, panel, Terms(rule=share), OPENS, begun=False).thinnest
    assert few is not None
    for near, agrees in ((few.near, True), (few.near - 1, False)):
        scores = [Score(2, f"A{n}") for n in range(near)]
        scores += [Score(5 * (n % 2), f"A{n}") for n in range(near, many)]
        verdict = measure("5.1", Heard(tuple(scores), 0, many, many), YARD, share).verdict
        assert (verdict in ("agreed", "agreed_with_minority")) is agrees


def test_the_next_round_opens_after_the_first_and_the_last_is_the_last() -> None:
    """Whatever the policy; days that nobody knows are not named."""
    terms = Terms(rule=Rule(rounds=3), policy=usual().policy)
    found = here(GUIDE, [], terms, OPENS, begun=False)
    assert found.first is not None
    assert found.again is not None
    assert found.last is not None
    assert found.first.opens < found.first.closes < found.again.opens < found.again.closes
    assert found.again.closes < found.last
    assert all(found.first.opens < at < found.first.closes for at in found.first.reminders)
    late = calendar.moment(calendar.KNOWN_UNTIL, Policy().deadline_at, calendar.UK)
    assert here(GUIDE, [], terms, late, begun=False).first is None


def test_once_a_round_was_opened_only_one_that_asks_again_is_foreseen() -> None:
    """The first is over with; its days would mislead."""
    found = here(GUIDE, [], usual(), OPENS, begun=True)
    assert found.first is None
    assert found.again is not None
