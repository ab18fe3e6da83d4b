"""What the product is joined to: Slack, mail, Prefect, and the address people reach it by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from http.client import HTTPException
from pathlib import Path

from bots.cli.doctor.line import Line, not_set_up, right, wrong
from bots.service.reached import reached
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log

SCOPES = frozenset({"chat:write", "commands", "files:read", "im:history", "im:write"})
HEADER = "x-oauth-scopes"
COSIGNED_BY = timedelta(minutes=10)  # after a checkpoint was signed


def mail(environment: Mapping[str, str], now: datetime) -> Line:
    """Whether a mail server takes letters from us; none is sent."""
    from bots.mail import settings
    from bots.mail.notify import settings as notify
    from bots.mail.notify import trial as notify_trial
    from bots.mail.smtp import trial

    try:
        by_notify = notify.read_settings(environment)
        if by_notify is not None:
            (step,) = notify_trial.tried(by_notify, None, now)
            return right("mail", step.says) if step.went_well else wrong("mail", step.says)
        chosen = settings.read_settings(environment)
    except Refused as no:
        return wrong("mail", str(no))
    if chosen is None:
        return not_set_up("mail", f"No {settings.URL} is set, so nobody is sent a letter.")
    steps = [*trial.tried(chosen, None, now)]
    said = " ".join(one.says for one in steps if one.step in ("TLS", "sender"))
    return right("mail", said) if steps[-1].went_well else wrong("mail", steps[-1].says)


def slack(environment: Mapping[str, str]) -> Line:
    """Whether Slack takes the token, and grants what the product needs."""
    from slack_sdk.errors import SlackApiError

    from bots.slack import settings
    from bots.slack.app import web_client

    if not any(name.startswith("SLACK_") for name in environment):
        return not_set_up("Slack", "No SLACK_BOT_TOKEN is set, so nobody is written to there.")
    try:
        answer = web_client(settings.read_settings(environment)).auth_test()
    except Refused as no:
        return wrong("Slack", str(no))
    except SlackApiError as refusal:
        code = refusal.response.get("error", "unknown")
        return wrong("Slack", f"It refuses the token ({code}). Set SLACK_BOT_TOKEN to a valid one.")
    except (OSError, HTTPException, json.JSONDecodeError):
        return wrong(
            "Slack", "It cannot be reached from here. Let this machine call slack.com:443."
        )
    return _granted(answer.headers, str(answer.get("team", "")))


def _granted(headers: Mapping[str, object], team: str) -> Line:
    told = {name.lower(): value for name, value in headers.items()}.get(HEADER, "")
    text = (
        told
        if isinstance(told, str)
        else ",".join(map(str, told if isinstance(told, list) else ()))
    )
    granted = {scope.strip() for scope in text.split(",") if scope.strip()}
    lacking = sorted(SCOPES - granted)
    if lacking:
        return wrong(
            "Slack",
            f"The token of {team} lacks {', '.join(lacking)}. Install the app again with "
            f"manifest.json, and set the new token.",
        )
    return right("Slack", f"It takes the token of {team}, with every scope that is needed.")


def prefect(folder: Path) -> Line:
    """Whether the calendar has its folder and its login; both are made by `ehsg serve`."""
    home = folder / "prefect"
    if not home.exists():
        return not_set_up("Prefect", "Its folder is made when `ehsg serve` runs first.")
    try:
        login = (home / "login").read_text()
    except (OSError, UnicodeDecodeError):
        login = ""
    name, _, password = login.partition(":")
    if not (name and password):
        return wrong(
            "Prefect",
            f"{home / 'login'} holds no name and password. Delete {home}: it is drawn again from "
            f"the log.",
        )
    return right("Prefect", f"Its folder and login are there ({home}).")


def witnesses(environment: Mapping[str, str], log: Log | None, now: datetime) -> Line:
    """Whether the witnesses that were named cosign the ledger.

    Args:
        log: none where it cannot be opened, which another line says.
    """
    from bots.service.witnesses import WHICH, read_settings, standing_of

    try:
        asked = len(read_settings(environment).each)
        standing = standing_of(log, environment) if log else None
    except Refused as no:
        return wrong("witnesses", str(no))
    if not asked:
        return not_set_up("witnesses", f"No {WHICH} is set, so nobody else signs the ledger.")
    if standing is None:
        return not_set_up("witnesses", "They are asked when `ehsg serve` has signed the ledger.")
    newest, enough = standing.newest, standing.witnesses.enough
    said = (
        f"{newest.by} of {asked} cosigned the newest checkpoint, which was signed on "
        f"{newest.signed.at:%Y-%m-%d %H:%M} UTC"
    )
    if standing.reached:
        return right("witnesses", f"{said}.")
    if now - newest.signed.at < COSIGNED_BY:
        return right("witnesses", f"{said}; the others are asked just now.")
    return wrong(
        "witnesses",
        f"{said}, and {enough} must have. `ehsg ledger sign` asks again, and says why one does not.",
    )


def address(environment: Mapping[str, str]) -> Line:
    """Whether links lead to an address that people reach, and nobody else reads on the way."""
    found = reached(environment)
    match found.kind:
        case "wrong":
            return wrong("address", found.refused)
        case "here alone":
            return not_set_up(
                "address",
                f"EHSG_WEB_URL is not set, so links lead to {found.url}: only this machine reaches it.",
            )
        case "safe":
            return right("address", f"Links begin with {found.url}.")
