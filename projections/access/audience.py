"""Who may see what: the one place that decides it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from ehsg_events.kernel import Refused
from ehsg_events.states.assessment import Assessment

Audience = Literal["coordinator", "auditor", "board"]
LEAST_SCORES = 5
LEAST_AGENCIES = 3
LEAST_APART = 3  # people whose answers differ between any two figures of one descriptor
EVERYBODY: frozenset[Audience] = frozenset(("coordinator", "auditor", "board"))
SINGLE_ANSWERS: frozenset[Audience] = frozenset(("coordinator", "auditor"))  # after the close
RUNS_IT: frozenset[Audience] = frozenset(("coordinator",))
CALLED: dict[Audience, str] = {
    "coordinator": "coordinators",
    "auditor": "auditors",
    "board": "members of the board",
}


def audience_of(state: Assessment, person: str) -> Audience | None:
    """As which audience somebody reads an assessment; none when they may not, or no longer may."""
    if person in state.coordinators:
        return "coordinator"
    reader = state.readers.get(person)
    return reader.reads_as if reader else None


def who_may(roles: frozenset[Audience]) -> str:
    """The audiences that may see something, in words."""
    *before, last = (words for role, words in CALLED.items() if role in roles)
    return f"{', '.join(before)} and {last}" if before else last


def refuse_unless_a_moment(role: Audience, as_of: str) -> None:
    """Refuse the board a log position, which would reveal how much is being said at the moment.

    Raises:
        Refused: the board asked by position and not by day or time.
    """
    if role == "board" and as_of.isdecimal():
        raise Refused(
            f"{as_of} is a position of the log, which is not for the board. Ask for a day or a "
            f"time, such as 2026-11-03."
        )


# -- small numbers: figures that tell nobody what one or two people said ------------------------
class Voice(NamedTuple):
    """One person's answer to a descriptor: a score, or in words why there is none."""

    person: str
    agency: str
    said: int | str


Voices = frozenset[Voice]


def are_enough(voices: Voices) -> bool:
    """Whether figures may rest on some answers: enough scores, of enough agencies."""
    scored = [voice for voice in voices if isinstance(voice.said, int)]
    agencies = {voice.agency for voice in scored}
    return len(scored) >= LEAST_SCORES and len(agencies) >= LEAST_AGENCIES


def apart(first: Voices, second: Voices) -> int:
    """How many people's answers differ."""
    return len({voice.person for voice in first ^ second})


def showable(history: Sequence[Voices]) -> list[int]:
    """Which of a descriptor's figures, oldest first, may be shown, each at any time.

    Somebody who saw two of them could subtract one from the other. So a later one is shown only if,
    against each one shown before it, nobody's answer differs, or at least LEAST_APART people's do.

    Args:
        history: the answers behind each of the figures.

    Returns:
        Their indexes in the history.
    """
    shown: list[int] = []
    for index, voices in enumerate(history):
        steps = [apart(voices, history[earlier]) for earlier in shown]
        if are_enough(voices) and not any(0 < step < LEAST_APART for step in steps):
            shown.append(index)
    return shown
