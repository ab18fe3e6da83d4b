"""Takes the pictures in the README: `.venv/bin/python docs/screenshots.py`, after `./ehsg demo`.

The report is the rehearsal's; the pages are those of a conversation that is a test.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

HOUSE = Path(__file__).parent.parent
sys.path.insert(0, str(HOUSE / "tests"))

from playwright.sync_api import Browser, Page  # noqa: E402
from support.chromium import chromium  # noqa: E402 - the tests' own words
from support.conversation import CONVERSATIONS, link  # noqa: E402
from support.loopback import Clock  # noqa: E402
from support.visitor import Visitor  # noqa: E402
from support.web.web import web  # noqa: E402

from ehsg_events.commands import sign_in  # noqa: E402
from ehsg_events.kernel import COORDINATOR, Stamp  # noqa: E402
from ehsg_events.log.log import Log  # noqa: E402

DEMO = HOUSE / "demo-data"
REPORT = DEMO / "report.html"
AFTER_THE_ROUNDS = "2026-10-27"
PAGES = {"board": f"board?as-of={AFTER_THE_ROUNDS}", "results": "results", "why": "why?item=9.5"}
WIDE, NARROW = (760, 900), (320, 900)
SAID = {"question": 1, "words": 3, "receipt": 6}  # lines said before each picture
WORDS_OF_A_NUMBER = "The panel looked at 943 476 5919 and agreed."


def main() -> None:
    """Take every picture."""
    with chromium() as browser:
        if REPORT.exists():
            shoot(browser, REPORT.as_uri(), "report", (900, 1000))
            shoot(browser, REPORT.as_uri(), "report-narrow", (340, 900))
            first_page(DEMO / "report.pdf")
            with reading() as link:
                signed_in(browser, link)
        else:
            sys.stderr.write("No report yet: its picture stays. Run ./ehsg demo first.\n")
        for name, said in SAID.items():
            with interview(said) as address:
                shoot(browser, address, f"web-{name}", WIDE)
        with interview(1) as address:
            shoot(browser, address, "web-question-narrow", NARROW)
        with interview(2) as address:
            refused(browser, address)


@contextmanager
def interview(said: int) -> Iterator[str]:
    """A link behind which so many lines of a conversation were said already."""
    one = next(one for one in CONVERSATIONS if one.file.stem == "a-health-visitor-answers")
    with TemporaryDirectory() as folder:
        log = Log(Path(folder) / "log")
        at = one.open(log)
        token = link(log, at)
        with web(log, Clock(at)) as address:
            ana = Visitor(address, token)
            for line in one.said[:said]:
                ana.say(line)
            ana.close()
            yield ana.url
        log.close()


@contextmanager
def reading() -> Iterator[str]:
    """A link by which the rehearsal's coordinator signs in."""
    with TemporaryDirectory() as folder:
        shutil.copytree(DEMO, Path(folder) / "data")
        log = Log(Path(folder) / "data")
        ((assessment, _, _),) = log.assessments()
        now = datetime.now(UTC)
        stamp = Stamp(
            at=now, by=COORDINATOR, role="coordinator", surface="command", cause="link", key="link"
        )
        secret = sign_in.offer(log, stamp, assessment, f"{COORDINATOR}-1")
        with web(log, Clock(now)) as address:
            yield f"{address}/sign-in/{secret}"
        log.close()


def signed_in(browser: Browser, link: str) -> None:
    """The coordinator's pages."""
    page = opened(browser, link, (900, 1000))
    page.get_by_role("button").first.click()
    for name, path in PAGES.items():
        page.goto(f"{link.partition('/sign-in/')[0]}/read/{path}")
        page.screenshot(path=HOUSE / "docs" / f"{name}.png")
    page.close()


def first_page(pdf: Path) -> None:
    """The first page of the report as PDF, drawn by poppler."""
    place = HOUSE / "docs" / "report-pdf"
    size = ("-r", "70", "-f", "1", "-l", "1", "-singlefile")
    subprocess.run(["pdftoppm", "-png", *size, pdf, place], check=True)


def refused(browser: Browser, address: str) -> None:
    """A page that did not keep what was typed, with the text still in its box."""
    page = opened(browser, address, WIDE)
    page.locator("#words-working-well").fill(WORDS_OF_A_NUMBER)
    page.get_by_role("button", name="Save and continue").click()
    page.screenshot(path=HOUSE / "docs" / "web-not-kept.png")
    page.close()


def shoot(browser: Browser, address: str, name: str, size: tuple[int, int]) -> None:
    """Take one picture."""
    page = opened(browser, address, size)
    page.screenshot(path=HOUSE / "docs" / f"{name}.png")
    page.close()


def opened(browser: Browser, address: str, size: tuple[int, int]) -> Page:
    """A page in a window of a size."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(address)
    return page


if __name__ == "__main__":
    main()
