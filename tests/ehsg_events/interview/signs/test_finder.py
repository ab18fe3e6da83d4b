"""Patterns looked for only around the words they need: nothing is found more, and nothing less."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.places import TESTS

from ehsg_events.interview import safeguarding
from ehsg_events.interview.signs import finder, worries
from ehsg_events.interview.signs.finder import Finder, Text
from ehsg_events.interview.signs.normal_form import plain
from ehsg_events.interview.signs.prefilter import Needed, alternatives, needed

TABLES = {**safeguarding.SAFEGUARDING, **safeguarding.CHILD_AND_BIRTH_DATE}
WRITTEN = {name: safeguarding._spread(one) for name, one in TABLES.items()} | worries.signs()


@cache
def every() -> list[str]:
    """Every pattern's alternatives."""
    return [part for one in WRITTEN.values() for part in alternatives(one)]


@cache
def words_of_the_patterns() -> list[str]:
    """What texts are made of."""
    return sorted({word for one in every() for word in re.findall(r"[a-z][a-z']{0,12}", one)})


@cache
def finder_of_all() -> Finder:
    """The finder that is looked at."""
    return Finder(WRITTEN)


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The same to search by."""
    return {name: re.compile(one) for name, one in WRITTEN.items()}


def found(text: str, by: Finder | None = None) -> set[str]:
    """What the finder finds in a text."""
    looked_at = Text(by or finder_of_all(), text)
    return {name for name in WRITTEN if looked_at.has(name)}


def searched(text: str) -> set[str]:
    """What is found by searching all of the text for each pattern."""
    return {name for name, pattern in patterns().items() if pattern.search(text)}


def corpus() -> Iterator[str]:
    """Every line that the guards are measured on, in its normal form."""
    for file in sorted((TESTS / "guards").glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield plain(line.split("\t")[-1].replace("\\n", "\n"))


def test_in_everything_the_guards_are_measured_on_the_same_is_found() -> None:
    """Sign by sign, in single lines and in many together."""
    lines = list(corpus())
    assert len(lines) > 1_500
    together = [" ".join(lines[n : n + 40]) for n in range(0, len(lines), 40)]
    assert not [text for text in (*lines, *together) if found(text) != searched(text)]


@settings(max_examples=400)
@given(
    st.lists(st.deferred(lambda: st.sampled_from(words_of_the_patterns())), max_size=40),
    st.sampled_from([" ", "  ", ", ", ". "]),
)
def test_in_any_words_of_the_patterns_the_same_is_found(words: list[str], between: str) -> None:
    """In any order, which holds many beginnings of a match and ends of another."""
    text = plain(between.join(words))
    assert found(text) == searched(text)


def test_a_word_that_is_looked_for_in_a_wrong_place_would_be_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """If what may stand before a word were forgotten, signs of the corpus would be lost."""

    def forgetful(pattern: str) -> Needed:
        words, width = needed(pattern)
        return Needed(dict.fromkeys(words, 0), width)

    monkeypatch.setattr(finder, "needed", forgetful)
    wrong = Finder(WRITTEN)
    assert [text for text in corpus() if found(text, wrong) != searched(text)]


@settings(max_examples=200, suppress_health_check=[HealthCheck.filter_too_much])
@given(st.data())
def test_a_match_holds_a_word_it_needs_not_too_far_from_its_beginning(data: st.DataObject) -> None:
    """Made from each pattern itself."""
    pattern = data.draw(st.sampled_from(every()))
    text = data.draw(st.from_regex(pattern))
    match = re.search(pattern, text)
    assert match is not None
    words, width = needed(pattern)
    assert len(match[0]) <= width
    assert any(
        text.find(word, match.start(), match.start() + before + len(word)) >= 0
        for word, before in words.items()
    )


@pytest.mark.parametrize(
    ("pattern", "words", "width"),
    [
        (r"\b(hit|kick(s|ed)?)ing him", {"hit": 0, "kick": 0}, 13),
        (r"( \w{1,3}){0,2} alone\b", {"alone": 9}, 14),
        (r"(his |her )?bed", {"bed": 4}, 7),
        (r"black eye", {"black": 0}, 9),
        (r"(?<!not )left(?! hand)", {"left": 0}, 9),
        (r"he (?=hits)(beats|beat) me", {"beat": 7}, 15),
        (r"(a|[bc]) \d{2,3}", {}, 5),
    ],
)
def test_what_a_pattern_needs_is_read_from_it(
    pattern: str, words: Mapping[str, int], width: int
) -> None:
    """What is optional, or only looked at, is no word of a match; what it looks at has its room."""
    assert needed(pattern) == Needed(words, width)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"hits+", "has no bound"),
        (r"(hit|\w)", "without any word"),
        (r"hit)", "cannot be read"),
        (r"(hit", "has no end"),
        (r"(?:hit)", "of this kind"),
    ],
)
def test_a_pattern_that_cannot_be_looked_for_so_is_refused(pattern: str, why: str) -> None:
    """Whoever writes it hears of it at once."""
    with pytest.raises(ValueError, match=why):
        Finder({"it": pattern})


def test_the_alternatives_of_a_pattern_come_to_the_whole() -> None:
    """Those at the top alone: what stands in a group belongs together."""
    assert alternatives(r"\b(a|b)c|d[|]|e\|") == [r"\b(a|b)c", "d[|]", r"e\|"]
    assert all("|".join(alternatives(one)) == one for one in WRITTEN.values())
