"""Published guides for decisions: a guide that the library cannot open is refused."""

from __future__ import annotations

from pathlib import Path

from ehsg_events.kernel import Refused
from ehsg_events.states.assessment import Assessment
from guides import library
from guides.library import PublishedGuide
from guides.model import Guide


def published(name: str, folder: Path | None = None) -> PublishedGuide:
    """A published guide by its name.

    Args:
        folder: the data folder, which may hold guides of its own.

    Raises:
        Refused: nothing is published under this name, or its file was altered.
    """
    try:
        return library.guide(name, folder)
    except (library.UnknownGuide, library.AlteredGuide) as mistake:
        raise Refused(str(mistake)) from None


def guide_of(assessment: Assessment, folder: Path | None = None) -> Guide:
    """The guide an assessment was opened with, as it was published then.

    Raises:
        Refused: the published file is not the one this assessment recorded, or is gone.
    """
    opened = published(assessment.guide, folder)
    if opened.digest != assessment.guide_digest:
        raise Refused(
            f"{assessment.guide} is not the guide this assessment was opened with "
            f"(digest {opened.digest[:12]}, recorded {assessment.guide_digest[:12]})."
        )
    return opened.guide
