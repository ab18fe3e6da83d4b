"""How this product is joined to a Slack workspace: read once from the environment, never shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bots.secrets import secret
from ehsg_events.kernel import Refused

SLACK = "https://slack.com/api/"
APP_ID = re.compile(r"A[A-Z0-9]{2,20}")
OF_APP = re.compile(rf"xapp-\d{{1,4}}-({APP_ID.pattern})-")


@dataclass(frozen=True)
class Settings:
    """Everything that is chosen from outside; the secrets are left out of its `repr`."""

    mode: Literal["http", "socket"]
    bot_token: str = field(repr=False)
    signing_secret: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    api_url: str = SLACK
    host: str = "127.0.0.1"
    port: int = 8750
    app_id: str = ""  # which requests name; none is compared when it is not known
    timeout: int = 10  # seconds that Slack has to answer; well below the outbox's lease


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings; a secret `NAME` may also stand in a file named by `NAME_FILE`.

    Raises:
        Refused: something needed is missing or not understood.
    """
    mode = environment.get("EHSG_SLACK_MODE", "http")
    if mode not in ("http", "socket"):
        raise Refused(f"EHSG_SLACK_MODE is {mode}. It takes http or socket.")
    port = environment.get("EHSG_PORT", "8750")
    if not port.isdigit() or int(port) > 65535:
        raise Refused(f"EHSG_PORT is {port}. It takes a number up to 65535.")
    app_token = _secret(environment, "SLACK_APP_TOKEN", needed=mode == "socket")
    return Settings(
        mode=mode,  # type: ignore[arg-type]  # one of the two, as checked
        bot_token=_secret(environment, "SLACK_BOT_TOKEN", needed=True),
        signing_secret=_secret(environment, "SLACK_SIGNING_SECRET", needed=mode == "http"),
        app_token=app_token,
        app_id=_app_id(environment, app_token),
        api_url=environment.get("SLACK_API_URL", SLACK),
        host=environment.get("EHSG_HOST", "127.0.0.1"),
        port=int(port),
    )


def _app_id(environment: Mapping[str, str], app_token: str) -> str:
    """The app's id as it is set, or else as an app-level token says it."""
    said = environment.get("SLACK_APP_ID", "").strip()
    if said and not APP_ID.fullmatch(said):
        raise Refused("SLACK_APP_ID is not an app's id. It takes one such as A0123ABCD.")
    in_token = OF_APP.match(app_token)
    return said or (in_token[1] if in_token else "")


def _secret(environment: Mapping[str, str], name: str, *, needed: bool) -> str:
    value = secret(environment, name)
    if needed and not value:
        raise Refused(
            f"{name} is not set. Set it, or {name}_FILE to a file that holds it; docs/server.md says "
            f"where Slack shows it."
        )
    return value
