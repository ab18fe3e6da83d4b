"""One invented form of all 31 descriptors, as plain values: what every rendering is held to."""

from __future__ import annotations

import random

from support.story.forms import GUIDE, NEXT, WELL, Told

DICE = random.Random(2022)
WHO = (
    "The partnership board", "Every family hub", "Our health visitors", "The multi-agency panel",
    "A parents’ group", "The police and schools", "Each lead practitioner", "The youth service",
)  # fmt: skip
DOES = (
    "reads every new plan", "meets on the first Monday", "keeps a book of what families say",
    "shares its records with schools", "trains forty people a year", "has one named contact",
    "visits within a week", "publishes what was maintained and what was not",
)  # fmt: skip
HOW = (
    "and writes down what was agreed", "so that nobody tells their story twice",
    "in all four wards of the town", "with interpreters in six languages",
    "and answers in writing within ten working days", "after an audit in the spring",
    "which 3 in 4 families asked for", "because well-being comes before paperwork",
    "including those who are co-located with housing", "as the re-opened hubs have shown",
)  # fmt: skip
PLANS = ("Train", "Publish", "Review", "Ask families about", "Extend", "Write down", "Measure")
WHAT = (
    "the shared practice framework by July", "one list of all groups", "the partnership agreement",
    "what the workforce needs next year", "open hours in the northern wards",
    "how data are maintained between agencies",
)  # fmt: skip
CHOSEN, DATA_MODEL = ("7.3", "6.4", "9.1"), 3
UNSCORED, UNPLANNED, UNPROVED = {"6.3", "9.7"}, {"5.5", "8.2"}, {"7.4"}


def _sentence() -> str:
    return f"{DICE.choice(WHO)} {DICE.choice(DOES)} {DICE.choice(HOW)}."


def _evidence() -> list[str]:
    made = [
        " ".join(_sentence() for _ in range(DICE.choice((1, 1, 2, 3))))
        for _ in range(DICE.randint(1, 4))
    ]
    return list(dict.fromkeys(made))


def _plans() -> list[str]:
    made = [f"{DICE.choice(PLANS)} {DICE.choice(WHAT)}." for _ in range(DICE.randint(1, 3))]
    return list(dict.fromkeys(made))


def _told(item: str) -> Told:
    score = None if item in UNSCORED else str(DICE.randint(0, 5))
    return Told(
        score,
        {
            WELL: [] if item in UNPROVED else _evidence(),
            NEXT: [] if item in UNPLANNED else _plans(),
        },
    )


INVENTED = {item: _told(item) for item in GUIDE.descriptors}
