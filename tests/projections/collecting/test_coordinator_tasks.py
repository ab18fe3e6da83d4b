"""What waits for whom, from the first request to the signature, with its time and its command."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from support.area import CLOSES, OPENS, PANEL, Area

from bots.operations.typed import typed
from ehsg_events.commands import links, outcomes
from ehsg_events.commands.sitting import sit_down
from ehsg_events.events import CoordinatorReminded, MessageFailed
from ehsg_events.interview import answers
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.panel.member import StandsBy
from ehsg_events.panel.names import called
from ehsg_events.rights.retention import apply
from ehsg_events.rights.retention_by_itself import advance
from ehsg_events.rights.retention_hold import hold
from ehsg_events.states.streams import interview_stream, message_stream
from ehsg_events.values.policy import Afterwards, Policy, Rule, Step, Terms
from projections.collecting.coordinator_tasks import SAYS, Waiting, waiting

TERMS = Terms(
    rule=Rule(quorum_invited=0.5, rounds=1),
    policy=Policy(moderation_working_days=5, sign_off_working_days=10, fallback="web"),
)
MODERATION_DUE = CLOSES + timedelta(days=7, hours=1)  # 5pm on Friday 30 October 2026, winter time
SIGN_OFF_DUE = CLOSES + timedelta(days=21, hours=1)


@pytest.fixture
def area(log: Log) -> Area:
    """A round of four people, of one round only, with all its times set."""
    area = Area(log)
    area.open(terms=TERMS)
    area.open_round()
    return area


def waits(area: Area, at: datetime = OPENS) -> list[Waiting]:
    """What waits at a time, but for what is told by hand."""
    return [one for one in waiting(area.log, area.id, at) if one.kind not in SAYS]


def by_hand(area: Area, at: datetime = OPENS) -> list[Waiting]:
    """What waits for the coordinator to tell people."""
    return [one for one in waiting(area.log, area.id, at) if one.kind in SAYS]


def kinds(area: Area, at: datetime) -> list[str]:
    """Of which kinds it is."""
    return [one.kind for one in waits(area, at)]


def test_the_whole_way_from_moderation_to_the_signature_and_back(area: Area) -> None:
    """Each step waits until it is done; a withdrawn signature waits again."""
    area.everyone("5.1", "0", "0", "5", "5")
    area.advance(CLOSES)
    chosen = ["priorities", *["permission"] * len(area.now.guide.permissions)]
    assert kinds(area, CLOSES) == ["moderation", "moderation", *chosen]
    assert waits(area, CLOSES)[0].overdue is False
    area.advance(MODERATION_DUE - timedelta(hours=7) + timedelta(days=3))
    assert CoordinatorReminded(of="moderation", milestone="moderation") in [
        one.fact for one in area.facts
    ]
    for item in ("5.1", "5.2"):
        outcomes.moderate(area.log, area.stamp(MODERATION_DUE), area.id, item, "2", "the files")
    assert kinds(area, SIGN_OFF_DUE) == [*chosen, "sign-off"]
    assert waits(area, SIGN_OFF_DUE)[-1].whom == "signatory"
    outcomes.sign_off(area.log, area.stamp(SIGN_OFF_DUE), area.id, "Director", "Jo Ames")
    assert waits(area, SIGN_OFF_DUE) == []
    outcomes.withdraw_sign_off(area.log, area.stamp(SIGN_OFF_DUE), area.id, "a mistake")
    last = waits(area, SIGN_OFF_DUE)[-1]
    assert (last.kind, last.overdue) == ("sign-off", True)


def test_what_is_late_is_said_to_be_late_and_may_still_be_done(area: Area) -> None:
    """With the command that settles it."""
    area.advance(CLOSES)
    before, after = (waits(area, at)[0] for at in (CLOSES, MODERATION_DUE))
    assert before.says.endswith("is to be settled in moderation, by 5pm on Friday 30 October 2026.")
    assert after.says.endswith(
        "is to be settled in moderation, overdue since 5pm on Friday 30 October 2026."
    )
    assert typed(after.way) == "ehsg moderate 5.1 --score N --because TEXT"


def test_a_request_to_hand_on_waits_until_the_round_is_over(area: Area) -> None:
    """After the deadline nothing of the round can be decided."""

    def ask(tx: Transaction) -> None:
        number, seat, state = sit_down(tx, area.id, "police-1", tx.stamp.at)
        stream = interview_stream(area.id, number, "police-1")
        facts = answers.ask_to_hand_on(state, seat, tx.seal("Bo", stream, "police-1"))
        tx.decide(stream, *facts)

    area.log.record(area.stamp(by="police-1", role="stakeholder"), ask)
    (one,) = waits(area)
    assert one.says == ("police-1 asks to hand 5.1, 5.2 on, by 5pm on Friday 23 October 2026.")
    assert typed(one.way) == "ehsg hand-on agree police-1 --to COLLEAGUE"
    assert waits(area, CLOSES) == []


def test_who_is_not_in_slack_waits_to_be_reminded_until_they_were(area: Area) -> None:
    """Or until they are done; the coordinator reads their names."""
    for member in PANEL:
        area.told(member.id, OPENS)
    at = CLOSES - timedelta(days=3, hours=5)
    area.withdraw("school-2")
    area.advance(at)
    assert [(one.kind, one.about) for one in by_hand(area, at)] == [
        ("reminder", member.id) for member in PANEL[:3]
    ]
    area.told("police-1", at)
    call = partial(called, area.now.assessment, area.log.text)
    said = [one.says for one in waiting(area.log, area.id, at, called=call)]
    assert said == [
        f"{member.name} ({member.id}) is to be reminded by you, by 5pm on Friday 23 October 2026."
        for member in PANEL[1:3]
    ]


def test_who_stays_silent_waits_for_the_coordinator(log: Log) -> None:
    """First that their stand-in is told, where Slack cannot tell them; then that they answer."""
    area = Area(log)
    steps = (Step(to="backup", before=2), Step(to="coordinator", before=1))
    lead = StandsBy("manager", "Mo Birch")
    panel = (replace(PANEL[0], backup=lead), *PANEL[1:])
    area.open(panel, terms=Terms(policy=Policy(reminders=(), escalation=steps)))
    area.open_round()
    for member in PANEL:
        area.told(member.id, OPENS)
    found = []
    for days in (2, 1):
        at = CLOSES - timedelta(days=days, hours=6)
        area.advance(at)
        found.append([(one.kind, one.about) for one in by_hand(area, at)])
    stand_in = ("stand-in", "police-1")
    assert found == [[stand_in], [stand_in, *(("silence", member.id) for member in PANEL)]]
    assert area.told("police-1", at) == ("stand-in", "reminder")
    assert [one.about for one in by_hand(area, at)] == [member.id for member in PANEL[1:]]


def test_whom_slack_cannot_reach_waits_for_a_link_until_they_are_given_it(area: Area) -> None:
    """From the moment that is known; a link that was only made is in nobody's hands."""
    stream = message_stream(area.id, "round 1/police-1/notice")
    lost = MessageFailed(to="police-1", reason="no such person")
    area.log.record(area.stamp(), lambda tx: tx.decide(stream, lost))
    area.advance(OPENS + timedelta(hours=1))
    mine = [one for one in by_hand(area) if one.about == "police-1"]
    assert [one.kind for one in mine] == ["link"]
    assert mine[0].first is not None
    assert typed(mine[0].first) == "ehsg link police-1"
    assert typed(mine[0].way) == "ehsg told police-1 --by HOW --of invitation"
    links.issue(area.log, area.stamp(), area.id, "police-1")
    assert "police-1" in [one.about for one in by_hand(area)]
    area.told("police-1", OPENS + timedelta(hours=1))
    assert "police-1" not in [one.about for one in by_hand(area)]


# -- what is to be destroyed -----------------------------------------------------------------------
KEPT = CLOSES.date()
LONG_AFTER = CLOSES + timedelta(days=90)


def over(log: Log, policy: Policy) -> Area:
    """An assessment that is signed off."""
    area = Area(log)
    area.open(terms=Terms(rule=TERMS.rule, policy=policy))
    area.open_round()
    area.everyone("5.1", "2", "2", "2", "2")
    area.everyone("5.2", "2", "2", "2", "2")
    area.advance(CLOSES)
    outcomes.sign_off(log, area.stamp(), area.id, "Chair", "Pat Pell")
    return area


def retention(area: Area, at: datetime) -> list[tuple[str, str]]:
    """What waits of retention, each with the operation that settles it."""
    tasks = waiting(area.log, area.id, at)
    return [(one.says, one.way.to) for one in tasks if one.kind == "retention"]


def test_what_is_announced_or_on_hold_waits_where_everything_waits(log: Log) -> None:
    """With the operation that stops it, and the one that lets it go on."""
    area = over(log, Policy(kept_until=KEPT, destroyed="by-itself"))
    assert retention(area, CLOSES) == []
    advance(log, area.stamp(at=LONG_AFTER), area.id)
    ((says, way),) = retention(area, LONG_AFTER)
    assert says.startswith("The names and words of 4 people are destroyed from ")
    assert way == "retention hold"
    hold(log, area.stamp(), area.id, "an inquiry")
    ((says, way),) = retention(area, LONG_AFTER)
    assert "kept until further notice" in says
    assert way == "retention resume"


@pytest.mark.parametrize(
    ("then", "way"), [("forget-people", "retention apply"), ("review", "forget")]
)
def test_what_is_destroyed_by_hand_waits_once_its_day_is_over(
    log: Log, then: Afterwards, way: str
) -> None:
    """Until nothing of it is left."""
    area = over(log, Policy(kept_until=KEPT, afterwards=then))
    assert retention(area, CLOSES) == []
    assert [to for _, to in retention(area, LONG_AFTER)] == [way]
    if way == "retention apply":
        apply(log, area.stamp(at=LONG_AFTER), area.id)
        assert retention(area, LONG_AFTER) == []
