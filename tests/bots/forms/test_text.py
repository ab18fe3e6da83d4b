"""Published forms as text: what is printed is read back, whatever its oddities, or refused."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.story.forms import (
    GUIDE,
    NEXT,
    PROMPT,
    WELL,
    Told,
    filled,
    in_columns,
    said,
    with_headings,
)

from bots.forms.text import read_text
from ehsg_events.kernel import Refused
from ehsg_events.states.submission import Form, Heading, refuse_unless_sound

LABEL = "What is working well and what evidence do you have?"
HEAD = "5.1 Family engagement: We have well established mechanisms"
SHORT = """{head}

{prompt}

{score}

{label}

{words}

Selection of descriptors

{closing}
"""


def short(words: str, score: str = "2", closing: str = "") -> Form:
    """A form of one descriptor, every paragraph in one line, blank space between."""
    text = SHORT.format(
        head=HEAD, prompt=PROMPT, score=score, label=LABEL, words=words, closing=closing
    )
    return read_text(text.encode(), GUIDE, "Northvale")


def evidence(form: Form) -> list[str]:
    """What the form of one descriptor says is working well."""
    return list(form.printed[0].entries[WELL])


LONG = "We meet every month with all the agencies that work with families in the four wards. "


def test_a_heading_among_the_entries_is_kept_and_is_none_of_them() -> None:
    """A few words without a stop over a sentence, where people wrote in sentences."""
    found = evidence(short(f"{LONG}\n\nYouth justice\n\n{LONG}"))
    assert [type(one) is Heading for one in found] == [False, True, False]
    assert found[1] == "Youth justice"


def test_where_people_wrote_in_catchwords_a_short_line_is_an_entry() -> None:
    """Nothing tells a heading from a catchword there."""
    found = evidence(short(f"Street stewards\n\nOpen kitchens\n\nA toy library\n\n{LONG}"))
    assert not any(isinstance(one, Heading) for one in found)


def test_a_form_that_was_not_wrapped_parts_its_entries_where_a_line_was_broken() -> None:
    """Long lines show that no margin was there: a new sentence in a new line is a new entry."""
    broken = "The board reads\nwhat was said"
    found = evidence(short("\n\n".join([broken] * 3 + [f"{LONG * 3}\n{LONG}"] * 3)))
    assert found == [broken.replace("\n", " ")] * 3 + [(LONG * 3).strip(), LONG.strip()] * 3


def test_a_bullet_of_a_symbol_font_is_written_as_it_was_seen() -> None:
    """What extraction leaves is a code of the font, not the mark."""
    assert evidence(short("We ask:\n\uf0b7\tparents")) == ["We ask:\n• parents"]


@pytest.mark.parametrize("score", ["2", ""])
def test_the_number_of_a_page_is_no_score_even_under_the_prompt(score: str) -> None:
    """A page ends between the prompt and its box."""
    filler = "\n".join(f"Words.\n\n{page}\f" for page in (7, 8, 9))
    form = short(f"{LONG}\n{filler}\n{LONG}", score=f"10\n\f\n{score}")
    assert [one.score for one in form.printed] == [score or None]


def test_a_blank_data_model_stays_blank_though_the_models_are_explained_above() -> None:
    """The box comes last; the first model's number is not the area's."""
    explained = "Data model\n\n1. Manual\n\nSeparate files\n\n"
    box = "Northvale's data model (as submitted in the September 2021 data survey)"
    assert short(LONG, closing=f"{explained}{box}\n").data_model is None
    assert short(LONG, closing=f"{explained}{box}\n\n4\n").data_model == 4


@pytest.mark.parametrize("whose", ["Northvale Borough Council’s", "The Northvales'", "Westby's"])
def test_the_data_model_is_found_whatever_the_form_calls_its_area(whose: str) -> None:
    """The name that is typed at import need not be the form's."""
    box = f"{whose} data model (as submitted in the September 2021 data survey)"
    assert short(LONG, closing=f"{box}\n\n4\n").data_model == 4


def test_a_table_after_the_last_descriptor_is_none_of_its_words() -> None:
    """A column headed "score" is no prompt of the descriptor before it."""
    form = short(LONG, closing="Minimum\n\nScore\n\n4")
    assert (evidence(form), form.printed[0].score) == ([LONG.strip()], "2")


LETTERS, DICE = "abcdefghijklmnopqrstuvwxyzéàç’-", random.Random(11)
MADE = {"".join(DICE.choices(LETTERS, k=DICE.randint(1, 9))) for _ in range(2000)}
NO_WORDS = {"and", "or", "to", "o"}
WORD = st.sampled_from(sorted(word for word in MADE - NO_WORDS if word.strip("-’") == word))
SENTENCE = st.lists(WORD, min_size=4, max_size=40).map(lambda words: "F" + " ".join(words) + ".")
TOLD = st.dictionaries(
    st.sampled_from(sorted(GUIDE.descriptors)),
    st.builds(
        lambda score, well, following: Told(score, {WELL: well, NEXT: following}),
        st.none() | st.sampled_from("012345"),
        st.lists(SENTENCE, max_size=5),
        st.lists(SENTENCE, max_size=5),
    ),
    min_size=1,
    max_size=6,
).map(lambda told: dict(sorted(told.items())))


@pytest.mark.parametrize("writer", [with_headings, in_columns])
@pytest.mark.parametrize(
    ("bullet", "blank"), [("• ", False), ("- ", True), ("", True), ("– ", False)]
)
@settings(max_examples=20)
@given(told=TOLD, width=st.integers(60, 110))
def test_what_is_printed_is_read_back_in_every_layout(
    writer: Callable[..., str], bullet: str, blank: bool, told: dict[str, Told], width: int
) -> None:
    """Any submission, bulleted or in paragraphs, at any width."""
    text = writer(told, width, bullet=bullet, blank=blank)
    assert said(read_text(text.encode(), GUIDE, "Northvale")) == filled(told)


PRINTED = "5.1 Family engagement: We have well established mechanisms\nScore: {}\nWhat is working well and what evidence do you have?\nWords.\n"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (PRINTED.format(6), "line 2: 5.1 takes 0 to 5, not 6"),
        (PRINTED.format("2.5"), "line 2: 5.1 takes 0 to 5, not 2.5"),
        (PRINTED.format("-1"), "line 2: 5.1 takes 0 to 5, not -1"),
        (PRINTED.format("3/4"), "line 2: 5.1 takes 0 to 5, not 3/4"),
        (PRINTED.format(2) * 2, "line 5: 5.1 is there twice"),
        (
            PRINTED.format(2) + "5.9 Something else\nScore: 3\n",
            "line 5: ehsg-2022@1 has no descriptor 5.9",
        ),
        ("A letter to the board.\n", "No descriptor of ehsg-2022@1 was found"),
    ],
)
def test_a_form_that_does_not_fit_is_refused_with_its_line(text: str, refusal: str) -> None:
    """The sentence names the line an editor shows."""
    with pytest.raises(Refused, match=refusal.replace("(", r"\(")):
        refuse_unless_sound(GUIDE, read_text(text.encode(), GUIDE, "Northvale"))


@pytest.mark.parametrize("printed", ["", "N/A", "–", "TBC", "Choose an item."])
def test_a_score_that_was_not_given_is_missing_and_never_nought(printed: str) -> None:
    """What an empty box prints is no score."""
    form = read_text(PRINTED.format(printed).encode(), GUIDE, "Northvale")
    assert [one.score for one in form.printed] == [None]


@pytest.mark.parametrize("content", [b"%PDF-1.7 ...", b"PK\x03\x04...", b"a\0b"])
def test_a_file_that_is_not_text_is_refused(content: bytes) -> None:
    """With what to hand in instead."""
    with pytest.raises(Refused, match=r"\.docx|DOCX"):
        read_text(content, GUIDE, "Northvale")


@pytest.mark.parametrize(
    "hostile",
    [
        "Score: 3\n" * 19_000,
        "5.9 x\n" * 19_000,
        "\n" * 1_900_000,
        "What is working well\n" * 19_000,
        "word " * 319_000,
        "• " * 900_000,
        "\f1\n" * 19_000,
        PRINTED.format(1) + "(a " * 300_000,
    ],
    ids=["labels", "ids", "blank lines", "half labels", "one line", "bullets", "pages", "brackets"],
)
def test_a_hostile_file_is_read_or_refused_without_a_wait(hostile: str) -> None:
    """Two megabytes of anything are done within the test's own time."""
    with contextlib.suppress(Refused):
        refuse_unless_sound(GUIDE, read_text(hostile.encode(), GUIDE, "Northvale"))
