"""The notice says the true day until which names and words are kept, and where the officer is."""

from __future__ import annotations

from datetime import date

import pytest
from support.area import OPENS, Area

from bots import phrases
from bots.interview import record
from ehsg_events.commands import planning
from ehsg_events.language.catalogue import speaking
from ehsg_events.log.log import Log
from ehsg_events.values.keeping import AS_SCHEDULED, Keeping
from ehsg_events.values.policy import Afterwards, Policy, Terms
from guides import library

GUIDE = library.guide("ehsg-2022@1").guide
DAY = date(2027, 12, 31)
SAID: dict[Afterwards, str] = {
    "forget-people": "kept until Friday 31 December 2027, and then destroyed, unless the law asks",
    "forget-all": "and then destroyed, as is every word of this assessment, unless the law asks",
    "review": "kept until Friday 31 December 2027. Then it is decided",
}


def terms(keeping: Keeping, language: str = "en") -> str:
    """The terms as somebody reads them."""
    with speaking(language):
        return phrases.terms(GUIDE, "Testham", "", keeping)


@pytest.mark.parametrize("then", SAID)
def test_the_day_and_what_is_done_then_are_said(then: Afterwards) -> None:
    """In Welsh, too; and without a day, that the council's own schedule says."""
    assert SAID[then] in terms(Keeping(DAY, then))
    assert "2027" not in terms(AS_SCHEDULED)
    assert "As long as the council's schedule says." in terms(AS_SCHEDULED)
    assert "31 Rhagfyr 2027" in terms(Keeping(DAY, then), "cy")


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_officers_address_is_said_where_it_is_known(language: str) -> None:
    """Beside whom it is of."""
    address = "dpo@testham.example"
    assert f"({address})" in terms(Keeping(data_protection=address), language)
    assert "()" not in terms(AS_SCHEDULED, language)


def test_what_a_person_reads_is_what_was_chosen_and_promised(log: Log) -> None:
    """A later policy makes the day earlier in a round that is open, and never later."""
    area = Area(log)
    area.open(terms=Terms(policy=Policy(kept_until=DAY, data_protection="dpo@testham.example")))
    area.open_round()
    told = terms(record.talk_of(log, area.id, "police-1", OPENS)[1].sitting.keeping)
    assert "31 December 2027" in told
    assert "(dpo@testham.example)" in told
    for chosen, day in ((date(2030, 1, 1), DAY), (date(2027, 6, 30), date(2027, 6, 30))):
        planning.choose_policy(log, area.stamp(), area.id, Policy(kept_until=chosen))
        assert record.talk_of(log, area.id, "police-1", OPENS)[1].sitting.keeping.until == day
