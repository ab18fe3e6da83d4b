"""Every mistake at once, at its line and column; and files made to harm are refused at once."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from support.ehsg import ehsg
from support.story.guides import SMALL

from bots.interview import typed_words
from guides import library
from guides.contradictions import RESERVED, plain_words
from guides.mistakes import Mistake, check
from guides.model import Guide
from guides.writing import START, schema
from guides.yaml_text import MOST, Position, Unreadable, read_page, text_of


def find(name: str) -> Guide:
    """A guide that comes with the product."""
    return library.guide(name).guide


def mistakes(text: str) -> list[Mistake]:
    """What is found in a text."""
    return check(text, find)[1]


def where(text: str, part: str) -> Position:
    """The line and column at which a part of a text begins."""
    before = text[: text.index(part)]
    return Position(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


PLANTED = [
    ("title: Small", "titel: Small", "titel", "no key is called titel here: did you mean title"),
    ("year: 2026", "year: soon", "soon", "year must be a whole number, not soon"),
    ('value: "no"', "value: no", "no, score", "put it in quotes"),
    ("id: first", "id: First!", "First!", "id cannot be First!"),
    ('label: "Yes"', 'label: ""', '""', "label is empty"),
    ("scale: yes-no", "scale: maybe", "maybe", "no scale is called maybe"),
    ('id: "2"', 'id: "1"', '"1"\n        statement: How', "item 1 is there twice"),
    ("statement: Is it so?", 'statement: ""', 'id: "1"', "asked but has no statement"),
    ("minimum: 0", "minimum: 9, maximum: 1", "9, max", "the minimum is above the maximum"),
    ("minimum: 0", "minimum: few", "few", "minimum must be a number, not few"),
    ("score: 1", "score: 7", "id: yes-no", "scores must rise by one"),
    ('value: "yes"', "value: skip", "skip", "skip is an answer to every item"),
    ("title: First", "kind: x", "id: first", "title is missing: add a line"),
    ("version: 1", "version: 0", "0\ntitle", "version must be 1 or more"),
    ("title: First", "title: First\n    fields: none", "none", "fields must be a list"),
]


@pytest.mark.parametrize(("good", "bad", "at", "said"), PLANTED, ids=[p[3] for p in PLANTED])
def test_a_mistake_is_told_at_its_place_with_the_fix(
    good: str, bad: str, at: str, said: str
) -> None:
    """Line, column, what is wrong, and what to write."""
    text = SMALL.replace(good, bad, 1)
    if bad == 'id: "1"':
        text = SMALL.replace('id: "2"', 'id: "1"')
    (found, *_) = [one for one in mistakes(text) if said in one.what]
    assert found.place == where(text, at)


def test_all_mistakes_are_told_at_once_in_their_order() -> None:
    """Those of form and those of sense together, so that nobody corrects one by one."""
    text = SMALL
    for good, bad, *_ in (PLANTED[0], PLANTED[1], PLANTED[5]):
        text = text.replace(good, bad, 1)
    found = mistakes(text)
    lines = [one.place.line for one in found if one.place]
    assert lines == sorted(lines)
    told = " ".join(one.what for one in found)
    for _, _, _, said in (PLANTED[0], PLANTED[1], PLANTED[5]):
        assert said in told


def test_a_mistake_behind_an_anchor_is_told_where_it_was_written() -> None:
    """Repeating a piece does not repeat where it stands."""
    text = SMALL.replace("scale: yes-no\n", "scale: &s maybe\n").replace(
        "number: {unit: families, minimum: 0}", "scale: *s"
    )
    assert [one.place for one in mistakes(text)] == [where(text, "&s"), where(text, "*s")]


BOMB = "a: &a [1,1,1,1,1,1,1,1,1]\n" + "".join(
    f"{after}: &{after} [{','.join([f'*{name}'] * 9)}]\n"
    for name, after in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "an alias bomb": (BOMB, f"more than {MOST} values"),
    "an alias of itself": ("a: &a [*a]", "nothing before this is called &a"),
    "a python tag": ("a: !!python/object/apply:os.system [ls]", "tags such as"),
    "a local tag": ("a: !x 1", "tags such as"),
    "a tag directive": ("%TAG ! tag:x,2000:\n--- \na: 1", "tags are not used"),
    "200 lists deep": ("a: " + "[" * 200 + "]" * 200, "nested more than"),
    "200 mappings deep": ("".join(f"{' ' * n}a:\n" for n in range(200)), "nested more than"),
    "a control character": ("a: b\nc: \x07", "U+0007"),
    "an escape sequence": ("a: \x1b[31mred", "U+001B"),
    "a right-to-left override": ("a: \u202egpj.exe", "U+202E"),
    "an isolate": ("a: x\u2066y", "U+2066"),
    "a key there twice": ("name: a\nname: b", "the key name is there twice"),
    "two documents": ("a: 1\n---\na: 2", "a second document"),
    "a list for a key": ("? [a, b]\n: c", "a key must be a plain word"),
    "a number without end": ("year: " + "9" * 100_000, "too long"),
    "a broken text": ('a: "b\nc: [1', "this is not YAML"),
    "nothing": ("# only a comment", "the file is empty"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_text_is_refused_at_its_place(what: str) -> None:
    """Quickly, kindly, and before anything was built of it."""
    text, said = HOSTILE[what]
    (found,) = mistakes(text)
    assert said in found.what
    assert found.place is not None or what == "nothing"


def test_a_hidden_override_in_an_escape_is_refused_too() -> None:
    """Written as an escape it is no less a trap once it is read."""
    (found,) = mistakes(SMALL.replace("title: Small", 'title: "x\\u202e"'))
    assert "invisible character U+202E" in found.what


def test_fifty_megabytes_are_refused_unread(tmp_path: Path) -> None:
    """No guide is so large, so not even its first line is looked at."""
    file = tmp_path / "huge.yaml"
    with file.open("wb") as out:
        out.truncate(50_000_000)
    with pytest.raises(Unreadable, match="larger than 2 MB"):
        text_of(file)


def test_the_wrong_encoding_is_told_at_its_byte(tmp_path: Path) -> None:
    """The line and column of the first letter that is not UTF-8."""
    file = tmp_path / "latin.yaml"
    file.write_bytes("name: x\ntitle: Caf\xe9".encode("latin-1"))
    with pytest.raises(Unreadable) as found:
        text_of(file)
    assert found.value.place == Position(2, 11)


@pytest.mark.parametrize("name", library.published())
def test_what_is_read_is_what_any_safe_reader_reads(name: str) -> None:
    """The published files, anchors and quotes and all."""
    import yaml

    text = (library.SHELF / f"{name}.yaml").read_text(encoding="utf-8")
    assert read_page(text).content == yaml.safe_load(text)


def test_the_published_schema_is_the_format() -> None:
    """What an editor is told is what the checker holds a file to."""
    assert (library.SHELF / "guide.schema.json").read_text(encoding="utf-8") == schema()


def test_a_new_guide_starts_without_a_mistake() -> None:
    """The file to start from is whole."""
    assert mistakes(START.format(name="mine", year=2026, how="# How to go on.")) == []


def large() -> str:
    """500 descriptors in 30 sections."""
    lines = [*SMALL.partition("sections:")[0].splitlines(), "sections:"]
    for section in range(30):
        lines += [f"  - id: section-{section}", f"    title: Section {section}", "    items:"]
        for item in range(section, 500, 30):
            lines += [
                f'      - id: "{item}"',
                f"        statement: This is statement {item}, as long as statements are.",
                "        scale: yes-no",
            ]
    return "\n".join(lines) + "\n"


def test_a_guide_of_500_descriptors_is_checked_and_previewed_without_a_pause(
    tmp_path: Path,
) -> None:
    """Both commands together, start and all, well under what a person calls waiting."""
    file = tmp_path / "large.yaml"
    file.write_text(large(), encoding="utf-8")
    began = time.process_time()
    document, found = check(file.read_text(encoding="utf-8"), find)
    assert (found, time.process_time() - began < 2) == ([], True)
    assert isinstance(document, Guide)
    assert len(document.descriptors) == 500
    shown = ehsg(tmp_path / "data", "guide", "preview", str(file))
    assert "500 of 500" in shown.out


def test_the_command_tells_file_line_and_column(tmp_path: Path) -> None:
    """In words on stderr, and for a program as JSON; a mistake is exit code 2."""
    file = tmp_path / "wrong.yaml"
    file.write_text(SMALL.replace("year: 2026", "year: soon"), encoding="utf-8")
    said = ehsg(tmp_path / "data", "guide", "check", str(file))
    assert (said.code, said.out) == (2, "")
    assert f"{file}, line 4, column 7: year must be a whole number, not soon." in said.err
    told = ehsg(tmp_path / "data", "guide", "check", str(file), "--json")
    assert told.code == 2
    (row,) = json.loads(told.out)["mistakes"]
    assert (row["line"], row["column"]) == (4, 7)


# -- what was typed --------------------------------------------------------------------------------
AS_TYPED = [
    ('id: "1"', "id: 5.10", 'put it in quotes, "5.10"'),
    ('value: "no"', "value: no", 'but no is read as a yes or no: put it in quotes, "no"'),
    ('id: "1"', "id: 010", 'put it in quotes, "010"'),
    ("title: Small", "title: 12:30", 'but 12:30 is read as a number: put it in quotes, "12:30"'),
    ("year: 2026", "year: 2026\nlanguage: no", 'put it in quotes, "no"'),
]


@pytest.mark.parametrize(("good", "bad", "said"), AS_TYPED, ids=[row[1] for row in AS_TYPED])
def test_a_mistake_shows_what_was_typed(good: str, bad: str, said: str) -> None:
    """And the quotes for it, which give what was meant; nothing follows from it."""
    (found,) = mistakes(SMALL.replace(good, bad, 1))
    assert said in found.what


def test_what_is_put_in_quotes_as_told_is_right() -> None:
    """Whoever does as the mistake says gets the name that they typed."""
    document, _ = check(SMALL.replace('id: "1"', 'id: "5.10"', 1), find)
    assert isinstance(document, Guide)
    assert "5.10" in document.items


@pytest.mark.parametrize(
    "bad",
    [
        ("title: Small", "titel: Small"),
        ('id: "1"', "id: 5.10"),
        ("score: 0", "score: none"),
        ("document: our own words", "dokument: our own words"),
        ("id: yes-no", "id: Yes No"),
    ],
)
def test_one_mistake_is_told_once(bad: tuple[str, str]) -> None:
    """No list is said to be short of what is only wrong in it, and no key to be missing twice."""
    found = mistakes(SMALL.replace(*bad, 1))
    assert len(found) == (2 if bad[1] == "id: Yes No" else 1)
    assert not any("needs at least" in one.what for one in found)


def test_a_scale_that_cannot_be_named_is_not_also_missing() -> None:
    """The items of a scale whose id is wrong are right."""
    (found,) = mistakes(SMALL.replace("  - id: yes-no\n    levels", "  - levels", 1))
    assert "id is missing" in found.what


BROKEN = {
    "a tab": ("title: Small", "title:\tx\n\tyear: 1", "there is a tab here"),
    "a # in braces": (
        'label: "Yes"}',
        "label: We are #1}",
        "a # after a blank begins a comment",
    ),
    "a comma in braces": (
        'label: "Yes"}',
        'label: "Yes", text: In place, tested and improved.}',
        "“tested and improved.” follows a comma and is read as a key",
    ),
    "an at sign": ("title: Small", "title: @home", "no text can begin with @"),
    "a colon": ("title: Small", "title: Small: and early", "a colon inside a text"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_breaks_a_text_is_called_by_its_name(what: str) -> None:
    """Nobody has to know what a token is."""
    good, bad, said = BROKEN[what]
    assert said in mistakes(SMALL.replace(good, bad, 1))[0].what


# -- rules that are newer than what is published ---------------------------------------------------
NEW = {
    "a comment in a text": (
        "statement: Is it so?",
        "statement: We are #1 here",
        "before “#1 here”",
    ),
    "a label that skips": ('label: "Yes"', "label: Skip", "people say to the interview"),
    "a label that does not know": ('label: "Yes"', 'label: "I don’t know."', "people say to"),
    "a value that goes back": ('value: "yes"', "value: back", "people say to the interview"),
    "a value that withdraws": ('value: "yes"', "value: withdraw", "people say to the interview"),
    "equal labels": ('label: "Yes"', 'label: "no"', "stands for more than one level"),
}


@pytest.mark.parametrize("what", NEW)
def test_a_new_guide_is_held_to_what_the_interview_understands(what: str) -> None:
    """While what was published before is read as ever."""
    good, bad, said = NEW[what]
    text = SMALL.replace(good, bad, 1)
    document, found = check(text, find, new=True)
    assert document is None
    assert any(said in one.what for one in found)
    assert check(text, find)[0] is not None


def test_labels_that_are_other_levels_values_are_refused() -> None:
    """Whoever types 1 would not know which of the two it is."""
    text = SMALL.replace('value: "no", score: 0, label: "No"', 'value: "0", score: 0, label: "1"')
    text = text.replace('value: "yes", score: 1, label: "Yes"', 'value: "1", score: 1, label: "0"')
    assert len(check(text, find, new=True)[1]) == 4


def test_every_word_of_the_interview_is_reserved() -> None:
    """What people can say at any question is never the name of a level."""
    said = {*typed_words.ANYWHERE, *typed_words.NONE_OF_THE_LEVELS}
    assert {plain_words(word) for word in said} - {""} <= RESERVED


@pytest.mark.parametrize("name", library.published())
def test_no_published_guide_would_be_refused_today(name: str) -> None:
    """The rules are as old as the guides that come with the product, but for what they are called."""
    text = (library.SHELF / f"{name}.yaml").read_text(encoding="utf-8")
    assert check(text, find, new=True)[1] == []


def test_the_file_to_start_from_is_right_as_it_is() -> None:
    """Nothing that it teaches is refused."""
    text = START.format(name="small", year=2026, how="")
    assert check(text, find, new=True)[1] == []
