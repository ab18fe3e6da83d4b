"""`ehsg serve --only web` as it runs for real: a port, a page, a clean end."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from support.ehsg import ehsg, environment, opened, shell
from support.web import plain_http

from bots.web_settings import Settings, read_settings
from ehsg_events.kernel import Refused


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with an open round."""
    opened(tmp_path / "data")
    return tmp_path / "data"


def test_a_link_is_answered_until_the_process_is_told_to_end(data: Path) -> None:
    """Then it ends well; what it prints names no link."""
    token = ehsg(data, "link", "health-1").out.strip().rpartition("/")[2]
    command = [sys.executable, "-m", "bots.cli", "--data", str(data), "serve", "--only", "web"]
    serving = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env=environment(EHSG_WEB_PORT="0")
    )
    assert serving.stderr is not None
    address = serving.stderr.readline().split()[-1].rstrip(".")
    page = plain_http.get(f"{address}/i/{token}", follow_redirects=True)
    serving.send_signal(signal.SIGTERM)
    rest = serving.communicate(timeout=20)[1]
    assert (page.status_code, serving.returncode, rest) == (200, 0, "")
    assert "Before you start" in page.text


def test_a_port_that_is_taken_is_refused_with_the_setting_that_helps(data: Path) -> None:
    """Before anything else begins."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = shell("--data", str(data), "serve", "--only", "web", EHSG_WEB_PORT=port)
    assert ran.code == 2
    assert "Set EHSG_WEB_PORT to another" in ran.err


def test_pages_are_not_served_where_anybody_on_the_line_could_read_along(data: Path) -> None:
    """As no link is given out that leads there."""
    ran = shell("--data", str(data), "serve", "--only", "web", EHSG_WEB_URL="http://example.org")
    assert ran.code == 2
    assert "Links need an address that begins with https://" in ran.err


def test_the_address_people_reach_is_set_apart_from_the_one_listened_on() -> None:
    """A proxy stands between them."""
    found = read_settings({"EHSG_WEB_URL": "https://early-help.example/", "EHSG_WEB_PORT": "9000"})
    assert found == Settings("127.0.0.1", 9000, "https://early-help.example")
    assert found.link("abc") == "https://early-help.example/i/abc"


def test_without_an_address_of_its_own_a_link_leads_to_the_port_that_is_listened_on() -> None:
    """For trying out; another port needs no second setting."""
    assert read_settings({}) == Settings()
    assert read_settings({"EHSG_WEB_PORT": "9000"}).link("abc") == "http://127.0.0.1:9000/i/abc"


@pytest.mark.parametrize(
    "wrong",
    [
        {"EHSG_WEB_PORT": "many"},
        {"EHSG_WEB_PORT": "70000"},
        {"EHSG_WEB_URL": "early-help.example"},
        {"EHSG_WEB_URL": "https://"},
        {"EHSG_WEB_URL": "https://a@b.example"},
        {"EHSG_WEB_URL": "https://b.example/?x=1"},
    ],
    ids=lambda one: str(*one.values()),
)
def test_a_setting_that_is_not_understood_is_refused(wrong: dict[str, str]) -> None:
    """By its name."""
    with pytest.raises(Refused, match=next(iter(wrong))):
        read_settings(wrong)
