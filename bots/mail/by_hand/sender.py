"""Whom letters come from that a coordinator sends herself."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from bots.mail.addresses import Mailbox, in_ascii
from bots.mail.settings import Settings, read_settings
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log


def sender_of(
    log: Log, assessment: UUID, environment: Mapping[str, str], typed: str | None = None
) -> Settings | None:
    """Who was named, who is set up, else the first coordinator with an address.

    Raises:
        Refused: what was typed is no address, or people have one and nobody is there to write.
    """
    found = read_settings(environment)
    if typed is None and found is not None:
        return found
    state = log.assessment(assessment)
    texts = (log.text(one.email) for one in state.coordinators.values())
    known = typed or next((text for text in texts if text), None)
    address = in_ascii(known) if known else None
    if typed is not None and address is None:
        raise Refused("That is no address of e-mail. It takes one such as ann@example.gov.uk.")
    panel = state.panel.values()
    if address is None and any(one.email or (one.backup and one.backup.email) for one in panel):
        raise Refused(
            "Whom do the letters come from? No coordinator has an address here; give one of them "
            "theirs, such as ann@example.gov.uk."
        )
    return Settings(host="", port=0, sender=Mailbox(address)) if address else None
