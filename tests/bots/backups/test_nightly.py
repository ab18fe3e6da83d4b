"""A backup every night, at once when there is none; what fails is said once, and tried again."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.processes import within
from support.story.story import PANEL, Story, agree_and_split

from bots.backups import nightly
from bots.backups.nightly import LONGEST, SHORTEST, beside, is_due
from bots.backups.settings import chosen
from bots.backups.snapshot import Backup, snapshots
from ehsg_events.kernel import Refused

NOW = datetime(2026, 11, 30, 14, tzinfo=UTC)
PATIENCE = 110.0
LOOKS: list[Path] = []


class Looked(Backup):
    """A place for backups that notes each look at when the last one was made."""

    def last_at(self) -> datetime | None:
        """As any place; it is noted."""
        LOOKS.append(self.folder)
        return super().last_at()


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup that gives way to nobody, so that a busy machine makes it, too."""
    monkeypatch.setattr(nightly, "NICENESS", 0)


@pytest.fixture
def in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose own time is UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


@pytest.mark.usefixtures("in_utc")
@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, NOW, True),
        (NOW - LONGEST, NOW, True),
        (NOW + timedelta(days=1), NOW, True),  # a clock was ahead when it was made
        (NOW - SHORTEST, NOW, False),
        (NOW - SHORTEST, NOW + timedelta(hours=12), True),
        (NOW, NOW + timedelta(hours=11), False),  # one in the afternoon lasts the night
    ],
)
def test_a_backup_is_due_at_night_or_when_the_last_is_too_old(
    last: datetime | None, now: datetime, *, due: bool
) -> None:
    """Twice in one night never; a machine that sleeps at night is backed up by day."""
    assert is_due(last, now) is due


@pytest.mark.usefixtures("eager")
def test_a_folder_that_is_served_is_backed_up(tmp_path: Path) -> None:
    """By a child process, without a word when all is well."""
    with Story(tmp_path / "data") as story:
        agree_and_split(story.opened(PANEL))
    said: list[str] = []
    backup = Backup(tmp_path / "backup", tmp_path / "safe")
    with beside(tmp_path / "data", backup, said.append, every=0.05):
        assert within(PATIENCE, backup.last_at)
    assert (len(snapshots(backup)), said) == (1, [])


@pytest.mark.usefixtures("eager")
def test_what_fails_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the words of the command, however often it is tried."""
    monkeypatch.setattr(nightly, "AFTER_A_FAILURE", timedelta(0))
    with Story(tmp_path / "data") as story:
        agree_and_split(story.opened(PANEL))
    (tmp_path / "file").write_text("no folder")
    said: list[str] = []
    backup = Looked(tmp_path / "file")
    with beside(tmp_path / "data", backup, said.append, every=0.05):
        assert within(PATIENCE, lambda: len(LOOKS) > 2)  # two were tried, and a third is due
    (line,) = said
    assert line.startswith("The nightly backup: ")
    assert "is a file" in line


def test_where_it_goes_is_read_from_the_environment() -> None:
    """Nowhere by default; a number that is none is refused."""
    assert chosen({}) is None
    given = {"EHSG_BACKUP_FOLDER": "/b", "EHSG_BACKUP_KEYS": "/k", "EHSG_BACKUP_KEEP": "7"}
    assert chosen(given) == Backup(Path("/b"), Path("/k"), 7)
    for wrong in ("0", "-1", "many", "٣"):
        with pytest.raises(Refused, match="EHSG_BACKUP_KEEP"):
            chosen({**given, "EHSG_BACKUP_KEEP": wrong})
