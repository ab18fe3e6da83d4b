"""What is still blank when an assessment is signed: blank for ever, or until it is withdrawn. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ehsg_events.states.situation import Situation, own_rounds, withdrawn


def blanks(situation: Situation) -> tuple[str, ...]:
    """Everything that a signature would leave blank, in words, most public first."""
    return (
        *_choices(situation),
        *_left_to_the_area(situation),
        *_actions(situation),
        *_evidence(situation),
    )


def _choices(situation: Situation) -> Iterator[str]:
    state, guide = situation.assessment, situation.guide
    if guide.selection is not None and state.priorities is None:
        yield "the priorities"
    if guide.data_models and (state.priorities is None or state.priorities.data_model is None):
        yield "the data model"
    for permission in guide.permissions:
        if permission.id not in state.permissions:
            yield f"sharing: {permission.recipient}"


def _left_to_the_area(situation: Situation) -> Iterator[str]:
    """What the guide leaves to the area, and the area has not filled in."""
    state, guide = situation.assessment, situation.guide
    attached = {evidence.asked_as for evidence in state.attached.values()}
    yield from (asked.title for asked in guide.evidence_asked if asked.id not in attached)
    yield from (table.title for table in guide.local_tables if not state.tables.get(table.id))
    yield from (
        f"what {term.term} means here" for term in guide.local_terms if term.id not in state.terms
    )


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
