"""How a panel stands on one descriptor, in one plain sentence and never as a bare coefficient."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ehsg_events.agreement.consensus import Yardstick, yardstick
from guides.model import Scale
from projections.facts.view import View
from projections.folded.changes import stability
from projections.folded.consensus import Consensus, consensus
from projections.folded.rounds import rounds_asking


@dataclass(frozen=True)
class Moves:
    """How many people moved from the round `since` to a later one, and the middle score in each."""

    since: int
    moved: int
    before: float | None
    after: float | None


class Record:
    """How the panel stood on every descriptor after every closed round."""

    def __init__(self, view: View) -> None:
        rows = consensus(view)
        self._stood = {(row.round, row.item): row for row in rows}
        self._newest = max((row.round for row in rows), default=0)
        self._moved = {(row.round, row.item): (row.since, row.moved) for row in stability(view)}
        self.asked = rounds_asking(view)

    def stands(self, item: str) -> Consensus | None:
        """The figures after the newest closed round; none when no closed round has asked."""
        return self._stood.get((self._newest, item))

    def middle(self, item: str) -> float | None:
        """The middle score after the newest closed round; none when nobody gave a score."""
        stands = self.stands(item)
        return stands.median if stands else None

    def moves(self, item: str) -> Moves | None:
        """What changed in the newest closed round that asked an item again."""
        rounds = self.asked.get(item, ())
        if len(rounds) < 2 or (rounds[-1], item) not in self._moved:
            return None
        last = rounds[-1]
        since, moved = self._moved[last, item]
        return Moves(
            since=since,
            moved=moved,
            before=self._stood[since, item].median,
            after=self._stood[last, item].median,
        )


def sentence(stands: Consensus | None, moves: Moves | None, scale: Scale) -> str:
    """Consensus on a descriptor in words.

    Args:
        stands: the figures, none when no closed round has asked.
        moves: what changed since an earlier round, none when there was none.
    """
    if stands is None:
        return "Not measured yet: no round that asked this is closed."
    if stands.verdict in ("too_few", "no_quorum") or stands.median is None:
        return _too_few(stands)
    yard = yardstick(scale.lowest, scale.highest)
    if stands.verdict == "two_camps":
        parts = _camps(stands, stands.median, yard, scale)
    else:
        parts = _middle(stands, stands.median, yard, scale)
    return " ".join((*parts, *_beside(stands, stands.median), *_moved(moves)))


def _too_few(stands: Consensus) -> str:
    unknown = f"; {stands.dont_know} did not know" if stands.dont_know else ""
    return (
        f"Not enough answers yet: {stands.n} of {people(stands.invited)} asked gave a score, from "
        f"{stands.agencies} of {count(stands.agencies_invited, 'agency')}{unknown}."
    )


def _camps(stands: Consensus, middle: float, yard: Yardstick, scale: Scale) -> Iterator[str]:
    low, high = (
        _span(scale, scale.lowest, yard.low_camp),
        _span(scale, yard.high_camp, scale.highest),
    )
    yield (
        f"No agreement: two camps. {people(stands.low_voices)} said {low}, "
        f"{people(stands.high_voices)} said {high}."
    )
    holders = f"the view of {people(stands.at_median)}" if stands.at_median else "nobody's view"
    yield f"The middle score, {figure(middle)}, is {holders}."
    yield from _unknown(stands, apart=True)


def _middle(stands: Consensus, middle: float, yard: Yardstick, scale: Scale) -> Iterator[str]:
    if stands.verdict == "not_agreed":
        yield f"No agreement yet. The middle score is {score_words(middle, scale)}."
    else:
        yield f"Panel score {score_words(middle, scale)}."
    where = "within one point" if yard.near else "on the middle score"
    ran = _ran(stands, scale)
    unknown = "".join(_unknown(stands, apart=False))
    yield (
        f"{stands.within_one} of {people(stands.n)}, from {stands.agencies_within_one} of "
        f"{count(stands.agencies, 'agency')}, {_were(stands.within_one)} {where}; {ran}{unknown}."
    )
    if stands.verdict == "agreed_with_minority":
        yield f"{people(stands.far_voices)} stood {yard.far} or more points away."


def _ran(stands: Consensus, scale: Scale) -> str:
    assert stands.low is not None, "somebody gave a score"
    assert stands.high is not None, "somebody gave a score"
    if stands.low == stands.high:
        return f"all answers were {score_mark(stands.low, scale)}"
    return f"answers ran from {score_mark(stands.low, scale)} to {score_mark(stands.high, scale)}"


def _unknown(stands: Consensus, *, apart: bool) -> Iterator[str]:
    """How many did not know, and whether that is more than a third of those who answered.

    Args:
        apart: as a sentence of its own, and not as the end of another.
    """
    if stands.dont_know:
        many = 3 * stands.dont_know > stands.n + stands.dont_know
        weight = ", more than a third" if many else ""
        yield f"{'' if apart else '; '}{stands.dont_know} did not know{weight}{'.' * apart}"


def _beside(stands: Consensus, middle: float) -> Iterator[str]:
    """The other middle score, where those by agency and by person are a level or more apart."""
    agencies, heads = stands.median_by_agency, stands.median_by_people
    if agencies is None or heads is None or abs(agencies - heads) < 1:
        return
    if middle == heads:
        yield f"With every agency counting once, the middle score is {figure(agencies)}."
    else:
        yield f"With every person counting once, the middle score is {figure(heads)}."


def _moved(moves: Moves | None) -> Iterator[str]:
    if moves is None:
        return
    who = f"{people(moves.moved)} changed" if moves.moved else "nobody changed"
    if moves.before is None or moves.after is None:
        yield f"Since round {moves.since}, {who}."
    elif moves.before == moves.after:
        join = "and the middle score did not" if moves.moved else "and the middle score stayed"
        yield f"Since round {moves.since}, {who} {join}."
    else:
        went = f"from {figure(moves.before)} to {figure(moves.after)}"
        if not moves.moved:  # people joined or left, and with them the middle score moved
            yield f"Since round {moves.since}, nobody changed, but other people count: the middle score went {went}."
            return
        yield f"Since round {moves.since}, {who} and the middle score went {went}."


def score_words(score: float, scale: Scale) -> str:
    """A score with the words of its level, or of the two levels it lies between."""
    below = next(level for level in reversed(scale.levels) if level.score <= score)
    above = next(level for level in scale.levels if level.score >= score)
    words = below.label if below == above else f"between {below.label} and {above.label}"
    return words if is_worded(scale) else f"{figure(score)} ({words})"


def score_mark(score: float, scale: Scale) -> str:
    """A score as short as it can be said: its number, or its words where it has no number."""
    return score_words(score, scale) if is_worded(scale) else figure(score)


def is_worded(scale: Scale) -> bool:
    """Whether levels are called by words, so that nobody has seen the numbers they stand for."""
    return any(level.value != str(level.score) for level in scale.levels)


def _span(scale: Scale, first: int, last: int) -> str:
    levels = [level for level in scale.levels if first <= level.score <= last]
    if is_worded(scale):
        return " or ".join(level.label for level in levels)
    return f"{first}" if first == last else f"{first}-{last}"


def figure(value: float) -> str:
    """A figure without a needless decimal."""
    return f"{value:g}"


def count(number: int, noun: str) -> str:
    """A number of things, in the right form of the noun."""
    many = {"person": "people", "agency": "agencies"}.get(noun, f"{noun}s")
    return f"{number} {noun if number == 1 else many}"


def people(number: int) -> str:
    """A number of people."""
    return count(number, "person")


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


VERDICTS: Mapping[str, str] = {
    "too_few": "too few answers",
    "no_quorum": "no quorum",
    "two_camps": "two camps",
    "agreed": "agreed",
    "agreed_with_minority": "agreed, with a minority",
    "not_agreed": "not agreed",
    "not_measured": "not measured yet",
}
