"""How the service stands, on the page of settings: each thing in each state, and nothing that is secret."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.area import Area
from support.slack.edge import Place, empty
from support.story.states import PANEL
from support.web.desk import reading
from support.web.web import site

from bots.backups.backing_up import back_up
from bots.backups.settings import backup_of
from bots.operations import joined, outages
from bots.phrases.pages import service as phrases
from bots.service.backed_up import LATEST
from bots.slack.app import quick_client
from bots.slack.authentication.ours import Ours
from bots.web.desk.hubs.service import service
from ehsg_events.events import MessageDelivered, MessageFailed
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.streams import message_stream
from projections.facts.view import view_at
from projections.verification.verification import kept_in

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
SAFE = {"EHSG_WEB_URL": "https://early-help.example.gov.uk"}
SECRET = "correct-horse-battery"
MAIL = {
    "EHSG_MAIL_URL": "smtp://relay.example.gov.uk:587",
    "EHSG_MAIL_FROM": "Early help <early-help@example.gov.uk>",
    "EHSG_MAIL_USER": "early-help",
    "EHSG_MAIL_PASSWORD": SECRET,
}
SLACK = {"SLACK_BOT_TOKEN": SECRET}
COMMAND = re.compile(r"\behsg [a-z]| --[a-z]")


@pytest.fixture
def area(log: Log) -> Area:
    """An assessment in which nobody has been asked."""
    area = Area(log)
    area.open(PANEL)
    return area


def stands(area: Area, environment: Mapping[str, str], now: datetime = NOW) -> dict[str, list[str]]:
    """What is said of each thing, after its state."""
    section = service(view_at(area.log, area.id), environment, now)
    assert section.table is not None
    rows = {str(what): [str(one) for one in rest] for what, *rest in section.table.rows}
    said = " ".join(says for _, says in rows.values())
    assert SECRET not in said
    assert not COMMAND.search(said)
    return rows


@pytest.mark.parametrize(
    ("environment", "what", "state", "says"),
    [
        ({}, phrases.ADDRESS, phrases.NOT_SET_UP, "only the machine itself"),
        (SAFE, phrases.ADDRESS, phrases.IN_ORDER, SAFE["EHSG_WEB_URL"]),
        ({"EHSG_WEB_URL": "http://a.gov.uk"}, phrases.ADDRESS, phrases.TO_MEND, "https://"),
        ({}, phrases.LETTERS, phrases.NOT_SET_UP, "nobody is sent a letter"),
        (MAIL, phrases.LETTERS, phrases.IN_ORDER, "early-help@example.gov.uk"),
        (MAIL, phrases.LETTERS, phrases.IN_ORDER, "relay.example.gov.uk:587"),
        ({"EHSG_MAIL_URL": "smtp://a"}, phrases.LETTERS, phrases.TO_MEND, "EHSG_MAIL_FROM"),
        ({}, phrases.SLACK, phrases.NOT_SET_UP, "nobody is written to"),
        (SLACK, phrases.SLACK, phrases.NOT_YET, "has not said yet"),
        ({}, phrases.BACKUP, phrases.NOT_SET_UP, "EHSG_BACKUP_FOLDER"),
        ({"EHSG_BACKUP_FOLDER": "/nowhere"}, phrases.BACKUP, phrases.TO_MEND, "none was made"),
        ({}, phrases.SENT, phrases.NOT_YET, "Nobody was sent"),
    ],
)
def test_each_thing_is_in_order_to_be_mended_or_not_set_up(
    area: Area, environment: dict[str, str], what: str, state: str, says: str
) -> None:
    """With what would help, without a secret, and never as something to be typed."""
    found, said = stands(area, environment)[what]
    assert found == state
    assert says in said


def test_what_a_surface_does_not_take_stands_beside_how_it_is_set_up(area: Area) -> None:
    """Until it takes it again."""
    outages.note(area.log.folder, "mail", "535 5.7.8")
    state, says = stands(area, MAIL)[phrases.LETTERS]
    assert (state, "535 5.7.8" in says, "relay" in says) == (phrases.TO_MEND, True, True)
    outages.forget(area.log.folder, "mail")
    assert stands(area, MAIL)[phrases.LETTERS][0] == phrases.IN_ORDER


def test_the_workspace_is_told_once_slack_has_said_which(tmp_path: Path) -> None:
    """From the process that listens there to the one that serves the pages."""
    with empty(tmp_path) as place:
        learn(place)
        assert joined.workspace(place.log.folder) == "Loopback"
        joined.forget(place.log.folder)
        assert joined.workspace(place.log.folder) is None


def learn(place: Place) -> None:
    """Ask Slack who we are."""
    folder = place.log.folder
    Ours(
        place.settings, quick_client(place.settings), lambda name: joined.note(folder, name)
    ).learn()


def test_the_last_message_and_the_last_failure_are_told_and_not_whose(area: Area) -> None:
    """As the log has them."""

    def decide(tx: Transaction) -> None:
        stream = message_stream(area.id, "invitation police-1")
        tx.decide(stream, MessageDelivered(to="police-1", reference="1.2"))
        stream = message_stream(area.id, "invitation health-1")
        tx.decide(stream, MessageFailed(to="health-1", reason="550 no such mailbox"))

    area.log.record(area.stamp(NOW), decide)
    state, says = stands(area, {})[phrases.SENT]
    assert state == phrases.IN_ORDER
    assert "550 no such mailbox" in says
    assert "police-1" not in says
    assert "health-1" not in says


def test_a_backup_is_in_order_while_it_is_whole_and_of_last_night(
    area: Area, tmp_path: Path
) -> None:
    """With when it was made and that it was verified; one that is older is not."""
    set_up = {"EHSG_BACKUP_FOLDER": str(tmp_path / "backup")}
    place = backup_of(set_up, None)
    assert place is not None
    back_up(kept_in(area.log.folder), place, NOW)
    state, says = stands(area, set_up, NOW + timedelta(hours=5))[phrases.BACKUP]
    assert (state, "5 hours ago" in says, "was verified" in says) == (phrases.IN_ORDER, True, True)
    state, says = stands(area, set_up, NOW + LATEST + timedelta(hours=24))[phrases.BACKUP]
    assert (state, "2 days ago" in says) == (phrases.TO_MEND, True)


def test_it_stands_on_the_page_of_settings_with_until_when_names_are_kept(tmp_path: Path) -> None:
    """For coordinators, who are the only ones to open that page."""
    with site(tmp_path) as place:
        page = reading(place, "coordinator").get("/read/settings").text
    for what in (phrases.VERSION, phrases.ADDRESS, phrases.LETTERS, phrases.BACKUP):
        assert what in page
    assert "Kept as the council" in page
