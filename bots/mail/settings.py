"""How letters leave: through which mail server, and as whom; read once from the environment."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from bots.mail.addresses import Mailbox, in_ascii
from bots.secrets import secret
from bots.web_settings import is_loopback
from ehsg_events.kernel import Refused

OURS = "EHSG_MAIL_"  # how the names of all these settings begin
URL, FROM, REPLY_TO = "EHSG_MAIL_URL", "EHSG_MAIL_FROM", "EHSG_MAIL_REPLY_TO"
USER, PASSWORD = "EHSG_MAIL_USER", "EHSG_MAIL_PASSWORD"
TENANT, CLIENT = "EHSG_MAIL_OAUTH_TENANT", "EHSG_MAIL_OAUTH_CLIENT"
SECRET, OAUTH_URL = "EHSG_MAIL_OAUTH_SECRET", "EHSG_MAIL_OAUTH_URL"
PER_MINUTE, CA_FILE = "EHSG_MAIL_PER_MINUTE", "EHSG_MAIL_CA_FILE"
PORTS = {"smtp": 587, "smtps": 465}
MICROSOFT = "https://login.microsoftonline.com"
PACE, FASTEST = "30", 6000  # letters a minute: what Exchange Online takes, and more than any takes
IN_A_HEADER = 75  # letters of an encoded name; RFC 2047 allows no more in one piece
HOST = re.compile(r"[A-Za-z0-9._:-]+")


@dataclass(frozen=True)
class OAuth:
    """Who we are to Microsoft Entra, where a mail server takes its tokens instead of a password."""

    tenant: str
    client: str
    secret: str = field(repr=False)
    url: str = MICROSOFT


@dataclass(frozen=True)
class Settings:
    """Everything that is chosen from outside; the secrets are left out of its `repr`.

    Args:
        tls_first: the line is encrypted before a word is said; otherwise by STARTTLS.
        sender: whom letters come from, and where they are returned to.
        reply_to: where people's answers go while no coordinator has an address.
        user: who signs in, with the password or with a token; nobody where it is empty.
        per_minute: how many letters are handed over at the most.
        ca_file: whom alone to trust; otherwise whom this machine trusts.
    """

    host: str
    port: int
    sender: Mailbox
    tls_first: bool = False
    reply_to: str | None = None
    user: str = ""
    password: str = field(default="", repr=False)
    oauth: OAuth | None = None
    per_minute: int = int(PACE)
    ca_file: Path | None = None

    @property
    def encrypted(self) -> bool:
        """Whether nothing is said in the clear: always, but to this machine itself.

        Its own mail server often has a certificate that nobody signed; it is looked at where a
        file says whom to trust.
        """
        return self.tls_first or self.ca_file is not None or not is_loopback(self.host)


def read_settings(environment: Mapping[str, str]) -> Settings | None:
    """Read the settings, none where nothing of mail is set.

    Raises:
        Refused: something needed is missing or not understood.
    """
    given = {
        name: text.strip()
        for name, text in environment.items()
        if name.startswith(OURS) and text.strip()
    }
    if not given:
        return None
    url = _server(_needed(given, URL, "the mail server, such as smtp://relay.example.gov.uk:587"))
    user, password, oauth = _sign_in(given)
    sender = _sender(_needed(given, FROM, "the address that letters come from"))
    return Settings(
        host=url.hostname or "",
        port=url.port or PORTS[url.scheme],
        tls_first=url.scheme == "smtps",
        sender=sender,
        reply_to=_address(given, REPLY_TO),
        user=user or (sender.address if oauth else ""),
        password=password,
        oauth=oauth,
        per_minute=_pace(given.get(PER_MINUTE, PACE)),
        ca_file=_trusted(given.get(CA_FILE)),
    )


def answers_to(environment: Mapping[str, str]) -> str | None:
    """Where people's answers to letters go while no coordinator has an address, if it is said."""
    settings = read_settings(environment)
    return settings.reply_to if settings else None


def _needed(given: Mapping[str, str], name: str, what: str) -> str:
    if name not in given:
        others = ", ".join(sorted(given))
        raise Refused(f"{name} is not set, though {others} is. Set it to {what}; see docs/mail.md.")
    return given[name]


def _server(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        known = parts.scheme in PORTS and parts.port != 0
    except ValueError:
        known = False
    bare = known and not (parts.path.strip("/") or parts.query or parts.fragment)
    if not (bare and "@" not in parts.netloc and HOST.fullmatch(parts.hostname or "")):
        raise Refused(
            f"{URL} is not understood. It takes smtp://HOST:587, encrypted by STARTTLS, or "
            f"smtps://HOST:465; who signs in stands in {USER}."
        )
    return parts


def _sender(text: str) -> Mailbox:
    """Whom letters come from: `NAME <ADDRESS>`, or an address alone."""
    before, opening, after = text.strip().rpartition("<")
    is_named = bool(opening) and after.endswith(">")
    name = before.strip().strip('"') if is_named else ""
    address = in_ascii(after[:-1] if is_named else text)
    if address is None:
        raise Refused(
            f"{FROM} holds no address. It takes one such as early-help@example.gov.uk, or with a "
            f"name: Early help in Testham <early-help@example.gov.uk>."
        )
    sender = Mailbox(address, name)
    if not name.isprintable() or len(str(sender)) - len(address) > IN_A_HEADER:
        raise Refused(f"The name in {FROM} is too long, or cannot be shown. Choose a shorter one.")
    return sender


def _address(given: Mapping[str, str], name: str) -> str | None:
    if name not in given:
        return None
    address = in_ascii(given[name])
    if address is None:
        raise Refused(
            f"{name} holds no address. It takes one alone, such as early-help@example.gov.uk."
        )
    return address


def _sign_in(given: Mapping[str, str]) -> tuple[str, str, OAuth | None]:
    """Who signs in, and with a password or a token: neither, or all of one."""
    user, password, oauth = given.get(USER, ""), secret(given, PASSWORD), _oauth(given)
    if oauth and password:
        raise Refused(
            f"Both {PASSWORD} and {TENANT} are set. Set one: a password, or what Entra gave."
        )
    if bool(user) != bool(password) and not oauth:
        raise Refused(
            f"{PASSWORD if user else USER} is not set, though {USER if user else PASSWORD} is. Set "
            f"it, or {PASSWORD}_FILE to a file that holds the password; or neither of them, where "
            f"the mail server asks nobody to sign in."
        )
    if not (user + password).isascii():
        raise Refused(
            f"{USER} or the password holds a letter that is not ASCII, which mail servers do not "
            f"all read alike. Choose another."
        )
    return user, password, oauth


def _oauth(given: Mapping[str, str]) -> OAuth | None:
    """Who we are to Entra, none where nothing of it is set."""
    of = {TENANT: given.get(TENANT), CLIENT: given.get(CLIENT), SECRET: secret(given, SECRET)}
    lacking = [name for name, text in of.items() if not text]
    if len(lacking) == len(of):
        return None
    if lacking:
        raise Refused(
            f"{', '.join(lacking)} is not set. A token needs {TENANT}, {CLIENT} and {SECRET} (or "
            f"{SECRET}_FILE), as Entra's page of the app shows them."
        )
    url = given.get(OAUTH_URL, MICROSOFT).rstrip("/")
    parts = urlsplit(url)
    if parts.scheme != "https" and not (
        parts.scheme == "http" and is_loopback(parts.hostname or "")
    ):
        raise Refused(
            f"{OAUTH_URL} does not begin with https://, so anybody could read the secret."
        )
    return OAuth(of[TENANT] or "", of[CLIENT] or "", of[SECRET] or "", url)


def _pace(text: str) -> int:
    if not (re.fullmatch(r"[0-9]{1,4}", text) and 0 < int(text) <= FASTEST):
        raise Refused(
            f"{PER_MINUTE} is {text}. It takes how many letters your mail server takes in a minute, "
            f"such as {PACE}."
        )
    return int(text)


def _trusted(file: str | None) -> Path | None:
    if file is None:
        return None
    try:
        ssl.create_default_context(cafile=file)
    except (OSError, ValueError):
        raise Refused(
            f"{CA_FILE} names a file that cannot be read, or holds no certificate (PEM)."
        ) from None
    return Path(file)
