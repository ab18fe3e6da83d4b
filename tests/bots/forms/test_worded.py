"""Scores that people say in words: every format writes the words, and reads them back as the score."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from support.story.submission import stamp

from bots.forms import read_form
from bots.forms.writing.written import write_form
from ehsg_events.commands import submissions
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.states.submission import descriptor
from guides import library
from guides.model import Guide
from projections.submissions.handed_in import document, handed_in

WORDED = library.guide("ehsg-2020@2").guide
AREA, YEAR = "Northvale", 2020
MANUAL = "data-matching-1"  # a yes is its weaker answer


def turned_round() -> Guide:
    """The guide of 2022 with a descriptor of which 0 is the strongest answer."""
    plain = library.guide("ehsg-2022@1").guide.model_dump(mode="json")
    plain["sections"][0]["items"][0]["polarity"] = "negative"
    return Guide.model_validate(plain)


def submission(guide: Guide) -> dict[str, Any]:
    """What a program is given of a submission with every score of every scale, and blanks."""
    scored = [
        (item, [*(level.score for level in guide.scale_of(item).levels), None])
        for item in guide.descriptors
    ]
    rows = [
        {"item": item, "score": scores[n % len(scores)], "working_well": ["A."], "next": ["B."]}
        for n, (item, scores) in enumerate(scored)
    ]
    named = {"area": AREA, "year": YEAR, "guide": guide.id, "descriptors": rows}
    sharing = {permission.id: None for permission in guide.permissions}
    return {**named, "data_model": None, "priorities": [], "permissions": sharing}


def scores(guide: Guide, name: str, content: bytes) -> dict[str, int | None]:
    """The scores that a form says."""
    found = read_form(name, content, guide, AREA)
    assert not found.lost
    return {own.item: descriptor(guide, own).score for own in found.printed}


def wanted(guide: Guide) -> dict[str, int | None]:
    """The scores that it is to say."""
    return {row["item"]: row["score"] for row in submission(guide)["descriptors"]}


@pytest.mark.parametrize("form", ["txt", "md", "json", "xlsx"])
@pytest.mark.parametrize("name", ["ehsg-2020@1", "ehsg-2020@2", "nw-2013@1", "nw-2013@2"])
def test_a_form_of_words_comes_back_by_its_scores(name: str, form: str) -> None:
    """Each of them, also where a yes is the weaker answer."""
    guide = library.guide(name).guide
    assert {0, 1, None} <= set(wanted(guide).values())
    content = write_form(submission(guide), guide, form)
    assert scores(guide, f"form.{form}", content) == wanted(guide)


def brought(log: Log, content: bytes) -> bytes:
    """A submission as JSON, once it was handed in as JSON."""
    form = read_form("form.json", content, WORDED, AREA)
    submissions.import_submission(log, stamp(), AREA, YEAR, WORDED.id, form, content)
    return document(log, handed_in(log, AREA, YEAR)).model_dump_json().encode()


def test_what_a_program_is_given_can_be_handed_in_again_as_it_is(log: Log) -> None:
    """With what each score is called beside it; without that, by the scores alone."""
    first = brought(log, write_form(submission(WORDED), WORDED, "json"))
    rows = json.loads(first)["descriptors"]
    levels = {row["item"]: (row["score"], row.get("level")) for row in rows}
    assert {row["item"]: row["score"] for row in rows} == wanted(WORDED)
    assert {(3, "yes"), (0, "no"), (None, None)} <= set(levels.values())
    weaker = {item: levels[item][1] for item, score in wanted(WORDED).items() if score == 0}
    assert weaker[MANUAL] == "yes"
    assert brought(log, first) == first


@pytest.mark.parametrize("form", ["txt", "md", "json", "xlsx", "docx"])
def test_where_nought_is_the_strongest_answer_numbers_are_never_turned_round(form: str) -> None:
    """People say 0 and the score is 5: what is written is what they say."""
    guide = turned_round()
    told = submission(guide) | {"descriptors": list(_called(guide))}
    assert told["descriptors"][0]["level"] == "5"
    content = write_form(told, guide, form)
    assert scores(guide, f"form.{form}", content) == wanted(guide)


def _called(guide: Guide) -> Iterator[dict[str, Any]]:
    for row in submission(guide)["descriptors"]:
        levels = guide.scale_of(row["item"]).levels
        called = next((level.value for level in levels if level.score == row["score"]), None)
        yield row | ({} if called in (None, str(row["score"])) else {"level": called})


@pytest.mark.parametrize(
    ("row", "refusal"),
    [
        ({"score": 9}, "families-2 takes no to yes, not 9"),
        ({"score": 3, "level": "no"}, "the level no does not have the score 3"),
        ({"score": 3, "level": "perhaps"}, "families-2 takes no to yes, not perhaps"),
    ],
)
def test_a_score_that_is_no_level_or_another_is_refused(
    row: dict[str, object], refusal: str
) -> None:
    """Neither of the two is guessed."""
    content = json.dumps({"descriptors": [{"item": "families-2", **row}]}).encode()
    with pytest.raises(Refused, match=refusal):
        scores(WORDED, "form.json", content)


def test_a_number_that_somebody_typed_for_words_is_not_taken_for_a_score() -> None:
    """2 may be the second of four answers: whoever fills a form in is asked for the words."""
    text = write_form(submission(WORDED), WORDED, "txt").decode()
    assert "Mostly yes" in text
    with pytest.raises(Refused, match="takes no to yes, not 2"):
        scores(WORDED, "form.txt", text.replace("Mostly yes", "2", 1).encode())
