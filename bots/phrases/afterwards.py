"""What people are told afterwards: released, asked again, reopened, and what became of it all."""

from __future__ import annotations

from collections.abc import Sequence

from bots.phrases.labels import counted, ending, level_name
from bots.phrases.questions import answer_words, title
from ehsg_events.agreement.fates import Fate
from guides.model import Guide

RELEASED = (
    "Your coordinator asks you nothing more in this assessment, and nobody will remind you. What "
    "you have said stands. Thank you."
)
HANDED_ON_NEXT = (
    "Your coordinator has agreed: in the next round your colleague is asked what you had not "
    "answered. What you have said stays yours. Thank you for telling us who."
)
HAND_ON_LAPSED = (
    "You asked that a colleague answers instead. The questions are not asked again, so your "
    "colleague was not asked. What you have said stays yours. Thank you for telling us who."
)
DISSENT = {
    "none": "",
    "others": " A dissent is printed beside it.",
    "mine": " Your dissent is printed beside it.",
}
TOO_FEW = "The panel's middle score is not shown, because too few people scored it."
NOTHING_OF_YOURS = "You scored no descriptor, so none of these figures rests on what you said."


def asked_again(left: int, deadline: str) -> str:
    """That somebody who was released is asked once more."""
    return (
        f"You are asked again after all: {counted(left, 'question')}, by {deadline}. What you had "
        f"said still stands."
    )


def reopened(deadline: str, *, finished: bool) -> str:
    """That the round takes answers again."""
    more = (
        "You had finished, so nothing more is needed; you can still change what you said."
        if finished
        else "You can answer what you had not, and change what you had."
    )
    return f"The round is open again, until {deadline}. {more}"


def became(
    area: str, guide: Guide, fates: Sequence[tuple[Fate, str | None]], priorities: Sequence[str]
) -> str:
    """What became of what somebody said, once the assessment is signed off.

    Args:
        fates: each descriptor they answered, with the coordinator's reason where one was given.
    """
    lines = [_fate(guide, *fate) for fate in fates] or [NOTHING_OF_YOURS]
    chosen = ", ".join(title(guide.items[item]) for item in priorities)
    head = f"The assessment of {area} is signed off. This is what became of what you said:"
    end = f"To be worked on next: {chosen}." if chosen else "No priorities were chosen."
    return "\n".join((head, *lines, end, "Thank you for your part in it."))


def _fate(guide: Guide, fate: Fate, because: str | None) -> str:
    scale = guide.scale_of(fate.item)
    mine = f"{title(guide.items[fate.item])}: you answered {answer_words(fate.mine, scale)}."
    middle = (
        f"The panel's middle score was {fate.middle:g}." if fate.middle is not None else TOO_FEW
    )
    level = next((level for level in scale.levels if level.value == fate.level), None)
    if level is None:
        return f"{mine} {middle} No outcome was recorded."
    how = "as the panel agreed" if fate.because is None else "settled by the coordinator"
    reason = f": {ending(because)}" if because else "."
    stands = f"What stands is {level_name(level.value, level.label)}, {how}{reason}"
    return f"{mine} {middle} {stands}{DISSENT[fate.dissent]}"
