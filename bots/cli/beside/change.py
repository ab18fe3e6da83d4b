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

    explained = read_model.change(view_of(context, last, as_of), view_of(context, this, as_of))
    if as_json:
        print_json(explained.model_dump(mode="json"))
    else:
        print("\n".join(_lines(explained)))


def _lines(explained: Explained) -> Iterator[str]:
    if explained.overall is None:
        yield f"{explained.area}: {_no_mean(explained)}"
    else:
        yield f"{explained.area}, the mean of all descriptors: {_shares(explained.overall)}"
    yield from _matched(explained)
    for moved in explained.descriptors:
        yield from _moved(moved)
    yield from map(_once, explained.once)
    if explained.rescaled:
        yield f"Asked alike on another scale, and not compared: {', '.join(explained.rescaled)}."
    if explained.reworded:
        yield f"The levels of these are worded differently: {', '.join(explained.reworded)}."
    yield "Figures are rounded; --json has them as the fractions they are, which add up exactly."


def _no_mean(explained: Explained) -> str:
    if explained.descriptors:
        return (
            "the scores are on scales of different length, so there is no mean of all descriptors; "
            "each of these stands on the same scale in both years."
        )
    return (
        "no descriptor that both years ask alike, on the same scale, has scores in both, so there "
        "is no change to take apart."
    )


def _shares(shares: Shares) -> str:
    """The change and each part of it that is not zero."""
    parts = {words: getattr(shares, name) for name, words in PARTS.items()}
    listed = ", ".join(f"{words} {_signed(part)}" for words, part in parts.items() if part)
    span = f"{_figure(shares.last)} to {_figure(shares.this)}"
    return f"{span} ({_signed(shares.whole)})" + (f": {listed}." if listed else ".")


def _matched(explained: Explained) -> Iterator[str]:
    from projections.figures.agreement import people

    are = "is" if explained.matched == 1 else "are"
    yield f"{people(explained.matched)} {are} certainly on both panels, by name and agency."
    unsure = [
        f"{people(number)} {UNSURE[why]}" for why, number in explained.unsure.items() if number
    ]
    if unsure:
        yield f"Others count as different people, though it is not certain: {', '.join(unsure)}."


def _moved(moved: Moved) -> Iterator[str]:
    before = f" (then {moved.earlier})" if moved.earlier != moved.item else ""
    who = f"{moved.stayed} scored it in both years, {moved.went} only then, {moved.came} only now."
    yield f"{moved.item} {moved.label}{before}: {_shares(moved.shares)} {who}"
    if moved.outcome:
        yield f"  {_settled(moved.outcome)}"


def _settled(settled: Settled) -> str:
    """The change of the outcome and each part of it that is not zero, the mean's included."""
    parts = {"the panel's mean": settled.whole - settled.rule - settled.moderation}
    parts |= {words: getattr(settled, name) for name, words in OUTCOME.items()}
    listed = ", ".join(f"{words} {_signed(part)}" for words, part in parts.items() if part)
    span = f"The outcome, {settled.last} to {settled.this} ({settled.whole:+d})"
    return f"{span}: {listed}." if listed else f"{span}."


def _once(once: Once) -> str:
    return (
        f"{once.item} {once.label}: {_figure(once.mean)} {WHEN[once.year]} assessment alone, "
        f"{BECAUSE[once.because]}."
    )


def _figure(value: Fraction) -> str:
    return f"{float(value):.2f}"


def _signed(value: Fraction) -> str:
    return f"{float(value):+.2f}"


COMMANDS = {
    "change": Command(change, "ehsg change 1f3a 9c2e"),
}
