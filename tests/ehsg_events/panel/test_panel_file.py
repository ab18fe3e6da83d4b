"""The panel file: read whole, or refused with every mistake at its line and column."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehsg_events.kernel import Refused
from ehsg_events.panel.member import PSEUDONYM, Member, StandsBy, in_ids, is_ours
from ehsg_events.panel.panel_file import read_panel
from ehsg_events.panel.panel_table import table_of
from ehsg_events.values.hours import read_hours
from guides import library

GUIDE = library.guide("ehsg-2022@1").guide
HEAD = "name,agency,works_as,asked,slack,id\n"
JANE = 'Jane Doe,Police,sergeant,"leaders 5.1",T012AB/U034CD,\n'


def people(text: str) -> list[Member]:
    """The members of a panel file."""
    return read_panel(table_of(text, "panel.csv"), GUIDE).members


def refusal(text: str) -> str:
    """What a panel file is refused with."""
    with pytest.raises(Refused) as refused:
        people(text)
    return str(refused.value)


def test_a_line_becomes_a_member() -> None:
    """Sections are opened into their items, in the guide's order."""
    (jane,) = people(HEAD + JANE)
    assert jane.items == ("5.1", "8.1", "8.2", "8.3", "8.4", "8.5")
    assert (jane.id, jane.agency, jane.slack) == ("police-1", "Police", "T012AB/U034CD")


ALL = HEAD.strip() + ",zone,works,backup,backup_name,backup_slack,peer_of\n"


def test_a_line_may_say_when_and_where_somebody_works_and_who_stands_in() -> None:
    """All of it if wanted; a peer reviewer comes from another area."""
    row = "Jane,Police,x,5,,,Europe/Paris,Tue-Thu 09:00-15:00,manager,Jo Kay,T1AB/U2CD,Northvale\n"
    (jane,) = people(ALL + row)
    assert (jane.zone, jane.peer_of) == ("Europe/Paris", "Northvale")
    assert jane.hours == read_hours("Tue-Thu 09:00-15:00")
    assert jane.backup == StandsBy("manager", "Jo Kay", "T1AB/U2CD")


def test_a_line_that_says_nothing_of_it_is_a_member_too() -> None:
    """They work as the policy says, and nobody stands in."""
    (jane,) = people(ALL + "Jane,Police,x,5,,,,,,,,\n")
    assert (jane.zone, jane.hours, jane.backup, jane.peer_of) == (None, None, None, None)


@pytest.mark.parametrize(
    ("cells", "mistake"),
    [
        (",,Europe/Pari,,,,,", "column 7: no time zone is Europe/Pari: write it like Europe/Lon"),
        (",,,Tue 15:00-09:00,,,,", "column 8: Tue 15:00-09:00 is not a time when somebody works"),
        (",,,,boss,Jo Kay,,", "column 9: a backup is manager or substitute, not boss"),
        (",,,,manager,,,", "column 9: the manager has no name: backup_name is empty"),
        (",,,,,Jo Kay,,", "column 10: who is this? backup is empty: write manager or substitute"),
        (",,,,,,T1AB/U2CD,", "column 11: who is this? backup is empty"),
        (",,,,manager,Jo Kay,@jo,", "column 11: @jo is not a Slack person"),
        ("T1AB/U2CD,,,,manager,Jo Kay,T1AB/U2CD,", "column 11: T1AB/U2CD is the person's own"),
        (",police-kay,,,manager,Jo Kay,,", "column 6: police-kay holds a part of the backup's"),
    ],
)
def test_each_mistake_in_hours_and_backup_is_named_at_its_place(cells: str, mistake: str) -> None:
    """The three columns of a backup are held together."""
    assert f"line 2, {mistake}" in refusal(f"{ALL}Jane,Police,x,5,{cells}\n")


def test_columns_may_stand_in_any_order_and_blank_lines_do_not_count() -> None:
    """A spreadsheet's own ways, with a byte order mark and CRLF."""
    text = "\ufeffAgency, Asked ,works_as,name\r\n,,,\r\nHealth,5,nurse,Ann Other\r\n"
    (ann,) = people(text)
    assert (ann.id, ann.name, len(ann.items), ann.slack) == ("health-1", "Ann Other", 7, None)


@pytest.mark.parametrize("asked", ["5 6", "5, 6", "5; 6", "5;6", "5 6,"])
def test_what_they_are_asked_is_told_apart_by_spaces_commas_or_semicolons(asked: str) -> None:
    """As people list things; 5,1 is a number of a spreadsheet that writes commas."""
    (jane,) = people(f'{HEAD}Jane,Police,x,"{asked}",,\n')
    assert len(jane.items) == 14


def test_people_of_one_agency_are_numbered() -> None:
    """Their pseudonyms say where they are from, never who they are."""
    rows = "A B,Early Help!,x,5,,\nC D,Early Help!,x,5,,\nE F,---,x,5,,\n"
    ids = [member.id for member in people(HEAD + rows)]
    assert ids == ["early-help-1", "early-help-2", "agency-1"]


@pytest.mark.parametrize(
    ("row", "mistake"),
    [
        (",Police,x,5,,", "line 2, column 1: name is empty"),
        ("Jane,,x,5,,", "line 2, column 2: agency is empty"),
        ("Jane,Police,,5,,", "line 2, column 3: works_as is empty"),
        ("Jane,Police,x,,,", "line 2, column 4: asked is empty"),
        ("Jane,Police,x,5 77,,", "line 2, column 4: ehsg-2022@1 has no section or item called 77"),
        ("Jane,Police,x,77,,", "its sections are 5 (family-voice), 6 (workforce)"),
        ("Jane,Police,x,5,,,Bo", "line 2, column 7: “Bo” stands under no heading: is a comma"),
        ('"Jane\nDoe",Police,x,5,,', "line 2, column 1: name goes over several lines"),
        ("Jane,Police,x,5,@jane,", "line 2, column 5: @jane is not a Slack person"),
        ("Jane,Police,x,5,,Jane!", "line 2, column 6: Jane! cannot be an id"),
        ("Jane Doe,Police,x,5,,police-doe", "police-doe holds a part of the person's name"),
        ("Jane,Police,x,5,,coordinator", "line 2, column 6: coordinator is taken"),
        (f"{'J' * 2001},Police,x,5,,", "line 2, column 1: name is longer than 2000 letters"),
    ],
)
def test_each_mistake_is_named_at_its_place(row: str, mistake: str) -> None:
    """Line and column as a spreadsheet counts them."""
    assert mistake in refusal(HEAD + row + "\n")


def test_all_mistakes_are_told_at_once() -> None:
    """Nobody mends a file one refusal at a time."""
    said = refusal(HEAD + ",Police,x,5,,\n" + JANE + "Bo,Police,x,nope,,\n").splitlines()
    places = [line.split(":")[0] for line in said]
    assert places == ["panel.csv, line 2, column 1", "panel.csv, line 4, column 4"]


def test_a_hundred_mistakes_are_counted_not_all_shown() -> None:
    """A few are enough to see what is wrong with the file."""
    said = refusal(HEAD + ",Police,x,5,,\n" * 100).splitlines()
    assert len(said) == 26
    assert said[-1] == "panel.csv has 75 more mistakes."


@pytest.mark.parametrize(
    ("first", "second", "column"),
    [
        ("Jane Doe,Police,x,5,T012AB/U034CD,", "Ann Z,Fire,x,5,T012AB/U034CD,", 5),
        ("Jane Doe,Police,x,5,,police-7", "Ann Z,Fire,x,5,,police-7", 6),
    ],
)
def test_a_person_who_is_there_twice_is_refused(first: str, second: str, column: int) -> None:
    """By id or by Slack; both lines are named."""
    said = refusal(f"{HEAD}{first}\n{second}\n")
    assert f"line 3, column {column}" in said
    assert "is already on line 2" in said


def test_a_cell_over_two_lines_does_not_move_the_lines_after_it() -> None:
    """Mistakes are named by the file's lines, not by its rows."""
    text = HEAD + '"Jane\nDoe",Police,x,5,,\nBo,Police,x,nope,,\n'
    assert "line 4, column 4" in refusal(text)


@pytest.mark.parametrize(
    ("head", "mistake"),
    [
        ("", "the columns are name, agency, works_as, asked, and if wanted slack"),
        ("name,agency\n", "Missing: works_as, asked."),
        ("name,agency,works_as,asked,phone\n", "column 5: nothing uses “phone” yet."),
        ("name,agency,works_as,asked,name\n", "column 5: a second column for name."),
        ("name,agency,works_as,asked,shoes\n", "column 5: no column is called “shoes”."),
        ("name,agency,works_as,asked,langauges\n", "Did you mean language?"),
    ],
)
def test_wrong_columns_are_told_with_the_right_ones(head: str, mistake: str) -> None:
    """The first line says what the others hold."""
    said = refusal(head)
    assert mistake in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "Jane\0,Police,x,5,,\n", "not a text file"),
        ("PK\x03\x04\0\0", "not a text file"),
        (HEAD + f'"{"x" * 200_000}",Police,x,5,,\n', "this is not CSV (field larger than"),
        (HEAD + "Jane\rDoe\r,Police,x,5,,\n", "line 2, column 2: agency is empty"),
        (HEAD + 'Jane,"Police,x,5,,\n' * 3, "column 2: agency goes over several lines"),
    ],
)
def test_hostile_content_is_refused_in_words(text: str, said: str) -> None:
    """A spreadsheet renamed to .csv, a huge cell, an open quote."""
    assert said in refusal(text)


@given(st.text(max_size=300))
def test_any_file_is_read_or_refused(text: str) -> None:
    """Never a traceback, whatever somebody uploads."""
    for file in (text, HEAD + text):
        with suppress(Refused):
            people(file)


def test_a_quote_inside_a_name_is_only_a_quote() -> None:
    """O'Neill and a nickname in quotes are names."""
    (member,) = people(HEAD + '"Ann ""Bo"" O\'Neill",Fire,x,5,,\n')
    assert member.name == 'Ann "Bo" O\'Neill'


def test_an_agency_whose_ids_are_ours_is_named_at_its_column() -> None:
    """Though the file has no column for ids."""
    said = refusal("name,agency,works_as,asked\nJane,Coordinator,x,5\n")
    assert "line 2, column 2: coordinator-1 is taken" in said


# -- as offices have them --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("Works as", "works_as"),
        ("JOB TITLE", "works_as"),
        ("Organisation", "agency"),
        ("Full name", "name"),
        ("Agncy", "agency"),
        ("Asked about", "asked"),
    ],
)
def test_a_heading_is_read_as_people_say_it_and_the_guess_is_told(heading: str, meant: str) -> None:
    """In any case, with blanks; what is only written otherwise is no guess."""
    columns = [
        heading if name == meant else name for name in ("name", "agency", "works_as", "asked")
    ]
    panel = read_panel(table_of(f"{','.join(columns)}\nAnn,Fire,x,5.1\n", "panel.csv"), GUIDE)
    (ann,) = panel.members
    assert (ann.name, ann.agency, ann.works_as, ann.items) == ("Ann", "Fire", "x", ("5.1",))
    guessed = [f"“{heading}” is read as {meant}."] if heading != "Works as" else []
    assert [note.partition(": ")[2] for note in panel.notes] == guessed


def test_short_rows_and_columns_without_anything_are_taken_as_they_are_meant() -> None:
    """Excel leaves out what is empty at the end, and keeps columns that were deleted."""
    text = "name,agency,works_as,asked,slack,,\nAnn,Fire,x,5.1\nBo,Fire,x,5.1,,,\n,,,,,,\n"
    assert [one.slack for one in people(text)] == [None, None]


SPELLED = (
    "Children's Services",
    "Children’s Services",
    "childrens services",
    "Children's  Services",
)


def test_four_spellings_of_one_agency_are_one_agency_as_it_is_spelled_first() -> None:
    """Whatever the case, blanks and apostrophes; what was taken for it is told."""
    rows = "".join(f"Person {number},{name},x,5.1,,\n" for number, name in enumerate(SPELLED))
    panel = read_panel(table_of(HEAD + rows, "panel.csv"), GUIDE)
    assert {one.agency for one in panel.members} == {SPELLED[0]}
    assert [one.id for one in panel.members] == [f"childrens-services-{n}" for n in range(1, 5)]
    assert len(panel.notes) == 3


@pytest.mark.parametrize(
    ("name", "better", "is_one"),
    [
        ("Polcie", "Police", True),
        ("Helth", "Health", True),
        ("Childrens Servces", "Children's Services", True),
        ("EarlyHelp", "Early Help", True),
        ("Schools", "School", True),
        ("East Police", "West Police", False),
        ("North Ward", "South Ward", False),
        ("School 1", "School 2", False),
        ("Health", "Housing", False),
        ("Mind", "Mint", False),
    ],
)
def test_a_likely_misspelling_is_asked_about_before_anything_is_opened(
    name: str, better: str, *, is_one: bool
) -> None:
    """Two names that differ by one slip in a long word; said to be meant, it is taken."""
    rows = f"Ann,{better},x,5.1,,\nBo,{better},x,5.1,,\nCy,{name},x,5.1,,\n"
    table = table_of(HEAD + rows, "panel.csv")
    if is_one:
        assert refusal(HEAD + rows) == (
            f"panel.csv, line 4, column 2: {name}: did you mean {better}? If not, say that it is meant."
        )
    assert len(read_panel(table, GUIDE, meant=True).members) == 3
    assert is_one or len(read_panel(table, GUIDE).members) == 3


def test_the_same_name_twice_asks() -> None:
    """One person on two lines would be asked and counted twice."""
    rows = "Ann Ash,Fire,x,5.1,,\nann  ash,Health,x,5.1,,\n"
    with pytest.raises(Refused, match="line 3, column 1: the same name as on line 2") as refused:
        people(HEAD + rows)
    assert refused.value.field == "yes"  # what is only asked is answered there
    with pytest.raises(Refused) as refused:
        people(f"{HEAD}{rows}Bo,Fire,x,nope,,\n")
    assert refused.value.field is None
    assert len(read_panel(table_of(HEAD + rows, "p.csv"), GUIDE, meant=True).members) == 2


@pytest.mark.parametrize(
    ("agency", "made"),
    [
        ("0-19 Service", "agency-0-19-service-1"),
        ("Tŷ Gŵyr", "ty-gwyr-1"),
        ("Children's Services", "childrens-services-1"),
        ("保健", "agency-1"),
        ("The Very Long Partnership of Everybody Who Helps", "the-very-long-partnership-of-e-1"),
        ("Coordinators", "coordinators-1"),
    ],
)
def test_every_made_id_is_a_valid_one(agency: str, made: str) -> None:
    """Whatever the agency is called."""
    (ann,) = people(f"{HEAD}Ann,{agency},x,5.1,,\n")
    assert ann.id == made


@given(st.text(min_size=1, max_size=60))
def test_any_agency_makes_a_valid_id(agency: str) -> None:
    """So that nobody is refused for an id that they did not write."""
    made = f"{in_ids(agency)}-99"
    assert PSEUDONYM.fullmatch(made) or is_ours(made)


def test_a_made_id_steps_aside_for_one_that_is_written() -> None:
    """On whichever line it stands."""
    rows = "Ann,Police,x,5,,\nBo,Police,x,5,,police-2\nCy,Police,x,5,,\n"
    assert [one.id for one in people(HEAD + rows)] == ["police-1", "police-2", "police-3"]


# -- e-mail --------------------------------------------------------------------------------------
MAILED = "name,agency,works_as,asked,slack,email,backup,backup_name,backup_email\n"


def test_whoever_has_an_address_is_written_to_at_the_first_of_them() -> None:
    """Slack before e-mail; whoever has neither is told by hand."""
    rows = (
        "Ann,Police,Sergeant,5.1,,Ann@COUNCIL.example.org,,,\n"
        "Bo,Health,Nurse,5.1,T012AB/U034CD,bo@nhs.example.org,manager,Jo Kay,jo@nhs.example.org\n"
        "Cy,School,Head,5.1,,,,,\n"
    )
    ann, bo, cy = people(MAILED + rows)
    assert (ann.email, ann.reached_by) == ("Ann@council.example.org", "mail")
    assert (bo.email, bo.reached_by, cy.reached_by) == ("bo@nhs.example.org", "slack", "web")
    assert bo.backup is not None
    assert bo.backup.email == "jo@nhs.example.org"


@pytest.mark.parametrize(
    "typed", ["ann", "ann@", "@police.example.org", "ann@council", "a b@example.org", "ánn@example.org",
              "Ann <ann@example.org>", "ann@example.org; bo@example.org", "ann@-example.org"],
)  # fmt: skip
def test_what_is_no_address_is_refused_and_not_quoted(typed: str) -> None:
    """What somebody typed into a cell for an address may be anything."""
    said = refusal(MAILED + f'Ann,Police,Sergeant,5.1,,"{typed}",,,\n')
    assert "line 2, column 6" in said
    assert typed not in said


def test_a_shared_mailbox_is_told_and_taken() -> None:
    """Schools have one for everybody; each gets letters of their own."""
    rows = "".join(f"{name},School,Teacher,5.1,,office@school.example.org,,,\n" for name in "AB")
    panel = read_panel(table_of(MAILED + rows, "panel.csv"), GUIDE)
    assert [member.email for member in panel.members] == ["office@school.example.org"] * 2
    assert any("the same e-mail address as on line 2" in note for note in panel.notes)
