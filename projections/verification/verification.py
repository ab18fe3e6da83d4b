"""Everything that an area keeps, looked through once: what is there, and each fault by its position."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from ehsg_events.events import AssessmentOpened
from ehsg_events.kernel import Recorded, Refused
from ehsg_events.log.keys import Keys
from ehsg_events.log.log import Log
from ehsg_events.log.mapper import PlainMapper
from projections.facts.long.base import FOLDER
from projections.verification.fault import Fault
from projections.verification.guides import files, look_at_guide, look_at_shelves
from projections.verification.ledger import LedgerLook
from projections.verification.log_file import LogFile
from projections.verification.measured import Figures
from projections.verification.order import Order
from projections.verification.read_models import look_at_base, look_at_consensus
from projections.verification.texts import FORGOTTEN, Gone, Texts, forgotten_by

NOTHING = Gone()
MOST = 200  # faults that are named one by one; a log with more of them is no better known by them
ROW_OF_AN_INDEX = re.compile(r"row (\d+) missing from index (?:sqlite_autoindex_stored_|by_topic)")


@dataclass(frozen=True)
class Kept:
    """Where all that an area keeps lies: its log and guides in one folder, its keys in another."""

    folder: Path
    keys: Path
    kek: Path
    resting: bool = False  # whether nobody writes there, as in a backup

    @property
    def log(self) -> Path:
        """The log's file."""
        return self.folder / "log.sqlite"


@dataclass
class Verified:
    """What was looked at, and what is wrong with it."""

    position: int = 0
    facts: int = 0
    texts: int = 0
    older: int = 0  # of the texts: those that are bound to their stream alone
    forgotten: int = 0
    guides: int = 0
    figures: int = 0
    read_models: int = 0
    ledger: LedgerLook | None = None
    faults: list[Fault] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def kept_in(folder: Path, kek: Path | None = None) -> Kept:
    """What lies in a data folder."""
    return Kept(folder, folder / "keys", kek or folder / "keys" / "kek")


def verified(
    kept: Kept,
    earlier: Path | None = None,
    also_forgotten: Gone = NOTHING,
    checkpoints: Sequence[str] = (),
) -> Verified:
    """Look through all that an area keeps.

    Args:
        kept: where it lies.
        earlier: the log's file in a backup, all of which must stand in this log unchanged.
        also_forgotten: what was forgotten after this log was copied.
        checkpoints: of its ledger, as somebody kept them.

    Raises:
        Refused: one of them is no checkpoint.
    """
    with ExitStack() as open_files:
        file = open_files.enter_context(LogFile(kept.log, resting=kept.resting))
        before = open_files.enter_context(LogFile(earlier, resting=True)) if earlier else None
        ledger = LedgerLook(kept.folder, file, resting=kept.resting)  # before the log is pinned
        file.pin()
        found = _Search(kept, file, also_forgotten, ledger).verified(checkpoints)
        if before is not None:
            found.faults += _changed_since(file, before)
    found.faults = _in_order(found.faults)
    return found


class _Search:
    """One look through everything, fact by fact."""

    def __init__(self, kept: Kept, file: LogFile, also_forgotten: Gone, ledger: LedgerLook) -> None:
        self._kept, self._file, self._also = kept, file, also_forgotten
        self._found = Verified()
        self._faults = self._found.faults
        self._order, self._figures = Order(), Figures(kept.folder)
        self._texts = Texts(file, self._keys())
        self._where: dict[UUID, array[int]] = defaultdict(lambda: array("Q"))
        self._mapper = PlainMapper()
        self._ledger = ledger

    def verified(self, checkpoints: Sequence[str]) -> Verified:
        """What was found."""
        found = self._found
        found.ledger = self._ledger
        self._faults += (_of_file(line) for line in self._file.damage())
        self._look_at_facts()
        self._faults += self._order.look_at_end(self._file.promised_end())
        self._faults += self._ledger.at_end(self._found.position, checkpoints)
        self._faults += self._texts.faults(self._also | self._forgotten_since())
        self._faults += look_at_shelves(self._kept.folder)
        self._look_at_read_models()
        found.texts, found.older = self._texts.opened, self._texts.older
        found.forgotten = len(self._texts.forgotten.people)
        found.figures = self._figures.computed
        found.guides += sum(1 for _ in files(self._kept.folder))
        return found

    def _keys(self) -> Keys | None:
        try:
            return Keys(self._kept.keys, self._kept.kek, read_only=True)
        except Refused as no:
            if self._file.sealed_ids():
                self._faults.append(Fault("text", None, str(no)))
            return None

    def _look_at_facts(self) -> None:
        for position, stored in self._file.rows():
            self._faults += self._order.look(position, stored)
            self._faults += self._ledger.look(position, stored)
            self._found.position = position
            self._found.facts += 1
            if stored is None:
                says = f"Position {position} cannot be read. A backup may hold what was there."
                self._faults.append(Fault("fact", position, says))
                continue
            try:
                recorded = self._mapper.read(stored, position)
            except Refused as no:
                self._faults.append(Fault("fact", position, str(no)))
                continue
            self._where[recorded.stream.assessment].append(position)
            self._look_at(recorded, stored.originator_id)

    def _look_at(self, recorded: Recorded, stored_in: UUID | str) -> None:
        if recorded.stream.id != stored_in:
            says = (
                f"Position {recorded.position} stands in the stream of something else than it says "
                f"it is about, so it was altered."
            )
            self._faults.append(Fault("fact", recorded.position, says))
        self._texts.look(recorded)
        self._faults += look_at_guide(recorded, self._kept.folder)
        self._found.guides += isinstance(recorded.fact, AssessmentOpened)
        self._faults += self._figures.look(recorded)

    def _forgotten_since(self) -> Gone:
        """Nothing, in a file that rests; else what was forgotten while it was looked through."""
        if self._kept.resting:
            return NOTHING
        with LogFile(self._kept.log) as now:
            return forgotten_in(now, after=self._found.position)

    def _look_at_read_models(self) -> None:
        if any(fault.part == "file" for fault in self._faults):
            return
        states = self._figures.states
        for assessment, where in self._where.items():
            if assessment in self._figures.broken:
                continue
            try:
                situation = states.situation(assessment)
                facts = self._file.at(where)
                self._faults += look_at_consensus(facts, assessment, where[-1], situation)
                self._found.read_models += 1
            except Refused:  # no assessment but a submission, or told already
                continue
        if (self._kept.folder / FOLDER).exists() and not self._faults:
            log = Log(self._kept.folder, self._kept.kek)
            try:
                self._faults += look_at_base(log, list(self._where), self._found.position)
            finally:
                log.close()


def forgotten_in(file: LogFile, after: int = 0) -> Gone:
    """All that was forgotten by a fact, from a position on."""
    gone = NOTHING
    for position, stored in file.rows():
        if position > after and stored is not None and FORGOTTEN in stored.topic:
            with suppress(Refused):  # a fact that cannot be read is told where it stands
                gone = gone | forgotten_by(PlainMapper().read(stored, position))
    return gone


def _of_file(line: str) -> Fault:
    row = ROW_OF_AN_INDEX.search(line)
    return Fault("file", int(row[1]) if row else None, f"The log's file is damaged: {line}.")


def _changed_since(file: LogFile, before: LogFile) -> Iterator[Fault]:
    for position in file.differences(before):
        says = f"Position {position} is not what the backup holds: it was altered, or is missing."
        yield Fault("backup", position, says)


def _in_order(faults: list[Fault]) -> list[Fault]:
    """Faults in the order of their positions, each once; those of no position first."""
    several = sorted(set(faults), key=lambda fault: (fault.position or 0, fault.part, fault.says))
    if len(several) <= MOST:
        return several
    counted = Counter(fault.part for fault in several[MOST:])
    more = ", ".join(f"{count} of a {part}" for part, count in counted.items())
    return [*several[:MOST], Fault("file", None, f"And {len(several) - MOST} faults more: {more}.")]
