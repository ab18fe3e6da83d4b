"""The page that checks proofs, with the ledger's keys in it, as a file to be kept."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

PAGE = Path(__file__).with_name("check.html")
KEYS = "{{ key }}"  # where they stand; its script does not change, and so neither do the digests


def check_page(keys: Sequence[str]) -> str:
    """The page as HTML, to be opened from wherever its reader keeps it.

    Args:
        keys: the public keys that signed the ledger, one word each.
    """
    return PAGE.read_text(encoding="utf-8").replace(KEYS, escape("\n".join(keys)))
