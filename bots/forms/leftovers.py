"""What a form holds beyond what was read: its own furniture, or words that would be lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bots.forms.blocks import Block
from bots.forms.headers import NUMBERED, SURE
from bots.forms.labels import is_piece
from bots.forms.lines import Line
from bots.forms.paragraphs import ENDED, is_bullet
from bots.forms.wording import Label, is_section, letters, overlap, wording_of, words
from guides.model import Guide

OFTEN, MANY = 0.5, 3  # share and number of descriptors in which a line stands that is no answer
SHORT = 8  # words of a label
SHOWN = 60  # letters of a line that a refusal shows


@dataclass
class Leftovers:
    """What was not read as an answer.

    Args:
        lost: a sentence for each place where words would be lost, or may be in the wrong place.
        mixed: a sentence for each place that shows that lines stand in another order than printed.
        removed: every line that was taken to be furniture or lost, with its place.
    """

    lost: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def remove(self, lines: Sequence[Line]) -> None:
        """Keep lines as removed."""
        self.removed += [f"{line.where}: {line.text}" for line in lines]


def leftovers_of(
    lines: Sequence[Line],
    blocks: Sequence[Block],
    labels: Sequence[Label],
    furniture: Sequence[Line],
    guide: Guide,
) -> Leftovers:
    """Everything in a form that is no answer; column heads that recur are taken out of the blocks."""
    left = Leftovers()
    if not blocks:
        return left
    left.remove(furniture)
    left.remove(lines[: blocks[0].first])
    _take_out_heads(blocks, left, guide)
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        gap = lines[block.end : after.first] if after else ()
        _part(left, block.astray, f"under {block.header.item} but under no label", guide)
        if block.mixed:
            left.remove(block.mixed)
            left.lost.append(
                f"{block.mixed[0].where}: under {block.header.item}, the labels stand in a row, "
                f"and nothing shows where the words under one end and those under the next begin."
            )
        _part(left, gap, f"after {block.header.item} and under no label", guide)
    left.remove(lines[blocks[-1].end :])
    left.mixed += [
        *_torn(blocks, labels),
        *_disordered(blocks),
        *_swallowed(lines, blocks, guide),
    ]
    left.lost += [*_recurring(blocks), *_unlabelled(blocks, labels), *_empty(blocks, labels)]
    return left


def _part(left: Leftovers, lines: Sequence[Line], where: str, guide: Guide) -> None:
    """Part furniture from what would be lost."""
    left.remove(lines)
    lost = [line for line in lines if not _is_furniture(line.text, guide)]
    if lost:
        more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
        left.lost.append(f"{lost[0].where}: {where}, stands “{_cut(lost[0].text)}”{more}.")


def _is_furniture(text: str, guide: Guide) -> bool:
    own = letters(text)
    printed = [*wording_of(guide).furniture, guide.definition, guide.instruction]
    return (
        len(own) < 2
        or is_section(text, guide)
        or any(own in letters(known) for known in printed if len(own) > SHORT)
        or _is_head(text, guide)
    )


def _is_head(text: str, guide: Guide) -> bool:
    """Whether a line holds nothing but what heads the columns of a table."""
    heads = {word for head in wording_of(guide).heads for word in words(head)}
    own = words(text)
    return len(own) > 1 and all(word in heads for word in own)


def _take_out_heads(blocks: Sequence[Block], left: Leftovers, guide: Guide) -> None:
    for block in blocks:
        for rows in block.fields.values():
            heads = [line for line in rows if _is_head(line.text, guide)]
            if heads and rows[-len(heads) :] == heads:
                left.remove(heads)
                del rows[-len(heads) :]


def _torn(blocks: Sequence[Block], labels: Sequence[Label]) -> Iterator[str]:
    for block in blocks:
        for rows in block.fields.values():
            piece = next((line for line in rows if is_piece(line.text, labels)), None)
            if piece:
                yield (
                    f"{piece.where}: “{_cut(piece.text)}” is a piece of a label, so the columns of "
                    f"the table under {block.header.item} are mixed up."
                )


def _recurring(blocks: Sequence[Block]) -> Iterator[str]:
    """Short lines that stand above others under most descriptors: labels that we do not know."""
    times: Counter[str] = Counter()
    first: dict[str, Line] = {}
    for block in blocks:
        lines = [line for rows in block.fields.values() if len(rows) > 1 for line in rows[:-1]]
        for text in {line.text for line in lines if _is_labellike(line.text)}:
            times[text] += 1
            first.setdefault(text, next(line for line in lines if line.text == text))
    for text, count in times.items():
        if count >= max(MANY, OFTEN * len(blocks)):
            yield (
                f"{first[text].where}: “{_cut(text)}” stands under {count} of {len(blocks)} "
                f"descriptors. Is it a label? Then what is under it is not where it belongs."
            )


def _is_labellike(text: str) -> bool:
    few = len(text.split()) <= SHORT
    return (
        few
        and not text[0].islower()
        and text[-1] != "."
        and not is_bullet(text)
        and (ENDED.search(text) is None or text[-1] == "?")
    )


def _unlabelled(blocks: Sequence[Block], labels: Sequence[Label]) -> Iterator[str]:
    """Labels that are missing under a descriptor under which something is written."""
    for label in labels:
        which = label.which or label.kind
        lacking = [block for block in blocks if which not in block.labelled]
        filled = [block.header.item for block in lacking if any(block.fields.values())]
        if label.kind in ("score", "field") and filled:
            every = len(lacking) == len(blocks)
            named = "any descriptor" if every else ", ".join(filled)
            yield (
                f"{lacking[0].line.where}: there is no label “{_cut(label.printed)}” under {named}, "
                f"so what belongs under it may stand elsewhere."
            )


def _disordered(blocks: Sequence[Block]) -> Iterator[str]:
    """Descriptors whose labels come in another order than most: columns were read across."""
    full = [
        block for block in blocks if len(block.labelled) == max(len(b.labelled) for b in blocks)
    ]
    usual, times = Counter(block.labelled for block in full).most_common(1)[0]
    others = [block for block in full if block.labelled != usual]
    if others and len(full) >= MANY:
        yield (
            f"{others[0].line.where}: the labels under {others[0].header.item} come in another order "
            f"than under {times} others, so the columns of a table are mixed up."
        )


def _empty(blocks: Sequence[Block], labels: Sequence[Label]) -> Iterator[str]:
    """Fields that are empty throughout, though others are filled: their words may be in those."""
    for label in labels:
        filled = [block for block in blocks if any(block.fields.values())]
        own = [block for block in blocks if block.fields.get(label.which)]
        if label.kind == "field" and len(filled) >= MANY and not own:
            yield (
                f"{blocks[0].line.where}: nothing stands under “{_cut(label.printed)}” under any "
                f"descriptor. If something was written, it stands elsewhere."
            )


def _swallowed(lines: Sequence[Line], blocks: Sequence[Block], guide: Guide) -> Iterator[str]:
    """Descriptors that begin in the midst of the words of another, or before the first."""
    inside = [line for block in blocks for rows in block.fields.values() for line in rows]
    for line in [*lines[: blocks[0].first], *inside]:
        match = NUMBERED.match(line.text)
        item = guide.descriptors.get(match[1]) if match else None
        if match and item and overlap(match[2], f"{item.label} {item.statement}") >= SURE:
            yield f"{line.where}: {match[1]} begins here, but no label of a form stands under it."


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()} …"
