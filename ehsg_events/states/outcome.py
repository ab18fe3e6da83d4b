"""The score that stands for one descriptor, adopted by rule or moderated, with any dissent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from ehsg_events.events import (
    ActionAgreed,
    ActionAmended,
    ActionEnded,
    DissentRecorded,
    OutcomeAdopted,
    OutcomeModerated,
    OutcomeSetAside,
)
from ehsg_events.kernel import Refused, Way, Words
from ehsg_events.states.assessment import Assessment, member_of, refuse_if_signed_off
from ehsg_events.values.measure import Measure
from guides.model import Guide

OutcomeFact = (
    OutcomeAdopted
    | OutcomeModerated
    | OutcomeSetAside
    | DissentRecorded
    | ActionAgreed
    | ActionAmended
    | ActionEnded
)


@dataclass(frozen=True)
class Outcome:
    """What stands for one descriptor: the score, if there is one, who objects, and the actions.

    `actions` holds each action by its number, as last amended; `ended` the numbers of the ended.
    `settled` is how often the score was adopted, moderated or set aside.
    """

    level: str | None = None
    score: int | None = None
    moderated: bool = False
    because: Words | None = None
    adopted_after: int | None = None
    withdrawal: bool = False  # set aside, since somebody withdrew on whose score it rested
    dissent: Mapping[str, Words] = field(default_factory=dict)
    actions: Mapping[int, ActionAgreed | ActionAmended] = field(default_factory=dict)
    ended: frozenset[int] = frozenset()
    settled: int = 0


def evolve(state: Outcome, fact: OutcomeFact) -> Outcome:
    """Fold one fact into the state."""
    match fact:
        case OutcomeAdopted() | OutcomeSetAside() | OutcomeModerated():
            return _settle(replace(state, settled=state.settled + 1, withdrawal=False), fact)
        case DissentRecorded():
            return replace(state, dissent={**state.dissent, fact.dissenter: fact.because})
        case ActionAgreed() | ActionAmended():
            return replace(state, actions={**state.actions, fact.action: fact})
        case ActionEnded():
            return replace(state, ended=state.ended | {fact.action})
    assert_never(fact)


def _settle(state: Outcome, fact: OutcomeAdopted | OutcomeSetAside | OutcomeModerated) -> Outcome:
    match fact:
        case OutcomeAdopted():
            score = replace(state, level=fact.level, score=fact.score)
            return replace(score, adopted_after=fact.after_round)
        case OutcomeSetAside(set_aside_for=cause):
            score = replace(state, level=None, score=None, adopted_after=None)
            return replace(score, withdrawal=cause == "withdrawal")
        case OutcomeModerated():
            score = replace(state, level=fact.level, score=fact.score)
            return replace(score, moderated=True, because=fact.because)
    assert_never(fact)


def moderate(
    assessment: Assessment,
    guide: Guide,
    item: str,
    level: str,
    because: Words,
    measured: Measure | None,
) -> tuple[OutcomeFact, ...]:
    """Settle a descriptor, with the reason; the panel's own figures stay beside it.

    Args:
        level: a level of the item's scale, by its value.
        measured: the descriptor's newest measure, none when no round that asked it is closed.
    """
    refuse_if_signed_off(assessment)
    refuse_unless_descriptor(guide, item)
    if measured is None:
        raise Refused(
            f"{item} has not been measured yet: close the round first, so that nobody's view is "
            f"overtaken.",
            Way("round close", "close the round"),
        )
    scale = guide.scale_of(item)
    for known in scale.levels:
        if known.value == level:
            return (
                OutcomeModerated(
                    level=known.value, score=known.score, median=measured.median, because=because
                ),
            )
    takes = ", ".join(known.value for known in scale.levels)
    raise Refused(
        f"{item} takes one of {takes}, not {level}. An outcome is a whole level.", field="score"
    )


def refuse_if_moved(item: str, state: Outcome, seen: int | None) -> None:
    """Refuse a decision on an outcome that is another one than whoever decides has seen.

    Args:
        seen: how often it had been settled when it was looked at; none where nobody can tell.
    """
    if seen is not None and seen != state.settled:
        raise Refused(
            f"{item} was settled anew since you looked at it, so nothing was recorded. Look at what "
            f"stands now, then settle it again."
        )


def differs(score: int, median: float | None) -> bool:
    """Whether an outcome is a level or more from the middle score."""
    return median is not None and abs(score - median) >= 1


def dissent(
    assessment: Assessment, state: Outcome, item: str, stakeholder: str, because: Words
) -> tuple[OutcomeFact, ...]:
    """Record a stakeholder's standing objection, which is printed beside the outcome."""
    refuse_if_signed_off(assessment)
    if item not in member_of(assessment, stakeholder).items:
        raise Refused(
            f"{stakeholder} was not asked about {item}, so a dissent to it cannot be theirs."
        )
    if state.score is None:
        raise Refused(f"No outcome stands for {item} yet, so there is nothing to dissent from.")
    return (DissentRecorded(dissenter=stakeholder, because=because),)


def see_guide(guide: Guide) -> Way:
    """The way out of a refusal that leads to a guide's items."""
    return Way("guide show", "see its items", {"guide": guide.id})


def refuse_unless_descriptor(guide: Guide, item: str) -> None:
    """Refuse an item that the guide does not score."""
    if item not in guide.descriptors:
        raise Refused(f"{guide.id} has no descriptor {item}.", see_guide(guide), field="item")
