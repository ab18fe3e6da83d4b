"""Who is on a panel, and what their pseudonyms may be: they stand on the log for ever."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ehsg_events.events import Backup
from ehsg_events.kernel import Refused, Surface
from ehsg_events.panel.agency_names import folded
from ehsg_events.values.hours import Hours

PSEUDONYM = re.compile(r"[a-z][a-z0-9-]{0,39}")
SLACK = re.compile(r"[TE][A-Z0-9]{2,20}/[UW][A-Z0-9]{2,20}")
LONGEST_AGENCY = 30  # letters of an agency in a pseudonym
OURS = ("coordinator", "clock", "outbox", "anybody")  # who else acts on the log


@dataclass(frozen=True)
class StandsBy:
    """Who is told when a person stays silent; all but the kind is personal."""

    kind: Backup
    name: str
    slack: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class Member:
    """One person of the panel file; `name`, `slack` and `email` are personal.

    `peer_of` is the area a peer reviewer comes from.
    """

    id: str
    name: str
    agency: str
    works_as: str
    items: tuple[str, ...]
    slack: str | None
    language: str = "en"
    zone: str | None = None
    hours: Hours | None = None
    backup: StandsBy | None = None
    peer_of: str | None = None
    email: str | None = None

    @property
    def reached_by(self) -> Surface:
        """Where they are written to first; by hand if they gave no address."""
        return "slack" if self.slack else "mail" if self.email else "web"


def in_ids(agency: str) -> str:
    """An agency as it stands in pseudonyms: Children's Services is `childrens-services`."""
    plain = unicodedata.normalize("NFKD", folded(agency)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    begins = words if words[:1].isalpha() else f"agency-{words}"
    return begins[:LONGEST_AGENCY].strip("-")


def refuse_unless_in_slack(given: str) -> None:
    """Refuse anything but a team and a user of Slack."""
    if not SLACK.fullmatch(given):
        raise Refused(f"{given} is not a Slack person. Write team/user, such as T012AB/U034CD.")


def is_ours(pseudonym: str) -> bool:
    """Whether a pseudonym is kept for others who act on the log, such as coordinators."""
    return pseudonym.rstrip("0123456789").removesuffix("-") in OURS


def tells_the_name(pseudonym: str | Sequence[str], name: str) -> bool:
    """Whether a word of a name occurs in a pseudonym or, given its parts, is one of them."""
    return any(word in pseudonym for word in re.findall(r"[a-z]{3,}", name.lower()))
