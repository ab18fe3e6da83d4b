"""Facts as lines, read models as tables: each page in tests/tables is a rule and its test."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.places import TESTS
from support.story.story import Story, member
from support.story.telling import days_pass, dropped, nudged, planned, reminded_by_telephone

from ehsg_events.kernel import Words
from ehsg_events.panel.member import Member
from ehsg_events.values.policy import Rule, Terms
from projections.facts import table
from projections.facts.read_models import READ_MODELS, SQL
from projections.facts.view import View

PAGES = sorted((TESTS / "tables").glob("*.md"))
Line = tuple[str, Callable[..., object]]
LINES: tuple[Line, ...] = (
    ("round opens", Story.round_opened),
    ("round closes", Story.round_closed),
    (r"(\S+) says (\S+) is (\S+)", Story.answered),
    (r"(\S+) notes (\S+) of (\S+): (.+)", lambda s, who, box, i, t: s.noted(who, i, box, t)),
    (r"(\S+) rewords: (.+)", Story.note_amended),
    (r"(\S+) takes back", Story.note_retracted),
    (r"(\S+) withdraws", Story.withdrawn),
    (r"(\d+) days? pass(?:es)?", days_pass),
    (r"(\S+) is nudged", nudged),
    (r"(\S+) is reminded by telephone", reminded_by_telephone),
    (r"moderated (\S+) at (\S+) because (.+)", Story.moderated),
    (r"agreed for (\S+): (.+)", planned),
    (r"dropped action (\d+) of (\S+) because (.+)", dropped),
    (r"(\S+) dissents from (\S+) because (.+)", Story.dissented),
)


def tell(story: Story, page: str) -> None:
    """Tell the facts of a page, line by line."""
    lines = page.partition("```facts\n")[2].partition("```")[0].splitlines()
    panel: list[Member] = []
    rule = Rule()
    for line in lines:
        if found := re.fullmatch(r"panel (\S+) of (\S+) about (.+)", line):
            panel.append(member(found[1], found[2], found[3].split()))
        elif found := re.fullmatch(r"rule (people|agencies) (\d)", line):
            rule = Rule.model_validate({"weights": found[1], "rounds": found[2]})
        else:
            if panel:
                story.opened(panel, Terms(rule=rule))
                panel = []
            _say(story, line)


def _say(story: Story, line: str) -> None:
    for pattern, told in LINES:
        if found := re.fullmatch(pattern, line):
            told(story, *found.groups())
            return
    raise AssertionError(f"nobody knows how to tell: {line}")


def tables(page: str) -> Iterator[tuple[str, list[list[str]]]]:
    """The read models of a page, each with its table, the heads first."""
    for part in page.split("\n## ")[1:]:
        rows = [line for line in part.splitlines() if line.startswith("|")]
        cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
        yield part.splitlines()[0].strip(), [cells[0], *cells[2:]]


def shown(view: View, model: str, heads: list[str]) -> list[list[str]]:
    """A read model as a page writes it."""
    found = view.ask(f"SELECT * FROM {model}")  # noqa: S608 - our own name
    return [[_cell(view, row[head]) for head in heads] for row in found]


def _cell(view: View, value: Any) -> str:
    match value:
        case None:
            return "-"
        case bool():
            return str(value).lower()
        case float():
            return f"{value:g}"
        case list():
            return " ".join(map(str, value))
        case dict():
            return str(view.log.text(Words.model_validate(value)))
    return str(value)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_holds_when_replayed_at_once_and_fact_by_fact(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the log is handed over, the read models are the tables on the page."""
    page = path.read_text(encoding="utf-8")
    with Story(tmp_path) as story:
        tell(story, page)
        views = [story.view()]
        monkeypatch.setattr(table, "CHUNK", 1)
        views.append(story.view())
        for model, (heads, *rows) in tables(page):
            for view in views:
                assert sorted(shown(view, model, heads)) == sorted(rows), model


def test_every_read_model_says_what_a_row_is() -> None:
    """Each SQL file begins with a sentence: its name, and what one row of it is."""
    assert set(READ_MODELS) <= {path.stem for path in SQL.glob("*.sql")}
    for path in sorted(SQL.glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"-- {path.stem}: one row per "), path.name
        assert f"CREATE VIEW {path.stem} AS" in text, path.name
