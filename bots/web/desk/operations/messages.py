"""The messages that an operation would come to, each kind once, on the page that asks first."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from bots.mail.foreseen import NotToBeSent, ToBeSent, messages
from bots.mail.settings import answers_to
from bots.operations.foreseen import Foreseen
from bots.operations.operation import Doing
from bots.phrases.pages.forms import messages as phrases
from ehsg_events.events import StakeholderInvited, StakeholderReminded
from ehsg_events.values.address import reached_at


class Example(NamedTuple):
    """A kind of message: who gets it, and as one of them does."""

    heading: str
    whose: str
    message: ToBeSent


class Silence(NamedTuple):
    """People who get none, and why."""

    why: str
    people: tuple[str, ...]


class Shown(NamedTuple):
    """What stands on the page.

    Args:
        invited: how those are written to whom a round that is to be opened asks; what they get is
            written once it is open.
    """

    examples: tuple[Example, ...]
    silences: tuple[Silence, ...]
    invited: str = ""


def shown(doing: Doing, comes: Foreseen) -> Shown:
    """What everybody would be sent if that were done which is foreseen."""
    answers = answers_to(os.environ)
    found = messages(doing.log, doing.stamp, doing.assessment, comes.facts, doing.writable, answers)
    sent = [one for one in found if isinstance(one, ToBeSent)]
    not_sent = [one for one in found if isinstance(one, NotToBeSent)]
    told = {one.to for one in found}
    reached_by_none = (NotToBeSent(person) for person in _reminded(comes) if person not in told)
    return Shown(_examples(doing, sent), _silences(doing, [*not_sent, *reached_by_none]))


def invited(doing: Doing, comes: Foreseen) -> Shown:
    """How everybody would be written to whom the round asks that is foreseen, and whom nothing reaches."""
    panel = doing.log.assessment(doing.assessment).panel
    by = {
        one.fact.invited: reached_at(panel[one.fact.invited].addresses, doing.writable)
        for one in comes.facts
        if isinstance(one.fact, StakeholderInvited)
    }
    counts = Counter(address.surface for address in by.values() if address)
    unreached = [NotToBeSent(person) for person, address in by.items() if address is None]
    return Shown((), _silences(doing, unreached), phrases.invited(counts))


def _reminded(comes: Foreseen) -> Iterator[str]:
    """The people who are to be told, whether or not anything reaches them."""
    for one in comes.facts:
        if isinstance(one.fact, StakeholderReminded):
            yield one.fact.reminded


def _examples(doing: Doing, sent: list[ToBeSent]) -> tuple[Example, ...]:
    kinds: dict[tuple[str, bool, str], list[ToBeSent]] = {}
    for one in sent:
        kinds.setdefault((one.surface, one.begun, one.language), []).append(one)
    return tuple(_example(doing, alike) for _, alike in sorted(kinds.items()))


def _example(doing: Doing, alike: list[ToBeSent]) -> Example:
    first = alike[0]
    heading = phrases.to_whom(first.surface, len(alike), first.language, begun=first.begun)
    return Example(heading, phrases.as_it_goes_to(doing.called(first.to)), first)


def _silences(doing: Doing, not_sent: list[NotToBeSent]) -> tuple[Silence, ...]:
    why: dict[str | None, list[str]] = {}
    for one in not_sent:
        why.setdefault(one.rule, []).append(doing.called(one.to))
    return tuple(Silence(phrases.not_sent(rule), tuple(who)) for rule, who in why.items())
