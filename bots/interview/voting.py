"""A workshop on everybody's own surface: what to say between votes, and the votes shown. Pure."""

from __future__ import annotations

from bots import phrases
from bots.interview.talk import REVIEW, Choice, Prompt, Talk
from bots.phrases import workshop
from ehsg_events.language.catalogue import gettext as _

LOOK = Choice(workshop.LOOK_AGAIN, "resume", "primary")


def between(talk: Talk) -> Prompt:
    """What to say while nothing is to be voted on: the person's vote, or the votes shown last."""
    stands = _(workshop.AWAY) if talk.sitting.away else _(workshop.NOT_YET)
    text = "\n\n".join(part for part in (_last(talk), stands) if part)
    own = None if talk.sitting.away else _open(talk)
    if own is None:
        return Prompt("waiting", text, (LOOK, REVIEW), heading=_(workshop.WAITING))
    vote = phrases.answered(own, talk.interview.answers[own], talk.sitting.guide)
    change = Choice(_(phrases.CHANGE), f"change:{own}")
    text = f"{vote} {_(workshop.STILL_OPEN)}"
    return Prompt("waiting", text, (LOOK, change, REVIEW), own, heading=_(workshop.WAITING))


def _open(talk: Talk) -> str | None:
    """The last item that the person voted on and whose votes are not shown yet."""
    sitting = talk.sitting
    voted = [item for item in sitting.items if item in talk.interview.answers]
    return next((item for item in reversed(voted) if item not in sitting.votes_over), None)


def _last(talk: Talk) -> str:
    """The votes that were shown last."""
    shown = list(talk.sitting.votes_over.values())
    return workshop.votes_shown(talk.sitting.guide, shown[-1]) if shown else ""


def shown(talk: Talk, item: str) -> Prompt | None:
    """The votes on an item, once they are shown; none when it was put to the vote again."""
    votes = talk.sitting.votes_over.get(item)
    if votes is None:
        return None
    text = workshop.votes_shown(talk.sitting.guide, votes)
    return Prompt("waiting", f"{text}\n{_(workshop.AS_THEY_STAND)}", (REVIEW,))
