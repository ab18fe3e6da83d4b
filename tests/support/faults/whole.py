"""What must hold in a data folder whatever was done to its writers, looked at by SQL, fold and DuckDB."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple, cast
from uuid import UUID

from ehsg_events.events import AnswerAmended, AnswerGiven
from ehsg_events.kernel import Recorded, Stream
from ehsg_events.log.log import Log
from ehsg_events.states.interview import Interview, InterviewFact, evolve
from ehsg_events.values.places import texts_in
from projections.facts.view import view_at
from projections.verification.verification import kept_in, verified

ANSWERS = """
  SELECT round, stakeholder, item, arg_max_null(level, position) AS level FROM fact
  WHERE what IN ('AnswerGiven', 'AnswerAmended') AND position <= $1 AND (round, stakeholder) NOT IN (
    SELECT (round, stakeholder) FROM fact WHERE what = 'InterviewWithdrawn' AND position <= $1
  ) GROUP BY ALL"""
Standing = Mapping[tuple[int, str, str], str | None]


class Act(NamedTuple):
    """What somebody did and was told is recorded; its words are no other act's.

    `item` and `level` are of an answer, and empty for anything else.
    """

    words: str
    item: str = ""
    level: str = ""


class Looked(NamedTuple):
    """What a look at a folder found."""

    facts: int
    lost: list[Act]
    doubled: list[Act]
    wrong: list[str]  # whatever else is not as it must be


def looked(folder: Path, told: Collection[Act]) -> Looked:
    """Open a folder and look whether all is there that was told, once, and everything is whole."""
    wrong = [*_by_sql(folder), *(fault.says for fault in verified(kept_in(folder)).faults)]
    log = Log(folder)
    try:
        facts = list(log.all())
        often = Counter(_acts(log, facts))
        wrong += _unlike(log, facts)
    finally:
        log.close()
    lost = [act for act in told if not often[act]]
    return Looked(len(facts), lost, [act for act in told if often[act] > 1], wrong)


def _by_sql(folder: Path) -> Iterator[str]:
    """What the file itself says, asked without a line of the product's."""
    with closing(sqlite3.connect(folder / "log.sqlite")) as db:
        (whole,) = db.execute("PRAGMA integrity_check").fetchone()
        if whole != "ok":
            yield f"integrity_check: {whole}"
        for what, holes in {
            "positions": "SELECT max(rowid) - count(*) FROM stored_events",
            "streams": "SELECT sum(gone) FROM (SELECT max(originator_version) - count(*) AS gone "
            "FROM stored_events GROUP BY originator_id)",
        }.items():
            if (many := db.execute(holes).fetchone()[0]) and many > 0:
                yield f"{many} missing: {what}"


def _acts(log: Log, facts: Collection[Recorded]) -> Iterator[Act]:
    """Each sealed text of the log once, with the answer that was recorded by the same cause."""
    by_cause: dict[str, list[Recorded]] = defaultdict(list)
    for recorded in facts:
        by_cause[recorded.stamp.key].append(recorded)
    for recorded in facts:
        for _, words in texts_in(recorded.fact):
            answers = [
                one.fact
                for one in by_cause[recorded.stamp.key]
                if isinstance(one.fact, AnswerGiven | AnswerAmended)
            ]
            said = log.text(words) or f"unreadable at {recorded.position}"
            yield from [Act(said, one.item, one.level or "") for one in answers] or [Act(said)]


def _unlike(log: Log, facts: Sequence[Recorded]) -> Iterator[str]:
    """The answers that DuckDB reads otherwise than folding gives, up to the last of these facts."""
    for assessment, *_ in log.assessments():
        folded = _folded([one for one in facts if one.stream.assessment == assessment])
        read = _read(log, assessment, facts[-1].position)
        for at in sorted(folded.keys() | read.keys()):
            if folded.get(at) != read.get(at):
                yield f"{at}: {folded.get(at)} when it is folded, {read.get(at)} in DuckDB"


def _folded(facts: Collection[Recorded]) -> Standing:
    interviews: dict[Stream, Interview] = {}
    for one in facts:
        if one.stream.kind == "interview":
            before = interviews.get(one.stream, Interview())
            interviews[one.stream] = evolve(before, cast("InterviewFact", one.fact))
    return {
        (stream.round or 0, stream.stakeholder or "", item): answer.level
        for stream, interview in interviews.items()
        for item, answer in interview.answers.items()
    }


def _read(log: Log, assessment: UUID, upto: int) -> Standing:
    rows = view_at(log, assessment).ask(ANSWERS, upto)
    return {(row["round"], row["stakeholder"], row["item"]): row["level"] for row in rows}
