"""Levels as people say them: taken where they are plain, asked about where they are not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.area import Area
from support.places import TESTS

from bots.interview.record import hear
from bots.interview.said import Said
from bots.interview.spoken_scores import NUMBERS, Spoken, spoken
from bots.interview.typed_words import ANYWHERE, NONE_OF_THE_LEVELS, ONWARD
from guides import library
from guides.model import Scale

CORPORA = ("ordinary", "held-out-ordinary", "evidence", "held-out-evidence")
EVIDENCE = [
    line.replace("\\n", "\n")
    for file in [
        *(TESTS / "guards" / f"{name}.txt" for name in CORPORA),
        TESTS / "said_as_evidence.txt",
    ]
    for line in file.read_text(encoding="utf-8").splitlines()
]


def scales() -> Iterator[Scale]:
    """Every scale of every guide on the shelf, once."""
    seen: set[str] = set()
    for name in library.names():
        guide = library.guide(name).guide
        for item in guide.items:
            if guide.kind_of(item) == "score":
                scale = guide.scale_of(item)
                if str(scale) not in seen:
                    seen.add(str(scale))
                    yield scale


SCALES = list(scales())
EHSG = next(scale for scale in SCALES if [level.value for level in scale.levels] == list("012345"))


@pytest.mark.parametrize("scale", SCALES, ids=lambda it: it.levels[-1].label)
def test_every_level_of_every_guide_is_understood_by_each_of_its_names(scale: Scale) -> None:
    """Its value, its label, "level N" and the word for a number, in any letters."""
    for level in scale.levels:
        value, number = level.value, level.value.isdecimal()
        names = [
            value,
            level.label,
            f"{value} – {level.label}",
            f"level {value}",
            f"{value}?",
            f"{value}.",
        ]
        names += [NUMBERS[int(value)], f"level {NUMBERS[int(value)]}"] if number else []
        for name in (*names, *map(str.upper, names)):
            said = spoken(name, scale)
            assert said == Spoken(value), (name, said)


@pytest.mark.parametrize(
    "typed",
    ["three", "level 3", "3?", "3/5", "3 - mostly", "mostly", "score 3", "a 3", "3.", "I'd say 3",
     "3 – Mostly in place", "I think mostly in place", "3 out of 5", "I’d say three", "Level three!",
     "it's a 3", "probably 3", "mostly in place"],
)  # fmt: skip
def test_a_level_is_taken_as_it_is_said(typed: str) -> None:
    """Whatever stands around it."""
    assert spoken(typed, EHSG) == Spoken("3")


@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ("3 we ask every family", "we ask every family"),
        ("3, we ask every family", "we ask every family"),
        ("3 - We ask every family.", "We ask every family."),
        ("3 because schools do not", "because schools do not"),
        ("Level 3: Aisling asks “why?”", "Aisling asks “why?”"),
        ("3 – mostly, we ask every family", "mostly, we ask every family"),
        ("Mostly in place, we ask every family", "we ask every family"),
        ("three (the audit of May)", "the audit of May)"),
    ],
)
def test_words_beside_a_level_are_kept_as_they_were_typed(typed: str, beside: str) -> None:
    """They become a note."""
    assert spoken(typed, EHSG) == Spoken("3", beside)


@pytest.mark.parametrize(
    "typed",
    ["2-3", "2 - 3", "2/3", "between 2 and 3", "3 or 4", "2.5", "2,5", "not 3", "3 and a half", "3, maybe 4",
     "3 but could be 4", "3 - partly", "3, or rather 2", "6", "three of seven agencies", "3/10",
     "in place", "not", "3 4", "33", "3 to 4", "three or four"],
)  # fmt: skip
def test_what_is_not_plain_is_not_taken(typed: str) -> None:
    """Two levels, half of one, another scale's, or a word that several levels hold."""
    assert spoken(typed, EHSG) is None


def test_a_word_that_two_levels_begin_with_is_not_taken() -> None:
    """Mostly yes or mostly no?"""
    words = {"Mostly yes", "Mostly no"}
    scale = next(it for it in SCALES if words <= {level.label for level in it.levels})
    assert spoken("mostly", scale) is None
    assert spoken("mostly yes", scale) == Spoken("mostly-yes")


@pytest.mark.parametrize("scale", SCALES, ids=lambda it: it.levels[-1].label)
def test_no_ordinary_evidence_is_taken_for_a_level_or_a_command(scale: Scale) -> None:
    """Though much of it begins with a number; only who begins with "Yes -" says yes."""
    assert [line for line in EVIDENCE if spoken(line, scale) and line[:5] != "Yes -"] == []
    commands = {*ANYWHERE, *NONE_OF_THE_LEVELS, *ONWARD}
    assert [line for line in EVIDENCE if line.strip(" .!").lower() in commands] == []


def says(area: Area, text: str, kind: str = "words") -> str:
    """What police-1 is told after saying something."""
    stamp = area.stamp(by="police-1", role="stakeholder")
    return hear(area.log, stamp, area.id, "police-1", Said(kind, text))[-1].text  # type: ignore[arg-type]


def test_a_level_with_words_records_both(asked: Area) -> None:
    """The words stand under the first box, which is asked next with room for more."""
    says(asked, "start", "choice")
    said = says(asked, "3, we ask every family")
    assert said.startswith("5.1: What is working well")
    assert "Noted (1 message)." in said
    state = asked.interview("police-1")
    assert state.answers["5.1"].level == "3"
    (note,) = state.notes.values()
    assert (note.item, note.field) == ("5.1", "working-well")
    assert asked.log.text(note.words) == "we ask every family"


@pytest.mark.parametrize("typed", ["between 2 and 3", "We ask every family."])
def test_what_is_not_taken_is_answered_with_the_choices(asked: Area, typed: str) -> None:
    """It still stands where it was typed; the refusal, which is recorded, does not repeat it."""
    says(asked, "start", "choice")
    said = says(asked, typed)
    assert typed not in said
    assert "0, 1, 2, 3, 4, 5" in said
    assert not asked.interview("police-1").answers


@pytest.mark.parametrize("typed", ["thank you", "Thanks!"])
def test_thanks_are_answered_and_never_kept(asked: Area, typed: str) -> None:
    """Also where words are asked for."""
    says(asked, "start", "choice")
    says(asked, "answer:5.1:3", "choice")
    assert says(asked, typed).startswith("You're welcome. Your answers are kept")
    assert not asked.interview("police-1").notes


@pytest.mark.parametrize("typed", ["unsubscribe", "Stop asking me", "remove me"])
def test_the_wish_not_to_be_asked_shows_the_ways_and_is_never_kept(asked: Area, typed: str) -> None:
    """Pause, hand on and withdraw, each one click away."""
    says(asked, "start", "choice")
    says(asked, "answer:5.1:3", "choice")
    stamp = asked.stamp(by="police-1", role="stakeholder")
    (prompt,) = hear(asked.log, stamp, asked.id, "police-1", Said("words", typed))
    assert {"pause", "hand-on", "withdraw"} <= {choice.token for choice in prompt.choices}
    assert not asked.interview("police-1").notes
