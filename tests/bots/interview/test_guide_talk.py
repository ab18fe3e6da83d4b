"""What the format carries, as a person meets it: numbers, parts, roles, notes, another language."""

from __future__ import annotations

import pytest
import yaml
from support.area import Area, person

from bots.interview import prompts
from bots.interview.record import hear, talk_of
from bots.interview.said import Said
from bots.interview.talk import Talk
from ehsg_events.events import AnswerGiven, StakeholderAdded
from ehsg_events.interview import answers
from ehsg_events.interview.numbers import read_number
from ehsg_events.kernel import Refused
from ehsg_events.log.log import Log
from ehsg_events.panel.panel_file import read_panel
from ehsg_events.panel.panel_table import table_of
from ehsg_events.states.interview import Answer, Interview, Sitting
from ehsg_events.values.exposure import Exposure
from guides import library
from guides.local import LocalNotes
from guides.mistakes import check
from guides.model import Guide, Number

OLD, NEW = library.guide("ehsg-2020@1").guide, library.guide("ehsg-2022@1").guide
PLAN = library.guide("nw-2013@1")
FAMILIES = Number(unit="families", minimum=0)
HEAD = "name,agency,works_as,asked,language\n"


@pytest.mark.parametrize(
    ("said", "number"),
    [("0", 0), ("1,250", 1250), ("12.5", 12.5), (" 7 families ", 7), ("£3", 3), ("1250", 1250)],
)
def test_a_number_is_read_as_people_type_it(said: str, number: float) -> None:
    """With its unit, with commas, with a decimal point; 0 is a number."""
    assert read_number(FAMILIES, "kpi-1", said) == number


@pytest.mark.parametrize(
    "said", ["about 12", "1,25", "12-15", "", "twelve", "1e3", "nan", "١٢", "-1"]
)
def test_what_is_no_number_is_refused_with_an_example(said: str) -> None:
    """Nobody's guess is turned into a figure."""
    with pytest.raises(Refused, match=r"kpi-1 takes a number \(families, 0 or more\)"):
        read_number(FAMILIES, "kpi-1", said)


def test_a_number_beyond_its_bounds_is_refused() -> None:
    """A share of 140% is a slip of the hand."""
    with pytest.raises(Refused, match=r"\(%, 0 to 100\), not 140%"):
        read_number(Number(unit="%", minimum=0, maximum=100), "kpi-2", "140%")


def test_a_number_is_an_answer_and_no_score() -> None:
    """It stands beside its unit, and no consensus is measured of it."""
    sitting = Sitting(PLAN.guide, PLAN.digest, ("kpi-1",), "first", closed=False, deadline="x")
    (given,) = answers.answer(Interview(started=True), sitting, "kpi-1", "1,250")
    assert isinstance(given, AnswerGiven)
    assert (given.kind, given.number, given.score, given.level) == ("number", 1250, None, None)
    assert "kpi-1" not in PLAN.guide.descriptors


def test_facts_without_the_newer_fields_still_read() -> None:
    """An answer recorded before there were numbers, a person added before there were languages."""
    exposure = Exposure(guide="g", wording="w", language="en")
    old = AnswerGiven(item="5.1", kind="score", level="0", score=0, exposure=exposure)
    plain = old.model_dump(mode="json")
    del plain["number"]
    assert AnswerGiven.model_validate(plain) == old
    assert StakeholderAdded.model_fields["language"].default == "en"


@pytest.mark.parametrize(
    ("guide", "word", "many"),
    [(OLD, "system", 41), (OLD, "data", 26), (OLD, "big-questions", 3), (PLAN.guide, "planning", 21),
     (PLAN.guide, "planner", 21), (PLAN.guide, "resources", 13), (PLAN.guide, "analyst", 17)],
)  # fmt: skip
def test_the_panel_is_asked_by_part_role_or_section(guide: Guide, word: str, many: int) -> None:
    """The data questionnaire and the big questions of 2020 go to other people than the rest."""
    (member,) = read_panel(table_of(f"{HEAD}Ann,Police,x,{word},\n", "panel.csv"), guide).members
    assert len(member.items) == many


def test_a_language_the_guide_cannot_be_asked_in_is_refused_at_its_column() -> None:
    """With those it can."""
    with pytest.raises(
        Refused, match=r"line 2, column 5: ehsg-2022@1 cannot be asked in fr; .* en, cy"
    ):
        read_panel(
            table_of(f"{HEAD}Ann,Police,x,5,fr\n", "panel.csv"),
            NEW,
            languages=library.languages("ehsg-2022@1"),
        )


def asked_in_welsh(area: Area) -> Area:
    """One of the panel is asked in Welsh about a section that is rendered and one that is not."""
    welsh = person("police-1", "Police", ("5.1", "6.1"))
    area.open(
        panel=(welsh.__class__(**{**vars(welsh), "language": "cy"}), person("health-1", "Health"))
    )
    area.open_round()
    return area


def talk(area: Area, who: str = "police-1") -> Talk:
    """The talk with one of the panel."""
    return talk_of(area.log, area.id, who, area.stamp().at)[1]


def test_a_person_is_asked_in_welsh_where_there_is_welsh(log: Log) -> None:
    """The rest stays English, and each answer remembers in which language it was asked."""
    area = asked_in_welsh(Area(log))
    hear(log, area.stamp(by="police-1"), area.id, "police-1", Said("words", "start"))
    shown = prompts.screen(talk(area)).text
    assert "Ymgysylltu â theuluoedd" in shown
    assert "cyfieithiad answyddogol" in shown
    assert "Heb ddechrau" in shown
    area.answer("police-1", "5.1", "3")
    area.answer("police-1", "6.1", "3")
    given = [one.fact for one in area.facts if isinstance(one.fact, AnswerGiven)]
    assert [fact.exposure.language for fact in given] == ["cy", "en"]
    english = [NEW.wording_digest(item) for item in ("5.1", "6.1")]
    assert [
        fact.exposure.wording == digest for fact, digest in zip(given, english, strict=True)
    ] == [
        False,
        True,
    ]
    assert area.interview("police-1").answers["5.1"] == Answer("score", "3", 3)


def test_another_language_changes_words_and_nothing_else() -> None:
    """The same items on the same levels with the same scores."""
    welsh = library.wording("ehsg-2022@1", "cy").guide
    assert list(welsh.items) == list(NEW.items)
    for item in NEW.descriptors:
        levels = zip(NEW.scale_of(item).levels, welsh.scale_of(item).levels, strict=True)
        assert all((one.value, one.score) == (two.value, two.score) for one, two in levels)


NOTES = (
    "guide: ehsg-2022@1\nversion: 1\narea: Testham\nnotes:\n  '5.1': Think of the parents' forum.\n"
)


def test_a_local_note_is_shown_as_local_and_stamped(log: Log) -> None:
    """The area's own guidance never passes for the guide's."""
    notes, _ = check(NOTES, lambda _: NEW)
    assert isinstance(notes, LocalNotes)
    library.publish(notes, NOTES.encode(), log.folder)
    area = Area(log)
    area.open()
    area.open_round()
    hear(log, area.stamp(by="police-1"), area.id, "police-1", Said("words", "start"))
    assert "\nLocal note: Think of the parents' forum." in prompts.screen(talk(area)).text
    area.answer("police-1", "5.1", "3")
    (given,) = (one.fact for one in area.facts if isinstance(one.fact, AnswerGiven))
    assert given.exposure.wording == NEW.wording_digest("5.1", "Think of the parents' forum.")
    assert given.exposure.wording != NEW.wording_digest("5.1")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (NOTES.replace("5.1", "5.9"), "asks no item called 5.9"),
        (NOTES.replace("2022@1", "2023@1"), "No guide is called ehsg-2023@1"),
    ],
)
def test_a_file_over_a_guide_must_fit_it(content: str, said: str) -> None:
    """Notes on nothing help nobody."""
    _, found = check(content, lambda name: library.guide(name).guide)
    assert said in found[0].what


WELSH = (library.SHELF / "languages" / "ehsg-2022@1--cy@1.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda words: words["sections"][0]["items"].pop(), "item 5.7 of the guide is left out"),
        (
            lambda words: words["sections"][0]["fields"].pop(),
            "field prioritising-next of the guide",
        ),
        (lambda words: words["scales"][0]["levels"].pop(), "level 5 of the guide is left out"),
        (lambda words: words["sections"][0].update(id="voice"), "has no section called voice"),
        (lambda words: words["scales"][0].update(id="x"), "has no scale called x"),
    ],
)
def test_a_rendering_says_all_that_the_section_says(change: object, said: str) -> None:
    """Half a question in another language is no question."""
    words = yaml.safe_load(WELSH)
    change(words)  # type: ignore[operator]
    _, found = check(yaml.safe_dump(words), lambda name: library.guide(name).guide)
    assert any(said in one.what for one in found)
