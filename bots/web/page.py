"""A page of the interview as plain values: everything a template prints."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bots.interview.annexes import Annex
from bots.interview.talk import Choice
from bots.web.forms import Filled, Mistake
from ehsg_events.interview.questions import Ask
from ehsg_events.language.catalogue import ENGLISH


class Way(NamedTuple):
    """A way on from a page: a link to a step, or a button that says something."""

    label: str
    token: str = ""
    step: str = ""
    style: str = "plain"
    about: str = ""  # for who does not see where on the page it stands


class Line(NamedTuple):
    """One paragraph, and the language it is in if that is not the page's."""

    text: str
    lang: str | None = None
    quoted: bool = False
    heading: bool = False
    change: Way | None = None


class Noted(NamedTuple):
    """Words that stand under a question: as they are shown, and what changing them needs."""

    name: str
    shown: str
    words: str
    source: str | None


class Box(NamedTuple):
    """A box for words: what it is for, its hint, and what was kept under it so far."""

    ask: Ask
    name: str
    label: str
    hint: str = ""
    lang: str | None = None
    takes_files: bool = True
    noted: tuple[Noted, ...] = ()


class Place(NamedTuple):
    """A place in the order of what comes first, and what was chosen for it."""

    name: str
    label: str
    chosen: str


@dataclass(frozen=True)
class Page:
    """Everything a template prints.

    `step` is its address, `form` the kind of answer it takes, `at` the question it was drawn for,
    `round` its round and `seen` what stood there; `about` ends the heading; `language`
    is the page's, `lang` that of the question and `beside_lang` of what stands beside it, where
    they are not the page's; `apart` is the
    token of the first choice of another kind, `chosen` of the one that stands. `told` says what
    a coordinator did in their name, `worried` where
    to turn with a worry about somebody, `guide_says` what the guide says of the question; `annexes`
    are what it brings along beside it; `kept` is what was typed and not recorded. `dated` is whether
    there is a deadline for their calendar, `unreminded` how reminders are had again that they stopped.
    """

    step: str
    form: str
    headed: str
    heading: str
    about: str = ""
    lead: str = ""
    body: tuple[Line, ...] = ()
    legend: str = ""
    choices: tuple[Choice, ...] = ()
    ways: tuple[Way, ...] = ()
    nav: tuple[Way, ...] = ()
    back: str | None = None
    at: str = ""
    round: int = 0
    seen: str = ""
    lang: str | None = None
    language: str = ENGLISH
    beside_lang: str | None = None
    boxes: tuple[Box, ...] = ()
    places: tuple[Place, ...] = ()
    number: str = ""
    over: bool = False
    apart: str = ""
    chosen: str = ""
    contact: str = ""
    told: tuple[str, ...] = ()
    dated: bool = False
    unreminded: Way | None = None
    worried: str = ""
    annexes: tuple[Annex, ...] = ()
    guide_says: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    kept: Filled = field(default_factory=Filled)

    @property
    def up(self) -> str:
        """What leads from this step's address to that of a step of one word."""
        return "../" * self.step.count("/")

    @property
    def takes_words(self) -> bool:
        """Whether words are typed in its main form, which must not be lost by leaving it."""
        return self.form in ("words", "hand-on", "number")

    def wrong(self, mistakes: tuple[Mistake, ...], kept: Filled) -> Page:
        """The same page, saying what is wrong, with what was typed still in its boxes."""
        chosen = kept.choice if self.form == "radios" and kept.choice else self.chosen
        places = tuple(
            place._replace(chosen=kept.text(place.name)) if kept.do == "name" else place
            for place in self.places
        )
        return replace(self, mistakes=mistakes, kept=kept, chosen=chosen, places=places)
