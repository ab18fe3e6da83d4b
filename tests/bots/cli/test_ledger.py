"""`ehsg ledger` as it is typed: brought up to date, published, given to people, and checked."""

from __future__ import annotations

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from support.ehsg import ehsg
from support.log import spoiled
from support.story.story import PANEL, Story, agree_and_split

from ehsg_events.ledger.leaves import digest_of, leaf_of
from ehsg_events.ledger.notes import Checkpoint, checkpoint_of, is_signed, signed, verifier_of
from ehsg_events.ledger.proofs import Proof
from ehsg_events.ledger.signing_key import make_signer
from ehsg_events.ledger.tree import leaf_hash


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A round that was closed, on a log without a ledger."""
    with Story(tmp_path / "data") as story:
        agree_and_split(story.opened(PANEL)).round_closed()
    return tmp_path / "data"


def key_of(data: Path) -> str:
    """The ledger's key, as the command tells it to a program."""
    return str(ehsg(data, "ledger", "sign", "--json").document["key"])


def test_alone_it_begins_and_shows_the_ledger(data: Path) -> None:
    """For people and for programs the same; nothing new is signed the second time."""
    first = ehsg(data, "ledger")
    document = ehsg(data, "ledger", "sign", "--json").document
    assert first.code == 0
    assert document["checkpoint"] in first.out + "\n"
    assert is_signed(document["checkpoint"], verifier_of(document["key"]))
    assert checkpoint_of(document["checkpoint"]).size == document["facts"]


def test_verify_names_what_was_altered_beside_it(data: Path, tmp_path: Path) -> None:
    """And goes on from a checkpoint that was kept, which it takes from a file."""
    kept = tmp_path / "kept.txt"
    kept.write_text(ehsg(data, "ledger", "sign", "--json").document["checkpoint"])
    well = ehsg(data, "verify", "--checkpoint", str(kept))
    assert (well.code, "It goes on from the checkpoint that you kept" in well.out) == (0, True)
    at = spoiled.last(data, "AnswerGiven")
    spoiled.rewritten(data, at, lambda state: state.replace('"score": ', '"score":  '))
    found = ehsg(data, "verify", "--json")
    assert found.code == 1
    assert [one["position"] for one in found.document["faults"] if one["part"] == "ledger"] == [at]


def test_that_it_was_made_anew_is_said_by_whoever_shows_it(data: Path) -> None:
    """At once and ever after, to people and to programs; before that, that none is there."""
    ehsg(data, "ledger")
    assert "begun anew" not in ehsg(data, "verify").out
    shutil.rmtree(data / "ledger")
    gone = ehsg(data, "verify")
    assert (gone.code, "none lies here" in gone.out) == (1, True)
    assert "has no ledger yet" not in gone.out
    begun, since = (
        ehsg(data, "ledger", "sign", "--json").document[name] for name in ("begun", "since")
    )
    assert begun < since
    for words in (("ledger",), ("verify",)):
        ran = ehsg(data, *words)
        assert (ran.code, "it was begun anew under another key" in ran.out) == (0, True)


def test_a_ledger_whose_checkpoints_are_gone_is_not_called_none(data: Path) -> None:
    """It was begun, which the log says: only nothing of it is signed."""
    ehsg(data, "ledger", "sign")
    with spoiled.unguarded_ledger(data) as ledger:
        ledger.execute("DELETE FROM checkpoint WHERE size > 0")
    said = ehsg(data, "verify").out
    assert "Nothing is signed here" in said
    assert "no ledger yet" not in said


@pytest.mark.parametrize("opened", [b"", b"\xff\xfe", b"\n\n", b"a\nb\nc\nd\n\x1b[31m"])
def test_a_proof_of_no_text_is_no_traceback(data: Path, tmp_path: Path, opened: bytes) -> None:
    """Whoever holds a ledger's key can sign a proof of anything."""
    signer = make_signer(tmp_path / "key", "another/ledger")
    root = leaf_hash(leaf_of(1, digest_of(opened)))
    proof = Proof(opened, 1, (), signed(Checkpoint(signer.name, 1, root), signer))
    (tmp_path / "a.tlog-proof").write_text(str(proof))
    ran = ehsg(
        data, "ledger", "check", str(tmp_path / "a.tlog-proof"), "--key", str(signer.verifier)
    )
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("kept", ["no checkpoint", None])
def test_what_is_no_checkpoint_is_refused(data: Path, tmp_path: Path, kept: str | None) -> None:
    """As is a file that is not there."""
    if kept:
        (tmp_path / "kept.txt").write_text(kept)
    ran = ehsg(data, "verify", "--checkpoint", str(tmp_path / "kept.txt"))
    assert ran.code == 2
    assert "checkpoint" in ran.err


def test_it_is_published_once_into_a_new_folder(data: Path, tmp_path: Path) -> None:
    """As C2SP has it; over nothing that is there."""
    out = tmp_path / "ledger"
    assert ehsg(data, "ledger", "publish", "--out", str(out)).code == 0
    assert checkpoint_of((out / "checkpoint").read_text()).size > 20
    assert len([*(out / "tile" / "entries").rglob("*")]) >= 1
    again = ehsg(data, "ledger", "publish", "--out", str(out))
    assert (again.code, "nothing is written over it" in again.err) == (2, True)


def test_somebodys_proofs_are_written_and_checked_without_the_log(
    data: Path, tmp_path: Path
) -> None:
    """Each by the key that was told; one letter altered is found, and by another key none holds."""
    key, out = key_of(data), tmp_path / "proofs.zip"
    ran = ehsg(data, "ledger", "receipt", "--as", "police-1", "--out", str(out))
    assert ran.code == 0, ran.err
    with ZipFile(out) as packed:
        packed.extractall(tmp_path / "mine")
    files = [str(file) for file in sorted((tmp_path / "mine" / "proofs").iterdir())]
    nowhere = tmp_path / "no-log"
    well = ehsg(nowhere, "ledger", "check", *files, "--key", key)
    assert (well.code, well.out.count("This was recorded")) == (0, len(files))
    told = ehsg(nowhere, "ledger", "check", *files, "--key", key, "--json").document
    assert all(one["fingerprint"] in well.out for one in told)
    first = Path(files[0])
    first.write_text(first.read_text().replace("index ", "index 1", 1))
    ill = ehsg(nowhere, "ledger", "check", *files, "--key", key, "--json")
    assert ill.code == 1
    assert [one["holds"] for one in ill.document] == [False, *[True] * (len(files) - 1)]
    other = ehsg(data, "ledger", "new-key", "--json").document["key"]
    assert ehsg(nowhere, "ledger", "check", *files, "--key", other).code == 1


def test_of_an_open_round_nobody_elses_proofs_are_written(tmp_path: Path) -> None:
    """They tell how somebody answered; their own page gives them to themselves."""
    with Story(tmp_path / "data") as story:
        agree_and_split(story.opened(PANEL))
    out = tmp_path / "proofs.zip"
    ran = ehsg(tmp_path / "data", "ledger", "receipt", "--as", "police-1", "--out", str(out))
    assert (ran.code, out.exists()) == (2, False)


def test_a_new_key_is_told_and_the_old_one_signs_beside_it(data: Path) -> None:
    """Until its file is deleted, which the command names."""
    old = key_of(data)
    changed = ehsg(data, "ledger", "new-key", "--json").document
    document = ehsg(data, "ledger", "sign", "--json").document
    assert document["keys"] == [old, changed["key"]]
    assert all(is_signed(document["checkpoint"], verifier_of(key)) for key in document["keys"])
    assert Path(changed["before"]).exists()
