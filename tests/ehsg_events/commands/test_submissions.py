"""What an area handed in, on the log: one import, a new version, whole or not at all, sealed."""

from __future__ import annotations

import hashlib
import json

import pytest
from support.area import CLOSES, Area
from support.log import spoiled
from support.story.forms import FORMS, GUIDE
from support.story.submission import bring, bring_form, exported, stamp

from bots.forms import read_form
from bots.forms.sources.sheets import write_xlsx
from bots.forms.writing.printed import write_text
from ehsg_events.commands import outcomes, rounds, submissions
from ehsg_events.events import SubmissionImported
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from guides import library
from guides.mistakes import check
from projections.submissions.handed_in import handed_in


def test_an_export_has_every_descriptor_and_blanks_as_null(log: Log) -> None:
    """In the guide's order; a missing score is null, an empty box an empty list, never a nought."""
    bring_form(log, "northvale")
    found = exported(log)
    assert set(found) == {
        "area", "year", "guide", "descriptors", "data_model", "priorities", "permissions",
        "headings", "data_model_changed",
    }  # fmt: skip
    rows = {row["item"]: row for row in found["descriptors"]}  # type: ignore[attr-defined]
    assert list(rows) == list(GUIDE.descriptors)
    assert rows["5.2"] == {"item": "5.2", "score": None, "working_well": [], "next": []}
    assert (rows["6.1"]["score"], rows["7.3"]["score"]) == (0, None)
    assert found["permissions"] == {"dfe": None, "sf-coordinators": "yes", "ogd": "no"}


def test_the_same_file_twice_is_one_import(log: Log) -> None:
    """Whatever the capitals of the area's name."""
    content = (FORMS / "northvale.txt").read_bytes()
    assert bring(log, "a.txt", content) == 1
    before = log.store.last_position()
    assert bring(log, "b.txt", content, area=" NORTHVALE ") == 1
    assert log.store.last_position() == before


def test_a_form_that_an_earlier_release_imported_is_known_again(log: Log) -> None:
    """Its fact holds the plain digest of the file, which is compared and never written anew."""
    content = (FORMS / "northvale.txt").read_bytes()
    plain = hashlib.sha256(content).hexdigest()
    bring(log, "a.txt", content)
    (first,) = log.all(topics=(SubmissionImported.TOPIC,))
    spoiled.rewritten(log.folder, first.position, lambda state: _as_before(state, plain))
    again = Log(log.folder)
    assert bring(again, "a.txt", content) == 1
    assert bring(again, "b.txt", content + b" ") == 2
    again.close()


def _as_before(state: str, plain: str) -> str:
    """A stored import as releases up to 0.5.0 wrote it."""
    stored = json.loads(state)
    del stored["fact"]["keyed_digest"]
    stored["fact"]["file_digest"] = plain
    return json.dumps(stored)


def test_whoever_guesses_a_form_cannot_tell_that_it_was_handed_in(log: Log) -> None:
    """The digest is under the key of the form, and differs from area to area."""
    content = (FORMS / "northvale.txt").read_bytes()
    for area in ("Northvale", "Southvale"):
        bring(log, "a.txt", content, area=area)
    keyed = {one.fact.keyed_digest for one in log.all() if isinstance(one.fact, SubmissionImported)}
    assert len(keyed) == 2
    stored = b"".join(path.read_bytes() for path in log.folder.glob("log.sqlite*"))
    for guess in ("sha256", "sha1", "md5"):
        assert hashlib.new(guess, content).hexdigest().encode() not in stored


def test_another_file_is_a_new_version_and_both_stay(log: Log) -> None:
    """The newest stands, and nothing of the one before shines through."""
    bring_form(log, "northvale")
    assert bring(log, "new.json", b'{"scores": {"5.1": 4}}') == 2
    rows = {row["item"]: row for row in exported(log)["descriptors"]}  # type: ignore[attr-defined]
    assert rows["5.1"] == {"item": "5.1", "score": 4, "working_well": [], "next": []}
    assert rows["6.1"]["score"] is None
    kinds = [type(recorded.fact).__name__ for recorded in log.all()]
    assert kinds.count("SubmissionImported") == 2


def test_a_refused_form_leaves_nothing_behind(log: Log) -> None:
    """The last descriptor is wrong; the first is not kept either."""
    with pytest.raises(Refused, match=r"descriptor 9\.9: .* has no descriptor 9\.9"):
        bring(log, "a.json", b'{"scores": {"5.1": 4, "9.9": 3}}')
    assert list(log.all()) == []


def test_no_word_of_a_form_is_on_the_log(log: Log) -> None:
    """Facts hold ids and digests; the words are sealed beside them."""
    bring_form(log, "eastmoor")
    stored = "".join(row.state.decode() for _, row in log.store.rows())
    for word in ("Parents", "shadow board", "photograph", "Fathers"):
        assert word not in stored
        assert word.encode() not in (log.folder / "log.sqlite").read_bytes()


def test_headings_among_entries_stand_by_themselves(log: Log) -> None:
    """They are in no list of entries, and their place is told; where there are none, nothing is."""
    bring_form(log, "northvale")
    assert exported(log)["headings"] == [
        {"descriptor": "5.1", "field": "working_well", "before_item": 5, "heading": "Next steps"}
    ]
    bring(log, "a.json", b'{"scores": {"5.1": 4}}')
    assert "headings" not in exported(log)


def test_a_form_of_an_areas_own_guide_is_read_and_given_back(log: Log) -> None:
    """A guide that was published into the data folder is a guide like any other."""
    printed = (library.SHELF / f"{GUIDE.id}.yaml").read_text(encoding="utf-8")
    text = printed.replace("name: ehsg-2022", "name: northvale-own")
    own, mistakes = check(text, lambda name: library.guide(name).guide)
    assert own is not None, mistakes
    library.publish(own, text.encode(), log.folder)
    form = read_form("a.json", b'{"scores": {"5.1": 4}}', GUIDE, "Northvale")
    submissions.import_submission(log, stamp(), "Northvale", 2022, "northvale-own@1", form, b"a")
    assert exported(log)["guide"] == "northvale-own@1"


@pytest.mark.parametrize("kind", ["text", "json", "xlsx"])
@pytest.mark.parametrize("name", ["northvale", "woodmere", "eastmoor", "southmere"])
def test_an_export_can_be_imported_again(log: Log, kind: str, name: str) -> None:
    """Every form, in every format: what comes out is what went in."""
    bring_form(log, name)
    before = exported(log, name)
    content = {
        "text": lambda: write_text(before, GUIDE).encode(),
        "json": lambda: json.dumps(before).encode(),
        "xlsx": lambda: write_xlsx(before, GUIDE),
    }[kind]()
    ending = {"text": "txt"}.get(kind, kind)
    bring(log, f"again.{ending}", content, name.capitalize())
    assert exported(log, name) == before


def test_what_was_never_handed_in_is_refused_with_what_is_there(log: Log) -> None:
    """The way out is in the sentence."""
    bring_form(log, "northvale")
    with pytest.raises(Refused, match=r"there are: Northvale 2022"):
        handed_in(log, "Eastmoor", 2022)


def test_a_log_with_a_submission_reads_the_same_opened_anew(log: Log) -> None:
    """A fresh log folds to the same document."""
    bring_form(log, "woodmere")
    fresh = Log(log.folder)
    assert exported(fresh, "Woodmere") == exported(log, "Woodmere")
    fresh.close()


def test_a_signed_off_assessment_is_handed_in_without_names(asked: Area) -> None:
    """Its outcomes and the words under each field, and only once it was signed off."""
    asked.answers("5.1", police_1="3", health_1="3", school_1="3", school_2="3")
    rounds.close_round(asked.log, asked.stamp(CLOSES), asked.id)
    with pytest.raises(Refused, match="Nothing that Sefton handed in for 2026"):
        handed_in(asked.log, "Sefton", 2026)
    outcomes.moderate(asked.log, asked.stamp(CLOSES), asked.id, "5.2", "0", "We talked.")
    outcomes.sign_off(asked.log, asked.stamp(CLOSES), asked.id, "Chair", "Jo Doe")
    found = exported(asked.log, "Sefton", 2026)
    rows = {row["item"]: row for row in found["descriptors"]}  # type: ignore[attr-defined]
    assert [rows[item]["score"] for item in ("5.1", "5.2", "5.3")] == [3, 0, None]
    assert "Jo Doe" not in json.dumps(found)
