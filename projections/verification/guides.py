"""Whether every guide that an assessment rests on is there, as it was published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ehsg_events.events import AssessmentOpened
from ehsg_events.kernel import Recorded, Refused
from ehsg_events.log.published_guides import published
from guides.library import FOLDERS
from guides.shelf import AlteredGuide, Shelf
from projections.verification.fault import Fault


def look_at_guide(recorded: Recorded, folder: Path) -> Iterator[Fault]:
    """What is wrong with the guide of an assessment that was opened."""
    fact = recorded.fact
    if isinstance(fact, AssessmentOpened):
        try:
            found = published(fact.guide, folder).digest
        except Refused as no:
            yield Fault("guide", recorded.position, f"Position {recorded.position}: {no}")
            return
        if found != fact.guide_digest:
            says = (
                f"Position {recorded.position} opened an assessment with another {fact.guide} than "
                f"the one that is there (recorded {fact.guide_digest[:12]}, there {found[:12]})."
            )
            yield Fault("guide", recorded.position, says)


def look_at_shelves(folder: Path) -> Iterator[Fault]:
    """What is wrong with the files that an area published itself."""
    for name, shelf, digest in files(folder):
        try:
            shelf.content(name, digest)
        except AlteredGuide as mistake:
            yield Fault("guide", None, str(mistake))


def files(folder: Path) -> Iterator[tuple[str, Shelf, str]]:
    """Everything that an area published itself: its name, where it lies, and its digest."""
    for kind in FOLDERS.values():
        shelf = Shelf(folder / "guides" / kind)
        for name, digest in shelf.published().items():
            yield name, shelf, digest
