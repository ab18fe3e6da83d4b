"""What stopped a letter, in a sentence for whoever runs the server, each with the way out."""

from __future__ import annotations

from collections.abc import Mapping

from bots.delivery.sender import Later, NotSent, Unsure
from bots.mail.settings import CA_FILE, CLIENT, FROM, TENANT, URL, USER, Settings
from bots.mail.smtp.oauth import NONE
from bots.mail.smtp.replies import NOT_UNDERSTOOD
from bots.mail.smtp.steps import (
    ANOTHERS,
    EXPIRED,
    LOST,
    NO_CONNECTION,
    NO_STARTTLS,
    NO_SUCH_NAME,
    NO_TLS,
    UNKNOWN,
    Step,
)

PORTS = (
    "smtp:// is for ports that encrypt by STARTTLS (587), smtps:// for those that do at once (465)."
)
BY_REASON: Mapping[str, str] = {
    NO_SUCH_NAME: f"Nobody here knows {{host}}. Correct {URL}, or this machine's DNS.",
    NO_CONNECTION: f"Nothing answers at {{host}}:{{port}}. Let this machine call it, or correct {URL}.",
    LOST: f"{{host}} hung up, or said nothing for too long. {PORTS}",
    NO_STARTTLS: f"{{host}} offers no encryption, so nothing was said to it. {PORTS}",
    NO_TLS: f"No encrypted connection to {{host}}:{{port}} came about. {PORTS}",
    EXPIRED: "The certificate of {host} has run out. Have it renewed.",
    ANOTHERS: f"The certificate is not one for {{host}}. Put the name that stands in it into {URL}.",
    UNKNOWN: f"Nobody whom this machine trusts signed the certificate of {{host}}. Set {CA_FILE} to a "
    f"file with the certificate of who did.",
    NOT_UNDERSTOOD: f"What answers at {{host}}:{{port}} is no mail server, or stumbles. {PORTS}",
    NONE: "No token came from {tokens}. Let this machine call it.",
}
BY_STEP: Mapping[Step, str] = {
    "name": "Nobody here knows {host} ({reason}).",
    "connection": "{host} refuses this machine ({reason}). Ask who runs it to let it in.",
    "TLS": "{host} begins no encryption ({reason}). Ask who runs it.",
    "sign-in": f"{{host}} lets nobody in as {{user}} ({{reason}}). Look at {USER} and its password, or "
    f"at {TENANT}, {CLIENT} and their secret; docs/mail.md says what Microsoft 365 wants besides.",
    "sender": f"{{host}} takes no letters from {{sender}} ({{reason}}). Let whoever signs in send as "
    f"that address, or set {FROM} to one they may.",
    "recipient": "{host} takes no letters to this address ({reason}). Look whether it is right; if it "
    "is, ask who runs {host} to send on to it.",
    "letter": "{host} does not take the letter ({reason}). Ask who runs it why.",
}
IN_DOUBT = "The letter is out, and {host} did not say in time whether it took it. Look for it, and at {host}."
NOT_NOW = (
    "{host} asks to come again later ({reason}), which is what the product does. Try once more."
)


def way_out(trouble: NotSent, step: Step, settings: Settings) -> str:
    """What stopped a letter, and what helps."""
    reason = str(trouble)
    match trouble:
        case Unsure():
            said = IN_DOUBT
        case Later():
            said = NOT_NOW
        case _:
            said = BY_REASON.get(reason.partition(":")[0], BY_STEP[step])
    return said.format(
        reason=reason,
        host=settings.host,
        port=settings.port,
        sender=settings.sender.address,
        user=settings.user,
        tokens=settings.oauth.url if settings.oauth else "",
    )
