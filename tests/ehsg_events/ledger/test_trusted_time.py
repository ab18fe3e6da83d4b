"""What time it was when a round closed is said by a service, and checked by a program that is not ours."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from support.processes import within
from support.story.packed import handed_over, made
from support.story.story import NOON, PANEL, Story, agree_and_split
from support.time_service import Fixed, answering, openssl, time_service

from bots.service.trusted_time import read_settings
from ehsg_events.kernel import Refused
from ehsg_events.ledger import serving
from ehsg_events.ledger.ledger_file import LedgerFile
from ehsg_events.ledger.others import trusted_time
from ehsg_events.ledger.others.trusted_time import REPLY, ask, ask_for_newest, status_of
from ehsg_events.ledger.sequencer import ledger_file, sequencer
from projections.pack.pack import pack

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
TEXT = "ehsg/x\n5\nAAAA\n"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A service, and its certificate."""
    folder = tmp_path_factory.mktemp("time") / "service"
    with time_service(folder) as url:
        yield url, folder / "cert.pem"


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    """A round that was closed, on a log whose ledger was signed."""
    with Story(tmp_path / "data") as told:
        agree_and_split(told.opened(PANEL)).round_closed()
        with sequencer(told.log, NOON) as at_work:
            at_work.catch_up()
            at_work.sign(NOON)
        yield told


def verified(folder: Path, text: bytes, answer: bytes, certificate: Path) -> bool:
    """Whether OpenSSL finds that a text was there at the time an answer tells."""
    (folder / "text").write_bytes(text)
    (folder / "answer").write_bytes(answer)
    return (
        openssl(
            "ts", "-verify", "-data", str(folder / "text"), "-in", str(folder / "answer"),
            "-CAfile", str(certificate),
        ).returncode
        == 0
    )  # fmt: skip


def test_openssl_accepts_what_was_answered_and_of_no_other_text(
    service: tuple[str, Path], tmp_path: Path
) -> None:
    """Nor an answer of which a letter was altered."""
    url, certificate = service
    answer = ask(url, TEXT)
    assert verified(tmp_path, TEXT.encode(), answer, certificate)
    assert not verified(tmp_path, TEXT.replace("5", "6").encode(), answer, certificate)
    altered = bytearray(answer)
    altered[-20] ^= 1
    assert not verified(tmp_path, TEXT.encode(), bytes(altered), certificate)


def test_openssl_reads_the_request_as_it_was_meant(tmp_path: Path) -> None:
    """The digest, the number, and that the certificate is wanted; whatever the number is."""
    for nonce in (1, 127, 128, 255, 2**62, 2**63 - 1):
        asked = tmp_path / "asked.tsq"
        asked.write_bytes(trusted_time.request(sha256(TEXT.encode()).digest(), nonce))
        read = openssl("ts", "-query", "-in", str(asked), "-text").stdout.decode()
        assert "Hash Algorithm: sha256" in read
        assert f"Nonce: 0x{nonce:X}".lower() in read.replace("0x0", "0x").lower()
        assert "Certificate required: yes" in read


@pytest.mark.parametrize(
    "answer", [b"", b"\x30", b"\x30\x84\xff\xff\xff\xff", b"<html>", b"\x30\x03\x30\x01\x02"]
)
def test_what_is_damaged_has_no_status(answer: bytes) -> None:
    """Whatever it is."""
    assert status_of(answer) is None


def test_who_answers_something_else_is_refused(service: tuple[str, Path]) -> None:
    """An answer that was given before, another kind of one, or nobody."""
    before = ask(service[0], TEXT)
    for answer, why in (
        (Fixed(200, REPLY, before), "something else"),
        (Fixed(500, REPLY, before), "500"),
        (Fixed(200, "text/html", before), "text/html"),
        (Fixed(200, REPLY, before[:-7]), "damaged"),
        (Fixed(200, REPLY, b"\x30\x05\x30\x03\x02\x01\x02"), "its status is 2"),
    ):
        with answering(answer) as url, pytest.raises(Refused, match=why):
            ask(url, TEXT)
    with pytest.raises(Refused, match="Nobody answers"):
        ask("http://127.0.0.1:9/", TEXT)


def test_of_a_close_it_is_told_once_and_stands_in_the_pack(
    service: tuple[str, Path], story: Story, tmp_path: Path
) -> None:
    """Where OpenSSL checks it, and the pack's own program that it is of this tree."""
    url, certificate = service
    with closing(LedgerFile(ledger_file(story.log.folder))) as file:
        ask_for_newest(url, story.log, file)
        first = file.times(10**6)
        ask_for_newest(url, story.log, file)
        assert file.times(10**6) == first
    ((size, answer),) = first
    files = pack(story.view()).files
    assert files[f"times/{size}.tsr"] == answer
    assert verified(tmp_path, files[f"times/{size}.txt"], answer, certificate)
    assert "openssl ts -verify" in files["README.txt"].decode()
    whole = made(story)
    assert handed_over(whole.files, tmp_path / "well", whole.key).code == 0
    text = whole.files[f"times/{size}.txt"]
    altered = whole.files | {f"times/{size}.txt": text.replace(f"\n{size}\n".encode(), b"\n3\n")}
    assert handed_over(altered, tmp_path / "ill", whole.key).wrong == {4}


def test_a_server_has_it_told_by_itself(service: tuple[str, Path], story: Story) -> None:
    """A moment after the close, and holds nothing up."""

    def is_told() -> bool:
        with closing(LedgerFile(ledger_file(story.log.folder), read_only=True)) as file:
            return bool(file.times(10**6))

    with serving.beside(story.log, clock=service[0]):
        assert within(20, is_told)


@pytest.mark.parametrize(
    "url", ["http://elsewhere.example.org", "nowhere", "https://a@b", "ftp://x"]
)
def test_an_address_that_is_not_safe_is_refused(url: str) -> None:
    """As those of witnesses are."""
    with pytest.raises(Refused, match="EHSG_TIME_STAMPS"):
        read_settings({"EHSG_TIME_STAMPS": url})
    assert read_settings({}) is None
