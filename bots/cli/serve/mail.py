"""`ehsg mail test`: whether a letter gets out, step by step."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson
from bots.cli.printing import print_json
from bots.cli.serve.backup import WITH_FAULTS
from ehsg_events.kernel import Refused

if TYPE_CHECKING:
    from bots.mail.trial import Tried


def try_out(
    address: Annotated[str, typer.Argument(help="Who is sent a test letter, such as yourself.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Send a test letter; each step on a line, right, or wrong with the way out.

    Nothing is recorded. Ends with 0 when the letter is out, with 1 when a step went wrong.
    """
    steps = []
    for one in _tried(address, datetime.now(UTC)):
        steps.append(one)
        if not as_json:
            print(f"{_state(one):7}{one.step:12}{one.says}", flush=True)
    if as_json:
        print_json([{"step": one.step, "state": _state(one), "says": one.says} for one in steps])
    if not all(one.went_well for one in steps):
        raise typer.Exit(WITH_FAULTS)


def _tried(address: str, now: datetime) -> Iterator[Tried]:
    """The steps of whichever sender is set up.

    Raises:
        Refused: none is, or nobody has such an address.
    """
    from bots.mail.addresses import in_ascii
    from bots.mail.notify import settings as notify
    from bots.mail.notify import trial as notify_trial
    from bots.mail.settings import FROM, URL, read_settings
    from bots.mail.smtp import trial

    by_notify, to = notify.read_settings(os.environ), in_ascii(address)
    settings = None if by_notify else read_settings(os.environ)
    if to is None and (by_notify or settings):
        raise Refused("That is no address of e-mail. Give one such as ann@example.gov.uk.")
    if by_notify is not None:
        return notify_trial.tried(by_notify, to, now)
    if settings is None:
        raise Refused(
            f"No mail is set up. Set {URL} and {FROM}, or {notify.KEY} and {notify.TEMPLATE}; "
            f"docs/mail.md says what else."
        )
    return trial.tried(settings, to, now)


def _state(one: Tried) -> str:
    return "right" if one.went_well else "wrong"


COMMANDS = {
    "mail test": Command(try_out, "ehsg mail test ann@example.gov.uk"),
}
