"""The load: a Slack workspace and its people, each on a connection of their own, in one process."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from statistics import quantiles
from typing import Any

from bots.slack.loopback.person import Carry, Person, over_http
from bots.slack.loopback.workspace import Message, Workspace

PATIENCE = 60  # seconds that somebody waits for the next question
ON = ("start", "answer:", "next:")  # the buttons that carry an interview on
Times = list[float]
Does = Callable[[Person], None]


def main() -> None:
    """Do what is asked on stdin, and write the figures to stdout, a line each."""
    people = [f"U{number:03}" for number in range(int(sys.argv[1]))]
    with Workspace() as workspace:
        _say({"url": workspace.url})
        for line in sys.stdin:
            asked = json.loads(line)
            does = _pressing(asked["clicks"]) if asked["what"] == "press" else _interview
            _say(_all_at_once(workspace, people, asked["port"], does))


def _all_at_once(
    workspace: Workspace, people: list[str], port: int, does: Does
) -> dict[str, float]:
    """Have everyone begin at the same moment; the figures."""
    times: Times = []
    together = threading.Barrier(len(people))

    def act(name: str) -> None:
        with over_http(port) as carry:
            person = Person(workspace, name, _timed(carry, times))
            _newest(person, 0)
            together.wait()
            does(person)

    before = time.perf_counter()
    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(act, people))
    return _figures(times, time.perf_counter() - before)


def _timed(carry: Carry, times: Times) -> Carry:
    def timed(body: str, headers: Mapping[str, str]) -> int:
        before = time.perf_counter()
        status = carry(body, headers)
        times.append(time.perf_counter() - before)
        if status != 200:
            raise SystemExit(f"A click was answered {status}.")
        return status

    return timed


def _figures(times: Times, seconds: float) -> dict[str, float]:
    cuts = quantiles(times, n=100, method="inclusive")
    milliseconds = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "slowest": max(times)}
    figures = {name: value * 1000 for name, value in milliseconds.items()}
    return {"clicks": len(times), **figures, "clicks/s": len(times) / seconds}


# -- what people do --------------------------------------------------------------------------------
def _interview(person: Person) -> None:
    """Go through an interview by whatever the newest message asks, to its end."""
    seen = 0
    while True:
        newest, seen = _newest(person, seen), len(person.inbox)
        on = [button for button in newest.buttons if _token(button).startswith(ON)]
        if not on:
            return
        person.press(on[len(on) // 3], newest)


def _pressing(clicks: int) -> Does:
    """Press the scores of one question in turn, as fast as they are acknowledged."""

    def press(person: Person) -> None:
        message = next(message for message in person.inbox if message.buttons)
        place = message.buttons[0]["value"].rsplit("/", 1)[0]
        for score in islice(cycle("1234"), clicks):
            button = {"action_id": "say-0", "value": f"{place}/answer:5.1:{score}"}
            person.press(button, message)

    return press


def _newest(person: Person, seen: int) -> Message:
    """The newest message, once there are more than `seen`."""
    workspace = person.workspace
    with workspace.changed:
        if not workspace.changed.wait_for(lambda: len(person.inbox) > seen, PATIENCE):
            raise SystemExit("Somebody waited in vain for the next question.")
    return person.inbox[-1]


def _token(button: Mapping[str, Any]) -> str:
    return str(button["value"]).split("/", 3)[3]


def _say(figures: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
