"""Which people of last year's panel are the same people this year, where that is certain.

It is certain if in both years the name can be opened, is spelt alike and belongs to the same
agency, and nobody else of that agency has it. Names are compared in memory and kept nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from projections.facts.view import View

Name = tuple[str, str]  # agency and person, as they are compared


class Same(NamedTuple):
    """Last year's pseudonyms with this year's, and how many people are taken for others to be safe.

    `forgotten` counts names that cannot be read any more, `twice` those that several people of an
    agency have, `moved` those that belong to another agency in the other year.
    """

    now: dict[str, str]
    forgotten: int
    twice: int
    moved: int


def same_people(last: View, this: View) -> Same:
    """Match the panels of two years; peers are left out."""
    before, after = dict(_panel(last)), dict(_panel(this))
    then, now = _by_name(before), _by_name(after)
    sure = [name for name in then.keys() & now.keys() if len(then[name]) == len(now[name]) == 1]
    elsewhere = {name for _, name in then.keys() - now.keys()}
    return Same(
        now={then[name][0]: now[name][0] for name in sure},
        forgotten=sum(name is None for year in (before, after) for name in year.values()),
        twice=sum(len(year[n]) > 1 for n in then.keys() & now.keys() for year in (then, now)),
        moved=len(elsewhere & {name for _, name in now.keys() - then.keys()}),
    )


def _panel(view: View) -> Iterator[tuple[str, Name | None]]:
    for pseudonym, member in view.state.panel.items():
        if member.peer_of is None:
            name = view.log.text(member.name)
            yield pseudonym, (_plain(member.agency), _plain(name)) if name else None


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _by_name(panel: dict[str, Name | None]) -> dict[Name, list[str]]:
    by_name: dict[Name, list[str]] = defaultdict(list)
    for pseudonym, name in panel.items():
        if name is not None:
            by_name[name].append(pseudonym)
    return by_name
