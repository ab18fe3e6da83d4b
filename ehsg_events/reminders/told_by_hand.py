"""What a person was told, and by which means the coordinator told them, in words.

Why somebody was not reminded is said in `reminders`.
"""

from __future__ import annotations

from ehsg_events.events import Matter, Means

TOLD_OF: dict[Matter, str] = {
    "invitation": "that they are invited",
    "new-round": "of the new round",
    "workshop": "of the workshop",
    "reopening": "that the round takes answers again",
    "extension": "of the new deadline",
    "reminder": "that they have not finished",
    "handing-over": "who answers what was handed on",
    "declined": "that they are to answer themselves",
    "release": "that they are asked nothing more",
    "close": "that the round is closed",
    "agreed-on": "that a colleague answers in the next round",
    "lapsed": "that nobody is asked any more what they wanted to hand on",
    "outcome": "what became of their answers",
    "stand-in": "through their stand-in that they have not finished",
}
BY_MEANS: dict[Means, str] = {
    "telephone": "by telephone",
    "letter": "by letter",
    "e-mail": "by e-mail",
    "in-person": "in person",
}
