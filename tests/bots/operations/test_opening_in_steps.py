"""Setting an assessment up as a coordinator types it: a file of people, and seven plain questions."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.ehsg import PANEL, Ran, ehsg

from bots.operations.form import Mistakes
from bots.operations.opening.terms_fields import Answers, fields_of, terms_of
from ehsg_events.kernel import Refused
from ehsg_events.policy.rules_file import by_agency, usual
from ehsg_events.values.policy import Policy, Rule, Step, Terms

OPEN = ("assessment", "open", "--guide", "ehsg-2022@1", "--area", "Testham")
HEAD = "name,agency,works_as,asked"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with an assessment that was opened with area and guide alone."""
    folder = tmp_path / "data"
    done = ehsg(folder, *OPEN)
    assert done.code == 0
    assert "nobody on the panel yet" in done.err
    return folder


def upload(data: Path, text: str, *words: str) -> Ran:
    """Hand a file of people in."""
    file = data.parent / "panel.csv"
    file.write_text(text, encoding="utf-8")
    return ehsg(data, "panel", "upload", str(file), "--json", *words)


def pseudonyms(done: Ran) -> list[str]:
    """Who joined."""
    return [person["id"] for person in done.document["panel"]]


# -- a file of people ------------------------------------------------------------------------------
def test_a_file_is_taken_whole(data: Path) -> None:
    """Like the one of an opening; everybody is named, and asked in the round that follows."""
    assert pseudonyms(upload(data, PANEL)) == ["police-1", "health-1", "schools-1", "council-1"]
    assert ehsg(data, "round", "open").code == 0


def test_a_file_with_mistakes_is_refused_with_each_at_its_place(data: Path) -> None:
    """And nobody of it joins."""
    done = upload(data, f"{HEAD}\nAnn Ashton,Police,Sergeant,5.1\n,Health,Visitor,99.9\n")
    assert done.code == 2
    assert "panel.csv, line 3, column 1: name is empty." in done.err
    assert "panel.csv, line 3, column 4: ehsg-2022@1 has no section or item called 99.9" in done.err
    assert ehsg(data, "panel").out.strip() == ""


def test_the_same_file_again_with_more_people_adds_those(data: Path) -> None:
    """Whoever is there by name and agency is left as they are, in a sentence; nobody is twice."""
    upload(data, PANEL)
    more = f"{PANEL}Eve Early,Police,Inspector,5.1\n"
    done = upload(data, more)
    assert pseudonyms(done) == ["police-2"]
    (said,) = [line for line in done.document["read_as"] if "already" in line]
    assert said.startswith("panel.csv: police-1, health-1, schools-1, council-1: on the panel")
    again = upload(data, more)
    assert (again.code, pseudonyms(again)) == (0, [])


def test_somebody_of_the_same_name_elsewhere_is_somebody_else(data: Path) -> None:
    """They get the next id of their own agency."""
    upload(data, PANEL)
    done = upload(data, f"{HEAD}\nAnn Ashton,Health,Nurse,5.1\nBob Bone,Police,Constable,5.1\n")
    assert pseudonyms(done) == ["health-2", "police-2"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Bob Bone,Police,Constable,5.1,police-1,", "police-1 is somebody else on the panel"),
        ("Ann Ashton,Police,Sergeant,5.1,police-1,", None),
        ("Bob Bone,Police,Constable,5.1,,T012AB/U034CD", "is police-1's on the panel"),
        ("Bob Bone,Plice,Constable,5.1,,", "did you mean Police"),
    ],
)
def test_an_id_an_address_or_an_agency_of_somebody_on_the_panel(
    data: Path, line: str, says: str | None
) -> None:
    """Theirs is theirs; of somebody else it is a mistake, at its cell."""
    head = f"{HEAD},id,slack"
    upload(data, f"{head}\nAnn Ashton,Police,Sergeant,5.1,police-1,T012AB/U034CD\n")
    done = upload(data, f"{head}\n{line}\n")
    if says is None:
        assert (done.code, pseudonyms(done)) == (0, [])
    else:
        assert done.code == 2
        assert "panel.csv, line 2, column" in done.err
        assert says in done.err


def test_an_agency_is_spelled_as_it_is_on_the_panel(data: Path) -> None:
    """However the file spells it; it counts once."""
    upload(data, PANEL)
    done = upload(data, f"{HEAD}\nBob Bone,POLICE,Constable,5.1\n")
    assert done.document["panel"] == [{"id": "police-2", "agency": "Police"}]


def test_whoever_was_forgotten_comes_back_under_no_id_of_theirs(data: Path) -> None:
    """An id that was somebody's names nobody else."""
    upload(data, PANEL)
    assert ehsg(data, "forget", "police-1", "--because", "by letter", "--for-good").code == 0
    done = upload(data, f"{HEAD},id\nAnn Ashton,Police,Sergeant,5.1,police-1\n")
    assert "police-1 was forgotten" in done.err
    assert pseudonyms(upload(data, f"{HEAD}\nBob Bone,Police,Constable,5.1\n")) == ["police-2"]


# -- seven plain questions -------------------------------------------------------------------------
def of(**answers: object) -> Terms:
    """The usual terms, changed by some answers."""
    return terms_of(Answers.model_validate(answers), usual())


def test_the_usual_terms_answer_every_question() -> None:
    """And given back as they are, they change nothing."""
    fields = fields_of(usual())
    assert fields == {
        "count": "people", "agreed": "75", "rounds": "2", "days": "10", "days_again": "5",
        "reminders": "7, 3, 1", "silence": "both", "shown": "figures-and-reasons",
    }  # fmt: skip
    assert fields.keys() == Answers.model_fields.keys()
    assert of(**fields) == usual()


@pytest.mark.parametrize(
    ("answers", "name"),
    [
        ({"count": "agencies"}, "within-one-by-agency"),
        ({"count": "people", "rounds": "3"}, "within-one"),
        ({"agreed": "80"}, "within-one-80"),
        ({"count": "agencies", "agreed": "66"}, "within-one-by-agency-66"),
    ],
)
def test_a_rule_with_other_numbers_has_another_name(answers: dict[str, str], name: str) -> None:
    """It is printed beside every figure, so no two rules are known by one."""
    assert of(**answers).rule.name == name
    assert terms_of(Answers(count="people", agreed=75), of(**answers)).rule.name == "within-one"


def test_a_rule_of_ones_own_keeps_its_name_until_it_changes() -> None:
    """Numbers that no question asks about stay."""
    own = Terms(rule=Rule(name="northvale", quorum_scores=5), policy=usual().policy)
    assert terms_of(Answers(rounds=1), own).rule == own.rule.model_copy(update={"rounds": 1})
    changed = terms_of(Answers(agreed=90), own).rule
    assert (changed.name, changed.quorum_scores) == ("within-one-90-here", 5)
    assert terms_of(Answers(count="agencies"), usual()).rule == by_agency()


@pytest.mark.parametrize(
    ("reminders", "days"),
    [
        ("7, 3, 1", (7, 3, 1)),
        ("1 3", (3, 1)),
        ("2 and 1", (2, 1)),
        ("none", ()),
        ("5,4,3,2,1", (5, 4, 3, 2, 1)),
    ],
)
def test_reminders_are_typed_as_people_write_them(reminders: str, days: tuple[int, ...]) -> None:
    """Farthest first, and nobody is promised fewer than are planned."""
    policy = of(reminders=reminders, silence="coordinator").policy
    assert policy.reminders == days
    assert policy.reminder_cap >= len(days)


@pytest.mark.parametrize(
    ("silence", "steps"),
    [
        ("nobody", ()),
        ("stand-in", (Step(to="backup", before=2),)),
        ("coordinator", (Step(to="coordinator", before=1),)),
    ],
)
def test_whoever_is_told_of_silence_is_the_ladder(silence: str, steps: tuple[Step, ...]) -> None:
    """Nobody else is told, and nobody before the person was reminded."""
    assert of(silence=silence).policy.escalation == steps


@pytest.mark.parametrize(
    ("answers", "field", "says"),
    [
        ({"reminders": "soon"}, "reminders", "Write working days"),
        ({"reminders": "0"}, "reminders", "1 to 120 working days"),
        ({"reminders": "1,2,3,4,5,6"}, "reminders", "more than 5 times"),
        ({"reminders": "none", "silence": "stand-in"}, "reminders", "never reminded"),
        ({"days": "1", "days_again": "1"}, "days", "use a smaller number"),
        ({"reminders": "5", "days": "3"}, "reminders", "use a smaller number"),
    ],
)
def test_a_mistake_stands_at_its_question(answers: dict[str, str], field: str, says: str) -> None:
    """In a sentence."""
    with pytest.raises(Refused, match=says) as refused:
        of(**answers)
    wrong = refused.value.wrong if isinstance(refused.value, Mistakes) else (refused.value,)
    assert {one.field for one in wrong} == {field}


def test_what_no_question_asks_about_stays(data: Path) -> None:
    """A second answer changes one thing, and a blank one none."""
    policy = Policy(zone="Europe/London", quiet=(), safeguarding="Ring the front door.")
    stands = Terms(rule=Rule(), policy=policy)
    assert terms_of(Answers.model_validate({"days": "8", "shown": ""}), stands).policy == (
        policy.model_copy(update={"working_days": 8})
    )
    assert ehsg(data, "terms", "choose", "--count", "agencies").code == 0
    done = ehsg(data, "terms", "choose", "--days", "8", "--json")
    assert done.document["rule"]["weights"] == "agencies"
    assert done.document["policy"]["working_days"] == 8


def test_terms_come_from_a_file_or_from_answers(data: Path) -> None:
    """From both it would not be clear which is meant; with neither there is nothing to choose."""
    file = data.parent / "terms.yaml"
    file.write_text("rule: within-one-by-agency\npolicy:\n  working_days: 7\n")
    done = ehsg(data, "terms", "choose", str(file), "--json")
    assert done.document["rule"] == by_agency().model_dump(mode="json")
    assert done.document["policy"]["working_days"] == 7
    assert ehsg(data, "terms", "choose", str(file), "--days", "8").code == 2
    assert "Answer one of the questions" in ehsg(data, "terms", "choose").err
    file.write_text("rule:\n  agreed_share: much\n")
    assert "terms.yaml, line 2" in ehsg(data, "terms", "choose", str(file)).err


# -- abandoned -------------------------------------------------------------------------------------
def test_what_was_abandoned_is_no_longer_the_newest(data: Path) -> None:
    """It is listed as that; by its id it can still be looked at."""
    first = ehsg(data, "assessment", "list", "--json").document[0]["assessment"]
    assert ehsg(data, "assessment", "abandon", "--because", "the wrong guide").code == 0
    assert "Every assessment in this folder was abandoned." in ehsg(data, "panel").err
    assert ehsg(data, *OPEN).code == 0
    listed = ehsg(data, "assessment", "list", "--json").document
    assert [one["abandoned"] for one in listed] == [True, False]
    assert "(abandoned)" in ehsg(data, "assessment", "list").out.splitlines()[0]
    assert ehsg(data, "round", "open").err.startswith("Nobody is on the panel yet")
    assert "was abandoned before anybody was asked" in ehsg(
        data, "trail", "--assessment", first
    ).out  # fmt: skip
    assert (
        "This assessment was abandoned" in ehsg(data, "round", "status", "--assessment", first).err
    )
