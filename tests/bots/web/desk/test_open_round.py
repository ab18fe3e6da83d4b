"""What an open round hides leaves no trace on any page of the desk, whichever moment is asked for."""

from __future__ import annotations

import re
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from support.loopback import Clock
from support.story.open_round import masked, told
from support.story.story import NOON
from support.web.desk import named, signed_in
from support.web.web import Site, web

from bots.web.desk.registry import open_to
from ehsg_events.ledger.sequencer import sequencer
from projections.access.audience import Audience

IN_BETWEEN = "2026-10-05T14:51:30"  # on the zone's clock, between the first two who answer
CHANCE = re.compile(r"ehsg/[0-9a-f]{16}\S*|[A-Za-z0-9+/&#;]{40,}=*")  # names, keys, hashes
NONCE = re.compile(r'name="nonce" value="[^"]+"')
MORE = {"why": {"item": "5.1"}, "settle": {"item": "5.1"}}


def drawn(folder: Path, variant: str, role: Audience) -> dict[str, str]:
    """Every page that a reader may open, as of now and of a time, and as of a position there."""
    story, first = told(folder, variant)
    site = Site(story.log, Clock(NOON + timedelta(hours=4)), story.assessment)
    with ExitStack() as until:
        until.enter_context(story)
        with sequencer(story.log, NOON) as at_work:  # begun while the round is open
            at_work.catch_up()
            at_work.sign(NOON)
        site.address = until.enter_context(web(story.log, site.clock))
        who = until.enter_context(closing(signed_in(site, named(site, role))))
        moments = ("", IN_BETWEEN, str(first + 2), "9999")
        found = {f"{page} {at}": page_of(who, page, at) for page in open_to(role) for at in moments}
    assert role == "board" or f'max="{first - 1}"' in found["board "], "as far as the slider goes"
    return found


def page_of(who: httpx.Client, page: str, moment: str) -> str:
    """A page as of a moment, without what differs each time it is drawn."""
    asked = {**MORE.get(page, {}), **({"as-of": moment} if moment else {})}
    answer = who.get(f"/read/{page}", params=asked)
    return masked(CHANCE.sub("", NONCE.sub("", f"{answer.status_code}\n{answer.text}")))


@pytest.mark.parametrize("role", ["coordinator", "auditor", "board"])
def test_no_page_tells_a_score_from_a_dont_know(tmp_path: Path, role: Audience) -> None:
    """Not by a time, a position, the range of a slider or a mark, nor by what a refusal says."""
    scored = drawn(tmp_path / "scored", "a score", role)
    unscored = drawn(tmp_path / "unscored", "a don't know", role)
    assert [page for page, text in scored.items() if unscored[page] != text] == []
    if role != "board":
        assert "is not told while a round takes answers" in scored["trail 9999"]
        assert "police-1 answered 5.1" in scored["trail "]
