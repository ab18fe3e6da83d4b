"""What is meant to come is told from what is so, by its wording, and evidence is left alone."""

from __future__ import annotations

import pytest
from support.places import TESTS

from projections.results.plans_in_words import planned

TYPED = 2026
PLANS = [
    "We will train every lead professional.",
    "We'll ask families next time.",
    "We plan to open two more hubs.",
    "The partnership intends to agree a shared form.",
    "Partners are planning to share one record.",
    "Our board is going to look at this.",
    "We now aim to reach every school.",
    "A dashboard will be launched.",
    "A survey of families is planned.",
    "The hub is due to open in Southport.",
    "A shared record is being developed.",
    "All schools on the system by 2027.",
    "Full coverage from April 2028.",
    "It starts in the next financial year.",
    "This comes over the coming months.",
    "Each team  shall\nreport every quarter.",
    "We’ll ask again.",
]
EVIDENCE = [
    "We agreed the plan with families in March.",
    "The plan to cut waiting halved it within a year.",
    "Families said they will use the hub again.",
    "A mother told us: “We will come back, and so will my sister.”",
    'The board minuted "partners will meet monthly" and has met monthly since.',
    "By 2021 all schools had a named lead.",
    "From 2024 to 2026 the share rose from 40 to 62 per cent.",
    "Planned visits were kept in 94 of 100 audited cases.",
    "Every visit is planned with the family.",
    "There is the will to work together, and the figures show it.",
    "The council's Will Turner chairs the group.",
    "Training was due in May and took place in June.",
    "Last year we hoped for 60 answers and had 83.",
    "The next step in each plan is reviewed every six weeks.",
    "Partners will tell you that the front door works, and the audit of June shows it.",
    "We have developed a shared form, and 412 were used.",
    "Our aims are printed on every plan.",
    "In the year to March 2026 we reached 212 families.",
    "The target for 2027 was met in May 2026.",
]


@pytest.mark.parametrize("text", PLANS)
def test_what_is_meant_to_come_is_found(text: str) -> None:
    """Somebody of ours intends, something is to be, or a time to come is named."""
    assert planned(text, TYPED) is not None


@pytest.mark.parametrize("text", EVIDENCE)
def test_what_is_so_is_left_alone(text: str) -> None:
    """Also where it speaks of plans, of wills, of past targets, or quotes what a family said."""
    assert planned(text, TYPED) is None


def test_ordinary_evidence_raises_fewer_than_two_false_alarms_in_a_hundred() -> None:
    """What panels write, plans, duties and aims among it that are borne out."""
    told = (TESTS / "said_as_evidence.txt").read_text(encoding="utf-8").splitlines()
    assert len(told) > 100
    alarms = [one for one in told if planned(one, TYPED)]
    assert len(alarms) < len(told) / 50, alarms


def test_a_year_is_to_come_only_before_it_has_come() -> None:
    """The same words a year later are evidence."""
    assert planned("All schools by 2027.", 2026) == "All schools by 2027."
    assert planned("All schools by 2027.", 2027) is None


def test_the_sentence_that_says_it_is_shown_and_no_other() -> None:
    """The coordinator asks about that one."""
    assert planned("We meet monthly. We will meet weekly. All come.", TYPED) == (
        "We will meet weekly."
    )
