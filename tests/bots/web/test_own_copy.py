"""A copy of one's own answers: all of them, nobody else's, for whoever holds the link, as PDF/UA."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from support.ehsg import ehsg
from support.readers.pdf_ua import faults
from support.readers.poppler import text_of, with_poppler
from support.web import plain_http
from support.web.web import Site, site

from bots.phrases.receipts import KEEP_A_COPY
from ehsg_events.commands import rounds

LONG = "We ask every family at closure, and twice a year we publish what we changed. " * 8
OTHERS = "Only the police know this"


def copy_of(place: Site, token: str) -> httpx.Response:
    """What the address of a copy answers."""
    with plain_http.client() as client:
        return client.get(f"{place.address}/i/{token}/answers.pdf")


def plain(content: bytes) -> str:
    """A PDF's text as poppler reads it, on one line."""
    return " ".join(text_of(content).split())


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Site]:
    """Two people who have each answered and written something."""
    with site(tmp_path) as found:
        for person, words in (("police-1", OTHERS), ("health-1", LONG)):
            writes = found.writing(person)
            writes.type(words, origin="Annual survey", dated="1/6/2026")
        yield found


@with_poppler
def test_a_copy_has_ones_own_answers_whole_and_nothing_of_others(place: Site) -> None:
    """From the page of one's answers, as a file that is tagged for everybody."""
    ada = place.at(place.tokens["health-1"])
    ada.open("review")
    ada.press(KEEP_A_COPY)
    content = ada.answer.content
    assert ada.answer.headers["content-type"] == "application/pdf"
    assert ada.answer.headers["content-disposition"] == 'attachment; filename="answers.pdf"'
    assert ada.answer.headers["cache-control"] == "no-store"
    text = plain(content)
    for said in (
        "5.1 Family engagement",
        "3 – Mostly in place",
        LONG.strip(),
        "Annual survey",
        "1 June 2026",
    ):
        assert " ".join(said.split()) in text
    assert OTHERS not in text
    assert faults(content) == []


def test_a_copy_is_given_to_nobody_without_the_link(place: Site) -> None:
    """An unknown link gives what any unknown address gives."""
    answer = copy_of(place, "x" * 43)
    assert answer.status_code == 404
    assert not answer.content.startswith(b"%PDF")


def test_making_a_copy_records_nothing(place: Site) -> None:
    """It is their own to read as often as they like."""
    before = place.log.store.last_position()
    assert copy_of(place, place.tokens["health-1"]).content.startswith(b"%PDF")
    assert place.log.store.last_position() == before


@with_poppler
def test_whoever_was_asked_on_paper_gets_theirs_from_the_coordinator(tmp_path: Path) -> None:
    """By a command, into a file that only its owner may read."""
    out = tmp_path / "mine.pdf"
    with site(tmp_path) as place:
        place.writing("health-1").type(LONG)
        early = ehsg(tmp_path / "log", "answers", "--as", "health-1", "--out", str(out))
        assert early.code != 0, "what is said in an open round is theirs alone"
        assert not out.exists()
        rounds.close_round(place.log, place.stamp("close"), place.assessment)
    assert ehsg(tmp_path / "log", "answers", "--as", "health-1", "--out", str(out)).code == 0
    assert " ".join(LONG.split()) in plain(out.read_bytes())
    assert out.stat().st_mode & 0o077 == 0
    refused = ehsg(tmp_path / "log", "answers", "--as", "nobody", "--out", str(out))
    assert refused.code != 0
