"""`ehsg change`: an assessment against an earlier one, taken apart into people, minds and guide."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

import typer

from bots.cli.command import Command
from bots.cli.context import AsJson, AsOf, view_of
from bots.cli.printing import print_json

if TYPE_CHECKING:
    from projections.years.change import Explained, Moved, Once, Settled, Shares


PARTS = {
    "left": "people who left",
    "joined": "people who joined",
    "replaced": "other people altogether",
    "minds": "minds changed",
    "asked": "descriptors scored in one year only",
    "guide": "the guide changed",
}


UNSURE = {
    "forgotten": "whose names were forgotten",
    "twice": "of one name and agency with somebody else",
    "moved": "whose name stands under another agency",
}


WHEN = {"last": "in the earlier", "this": "in the later"}


BECAUSE = {
    "guide": "the other guide has no item that is the same",
    "scale": "the other guide asks it on another scale",
    "asked": "nobody scored it in the other",
}


OUTCOME = {"rule": "what the rule made of it", "moderation": "moderation"}


def change(
    context: typer.Context,
    last: Annotated[str, typer.Argument(help="The earlier assessment's id, or its beginning.")],
    this: Annotated[str, typer.Argument(help="The later one's.")],
    as_of: AsOf = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Explain what changed since an earlier assessment: other people, other minds, another guide."""
    from projections.years import change as read_model

    found = read_model.change(view_of(context, last, as_of), view_of(context, this, as_of))
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        print("\n".join(_told(found)))


def _told(found: Explained) -> Iterator[str]:
    if found.overall is None:
        yield f"{found.area}: {_no_mean(found)}"
    else:
        yield f"{found.area}, the mean of all descriptors: {_shares(found.overall)}"
    yield from _matched(found)
    for moved in found.descriptors:
        yield from _moved(moved)
    yield from map(_once, found.once)
    if found.rescaled:
        yield f"Asked alike on another scale, and not compared: {', '.join(found.rescaled)}."
    yield "Figures are rounded; --json has them as the fractions they are, which add up exactly."


def _no_mean(found: Explained) -> str:
    if found.descriptors:
        return (
            "the scores are on scales of different length, so there is no mean of all descriptors; "
            "each of these stands on the same scale in both years."
        )
    return (
        "no descriptor that both years ask alike, on the same scale, has scores in both, so there "
        "is no change to take apart."
    )


def _shares(found: Shares) -> str:
    """The change and each part that is not nought."""
    every = {words: getattr(found, name) for name, words in PARTS.items()}
    parts = ", ".join(f"{words} {_signed(part)}" for words, part in every.items() if part)
    went = f"{_figure(found.last)} to {_figure(found.this)}"
    return f"{went} ({_signed(found.whole)})" + (f": {parts}." if parts else ".")


def _matched(found: Explained) -> Iterator[str]:
    from projections.figures.agreement import people

    are = "is" if found.matched == 1 else "are"
    yield f"{people(found.matched)} {are} certainly on both panels, by name and agency."
    unsure = [f"{people(many)} {UNSURE[why]}" for why, many in found.unsure.items() if many]
    if unsure:
        yield f"Others count as different people, though it is not certain: {', '.join(unsure)}."


def _moved(one: Moved) -> Iterator[str]:
    before = f" (then {one.earlier})" if one.earlier != one.item else ""
    who = f"{one.stayed} scored it in both years, {one.went} only then, {one.came} only now."
    yield f"{one.item} {one.label}{before}: {_shares(one.shares)} {who}"
    if one.outcome:
        yield f"  {_settled(one.outcome)}"


def _settled(one: Settled) -> str:
    """The change and each part that is not nought, the mean's among them."""
    by = {"the panel's mean": one.whole - one.rule - one.moderation}
    by |= {words: getattr(one, name) for name, words in OUTCOME.items()}
    parts = ", ".join(f"{words} {_signed(part)}" for words, part in by.items() if part)
    went = f"The outcome, {one.last} to {one.this} ({one.whole:+d})"
    return f"{went}: {parts}." if parts else f"{went}."


def _once(one: Once) -> str:
    return (
        f"{one.item} {one.label}: {_figure(one.mean)} {WHEN[one.year]} assessment alone, "
        f"{BECAUSE[one.because]}."
    )


def _figure(value: Fraction) -> str:
    return f"{float(value):.2f}"


def _signed(value: Fraction) -> str:
    return f"{float(value):+.2f}"


COMMANDS = {
    "change": Command(change, "ehsg change 1f3a 9c2e"),
}
