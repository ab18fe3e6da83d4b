"""In a storm of words nobody is misheard, left without an answer or told twice.

People press, type, edit and delete by what stands on their screens, while deliveries repeat and
come late, calls are refused and the process dies. A second program, which knows nothing of ours,
reads what stood on each screen beside the facts of the log.
`python tests/long/talk.py 200` goes through two hundred storms.
"""

from __future__ import annotations

import ast
import copy
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.slack.talk_storm import transcribed
from support.transcripts import rules
from support.transcripts.story import Story, read

pytestmark = pytest.mark.timeout(400)  # on a machine that is at work elsewhere

Lines = list[dict[str, Any]]
READER = Path(rules.__file__).parent


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """A storm in which somebody typed, was refused, and put words right."""
    folder = tmp_path_factory.mktemp("lived") / "storm"
    transcribed(folder, 2)
    return read(folder)


@pytest.mark.slow
def test_every_word_lies_where_it_was_said_and_everybody_is_answered(
    tmp_path: Path, lived: Story
) -> None:
    """Whatever is late, repeated, refused or killed, and whoever sits on two panels."""
    transcribed(tmp_path / "storm", 0)
    assert rules.faults(read(tmp_path / "storm")) == []
    assert rules.faults(lived) == []


def test_the_reader_knows_nothing_of_the_product() -> None:
    """It imports Python's own library, itself, and nothing else."""
    modules = {name for file in READER.glob("*.py") for name in _imported(file.read_text())}
    ours = {name for name in modules if name.partition(".")[0] not in sys.stdlib_module_names}
    assert modules > ours
    assert all(name.startswith("support.transcripts") for name in ours)


def _imported(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            yield str(node.module)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


# -- what is planted is found ----------------------------------------------------------------------
def _misplace_a_note(_lines: Lines, facts: Lines) -> None:
    for note in (fact for fact in facts if fact["kind"] == "NoteGiven"):
        note["fact"]["item"] = "6.1" if note["fact"]["item"] == "5.1" else "5.1"


def _put_an_answer_in_the_other_area(lines: Lines, facts: Lines) -> None:
    areas = list(lines[0]["areas"])
    for answer in (fact for fact in facts if fact["kind"] == "AnswerGiven"):
        other = 1 - areas.index(answer["stream"]["assessment"])
        answer["stream"]["assessment"] = areas[other]


def _lose_a_refusal(lines: Lines, facts: Lines) -> None:
    refused = [fact["words"]["words"] for fact in facts if fact["kind"] == "InputRefused"]
    for line in lines:
        if any(says in line.get("text", "") for says in refused) and line["what"] == "posted":
            line["text"] = "Something else."


def _double_a_message(lines: Lines, _facts: Lines) -> None:
    number = next(n for n, line in enumerate(lines) if line["what"] == "posted")
    lines.insert(number + 1, {**lines[number], "ts": f"{float(lines[number]['ts']) + 0.1:.6f}"})


def _double_it_under_another_name(lines: Lines, facts: Lines) -> None:
    _double_a_message(lines, facts)
    first = next(line for line in lines if line["what"] == "posted")
    first["name"] += " again"


def _leave_a_worry_unanswered(lines: Lines, _facts: Lines) -> None:
    for line in lines:
        if line["what"] in ("posted", "changed"):
            line["text"] = line["text"].replace("999", "the coordinator")


def _keep_stopped_words(lines: Lines, facts: Lines) -> None:
    mark = next(line["mark"] for line in lines if line.get("wants") == "worry")
    refused = next(fact for fact in facts if fact["kind"] == "InputRefused")
    refused["words"]["words"] += f" You said {mark}."


def _alter_a_note(_lines: Lines, facts: Lines) -> None:
    note = next(fact for fact in facts if fact["kind"] == "NoteGiven")
    note["words"]["words"] = "Nobody said this."


def _take_the_last_question_away(lines: Lines, facts: Lines) -> None:
    calm = next(n for n, line in enumerate(lines) if line["what"] == "calm")
    for line in lines[:calm]:
        if line.get("person") == "U0CARLA" and line["what"] in ("posted", "changed"):
            line["buttons"] = []
    facts[:] = [fact for fact in facts if fact["kind"] != "InterviewCompleted"]


def _forget_words(lines: Lines, facts: Lines) -> None:
    typed = next(line for line in lines if line.get("wants") == "note")
    facts[:] = [fact for fact in facts if fact["stamp"]["key"] != typed["ref"]]


def _say_nothing_more(lines: Lines, _facts: Lines) -> None:
    calm = next(n for n, line in enumerate(lines) if line["what"] == "calm")
    lines[calm:] = [line for line in lines[calm:] if line["what"] not in ("posted", "changed")]


def _name_no_area(lines: Lines, _facts: Lines) -> None:
    for line in lines[1:]:
        if "text" in line:
            line["text"] = line["text"].replace("Testham", "your area")


def _let_an_older_word_count(lines: Lines, facts: Lines) -> None:
    answered = [fact for fact in facts if fact["kind"] == "AnswerGiven"]
    typed = next(line for line in lines if line.get("what") == "typed")
    pseudonyms = {area: people.get(typed["person"]) for area, people in lines[0]["people"].items()}
    mine = next(
        fact
        for fact in answered
        if pseudonyms[fact["stream"]["assessment"]] == fact["stream"]["stakeholder"]
        and fact["stamp"]["key"] != typed["ref"]
    )
    late = copy.deepcopy(mine)
    late["stamp"]["key"] = typed["ref"]
    facts.append(late)


def _show_it_of_the_other_area(lines: Lines, facts: Lines) -> None:
    for fact in _asked_by_words(lines, facts):
        fact["stream"]["assessment"] = _other(lines, fact)


def _ask_in_every_area_whether_to_withdraw(lines: Lines, facts: Lines) -> None:
    _show_it_of_every_area(lines, facts)
    for fact in _asked_by_words(lines, facts):
        fact["fact"]["screen"] = "withdraw"


def _show_it_of_every_area(lines: Lines, facts: Lines) -> None:
    for fact in _asked_by_words(lines, facts):
        facts.append(copy.deepcopy(fact))
        facts[-1]["stream"]["assessment"] = _other(lines, fact)


def _asked_by_words(lines: Lines, facts: Lines) -> Lines:
    """What somebody on both panels asked to see in words."""
    both = set.intersection(*map(set, lines[0]["people"].values()))
    refs = {line.get("ref") for line in lines if line["what"] == "typed" and line["person"] in both}
    asked = (fact for fact in facts if fact["kind"] == "ScreenAsked")
    return [fact for fact in asked if fact["stamp"]["key"].partition("/")[0] in refs]


def _other(lines: Lines, fact: dict[str, Any]) -> str:
    """The area that a fact is not of."""
    return next(str(area) for area in lines[0]["areas"] if area != fact["stream"]["assessment"])


def _go_against_an_edit(lines: Lines, facts: Lines) -> None:
    kept = {fact["words"]["words"] for fact in facts if fact["kind"] == "NoteGiven"}
    put_right = {line["ts"] for line in lines if line["what"] in ("edited", "deleted")}
    number, typed = next(
        (number, line)
        for number, line in enumerate(lines)
        if line["what"] == "typed" and line["text"] in kept and line["ts"] not in put_right
    )
    edit = {"what": "edited", "text": "Better.", "ref": "an edit"}
    lines.insert(number + 1, {**edit, "person": typed["person"], "ts": typed["ts"]})


PLANTED: tuple[tuple[Callable[[Lines, Lines], None], str], ...] = (
    (_misplace_a_note, "misplaced"),
    (_put_an_answer_in_the_other_area, "misplaced"),
    (_lose_a_refusal, "refusal untold"),
    (_double_a_message, "doubled"),
    (_double_it_under_another_name, "doubled"),
    (_leave_a_worry_unanswered, "worry unanswered"),
    (_keep_stopped_words, "stopped words kept"),
    (_alter_a_note, "altered"),
    (_take_the_last_question_away, "left alone"),
    (_forget_words, "words lost"),
    (_say_nothing_more, "silence"),
    (_name_no_area, "area unnamed"),
    (_let_an_older_word_count, "older word counts"),
    (_go_against_an_edit, "uncorrected"),
    (_show_it_of_the_other_area, "wrong area"),
    (_ask_in_every_area_whether_to_withdraw, "wrong area"),
)


@pytest.mark.parametrize(("plant", "rule"), PLANTED, ids=[plant.__name__ for plant, _ in PLANTED])
def test_whatever_is_planted_in_a_transcript_is_found(
    lived: Story, plant: Callable[[Lines, Lines], None], rule: str
) -> None:
    """A misplaced note, a lost refusal, a doubled message: each by its own rule."""
    lines, facts = json.loads(json.dumps([lived.lines, lived.facts]))
    plant(lines, facts)
    before = [fault for fault in rules.faults(lived) if fault.rule == rule]
    after = [fault for fault in rules.faults(Story(lines, facts)) if fault.rule == rule]
    assert len(after) > len(before)


def test_what_is_shown_of_every_area_is_shown_of_no_wrong_one(lived: Story) -> None:
    """Nobody could know which was meant, and each message names its own."""
    lines, facts = json.loads(json.dumps([lived.lines, lived.facts]))
    _show_it_of_every_area(lines, facts)
    assert len(facts) > len(lived.facts)
    assert not [one for one in rules.faults(Story(lines, facts)) if one.rule == "wrong area"]
