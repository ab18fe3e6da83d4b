"""What is to be done about a descriptor: agreed, changed and ended, each with its rule."""

from __future__ import annotations

from datetime import date
from typing import Any

from support.area import words
from support.spec import given

from ehsg_events.agreement.actions import agree, amend, end
from ehsg_events.events import ActionAgreed, ActionAmended, ActionEnded

TODAY, SPRING = date(2026, 11, 2), date(2027, 3, 31)
TRAIN, JANE, WHY = words("train all leads"), words("Jane"), words("all were trained")
AGREED = ActionAgreed(action=1, words=TRAIN, owner=JANE, due=SPRING)
ENDED = ActionEnded(action=1, how="done", because=WHY)


def test_an_action_without_owner_and_day_is_kept() -> None:
    """They are counted, not demanded: half a plan is better than none."""
    given(of="outcome").when(agree, TRAIN, None, None, TODAY).then(
        ActionAgreed(action=1, words=TRAIN, owner=None, due=None)
    )


def test_actions_are_numbered_within_their_descriptor() -> None:
    """A number is never given twice, whatever has ended."""
    given(AGREED, ENDED).when(agree, TRAIN, JANE, SPRING, TODAY).then(
        AGREED.model_copy(update={"action": 2})
    )


def test_an_action_is_due_today_at_the_earliest() -> None:
    """What was due before is refused, with the day it is."""
    given(of="outcome").when(agree, TRAIN, JANE, TODAY, TODAY).then(
        AGREED.model_copy(update={"due": TODAY})
    )
    given(of="outcome").when(agree, TRAIN, JANE, date(2026, 11, 1), TODAY).then_refused(
        "Sunday 1 November 2026 has passed: today is Monday 2 November 2026."
    )


def test_an_overdue_action_gets_another_owner_and_keeps_its_day() -> None:
    """Only a new day must lie ahead."""
    late = date(2027, 5, 1)
    amended = ActionAmended(action=1, words=TRAIN, owner=None, due=SPRING)
    given(AGREED).when(amend, 1, TRAIN, None, SPRING, late).then(amended)
    given(AGREED).when(amend, 1, TRAIN, JANE, date(2027, 4, 1), late).then_refused("has passed")


def test_a_change_that_changes_nothing_leaves_no_trace() -> None:
    """The same words, owner and day."""
    given(AGREED).when(amend, 1, TRAIN, JANE, SPRING, TODAY).then_nothing()


def test_an_action_ends_once() -> None:
    """After that it is neither changed nor ended again."""
    given(AGREED).when(end, 1, "done", WHY).then(ENDED)
    asks: tuple[tuple[Any, ...], ...] = (
        (end, 1, "dropped", WHY),
        (amend, 1, TRAIN, None, None, TODAY),
    )
    for asked in asks:
        given(AGREED, ENDED).when(*asked).then_refused(
            "Action 1 has ended, and what has ended is not changed. (agree a new one: action agree)"
        )


def test_a_number_nobody_agreed_is_refused() -> None:
    """With those there are, ended or not, and the way to all of them."""
    second = AGREED.model_copy(update={"action": 2})
    refused, way = "was agreed for this descriptor; there is", "(see every action: actions)"
    given(of="outcome").when(end, 1, "done", WHY).then_refused(f"No action 1 {refused} none. {way}")
    given(AGREED).when(end, 2, "done", WHY).then_refused(f"No action 2 {refused} 1. {way}")
    given(AGREED, ENDED, second).when(end, 3, "done", WHY).then_refused(
        f"No action 3 {refused} 1, 2. {way}"
    )
