"""A rehearsal's pages, to be looked at as whoever one likes until Ctrl-C."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from uuid import UUID

from bots.cli.serve.serve import alone
from bots.web.serving import beside
from bots.web_settings import Settings
from ehsg_events.commands import sign_in
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from projections.facts.long.rebuild import beside as base_beside

# any port that is free: a real server on this machine is left alone, whatever its settings
HERE = Settings(port=0, url="http://127.0.0.1:0")
ROLES = {"auditor": "an auditor", "board": "a member of the board"}
OPEN = """
The pages of the rehearsal are open until you press Ctrl-C. Each link signs in once, as"""
ONE_AT_A_TIME = """
A browser is one person at a time: the next link makes it the next one."""


def look(log: Log, assessment: UUID, stamp: Callable[[str], Stamp]) -> None:
    """Serve the pages on this machine alone, and print a link for each who may read them."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with alone(log.folder, "web"), base_beside(log), beside(log, HERE) as address:
        print(OPEN)
        for called, person in readers(log, assessment):
            token = sign_in.offer(log, stamp("ehsg demo --look"), assessment, person)
            print(f"  {called:<22} {address}/sign-in/{token}")
        print(ONE_AT_A_TIME, flush=True)
        stop.wait()


def readers(log: Log, assessment: UUID) -> Iterator[tuple[str, str]]:
    """One person for each role, by what the role is called and their pseudonym."""
    state = log.assessment(assessment)
    yield "the coordinator", next(iter(state.coordinators))
    for person, fact in state.readers.items():
        yield ROLES[fact.reads_as], person
