"""What is known of a person is corrected: they stay the same person, and are counted once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from support.area import CLOSES, OPENS, PANEL, Area

from ehsg_events.agreement.measuring import measures
from ehsg_events.commands import panel
from ehsg_events.commands.assessments import added
from ehsg_events.commands.panel import Correction
from ehsg_events.events import MessageFailed, StakeholderReminded
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.rounds.lifecycle import invitation
from ehsg_events.states.streams import assessment_stream, message_stream, round_stream
from ehsg_events.values.hours import read_hours
from ehsg_events.values.policy import Policy, Terms
from projections.facts.view import view_at

SLACK = "T0000/U0001"


def corrected(area: Area, person: str = "police-1", **what: object) -> None:
    """What is known of somebody is corrected."""
    correction = Correction(**what)  # type: ignore[arg-type]
    panel.correct(area.log, area.stamp(), area.id, person, correction)


def test_a_correction_replaces_what_it_names_and_nothing_else(asked: Area) -> None:
    """Names and addresses are sealed; the fact says only what was corrected."""
    before = asked.now.assessment.panel["police-1"]
    corrected(asked, name="Ana Quill", slack=SLACK, language="en", zone="Europe/Paris")
    member = asked.now.assessment.panel["police-1"]
    assert asked.log.text(member.name) == "Ana Quill"
    assert asked.log.text(member.slack) == SLACK
    assert [at.surface for at in member.addresses] == ["slack"]
    assert (member.zone, member.agency, member.items) == (
        "Europe/Paris",
        before.agency,
        before.items,
    )
    assert "Ana" not in asked.facts[-2].fact.model_dump_json()
    corrected(asked, slack=panel.NO_ADDRESS)
    assert asked.now.assessment.panel["police-1"].addresses == ()


MAIL = "ana@police.example.org"


def surfaces(area: Area) -> list[str]:
    """Where one of the panel is written to, in order."""
    return [at.surface for at in area.now.assessment.panel["police-1"].addresses]


def test_slack_comes_first_unless_the_person_chooses_letters(asked: Area) -> None:
    """And whoever chose letters is not written to in Slack when a letter comes back."""
    corrected(asked, email=MAIL, slack=SLACK)
    assert surfaces(asked) == ["slack", "mail"]
    corrected(asked, by="mail")
    assert surfaces(asked) == ["mail"]
    corrected(asked, by="slack")
    assert surfaces(asked) == ["slack", "mail"]
    assert "ana@" not in asked.facts[-3].fact.model_dump_json()


def test_whose_address_is_taken_away_is_written_to_at_the_other(asked: Area) -> None:
    """Or by hand, once both are gone."""
    corrected(asked, email=MAIL, slack=SLACK)
    corrected(asked, slack=panel.NO_ADDRESS)
    assert surfaces(asked) == ["mail"]
    corrected(asked, email=panel.NO_ADDRESS)
    assert surfaces(asked) == []
    assert asked.now.assessment.panel["police-1"].reached_by == "web"


def test_nobody_is_written_to_where_they_have_no_address(asked: Area) -> None:
    """Whoever chooses a surface has to be there."""
    with pytest.raises(Refused, match="no address for mail"):
        corrected(asked, by="mail")


def test_what_is_so_already_is_not_corrected(asked: Area) -> None:
    """Nothing is recorded of it."""
    with pytest.raises(Refused, match="nothing to correct"):
        corrected(asked, name=PANEL[0].name, agency=PANEL[0].agency)
    with pytest.raises(Refused, match="is not a Slack person"):
        corrected(asked, slack="@ann")
    corrected(asked, slack=SLACK)
    with pytest.raises(Refused, match="is police-1's"):
        corrected(asked, "health-1", slack=SLACK)
    assert asked.kinds().count("StakeholderCorrected") == 1


def test_the_open_round_reminds_in_the_hours_that_were_corrected(asked: Area) -> None:
    """Who works in the evening is not chased in the morning."""
    corrected(asked, hours=read_hours("Mon-Fri 18:00-20:00"))
    morning = datetime(2026, 10, 14, 9, tzinfo=UTC)
    asked.advance(morning)
    reminded = [f.fact.reminded for f in asked.facts if isinstance(f.fact, StakeholderReminded)]
    assert reminded == ["health-1", "school-1", "school-2"]
    asked.advance(morning.replace(hour=17, minute=30))
    assert asked.kinds().count("StakeholderReminded") == 4


def test_whoever_is_corrected_or_added_again_is_counted_once(asked: Area) -> None:
    """In the figures as they are measured, and in the read models of them."""
    corrected(asked, name="Ana Quill", slack=SLACK)
    panel.release(asked.log, asked.stamp(), asked.id, "health-1", "left")
    stream, round = assessment_stream(asked.id), round_stream(asked.id, 1)

    def add_again(tx: Transaction) -> None:
        tx.decide(stream, member := added(tx, stream, PANEL[1]))
        tx.decide(round, invitation("health-1", PANEL[1].items, member))

    asked.log.record(asked.stamp(), add_again)
    asked.everyone("5.1", "3", "3", "3", "4")
    corrected(asked, agency="Constabulary")
    asked.advance(CLOSES)
    (measure,) = measures(asked.now, 1, ["5.1"])
    view = view_at(asked.log, asked.id, None)
    (row,) = view.ask("SELECT n, invited, agencies FROM consensus WHERE item = '5.1'")
    assert (measure.n, measure.invited) == (row["n"], row["invited"]) == (4, 4)
    assert view.ask("SELECT agency FROM member ORDER BY position") == [
        {"agency": agency} for agency in ("Constabulary", "Health", "Schools", "Schools")
    ]


def test_an_agency_is_renamed_for_everybody_of_it(asked: Area) -> None:
    """Also once figures rest on it, as long as it stays one agency of its own."""
    asked.everyone("5.1", "3", "3", "3", "4")
    asked.advance(CLOSES)
    with pytest.raises(Refused, match="was measured with police-1 as Police"):
        corrected(asked, agency="Health")
    with pytest.raises(Refused, match="as two agencies"):
        panel.rename_agency(asked.log, asked.stamp(), asked.id, "Police", "Health")
    with pytest.raises(Refused, match="Nobody is of Fire"):
        panel.rename_agency(asked.log, asked.stamp(), asked.id, "Fire", "Health")
    people = panel.rename_agency(asked.log, asked.stamp(), asked.id, "Schools", "Academies")
    assert people == ("school-1", "school-2")
    agencies = [member.agency for member in asked.now.assessment.panel.values()]
    assert agencies == ["Police", "Health", "Academies", "Academies"]


def test_a_wrong_address_makes_nobody_unreachable_once_it_is_corrected(log: Log) -> None:
    """The failure was of the address, not of the person."""
    area = Area(log)
    area.open(
        (replace(PANEL[0], slack=SLACK), *PANEL[1:]), terms=Terms(policy=Policy(fallback="web"))
    )
    area.open_round()
    lost = MessageFailed(to="police-1", reason="user_not_found")
    stream = message_stream(area.id, "round 1/police-1/notice")
    area.log.record(area.stamp(), lambda tx: tx.decide(stream, lost))
    corrected(area, slack="T0000/U0002")
    area.advance(OPENS.replace(hour=10))
    assert "SurfaceFellBack" not in area.kinds()
