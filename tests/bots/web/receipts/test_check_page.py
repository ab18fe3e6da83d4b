"""Focus: whoever holds a receipt checks it on their own computer, and nothing altered is accepted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from support.area import Area
from support.chromium import barriers, chromium, in_a_browser
from support.ed25519 import HANDBOOK, ORDER
from support.ledger import Receipts, in_the_name_of_another, invented_receipts, receipts_of, signer
from support.witness_server import WitnessServer

from bots.web.receipts.check_page import PAGE, check_page
from ehsg_events.kernel import TOPICS
from ehsg_events.ledger.base64_text import encoded
from ehsg_events.log.log import Log

SOURCE = PAGE.read_text(encoding="utf-8")
HOLDS = "This was recorded, and is in the ledger as it stood at "
VERDICTS = """([texts, keys]) => texts.map(text => {
    const found = attempt(() => checked(text, keys.map(keyOf)));
    return found instanceof Refused ? found.message : `${found.position} of ${found.size}`;
})"""
SAMPLED = 200  # letters of a proof whose every bit is flipped
SIGNED = """cases => cases.map(words => isSignedBy(...words.map(word =>
    Uint8Array.from(word.match(/../g) ?? [], pair => parseInt(pair, 16)))))"""


@pytest.mark.parametrize("tag", ["style", "script"])
def test_the_page_allows_its_own_script_and_style_and_nothing_else(tag: str) -> None:
    """Each by its digest, and no request at all."""
    body = re.findall(rf"<{tag}>(.*?)</{tag}>", SOURCE, re.DOTALL)
    assert len(body) == 1
    digest = encoded(hashlib.sha256(body[0].encode()).digest())
    assert f"{tag}-src 'sha256-{digest}'" in SOURCE
    assert "default-src 'none'; connect-src 'none'; form-action 'none'; base-uri 'none'" in SOURCE


def test_the_page_names_no_other_place() -> None:
    """No address, no picture, no frame; it is whole once it is saved."""
    assert not re.findall(r"https?:|//\w|\bsrc=|\bhref=|url\(|@import|<link|\bimport\b", SOURCE)


def test_the_keys_stand_in_the_page_as_text() -> None:
    """Each on a line of its own, and no mark of HTML in one has a meaning."""
    assert ">ehsg/a+1+b&amp;\nehsg/&lt;b&gt;+2+c</textarea>" in check_page(
        ["ehsg/a+1+b&", "ehsg/<b>+2+c"]
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def receipts(tmp_path_factory: pytest.TempPathFactory) -> Receipts:
    """The receipts of a small assessment."""
    log = Log(tmp_path_factory.mktemp("receipts") / "data")
    area = Area(log)
    area.open()
    area.open_round()
    area.everyone("5.1", "3", "4", "dont-know", "0")
    area.withdraw("school-2")
    found = receipts_of(log)
    log.close()
    return found


@pytest.fixture
def page(browser: Browser, receipts: Receipts, tmp_path: Path) -> Iterator[Page]:
    """The page as it was kept on a disk, on a narrow screen, without a network; it asks for nothing."""
    kept = tmp_path / "check.html"
    kept.write_text(check_page([receipts.key]), encoding="utf-8")
    page = browser.new_context(offline=True, viewport={"width": 320, "height": 640}).new_page()
    wrong: list[str] = []
    page.on("request", lambda request: wrong.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(kept.as_uri())
    yield page
    assert wrong == [kept.as_uri()]
    page.context.close()


def verdicts(page: Page, texts: list[str], *keys: str) -> list[str]:
    """What the page finds of each text under some keys."""
    return list(page.evaluate(VERDICTS, [texts, keys]))


def checked(page: Page) -> str:
    """What the page says once somebody presses the button."""
    page.get_by_role("button", name="Check").click()
    page.locator("#said h2").wait_for()
    return page.locator("#said[aria-live=polite]").inner_text()


def chosen(receipts: Receipts, folder: Path, *names: str) -> list[Path]:
    """Receipts as files, those whose names hold some words."""
    files = []
    for name, text in receipts.proofs.items():
        if any(one in name for one in names):
            files.append(folder / name)
            files[-1].write_text(text, encoding="utf-8")
    return files


@in_a_browser
def test_a_receipt_holds_and_says_what_was_recorded(
    page: Page, receipts: Receipts, tmp_path: Path
) -> None:
    """In words: what, of which descriptor, which score, when, and under which pseudonym."""
    page.set_input_files("#files", chosen(receipts, tmp_path, "AnswerGiven", "RoundOpened"))
    said = checked(page)
    assert said.startswith("5 of 5 hold")
    assert said.count(f"{HOLDS}16 facts.") == 5
    for words in (
        "What was recorded\nAnswer given", "Descriptor\n5.1", "Answer\nscore 4",
        "Answer\nscore 0", "Answer\nI don't know", "When\n5 October 2026",
        "2026-10-05T08:00:00Z", "For whom\nhealth-1", "What was recorded\nRound opened",
        "Position\n12", "Fingerprint\n",
    ):  # fmt: skip
        assert words in said
    assert barriers(page) == []


@in_a_browser
def test_a_receipt_that_a_witness_signed_too_holds(page: Page, receipts: Receipts) -> None:
    """Its line is passed over."""
    proof = next(iter(receipts.proofs.values()))
    text = proof.rpartition("\n\n")[0].rpartition("\n\n")[2] + "\n"
    cosigned = proof + WitnessServer().line(text)
    assert verdicts(page, [cosigned], receipts.key) == verdicts(page, [proof], receipts.key)


@in_a_browser
def test_a_receipt_of_every_kind_of_fact_is_accepted(page: Page, tmp_path: Path) -> None:
    """Whatever its fields hold, and each says which kind it is."""
    every = invented_receipts(tmp_path / "ledger.sqlite")
    page.locator("#keys").fill(every.key)
    page.set_input_files("#files", chosen(every, tmp_path, "tlog-proof"))
    said = checked(page)
    assert said.count(f"{HOLDS}{len(TOPICS)} facts.") == len(TOPICS) > 90
    assert "a form that this page does not know" not in said
    assert "Stakeholder reminded" in said
    assert page.locator("#said b").count() == 0, "what was recorded is shown as text"


@in_a_browser
def test_every_receipt_of_a_log_holds_for_the_function_too(page: Page, receipts: Receipts) -> None:
    """So that what the next tests see refused is refused for their own reason."""
    texts = [*receipts.proofs.values()]
    expected = [f"{position} of {len(texts)}" for position in range(1, len(texts) + 1)]
    assert verdicts(page, texts, receipts.key) == expected


@in_a_browser
def test_no_bit_of_a_receipt_can_be_altered(page: Page, receipts: Receipts) -> None:
    """Every bit of some two hundred letters, wherever they stand; and no letter left out or added."""
    text = next(one for name, one in receipts.proofs.items() if "AnswerGiven" in name)
    head = text.index("\nindex ")  # all below it, and letters at equal distances above it
    places = [*range(0, head, max(1, head // 60)), *range(head, len(text))]
    sampled = places[:: max(1, len(places) // SAMPLED)]
    altered = [
        text[:at] + chr(ord(text[at]) ^ 1 << bit) + text[at + 1 :]
        for at in sampled
        for bit in range(7)
    ]
    altered += [text[:at] + more + text[at + less :] for at in sampled for more, less in (("", 1), ("0", 0), ("\n", 0), (" ", 0))]  # fmt: skip
    altered += [text.replace("\nindex ", "\nindex 0"), text.replace("\nindex ", "\nindex +")]
    assert len(sampled) >= SAMPLED
    found = verdicts(page, [one for one in altered if one != text], receipts.key)
    assert [one for one in found if re.fullmatch(r"\d+ of \d+", one)] == []


@in_a_browser
def test_a_ledger_that_had_several_keys_is_read_with_all_of_them(
    page: Page, receipts: Receipts
) -> None:
    """Whichever of them signed; under another alone nothing holds, though it has the same name."""
    text = next(iter(receipts.proofs.values()))
    other = str(signer(2, receipts.key.partition("+")[0]).verifier)
    assert verdicts(page, [text], other, receipts.key) == ["1 of 16"]
    for keys in ([other], [str(signer(3).verifier)], []):
        assert "not signed with the key" in verdicts(page, [text], *keys)[0]


@in_a_browser
def test_no_letter_of_a_key_can_be_altered(page: Page, receipts: Receipts) -> None:
    """Its second part is a digest of the others, so that a slip of the pen is noticed."""
    text, key = next(iter(receipts.proofs.values())), receipts.key
    keys = [key[:at] + chr(ord(key[at]) ^ 1) + key[at + 1 :] for at in range(len(key))]
    found = [verdicts(page, [text], wrong)[0] for wrong in keys]
    assert {one.partition(".")[0] for one in found} == {"This is no key of a ledger"}


@in_a_browser
def test_a_key_speaks_for_the_ledger_of_its_name_alone(page: Page, tmp_path: Path) -> None:
    """What it signed in another's name shows nothing."""
    text = in_the_name_of_another(tmp_path / "ledger.sqlite")
    assert "not signed with the key" in verdicts(page, [text], str(signer().verifier))[0]


@in_a_browser
def test_a_witness_who_signed_too_is_counted_and_not_believed(
    page: Page, receipts: Receipts
) -> None:
    """The receipt holds by the ledger's own signature, and says that there is another."""
    text = next(iter(receipts.proofs.values()))
    page.locator("#pasted").fill(f"{text}\u2014 witness.example/agency AAAAAAAA\n")
    said = checked(page)
    assert f"{HOLDS}16 facts." in said
    assert "It has 1 more signature, which this page did not check." in said


@in_a_browser
@pytest.mark.parametrize(
    "rubbish",
    ["", "\n\n", "<b>Hello</b>\n", "c2sp.org/tlog-proof@v1\n\n\n", "\u2014 \u2014\n\n\u2014 a b\n", "\x00" * 99],
    ids=range(6),
)  # fmt: skip
def test_rubbish_is_no_receipt(page: Page, rubbish: str, tmp_path: Path) -> None:
    """And is named as what it is."""
    file = tmp_path / "a.tlog-proof"
    file.write_text(rubbish, encoding="utf-8")
    page.set_input_files("#files", file)
    said = checked(page)
    assert said.startswith("0 of 1 hold")
    assert "a.tlog-proof Do not rely on this. This is no proof" in " ".join(said.split())


@in_a_browser
def test_the_keyboard_alone_checks_a_pasted_receipt(page: Page, receipts: Receipts) -> None:
    """A typed key that is none has the focus again; the text may lack its last line's end."""
    page.locator("#keys").fill("ehsg/none")
    said = checked(page)
    assert "Nothing was checked This is no key of a ledger." in " ".join(said.split())
    assert page.evaluate("document.activeElement.id") == "keys"
    assert page.locator("#keys").get_attribute("aria-invalid") == "true"
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(receipts.key)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.insert_text([*receipts.proofs.values()][4].strip())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("1 of 1 holds").wait_for()
    assert page.locator("#keys").get_attribute("aria-invalid") == "false"


@in_a_browser
def test_the_page_keeps_nobody_out(page: Page) -> None:
    """Before anything was checked, and after something was refused."""
    assert barriers(page) == []
    page.locator("#pasted").fill("rubbish")
    checked(page)
    assert barriers(page) == []


@in_a_browser
def test_signatures_are_checked_as_the_handbook_has_them(page: Page) -> None:
    """RFC 8032's own; none with a bit altered, and none in a second form of the same numbers."""
    assert page.evaluate(SIGNED, HANDBOOK) == [True] * len(HANDBOOK)
    wrong = []
    for key, message, signature in HANDBOOK:
        whole = bytes.fromhex(signature)
        larger = int.from_bytes(whole[32:], "little") + ORDER
        for at in (0, 31, 32, 62):
            flipped = bytearray(whole)
            flipped[at] ^= 1
            wrong.append((key, message, flipped.hex()))
        wrong += [
            (key, message, (whole[:32] + larger.to_bytes(32, "little")).hex()),
            (key, message + "00", signature),
            (key, message, signature[:-2]),
        ]
    assert page.evaluate(SIGNED, wrong) == [False] * len(wrong)
    one, one_again, odd_one = 1, 2**255 - 18, 1 + 2**255  # y = 1, y = p + 1, and an odd x of 0
    read = [list(number.to_bytes(32, "little")) for number in (one, one_again, odd_one)]
    points = page.evaluate("read => read.map(one => Boolean(pointOf(Uint8Array.from(one))))", read)
    assert points == [True, False, False]


@in_a_browser
def test_digests_are_those_of_the_standard_at_every_length(page: Page) -> None:
    """Around each end of a block."""
    for name in ("sha256", "sha512"):
        found = page.evaluate(
            f"Array.from({{length: 260}}, (_, n) => hexOf({name}(new Uint8Array(n).fill(n))))"
        )
        assert found == [hashlib.new(name, bytes([n % 256]) * n).hexdigest() for n in range(260)]
