"""Every rule that a transcript is held to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from support.transcripts.answered import (
    doubled,
    kept_though_stopped,
    left_alone,
    lost_words,
    never_heard,
    silent,
    stuck,
    unanswered_wish,
    unanswered_worry,
    unnamed_area,
    untold_refusal,
)
from support.transcripts.placed import altered, misplaced, overtaking, uncorrected, wrong_area
from support.transcripts.story import Fault, Story

RULES: tuple[Callable[[Story], Iterator[Fault]], ...] = (
    misplaced, wrong_area, overtaking, altered, uncorrected,
    unanswered_worry, untold_refusal, unanswered_wish, silent, lost_words, never_heard,
    left_alone, stuck, doubled, unnamed_area, kept_though_stopped,
)  # fmt: skip


def faults(story: Story) -> list[Fault]:
    """Everything in a story that is not as it was promised."""
    return [fault for rule in RULES for fault in rule(story)]
