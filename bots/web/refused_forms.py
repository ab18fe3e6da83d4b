"""A form that was refused, carried to the page that says why: sealed, in that page's address.

So Back and reload never ask to send a form again, and nothing that was refused is kept here. The key
is made anew whenever the server starts; an address from before then shows its page without the words.
"""

from __future__ import annotations

import json
import secrets
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12  # bytes
REFUSED = "refused"  # the name it has in an address
LONGEST = 4000  # characters that every browser and proxy takes in an address


class RefusedForm(NamedTuple):
    """What a form held, and what was wrong: the field each sentence is about, and the sentence."""

    fields: Mapping[str, str]
    mistakes: tuple[tuple[str, str], ...]


class RefusedForms:
    """Seals refused forms into addresses, and opens them again."""

    def __init__(self) -> None:
        self._key = AESGCM(AESGCM.generate_key(bit_length=256))

    def sealed(self, form: RefusedForm, whose: str) -> str | None:
        """A form as a part of an address; none when it is too long for one.

        Args:
            whose: what the address belongs to; it opens nowhere else.
        """
        nonce = secrets.token_bytes(NONCE)
        plain = zlib.compress(json.dumps(form).encode())
        sealed = urlsafe_b64encode(nonce + self._key.encrypt(nonce, plain, whose.encode()))
        return sealed.decode() if len(sealed) <= LONGEST else None

    def opened(self, sealed: str, whose: str) -> RefusedForm | None:
        """The form in an address; none when it is not one of ours."""
        if len(sealed) > LONGEST:
            return None
        try:
            body = urlsafe_b64decode(sealed)
            plain = self._key.decrypt(body[:NONCE], body[NONCE:], whose.encode())
        except (ValueError, InvalidTag):
            return None
        fields, mistakes = json.loads(zlib.decompress(plain))
        return RefusedForm(fields, tuple((field, words) for field, words in mistakes))
