"""What stands on the pages that try something out, or look at what silence leaves open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from bots.phrases.labels import counted
from ehsg_events.ledger.others.cosignatures import Cosigned, Standing

WHAT_IF, BOUNDS = "What if", "Silence"
WHAT_IF_WORDS = (
    "How the closed rounds would stand if something else were so. Nothing is recorded, and nobody "
    "else sees it."
)
SUPPOSE, AS_IT_IS = "Suppose it", "As it is"
WEIGHTS, AGREED_SHARE = "Who counts", "How many of a hundred must agree"
WITHOUT, BLIND_ONLY = "Without these agencies", "Only answers given before anything was known"
BLIND_HINT = "Each person's last answer before they learned how others answer."
SHARE_HINT = "More than 50, and at most 100."
NOT_A_SHARE = "Type a whole number such as 80."
PEOPLE_COUNT, AGENCIES_COUNT = "Every person once", "Every agency once"
DESCRIPTOR, STANDS, WOULD, OUTCOME = "Descriptor", "As it is", "If it were so", "Outcome"
DIFFERS = "What would be different"
SAME = "What would be the same"
NOT_CLOSED = "No round is closed yet, so there is nothing to suppose about."
WHOM_FIRST, MISSING = "Whom to remind first", "Who was missing"
EACH = "Each descriptor"
SAYS, BY_AGENCY = "How far it is", "By agency"


def of_agency(agency: str, answered: int, asked: int) -> str:
    """How many of an agency have answered."""
    return f"{agency} {answered} of {asked}"


# -- was anything altered? ------------------------------------------------------------------------
ALTERED = "Was anything altered?"
ALTERED_WORDS = (
    "Everything that is recorded here also stands in a ledger: a tree of fingerprints, one for each "
    "thing, which is signed as it grows. Whoever changed, removed or back-dated anything afterwards, "
    "with whatever program, would have another tree."
)
NO_LEDGER = "There is no ledger yet. It is begun as soon as the server keeps the rounds."
LOOK_NOW = "Compare everything with the ledger now"
LOOKING = (
    "Everything is being compared for somebody just now, so it was not compared for you. Ask again in "
    "a minute."
)
WHOLE = "Everything stands as the ledger has it. Nothing was altered, removed or put in between."
WHAT_NEXT = (
    "Change nothing, and tell whoever runs the server: they copy the data folder as it is, and "
    "verify it, which names all that is wrong."
)
STANDING, WITNESSES, LOOKED, YOURS, KEEP = (
    "The ledger",
    "Its witnesses",
    "What was found",
    "What you were shown before",
    "Keep this",
)
KEEP_WORDS = (
    "This is a checkpoint: how the ledger stands, signed. Keep it somewhere else, such as in your own "
    "mail: whoever holds this machine and its key could make all of it anew, and only a checkpoint "
    "that somebody kept elsewhere would show that."
)
OWN, OWN_HINT = "A checkpoint that you kept", "Paste it whole, with its last line."
COMPARE_OWN = "Compare with it"
OWN_HOLDS = (
    "The checkpoint that you kept is part of this ledger: what it covers was not altered since."
)
CANNOT = "What it cannot show"
CANNOT_WORDS = (
    "That the person it names typed it, or that something was never recorded at all: for that "
    "everybody can take away what was recorded of theirs, and check it on their own computer."
)
UNTIL_CLOSED = (
    "While a round is open, only what was recorded before it is shown here: how much people say would "
    "tell too much of what they say. It is compared all the same."
)
SHOWN_ON, FACTS_IN_IT, STILL = "Shown on", "Facts in it", "Is it still part of the ledger?"
PART, NO_PART = "Yes", "No: what it covers was altered since, or taken away"
TAKE_CHECKPOINT, TAKE_CHECK = "Take the checkpoint away", "Take away the page that checks proofs"


def since(day: str, before: int | None) -> str:
    """Since when there is a ledger, and how much was there before it if that may be told."""
    already = f", when {counted(before, 'fact')} had been recorded already" if before else ""
    return f"It was begun at {day}{already}."


def made_anew(day: str) -> str:
    """Since when it is under another key, since the old one was not there."""
    return (
        f"At {day} it was begun anew under another key, because its file or its key was missing: what "
        f"was altered before that may show only beside a checkpoint that somebody kept."
    )


def stands(size: int, day: str) -> str:
    """How far it was signed."""
    return f"It was signed at {day}, with {counted(size, 'fact')} in it."


def signed_with(key: str) -> str:
    """Which key signs it."""
    return f"Its key is {key}"


# -- its witnesses --------------------------------------------------------------------------------
PROVES = (
    "A witness is somebody else's server, and cosigns only what goes on from all that it cosigned before. "
    "So what one of them cosigned can be altered or made anew only with its help, or else it refuses all "
    "that follows. It does not know what the facts say, nor whether they are true."
)


def witnessed(standing: Standing, say: Callable[[datetime], str]) -> Iterator[str]:
    """How many witnesses cosigned the newest checkpoint that may be told, and when; and what that proves.

    Args:
        say: a time in words.
    """
    witnesses, newest, enough = standing
    asked = len(witnesses.each)
    many = f"{asked} witness{'es' if asked > 1 else ''}"
    facts = f"the checkpoint of {counted(newest.signed.size, 'fact')}"
    if newest.last is None:
        yield f"None of {many} has cosigned {facts} so far."
    else:
        yield f"{newest.by} of {many} cosigned {facts}, the last at {say(newest.last)}."
    if not standing.reached:
        if witnesses.needed:
            yield f"At least {witnesses.needed} must have: that is not reached."
        yield _before(enough, say)
    yield PROVES


def _before(enough: Cosigned | None, say: Callable[[datetime], str]) -> str:
    if enough is None or enough.last is None:
        return "No earlier checkpoint was cosigned by enough of them."
    return (
        f"The newest that enough of them cosigned has {counted(enough.signed.size, 'fact')}: "
        f"{enough.by} did, the last at {say(enough.last)}."
    )
