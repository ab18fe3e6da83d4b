"""What a signature leaves blank is named first, signed on purpose, and kept in the fact."""

from __future__ import annotations

from datetime import date

import pytest
from support.area import CLOSES, Area

from ehsg_events.commands import actions, outcomes
from ehsg_events.commands.actions import Typed
from ehsg_events.commands.sitting import sit_down
from ehsg_events.events import AssessmentSignedOff
from ehsg_events.interview import notes
from ehsg_events.kernel import Refused
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.streams import interview_stream
from projections.facts.view import view_at
from projections.results.results import trail


@pytest.fixture
def high(asked: Area) -> Area:
    """Both items settled, 5.1 above the middle of its scale, and an action without owner or day."""
    asked.everyone("5.1", "4", "4", "4", "4")
    asked.everyone("5.2", "2", "2", "2", "2")
    asked.advance(CLOSES)
    typed = Typed("Train all leads", None, None)
    actions.agree(asked.log, asked.stamp(CLOSES), asked.id, "5.2", typed)
    return asked


def refusal(area: Area) -> str:
    """What is said to somebody who would sign now."""
    with pytest.raises(Refused, match="Still blank") as refused:
        outcomes.sign_off(area.log, area.stamp(CLOSES), area.id, "SRO", "Jo", ask=True)
    return str(refused.value)


def test_every_blank_is_named_before_it_is_signed(high: Area) -> None:
    """Choices, permissions, who and by when, and a high score that rests on nothing."""
    said = refusal(high)
    recipients = [one.recipient for one in high.now.guide.permissions]
    for what in (
        "the priorities",
        "the data model",
        *(f"sharing: {recipient}" for recipient in recipients),
        "who does action 1 for 5.2",
        "by when action 1 for 5.2 is done",
        "evidence for 5.1, which is above the middle",
    ):
        assert what in said
    assert "evidence for 5.2" not in said


def test_what_was_filled_in_is_blank_no_more(high: Area) -> None:
    """And nothing is asked once nothing is blank."""
    log, now, area = high.log, CLOSES, high.id
    outcomes.choose_priorities(log, high.stamp(now), area, ["5.1"], 3)
    assert "the data model" not in refusal(high)
    for permission in high.now.guide.permissions:
        outcomes.set_permission(log, high.stamp(now), area, permission.id, granted=False)
    typed = Typed(None, "The workforce lead", date(2027, 3, 31).isoformat())
    actions.amend(log, high.stamp(now), area, "5.2", 1, typed)
    assert refusal(high).startswith("Still blank: evidence for 5.1")
    actions.end(log, high.stamp(now), area, "5.2", 1, "dropped", "not needed")
    outcomes.moderate(log, high.stamp(now), area, "5.1", "2", "nothing to show for it")
    outcomes.sign_off(log, high.stamp(now), area, "SRO", "Jo", ask=True)
    (signed,) = [one.fact for one in high.facts if isinstance(one.fact, AssessmentSignedOff)]
    assert signed.blanks == ()


def test_evidence_of_somebody_who_stayed_is_evidence(asked: Area) -> None:
    """Of somebody who withdrew it is none."""
    asked.everyone("5.1", "4", "4", "4", "4")
    asked.everyone("5.2", "2", "2", "2", "2")
    noted(asked, "police-1")
    asked.advance(CLOSES)
    assert "evidence for 5.1" not in refusal(asked)
    asked.withdraw("police-1")
    assert "evidence for 5.1" in refusal(asked)


def noted(area: Area, who: str) -> None:
    """Somebody types evidence under 5.1."""

    def decide(tx: Transaction) -> None:
        number, seat, state = sit_down(tx, area.id, who, tx.stamp.at)
        stream, box = interview_stream(area.id, number, who), seat.fields("5.1")[0].id
        words = tx.seal("We ask every family", stream, who)
        tx.decide(stream, *notes.give_note(state, seat, "5.1", box, words, None))

    area.log.record(area.stamp(by=who, role="stakeholder"), decide)


def test_the_signature_keeps_what_was_blank(high: Area) -> None:
    """In the fact and in the trail, whoever reads it a year later."""
    outcomes.sign_off(high.log, high.stamp(CLOSES), high.id, "SRO", "Jo")
    (signed,) = [one.fact for one in high.facts if isinstance(one.fact, AssessmentSignedOff)]
    assert "the data model" in signed.blanks
    said = trail(view_at(high.log, high.id))[-1].says
    assert "signed off by the SRO, with these blanks: the priorities; the data model" in said
