"""How this product is joined to a Slack workspace: read once from the environment, never shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ehsg_events.kernel import Refused

SLACK = "https://slack.com/api/"


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
    return Settings(
        mode=mode,  # type: ignore[arg-type]  # one of the two, as checked
        bot_token=_secret(environment, "SLACK_BOT_TOKEN", needed=True),
        signing_secret=_secret(environment, "SLACK_SIGNING_SECRET", needed=mode == "http"),
        app_token=_secret(environment, "SLACK_APP_TOKEN", needed=mode == "socket"),
        api_url=environment.get("SLACK_API_URL", SLACK),
        host=environment.get("EHSG_HOST", "127.0.0.1"),
        port=int(port),
    )


def _secret(environment: Mapping[str, str], name: str, *, needed: bool) -> str:
    file = environment.get(f"{name}_FILE")
    try:
        value = Path(file).read_text().strip() if file else environment.get(name, "")
    except OSError:
        raise Refused(f"{name}_FILE names a file that cannot be read.") from None
    if needed and not value:
        raise Refused(
            f"{name} is not set. Set it, or {name}_FILE to a file that holds it; docs/server.md says "
            f"where Slack shows it."
        )
    return value
