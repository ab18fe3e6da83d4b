"""In which mailbox letters that came back are looked for; read once from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from bots.mail import settings as mail
from bots.mail.settings import OAuth
from bots.secrets import secret
from ehsg_events.kernel import Refused

PLACE, PASSWORD = "EHSG_BOUNCES", "EHSG_BOUNCES_PASSWORD"
PORT, INBOX = 993, "INBOX"
TAKES = "It takes the mailbox, such as imaps://bounces@mail.example.gov.uk:993/INBOX"


@dataclass(frozen=True)
class Settings:
    """Everything that is chosen from outside; the password is left out of its `repr`.

    Args:
        domain: of the address that letters come from, with which their ids end.
        password: of the user; where it is empty, they sign in with a token.
        ca_file: whom alone to trust; otherwise whom this machine trusts.
    """

    host: str
    user: str
    domain: str
    password: str = field(default="", repr=False)
    oauth: OAuth | None = None
    port: int = PORT
    folder: str = INBOX
    ca_file: Path | None = None

    @property
    def place(self) -> str:
        """The mailbox, as it is told from any other."""
        return f"imaps://{self.user}@{self.host}:{self.port}/{self.folder}"


def read_settings(environment: Mapping[str, str]) -> Settings | None:
    """Read the settings, none where no mailbox is set.

    Raises:
        Refused: something needed is missing or not understood.
    """
    url, password = environment.get(PLACE, "").strip(), secret(environment, PASSWORD)
    if not url:
        if password:
            raise Refused(f"{PLACE} is not set, though {PASSWORD} is. {TAKES}.")
        return None
    parts, sending = _parts(url), mail.read_settings(environment)
    if sending is None:
        raise Refused(
            f"{mail.URL} is not set, though {PLACE} is: no letter leaves that could come back there. "
            f"Set it, or leave {PLACE} out."
        )
    if not (password or sending.oauth):
        raise Refused(
            f"{PASSWORD} is not set, though {PLACE} is. Set it, or {PASSWORD}_FILE to a file that "
            f"holds the password; or {mail.TENANT} and its like, where the mailbox takes tokens."
        )
    return Settings(
        host=parts.hostname or "",
        user=unquote(parts.username or ""),
        domain=sending.sender.domain,
        password=password,
        oauth=None if password else sending.oauth,
        port=parts.port or PORT,
        folder=unquote(parts.path.strip("/")) or INBOX,
        ca_file=sending.ca_file,
    )


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        known = parts.scheme == "imaps" and parts.port != 0
    except ValueError:
        known = False
    if not (known and parts.hostname and parts.username) or parts.query or parts.fragment:
        raise Refused(f"{PLACE} is not understood. {TAKES}.")
    if parts.password is not None:
        raise Refused(
            f"{PLACE} holds a password, which whoever sees the list of settings would read. Set it "
            f"as {PASSWORD}, or {PASSWORD}_FILE to a file that holds it."
        )
    if not (unquote(url).isascii() and unquote(url).isprintable()):
        raise Refused(
            f"{PLACE} holds a letter that is not ASCII, which mail servers do not all read alike. "
            f"Give the folder another name."
        )
    return parts
