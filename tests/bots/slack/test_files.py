"""Files that come with a message: kept as evidence, or refused in words, or asked for again."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from support.slack.edge import Place, slack
from support.slack.windows import hand

from bots.slack import files
from bots.slack.app import quick_client
from bots.slack.envelopes import File
from bots.slack.files import Files, NotFetched
from bots.slack.loopback.http import Trouble
from bots.slack.loopback.workspace import Workspace
from ehsg_events.values.beside import Note
from ehsg_events.values.evidence import MOST_FILE

PDF = b"%PDF-1.7 the zebra minutes"
LOST = Trouble("refused")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Somebody who was just asked for words."""
    with slack(tmp_path) as place:
        place.person().click(place.begin(), "answer:5.1:3")
        place.outbox.deliver()
        yield place


def kept(place: Place) -> list[tuple[str | None, str | None, bytes | None]]:
    """Of each note that stands: its words, and the name and content of its file."""
    return [_kept(place, note) for note in place.interview().notes.values()]


def _kept(place: Place, note: Note) -> tuple[str | None, str | None, bytes | None]:
    words, evidence = place.log.text(note.words), note.evidence
    file = evidence.file if evidence else None
    if file is None:
        return words, None, None
    return words, place.log.text(file.name), place.log.content(file.content)


def test_a_file_with_words_is_one_note(place: Place) -> None:
    """The words above it belong to it; the receipt is the usual one."""
    hand(place.person(), "See page 3.", ("minutes.pdf", PDF))
    assert kept(place) == [("See page 3.", "minutes.pdf", PDF)]
    assert "Noted (1 message)" in place.newest().text


def test_a_file_is_kept_though_its_words_would_ask_every_area_what_waits(place: Place) -> None:
    """What comes with a file is never a command, also of somebody on two panels."""
    first = place.assessment
    place.open_another("Northvale")
    hand(place.person(), "status", ("minutes.pdf", PDF))
    place.assessment = first
    assert kept(place) == [("status", "minutes.pdf", PDF)]


def test_several_files_are_a_note_each(place: Place) -> None:
    """The words go with the first; the others are called by their names."""
    hand(place.person(), "next", ("a.pdf", PDF), ("b.csv", b"1,2"))
    assert kept(place) == [("next", "a.pdf", PDF), ("CSV file", "b.csv", b"1,2")]


def test_a_file_that_comes_again_is_one_note_and_not_fetched_again(place: Place) -> None:
    """Slack repeats a message when our answer was lost."""
    me = place.person()
    _, request = hand(me, "", ("a.pdf", PDF))
    assert me.again(request).status == 200
    assert len(kept(place)) == 1
    assert len(place.workspace.uploads.fetched) == 1


def test_a_download_that_fails_is_answered_500_and_made_good_by_the_retry(place: Place) -> None:
    """What was fetched already is not fetched once more."""
    me = place.person()
    place.workspace.trouble["(fetch)"].extend([None, LOST])
    _, request = hand(me, "", ("a.pdf", PDF), ("b.pdf", PDF))
    assert request.status == 500
    assert me.again(request).status == 200
    assert [name for _, name, _ in kept(place)] == ["a.pdf", "b.pdf"]
    assert len(place.workspace.uploads.fetched) == 3


def test_a_file_that_never_comes_is_said_and_its_words_are_kept(place: Place) -> None:
    """Slack sends a message four times; after that nobody would know of it."""
    me = place.person()
    place.workspace.trouble["(fetch)"].extend([LOST] * 4)
    _, sent = hand(me, "See page 3.", ("minutes.pdf", PDF))
    assert [me.again(sent, retry).status for retry in (1, 2, 3)] == [500, 500, 200]
    assert kept(place) == [("See page 3.", None, None)]
    assert "did not reach us" in place.newest().text


def test_a_file_shared_over_slack_connect_is_asked_for_by_its_id(place: Place) -> None:
    """The event of another organisation's file holds nothing else."""
    hand(place.person(), "", ("a.pdf", PDF), connect=True)
    assert kept(place) == [("PDF file", "a.pdf", PDF)]


@pytest.mark.parametrize("name", ["run.exe", "photo.heic", "no-ending"])
def test_a_kind_that_is_not_kept_is_refused_in_words_and_never_fetched(
    place: Place, name: str
) -> None:
    """The person is told what to send instead."""
    hand(place.person(), "", (name, b"x"))
    assert kept(place) == []
    assert "not one that can be kept here" in place.newest().text
    assert not place.workspace.uploads.fetched


def test_a_file_that_is_too_large_is_refused_in_words_and_never_fetched(place: Place) -> None:
    """By the size that Slack names."""
    hand(place.person(), "", ("a.csv", b"," * (MOST_FILE + 1)))
    assert "It may be at most 5 MB" in place.newest().text
    assert not place.workspace.uploads.fetched


def test_a_file_that_is_larger_than_it_says_is_read_no_further(place: Place) -> None:
    """Whatever is sent, no more is taken than could be kept."""
    said = described(place.workspace, "a.csv", b"," * (3 * MOST_FILE))
    small = said.model_copy(update={"size": 3})
    found = fetcher(place).fetch(small, time.monotonic() + 30)
    assert MOST_FILE < len(found.content) <= MOST_FILE + files.PIECE
    assert found.size == len(found.content)


def test_a_deleted_message_takes_back_all_its_files(place: Place) -> None:
    """Not only the first."""
    me = place.person()
    ts, _ = hand(me, "Both.", ("a.pdf", PDF), ("b.pdf", PDF))
    shown = [{"id": "F1"}, {"id": "F2"}]
    said = {"user": me.name, "user_team": me.team, "ts": ts, "text": "Both.", "files": shown}
    gone = {"type": "message", "subtype": "message_deleted", "channel": me.channel}
    me.event({**gone, "channel_type": "im", "deleted_ts": ts, "previous_message": said})
    assert kept(place) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/files-pri/a.pdf",
        "https://files.slack.com.evil.example/a.pdf",
        "https://files.slack.com@evil.example/a.pdf",
        "http://files.slack.com/a.pdf",
        "file:///etc/passwd",
        "https://files.slack.com:8443/a.pdf",
    ],
)
def test_our_token_goes_to_slack_and_nowhere_else(place: Place, url: str) -> None:
    """A payload may name any address."""
    assert fetcher(place).trusts("https://files.slack.com/files-pri/T1-F1/download/a.pdf")
    assert not fetcher(place).trusts(url)


def test_a_file_elsewhere_is_not_asked_for(place: Place) -> None:
    """Not even where somebody answers who would take our token."""
    with Workspace() as elsewhere:
        file = described(elsewhere, "a.txt", b"x")
        with pytest.raises(NotFetched):
            fetcher(place).fetch(file, time.monotonic() + 5)
        assert not elsewhere.uploads.fetched


def test_no_redirection_is_followed(place: Place) -> None:
    """Our token would go along."""
    with Workspace() as elsewhere:
        file = described(elsewhere, "a.txt", b"x")
        with redirecting(str(file.url_private_download)) as url:
            here = replace(place.settings, api_url=url)
            moved = file.model_copy(update={"url_private_download": f"{url}a.txt"})
            with pytest.raises(NotFetched):
                Files(quick_client(here), here).fetch(moved, time.monotonic() + 5)
        assert not elsewhere.uploads.fetched


@contextmanager
def redirecting(to: str) -> Iterator[str]:
    """A server that sends everyone elsewhere; its address."""

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", to)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        thread.join()


def test_the_sign_in_page_is_not_taken_for_the_file(place: Place) -> None:
    """Slack answers so, with 200, when our token lacks the right."""
    file = described(place.workspace, "a.txt", b"x")
    wrong = replace(place.settings, bot_token="xoxb-other")
    with pytest.raises(NotFetched):
        Files(quick_client(wrong), wrong).fetch(file, time.monotonic() + 5)


def test_waiting_for_a_file_ends_in_time(place: Place) -> None:
    """Slack waits three seconds, and so do we at most."""
    file = described(place.workspace, "a.txt", b"x")
    with pytest.raises(NotFetched):
        fetcher(place).fetch(file, time.monotonic())
    assert not place.workspace.uploads.fetched


def test_no_file_name_and_no_word_of_it_is_in_a_log_line(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    """Not even when it fails, at the most talkative level; nor in the log's own file."""
    with caplog.at_level(logging.DEBUG):
        place.workspace.trouble["(fetch)"].append(LOST)
        me = place.person()
        _, request = hand(me, "zebra words", ("zebra.pdf", PDF))
        me.again(request)
        place.newest()
    stored = b"".join(file.read_bytes() for file in place.log.folder.glob("log.sqlite*"))
    assert "zebra" not in caplog.text
    assert place.settings.bot_token not in caplog.text
    assert b"zebra" not in stored


def fetcher(place: Place) -> Files:
    """What fetches the files of a message."""
    return Files(quick_client(place.settings), place.settings)


def described(workspace: Workspace, name: str, content: bytes) -> File:
    """A file that somebody has uploaded, as an event describes it."""
    uploads = workspace.uploads
    return File.model_validate(uploads.described(uploads.keep(name, content), workspace.url))
