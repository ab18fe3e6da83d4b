"""Twelve people with an e-mail address and nothing else: two rounds from the links in their letters.

The coordinator writes to nobody; everything that people are to be told has its delivery on the log.
`python -m pytest tests/long/office_by_letter.py` has thirty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from support.letter_office import COORDINATOR, LetterOffice, letter_office, text_of

from ehsg_events.events import (
    MessageDelivered,
    MessageWithheld,
    StakeholderInvited,
    StakeholderReminded,
)
from ehsg_events.kernel import Words

ENDS = "2026-10-23 18:00"
MAY_BE_NAMED = ("name",)  # the reader in the greeting, the coordinator who asks


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LetterOffice]:
    """From the opening to the sign-off, once for all that is asked of it."""
    with letter_office(tmp_path_factory.mktemp("letters"), 12) as office:
        play(office, 12)
        yield office


def play(place: LetterOffice, many: int) -> None:
    """Open, answer, remind, extend, ask again, settle, sign; look at what waits again and again."""
    words = (
        "--guide",
        "ehsg-2022@1",
        "--area",
        "Testham",
        "--panel",
        str(place.folder / "panel.csv"),
    )
    place.ehsg("assessment", "open", *words)
    place.ehsg("coordinator", "add", "--name", "Cora Cole", "--email", COORDINATOR)
    place.ehsg("round", "open", "--deadline", "2026-09-25")
    place.post()
    nothing_by_hand(place)
    everybody = list(place.people)
    assert len(everybody) == many
    for n, person in enumerate(everybody[: many * 2 // 3]):
        place.answers(person, "1" if n % 2 else "4", "35"[n % 2], "2")
    place.post()
    place.until("2026-09-22 12:00")
    nothing_by_hand(place)
    place.ehsg("round", "extend", "--because", "A training day.", "--deadline", "2026-10-02")
    place.post()
    nothing_by_hand(place)
    for person in everybody[many * 2 // 3 : -(many // 10)]:
        place.answers(person, "5", "1", "4")
    place.until("2026-10-05 12:00")
    nothing_by_hand(place)
    for person in everybody[: many * 5 // 6]:
        place.answers(person, "3", "3", "3")
    place.until("2026-10-14 12:00")
    nothing_by_hand(place)
    for row in place.ehsg("results", "--json").document:
        if row["item"] in ("5.1", "5.2", "6.1") and row["outcome"] is None:
            place.ehsg("moderate", row["item"], "--score", "2", "--because", "As we heard it.")
    place.ehsg("priorities", "5.1", "5.2", "6.1")
    place.ehsg("sign-off", "--with-blanks", "--role", "SRO", "--name", "Sam Stone")
    place.post()
    nothing_by_hand(place)


def nothing_by_hand(place: LetterOffice) -> None:
    """Nobody waits for the coordinator to write."""
    tasks = place.ehsg("waiting", "--json").document
    told = [task for task in tasks if task["about"] and task["command"].startswith("ehsg told")]
    assert told == []


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_everything_that_people_are_told_has_its_delivery(place: LetterOffice) -> None:
    """Or the rule by which it was no longer said."""
    facts = list(place.log.all())
    ended = {
        (one.stamp.cause, one.fact.to)
        for one in facts
        if isinstance(one.fact, MessageDelivered | MessageWithheld)
    }
    for one in facts:
        match one.fact:
            case StakeholderInvited(invited=person) | StakeholderReminded(reminded=person):
                assert (one.stamp.key, person) in ended
    kinds = Counter(type(one.fact).__name__ for one in facts if one.stream.kind == "message")
    assert kinds["MessageDelivered"] == len(place.server.letters)
    assert kinds.keys() <= {"MessageClaimed", "MessageDelivered", "MessageWithheld"}


@pytest.mark.slow
def test_everybody_was_invited_thanked_and_told_what_became_of_it(place: LetterOffice) -> None:
    """By letters with one and the same link, in one thread."""
    letters = [box for address, box in place.inbox.items() if address != COORDINATOR]
    many = len(letters)
    subjects = Counter(
        str(letter["Subject"]).rpartition(": ")[2][:24] for box in letters for letter in box
    )
    assert subjects["thank you, your answers "] >= many * 4 // 3
    assert subjects["what became of your answ"] == many - many // 10
    for box in letters:
        first, *rest = box
        assert first["In-Reply-To"] is None
        known = {str(letter["Message-ID"]) for letter in box}
        assert len(known) == len(box)
        assert all(str(letter["In-Reply-To"]) in known for letter in rest if letter["In-Reply-To"])


@pytest.mark.slow
def test_no_letter_holds_an_answer_or_anything_that_was_sealed(place: LetterOffice) -> None:
    """Held to the vault: every sealed text but the reader's own name and the coordinator's."""
    sealed = set(sealed_texts(place))
    assert len(sealed) > len(place.people)
    for address, box in place.inbox.items():
        for letter in box:
            said = everything(letter)
            found = {text for text in sealed if text in said}
            assert found <= {"Cora Cole", COORDINATOR, address} | own_link(place, address)


@pytest.mark.slow
def test_no_line_of_a_body_is_longer_than_a_mail_server_takes(place: LetterOffice) -> None:
    """Seventy-eight letters, as they go over the line."""
    for taken in place.server.letters:
        _, _, body = taken.content.partition(b"\r\n\r\n")
        longest = max(len(line) for line in body.split(b"\r\n") if not line.startswith(b"Content-"))
        assert longest <= 78


def sealed_texts(place: LetterOffice) -> Iterator[str]:
    """Every text that is sealed on the log."""
    for recorded in place.log.all():
        for value in recorded.fact:
            if isinstance(value[1], Words) and (text := place.log.text(value[1])):
                yield text


def own_link(place: LetterOffice, address: str) -> set[str]:
    """The token of the link that somebody holds; it is sealed, too."""
    if address == COORDINATOR:
        return set()
    return {place.people[place.person_at(address)].url.rpartition("/")[2]}


def everything(letter: EmailMessage) -> str:
    """All that stands in a letter: headers, text, page, calendar."""
    parts = [str(part.get_content()) for part in letter.walk() if not part.is_multipart()]
    return "\n".join([*map(str, letter.values()), text_of(letter), *parts])
