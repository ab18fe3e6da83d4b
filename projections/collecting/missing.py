"""Who is missing, and what they can still decide: the list to nudge while a round is open.

For an open round this says who has answered, and nothing that reveals how. For a closed one it says
what those who stayed silent could have changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ehsg_events.agreement.consensus import yardstick
from ehsg_events.kernel import Frozen
from ehsg_events.reminders.quorum_reach import Reach, Silence, Voice, reach, silence
from projections.collecting.missing_sentences import (
    say_missed,
    say_missing,
    say_person,
    say_reach,
    say_silence,
    say_silent_person,
)
from projections.collecting.voices import missing_rows, newest_round
from projections.facts.view import View
from projections.figures.agreement import VERDICTS
from projections.folded.consensus import Consensus, consensus
from projections.folded.rounds import closed


class Share(Frozen):
    """How many people of an agency were asked about a descriptor, and how many have answered."""

    agency: str
    asked: int
    answered: int


class Reached(Frozen):
    """One descriptor of the newest round: who has answered, who is missing, what they can decide.

    While the round is open, `quorum` says whether enough have answered, and the figures are null.
    Once it is closed, `quorum` is null: `lowest` to `highest` is where the answers of the missing
    could have put the middle score, `verdicts` are those they could have led to, and `could_have`
    are the people who could have changed anything. The last two are null where too many were
    missing to try every combination of answers.
    """

    item: str
    label: str
    asked: int
    answered: int
    agencies: tuple[Share, ...]
    missing: tuple[str, ...]
    quorum: Reach | None
    median: float | None = None
    lowest: float | None = None
    highest: float | None = None
    verdict: str | None = None
    verdicts: tuple[str, ...] | None = None
    could_have: tuple[str, ...] | None = None
    says: str


class Silent(Frozen):
    """Somebody who has not answered everything they are asked, or had not when the round closed.

    `needed_for` are those of their items that lack a quorum which the missing can still make; once
    the round is closed, those whose figures they could have changed. `fewest` is the fewest answers
    that any of their items has.
    """

    person: str
    agency: str
    items: tuple[str, ...]
    needed_for: tuple[str, ...]
    fewest: int
    says: str


class Missing(Frozen):
    """The newest round by descriptor, and those who are missing in the order to nudge."""

    round: int | None
    closed: bool
    sentence: str
    descriptors: tuple[Reached, ...]
    people: tuple[Silent, ...]


def missing(view: View) -> Missing:
    """Who has not answered in the newest round, and what depends on them."""
    voices = _voices(view)
    newest = newest_round(view)
    over = newest in closed(view)
    descriptors = tuple(_reached(view, newest, voices, closed=over))
    silent = tuple(_silent(descriptors, view, closed=over))
    say = _say_closed if over else _say_open
    return Missing(
        round=newest,
        closed=over,
        sentence=say(newest, descriptors, len(silent)),
        descriptors=descriptors,
        people=silent,
    )


def _say_open(newest: int | None, descriptors: Sequence[Reached], silent: int) -> str:
    short = sum(descriptor.quorum != "enough" for descriptor in descriptors)
    return say_missing(newest, len(descriptors), silent, short)


def _say_closed(newest: int | None, descriptors: Sequence[Reached], silent: int) -> str:
    could = [None if d.could_have is None else bool(d.could_have) for d in descriptors]
    return say_missed(newest or 0, len(descriptors), silent, could)


def _voices(view: View) -> dict[str, list[Voice]]:
    """The people who were asked about each descriptor or have answered it, in the guide's order."""
    by_item: dict[str, list[Voice]] = {}
    for row in missing_rows(view):
        voice = Voice(
            person=row.stakeholder,
            agency=row.agency,
            asked=row.asked,
            answered=row.answered,
            missing=row.missing,
            stood_as=row.stood_as,
            kind=row.kind,
            score=row.score,
        )
        by_item.setdefault(row.item, []).append(voice)
    return {item: by_item[item] for item in view.guide.descriptors if item in by_item}


# -- by descriptor -----------------------------------------------------------------------------
def _reached(
    view: View, newest: int | None, voices: Mapping[str, Sequence[Voice]], *, closed: bool
) -> Iterator[Reached]:
    stands = {row.item: row for row in consensus(view) if row.round == newest}
    for item, theirs in voices.items():
        silent = tuple(voice.person for voice in theirs if voice.missing)
        if closed:
            scale = view.guide.scale_of(item)
            yard = yardstick(scale.lowest, scale.highest)
            bounds = silence(theirs, yard, view.state.rule)
            figures = _figures(stands[item], bounds, len(silent))
        else:
            figures = _quorum(reach(theirs, view.state.rule), theirs)
        descriptor = view.guide.items[item]
        yield Reached(
            item=item,
            label=descriptor.label or descriptor.statement,
            asked=sum(voice.asked for voice in theirs),
            answered=len(_answered(theirs)),
            agencies=tuple(_shares(theirs)),
            missing=silent,
            **figures,
        )


def _answered(voices: Iterable[Voice]) -> list[Voice]:
    return [voice for voice in voices if voice.asked and voice.answered]


def _shares(voices: Sequence[Voice]) -> Iterator[Share]:
    answered = Counter(voice.agency for voice in _answered(voices))
    for agency, many in Counter(voice.agency for voice in voices if voice.asked).items():
        yield Share(agency=agency, asked=many, answered=answered[agency])


def _quorum(quorum: Reach, voices: Sequence[Voice]) -> dict[str, Any]:
    """What is said of a descriptor while the round is open."""
    asked, answered = sum(voice.asked for voice in voices), len(_answered(voices))
    return {"quorum": quorum, "says": say_reach(asked, answered, quorum)}


def _figures(stands: Consensus, bounds: Silence, silent: int) -> dict[str, Any]:
    """What is said of a descriptor once the round is closed."""
    lowest, highest, verdicts = bounds.ranges
    return {
        "quorum": None,
        "median": stands.median,
        "lowest": lowest,
        "highest": highest,
        "verdict": stands.verdict,
        "verdicts": None if verdicts is None else tuple(v for v in VERDICTS if v in verdicts),
        "could_have": bounds.could_have,
        "says": say_silence(silent, bounds),
    }


# -- by person ---------------------------------------------------------------------------------
def _silent(descriptors: Sequence[Reached], view: View, *, closed: bool) -> list[Silent]:
    """Those who are missing, first those on whom most depends."""
    by_person: dict[str, list[Reached]] = {}
    for descriptor in descriptors:
        for person in descriptor.missing:
            by_person.setdefault(person, []).append(descriptor)
    silent = [_person(view, person, by_person[person], closed=closed) for person in by_person]
    return sorted(
        silent,
        key=lambda person: (-len(person.needed_for), person.fewest, -len(person.items)),
    )


def _person(view: View, person: str, descriptors: Sequence[Reached], *, closed: bool) -> Silent:
    items = tuple(descriptor.item for descriptor in descriptors)
    needed_for = tuple(
        descriptor.item for descriptor in descriptors if _depends_on(descriptor, person)
    )
    untried = [descriptor.item for descriptor in descriptors if descriptor.could_have is None]
    return Silent(
        person=person,
        agency=view.state.panel[person].agency,
        items=items,
        needed_for=needed_for,
        fewest=min(descriptor.answered for descriptor in descriptors),
        says=say_silent_person(person, items, needed_for, untried)
        if closed
        else say_person(person, items, needed_for),
    )


def _depends_on(descriptor: Reached, person: str) -> bool:
    """Whether a quorum waits for somebody, or they could have changed the figures, where known."""
    return descriptor.quorum == "within-reach" or person in (descriptor.could_have or ())
