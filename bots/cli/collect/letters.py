"""`ehsg letters`: what letters say, and letters that a coordinator sends herself."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Which, run_of
from bots.cli.files import upload
from bots.cli.operations import carry_out, show
from bots.cli.printing import print_json, tell, warn
from bots.operations.registry import OPERATIONS
from bots.phrases.by_hand import only_here
from ehsg_events.kernel import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from bots.cli.context import Run
    from bots.mail.letter import Letter
    from bots.mail.settings import Settings

HEAD = """\
What each letter says. Change what you like, delete what you leave as it is, then
`ehsg letters wording FILE` records it. `ehsg letters preview` shows letters as they would be sent.
Each paragraph of a text is a paragraph of the letter. `none` instead of a letter's subject and text
takes your own words back. The greeting, the link, the notice and the small print are added to every
letter and stay as they are. Words in braces stand for what is known when a letter is sent:"""


def wording(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="A YAML file with the letters that say something else.")
    ] = None,
    which: Which = None,
    *,
    shown: Annotated[
        bool, typer.Option("--show", help="Print all letters as they stand, as such a file.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say in your own words what letters say; the newest words of each letter stand."""
    if shown is (file is not None):
        raise Refused(
            "Say `ehsg letters wording FILE` to record your own words, or `ehsg letters wording "
            "--show` for a file to begin with."
        )
    run = run_of(context)
    if file is not None:
        show(
            carry_out(run, OPERATIONS["letters wording"], which, {"file": upload(file)}),
            as_json=as_json,
        )
        return
    from bots.operations.letters.usual import as_they_stand
    from bots.phrases.letters.places import PLACES
    from ehsg_events.policy.letters_file import written

    letters = as_they_stand(run.log.assessment(run.assessment(which)).letters)
    places = "".join(f"\n  {{{name}}}: {what}" for name, what in PLACES.items())
    document = {name: {k: v._asdict() for k, v in says.items()} for name, says in letters.items()}
    tell(written(letters, HEAD + places).rstrip("\n"), document, as_json=as_json)


def preview(
    context: typer.Context,
    kind: Annotated[
        str | None, typer.Argument(metavar="[KIND]", help="Such as reminder; all if none.")
    ] = None,
    language: Annotated[str, typer.Option(help="Such as cy.")] = "en",
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Show letters as they would be sent to an invented person; nothing is recorded."""
    from bots.mail.preview import previews

    run = run_of(context)
    letters = previews(run.log, run.assessment(which), kind, language, datetime.now(UTC))
    if as_json:
        print_json([{"letter": name, **_plain(letter)} for name, letter in letters.items()])
        return
    print("\n".join(_page(name, letter) for name, letter in letters.items()), end="")


def _plain(letter: Letter) -> dict[str, Any]:
    from bots.mail.message import text_of

    return {
        "to": letter.to,
        "subject": letter.subject,
        "text": text_of(letter),
        "link": letter.link.url if letter.link else None,
        "language": letter.language,
    }


def _page(name: str, letter: Letter) -> str:
    from bots.mail.message import text_of

    head = f"--- {name} ({letter.language}) ---"
    return f"{head}\nTo: {letter.to}\nSubject: {letter.subject}\n\n{text_of(letter)}"


def write(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="A new folder for the letters.")],
    sender: Annotated[
        str | None, typer.Option("--from", help="Whom they come from; a coordinator if none.")
    ] = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Write every letter that waits for you to send it: files for your mail program, and a table."""
    from bots.mail.by_hand.folder import refuse_what_is_not_ours
    from bots.mail.by_hand.folder import write as write_folder
    from bots.mail.by_hand.letters import letters_by_hand
    from bots.operations.writable import writable
    from bots.web_settings import is_on_loopback, read_settings

    run, web = run_of(context), read_settings(os.environ)
    web.refuse_unless_safe()
    refuse_what_is_not_ours(out)
    assessment = run.assessment(which)
    stamp = run.stamp("ehsg letters", run.coordinator(assessment))
    settings = _from(run, assessment, sender)
    due = letters_by_hand(run.log, stamp, assessment, writable(os.environ), web)
    if due.letters:
        write_folder(due.letters, out, settings)
    warn([*due.notes, *([only_here(web.url)] if is_on_loopback(web.url) else [])])
    document = {"folder": str(out), "letters": [one.named for one in due.letters]}
    tell(_written(len(due.letters), out), document, as_json=as_json)


def _from(run: Run, assessment: UUID, typed: str | None) -> Settings | None:
    """Whom they come from; a refusal names the option that says it."""
    from bots.mail.by_hand.sender import sender_of

    try:
        return sender_of(run.log, assessment, os.environ, typed)
    except Refused as refusal:
        raise Refused(f"{refusal} Or say it with --from ann@example.gov.uk.") from None


def _written(number: int, out: Path) -> str:
    if not number:
        return "No letter waits for you to send it."
    letters = "1 letter is" if number == 1 else f"{number} letters are"
    return (
        f"{letters} in {out}, with a table for a mail merge. Whoever reads them can answer in "
        f"somebody's name: guard them. Once they are sent, say `ehsg letters sent {out}`."
    )


def sent(
    context: typer.Context,
    written: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder, or the table in it.")
    ],
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Record that you sent the letters of a folder: nobody waits for them any more."""
    from bots.mail.by_hand.folder import TABLE

    table = upload(written / TABLE if written.is_dir() else written)
    done = carry_out(run_of(context), OPERATIONS["letters sent"], which, {"file": table})
    show(done, as_json=as_json)


COMMANDS = {
    "letters write": Command(write, "ehsg letters write --out letters"),
    "letters sent": Command(sent, "ehsg letters sent letters"),
    "letters wording": Command(wording, "ehsg letters wording --show"),
    "letters preview": Command(preview, "ehsg letters preview reminder"),
}
