"""Somebody is forgotten: nothing personal of theirs is left in any file, and the log stands."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Barrier, Thread

import pytest
from support.ehsg import shell
from support.story.story import Story

from ehsg_events.commands import links, panel
from ehsg_events.commands import people as naming
from ehsg_events.events import NoteGiven, PersonForgotten, StakeholderCorrected
from ehsg_events.kernel import Refused
from ehsg_events.log import sealed_texts
from ehsg_events.log.log import Log
from ehsg_events.panel.member import Member
from ehsg_events.rights import forgetting
from ehsg_events.rights.forgetting import Forgetting

NEWCOMER = Member("police-1", "Bo Berg", "Police", "officer", ("5.1",), None)
PLANTED = "The planted sentence of police-1"


def told(story: Story) -> Story:
    """Two people say something, and both have a name and a link."""
    story.round_opened().answered("police-1", "5.1", "2").answered("health-1", "5.1", "4")
    story.noted("police-1", "5.1", "working-well", PLANTED)
    story.noted("health-1", "5.1", "working-well", "Said by another")
    for person in ("police-1", "health-1"):
        links.issue(story.log, story.stamp(), story.assessment, person)
    return story


def forget(story: Story, person: str = "police-1", log: Log | None = None) -> Forgetting:
    """The coordinator forgets somebody."""
    stamp = story.stamp()
    return forgetting.forget(log or story.log, stamp, story.assessment, person, "by letter")


def pieces(log: Log, person: str) -> list[bytes]:
    """Every sealed text of a person and their key as they lie on the disk."""
    (assessment, *_), *_ = log.assessments()
    key = log.vault.keys.wrapped(assessment, person)
    assert key is not None
    return [body for _, body in log.store.texts_of(assessment, person)] + [key]


def stands_in(folder: Path, sought: list[bytes]) -> set[str]:
    """The files that hold any of some bytes."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert len(files) > 3, "the log, what is written ahead of it, and the keys"
    return {file.name for file in files if any(one in file.read_bytes() for one in sought)}


def test_what_was_theirs_is_in_no_file_while_another_process_has_the_log_open(
    story: Story,
) -> None:
    """Neither a ciphertext nor a key, also not in the write-ahead log; the other loses its copy."""
    told(story)
    other = Log(story.log.folder)
    notes = [r.fact for r in story.log.all() if isinstance(r.fact, NoteGiven)]
    assert [other.text(note.words) for note in notes] == [PLANTED, "Said by another"]
    sought = pieces(story.log, "police-1")
    assert len(sought) > 3
    assert stands_in(story.log.folder, sought) >= {"log.sqlite-wal", "keys.sqlite"}
    done = forget(story)
    assert done.is_complete
    assert stands_in(story.log.folder, sought) == set()
    assert [other.opened(note.words).loss for note in notes] == ["forgotten", None]
    assert [story.log.shown(note.words) for note in notes][1] == "Said by another"
    other.close()


def test_a_text_that_is_gone_without_such_a_fact_is_missing_and_not_forgotten(
    story: Story,
) -> None:
    """Only the very texts that the fact names were forgotten."""
    told(story)
    health = story.log.assessment(story.assessment).panel["health-1"]
    with story.log.store.datastore.transaction(commit=True) as cursor:  # type: ignore[attr-defined]
        cursor.execute("DELETE FROM sealed_text WHERE id = ?", (health.name.id.hex,))
    forget(story)
    police = story.log.assessment(story.assessment).panel["police-1"]
    assert story.log.opened(health.name).loss == "text missing"
    assert story.log.opened(police.name).loss == "forgotten"


def test_every_fact_stands_and_one_says_so(story: Story) -> None:
    """By whom and why; the answer still counts."""
    told(story)
    before = [*story.log.all()]
    done = forget(story)
    after = [*story.log.all()]
    assert after[: len(before)] == before
    (fact,) = (r for r in after if isinstance(r.fact, PersonForgotten))
    assert (fact.stamp.by, fact.position, fact.fact) == ("coordinator", done.position, done.fact)
    assert story.log.text(done.fact.because) == "by letter"
    assert story.log.situation(story.assessment).interviews[1, "police-1"].answers["5.1"].score == 2


def test_their_link_opens_nothing_and_they_are_asked_nothing_more(story: Story) -> None:
    """The link of another still does."""
    told(story)
    tokens = {p: links.known(story.log, story.assessment, p) for p in ("police-1", "health-1")}
    index = links.Links(story.log)
    forget(story)
    opened = {p: index.whose(str(token), story.stamp().at) for p, token in tokens.items()}
    assert {person: bool(holder) for person, holder in opened.items()} == {
        "police-1": False,
        "health-1": True,
    }
    state = story.log.assessment(story.assessment)
    assert "police-1" in state.released
    assert "police-1" not in story.log.newest_round(story.assessment).invited.keys() - {
        *story.log.newest_round(story.assessment).released
    }


def test_nothing_of_theirs_is_sealed_any_more(story: Story) -> None:
    """Neither words nor a name, and nobody else is given their id."""
    told(story)
    forget(story)
    with pytest.raises(Refused, match=r"asked nothing|forgotten|released"):
        story.noted("police-1", "5.1", "working-well", "once more")
    with pytest.raises(Refused, match="forgotten"):
        panel.correct(
            story.log, story.stamp(), story.assessment, "police-1", panel.Correction(name="Ann")
        )
    with pytest.raises(Refused, match="forgotten"):
        panel.join(story.log, story.stamp(), story.assessment, NEWCOMER)
    assert not story.log.store.has_texts_of(story.assessment, "police-1")


def test_whoever_types_while_they_are_forgotten_leaves_nothing(story: Story) -> None:
    """Of the two one is first: the words are deleted with the rest, or refused."""
    told(story)
    other, ready = Log(story.log.folder), Barrier(2)
    person = story.log.assessment(story.assessment).panel["police-1"]

    def types() -> None:
        ready.wait()
        for n in range(30):
            try:
                change = panel.Correction(name=f"Ann {n}")
                panel.correct(other, stamps[n], story.assessment, person.stakeholder, change)
            except Refused:
                return

    stamps = [story.stamp() for _ in range(30)]
    typing = Thread(target=types)
    typing.start()
    ready.wait()
    done = forget(story)
    typing.join()
    assert not story.log.store.has_texts_of(story.assessment, "police-1")
    named = [r.fact.name for r in story.log.all() if isinstance(r.fact, StakeholderCorrected)]
    lost = {story.log.opened(name).loss for name in named if name}
    assert lost <= {"forgotten"}
    assert done.is_complete
    other.close()


def test_whoever_is_interrupted_after_the_fact_destroys_the_key_at_the_next_opening(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No key is destroyed without a fact, and none outlives it."""
    told(story)
    sought = pieces(story.log, "police-1")

    def interrupted(_: object) -> list[object]:
        raise KeyboardInterrupt

    with monkeypatch.context() as interrupting:
        interrupting.setattr(type(story.log.forgotten), "finish", interrupted)
        with pytest.raises(KeyboardInterrupt):
            forget(story)
    assert story.log.vault.keys.wrapped(story.assessment, "police-1")
    with_log_closed = Log(story.log.folder)
    assert with_log_closed.vault.keys.wrapped(story.assessment, "police-1") is None
    assert stands_in(story.log.folder, sought) == set()
    with_log_closed.close()


def test_forgetting_again_records_nothing_and_looks_once_more(story: Story) -> None:
    """Such as after a backup was restored."""
    told(story)
    first = forget(story)
    again = forget(story)
    assert (again.again, again.position, again.is_complete) == (True, first.position, True)


def test_whoever_forgets_goes_on_recording_while_others_come_and_go(story: Story) -> None:
    """Looking through the files takes no lock from the log: else another would delete what is ahead."""
    told(story)
    forget(story)
    assert shell("--data", str(story.log.folder), "panel").code == 0
    story.answered("health-1", "5.2", "3")
    again = Log(story.log.folder)
    assert [*again.all()] == [*story.log.all()]
    again.close()


def test_a_file_that_cannot_be_looked_through_is_said(story: Story) -> None:
    """The certificate never says of such a file that nothing stands in it; looking again does."""
    told(story)
    endless = story.log.folder / "endless"
    endless.symlink_to(endless)
    with pytest.raises(Refused, match="could not all be looked through"):
        forget(story)
    endless.unlink()
    again = forget(story)
    assert (again.again, again.is_complete) == (True, True)


def test_nobody_else_is_forgotten(story: Story) -> None:
    """Whoever is on no panel, coordinates, or is all coordinators at once is refused."""
    told(story)
    naming.name_coordinator(story.log, story.stamp(), story.assessment, "Jo Blogs")
    for person, why in (("nobody-9", "Nothing is kept"), ("coordinator-1", "still coordinates")):
        with pytest.raises(Refused, match=why):
            forget(story, person)
    with pytest.raises(Refused, match="reasons"):
        forget(story, "coordinator")


def test_while_another_program_holds_on_to_the_log_that_is_said(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was deleted stands in the write-ahead log until it ends; then it is gone."""
    told(story)
    sought = pieces(story.log, "police-1")
    monkeypatch.setattr(sealed_texts, "PATIENCE", 1)
    with closing(sqlite3.connect(story.log.folder / "log.sqlite")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sealed_text").fetchone()
        done = forget(story)
        assert (done.traces.held, done.is_complete) == (True, False)
        assert "log.sqlite-wal" in done.traces.found_in
    assert forget(story).is_complete
    assert stands_in(story.log.folder, sought) == set()


def test_the_reason_may_not_hold_their_name(story: Story) -> None:
    """It is kept, so that they would not be forgotten."""
    told(story)
    stamp, why = story.stamp(), "a letter of SURNAME, of today"
    with pytest.raises(Refused, match="part of their name"):
        forgetting.forget(story.log, stamp, story.assessment, "police-1", why)
    assert story.log.store.has_texts_of(story.assessment, "police-1")
