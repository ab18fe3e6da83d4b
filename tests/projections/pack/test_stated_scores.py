"""Which scores have a statement: those that may be told, and of which the checkpoint covers all."""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from support.ehsg import ehsg
from support.story.haphazard import Haphazard
from support.story.hidden import says_no_score, scores
from support.story.packed import (
    HEAD,
    Made,
    as_told,
    handed_over,
    made,
    run,
)
from support.story.scored import ONE, begun, foreign, of_scores, payload, told
from support.story.story import NAMES, PANEL, Story

from bots.web.desk.downloads.files import FILES
from ehsg_events.ledger.envelopes import canonical, enclosing
from ehsg_events.ledger.sequencer import FOLDER, KEY
from projections.figures.agreement import Record
from projections.folded.outcome import outcomes
from projections.pack import statements, verify
from projections.pack.pack import pack


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A pack to which nothing was done."""
    return told(tmp_path_factory.mktemp("honest") / "data")[1]


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


def test_an_assessment_that_was_opened_after_the_checkpoint_has_none(tmp_path: Path) -> None:
    """While a round of another is open from before."""
    with Story(tmp_path / "data") as story:
        made(story.opened(PANEL))
        story.round_opened()
        other = Story(tmp_path / "data", UUID(int=7))
        other.minutes = story.minutes
        packed = made(begun(other))
        other.log.close()
    assert packed.files[HEAD]
    assert of_scores(packed.files) == set()


def test_a_score_without_a_quorum_has_one(tmp_path: Path) -> None:
    """It was settled by hand, and is said to be."""
    with Story(tmp_path / "data") as story:
        story.opened(PANEL).round_opened()
        story.all_answered("5.1", dict(zip(NAMES, "333", strict=False))).round_closed()
        packed = made(story.moderated("5.1", "3", "so be it"))
    said = handed_over(packed.files, tmp_path / "pack", packed.key)
    assert said.code == 0, said.text
    result = {"verdict": "no_quorum", "n": 3, "median": 3, "reached": "moderated", "score": 3}
    assert result.items() <= payload(packed.files[ONE])["predicate"]["result"].items()


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
