"""What comes with words: a link, a source, a day, and files of the kinds and sizes that are kept."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest
from support.area import words

from bots.interview.evidence import Handed, enclosed, is_link
from ehsg_events.kernel import Refused, Words
from ehsg_events.values.evidence import MOST_FILE, Evidence

PDF = b"%PDF-1.7 minutes"


def seal(text: str | bytes) -> Words:
    """Sealed, in the tests' way."""
    return words(text.decode("latin-1") if isinstance(text, bytes) else text)


def came(
    text: str = "", origin: str = "", dated: date | None = None, file: Handed | None = None
) -> Evidence | None:
    """What came with words."""
    return enclosed(text, origin, dated, file, seal)


def test_a_plain_statement_needs_nothing_beside_it() -> None:
    """Words alone are a statement."""
    assert came("Parents sit on the board.") is None


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://example.org/minutes", True),
        (" HTTP://example.org/a?b=c ", True),
        ("See https://example.org/minutes", False),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://[::1", False),
    ],
)
def test_only_a_web_address_by_itself_is_a_link(text: str, *, link: bool) -> None:
    """A sentence that holds one is a statement; other schemes are words."""
    assert is_link(text) == link


def test_a_source_and_a_day_make_evidence_of_a_statement() -> None:
    """The source may name somebody, so it is sealed."""
    found = came("9 of 12 said so.", " Exit survey ", date(2026, 9, 1))
    assert found == Evidence(kind="statement", origin=words("Exit survey"), dated=date(2026, 9, 1))


def test_a_source_of_many_words_is_refused() -> None:
    """With how long it may be."""
    with pytest.raises(Refused, match="at most 300"):
        came("x", "y" * 301)


def test_a_file_is_kept_without_a_digest_of_what_it_says() -> None:
    """That would outlive its forgetting and tell a guess of ten digits from another."""
    found = came("", file=Handed("Minutes of May.PDF", PDF))
    assert found is not None
    assert found.file is not None
    assert (found.kind, found.file.ending, found.file.size) == ("file", "pdf", len(PDF))
    assert sha256(PDF).hexdigest() not in found.file.model_dump_json(exclude={"content"})
    assert found.file.digest == found.file.content.sha256
    assert found.file.name == words("Minutes of May.PDF")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("run.exe", b"MZ"),
        ("minutes.pdf", b"<html>"),
        ("notes.txt", b"a\0b"),
        ("noending", PDF),
        ("", PDF),
        ("page.html", b"<script>"),
        ("picture.svg", b"<svg>"),
    ],
)
def test_a_file_that_is_not_what_it_says_or_of_another_kind_is_refused(
    name: str, content: bytes
) -> None:
    """With the kinds that are kept, and another way."""
    with pytest.raises(Refused, match=r"pdf, png.*paste a link"):
        came(file=Handed(name, content))


def test_a_huge_file_is_refused() -> None:
    """With how large it may be."""
    with pytest.raises(Refused, match="at most 5 MB"):
        came(file=Handed("a.csv", b"," * (MOST_FILE + 1)))


def test_an_empty_file_is_refused() -> None:
    """It may have been lost on the way."""
    with pytest.raises(Refused, match="did not reach us"):
        came(file=Handed("a.csv", b""))
