"""What people do in Slack beyond buttons and words: windows, commands, files, and the Home tab."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from bots.slack.loopback.person import FORM, Person, Request
from bots.slack.loopback.workspace import Message
from ehsg_events.commands import people
from support.slack.edge import Place

Box = Mapping[str, Any]
COORDINATOR, OTHER = "U0LEAD", "U0OTHER"


def name_coordinator(place: Place, person: str = COORDINATOR) -> Person:
    """Somebody who coordinates the assessment, in Slack."""
    key = f"coordinator {person} {place.assessment}"
    slack = f"{place.workspace.team}/{person}"
    people.name_coordinator(
        place.log, place.stamp(key), place.assessment, "Ed Lee", people.Contact(slack)
    )
    return place.person(person)


# -- commands --------------------------------------------------------------------------------------
def order(person: Person, text: str, trigger: str = "") -> Request:
    """Type `/ehsg` with something after it."""
    number = trigger or person.workspace.next_ts()
    given = {"command": "/ehsg", "text": text, "trigger_id": number, "team_id": person.team}
    return person.send(urlencode({**given, "user_id": person.name}), FORM)


def told(person: Person, text: str) -> str:
    """What `/ehsg` with something after it is answered."""
    request = order(person, text)
    assert request.status == 200
    assert request.reply["response_type"] == "ephemeral"
    found: str = request.reply["text"]
    return found


# -- windows ---------------------------------------------------------------------------------------
def opened(place: Place, press: Callable[[], Request]) -> dict[str, Any]:
    """The window that a button opens."""
    before = len(place.workspace.windows)
    assert press().status == 200
    assert place.waits_for(lambda: len(place.workspace.windows) > before)
    return place.workspace.windows[-1]


def fill_in(person: Person, view: Mapping[str, Any], **boxes: str) -> Request:
    """Fill a window in and submit it; boxes left out stay empty."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    assert set(boxes) <= {block["block_id"] for block in inputs}
    values = {
        block["block_id"]: {block["element"]["action_id"]: _typed(block, boxes)} for block in inputs
    }
    payload = {
        "type": "view_submission",
        "team": {"id": person.workspace.team},
        "user": {"id": person.name, "team_id": person.team},
        "trigger_id": person.workspace.next_ts(),
        "view": {**view, "state": {"values": values}},
    }
    request = person.send(urlencode({"payload": json.dumps(payload)}), FORM)
    assert set(request.reply.get("errors", {})) <= set(values)
    return request


def _typed(block: Box, boxes: Mapping[str, str]) -> Box:
    kind, given = block["element"]["type"], boxes.get(block["block_id"])
    if kind == "datepicker":
        return {"type": kind, "selected_date": given}
    if kind == "static_select":
        return {"type": kind, "selected_option": given and {"value": given}}
    return {"type": kind, "value": given or block["element"].get("initial_value")}


# -- the Home tab ----------------------------------------------------------------------------------
def home(place: Place, person: Person) -> dict[str, Any]:
    """Open the Home tab and wait for its picture, which is drawn beside the answer to Slack."""
    return drawn(place, person, person.open_home)


def drawn(place: Place, person: Person, act: Callable[[], Request]) -> dict[str, Any]:
    """The Home tab as it is drawn after something was done."""
    homes = place.workspace.homes
    homes.pop(person.name, None)
    assert act().status == 200
    assert place.waits_for(lambda: person.name in homes)
    return homes[person.name]


def press(place: Place, person: Person, button: str) -> dict[str, Any]:
    """Press a button of the Home tab by its label; the tab as it is drawn again."""
    found = _button(home(place, person), button)
    return drawn(place, person, lambda: person.press(found))


def window_of(place: Place, person: Person, button: str) -> dict[str, Any]:
    """The window that a button of the Home tab opens."""
    found = _button(home(place, person), button)
    return opened(place, lambda: person.press(found))


def words(view: Mapping[str, Any]) -> str:
    """The words of a view, without its buttons."""
    return "\n".join(block["text"]["text"] for block in view["blocks"] if "text" in block)


def labels(view: Mapping[str, Any]) -> list[str]:
    """The buttons of a view."""
    rows = (block["elements"] for block in view["blocks"] if block["type"] == "actions")
    return [button["text"]["text"] for row in rows for button in row]


def _button(view: Mapping[str, Any], label: str) -> dict[str, Any]:
    rows = (block["elements"] for block in view["blocks"] if block["type"] == "actions")
    found: dict[str, Any] = next(b for row in rows for b in row if b["text"]["text"] == label)
    return found


# -- files -----------------------------------------------------------------------------------------
def hand(
    person: Person, text: str, *files: tuple[str, bytes], connect: bool = False
) -> tuple[str, Request]:
    """Send a message with files; its timestamp, and the request."""
    workspace, ts = person.workspace, person.workspace.next_ts()
    names = [workspace.uploads.keep(*file) for file in files]
    shown = [workspace.uploads.described(name, workspace.url) for name in names]
    hidden = [{"id": name, "file_access": "check_file_info"} for name in names]
    workspace.keep(Message(person.channel, ts, person.name, text))
    event = {
        "type": "message",
        "subtype": "file_share",
        "user": person.name,
        "user_team": person.team,
        "text": text,
        "ts": ts,
        "channel": person.channel,
        "channel_type": "im",
        "files": hidden if connect else shown,
    }
    return ts, person.event(event)
