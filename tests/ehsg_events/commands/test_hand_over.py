"""Handing on: with the coordinator's consent a colleague answers what somebody has not."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from support.area import CLOSES, FEEDBACK, ITEMS, OPENS, PANEL, Area, person
from support.log.handing import agrees, asks_to_hand_on, declines, somebody_new, waiting

from ehsg_events.commands import hand_over, outcomes, rounds, workshop
from ehsg_events.commands.sitting import sit_down
from ehsg_events.events import (
    HandOnAgreed,
    HandOnAsked,
    HandOnDeclined,
    HandOnLapsed,
    ItemsHandedOn,
    StakeholderAdded,
    StakeholderInvited,
)
from ehsg_events.kernel import Fact, Refused
from ehsg_events.log.log import Log
from ehsg_events.states.interview import unanswered
from ehsg_events.values.policy import Rule, Terms


def test_the_coordinator_reads_who_asked_whom_they_would_ask_and_what_is_left(asked: Area) -> None:
    """What they answered already stays theirs."""
    asked.answer("police-1", "5.1", "3")
    asks_to_hand_on(asked, "police-1", "Bo in my team")
    assert hand_over.asked(asked.log, asked.id) == [
        hand_over.Request("police-1", "Police", "practitioner", "Bo in my team", ("5.2",))
    ]


def test_a_colleague_is_invited_to_what_was_not_answered(asked: Area) -> None:
    """One decision: on the panel, invited and handed to; the same agency and work unless said."""
    asked.answer("police-1", "5.1", "3")
    asks_to_hand_on(asked, "police-1")
    assert agrees(asked, "police-1") == ("5.2",)
    last = asked.facts[-3:]
    assert len({one.stamp.key for one in last}) == 1
    assert isinstance(last[0].fact, StakeholderAdded)
    assert [one.fact for one in last[1:]] == [
        StakeholderInvited(invited="police-2", items=("5.2",)),
        ItemsHandedOn(handed_on_by="police-1", to="police-2", items=("5.2",)),
    ]
    member = asked.now.assessment.panel["police-2"]
    assert (member.agency, member.works_as) == ("Police", "practitioner")
    assert asked.log.text(member.name) == "Bo Berg"
    assert waiting(asked) == []


def test_the_one_who_handed_on_is_asked_only_what_they_answered(asked: Area) -> None:
    """And may still change it."""
    asked.answer("police-1", "5.1", "3")
    asks_to_hand_on(asked, "police-1")
    agrees(asked, "police-1")
    _, seat, _ = sit_down(asked.log, asked.id, "police-1", asked.stamp().at)
    assert seat.items == ("5.1",)
    asked.answer("police-1", "5.1", "2")
    with pytest.raises(Refused, match=r"You were not asked about 5\.2"):
        asked.answer("police-1", "5.2", "2")


def test_nothing_is_handed_on_that_nobody_asked_to_hand_on(asked: Area) -> None:
    """Nor twice for one request."""
    with pytest.raises(Refused, match="has not asked to hand anything on"):
        agrees(asked, "police-1")
    asks_to_hand_on(asked, "police-1")
    agrees(asked, "police-1")
    with pytest.raises(Refused, match="or it was decided already"):
        agrees(asked, "police-1")


def test_who_has_answered_everything_has_nothing_to_hand_on(asked: Area) -> None:
    """They asked, and then did it themselves."""
    asks_to_hand_on(asked, "police-1")
    asked.answers("5.1", police_1="3")
    asked.answers("5.2", police_1="dont-know")
    assert waiting(asked) == []
    with pytest.raises(Refused, match="has nothing left to answer"):
        agrees(asked, "police-1")


def test_who_has_withdrawn_hands_nothing_on(asked: Area) -> None:
    """Nothing is asked of them any more."""
    asks_to_hand_on(asked, "police-1")
    asked.withdraw("police-1")
    assert waiting(asked) == []
    with pytest.raises(Refused, match="has nothing left to answer"):
        agrees(asked, "police-1")


def apart(area: Area, *, asks: bool = True) -> None:
    """Two camps on 5.1 without police-1, who asks that a colleague answers; then the close."""
    area.answers("5.1", health_1="0", school_1="5", school_2="5")
    if asks:
        asks_to_hand_on(area, "police-1")
    rounds.close_round(area.log, area.stamp(), area.id)


def test_a_close_says_first_which_request_waits(asked: Area) -> None:
    """And closes all the same if told so; the request is not lost."""
    asked.answers("5.1", health_1="0", school_1="5", school_2="5")
    asks_to_hand_on(asked, "police-1")
    with pytest.raises(Refused, match="police-1 asked that a colleague answers instead, and you"):
        rounds.close_round(asked.log, asked.stamp(), asked.id, ask=True)
    rounds.close_round(asked.log, asked.stamp(), asked.id)
    assert asked.now.rounds[0].closed
    assert waiting(asked) == ["police-1"]


def test_what_is_agreed_after_the_close_holds_in_the_next_round(asked: Area) -> None:
    """The colleague is invited there instead, and counted instead."""
    apart(asked)
    assert agrees(asked, "police-1") == ITEMS
    assert waiting(asked) == []
    asked.advance(FEEDBACK)
    invited = asked.now.rounds[1].invited
    assert (invited["police-2"], invited.get("police-1", ())) == (ITEMS, ())
    asked.answers("5.1", police_2="5", health_1="5", school_1="5", school_2="5")
    rounds.close_round(asked.log, asked.stamp(FEEDBACK), asked.id)
    one = next(m for m in asked.measured.measures if m.item == "5.1")
    assert (one.n, one.invited) == (4, 4)


def test_somebody_on_the_panel_can_take_over_in_the_next_round(log: Log) -> None:
    """Who was not asked these; who is asked them anyway is refused."""
    area = Area(log)
    area.open((*PANEL, person("council-1", "Council", ("6.1",))))
    area.open_round()
    apart(area)
    with pytest.raises(Refused, match=r"health-1 is asked about 5\.1, 5\.2 already"):
        agrees(area, "police-1", "health-1")
    agrees(area, "police-1", "council-1")
    area.advance(FEEDBACK)
    invited = area.now.rounds[1].invited
    assert invited["council-1"] == (*ITEMS, "6.1")
    assert invited.get("police-1", ()) == ()


def test_a_request_is_carried_into_the_next_round(asked: Area) -> None:
    """Undecided at its opening, it is decided there as any other."""
    apart(asked)
    asked.advance(FEEDBACK)
    assert waiting(asked) == ["police-1"]
    agrees(asked, "police-1", at=FEEDBACK)
    assert asked.now.rounds[1].invited["police-2"] == ITEMS


def test_after_the_close_a_request_is_declined_as_before_it(asked: Area) -> None:
    """With the reason; then nothing waits, and the next round asks them."""
    apart(asked)
    declines(asked, "police-1")
    assert waiting(asked) == []
    asked.advance(FEEDBACK)
    assert asked.now.rounds[1].invited["police-1"] == ITEMS


def test_a_request_for_which_no_round_is_left_ends_as_a_fact(asked: Area) -> None:
    """Everything is agreed, so nobody is asked again."""
    asked.answers("5.1", health_1="3", school_1="3", school_2="3")
    asked.answers("5.2", health_1="3", school_1="3", school_2="3")
    asks_to_hand_on(asked, "police-1")
    rounds.close_round(asked.log, asked.stamp(), asked.id)
    ended = [one.fact for one in asked.facts if isinstance(one.fact, HandOnLapsed)]
    assert ended == [HandOnLapsed(lapsed_for="police-1")]
    assert waiting(asked) == []
    with pytest.raises(Refused, match="or it was decided already"):
        agrees(asked, "police-1")


@pytest.mark.parametrize("seed", range(12))
def test_no_request_ends_without_a_fact(log: Log, seed: int) -> None:
    """Whatever happens: it waits to be decided, was decided, has lapsed, or is needless."""
    chance, area = random.Random(seed), Area(log)
    area.open(terms=Terms(rule=Rule(quorum_invited=0.25, rounds=3)))
    area.open_round()
    people, at = [member.id for member in PANEL], OPENS
    for _ in range(40):
        at += timedelta(hours=chance.choice((0, 1, 30)))
        who, item = chance.choice(people), chance.choice(ITEMS)
        does: tuple[Callable[[], object], ...] = (
            *[partial(area.answer, who, item, chance.choice("035"), at)] * 3,
            partial(asks_to_hand_on, area, who, at=at),
            partial(agrees, area, who, at=at),
            partial(declines, area, who),
            partial(area.advance, at),
            partial(area.open_round, at, at + timedelta(days=4)),
            partial(rounds.close_round, area.log, area.stamp(at), area.id),
            partial(workshop.open_workshop, area.log, area.stamp(at), area.id),
            partial(outcomes.moderate, area.log, area.stamp(at), area.id, item, "3", "files"),
            partial(outcomes.sign_off, area.log, area.stamp(at), area.id, "SRO", "Jo"),
            partial(area.withdraw, who),
        )
        with suppress(Refused):
            chance.choice(does)()
    area.advance(at)
    listed = waiting(area)
    for person_id, facts in requests_of(area).items():
        asked_in, last = facts
        if isinstance(last, HandOnAsked) and person_id not in listed:
            assert needless(area, person_id, asked_in), (seed, person_id)


def requests_of(area: Area) -> dict[str, tuple[int, Fact]]:
    """By person, the round of their newest request and the newest fact about it."""
    newest: dict[str, tuple[int, Fact]] = {}
    for one in area.facts:
        match one.fact:
            case HandOnAsked():
                newest[one.stream.stakeholder or ""] = (one.stream.round or 0, one.fact)
            case (
                HandOnDeclined(declined_to=who)
                | ItemsHandedOn(handed_on_by=who)
                | HandOnAgreed(agreed_to=who)
                | HandOnLapsed(lapsed_for=who)
            ) if who in newest:
                newest[who] = (newest[who][0], one.fact)
    return newest


def needless(area: Area, who: str, asked_in: int) -> bool:
    """Whether they have withdrawn, or have answered everything themselves since."""
    now = area.now
    since = [round for round in now.rounds[asked_in - 1 :] if round.invited.get(who)]
    done = [not unanswered(r.invited[who], now.interviews[r.number, who]) for r in since]
    return any(done) or any(i.withdrawn for (_, p), i in now.interviews.items() if p == who)


def test_a_request_is_declined_with_a_reason_and_may_be_made_again(asked: Area) -> None:
    """The questions stay where they are."""
    asks_to_hand_on(asked, "police-1")
    with pytest.raises(Refused, match="Say why"):
        declines(asked, "police-1", " ")
    declines(asked, "police-1")
    assert waiting(asked) == []
    asks_to_hand_on(asked, "police-1", "Bo, really")
    assert waiting(asked) == ["police-1"]


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"name": " "}, "Say who takes over"),
        ({"slack": "bo"}, "bo is not a Slack person"),
        ({"pseudonym": "Bo 1"}, "Bo 1 cannot be an id"),
        ({"pseudonym": "coordinator-1"}, "coordinator-1 cannot be an id"),
        ({"pseudonym": "berg-1"}, "holds a part of the name"),
        ({"pseudonym": "bobberg"}, "holds a part of the name"),
        ({"pseudonym": "police-bberg"}, "holds a part of the name"),
        ({"pseudonym": "health-1"}, "is on the panel already. Name them by that id"),
    ],
)
def test_a_new_colleague_keeps_the_panel_files_rules(
    asked: Area, told: dict[str, str], refusal: str
) -> None:
    """Otherwise nothing happens at all."""
    asks_to_hand_on(asked, "police-1")
    before = asked.facts
    with pytest.raises(Refused, match=refusal):
        agrees(asked, "police-1", somebody_new(asked, "police-1", **told))
    assert asked.facts == before


def test_a_slack_person_is_on_the_panel_once(asked: Area) -> None:
    """Two invitations to one person would be two voices."""
    asks_to_hand_on(asked, "police-1")
    agrees(asked, "police-1", somebody_new(asked, "police-1", slack="T1AB/U2CD"))
    asks_to_hand_on(asked, "health-1")
    with pytest.raises(Refused, match="That is police-2, who is on the panel already"):
        agrees(asked, "health-1", somebody_new(asked, "health-1", slack="T1AB/U2CD"))


def test_somebody_on_the_panel_can_take_over_what_they_are_not_asked_yet(asked: Area) -> None:
    """Their own invitation grows; handing back is the same step."""
    asked.answer("police-1", "5.1", "3")
    asks_to_hand_on(asked, "police-1")
    agrees(asked, "police-1")
    asks_to_hand_on(asked, "police-2", "police-1 after all")
    agrees(asked, "police-2", "police-1")
    invited = asked.now.rounds[0].invited
    assert (invited["police-1"], invited["police-2"]) == (("5.1", "5.2"), ())


def test_a_colleague_who_cannot_take_over_is_refused(asked: Area) -> None:
    """Themselves, who is asked the same, who has finished, who is unknown."""
    asks_to_hand_on(asked, "police-1")
    asked.answers("5.1", school_1="not-my-area")
    asked.answers("5.2", school_1="not-my-area")
    for to, refusal in {
        "police-1": "cannot take over from themselves",
        "health-1": "is asked about 5.1, 5.2 already",
        "school-1": "has finished this round",
        "school-9": "Nobody on the panel is called school-9",
    }.items():
        with pytest.raises(Refused, match=refusal):
            agrees(asked, "police-1", to)


def test_somebody_of_the_panel_who_is_not_in_the_round_is_invited_to_it(log: Log) -> None:
    """A feedback round leaves out who has nothing left to settle."""
    area = Area(log)
    area.open((*PANEL, person("council-1", "Council", ("6.1",))))
    area.open_round()
    area.everyone("5.1", "0", "0", "5", "5")
    area.advance(CLOSES)
    outcomes.moderate(area.log, area.stamp(CLOSES), area.id, "6.1", "2", "the files")
    area.advance(FEEDBACK)
    asks_to_hand_on(area, "police-1", at=FEEDBACK)
    agrees(area, "police-1", "council-1", FEEDBACK)
    assert area.facts[-2].fact == StakeholderInvited(invited="council-1", items=("5.1", "5.2"))
    assert area.now.rounds[1].invited["police-1"] == ()


# -- what follows ------------------------------------------------------------------------------
def test_the_colleague_is_counted_and_not_the_first(asked: Area) -> None:
    """Four were asked, four answered: nobody is missing."""
    asks_to_hand_on(asked, "police-1")
    agrees(asked, "police-1")
    asked.answers("5.1", police_2="3", health_1="3", school_1="3", school_2="3")
    asked.advance(CLOSES)
    one = next(m for m in asked.measured.measures if m.item == "5.1")
    assert (one.n, one.invited, one.agencies) == (4, 4, 3)


def test_a_later_round_asks_the_colleague_and_not_the_first(asked: Area) -> None:
    """What the first answered is asked of the first again."""
    asked.answer("police-1", "5.1", "0")
    asks_to_hand_on(asked, "police-1")
    agrees(asked, "police-1")
    asked.answers("5.1", health_1="0", school_1="5", school_2="5")
    asked.answers("5.2", police_2="0", health_1="0", school_1="5", school_2="5")
    asked.over_to_feedback()
    invited = asked.now.rounds[1].invited
    assert (invited["police-1"], invited["police-2"]) == (("5.1",), ("5.2",))


def test_an_answer_of_an_earlier_round_stands_though_the_question_was_handed_on(
    asked: Area,
) -> None:
    """Nobody takes another's answer away: both have spoken, both count."""
    asked.everyone("5.1", "0", "0", "5", "5")
    asked.everyone("5.2", "3", "3", "3", "3")
    asked.over_to_feedback()
    asks_to_hand_on(asked, "police-1", at=FEEDBACK)
    agrees(asked, "police-1", at=FEEDBACK)
    asked.answer("police-2", "5.1", "4", FEEDBACK)
    rounds.close_round(asked.log, asked.stamp(FEEDBACK), asked.id)
    one = next(m for m in asked.measured.measures if m.item == "5.1")
    assert (one.n, one.invited) == (5, 5)
