"""How letters leave through GOV.UK Notify: with which key and template; read once from the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import UUID

from bots.mail import settings as mail
from bots.secrets import secret
from bots.web_settings import is_on_loopback
from ehsg_events.kernel import Refused

KEY, TEMPLATE, URL = "EHSG_NOTIFY_KEY", "EHSG_NOTIFY_TEMPLATE", "EHSG_NOTIFY_URL"
NOTIFY = "https://api.notifications.service.gov.uk"
UUIDS = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
A_KEY = re.compile(rf"[\x21-\x7e ]*?(?:{UUIDS})-(?:{UUIDS})")


@dataclass(frozen=True)
class Settings:
    """Everything that is chosen from outside; the key is left out of its `repr`."""

    key: str = field(repr=False)
    template: str
    url: str = NOTIFY


def read_settings(environment: Mapping[str, str]) -> Settings | None:
    """Read the settings, none where nothing of Notify is set.

    Raises:
        Refused: something needed is missing or not understood, or letters leave by SMTP already.
    """
    key, template = secret(environment, KEY), environment.get(TEMPLATE, "").strip()
    url = environment.get(URL, "").strip() or NOTIFY
    if not (key or template):
        return None
    if not (key and template):
        lacking, given = (TEMPLATE, KEY) if key else (KEY, TEMPLATE)
        raise Refused(
            f"{lacking} is not set, though {given} is. Set both, as Notify's pages show them: "
            f"{KEY} (or {KEY}_FILE, a file that holds it) and {TEMPLATE}, the template's id."
        )
    if environment.get(mail.URL, "").strip():
        raise Refused(
            f"Both {mail.URL} and {KEY} are set, and a letter leaves by one way. Set one of them."
        )
    if not A_KEY.fullmatch(key):
        raise Refused(f"{KEY} is no key of Notify, which ends in two ids. Copy it whole.")
    return Settings(key, _template(template), _address(url))


def _template(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise Refused(
            f"{TEMPLATE} is no template's id. It takes one such as "
            f"f33517ff-2a88-4f6e-b855-c550268ce08a, which Notify shows on the template's page."
        ) from None


def _address(url: str) -> str:
    try:
        is_safe = urlsplit(url).scheme == "https" and bool(urlsplit(url).hostname)
        is_safe = is_safe or is_on_loopback(url)
    except ValueError:
        is_safe = False
    if not is_safe:
        raise Refused(
            f"{URL} does not begin with https://, so anybody could read the letters. Leave it out."
        )
    return url
