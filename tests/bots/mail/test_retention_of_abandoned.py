"""What was abandoned is destroyed in its time as well, and its coordinators hear of that before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from support.area import Area
from support.post_office import PANEL, Town

from bots.mail.letter import Letter
from ehsg_events.commands import people, sign_in
from ehsg_events.commands.opening import abandonment
from ehsg_events.events import RetentionAnnounced, SignInAsked
from ehsg_events.log.log import Log
from ehsg_events.policy.rules_file import usual
from ehsg_events.rights import retention_hold
from ehsg_events.rights.retention_by_itself import advance
from ehsg_events.values.policy import Terms

LAST = date(2027, 12, 31)
LEA = "lea.north@council.example.org"
KEPT = Terms(
    policy=usual().policy.model_copy(update={"kept_until": LAST, "destroyed": "by-itself"})
)
SOON = datetime.fromisoformat(
    "2027-12-17T10:00:00+00:00"
)  # a Friday, two weeks before the last day


def abandoned(folder: Path) -> Town:
    """An assessment that was given up before anybody was asked, when its time is nearly over."""
    place = Town(Log(folder))
    place.open_without_a_round(PANEL, KEPT)
    abandonment.abandon(place.log, place.stamp("gone"), place.assessment, "the wrong guide")
    assert place.delivered() == []
    place.clock.now = SOON
    return place


def announced(place: Town) -> list[Letter]:
    """What is sent of what the clock finds."""
    found = advance(place.log, place.stamp(f"look {place.clock()}", "clock"), place.assessment)
    assert isinstance(found, RetentionAnnounced)
    return place.delivered()


def test_the_coordinators_of_what_was_abandoned_hear_before_it_is_destroyed(
    tmp_path: Path,
) -> None:
    """Of which area and from which day on, once, in their hours; nobody who was never asked does."""
    place = abandoned(tmp_path)
    (letter,) = announced(place)
    assert letter.to == LEA
    told = "\n".join((letter.subject, *letter.paragraphs))
    assert "Sefton" in told
    assert "1 January 2028" in told
    place.clock.on(days=3)
    assert announced(place) == []


def test_at_night_the_letter_waits_for_the_morning(tmp_path: Path) -> None:
    """The policy's hours are kept where no round says any."""
    place = abandoned(tmp_path)
    place.clock.now = SOON - timedelta(hours=7)
    assert announced(place) == []
    place.clock.now = SOON
    assert len(place.delivered()) == 1


def test_what_was_put_on_hold_meanwhile_is_not_announced_any_more(tmp_path: Path) -> None:
    """The letter that waited is withheld."""
    place = abandoned(tmp_path)
    place.clock.now = SOON - timedelta(hours=7)
    announced(place)
    retention_hold.hold(place.log, place.stamp("hold"), place.assessment, "an inquiry")
    place.clock.now = SOON
    assert place.delivered() == []
    assert place.withheld() == ["nothing waits"]


def test_whoever_is_told_can_ask_for_a_way_in_to_read_it(tmp_path: Path) -> None:
    """By e-mail, as long as they are named in no assessment that stands."""
    place = Town(Log(tmp_path))
    place.open_without_a_round(PANEL, KEPT)
    abandonment.abandon(place.log, place.stamp("gone"), place.assessment, "the wrong guide")
    sign_in.ask(place.log, place.stamp("asks", "anybody"), LEA)
    (letter,) = place.delivered()
    assert (letter.to, letter.subject) == (LEA, "Your way in to Sefton")
    other = Area(place.log, UUID(int=8))
    other.open(at=place.clock())
    people.name_coordinator(
        place.log, place.stamp("there"), other.id, "Lea North", people.Contact(email=LEA)
    )
    place.clock.on(hours=2)
    sign_in.ask(place.log, place.stamp("asks again", "anybody"), LEA)
    asked = list(place.log.all(topics=(SignInAsked.TOPIC,)))
    assert [one.stream.assessment for one in asked] == [place.assessment, other.id]
