"""What must hold after a round in which everything died, read from the log and people's screens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bots.slack.loopback.workspace import BOT, Message
from ehsg_events.kernel import Recorded
from support.slack.chaos import Chaos, chaos
from support.slack.chaos_round import (
    DEATHS,
    EVERY,
    LASTS,
    PANEL,
    SECRET,
    skip_on_a_bank_holiday,
)

ENDS = ("MessageDelivered", "MessageFailed", "MessageWithheld")


def told(folder: Path, seed: int, fates: tuple[str, ...] = DEATHS, every: int = EVERY) -> str:
    """Live a round, hold it to everything that was promised, and tell of it in a line."""
    skip_on_a_bank_holiday()
    with chaos(folder, seed, fates, every) as one:
        assert one.died.total() == len(fates)
        every_message_stands_once(one)
        every_click_is_recorded(one)
        everybody_is_asked_once(one)
        reminders_keep_the_rules(one)
        late = closed_in_time(one)
        nothing_is_left(one)
        deaths = ", ".join(f"{who} {often}" for who, often in sorted(one.died.items()))
        posts = one.workspace.calls.count("chat.postMessage")
        again = sum(fact.version > 1 for fact in _facts(one, "MessageClaimed"))
        return (
            f"seed {seed}: {one.died.total()} deaths ({deaths}); {posts} posts, each stands once; "
            f"{again} taken over from the dead; closed {late:.1f} s after the deadline"
        )


def every_message_stands_once(one: Chaos) -> None:
    """What the log says was delivered stands on a screen, and nothing else does, nor twice."""
    standing = _standing(one)
    assert set(Counter(standing).values()) == {1}
    delivered = {
        (fact.stream.message or ""): getattr(fact.fact, "reference", "")
        for fact in _facts(one, "MessageDelivered")
    }
    references = {message.ts for message in _messages(one)}
    assert set(delivered.values()) <= references
    assert {name.partition("/part ")[0] for name in standing} <= delivered.keys()
    ended = Counter(fact.stream.message for fact in _facts(one, *ENDS))
    assert set(ended.values()) == {1}
    assert not _facts(one, "MessageFailed")


def every_click_is_recorded(one: Chaos) -> None:
    """An answer that was acknowledged before the deadline is on the log, once."""
    deadline = one.area.now.rounds[0].deadline
    given = Counter(
        (fact.stream.stakeholder, getattr(fact.fact, "item", ""))
        for fact in _facts(one, "AnswerGiven")
    )
    clicked = {
        (person, token.split(":")[1])
        for person, token, at in one.clicked
        if token.startswith("answer:") and at < deadline
    }
    assert clicked <= given.keys()
    assert set(given.values()) == {1}


def everybody_is_asked_once(one: Chaos) -> None:
    """One invitation, one opening, one close, one measuring, two moves: each fact once."""
    counted = Counter(one.area.kinds())
    wanted = {"RoundOpened": 1, "RoundClosed": 1, "RoundMeasured": 1, "DeadlineMoved": 2}
    assert {kind: counted[kind] for kind in wanted} == wanted
    assert counted["StakeholderInvited"] == len(PANEL)
    finished = [fact.stream.stakeholder for fact in _facts(one, "InterviewCompleted")]
    assert len(finished) == len(set(finished))


def reminders_keep_the_rules(one: Chaos) -> None:
    """None twice, none to somebody who had finished, none once the round was closed."""
    over = {fact.stream.stakeholder: fact.position for fact in _facts(one, "InterviewCompleted")}
    close = _facts(one, "RoundClosed")[0].position
    final = _facts(one, "DeadlineMoved")[-1].position
    handled: Counter[tuple[str, str]] = Counter()
    for fact in _facts(one, "StakeholderReminded", "ReminderWithheld"):
        person: str = getattr(fact.fact, "reminded", "") or getattr(fact.fact, "withheld_from", "")
        handled[person, getattr(fact.fact, "milestone", "")] += fact.position > final
        if type(fact.fact).__name__ == "StakeholderReminded":
            assert fact.position < min(over.get(person, close), close)
    assert max(handled.values()) == 1
    claimed = {fact.stream.message: fact.position for fact in _facts(one, "MessageClaimed")}
    for fact in _facts(one, "MessageDelivered"):
        name = fact.stream.message or ""
        if "/remind-" in name:
            person = getattr(fact.fact, "to", "")
            assert claimed[name] < min(over.get(person, close), close)


def closed_in_time(one: Chaos) -> float:
    """The round was not closed early, and no tick that began after its deadline left it open.

    Returns:
        How many seconds after the deadline it was closed.
    """
    deadline, closed = one.area.now.rounds[0].deadline, _facts(one, "RoundClosed")[0].stamp.at
    assert (deadline - one.area.now.rounds[0].opened).total_seconds() == LASTS
    assert closed >= deadline
    ticks = [run for run in one.runs if run["state_name"] == "Completed"]
    for tick in ticks:
        began, ended = (datetime.fromisoformat(tick[at]) for at in ("start_time", "end_time"))
        assert began < deadline or ended >= closed, "a tick came after the deadline and left it"
    assert ticks
    return (closed - deadline).total_seconds()


def nothing_is_left(one: Chaos) -> None:
    """No process outlives the end, and Prefect and the printed lines knew nobody."""
    assert one.left == []
    printed = one.flows.printed + one.slack.printed
    for secret in SECRET:
        assert secret.encode() not in one.told
        assert secret not in printed


def _facts(one: Chaos, *kinds: str) -> list[Recorded]:
    return [fact for fact in one.area.facts if type(fact.fact).__name__ in kinds]


def _messages(one: Chaos) -> Iterator[Message]:
    """Everything that stands on any screen from us."""
    for channel in one.workspace.messages.values():
        yield from (message for message in channel.values() if message.author == BOT)


def _standing(one: Chaos) -> list[str]:
    """The names of all that stands, parts told apart, without the assessment's id."""
    keys = ((message.metadata or {})["event_payload"]["message"] for message in _messages(one))
    return [key.partition("/")[2] for key in keys]
