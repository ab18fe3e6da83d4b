"""A form in the layout that this program writes, read back letter for letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bots.forms import closing
from bots.forms.scores import read_score
from bots.forms.wording import possessives, wording_of
from bots.forms.writing.parts import named
from bots.forms.writing.printed import BULLET, INDENT, RULE, plain
from ehsg_events.kernel import Refused
from ehsg_events.states.submission import Form, Heading, Printed
from guides.model import Guide

TOP = 8  # lines within which the rule stands


def is_exact(text: str) -> bool:
    """Whether a text keeps the layout that this program writes."""
    return RULE in [line.rstrip("\r") for line in text.split("\n", TOP)[:TOP]]


def read_exact(text: str, guide: Guide, area: str) -> Form:
    """Read a form that this program wrote.

    Raises:
        Refused: a line is none of the form's own, and not written as an entry.
    """
    lines = text.split("\n")
    if all(line.endswith("\r") for line in lines[:-1]):
        lines = [line.removesuffix("\r") for line in lines]
    reader = _Reader(guide, area, text)
    after = next(index for index, line in enumerate(lines) if line == RULE) + 1
    marked = lines[0].startswith("# ")
    for number, line in enumerate(lines[after:], start=after + 1):
        reader.read(number, plain(line) if marked else line)
    return reader.form()


@dataclass
class _Entry:
    lines: list[str]
    heading: bool = False


@dataclass
class _Item:
    item: str
    where: str
    score: str | None = None
    score_where: str | None = None
    boxes: dict[str, list[_Entry]] = field(default_factory=dict)


@dataclass
class _Reader:
    """A form as it is read, line by line."""

    guide: Guide
    area: str
    text: str
    items: list[_Item] = field(default_factory=list)
    box: list[_Entry] | None = None
    blank: int = 0
    asked: str = ""
    values: dict[str, str] = field(default_factory=dict)

    def read(self, number: int, line: str) -> None:
        """Read one line."""
        if not line:
            self.blank += 1
            return
        if self.box and line.startswith(INDENT) and not self.box[-1].heading:
            self.box[-1].lines += [*[""] * self.blank, line.removeprefix(INDENT)]
        elif self.box is not None and line.startswith(BULLET):
            self.box.append(_Entry([line.removeprefix(BULLET)]))
        elif self.box is not None and line.startswith("[") and line.endswith("]"):
            self.box.append(_Entry([line[1:-1]], heading=True))
        elif not self._own(number, line.strip()):
            raise Refused(
                f"line {number}: “{line.strip()[:60]}” is none of the form's own lines. In this "
                f"layout an entry begins with {BULLET.strip()} and a space, or in Markdown with a "
                f"dash, and its further lines are indented by two spaces."
            )
        self.blank = 0

    def _own(self, number: int, line: str) -> bool:
        """Read a line that the form itself prints."""
        if line in self._sections:
            self.box = None
            return True
        if line in self._items:
            self.items.append(_Item(self._items[line], f"line {number}"))
            self.box = None
            return True
        return self._labelled(line) or self._asked(number, line) or self._answered(line)

    def _labelled(self, line: str) -> bool:
        if self.items and line in self._fields:
            self.box = self.items[-1].boxes.setdefault(self._fields[line], [])
            return True
        return False

    def _asked(self, number: int, line: str) -> bool:
        label = next((label for label in self._asks if line.startswith(label)), None)
        if label is None:
            return False
        value = line.removeprefix(label).strip(" :")
        if self._asks[label] == "score" and self.items:
            item = self.items[-1]
            item.score = read_score(value, item.item, self.guide)
            item.score_where = f"line {number}"
        else:
            self.values[label] = value
            self.asked = label
        self.box = None
        return True

    def _answered(self, line: str) -> bool:
        """Take a line that stands under a box of the closing part as its value."""
        if self.box is None and self.asked and not self.values[self.asked]:
            self.values[self.asked] = line
            return True
        return False

    @cached_property
    def _sections(self) -> set[str]:
        return {f"{own.number or ''} {own.title}".strip() for own in self.guide.sections}

    @cached_property
    def _items(self) -> dict[str, str]:
        return {named(item).strip(): item.id for item in self.guide.items.values()}

    @cached_property
    def _fields(self) -> dict[str, str]:
        return {box.label: box.id for section in self.guide.sections for box in section.fields}

    @cached_property
    def _asks(self) -> dict[str, str]:
        wording = wording_of(self.guide)
        areas = possessives(self.text, self.area)
        asks = {wording.score[0]: "score"}
        asks |= {wording.data_model[0].replace("{area}'s", area): "data-model" for area in areas}
        changed = wording.data_model_changed[:1]
        asks |= {text.replace("{area}'s", area): "changed" for text in changed for area in areas}
        asks |= {spellings[0]: "choice" for spellings in wording.choices}
        return asks | {own.text: own.id for own in self.guide.permissions}

    def form(self) -> Form:
        """All that was read."""
        kinds: Mapping[str, str] = self._asks
        of = {
            kind: [v for label, v in self.values.items() if kinds[label] == kind]
            for kind in kinds.values()
        }
        choices, strange = closing.chosen(of.get("choice", ()), self.guide)
        models = [closing.Asked(text, 0) for text in of.get("data-model", ())]
        answers = {
            own.id: closing.yes_or_no(text) for own in self.guide.permissions for text in of[own.id]
        }
        return Form(
            layout="headings",
            printed=tuple(map(_printed, self.items)),
            data_model=closing.data_model(models, self.guide),
            data_model_changed=next(map(closing.yes_or_no, of.get("changed", ())), None),
            priorities=choices,
            permissions={name: said for name, said in answers.items() if said is not None},
            lost=tuple(f"No descriptor is named by the choice “{text[:60]}”." for text in strange),
        )


def _printed(item: _Item) -> Printed:
    return Printed(
        item=item.item,
        where=item.where,
        score=item.score,
        score_where=item.score_where,
        entries={name: tuple(_texts(own)) for name, own in item.boxes.items() if own},
    )


def _texts(entries: list[_Entry]) -> Iterator[str]:
    for entry in entries:
        text = "\n".join(entry.lines)
        yield Heading(text) if entry.heading else text
