"""When facts are stamped, the same for every store: stamps never fall, nothing comes at the watermark."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from eventsourcing.persistence import StoredEvent

from ehsg_events.log.store import Saving, Store
from support.log.store_contract import fact

NOON = datetime(2026, 10, 25, 12, tzinfo=UTC)
HOUR, DAY, JUST_AFTER = timedelta(hours=1), timedelta(days=1), timedelta(microseconds=1)


def save_at(store: Store, at: datetime, version: int) -> datetime:
    """Save a fact by a clock that shows a time; gives the stamp it has."""

    def written(stamp: datetime) -> Sequence[StoredEvent]:
        plain = fact("one", version)
        state = json.loads(plain.state) | {"at": stamp.isoformat()}
        return [StoredEvent(plain.originator_id, version, "a", json.dumps(state).encode())]

    saving = Saving(at, written)
    store.insert_events(written(at), key=f"k{version}", saving=saving)
    stored = datetime.fromisoformat(json.loads([*store.rows()][-1][1].state)["at"])
    assert stored == saving.at, "whoever saved knows the stamp that was stored"
    return stored


class StampContract:
    """The promises of `Store` about time, each a test."""

    def test_a_clock_that_goes_right_is_believed(self, store: Store) -> None:
        """The same moment twice, too: what is done at once is stamped at once."""
        for version, at in enumerate((NOON, NOON, NOON + HOUR), start=1):
            assert save_at(store, at, version) == at

    def test_a_stamp_never_falls_below_the_last(self, store: Store) -> None:
        """Put back an hour, or right again after it was a day ahead: just after the last fact."""
        assert save_at(store, NOON, 1) == NOON
        assert save_at(store, NOON - HOUR, 2) == NOON + JUST_AFTER
        assert save_at(store, NOON + DAY, 3) == NOON + DAY
        assert save_at(store, NOON + HOUR, 4) == NOON + DAY + JUST_AFTER

    def test_nothing_comes_at_or_before_the_watermark(self, store: Store) -> None:
        """Whoever looked at that moment has seen all of it."""
        save_at(store, NOON, 1)
        store.raise_watermark(NOON + HOUR)
        store.raise_watermark(NOON)  # a lower one lowers nothing
        assert save_at(store, NOON + HOUR, 2) == NOON + HOUR + JUST_AFTER
        assert save_at(store, NOON + DAY, 3) == NOON + DAY

    def test_the_moment_of_the_last_fact_is_over_once_it_was_looked_at(self, store: Store) -> None:
        """A fact of the same moment that came later would stand there, too."""
        save_at(store, NOON, 1)
        store.raise_watermark(NOON)
        assert save_at(store, NOON, 2) == NOON + JUST_AFTER
