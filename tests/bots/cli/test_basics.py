"""The command line: what a newcomer types, and every mistake with its sentence."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest
from support.ehsg import PANEL, ehsg, here, opened

from bots.cli.files import only_one, put
from ehsg_events.kernel import Refused


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that is not there yet."""
    return tmp_path / "data"


def test_one_assessment_goes_from_panel_to_signed_report(data: Path) -> None:
    """Every step of the main job is one command, and each ends well."""
    opened(data)
    for person, score in (("police-1", "3"), ("health-1", "0"), ("schools-1", "3")):
        assert ehsg(data, "answer", "--as", person, "5.1", score, "--comment", "So.").code == 0
        assert ehsg(data, "answer", "--as", person, "9.5", "dont-know").code == 0
    assert ehsg(data, "answer", "--as", "council-1", "5.1", "3").code == 0
    assert ehsg(data, "round", "close").code == 0
    results = {row["item"]: row for row in ehsg(data, "results", "--json").document}
    assert len(results) == 31
    shown = {key: results["5.1"][key] for key in ("n", "median", "low", "high", "within_one")}
    assert shown == {"n": 4, "median": 3, "low": 0, "high": 3, "within_one": 3}
    assert (results["5.1"]["verdict"], results["5.1"]["outcome"]) == ("agreed", 3)
    assert (results["9.5"]["dont_know"], results["9.5"]["outcome"]) == (3, None)
    assert ehsg(data, "moderate", "9.5", "--score", "2", "--because", "We talked.").code == 0
    dissent = ("dissent", "9.5", "--as", "police-1", "--because", "It is a 1.")
    assert ehsg(data, *dissent).code == 0
    choice = ehsg(data, "priorities", "9.1", "9.2", "5.1", "--data-model", "3", "--json")
    assert choice.document["warnings"] == [
        "For data model 3 the guide asks for 1 data and 2 service."
    ]
    assert ehsg(data, "permission", "dfe", "yes").code == 0
    assert (
        ehsg(
            data, "sign-off", "--role", "Senior Responsible Officer", "--name", "J", "--with-blanks"
        ).code
        == 0
    )
    why = ehsg(data, "why", "9.5", "--json").document
    assert [step["what"] for step in why["steps"]][-3:] == [
        "OutcomeModerated",
        "DissentRecorded",
        "AssessmentSignedOff",
    ]
    report = data.parent / "report.html"
    assert ehsg(data, "report", "--format", "html", "--out", str(report)).code == 0
    assert all(item in report.read_text() for item in results)


MISTAKES = [
    (["results"], "No assessment was opened in this folder yet"),
    (["guide", "show", "ehsg-2023@1"], "Published are:"),
    (["answer", "--as", "police-1", "5.1", "6"], "5.1 takes 0 to 5, not 6"),
    (["answer", "--as", "police-1", "5.1", "2.5"], "5.1 takes 0 to 5, not 2.5"),
    (["answer", "--as", "police-1", "6.1", "3"], "You were not asked about 6.1"),
    (["answer", "--as", "ann", "5.1", "3"], "Nobody on the panel is called ann"),
    (["round", "open"], "Round 1 is open until"),
    (["round", "extend", "--deadline", "soon", "--because", "x"], "soon is not a date"),
    (["round", "extend", "--deadline", "2020-01-06", "--because", "x"], "has passed"),
    (["round", "extend", "--deadline", "2199-01-06", "--because", "x"], "outside the calendar"),
    (["moderate", "5.1", "--score", "3", "--because", "x"], "close the round first"),
    (["dissent", "5.1", "--as", "police-1", "--because", "x"], "nothing to dissent from"),
    (["priorities", "5.1", "5.1"], "5.1 is there twice"),
    (["permission", "dfe", "perhaps"], "yes or no, not perhaps"),
    (["sign-off", "--role", "SRO", "--name", "J"], "A round is still open"),
    (["why", "99.9"], "no item 99.9"),
    (["results", "--as-of", "yesterday"], "neither a log position nor a time"),
    (["results", "--assessment", "zzz"], "0 assessments have an id beginning with zzz"),
    (["report", "--format", "odt", "--out", "x.pdf"], "no way to write the format odt"),
    (["report", "--format", "md", "--out", "."], ". is a folder"),
    (["report", "--format", "md", "--out", "x" * 300], "File name too long"),
    (["serve", "--only", "post"], "--only takes slack, mail, web or flows, not post"),
]


@pytest.fixture(scope="module")
def in_a_round(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an open round."""
    data = tmp_path_factory.mktemp("area") / "data"
    opened(data)
    return data


@pytest.fixture(scope="module")
def trail(in_a_round: Path) -> str:
    """All that stands there."""
    return ehsg(in_a_round, "trail", "--json").out


@pytest.mark.parametrize(("words", "sentence"), MISTAKES)
def test_a_mistake_gets_a_sentence_that_helps_and_changes_nothing(
    in_a_round: Path, trail: str, tmp_path: Path, words: list[str], sentence: str
) -> None:
    """A refusal ends with 2, says why on stderr, and leaves the log as it was."""
    data = tmp_path if words == ["results"] else in_a_round
    ran = ehsg(data, *words)
    assert (ran.code, ran.out) == (2, "")
    assert sentence in ran.err
    assert ehsg(in_a_round, "trail", "--json").out == trail


def test_a_bad_panel_names_every_mistake_and_opens_nothing(data: Path) -> None:
    """Line and column of each, and no assessment afterwards."""
    file = data.parent / "panel.csv"
    file.write_text(PANEL + "Eve Else,Housing,,9.55\n", encoding="utf-8")
    ran = ehsg(
        data, "assessment", "open", "--guide", "ehsg-2022@1", "--area", "T", "--panel", str(file)
    )
    assert ran.code == 2
    assert "panel.csv, line 6, column 3: works_as is empty." in ran.err
    assert "panel.csv, line 6, column 4:" in ran.err
    assert not data.exists()


def test_a_deadline_on_a_bank_holiday_is_warned_about(data: Path) -> None:
    """The sentence names the day and the working days beside it."""
    opened(data)
    ran = ehsg(data, "round", "extend", "--deadline", "2026-12-25", "--because", "more time")
    assert ran.code == 0
    assert "Christmas Day" in ran.err


def test_a_rehearsal_stays_out_of_a_real_area(in_a_round: Path) -> None:
    """Invented people never come onto a real log."""
    ran = ehsg(in_a_round, "demo")
    assert (ran.code, ran.out) == (2, "")
    assert "holds a real assessment, of Testham" in ran.err


def test_progress_says_the_deadline_in_words(in_a_round: Path) -> None:
    """For people; programs have the time as it is."""
    document = ehsg(in_a_round, "progress", "--json").document
    assert f"open until {document['deadline_said']}." in ehsg(in_a_round, "progress").out
    assert document["deadline_said"].startswith("5pm on ")


def test_a_rules_name_is_printed_as_it_is(data: Path) -> None:
    """Brackets in it are no markup."""
    (data.parent / "rules.yaml").write_text('rule: {name: "[/ours]"}', encoding="utf-8")
    (data.parent / "panel.csv").write_text(PANEL, encoding="utf-8")
    files = ("--panel", str(data.parent / "panel.csv"), "--rules", str(data.parent / "rules.yaml"))
    words = ("assessment", "open", "--guide", "ehsg-2022@1", "--area", "T", *files)
    assert ehsg(data, *words).code == 0
    assert "Results (rule [/ours])" in ehsg(data, "results").out


def test_an_answer_after_the_close_is_refused(data: Path) -> None:
    """What is closed stays closed."""
    opened(data)
    assert ehsg(data, "round", "close").code == 0
    ran = ehsg(data, "answer", "--as", "police-1", "5.1", "3")
    assert ran.code == 2
    assert "This round is closed" in ran.err


def test_as_of_a_close_prints_what_was_printed_then(data: Path) -> None:
    """Byte for byte, as JSON and as a table, whatever was answered and settled since."""
    opened(data)
    for person, score in (("police-1", "1"), ("health-1", "4"), ("schools-1", "5")):
        assert ehsg(data, "answer", "--as", person, "5.1", score).code == 0
    assert ehsg(data, "round", "close").code == 0
    then = [ehsg(data, "results").out, ehsg(data, "results", "--json").out]
    position = str(ehsg(data, "trail", "--json").document[-1]["position"])
    assert ehsg(data, "round", "open").code == 0
    for person in ("police-1", "health-1", "schools-1", "council-1"):
        assert ehsg(data, "answer", "--as", person, "5.1", "3").code == 0
    assert ehsg(data, "results").out == then[0], "nothing of an open round may show"
    assert ehsg(data, "round", "close").code == 0
    assert ehsg(data, "results").out != then[0]
    again = [
        ehsg(data, "results", "--as-of", position).out,
        ehsg(data, "results", "--as-of", position, "--json").out,
    ]
    assert again == then


def test_a_second_serve_on_the_same_folder_is_refused(in_a_round: Path) -> None:
    """Two would do everything twice."""
    with only_one(in_a_round, "serve"):
        ran = ehsg(in_a_round, "serve")
    assert ran.code == 2
    assert "Another `ehsg serve` is at work" in ran.err


@pytest.mark.parametrize("words", [["serve"], ["serve", "--only", "flows"]])
def test_a_part_that_is_served_is_not_served_a_second_time(
    in_a_round: Path, words: list[str]
) -> None:
    """Neither by itself nor with the others."""
    with only_one(in_a_round, "serve --only flows"):
        ran = ehsg(in_a_round, *words)
    assert ran.code == 2
    assert "Another `ehsg serve --only flows` is at work" in ran.err


def test_the_guide_of_2020_works_like_the_one_of_2022(data: Path) -> None:
    """Words instead of numbers, a yes that is the weaker answer, questions without a score."""
    opened(data, "ehsg-2020@1", PANEL.replace("5.1 9.5", "families-1 data-matching-1 big-1"))
    for person in ("police-1", "health-1", "schools-1", "council-1"):
        assert ehsg(data, "answer", "--as", person, "families-1", "mostly-yes").code == 0
        assert ehsg(data, "answer", "--as", person, "data-matching-1", "yes").code == 0
    assert (
        "mostly-yes, yes, not 3" in ehsg(data, "answer", "--as", "police-1", "families-1", "3").err
    )
    said = "We hold monthly reviews.\nnext\nnext\nOne shared list.\nnext\n"
    talk = ehsg(data, "interview", "--as", "police-1", typed=said)
    assert "How do you want to use your Troubled Families data to improve Early Help?" in talk.out
    assert "That is all, thank you." in talk.out
    assert ehsg(data, "round", "close").code == 0
    rows = {row["item"]: row for row in ehsg(data, "results", "--json").document}
    assert len(rows) == 64
    assert rows["families-1"]["outcome_level"] == "Mostly yes"
    assert rows["data-matching-1"]["median"] == 0
    settled = ehsg(data, "moderate", "families-1", "--score", "yes", "--because", "We agreed.")
    assert settled.code == 0


def test_a_folder_must_be_named() -> None:
    """Nothing is written where nobody expects it."""
    ran = here("results")
    assert (ran.code, ran.out) == (2, "")
    assert "Which data folder?" in ran.err


def test_a_file_that_finds_no_room_leaves_nothing_behind(tmp_path: Path) -> None:
    """Neither half of it, nor the part it was written to."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(Refused, match="cannot be written: File too large"):
            put(bytes(2000), tmp_path / "report.pdf")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_a_rehearsal_is_looked_at_or_told_to_a_program(data: Path) -> None:
    """One document cannot be printed while pages are open; nothing is rehearsed for that."""
    ran = ehsg(data, "demo", "--look", "--json")
    assert (ran.code, ran.out) == (2, "")
    assert not data.exists()
