"""What the rules mean for the panel, said the same on the page, beside each question and by command."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from support.area import OPENS, person
from support.story.states import DeskSite, Told, desk_site
from support.web.desk import named, signed_in
from support.web.filling import boxes_of, say_yes, send

from bots.operations.opening.terms_fields import OfTimes, fields_of_times
from bots.operations.policy_status import meaning_here, policy_stands
from bots.phrases.pages.forms.at_stake import AT_STAKE
from bots.phrases.pages.operations import label_of
from ehsg_events.commands.opening.terms import choose_terms
from ehsg_events.log.log import Log
from ehsg_events.policy.rules_file import usual
from ehsg_events.values.policy import Policy, Rule, Step, Terms


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskSite]:
    """Before the first round, and after one."""
    with desk_site(tmp_path_factory.mktemp("rules"), "prepared", "closed") as one:
        yield one


@pytest.mark.parametrize("state", ["prepared", "closed"])
def test_page_and_command_say_the_same_of_every_question(place: DeskSite, state: str) -> None:
    """In the words of one source."""
    where = place.areas[state].id
    mine = signed_in(place, named(place, "coordinator", where), where)
    means = meaning_here(place.log, where, place.clock())
    rules = unescape(mine.get("/read/rules").text)
    command = policy_stands(place.log, where, place.clock()).stands or ""
    assert means
    for field, says in means.items():
        assert says in rules
        assert label_of("terms choose", field) in rules
        assert says in command.splitlines()


def test_beside_each_question_stands_what_its_answer_means(place: DeskSite) -> None:
    """Whoever hears the page hears it with the question."""
    where = place.areas["prepared"].id
    mine = signed_in(place, named(place, "coordinator", where), where)
    form = unescape(mine.get("/read/terms-choose").text)
    for field, says in meaning_here(place.log, where, place.clock()).items():
        assert says in form
        assert f'id="{field}-means"' in form
        assert f"{field}-means" in form[form.index("aria-describedby") :]


def test_after_a_round_its_length_is_changed_by_the_same_plain_questions(place: DeskSite) -> None:
    """With what stands chosen already; the rule is asked no more, and nobody needs a file."""
    where = place.areas["closed"].id
    mine = signed_in(place, named(place, "coordinator", where), where)
    page = unescape(mine.get("/read/policy-choose").text)
    for field in OfTimes.model_fields:
        assert f'name="{field}"' in page
        assert f"{label_of('terms choose', field)}" in page
    assert not re.search(r'name="(count|agreed|rounds)"', page)
    assert re.search(r'value="figures-and-reasons" checked|value="figures" checked', page)
    assert "The group's figures" in page
    before = place.log.assessment(where)
    shown = send(mine, "policy choose", days_again="4", reminders="2, 1")
    assert say_yes(mine, shown).url.path == "/read/rules"
    after = place.log.assessment(where)
    assert (after.policy.feedback_working_days, after.policy.reminders) == (4, (2, 1))
    assert after.rule == before.rule
    assert after.policy.working_days == before.policy.working_days
    refused = send(mine, "policy choose", reminders="soon")
    assert refused.status_code == 422
    assert 'href="#reminders"' in refused.text


def test_before_it_is_chosen_it_says_what_another_answer_would_mean(tmp_path: Path) -> None:
    """In the sentences in which it is said how it stands, of each question that it changes."""
    with desk_site(tmp_path, "prepared") as place:
        where = place.areas["prepared"].id
        mine = signed_in(place, named(place, "coordinator", where), where)
        stands = meaning_here(place.log, where, place.clock())
        shown = send(mine, "terms choose", count="agencies", days="3")
        told = unescape(shown.text)
        assert "were chosen by Jane Quill (coordinator-1)" in told
        told = told[told.index(AT_STAKE) : told.index("<form")]
        assert place.log.assessment(where).rule.weights == "people"
        assert say_yes(mine, shown).url.path == "/read/rules"
        means = meaning_here(place.log, where, place.clock())
        changed = [field for field in means if means[field] != stands.get(field)]
        assert {"count", "days"} <= {*changed} < {*means}
        for field, says in means.items():
            line = f"{label_of('terms choose', field)}: {says}"
            assert (line in told) is (field in changed), field


def test_a_file_goes_with_the_answers_that_stand_already(place: DeskSite) -> None:
    """The page has chosen them before she came, and there is no way to take a choice back."""
    where = place.areas["closed"].id
    mine = signed_in(place, named(place, "coordinator", where), where)
    policy = place.log.assessment(where).policy
    stands = {"shown": policy.shown, "silence": fields_of_times(policy)["silence"]}
    sent = boxes_of(mine.get("/read/policy-choose").text) | stands
    files = {"file": ("policy.yaml", b"policy:\n  working_days: 15\n")}
    shown = mine.post("/read/policy-choose", data=sent, files=files)
    assert say_yes(mine, shown).url.path == "/read/rules"
    assert place.log.assessment(where).policy.working_days == 15


def say(folder: Path, terms: Terms, *agencies: str) -> dict[str, str]:
    """What terms mean to a panel with somebody of each agency for each time it is named."""
    area = Told(Log(folder))
    panel = [person(f"somebody-{n}", agency) for n, agency in enumerate(agencies, start=1)]
    area.open(tuple(panel))
    choose_terms(area.log, area.stamp(), area.id, terms)
    return meaning_here(area.log, area.id, OPENS)


def test_the_numbers_are_those_of_this_panel(tmp_path: Path) -> None:
    """How many, of how many agencies; as what an agency weighs; what can never be agreed."""
    five = ("Health",) * 3 + ("Police", "Schools")
    people = say(tmp_path / "people", Terms(), *five)
    assert people["count"].startswith("5 people of 3 agencies")
    assert "5.1: 5 people of 3 agencies. It needs 3 scores, from 2 agencies." in people["agreed"]
    assert "4 must stand near the middle score" in people["agreed"]
    agencies = say(tmp_path / "agencies", Terms(rule=Rule(weights="agencies")), *five)
    assert agencies["count"] == "3 agencies, each counted once: Health's 3 people weigh as one."
    assert "Of all agencies' weight at least 75% must stand near" in agencies["agreed"]
    thin = say(tmp_path / "thin", Terms(), "Health", "Health")
    assert "can never be agreed by this panel" in thin["agreed"]


@pytest.mark.parametrize("weights", ["people", "agencies"])
def test_another_share_means_something_else(tmp_path: Path, weights: str) -> None:
    """Whoever counts: or what she changed would not be told before the yes."""
    many = ("Health",) * 8 + ("Police",) * 4
    said = [
        say(tmp_path / str(share), Terms(rule=Rule(weights=weights, agreed_share=share)), *many)  # type: ignore[arg-type]
        for share in (0.6, 0.75, 0.9)
    ]
    assert len({one["agreed"] for one in said}) == 3


def test_nothing_is_said_that_the_policy_does_not_do(tmp_path: Path) -> None:
    """Nobody reminded, nobody told, nothing shown; and the other way round."""
    quiet = Policy(reminders=(), shown="nothing")
    said = say(tmp_path / "quiet", Terms(rule=Rule(rounds=1), policy=quiet), "Health", "Police")
    assert said["reminders"] == "Nobody is reminded by the clock."
    assert "Nobody else" in said["silence"]
    assert "days_again" not in said
    told = usual().policy.model_copy(update={"escalation": (Step(to="coordinator", before=1),)})
    said = say(tmp_path / "told", Terms(policy=told), "Health", "Police")
    assert "The coordinators would be told of silence" in said["silence"]
    assert "would go on" in said["reminders"]
    assert "would open" in said["days_again"]


def test_nobody_on_the_panel_is_said_and_nothing_more_of_it(tmp_path: Path) -> None:
    """The days are known all the same."""
    said = say(tmp_path, Terms())
    assert said["count"] == "Nobody is on the panel yet."
    assert "agreed" not in said
    assert said["days"]
