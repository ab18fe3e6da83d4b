"""Every command on every log with an open round: `python -m pytest tests/long/open_rounds.py`."""

from __future__ import annotations

import pytest
from support.story.open_round import VARIANTS
from support.story.read_by_command import AS_OF, JSON, NOW, everything


@pytest.mark.timeout(900)
@pytest.mark.parametrize("variant", [name for name in VARIANTS if name != "a don't know"])
def test_what_is_hidden_changes_nothing_that_is_read(variant: str) -> None:
    """As of now and as of a time, for people and for programs."""
    plain, other = (everything(name, NOW, JSON, AS_OF) for name in ("a don't know", variant))
    assert [asked for asked, text in plain.items() if other[asked] != text] == []
