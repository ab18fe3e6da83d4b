"""Focus: the board's pages and files tell nothing but what the results that are told to it hold.

That those never tell fewer than three people's answers apart is tried out over every small panel in
`tests/projections/access/test_enumeration.py`. Here panels that the same is told of look alike on
every page and in every file that the board may open, at every moment that it may ask for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from support.story.open_round import masked
from support.story.story import NAMES, PANEL, Story

from bots.web.desk.app import AS_OF, Desk
from bots.web.desk.going_on import Again
from bots.web.desk.page import Visitor
from bots.web.desk.registry import open_to
from bots.web.desk.session import Sessions
from bots.web.rate_limit import RateLimiter
from projections.facts.view import view_at
from projections.results.board_results import shown

FIRST = "333334"  # six people of three agencies on 5.1: figures are shown
THIN = "334"  # three of them on 5.2: none are
MOMENTS = ("", "2026-10-05T16:00", "2026-10-06T16:05")  # now, and while others were being asked
TEXTS = ("report.md", "report.json")


class Told(NamedTuple):
    """What the results say to the board at each moment, and all that it can open then."""

    results: str
    opened: tuple[str, ...]


def lived(folder: Path, thin: tuple[str, ...], anew: tuple[str, ...]) -> Story:
    """A round that was closed, and taken up again by two who have something else to say."""
    story = Story(folder).opened(PANEL).round_opened()
    story.all_answered("5.1", dict(zip(NAMES, FIRST, strict=True)))
    story.all_answered("5.2", dict(zip(NAMES, thin, strict=False)))
    story.round_closed()
    story.minutes = 26 * 60
    story.reopened(40, "Some were on leave")
    story.all_answered("5.1", dict(zip(NAMES, anew, strict=False)))
    return story.round_closed()


def opened(story: Story, who: Visitor) -> Iterator[str]:
    """Every page at every moment, and every file that is a text, as the desk answers."""
    sessions = Sessions(story.log, lambda: who.at, "http://127.0.0.1")
    desk = Desk(story.log, lambda: who.at, RateLimiter(), sessions, str, by_mail=False)
    for at in MOMENTS:
        for name in open_to("board"):
            yield masked(bytes(desk._drawn(who, name, Again({AS_OF: at})).body).decode())
        for name in TEXTS:
            yield masked(bytes(desk._given(who, name, {AS_OF: at}).body).decode())


@cache
def told(thin: tuple[str, ...], anew: tuple[str, ...]) -> Told:
    """What becomes of the answers of a panel."""
    with TemporaryDirectory() as folder, lived(Path(folder), thin, anew) as story:
        who = Visitor(story.assessment, "reader-1", "board", story.stamp().at)
        views = (view_at(story.log, story.assessment, at or None) for at in MOMENTS)
        return Told(
            masked(str([shown(view, "board") for view in views])), tuple(opened(story, who))
        )


PANELS = [  # as many facts each, so that they are of the same minutes
    *((thin, ("2", "4")) for thin in product("25", repeat=3)),
    *((tuple(THIN), anew) for anew in product("25", repeat=2)),
]


@pytest.mark.slow
def test_panels_of_which_the_board_is_told_the_same_look_the_same_to_it() -> None:
    """Who scored what where too few did, and how one or two have changed their mind since."""
    alike: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    panels: dict[str, int] = defaultdict(int)
    for panel in PANELS:
        found = told(*panel)
        alike[found.results].add(found.opened)
        panels[found.results] += 1
    assert max(panels.values()) > 5, "there are panels that are told apart by nothing"
    assert [results for results, looks in alike.items() if len(looks) > 1] == []
