"""A moment asked for by time shows the same for ever, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from support.area import OPENS, PANEL, Area

from ehsg_events.dates.calendar import say
from ehsg_events.kernel import Refused
from projections.facts.moments import NOT_YET, hold
from projections.facts.view import view_at
from projections.results import results

HOUR, DAY, NOW = timedelta(hours=1), timedelta(days=1), OPENS + timedelta(hours=3)
LONDON = "Europe/London"
ON_TIME = timedelta()


def trail(area: Area, as_of: str, now: datetime) -> bytes:
    """Every fact as of a moment, to the byte."""
    hold(area.log, as_of, LONDON, now)
    view = view_at(area.log, area.id, as_of)
    return "\n".join(step.model_dump_json() for step in results.trail(view)).encode()


@pytest.mark.parametrize(
    "wrong",
    [(-HOUR, DAY), (DAY, -HOUR), (DAY, ON_TIME), (-DAY, HOUR), (-HOUR, -HOUR)],
    ids=["back, ahead", "ahead, back", "ahead, right", "far back, ahead", "back, back"],
)
def test_a_moment_is_the_same_before_and_after_a_clock_is_put_anywhere(
    asked: Area, wrong: tuple[timedelta, timedelta]
) -> None:
    """Between two answers, and again: every moment that was ever asked for and was over then."""
    seen: dict[str, bytes] = {}
    for step, (off, member) in enumerate(zip((ON_TIME, *wrong, ON_TIME), PANEL, strict=True)):
        true = NOW + timedelta(minutes=step)
        asked.answer(member.id, "5.1", str(step + 1), at=true + off)
        stamp = asked.facts[-1].stamp.at
        # whoever asks has a clock that is right, or the same wrong one
        for moment, now in ((true, true), (true + off, true + off), (stamp, max(stamp, true))):
            if moment >= OPENS and (text := moment.isoformat()) not in seen:
                seen[text] = trail(asked, text, now)
    assert len(seen) >= 4
    after = {text: trail(asked, text, NOW + DAY) for text in seen}
    assert after == seen
    stamps = [fact.stamp.at for fact in asked.facts]
    assert stamps == sorted(stamps)


def test_of_a_moment_to_come_it_is_said_that_more_may_come(asked: Area) -> None:
    """Nothing is promised of it, so nothing is stamped after it."""
    tomorrow = (NOW + DAY).isoformat()
    assert hold(asked.log, tomorrow, LONDON, NOW) == NOT_YET
    asked.answer("police-1", "5.1", "3", at=NOW)
    assert asked.facts[-1].stamp.at == NOW


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (
            "2026-10-25T01:30",
            (
                "1:30am on Sunday 25 October 2026 comes twice, because the clocks go back: the first "
                "is meant. The first is 2026-10-25T01:30+01:00, the second 2026-10-25T01:30+00:00."
            ),
        ),
        (
            "2026-03-29T01:30",
            (
                "1:30am on Sunday 29 March 2026 does not exist in Europe/London, because the clocks go "
                "forward: 2:30am on Sunday 29 March 2026 is meant."
            ),
        ),
        ("2026-10-25T01:30+00:00", None),
        ("2026-10-25T02:30", None),
        ("2026-03-29T00:30", None),
        ("2026-10-25", None),
        ("3", None),
        (None, None),
    ],
)
def test_an_hour_that_comes_twice_or_never_is_said(
    asked: Area, typed: str | None, says: str | None
) -> None:
    """Both changes of the clocks in a year; whoever names the zone has said which."""
    assert hold(asked.log, typed, LONDON, datetime(2027, 1, 1, tzinfo=UTC)) == says


def test_what_is_no_moment_is_refused(asked: Area) -> None:
    """And moves nothing."""
    with pytest.raises(Refused, match="neither a log position nor a time"):
        hold(asked.log, "yesterday", LONDON, NOW)


def test_two_times_that_look_alike_are_told_apart() -> None:
    """Both are half past one on the clock; any other time needs no zone."""
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert say(first, LONDON) == "1:30am BST on Sunday 25 October 2026"
    assert say(second, LONDON) == "1:30am GMT on Sunday 25 October 2026"
    assert say(second + HOUR, LONDON) == "2:30am on Sunday 25 October 2026"
    assert say(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), LONDON) == "2:30am on Sunday 29 March 2026"
