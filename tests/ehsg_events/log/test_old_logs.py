"""Old logs fold for ever: frozen lines, one for each kind of fact, are read by today's code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from support.area import Area
from support.places import TESTS

from ehsg_events import events
from ehsg_events.kernel import TOPICS, Recorded
from ehsg_events.log.log import Log
from ehsg_events.log.mapper import PlainMapper
from ehsg_events.rights.retention_hold import standing
from ehsg_events.states.streams import sign_in_stream

LOGS = TESTS / "logs"


def stored() -> Iterator[StoredEvent]:
    """The frozen lines, oldest release first; a line is never edited, only added to."""
    for path in sorted(LOGS.glob("v*.jsonl"), key=_release):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            state = json.dumps(row["state"], ensure_ascii=False).encode()
            yield StoredEvent(UUID(row["stream"]), row["version"], row["topic"], state)


def _release(path: Path) -> tuple[int, str]:
    """The number of a release, and the name beside it."""
    number, _, beside = path.stem.removeprefix("v").partition("-")
    return int(number), beside


def recorded() -> list[Recorded]:
    """The frozen facts, as today's code reads them."""
    return [PlainMapper().read(row, 0) for row in stored()]


def test_every_kind_of_fact_has_a_frozen_line() -> None:
    """A new fact, or a new version of one, needs a new line."""
    ours = {topic for topic, fact in TOPICS.items() if fact.__module__ == events.__name__}
    assert {row.topic for row in stored()} == ours


def test_a_frozen_line_is_read_whole() -> None:
    """Nothing in it is dropped: written again, all it holds is still there."""
    for row, fact in zip(stored(), recorded(), strict=True):
        again = json.loads(PlainMapper().to_stored_event(fact).state)
        assert includes(again, json.loads(row.state)), row.topic


def includes(new: object, old: object) -> bool:
    """Whether everything old is in the new; a key that was added since may be there."""
    if isinstance(old, dict):
        return isinstance(new, dict) and all(
            name in new and includes(new[name], value) for name, value in old.items()
        )
    if isinstance(old, list):
        return isinstance(new, list) and len(new) == len(old) and all(map(includes, new, old))
    return new == old


def test_a_stream_keeps_its_address() -> None:
    """The id is derived from the address: another derivation would orphan every log."""
    for row, fact in zip(stored(), recorded(), strict=True):
        assert fact.stream.id == row.originator_id


def test_an_old_log_folds_to_what_it_said(log: Log) -> None:
    """Scores, outcomes, priorities, permissions and the signature."""
    log.store.insert_events(list(stored()))
    now = Area(log).now
    scores = {item: o.score for item, o in now.outcomes.items() if o.score is not None}
    assert scores == {"5.1": 2, "5.2": 3}
    assert set(now.outcomes["5.2"].dissent) == {"school-1"}
    assert now.assessment.priorities is not None
    assert now.assessment.permissions == {"dfe": True}
    assert now.assessment.signed_off is None
    assert [one.closed for one in now.rounds] == [True]
    assert now.rounds[0].measured is not None
    answers = now.interviews[1, "police-1"].answers
    assert {item: answer.score for item, answer in answers.items()} == {"5.1": 1, "5.2": 3}
    assert now.interviews[1, "school-2"].withdrawn


def test_a_log_of_the_second_release_folds_to_what_it_said(log: Log) -> None:
    """A coordinator, a link, a handing on, evidence with a file, and what should come first."""
    log.store.insert_events(list(stored()))
    now = Area(log, UUID(int=9)).now
    round_, mine = now.rounds[0], now.interviews[1, "police-1"]
    assert list(now.assessment.coordinators) == ["coordinator-1"]
    assert round_.links == {"01" * 32: "police-1"}
    assert not round_.paused
    assert dict(round_.invited) == {"police-1": ("5.1",), "police-2": ("5.2",)}
    assert mine.named == ("5.1",)
    assert [note.evidence.kind for note in mine.notes.values() if note.evidence] == ["file"]


def test_a_log_of_the_fourth_release_folds_to_what_it_said(log: Log) -> None:
    """Who may read, what is to be done, and a way in that was used and left."""
    log.store.insert_events(list(stored()))
    now = Area(log, UUID(int=12)).now
    assert list(now.assessment.readers) == ["auditor-1"]
    outcome = now.outcomes["5.1"]
    assert {n: one.owner is not None for n, one in outcome.actions.items()} == {1: True, 2: True}
    assert outcome.ended == {1}


def test_a_log_of_the_sixth_release_folds_to_what_it_said(log: Log) -> None:
    """A person was corrected; their link was issued and revoked, and they were told by hand."""
    log.store.insert_events(list(stored()))
    assessment = UUID(int=0x11)
    state, round = log.assessment(assessment), log.rounds(assessment)[0]
    assert (state.panel["police-1"].agency, state.panel["police-1"].zone) == (
        "Police",
        "Europe/Paris",
    )
    assert state.links == {}
    assert round.worktime("police-1").zone == "Europe/Paris"


def test_what_an_area_filled_in_folds_to_what_it_said(log: Log) -> None:
    """A word explained, a table of one row, and one of two pieces of evidence taken back."""
    log.store.insert_events(list(stored()))
    state = log.assessment(UUID(int=0x17))
    assert list(state.terms) == ["lead-practitioner"]
    ((group, people),) = state.tables["workforce"]
    assert (group.column, group.words is not None, people.number) == ("group", True, 41)
    assert {n: one.asked_as for n, one in state.attached.items()} == {1: "strategy"}
    assert state.attached_ever == 2


def test_a_way_in_that_was_asked_for_folds_to_what_it_said(log: Log) -> None:
    """When it was asked for, and the link that was offered for it."""
    log.store.insert_events(list(stored()))
    state = log.read(sign_in_stream(UUID(int=0x2B), "coordinator-1"))
    assert [at.isoformat() for at in state.asked] == ["2026-12-02T09:03:00+00:00"]
    assert list(state.links) == ["2a" * 32]


def test_what_a_feedback_round_may_show_folds_to_what_it_said(log: Log) -> None:
    """What of each descriptor's figures may be told was decided when it was measured."""
    log.store.insert_events(list(stored()))
    (round,) = log.rounds(UUID(int=0x10E))
    assert round.measured is not None
    assert {one.item: one.tells for one in round.measured.left} == {"5.1": "middle", "5.2": "none"}


def test_what_was_held_and_announced_folds_to_what_it_said(log: Log) -> None:
    """The hold was taken back, the first list was done, and the second stands."""
    log.store.insert_events(list(stored()))
    stands = standing(log, UUID(int=0x18))
    assert stands.announced is not None
    assert (stands.held, stands.announced.people) == (False, ("police-2",))
