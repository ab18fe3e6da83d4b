"""All that the commands which read a log say of one whose round is open."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from bots.web.desk.ways import LOOKS
from support.commands import COMMANDS
from support.ehsg import ehsg
from support.story.open_round import masked, told
from support.story.story import ASSESSMENT

LOOKING_BACK = sorted(
    name
    for name, command in COMMANDS.items()
    if any(param.name == "as_of" for param in command.params)
)
OF_THE_FILE = {"verify", "ledger sign"}  # looked at by whoever holds it, under a key by chance
OF_NO_ROUND = {  # what else is offered on pages and tells nothing of any round
    *("doctor", "guide check", "guide diff", "guide list", "guide preview", "guide publish", "guide show"),
    *("letters write", "local form", "rehearse"),  # files for others, and invented people
}  # fmt: skip
NEEDS_A_CLOSE = {"compare", "evidence file", "moderate", "submission export", "subject-access"}
BESIDE = sorted(
    COMMANDS.keys() & LOOKS.keys() - {*LOOKING_BACK} - OF_NO_ROUND - OF_THE_FILE - NEEDS_A_CLOSE
)
MORE = {  # what a command needs besides
    "why": ("5.1",),
    "pack": ("--out", "{folder}/pack.zip"),
    "report": ("--out", "{folder}/report.md"),
    "change": (str(ASSESSMENT), str(ASSESSMENT)),
}
A_DAY_ON = re.compile(r"once, until [^.]{1,60}\.")  # an invented letter counts from the real clock
IN_BETWEEN = "2026-10-05T14:51:30"  # on the zone's clock, between the first two who answer
NOW, JSON, AS_OF = (), ("--json",), ("--as-of", IN_BETWEEN, "--json")


def read(data: Path, name: str, *words: str) -> str:
    """Everything that a command prints and writes, but for what differs on any two logs."""
    with TemporaryDirectory() as folder:
        more = (word.format(folder=folder) for word in MORE.get(name, ()))
        ran = ehsg(data, *name.split(), *more, *words)
        kept = [content(path) for path in sorted(Path(folder).iterdir())]
        text = "\n".join((str(ran.code), ran.out, ran.err, *kept))
        text = text.replace(folder, "FOLDER").replace(str(data), "DATA")
        return masked(A_DAY_ON.sub("once, until then.", text))


def content(path: Path) -> str:
    """A file as text; of a zip each of its files."""
    if path.suffix != ".zip":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(BytesIO(path.read_bytes())) as packed:
        return "\n".join(f"{n}\n{packed.read(n).decode()}" for n in packed.namelist())


def _params(name: str) -> set[str | None]:
    return {param.name for param in COMMANDS[name].params}


@cache
def everything(variant: str, *ways: tuple[str, ...]) -> dict[str, str]:
    """All that is read of a log, by the command and how it was asked."""
    found = {}
    with TemporaryDirectory() as folder:
        data = Path(folder) / "log"
        told(data, variant)[0].log.close()
        for name in LOOKING_BACK:
            for how in ways:
                found[" ".join((name, *how))] = read(data, name, *how)
        for name in BESIDE:
            for how in (NOW, JSON) if "as_json" in _params(name) else (NOW,):
                found[" ".join((name, *how))] = read(data, name, *how)
    return found
