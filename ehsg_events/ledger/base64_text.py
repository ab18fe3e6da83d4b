"""Base64 in the one form that stands for its bytes, so that no letter of it can be altered unnoticed."""

from __future__ import annotations

import base64
import binascii


def encoded(content: bytes) -> str:
    """Bytes as base64 (RFC 4648, section 4)."""
    return base64.b64encode(content).decode("ascii")


def decoded(text: str) -> bytes | None:
    """What base64 stands for; none where it is none, or not in that one form."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return content if encoded(content) == text else None
