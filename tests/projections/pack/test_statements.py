"""A statement for each score: strangers take it, and nobody alters it or passes off another one."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.places import ROOT
from support.story.packed import (
    Made,
    handed_over,
)
from support.story.scored import ONE, OTHER, foreign, of_scores, payload, told
from support.strangers import installed

from ehsg_events.ledger.envelopes import canonical, enclosed
from projections.pack import statements, verify

DRIVER = ROOT / "tests" / "support" / "strangers" / "in_toto_driver.py"
Alter = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Made]:
    """The two packs, to which nothing was done."""
    return told(tmp_path_factory.mktemp("honest") / "data")


@pytest.fixture(scope="module")
def honest(both: tuple[Made, Made]) -> Made:
    """The newer pack."""
    return both[1]


def test_an_honest_pack_holds_with_a_statement_for_every_score(
    honest: Made, tmp_path: Path
) -> None:
    """Its figures are the published ones, and its leaves those of the facts that count."""
    said = handed_over(honest.files, tmp_path, honest.key)
    assert (said.code, said.wrong) == (0, set()), said.text
    assert "8 ok" in said.text
    assert "2 of 2 scores have a signed statement" in said.text
    assert of_scores(honest.files) == {ONE, OTHER}
    facts = [json.loads(line) for line in honest.files["facts.jsonl"].splitlines()]
    by_leaf = {fact["position"] - 1: fact for fact in facts}
    about = payload(honest.files[OTHER])["predicate"]
    named = [by_leaf[leaf] for leaf in about["leaves"]]
    answers = [one["state"]["fact"]["score"] for one in named if "Answer" in one["topic"]]
    assert sorted(answers) == [0, 0, 4, 5, 5, 5]  # the skip leaves what was said in the first round
    assert [one["topic"] for one in named if "Answer" not in one["topic"]] == [
        "round.RoundClosed.v1", "round.RoundMeasured.v1", "outcome.OutcomeModerated.v1",
    ]  # fmt: skip
    result = {"round": 2, "n": 6, "median": 4.5, "verdict": "two_camps", "reached": "moderated"}
    assert result.items() <= about["result"].items()
    assert payload(honest.files[ONE])["predicate"]["result"]["reached"] == "adopted"


@pytest.mark.slow
def test_strangers_take_a_statement_and_none_that_was_altered(honest: Made, tmp_path: Path) -> None:
    """By libraries that nobody here wrote: the signature, and that it is a statement of in-toto."""
    python = installed.secure_systems()
    whole = json.loads(honest.files[ONE])
    kinds = {
        "honest": honest.files[ONE],
        "other": honest.files[OTHER],
        "payload": flipped_in(whole, "payload"),
        "signature": flipped_in(whole, "sig"),
        "kind": json.dumps(whole | {"payloadType": "application/json"}).encode(),
        "foreign": enclosed(foreign(honest), statements.KIND, base64.b64decode(whole["payload"])),
        "no statement": enclosed(honest.signer, statements.KIND, b'{"_type":"other"}'),
    }
    for name, content in kinds.items():
        (tmp_path / name).write_bytes(content)
    keyid, public = whole["signatures"][0]["keyid"], honest.signer.verifier.public.hex()
    given = [str(one) for one in (python, DRIVER, keyid, public, *map(tmp_path.joinpath, kinds))]
    done = subprocess.run(given, capture_output=True, text=True, check=True)
    subjects = [payload(honest.files[name]) for name in (ONE, OTHER)]
    expected = [
        f"{said['subject'][0]['name']} {said['subject'][0]['digest']['sha256']} {said['predicateType']}"
        for said in subjects
    ]
    assert done.stdout.splitlines() == expected + ["refused"] * 5, done.stderr


def flipped_in(whole: dict[str, Any], part: str) -> bytes:
    """An envelope with one bit of its payload or signature altered."""
    holder = whole if part == "payload" else whole["signatures"][0]
    content = bytearray(base64.b64decode(holder[part]))
    content[len(content) // 2] ^= 1
    changed = {part: base64.b64encode(content).decode()}
    if part == "payload":
        return json.dumps(whole | changed).encode()
    return json.dumps(whole | {"signatures": [holder | changed]}).encode()


def test_no_byte_of_a_statement_can_be_altered(honest: Made) -> None:
    """Neither of what is signed nor of the signature, nor of what stands about them."""
    content, keys = honest.files[ONE], [verify.key_of(honest.key)]
    assert verify.payload_of(content, keys)
    end = len(content) - 260  # the payload's end, its kind, the key's id and the signature
    for at in [*range(0, end, 13), *range(end, len(content))]:
        for bit in (1, 32):
            changed = bytearray(content)
            changed[at] ^= bit
            try:
                assert not verify.payload_of(bytes(changed), keys), at
            except verify.DAMAGE:
                continue


def test_a_statement_that_was_altered_or_is_of_another_key_is_named(
    honest: Made, tmp_path: Path
) -> None:
    """By its step, and by no other."""
    whole = json.loads(honest.files[ONE])
    other = enclosed(foreign(honest), statements.KIND, base64.b64decode(whole["payload"]))
    signed = whole["signatures"][0]
    more = {"signatures": [signed | {"cert": "none"}]}
    spaced = json.dumps(whole).encode()
    twice = b'{"payload":"e30=",' + honest.files[ONE][1:]
    altered = flipped_in(whole, "payload"), flipped_in(whole, "sig"), other, spaced, twice
    two = canonical(whole | {"signatures": [signed, signed]}).encode() + b"\n"
    for content in (*altered, two, (canonical(whole | more) + "\n").encode()[1:], b"{}", b""):
        said = handed_over(honest.files | {ONE: content}, tmp_path, honest.key)
        assert said.wrong == {8}, said.text
        assert "statements/5.1.dsse.json" in said.text


def _drop_leaf(about: dict[str, Any]) -> None:
    about["predicate"]["leaves"].pop(2)


def _into(*path: str | int, value: Any) -> Alter:
    """Puts something else in one place of a statement."""

    def alter(about: Any) -> None:
        *way, last = path
        for step in way:
            about = about[step]
        about[last] = value

    return alter


IN_RESULT = {"score": 5, "level": "5", "n": 5, "median": 4, "verdict": "not_agreed", "round": 1,
             "reached": "moderated", "item": "5.2", "area": "Otherton", "guide": "other@1"}  # fmt: skip
FALSE: dict[str, Alter] = {
    "a leaf left out": _drop_leaf,
    "a leaf more": lambda about: about["predicate"]["leaves"].insert(0, 0),
    "a leaf twice": lambda about: about["predicate"]["leaves"].insert(0, about["predicate"]["leaves"][0]),
    "the size": _into("predicate", "ledger", "size", value=9),
    "the root": _into("predicate", "ledger", "root", value=base64.b64encode(bytes(32)).decode()),
    "the origin": _into("predicate", "ledger", "origin", value="ehsg/other"),
    "the rule": _into("predicate", "method", "rule", "agreed_share", value=0.5),
    "the guide": _into("predicate", "method", "guide", "digest", "sha256", value="0" * 64),
    "more than is known": _into("predicate", "approved", value=True),
    "the name": _into("subject", 0, "name", value="Anytown/ehsg-2022@1/5.3"),
    "the digest": _into("subject", 0, "digest", "sha256", value="0" * 64),
    "the form": _into("_type", value="https://in-toto.io/Statement/v0.1"),
    "the predicate": _into("predicateType", value="https://slsa.dev/provenance/v1"),
    "no leaves": lambda about: about["predicate"].pop("leaves"),
    "no method": lambda about: about["predicate"].pop("method"),
    "no engine": lambda about: about["predicate"].pop("engine"),
    **{f"its {name}": _into("predicate", "result", name, value=one) for name, one in IN_RESULT.items()},
}  # fmt: skip


@pytest.mark.parametrize("what", FALSE)
def test_what_the_keys_holder_states_falsely_is_found(
    honest: Made, tmp_path: Path, what: str
) -> None:
    """Signed with the real key, beside facts that say something else."""
    about = payload(honest.files[ONE])
    FALSE[what](about)
    result = about["predicate"]["result"]
    if what.startswith("its "):  # then the digest is that of what is stated
        digest = verify.sha256(canonical(result).encode()).hex()
        about["subject"][0]["digest"]["sha256"] = digest
    content = enclosed(honest.signer, statements.KIND, canonical(about).encode())
    said = handed_over(honest.files | {ONE: content}, tmp_path, honest.key)
    assert said.wrong == {8}, said.text


def test_a_statement_of_another_pack_or_score_is_refused(
    both: tuple[Made, Made], tmp_path: Path
) -> None:
    """Of an earlier pack of the same ledger, of another ledger under the same key, of another item."""
    earlier, honest = both
    another, _ = told(tmp_path / "data", honest.key_file)
    item_3 = "statements/5.3.dsse.json"
    for name, content in (
        (ONE, earlier.files[ONE]),
        (ONE, another.files[ONE]),
        (ONE, honest.files[OTHER]),
        (item_3, honest.files[ONE]),
    ):
        folder = tmp_path / f"pack-{name[11:14]}-{len(content)}"
        said = handed_over(honest.files | {name: content}, folder, honest.key)
        assert said.wrong == {8}, said.text


@pytest.mark.parametrize(
    ("name", "old", "new", "steps"),
    [
        ("guide/ehsg-2022@1.yaml", b"a", b"b", {7}),
        ("terms.json", b'"guide_sha256": "', b'"guide_sha256": "0', {7}),
        ("terms.json", b'"highest": 5', b'"highest": 9', {7}),
        ("models/consensus.csv", b"true,two_camps", b"true,not_agreed", {7, 8}),
    ],
)
def test_another_guide_or_verdict_is_found(
    honest: Made, tmp_path: Path, name: str, old: bytes, new: bytes, steps: set[int]
) -> None:
    """Whoever alters them makes the checksums anew."""
    content = honest.files[name]
    assert old in content
    said = handed_over(honest.files | {name: content.replace(old, new)}, tmp_path, honest.key)
    assert said.wrong == steps, said.text
