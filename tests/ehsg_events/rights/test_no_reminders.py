"""Whoever asks for no reminders gets none but those they ask for themselves; all else goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from support.area import CLOSES, OPENS, PANEL, Area

from bots.interview.record import hear
from bots.interview.said import Said
from bots.messages.reminded import reminded
from bots.phrases.by_hand import nudged
from bots.phrases.nudges import reminded as said_to_them
from ehsg_events.commands import links, nudge, rounds, telling
from ehsg_events.commands.links import Links
from ehsg_events.events import Escalated, RemindersStopped, ReminderWithheld, StakeholderReminded
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.panel.member import StandsBy
from ehsg_events.rights import forgetting, no_reminders
from ehsg_events.values.policy import Policy, Rule, Step, Terms
from ehsg_events.values.stop_token import stop_token
from flows.appointments import appointments

WHO, OTHER = "police-1", "health-1"
WISH = datetime(2026, 10, 20, 9, 30, tzinfo=UTC)
SAID = "remind me on 20 October at 10:30am"
STEPS = (Step(to="backup", before=5), Step(to="coordinator", before=4))
POLICY = Policy(reminders=(7, 3, 1), reminder_cap=3, escalation=STEPS)
BACKED = tuple(replace(one, backup=StandsBy("manager", "Bea Stone")) for one in PANEL)


@pytest.fixture
def area(log: Log) -> Area:
    """An open round that reminds three times, and tells of silence in between."""
    return opened(log, POLICY)


def opened(log: Log, policy: Policy) -> Area:
    """An area whose round is open under a policy."""
    area = Area(log)
    area.open(BACKED, terms=Terms(rule=Rule(quorum_invited=0.5), policy=policy))
    area.open_round()
    return area


def stops(area: Area, at: datetime = OPENS + timedelta(hours=2)) -> None:
    """One person asks for no reminders."""
    no_reminders.stop(area.log, area.stamp(at, by=WHO, role="stakeholder"), area.id, WHO)


def wishes(area: Area, at: datetime) -> None:
    """One person asks to be reminded at a time of their own."""
    stamp = area.stamp(at, by=WHO, role="stakeholder")
    hear(area.log, stamp, area.id, WHO, Said("words", SAID))


def lived(area: Area, until: datetime = CLOSES) -> dict[str, str]:
    """What came of each of their reminders by a time, once everything due was done."""
    for due in sorted({one.due for one in appointments(area.log, area.id)}):
        if due <= until:
            area.advance(due)
    return fates(area)


def fates(area: Area, who: str = WHO) -> dict[str, str]:
    """What was decided about one person's reminders, by milestone."""
    found = {}
    for one in area.facts:
        match one.fact:
            case StakeholderReminded(reminded=person, milestone=milestone) if person == who:
                found[milestone] = "given"
            case ReminderWithheld(withheld_from=person, milestone=milestone, rule=rule):
                if person == who:
                    found[milestone] = rule
    return found


def told_of(area: Area) -> list[str]:
    """Who was told that they are silent."""
    facts = (one.fact for one in area.facts)
    return [fact.to for fact in facts if isinstance(fact, Escalated) and fact.about == WHO]


def test_none_of_the_plan_is_given_and_each_says_why(area: Area) -> None:
    """Others are reminded as before."""
    stops(area)
    assert lived(area) == dict.fromkeys(("remind-7", "remind-3", "remind-1"), "refused")
    assert [*fates(area, OTHER).values()] == ["given"] * 3


def test_it_is_recorded_once_and_can_be_taken_back_once(area: Area) -> None:
    """However often it is asked for; and asked for again it counts again."""
    for _ in range(3):
        stops(area)
    for _ in range(3):
        stamp = area.stamp(by=WHO, role="stakeholder")
        no_reminders.want(area.log, stamp, area.id, WHO)
    assert area.kinds()[-2:] == ["RemindersStopped", "RemindersWanted"]
    assert lived(area, WISH)["remind-7"] == "given"
    stops(area, WISH)
    assert lived(area)["remind-1"] == "refused"


def test_a_time_they_ask_for_afterwards_is_kept(area: Area) -> None:
    """They asked for that one; the plan's stay away."""
    stops(area)
    wishes(area, OPENS + timedelta(hours=3))
    assert lived(area) == {
        "remind-7": "refused",
        "remind-3": "refused",
        "tell-backup-5": "asked-for-later",
        "asked-20261020T0930Z": "given",
        "remind-1": "refused",
    }


def test_a_time_they_had_asked_for_before_is_kept_no_more_until_they_ask_again(area: Area) -> None:
    """Whoever says no more means that one, too."""
    wishes(area, OPENS + timedelta(hours=1))
    stops(area)
    assert area.interview(WHO).remind_at is None
    assert "asked-20261020T0930Z" not in {one.kind for one in appointments(area.log, area.id)}
    wishes(area, OPENS + timedelta(hours=3))
    assert lived(area)["asked-20261020T0930Z"] == "given"


def test_a_wish_that_found_no_moment_was_too_late_and_not_refused(area: Area) -> None:
    """Each reason is true."""
    stops(area)
    wishes(area, OPENS + timedelta(hours=3))
    area.advance(CLOSES)
    assert fates(area)["asked-20261020T0930Z"] == "too-late"
    assert fates(area)["remind-1"] == "refused"


def test_their_silence_goes_up_the_ladder_and_the_coordinator_hears_of_it_once(log: Log) -> None:
    """Also where the ladder would tell them again of somebody who may still be moved."""
    again = (*STEPS, Step(to="coordinator", before=2))
    area = opened(log, POLICY.model_copy(update={"escalation": again}))
    stops(area)
    assert lived(area)["tell-coordinator-2"] == "refused"
    assert told_of(area) == ["manager", "coordinator"]


def test_a_coordinator_who_reminds_by_hand_is_told_why_not(area: Area) -> None:
    """And nothing waits for them to do in its place."""
    stops(area)
    at = OPENS + timedelta(hours=4)
    done = nudge.nudge(area.log, area.stamp(at), area.id, [WHO])
    assert done.withheld == {WHO: "refused"}
    assert (
        nudged((), {}, (), {"refused": [WHO]}) == "Not reminded (asked for no reminders): police-1."
    )


def test_a_reminder_that_waited_for_the_coordinators_hand_waits_no_more(area: Area) -> None:
    """No message reaches them, and they want none."""
    at = OPENS + timedelta(hours=1)
    area.told(WHO, at)
    nudge.nudge(area.log, area.stamp(at), area.id, [WHO])
    assert "reminder" in by_hand(area, at)
    stops(area, at)
    assert "reminder" not in by_hand(area, at)


def by_hand(area: Area, at: datetime) -> list[str]:
    """What the coordinator is to tell them."""
    waiting = telling.by_hand(area.log, area.id, at, frozenset())
    return [one.of for one in waiting if one.person == WHO]


def test_their_own_page_says_what_was_not_sent_and_that_none_will_be(area: Area) -> None:
    """In the words of somebody who is spoken to."""
    stops(area)
    lived(area, WISH)
    said = said_to_them(reminded(area.log, area.id, 1, WHO))
    assert (
        "You were not reminded on Wednesday 14 October 2026: you had asked for no reminders."
        in said
    )
    assert said.endswith("so you get none but those you ask for from now on.")


def test_a_token_finds_whose_reminders_it_stops_until_their_link_is_replaced(area: Area) -> None:
    """A newer link has a token of its own; an old index learns of both."""
    link = links.issue(area.log, area.stamp(), area.id, WHO)
    found = no_reminders.StopTokens(area.log, Links(area.log))
    holder = found.whose(stop_token(link), OPENS)
    assert holder is not None
    assert (holder.assessment, holder.stakeholder) == (area.id, WHO)
    assert found.whose(link, OPENS) is None
    new = links.replace(area.log, area.stamp(), area.id, WHO)
    assert found.whose(stop_token(link), OPENS) is None
    assert found.whose(stop_token(new), OPENS) == holder


@pytest.mark.parametrize("fresh", [True, False], ids=["read anew", "known before"])
def test_a_token_finds_nobody_who_was_forgotten(area: Area, fresh: bool) -> None:
    """Whether or not their link had been read before."""
    token = stop_token(links.issue(area.log, area.stamp(), area.id, WHO))
    found = no_reminders.StopTokens(area.log, Links(area.log))
    assert fresh or found.whose(token, OPENS)
    forgetting.forget(area.log, area.stamp(), area.id, WHO, "As they asked")
    assert found.whose(token, OPENS) is None


def test_nobody_is_stopped_who_is_not_on_the_panel(area: Area) -> None:
    """Nothing is recorded of a stranger."""
    with pytest.raises(Refused, match="Nobody on the panel is called"):
        no_reminders.stop(area.log, area.stamp(), area.id, "nobody-1")
    assert not any(isinstance(one.fact, RemindersStopped) for one in area.facts)


def test_a_moved_deadline_does_not_bring_them_back(area: Area) -> None:
    """It begins the plan anew for the others."""
    stops(area)
    lived(area, WISH)
    later = CLOSES + timedelta(days=7)
    rounds.extend_round(area.log, area.stamp(WISH), area.id, later, "Ill")
    assert "given" not in lived(area, later).values()
