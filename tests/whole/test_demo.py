"""The rehearsal: a whole assessment through the code of real use, whatever dies in between."""

from __future__ import annotations

import json
import os
import random
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from support.ehsg import ehsg, environment, shell
from support.places import ROOT, TESTS
from support.rehearsed import PROGRAM

from bots.rehearsal.cast import EVIDENCE, MOVED, PEOPLE
from ehsg_events.log.log import Log

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
KILLS = 3


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a rehearsal that nobody disturbed."""
    data = tmp_path_factory.mktemp("rehearsal") / "data"
    ran = shell("--data", str(data), "demo", "--json")
    assert ran.code == 0, ran.err
    return data


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
    rehearsed: Path, tmp_path: Path
) -> None:
    """The facts are those of the rehearsal that nobody disturbed, and each message stands once."""
    data, dice = tmp_path / "data", random.Random(11)
    for kill, program in enumerate([*[_without_prefect] * (KILLS - 1), _demo]):
        share = (kill + dice.random()) / (KILLS + 1)
        _killed(program(data), data, _heard(rehearsed) * share, dice.random())
    assert shell("--data", str(data), "demo", "--json").code == 0
    assert _content(data, 1) == _content(rehearsed, 1)
    for memory in data.glob("slack-*.jsonl"):
        assert _doubled(memory) == []


def _demo(data: Path) -> list[str]:
    """The command itself."""
    return ["-m", "bots.cli", "--data", str(data), "demo", "--json"]


def _without_prefect(data: Path) -> list[str]:
    """The same rehearsal without a server of Prefect's, which takes longer to start than to die."""
    return ["-c", PROGRAM, str(data)]


def _killed(program: list[str], data: Path, heard: float, after: float) -> None:
    """Start a rehearsal and kill it with -9 soon after its workspace has heard so much."""
    rehearsal = subprocess.Popen(
        [sys.executable, *program],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(PYTHONPATH=os.pathsep.join(map(str, (ROOT, TESTS)))),
    )
    while rehearsal.poll() is None and _heard(data) < heard:
        time.sleep(0.02)
    time.sleep(after)
    rehearsal.send_signal(signal.SIGKILL)
    assert rehearsal.wait() == -signal.SIGKILL, "it ended before it could be killed"


def _heard(data: Path) -> int:
    """How many bytes the pretend workspace has kept of what it was told."""
    return sum(memory.stat().st_size for memory in data.glob("slack-*.jsonl"))


def _content(data: Path, number: int) -> Counter[str]:
    """What the first rehearsal of a folder recorded, without times, messages and sealed ids."""
    log = Log(data)
    first = log.assessments()[number - 1][0]
    found = Counter(
        json.dumps(
            [
                recorded.fact.TOPIC,
                recorded.stream.round,
                recorded.stream.stakeholder,
                recorded.stream.item,
                _bare(recorded.fact.model_dump(mode="json")),
            ],
            sort_keys=True,
        )
        for recorded in log.all()
        if recorded.stream.assessment == first and recorded.stream.kind != "message"
    )
    log.close()
    return found


def _bare(fact: dict[str, Any]) -> dict[str, Any]:
    sealed = ("words", "because", "name", "slack", "note", "source", "owner")
    bare = {key: value for key, value in fact.items() if key not in sealed}
    if "exposure" in bare:  # whose reasons were shown follows the ids of what is sealed
        bare["exposure"] = {**bare["exposure"], "reasons": bool(bare["exposure"]["reasons"])}
    return bare


def _doubled(memory: Path) -> list[str]:
    """Messages of the pretend workspace that say the same promise twice."""
    stands: dict[tuple[str, str], str] = {}
    for line in memory.read_text(encoding="utf-8").splitlines():
        message = json.loads(line) if line.endswith("}") else {}
        if message.get("metadata"):
            key = message["metadata"]["event_payload"]["message"]
            stands[message["channel"], message["ts"]] = key
    times = Counter((channel, key) for (channel, _), key in stands.items())
    return [key for (_, key), count in times.items() if count > 1]
