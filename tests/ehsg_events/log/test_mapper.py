"""A stored fact is read whole, or refused by its place and the name of what is not known."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from support.log.store import note

from ehsg_events.kernel import Refused
from ehsg_events.log.mapper import PlainMapper

STORED = PlainMapper().to_stored_event(note(1))


def stored(**changed: Any) -> Any:
    """The fact with something else beside it or, under `fact`, within it."""
    state = json.loads(STORED.state)
    within = changed.pop("fact", {})
    whole = {**state, **changed, "fact": {**state["fact"], **within}}
    return replace(STORED, state=json.dumps(whole).encode())


def test_what_is_written_is_read_back() -> None:
    """With its address and its stamp, and the id that its address gives."""
    fact = PlainMapper().read(STORED, 7)
    assert fact == note(1).at(7)
    assert fact.stream.id == STORED.originator_id
    assert PlainMapper().to_stored_event(fact) == STORED


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"mood": "high"}, "the field mood of "),
        ({"fact": {"mood": "high"}}, "the field mood of "),
        (
            {"fact": {"words": {**json.loads(STORED.state)["fact"]["words"], "mood": 1}}},
            "words.mood",
        ),
    ],
)
def test_what_a_newer_version_wrote_is_refused_by_name(changed: Any, named: str) -> None:
    """Beside the fact, in it, or deeper: it would be left out of figures without a word."""
    with pytest.raises(Refused, match=rf"Position 7 of the log holds .*{named}.*does not know"):
        PlainMapper().read(stored(**changed), 7)


@pytest.mark.parametrize(
    "changed",
    [{"at": "soon"}, {"role": "king"}, {"assessment": "7"}, {"round": "first"}, {"by": 7}],
)
def test_what_was_altered_is_refused(changed: Any) -> None:
    """By its place, and without what stands there."""
    with pytest.raises(Refused, match=r"Position 7 of the log .*was altered"):
        PlainMapper().read(stored(**changed), 7)


@pytest.mark.parametrize("state", [b"", b"{", b"[]", b"{}", b"\xff", b'{"fact": {}}'])
def test_what_is_no_fact_is_refused(state: bytes) -> None:
    """Whatever lies in its place."""
    with pytest.raises(Refused, match=r"Position 7 of the log .*was altered"):
        PlainMapper().read(replace(STORED, state=state), 7)
