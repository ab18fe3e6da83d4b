"""What would come of something is shown before it is done; then that is done, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from support.area import CLOSES, OPENS, Area, person

from bots.operations.foreseen import MOVED, Foreseen, do_as_foreseen, foreseen
from bots.operations.operation import Doing
from bots.operations.registry import OPERATIONS
from ehsg_events.commands import panel, rounds
from ehsg_events.commands.nudge import nudge
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.log.log import Log

PEOPLE = tuple(
    person(f"{agency}-{n}", agency.title())
    for agency in ("police", "health", "school")
    for n in (1, 2, 3)
)
NUDGE = OPERATIONS["nudge"]


def doing(area: Area, day: float = 1.0) -> Doing:
    """A coordinator acts, so many days after the round opened."""
    stamp = Stamp(
        at=OPENS + timedelta(days=day),
        by="coordinator-1",
        role="coordinator",
        surface="web",
        cause="test",
        key=uuid4().hex,
    )
    return Doing(area.log.folder, lambda: area.log, stamp, area.id, writable=())


def a_round(folder: Path) -> Area:
    """An open round in which nobody has said anything."""
    area = Area(Log(folder))
    area.open(PEOPLE)
    area.open_round(deadline=CLOSES)
    return area


def lived(folder: Path, dice: Random) -> Area:
    """An open round in which anything may have happened."""
    area = a_round(folder)
    steps: list[Callable[[str], object]] = [
        lambda who: area.answer(who, "5.1", str(dice.randint(0, 5))),
        lambda who: area.answer(who, "5.2", "dont-know"),
        area.withdraw,
        lambda who: panel.release(area.log, area.stamp(), area.id, who, "moved on"),
        lambda who: nudge(area.log, area.stamp(), area.id, [who]),
        lambda who: area.told(who, OPENS + timedelta(hours=3)),
    ]
    for _ in range(dice.randint(0, 15)):
        try:
            dice.choice(steps)(dice.choice(PEOPLE).id)
        except Refused:
            continue
    return area


@pytest.mark.parametrize("seed", range(50))
def test_what_is_shown_of_a_nudge_is_what_is_then_recorded(tmp_path: Path, seed: int) -> None:
    """In random rounds, some minutes later; to show it records nothing."""
    dice = Random(seed)
    area = lived(tmp_path, dice)
    day, before = dice.uniform(0, 17), area.log.store.last_position()
    form = NUDGE.form()
    try:
        shown = foreseen(NUDGE, doing(area, day), form)
    except Refused as refusal:
        with pytest.raises(Refused, match=str(refusal)[:20]):
            NUDGE.do(doing(area, day), form)
        return
    assert area.log.store.last_position() == before
    later = doing(area, day + 0.002)
    do_as_foreseen(NUDGE, later, form, shown.mark)
    said = [one for one in area.log.all(before) if one.stamp.key == later.stamp.key]
    assert len(said) == len(shown.sentences)
    for one, sentence in zip(said, shown.sentences, strict=True):
        assert str(getattr(one.fact, "stakeholder", "")) in sentence


def test_if_it_would_come_to_something_else_by_now_nothing_is_done(tmp_path: Path) -> None:
    """Somebody finished meanwhile, who would have been reminded."""
    area = a_round(tmp_path)
    form = NUDGE.form()
    shown = foreseen(NUDGE, doing(area, 2), form)
    panel.release(area.log, area.stamp(), area.id, "school-3", "moved on")
    before = area.log.store.last_position()
    with pytest.raises(Refused, match=MOVED[:30]):
        do_as_foreseen(NUDGE, doing(area, 2), form, shown.mark)
    assert area.log.store.last_position() == before


def test_what_moved_without_touching_it_is_no_reason_to_ask_again(tmp_path: Path) -> None:
    """An answer comes in while the coordinator reads what closing comes to: it is still that."""
    area = a_round(tmp_path)
    release = OPERATIONS["panel release"]
    form = release.form(person="police-1", because="moved away")
    shown = foreseen(release, doing(area), form)
    rounds.extend_round(
        area.log, area.stamp(), area.id, CLOSES + timedelta(days=1), "half term", ask=False
    )
    done = do_as_foreseen(release, doing(area), form, shown.mark)
    assert "asked nothing more" in done.says


def test_who_says_yes_twice_is_told_the_same_and_does_it_once(tmp_path: Path) -> None:
    """By the same cause, as a button that is pressed twice."""
    area, form = a_round(tmp_path), NUDGE.form()
    shown, twice = foreseen(NUDGE, doing(area, 2), form), doing(area, 2)
    first = do_as_foreseen(NUDGE, twice, form, shown.mark)
    before = area.log.store.last_position()
    assert do_as_foreseen(NUDGE, twice, form, shown.mark).says == first.says
    assert area.log.store.last_position() == before


def test_the_log_is_open_after_it_was_looked_at(tmp_path: Path) -> None:
    """Looking borrows it."""
    area = a_round(tmp_path)
    assert isinstance(foreseen(NUDGE, doing(area, 2), NUDGE.form()), Foreseen)
    assert area.log.store.last_position()
