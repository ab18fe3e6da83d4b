"""Writing a guide: start, check, compare and publish its file; write a workbook, read it back."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bots.cli.collect.interview import keyboard, say
from bots.cli.context import AsJson, Run, run_of
from bots.cli.printing import print_json, tell
from bots.guide_files.handed_in import checked, from_workbook, refuse_mistakes
from ehsg_events.kernel import Refused
from ehsg_events.log.published_guides import published
from guides import durable, library
from guides.library import PublishedGuide, Wording
from guides.model import Guide
from guides.writing import START

if TYPE_CHECKING:
    from guides.mistakes import Document, Mistake


NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,39}")


HOW = """\
# `ehsg guide check {name}.yaml` finds every mistake, `ehsg guide preview {name}.yaml` shows the
# interview, `ehsg guide publish {name}.yaml` freezes it. After that it is never changed again:
# a change is version 2, in a file of its own."""


AGuide = Annotated[str, typer.Argument(metavar="GUIDE", help="Such as ehsg-2022@1, or a file.")]


AFile = Annotated[Path, typer.Argument(metavar="FILE", help="A guide's file.")]


def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Such as family-hubs.")],
    out: Annotated[Path | None, typer.Option(help="The file; NAME.yaml if none.")] = None,
    like: Annotated[str, typer.Option(help="A guide to copy, all but its levels' words.")] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Write a file to start a guide from, explained line by line; or a copy of another guide."""
    if not NAME.fullmatch(name):
        raise Refused(f"A guide cannot be called {name}: use small letters, digits and -.")
    file = out or Path(f"{name}.yaml")
    _write(file, _copied(name, like, run_of(context)) if like else _start(name))
    tell(
        f"Written: {file}. `ehsg guide check {file}` checks it.",
        {"file": str(file)},
        as_json=as_json,
    )


def _start(name: str) -> str:
    return START.format(name=name, year=datetime.now(UTC).year, how=HOW.format(name=name))


def _copied(name: str, like: str, run: Run) -> str:
    """A guide that is like another one, to have the wording of its levels changed."""
    from guides.writing import as_yaml

    other = published(like, run.folder).guide
    changed = {"name": name, "version": 1, "like": other.id, "about": other.topic}
    return as_yaml(other.model_copy(update=changed))


def check_file(context: typer.Context, file: AFile, *, as_json: AsJson = False) -> None:
    """Find every mistake in a guide's file at once, with its line, its column and the fix."""
    document, mistakes = _checked(file, run_of(context))
    if as_json:
        rows = [
            {"line": m.place and m.place.line, "column": m.place and m.place.column, "what": m.what}
            for m in mistakes
        ]
        print_json({"file": str(file), "valid": document is not None, "mistakes": rows})
        if mistakes:
            raise typer.Exit(2)
        return
    refuse_mistakes(str(file), mistakes)
    assert document is not None, "there is no mistake in it"
    print(f"{file} is a valid file: {document.id}{_size(document)}.")
    if isinstance(document, Guide) and document.about is None:
        print(f"It has no `about`, so its messages and reports speak of {document.topic.subject}.")


def _size(document: Document) -> str:
    if not isinstance(document, Guide):
        return ""
    rest = len(document.items) - len(document.descriptors)
    return f", {len(document.descriptors)} descriptors and {rest} questions in {len(document.sections)} sections"


def diff(
    context: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help="A guide or a file.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Say in words what changed from one guide to another."""
    from guides.difference import difference

    run = run_of(context)
    before, after = _opened(a, run).guide, _opened(b, run).guide
    changes = difference(before, after)
    tell("\n".join(changes) or f"{a} and {b} say the same.", {"changes": changes}, as_json=as_json)


def publish(context: typer.Context, file: AFile, *, as_json: AsJson = False) -> None:
    """Freeze a checked file in your data folder: from now on it can be used, and never changed."""
    run = run_of(context)
    if run.folder is None:
        raise Refused(
            "Where to? A guide is published into your data folder: say `ehsg --data FOLDER guide "
            "publish FILE`, or set EHSG_DATA once."
        )
    document, mistakes = _checked(file, run)
    refuse_mistakes(str(file), mistakes)
    assert document is not None, "there is no mistake in it"
    try:
        digest = library.publish(document, file.read_bytes(), run.folder)
    except library.NotPublished as refused:
        raise Refused(str(refused)) from None
    report = {"published": document.id, "digest": digest}
    tell(f"Published: {document.id}\n  digest {digest}", report, as_json=as_json)


def export(
    context: typer.Context,
    name: AGuide,
    xlsx: Annotated[Path, typer.Option(help="The workbook to write.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Write a guide as a workbook, to be worked on in a spreadsheet and read back."""
    from guides import sheets

    guide = _opened(name, run_of(context)).guide
    try:
        sheets.save(guide, xlsx)
    except OSError as trouble:
        raise Refused(f"{xlsx} cannot be written: {trouble.strerror}. Choose another.") from None
    tell(f"Written: {xlsx}", {"guide": guide.id, "file": str(xlsx)}, as_json=as_json)


def import_guide(
    xlsx: Annotated[Path, typer.Argument(metavar="XLSX", help="A workbook.")],
    out: Annotated[Path, typer.Option(help="The guide's file to write.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Read a guide back from a workbook into a file."""
    from guides.writing import as_yaml

    guide = from_workbook(xlsx, xlsx.name)
    _write(out, as_yaml(guide))
    tell(f"Written: {out} ({guide.id})", {"guide": guide.id, "file": str(out)}, as_json=as_json)


def preview(
    context: typer.Context,
    name: AGuide,
    section: Annotated[
        list[str] | None, typer.Option(help="Only this section, part, role or item.")
    ] = None,
    language: Annotated[str, typer.Option(help="Such as cy; its own if none.")] = "",
    *,
    talk: Annotated[bool, typer.Option("--talk", help="Try it out by typing answers.")] = False,
) -> None:
    """Show the interview as it will be talked; nothing is recorded anywhere."""
    from bots.guide_files.preview import script, talk_about, try_out

    run = run_of(context)
    opened = _opened(name, run)
    guide = opened.guide
    items = _items(guide, section or [])
    is_published = guide.id in library.names(run.folder) and not Path(name).exists()
    languages = library.languages(guide.id, run.folder) if is_published else [guide.language]
    if language and language not in languages:
        raise Refused(
            f"{guide.id} cannot be asked in {language}; choose from {', '.join(languages)}."
        )
    wording = (
        library.wording(guide.id, language or languages[0], run.folder)
        if is_published
        else Wording(guide)
    )
    interview, typed = talk_about(wording, opened.digest, items)
    if talk:
        try_out(interview, typed, keyboard(), say)
        return
    print("\n\n".join(script(interview)))


def _items(guide: Guide, words: list[str]) -> tuple[str, ...]:
    unknown = [word for word in words if not guide.called(word)]
    if unknown:
        sections = ", ".join(section.id for section in guide.sections)
        raise Refused(f"{guide.id} has no section {', '.join(unknown)}. It has: {sections}.")
    wanted = frozenset[str]().union(*(guide.called(word) for word in words))
    return tuple(item for item in guide.items if item in wanted or not words)


def _opened(name: str, run: Run) -> PublishedGuide:
    """A published guide by its name, or the guide in a file."""
    file = Path(name)
    if name not in library.names(run.folder) and (file.exists() or file.suffix or "/" in name):
        document, mistakes = _checked(file, run)
        refuse_mistakes(str(file), mistakes)
        if not isinstance(document, Guide):
            raise Refused(f"{file} is no guide of its own but something over one.")
        return PublishedGuide(document, sha256(file.read_bytes()).hexdigest())
    return published(name, run.folder)


def _checked(file: Path, run: Run) -> tuple[Document | None, list[Mistake]]:
    from guides.mistakes import Mistake  # reads YAML, which is slow to load
    from guides.yaml_text import Unreadable, text_of

    try:
        text = text_of(file)
    except Unreadable as trouble:
        return None, [Mistake(trouble.what, trouble.place)]
    return checked(text, run.folder)


def _write(file: Path, text: str) -> None:
    """Write a new file; an existing one is never overwritten."""
    try:
        durable.write_new(file, text.encode())
    except FileExistsError:
        raise Refused(f"{file} is there already. Choose another name with --out.") from None
    except OSError as trouble:
        raise Refused(f"{file} cannot be written: {trouble.strerror}.") from None
