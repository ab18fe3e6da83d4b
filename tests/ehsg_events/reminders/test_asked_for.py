"""A reminder at a time somebody asked for: it goes then, and until then the plan leaves them alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from support.area import CLOSES, ITEMS, OPENS, PANEL, Area

from bots.interview.record import hear, talk_of
from bots.interview.said import Said
from ehsg_events.commands import rounds, telling
from ehsg_events.events import (
    Escalated,
    InputRefused,
    ReminderWished,
    ReminderWithheld,
    StakeholderReminded,
)
from ehsg_events.log.log import Log
from ehsg_events.panel.member import StandsBy
from ehsg_events.values.policy import Policy, Rule, Step, Terms
from flows.appointments import appointments
from projections.collecting.nudges import nudges
from projections.facts.view import view_at
from projections.results.results import trail

WHO = "police-1"
WISH = datetime(2026, 10, 20, 17, 30, tzinfo=UTC)  # 6:30pm on a Tuesday, after hours
ASKED = "asked-20261020T1730Z"
SAID = "remind me on 20 October at 6:30pm"
TERMS = Terms(rule=Rule(quorum_invited=0.5), policy=Policy(reminders=(7, 3, 1), reminder_cap=3))


@pytest.fixture
def area(log: Log) -> Area:
    """An open round that reminds 7, 3 and 1 working days before its end."""
    area = Area(log)
    area.open(PANEL, terms=TERMS)
    area.open_round()
    return area


def says(area: Area, text: str, at: datetime = OPENS + timedelta(hours=1)) -> str:
    """What one person is answered who types something."""
    stamp = area.stamp(at, by=WHO, role="stakeholder")
    return hear(area.log, stamp, area.id, WHO, Said("words", text))[-1].text


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


def test_the_answer_says_when_in_words(area: Area) -> None:
    """And the fact holds the moment, nothing of what was typed."""
    said = says(area, SAID)
    assert "remind you at 6:30pm on Tuesday 20 October 2026" in said
    assert said.endswith("Until then nobody else does.")
    (wish,) = [one for one in area.facts if isinstance(one.fact, ReminderWished)]
    assert wish.fact == ReminderWished(remind_at=WISH)
    assert talk_of(area.log, area.id, WHO, WISH)[1].interview.remind_at == WISH


def test_until_then_their_manager_hears_nothing_but_the_coordinator_may(log: Log) -> None:
    """Who has said when to remind them is not silent; who has said nothing is."""
    area = Area(log)
    backed = (replace(one, backup=StandsBy("manager", "Bea Stone")) for one in PANEL)
    steps = (Step(to="backup", before=5), Step(to="coordinator", before=4))
    policy = TERMS.policy.model_copy(update={"escalation": steps})
    area.open(tuple(backed), terms=TERMS.model_copy(update={"policy": policy}))
    area.open_round()
    says(area, SAID)
    for due in sorted({one.due for one in appointments(area.log, area.id)}):
        if due < WISH:
            area.advance(due)
    told = [(f.about, f.to) for one in area.facts if isinstance(f := one.fact, Escalated)]
    assert fates(area)["tell-backup-5"] == "asked-for-later"
    assert (WHO, "manager") not in told
    assert {(WHO, "coordinator"), ("health-1", "manager")} <= {*told}


def test_until_then_the_plan_withholds_its_own_and_then_one_is_given_once(area: Area) -> None:
    """At the very time, whatever the hour; afterwards the plan goes on. Others notice nothing."""
    says(area, SAID)
    due = sorted({one.due for one in appointments(area.log, area.id)})
    assert WISH in due
    for at in (*due, CLOSES - timedelta(minutes=1)):
        if at < CLOSES:
            area.advance(at)
            area.advance(at)
    assert fates(area) == {
        "remind-7": "asked-for-later",
        "remind-3": "asked-for-later",
        ASKED: "given",
        "remind-1": "given",
    }
    assert list(fates(area, "health-1").values()) == ["given"] * 3
    (given,) = [
        one.stamp.at
        for one in area.facts
        if isinstance(one.fact, StakeholderReminded) and one.fact.milestone == ASKED
    ]
    assert given == WISH


@pytest.mark.parametrize("ends", ["finishes", "withdraws", "asks-again"])
def test_whoever_finishes_withdraws_or_asks_for_another_time_is_not_reminded_then(
    area: Area, ends: str
) -> None:
    """The wish is moot, and no appointment is left of it."""
    says(area, SAID)
    if ends == "finishes":
        for item in ITEMS:
            area.answer(WHO, item, "skip")
    elif ends == "withdraws":
        area.withdraw(WHO)
    else:
        says(area, "remind me on 21 October")
    assert ASKED not in {one.kind for one in appointments(area.log, area.id)}
    area.advance(WISH)
    assert ASKED not in fates(area)


def test_a_clock_that_comes_late_waits_for_their_hours_and_gives_one(area: Area) -> None:
    """Never at night when nobody asked for that; what the plan has then is overtaken."""
    says(area, SAID)
    area.advance(WISH - timedelta(minutes=1))
    area.advance(WISH + timedelta(hours=6))
    assert ASKED not in fates(area)
    area.advance(datetime(2026, 10, 22, 9, tzinfo=UTC))
    assert (fates(area)[ASKED], fates(area)["remind-1"]) == ("given", "overtaken")


def test_a_wish_that_found_no_moment_before_the_close_is_recorded_as_too_late(area: Area) -> None:
    """As any other reminder that was missed."""
    says(area, SAID)
    area.advance(CLOSES)
    assert fates(area)[ASKED] == "too-late"


def test_a_wish_stands_when_the_deadline_moves_and_is_kept_but_once(area: Area) -> None:
    """Before its time it is still to come; afterwards it was kept, whatever moves then."""
    says(area, SAID)
    later = CLOSES + timedelta(days=7)
    rounds.extend_round(area.log, area.stamp(WISH - timedelta(days=1)), area.id, later, "Ill")
    area.advance(WISH)
    assert fates(area)[ASKED] == "given"
    later += timedelta(days=7)
    rounds.extend_round(area.log, area.stamp(WISH + timedelta(hours=1)), area.id, later, "Ill")
    before = area.facts
    area.advance(WISH + timedelta(hours=1))
    assert area.facts == before


def test_a_wish_beyond_a_deadline_that_was_moved_nearer_holds_nothing_back(area: Area) -> None:
    """Else they would never be reminded at all."""
    says(area, SAID)
    nearer = WISH - timedelta(days=1)
    rounds.extend_round(area.log, area.stamp(OPENS + timedelta(hours=2)), area.id, nearer, "Ill")
    for days in range(14, 20):
        area.advance(datetime(2026, 10, days, 9, tzinfo=UTC))
    assert "given" in fates(area).values()
    assert "asked-for-later" not in fates(area).values()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("remind me", "I did not understand when to remind you."),
        ("remind me later", "such as: remind me on Thursday at 2"),
        ("remind me on 31 February", "I did not understand when to remind you."),
        ("remind me today at 8:30am", "That was 8:30am on Monday 5 October 2026, which has passed"),
        ("remind me on 24 October", "and you can answer until 5pm on Friday 23 October 2026"),
    ],
)
def test_a_time_that_cannot_be_is_refused_with_what_helps(area: Area, said: str, why: str) -> None:
    """What is wrong, and how to say it."""
    assert why in says(area, said)
    assert isinstance(area.facts[-1].fact, InputRefused)


@pytest.mark.parametrize(
    "evidence", ["Remind me why we meet, parents ask.", "They remind me of tomorrow's world."]
)
def test_a_sentence_that_merely_says_remind_me_is_evidence(area: Area, evidence: str) -> None:
    """It is kept under the question that stands."""
    for text in ("start", "3", evidence):
        says(area, text)
    notes = area.interview(WHO).notes.values()
    assert [area.log.text(note.words) for note in notes] == [evidence]


def test_who_has_finished_is_told_that_nothing_is_left(area: Area) -> None:
    """There is nothing to remind them of."""
    for item in ITEMS:
        area.answer(WHO, item, "skip")
    assert "there is nothing to remind you of" in says(area, SAID)


def test_a_pause_offers_it(area: Area) -> None:
    """In words that work as they stand."""
    assert "remind me on Thursday at 2" in says(area, "pause")
    assert "2pm on Thursday 8 October 2026" in says(area, "remind me on Thursday at 2")


def test_the_record_says_it_in_sentences(area: Area) -> None:
    """In the trail and among the reminders, each with its rule."""
    says(area, SAID)
    area.advance(WISH - timedelta(days=1, hours=5))
    area.advance(WISH)
    area.advance(CLOSES)
    view = view_at(area.log, area.id)
    steps = [step.says for step in trail(view)]
    assert f"{WHO} asked to be reminded at 6:30pm on Tuesday 20 October 2026." in steps
    shown = {one.milestone: (one.what, one.says) for one in nudges(view, WHO)}
    assert shown[ASKED][0] == "a reminder at a time somebody asked for"
    assert "they have asked to be reminded later" in shown["remind-7"][1]


def test_where_no_message_reaches_them_the_coordinator_is_to_do_it_then(area: Area) -> None:
    """Not before: so the answer to them promised."""
    area.told(WHO, OPENS + timedelta(minutes=30))
    assert "Your coordinator will be asked to remind you" in says(area, SAID)
    day_before = WISH - timedelta(days=1)
    area.advance(day_before)
    assert (WHO, "reminder") not in by_hand(area, day_before)
    area.advance(WISH)
    assert (WHO, "reminder") in by_hand(area, WISH)


def by_hand(area: Area, at: datetime) -> list[tuple[str, str]]:
    """Who is to be told what by the coordinator."""
    return [(one.person, one.of) for one in telling.by_hand(area.log, area.id, at, frozenset())]
