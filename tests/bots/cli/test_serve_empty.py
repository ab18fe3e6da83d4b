"""`ehsg serve` in a folder that is not there: it says where to begin, and a coordinator begins there."""

from __future__ import annotations

import re
import socket
import stat
import time
from pathlib import Path

import httpx
import pytest
from support.ehsg import ehsg, shell
from support.mail.server import mail_server
from support.processes import within
from support.served import mail, serving
from support.web import plain_http
from support.web.begin import NONCE, TYPED
from support.web.desk import OWN

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
PATIENCE = 90  # seconds
MAIL = "jane@council.example.org"
BEGIN = re.compile(
    r"^Nothing is set up yet\. Open (\S+/begin/\S{43}) to begin; this address works until an "
    r"assessment is open\.$",
    re.M,
)


def said_in(said: Path, what: str) -> str:
    """Wait until the server has said something; everything that it has said."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if re.search(what, text := said.read_text(errors="replace"), re.M):
            return text
        time.sleep(0.1)
    raise AssertionError(said.read_text(errors="replace"))


def keep_prefect_out(folder: Path) -> None:
    """Let everything but rounds be served there: to start Prefect takes longer than all the rest."""
    folder.mkdir(mode=0o700)
    (folder / "prefect").write_text("in the way")


def free_port() -> str:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return str(listening.getsockname()[1])


def begun(url: str, **typed: str) -> httpx.Client:
    """Somebody who has never seen a terminal opens the address, and fills the form in."""
    browser = plain_http.client(headers=OWN, follow_redirects=True, timeout=30)
    nonce = NONCE.search(browser.get(url).text)
    assert nonce is not None
    answer = browser.post(url, data={"nonce": nonce[1], **TYPED, **typed})
    assert answer.status_code == 200
    assert "Northvale" in answer.text
    assert "/read/" in str(answer.url)
    return browser


def test_from_an_empty_folder_to_the_first_page_of_the_desk(tmp_path: Path) -> None:
    """Everything is served while nothing is open: rounds, ledger, pages; and nothing of it fails."""
    folder, said, port = tmp_path / "not" / "there", tmp_path / "said", free_port()
    with serving(folder, said, EHSG_WEB_PORT=port) as process:
        said_in(said, r"^Rounds run")
        found = BEGIN.findall(said_in(said, "answered at"))
        assert len(found) == 1
        assert found[0].startswith(f"http://127.0.0.1:{port}/begin/")
        assert (folder / "begin").read_text().strip() == found[0]
        assert stat.S_IMODE((folder / "begin").stat().st_mode) == 0o600
        time.sleep(5)  # in which a tick runs, and whatever else looks at what there is
        browser = begun(found[0])
        assert browser.get(f"http://127.0.0.1:{port}/read/trail").status_code == 200
        assert not (folder / "begin").exists()
        assert browser.get(found[0]).status_code == 404
        assert process.poll() is None
    told = said.read_text(errors="replace")
    assert "Traceback" not in told
    assert "could not" not in told
    assert ehsg(folder, "assessment", "list").out.count("Northvale") == 1
    ledger = ehsg(folder, "verify", "--json").document["ledger"]
    assert f"signed with the ledger's key {ledger['key']}" in told
    assert ledger["signed"] == ledger["facts"] == ehsg(folder, "verify", "--json").document["facts"]
    with serving(folder, said, "--only", "web", EHSG_WEB_PORT=port):
        assert not BEGIN.search(said_in(said, "answered at"))
        assert plain_http.get(found[0]).status_code == 404


def test_whatever_else_is_set_up_waits_for_the_first_assessment(tmp_path: Path) -> None:
    """Letters and backups, too; then the coordinator is sent a link as soon as she asks for one."""
    folder, said, port = tmp_path / "data", tmp_path / "said", free_port()
    keep_prefect_out(folder)  # rounds are run in the test above
    to = {"EHSG_BACKUP_FOLDER": str(tmp_path / "b"), "EHSG_BACKUP_KEYS": str(tmp_path / "k")}
    with mail_server() as server:
        with serving(folder, said, EHSG_WEB_PORT=port, **to, **mail(server)):
            (url,) = BEGIN.findall(said_in(said, "^Letters go out"))
            begun(url, email=MAIL)
            form = {"nonce": "n", "email": MAIL}
            asked = f"http://127.0.0.1:{port}/read/sign-in"
            assert plain_http.post(asked, headers=OWN, data=form).status_code == 200
            assert within(PATIENCE, lambda: server.letters)
        (letter,) = server.letters
    assert letter.to == (MAIL,)
    assert b"/sign-in/" in letter.content
    assert "Traceback" not in said.read_text(errors="replace")


@pytest.mark.parametrize("part", ["flows", "slack", "mail"])
def test_a_part_without_pages_says_no_address(tmp_path: Path, part: str) -> None:
    """And whatever else it lacks, it does not ask for an assessment."""
    folder, said = tmp_path / "data", tmp_path / "said"
    keep_prefect_out(folder)
    with serving(folder, said, "--only", part):
        text = said_in(said, r"\S.*\n")
    assert "begin" not in text
    assert "No assessment was opened" not in text


def test_no_address_is_served_in_the_clear_to_others(tmp_path: Path) -> None:
    """Whoever listens on the line would begin first."""
    url = {"EHSG_WEB_URL": "http://early-help.example.gov.uk"}
    done = shell("--data", str(tmp_path / "data"), "serve", "--only", "web", **url)
    assert done.code == 2
    assert "Links need an address that begins with https://" in done.err
    assert "/begin/" not in done.err
    assert not (tmp_path / "data" / "begin").exists()


def test_a_proxy_with_tls_is_told_by_its_own_name(tmp_path: Path) -> None:
    """The address is the one that people reach the pages by."""
    said = tmp_path / "said"
    url = {"EHSG_WEB_URL": "https://early-help.example.gov.uk", "EHSG_WEB_PORT": "0"}
    with serving(tmp_path / "data", said, "--only", "web", **url):
        (address,) = BEGIN.findall(said_in(said, r"^Nothing is set up yet"))
    assert address.startswith("https://early-help.example.gov.uk/begin/")
