"""Packs with scores, and what the statements in them say."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ehsg_events.ledger.notes import Signer
from support.story.packed import Files, Made, lay_key, made
from support.story.story import NAMES, PANEL, Story

ONE, OTHER = "statements/5.1.dsse.json", "statements/5.2.dsse.json"


def begun(story: Story) -> Story:
    """A first round: 3 is adopted on 5.1, two camps on 5.2."""
    story.opened(PANEL).round_opened()
    story.all_answered("5.1", dict(zip(NAMES, "333324", strict=True)))
    return story.all_answered("5.2", dict(zip(NAMES, "000555", strict=True))).round_closed()


def told(folder: Path, key_file: bytes = b"") -> tuple[Made, Made]:
    """A pack after the first round, and after a second, when 5.2 was settled by hand."""
    with Story(folder) as story:
        if key_file:
            lay_key(story, key_file)
        first = made(begun(story))
        story.round_opened().answered("police-1", "5.2", "4").answered("health-1", "5.2", "skip")
        return first, made(story.round_closed().moderated("5.2", "4", "so be it"))


def of_scores(files: Files) -> set[str]:
    """The statements in a pack."""
    return {name for name in files if name.startswith("statements/")}


def payload(content: bytes) -> dict[str, Any]:
    """What a statement says."""
    said: dict[str, Any] = json.loads(base64.b64decode(json.loads(content)["payload"]))
    return said


def foreign(honest: Made) -> Signer:
    """Another key under the same name."""
    return Signer(honest.signer.name, Ed25519PrivateKey.generate())
