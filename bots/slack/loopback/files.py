"""Files in the loopback workspace: uploaded by people, handed out for the bot's token only."""

from __future__ import annotations

from typing import Any, NamedTuple

SIGN_IN = ("text/html; charset=utf-8", b"<title>Sign in</title>")  # what Slack shows to all others


class _Kept(NamedTuple):
    name: str
    content: bytes


class Uploads:
    """What people have uploaded, by its id.

    Args:
        token: the bot's, for which files are handed out.
    """

    def __init__(self, token: str) -> None:
        self._token = token
        self._kept: dict[str, _Kept] = {}
        self.fetched: list[str] = []

    def keep(self, name: str, content: bytes) -> str:
        """Keep a file; returns its id."""
        file = f"F{len(self._kept) + 1:09}"
        self._kept[file] = _Kept(name, content)
        return file

    def described(self, file: str, url: str) -> dict[str, Any]:
        """A file as Slack describes it: in an event, or when it is asked.

        Args:
            url: the Web API's base.
        """
        name, content = self._kept[file]
        address = f"{url.removesuffix('api/')}files/{file}"
        return {"id": file, "name": name, "size": len(content), "url_private_download": address}

    def info(self, file: str, url: str) -> dict[str, Any]:
        """The answer to `files.info`."""
        if file not in self._kept:
            return {"ok": False, "error": "file_not_found"}
        return {"ok": True, "file": self.described(file, url)}

    def fetch(self, path: str, token: str) -> tuple[str, bytes] | None:
        """The type and content of the file at a path, none where no files are."""
        if not path.startswith("/files/"):
            return None
        file = path.rpartition("/")[2]
        self.fetched.append(file)
        if file not in self._kept or token != self._token:
            return SIGN_IN
        return "application/octet-stream", self._kept[file].content
