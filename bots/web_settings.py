"""Where the web interview is served, and at which address people reach it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from ehsg_events.kernel import Refused


@dataclass(frozen=True)
class Settings:
    """Everything about the web that is chosen from outside."""

    host: str = "127.0.0.1"
    port: int = 8751
    url: str = "http://127.0.0.1:8751"

    def link(self, token: str) -> str:
        """A personal link as it is sent."""
        return f"{self.url}/i/{token}"

    def sign_in(self, token: str) -> str:
        """A link to sign in as it is sent."""
        return f"{self.url}/sign-in/{token}"

    def begin(self, token: str, served_at: str | None = None) -> str:
        """Where the first assessment is opened.

        Args:
            served_at: where the pages are, if that is another address than was chosen.
        """
        return f"{served_at or self.url}/begin/{token}"

    @property
    def board(self) -> str:
        """Where a coordinator sees what waits, once they are signed in."""
        return f"{self.url}/read"

    def stop(self, token: str) -> str:
        """Where reminders are stopped with one click."""
        return f"{self.url}/stop/{token}"

    def refuse_unless_safe(self) -> None:
        """Refuse an address whose links, and what is answered at them, anybody could read.

        Nobody can over HTTPS, or on their own machine.

        Raises:
            Refused: the address is neither.
        """
        if urlsplit(self.url).scheme != "https" and not is_on_loopback(self.url):
            raise Refused(
                f"EHSG_WEB_URL is {self.url}. Links need an address that begins with https://, or "
                f"anybody on the line could walk in. Set it, and put the server behind TLS."
            )


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings.

    Raises:
        Refused: one is not understood.
    """
    port = environment.get("EHSG_WEB_PORT", "8751")
    if not port.isdigit() or int(port) > 65535:
        raise Refused(f"EHSG_WEB_PORT is {port}. It takes a number up to 65535.")
    url = environment.get("EHSG_WEB_URL", f"http://127.0.0.1:{port}").rstrip("/")
    if not _is_address(url):
        raise Refused(
            f"EHSG_WEB_URL is {url}. It takes the address people reach the interview by, such as "
            f"https://early-help.example.gov.uk."
        )
    return Settings(environment.get("EHSG_WEB_HOST", "127.0.0.1"), int(port), url)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    is_bare = not (parts.query or parts.fragment or parts.username)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and is_bare


def is_on_loopback(address: str) -> bool:
    """Whether pages are reached on this machine alone, without encryption."""
    parts = urlsplit(address)
    return parts.scheme == "http" and is_loopback(parts.hostname or "")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, whichever name or number it is called by."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
