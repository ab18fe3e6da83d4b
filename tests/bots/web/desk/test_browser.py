"""Focus: every page for those who sign in can be used by anybody: in each state, by each reader.

These are a sample; `tests/long/barriers.py` looks at every page in every state.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.chromium import barriers, chromium, in_a_browser
from support.story.states import AFTER, HOSTILE, desk_site
from support.web.windows import Readers, refuse_barriers

from ehsg_events.commands import outcomes

pytestmark = in_a_browser
CLOSED = "closed coordinator"
VISITS = (
    *(f"{state} coordinator board" for state in
      ("prepared", "opened", "closed", "moderated", "signed_off")),
    "opened auditor board", "closed board compare", "closed board results", "moderated board results", f"{CLOSED} results", "moderated auditor results", f"{CLOSED} settle", f"{CLOSED} settle?item=5.2",
    f"{CLOSED} nudges", f"{CLOSED} why", "opened coordinator why?item=5.2",
    f"{CLOSED} what-if?weights=agencies&without=Police", "opened auditor what-if", f"{CLOSED} bounds",
    "moderated auditor evidence", f"{CLOSED} evidence?item=5.2", f"{CLOSED} participation",
    "moderated board participation", f"{CLOSED} years", f"{CLOSED} change",
    "opened coordinator letters", "prepared coordinator letters?language=cy",
    "prepared coordinator guides", "prepared coordinator guide?than=ehsg-2020@1",
    "prepared coordinator guide-publish", "prepared coordinator rehearsal", "prepared coordinator tasks", "opened coordinator tasks", "opened coordinator people",
    "opened coordinator people?person=police-1", "paused coordinator round", f"{CLOSED} finish",
    f"{CLOSED} copy?person=police-1", f"{CLOSED} settings", f"{CLOSED} rules", "prepared coordinator coverage", f"{CLOSED} local",
    f"{CLOSED} assessments", "prepared coordinator assessment-open",
    "closed board downloads", "opened coordinator panel-add", "opened coordinator told?person=police-1",
    "prepared coordinator terms-choose", f"{CLOSED} priorities", "opened coordinator workshop-present",
    "abandoned coordinator tasks", "moderated auditor why?item=5.2", "moderated auditor trail", f"{CLOSED} trail?person=police-1",
    "moderated auditor altered", "opened coordinator altered?look=yes", f"{CLOSED} altered?checkpoint=none",
)  # fmt: skip
REFUSED = ("board?as-of=yesterday", "nowhere", "people?person=nobody")
ACTIVE = """() => [...document.querySelectorAll("*")].filter(element =>
    element.matches("script:not([src='../live.js']), iframe, object, embed, img, [href^=javascript]")
    || [...element.attributes].some(one => one.name.startsWith("on"))).length"""


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Readers]:
    """One served log and one browser for all."""
    with desk_site(tmp_path_factory.mktemp("house")) as place, chromium() as browser:
        yield Readers(place, browser)


@pytest.mark.parametrize("visit", VISITS)
def test_a_page_keeps_nobody_out(readers: Readers, visit: str) -> None:
    """By axe, at 320 pixels, with a thumb."""
    refuse_barriers(readers.look(visit))


@pytest.mark.parametrize("where", ["participation", "settings", "settle?item=5.2"])
def test_a_wide_page_keeps_nobody_out(readers: Readers, where: str) -> None:
    """Where a table has room, until its text is twice as large, and links stand on one line."""
    page = readers.page(f"{CLOSED} {where}")
    assert barriers(page) == []
    page.close()


@pytest.mark.parametrize("visit", ["opened coordinator people", f"{CLOSED} settle?item=5.2"])
def test_paper_shows_what_can_be_read_and_when_it_was(readers: Readers, visit: str) -> None:
    """Nothing to press; tables are tables, and what was folded away is unfolded."""
    page = readers.page(visit)
    page.emulate_media(media="print")
    pressed = "nav, button, input, textarea, select, .act, .does, .way"
    assert not any(one.is_visible() for one in page.locator(pressed).all())
    assert page.get_by_text("As seen at 9am on Tuesday 13 October 2026").is_visible()
    for row in page.locator("tbody tr").all():
        assert row.evaluate("one => getComputedStyle(one).display") == "table-row"
    for words in page.locator("main details > *").all():
        assert words.is_visible()
    page.close()


@pytest.mark.parametrize("where", REFUSED)
def test_a_refusal_keeps_nobody_out(readers: Readers, where: str) -> None:
    """And is a whole page, with the way out."""
    page = readers.look(f"{CLOSED} {where}")
    refuse_barriers(page)
    assert page.get_by_role("link").count() > 1


def test_pages_before_the_door_keep_nobody_out(readers: Readers) -> None:
    """The link, the page of who has not signed in, and what is said to whoever asks for a link."""
    page = readers.stranger()
    for address in (
        readers.place.sign_in("closed", "auditor"),
        f"{readers.place.address}/read/home",
    ):
        page.goto(address)
        refuse_barriers(page)
    page.get_by_label("Your e-mail address").fill("jo@council.example.org")
    page.get_by_role("button", name="Send me a link").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Look at your e-mail"
    refuse_barriers(page)


def test_a_link_from_elsewhere_opens_a_page_and_a_form_from_there_does_nothing(
    readers: Readers,
) -> None:
    """As one in a letter does; in a browser that sends the cookie along as ours asks it to."""
    page = readers.stranger()
    page.goto(readers.place.sign_in("closed", "coordinator"))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/read/tasks")
    ours, facts = readers.place.address, len(readers.place.recorded)
    elsewhere = f"""<!doctype html><a href="{ours}/read/results">Look</a>
        <form method="post" action="{ours}/read/sign-out"><button>Win</button></form>"""
    page.route(
        "http://elsewhere.example/",
        lambda route: route.fulfill(body=elsewhere, content_type="text/html"),
    )
    page.goto("http://elsewhere.example/")
    page.get_by_role("link", name="Look").click()
    assert "Jane Quill, coordinator" in page.locator(".sign-out").inner_text()
    page.goto("http://elsewhere.example/")
    page.get_by_role("button", name="Win").click()
    assert "This did not come from our own page" in page.inner_text("main")
    assert len(readers.place.recorded) == facts
    page.goto(f"{ours}/read/board")
    assert "Jane Quill, coordinator" in page.locator(".sign-out").inner_text()
    page.close()


def test_an_earlier_moment_is_said_to_be_one_and_leads_back(readers: Readers) -> None:
    """By a time, without JavaScript; nothing can be settled there."""
    page = readers.page(f"{CLOSED} board", script=False)
    page.locator("#as-of").fill(AFTER.isoformat())
    page.locator("form", has=page.locator("#as-of")).get_by_role("button").click()
    assert "This is how it stood then." in page.inner_text("main")
    assert page.get_by_role("link", name="Settle 5.2").count() == 0
    page.get_by_role("link", name="Back to now").click()
    assert "As it stands now." in page.inner_text("main")


def test_every_line_of_the_overview_leads_to_its_descriptor_by_keyboard(readers: Readers) -> None:
    """On the results page itself, and from the board to it; what is drawn is said in its name."""
    for visit in (f"{CLOSED} results", f"{CLOSED} board"):
        page = readers.page(visit, script=False)
        line = page.locator(".plot a[href$='#5.2']")
        assert (line.text_content() or "").startswith(
            "5.2 One Lead Practitioner: open; middle score"
        )
        line.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/results#5.2")
        assert page.locator("article:target h3").inner_text() == "5.2 One Lead Practitioner"
        assert page.locator("main [style]").count() == 0
        page.close()


def test_the_walk_back_leads_from_a_figure_to_its_fact(readers: Readers) -> None:
    """The step that is led to is on the page, and on to the board as it was then."""
    page = readers.page("moderated auditor why?item=5.2")
    page.get_by_role("link", name="The outcome is 1").click()
    step = page.locator("li:target")
    assert "was settled in moderation at 1" in step.inner_text()
    step.get_by_role("link", name="The board then").click()
    assert "This is how it stood then." in page.inner_text("main")
    page.close()


def test_words_of_others_do_nothing_on_any_page(readers: Readers) -> None:
    """HTML, a script, a link and turned letters stay letters."""
    shown = HOSTILE.replace("\u202e", "\N{REPLACEMENT CHARACTER}")
    for visit in (f"{CLOSED} board", f"{CLOSED} settle?item=5.2", "moderated auditor why?item=5.2",
                  "moderated auditor evidence?item=5.2", "moderated auditor trail?item=5.2"):  # fmt: skip
        page = readers.page(visit)
        page.on("dialog", lambda _: pytest.fail("a script ran"))
        assert page.evaluate(ACTIVE) == 0
        assert shown in " ".join(page.locator("blockquote").all_text_contents())
        page.close()


def test_a_form_that_lacks_something_says_what_without_javascript(readers: Readers) -> None:
    """Each sentence leads to its field, and what was typed is still there."""
    page = readers.page(f"{CLOSED} settle?item=5.2", script=False)
    page.locator("#because").fill("Seen at every school.")
    page.get_by_role("button", name="Settle 5.2").click()
    assert page.title().startswith("Error: ")
    assert page.get_by_role("link", name="Choose the level that stands.").get_attribute("href") == (
        "#score"
    )
    assert page.locator("#because").input_value() == "Seen at every school."
    assert "Say why" not in page.inner_text("main")
    wrong = readers.page(f"{CLOSED} settle?item=5.2")
    wrong.get_by_role("button", name="Settle 5.2").click()
    refuse_barriers(wrong)
    wrong.close()


def test_a_keyboard_alone_reaches_and_settles(readers: Readers) -> None:
    """Tab, space, enter and letters, from the board to the sentence that says what came of it."""
    page = readers.page(f"{CLOSED} board")
    keys = page.keyboard

    def reach(what: str) -> None:
        for _ in range(60):
            keys.press("Tab")
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            if page.evaluate("what => document.activeElement.matches(what)", what):
                return
        raise AssertionError(f"{what} cannot be reached on {page.title()}")

    reach("a[href='settle?item=5.2']")
    with page.expect_navigation():
        keys.press("Enter")
    reach("#score")
    keys.press("Space")
    keys.press("ArrowDown")
    reach("#because")
    keys.type("The three who said none work where it began.")
    reach("button.primary")
    with page.expect_navigation():
        keys.press("Enter")
    done = page.locator(".done").inner_text()
    assert "5.2 stands at 1 (First steps)." in done
    assert "The panel's middle score on 5.2 was 5" in done
    page.close()


def test_an_open_board_is_drawn_again_where_one_is(readers: Readers) -> None:
    """What was unfolded stays so, the focus stays where it was, and it is said politely."""
    page, area = readers.page("moderated coordinator board"), readers.place.areas["moderated"]
    summary = page.locator("main summary").first
    summary.focus()
    page.keyboard.press("Enter")
    outcomes.moderate(area.log, area.stamp(readers.place.clock()), area.id, "5.2", "4", "Again.")
    page.get_by_text("4 (In place across the partnership), settled by hand").wait_for()
    page.locator("#live", has_text="The board has changed.").wait_for()
    assert page.locator("main details").first.get_attribute("open") is not None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.close()


def test_an_open_board_becomes_the_one_its_reader_has_signed_in_to_since(readers: Readers) -> None:
    """Whole, with its own heading and links: never one assessment's board on another's page."""
    page, area = readers.page("moderated coordinator board"), readers.place.areas["moderated"]
    readers.page("signed_off auditor board").close()
    outcomes.moderate(area.log, area.stamp(readers.place.clock()), area.id, "5.2", "3", "Anew.")
    page.get_by_text("Signed off by the Director").wait_for()
    assert "Rae Reed, auditor" in page.locator(".sign-out").inner_text()
    page.close()
