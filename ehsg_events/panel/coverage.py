"""Whether enough people are asked about a descriptor for a verdict on it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ehsg_events.agreement.consensus import Heard, Score, has_quorum
from ehsg_events.events import StakeholderAdded
from ehsg_events.panel.least_partners import lacking
from ehsg_events.values.policy import Rule
from guides.model import Guide

MOST_LISTED = 12  # descriptors whose ids can be read in a line


def panel_warnings(guide: Guide, panel: Sequence[StakeholderAdded], rule: Rule) -> Iterator[str]:
    """Warn of descriptors that cannot be agreed even if everybody answers, and of who is missing.

    Peers count for neither. An empty panel is not warned about: it is still to be handed in.
    """
    if not panel:
        return
    thin, small = never_agreed(asked_about(guide, panel), rule)
    if thin:
        yield (
            f"Fewer than two agencies are asked about {_listed(guide, thin)}: nobody could call the "
            f"result agreed. Ask more people, or go on and settle them in moderation."
        )
    if small:
        yield (
            f"Too few people are asked about {_listed(guide, small)}: even if all of them answer, the "
            f"quorum of {rule.quorum_scores} scores is not reached. Ask more people, or use a "
            f"smaller quorum_scores before anybody is asked."
        )
    if guide.least_partners:
        yield from lacking(guide.least_partners, panel)


def asked_about(guide: Guide, panel: Sequence[StakeholderAdded]) -> dict[str, list[str]]:
    """The agency of everybody who is asked about each descriptor; peers count for none."""
    return {
        item: [member.agency for member in panel if item in member.items and member.peer_of is None]
        for item in guide.descriptors
    }


def never_agreed(asked: Mapping[str, Sequence[str]], rule: Rule) -> tuple[list[str], list[str]]:
    """The descriptors that cannot be agreed even if everybody answers.

    Args:
        asked: the agencies of those who are asked about each.

    Returns:
        Those of fewer than two agencies, and the others of too few people.
    """
    thin = [item for item, agencies in asked.items() if len(set(agencies)) < 2]
    small = [item for item in asked if item not in thin and not _suffices(asked[item], rule)]
    return thin, small


def _listed(guide: Guide, items: Sequence[str]) -> str:
    """Some descriptors by their ids; many by how many they are, and of which sections."""
    if len(items) <= MOST_LISTED:
        return ", ".join(items)
    sections = list(dict.fromkeys(guide.section_of(item).title for item in items))
    return f"{len(items)} descriptors of {len(sections)} sections ({', '.join(sections)})"


def _suffices(agencies: Sequence[str], rule: Rule) -> bool:
    """Whether there is a quorum if everybody who is asked gives a score."""
    scores = tuple(Score(0, agency) for agency in agencies)
    everybody = Heard(scores, dont_know=0, invited=len(scores), agencies_invited=len(set(agencies)))
    return has_quorum(everybody, rule)
