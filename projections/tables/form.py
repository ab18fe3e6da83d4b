"""What an area handed in as a book of tables: the form's own content in its order, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from guides.model import Guide
from projections.submissions.handed_in import KEYS, Document
from projections.tables.choices import OF_A_SCORE
from projections.tables.model import Book, Column, Table, Value
from projections.tables.scores import ITEM

FORM_SCORES = (
    ITEM,
    Column(name="label", title="Descriptor", says="Its short name, or what it states."),
    Column(
        name="score",
        title="Score",
        says="The score handed in; blank where the form is blank. 0 is a score.",
        kind="integer",
    ),
)
ENTRIES = (
    ITEM,
    Column(
        name="field",
        title="Field",
        says="What is working well, or what comes next.",
        needed=True,
        choices=tuple(KEYS.values()),
    ),
    Column(
        name="place",
        title="Place",
        says="The entry's place under its field; a heading has the place of the entry below it.",
        kind="integer",
        needed=True,
        least=1,
    ),
    Column(
        name="heading",
        title="Heading",
        says="Whether it is a heading over the entries that follow.",
        kind="boolean",
        needed=True,
    ),
    Column(name="words", title="Words", says="The bullet or paragraph as printed.", needed=True),
)
CHOICES = (
    Column(name="name", title="What", says="What was chosen or answered.", needed=True),
    Column(
        name="place",
        title="Place",
        says="Its place among others of its name.",
        kind="integer",
        needed=True,
        least=1,
    ),
    Column(name="value", title="Value", says="The choice or answer; blank is never yes."),
)


def form_book(handed_in: Document, guide: Guide) -> Book:
    """A submission's tables."""
    topic = guide.topic
    return Book(
        name=f"{topic.file_name}-submission",
        title=f"{topic.heading} submission: {handed_in.area} {handed_in.year}",
        says=f"What {handed_in.area} handed in for {handed_in.year} under {guide.title}.",
        tables=(
            Table(
                name="scores",
                title="Scores",
                says="A row is a descriptor, in the guide's order.",
                columns=FORM_SCORES,
                rows=tuple(
                    (row.item, guide.items[row.item].label, row.score)
                    for row in handed_in.descriptors
                ),
                key=("item",),
            ),
            Table(
                name="entries",
                title="Entries",
                says="A row is a bullet, a paragraph or a heading under a descriptor.",
                columns=ENTRIES,
                rows=tuple(_entries(handed_in)),
                key=("item", "field", "place", "heading"),
                refers=OF_A_SCORE,
            ),
            Table(
                name="choices",
                title="Choices",
                says="A row is a choice, or an answer on sharing.",
                columns=CHOICES,
                rows=tuple(_choices(handed_in)),
                key=("name", "place"),
            ),
        ),
    )


def _entries(handed_in: Document) -> Iterator[tuple[Value, ...]]:
    headings = {(h.descriptor, h.field, h.before_item): h.heading for h in handed_in.headings}
    for row in handed_in.descriptors:
        for field in KEYS.values():
            texts: tuple[str, ...] = getattr(row, field)
            for place, text in enumerate((*texts, None)):
                if (heading := headings.get((row.item, field, place))) is not None:
                    yield row.item, field, place + 1, True, heading
                if text is not None:
                    yield row.item, field, place + 1, False, text


def _choices(handed_in: Document) -> Iterator[tuple[Value, ...]]:
    model = handed_in.data_model
    yield "data model", 1, None if model is None else str(model)
    for place, item in enumerate(handed_in.priorities, start=1):
        yield "priority", place, item
    for name, answer in handed_in.permissions.items():
        yield f"permission {name}", 1, answer
