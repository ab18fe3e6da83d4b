"""Words that are stopped before they are sealed, and all the ordinary ones that are not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import nhs
from support.places import TESTS

from ehsg_events.interview.safeguarding import concern_in
from guides import library

MOST_FALSE_ALARMS = 0.02


def lines(name: str) -> list[str]:
    """The sentences of a corpus, one a line."""
    written = (TESTS / "guards" / name).read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n") for line in written]  # a line break in what was typed


ORDINARY = [
    *lines("ordinary.txt"),
    *lines("held-out-ordinary.txt"),
    *lines("evidence.txt"),
    *lines("held-out-evidence.txt"),
    *(TESTS / "said_as_evidence.txt").read_text(encoding="utf-8").splitlines(),
]
WORRIES = [*lines("worries.txt"), *lines("held-out-worries.txt")]
STOPPED = [line.split("\t", 1) for line in [*lines("stopped.txt"), *lines("held-out-stopped.txt")]]


def checked(nine: int) -> str | None:
    """The NHS number of nine digits, none when they have no check digit."""
    digits = f"{nine:09d}"
    return next((f"{digits}{last}" for last in range(10) if nhs.is_valid(f"{digits}{last}")), None)


kept = st.sampled_from(ORDINARY).filter(lambda sentence: concern_in(sentence) is None)
numbers = st.integers(400_000_000, 999_999_999).map(checked).filter(bool)
gaps = st.sampled_from(["", " ", "-", " - ", "  ", "\t", "\u00a0", "\u2009", "\u2013", ".", "\n"])
scripts = st.sampled_from(
    [
        "0123456789",
        "٠١٢٣٤٥٦٧٨٩",
        "۰۱۲۳۴۵۶۷۸۹",
        "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19",
    ]
)


def test_ordinary_evidence_is_kept_but_for_fewer_than_two_sentences_in_a_hundred() -> None:
    """What police, health visitors, schools and parents type, written to be hard to tell apart."""
    alarms = [sentence for sentence in ORDINARY if concern_in(sentence) is not None]
    rate = len(alarms) / len(ORDINARY)
    assert len(ORDINARY) >= 1_000
    assert rate < MOST_FALSE_ALARMS, f"{rate:.1%} of {len(ORDINARY)}: {alarms}"


def test_what_must_be_stopped_is_stopped_for_what_it_is() -> None:
    """No sentence of the corpus goes by, and each is told the way out that fits it."""
    assert len(STOPPED) >= 120
    assert [
        (concern, sentence) for concern, sentence in STOPPED if concern_in(sentence) != concern
    ] == []


@pytest.mark.parametrize("corpus", ["worries.txt", "held-out-worries.txt"])
def test_at_least_95_of_100_worries_about_somebody_are_stopped(corpus: str) -> None:
    """As people in a hurry type them: in capitals, misspelt, over several lines, of one unnamed."""
    worries = lines(corpus)
    kept = [worry for worry in worries if concern_in(worry) != "safeguarding"]
    assert len(worries) >= 80
    assert len(kept) <= 0.05 * len(worries), kept


@pytest.mark.parametrize(
    "corpus", ["ordinary.txt", "held-out-ordinary.txt", "evidence.txt", "held-out-evidence.txt"]
)
def test_no_kind_of_ordinary_evidence_is_stopped_more_often(corpus: str) -> None:
    """A single corpus may be harder, but not by much."""
    ordinary = lines(corpus)
    alarms = [sentence for sentence in ordinary if concern_in(sentence) is not None]
    assert len(alarms) <= 0.03 * len(ordinary), alarms


@pytest.mark.parametrize(
    "typed",
    [
        "Child Tommy Smith born 3/4/2019 was hit by his father last night",
        "Tommy Smith, dob 3/4/2019, bruises",
        "943 476 5919 has burns on her arm",
    ],
)
def test_a_child_who_is_named_and_harmed_is_a_worry_first(typed: str) -> None:
    """The route matters more than what must not be typed."""
    assert concern_in(typed) == "safeguarding"


@given(st.sampled_from(WORRIES), st.sampled_from(["\u2019", "\u02bc", "`"]), st.data())
def test_a_worry_is_one_however_it_is_written(
    worry: str, apostrophe: str, data: st.DataObject
) -> None:
    """Apostrophes of every kind, capitals and line ends in the middle change nothing."""
    changed = data.draw(st.sampled_from([str.upper, str.lower]))(worry)
    broken = changed.replace("'", apostrophe).replace(" ", data.draw(st.sampled_from(["\n", "  "])))
    assert concern_in(broken) == concern_in(worry)


@pytest.mark.parametrize("form", sorted((TESTS / "forms").rglob("*.*")), ids=lambda form: form.name)
def test_a_whole_submission_passes(form: Path) -> None:
    """A page of evidence is no alarm because it is long."""
    assert concern_in(form.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("name", library.names())
def test_the_words_of_a_guide_pass(name: str) -> None:
    """A person may quote the statement that they answer."""
    items = library.guide(name).guide.items.values()
    assert [item.id for item in items if concern_in(item.statement)] == []


@given(kept, numbers, st.tuples(gaps, gaps), scripts, st.data())
def test_an_nhs_number_is_found_between_any_two_words(
    sentence: str, number: str, gap: tuple[str, str], script: str, data: st.DataObject
) -> None:
    """However it is spaced, and in whatever digits."""
    written = f"{number[:3]}{gap[0]}{number[3:6]}{gap[1]}{number[6:]}"
    written = written.translate(str.maketrans("0123456789", script))
    words = [word for word in sentence.split() if not re.search(r"\d", word)]
    place = data.draw(st.integers(0, len(words)))
    found = concern_in(" ".join([*words[:place], written, *words[place:]]))
    # ten digits after "When" take the guard's exception from "When we think a child is at risk"
    assert found in ("nhs-number", "safeguarding")


@given(numbers, st.integers(1, 9), gaps)
def test_ten_digits_with_a_wrong_check_digit_are_kept(number: str, off: int, gap: str) -> None:
    """An order, a reference or a sum is no patient."""
    wrong = f"{number[:-1]}{(int(number[-1]) + off) % 10}"
    assert concern_in(f"Order {gap.join([wrong[:3], wrong[3:6], wrong[6:]])} was paid") is None


@given(numbers, st.sampled_from(["0{}", "{}1", "£{}", "+44 {}", "+44 (0){}"]))
def test_a_telephone_number_or_a_sum_is_no_nhs_number(number: str, written: str) -> None:
    """Eleven digits, a dialling code and a currency say what they are."""
    assert concern_in(f"Ring or pay {written.format(number)} today") is None


@given(st.sampled_from(STOPPED), st.data())
def test_no_way_of_writing_gets_past(stopped: list[str], data: st.DataObject) -> None:
    """Capitals, wide spaces, line ends and characters of no width change nothing."""
    concern, sentence = stopped
    space = data.draw(st.sampled_from(["  ", "\t", "\n", "\u00a0", "\u3000", " \u200b"]))
    place = data.draw(st.integers(0, len(sentence)))
    changed = data.draw(st.sampled_from([str.upper, str.lower, str.title]))(sentence)
    hidden = (
        f"{changed[:place]}\u200b{changed[place:]}" if len(changed) == len(sentence) else changed
    )
    assert concern_in(hidden.replace(" ", space)) == concern


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    ["9434765871 ", "this child ", "she told ", "a'", "born on the ", "left a ", "to to ", "his "],
)
def test_a_long_hostile_text_is_read_to_its_end(piece: str) -> None:
    """A pattern that tried all ways would not come back from 20,000 characters in a lifetime."""
    text = (piece * 20_000)[:20_000]
    assert concern_in(text) is None
    assert concern_in(f"{text}. His dad hits him.") == "safeguarding"
