"""Who is missing, and what they can still decide: the list to nudge while a round is open.

While it is open only who has answered is told, and nothing that tells how: once it is closed, what
those who stayed silent could have led to.
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
from projections.facts.view import View
from projections.figures.agreement import VERDICTS


class Share(Frozen):
    """How many people of an agency were asked about a descriptor, and how many have answered."""

    agency: str
    asked: int
    answered: int


class Reached(Frozen):
    """One descriptor of the newest round: who has answered, who is missing, what they can decide.

    While the round is open `quorum` says whether enough have answered; all below it is null. Once
    it is closed it is the other way round: `lowest` to `highest` is where the middle score could
    have come to lie by what the missing might have said, `verdicts` are those there could have
    been, and `could_have` who might have changed anything; these two are null where too many were
    missing to try everything out.
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

    `needed_for` are those of their items that have no quorum without the missing, once the round
    is closed those whose figures they could have changed; `fewest` is the fewest answers that any
    of their items has.
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
    """Who has not answered in the newest round, and what hangs on it."""
    voices = _voices(view)
    opened = view.ask("SELECT max(round) AS newest FROM fact WHERE what = 'RoundOpened'")
    newest = opened[0]["newest"]
    closed = bool(view.ask("SELECT round FROM closed WHERE round = ?", newest))
    found = tuple(_reached(view, newest, voices, closed=closed))
    silent = tuple(_silent(found, view, closed=closed))
    say = _say_closed if closed else _say_open
    return Missing(
        round=newest,
        closed=closed,
        sentence=say(newest, found, len(silent)),
        descriptors=found,
        people=silent,
    )


def _say_open(newest: int | None, found: Sequence[Reached], silent: int) -> str:
    short = sum(one.quorum != "enough" for one in found)
    return say_missing(newest, len(found), silent, short)


def _say_closed(newest: int, found: Sequence[Reached], silent: int) -> str:
    could = [None if one.could_have is None else bool(one.could_have) for one in found]
    return say_missed(newest, len(found), silent, could)


def _voices(view: View) -> dict[str, list[Voice]]:
    """Those asked about each descriptor, or heard on it, in the guide's order."""
    found: dict[str, list[Voice]] = {}
    for row in view.ask("SELECT * EXCLUDE (round) FROM missing"):
        row["person"] = row.pop("stakeholder")
        found.setdefault(row.pop("item"), []).append(Voice(**row))
    return {item: found[item] for item in view.guide.descriptors if item in found}


# -- by descriptor -----------------------------------------------------------------------------
def _reached(
    view: View, newest: int, voices: Mapping[str, Sequence[Voice]], *, closed: bool
) -> Iterator[Reached]:
    rows = view.ask("SELECT item, median, verdict FROM consensus WHERE round = ?", newest)
    stands = {row["item"]: row for row in rows}
    for item, theirs in voices.items():
        silent = tuple(one.person for one in theirs if one.missing)
        if closed:
            scale = view.guide.scale_of(item)
            yard = yardstick(scale.lowest, scale.highest)
            found = silence(theirs, yard, view.state.rule)
            figures = _figures(stands[item], found, len(silent))
        else:
            figures = _quorum(reach(theirs, view.state.rule), theirs)
        words = view.guide.items[item]
        yield Reached(
            item=item,
            label=words.label or words.statement,
            asked=sum(one.asked for one in theirs),
            answered=len(_answered(theirs)),
            agencies=tuple(_shares(theirs)),
            missing=silent,
            **figures,
        )


def _answered(voices: Iterable[Voice]) -> list[Voice]:
    return [one for one in voices if one.asked and one.answered]


def _shares(voices: Sequence[Voice]) -> Iterator[Share]:
    answered = Counter(one.agency for one in _answered(voices))
    for agency, many in Counter(one.agency for one in voices if one.asked).items():
        yield Share(agency=agency, asked=many, answered=answered[agency])


def _quorum(found: Reach, voices: Sequence[Voice]) -> dict[str, Any]:
    """What is told of a descriptor while the round is open."""
    asked, answered = sum(one.asked for one in voices), len(_answered(voices))
    return {"quorum": found, "says": say_reach(asked, answered, found)}


def _figures(stands: Mapping[str, Any], found: Silence, silent: int) -> dict[str, Any]:
    """What is told of a descriptor once the round is closed."""
    lowest, highest, verdicts = found.ranges
    return {
        "quorum": None,
        "median": stands["median"],
        "lowest": lowest,
        "highest": highest,
        "verdict": stands["verdict"],
        "verdicts": None if verdicts is None else tuple(v for v in VERDICTS if v in verdicts),
        "could_have": found.could_have,
        "says": say_silence(silent, found),
    }


# -- by person ---------------------------------------------------------------------------------
def _silent(found: Sequence[Reached], view: View, *, closed: bool) -> list[Silent]:
    """Those who are missing, first those on whom most hangs."""
    theirs: dict[str, list[Reached]] = {}
    for one in found:
        for person in one.missing:
            theirs.setdefault(person, []).append(one)
    silent = [_person(view, person, theirs[person], closed=closed) for person in theirs]
    return sorted(silent, key=lambda one: (-len(one.needed_for), one.fewest, -len(one.items)))


def _person(view: View, person: str, theirs: Sequence[Reached], *, closed: bool) -> Silent:
    items = tuple(one.item for one in theirs)
    needed_for = tuple(one.item for one in theirs if _hangs_on(one, person))
    untried = [one.item for one in theirs if one.could_have is None]
    return Silent(
        person=person,
        agency=view.state.panel[person].agency,
        items=items,
        needed_for=needed_for,
        fewest=min(one.answered for one in theirs),
        says=say_silent_person(person, items, needed_for, untried)
        if closed
        else say_person(person, items, needed_for),
    )


def _hangs_on(one: Reached, person: str) -> bool:
    """Whether a quorum waits for somebody, or they could have changed the figures, as far as told."""
    return one.quorum == "within-reach" or person in (one.could_have or ())
