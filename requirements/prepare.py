"""Makes .venv from a lock with nothing but Python's own library; called by prepare.sh.

A copy of the lock is put into .venv last of all. Without it .venv is unfinished, whatever else
is there, and is made again from the start; so this may be killed at any moment.
"""

import fcntl
import os
import subprocess
import sys
import venv
from contextlib import suppress
from filecmp import cmp
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
VENV = HOUSE / ".venv"
PIP = ("-m", "pip", "install", "--quiet", "--quiet", "--disable-pip-version-check")
LOCKED = ("--no-deps", "--no-compile", "--require-hashes", "--requirement")


def prepare(lock: str) -> int:
    """Install a lock, `run` or `dev`, unless it is there; one process at a time.

    The children inherit the hold on the lock's file: should only this process be killed, the next
    one waits until they have ended too.
    """
    with (HOUSE / "requirements" / "run.lock").open("rb") as hold:
        try:
            fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another ehsg is setting up .venv; waiting for it.")
            fcntl.flock(hold, fcntl.LOCK_EX)
        os.set_inheritable(hold.fileno(), True)  # noqa: FBT003 - the library takes no name here
        return 0 if installed(lock) else install(lock)


def install(lock: str) -> int:
    """Make .venv, or add to a finished one what `dev` has beyond `run`."""
    adds = lock == "dev" and installed("run")
    for copy in ("dev", "run"):
        with suppress(FileNotFoundError):
            (VENV / f"{copy}.lock").unlink()
    say(f"Setting up .venv from requirements/{lock}.lock, once; this takes a minute or two.")
    if not adds:
        venv.EnvBuilder(clear=True, symlinks=True).create(VENV)
    wanted = HOUSE / "requirements" / f"{lock}.lock"
    steps = [("-m", "ensurepip")] * (not adds) + [(*PIP, *LOCKED, str(wanted))]
    for step in steps:
        if not succeeds(step):
            say("The packages could not be installed: see above. Type the same again to go on.")
            return 1
    find_the_house()
    for copy in {"run", lock}:
        remember(copy)
    return 0


def succeeds(step: tuple[str, ...]) -> bool:
    """Run a step with .venv's Python; what it prints is shown only if it fails."""
    command = [str(VENV / "bin" / "python"), *step]
    ran = subprocess.run(command, close_fds=False, capture_output=True, check=False, text=True)
    if ran.returncode != 0:
        say(ran.stdout + ran.stderr)
    return ran.returncode == 0


def find_the_house() -> None:
    """Put the project on .venv's path, relative to it, so that both can be moved together."""
    (packages,) = VENV.glob("lib/python3*/site-packages")
    (packages / "ehsg.pth").write_text("../../../..\n", encoding="utf-8")


def installed(lock: str) -> bool:
    """Whether .venv was finished with this very lock."""
    done = VENV / f"{lock}.lock"
    return done.exists() and cmp(HOUSE / "requirements" / f"{lock}.lock", done, shallow=False)


def remember(lock: str) -> None:
    """Write down that .venv is finished; a rename, so that it is whole or not there."""
    part = VENV / f"{lock}.part"
    part.write_bytes((HOUSE / "requirements" / f"{lock}.lock").read_bytes())
    part.rename(VENV / f"{lock}.lock")


def say(line: str) -> None:
    """One line to the person, beside the output that programs read."""
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    sys.exit(prepare(sys.argv[1]))
