"""What a reader sees of a descriptor of one panel, at every moment and on every surface.

The reader may be on the board, where figures and outcomes are told, and on the panel, where a
feedback round asks again, beside figures, and a vote is shown in its room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from functools import cache
from itertools import chain, count
from typing import NamedTuple

from ehsg_events.agreement.consensus import Heard, Score, measure, yardstick
from ehsg_events.agreement.disclosure import Disclosure, Judged, adopts_a_level
from ehsg_events.agreement.feedback import figures_of
from ehsg_events.agreement.measuring import leaves
from ehsg_events.agreement.small_numbers import (
    Measured,
    Since,
    Told,
    Voice,
    Voices,
    told,
    told_beside,
)
from ehsg_events.states.interview import Answer
from ehsg_events.values.measure import Measure, Tells
from ehsg_events.values.policy import Rule
from guides.model import Level, Scale
from projections.access.closes import Close
from projections.results.board_results import figures_told
from projections.results.settled import against
from support.inference.contents import MANY, Content, Panel
from support.inference.kinds import Group, Kind

MOST = 100  # more than any score
NOBODY: Voices = frozenset()
NOTHING_SAID: dict[str, Answer] = {}
Said = tuple[tuple[str, int, int | str], ...]  # at one close: each agency, rank and answer


class Seen(NamedTuple):
    """All that was seen of a panel, and how many closes there were."""

    view: Hashable
    closes: int


def scale_of(levels: int) -> Scale:
    """A scale from 0 on."""
    return Scale(
        id="scale",
        levels=tuple(
            Level(value=str(score), label=f"level {score}", score=score) for score in range(levels)
        ),
    )


class Spoken(NamedTuple):
    """What the people of one group said at each close: person by person, and in order."""

    voices: list[Voices]
    said: list[Said]


class Measuring:
    """How a close is measured under a rule, and what is told of it; each worked out once."""

    def __init__(self, scale: Scale, rule: Rule) -> None:
        self.scale, self.rule = scale, rule
        self.yard = yardstick(scale.lowest, scale.highest)
        self.measure, self.judged = cache(self._measure), cache(self._judged)
        self.figures, self.told_beside = cache(self._figures), cache(told_beside)
        self.board, self.asks = cache(self._board), cache(self._asks)

    def _measure(self, said: Said) -> Measure:
        scores, agencies = _scores(said), len({agency for agency, _, _ in said})
        heard = Heard(scores, len(said) - len(scores), len(said), agencies)
        return measure("5.1", heard, self.yard, self.rule)

    def _judged(self, said: Said) -> Judged:
        found = self.measure(said)
        return Judged(_scores(said), found.verdict, found.median, self.yard, self.rule)

    def _figures(self, said: Said, disclosure: Disclosure) -> tuple[Hashable, ...]:
        """The figures and the outcome that the board is told of a close."""
        found, figures = self.measure(said), tuple[tuple[str, object], ...]()
        if disclosure.figures != "none":
            voices = frozenset(Voice(str(n), of, one) for n, (of, _, one) in enumerate(said))
            close = Close(1, 1, found, voices, told=Told(disclosure))
            figures = tuple(figures_told(close, self.scale).items())
        adopts = adopts_a_level(self.judged(said)) and disclosure.agreement
        return figures, found.median if adopts else None

    def _board(self, said: Said, may: Told, *, settled: bool) -> Hashable:
        """What the board is told of a close: figures, outcome, and where a settled one stands."""
        middle = self.measure(said).median
        compares = sorted(may.compares) if settled else ()
        compared = tuple((level, against(level, middle)) for level in compares)
        return self.figures(said, may.disclosure), compared

    def _asks(self, said: Said, tells: Tells, after: int) -> Hashable:
        """What a feedback round shows beside its question."""
        return figures_of(self.measure(said), tells, after)


class Sight:
    """What is seen of the panels of a kind.

    Args:
        settled: after each close, every level of the scale is settled by hand in turn.
    """

    def __init__(self, kind: Kind, measuring: Measuring, *, settled: bool) -> None:
        self.kind, self.measuring, self.settled = kind, measuring, settled
        self.rule, self.yard = measuring.rule, measuring.yard
        self.spoken = cache(self._spoken)

    # -- panels of which it is known who said what at each close -----------------------------------
    def of_people(self, panel: Panel) -> Seen:
        """What is seen of a panel whose every person is spelled out."""
        spoken, closes = list(map(self.spoken, count(), panel)), range(self.kind.closes)
        every = [NOBODY.union(*(one.voices[at] for one in spoken)) for at in closes]
        said = [tuple(sorted(chain(*(one.said[at] for one in spoken)))) for at in closes]
        measured = list(map(self._close, closes, said, every))
        view: list[Hashable] = []
        for at, may in enumerate(told(measured, self.yard, self.rule)):
            if at == self.kind.room:
                view.append(tuple(sorted(Counter(one for _, _, one in said[at]).items())))
                continue
            before = every[at - 1] if self.kind.asked and at else None
            shown, again = self._shown(at, said[at], may, before, every[at])
            view.append(shown)
            if self.kind.asked and not again:
                return Seen(tuple(view), at + 1)
        return Seen(tuple(view), self.kind.closes)

    def _close(self, at: int, said: Said, voices: Voices) -> Measured:
        found, shown = self.measuring.measure(said), at == self.kind.room
        return Measured(voices, found.verdict, found.median, self.settled, shown)

    def _spoken(self, number: int, content: Content) -> Spoken:
        """What the people of one group said at each close."""
        group = self.kind.groups[number]
        people = [
            (f"{number}-{place}", _agency(group, place), letter)
            for place, letter in enumerate(content.letters)
        ]
        voices = [
            [
                Voice(person, of, said)
                for person, of, letter in people
                if (said := letter[at]) is not None
            ]
            for at in range(self.kind.closes)
        ]
        return Spoken(
            [frozenset(some) for some in voices],
            [tuple(_ranked(one.agency, one.said) for one in some) for some in voices],
        )

    # -- panels of which only the sums at each close are told apart --------------------------------
    def of_sums(self, panel: Panel) -> Seen:
        """What is seen of a panel that is asked once, or twice, by how many changed their mind."""
        first = self._said_in(panel, 0)
        beside, judged = self.measuring.told_beside, self.measuring.judged
        may = beside(judged(first), (), settled=self.settled)
        shown, again = self._shown(0, first, may, None, frozenset())
        if not again or self.kind.closes == 1:
            return Seen((shown,), 1)
        second = self._said_in(panel, 1)
        apart = min(MANY, sum(content.changed for content in panel))
        earlier = (Since(may, apart=apart),) if may.speaks else ()
        then = beside(judged(second), earlier, settled=self.settled)
        return Seen((shown, self._shown(1, second, then, None, frozenset())[0]), 2)

    def _said_in(self, panel: Panel, at: int) -> Said:
        return tuple(
            _ranked(_agency(group, place), said)
            for group, content in zip(self.kind.groups, panel, strict=True)
            for place, said in enumerate(content.said[at])
        )

    # -- one close ---------------------------------------------------------------------------------
    def _shown(
        self, at: int, said: Said, may: Told, before: Voices | None, now: Voices
    ) -> tuple[Hashable, bool]:
        """What a close shows everywhere, and whether the descriptor is then asked again."""
        board, found = (
            self.measuring.board(said, may, settled=self.settled),
            self.measuring.measure(said),
        )
        number = at + 1 if self.kind.asked else 1
        if number >= self.rule.rounds:
            return board, False
        was, stands = (_answers(before), _answers(now)) if before else (NOTHING_SAID, NOTHING_SAID)
        because = leaves(found.verdict, may.disclosure, was, stands, self.rule)
        if because != "asked-again":
            return (board, because), False
        return (board, because, self.measuring.asks(said, may.disclosure.figures, number)), True


def _scores(said: Said) -> tuple[Score, ...]:
    return tuple(Score(one, agency) for agency, _, one in said if isinstance(one, int))


def _agency(group: Group, place: int) -> str:
    """The agency of one of a group: its own, or each of three in turn."""
    return group.agency or "abc"[place % 3]


def _ranked(agency: str, said: int | str) -> tuple[str, int, int | str]:
    """An answer in its order: by agency, and in it by score; those without one come last."""
    return agency, said if isinstance(said, int) else MOST, said


def _answers(voices: Voices) -> dict[str, Answer]:
    return {one.person: _answer(one.said) for one in voices}


@cache
def _answer(said: int | str) -> Answer:
    return Answer("score", str(said), said) if isinstance(said, int) else Answer(said)  # type: ignore[arg-type]


def looks(kind: Kind, levels: int, rule: Rule) -> Sequence[Sight]:
    """The two ways in which outcomes stand: as the rule has them, or every one settled by hand."""
    measuring = Measuring(scale_of(levels), rule)
    return [Sight(kind, measuring, settled=settled) for settled in (False, True)]
