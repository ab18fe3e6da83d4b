"""Every page for those who sign in, in the order of the links between them."""

from __future__ import annotations

from bots.phrases import board as board_phrases
from bots.phrases import desk as desk_phrases
from bots.phrases.pages import downloads as download_phrases
from bots.phrases.pages import evidence as evidence_phrases
from bots.phrases.pages import guides as guide_phrases
from bots.phrases.pages import hubs as hub_phrases
from bots.phrases.pages import letters as letter_phrases
from bots.phrases.pages import looks as look_phrases
from bots.phrases.pages import participation as participation_phrases
from bots.phrases.pages import person as person_phrases
from bots.phrases.pages import rehearsal as rehearsal_phrases
from bots.phrases.pages import years as year_phrases
from bots.web.desk.beside import change, compare, years
from bots.web.desk.downloads import own_copy
from bots.web.desk.downloads.page import draw as draw_downloads
from bots.web.desk.guides import looking, publishing
from bots.web.desk.hubs import area, coverage, finish, others, people, round, settings, tasks
from bots.web.desk.operations.page import entries
from bots.web.desk.page import Draw, Entry
from bots.web.desk.pages import (
    altered,
    bounds,
    evidence,
    letters,
    nudges,
    participation,
    results,
    settle,
    trail,
    what_if,
    why,
)
from bots.web.desk.pages.board import draw as draw_board
from bots.web.desk.rehearsal import page as rehearsal
from projections.access.audience import EVERYBODY, RUNS_IT, SINGLE_ANSWERS, Audience


def _hub(called: str, draw: Draw, *, linked: bool = True) -> Entry:
    return Entry(RUNS_IT, called, draw, looks_back=False, linked=linked)


PAGES: dict[str, Entry] = {
    "tasks": _hub(hub_phrases.TASKS, tasks.draw),
    "people": _hub(hub_phrases.PEOPLE, people.draw),
    "round": _hub(hub_phrases.ROUND, round.draw),
    "board": Entry(SINGLE_ANSWERS, board_phrases.BOARD, draw_board),
    "results": Entry(EVERYBODY, desk_phrases.RESULTS, results.draw),
    "settle": Entry(
        RUNS_IT, board_phrases.SETTLE, settle.draw, settle.take, RUNS_IT, does=settle.DOES
    ),
    "finish": _hub(hub_phrases.FINISH, finish.draw),
    "downloads": Entry(EVERYBODY, download_phrases.DOWNLOADS, draw_downloads),
    "settings": _hub(hub_phrases.SETTINGS, settings.draw),
    "compare": Entry(EVERYBODY, desk_phrases.OTHER_AREAS, compare.draw, looks_back=False),
    "years": Entry(EVERYBODY, year_phrases.YEARS, years.draw),
    "change": Entry(
        SINGLE_ANSWERS, year_phrases.CHANGE, change.draw, looks_back=False, linked=False
    ),
    "participation": Entry(EVERYBODY, participation_phrases.PARTICIPATION, participation.draw),
    "evidence": Entry(SINGLE_ANSWERS, evidence_phrases.EVIDENCE, evidence.draw),
    "what-if": Entry(SINGLE_ANSWERS, look_phrases.WHAT_IF, what_if.draw),
    "bounds": Entry(SINGLE_ANSWERS, look_phrases.BOUNDS, bounds.draw),
    "why": Entry(SINGLE_ANSWERS, board_phrases.WHY, why.draw),
    "nudges": Entry(SINGLE_ANSWERS, board_phrases.NUDGES, nudges.draw),
    "trail": Entry(SINGLE_ANSWERS, board_phrases.TRAIL, trail.draw),
    "altered": Entry(SINGLE_ANSWERS, look_phrases.ALTERED, altered.draw, looks_back=False),
    "letters": Entry(
        RUNS_IT,
        letter_phrases.LETTERS,
        letters.draw,
        letters.take,
        RUNS_IT,
        looks_back=False,
        linked=False,
    ),
    "copy": Entry(
        RUNS_IT,
        person_phrases.COPY,
        own_copy.draw,
        own_copy.take,
        RUNS_IT,
        looks_back=False,
        linked=False,
    ),
    "rehearsal": Entry(
        RUNS_IT,
        rehearsal_phrases.REHEARSAL,
        rehearsal.draw,
        rehearsal.take,
        RUNS_IT,
        looks_back=False,
        linked=False,
    ),
    "guides": _hub(guide_phrases.GUIDES, looking.draw_all, linked=False),
    "guide": _hub(guide_phrases.GUIDE, looking.draw_one, linked=False),
    "guide-publish": Entry(
        RUNS_IT,
        guide_phrases.PUBLISH,
        publishing.draw,
        publishing.take,
        RUNS_IT,
        looks_back=False,
        linked=False,
    ),
    "workshop": _hub(hub_phrases.WORKSHOP, round.draw_workshop, linked=False),
    "coverage": _hub(hub_phrases.COVERAGE, coverage.draw, linked=False),
    "assessments": Entry(
        RUNS_IT,
        hub_phrases.OTHERS,
        others.draw,
        others.take,
        RUNS_IT,
        looks_back=False,
        linked=False,
    ),
    "rules": _hub(hub_phrases.RULES, area.draw_rules, linked=False),
    "local": _hub(hub_phrases.LOCAL, area.draw_local, linked=False),
    **entries(),
}
AT_HAND: dict[Audience, tuple[str, ...]] = {  # what each comes for; the rest is a step further
    "coordinator": ("tasks", "people", "round", "board", "results", "finish"),
    "auditor": ("board", "results", "why", "trail", "downloads"),
    "board": ("results", "compare", "years", "participation", "downloads"),
}


def open_to(role: Audience) -> dict[str, Entry]:
    """The pages a role may open."""
    return {name: page for name, page in PAGES.items() if role in page.roles}


def links_of(role: Audience) -> tuple[dict[str, Entry], dict[str, Entry]]:
    """The pages that every page leads a role to: those at hand, and those further on."""
    linked = {name: page for name, page in open_to(role).items() if page.linked}
    at_hand = {name: linked.pop(name) for name in AT_HAND[role]}
    return at_hand, linked


def first_of(role: Audience) -> str:
    """The page a role comes to after signing in."""
    return next(iter(open_to(role)))
