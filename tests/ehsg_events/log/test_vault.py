"""Sealed text: unreadable without its key, unmovable, and gone when its key is gone."""

from __future__ import annotations

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.log.sealed_before import sealed_before

from ehsg_events.kernel import Refused
from ehsg_events.log.keys import Keys
from ehsg_events.log.vault import Opened, Sealed, Vault
from ehsg_events.states.streams import interview_stream
from ehsg_events.values.places import Place

HERE, THERE = UUID(int=1), UUID(int=2)
STREAM = interview_stream(HERE, 1, "police-1")
HELD = Place(3, "words")  # the one place at which a fact holds anything here


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """A vault with fresh keys."""
    return reopened(tmp_path)


def reopened(tmp_path: Path) -> Vault:
    """The same keys as another process would read them."""
    keys = Keys(tmp_path / "keys", tmp_path / "keys" / "kek")
    return Vault(keys, lambda *_: False, lambda _stream, place, _text: place == HELD)


def kept(vault: Vault, text: str, person: str = "police-1") -> Sealed:
    """A text as its row holds it, once a fact holds it."""
    return vault.bind(vault.seal(text, STREAM, person), HELD)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_what_was_sealed_can_be_read_by_who_has_the_key(vault: Vault, text: str) -> None:
    """Every letter of it; the ciphertext holds none."""
    sealed = kept(vault, text)
    assert vault.unseal(sealed) == Opened(text.encode(), None, "police-1")
    assert len(text) < 8 or text.encode() not in sealed.body


def test_the_same_text_twice_is_two_ciphertexts(vault: Vault) -> None:
    """Digests of guessable text would give it away."""
    one, two = (vault.seal("yes", STREAM, "police-1") for _ in range(2))
    assert one.body != two.body
    assert one.words.sha256 != two.words.sha256


def test_a_ciphertext_moved_to_another_place_is_unreadable(vault: Vault) -> None:
    """It is bound to its stream, its id and its person, and to the place in its fact."""
    sealed, other = kept(vault, "mine"), kept(vault, "other")
    vault.seal("key", STREAM, "health-1")
    renamed = sealed.words.model_copy(update={"id": UUID(int=9)})
    as_before = sealed.words.model_copy(update={"bound": "stream"})
    for moved in (
        replace(sealed, stream=interview_stream(HERE, 2, "police-1").id),
        replace(sealed, words=renamed),
        replace(sealed, words=as_before),
        replace(sealed, person="health-1"),
        replace(sealed, body=other.body),
        vault.bind(vault.seal("elsewhere", STREAM, "police-1"), Place(4, "words")),
        vault.bind(vault.seal("elsewhere", STREAM, "police-1"), Place(3, "name")),
        vault.seal("nowhere", STREAM, "police-1"),
    ):
        assert vault.unseal(moved) == Opened(None, "unreadable", moved.person)


def test_a_text_of_an_earlier_release_is_read_and_one_of_today_never_as_such(vault: Vault) -> None:
    """It is bound to its stream alone; whoever takes that mark off a newer one reads nothing."""
    older = sealed_before(vault, "as it was", STREAM, "police-1")
    assert vault.unseal(older).says == "as it was"
    assert vault.unseal(older, interview_stream(HERE, 2, "police-1").id).loss == "unreadable"
    renamed = older.words.model_copy(update={"bound": "fact"})
    assert vault.unseal(replace(older, words=renamed)).loss == "unreadable"


@given(at=st.integers(0, 74), by=st.integers(1, 255))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_altered_ciphertext_is_unreadable(vault: Vault, at: int, by: int) -> None:
    """The log promised another digest; nor can its place be altered."""
    sealed = kept(vault, "some words")
    body = bytearray(sealed.body)
    body[at] ^= by
    altered = vault.unseal(replace(sealed, body=bytes(body)))
    assert altered == Opened(None, "unreadable", "police-1")


def test_each_person_has_a_key_for_each_assessment(vault: Vault, tmp_path: Path) -> None:
    """Forgetting one person in one assessment forgets nobody else."""
    for assessment in (HERE, THERE):
        for person in ("police-1", "health-1"):
            vault.seal("x", interview_stream(assessment, 1, person), person)
    keys = Keys(tmp_path / "keys", tmp_path / "keys" / "kek")
    found = {keys.of(a, p) for a in (HERE, THERE) for p in ("police-1", "health-1")}
    assert len(found) == 4


def test_a_destroyed_key_is_missing_in_every_process_at_once(vault: Vault, tmp_path: Path) -> None:
    """No error: the fact still stands. The process that sealed the words does not remember it."""
    sealed = kept(vault, "mine")
    with sqlite3.connect(tmp_path / "keys" / "keys.sqlite") as db:
        db.execute("DELETE FROM person_key")
    db.close()
    for opens in (vault, reopened(tmp_path)):
        assert opens.unseal(sealed) == Opened(None, "key missing", "police-1")


def test_whoever_comes_meanwhile_costs_the_others_one_look_at_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file changes with each new person; nobody's key is then read again on its own."""
    here, there = (Keys(tmp_path / "keys", tmp_path / "keys" / "kek") for _ in range(2))
    people = [f"police-{number}" for number in range(20)]
    for person in people:
        there.made_for(HERE, person)
        there.made_for(THERE, person)
    looks: list[Keys] = []
    connect = Keys._connect

    def counted(keys: Keys) -> sqlite3.Connection:
        looks.append(keys)
        return connect(keys)

    known = [here.of(each, person) for each in (HERE, THERE) for person in people]
    monkeypatch.setattr(Keys, "_connect", counted)
    there.made_for(HERE, "school-1")
    looks.clear()
    assert [here.of(each, person) for each in (HERE, THERE) for person in people] == known
    assert looks == [here, here]  # one for each assessment
    assert here.of(HERE, "school-1") == there.of(HERE, "school-1") is not None


def test_keys_are_remembered_across_processes(vault: Vault, tmp_path: Path) -> None:
    """What one sealed another opens."""
    assert reopened(tmp_path).unseal(kept(vault, "mine")).says == "mine"


def test_only_the_owner_may_read_the_key_files(vault: Vault, tmp_path: Path) -> None:
    """0600 for the files, 0700 for their folder."""
    vault.seal("x", STREAM, "police-1")
    for name in ("kek", "keys.sqlite"):
        assert stat.S_IMODE((tmp_path / "keys" / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_the_keys_file_holds_no_key_in_clear(vault: Vault, tmp_path: Path) -> None:
    """They are wrapped by the key-encryption key, which may lie elsewhere."""
    vault.seal("x", STREAM, "police-1")
    keys = Keys(tmp_path / "keys", tmp_path / "keys" / "kek")
    key = keys.of(HERE, "police-1")
    assert key is not None
    assert key not in (tmp_path / "keys" / "keys.sqlite").read_bytes()
    assert (tmp_path / "keys" / "kek").read_bytes() not in (
        tmp_path / "keys" / "keys.sqlite"
    ).read_bytes()


def test_a_damaged_key_file_says_what_is_lost(tmp_path: Path) -> None:
    """It is never replaced by a new key."""
    (tmp_path / "kek").write_bytes(b"short")
    with pytest.raises(Refused, match="does not hold a key of 32 bytes"):
        Keys(tmp_path, tmp_path / "kek")
    assert (tmp_path / "kek").read_bytes() == b"short"


def test_many_who_come_first_at_once_share_one_key(tmp_path: Path) -> None:
    """None of them reads a key that is half written, and no draft is left."""
    with ThreadPoolExecutor(8) as pool:
        vaults = list(pool.map(lambda _: reopened(tmp_path), range(8)))
        sealed = list(pool.map(lambda v: kept(v, "x"), vaults))
    assert [vaults[0].unseal(one).says for one in sealed] == ["x"] * 8
    assert {path.name for path in (tmp_path / "keys").iterdir()} == {"kek", "keys.sqlite"}


def test_the_wrong_key_encryption_key_is_refused_before_anything_is_sealed(
    vault: Vault, tmp_path: Path
) -> None:
    """Else some keys would be wrapped in one and some in the other."""
    vault.seal("x", STREAM, "police-1")
    (tmp_path / "other").write_bytes(bytes(32))
    with pytest.raises(Refused, match="is not the key-encryption key of this data folder"):
        Keys(tmp_path / "keys", tmp_path / "other")


def test_a_lost_key_encryption_key_is_never_made_anew(vault: Vault, tmp_path: Path) -> None:
    """What it wrapped would be lost without a word."""
    vault.seal("x", STREAM, "police-1")
    for place in (tmp_path / "gone" / "kek", tmp_path):
        with pytest.raises(Refused, match="cannot be read"):
            Keys(tmp_path / "keys", place)
    assert not (tmp_path / "gone").exists()


def test_a_key_of_another_folder_is_as_good_as_none(vault: Vault, tmp_path: Path) -> None:
    """Its words are named as lost, nothing more is sealed with it, and others' are read as ever."""
    mine, theirs = (kept(vault, "x", name) for name in ("police-1", "health-1"))
    with sqlite3.connect(tmp_path / "keys" / "keys.sqlite") as db:
        db.execute("UPDATE person_key SET wrapped = zeroblob(40) WHERE person = 'police-1'")
    db.close()
    assert vault.unseal(mine).loss == "key missing"
    assert vault.unseal(theirs).says == "x"
    with pytest.raises(Refused, match=r"The key of police-1 in .* nothing was recorded"):
        vault.seal("y", STREAM, "police-1")


def test_the_keys_of_a_whole_panel_wait_for_the_disk_once(vault: Vault, tmp_path: Path) -> None:
    """And are as good as those made one by one; whoever has one keeps it."""
    people = [f"police-{n}" for n in range(50)]
    first = vault.keys.made_for(HERE, "police-3")
    before = commits(tmp_path)
    vault.prepare(HERE, people)
    assert commits(tmp_path) == before + 1
    made = [vault.keys.of(HERE, person) for person in people]
    assert len({*made}) == 50
    assert None not in made
    assert made[3] == first
    vault.prepare(HERE, people)
    assert commits(tmp_path) == before + 1


def test_who_has_texts_and_no_key_is_given_none_with_the_panel(tmp_path: Path) -> None:
    """A second key would hide that the first is missing, and what was sealed with it is lost."""
    keys = Keys(tmp_path / "keys", tmp_path / "keys" / "kek")
    vault = Vault(keys, lambda _, person: person == "police-1", lambda *_: True)
    vault.prepare(HERE, ["police-1", "police-2", "police-3"])
    assert keys.of(HERE, "police-1") is None
    assert keys.of(HERE, "police-2") is not None


def commits(folder: Path) -> int:
    """How often the file of keys was committed to, by its header."""
    return int.from_bytes((folder / "keys" / "keys.sqlite").read_bytes()[24:28], "big")
