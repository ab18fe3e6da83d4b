"""Was anything altered? What the page shows of the ledger, to whom, and what it remembers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest
from support.chromium import barriers, chromium, in_a_browser
from support.log import spoiled
from support.story.states import AFTER, DeskSite, desk_site
from support.web.desk import named, signed_in

from bots.phrases.pages import looks
from bots.web.desk.pages.altered import COMPARING, MOST
from bots.web.desk.session import COOKIE
from ehsg_events.ledger.notes import checkpoint_of, is_signed, verifier_of
from ehsg_events.ledger.sequencer import FOLDER, KEY, sequencer
from ehsg_events.ledger.terms import terms_of


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskSite]:
    """One assessment that is signed off, whose ledger is kept."""
    with desk_site(tmp_path, "signed_off") as place:
        signed(place)
        yield place


def signed(place: DeskSite) -> str:
    """The ledger caught up and signed; its note."""
    with sequencer(place.log, AFTER) as at_work:
        at_work.catch_up()
        return at_work.sign(AFTER).note


def auditor(place: DeskSite) -> httpx.Client:
    """A browser in which an auditor has signed in."""
    where = place.areas[next(iter(place.areas))].id
    return signed_in(place, named(place, "auditor", where), where)


def note_on(page: str) -> str:
    """The checkpoint that a page shows."""
    found = re.search(r'<pre class="note"[^>]*>(.*?)</pre>', page, re.DOTALL)
    assert found
    return unescape(found[1])


def table_of(page: str) -> list[str]:
    """Whether each checkpoint that was shown before is still part of the ledger."""
    return re.findall(
        r"<span class=\"heading\" aria-hidden=\"true\">Is it still[^<]*</span>(\w+)", page
    )


def test_it_shows_the_newest_checkpoint_whole_and_as_a_file(desk: DeskSite) -> None:
    """Which covers everything that was recorded until the reader looked, under the log's own key."""
    mine = auditor(desk)
    note = note_on(mine.get("/read/altered").text)
    terms = terms_of(desk.log)
    assert terms
    assert is_signed(note, verifier_of(terms.keys[-1]))
    assert checkpoint_of(note).size == desk.log.store.last_position()
    assert mine.get("/read/download/checkpoint.txt").text == note
    assert terms.keys[-1] in unescape(mine.get("/read/altered").text)


def test_each_reader_is_reminded_of_what_they_were_shown(desk: DeskSite) -> None:
    """Of no other's, and of nothing that was only asked for by a program."""
    mine, other = auditor(desk), auditor(desk)
    mine.head("/read/altered")
    assert table_of(mine.get("/read/altered").text) == []
    named(desk, "board", desk.areas["signed_off"].id)
    desk.clock.now += timedelta(hours=1)
    assert table_of(mine.get("/read/altered").text) == ["Yes"]
    assert table_of(other.get("/read/altered").text) == []


def test_compared_now_it_says_what_was_found(desk: DeskSite) -> None:
    """And with a checkpoint that the reader kept, however their browser sends its lines."""
    mine = auditor(desk)
    kept = note_on(mine.get("/read/altered").text)
    assert "Nothing was altered" in mine.get("/read/altered?look=yes").text
    for sent in (kept, kept.strip(), kept.replace("\n", "\r\n")):
        page = mine.get("/read/altered", params={"checkpoint": sent}).text
        assert "The checkpoint that you kept is part of this ledger" in page


def test_what_was_altered_is_named(desk: DeskSite) -> None:
    """By its position; and by each reader's own memory once the ledger was made anew."""
    mine = auditor(desk)
    kept = note_on(mine.get("/read/altered").text)
    at = spoiled.last(desk.log.folder, "AnswerGiven")
    spoiled.rewritten(
        desk.log.folder, at, lambda state: re.sub(r'"score": \d', '"score": 4', state)
    )
    found = mine.get("/read/altered?look=yes").text
    assert f"Position {at} is not what the ledger holds" in found
    assert "Change nothing" in found
    with spoiled.unguarded_ledger(desk.log.folder) as ledger:
        ledger.execute("DELETE FROM tile")
        ledger.execute("DELETE FROM checkpoint WHERE size > 0")
    named(desk, "board", desk.areas["signed_off"].id)
    page = mine.get("/read/altered", params={"checkpoint": kept}).text
    assert "they were altered since" in page
    assert table_of(page) == ["No"]


def test_a_ledger_made_anew_is_named_though_it_has_as_many_facts(desk: DeskSite) -> None:
    """Nor is it forgotten when much was shown since, or when somebody wrote over what is remembered."""
    mine = auditor(desk)
    kept = mine.get("/read/altered").text
    at = spoiled.last(desk.log.folder, "AnswerGiven")
    spoiled.rewritten(
        desk.log.folder, at, lambda state: re.sub(r'"score": \d', '"score": 4', state)
    )
    with spoiled.unguarded_ledger(desk.log.folder) as ledger:
        ledger.execute("DELETE FROM tile")
        ledger.execute("DELETE FROM checkpoint WHERE size > 0")
    page = mine.get("/read/altered").text
    assert checkpoint_of(note_on(page)).size == checkpoint_of(note_on(kept)).size
    assert table_of(page) == ["No"]
    for _ in range(MOST + 1):
        named(desk, "board", desk.areas["signed_off"].id)
        page = mine.get("/read/altered").text
    assert table_of(page) == ["Yes"] * MOST + ["No"]
    with spoiled.unguarded_ledger(desk.log.folder) as ledger:
        ledger.execute("UPDATE shown SET note = 'nothing'")
    assert set(table_of(mine.get("/read/altered").text)) == {"No"}


def test_one_comparison_is_made_at_a_time(desk: DeskSite) -> None:
    """Each takes a long log some ten seconds, in which everybody else's pages would wait."""
    mine = auditor(desk)
    with COMPARING:
        assert looks.LOOKING in mine.get("/read/altered?look=yes").text
    assert looks.LOOKING not in mine.get("/read/altered?look=yes").text


def test_a_key_that_is_damaged_keeps_nobody_from_what_was_signed(desk: DeskSite) -> None:
    """Nor is where it lies told to whoever reads."""
    mine = auditor(desk)
    note = note_on(mine.get("/read/altered").text)
    named(desk, "board", desk.areas["signed_off"].id)
    (desk.log.folder / FOLDER / KEY).write_bytes(b"no key")
    page = mine.get("/read/altered")
    assert note_on(page.text) == note
    pack = mine.get("/read/download/audit-pack.zip")
    assert (page.status_code, pack.status_code) == (200, 200)
    assert str(desk.log.folder) not in page.text


@pytest.mark.parametrize("rubbish", ["none", "\x00", "a\nb\nc\n\n\u2014 x", "<script>"])
def test_what_is_no_checkpoint_is_refused_in_a_sentence(desk: DeskSite, rubbish: str) -> None:
    """On the page, where it can be pasted again."""
    found = auditor(desk).get("/read/altered", params={"checkpoint": rubbish})
    assert found.status_code == 422
    assert "This is no checkpoint" in found.text


def test_of_an_open_round_nothing_is_shown(tmp_path: Path) -> None:
    """Its size would tell how much is said: it is the checkpoint from before it, page and file alike."""
    with desk_site(tmp_path, "opened") as place:
        signed(place)
        mine = auditor(place)
        opened = spoiled.first(place.log.folder, "RoundOpened")
        page = mine.get("/read/altered").text
        assert checkpoint_of(note_on(page)).size == opened - 1
        assert mine.get("/read/download/checkpoint.txt").text == note_on(page)
        assert "While a round is open" in page
        assert f"{place.log.store.last_position()} facts" not in page


@in_a_browser
def test_it_keeps_nobody_out(desk: DeskSite) -> None:
    """With everything that can stand on it, by axe and at 320 pixels."""
    mine = auditor(desk)
    kept = note_on(mine.get("/read/altered").text)
    named(desk, "board", desk.areas["signed_off"].id)
    with chromium() as browser, closing(browser.new_context()) as window:
        window.add_cookies([{"name": COOKIE, "value": mine.cookies[COOKIE], "url": desk.address}])
        page = window.new_page()
        page.set_viewport_size({"width": 320, "height": 640})
        address = httpx.URL(f"{desk.address}/read/altered", params={"checkpoint": kept})
        page.goto(str(address))
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
