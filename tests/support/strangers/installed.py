"""Where other people's verifiers are installed, once, beside the tests' own packages.

Whatever is missing is no fault of ours: the test says what, and is left out.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

KEPT = Path(sys.prefix) / "strangers"
AICS_TLOG, SIGSTORE = "aics-tlog==0.2.1", "@sigstore/verify@3.1.1"
SECURE_SYSTEMS = ("securesystemslib[crypto]==1.6.0", "in-toto-attestation==0.9.3")
AICS_WITNESS = "aics-witness==0.1.0"
ERRORS = ("ERROR", "npm error", "npm ERR")  # how their lines begin that say what failed
PATIENCE = ("--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "10")
GO_SOURCES = Path("/usr/share/gocode")  # where Debian's packages of Go sources lie
PYTHONS = ("python3.12", "python3.13", "python3.14")


def aics_tlog() -> Path:
    """The Python of a place of its own in which aics-tlog is installed."""
    return _in_python(AICS_TLOG)


def aics_witness() -> Path:
    """The Python of a place of its own in which aics-witness is installed, and aics-tlog with it."""
    return _in_python(AICS_WITNESS, AICS_TLOG)


def _in_python(*packages: str) -> Path:
    place = KEPT / packages[0]
    python, what = place / "bin" / "python", packages[0].partition("=")[0]
    with _once(place) as missing:
        if missing:
            _run(f"make a place for {what}", _newer_python(what), "-m", "venv", place)
            _run(f"install {what}", python, "-m", "pip", "install", *PATIENCE, *packages)
    return python


def secure_systems() -> Path:
    """The Python of a place of its own in which those read envelopes who thought of them."""
    place = KEPT / "secure-systems"
    python = place / "bin" / "python"
    with _once(place) as missing:
        if missing:
            _run("make a place for securesystemslib", sys.executable, "-m", "venv", place)
            pip = (python, "-m", "pip", "install", *PATIENCE)
            _run("install securesystemslib and in-toto-attestation", *pip, *SECURE_SYSTEMS)
    return python


def sigstore() -> tuple[str, Path]:
    """Node, and the folder in which Sigstore's verifier is installed."""
    node, npm, place = shutil.which("node"), shutil.which("npm"), KEPT / "sigstore-verify-3.1.1"
    if node is None or npm is None:
        pytest.skip(
            "there is no Node with npm here (apt-get install nodejs npm); .ci/run installs it"
        )
    with _once(place) as missing:
        if missing:
            where = [
                "--prefix",
                place,
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--silent",
                "--fetch-retries",
                "1",
            ]
            _run("install @sigstore/verify", npm, "install", *where, SIGSTORE)
    return node, place


def sumdb(source: Path) -> Path:
    """A program made of the sources of Go's checksum database and a few lines."""
    go, place = shutil.which("go"), KEPT / "sumdb"
    if go is None or not (GO_SOURCES / "src" / "golang.org/x/mod/sumdb/tlog").is_dir():
        pytest.skip(
            "there is no Go with golang.org/x/mod here (apt-get install golang-go "
            "golang-golang-x-mod-dev); .ci/run installs both"
        )
    program = place / "sumdb"
    own = {"GO111MODULE": "off", "GOFLAGS": "", "GOPATH": str(GO_SOURCES), "GOCACHE": str(place / "cache")}  # fmt: skip
    with _once(place):
        if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
            _run("make sumdb", go, "build", "-o", program, source, **own)
    return program


def _newer_python(what: str) -> str:
    if sys.version_info >= (3, 12):
        return sys.executable
    for name in PYTHONS:
        for folder in (*os.get_exec_path(), *_pyenv()):
            found = shutil.which(name, path=folder)
            if found and not subprocess.run([found, "--version"], capture_output=True, check=False).returncode:  # fmt: skip
                return found
    pytest.skip(f"{what} needs Python 3.12 or newer beside the one that runs the tests")


def _pyenv() -> Iterator[str]:
    root = os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv"
    yield from map(str, sorted(Path(root).glob("versions/*/bin")))


def _run(what: str, *command: object, **environment: str) -> None:
    words = [str(word) for word in command]
    done = subprocess.run(
        words, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = [*(done.stderr or done.stdout).splitlines(), "nothing was said"]
        said = next((line for line in lines if line.startswith(ERRORS)), lines[-1])
        pytest.skip(f"could not {what}: {said}")


@contextmanager
def _once(place: Path) -> Iterator[bool]:
    """Whether something is still to be installed; nobody else does it meanwhile, and a half is none."""
    place.mkdir(parents=True, exist_ok=True)
    whole = place / "installed"
    with place.with_name(f"{place.name}.lock").open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not whole.exists()
        whole.touch()
