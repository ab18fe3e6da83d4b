"""The score that stands for a descriptor, and the dissent beside it."""

from __future__ import annotations

from support.area import words
from support.log.opened import OPENED, POLICE
from support.spec import folded, given

from ehsg_events.agreement.consensus import Heard, Score, measure, yardstick
from ehsg_events.events import (
    AssessmentSignedOff,
    DissentRecorded,
    OutcomeAdopted,
    OutcomeModerated,
)
from ehsg_events.states.outcome import Outcome, dissent, moderate
from ehsg_events.values.policy import Rule
from guides import library

GUIDE = library.guide("ehsg-2022@1").guide
WHY = words("both camps came nearer")
HEARD = Heard((Score(2, "Police"), Score(3, "Health"), Score(2, "Schools")), 0, 3, 3)
MEASURED = measure("5.1", HEARD, yardstick(0, 5), Rule())
STANDS = OutcomeAdopted(level="2", score=2, after_round=1, rule="within-one")
STATE = folded(OPENED, POLICE)
SIGNED = folded(OPENED, POLICE, AssessmentSignedOff(signed_as="Chair", name=words("Pat")))


def test_moderation_keeps_the_reason_and_the_panels_own_figure() -> None:
    """The coordinator's score stands beside the median, never instead of it."""
    assert moderate(STATE, GUIDE, "5.1", "3", WHY, MEASURED) == (
        OutcomeModerated(level="3", score=3, median=2, because=WHY),
    )


def test_an_outcome_is_a_whole_level() -> None:
    """Not a half, not off the scale."""
    for level in ("2.5", "6", "-1", ""):
        given(of="outcome").when(
            lambda _, level=level: moderate(STATE, GUIDE, "5.1", level, WHY, MEASURED)
        ).then_refused(f"5.1 takes one of 0, 1, 2, 3, 4, 5, not {level}.")


def test_nothing_is_moderated_before_it_was_measured() -> None:
    """Nobody's view is overtaken."""
    given(of="outcome").when(lambda _: moderate(STATE, GUIDE, "5.1", "3", WHY, None)).then_refused(
        "5.1 has not been measured yet: close the round first"
    )


def test_only_a_descriptor_is_moderated() -> None:
    """Questions in words have no score to settle."""
    old = library.guide("ehsg-2020@1").guide
    given(of="outcome").when(
        lambda _: moderate(STATE, old, "big-1", "yes", WHY, MEASURED)
    ).then_refused("ehsg-2020@1 has no descriptor big-1.")


def test_nothing_is_moderated_under_a_signature() -> None:
    """The signature comes off first."""
    given(of="outcome").when(
        lambda _: moderate(SIGNED, GUIDE, "5.1", "3", WHY, MEASURED)
    ).then_refused("was signed off by the Chair")


def test_dissent_stands_beside_an_outcome_and_changes_nothing() -> None:
    """It is printed next to it."""
    objection = DissentRecorded(dissenter="police-1", because=WHY)
    decided = given(STANDS).when(lambda s: dissent(STATE, s, "5.1", "police-1", WHY))
    decided.then(objection)
    assert folded(STANDS, objection) == Outcome(
        "2", 2, adopted_after=1, settled=1, dissent={"police-1": WHY}
    )


def test_dissent_belongs_to_somebody_asked_about_something_settled() -> None:
    """Otherwise it says what is missing."""
    for person, item, said in [
        ("nobody-1", "5.1", "Nobody on the panel is called nobody-1."),
        ("police-1", "5.2", "police-1 was not asked about 5.2"),
    ]:
        given(STANDS).when(lambda s, p=person, i=item: dissent(STATE, s, i, p, WHY)).then_refused(
            said
        )
    given(of="outcome").when(lambda s: dissent(STATE, s, "5.1", "police-1", WHY)).then_refused(
        "No outcome stands for 5.1 yet"
    )


def test_the_newest_outcome_stands_and_dissent_survives_it() -> None:
    """Moderating again is a new fact; who objected still objects."""
    moderated = OutcomeModerated(level="3", score=3, median=2, because=WHY)
    state = folded(STANDS, DissentRecorded(dissenter="police-1", because=WHY), moderated)
    assert (state.score, state.moderated, state.because) == (3, True, WHY)
    assert set(state.dissent) == {"police-1"}
