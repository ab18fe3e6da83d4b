"""Text that is meant to do something, put where names and questions go: it is letters there."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest
from support.story.story import Story, member

from ehsg_events.kernel import Refused
from projections.documents.formats import report_as
from projections.results.results import results, trail, why

OUTSIDE = (
    "FROM '{secret}'",
    "FROM read_csv('{secret}')",
    "FROM read_text('{secret}')",
    "FROM read_blob('{secret}')",
    "FROM read_json('{secret}')",
    "FROM glob('{folder}/*')",
    "CREATE TEMP TABLE taken AS FROM '{secret}'",
    "COPY (SELECT 1) TO '{folder}/out.csv'",
    "EXPORT DATABASE '{folder}/out'",
    "ATTACH '{folder}/other.duckdb'",
    "SET enable_external_access = true",
    "SET allowed_directories = ['{folder}']",
    "SET lock_configuration = false",
    "RESET lock_configuration",
    "SET temp_directory = '{folder}'",
    "PRAGMA profiling_output = '{folder}/out.json'",
    "SET autoinstall_known_extensions = true",
    "INSTALL httpfs",
    "LOAD '{folder}/evil.duckdb_extension'",
    "CREATE PERSISTENT SECRET taken (TYPE http)",
)
HOSTILE = (
    "Police'; DROP TABLE fact; --",
    'Health" UNION SELECT * FROM duckdb_settings() --',
    "<img src=x onerror=alert(1)><script>alert(1)</script>",
)
ASKED = ("5.1' OR '1'='1", "5.1; DROP TABLE fact", 'x"', "$1", "")
MOMENTS = ("1; DROP TABLE fact", "1' OR '1'='1", "now()", "-1", "1e3", "2026-13-01", "")


@pytest.fixture
def hostile(tmp_path: Path) -> Story:
    """Three people from each of three agencies with names that are meant to do something."""
    panel = [
        member(f"p{place}{n}", agency, ["5.1", "5.2"])
        for place, agency in enumerate(HOSTILE)
        for n in "123"
    ]
    told = Story(tmp_path / "data").opened(panel).round_opened()
    for number, person in enumerate(panel):
        told.answered(person.id, "5.1", str(number % 3))
        told.noted(person.id, "5.1", "working-well", HOSTILE[number % 3])
    return told.round_closed()


def test_no_statement_reaches_outside_the_table(story: Story, tmp_path: Path) -> None:
    """No file is read or made, and the lock stays shut."""
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    db, before = story.view().db, set(tmp_path.iterdir())
    for sql in OUTSIDE:
        with pytest.raises(duckdb.Error):
            db.execute(sql.format(secret=secret, folder=tmp_path)).fetchall()
    assert set(tmp_path.iterdir()) == before


def test_names_that_look_like_statements_are_counted_like_any_other(hostile: Story) -> None:
    """Each read model gives its rows, and nothing is gone afterwards."""
    view = hostile.view()
    before = view.ask("SELECT count(*) AS facts FROM fact")
    first = results(view)[0]
    assert (first.n, first.median) == (9, 1.0)
    assert {row["agency"] for row in view.ask("SELECT agency FROM participation")} == set(HOSTILE)
    assert trail(view)
    assert view.ask("SELECT count(*) AS facts FROM fact") == before


def test_what_looks_like_a_statement_is_no_item_and_no_moment(story: Story) -> None:
    """It is refused as what it is: something the guide does not have, no position and no time."""
    view = story.view()
    for item in ASKED:
        with pytest.raises(Refused, match="has no item"):
            why(view, item)
    for moment in MOMENTS:
        with pytest.raises(Refused, match="neither a log position nor a time"):
            story.view(moment)


class Tags(HTMLParser):
    """Every tag of a page, with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep one."""
        self.found.append((tag, dict(attrs)))


def test_names_that_look_like_html_are_letters_on_the_page(hostile: Story) -> None:
    """No script, no picture from elsewhere and no attribute that acts."""
    page = report_as(hostile.view(), "html").decode()
    tags = Tags(page).found
    assert "&lt;script&gt;" in page
    assert not {tag for tag, _ in tags} & {"script", "img", "iframe", "object"}
    assert not [name for _, names in tags for name in names if name.startswith("on")]
