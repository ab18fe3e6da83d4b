"""The table of scores, and how many people stood on each level, for whoever reads the report.

Numbers that were given stand in `words`.
"""

from __future__ import annotations

from collections.abc import Iterable

from guides.model import Guide
from projections.figures.agreement import VERDICTS
from projections.results.results import Result
from projections.tables.model import Column, Reference, Table, Value

ITEM = Column(name="item", title="Item", says="The descriptor's number in the guide.", needed=True)
SCORES = (
    Column(
        name="place", title="Place", says="Its place in the guide.", kind="integer", needed=True
    ),
    ITEM,
    Column(name="label", title="Descriptor", says="Its short name, or what it states."),
    Column(name="section", title="Section", says="The section of the guide it stands in."),
    Column(
        name="outcome",
        title="Outcome",
        says="The score that stands; blank while there is none. 0 is a score.",
        kind="integer",
    ),
    Column(name="outcome_level", title="Level", says="The words of that level."),
    Column(
        name="settled",
        title="Settled",
        says="Whether the rule adopted the outcome or a moderation settled it.",
        choices=("by the rule", "in moderation"),
    ),
    Column(
        name="against",
        title="Against the panel",
        says="Whether a score settled in moderation is higher or lower than the panel's middle "
        "score, or near it; untold where that could tell what somebody answered.",
        choices=("higher", "lower", "near", "untold"),
    ),
    Column(name="because", title="Because", says="The reason a moderation was given."),
    Column(
        name="dissents",
        title="Dissents",
        says="How many people object to the outcome.",
        kind="integer",
        least=0,
    ),
    Column(
        name="verdict",
        title="Verdict",
        says="What the rule calls the agreement of the panel; withheld where no figures are shown.",
        needed=True,
        choices=(*VERDICTS, "withheld"),
    ),
    Column(name="median", title="Middle", says="The middle score.", kind="number"),
    Column(name="low", title="Lowest", says="The lowest score given.", kind="integer"),
    Column(name="high", title="Highest", says="The highest score given.", kind="integer"),
    *(
        Column(name=name, title=title, says=says, kind="integer", least=0)
        for name, title, says in (
            ("n", "Scores", "How many people gave a score."),
            ("dont_know", "Don't know", "How many said that they do not know; in no other figure."),
            ("invited", "Asked", "How many people were asked."),
            ("within_one", "Within one", "How many stood within one point of the middle score."),
        )
    ),
    Column(name="rule", title="Rule", says="The rule of agreement, by its name.", needed=True),
    Column(
        name="sentence", title="In words", says="How the panel stands, or why that is not shown."
    ),
    Column(
        name="not_needed",
        title="Not needed",
        says="Where an alternative is in place, so that this low score is no weakness.",
    ),
)
COUNTS = (
    ITEM,
    Column(name="score", title="Score", says="A level's score.", kind="integer", needed=True),
    Column(name="level", title="Level", says="The level's words.", needed=True),
    Column(
        name="people",
        title="People",
        says="How many gave this score.",
        kind="integer",
        needed=True,
        least=0,
    ),
)
FIGURES = ("median", "low", "high", "n", "dont_know", "invited", "within_one")


def scores(results: Iterable[Result]) -> Table:
    """Every descriptor in the guide's order, as its reader may see it."""
    return Table(
        name="scores",
        title="Scores",
        says="A row is a descriptor, in the guide's order.",
        columns=SCORES,
        rows=tuple(_row(place, result) for place, result in enumerate(results, start=1)),
        key=("item",),
    )


def _row(place: int, result: Result) -> tuple[Value, ...]:
    settled = "in moderation" if result.moderated else "by the rule"
    return (
        place,
        result.item,
        result.label,
        result.section,
        result.outcome,
        result.outcome_level,
        None if result.outcome is None else settled,
        result.against,
        result.because,
        len(result.dissent),
        result.verdict,
        *(getattr(result, name) for name in FIGURES),
        result.rule,
        result.sentence,
        result.not_needed,
    )


def counts(guide: Guide, results: Iterable[Result]) -> Table:
    """How many people gave each score, of the descriptors whose figures are shown."""
    return Table(
        name="distribution",
        title="Distribution",
        says="A row is a level of a descriptor whose figures are shown.",
        columns=COUNTS,
        rows=tuple(
            (result.item, level.score, level.label, people)
            for result in results
            if result.counts
            for level, people in zip(guide.scale_of(result.item).levels, result.counts, strict=True)
        ),
        key=("item", "score", "level"),
        refers=(Reference(column="item", table="scores"),),
    )
