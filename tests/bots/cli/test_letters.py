"""`ehsg letters`: an area's own words, a preview, and letters that a coordinator sends herself."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from support.ehsg import Ran, ehsg

from bots.phrases.letters.wording import LETTERS

PANEL = """name,agency,works_as,asked,email,language
Ann Ashton,Police,Sergeant,5.1 9.5,ann@police.example.org,
Bob Burrell,Health,Visitor,5.1 9.5,bob@health.example.org,cy
Cat Coyle,Schools,Head teacher,5.1 9.5,,
"""
OWN = """\
reminder:
  en:
    subject: "We miss you: {headed}"
    text: >
      Please answer by {deadline}. Ring the early help team on 0151 496 0123.

      Thank you.
"""
WEB = {"EHSG_WEB_URL": "https://early-help.example.org"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An assessment whose first round is open; a coordinator has an address."""
    folder, panel = tmp_path / "data", tmp_path / "panel.csv"
    panel.write_text(PANEL)
    opening = ("assessment", "open", "--guide", "ehsg-2022@1", "--area", "Testham")
    lea = ("--name", "Lea North", "--email", "lea@council.example.org")
    for words in (
        (*opening, "--panel", str(panel)),
        ("coordinator", "add", *lea),
        ("round", "open"),
    ):
        ran = ehsg(folder, *words)
        assert ran.code == 0, ran.err
    return folder


def letters(data: Path, *words: str) -> Ran:
    """`ehsg letters`, with an address at which people reach the interview."""
    return ehsg(data, "letters", *words, **WEB)


def worded(data: Path, text: str) -> Ran:
    """Record the letters of a file."""
    file = data.parent / "letters.yaml"
    file.write_text(text)
    return letters(data, "wording", str(file))


def table(folder: Path) -> list[dict[str, str]]:
    """The rows of the table for a mail merge."""
    text = (folder / "letters.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


# -- an area's own words ---------------------------------------------------------------------------
def test_an_areas_own_words_stand_in_the_letter(data: Path) -> None:
    """The newest count; the greeting, the link and the small print are ours."""
    done = worded(data, OWN)
    assert done.out.strip() == "Worded by you from now on: reminder (en)."
    shown = letters(data, "preview", "reminder").out
    assert "Subject: We miss you: Early help in Testham" in shown
    assert "Ring the early help team on 0151 496 0123.\n\nThank you.\n" in shown
    assert "Hello Ann." in shown
    assert "No more reminders by e-mail" in shown
    assert "miss" not in letters(data, "preview", "reminder-unbegun").out


def test_own_words_are_taken_back(data: Path) -> None:
    """With `none`, for one language or for all."""
    usual = letters(data, "preview", "reminder").out
    for back in ("reminder: none", "reminder:\n  en: none"):
        worded(data, OWN)
        assert worded(data, back).out.strip() == "Worded as usual again: reminder (en)."
        assert letters(data, "preview", "reminder").out == usual


def test_the_file_to_begin_with_says_what_letters_say_anyway(data: Path) -> None:
    """Read back as it is, it changes nothing; changed, only what was changed."""
    shown = letters(data, "wording", "--show").out
    assert worded(data, shown).out.strip() == "The letters say so already."
    changed = shown.replace("Thank you for your part in it.", "Thank you!")
    assert worded(data, changed).out.strip() == "Worded by you from now on: became (en)."
    assert "Thank you!" in letters(data, "wording", "--show").out


def test_the_same_words_twice_are_recorded_once(data: Path) -> None:
    """A file can be read again whenever it was changed."""
    worded(data, OWN)
    assert worded(data, OWN).out.strip() == "The letters say so already."
    trail = ehsg(data, "trail").out
    assert trail.count("was worded anew") == 1


MISTAKES = {
    "remindre: none": "line 1, column 1: remindre: no letter is called that",
    "reminder:\n  fr: none": "line 2, column 3: reminder fr: this letter is written in en, cy",
    "overdue:\n  cy: none": "line 2, column 3: overdue cy: this letter is written in en",
    "reminder: x": "line 1, column 1: reminder: write its languages beneath it",
    "reminder:\n  en: x": "line 2, column 3: reminder en: write its subject and its text",
    "reminder:\n  en:\n    subject: 7\n    text: '{deadline}'": "line 3, column 5: reminder en subject: this is not read as text",
    "reminder:\n  en:\n    subject: ''\n    text: '{deadline}'": "reminder en subject: it is empty",
    "reminder:\n  en:\n    subject: |\n      a\n      b\n    text: '{deadline}'": "a subject is one line",
    f"reminder:\n  en:\n    subject: {'a' * 151}\n    text: '{{deadline}}'": "it has 151 letters; 150 are the most",
    f"reminder:\n  en:\n    subject: a\n    text: '{{deadline}} {'a' * 4000}'": "4000 are the most",
    "reminder:\n  en:\n    subject: a\n    text: 'now'": "line 4, column 5: reminder en text: it needs {deadline}",
    "reminder:\n  en:\n    subject: '{told}'\n    text: '{deadline}'": "{told} stands for nothing here",
    "stand-in-told:\n  en:\n    subject: '{told}'\n    text: '{told}'": "stand-in-told en subject: {told} names somebody",
    "reminder:\n  en:\n    subject: '{asks.x}'\n    text: '{deadline}'": "stands for nothing here",
    "reminder:\n  en:\n    subject: '{done:>99999999}'\n    text: '{deadline}'": "stands for nothing here",
    "reminder:\n  en:\n    subject: '{'\n    text: '{deadline}'": "a brace is open or alone",
    "reminder:\n  en:\n    subject: a #b\n    text: '{deadline}'": "what follows the # is not read",
    "reminder:\n  en:\n    subject: Ask Ann Ashton\n    text: '{deadline}'": "a person's name",
    "reminder:\n  en:\n    subject: Ask Lea North\n    text: '{deadline}'": "a person's name",
    "reminder:\n  en:\n    subject: a\n    text: '{deadline} 07700 900123'": "a telephone number",
    "reminder:\n  en:\n    subject: a\n    text: '{deadline} ann.ashton@example.org'": "an e-mail address",
    "reminder:\n  en:\n    subject: a\n    text: '{deadline} My son is being beaten by his dad'": "safeguarding",
    "- reminder": "holds no letter",
    "reminder: {": "line 2, column 1: this is not YAML",
}


@pytest.mark.parametrize("text", MISTAKES, ids=MISTAKES.values())
def test_a_mistake_is_named_at_its_place_and_nothing_is_recorded(data: Path, text: str) -> None:
    """Before a letter goes out that says nothing, or tells of somebody."""
    done = worded(data, text)
    assert done.code == 2, done.out
    assert MISTAKES[text] in done.err
    assert "worded" not in ehsg(data, "trail").out


def test_all_mistakes_of_a_file_are_named_at_once(data: Path) -> None:
    """Whoever mends them does so once."""
    done = worded(data, "remindre: none\nreminder:\n  en:\n    subject: ''\n    text: now\n")
    assert len(done.err.strip().splitlines()) == 3


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_letter_can_be_looked_at(data: Path, language: str) -> None:
    """As an invented person would get it; nothing is recorded."""
    before = ehsg(data, "trail").out
    shown = letters(data, "preview", "--language", language, "--json").document
    in_english_alone = {
        "stand-in-told",
        "coordinator-told",
        "unreachable",
        "overdue",
        "retention",
        "sign-in",
    }
    assert {one["letter"] for one in shown} == set(LETTERS) - (
        in_english_alone if language == "cy" else set()
    )
    for one in shown:
        assert "{" not in one["subject"] + one["text"]
        assert one["text"].startswith("Hello" if language == "en" else "Helo")
    assert "Ashton" not in str(shown)
    assert ehsg(data, "trail").out == before


# -- letters that a coordinator sends herself ------------------------------------------------------
def test_every_letter_that_waits_is_written(data: Path, tmp_path: Path) -> None:
    """A file for a mail program and a calendar entry each, and one table of everybody."""
    out = tmp_path / "letters"
    done = letters(data, "--out", str(out))
    assert done.code == 0, done.err
    assert "3 letters are in" in done.out
    rows = table(out)
    assert [row["To"] for row in rows] == ["ann@police.example.org", "bob@health.example.org", ""]
    assert rows[2]["By hand"] == "no address: give the link by hand"
    assert all(
        row["Link"] in row["Text"] and row["Link"].startswith(WEB["EHSG_WEB_URL"]) for row in rows
    )
    assert "gwestiwn" in rows[1]["Subject"] or "cwestiwn" in rows[1]["Subject"]
    names = {path.name for path in out.iterdir()}
    assert names == {"letters.csv"} | {
        row[c] for row in rows for c in ("Letter", "Calendar entry")
    } - {""}
    read = message_from_bytes((out / rows[0]["Letter"]).read_bytes(), policy=policy.default)
    assert (read["To"], read["From"]) == ("ann@police.example.org", "lea@council.example.org")
    assert (read["X-Unsent"], read["Auto-Submitted"]) == ("1", None)
    assert (out / rows[0]["Calendar entry"]).read_bytes().startswith(b"BEGIN:VCALENDAR")


@pytest.mark.parametrize(
    "columns", [("email", ""), ("backup,backup_name,backup_email", "manager,Max Boss,")]
)
def test_whoever_has_an_address_is_written_to_from_one(
    tmp_path: Path, columns: tuple[str, str]
) -> None:
    """Somebody who is asked, or who stands in: the table names no letter that is not there."""
    data, panel, (names, before) = tmp_path / "data", tmp_path / "panel.csv", columns
    panel.write_text(
        f"name,agency,works_as,asked,{names}\nAnn Ashton,Police,Sergeant,5.1,{before}a@example.org\n"
    )
    opening = ("--guide", "ehsg-2022@1", "--area", "Testham", "--panel", str(panel))
    assert ehsg(data, "assessment", "open", *opening, "--yes").code == 0
    assert ehsg(data, "round", "open").code == 0
    done = letters(data, "--out", str(tmp_path / "letters"))
    assert (done.code, "--from" in done.err) == (2, True)


def test_letters_written_twice_are_the_same(data: Path, tmp_path: Path) -> None:
    """To the byte, in the same folder or another; a link is made and told of once."""
    first, second = tmp_path / "a", tmp_path / "b"
    for out in (first, second, first):
        assert letters(data, "--out", str(out)).code == 0
    held = [{path.name: path.read_bytes() for path in out.iterdir()} for out in (first, second)]
    assert held[0] == held[1]
    assert ehsg(data, "trail").out.count("was shown to a coordinator") == 0


def test_letters_that_were_sent_wait_no_more(data: Path, tmp_path: Path) -> None:
    """All at once; said twice, it is recorded once."""
    out = tmp_path / "letters"
    letters(data, "--out", str(out))
    done = letters(data, "sent", str(out))
    assert done.out.strip() == "Recorded as sent by you: 3 letters."
    assert "letter" not in letters(data, "--out", str(tmp_path / "b")).out.replace("No letter", "")
    again = letters(data, "sent", str(out / "letters.csv"), "--json").document
    assert again == {"told": [], "waited_no_more": 3, "deadline_moved": 0}
    trail = ehsg(data, "trail").out
    assert (trail.count("by e-mail"), trail.count("by letter")) == (2, 1)


def test_who_was_told_a_deadline_that_moved_since_is_still_to_be_told_the_new_one(
    data: Path, tmp_path: Path
) -> None:
    """In whatever language; letters that are written anew name it, and count."""
    old, new = tmp_path / "old", tmp_path / "new"
    letters(data, "--out", str(old))
    later = ("--because", "half term", "--deadline", f"{datetime.now(UTC) + timedelta(weeks=9):%F}")
    assert ehsg(data, "round", "extend", *later).code == 0
    done = letters(data, "sent", str(old))
    assert done.out.strip() == (
        "Recorded as sent by you: 0 letters. 3 named a deadline that has moved since: write them "
        "anew, and send those."
    )
    assert "by e-mail" not in ehsg(data, "trail").out
    letters(data, "--out", str(new))
    assert {row["Deadline"] for row in table(new)}.isdisjoint(row["Deadline"] for row in table(old))
    assert letters(data, "sent", str(new)).out.strip() == "Recorded as sent by you: 3 letters."


def test_a_table_that_names_somebody_unknown_is_refused_whole(data: Path, tmp_path: Path) -> None:
    """Nobody counts as told for a line that was right."""
    out = tmp_path / "letters"
    letters(data, "--out", str(out))
    file = out / "letters.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("schools-1,", "nobody-9,"), "utf-8")
    done = letters(data, "sent", str(out))
    assert done.code == 2
    assert "nobody on the panel has this id" in done.err
    assert "by e-mail" not in ehsg(data, "trail").out


def test_a_folder_that_holds_other_things_is_left_alone(data: Path, tmp_path: Path) -> None:
    """Nothing is recorded either: no link was made for nothing."""
    other = tmp_path / "mine"
    other.mkdir()
    (other / "diary.txt").write_text("mine")
    before = ehsg(data, "trail").out
    for out in (other, other / "diary.txt"):
        assert letters(data, "--out", str(out)).code == 2
    assert (other / "diary.txt").read_text() == "mine"
    assert ehsg(data, "trail").out == before


def test_nobody_has_a_letter_while_a_mail_server_is_set_up(data: Path, tmp_path: Path) -> None:
    """But for those whom it cannot reach."""
    how = {"EHSG_MAIL_URL": "smtp://127.0.0.1:1", "EHSG_MAIL_FROM": "us@example.org", **WEB}
    out = tmp_path / "letters"
    assert ehsg(data, "letters", "--out", str(out), **how).code == 0
    assert [row["Person"] for row in table(out)] == ["schools-1"]


def test_a_table_runs_nothing_in_a_spreadsheet(data: Path, tmp_path: Path) -> None:
    """A name that begins like a formula is a name."""
    assert ehsg(data, "panel", "correct", "police-1", "--name", "=cmd()|x").code == 0
    out = tmp_path / "letters"
    letters(data, "--out", str(out))
    assert table(out)[0]["Name"] == "'=cmd()|x"
