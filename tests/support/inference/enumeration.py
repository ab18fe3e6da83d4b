"""Everything a reader may see of every panel there could be, and whom that leaves one score.

A panel is given as groups of people of whom it is known who they are: those of an agency, those who
stayed, joined or left. A person is a letter: what they said at each close, none where they did not.
Inside a group people are exchangeable, so that a group is a multiset of letters, and each of its
people may be any of the letters that the group has in any panel which looks alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations_with_replacement, product
from typing import NamedTuple

from ehsg_events.agreement.consensus import Heard, Yardstick, measure, yardstick
from ehsg_events.agreement.disclosure import AGREED
from ehsg_events.agreement.small_numbers import Measured, Voice, Voices, told
from ehsg_events.values.measure import Measure
from ehsg_events.values.policy import Rule
from guides.model import Level, Scale
from projections.access.closes import Close
from projections.results.board_results import figures_told
from projections.results.settled import against

Letter = tuple[int | str | None, ...]
Panel = tuple[tuple[Letter, ...], ...]


class Group(NamedTuple):
    """People of whom it is known that they are one kind: how many, and what each may have said."""

    people: int
    letters: Sequence[Letter]
    agency: str | None = None  # none: of several agencies, in turn


class Certain(NamedTuple):
    """One person of a group whose score at a close is left no choice, and who would know it."""

    seen: object
    reader: tuple[int, Letter] | None
    group: int
    close: int


def scale_of(levels: int) -> Scale:
    """A scale from 0 on."""
    return Scale(
        id="scale",
        levels=tuple(
            Level(value=str(score), label=f"level {score}", score=score) for score in range(levels)
        ),
    )


def panels(groups: Sequence[Group]) -> Iterator[Panel]:
    """Every panel of some groups."""
    kinds = (combinations_with_replacement(group.letters, group.people) for group in groups)
    return product(*map(list, kinds))


def same(levels: int) -> list[Letter]:
    """Letters of somebody who was heard once."""
    return [(score,) for score in range(levels)]


def seen(
    panel: Panel, groups: Sequence[Group], scale: Scale, rule: Rule, *, settled: bool = True
) -> object:
    """All that a reader is told of a panel, at every moment.

    Args:
        settled: after each close, every level of the scale is settled by hand in turn.
    """
    yard = yardstick(scale.lowest, scale.highest)
    closes = [_close(panel, groups, at, yard, rule) for at in range(len(groups[0].letters[0]))]
    judged = [Measured(voices, one.verdict, one.median, settled) for voices, one in closes]
    return tuple(
        _told_of(Close(number, number, one, voices, told=may), scale, settled=settled)
        for number, ((voices, one), may) in enumerate(
            zip(closes, told(judged, yard, rule), strict=True), start=1
        )
    )


def _told_of(close: Close, scale: Scale, *, settled: bool) -> object:
    middle, may = close.measure.median, close.told
    figures: tuple[tuple[str, object], ...] = ()
    if may.disclosure.figures != "none":
        figures = tuple(figures_told(close, scale).items())
    is_adopted = close.measure.verdict in AGREED and middle is not None and middle == int(middle)
    adopted = middle if is_adopted and may.disclosure.agreement else None
    compared = tuple((level, against(level, middle)) for level in sorted(may.compares) if settled)
    return figures, adopted, compared


def _close(
    panel: Panel, groups: Sequence[Group], at: int, yard: Yardstick, rule: Rule
) -> tuple[Voices, Measure]:
    voices = frozenset(_voices(panel, groups, at))
    scores = tuple(one for one in Measured(voices, "agreed", None).judged(yard, rule).scores)
    asked = len(voices)
    agencies = len({voice.agency for voice in voices})
    heard = Heard(scores, asked - len(scores), asked, agencies)
    return voices, measure("5.1", heard, yard, rule)


def _voices(panel: Panel, groups: Sequence[Group], at: int) -> Iterator[Voice]:
    for number, (group, letters) in enumerate(zip(groups, panel, strict=True)):
        for place, letter in enumerate(letters):
            said = letter[at]
            if said is not None:
                agency = group.agency or "abc"[place % 3]
                yield Voice(f"{number}-{place}", agency, said)


def alike(
    groups: Sequence[Group], scale: Scale, rule: Rule, *, settled: bool = True
) -> Mapping[object, Sequence[Panel]]:
    """The panels that look alike to a reader, by what is seen of them."""
    classes: defaultdict[object, list[Panel]] = defaultdict(list)
    for panel in panels(groups):
        classes[seen(panel, groups, scale, rule, settled=settled)].append(panel)
    return classes


def certain(classes: Mapping[object, Sequence[Panel]]) -> Iterator[Certain]:
    """Whoever is left one score by what is seen, for a stranger or for one of the panel."""
    for view, every in classes.items():
        by_reader: defaultdict[tuple[int, Letter] | None, list[Panel]] = defaultdict(list)
        for panel in every:
            by_reader[None].append(panel)
            for number, letters in enumerate(panel):
                for letter in set(letters):
                    by_reader[number, letter].append(_without(panel, number, letter))
        for reader, others in by_reader.items():
            for group, close in _single(others):
                yield Certain(view, reader, group, close)


def _without(panel: Panel, number: int, letter: Letter) -> Panel:
    """A panel without one person, who is its reader."""
    rest = list(panel[number])
    rest.remove(letter)
    return (*panel[:number], tuple(rest), *panel[number + 1 :])


def _single(panels: Sequence[Panel]) -> Iterator[tuple[int, int]]:
    """The groups, and closes, in which somebody's score can only be one."""
    for group in range(len(panels[0])):
        letters = {letter for panel in panels for letter in panel[group]}
        for close in range(len(next(iter(letters), ()))):
            said = {letter[close] for letter in letters}
            if len([score for score in said if isinstance(score, int)]) == 1:
                yield group, close


# -- kinds of panels ---------------------------------------------------------------------------
def partitions(people: int, most: int | None = None) -> Iterator[tuple[int, ...]]:
    """Every way to divide people among agencies, by size."""
    if people == 0:
        yield ()
    for first in range(min(people, most or people), 0, -1):
        for rest in partitions(people - first, first):
            yield (first, *rest)


def heard_once(people: int, levels: int, agency: str | None = None) -> list[Group]:
    """A panel after one close; of one agency if it is named."""
    return [Group(people, same(levels), agency)]


def by_agency(sizes: Sequence[int], levels: int) -> list[Group]:
    """A panel of which it is known who is of which agency."""
    return [Group(size, same(levels), str(place)) for place, size in enumerate(sizes)]


def fed_back(people: int, levels: int) -> list[Group]:
    """A panel that is asked twice; nobody knows who changed their mind."""
    return [Group(people, list(product(range(levels), repeat=2)))]


def joined(stayed: int, came: int, levels: int) -> list[Group]:
    """A panel that was reopened for some, who give a score or do not know."""
    late: list[Letter] = [*((None, score) for score in range(levels)), (None, "dont-know")]
    return [_stayed(stayed, levels), Group(came, late)]


def left(stayed: int, went: int, levels: int) -> list[Group]:
    """A panel of which some withdrew before the next close."""
    return [_stayed(stayed, levels), Group(went, [(score, None) for score in range(levels)])]


def exchanged(stayed: int, went: int, came: int, levels: int) -> list[Group]:
    """A panel of which some withdrew while others joined."""
    return [*left(stayed, went, levels), joined(stayed, came, levels)[1]]


def joined_twice(stayed: int, first: int, second: int, levels: int) -> list[Group]:
    """A panel that grew at each of two reopenings."""
    every = range(levels)
    return [
        Group(stayed, [(score, score, score) for score in every]),
        Group(first, [(None, score, score) for score in every]),
        Group(second, [(None, None, score) for score in every]),
    ]


def _stayed(people: int, levels: int) -> Group:
    return Group(people, [(score, score) for score in range(levels)])
