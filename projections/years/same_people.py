"""Who of last year's panel is the same person this year: only where it is certain.

Certain is a name that was opened in both years, spelt alike, of the same agency, and that nobody
else of that agency bears. Names are compared in memory and kept nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from projections.facts.view import View

Name = tuple[str, str]  # agency and person, as they are compared


class Same(NamedTuple):
    """Last year's pseudonyms with this year's, and how many are treated as others to be safe.

    `forgotten` names cannot be read any more, `twice` are borne by several people of an agency,
    `moved` stand under another agency in the other year.
    """

    now: dict[str, str]
    forgotten: int
    twice: int
    moved: int


def same_people(last: View, this: View) -> Same:
    """Match the panels of two years, peers apart."""
    before, after = dict(_panel(last)), dict(_panel(this))
    then, now = _bearers(before), _bearers(after)
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


def _bearers(panel: dict[str, Name | None]) -> dict[Name, list[str]]:
    found: dict[Name, list[str]] = defaultdict(list)
    for pseudonym, name in panel.items():
        if name is not None:
            found[name].append(pseudonym)
    return found
