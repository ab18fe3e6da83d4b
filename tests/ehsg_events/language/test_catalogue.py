"""Our own sentences in another language: whole, with every place, and only for whom they are meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import ehsg_events
from ehsg_events.dates import calendar
from ehsg_events.language import catalogue
from ehsg_events.language.catalogue import gettext, ngettext, speaking
from ehsg_events.language.typed import COMMANDS, OF_TIME, WITH_PLACES, in_english

HOUSE = Path(ehsg_events.__file__).parents[1]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "marked": None,
    "ngettext": (1, 2),
    "counting": (1, 2),
}
LANGUAGES = sorted(file.stem for file in catalogue.HERE.glob("*.po"))
PLACE = re.compile(r"\{[^}]*\}")
Sentence = str | tuple[str, ...]


def marked() -> dict[Sentence, str]:
    """Every sentence that is marked in the code, as Babel finds it, with its place."""
    found = {}
    for package in ("bots", "ehsg_events"):
        for file, line, sentence, *_ in extract_from_dir(
            HOUSE / package, method_map=[("**.py", "python")], options_map={}, keywords=KEYWORDS
        ):
            found[sentence] = f"{package}/{file}:{line}"
    return found


def catalogued(language: str) -> Iterator[Message]:
    """Every entry of a catalogue."""
    with (catalogue.HERE / f"{language}.po").open("rb") as file:
        yield from (message for message in read_po(file, locale=language) if message.id)


def said(message: Message) -> tuple[str, ...]:
    """Every form of an entry."""
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return tuple(form or "" for form in forms)


def english(message: Message) -> tuple[str, ...]:
    """What an entry translates."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _key(message: Message) -> Sentence:
    one, *more = english(message)
    return (one, *more) if more else one


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_every_sentence_that_is_marked_and_no_other(language: str) -> None:
    """Whoever writes a new sentence is told which languages lack it."""
    ours = {_key(m) for m in catalogued(language) if not m.context and all(said(m))}
    wanted = marked()
    assert len(wanted) > 300
    assert [(place, one) for one, place in wanted.items() if one not in ours] == []
    assert [one for one in ours if one not in wanted] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_of_a_sentence_stands_in_every_form_of_it(language: str) -> None:
    """A deadline that a translation forgets is a deadline missed; a strange one is an error."""
    for message in catalogued(language):
        if message.context:
            continue
        wanted = set(PLACE.findall(english(message)[-1])) - {"{number}"}
        for form in said(message):
            assert set(PLACE.findall(form)) - {"{number}"} == wanted, form
            one = english(message)[-1]
            assert (form[:1].isspace(), form.count("\n")) == (one[:1].isspace(), one.count("\n"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_can_be_typed_in_the_language(language: str) -> None:
    """And means the same as in English, which can be typed still."""
    for command in (*COMMANDS, *WITH_PLACES, *OF_TIME):
        with speaking(language):
            own = catalogue.typed(command)
            assert own, command
            if command in COMMANDS:
                assert {in_english(each) for each in own} == {command}
                assert in_english(command) == command


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("newid 5.1 i 3", "change 5.1 to 3"),
        ("newid 5.1 i ddim yn gwybod", "change 5.1 to don't know"),
        ("newid 5.1", "change 5.1"),
        ("atgoffa fi yfory", "remind me tomorrow"),
        ("atgoffa fi ddydd iau am 2", "remind me on thursday at 2"),
        ("atgoffa fi ar 3 rhagfyr", "remind me on 3 december"),
        ("rydym ni'n newid 5.1 i 3 bob blwyddyn", "rydym ni'n newid 5.1 i 3 bob blwyddyn"),
    ],
)
def test_a_whole_message_is_a_command_and_words_that_hold_one_are_not(
    typed: str, means: str
) -> None:
    """As in English: evidence is kept as it was typed."""
    with speaking("cy"):
        assert in_english(typed) == means
    assert in_english(typed) == typed


def test_a_number_takes_the_form_that_the_language_gives_it() -> None:
    """Welsh has six."""
    with speaking("cy"):
        forms = {
            number: ngettext("{number} question", "{number} questions", number)
            for number in (1, 2, 3, 5, 6)
        }
    assert forms == {
        1: "1 cwestiwn",
        2: "2 gwestiwn",
        3: "3 chwestiwn",
        5: "5 cwestiwn",
        6: "6 chwestiwn",
    }
    assert ngettext("{number} question", "{number} questions", 3) == "3 questions"


def test_a_day_is_said_in_the_language() -> None:
    """Whatever the machine's own language is."""
    at = datetime(2026, 12, 3, 17, tzinfo=UTC)
    assert calendar.say(at, "Europe/London") == "5pm on Thursday 3 December 2026"
    with speaking("cy"):
        assert calendar.say(at, "Europe/London") == "5pm ddydd Iau 3 Rhagfyr 2026"


@pytest.mark.parametrize("language", ["en", "fr", "../../cy", "CY.po", ""])
def test_a_language_without_a_catalogue_is_spoken_to_in_english(language: str) -> None:
    """And no name of a language opens another file."""
    with speaking(language):
        assert gettext("Start") == "Start"
        assert catalogue.spoken() == "en"


def test_what_a_catalogue_lacks_is_said_in_english() -> None:
    """With its values in their places."""
    with speaking("cy"):
        assert gettext("Nobody wrote {this} yet", this="sentence") == "Nobody wrote sentence yet"


def test_two_people_are_spoken_to_at_once_each_in_their_language() -> None:
    """One server speaks to all of them."""

    def greeted(language: str) -> list[str]:
        with speaking(language):
            return [gettext("Start") for _ in range(200)]

    with ThreadPoolExecutor(4) as pool:
        heard = list(pool.map(greeted, ["cy", "en"] * 8))
    assert [set(words) for words in heard] == [{"Dechrau"}, {"Start"}] * 8


def test_what_a_person_says_is_never_taken_for_a_place() -> None:
    """Braces in somebody's words stay braces."""
    assert (
        gettext("{item}: nothing typed.", item="{0.__class__}") == "{0.__class__}: nothing typed."
    )
