"""The panel file: read whole, or refused with every mistake at its line and column."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehsg_events.kernel import Refused
from ehsg_events.panel.member import StandsBy
from ehsg_events.panel.panel_file import read_panel
from ehsg_events.values.hours import read_hours
from guides import library

GUIDE = library.guide("ehsg-2022@1").guide
HEAD = "name,agency,works_as,asked,slack,id\n"
JANE = 'Jane Doe,Police,sergeant,"leaders 5.1",T012AB/U034CD,\n'


def refusal(text: str) -> str:
    """What a panel file is refused with."""
    with pytest.raises(Refused) as refused:
        read_panel(text, GUIDE)
    return str(refused.value)


def test_a_line_becomes_a_member() -> None:
    """Sections are opened into their items, in the guide's order."""
    (jane,) = read_panel(HEAD + JANE, GUIDE)
    assert jane.items == ("5.1", "8.1", "8.2", "8.3", "8.4", "8.5")
    assert (jane.id, jane.agency, jane.slack) == ("police-1", "Police", "T012AB/U034CD")


ALL = HEAD.strip() + ",zone,works,backup,backup_name,backup_slack,peer_of\n"


def test_a_line_may_say_when_and_where_somebody_works_and_who_stands_in() -> None:
    """All of it if wanted; a peer reviewer comes from another area."""
    row = "Jane,Police,x,5,,,Europe/Paris,Tue-Thu 09:00-15:00,manager,Jo Kay,T1AB/U2CD,Northvale\n"
    (jane,) = read_panel(ALL + row, GUIDE)
    assert (jane.zone, jane.peer_of) == ("Europe/Paris", "Northvale")
    assert jane.hours == read_hours("Tue-Thu 09:00-15:00")
    assert jane.backup == StandsBy("manager", "Jo Kay", "T1AB/U2CD")


def test_a_line_that_says_nothing_of_it_is_a_member_too() -> None:
    """They work as the policy says, and nobody stands in."""
    (jane,) = read_panel(ALL + "Jane,Police,x,5,,,,,,,,\n", GUIDE)
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
    (ann,) = read_panel(text, GUIDE)
    assert (ann.id, ann.name, len(ann.items), ann.slack) == ("health-1", "Ann Other", 7, None)


def test_people_of_one_agency_are_numbered() -> None:
    """Their pseudonyms say where they are from, never who they are."""
    rows = "A B,Early Help!,x,5,,\nC D,Early Help!,x,5,,\nE F,---,x,5,,\n"
    ids = [member.id for member in read_panel(HEAD + rows, GUIDE)]
    assert ids == ["early-help-1", "early-help-2", "agency-1"]


@pytest.mark.parametrize(
    ("row", "mistake"),
    [
        (",Police,x,5,,", "line 2, column 1: name is empty"),
        ("Jane,,x,5,,", "line 2, column 2: agency is empty"),
        ("Jane,Police,,5,,", "line 2, column 3: works_as is empty"),
        ("Jane,Police,x,,,", "line 2, column 4: asked is empty"),
        ("Jane,Police,x,5 77,,", "line 2, column 4: ehsg-2022@1 has no section or item called 77"),
        ("Jane,Police,x,5", "line 2, column 1: 4 cells where the first line has 6"),
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
    """Twenty are enough to see what is wrong with the file."""
    said = refusal(HEAD + ",Police,x,5,,\n" * 100).splitlines()
    assert len(said) == 21
    assert said[-1] == "panel.csv has 80 more mistakes."


@pytest.mark.parametrize("row", ["Ann Z,Fire,x,5,T012AB/U034CD,", "Ann Z,Fire,x,5,,police-1"])
def test_a_person_who_is_there_twice_is_refused(row: str) -> None:
    """By id or by Slack; both lines are named."""
    assert "line 3, column 1" in (said := refusal(HEAD + JANE + row))
    assert "is already on line 2" in said


def test_a_cell_over_two_lines_does_not_move_the_lines_after_it() -> None:
    """Mistakes are named by the file's lines, not by its rows."""
    text = HEAD + '"Jane\nDoe",Police,x,5,,\nBo,Police,x,nope,,\n'
    assert "line 4, column 4" in refusal(text)


@pytest.mark.parametrize(
    ("head", "mistake"),
    [
        ("", "Missing: name, agency, works_as, asked."),
        ("name,agency,works_as,asked,email\n", "Not known: email."),
        ("name,agency,works_as,asked,name\n", "There twice: name."),
    ],
)
def test_wrong_columns_are_told_with_the_right_ones(head: str, mistake: str) -> None:
    """The first line says what the others hold."""
    said = refusal(head)
    assert "the columns are name, agency, works_as, asked, and if wanted slack" in said
    assert mistake in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "Jane\0,Police,x,5,,\n", "not a text file"),
        ("PK\x03\x04\0\0", "not a text file"),
        (HEAD + f'"{"x" * 200_000}",Police,x,5,,\n', "this is not CSV (field larger than"),
        (HEAD + "Jane\rDoe\r,Police,x,5,,\n", "cells where the first line has 6"),
        (HEAD + 'Jane,"Police,x,5,,\n' * 3, "cells where the first line has 6"),
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
            read_panel(file, GUIDE)


def test_a_quote_inside_a_name_is_only_a_quote() -> None:
    """O'Neill and a nickname in quotes are names."""
    (member,) = read_panel(HEAD + '"Ann ""Bo"" O\'Neill",Fire,x,5,,\n', GUIDE)
    assert member.name == 'Ann "Bo" O\'Neill'


def test_an_agency_whose_ids_are_ours_is_named_at_its_column() -> None:
    """Though the file has no column for ids."""
    said = refusal("name,agency,works_as,asked\nJane,Coordinator,x,5\n")
    assert "line 2, column 2: coordinator-1 is taken" in said
