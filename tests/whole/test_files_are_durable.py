"""Every file that the product keeps or hands out is on the disk before anybody is told of it."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from support.log.failing import unlistable
from support.places import ROOT

from bots.cli.files import only_one
from flows import server, server_process
from guides import durable
from guides.shelf import Shelf

PACKAGES = ("guides", "ehsg_events", "projections", "flows", "bots")
SOURCES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
THE_ONE_PLACE = "guides/durable.py"
ALLOWED = {  # what is written elsewhere, and why a power cut may take it
    ("bots/cli/files.py", "open"): "a lock: its content is empty",
    ("projections/facts/long/read_sqlite.py", "open"): "a lock: its content is empty",
    ("projections/facts/long/read_sqlite.py", "copyfile"): "is added to, then put in place durably",
    ("ehsg_events/log/opening.py", "copyfile"): "a copy to be read from, and deleted",
    ("ehsg_events/log/opening.py", "open"): "may stay behind the log, and never is ahead of it",
    ("bots/guide_files/handed_in.py", "write_bytes"): "a copy to be read from, and deleted",
    ("flows/child_process.py", "open"): "the null device",
    ("flows/noise.py", "open"): "what Prefect writes beside the work, and nobody rests on",
    ("bots/cli/serve/journal.py", "fdopen"): "what was done is said there; the log has all of it",
    ("bots/slack/loopback/workspace.py", "open"): "a pretend workspace, for tests and rehearsals",
}
BY_MODULE = {"rename", "renames", "replace", "link", "fdopen", "copyfile", "copy", "move"}
BY_PATH = {"write_bytes", "write_text", "rename", "mkstemp"}
MODULES = {"os", "shutil"}
BUFFERS = {"buffer", "saved"}  # where documents are saved before they are files


def writes(source: str) -> Iterator[str]:
    """The calls in a program that write a file or give it a name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (name := _writes(node)):
            yield name


def _writes(call: ast.Call) -> str | None:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    of_module = getattr(getattr(call.func, "value", None), "id", "") in MODULES
    as_method = isinstance(call.func, ast.Attribute)
    if (of_module and name in BY_MODULE) or name == "mkstemp":
        return name
    if as_method and name in BY_PATH:
        return name
    if as_method and name == "replace" and len(call.args) == 1 and not call.keywords:
        return name
    if as_method and name == "save" and len(call.args) == 1:
        into = call.args[0]
        in_memory = isinstance(into, ast.Starred) or getattr(into, "id", None) in BUFFERS
        return None if in_memory else name
    return name if name == "open" and _opens_to_write(call) else None


def _opens_to_write(call: ast.Call) -> bool:
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    modes = [arg.value for arg in given if isinstance(arg, ast.Constant)]
    flags = {
        node.attr for arg in given for node in ast.walk(arg) if isinstance(node, ast.Attribute)
    }
    wanted = {str(mode) for mode in modes if isinstance(mode, str) and len(mode) <= 3}
    return any(set(mode) & set("wax+") for mode in wanted) or bool(flags & {"O_WRONLY", "O_CREAT"})


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("draft.replace(file)", ["replace"]),
        ("os.replace(a, b)", ["replace"]),
        ("os.rename(a, b)", ["rename"]),
        ("draft.rename(file)", ["rename"]),
        ("path.write_bytes(b'')", ["write_bytes"]),
        ("path.write_text('x')", ["write_text"]),
        ("path.open('a')", ["open"]),
        ("open(path, mode='xb')", ["open"]),
        ("os.open(path, os.O_WRONLY | os.O_CREAT)", ["open"]),
        ("shutil.copyfile(a, b)", ["copyfile"]),
        ("shutil.move(a, b)", ["move"]),
        ("os.link(a, b)", ["link"]),
        ("mkstemp()", ["mkstemp"]),
        ("book.save(file)", ["save"]),
        ("book.save(buffer)", []),
        ("text.replace('a', 'b')", []),
        ("moment.replace(hour=3)", []),
        ("path.open()", []),
        ("open(path, 'rb')", []),
        ("os.open(path, os.O_RDONLY)", []),
    ],
)
def test_writing_is_found_however_it_is_spelled(source: str, found: list[str]) -> None:
    """So that the next test does not pass because it sees nothing."""
    assert list(writes(source)) == found


def test_files_are_written_in_one_place() -> None:
    """Anything that writes or renames by itself could be taken back by a power cut."""
    elsewhere = {
        (where, name)
        for path in SOURCES
        if (where := path.relative_to(ROOT).as_posix()) != THE_ONE_PLACE
        for name in writes(path.read_text(encoding="utf-8"))
    }
    assert elsewhere == set(ALLOWED)


def _write(file: Path) -> None:
    durable.write(file, b"new")


def _write_new(file: Path) -> None:
    file.unlink(missing_ok=True)
    durable.write_new(file, b"new")


def _put_in_place(file: Path) -> None:
    draft = file.with_name("draft")
    draft.write_bytes(b"new")
    durable.put_in_place(draft, file)


@pytest.mark.parametrize("way", [_write, _write_new, _put_in_place])
def test_the_content_is_synced_before_its_name_and_its_folder_after(
    way: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the kernel is asked: content, name, folder; then it returns."""
    asked: list[str] = []

    def synced(descriptor: int) -> None:
        kind = "folder" if Path(f"/proc/self/fd/{descriptor}").is_dir() else "content"
        asked.append(f"{kind} while {'named' if file.exists() else 'not named'}")

    file = tmp_path / "file"
    monkeypatch.setattr(os, "fsync", synced)
    way(file)
    assert asked == ["content while not named", "folder while named"]
    assert file.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_new_folder_stays_with_those_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each new name is synced in the folder it stands in."""
    asked: list[Path] = []
    monkeypatch.setattr(durable, "sync", asked.append)
    durable.make_folder(tmp_path / "a" / "b")
    assert asked == [tmp_path / "a", tmp_path]
    durable.make_folder(tmp_path / "a" / "b")
    assert len(asked) == 2


@pytest.mark.parametrize("way", [durable.write, durable.write_new])
def test_what_fails_leaves_nothing(way: Callable[..., None], tmp_path: Path) -> None:
    """Neither half a file nor a draft."""
    with pytest.raises(TypeError):
        way(tmp_path / "file", "text")
    assert list(tmp_path.iterdir()) == []


def test_a_new_file_replaces_none(tmp_path: Path) -> None:
    """The one that is there stays."""
    durable.write(tmp_path / "file", b"first", mode=durable.OWNER_ONLY)
    with pytest.raises(FileExistsError):
        durable.write_new(tmp_path / "file", b"second")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_bytes() == b"first"
    assert (tmp_path / "file").stat().st_mode & 0o777 == durable.OWNER_ONLY


# -- what is to be copied, or looked through ------------------------------------------------------
def test_files_are_listed_wherever_they_lie_below_a_folder(tmp_path: Path) -> None:
    """In order; where there is no folder there are none."""
    for name in ("b/2", "b/a/1", "a"):
        durable.write_new(_made(tmp_path / name), b"")
    there = [file.relative_to(tmp_path).as_posix() for file in durable.files_below(tmp_path)]
    assert there == ["a", "b/2", "b/a/1"]
    assert durable.files_below(tmp_path / "nowhere") == []


def test_a_folder_that_nobody_may_list_is_no_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else what lies in it would be left out of a backup, and of a search, without a word."""
    durable.write_new(_made(tmp_path / "b" / "file"), b"")
    unlistable(monkeypatch, tmp_path / "b")
    with pytest.raises(PermissionError):
        durable.files_below(tmp_path)


def _made(file: Path) -> Path:
    durable.make_folder(file.parent)
    return file


# -- what earlier versions left ----------------------------------------------------------------
def test_a_login_that_a_power_cut_left_empty_is_made_anew(tmp_path: Path) -> None:
    """Else nobody would ever get in again; one that holds something stays."""
    login = tmp_path / "prefect" / "login"
    login.parent.mkdir()
    login.touch()
    made = server._login(tmp_path)
    assert made.startswith("ehsg:")
    assert (server._login(tmp_path), login.read_text()) == (made, made)
    assert login.stat().st_mode & 0o777 == durable.OWNER_ONLY


def test_a_database_of_prefect_and_a_lock_are_for_their_owner_only(tmp_path: Path) -> None:
    """Whoever made them, and in a folder that others may read."""
    for name in ("prefect.db", "serve.lock"):
        (tmp_path / name).touch(mode=0o644)
    server_process._provide_database(tmp_path)
    with only_one(tmp_path, "serve"):
        for name in ("prefect.db", "serve.lock"):
            assert (tmp_path / name).stat().st_mode & 0o777 == durable.OWNER_ONLY


def test_two_who_publish_at_once_both_stand_in_the_list(tmp_path: Path) -> None:
    """Each waits for the other; neither line is lost."""
    shelf, names = Shelf(tmp_path / "guides"), [f"guide-{number}@1" for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        digests = list(pool.map(lambda name: shelf.put(name, name.encode()), names))
    assert shelf.published() == dict(zip(names, digests, strict=True))
    assert {shelf.content(name, digest) for name, digest in zip(names, digests, strict=True)} == {
        name.encode() for name in names
    }


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    """As `--out /dev/stdout` is: a file in its place would be there for everybody ever after."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        durable.write(pipe, b"words")
        assert os.read(reading, 99) == b"words"
    finally:
        os.close(reading)
    assert pipe.is_fifo()
