"""A statement for each score: strangers take it, and nobody alters it or passes off another one."""

from __future__ import annotations

import base64
import io
import json
import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from support.ehsg import ehsg
from support.places import ROOT
from support.story.haphazard import Haphazard
from support.story.hidden import says_no_score, scores
from support.story.packed import (
    HEAD,
    Files,
    Made,
    as_told,
    handed_over,
    lay_key,
    made,
    run,
)
from support.story.story import NAMES, PANEL, Story
from support.strangers import installed

from bots.web.desk.downloads.files import FILES
from ehsg_events.ledger.envelopes import canonical, enclosed, enclosing
from ehsg_events.ledger.notes import Signer
from ehsg_events.ledger.sequencer import FOLDER, KEY
from projections.figures.agreement import Record
from projections.folded.outcome import outcomes
from projections.pack import statements, verify
from projections.pack.pack import pack

ONE, OTHER = "statements/5.1.dsse.json", "statements/5.2.dsse.json"
DRIVER = ROOT / "tests" / "support" / "strangers" / "in_toto_driver.py"
Alter = Callable[[dict[str, Any]], object]


def begun(story: Story) -> Story:
    """A first round: 3 is adopted on 5.1, two camps on 5.2."""
    story.opened(PANEL).round_opened()
    story.all_answered("5.1", dict(zip(NAMES, "333324", strict=True)))
    return story.all_answered("5.2", dict(zip(NAMES, "000555", strict=True))).round_closed()


def told(folder: Path, key_file: bytes = b"") -> tuple[Made, Made]:
    """A pack after the first round, and after a second, when 5.2 was settled by hand."""
    with Story(folder) as story:
        if key_file:
            lay_key(story, key_file)
        first = made(begun(story))
        story.round_opened().answered("police-1", "5.2", "4").answered("health-1", "5.2", "skip")
        return first, made(story.round_closed().moderated("5.2", "4", "so be it"))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Made]:
    """The two packs, to which nothing was done."""
    return told(tmp_path_factory.mktemp("honest") / "data")


@pytest.fixture(scope="module")
def honest(both: tuple[Made, Made]) -> Made:
    """The newer pack."""
    return both[1]


def of_scores(files: Files) -> set[str]:
    """The statements in a pack."""
    return {name for name in files if name.startswith("statements/")}


def payload(content: bytes) -> dict[str, Any]:
    """What a statement says."""
    said: dict[str, Any] = json.loads(base64.b64decode(json.loads(content)["payload"]))
    return said


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


def foreign(honest: Made) -> Signer:
    """Another key under the same name."""
    return Signer(honest.signer.name, Ed25519PrivateKey.generate())


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
    for content in (flipped_in(whole, "payload"), flipped_in(whole, "sig"), other, b"{}", b""):
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


# -- what an open round hides ----------------------------------------------------------------------
def of_an_open_round(folder: Path, *, says: bool) -> tuple[Made, dict[str, dict[str, Any]]]:
    """A pack that is made while some answer, and its statements but for the tree's digests."""
    with Story(folder) as story:
        made(begun(story))
        story.round_opened()
        for person in NAMES[:3]:
            if says:
                scores(story, person, "4", "words")
            else:
                says_no_score(story, person, "dont-know")
        packed = made(story)
    said = {name: payload(packed.files[name]) for name in of_scores(packed.files)}
    for one in said.values():
        one["predicate"]["ledger"] |= {"origin": "-", "root": "-"}
    return packed, said


def test_an_open_round_has_no_statement_for_what_it_hides(tmp_path: Path) -> None:
    """The score that stands from before has one, the same whether a score or a don't know follows."""
    packed, said = of_an_open_round(tmp_path / "score", says=True)
    assert said.keys() == {ONE}
    assert of_an_open_round(tmp_path / "dont-know", says=False)[1] == said
    size = int(packed.files[HEAD].splitlines()[1])
    assert said[ONE]["predicate"]["ledger"]["size"] == size
    assert max(said[ONE]["predicate"]["leaves"]) < size
    checked = handed_over(packed.files, tmp_path / "pack", packed.key)
    assert checked.code == 0, checked.text


def test_what_came_after_the_checkpoint_leaves_no_statement_that_it_alters(
    tmp_path: Path,
) -> None:
    """Somebody withdraws from an open round: what is told of 5.1 is without them, but not covered."""
    with Story(tmp_path / "data") as story:
        assert of_scores(made(begun(story)).files) == {ONE}
        packed = made(story.round_opened().withdrawn("health-2"))
    assert of_scores(packed.files) == set()
    assert handed_over(packed.files, tmp_path / "pack", packed.key).code == 0


def test_an_open_round_of_another_assessment_hides_what_is_settled_meanwhile(
    tmp_path: Path,
) -> None:
    """All share one ledger, whose size would tell of the other's answers."""
    with Story(tmp_path / "data") as story:
        made(begun(story))
        other = Story(tmp_path / "data", UUID(int=7))
        other.minutes = story.minutes
        other.opened(PANEL).round_opened()
        story.minutes = other.minutes
        packed = made(story.moderated("5.2", "4", "so be it"))
        other.log.close()
    assert of_scores(packed.files) == {ONE}
    assert handed_over(packed.files, tmp_path / "pack", packed.key).code == 0


def test_what_somebody_said_who_has_withdrawn_is_named_by_no_statement(tmp_path: Path) -> None:
    """Also of a day before: then their answer counted, and the pack tells it no more."""
    with Story(tmp_path / "data") as story:
        before = made(begun(story))
        upto = story.log.store.last_position()
        assert of_scores(before.files) == {ONE}
        made(story.round_opened().withdrawn("health-2").round_closed())
        files = pack(story.view(str(upto)), enclosing(story.log)).files
    assert files[HEAD] == before.files[HEAD]
    assert of_scores({**files}) == set()


# -- who signs -------------------------------------------------------------------------------------
def test_the_same_log_gives_the_same_bytes_and_without_its_key_none(tmp_path: Path) -> None:
    """A copy without the key says so, and its pack holds all the same."""
    with Story(tmp_path / "data") as story:
        packed = made(begun(story))
        again = pack(story.view(), enclosing(story.log)).files
        assert again == packed.files
        key = story.log.folder / FOLDER / KEY
        key.unlink()
        assert enclosing(story.log) is None
        without = {**pack(story.view(), enclosing(story.log)).files}
        key.write_bytes(another_key(tmp_path / "other"))
        assert enclosing(story.log) is None, "it is not the key that the log names"
    assert of_scores(without) == set()
    assert "the key that signs them is not at hand" in without["README.txt"].decode()
    assert "see step 5" in packed.files["README.txt"].decode()
    said = handed_over(without, tmp_path / "pack", packed.key)
    assert said.code == 0
    assert "8 -" in said.text
    assert "0 of 1 scores" in said.text


def test_a_pack_by_command_and_from_the_pages_has_its_statements(tmp_path: Path) -> None:
    """Both find the key for themselves."""
    data, out = tmp_path / "data", tmp_path / "pack.zip"
    with Story(data) as story:
        made(begun(story))
        downloaded = FILES["audit-pack.zip"].make(story.view()).content
    assert ehsg(data, "pack", "--out", str(out)).code == 0
    for content in (downloaded, out.read_bytes()):
        with ZipFile(io.BytesIO(content)) as zipped:
            assert ONE in zipped.namelist()


def test_a_statement_by_an_earlier_key_is_taken_if_that_key_is_given(
    honest: Made, tmp_path: Path
) -> None:
    """The ledger's key is changed, and a pack is made as of before."""
    folder = handed_over(honest.files, tmp_path, honest.key)
    assert folder.code == 0
    newer = str(foreign(honest).verifier)
    assert run(str(tmp_path), "--key", honest.key, "--key", newer).code == 0
    assert run(str(tmp_path), "--key", newer).wrong == {2, 8}


def another_key(folder: Path) -> bytes:
    """The file of another ledger's key."""
    with Story(folder) as story:
        return made(story.opened(PANEL)).key_file


def test_a_pack_without_scores_has_no_statement_and_says_so(tmp_path: Path) -> None:
    """Before anything is settled."""
    with Story(tmp_path / "data") as story:
        packed = made(story.opened(PANEL))
    assert of_scores(packed.files) == set()
    assert "no score is settled yet" in packed.files["README.txt"].decode()


# -- two writings ----------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", range(12))
def test_whatever_happened_what_is_stated_is_published_and_found_by_the_verifier(
    seed: int,
) -> None:
    """The same figures as everywhere, and the same facts that the verifier finds for itself."""
    lived = Haphazard(random.Random(seed)).lived(260)
    view = lived.view()
    stated = statements.scores(view)
    facts = [as_told(one) for one in lived.recorded]
    said, settled = verify.said_in(facts), verify.settled_in(facts)
    record = Record(view)
    assert stated.keys() == outcomes(view).keys()
    for item, score in stated.items():
        number = score.result["round"] or 0
        asked = any(item in said.items[one] for one in said.closed)
        assert number == (max(said.closed) if asked else 0)
        assert list(score.rests_on) == settled.rests_on(said, item, number)
        shown = record.stands(item)
        assert bool(shown) == bool(number)
        if shown:
            figures = score.result["n"], score.result["median"], score.result["verdict"]
            assert figures == (shown.n, shown.median, shown.verdict)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None, 'é\n\x01"']}, '{"a":[true,null,"é\\n\\u0001\\""],"b":1}'),
        ([1.0, 4.5, 0.6666666666666666, 1e-06, 1e-07, 1e20, 1e21, 1.5e-10, -0.0],
         "[1,4.5,0.6666666666666666,0.000001,1e-7,100000000000000000000,1e+21,1.5e-10,0]"),
    ],
)  # fmt: skip
def test_json_has_one_form(value: object, text: str) -> None:
    """That of RFC 8785, whose numbers are those of ECMAScript."""
    assert canonical(value) == text
