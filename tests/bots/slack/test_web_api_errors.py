"""Each way in which Slack's Web API fails, once and for ever: what the person sees, and who is told.

The person presses Start, or answers; the call that this leads to fails. They look again after a
minute and three days later, when the coordinator looks too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from support.slack.edge import Place, empty, every_message_has_one_end
from support.slack.windows import home, told, words

from bots.operations.round_status import round_status
from bots.phrases.slack import REACHED_AGAIN, token_refused
from bots.slack.app import build_app
from bots.slack.loopback.http import Trouble
from bots.slack.loopback.person import in_process
from bots.slack.outage import Announcer
from ehsg_events.commands import people, rounds
from ehsg_events.values.policy import Policy, Terms
from projections.collecting.coordinator_tasks import waiting

POST, UPDATE, AUTH = "chat.postMessage", "chat.update", "auth.test"
Seen = Literal["asked", "asked in plain text", "not asked"]
Told = Literal["nothing", "to give a link", "that Slack refuses our token"]


class Row(NamedTuple):
    """One line of the table.

    `soon` is what the person sees at once, `then` within a minute, `later` after three days.
    """

    trouble: Trouble
    method: str
    lasts: Literal["once", "for ever"]
    soon: Seen
    then: Seen
    later: Seen
    told: Told
    also: tuple[str, ...] = ()  # other methods that fail with it


def error(code: str) -> Trouble:
    """An answer that says no."""
    return Trouble("error", error=code)


YES: Seen = "asked"
PLAIN: Seen = "asked in plain text"
NO: Seen = "not asked"
LINK: Told = "to give a link"
TOKEN: Told = "that Slack refuses our token"
TABLE = [
    Row(error("channel_not_found"), POST, "once", YES, YES, YES, "nothing"),
    Row(error("channel_not_found"), POST, "for ever", NO, NO, NO, LINK),
    Row(error("is_archived"), POST, "once", NO, YES, YES, "nothing"),
    Row(error("is_archived"), POST, "for ever", NO, NO, NO, LINK),
    Row(error("restricted_action"), POST, "once", NO, YES, YES, "nothing"),
    Row(error("restricted_action"), POST, "for ever", NO, NO, NO, LINK),
    Row(error("invalid_blocks"), POST, "once", PLAIN, PLAIN, PLAIN, "nothing"),
    Row(error("invalid_blocks"), POST, "for ever", NO, NO, NO, LINK),
    Row(error("msg_too_long"), POST, "once", PLAIN, PLAIN, PLAIN, "nothing"),
    Row(error("msg_too_long"), POST, "for ever", NO, NO, NO, LINK),
    Row(error("user_not_found"), POST, "once", NO, NO, NO, LINK),
    Row(error("message_not_found"), UPDATE, "once", YES, YES, YES, "nothing"),
    Row(error("message_not_found"), UPDATE, "for ever", YES, YES, YES, "nothing"),
    Row(error("edit_window_closed"), UPDATE, "once", YES, YES, YES, "nothing"),
    Row(error("token_revoked"), POST, "once", NO, YES, YES, "nothing"),
    Row(error("token_revoked"), POST, "for ever", NO, NO, NO, TOKEN, (POST, AUTH)),
    Row(error("internal_error"), POST, "once", YES, YES, YES, "nothing"),
    Row(Trouble("ratelimited", 25), POST, "once", NO, YES, YES, "nothing"),
    Row(Trouble("ratelimited", 25), POST, "for ever", NO, NO, NO, LINK),
    Row(Trouble("lost"), POST, "once", YES, YES, YES, "nothing"),
    Row(Trouble("refused"), POST, "once", YES, YES, YES, "nothing"),
    Row(Trouble("hang"), POST, "once", YES, YES, YES, "nothing"),
    Row(Trouble("hang"), POST, "for ever", NO, NO, NO, LINK),
]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An open round with a coordinator in Slack; a client that waits a second for an answer."""
    with empty(tmp_path) as place:
        place.open(place.assessment, terms=Terms(policy=Policy(fallback="web")))
        stamp = place.stamp("name")
        people.name_coordinator(
            place.log, stamp, place.assessment, "Cora Lane", people.Contact("T0LOOPBACK/U0LEAD")
        )
        place.settings = replace(place.settings, timeout=1)
        place.restart()
        yield place
        place.workspace.trouble.clear()
        place.workspace.always.clear()
        every_message_has_one_end(place)


def named(row: Row) -> str:
    """A line of the table in words."""
    what = row.trouble.error if row.trouble.kind == "error" else row.trouble.kind
    return f"{what} {row.lasts} on {row.method}"


@pytest.mark.parametrize("row", TABLE, ids=named)
def test_what_is_seen_when_the_web_api_fails(place: Place, row: Row) -> None:
    """A stranger is not held up, no message is lost, and the coordinator is told what is so."""
    said: list[str] = []
    place.on_outage = Announcer(place.log.folder, said.append)
    place.restart()
    before = _acts(place, row)
    _begin(place, row)
    place.outbox.deliver()
    seen, stranger = [_seen(place, before)], [_seen(place, 1, "U0HEALTH")]
    for _ in range(12):
        _passes(place, seconds=5)
    seen, stranger = [*seen, _seen(place, before)], [*stranger, _seen(place, 1, "U0HEALTH")]
    for minutes in (1, 2, 4, 8, *[180] * 24):
        _passes(place, minutes=minutes)
    assert [*seen, _seen(place, before)] == [row.soon, row.then, row.later]
    assert _told(place) == row.told
    refused = row.trouble.error == "token_revoked"
    assert any("refuses our token" in line for line in said) == refused
    assert stranger == ([NO, NO if row.lasts == "for ever" else YES] if refused else [YES, YES])


def _acts(place: Place, row: Row) -> int:
    """The person does what leads to the failing call, and a stranger begins; how much stood there."""
    question = place.begin()
    if row.method == POST:
        place.person().type("help")
    before = len(place.texts())
    if row.method == UPDATE:
        place.person().click(question, "answer:5.1:3")
    stranger = place.person("U0HEALTH")
    stranger.click(stranger.inbox[-1], "start")
    return before


def _begin(place: Place, row: Row) -> None:
    if row.lasts == "once":
        place.workspace.trouble[row.method].append(row.trouble)
        return
    for method in row.also or (f"{row.method} {place.person().channel}",):
        place.workspace.always[method] = row.trouble


def _passes(place: Place, **time: float) -> None:
    place.clock.on(**time)
    place.outbox.deliver()


def _seen(place: Place, before: int, name: str = "U0POLICE") -> Seen:
    """What came after the messages that stood there before."""
    new = place.workspace.inbox(name)[before:]
    if not new:
        return "not asked"
    return "asked" if new[-1].buttons else "asked in plain text"


def _told(place: Place) -> Told:
    """What the coordinator is told once the rounds were looked after."""
    rounds.advance(place.log, place.stamp("tick", "clock"), place.assessment)
    sentences, _ = round_status(place.log, place.assessment, place.clock())
    if "refuses our token" in sentences:
        return "that Slack refuses our token"
    tasks = {task.about: task.kind for task in waiting(place.log, place.assessment, place.clock())}
    return "to give a link" if tasks.get("police-1") == "link" else "nothing"


def test_whom_slack_reaches_again_waits_for_no_link(place: Place) -> None:
    """By a message that was delivered since; the trail says so."""
    place.begin()
    place.workspace.always[f"{POST} {place.person().channel}"] = error("is_archived")
    place.person().type("help")
    place.outbox.deliver()
    for _ in range(24):
        _passes(place, hours=3)
    assert _told(place) == "to give a link"
    place.workspace.always.clear()
    _passes(place, hours=1)
    rounds.advance(place.log, place.stamp("later", "clock"), place.assessment)
    waits = waiting(place.log, place.assessment, place.clock())
    assert "police-1" not in {task.about for task in waits}
    assert [f.fact.model_dump() for f in place.facts("SurfaceRegained")] == [
        {"regained": "police-1"}
    ]


def test_who_acts_in_slack_can_be_reached(place: Place) -> None:
    """Whatever failed before."""
    place.workspace.left.add("U0POLICE")
    place.outbox.deliver()
    assert _told(place) == "to give a link"
    place.workspace.left.clear()
    place.person().type("start")
    rounds.advance(place.log, place.stamp("later", "clock"), place.assessment)
    assert len(place.facts("SurfaceRegained")) == 1


def test_a_revoked_token_is_said_at_once_and_again_when_it_is_well(place: Place) -> None:
    """Slack says it by an event; on the Home tab, to the command, in the status of the round."""
    said: list[str] = []
    place.on_outage = Announcer(place.log.folder, said.append)
    place.restart()
    sentence = token_refused("token_revoked")
    place.app = build_app(place.log, place.settings, place.clock, place.outbox.refused)
    place.carry = in_process(place.app)
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0LOOPBACK"]}}
    assert place.person().event(revoked).status == 200
    place.outbox.deliver()
    assert (said, place.texts()) == ([sentence], [])
    cora = place.person("U0LEAD")
    assert sentence in told(cora, "progress")
    assert sentence in words(home(place, cora))
    assert sentence not in words(home(place, place.person()))
    _passes(place, seconds=5)
    assert said[1:] == [REACHED_AGAIN]
    assert len(place.texts()) == 1
    assert sentence not in told(cora, "progress")


def test_an_app_that_was_uninstalled_writes_to_nobody(place: Place) -> None:
    """From the event on, without a call in vain."""
    place.app = build_app(place.log, place.settings, place.clock, place.outbox.refused)
    place.carry = in_process(place.app)
    assert place.person().event({"type": "app_uninstalled"}).status == 200
    calls = len(place.workspace.calls)
    place.outbox.deliver()
    assert len(place.workspace.calls) == calls


def test_the_token_of_somebody_else_is_nothing_to_us(place: Place) -> None:
    """A person who takes their own token back takes nothing from the bot."""
    place.app = build_app(place.log, place.settings, place.clock, place.outbox.refused)
    place.carry = in_process(place.app)
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": ["U0POLICE"], "bot": []}}
    assert place.person().event(revoked).status == 200
    place.outbox.deliver()
    assert len(place.texts()) == 1
