"""Focus: a report and a form as pages keep nobody out, on a narrow screen, in the light and in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from support.chromium import chromium, faults, in_a_browser, overhang
from support.readers.documents import document

from projections.documents import html
from projections.documents.model import Table

pytestmark = in_a_browser
IN_A_DRAWING = "color-contrast: <text "  # axe decides no contrast within a drawing
UNLIKE = """() => [...document.querySelectorAll("svg text")].filter(one =>
    getComputedStyle(one).fill !== getComputedStyle(document.body).color).length"""
BROKEN = """() => [...document.querySelectorAll("thead th")].filter(one => {
    const word = document.createRange(); word.selectNodeContents(one);
    return word.getClientRects().length > one.textContent.trim().split(/\\s+/).length;
}).map(one => one.textContent)"""
LONG = f"a https://example.org/{'b' * 200}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all pages."""
    with chromium() as found:
        yield found


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page with one of everything and words that do not break, 320 pixels wide."""
    (tmp_path / "page.html").write_bytes(html.write(document(LONG)))
    narrow = {"width": 320, "height": 800}
    window = browser.new_context(viewport=narrow, color_scheme=request.param)  # type: ignore[arg-type]
    found = window.new_page()
    found.goto((tmp_path / "page.html").as_uri())
    yield found
    window.close()


def test_a_page_keeps_nobody_out(page: Page) -> None:
    """By axe; what stands in the drawing has the colour of the words around it, which axe decided."""
    assert [one for one in faults(page) if not one.startswith(IN_A_DRAWING)] == []
    assert page.evaluate(UNLIKE) == 0
    assert overhang(page) == 0


def test_no_word_at_the_head_of_a_column_is_broken(browser: Browser, tmp_path: Path) -> None:
    """However wide the other columns are: nobody reads Answer and then s."""
    head = ("Descriptor", "Responsibilities", "How it came about", "Answers")
    table = Table(caption="Scores", head=head, rows=(("5.1 " + "x" * 90, LONG, LONG, "all 3"),))
    whole = document().model_copy(update={"blocks": (table,)})
    (tmp_path / "page.html").write_bytes(html.write(whole))
    for width in (320, 900, 1100):
        window = browser.new_page(viewport={"width": width, "height": 800})
        window.goto((tmp_path / "page.html").as_uri())
        assert window.evaluate(BROKEN) == []
        assert overhang(window) == 0
        window.close()
