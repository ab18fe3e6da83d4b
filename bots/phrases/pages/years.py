"""What is said of an area's years side by side, and of what changed from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from bots.phrases.labels import counted

if TYPE_CHECKING:
    from projections.years.change import Explained, Once, Settled, Shares
    from projections.years.side_by_side import Line, Said, Years

# -- side by side ----------------------------------------------------------------------------------
YEARS = "Earlier years"
YEARS_WORDS = (
    "Scores as they were given, each in the words of its own guide; none is turned into another. Other "
    "years stand here once they are handed in. An outcome that could tell what somebody said stands as no "
    "score."
)
ALONE_HERE = "No other year of this area is handed in, so there is nothing to lay beside this one."
SHOWN, EACH, NO_MORE = "The years", "Each descriptor", "Asked before and no more"
YEAR, GUIDE, SOURCE, DESCRIPTOR, BESIDE = (
    "Year",
    "Guide",
    "What it is",
    "Descriptor",
    "Between the guides",
)
NO_SCORE, NOTHING = "no score", "–"
KINDS = {
    "same": "asks the same",
    "close": "asks nearly the same",
    "part": "covers a part",
    "none": "asked nothing like it",
}
NTH = ("first", "second", "third", "fourth", "fifth")
TO_CHANGE = "What changed, and by what"


def which(number: int) -> str:
    """Which one of several of the same kind it is, in the order in which they began."""
    return f", the {NTH[number - 1]}" if number <= len(NTH) else f", number {number}"


def unscored(items: Sequence[str]) -> str:
    """The descriptors of which no year tells a score."""
    return f"No score in any of these years: {', '.join(items)}."


def apart(guide: str) -> str:
    """That a year cannot be laid beside the others."""
    return f"{guide}: no crosswalk leads here, not shown"


def crosswalk(name: str, by: str) -> str:
    """Whose judgement a crosswalk is."""
    return f"Crosswalk {name}: {by}"


def joins(table: Years) -> Iterator[str]:
    """By whose judgement the guides bear on each other, and what is to be known of their scales."""
    for name, by in table.crosswalks.items():
        yield crosswalk(name, by)
    yield from table.scales


def level(said: Said) -> str:
    """A score in the words of its own scale."""
    return NO_SCORE if said.score is None else f"{said.score} ({said.words})"


def bearings(line: Line, names: Mapping[str, str]) -> Iterator[str]:
    """How closely earlier guides bear on a descriptor, and what is lost."""
    for guide, kind in line.kind.items():
        yield f"{names.get(guide, guide)} {KINDS[kind]}. Lost: {line.lost[guide]}"


# -- what changed ----------------------------------------------------------------------------------
CHANGE = "What changed"
CHANGE_WORDS = (
    "A later mean taken apart: how much of the difference is other people, how much is changed minds, "
    "and how much is another guide. The parts add up exactly; figures are rounded."
)
THAN, EXPLAIN = "The earlier assessment", "Explain the change"
NONE_TO_EXPLAIN = (
    "You can see no earlier assessment of this area from here. This page tells how single people moved, "
    "so it needs one that you coordinated or audited yourself: if it names your e-mail address, sign in "
    "by a link that is sent to that address."
)
WHOLE, BY_DESCRIPTOR, IN_ONE = "All in all", "Each descriptor", "Scored in one year only"
FROM_TO, BECAUSE_OF, WHO, OUTCOME = "Mean, then to now", "By what", "Who gave a score", "Outcome"
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
RULE_AND_HAND = {"rule": "what the rule made of it", "moderation": "moderation"}


def overall(explained: Explained) -> str:
    """The change of the mean of all descriptors, or why there is none."""
    if explained.overall is not None:
        return f"{explained.area}, the mean of all descriptors: {shares(explained.overall)}"
    if explained.descriptors:
        return (
            f"{explained.area}: the scores are on scales of different length, so there is no mean of "
            f"all descriptors; each of these stands on the same scale in both years."
        )
    return (
        f"{explained.area}: no descriptor that both years ask alike, on the same scale, has scores in "
        f"both, so there is no change to take apart."
    )


def shares(moved: Shares) -> str:
    """The change and each part of it that is not zero."""
    listed = causes(moved)
    return span(moved) + (f": {listed}." if listed else ".")


def span(moved: Shares) -> str:
    """From where to where a mean went."""
    return f"{figure(moved.last)} to {figure(moved.this)} ({signed(moved.whole)})"


def causes(moved: Shares) -> str:
    """Each part of a change that is not zero."""
    parts = {words: getattr(moved, name) for name, words in PARTS.items()}
    return ", ".join(f"{words} {signed(part)}" for words, part in parts.items() if part)


def matched(explained: Explained) -> Iterator[str]:
    """How many people are certainly on both panels, and of how many it is not certain."""
    are = "is" if explained.matched == 1 else "are"
    yield f"{counted(explained.matched, 'person')} {are} certainly on both panels, by name and agency."
    unsure = [
        f"{counted(number, 'person')} {UNSURE[why]}"
        for why, number in explained.unsure.items()
        if number
    ]
    if unsure:
        yield f"Others count as different people, though it is not certain: {', '.join(unsure)}."


def who(stayed: int, went: int, came: int) -> str:
    """How many gave a score in both years, and in one of them."""
    return f"{stayed} scored it in both years, {went} only then, {came} only now."


def settled(moved: Settled) -> str:
    """The change of the outcome and each part of it that is not zero, the mean's included."""
    parts = {"the panel's mean": moved.whole - moved.rule - moved.moderation}
    parts |= {words: getattr(moved, name) for name, words in RULE_AND_HAND.items()}
    listed = ", ".join(f"{words} {signed(part)}" for words, part in parts.items() if part)
    said = f"The outcome, {moved.last} to {moved.this} ({moved.whole:+d})"
    return f"{said}: {listed}." if listed else f"{said}."


def once(one: Once) -> str:
    """A descriptor with scores in one year alone, and why."""
    return (
        f"{one.item} {one.label}: {figure(one.mean)} {WHEN[one.year]} assessment alone, "
        f"{BECAUSE[one.because]}."
    )


def not_compared(explained: Explained) -> Iterator[str]:
    """What could be taken for comparable and is not."""
    if explained.rescaled:
        yield f"Asked alike on another scale, and not compared: {', '.join(explained.rescaled)}."
    if explained.reworded:
        yield f"The levels of these are worded differently: {', '.join(explained.reworded)}."


def figure(value: Fraction) -> str:
    """A mean, rounded."""
    return f"{float(value):.2f}"


def signed(value: Fraction) -> str:
    """A difference, rounded."""
    return f"{float(value):+.2f}"
