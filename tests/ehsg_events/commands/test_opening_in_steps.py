"""An assessment is set up in steps, each a fact: opened, its panel handed in, its terms chosen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
from support.area import CLOSES, OPENS, PANEL, SEFTON, SMALL, Area, person

from bots.messages.queue import Promises
from ehsg_events.commands import assessments, links, outcomes, panel, people, planning, rounds
from ehsg_events.commands.opening import abandonment, panel_upload, terms
from ehsg_events.commands.people import Contact, Opener, opener_of
from ehsg_events.commands.sign_in import ask
from ehsg_events.events import (
    AssessmentAbandoned,
    RetentionAnnounced,
    StakeholderInvited,
    TermsChosen,
)
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.log.log import Log
from ehsg_events.policy.rules_file import by_agency, usual
from ehsg_events.rights import access, forgetting
from ehsg_events.rights.retention import is_over, kept
from ehsg_events.rights.retention_by_itself import Destroyed, advance
from ehsg_events.rounds.milestones import coming
from ehsg_events.states.streams import assessment_stream
from ehsg_events.values.policy import Rule, Terms
from projections.facts.view import view_at
from projections.results.results import trail
from projections.verification.verification import kept_in, verified

BY_AGENCY = Terms(rule=by_agency(), policy=usual().policy)
LENIENT = Terms(rule=Rule(name="lenient", agreed_share=0.51, quorum_invited=0.5))
MAIL = "jane@council.example.org"


@pytest.fixture
def empty(log: Log) -> Area:
    """An assessment that was opened with its area and its guide, and nothing else."""
    area = Area(log)
    area.open(panel=(), terms=usual())
    return area


def upload(area: Area, *members: str) -> tuple[str, ...]:
    """Some of the panel join, or all of it."""
    joining = [one for one in PANEL if one.id in members or not members]
    return panel_upload.upload(area.log, area.stamp(), area.id, joining)


def choose(area: Area, chosen: Terms = BY_AGENCY) -> bool:
    """The coordinator chooses the terms."""
    return terms.choose_terms(area.log, area.stamp(), area.id, chosen)


def abandon(area: Area) -> None:
    """The coordinator abandons it."""
    abandonment.abandon(area.log, area.stamp(), area.id, "the wrong guide")


# -- opened with what is known ---------------------------------------------------------------------
def test_area_and_guide_are_enough(empty: Area) -> None:
    """One fact, with the usual terms; nobody is warned about a panel that is still to come."""
    assert empty.kinds() == ["AssessmentOpened"]
    assert (empty.now.assessment.rule, empty.now.assessment.panel) == (usual().rule, {})


def test_an_empty_panel_opens_no_round(empty: Area) -> None:
    """The refusal says what to hand in; nor is an opening planned."""
    with pytest.raises(Refused, match="Nobody is on the panel yet") as refused:
        empty.open_round()
    assert [way.to for way in refused.value.ways] == ["panel upload", "panel add"]
    with pytest.raises(Refused, match="Nobody is on the panel yet"):
        planning.plan_opening(empty.log, empty.stamp(), empty.id, CLOSES, None)


def test_who_opens_it_coordinates_it_in_the_same_transaction(log: Log) -> None:
    """The name and the addresses are sealed, and nothing is recorded of a mistake in them."""
    area = Area(log)
    for wrong in (Opener(" "), Opener("Jane Smith", Contact(email="nowhere"))):
        with pytest.raises(Refused):
            _opened_by(area, wrong)
    assert area.kinds() == []
    _opened_by(area, Opener(" Jane Smith ", Contact(email=MAIL)))
    assert area.kinds() == ["AssessmentOpened", "CoordinatorNamed"]
    assert len({one.stamp.key for one in area.facts}) == 1
    again = opener_of(log, area.id, "coordinator-1")
    assert again == Opener("Jane Smith", Contact(None, MAIL))
    assert "Jane" not in str(area.facts)


def _opened_by(area: Area, opener: Opener) -> None:
    assessments.open_assessment(
        area.log, area.stamp(), area.id, "Sefton", "ehsg-2022@1", (), usual(), coordinator=opener
    )


def test_next_years_assessment_names_the_same_person(empty: Area) -> None:
    """With the same addresses; nobody else is."""
    log, next_year = empty.log, UUID(int=8)
    people.name_coordinator(log, empty.stamp(), empty.id, "Jane Smith", Contact(email=MAIL))
    opener = opener_of(log, empty.id, "coordinator-1")
    assessments.open_assessment(
        log, empty.stamp(), next_year, "Sefton", "ehsg-2022@1", (), usual(), coordinator=opener
    )
    named = log.assessment(next_year).coordinators["coordinator-1"]
    assert (log.text(named.name), log.text(named.email)) == ("Jane Smith", MAIL)
    with pytest.raises(Refused, match="Nobody coordinates as police-1"):
        opener_of(log, empty.id, "police-1")


# -- the panel -------------------------------------------------------------------------------------
def test_a_whole_file_joins_in_one_transaction(empty: Area) -> None:
    """And what stands is what an opening with the same people would have made."""
    assert upload(empty) == ()
    joined = [one for one in empty.facts if one.version > 1]
    assert [type(one.fact).__name__ for one in joined] == ["StakeholderAdded"] * len(PANEL)
    assert len({one.stamp.key for one in joined}) == 1
    empty.open_round()
    assert set(empty.now.rounds[0].invited) == {one.id for one in PANEL}


def test_who_comes_in_the_middle_of_a_round_is_invited_at_once(empty: Area) -> None:
    """If it asks any of their items."""
    upload(empty, "police-1", "health-1")
    empty.open_round()
    late = [person("school-1", "Schools"), person("school-2", "Schools", ("9.5",))]
    invited = panel_upload.upload(empty.log, empty.stamp(), empty.id, late)
    assert invited == ("school-1",)
    assert [o.fact.invited for o in empty.facts if isinstance(o.fact, StakeholderInvited)][-1:] == [
        "school-1"
    ]


def test_one_who_is_there_keeps_all_of_them_out(empty: Area) -> None:
    """Whoever read the file before somebody else joined is told, and nothing is half-done."""
    upload(empty, "police-1")
    before = empty.kinds()
    with pytest.raises(Refused, match="police-1: somebody joined the panel meanwhile"):
        upload(empty)
    assert empty.kinds() == before


# -- the terms -------------------------------------------------------------------------------------
def test_the_terms_that_were_chosen_last_stand(empty: Area) -> None:
    """The same again is no fact; the trail says who chose which."""
    assert choose(empty, LENIENT)
    assert choose(empty)
    assert not choose(empty)
    assert (empty.now.assessment.rule, empty.now.assessment.policy) == (
        BY_AGENCY.rule, BY_AGENCY.policy,
    )  # fmt: skip
    said = [step.says for step in trail(view_at(empty.log, empty.id))]
    assert "The terms were chosen by coordinator: the rule within-one-by-agency" in said[-1]
    assert len(said) == 3


def test_terms_are_refused_once_a_round_has_opened(empty: Area) -> None:
    """The rule is chosen before anybody answers; the policy still can be."""
    upload(empty)
    empty.open_round()
    with pytest.raises(Refused, match="A round has opened") as refused:
        choose(empty)
    assert [way.to for way in refused.value.ways] == ["policy choose"]
    planning.choose_policy(empty.log, empty.stamp(), empty.id, LENIENT.policy)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (Rule(name="half", agreed_share=0.5), "agreed_share 0.5"),
        (Rule(quorum_scores=1), "own answer"),
    ],
)
def test_terms_that_contradict_themselves_are_refused(empty: Area, rule: Rule, why: str) -> None:
    """With every sentence, and nothing is recorded."""
    with pytest.raises(Refused, match=why):
        choose(empty, Terms(rule=rule))
    assert empty.kinds() == ["AssessmentOpened"]


def test_what_is_measured_is_the_rule_that_stands(empty: Area) -> None:
    """By Python and by SQL, in a view, in one that goes on from before, and in what is verified."""
    view_at(empty.log, empty.id).ask("SELECT count(*) FROM fact")
    upload(empty)
    choose(empty, LENIENT)
    empty.open_round()
    view_at(empty.log, empty.id).ask("SELECT count(*) FROM fact")
    empty.everyone("5.1", "3", "3", "3", "0")  # agreed by 51 %, and by the usual rule, too
    empty.everyone("5.2", "1", "1", "3", "3")
    rounds.close_round(empty.log, empty.stamp(), empty.id)
    assert empty.measured.rule == "lenient"
    verdicts = {one.item: one.verdict for one in empty.measured.measures}
    sql = "SELECT item, verdict FROM consensus WHERE item IN ('5.1', '5.2')"
    with closing(Log(empty.log.folder)) as fresh:
        for log in (empty.log, fresh):
            view = view_at(log, empty.id)
            found = {row["item"]: row["verdict"] for row in view.ask(sql)}
            assert found == {item: verdicts[item] for item in found}
            assert found
            assert view.state.rule == LENIENT.rule
    assert verified(kept_in(empty.log.folder)).whole


def test_what_stood_before_terms_were_chosen_can_be_looked_at(empty: Area) -> None:
    """As of then, with the rule of then."""
    later = empty.stamp(OPENS + timedelta(hours=1))
    terms.choose_terms(empty.log, later, empty.id, BY_AGENCY)
    assert view_at(empty.log, empty.id, "1").state.rule == usual().rule
    assert view_at(empty.log, empty.id).state.rule == BY_AGENCY.rule


def test_nothing_personal_is_chosen_into_the_clear(empty: Area) -> None:
    """A policy's own words are looked at whenever they come."""
    route = LENIENT.policy.model_copy(update={"safeguarding": "Ring Jane on 07700 900123."})
    with pytest.raises(Refused, match="telephone number"):
        choose(empty, LENIENT.model_copy(update={"policy": route}))


# -- abandoned -------------------------------------------------------------------------------------
WRITES: dict[str, Callable[[Area], object]] = {
    "panel upload": upload,
    "panel add": lambda a: panel.join(a.log, a.stamp(), a.id, person("police-9", "Police")),
    "panel correct": lambda a: panel.correct(
        a.log, a.stamp(), a.id, "police-1", panel.Correction(language="cy")
    ),
    "terms choose": choose,
    "policy choose": lambda a: planning.choose_policy(a.log, a.stamp(), a.id, LENIENT.policy),
    "round plan": lambda a: planning.plan_opening(a.log, a.stamp(), a.id, CLOSES, None),
    "round open": lambda a: a.open_round(),
    "coordinator add": lambda a: people.name_coordinator(a.log, a.stamp(), a.id, "Jane Smith"),
    "link": lambda a: links.issue(a.log, a.stamp(), a.id, "police-1"),
    "local term": lambda a: assessments.explain_term(
        a.log, a.stamp(), a.id, "lead-practitioner", "a family support worker"
    ),
    "permission": lambda a: outcomes.set_permission(a.log, a.stamp(), a.id, "dfe", granted=True),
    "assessment abandon": abandon,
}


@pytest.mark.parametrize("write", WRITES)
def test_nothing_more_is_recorded_in_what_was_abandoned(empty: Area, write: str) -> None:
    """Whatever is tried is refused with a sentence and a way out."""
    upload(empty)
    abandon(empty)
    before = empty.kinds()
    with pytest.raises(Refused):
        WRITES[write](empty)
    assert empty.kinds() == before


def test_the_sentence_says_what_is_so(empty: Area) -> None:
    """And what can be done instead."""
    abandon(empty)
    with pytest.raises(
        Refused, match="This assessment was abandoned and stays as it is"
    ) as refused:
        choose(empty)
    assert [way.to for way in refused.value.ways] == ["assessment open"]


def test_whoever_was_on_the_panel_keeps_their_rights(empty: Area) -> None:
    """They can have what is kept of them, and be forgotten."""
    upload(empty)
    abandon(empty)
    access.give(empty.log, empty.stamp(), empty.id, "police-1")
    forgetting.forget(empty.log, empty.stamp(), empty.id, "police-1", "by letter")
    assert empty.now.assessment.forgotten == {"police-1"}


def test_it_stands_among_no_others(empty: Area) -> None:
    """It is no assessment that anything is done in, and keeps nobody from opening another."""
    empty.log.raise_watermark(OPENS, OPENS)
    planned = OPENS + timedelta(days=7)
    upload(empty)
    planning.plan_opening(empty.log, empty.stamp(), empty.id, planned, None)
    abandon(empty)
    assert empty.log.assessments() == []
    assert [one for one, *_ in empty.log.every_assessment()] == [SEFTON]
    assert coming(empty.now.assessment, None) == (0, [])
    assert empty.advance(planned) == []
    assessments.open_assessment(
        empty.log, empty.stamp(), UUID(int=8), "Sefton", "ehsg-2022@1", PANEL, SMALL, ask=True
    )
    assert [one for one, *_ in empty.log.assessments()] == [UUID(int=8)]


def test_its_names_are_kept_no_longer_than_was_promised(empty: Area) -> None:
    """It is over, so what the policy says of the end holds."""
    upload(empty)
    assert not is_over(empty.log, empty.id)
    abandon(empty)
    assert is_over(empty.log, empty.id)
    assert [one.assessment for one in kept(empty.log, OPENS)] == [SEFTON]


def test_nothing_of_it_goes_out_that_was_owed_before(empty: Area) -> None:
    """A way in to read it does, if it is asked for from then on."""
    people.name_coordinator(empty.log, empty.stamp(), empty.id, "Jane Smith", Contact(email=MAIL))
    ask(empty.log, empty.stamp(key="asked"), MAIL)
    promises = Promises(empty.log.folder)
    promises.take(empty.log.all())
    assert [*promises.waiting] == [(SEFTON, "coordinator-1")]
    abandon(empty)
    before = empty.facts[-1].position
    promises.take(empty.log.all(before - 1))
    assert promises.waiting == {}
    ask(empty.log, empty.stamp(key="asked again"), MAIL)
    promises.take(empty.log.all(before))
    assert [one.kind for one in promises.waiting[SEFTON, "coordinator-1"].values()] == ["sign-in"]


def test_once_people_were_asked_it_cannot_be_abandoned(empty: Area) -> None:
    """The way out is to close the round, or to sign off."""
    upload(empty)
    empty.open_round()
    with pytest.raises(Refused, match="people were asked") as refused:
        abandon(empty)
    assert [way.to for way in refused.value.ways] == ["round close", "sign-off"]
    rounds.close_round(empty.log, empty.stamp(), empty.id)
    with pytest.raises(Refused, match="people were asked") as refused:
        abandon(empty)
    assert [way.to for way in refused.value.ways] == ["sign-off"]


def test_a_reason_is_needed_and_sealed(empty: Area) -> None:
    """As every other reason is."""
    with pytest.raises(Refused):
        abandonment.abandon(empty.log, empty.stamp(), empty.id, " ")
    abandon(empty)
    fact = empty.facts[-1].fact
    assert isinstance(fact, AssessmentAbandoned)
    assert empty.log.text(fact.because) == "the wrong guide"


# -- the machine stops between two steps -----------------------------------------------------------
def test_a_machine_that_stops_between_two_steps_loses_neither(tmp_path: Path) -> None:
    """Whatever was said to be recorded is there when the log is opened again."""
    steps: list[Callable[[Area], object]] = [
        lambda a: a.open(panel=(), terms=usual()),
        lambda a: upload(a, "police-1", "health-1"),
        choose,
        lambda a: upload(a, "school-1", "school-2"),
        lambda a: a.open_round(),
    ]
    causes = count()
    for step in steps:
        log = Log(tmp_path)
        step(Area(log, SEFTON, causes))
        log.close()
    log = Log(tmp_path)
    now = Area(log).now
    assert now.assessment.rule == BY_AGENCY.rule
    assert set(now.rounds[0].invited) == {one.id for one in PANEL}
    chosen = [one.fact for one in log.facts(assessment_stream(SEFTON))]
    assert sum(isinstance(fact, TermsChosen) for fact in chosen) == 1
    log.close()


def test_what_was_promised_of_its_names_is_kept_by_itself(log: Log) -> None:
    """Announced two weeks before, and then destroyed; the reason and the agencies stand."""
    area, until = Area(log), date(2026, 12, 31)
    policy = usual().policy.model_copy(update={"kept_until": until})
    area.open(panel=(), terms=Terms(rule=usual().rule, policy=policy))
    upload(area)
    abandon(area)
    announced = datetime(2026, 12, 20, 3, tzinfo=UTC)
    assert isinstance(advance(log, clock(area, announced), area.id), RetentionAnnounced)
    assert isinstance(advance(log, clock(area, announced), area.id), RetentionAnnounced)
    later = announced + timedelta(days=30)
    assert isinstance(advance(log, clock(area, later), area.id), Destroyed)
    state = area.now.assessment
    assert state.forgotten == {one.id for one in PANEL}
    assert {one.agency for one in state.panel.values()} == {one.agency for one in PANEL}


def clock(area: Area, at: datetime) -> Stamp:
    """The clock's stamp."""
    return area.stamp(at, by="clock", role="clock")
