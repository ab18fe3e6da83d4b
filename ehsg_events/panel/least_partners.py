"""Whom the guide names as who must take part at the least, and the panel does not have. Pure.

People are known by their agency or their work. Names are typed freely, so this can only warn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ehsg_events.events import StakeholderAdded
from guides.terms import LeastPartners, Partner


def lacking(least: LeastPartners, panel: Sequence[StakeholderAdded]) -> Iterator[str]:
    """Warn of each kind of partner that nobody on the panel is of; peers do not count.

    Who does not exist everywhere is told apart: an area may have none.
    """
    missing = _missing(least, panel)
    always = [one.name for one in missing if not one.if_any]
    if always:
        yield (
            f"Nobody on the panel is known as any of these: {'; '.join(always)}. {least.status} "
            f"Ask somebody of each, or go on if they are there under another name."
        )
    perhaps = [one.name for one in missing if one.if_any]
    if perhaps:
        yield (
            f"Not on the panel, and only needed where there are any: {'; '.join(perhaps)}. "
            f"{least.status}"
        )


def lacking_now(
    least: LeastPartners, before: Sequence[StakeholderAdded], panel: Sequence[StakeholderAdded]
) -> Iterator[str]:
    """Warn of the partners that a changed panel has no more, and of those that it still lacks.

    Who does not exist everywhere is named once it is lost, and not each time it is not there.
    """
    lacked, missing = _missing(least, before), _missing(least, panel)
    lost = [one.name for one in missing if one not in lacked]
    if lost:
        yield (
            f"Nobody left on the panel is known as any of these: {'; '.join(lost)}. "
            f"{least.status} Ask somebody of each, or go on if they are there under another name."
        )
    still = [one.name for one in missing if one in lacked and not one.if_any]
    if still:
        yield f"Still nobody on the panel is known as any of these: {'; '.join(still)}."


def _missing(least: LeastPartners, panel: Sequence[StakeholderAdded]) -> list[Partner]:
    """The partners that nobody on the panel is of."""
    known = [f"{member.agency}\n{member.works_as}" for member in panel if member.peer_of is None]
    return [one for one in least.partners if not any(_is_one(one, who) for who in known)]


def _is_one(partner: Partner, who: str) -> bool:
    """Whether an agency or a kind of work is this partner, by the beginnings of its words."""
    plain = _plain(who)
    for words in partner.but_not:
        plain = plain.replace(_plain(words), " ")
    return any(re.search(rf"\b{re.escape(_plain(word))}", plain) for word in partner.known_by)


def _plain(text: str) -> str:
    """A text without differences in case, blanks and apostrophes."""
    return re.sub(r"[ \t]+", " ", text.casefold().replace("’", "'"))
