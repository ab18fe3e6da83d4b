"""What silence can still decide of a descriptor: against everything that could be said."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ehsg_events.agreement.consensus import Heard, Score, has_quorum, judge, yardstick
from ehsg_events.reminders.quorum_reach import Voice, reach, silence
from ehsg_events.values.policy import Rule

YARD = yardstick(0, 5)
SILENT, SOME = "", "3"
UNSCORED = ("dont-know", "not-my-area", "skip")
EVERYTHING = (SILENT, "dont-know", "not-my-area", *"012345")
RULES = st.builds(
    Rule,
    weights=st.sampled_from(["people", "agencies"]),
    quorum_scores=st.integers(1, 3),
    quorum_invited=st.sampled_from([0.1, 0.6, 1.0]),
    quorum_agencies=st.sampled_from([0.1, 2 / 3, 1.0]),
)
AGENCY = st.sampled_from("ABC")
Said = tuple[str, str]  # of which agency, and what they said


def heard(said: Iterable[Said]) -> Heard:
    """A panel that has said this."""
    asked = [(of, value) for of, value in said if value != "not-my-area"]
    scores = tuple(Score(int(value), of) for of, value in asked if value.isdigit())
    return Heard(scores, 0, len(asked), len({of for of, _ in asked}))


# -- while the round is open -------------------------------------------------------------------
def waiting(agency: str, stood_as: str, deed: str) -> Voice:
    """Somebody in an open round: who answered, may still answer, or is over with it."""
    before = stood_as or None
    answered, missing = deed == "answered", deed == "missing"
    return Voice("", agency, asked=True, answered=answered, missing=missing, stood_as=before)


def possible(one: Voice, speaking: frozenset[str]) -> tuple[str, ...]:
    """What somebody's answer can be, once those who do one of these have spoken."""
    if one.answered or (one.missing and "missing" in speaking):
        return (SOME, "dont-know", "not-my-area")
    return (SOME if one.stood_as == "score" else one.stood_as or SILENT,)


OPEN = st.lists(
    st.builds(
        waiting,
        AGENCY,
        st.sampled_from([SILENT, "score", *UNSCORED]),
        st.sampled_from(["answered", "missing", "over"]),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=60)
@given(RULES, OPEN)
def test_a_quorum_is_within_reach_exactly_when_something_that_can_be_said_makes_it(
    rule: Rule, voices: list[Voice]
) -> None:
    """Enough have answered when it can be made by them alone."""
    voices = [one._replace(person=f"p{n}") for n, one in enumerate(voices)]

    def can(*speaking: str) -> bool:
        every = product(*(possible(one, frozenset(speaking)) for one in voices))
        agencies = [one.agency for one in voices]
        return any(has_quorum(heard(zip(agencies, said, strict=True)), rule) for said in every)

    expected = "enough" if can() else "within-reach" if can("missing") else "out-of-reach"
    assert reach(voices, rule) == expected


# -- once it is closed -------------------------------------------------------------------------
def voice(person: str, agency: str, value: str, *, missing: bool) -> Voice:
    """Somebody's answer as it stands after the close."""
    score = int(value) if value.isdigit() else None
    kind = "score" if score is not None else value or None
    answered = not missing
    return Voice(
        person, agency, asked=True, answered=answered, missing=missing, kind=kind, score=score
    )


@settings(max_examples=60)
@given(
    RULES,
    st.lists(st.tuples(AGENCY, st.sampled_from(EVERYTHING)), max_size=9),
    st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from(EVERYTHING)), max_size=2),
)
@example(Rule(weights="agencies"), [("A", "3"), ("A", "5"), ("B", "0")], [("A", ""), ("C", "2")])
@example(Rule(), [], [("A", "")])
def test_how_far_silence_left_it_open_is_told_exactly(
    rule: Rule, told: list[Said], silent: list[Said]
) -> None:
    """Lowest and highest middle score, every verdict, and who could have changed anything."""
    voices = [voice(f"p{n}", of, value, missing=False) for n, (of, value) in enumerate(told)]
    voices += [voice(f"s{n}", of, value, missing=True) for n, (of, value) in enumerate(silent)]
    agencies = [of for of, _ in silent]
    found = {
        said: judge(heard([*told, *zip(agencies, said, strict=True)]), YARD, rule)
        for said in product(EVERYTHING, repeat=len(silent))
    }
    middles = [middle for _, middle in found.values() if middle is not None]
    ranges, could_have = silence(voices, YARD, rule)
    assert (ranges.lowest, ranges.highest) == (
        min(middles, default=None),
        max(middles, default=None),
    )
    assert ranges.verdicts == frozenset(verdict for verdict, _ in found.values())
    assert set(could_have or ()) == {
        f"s{n}"
        for n, _ in enumerate(silent)
        if any(found[said] != found[(*said[:n], SILENT, *said[n + 1 :])] for said in found)
    }


def test_where_too_many_were_silent_only_the_middle_score_is_told() -> None:
    """Its range is exact however many they are; the verdicts are not guessed at."""
    told = [voice(f"p{n}", "AB"[n % 2], "3", missing=False) for n in range(4)]
    silent = [voice(f"s{n}", "CDE"[n % 3], "", missing=True) for n in range(9)]
    (lowest, highest, verdicts), could_have = silence([*told, *silent], YARD, Rule())
    assert (lowest, highest, verdicts, could_have) == (0, 5, None, None)
