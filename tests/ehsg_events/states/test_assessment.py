"""Opening, priorities, permissions and sign-off: the decisions on a whole assessment."""

from __future__ import annotations

import pytest
from support.area import words
from support.log.opened import NEW, OLD, OPENED, POLICE, SIGNED, member
from support.spec import given

from ehsg_events.agreement.priorities import choose_priorities, selection_warnings
from ehsg_events.events import (
    PermissionSet,
    PrioritiesChosen,
    SignOffWithdrawn,
)
from ehsg_events.kernel import Refused
from ehsg_events.panel.coverage import panel_warnings
from ehsg_events.states import assessment
from ehsg_events.states.filled_in import set_permission
from ehsg_events.states.signing_off import sign_off, withdraw_sign_off
from ehsg_events.values.policy import Rule, Terms

SMALL = Rule(quorum_scores=2)


def test_an_assessment_opens_with_its_terms_and_whole_panel() -> None:
    """In one piece, where all of that is known."""
    assert assessment.open_assessment(" Sefton ", NEW, "d", Terms(), [POLICE]) == (OPENED, POLICE)


def test_without_an_area_there_is_no_assessment() -> None:
    """It says what to give."""
    with pytest.raises(Refused, match="needs the name of its area"):
        assessment.open_assessment(" ", NEW, "d", Terms(), [POLICE])


def test_an_assessment_opens_before_anybody_is_on_its_panel() -> None:
    """The panel is handed in later, each step a fact from the first click."""
    assert assessment.open_assessment("Sefton", NEW, "d", Terms(), []) == (OPENED,)
    assert list(panel_warnings(NEW, [], SMALL)) == []


def test_a_descriptor_only_one_agency_is_asked_about_is_warned_of() -> None:
    """Nobody could call the result agreed."""
    panel = [POLICE, member("health-1", "Health", *NEW.items), member("police-2", "Police", "5.2")]
    (warning,) = panel_warnings(NEW, panel, SMALL)
    assert "29 descriptors of 5 sections (Family voice and experience, " in warning
    few = [*NEW.items][:-3]
    panel = [POLICE, member("health-1", "Health", *NEW.items), member("police-2", "Police", *few)]
    (warning,) = panel_warnings(NEW, panel, SMALL)
    assert "asked about 9.5, 9.6, 9.7: nobody" in warning
    everyone = [member(f"{a}-1", a, *NEW.items) for a in ("Police", "Health")]
    assert list(panel_warnings(NEW, everyone, SMALL)) == []


def test_a_descriptor_that_cannot_reach_its_quorum_is_warned_of() -> None:
    """Though everybody who is asked answers; a peer's score stands beside the panel's."""
    panel = [member(f"{a}-1", a, *NEW.items) for a in ("Police", "Health")]
    peer = panel[0].model_copy(update={"stakeholder": "peer-1", "peer_of": "Northvale"})
    more = member("school-1", "Schools", *tuple(NEW.items)[1:])
    (warning,) = panel_warnings(NEW, [*panel, more, peer], Rule())
    assert warning == (
        "Too few people are asked about 5.1: even if all of them answer, the quorum of 3 scores "
        "is not reached. Ask more people, or use a smaller quorum_scores before anybody is asked."
    )


# -- priorities --------------------------------------------------------------------------------
def test_a_choice_by_the_guides_rule_has_no_warning() -> None:
    """Data model 3: one from data, two from the services."""
    given(OPENED).when(choose_priorities, NEW, ["9.1", "5.1", "6.1"], 3).then(
        PrioritiesChosen(items=("9.1", "5.1", "6.1"), data_model=3, warnings=())
    )


@pytest.mark.parametrize(
    ("items", "model", "said"),
    [
        (["9.1", "9.2"], 2, ["The guide asks for 3 descriptors; 2 are chosen."]),
        (["5.1", "5.2", "9.1"], 1, ["For data model 1 the guide asks for 3 data and 0 service."]),
        (["5.1", "5.2", "9.1"], 6, ["For data model 6 the guide asks for 0 data and 3 service."]),
        (["5.1", "5.2", "9.1"], None, ["The data model is not given, so the choice cannot be"]),
    ],
)
def test_a_choice_against_the_guides_rule_is_warned_of_and_stands(
    items: list[str], model: int | None, said: list[str]
) -> None:
    """The guide's last sentence lifts its quota, so the rule warns and never blocks."""
    warnings = selection_warnings(NEW, items, model)
    assert len(warnings) in (1, 2)
    assert warnings[0].startswith(said[0]) or warnings[-1].startswith(said[0])
    decided = given(OPENED).when(choose_priorities, NEW, items, model)
    (chosen,) = decided.facts
    assert isinstance(chosen, PrioritiesChosen)
    assert chosen.warnings == tuple(warnings)


@pytest.mark.parametrize(
    ("items", "model", "said"),
    [
        (["5.9"], 3, "ehsg-2022@1 has no descriptor 5.9. (see its items: guide show)"),
        (["5.1", "5.1"], 3, "5.1 is there twice."),
        (["5.1"], 7, "ehsg-2022@1 knows the data models 1 to 6, not 7."),
    ],
)
def test_a_choice_of_what_is_not_there_is_refused(items: list[str], model: int, said: str) -> None:
    """With what there is."""
    given(OPENED).when(choose_priorities, NEW, items, model).then_refused(said)


def test_the_same_choice_again_is_nothing() -> None:
    """A second click."""
    chosen = PrioritiesChosen(items=("9.1", "5.1", "6.1"), data_model=3, warnings=())
    given(OPENED, chosen).when(choose_priorities, NEW, chosen.items, 3).then_nothing()


def test_a_guide_without_data_models_or_a_rule_asks_for_none() -> None:
    """The guide of 2020 has neither."""
    assert selection_warnings(OLD, ["families-1"], None) == []
    given(OPENED).when(choose_priorities, OLD, ["families-1"], 2).then_refused(
        "ehsg-2020@1 has no data models. Leave the data model out."
    )


# -- permissions -------------------------------------------------------------------------------
def test_a_blank_permission_is_never_yes() -> None:
    """Until somebody says so there is no answer at all."""
    assert given(OPENED).state.permissions == {}


def test_a_permission_is_given_and_taken_back() -> None:
    """The same again is nothing."""
    yes, no = (PermissionSet(permission="dfe", granted=granted) for granted in (True, False))
    given(OPENED).when(set_permission, NEW, "dfe", granted=True).then(yes)
    given(OPENED, yes).when(set_permission, NEW, "dfe", granted=True).then_nothing()
    given(OPENED, yes).when(set_permission, NEW, "dfe", granted=False).then(no)
    assert given(OPENED, yes, no).state.permissions == {"dfe": False}


def test_a_permission_the_guide_does_not_ask_is_refused() -> None:
    """With those it asks, or that it asks none."""
    given(OPENED).when(set_permission, NEW, "press", granted=True).then_refused(
        "ehsg-2022@1 has no permission called press. It asks about: dfe, sf-coordinators, ogd."
    )
    given(OPENED).when(set_permission, OLD, "dfe", granted=True).then_refused("It asks for none.")


# -- sign-off ----------------------------------------------------------------------------------
def test_a_sign_off_names_the_role_it_is_made_in() -> None:
    """The person's name is sealed."""
    given(OPENED).when(sign_off, [], " Chair ", words("Pat")).then(SIGNED)
    given(OPENED).when(sign_off, [], " ", words("Pat")).then_refused("in which role you sign")


def test_nothing_is_signed_while_a_descriptor_has_no_outcome() -> None:
    """They are named, with what settles them."""
    given(OPENED).when(sign_off, ["5.1", "9.7"], "Chair", words("Pat")).then_refused(
        "No outcome stands yet for 5.1, 9.7. Settle each, then sign off. (settle one: moderate)"
    )


@pytest.mark.parametrize(
    "asked",
    [
        (choose_priorities, NEW, ["5.1"], 3),
        (sign_off, [], "Chair", words("Pat")),
    ],
    ids=["priorities", "sign-off"],
)
def test_nothing_changes_under_a_signature(asked: tuple[object, ...]) -> None:
    """It says how to take the signature back first."""
    decide, *rest = asked
    given(OPENED, SIGNED).when(decide, *rest).then_refused("signed off by the Chair")  # type: ignore[arg-type]
    given(OPENED, SIGNED).when(set_permission, NEW, "dfe", granted=True).then_refused(
        "(withdraw it: sign-off withdraw)"
    )


def test_a_sign_off_is_withdrawn_with_a_reason_and_stays_on_the_log() -> None:
    """After it the assessment may change again."""
    taken = SignOffWithdrawn(because=words("error"))
    given(OPENED, SIGNED).when(withdraw_sign_off, words("error")).then(taken)
    given(OPENED).when(withdraw_sign_off, words("error")).then_refused("is not signed off")
    assert given(OPENED, SIGNED, taken).state.signed_off is None


def test_the_panel_is_part_of_the_state() -> None:
    """By pseudonym."""
    assert given(OPENED, POLICE).state.panel == {"police-1": POLICE}
