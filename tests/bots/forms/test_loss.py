"""Loss looks like loss: what a form says and is not read is refused, or taken anyway and listed."""

from __future__ import annotations

import pytest
from support.story.forms import FORMS, GUIDE, NEXT, WELL, said
from support.story.invented import INVENTED
from support.story.renderings import encoded, lined
from support.story.submission import bring

from bots.forms import read_form
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.states.submission import Form, refuse_loss, refuse_unless_sound

FAULTS = FORMS / "faults"


def read(text: str | bytes, name: str = "a.txt") -> Form:
    """A form that is read and found sound."""
    content = text.encode() if isinstance(text, str) else text
    form = read_form(name, content, GUIDE, "Testham")
    refuse_unless_sound(GUIDE, form)
    return form


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("dm-legend-after", 2), ("dm-legend-after-blank", None), ("dm-legend-before", 2),
        ("dm-no-legend", 2), ("dm-no-legend-blank", None), ("stack", 2), ("stack-blank", None),
    ],
)  # fmt: skip
def test_numbered_models_are_a_legend_and_never_the_answer(name: str, model: int | None) -> None:
    """Before the box, after it, or in the place of a blank one."""
    form = read((FAULTS / f"{name}.txt").read_bytes())
    refuse_loss(form)
    assert form.data_model == model


def test_labels_in_a_row_are_the_heads_of_columns() -> None:
    """The next cells are theirs, in the same order."""
    found = said(read((FAULTS / "stack.txt").read_bytes()))
    assert [told.score for told in found.values()] == ["4", "1"]
    assert found["5.2"].entries == {WELL: ["Names stand on the plan."], NEXT: ["Ask again in May."]}


def test_a_line_broken_in_the_middle_of_a_paragraph_is_put_together() -> None:
    """In a form that parts its paragraphs by blank lines, whatever letter the next line begins with."""
    found = said(read((FAULTS / "hard-break.txt").read_bytes()))
    whole = (
        "what they say is kept with it by the Family Hubs Board and the people who answer for it."
    )
    assert found["5.3"].entries[WELL][-1].endswith(whole)
    assert all(told.score == "2" for told in found.values())


def test_any_title_of_a_section_ends_a_descriptor() -> None:
    """Also of one whose descriptors were taken out of the form."""
    found = said(read((FAULTS / "no-leaders-section.txt").read_bytes()))
    assert [told.entries[NEXT] for told in found.values()] == [["B."], ["B."]]


@pytest.mark.parametrize("name", ["dev", "dev2", "dev3"])
def test_a_level_with_its_meaning_is_a_plain_score(name: str) -> None:
    """Beside its label or under it."""
    form = read((FAULTS / f"{name}.txt").read_bytes())
    refuse_loss(form)
    assert [own.score for own in form.printed] == ["3"]


HEAD = "5.1 Family engagement: We have well established mechanisms\nScore: {}\n"
WELL_LABEL = "What is working well and what evidence do you have?"
NEXT_LABEL = "What are you prioritising next?"
BOXES = f"{WELL_LABEL}\nWe ask.\n{NEXT_LABEL}\nWe plan.\n"


@pytest.mark.parametrize("score", ["2-3", "3?", "high"])
def test_a_score_that_cannot_be_read_is_refused_with_its_line(score: str) -> None:
    """And with what was read."""
    with pytest.raises(Refused, match=rf"line 2: 5\.1 takes 0 to 5, not {score.replace('?', '.')}"):
        read(HEAD.format(score) + BOXES)


def test_words_that_begin_with_a_level_are_refused_while_the_score_is_missing() -> None:
    """It is the score that stands in the wrong box, and no --anyway lets it in."""
    text = f"{HEAD.format('')}\n{WELL_LABEL}\n\n4\n\nWe ask.\n\n{NEXT_LABEL}\n\nWe plan.\n"
    other = text.replace(
        "5.1 Family engagement: We have well established mechanisms", "5.2"
    ).replace("\n4\n", "\n")
    with pytest.raises(Refused, match=r"line 1: 5\.1 has no score, but its words begin with “4”"):
        read(text + other.replace("Score: ", "Score: 2"))
    with pytest.raises(Refused, match="begin with “4”"):
        read(
            '{"descriptors": [{"item": "5.1", "score": null, "working_well": ["4", "We ask."]}]}',
            "a.json",
        )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HEAD.format(3) + "Our view of it\nWe ask.\n" + BOXES, "line 3: under 5.1 but under no label"),
        (HEAD.format(3) + f"{WELL_LABEL}\nWe ask.\n", "no label “What are you prioritising next?”"),
        (HEAD.format(3) + BOXES.replace("We ask.", "and what evidence do you have?"), "a piece of a label"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_refused_with_its_line(text: str, sentence: str) -> None:
    """What would be lost, or may be in the wrong field."""
    with pytest.raises(Refused, match="Not everything in the form could be read") as refused:
        refuse_loss(read(text))
    assert sentence in str(refused.value)


def test_a_line_that_recurs_above_others_is_asked_about() -> None:
    """It is a label in words of the area's own, and what is under it would be filed elsewhere."""
    lines = [line.replace(NEXT_LABEL, "Our plans for the year") for line in lined()]
    with pytest.raises(Refused, match=r"“Our plans for the year” stands under .* Is it a label"):
        refuse_loss(read(encoded(lines)))


def test_a_descriptor_whose_labels_come_in_another_order_is_asked_about() -> None:
    """Columns were read across: the words of one stand under the label of another."""
    lines = lined()
    at = lines.index(WELL_LABEL), lines.index(NEXT_LABEL)
    lines[at[0]], lines[at[1]] = NEXT_LABEL, WELL_LABEL
    with pytest.raises(Refused, match=r"the labels under 5\.1 come in another order"):
        refuse_loss(read(encoded(lines)))


def test_what_is_lost_is_taken_only_anyway_and_is_kept_with_the_import(log: Log) -> None:
    """The words are sealed, so no fact holds them; the log says that loss was accepted."""
    content = (HEAD.format(3) + "Our view of it\nWe ask everybody.\n" + BOXES).encode()
    with pytest.raises(Refused, match="Nothing was kept"):
        bring(log, "a.txt", content)
    assert list(log.all()) == []
    bring(log, "a.txt", content, anyway=True)
    imported = next(iter(log.all())).fact
    assert imported.anyway  # type: ignore[attr-defined]
    assert "line 4: We ask everybody." in str(log.text(imported.left_out))  # type: ignore[attr-defined]
    assert "We ask everybody" not in imported.model_dump_json()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"scores": {"5.1": 1, "5.1": 2}}', 'The name "5.1" is there twice'),
        ('{"descriptors": [{"item": "5.1", "score": 1, "workng_well": ["A."]}]}', "Did you mean “working_well”"),
        ('{"scores": {"5.1": 1}, "datamodel": 3}', "Did you mean “data_model”"),
    ],
)  # fmt: skip
def test_a_misspelled_name_in_json_is_refused_with_a_guess(content: str, sentence: str) -> None:
    """What stands under it would be lost."""
    with pytest.raises(Refused) as refused:
        refuse_loss(read(content, "a.json"))
    assert sentence in str(refused.value)


def test_a_whole_number_may_be_written_with_a_point() -> None:
    """Programs write 3.0 for 3."""
    form = read('{"descriptors": [{"item": "5.1", "score": 3.0}], "data_model": 2.0}', "a.json")
    assert (form.printed[0].score, form.data_model) == ("3", 2)


def test_every_line_of_a_form_is_an_answer_or_kept_as_none() -> None:
    """The words of the whole file stand in what was read, beside it, or in the form's own wording."""
    form = read(encoded(lined(legend="after")))
    entries = {text for own in form.printed for texts in own.entries.values() for text in texts}
    assert entries == {
        text for told in INVENTED.values() for texts in told.entries.values() for text in texts
    }
    assert any("Data Model 6" in line for line in form.removed)
