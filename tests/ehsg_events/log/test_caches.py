"""Focus: whoever asks again for facts is given every one of them, whoever wrote it meanwhile."""

from __future__ import annotations

import random
from pathlib import Path
from uuid import UUID

import pytest
from support.area import Area

from ehsg_events.commands import people
from ehsg_events.events import AssessmentOpened, CoordinatorNamed, StakeholderAdded
from ehsg_events.kernel import Recorded
from ehsg_events.log import caches
from ehsg_events.log.log import Log

QUESTIONS = (
    (AssessmentOpened.TOPIC,),
    (StakeholderAdded.TOPIC, CoordinatorNamed.TOPIC),
    (StakeholderAdded.TOPIC,),
)


def another_coordinator(area: Area) -> None:
    """One more fact about an area."""
    people.name_coordinator(area.log, area.stamp(), area.id, "Jane Quill", people.Contact())


def read_anew(folder: Path, area: Area, topics: tuple[str, ...]) -> list[Recorded]:
    """The facts as somebody reads them who reads them for the first time."""
    log = Log(folder)
    found = list(log.about(area.id, topics))
    log.close()
    return found


@pytest.mark.parametrize("most", [0, 5, 20_000])
def test_who_asks_again_is_given_all_that_anybody_wrote(
    tmp_path: Path, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is lost, doubled or out of order, however much is kept and whoever writes."""
    monkeypatch.setattr(caches, "MOST", most)
    dice, log, elsewhere = random.Random(most), Log(tmp_path), Log(tmp_path)
    areas = [Area(log), Area(elsewhere, UUID(int=8))]
    for area in areas:
        area.open()
    for _ in range(12):
        area, topics = dice.choice(areas), dice.choice(QUESTIONS)
        another_coordinator(dice.choice(areas))
        assert list(log.about(area.id, topics)) == read_anew(tmp_path, area, topics)
    log.close()
    elsewhere.close()


def test_what_is_kept_has_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory does not grow with the questions that are asked."""
    monkeypatch.setattr(caches, "MOST", 5)
    area = Area(Log(tmp_path))
    area.open()
    kept = caches.FactCache(area.log.store, area.log.construct_mapper())
    for topics in QUESTIONS * 2:
        list(kept.about(area.id, topics))
        assert sum(len(facts) for _, facts in kept._kept.values()) <= 5
    area.log.close()
