"""A round on a simulated clock, from one seed: two machines, a sender, and everything that happens.

Nothing here waits: time is a number that mostly grows. A seed makes a world (`world_spec`), lives
it through (`life_spec`) and is held to its promises by a second reader (`chronicle_spec`).
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from conftest import audit

from bots.messages.owed import IN_HOURS
from ehsg_events.events import (
    DeadlineMoved,
    MessageClaimed,
    MessageDelivered,
    MessageFailed,
    MessageWithheld,
    StakeholderAdded,
)
from ehsg_events.kernel import Fact, Recorded
from guides import library
from guides.model import Guide
from support import places
from support.chronicle import Chronicle
from support.life import Life
from support.machines import Seen, sealed, torn
from support.watched import Nudge
from support.world import GUIDE

ENDS = (MessageDelivered, MessageFailed, MessageWithheld)


class Broken(AssertionError):
    """A promise that was not kept, with the seed that shows it."""


@pytest.fixture(scope="module")
def memory() -> Iterator[Path]:
    """A folder in memory, where there is such a thing, for one seed after the other."""
    with TemporaryDirectory(dir=places.memory()) as folder:
        library.publish(Guide.model_validate(yaml.safe_load(GUIDE)), GUIDE.encode(), Path(folder))
        yield Path(folder)


def lived(folder: Path, seed: int) -> Counter[str]:
    """Live one seed through and hold it to every promise; the folder is as before afterwards.

    Returns:
        What happened, counted.

    Raises:
        Broken: a promise was not kept; it names seed and promise.
    """
    life = Life(folder, random.Random(seed))
    try:
        life.live()
        complaints = [*life.complaints, *judged(life)]
    finally:
        life.close()
        shutil.rmtree(folder / "keys")
        for file in folder.glob("log.*"):
            file.unlink()
    if complaints:
        raise Broken(f"seed {seed} broke a promise\n{_one_of_each(complaints)}")
    return life.fate.tally


def _one_of_each(complaints: list[str]) -> str:
    """Each promise that was broken, with the first case of it."""
    first = {one.partition(":")[0]: one for one in reversed(complaints)}
    return "\n".join(f"- {one}" for one in first.values())


def judged(life: Life) -> Iterator[str]:
    """Every promise that was not kept, in words."""
    facts = list(life.log.all())
    yield from _nudges(life, facts)
    yield from _messages(life, facts)
    yield from _told_of_moves(facts)
    for key in torn(life.fate, facts, sealed(life.log)):
        yield f"a transaction is written as a whole or not at all: {key}"
    audit(life.log)  # folded afresh it is what is remembered, and no stream has a hole


def _nudges(life: Life, facts: list[Recorded]) -> Iterator[str]:
    """The second reader's complaints; each message is looked at among the facts it was said after."""
    chronicle, seen = Chronicle(), sorted(life.sender.seen, key=lambda one: one.position)
    reminders = [one for one in seen if one.promise.kind == "reminder"]
    for fact in facts:
        while reminders and reminders[0].position < fact.position:
            _chase(chronicle, reminders.pop(0))
        chronicle.take(fact)
    for one in reminders:
        _chase(chronicle, one)
    yield from chronicle.complaints


def _chase(chronicle: Chronicle, one: Seen) -> None:
    nudge = Nudge(one.promise.to, f"the message {one.promise.name}", one.at, is_fact=False)
    chronicle.chased(one.promise.round, nudge)


def _messages(life: Life, facts: list[Recorded]) -> Iterator[str]:
    """Each message at most once before a person, and in the end settled as it stands there."""
    times = Counter((one.person, one.promise.name) for one in life.sender.seen)
    yield from (
        f"every message is said once: {name[1]}" for name, many in times.items() if many > 1
    )
    yield from _ends(life, facts)
    for promise in life.waiting():
        if promise.kind not in IN_HOURS:  # those wait, perhaps, until somebody works
            yield f"what was promised is said, or withheld: {promise.name}"


def _ends(life: Life, facts: list[Recorded]) -> Iterator[str]:
    """What became of each message on the log is what became of it before a person."""
    last: dict[str, Fact] = {}
    for one in facts:
        if one.stream.kind == "message":
            last[one.stream.message or ""] = one.fact
    posted = {one.promise.name for one in life.sender.seen}
    for name, fact in last.items():
        if isinstance(fact, MessageClaimed):
            yield f"every claim comes to an end: {name}"
        elif isinstance(fact, MessageDelivered):
            if name not in posted | life.sender.changed:
                yield f"what is delivered stands there: {name}, {fact}"
        elif (
            name in posted
        ):  # a change that a newer one overtook may have been made, and is harmless
            yield f"what stands there is delivered: {name}, {fact}"


def _told_of_moves(facts: list[Recorded]) -> Iterator[str]:
    """Whoever is in Slack and not done is promised one message of each move."""
    chronicle, in_slack = Chronicle(), set[str]()
    ended = {one.stream.message for one in facts if isinstance(one.fact, ENDS)}
    for one in facts:
        chronicle.take(one)
        if isinstance(one.fact, StakeholderAdded) and one.fact.reached_by == "slack":
            in_slack.add(one.fact.stakeholder)
        if isinstance(one.fact, DeadlineMoved):
            number = one.stream.round or 0
            for person in in_slack & chronicle.rounds[number].asked:
                name = f"round {number}/{person}/deadline {one.version}"
                if name not in ended:
                    yield f"everybody still asked is told of a moved deadline: {name}"
