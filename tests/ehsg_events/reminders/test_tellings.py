"""What is left to the coordinator's hand: there when it is due, gone when told or moot."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import get_args

import pytest
from support.area import CLOSES, FEEDBACK, OPENS, PANEL, Area

from bots.messages.owed import TO_COORDINATORS
from bots.messages.owed import Kind as Message
from ehsg_events.commands import hand_over, outcomes, panel, rounds, telling, workshop
from ehsg_events.commands.panel import Correction
from ehsg_events.events import Matter, MessageDelivered, MessageFailed, ToldByHand
from ehsg_events.kernel import Refused, Surface
from ehsg_events.log.log import Log
from ehsg_events.panel.member import Member
from ehsg_events.states.streams import message_stream
from ehsg_events.values.address import WRITABLE

HOUR = timedelta(hours=1)
NOBODY: frozenset[Surface] = frozenset()
PEOPLE = [member.id for member in PANEL]
TOLD_BY: dict[Message, tuple[Matter, ...]] = {  # what a message says, told by hand
    "notice": ("invitation", "new-round", "workshop"),
    "reminder": ("reminder",),
    "wished": ("reminder",),
    "moved": ("extension",),
    "reopened": ("reopening",),
    "released": ("release",),
    "handed-on": ("handing-over",),
    "taken-over": ("handing-over",),
    "declined": ("declined",),
    "agreed-on": ("agreed-on",),
    "lapsed": ("lapsed",),
    "closed": ("close",),
    "became": ("outcome",),
    "stand-in-told": ("stand-in",),
}
IN_THE_TALK: set[Message] = {
    "screen",
    "reply",
    "shown",
    "vote",
    "votes-shown",
    "acted-for",
    "link-shown",
    "link-again",
    "thanks",
    "sign-in",
}  # to those who are there; what was done in somebody's name stands on their own page, too


def left(
    area: Area, at: datetime, writable: frozenset[Surface] = WRITABLE
) -> list[tuple[str, str]]:
    """Who is to be told what by hand."""
    return [(one.person, one.of) for one in telling.by_hand(area.log, area.id, at, writable)]


def everybody(of: str, *without: str) -> list[tuple[str, str]]:
    """The whole panel is to be told the same."""
    return [(person, of) for person in PEOPLE if person not in without]


def test_every_message_to_a_person_has_its_counterpart_by_hand() -> None:
    """Whoever has no Slack is told as much as the others."""
    assert set(TOLD_BY) | IN_THE_TALK == {*get_args(Message)} - {*TO_COORDINATORS}
    assert {of for subjects in TOLD_BY.values() for of in subjects} == {*get_args(Matter)}


def test_nobody_has_slack_through_two_rounds_a_workshop_and_the_signature(asked: Area) -> None:
    """Everything that people should be told stands there when it is due, and goes when told."""

    def tell_all(of: str, at: datetime) -> None:
        for person in dict(left(asked, at)):
            assert asked.told(person, at) == (of,)
        assert left(asked, at) == []

    assert left(asked, OPENS) == everybody("invitation")
    tell_all("invitation", OPENS)
    reminded = datetime(2026, 10, 14, 9, tzinfo=OPENS.tzinfo)
    asked.advance(reminded)
    assert left(asked, reminded) == everybody("reminder")
    tell_all("reminder", reminded)
    until = CLOSES + timedelta(hours=1)
    rounds.extend_round(asked.log, asked.stamp(reminded), asked.id, until, "floods")
    assert left(asked, reminded) == everybody("extension")
    tell_all("extension", reminded)
    asked.everyone("5.1", "0", "5", "0", "5")
    asked.everyone("5.2", "3", "3", "3", "3")
    asked.advance(until)
    assert left(asked, until) == everybody("close")
    tell_all("close", until)
    asked.advance(FEEDBACK)
    assert left(asked, FEEDBACK) == everybody("new-round")
    tell_all("new-round", FEEDBACK)
    ends = asked.now.rounds[-1].deadline
    asked.advance(ends)
    assert left(asked, ends) == []  # nobody answered, so there is nothing to thank for
    meets = ends + timedelta(days=3)
    workshop.open_workshop(asked.log, asked.stamp(meets), asked.id, (), meets + 5 * HOUR)
    assert left(asked, meets) == everybody("workshop")
    workshop.attend(asked.log, asked.stamp(meets + HOUR), asked.id, PEOPLE[:2])
    assert left(asked, meets + HOUR) == everybody("workshop", *PEOPLE[:2])
    over = meets + 5 * HOUR
    asked.advance(over)
    assert left(asked, over) == []
    outcomes.moderate(asked.log, asked.stamp(over), asked.id, "5.1", "2", "the files")
    outcomes.sign_off(asked.log, asked.stamp(over), asked.id, "Director", "Jo")
    assert left(asked, over) == everybody("outcome")
    tell_all("outcome", over)
    outcomes.withdraw_sign_off(asked.log, asked.stamp(over), asked.id, "too soon")
    assert left(asked, over) == []


def test_what_means_nothing_any_more_waits_no_longer(asked: Area) -> None:
    """Who began, finished, withdrew or was released need not be invited."""
    asked.answer("police-1", "5.1", "3")
    asked.withdraw("health-1")
    panel.release(asked.log, asked.stamp(), asked.id, "school-1", "moved away")
    assert left(asked, OPENS) == [("school-2", "invitation")]
    assert left(asked, CLOSES) == []


def test_one_thing_says_what_was_decided_before_it(asked: Area) -> None:
    """Whoever is still to be invited hears the deadline then; a new deadline reminds."""
    at = datetime(2026, 10, 14, 9, tzinfo=OPENS.tzinfo)
    asked.told("police-1", OPENS)
    asked.advance(at)
    rounds.extend_round(asked.log, asked.stamp(at), asked.id, CLOSES + HOUR, "floods")
    assert left(asked, at) == [*everybody("invitation", "police-1"), ("police-1", "extension")]
    asked.told("health-1", at)
    assert ("health-1", "extension") not in left(asked, at)


def test_who_takes_over_and_who_gave_are_told(asked: Area) -> None:
    """Somebody new is invited; somebody who was asked already hears that there is more."""
    for person in PEOPLE:
        asked.told(person, OPENS)
    asked.answer("police-1", "5.1", "3")
    hand_over.hand_over(asked.log, asked.stamp(), asked.id, "police-1", replace_of("police-9"))
    assert left(asked, OPENS) == [("police-9", "invitation"), ("police-1", "handing-over")]


def replace_of(name: str) -> Member:
    """Somebody new."""
    return replace(PANEL[0], id=name, name="Jo Kay", items=())


@pytest.mark.parametrize("fate", ["delivered", "failed"])
def test_with_slack_only_what_failed_is_left_to_the_hand(log: Log, fate: str) -> None:
    """Without a token for it, everything that was not delivered before."""
    area = in_slack(log)
    assert left(area, OPENS) == []
    assert left(area, OPENS, NOBODY) == everybody("invitation")
    settle(area, "police-1", fate)
    waits = [("police-1", "invitation")] if fate == "failed" else []
    assert left(area, OPENS) == waits
    assert sorted(left(area, OPENS, NOBODY)) == sorted(
        everybody("invitation", *([] if fate == "failed" else ["police-1"]))
    )


def in_slack(log: Log) -> Area:
    """A round of people who are all in Slack."""
    area = Area(log)
    area.open(tuple(replace(m, slack=f"T0000/U000{n}") for n, m in enumerate(PANEL)))
    area.open_round()
    return area


def settle(area: Area, person: str, fate: str) -> None:
    """What became of somebody's invitation."""
    (opened,) = [one.stamp.key for one in area.facts if type(one.fact).__name__ == "RoundOpened"]
    fact = (
        MessageDelivered(to=person, reference="1")
        if fate == "delivered"
        else MessageFailed(to=person, reason="no such person")
    )
    stream = message_stream(area.id, f"round 1/{person}/notice")
    stamp = area.stamp().model_copy(update={"cause": opened})
    area.log.record(stamp, lambda tx: tx.decide(stream, fact))


def test_whoever_leaves_slack_is_to_be_given_a_link(log: Log) -> None:
    """What stood open there is told by hand from then on."""
    area = in_slack(log)
    settle(area, "police-1", "delivered")
    correction = Correction(slack=panel.NO_ADDRESS)
    panel.correct(area.log, area.stamp(), area.id, "police-1", correction)
    assert left(area, OPENS) == [("police-1", "link")]


def test_nothing_is_recorded_as_told_that_is_not_so(asked: Area) -> None:
    """Neither what nobody decided, nor to somebody who is not there."""
    refused = ("extension", "close", "outcome", "workshop", "release", "declined", "stand-in")
    for of in refused:
        with pytest.raises(Refused, match="nothing of that kind"):
            asked.told("police-1", OPENS, of)  # type: ignore[arg-type]
    asked.told("police-1", OPENS)
    with pytest.raises(Refused, match="Nothing waits for you to tell police-1"):
        asked.told("police-1", OPENS)
    with pytest.raises(Refused, match="Nobody on the panel"):
        asked.told("nobody-1", OPENS)
    assert asked.kinds().count("ToldByHand") == 1


def test_a_call_that_nobody_asked_for_is_a_reminder_too(asked: Area) -> None:
    """She rang of her own accord."""
    assert asked.told("police-1", OPENS, "reminder") == ("reminder",)
    told = [one.fact for one in asked.facts if isinstance(one.fact, ToldByHand)]
    assert told == [ToldByHand(spoken_to="police-1", of="reminder", means="telephone")]
