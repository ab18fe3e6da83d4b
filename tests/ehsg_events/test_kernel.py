"""What every stream shares: addresses, stamps, and facts put in their places."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from support.area import OPENS

from ehsg_events.events import RoundClosed
from ehsg_events.kernel import Decision, Stamp, Stream, stamped
from ehsg_events.states.streams import (
    interview_stream,
    message_stream,
    outcome_stream,
    round_stream,
)

HERE = UUID(int=1)


def stamp(at: datetime) -> Stamp:
    """A stamp of the clock."""
    return Stamp(at=at, by="clock", role="clock", surface="flow", cause="c", key="k")


def test_the_same_address_is_the_same_stream_so_twice_is_a_conflict() -> None:
    """An id is derived, never drawn."""
    assert interview_stream(HERE, 1, "police-1").id == interview_stream(HERE, 1, "police-1").id


streams: st.SearchStrategy[Stream] = st.builds(
    Stream,
    kind=st.sampled_from(["assessment", "round", "interview", "outcome", "message"]),
    assessment=st.uuids(),
    round=st.none() | st.integers(1, 3),
    stakeholder=st.none() | st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True),
    item=st.none() | st.from_regex(r"[a-z0-9][a-z0-9.-]{0,9}", fullmatch=True),
    message=st.none() | st.text(max_size=20),
)


@given(streams, streams)
def test_two_addresses_never_share_a_stream(one: Stream, other: Stream) -> None:
    """Whatever the parts hold, different addresses have different ids."""
    assert (one.id == other.id) == (one == other)


def test_kinds_of_streams_do_not_meet() -> None:
    """A round and an outcome with the same number are two streams."""
    streams: list[Stream] = [
        round_stream(HERE, 1),
        outcome_stream(HERE, "1"),
        message_stream(HERE, "1"),
    ]
    assert len({stream.id for stream in streams}) == 3


def test_a_time_is_kept_as_utc() -> None:
    """5pm in London in October is 4pm UTC."""
    local = datetime(2026, 10, 23, 17, tzinfo=ZoneInfo("Europe/London"))
    assert stamp(local).at == datetime(2026, 10, 23, 16, tzinfo=UTC)
    assert stamp(local).at.tzinfo is UTC


def test_a_time_without_its_zone_is_no_time() -> None:
    """Nobody can say later which clock it was."""
    with pytest.raises(ValidationError, match="timezone"):
        stamp(datetime(2026, 10, 23, 17))  # noqa: DTZ001 - the point of the test


def test_facts_are_numbered_after_the_version_they_were_decided_on() -> None:
    """Two facts on version 3 become 4 and 5."""
    closed = RoundClosed(closed_by="deadline")
    placed = stamped([Decision(round_stream(HERE, 1), 3, (closed, closed))], stamp(OPENS))
    assert [recorded.version for recorded in placed] == [4, 5]
    assert placed[0].originator_id == round_stream(HERE, 1).id
