"""Every close of a round as a descriptor's history, with what may be told of each, from a view."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from duckdb import DuckDBPyConnection

from ehsg_events.agreement.comings_and_goings import outcome_tells_nobody
from ehsg_events.agreement.consensus import Yardstick, yardstick
from ehsg_events.agreement.disclosure import NOTHING
from ehsg_events.agreement.feedback import was_counted
from ehsg_events.agreement.small_numbers import Measured, Told, Voice, Voices, told
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.values.measure import Measure
from projections.facts.table import lay
from projections.facts.view import View, view_at
from projections.folded.measured import measured_closes
from projections.folded.members import members
from projections.folded.outcome import Settled, settlings
from projections.folded.panel_facts import answers, of_kind, withdrawn
from projections.folded.standing import voiced


class Close(NamedTuple):
    """A descriptor's figures as one close of a round measured them, and what may be told of them."""

    round: int
    closed_at: int
    measure: Measure
    voices: Voices
    overtaken: bool = False  # measured anew since, without people who withdrew
    settled: bool = False  # an outcome was adopted or moderated before the next close
    told: Told = Told(NOTHING)
    counted: bool = False  # its counts were shown in a feedback round, as before 0039

    @property
    def measured(self) -> Measured:
        """The answers, and what they came to."""
        return Measured(self.voices, self.measure.verdict, self.measure.median, self.settled)


def history(view: View) -> dict[str, list[Close]]:
    """Every descriptor's figures at every close of a round that asked it, oldest first."""
    by_item, votes = _closes(view), _votes(view)
    for row in settlings(view):
        closes = by_item.get(row.item, [])
        place = _before(closes, row.position)
        if place is not None:
            closes[place] = closes[place]._replace(settled=True)
    return {item: _with_told(view, item, closes, votes[item]) for item, closes in by_item.items()}


def withheld_outcomes(
    view: View, closes: Mapping[str, Sequence[Close]] | None = None
) -> frozenset[str]:
    """The descriptors whose outcome, adopted by the rule, could tell what somebody answered.

    What was settled by hand is told always: whoever did it may have had any reason.

    Args:
        closes: the history of the view, if it is at hand.
    """
    every = history(view) if closes is None else closes
    newest = {row.item: row for row in settlings(view)}
    return frozenset(
        item
        for item, row in newest.items()
        if row.what == "OutcomeAdopted" and not _is_told(view, row, every.get(item, []))
    )


def lay_withheld(
    db: DuckDBPyConnection, log: Log, assessments: Iterable[UUID], upto: int | None = None
) -> None:
    """Lay the table of outcomes that may not be told, for what is read of several assessments.

    Args:
        assessments: some of which may be imported submissions, of which nothing is withheld.
        upto: the log position as of which is looked; the newest when none is given.
    """
    opened = {*log.names()}
    rows = [
        {"assessment": str(assessment), "item": item}
        for assessment in assessments
        if assessment in opened
        for item in sorted(_withheld_as_of(log, assessment, upto))
    ]
    lay(db, "withheld_outcome", {"assessment": "UUID", "item": "VARCHAR"}, rows)


def _withheld_as_of(log: Log, assessment: UUID, upto: int | None) -> frozenset[str]:
    try:
        return withheld_outcomes(view_at(log, assessment, None if upto is None else str(upto)))
    except Refused:  # it was opened later
        return frozenset()


def yard_of(view: View, item: str) -> Yardstick:
    """What near and far mean on a descriptor's scale."""
    scale = view.guide.scale_of(item)
    return yardstick(scale.lowest, scale.highest)


def _closes(view: View) -> dict[str, list[Close]]:
    voices, by_item = _voices(view), defaultdict[str, list[Close]](list)
    for number, closed_at, first, newest in measured_closes(view):
        for measure, again in zip(first.measures, newest.measures, strict=True):
            behind = frozenset(voices[closed_at, measure.item])
            close = Close(number, closed_at, measure, behind, overtaken=again != measure)
            by_item[measure.item].append(close._replace(counted=was_counted(first, measure)))
    return by_item


def _with_told(
    view: View, item: str, closes: Sequence[Close], votes: Mapping[int, Voices]
) -> list[Close]:
    """The closes, with what may be told of each beside all that was shown before it."""
    seen = [(position, _showing(voices)) for position, voices in votes.items()]
    for close in closes:
        if close.counted:
            seen.append((close.closed_at, _showing(close.voices)))
        seen.append((close.closed_at, close.measured))
    seen.sort(key=lambda one: one[0])
    every = told([one for _, one in seen], yard_of(view, item), view.state.rule)
    of_closes = (one for one, (_, what) in zip(every, seen, strict=True) if not what.shown)
    return [close._replace(told=one) for close, one in zip(closes, of_closes, strict=True)]


def _showing(voices: Voices) -> Measured:
    """Answers of which those who were asked were shown how many chose each level."""
    return Measured(voices, "agreed", None, shown=True)


def _before(closes: Sequence[Close], position: int) -> int | None:
    """Which close was the newest at a position of the log."""
    places = [place for place, close in enumerate(closes) if close.closed_at < position]
    return places[-1] if places else None


def _voices(view: View) -> defaultdict[tuple[int, str], list[Voice]]:
    """The answers that stood at each close, by descriptor."""
    voices: defaultdict[tuple[int, str], list[Voice]] = defaultdict(list)
    for row in voiced(view):
        if row.kind != "skip":
            said = row.kind if row.score is None else row.score
            voices[row.closed_at, row.item].append(Voice(row.stakeholder, row.agency, said))
    return voices


class _Shown(NamedTuple):
    position: int
    round: int
    item: str
    counts: str


def _votes(view: View) -> defaultdict[str, dict[int, Voices]]:
    """The votes that were shown in a room, by descriptor and the position at which they were."""
    votes: defaultdict[str, dict[int, Voices]] = defaultdict(dict)
    for shown in view.facts(_Shown, ("VoteShown",)):
        voices = _voices_in(view, shown)
        if json.loads(shown.counts) and voices:
            votes[shown.item][shown.position] = voices
    return votes


def _voices_in(view: View, shown: _Shown) -> Voices:
    """What people had said of a descriptor in a room when it was shown there."""
    gone = {
        fact.stakeholder
        for fact in of_kind(view, "InterviewWithdrawn")
        if fact.position < shown.position
    }
    newest = {
        fact.stakeholder: fact
        for fact in answers(view)
        if fact.position < shown.position
        and (fact.round, fact.item) == (shown.round, shown.item)
        and fact.stakeholder not in gone
    }
    return frozenset(
        Voice(person, members(view)[person].agency, said.kind if said.score is None else said.score)
        for person, said in newest.items()
        if said.kind != "skip" and person in members(view)
    )


def _is_told(view: View, adopted: Settled, closes: Sequence[Close]) -> bool:
    """Whether an adopted outcome may be told, and still may where people have withdrawn since."""
    place = _before(closes, adopted.position)
    if place is None:  # it rests on no answers of this panel
        return True
    if not closes[place].told.disclosure.agreement:
        return False
    lost = [
        voice
        for voice in closes[place].voices
        if voice.person in withdrawn(view) and isinstance(voice.said, int)
    ]
    return not lost or _stands_whoever(view, adopted.item, closes[place], len(lost))


def _stands_whoever(view: View, item: str, close: Close, lost: int) -> bool:
    """Whether it tells nothing of people who withdrew that an outcome stands without them, or not."""
    if close.told.disclosure.figures != "counts":
        return False
    counted = tuple(sorted(one.said for one in close.voices if isinstance(one.said, int)))
    return outcome_tells_nobody(counted, lost, 0, yard_of(view, item), view.state.rule)
