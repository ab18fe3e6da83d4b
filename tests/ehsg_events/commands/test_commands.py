"""What surfaces and flows call to change anything: each one decision, with its warnings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from support.area import CLOSES, OPENS, PANEL, Area, person

from ehsg_events.commands import assessments, outcomes, rounds
from ehsg_events.events import DissentRecorded, OutcomeModerated
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.rounds import lifecycle
from ehsg_events.states.streams import round_stream
from ehsg_events.values.policy import Policy, Terms
from guides import library

BANK_HOLIDAY = OPENS.replace(month=12, day=25, hour=17)


@pytest.fixture
def split(asked: Area) -> Area:
    """A first round that is measured: 5.1 in two camps, 5.2 agreed at 3."""
    for member, low_high in zip(PANEL, "0055", strict=True):
        asked.answer(member.id, "5.1", low_high)
        asked.answer(member.id, "5.2", "3")
    asked.advance(CLOSES)
    return asked


@pytest.fixture
def settled(split: Area) -> Area:
    """All of it has an outcome."""
    outcomes.moderate(split.log, split.stamp(), split.id, "5.1", "2", "between the camps")
    return split


# -- opening -----------------------------------------------------------------------------------
def test_a_guide_that_is_not_published_opens_nothing(log: Log) -> None:
    """It says which are; the log stays empty."""
    area = Area(log)
    with pytest.raises(Refused, match=r"No guide is called ehsg-2023@1\. Published are"):
        area.open(guide="ehsg-2023@1")
    assert area.facts == []


def test_an_altered_guide_opens_nothing(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is asked by a wording that was not published."""
    monkeypatch.setitem(library.published(), "ehsg-2022@1", "0" * 64)
    library.guide.cache_clear()
    with pytest.raises(Refused, match="was edited after it was published"):
        Area(log).open()
    library.guide.cache_clear()


def test_a_panel_that_cannot_agree_is_warned_of(log: Log) -> None:
    """The assessment opens all the same."""
    (warning,) = Area(log).open((person("police-1", "Police"),))
    assert warning.startswith("Fewer than two agencies are asked about 31 descriptors of 5")


def test_an_assessment_is_opened_once(area: Area) -> None:
    """Its panel cannot be replaced by opening it again."""
    before = area.facts
    with pytest.raises(Refused, match="is open already"):
        area.open(PANEL[:1])
    assert area.facts == before


def test_a_second_assessment_of_the_same_area_guide_and_year_asks(area: Area) -> None:
    """Else the running one would be out of sight: everything is done to the newest."""
    told = (area.log, area.stamp(), UUID(int=99))
    given = ("ehsg-2022@1", PANEL, Terms())
    with pytest.raises(Refused, match=f"not signed off: {area.id}. Go on with that one"):
        assessments.open_assessment(*told, " sefton ", *given, ask=True)
    assert len(list(area.log.assessments())) == 1
    assessments.open_assessment(*told, "Otherham", *given, ask=True)
    again = (area.log, area.stamp(), UUID(int=98))
    assessments.open_assessment(*again, "Sefton", *given)
    next_year = (area.log, area.stamp(datetime(2027, 10, 5, 8, tzinfo=UTC)), UUID(int=97))
    assessments.open_assessment(*next_year, "Sefton", *given, ask=True)


def test_a_signed_assessment_is_in_nobodys_way(settled: Area) -> None:
    """The next one of the same year opens without a question."""
    outcomes.sign_off(settled.log, settled.stamp(), settled.id, "Chair", "Pat Doe")
    told = (settled.log, settled.stamp(), UUID(int=99), "Sefton", "ehsg-2022@1", PANEL, Terms())
    assessments.open_assessment(*told, ask=True)


def test_opening_again_by_the_same_cause_is_silent(log: Log) -> None:
    """A start that was killed and is tried again."""
    area = Area(log)
    for _ in range(2):
        stamp = area.stamp(key="open-once")
        assessments.open_assessment(log, stamp, area.id, "Sefton", "ehsg-2022@1", PANEL, Terms())
    assert area.kinds().count("AssessmentOpened") == 1


# -- rounds ------------------------------------------------------------------------------------
def test_a_deadline_on_a_bank_holiday_is_warned_of(area: Area) -> None:
    """The round opens; the coordinator may know better."""
    (warning,) = area.open_round(deadline=BANK_HOLIDAY)
    assert "Friday 25 December 2026 is not a working day (Christmas Day)" in warning
    assert "RoundOpened" in area.kinds()


def test_a_deadline_that_has_passed_opens_nothing(area: Area) -> None:
    """Nobody is invited."""
    with pytest.raises(Refused, match="has passed"):
        area.open_round(deadline=OPENS - timedelta(days=1))
    assert "StakeholderInvited" not in area.kinds()


def test_only_one_round_is_open_at_a_time(asked: Area) -> None:
    """The refusal names the two ways on."""
    with pytest.raises(Refused, match="Round 1 is open until 5pm on Friday 23 October 2026"):
        asked.open_round()


def test_a_deadline_is_moved_with_a_reason(asked: Area) -> None:
    """Its words are sealed, its warning is told, and who is to be told by hand."""
    moved = rounds.extend_round(asked.log, asked.stamp(), asked.id, BANK_HOLIDAY, "snow")
    assert "is not a working day (Christmas Day)" in moved[0]
    assert asked.now.rounds[0].deadline == BANK_HOLIDAY
    with pytest.raises(Refused, match="Say why"):
        rounds.extend_round(asked.log, asked.stamp(), asked.id, CLOSES, "  ")


def test_people_are_given_less_time_than_they_were_told_only_on_purpose(asked: Area) -> None:
    """An earlier deadline asks; a later one does not."""
    earlier = CLOSES - timedelta(days=2)
    with pytest.raises(Refused, match="they have until 5pm on Friday 23 October 2026, and 5pm on"):
        rounds.extend_round(asked.log, asked.stamp(), asked.id, earlier, "haste", ask=True)
    assert asked.now.rounds[0].deadline == CLOSES
    rounds.extend_round(asked.log, asked.stamp(), asked.id, earlier, "haste")
    assert asked.now.rounds[0].deadline == earlier
    rounds.extend_round(asked.log, asked.stamp(), asked.id, CLOSES, "calm", ask=True)


def test_whoever_is_reminded_no_more_before_a_new_deadline_is_named(log: Log) -> None:
    """They had as many reminders as the policy allows; who has withdrawn is not among them."""
    area = Area(log)
    area.open(terms=Terms(policy=Policy(reminders=(3, 1), reminder_cap=1)))
    area.open_round()
    area.withdraw("health-1")
    reminded = CLOSES - timedelta(days=2, hours=6)
    area.advance(reminded)
    for who in ("police-1", "school-1", "school-2"):
        area.told(who, reminded, "reminder")
    at = area.stamp(CLOSES - timedelta(days=1))
    later = CLOSES + timedelta(days=14)
    said = " ".join(rounds.extend_round(area.log, at, area.id, later, "snow"))
    assert "Not reminded before the new deadline: police-1, school-1, school-2." in said


def test_closing_measures_at_once(asked: Area) -> None:
    """And again is refused."""
    rounds.close_round(asked.log, asked.stamp(), asked.id)
    assert asked.now.rounds[0].measured is not None
    with pytest.raises(Refused, match="Round 1 is closed"):
        rounds.close_round(asked.log, asked.stamp(), asked.id)


def test_the_coordinator_may_open_the_feedback_round_early(split: Area) -> None:
    """Only on what is unsettled, with a deadline of their own."""
    deadline = CLOSES + timedelta(days=11, hours=1)
    split.open_round(CLOSES + timedelta(hours=1), deadline)
    newest = split.now.rounds[-1]
    assert (newest.number, newest.items, newest.deadline) == (2, ("5.1",), deadline)
    assert split.advance(CLOSES + timedelta(days=4)) == []


def test_before_it_is_measured_no_round_follows(asked: Area) -> None:
    """A round that was closed and not measured yet is finished first."""
    asked.log.record(
        asked.stamp(),
        lambda tx: tx.decide(round_stream(asked.id, 1), *lifecycle.close(asked.now.rounds[0])),
    )
    with pytest.raises(Refused, match="Round 1 is closed, but not measured yet"):
        asked.open_round()


# -- settling ----------------------------------------------------------------------------------
def test_moderation_stands_with_its_reason_beside_the_figures(split: Area) -> None:
    """Unlike an adopted outcome it may be moderated again."""
    assert outcomes.moderate(split.log, split.stamp(), split.id, "5.1", "2", "why") == []
    fact = split.facts[-1].fact
    assert isinstance(fact, OutcomeModerated)
    assert (fact.score, fact.median, split.log.text(fact.because)) == (2, 2.5, "why")
    outcomes.moderate(split.log, split.stamp(), split.id, "5.1", "3", "why not")
    assert split.now.outcomes["5.1"].score == 3


def test_moderating_away_from_the_middle_score_is_warned_of(split: Area) -> None:
    """With both scores; of a half, either level beside it is the middle."""
    for level in ("2", "3"):
        assert outcomes.moderate(split.log, split.stamp(), split.id, "5.1", level, "why") == []
    (warning,) = outcomes.moderate(split.log, split.stamp(), split.id, "5.1", "4", "why")
    assert warning.startswith("The panel's middle score on 5.1 was 2.5, and you settled it at 4.")


def test_moderating_what_is_being_asked_again_is_warned_of(split: Area) -> None:
    """It stands, whatever people answer."""
    split.open_round(CLOSES + timedelta(hours=1), None)
    (warning,) = outcomes.moderate(split.log, split.stamp(), split.id, "5.1", "2", "why")
    assert warning.startswith("5.1 is being asked again until 5pm on Friday 30 October 2026.")


def test_nothing_is_moderated_before_a_round_was_measured(asked: Area) -> None:
    """Nor what no round asked about."""
    for item in ("5.1", "9.7"):
        with pytest.raises(Refused, match="has not been measured yet"):
            outcomes.moderate(asked.log, asked.stamp(), asked.id, item, "2", "why")


def test_dissent_is_kept_with_its_words(split: Area) -> None:
    """Sealed with the key of the person who objects."""
    outcomes.dissent(split.log, split.stamp(), split.id, "5.2", "police-1", "not so on nights")
    fact = split.facts[-1].fact
    assert isinstance(fact, DissentRecorded)
    assert split.log.text(fact.because) == "not so on nights"
    sealed = split.log.store.sealed(fact.because)
    assert sealed is not None
    assert sealed.person == "police-1"


@pytest.mark.parametrize(("items", "model"), [(["5.9"], None), (["5.1"], 9), (["big-1"], 3)])
def test_a_choice_of_what_is_not_there_is_refused(
    area: Area, items: list[str], model: int | None
) -> None:
    """In a sentence, whatever was asked for."""
    with pytest.raises(Refused):
        outcomes.choose_priorities(area.log, area.stamp(), area.id, items, model)


def test_priorities_and_permissions_are_facts(area: Area) -> None:
    """With the warnings that were shown."""
    warnings = outcomes.choose_priorities(area.log, area.stamp(), area.id, ["5.1"], 6)
    assert len(warnings) == 2
    outcomes.set_permission(area.log, area.stamp(), area.id, "dfe", granted=True)
    assert area.kinds()[-2:] == ["PrioritiesChosen", "PermissionSet"]


def test_a_settled_assessment_is_signed_and_the_signature_taken_back(settled: Area) -> None:
    """The name is sealed; in between nothing changes."""
    outcomes.sign_off(settled.log, settled.stamp(), settled.id, "Chair", "Pat Doe")
    for change in (
        lambda: outcomes.moderate(settled.log, settled.stamp(), settled.id, "5.1", "3", "x"),
        lambda: outcomes.dissent(settled.log, settled.stamp(), settled.id, "5.1", "police-1", "x"),
        lambda: settled.open_round(CLOSES),
    ):
        with pytest.raises(Refused, match="was signed off by the Chair"):
            change()
    outcomes.withdraw_sign_off(settled.log, settled.stamp(), settled.id, "a figure was wrong")
    outcomes.moderate(settled.log, settled.stamp(), settled.id, "5.1", "3", "x")
    assert settled.now.assessment.signed_off is None


def test_nothing_is_signed_before_it_is_settled(split: Area) -> None:
    """What no outcome stands for is named; what was never asked is not."""
    with pytest.raises(Refused, match=r"No outcome stands yet for 5\.1\. Settle each"):
        outcomes.sign_off(split.log, split.stamp(), split.id, "Chair", "Pat")


def test_nothing_is_signed_while_a_round_is_open_or_without_one(area: Area) -> None:
    """Close it first."""
    for _ in range(2):
        with pytest.raises(Refused, match="A round is still open or none was held"):
            outcomes.sign_off(area.log, area.stamp(), area.id, "Chair", "Pat")
        if not area.now.rounds:
            area.open_round()


def test_one_assessment_knows_nothing_of_another(split: Area) -> None:
    """Same people, same items, same log: streams of their own."""
    other = Area(split.log, UUID(int=8))
    other.open()
    other.open_round()
    assert other.now.outcomes["5.2"].score is None
    assert other.interview("police-1").answers == {}
