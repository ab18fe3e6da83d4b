"""The rehearsal: a whole assessment through the code of real use, whatever dies in between.

All that is read here was killed twice before it came to its end. `python -m pytest
tests/long/deaths.py` kills ten rehearsals six times each, beside one by `ehsg demo` that nobody did.
"""

from __future__ import annotations

import re
import shutil
import signal
import statistics
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.deaths import nothing_is_lost_or_doubled, outlive
from support.ehsg import Ran, ehsg, environment
from support.rehearsed import rehearse
from support.web import plain_http
from support.web.desk import OWN

from bots.cli.show.looking import ONE_AT_A_TIME
from bots.rehearsal.cast import EVIDENCE, MOVED, PEOPLE
from bots.rehearsal.stage import TERMS
from ehsg_events.dates import calendar
from ehsg_events.states.situation import Situation

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
KILLS = 2


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a rehearsal that nobody disturbed, played without Prefect."""
    data = tmp_path_factory.mktemp("undisturbed") / "data"
    rehearse(data)
    return data


@pytest.fixture(scope="module")
def ended(undisturbed: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """The data folder of `ehsg demo`, killed again and again, and what was said at its end."""
    data = tmp_path_factory.mktemp("rehearsal") / "data"
    return data, outlive(undisturbed, data, KILLS, 11)


@pytest.fixture(scope="module")
def rehearsed(ended: tuple[Path, Ran]) -> Path:
    """The data folder of `ehsg demo`, killed again and again before it came to its end."""
    return ended[0]


def test_every_descriptor_has_an_outcome_and_the_report_carries_all(rehearsed: Path) -> None:
    """31 descriptors in the guide's order, each with the score that stands."""
    rows = ehsg(rehearsed, "results", "--json").document
    assert len(rows) == 31
    assert all(row["outcome"] is not None for row in rows)
    text = (rehearsed / "report.md").read_text(encoding="utf-8")
    places = [text.index(f"### {row['item']} ") for row in rows]
    assert places == sorted(places)


def test_two_camps_form_and_the_walk_back_of_9_5_ends_at_words(rehearsed: Path) -> None:
    """From the first invitation to the sign-off, with dissent beside the outcome."""
    why = ehsg(rehearsed, "why", "9.5", "--json").document
    kinds = [step["what"] for step in why["steps"]]
    assert why["outcome"] == 3
    assert kinds[0] == "StakeholderInvited"
    assert kinds[-1] == "AssessmentSignedOff"
    assert kinds.count("DissentRecorded") == 2
    row = next(r for r in ehsg(rehearsed, "results", "--json").document if r["item"] == "9.5")
    assert row["verdict"] == "two_camps"
    assert any(step["words"] for step in why["steps"] if step["what"] == "NoteGiven")


def test_an_outsider_gets_the_same_figures_from_the_trail(rehearsed: Path) -> None:
    """With nothing but what a spreadsheet can do: count, median, lowest, highest."""
    trail = ehsg(rehearsed, "trail", "--json").document
    gone = {step["stakeholder"] for step in trail if step["what"] == "InterviewWithdrawn"}
    stands: dict[tuple[str, str], Any] = {}
    for step in trail:
        if step["what"] in ("AnswerGiven", "AnswerAmended") and step["stakeholder"] not in gone:
            stands[step["item"], step["stakeholder"]] = step["fact"]
    for row in ehsg(rehearsed, "results", "--json").document:
        given = [fact for (item, _), fact in stands.items() if item == row["item"]]
        scores = [fact["score"] for fact in given if fact["score"] is not None]
        middle = statistics.median(scores)
        figures = (len(scores), middle, min(scores), max(scores))
        assert figures == (row["n"], row["median"], row["low"], row["high"])
        assert row["within_one"] == sum(abs(score - middle) <= 1 for score in scores)
        assert row["dont_know"] == sum(fact["kind"] == "dont-know" for fact in given)


def test_no_personal_text_lies_in_the_clear(rehearsed: Path) -> None:
    """Not in the log, its sealed texts, Prefect's database, or the reports' names."""
    said = [words for choices in EVIDENCE.values() for words in choices]
    spoken = [*said, MOVED, *(name for name, *_ in PEOPLE), "Morgan Ellery"]
    files = [rehearsed / "log.sqlite", rehearsed / "log.sqlite-wal"]
    files += [file for file in (rehearsed / "prefect").rglob("*") if file.is_file()]
    for file in filter(Path.exists, files):
        held = file.read_bytes()
        assert not [words for words in spoken if words.encode() in held], file
    report = (rehearsed / "report.html").read_text(encoding="utf-8")
    assert not [name for name, *_ in PEOPLE if name in report]


def test_killed_again_and_again_it_goes_on_and_loses_and_doubles_nothing(
    undisturbed: Path, rehearsed: Path
) -> None:
    """The facts are those of the rehearsal that nobody disturbed, and each message stands once.

    One death comes when a message was taken and not yet recorded: who sends it again without a look
    is found.
    """
    nothing_is_lost_or_doubled(undisturbed, rehearsed)


def test_at_its_end_every_command_that_it_names_works_and_nothing_else_is_said(
    ended: tuple[Path, Ran],
) -> None:
    """On stderr the last word is the last day's, and no library complains beneath it."""
    data, ran = ended
    assert ran.err.rstrip().endswith("signed it off.")
    offered = re.findall(rf"\./ehsg --data {data} (.+?)(?:  | \|)", ran.out)
    assert {"results", "demo --look"} <= set(offered)
    for words in offered:
        if not words.startswith("demo"):
            assert ehsg(data, *words.split()).code == 0, words


def test_its_pages_are_looked_at_as_each_who_reads_them(undisturbed: Path, tmp_path: Path) -> None:
    """At once, as it is at its end; each link opens the first page of its role; Ctrl-C ends it."""
    shutil.copytree(undisturbed, tmp_path / "data")
    command = [sys.executable, "-m", "bots.cli", "--data", str(tmp_path / "data"), "demo", "--look"]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as one:
        assert one.stdout is not None
        told = "".join(iter(one.stdout.readline, f"{ONE_AT_A_TIME.strip()}\n"))
        links = dict(re.findall(r"^  (\S.*?)  +(http://127\.0\.0\.1:\d+/sign-in/\S+)$", told, re.M))
        seen = {}
        for who, link in links.items():
            mine = plain_http.client(headers=OWN, follow_redirects=True, timeout=30)
            came = mine.post(link)
            assert came.status_code == 200
            seen[who] = came.url.path
        one.send_signal(signal.SIGINT)
        assert one.wait(30) == 0
    assert seen == {
        "the coordinator": "/read/tasks",
        "an auditor": "/read/board",
        "a member of the board": "/read/results",
    }


def test_another_begins_in_the_same_folder_where_the_first_ended(
    undisturbed: Path, tmp_path: Path
) -> None:
    """People answer on its first day, though no stamp may fall below the log's last."""
    told: list[tuple[date, Situation]] = []

    def tell(day: date, situation: Situation) -> None:
        told.append((day, situation))
        raise Enough

    shutil.copytree(undisturbed, tmp_path / "data")
    with pytest.raises(Enough):
        rehearse(tmp_path / "data", tell=tell)
    ((day, situation),) = told
    assert day == calendar.local_day(situation.rounds[0].opened, TERMS.policy.zone)
    assert any(interview.answers for interview in situation.interviews.values())


class Enough(Exception):
    """One day of it was seen."""
