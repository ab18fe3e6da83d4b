"""`ehsg ledger`: the signed tree over the log, brought up to date, published, and its proofs checked."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, Which, run_of
from bots.cli.files import put_for_its_owner
from bots.cli.printing import print_json, tell
from ehsg_events.kernel import Refused

if TYPE_CHECKING:
    from ehsg_events.ledger.ledger_file import LedgerFile
    from ehsg_events.ledger.others.cosignatures import Witnesses

NO_LEDGER = "This log has no ledger yet, so there is nothing to give. `ehsg ledger` begins it."
OPEN = (
    "A round is open: this is how the ledger stood before it, for how much people say would tell too "
    "much of what they say. What came since is in it, and signed."
)
OPEN_FROM_THE_FIRST = (
    "A round is open, and nothing was recorded before it that may be told. Write the ledger once the "
    "round is closed."
)
KEEP = (
    "Keep this checkpoint somewhere else: only beside one that was kept does every alteration show."
)


def sign(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Bring the ledger up to date, sign it, and show how it stands.

    It is begun if there is none. `ehsg ledger` alone does the same.
    """
    from bots.cli.show.witnessed import document as of_witnesses
    from bots.cli.show.witnessed import lines, made_anew
    from bots.service.witnesses import read_settings
    from ehsg_events.ledger.others.cosignatures import standing
    from ehsg_events.ledger.sequencer import sequencer
    from projections.access.checkpoints import newest_to_anybody, told_upto

    witnesses, log, now = read_settings(os.environ), run_of(context).log, datetime.now(UTC)
    with sequencer(log, now) as at_work:
        at_work.catch_up()
        at_work.sign(now)
        terms, newest, upto = at_work.terms, newest_to_anybody(log, at_work.file), told_upto(log)
        size = newest.size if newest else 0
        refusals = _refusals(at_work.file, witnesses, size)
        signed = (
            at_work.file.newest(size) or at_work.file.begun()
        )  # with what was cosigned just now
        stand = standing(at_work.file, witnesses, size)
    document = {
        "origin": terms.origin,
        "key": terms.keys[-1],
        "keys": list(terms.keys),
        "begun": terms.begun.isoformat(),
        "since": terms.since.isoformat(),
        "facts": signed.size,
        "signed_at": signed.at.isoformat(),
        "checkpoint": signed.note,
        "witnesses": of_witnesses(stand),
        "not_cosigned": refusals,
    }
    told = (
        f"The ledger has {signed.size} facts, was begun on {terms.begun:%Y-%m-%d %H:%M} UTC, and "
        f"was signed last on {signed.at:%Y-%m-%d %H:%M} UTC. {made_anew(terms)}Its key is:\n"
        f"{terms.keys[-1]}\n{KEEP}\n\n"
        f"{signed.note}"
    )
    if upto is not None:
        told = f"{OPEN}\n{told}"
    others = "\n".join([*refusals, *lines(stand)])
    tell(f"{told}\n{others}".rstrip("\n"), document, as_json=as_json)


def _refusals(file: LedgerFile, witnesses: Witnesses, upto: int) -> list[str]:
    """Ask every witness to cosign what may be told; what those say that do not."""
    from ehsg_events.ledger.others.witnesses import NotCosigned, ask

    refusals, newest = list[str](), file.newest(upto)
    if newest is None:
        return refusals
    for one in witnesses.each:
        try:
            ask(file, newest, one, datetime.now(UTC))
        except NotCosigned as no:
            refusals.append(str(no))
    return refusals


def publish(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="A new folder.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Write the whole ledger, for other programs.

    As C2SP tlog-tiles has it. It tells no fact.
    """
    from ehsg_events.ledger.published import published
    from ehsg_events.ledger.sequencer import sequencer
    from guides import durable
    from projections.access.checkpoints import newest_to_anybody

    if out.exists():
        raise Refused(f"{out} is there already, and nothing is written over it. Name a new folder.")
    run, now = run_of(context), datetime.now(UTC)
    with sequencer(run.log, now) as at_work:
        at_work.catch_up()
        at_work.sign(now)
        signed = newest_to_anybody(run.log, at_work.file)
        if signed is None:
            raise Refused(OPEN_FROM_THE_FIRST)
        files = published(run.log, at_work.terms.secret, at_work.file, signed)
        key = at_work.terms.keys[-1]
    durable.write_folder(out, files)
    said = f"Written: {out} ({len(files)} files, {signed.size} facts). Its key is:\n{key}"
    tell(said, {"folder": str(out), "facts": signed.size, "key": key}, as_json=as_json)


def receipt(
    context: typer.Context,
    who: Annotated[str, typer.Option("--as", help="A stakeholder's id, as `ehsg panel` lists it.")],
    out: Annotated[Path, typer.Option("--out", help="The zip file to write.")],
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Write the proofs of what somebody said, for them.

    Of rounds that are closed, and for nobody else.
    """
    from bots.interview.own_copy import own_copy
    from bots.web.receipts.receipt import receipt as made

    run = run_of(context)
    at, assessment = datetime.now(UTC), run.assessment(which)
    own_copy(run.log, assessment, who, at, for_others=True)  # refuses what nobody else may see
    content = made(run.log, assessment, who, at, for_others=True)
    if content is None:
        raise Refused(NO_LEDGER)
    put_for_its_owner(content, out)
    tell(f"Written: {out}", {"receipt": str(out)}, as_json=as_json)


def change_key(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Sign with a new key from now on.

    The old one signs beside it until its file is deleted.
    """
    from ehsg_events.ledger.sequencer import BEFORE, FOLDER, new_key

    run = run_of(context)
    key = new_key(run.log, datetime.now(UTC)).keys[-1]
    old = run.log.folder / FOLDER / BEFORE
    said = (
        f"The ledger's key is now:\n{key}\nTell it to whoever knows the old one, then delete {old}: "
        f"until then both sign."
    )
    tell(said, {"key": key, "before": str(old)}, as_json=as_json)


def check(
    files: Annotated[list[Path], typer.Argument(help="The .tlog-proof files.")],
    key: Annotated[str, typer.Option(help="The ledger's key, as you were told it.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Check proofs on this machine, without any log.

    Whether what they say was recorded, and is in the ledger that the key signed. Ends with 0 when all hold, with 1 when one does not.
    """
    from ehsg_events.ledger.notes import verifier_of

    verifier = verifier_of(key)
    found = [_checked(file, verifier) for file in files]
    if as_json:
        print_json(found)
    else:
        print("\n".join(_said(one) for one in found))
    if not all(one["holds"] for one in found):
        raise typer.Exit(1)


def _said(one: dict[str, Any]) -> str:
    """What was found of a proof, in sentences."""
    beside = f" Fingerprint: {one['fingerprint']}" if one["holds"] else ""
    return f"{one['file']}: {one['says']}{beside}"


def _checked(file: Path, key: Any) -> dict[str, Any]:
    from ehsg_events.ledger.leaves import digest_of
    from ehsg_events.ledger.proofs import read_proof, refuse_unless_proved

    try:
        proof = read_proof(file.read_text(encoding="utf-8"))
        head = refuse_unless_proved(proof, key)
    except (OSError, UnicodeDecodeError) as mistake:
        says = f"It cannot be read: {getattr(mistake, 'strerror', None) or 'it is no text'}."
        return {"file": str(file), "holds": False, "says": says}
    except Refused as refusal:
        return {"file": str(file), "holds": False, "says": str(refusal)}
    says = (
        f"This was recorded, at position {proof.position}, and is in the ledger as it stood at "
        f"{head.size} facts."
    )
    opened = [*proof.opened.decode(errors="replace").split("\n", 4), "", "", "", "", ""]
    told = {"fingerprint": digest_of(proof.opened), "topic": opened[3], "state": opened[4]}
    return {"file": str(file), "holds": True, "says": says, **told}


COMMANDS = {
    "ledger sign": Command(sign, "ehsg ledger sign"),
    "ledger publish": Command(publish, "ehsg ledger publish --out ledger"),
    "ledger receipt": Command(receipt, "ehsg ledger receipt --as police-1 --out proofs.zip"),
    "ledger new-key": Command(change_key, "ehsg ledger new-key"),
    "ledger check": Command(check, "ehsg ledger check 001-5.1.tlog-proof --key KEY"),
}
