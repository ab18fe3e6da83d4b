"""A letter as bytes: whatever it says, every reader finds the same in it."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import UUID

import mailparser  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.browser import Page
from support.chromium import chromium, faults, in_a_browser, overhang
from support.mail.letters import AT, ENTRY, LETTER, TO, letter, settings
from support.post_office import town

from bots.mail.letter import Letter, Link
from bots.mail.message import message, message_id

OURS = settings()
STOP = "https://early-help.testham.example/stop/" + "s" * 90
LONG = re.compile(rb"[^\r\n]{79,}")
WHOLE = letter(entry=ENTRY, thread=UUID(int=6), stop=STOP)
HOSTILE = (
    "Subject\r\nBcc: everybody@example.com",
    "\u202eright to left\u2066",
    "=?utf-8?q?already_encoded?=",
    "x" * 2000,
    "é" * 700,
    "a — b " * 90,
    "Sut mae, Siân? \U0001f600",
    "tab\tand\x0bmore\x85\u2028lines\x00",
    ".",
    "From somebody",
    "<script>alert(1)</script> & 'so' \"on\"",
    "half a \ud83d character",
)
texts = st.text() | st.sampled_from(HOSTILE) | st.text(st.characters(codec="utf-8"), min_size=60)


def read(content: bytes) -> EmailMessage:
    """The message as Python reads it, without a fault anywhere in it."""
    found = message_from_bytes(content, policy=default)
    assert isinstance(found, EmailMessage)
    for part in found.walk():
        assert part.defects == []
        assert [value.defects for value in part.values() if value.defects] == []
    return found


def text(found: EmailMessage, kind: str) -> str:
    """The text of a kind that stands in a message."""
    part = found.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


# -- headers ---------------------------------------------------------------------------------------
def test_a_letter_says_who_writes_to_whom_and_what_it_follows() -> None:
    """With the address alone of whom it is to, and the date at which it was promised."""
    assert dict(read(message(WHOLE, OURS)).items()) == {
        "From": "Early help in Testham <early-help@testham.example>",
        "To": TO,
        "Subject": LETTER.subject,
        "Date": "Fri, 27 Nov 2026 09:00:00 +0000",
        "Message-ID": f"<{UUID(int=7)}@testham.example>",
        "In-Reply-To": f"<{UUID(int=6)}@testham.example>",
        "References": f"<{UUID(int=6)}@testham.example>",
        "Reply-To": "coordinator@testham.example",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "List-Unsubscribe": f"<{STOP}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/mixed; boundary="=_{UUID(int=7).hex}_mixed"',
    }


def test_only_reminders_are_stopped_and_only_what_was_asked_for_is_not_automatic() -> None:
    """A first letter follows none."""
    found = read(message(letter(automatic=False), OURS))
    absent = ("Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post", "References")
    assert [name for name in absent if name in found] == []


@pytest.mark.parametrize("reply_to", [None, "", "no address"])
def test_answers_go_where_the_letter_says(reply_to: str | None) -> None:
    """And else nowhere, whatever is set: nobody is to answer a letter that says so."""
    office = settings(REPLY_TO="office@testham.example")
    assert read(message(LETTER, office))["Reply-To"] == LETTER.reply_to
    assert "Reply-To" not in read(message(letter(reply_to=reply_to), office))


def test_the_same_letter_is_the_same_to_the_byte_and_another_is_not() -> None:
    """So that a second copy can be told for one."""
    assert message(WHOLE, OURS) == message(letter(entry=ENTRY, thread=UUID(int=6), stop=STOP), OURS)
    assert message(WHOLE, OURS) != message(letter(id=UUID(int=8)), OURS)


def test_a_long_id_is_written_whole() -> None:
    """Folded or encoded, no reader would find what it follows, or where reminders are stopped."""
    far = settings(FROM=f"early-help@{'department.' * 14}testham.example")
    content = message(WHOLE, far)
    assert f"References: {message_id(UUID(int=6), far)}\r\n".encode() in content
    assert f"List-Unsubscribe: <{STOP}>\r\n".encode() in content


@pytest.mark.parametrize("to", ["", "ann", "ann@x.example\r\nBcc: bob@x.example", "änn@x.example"])
def test_what_is_no_address_is_never_written_to(to: str) -> None:
    """Not even as far as a message."""
    with pytest.raises(ValueError, match="To of a letter"):
        message(letter(to=to), OURS)


def test_a_domain_in_other_letters_is_written_in_ascii() -> None:
    """Of whom a letter is to, and of whom it is from."""
    found = read(message(letter(to="ann@bücher.example"), settings(FROM="a@ynysmôn.example")))
    assert (found["To"], found["From"]) == ("ann@xn--bcher-kva.example", "a@xn--ynysmn-mxa.example")
    assert found["Message-ID"].endswith("@xn--ynysmn-mxa.example>")


@given(subject=texts, greeting=texts, said=texts, label=texts)
def test_whatever_is_said_every_header_stays_what_it_is(
    subject: str, greeting: str, said: str, label: str
) -> None:
    """No words become a header, end one, or are lost but for the breaks between them."""
    link = Link(label, "https://x.example/i/1")
    hostile = letter(
        subject=subject, greeting=greeting, paragraphs=(said,), link=link, thread=LETTER.id
    )
    content = message(hostile, OURS)
    found = read(content)
    assert content.isascii()
    assert found.keys() == read(message(letter(thread=LETTER.id), OURS)).keys()
    assert found["To"] == TO
    as_text = subject.encode(errors="replace").decode()
    kept = " ".join(as_text.split())
    assert len(found["Subject"]) == len(kept)
    assert found["Subject"] == kept or "\N{REPLACEMENT CHARACTER}" in found["Subject"]
    assert LONG.search(content) is None
    assert re.search(rb"=\?[^? ]+\?[bq]\?[^? ]{64,}\?=", content) is None  # RFC 2047: 75 in all


# -- content ---------------------------------------------------------------------------------------
def test_text_and_html_say_the_same_and_the_link_stands_alone_on_its_line() -> None:
    """Whole again once it is decoded, and as words in HTML."""
    found = read(message(LETTER, OURS))
    plain, page = text(found, "plain"), Page(text(found, "html"))
    assert LETTER.link is not None
    assert LETTER.link.url in plain.split("\n")
    assert page.links == {"Answer the questions": LETTER.link.url}
    assert page.title == LETTER.subject
    said = (LETTER.greeting, *LETTER.paragraphs, *LETTER.closing)
    for line in (line for each in said for line in each.split("\n")):
        assert line in plain.split("\n")
        assert line in page.text


@given(said=texts)
def test_words_are_words_in_either_part(said: str) -> None:
    """No word becomes an element, and no line is lost."""
    found = read(message(letter(paragraphs=(said,)), OURS))
    plain, page = text(found, "plain"), Page(text(found, "html"))
    assert [tag for tag, _ in page.tags if tag in ("script", "img", "link", "iframe")] == []
    for line in said.encode(errors="replace").decode().splitlines():
        if line.isprintable():
            assert line.rstrip() in plain.split("\n")
            assert line.rstrip() in page.text


def test_wherever_a_letter_leads_one_tap_leads_there(tmp_path: Path) -> None:
    """Not every mail program makes a link of an address that stands in a page as words."""
    place = town(tmp_path / "data")
    for _ in range(11):
        place.advances(days=1)
        place.delivered()
    assert any(one.stop for one in place.office.taken)
    for one in place.office.taken:
        found = read(message(one, OURS))
        named = {url.rstrip(".") for url in re.findall(r"https?://\S+", text(found, "plain"))}
        assert named == {*Page(text(found, "html")).links.values()}


def test_nothing_is_loaded_by_a_letter() -> None:
    """No picture, no style from elsewhere, no script: whoever reads it is not seen reading."""
    found = text(read(message(WHOLE, OURS)), "html")
    assert re.findall(r"src=|<link|@import|url\(|<script|<img", found) == []
    assert re.findall(r"https?://[^\"]+", found) == [LETTER.link.url if LETTER.link else ""]


def test_the_page_of_a_letter_names_its_language() -> None:
    """So that it is read aloud in it."""
    found = text(read(message(letter(language="cy"), OURS)), "html")
    assert Page(found).all("html") == [{"lang": "cy"}]


def test_a_letter_without_a_link_or_small_print_has_neither() -> None:
    """Only the text ends."""
    found = read(message(letter(link=None, closing=()), OURS))
    assert text(found, "plain").rstrip("\n").endswith("and on it goes.")
    assert Page(text(found, "html")).links == {}


# -- other readers ---------------------------------------------------------------------------------
@pytest.mark.parametrize("one", [LETTER, WHOLE, *(letter(subject=said) for said in HOSTILE[:9])])
def test_a_reader_that_is_not_pythons_finds_the_same(one: Letter) -> None:
    """The headers, both texts, and what is attached."""
    content = message(one, OURS)
    ours: Any = read(content)
    theirs = mailparser.parse_from_bytes(content)
    assert (theirs.subject, theirs.message_id) == (ours["Subject"], ours["Message-ID"])
    assert theirs.from_ == [("Early help in Testham", "early-help@testham.example")]
    assert theirs.to == [("", TO)]
    assert theirs.date.replace(tzinfo=AT.tzinfo) == AT
    named = ("References", "In-Reply-To", "List-Unsubscribe", "Reply-To", "Auto-Submitted")
    for name in named:
        assert str(theirs.headers.get(name, "")).strip("[]'()\", ") in str(ours[name] or "")
    assert _in_lines(theirs.text_plain) == _in_lines([text(ours, "plain")])
    assert _in_lines(theirs.text_html) == _in_lines([text(ours, "html")])
    assert [one["filename"] for one in theirs.attachments] == ["calendar.ics"] * bool(one.entry)
    assert theirs.has_defects is False


def _in_lines(texts: list[str]) -> list[list[str]]:
    return [each.splitlines() for each in texts]


@in_a_browser
@pytest.mark.parametrize("width", [320, 1200])
def test_a_letter_keeps_nobody_out(width: int) -> None:
    """Looked at by axe, on a telephone and on a desk; nothing is scrolled sideways."""
    link = Link("Answer the questions " * 3, "https://x.example/" + "i" * 200)
    one = letter(entry=ENTRY, link=link, stop=STOP, closing=(f"No more reminders: {STOP}",))
    with chromium() as browser:
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.set_content(text(read(message(one, OURS)), "html"))
        assert faults(page) == []
        assert overhang(page) == 0
        size = page.evaluate("() => Math.min(...[...document.querySelectorAll('h1, p, a')].map("
                             "one => parseFloat(getComputedStyle(one).fontSize)))")  # fmt: skip
        assert size >= 16
