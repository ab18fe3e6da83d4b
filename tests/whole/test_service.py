"""The service as docs/service.md has it: systemd takes it, and every setting in it is one that is read."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from support.places import ROOT

from bots.slack.settings import read_settings as read_slack
from bots.web.desk.live import BEAT
from bots.web.forms import MOST_BODY
from bots.web_settings import read_settings as read_web
from ehsg_events.values.evidence import MEGABYTE

PAGE = (ROOT / "docs" / "service.md").read_text(encoding="utf-8")
SERVER = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")
ANALYZE = shutil.which("systemd-analyze")


def block(kind: str) -> str:
    """The only block of a kind."""
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.M | re.S)
    return str(found)


@pytest.mark.skipif(ANALYZE is None, reason="there is no systemd here")
def test_systemd_takes_the_service(tmp_path: Path) -> None:
    """By its own tool, which names each line that it does not know."""
    unit = tmp_path / "ehsg.service"
    program = tmp_path / "ehsg"
    program.touch(mode=0o755)
    unit.write_text(block("ini").replace("/opt/ehsg/ehsg", str(program)))
    done = subprocess.run(
        [str(ANALYZE), "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )
    assert "ehsg.service" not in done.stderr, done.stderr


def test_every_setting_is_one_that_is_read() -> None:
    """As the page of the server lists them; a secret may stand in a file."""
    named = set(re.findall(r"\b(?:EHSG|SLACK)_[A-Z_]+\b", PAGE))
    known = set(re.findall(r"\b(?:EHSG|SLACK)_[A-Z_]+\b", SERVER)) | {"SLACK_BOT_TOKEN_FILE"}
    in_files = {name.removesuffix("_FILE") for name in named - known}
    assert in_files <= known


def test_the_address_of_the_example_is_one_that_serve_takes() -> None:
    """Behind TLS, with the ports as they are when nothing is set."""
    settings = dict(re.findall(r"^(EHSG_\w+)=(.*)$", PAGE, re.M))
    web = read_web(settings)
    web.refuse_unless_safe()
    slack = read_slack({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s" * 32})
    assert PAGE.count(f"127.0.0.1:{web.port}") == PAGE.count(f"127.0.0.1:{slack.port}") == 3


def test_a_proxy_lets_through_what_is_answered_in_a_sentence() -> None:
    """A file that is too large is refused by us, and an open line lives longer than our pause."""
    (size,) = re.findall(r"client_max_body_size (\d+)m;", block("nginx"))
    assert int(size) * MEGABYTE > MOST_BODY
    assert BEAT == 15


def test_no_proxy_keeps_the_addresses_that_are_links() -> None:
    """Whoever has a personal link is that person, so it stands in no log."""
    assert "access_log off;" in block("nginx")
    assert re.search(r"error_log \S+ crit;", block("nginx"))
