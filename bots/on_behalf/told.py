"""What a person is told of what a coordinator did in their name."""

from __future__ import annotations

from collections.abc import Iterator

from bots.interview.talk import RESUME, REVIEW, Prompt, Talk
from bots.messages.on_behalf import OnBehalf
from bots.phrases import receipts
from ehsg_events.dates import calendar


def on_their_page(talk: Talk) -> tuple[str, ...]:
    """What was done in their name since they did something themselves."""
    return tuple(_sentences(talk, talk.on_behalf().fresh()))


def of_acts(talk: Talk) -> Prompt:
    """A message on what was typed in their name, all of it."""
    acts = talk.on_behalf()._replace(link=None)
    ways = (REVIEW,) if talk.sitting.closed else (RESUME, REVIEW)
    return Prompt("told", "\n".join(_sentences(talk, acts)), ways)


def of_link(talk: Talk) -> Prompt:
    """A message on their link, which a coordinator was given."""
    return Prompt("told", "\n".join(_sentences(talk, OnBehalf(link=talk.on_behalf().link))))


def _sentences(talk: Talk, done: OnBehalf) -> Iterator[str]:
    assert talk.window is not None, "a talk of the log knows the zone"
    zone = talk.window.zone
    if done.acts:
        last = done.acts[-1]
        items = list(dict.fromkeys(act.item for act in done.acts if act.item))
        yield receipts.acted_for(last.by, calendar.say(last.at, zone), items)
    if done.link:
        yield receipts.link_shown(done.link.by, calendar.say(done.link.at, zone))
