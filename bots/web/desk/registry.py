"""Every page for those who sign in, in the order of the links between them."""

from __future__ import annotations

from bots.phrases import board
from bots.phrases import desk as said
from bots.web.desk.page import Entry
from bots.web.desk.pages import compare, nudges, results, settle, trail, why
from bots.web.desk.pages.board import draw as draw_board
from projections.access.audience import EVERYBODY, RUNS_IT, SINGLE_ANSWERS, Audience

PAGES: dict[str, Entry] = {
    "board": Entry(SINGLE_ANSWERS, board.BOARD, draw_board),
    "results": Entry(EVERYBODY, said.RESULTS, results.draw),
    "compare": Entry(EVERYBODY, said.COMPARE, compare.draw, looks_back=False),
    "settle": Entry(RUNS_IT, board.SETTLE, settle.draw, settle.take, RUNS_IT, does=settle.DOES),
    "why": Entry(SINGLE_ANSWERS, board.WHY, why.draw),
    "nudges": Entry(SINGLE_ANSWERS, board.NUDGES, nudges.draw),
    "trail": Entry(SINGLE_ANSWERS, board.TRAIL, trail.draw),
}


def open_to(role: Audience) -> dict[str, Entry]:
    """The pages a role may open."""
    return {name: page for name, page in PAGES.items() if role in page.roles}


def first_of(role: Audience) -> str:
    """The page a role comes to after signing in."""
    return next(iter(open_to(role)))
