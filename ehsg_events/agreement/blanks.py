"""What is still blank when an assessment is signed: blank for ever, or until it is withdrawn. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ehsg_events.states.situation import Situation, own_rounds, withdrawn


def blanks(situation: Situation) -> tuple[str, ...]:
    """Everything that a signature would leave blank, in words, most public first."""
    return (*_choices(situation), *_actions(situation), *_evidence(situation))


def _choices(situation: Situation) -> Iterator[str]:
    state, guide = situation.assessment, situation.guide
    if guide.selection is not None and state.priorities is None:
        yield "the priorities"
    if guide.data_models and (state.priorities is None or state.priorities.data_model is None):
        yield "the data model"
    for permission in guide.permissions:
        if permission.id not in state.permissions:
            yield f"the permission {permission.id}"


def _actions(situation: Situation) -> Iterator[str]:
    for item, outcome in situation.outcomes.items():
        for number, action in outcome.actions.items():
            if number not in outcome.ended:
                if action.owner is None:
                    yield f"who does action {number} for {item}"
                if action.due is None:
                    yield f"by when action {number} for {item} is done"


def _evidence(situation: Situation) -> Iterator[str]:
    """Descriptors whose score is above the middle of its scale, with no evidence from anybody."""
    given = _noted(situation)
    for item, outcome in situation.outcomes.items():
        boxes = {
            box.id for box in situation.guide.section_of(item).fields if box.kind == "evidence"
        }
        scale = situation.guide.scale_of(item)
        high = outcome.score is not None and 2 * outcome.score > scale.lowest + scale.highest
        if high and boxes and not any((item, box) in given for box in boxes):
            yield f"evidence for {item}, which is above the middle of its scale"


def _noted(situation: Situation) -> set[tuple[str, str]]:
    """The items and boxes that somebody wrote under who has not withdrawn."""
    gone, own = withdrawn(situation), {round.number for round in own_rounds(situation.rounds)}
    return {
        (note.item, note.field)
        for (number, person), interview in situation.interviews.items()
        if number in own and person not in gone
        for note in interview.notes.values()
    }
