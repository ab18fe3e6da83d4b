"""Who is missing, and what depends on them, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ehsg_events.reminders.quorum_reach import Reach, Silence
from projections.figures.agreement import VERDICTS, count, figure, people
from projections.figures.names import listed

REACHED: Mapping[Reach, str] = {
    "enough": "enough for a quorum if all of them gave a score",
    "within-reach": "not yet enough for a quorum",
    "out-of-reach": "and those who still may are too few for a quorum",
}
NOTHING = "whatever they had said, nothing would be different"


def say_reach(asked: int, answered: int, reach: Reach) -> str:
    """How far a descriptor is in an open round: how many have answered, never what."""
    have = "has" if answered == 1 else "have"
    return f"{answered} of {people(asked)} asked {have} answered, {REACHED[reach]}."


def say_silence(silent: int, bounds: Silence) -> str:
    """What those who stayed silent could have led to."""
    if not silent:
        return "Nobody was silent."
    stayed = f"{people(silent)} stayed silent"
    if bounds.could_have == ():
        return f"{stayed}; {NOTHING}."
    return f"{stayed}. {' '.join(_could_have(bounds))}"


def _could_have(bounds: Silence) -> Iterator[str]:
    lowest, highest, verdicts = bounds.ranges
    if lowest is not None and highest is not None:
        where = f"at {figure(lowest)}"
        if lowest != highest:
            where = f"anywhere from {figure(lowest)} to {figure(highest)}"
        yield f"By what they might have said the middle score could lie {where}."
    if verdicts is None:
        yield "Which verdicts could have come of it was not worked out: too many were silent."
    else:
        named = [words for verdict, words in VERDICTS.items() if verdict in verdicts]
        yield f"The verdict could have been: {'; '.join(named)}."


def say_person(person: str, items: Sequence[str], needed_for: Sequence[str]) -> str:
    """What somebody has not answered in an open round, and what of it waits for a quorum."""
    lack = f"; no quorum yet: {listed(needed_for)}" if needed_for else ""
    return f"{person} has not answered {listed(items)}{lack}."


def say_silent_person(
    person: str, items: Sequence[str], could: Sequence[str], untried: Sequence[str]
) -> str:
    """What somebody had not answered when the round closed, and what of it they could have changed."""
    parts = [f"they could have changed {listed(could)}"] if could else []
    parts += (
        [f"whether they could have changed {listed(untried)} was not worked out"] if untried else []
    )
    return f"{person} did not answer {listed(items)}; {'; '.join(parts) or NOTHING}."


def say_missing(newest: int | None, descriptors: int, silent: int, short: int) -> str:
    """An open round in one sentence.

    Args:
        descriptors: how many of them the round asks; none in a workshop or a peer review.
        silent: how many people are missing.
        short: of how many descriptors not enough have answered.
    """
    if newest is None:
        return "No round was opened yet, so nobody is missing."
    if not descriptors:
        return f"Round {newest} waits for nobody's own interview, so nobody is missing."
    missing = f"{people(silent)} {'is' if silent == 1 else 'are'} missing"
    return (
        f"Round {newest} is open: {missing}, and {short} of {count(descriptors, 'descriptor')} lack "
        f"answers for a quorum. How far scores can still move is told once it has closed."
    )


def say_missed(newest: int, descriptors: int, silent: int, could: Sequence[bool | None]) -> str:
    """A closed round in one sentence.

    Args:
        could: for each descriptor whether the silent could have changed it; none if not worked out.
    """
    if not descriptors:
        return say_missing(newest, descriptors, silent, 0)
    if not silent:
        return f"When round {newest} closed nobody was missing."
    least = "at least " if None in could else ""
    return (
        f"When round {newest} closed {people(silent)} had not answered everything; they could have "
        f"changed {least}{sum(map(bool, could))} of {count(descriptors, 'descriptor')}."
    )
