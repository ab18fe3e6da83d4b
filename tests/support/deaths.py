"""A rehearsal that is killed again and again, beside one that nobody disturbed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from ehsg_events.log.log import Log
from support.ehsg import Ran, environment, shell
from support.places import ROOT, TESTS
from support.rehearsed import PROGRAM


def outlive(undisturbed: Path, data: Path, kills: int, seed: int) -> Ran:
    """Begin a rehearsal, kill it so many times, and let it come to its end.

    Returns:
        what the command said that brought it there.
    """
    dice = random.Random(seed)
    ways = [_killed_at_a_message, _killed_without_prefect]
    for kill in range(kills):
        way = ways[kill % 2] if kill else _killed
        share = (kill + dice.random()) / (kills + 1)
        way(data, _heard(undisturbed) * share, dice.random())
    ran = shell("--data", str(data), "demo")
    assert ran.code == 0, ran.err
    return ran


def nothing_is_lost_or_doubled(undisturbed: Path, data: Path) -> None:
    """The facts are those of the rehearsal that nobody disturbed, and each message stands once."""
    assert _content(data) == _content(undisturbed)
    for memory in data.glob("slack-*.jsonl"):
        assert _doubled(memory) == []


def _killed(data: Path, heard: float, after: float) -> None:
    """Kill the command itself, as `_kill` does."""
    _kill(["-m", "bots.cli", "--data", str(data), "demo", "--json"], data, heard, after)


def _killed_without_prefect(data: Path, heard: float, after: float) -> None:
    """Kill the same without a server of Prefect's, which takes longer to start than to die."""
    _kill(["-c", PROGRAM, str(data)], data, heard, after)


def _killed_at_a_message(data: Path, heard: float, _after: float) -> None:
    """Let it die at a message that the workspace has taken, and before that is recorded."""
    assert _begun(["-c", PROGRAM, str(data), str(heard)]).wait() == -signal.SIGKILL


def _kill(program: list[str], data: Path, heard: float, after: float) -> None:
    """Start a rehearsal and kill it with -9 soon after its workspace has heard so much."""
    rehearsal = _begun(program)
    while rehearsal.poll() is None and _heard(data) < heard:
        time.sleep(0.02)
    time.sleep(after)
    rehearsal.send_signal(signal.SIGKILL)
    assert rehearsal.wait() == -signal.SIGKILL, "it ended before it could be killed"


def _begun(program: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *program],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(PYTHONPATH=os.pathsep.join(map(str, (ROOT, TESTS)))),
    )


def _heard(data: Path) -> int:
    """How many bytes the pretend workspace has kept of what it was told."""
    return sum(memory.stat().st_size for memory in data.glob("slack-*.jsonl"))


def _content(data: Path) -> Counter[str]:
    """What the first rehearsal of a folder recorded: no times, messages, readers, nor sealed ids."""
    log = Log(data)
    first = log.assessments()[0][0]
    found = Counter(
        json.dumps(
            [
                recorded.fact.TOPIC,
                recorded.stream.round,
                recorded.stream.stakeholder,
                recorded.stream.item,
                _bare(recorded.fact.model_dump(mode="json")),
            ],
            sort_keys=True,
        )
        for recorded in log.all()
        if recorded.stream.assessment == first
        and recorded.stream.kind not in ("message", "reading")
    )
    log.close()
    return found


def _bare(fact: dict[str, Any]) -> dict[str, Any]:
    sealed = ("words", "because", "name", "slack", "note", "source", "owner")
    bare = {key: value for key, value in fact.items() if key not in sealed}
    if "exposure" in bare:  # whose reasons were shown follows the ids of what is sealed
        bare["exposure"] = {**bare["exposure"], "reasons": bool(bare["exposure"]["reasons"])}
    return bare


def _doubled(memory: Path) -> list[str]:
    """Messages of the pretend workspace that say the same promise twice."""
    stands: dict[tuple[str, str], str] = {}
    for line in memory.read_text(encoding="utf-8").splitlines():
        message = json.loads(line) if line.endswith("}") else {}
        if message.get("metadata"):
            key = message["metadata"]["event_payload"]["message"]
            stands[message["channel"], message["ts"]] = key
    times = Counter((channel, key) for (channel, _), key in stands.items())
    return [key for (_, key), count in times.items() if count > 1]
