"""What every store keeps, whatever keeps it: run by each store's own tests over the store itself.

A store's test class names how it is opened and how large its pages are; nothing here knows more.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from random import Random
from threading import Barrier, Event
from uuid import UUID, uuid5

import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent

from ehsg_events.kernel import Words
from ehsg_events.log.store import Store, Twice
from ehsg_events.log.vault import Sealed

HERE, ELSEWHERE = UUID(int=7), UUID(int=8)
PAGE = 3
Open = Callable[[], Store]
Row = tuple[int, UUID | str, int, str, bytes]


def stream(name: str) -> UUID:
    """The id of a stream."""
    return uuid5(HERE, name)


def fact(
    name: str, version: int, *, topic: str = "a", key: str = "", of: UUID = HERE
) -> StoredEvent:
    """A fact as it is stored."""
    state = json.dumps({"assessment": str(of), "key": key, "said": f"{name} {version}"})
    return StoredEvent(stream(name), version, topic, state.encode())


def text(number: int, name: str = "one") -> Sealed:
    """A sealed text."""
    words = Words(id=UUID(int=number), sha256=f"{number}")
    return Sealed(words, HERE, "police-1", stream(name), b"ciphertext")


def save(store: Store, key: str, *facts: StoredEvent, **beside: object) -> Sequence[int]:
    """Save facts under a key."""
    stored = [
        StoredEvent(f.originator_id, f.originator_version, f.topic, _keyed(f, key)) for f in facts
    ]
    return store.insert_events(stored, key=key, **beside)


def _keyed(one: StoredEvent, key: str) -> bytes:
    return json.dumps(json.loads(one.state) | {"key": key}).encode()


class StoreContract(ABC):
    """The promises of `Store`, each a test."""

    @abstractmethod
    def opened(self, folder: Path) -> Store:
        """The store that lies in a folder, opened anew."""

    @pytest.fixture
    def open_store(self, tmp_path: Path) -> Iterator[Open]:
        """Opens the same store as often as is wanted, as several processes would."""
        every: list[Store] = []

        def open_store() -> Store:
            every.append(self.opened(tmp_path))
            return every[-1]

        yield open_store
        for store in every:
            store.close()

    @pytest.fixture
    def store(self, open_store: Open) -> Store:
        """An empty store."""
        return open_store()

    # -- appending -------------------------------------------------------------------------------
    def test_what_was_appended_is_there_for_everybody(self, store: Store, open_store: Open) -> None:
        """Facts, texts and key, as soon as the save returns."""
        assert list(save(store, "k", fact("one", 1), fact("one", 2), sealed=[text(1)])) == [1, 2]
        other = open_store()
        assert [position for position, _ in other.rows()] == [1, 2]
        assert other.knows("k")
        assert other.sealed(text(1).words) == text(1)
        assert other.has_texts_of(HERE, "police-1")
        assert other.whose_texts() == {(HERE, "police-1")}
        assert other.topics() == {"a": 1}

    def test_where_facts_stand_is_told_without_them(self, store: Store) -> None:
        """In order, by their topics, up to a position; each stream by one value, and its own."""
        save(store, "k", fact("one", 1), fact("two", 1), fact("one", 2))
        every = store.where(("a", "b"))
        assert [(position, topic) for position, _, topic in every] == [(1, "a"), (2, "a"), (3, "a")]
        assert every[0][1] == every[2][1] != every[1][1]
        assert store.where(("a",), 2) == every[:2]
        assert store.where(("b",)) == store.where((), 3) == store.where(("a",), 0) == []

    def test_of_each_topic_the_first_and_the_last_fact_are_known(self, store: Store) -> None:
        """However they lie among one another, and whatever they are called."""
        topics = ["b.x.v1", "a.y.v2", "b.x.v1", "c", "a.y.v2", "b.x.v2", "a.y.v2", "é"]
        for number, topic in enumerate(topics, start=1):
            save(store, f"k{number}", fact("one", number, topic=topic))
        place = {
            topic: [at for at, one in enumerate(topics, 1) if one == topic] for topic in topics
        }
        assert store.topics() == {topic: at[0] for topic, at in place.items()}
        newest = [(at, one.topic) for at, one in store.newest_of_each_topic()]
        assert newest == sorted((at[-1], topic) for topic, at in place.items())

    def test_an_empty_store_holds_nothing(self, store: Store) -> None:
        """And says so."""
        assert (store.last_position(), list(store.rows()), store.tail(0)) == (0, [], [])
        assert not store.knows("k")
        assert not store.has_texts_of(HERE, "police-1")
        assert (store.whose_texts(), store.topics()) == (set(), {})
        assert list(store.newest_of_each_topic()) == []
        assert not store.read_only
        store.refuse_unless_whole()
        assert store.sealed(text(1).words) is None

    @pytest.mark.parametrize(
        ("key", "said", "beside"),
        [
            ("k", fact("two", 1), {}),  # the key was recorded
            ("new", fact("one", 1), {}),  # the version is taken
            ("new", fact("two", 1), {"sealed": [text(1)]}),  # the text is there
            ("new", fact("two", 1), {"unmoved": {stream("one"): 0}}),  # it has moved on
            ("new", fact("two", 1), {"unmoved": {stream("one"): 2}}),  # it never was so far
        ],
    )
    def test_what_is_refused_leaves_nothing(
        self, store: Store, key: str, said: StoredEvent, beside: dict[str, object]
    ) -> None:
        """No fact, no text, no key; the next save gets the next position."""
        save(store, "k", fact("one", 1), sealed=[text(1)])
        before = list(store.rows())
        with pytest.raises(IntegrityError):
            save(store, key, fact("three", 1), said, **{"sealed": [text(9)], **beside})
        assert list(store.rows()) == before
        assert store.sealed(text(9).words) is None
        assert not store.knows("new")
        assert list(save(store, "later", fact("three", 1))) == [2]

    def test_texts_are_deleted_with_the_fact_that_says_so(self, store: Store) -> None:
        """All of one person, if there are as many as were counted; nobody else's."""
        other = Sealed(text(2).words, HERE, "police-2", stream("one"), b"another")
        save(store, "k", fact("one", 1), sealed=[text(1), other])
        assert [name for name, _ in store.texts_of(HERE, "police-1")] == [text(1).words.id]
        for many in (0, 2):
            with pytest.raises(IntegrityError):
                save(store, "new", fact("one", 2), erased={(HERE, "police-1"): many})
            assert store.sealed(text(1).words) == text(1)
            assert store.last_position() == 1
        save(store, "new", fact("one", 2), erased={(HERE, "police-1"): 1})
        assert store.texts_of(HERE, "police-1") == []
        assert store.sealed(other.words) == other
        assert store.empty_write_ahead()

    def test_a_key_is_recorded_once(self, store: Store, open_store: Open) -> None:
        """Whatever its facts are, and whoever comes second."""
        save(store, "k", fact("one", 1))
        with pytest.raises(Twice):
            save(open_store(), "k", fact("two", 1))

    def test_a_key_may_stand_alone(self, store: Store) -> None:
        """Its cause is over, though it changed nothing."""
        assert list(save(store, "k")) == []
        assert store.knows("k")
        with pytest.raises(Twice):
            save(store, "k", fact("one", 1))

    def test_streams_that_were_read_may_stay_where_they_are(self, store: Store) -> None:
        """Also one that holds nothing."""
        save(store, "k", fact("one", 1))
        save(store, "l", fact("two", 1), unmoved={stream("one"): 1, stream("none"): 0})
        assert store.last_position() == 2

    # -- many at once ----------------------------------------------------------------------------
    def test_positions_are_dense_whoever_writes_and_whoever_fails(
        self, store: Store, open_store: Open
    ) -> None:
        """Eight writers on two connections, a third of their saves refused; a reader sees no gap."""
        begin, over, stores = Barrier(9), Event(), (store, open_store())
        got: list[int] = []

        def write(number: int) -> None:
            mine = stores[number % 2]
            begin.wait()
            for n in range(1, 16):
                got.extend(save(mine, f"{number}/{n}", fact(f"w{number}", n)))
                if n % 3 == 0:
                    with pytest.raises(IntegrityError):
                        save(mine, f"{number}/{n}/late", fact(f"w{number}", n))

        def watch(store: Store) -> None:
            begin.wait()
            while not over.is_set():
                seen = [position for position, _ in store.rows()]
                assert seen == list(range(1, len(seen) + 1))

        with ThreadPoolExecutor(9) as pool:
            watching = pool.submit(watch, open_store())
            for writing in [pool.submit(write, number) for number in range(8)]:
                writing.result()
            over.set()
            watching.result()
        assert sorted(got) == list(range(1, 121))

    def test_of_many_with_one_key_one_is_recorded(self, store: Store, open_store: Open) -> None:
        """A double click at the very same moment, in two processes."""
        begin, stores = Barrier(8), (store, open_store())

        def press(number: int) -> bool:
            begin.wait()
            try:
                save(stores[number % 2], "click", fact(f"w{number}", 1))
            except Twice:
                return False
            return True

        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(press, range(8))) == 1
        assert store.last_position() == 1

    def test_of_two_who_read_each_others_stream_one_is_refused(
        self, store: Store, open_store: Open
    ) -> None:
        """What was read must stand as the facts are written, not as it was looked at before."""
        begin, stores = Barrier(2), (store, open_store())

        def swap(number: int) -> bool:
            mine, other = f"s{number}", stream(f"s{1 - number}")
            begin.wait()
            try:
                save(stores[number], mine, fact(mine, 1), unmoved={other: 0})
            except IntegrityError:
                return False
            return True

        with ThreadPoolExecutor(2) as pool:
            assert sum(pool.map(swap, range(2))) == 1

    # -- reading ---------------------------------------------------------------------------------
    def test_every_way_of_reading_gives_what_was_written(self, store: Store) -> None:
        """After a position, up to one, of some topics, of one assessment: over pages of three."""
        dice, written = Random(5), []
        versions: dict[str, int] = {}
        for number in range(40):
            name, of = dice.choice("abc"), dice.choice((HERE, ELSEWHERE))
            versions[name] = versions.get(name, 0) + 1
            said = fact(name, versions[name], topic=dice.choice(("x", "y", "z")), of=of)
            (position,) = save(store, f"k{number}", said)
            kept = StoredEvent(stream(name), versions[name], said.topic, _keyed(said, f"k{number}"))
            written.append((position, of, kept))
        for after in range(0, 42, 3):
            for upto in (None, *range(0, 42, 5)):
                for topics in ((), ("x",), ("x", "z"), ("none",)):
                    end = 40 if upto is None else upto
                    among = [
                        (position, of, kept)
                        for position, of, kept in written
                        if after < position <= end and kept.topic in (topics or "xyz")
                    ]
                    every = _plain((position, kept) for position, _, kept in among)
                    assert _plain(store.rows(after, upto, topics)) == every
                    ours = _plain((position, kept) for position, of, kept in among if of == HERE)
                    assert _plain(store.about(HERE, after, upto, topics)) == ours
            where = store.by_assessment(after)
            for whose in (HERE, ELSEWHERE):
                theirs = [(p, kept) for p, of, kept in written if of == whose and p <= after]
                assert list(where.get(whose, ())) == [position for position, _ in theirs]
                assert _plain(store.at(where.get(whose, ()))) == _plain(theirs)
        for topic in ("x", "z", "none"):
            assert store.whose(topic) == [of for _, of, kept in written if kept.topic == topic]
        last = [(position, kept.originator_id) for position, _, kept in written[37:]]
        assert store.tail(37) == last

    def test_the_facts_of_a_cause_are_found_again(self, store: Store) -> None:
        """Across pages, at either end of the log; a key without facts has none."""
        sizes = dict(zip("abcdefg", (1, 7, 3, 2, 6, 1, 4), strict=True))
        versions = iter(range(1, 99))
        for key, size in sizes.items():
            save(store, key, *(fact("one", next(versions)) for _ in range(size)))
        save(store, "empty")
        for key, caused in groupby(store.rows(), lambda row: json.loads(row[1].state)["key"]):
            assert _plain(store.caused_by(key)) == _plain(caused)
        assert (store.caused_by("empty"), store.caused_by("nobody")) == ([], [])

    def test_a_stream_is_read_between_versions(self, store: Store) -> None:
        """In order, or from its end."""
        save(store, "k", *(fact("one", version) for version in range(1, 6)))
        one = stream("one")
        assert [e.originator_version for e in store.select_events(one, gt=1, lte=4)] == [2, 3, 4]
        assert [e.originator_version for e in store.select_events(one, desc=True, limit=2)] == [
            5,
            4,
        ]
        assert list(store.select_events(stream("two"))) == []

    # -- following -------------------------------------------------------------------------------
    def test_there_is_news_whenever_anybody_has_written(
        self, store: Store, open_store: Open
    ) -> None:
        """Here or in another process; and none while nobody has."""
        other, before = open_store(), store.news()
        assert store.news() == before
        save(store, "k", fact("one", 1))
        after = store.news()
        assert after != before
        save(other, "l", fact("one", 2))
        assert store.news() not in (before, after)

    def test_whoever_waits_is_woken(self, store: Store, open_store: Open) -> None:
        """By a save here or elsewhere; who is behind does not wait, who waits in vain gives up."""
        assert not store.wait(0, 0.02)
        for after, writer in enumerate((store, open_store())):
            with ThreadPoolExecutor(1) as pool:
                woken = pool.submit(store.wait, after, 30)
                save(writer, f"k{after}", fact("one", after + 1))
                assert woken.result(timeout=20)
        assert store.wait(0, 0)


def _plain(rows: Iterable[tuple[int, StoredEvent]]) -> list[Row]:
    return [
        (position, one.originator_id, one.originator_version, one.topic, one.state)
        for position, one in rows
    ]
