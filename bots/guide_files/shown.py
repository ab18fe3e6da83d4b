"""A guide as it is shown on a terminal: nothing that it holds is left out."""

from __future__ import annotations

from collections.abc import Iterator

from bots.phrases.labels import minutes_of
from ehsg_events.interview.numbers import bounds
from guides.model import Guide, Item, Level, NarrativeField, Scale, Section
from guides.terms import About
from projections.report.of_the_guide import chapters


def shown(guide: Guide, digest: str) -> Iterator[str]:
    """Every line of a guide, from its title to its last item."""
    yield from _head(guide, digest)
    yield from _about(guide.topic)
    for chapter in chapters(guide):
        yield from (f"\n{chapter.title}", *(f"  {line}" for line in chapter.lines))
    for scale in guide.scales:
        yield from _scale(scale)
    for section in guide.sections:
        yield from _section(guide, section)


def _head(guide: Guide, digest: str) -> Iterator[str]:
    edition = f", {guide.edition}" if guide.edition else ""
    yield f"{guide.id}  {guide.title} ({guide.year}{edition})"
    yield guide.publisher
    yield guide.licence
    for source in guide.sources:
        checksum = f" (SHA-256 {source.sha256[:12]}…)" if source.sha256 else ""
        used = f", used for {source.used_for}" if source.used_for else ""
        yield f"Source: {source.document}{checksum}{used}"
    yield f"Digest: {digest}"
    yield f"Language: {guide.language}"
    if guide.like:
        yield f"Like {guide.like}, but for the wording of its levels"
    for role in guide.usually_asked:
        yield f"Usually asked: {role.title} ({role.role}), about {', '.join(role.sections)}"


def _about(about: About) -> Iterator[str]:
    yield f"About: {about.subject}, asked by {about.partnership}, led by {about.led_by}"
    for kind, minutes in about.minutes.items():
        yield f"A {kind} takes about {minutes:g} minutes, unless its scale says it"


def _scale(scale: Scale) -> Iterator[str]:
    suggested = " (suggested wording)" if scale.suggested else ""
    takes = f", about {scale.minutes:g} minutes an item" if scale.minutes else ""
    yield f"\nScale {scale.id}{suggested}{takes}:"
    if scale.note:
        yield f"  {scale.note}"
    yield from map(_level, scale.levels)


def _level(level: Level) -> str:
    score = "" if level.value == str(level.score) else f" [scores {level.score}]"
    return f"  {level.value}  {level.label}. {level.text}".rstrip() + score


def _section(guide: Guide, section: Section) -> Iterator[str]:
    part = f", part {section.part}" if section.part else ""
    number = "" if section.number is None else f"{section.number} "
    yield f"\n{number}{section.title} ({section.id}, kind {section.kind}{part})"
    yield from map(_box, section.fields)
    for item in section.items:
        yield _item(guide, item)


def _box(box: NarrativeField) -> str:
    return f"  In words: {box.label} ({box.id}, {box.kind})"


def _item(guide: Guide, item: Item) -> str:
    label = (
        f"{item.label}{' (our own label)' if item.label_is_ours else ''}: " if item.label else ""
    )
    said = f"  {item.id}  {label}{item.statement}".rstrip()
    return said + "".join(f" [{mark}]" for mark in _marks(guide, item))


def _marks(guide: Guide, item: Item) -> Iterator[str]:
    if item.scale is not None and len(guide.scales) > 1:
        yield f"scale {item.scale}"
    if item.number:
        yield f"a number: {bounds(item.number)}"
    if item.polarity == "negative":
        yield "a yes is the weaker answer"
    if item.alternative_group:
        yield f"one of the group {item.alternative_group} is enough"
    if not item.ask:
        yield "not asked"
    elif minutes_of(guide, item.id) != minutes_of(guide, next(iter(guide.items))):
        yield f"about {minutes_of(guide, item.id):g} minutes"
    if item.note:
        yield item.note
