"""The form with which the first assessment is opened: who, in which area, under which guide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, NamedTuple

from bots.operations.form import Asked, Form, filled
from bots.phrases import desk as phrases
from bots.web.forms import Mistake
from ehsg_events.commands.assessments import Opening
from ehsg_events.commands.people import Contact, Opener
from ehsg_events.kernel import Refused
from ehsg_events.log.published_guides import published
from ehsg_events.panel.email_address import read_email
from ehsg_events.policy.rules_file import usual
from guides import library
from guides.model import Guide

MOST = 200  # characters of a name
FIELDS = ("name", "email", "area", "guide")


class Beginning(Form):
    """What is asked of whoever opens the first assessment."""

    name: Annotated[str, Asked("Your name; kept sealed.")]
    area: Annotated[str, Asked("The area that assesses itself.")]
    guide: Annotated[str, Asked("The guide it is assessed under.")]
    email: Annotated[str, Asked("Your work e-mail address; kept sealed.")] = ""


class Offered(NamedTuple):
    """A guide that can be chosen: its id, its title with the year, and where it comes from."""

    id: str
    title: str
    says: str


def offered(folder: Path) -> list[Offered]:
    """The newest edition of every guide that is published here, the newest guide first."""
    newest: dict[str, Guide] = {}
    for name in library.names(folder):
        try:
            guide = published(name, folder).guide
        except Refused:  # it was altered, and an assessment under it would be refused
            continue
        known = newest.get(guide.name)
        if known is None or known.version < guide.version:
            newest[guide.name] = guide
    by_year = sorted(newest.values(), key=lambda guide: (-guide.year, guide.title))
    return [
        Offered(
            guide.id,
            f"{guide.title} ({guide.year})",
            phrases.from_whom(guide.publisher, len(guide.descriptors)),
        )
        for guide in by_year
    ]


def mistakes(given: Mapping[str, str], guides: list[Offered]) -> Iterator[Mistake]:
    """What is missing or cannot be, each at its field."""
    for field, missing in (("name", phrases.SAY_YOUR_NAME), ("area", phrases.SAY_AREA)):
        typed = given.get(field, "").strip()
        if not typed:
            yield Mistake(field, missing)
        elif len(typed) > MOST:
            yield Mistake(field, phrases.name_too_long(len(typed), MOST))
    if email := given.get("email", "").strip():
        try:
            read_email(email)
        except Refused as refusal:
            yield Mistake("email", str(refusal))
    if given.get("guide") not in {guide.id for guide in guides}:
        yield Mistake("guide", phrases.CHOOSE_GUIDE)


def opening(given: Mapping[str, str]) -> Opening:
    """What the form opens, once it has no mistakes.

    Raises:
        Refused: words in it must not be kept.
    """
    known = {name: given.get(name, "").strip() for name in FIELDS}
    form = filled(Beginning, known)
    coordinator = Opener(form.name, Contact(email=form.email or None))
    return Opening(form.area, form.guide, usual(), coordinator=coordinator)
