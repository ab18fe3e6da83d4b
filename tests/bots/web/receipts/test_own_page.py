"""A receipt is taken from one's own page, by whoever holds the link and by nobody else."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from support.web import plain_http
from support.web.web import Site, site

from bots.phrases.receipts import KEEP_PROOFS
from ehsg_events.ledger.sequencer import sequencer
from ehsg_events.ledger.terms import terms_of

OTHERS = "Only the police know this"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Site]:
    """Two people who have each answered and written something."""
    with site(tmp_path) as found:
        for person in ("police-1", "health-1"):
            found.writing(person).type(OTHERS)
        yield found


def with_ledger(place: Site) -> None:
    """Keep the ledger, as a server does."""
    with sequencer(place.log, place.clock.now) as at_work:
        at_work.catch_up()
        at_work.sign(place.clock.now)


def test_it_is_taken_with_a_press_and_holds_ones_own_alone(place: Site) -> None:
    """As a file, which no browser keeps a copy of."""
    with_ledger(place)
    ada = place.at(place.tokens["health-1"])
    ada.open("review")
    ada.press(KEEP_PROOFS)
    assert ada.answer.headers["content-type"] == "application/zip"
    assert ada.answer.headers["content-disposition"] == 'attachment; filename="proofs.zip"'
    assert ada.answer.headers["cache-control"] == "no-store"
    with ZipFile(io.BytesIO(ada.answer.content)) as packed:
        files = {name: packed.read(name).decode() for name in packed.namelist()}
    terms = terms_of(place.log)
    assert terms
    assert terms.keys[-1] in files["what-was-recorded.txt"]
    assert "you answered 3" in files["what-was-recorded.txt"]
    assert not any(OTHERS in text or "police-1" in text for text in files.values())


def test_without_a_ledger_it_is_not_offered(place: Site) -> None:
    """And whoever asks for it all the same is told why there is none."""
    ada = place.at(place.tokens["health-1"])
    ada.open("review")
    assert KEEP_PROOFS not in ada.answer.text
    with plain_http.client() as client:
        found = client.get(f"{place.address}/i/{place.tokens['health-1']}/proofs.zip")
    assert found.status_code == 404
    assert "There is no ledger here yet" in found.text


def test_it_is_given_to_nobody_without_the_link(place: Site) -> None:
    """An unknown link gives what any unknown address gives."""
    with_ledger(place)
    with plain_http.client() as client:
        found = client.get(f"{place.address}/i/{'x' * 43}/proofs.zip")
    assert found.status_code == 404
    assert not found.content.startswith(b"PK")


def test_taking_it_records_nothing(place: Site) -> None:
    """It is their own to take as often as they like."""
    with_ledger(place)
    before = place.log.store.last_position()
    ada = place.at(place.tokens["health-1"])
    ada.open("review")
    ada.press(KEEP_PROOFS)
    assert place.log.store.last_position() == before
