"""The scores that one area published for 2022, entered as the outcomes of an assessment."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from bots import rehearsal
from ehsg_events.events import OutcomeAdopted
from ehsg_events.states.streams import outcome_stream
from support.story.story import ASSESSMENT, Story

SEFTON: dict[str, Any] = yaml.safe_load(
    (Path(rehearsal.__file__).parent / "sefton-2022.yaml").read_text(encoding="utf-8")
)
SCORES: dict[str, int] = SEFTON["scores"]  # in the guide's order


def entered(story: Story) -> Story:
    """Enter them, the last first."""
    for item, score in reversed(SCORES.items()):
        fact = OutcomeAdopted(level=str(score), score=score, after_round=1, rule="within-one")
        story.wrote(outcome_stream(ASSESSMENT, item), fact)
    return story


def sefton() -> bytes:
    """One area's published scores and choices."""
    names = ("scores", "data_model", "priorities", "permissions")
    return json.dumps({name: SEFTON[name] for name in names}).encode()
