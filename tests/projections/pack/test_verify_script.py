"""The verifier in the pack: it takes an honest pack, and finds whatever an insider alters."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from support.story.packed import (
    FACTS,
    HEAD,
    Files,
    Made,
    beside,
    handed_over,
    lay_key,
    made,
    run,
    told,
)
from support.story.story import PANEL, Story, agree_and_split
from support.witness_server import WitnessServer

from ehsg_events.kernel import TOPICS
from ehsg_events.ledger.notes import Signer
from projections.pack import verify


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_it_reads_a_fact_of_whatever_topic(topic: str) -> None:
    """Somebody's signing in, too: a pack with a fact that it cannot read would seem to be damaged."""
    about = b'{"position":7,"salt":"%s","stream":"%s","version":1,"topic":"%s","state":{}}'
    line = about % (b"0" * 64, b"0" * 36, topic.encode())
    assert verify.fact_of(line).what == topic


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A pack to which nothing was done."""
    return told(tmp_path_factory.mktemp("honest"))


def line_with(files: Files, text: bytes) -> bytes:
    """The first line of the facts with a text."""
    return next(line for line in files[FACTS].splitlines() if text in line)


def replaced(files: Files, name: str, old: bytes, new: bytes) -> Files:
    """A pack with something else in one place of a file."""
    assert old in files[name]
    return files | {name: files[name].replace(old, new, 1)}


def left_out(files: Files, text: bytes) -> Files:
    """A pack without the first fact with a text."""
    return replaced(files, FACTS, line_with(files, text) + b"\n", b"")


def twice(files: Files, text: bytes) -> Files:
    """A pack that tells the first fact with a text two times."""
    line = line_with(files, text)
    return replaced(files, FACTS, line, line + b"\n" + line)


def remade(files: Files) -> Files:
    """A pack with another digest in its last leaf, from which all tiles follow."""
    name = entries(files)
    changed = files[name][:-3] + (b"0" if files[name][-3:-2] != b"0" else b"1") + files[name][-2:]
    hashes = [verify.sha256(b"\0", leaf) for leaf in verify.entries_of(changed)]
    return files | {name: changed} | dict(verify.tiles_of(hashes))


def flipped(files: Files, name: str, at: int) -> Files:
    """A pack with one byte changed."""
    content = bytearray(files[name])
    content[at] ^= 1
    return files | {name: bytes(content)}


def salt_in(files: Files) -> bytes:
    """The first fact's salt."""
    return files[FACTS].split(b'"salt":"', 1)[1][:64]


def swapped(files: Files) -> Files:
    """Two facts with each other's state."""
    lines = files[FACTS].split(b"\n")
    one, other = (line.partition(b'"state":') for line in lines[-3:-1])
    lines[-3:-1] = [one[0] + one[1] + other[2], other[0] + other[1] + one[2]]
    return files | {FACTS: b"\n".join(lines)}


def without(files: Files, *names: str) -> Files:
    """A pack without some files."""
    return {name: content for name, content in files.items() if name not in names}


def entries(files: Files) -> str:
    """The file of the last leaves."""
    return max(name for name in files if "/entries/" in name)


def first_tile(files: Files) -> str:
    """The file of the last leaves' hashes."""
    return max(name for name in files if "/tile/0/" in name)


SCORE = b'"score": 5'
ALTERED: dict[str, tuple[Callable[[Files], Files], set[int]]] = {
    "a score": (lambda f: replaced(f, FACTS, b'"score": 2', b'"score": 3'), {5, 7}),
    "one letter of a fact": (lambda f: replaced(f, FACTS, b"Anytown", b"anytown"), {5}),
    "a salt": (lambda f: replaced(f, FACTS, salt_in(f), b"0" * 64), {5}),
    "two facts' states": (swapped, {5, 6}),
    "a fact's time": (lambda f: replaced(f, FACTS, b"12:14:00Z", b"11:14:00Z"), {5, 6}),
    "an answer left out": (lambda f: left_out(f, b'"score": 2'), {6, 7}),
    "the end of an interview left out": (lambda f: left_out(f, SCORE), {7}),
    "a fact told twice": (lambda f: twice(f, b"AssessmentOpened"), {6}),
    "a leaf and its tiles": (remade, {3, 5}),
    "a tile": (lambda f: flipped(f, first_tile(f), 40), {3}),
    "a tile too many": (lambda f: f | {"ledger/tile/1/000": bytes(32)}, {3}),
    "no tile": (lambda f: without(f, first_tile(f)), {3}),
    "a leaf": (lambda f: flipped(f, entries(f), -5), {3, 5}),
    "a leaf's length": (lambda f: flipped(f, entries(f), 1), {3, 5}),
    "a signature": (lambda f: flipped(f, HEAD, -20), {2}),
    "the signed size": (lambda f: replaced(f, HEAD, b"\n4", b"\n3"), {2, 3, 5}),
    "a count": (lambda f: replaced(f, "models/consensus.csv", b"1,5.1,5,", b"1,5.1,6,"), {7}),
    "a median": (lambda f: replaced(f, "models/consensus.csv", b",3,2,2,", b",3,2,3,"), {7}),
    "a verdict": (lambda f: replaced(f, "models/consensus.csv", b"two_camps", b"agreed"), {7}),
    "the rule": (lambda f: replaced(f, "terms.json", b"0.75", b"0.55"), {7}),
}
"""By what is altered: how, and which steps say so."""


@pytest.mark.parametrize("what", ALTERED)
def test_what_an_insider_alters_is_found_by_its_step(
    honest: Made, tmp_path: Path, what: str
) -> None:
    """The checksums are made anew with it, so that the first step sees nothing."""
    alter, steps = ALTERED[what]
    said = handed_over(alter(honest.files), tmp_path, honest.key)
    assert said.wrong == steps, said.text
    assert said.code in {1, 2}
    assert "NOT all of this holds" in said.text


def test_no_byte_of_a_checkpoint_can_be_changed(honest: Made) -> None:
    """Of what is signed, nor of the signature: each has one form only."""
    key = verify.key_of(honest.key)
    assert verify.checkpoint_of(honest.files[HEAD]).is_signed(key)
    for at in range(len(honest.files[HEAD])):
        with suppress(*verify.DAMAGE):  # then it is said that it is damaged
            changed = verify.checkpoint_of(flipped(honest.files, HEAD, at)[HEAD])
            assert not changed.is_signed(key), at


def test_a_checkpoint_that_a_witness_signed_too_is_read_as_before(
    honest: Made, tmp_path: Path
) -> None:
    """In the pack, and where somebody kept it; the line of another is passed over."""
    note = honest.files[HEAD].decode()
    cosigned = note + WitnessServer().line(note.partition("\n\n")[0] + "\n")
    said = handed_over(honest.files | {HEAD: cosigned.encode()}, tmp_path, honest.key)
    assert (said.code, said.wrong) == (0, set()), said.text
    assert verify.checkpoint_of(cosigned.encode()).is_signed(verify.key_of(honest.key))


def test_an_honest_pack_holds_and_says_what_it_does_not_prove(honest: Made, tmp_path: Path) -> None:
    """Also beside a checkpoint that was kept, since which it has stood."""
    said = handed_over(honest.files, tmp_path / "pack", honest.key)
    assert (said.code, said.wrong) == (0, set()), said.text
    assert "No earlier checkpoint was given" in said.text
    said = beside(honest.kept, tmp_path, honest.key)
    assert said.code == 0
    assert f"The first {honest.kept.splitlines()[1].decode()} facts" in said.text


def test_what_came_after_a_withheld_fact_is_counted_as_not_checked(tmp_path: Path) -> None:
    """While a round is open; all else holds."""
    with Story(tmp_path / "data") as story:
        made(agree_and_split(story.opened(PANEL)).round_closed())
        story.round_opened()
        open_yet = made(story.answered("police-1", "5.2", "4"))
    unplaced = open_yet.files[FACTS].count(b'"position":null')
    assert unplaced
    said = handed_over(open_yet.files, tmp_path / "pack", open_yet.key)
    assert said.code == 0, said.text
    assert f"{unplaced} of " in said.text
    assert "NOTHING here vouches for these" in said.text


def test_a_file_that_was_changed_added_or_lost_is_named(honest: Made, tmp_path: Path) -> None:
    """By whoever does not make the checksums anew."""
    names = {"README.txt", "models/asked.csv", "guide/ehsg-2022@1.yaml"}
    files = without(honest.files, "trail.md") | {"more.txt": b""}
    for name in names:
        files = flipped(files, name, 9)
    files["SHA256SUMS"] = (hashlib.sha256(b"").hexdigest() + "  trail.md\n").encode()
    said = handed_over(files, tmp_path, honest.key, sums=False)
    assert 1 in said.wrong
    assert said.text.count("altered, added or taken away") == verify.MOST
    listed = {name for name in files if name != "SHA256SUMS"} | {"trail.md"}
    assert f"and {len(listed) - verify.MOST} more like these" in said.text


def test_a_history_written_anew_is_found_by_whoever_kept_a_checkpoint(
    honest: Made, tmp_path: Path
) -> None:
    """With the real key, another score from the beginning: nobody else can find it."""
    anew = told(tmp_path / "data", honest.key_file, "000554")
    assert anew.key == honest.key
    said = handed_over(anew.files, tmp_path / "pack", honest.key)
    assert said.code == 0, said.text
    said = beside(honest.kept, tmp_path, honest.key)
    assert (said.code, said.wrong) == (1, {4})
    assert "was rewritten since" in said.text


def test_a_log_that_was_put_back_is_found_by_whoever_kept_a_checkpoint(
    honest: Made, tmp_path: Path
) -> None:
    """With the real key, it ends before what was kept."""
    with Story(tmp_path / "data") as story:
        lay_key(story, honest.key_file)
        shorter = made(story.opened(PANEL))
    assert handed_over(shorter.files, tmp_path / "pack", honest.key).code == 0
    said = beside(honest.kept, tmp_path, honest.key)
    assert (said.code, said.wrong) == (1, {4})
    assert "taken back" in said.text


def test_another_key_signs_nothing(honest: Made, tmp_path: Path) -> None:
    """Neither under another name nor under the same one, nor beside the real one's name and id."""
    handed_over(honest.files, tmp_path, honest.key)
    for name in (honest.signer.name, "ehsg/other"):
        other = Signer(name, Ed25519PrivateKey.generate())
        assert run(str(tmp_path), "--key", str(other.verifier)).wrong == {2}
    head = honest.files[HEAD].decode().partition("\n\n")[0] + "\n"
    line = Signer(honest.signer.name, Ed25519PrivateKey.generate()).line(head)
    (tmp_path / HEAD).write_text(f"{head}\n{line}", encoding="utf-8")
    assert run(str(tmp_path), "--key", honest.key).wrong == {1, 2}
    both = f"{head}\n{line}\u2014 somebody else\n{honest.signer.line(head)}"
    (tmp_path / HEAD).write_text(both, encoding="utf-8")
    assert run(str(tmp_path), "--key", honest.key).wrong == {1}


def test_a_checkpoint_by_an_earlier_key_is_taken_if_that_key_is_given(
    honest: Made, tmp_path: Path
) -> None:
    """And one that nobody signed never is."""
    handed_over(honest.files, tmp_path / "pack", honest.key)
    head = honest.kept.decode().partition("\n\n")[0] + "\n"
    earlier = Signer(honest.signer.name, Ed25519PrivateKey.generate())
    (tmp_path / "kept").write_text(f"{head}\n{earlier.line(head)}", encoding="utf-8")
    given = (str(tmp_path / "pack"), "--checkpoint", str(tmp_path / "kept"), "--key", honest.key)
    assert run(*given).wrong == {4}
    assert run(*given, "--key", str(earlier.verifier)).code == 0


DAMAGED = (HEAD, FACTS, "models/consensus.csv", "terms.json", "SHA256SUMS", "ledger/tile/entries")


@pytest.mark.parametrize("name", DAMAGED)
@pytest.mark.parametrize("content", [None, b"", b"\xff\x00 \n\n\xe2\x80\x94 \n", b"[" * 9000])
def test_a_damaged_or_missing_file_is_named(
    honest: Made, tmp_path: Path, name: str, content: bytes | None
) -> None:
    """In a sentence, whatever is in it."""
    name = next(one for one in honest.files if one.startswith(name))
    files = without(honest.files, name) | ({} if content is None else {name: content})
    said = handed_over(files, tmp_path, honest.key, sums=name != "SHA256SUMS")
    assert said.code in {1, 2}
    assert said.wrong
    assert name in said.text or name == FACTS, said.text


@pytest.mark.parametrize("word", ["", "name", "a+b+c", "ehsg/1+00000000+AAAA", "\udcff+\n+="])
def test_without_a_folder_or_a_key_it_says_what_is_needed(
    honest: Made, tmp_path: Path, word: str
) -> None:
    """And where a key is told."""
    assert "from outside the pack" in run(str(tmp_path)).text
    said = run(str(tmp_path), "--key", word)
    assert said.code == 2
    assert "from outside the pack" in said.text
    name, number, public = honest.key.split("+", 2)
    other = f"{name}+{int(number, 16) ^ 1:08x}+{public}"
    assert "from outside the pack" in run(str(tmp_path), "--key", other).text
    no_folder = run(str(tmp_path / "none"), "--key", honest.key)
    assert no_folder.code == 2
    assert "is no folder" in no_folder.text
    assert run(str(tmp_path), "--key", honest.key).code == 2
