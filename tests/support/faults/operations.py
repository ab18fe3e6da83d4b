"""What is done at the command line while the machine fails, each in a place prepared for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from bots.interview.evidence import Handed
from bots.interview.record import hear
from bots.interview.said import Said
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from support.ehsg import PANEL, Ran, ehsg

GUIDE = "our-readiness"
OPENING = ("assessment", "open", "--guide", "ehsg-2022@1", "--area", "Testham")
MINUTES = b"What the board decided."
SCORES = {"police-1": "1", "health-1": "4", "schools-1": "5", "council-1": "5"}


class Operation(NamedTuple):
    """A command, and the place it is run in.

    `words` name the place as `{place}`; `ready` prepares it; `made` is the data folder that the
    command makes, if it makes one; `may_find` says whether exit code 1 is one of its answers.
    `in_steps` is for what is recorded step by step, as a round is closed and then measured: it may
    end between two of them, and goes on there when it is done again or at the next tick. One that
    `converses` has said something before it fails.
    """

    words: tuple[str, ...]
    ready: Callable[[Path], None]
    made: str | None = None
    may_find: bool = False
    in_steps: bool = False
    converses: bool = False

    def typed(self, place: Path) -> tuple[str, ...]:
        """The command as it is typed in a place."""
        return tuple(word.format(place=place) for word in self.words)


def run(place: Path, *words: str) -> Ran:
    """Run a command that must succeed on the data folder of a place."""
    ran = ehsg(place / "data", *words)
    assert ran.code == 0, (words, ran.err)
    return ran


def begun(place: Path) -> None:
    """Files to begin with, and no data folder."""
    place.mkdir(parents=True)
    (place / "tmp").mkdir()
    (place / "panel.csv").write_text(PANEL)
    (place / "minutes.txt").write_bytes(MINUTES)
    (place / "lines.txt").write_text("start\n3\nEverybody knows whom to ring.\n")


def opened(place: Path) -> None:
    """An assessment without a round, and a guide to publish."""
    begun(place)
    run(place, *OPENING, "--panel", str(place / "panel.csv"))
    run(place, "guide", "new", GUIDE, "--out", str(place / "guide.yaml"))


def empty(place: Path) -> None:
    """An assessment with nobody on its panel."""
    begun(place)
    run(place, *OPENING)


def asked(place: Path) -> None:
    """An open round."""
    opened(place)
    run(place, "round", "open")


def answered(place: Path) -> None:
    """Everybody has answered an item, with words; and there is evidence in a file."""
    asked(place)
    for person, level in SCORES.items():
        run(place, "answer", "5.1", level, "--as", person, "--comment", f"Words of {person}.")
    run(place, "local", "attach", "Minutes", "--file", str(place / "minutes.txt"))


def closed(place: Path) -> None:
    """The round is closed, and something is to be moderated."""
    answered(place)
    run(place, "round", "close")


def handed_in(place: Path) -> None:
    """Evidence in a file that somebody handed in, in a round that is closed."""
    asked(place)
    log = Log(place / "data")
    assessment = log.assessments()[0][0]
    file = Handed("minutes.txt", MINUTES)
    talk = (Said("choice", "start"), Said("choice", "answer:5.1:3"), Said("note", "", file=file))
    for number, said in enumerate(talk):
        at, key = datetime.now(UTC), f"said {number}"
        stamp = Stamp(at=at, by="police-1", role="stakeholder", surface="web", cause="words", key=key)  # fmt: skip
        hear(log, stamp, assessment, "police-1", said)
    log.close()
    run(place, "round", "close")


def in_ledger(place: Path) -> None:
    """A ledger that was signed, and news since."""
    answered(place)
    run(place, "ledger", "sign")
    run(place, "round", "close")


def backed_up(place: Path) -> None:
    """A backup, log and keys apart."""
    answered(place)
    run(place, "backup", str(place / "backup"), "--keys", str(place / "safe"))


def backed_up_and_closed(place: Path) -> None:
    """A backup, and news since."""
    backed_up(place)
    run(place, "round", "close")


OPERATIONS: Mapping[str, Operation] = {
    "assessment open": Operation((*OPENING, "--panel", "{place}/panel.csv"), begun),
    "assessment open: area and guide": Operation(OPENING, begun),
    "panel upload": Operation(("panel", "upload", "{place}/panel.csv"), empty),
    "terms choose": Operation(("terms", "choose", "--count", "agencies"), empty),
    "assessment abandon": Operation(
        ("assessment", "abandon", "--because", "the wrong guide"), empty
    ),
    "guide publish": Operation(("guide", "publish", "{place}/guide.yaml"), opened),
    "round open": Operation(("round", "open"), opened),
    "answer": Operation(("answer", "5.1", "3", "--as", "police-1"), asked),
    "answer, with words": Operation(
        ("answer", "5.1", "3", "--as", "police-1", "--comment", "We agreed."), asked
    ),
    "panel add: a first key": Operation(
        ("panel", "add", "--name", "Eve Early", "--agency", "Police", "--works-as", "officer",
         "--asked", "5.1"), asked,
    ),
    "interview": Operation(
        ("interview", "--as", "police-1", "--script", "{place}/lines.txt"), asked, converses=True
    ),
    "evidence file": Operation(
        ("evidence", "file", "", "--out", "{place}/taken.txt"),  # the only one there is
        handed_in,
    ),
    "local attach: a file": Operation(
        ("local", "attach", "Our minutes", "--file", "{place}/minutes.txt"), asked
    ),
    "link": Operation(("link", "--all", "--out", "{place}/links.csv"), asked),
    "round close": Operation(("round", "close"), answered, in_steps=True),
    "moderate": Operation(("moderate", "5.1", "--score", "4", "--because", "We talked."), closed),
    "report": Operation(("report", "--out", "{place}/report.md"), closed),
    "pack": Operation(("pack", "--out", "{place}/pack.zip"), closed),
    "forget": Operation(
        ("forget", "police-1", "--because", "asked by letter", "--for-good"), answered
    ),
    "rebuild": Operation(("rebuild",), closed),
    "ledger sign: begun": Operation(("ledger", "sign"), answered, in_steps=True),
    "ledger sign": Operation(("ledger", "sign"), in_ledger),
    "ledger new-key": Operation(("ledger", "new-key"), in_ledger, in_steps=True),
    "ledger publish": Operation(("ledger", "publish", "--out", "{place}/ledger"), in_ledger),
    "backup": Operation(
        ("backup", "{place}/backup", "--keys", "{place}/safe"), answered, may_find=True
    ),
    "a second backup": Operation(
        ("backup", "{place}/backup", "--keys", "{place}/safe"),
        backed_up_and_closed, may_find=True,
    ),
    "restore": Operation(
        ("restore", "{place}/backup", "--keys", "{place}/safe", "--to", "{place}/again"),
        backed_up, made="again", may_find=True,
    ),
    "move": Operation(("move", "{place}/moved"), answered, made="moved", may_find=True),
}  # fmt: skip
