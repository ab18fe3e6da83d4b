"""Whatever people type arrives in the report as typed, from every surface, and does nothing."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from support.browser import Page
from support.conversation import ANA, ASSESSMENT, CONVERSATIONS, IN_SLACK, Conversation, link
from support.loopback import Clock
from support.slack.edge import empty, http
from support.visitor import Visitor
from support.web.web import web

from bots import terminal
from ehsg_events.commands import rounds
from ehsg_events.events import NoteGiven
from ehsg_events.kernel import Role, Stamp
from ehsg_events.log.log import Log
from projections.documents.formats import report_as
from projections.facts.view import view_at
from projections.steering_characters import visible

TEXTS = (
    "<!channel> <@U0POLICE> <#C0GENERAL|general> @here @everyone",
    "<https://evil.example|council.example> &lt;b&gt; &amp;amp;",
    "*bold* _italic_ ~gone~ `code` :rotating_light: > quoted",
    "<script>alert(1)</script><img src=x onerror=alert(1)>\" onclick='x'",
    '=HYPERLINK("http://evil.example","x") +1+1 -2 @SUM(A1)',
    "{{ 7*7 }} {% raw %} ${7*7} %s %n $(id) `id` ; DROP TABLE fact; --",
    "\N{FAMILY}\N{ZERO WIDTH JOINER}\N{HEAVY BLACK HEART} \N{REGIONAL INDICATOR SYMBOL LETTER G}",
    "Mae teuluoedd yn dweud wrthym fod hyn yn wir, a’r ŵyl a’r tŷ a’r ŷd.",
    "خاندان ہمیں بتاتے ہیں کہ یہ سچ ہے۔",
    "abc \u202egnp.exe\u202c \u2066x\u2069 العربية ١٢٣",
    "first line\n\n# heading\n- item\n| cell | cell |\n\tand a tab",
    "a\0b\x1b[31mred\x07",
    "x" * 5990 + " the end.",
)
ONE = next(one for one in CONVERSATIONS if one.file.stem == "evidence-of-three-kinds")


def stamp(at: object, key: str, by: str = "coordinator") -> Stamp:
    """Whoever acts, now."""
    role: Role = "coordinator" if by == "coordinator" else "stakeholder"
    surface = "command" if by == "coordinator" else "terminal"
    return Stamp.model_validate(
        {"at": at, "by": by, "role": role, "surface": surface, "cause": key, "key": key}
    )


def on_the_terminal(log: Log, _folder: Path, one: Conversation) -> None:
    """A line holds no line's end, so it is typed without."""
    at = one.open(log)
    numbers = iter(range(1000))
    terminal.interview(
        log,
        lambda cause: stamp(at, f"{cause} {next(numbers)}", ANA),
        ASSESSMENT,
        ANA,
        ["start", "3", *TEXTS, "next", "next"],
        lambda _: None,
    )
    rounds.close_round(log, stamp(at, "close"), ASSESSMENT)


def on_the_web(log: Log, _folder: Path, one: Conversation) -> None:
    """Into the box, one after another."""
    at = one.open(log)
    token = link(log, at)
    with web(log, Clock(at)) as address, closing(Visitor(address, token)) as ana:
        ana.say("start")
        ana.say("3")
        for text in TEXTS:
            page = ana.type(text)
            assert ana.answer.status_code == 200
            assert not re.search(r"onclick=|onerror=", str(page.tags))
            assert not page.all("script")
            assert len(page.all("img")) == 0
    rounds.close_round(log, stamp(at, "close"), ASSESSMENT)


def in_slack(log: Log, folder: Path, one: Conversation) -> None:
    """As messages, over signed requests; the pretend workspace refuses what Slack would."""
    log.close()
    with empty(folder) as place, http(place):
        place.assessment = ASSESSMENT
        place.clock.now = one.open(place.log, IN_SLACK)
        me = place.person("U0HEALTH")
        for line in ("start", "3", *TEXTS, "my answers", "next", "next"):
            place.outbox.deliver()
            assert me.type(line)[1].status == 200
        place.outbox.deliver()
        assert not place.facts("MessageFailed")
        shown = str([message.blocks for message in me.inbox])
        assert "mrkdwn" not in shown
        rounds.close_round(place.log, stamp(place.clock.now, "close"), ASSESSMENT)


Surface = Callable[[Log, Path, Conversation], None]


@pytest.mark.parametrize(
    "surface", [on_the_terminal, on_the_web, in_slack], ids=lambda s: s.__name__
)
def test_words_arrive_as_typed_and_do_nothing(surface: Surface, tmp_path: Path) -> None:
    """In the vault to the letter; in the report to the letter but for what steers a screen."""
    surface(Log(tmp_path / "log"), tmp_path, ONE)
    log = Log(tmp_path / "log")
    notes = [one.fact for one in log.all() if isinstance(one.fact, NoteGiven)]
    assert [log.text(note.words) for note in notes] == list(TEXTS)
    page = Page(report_as(view_at(log, ASSESSMENT), "html").decode())
    for text in TEXTS:
        assert words(visible(text)) in words(page.text), text[:40]
    assert not page.all("script")
    assert not page.all("img")
    assert not page.all("a") or all(a["href"] and a["href"].startswith("#") for a in page.all("a"))
    assert not any(name.startswith("on") for _, tags in page.tags for name in tags)
    log.close()


def words(text: str) -> str:
    """Text as it is read: the space between words is a space."""
    return " ".join(html.unescape(text).split())
