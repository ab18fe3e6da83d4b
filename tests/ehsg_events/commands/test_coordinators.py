"""Coordinators are named and removed; on the log they are pseudonyms."""

from __future__ import annotations

import pytest
from support.area import PANEL, Area, person

from ehsg_events.commands.people import (
    Contact,
    change_contact,
    name_coordinator,
    name_reader,
    remove_coordinator,
)
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log

JANE = "T1AB/U2CD"


def named(area: Area, name: str = "Jane Smith", slack: str | None = None) -> str:
    """Name one."""
    return name_coordinator(area.log, area.stamp(), area.id, name, Contact(slack))


def removed(area: Area, coordinator: str) -> None:
    """Remove one."""
    remove_coordinator(area.log, area.stamp(), area.id, coordinator)


def test_a_coordinator_is_a_pseudonym_and_the_rest_is_sealed(area: Area) -> None:
    """The name and the Slack id come out of the vault only."""
    assert [named(area, slack=JANE), named(area, "Ali Khan")] == ["coordinator-1", "coordinator-2"]
    fact = area.now.assessment.coordinators["coordinator-1"]
    assert (area.log.text(fact.name), area.log.text(fact.slack)) == ("Jane Smith", JANE)
    assert not any("Jane" in str(one.fact) or "U2CD" in str(one.fact) for one in area.facts)


def test_one_slack_person_coordinates_once(area: Area) -> None:
    """After a removal they may again, under a pseudonym nobody has acted by."""
    named(area, slack=JANE)
    with pytest.raises(Refused, match="coordinates already, as coordinator-1"):
        named(area, "Jane again", JANE)
    removed(area, "coordinator-1")
    assert named(area, slack=JANE) == "coordinator-2"
    assert list(area.now.assessment.coordinators) == ["coordinator-2"]


def test_a_coordinator_has_a_name_and_a_slack_id_of_the_right_form(area: Area) -> None:
    """Nothing is recorded otherwise."""
    before = area.facts
    for name, slack in ((" ", None), ("Jane", "jane"), ("Jane", "U2CD")):
        with pytest.raises(Refused, match="such as"):
            named(area, name, slack)
    assert area.facts == before


def test_nobody_is_removed_who_is_no_coordinator(area: Area) -> None:
    """The refusal names those who are."""
    with pytest.raises(Refused, match="Coordinators are: none yet"):
        removed(area, "coordinator-1")
    named(area)
    removed(area, "coordinator-1")
    with pytest.raises(Refused, match="Nobody coordinates as coordinator-1"):
        removed(area, "coordinator-1")


def test_a_pseudonym_of_the_panel_is_not_given_to_a_coordinator(log: Log) -> None:
    """Nobody acts by the name of another."""
    area = Area(log)
    area.open((*PANEL, person("coordinator-1", "Council")))
    assert named(area) == "coordinator-2"


def test_naming_twice_by_one_cause_names_one(area: Area) -> None:
    """And says the same pseudonym again."""
    stamp = area.stamp(key="a click")
    twice = [
        name_coordinator(area.log, stamp, area.id, "Jane Smith", Contact(JANE)) for _ in range(2)
    ]
    assert twice == ["coordinator-1"] * 2
    assert area.kinds().count("CoordinatorNamed") == 1


def test_where_a_coordinator_or_reader_is_written_to_can_be_changed(area: Area) -> None:
    """The fact holds the new address sealed, and says nothing of what stays."""
    named(area, "Jane Smith", JANE)
    reader = name_reader(area.log, area.stamp(), area.id, "Al Audit", "auditor", "al@example.org")
    change_contact(
        area.log, area.stamp(), area.id, "coordinator-1", Contact(email="js@example.org")
    )
    change_contact(area.log, area.stamp(), area.id, reader, Contact(email="none"))
    state = area.now.assessment
    jane = state.coordinators["coordinator-1"]
    assert [at.surface for at in jane.addresses] == ["slack", "mail"]
    assert area.log.text(jane.email) == "js@example.org"
    assert state.readers[reader].email is None
    assert "example.org" not in "".join(f.fact.model_dump_json() for f in area.facts)


@pytest.mark.parametrize(
    ("person", "contact", "why"),
    [
        ("coordinator-9", Contact(email="a@example.org"), "Nobody coordinates or reads as"),
        ("coordinator-1", Contact(), "Say where they are written to now"),
        ("coordinator-1", Contact(email="nowhere"), "That is no e-mail address"),
    ],
)
def test_no_contact_is_changed_to_nothing(
    area: Area, person: str, contact: Contact, why: str
) -> None:
    """Nor anybody's who is not named."""
    named(area, "Jane Smith")
    with pytest.raises(Refused, match=why):
        change_contact(area.log, area.stamp(), area.id, person, contact)
