"""The report to the board as a document: its order, its headings, and our own sentences in it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from projections.access.agencies import ONE_OF_THEM
from projections.documents.annexes import annexes
from projections.documents.glance import every_score, first_page, shorter_pages
from projections.documents.model import (
    Block,
    Bullets,
    Document,
    Heading,
    Pair,
    Pairs,
    Prose,
    Table,
    Words,
)
from projections.report.model import Act, Entry, Part, Report, Voice

DRAFT = "DRAFT, not signed off"
TOLD_ONLY = "Told as it was answered: not scored, and neither agreed nor moderated."

LEDGER = (
    "Everything here rests on facts that also stand in a ledger, signed as it grows with the key {key}. "
    "Whoever kept one of its checkpoints, or the proof of what they said, can see that nothing of it "
    "was altered since; for what nobody kept anything of, only those who hold that key vouch."
)


def board_report(report: Report) -> Document:
    """The report, section by section in the guide's order."""
    parts = enumerate(report.parts, start=1)
    return Document(
        language=report.language,
        title=f"{report.area}: {report.subject} self-assessment",
        subtitle=report.guide_title,
        state=report.signed or DRAFT,
        contents=True,
        opening=tuple(first_page(report)),
        shorter=tuple(shorter_pages(report)),
        blocks=(
            *every_score(report),
            *_trend(report),
            *chain.from_iterable(_part(report, number, part) for number, part in parts),
            *_who(report),
            *_priorities(report),
            *_actions(report),
            *_permissions(report),
            *_thresholds(report),
            *annexes(report),
            *_of_the_guide(report),
            *_history(report),
        ),
        record=tuple(_record(report)),
        at=report.at,
    )


def _trend(report: Report) -> Iterator[Block]:
    trend = report.trend
    if trend is None:
        return
    yield Heading(level=2, text=f"Since {trend.year}", anchor="trend")
    if not trend.comparable:
        yield Prose(
            text=f"{trend.year} was scored under {trend.guide}. Scores of different guides are "
            f"shown in their own words and never turned into one another."
        )
    yield Table(
        caption=f"The scores of {trend.year} beside those that stand now",
        head=("Descriptor", str(trend.year), "Now", "Change" if trend.comparable else "Then"),
        rows=tuple((row.title, row.before, row.now, row.change) for row in trend.rows),
        leads_to=tuple(f"item-{row.item}" for row in trend.rows),
    )


def _part(report: Report, number: int, part: Part) -> Iterator[Block]:
    yield Heading(level=2, text=part.title, anchor=f"part-{number}")
    for entry in part.entries:
        yield Heading(level=3, text=entry.title, anchor=f"item-{entry.item}")
        yield Prose(text=entry.statement)
        if not entry.score:
            yield Prose(text=TOLD_ONLY)
        yield from _entry(report, entry)


def _entry(report: Report, entry: Entry) -> Iterator[Block]:
    rows = tuple(_how_it_stands(report, entry))
    if rows:
        yield Pairs(rows=rows)
    if entry.spread:
        yield Table(
            caption=f"How many people gave each score of {entry.item}",
            head=("Score", *entry.spread.levels),
            rows=(("People", *map(str, entry.spread.people)),),
        )
    if entry.dissent:
        yield Heading(level=4, text="Dissent")
        yield _voices(entry.dissent)
    for box in entry.boxes:
        yield Heading(level=4, text=box.label)
        yield _voices(box.voices)
    if entry.actions:
        yield Heading(level=4, text="What is to be done")
        yield Bullets(rows=tuple(map(_act, entry.actions)))


def _act(act: Act) -> Words:
    return Words(
        text=act.words, whose=f"by whom: {act.owner}", beside=f"by when: {act.due}; {act.stands}"
    )


def _how_it_stands(report: Report, entry: Entry) -> Iterator[Pair]:
    if entry.score and entry.sentence:
        wording = f" ({report.wording})" if entry.how and report.wording else ""
        how = f", {entry.how}" if entry.how else ""
        yield _pair("Score", f"{entry.score}{wording}{how}")
        yield _pair("How agreement stood", entry.sentence)
    if entry.asked:
        yield _pair("Asked", f"people of {entry.asked}")
    yield from (_pair("Beside it", peer) for peer in entry.peers)
    if entry.because:
        yield Pair(term="Why it was settled so", told=Words(text=entry.because))


def _voices(voices: tuple[Voice, ...]) -> Bullets:
    return Bullets(
        rows=tuple(
            Words(
                text=voice.words,
                whose=None if voice.agency == ONE_OF_THEM else voice.agency,
                source=voice.source,
                beside=voice.beside,
            )
            for voice in voices
        )
    )


def _who(report: Report) -> Iterator[Block]:
    yield Heading(level=2, text="Who took part", anchor="who")
    yield Table(
        caption="People asked and people who answered, by agency; agencies of which fewer than three "
        "people answered are together",
        head=("Agency", "Invited", "Answered"),
        rows=tuple((party.agency, party.invited, party.answered) for party in report.parties),
    )


def _priorities(report: Report) -> Iterator[Block]:
    yield Heading(level=2, text="Priorities", anchor="priorities")
    if report.priorities:
        yield _listed(report.priorities)
    else:
        yield Prose(text="No priorities are chosen yet.")
    if report.data_model:
        yield Prose(text=f"Data model: {report.data_model}")
    if report.named_first:
        yield Heading(level=3, text="What people would work on first")
        yield Prose(text="Named by three people or more, in the guide's order.")
        yield _listed(report.named_first)
    yield from (Prose(text=f"Note: {warning}") for warning in report.warnings)


def _actions(report: Report) -> Iterator[Block]:
    yield Heading(level=2, text="Actions", anchor="actions")
    rows = [
        (entry.title, act.words, act.owner, act.due, act.stands)
        for part in report.parts
        for entry in part.entries
        for act in entry.actions
    ]
    if not rows:
        yield Prose(text="No actions are agreed yet.")
        return
    yield Table(
        caption="What is to be done, by whom and by when",
        head=("Descriptor", "Action", "Owner", "Due", "How it stands"),
        rows=tuple(rows),
    )


def _permissions(report: Report) -> Iterator[Block]:
    if report.permissions:
        yield Heading(level=2, text="Permissions", anchor="permissions")
        yield Table(
            caption="What may be shared; what is not answered is not permitted",
            head=("Question", "Answer"),
            rows=tuple((permission.text, permission.answer) for permission in report.permissions),
        )


def _thresholds(report: Report) -> Iterator[Block]:
    if report.thresholds:
        yield Heading(level=2, text=report.thresholds_title or "", anchor="thresholds")
        yield Table(
            caption=f"{report.thresholds_status}; {report.thresholds_rule}",
            head=("Descriptor", "Minimum", "Score", "Met"),
            rows=tuple(
                (criterion.title, criterion.minimum, criterion.score, criterion.met)
                for criterion in report.thresholds
            ),
        )


def _of_the_guide(report: Report) -> Iterator[Block]:
    """What the guide says of itself, as an annex."""
    if report.of_the_guide:
        yield Heading(level=2, text="About the guide", anchor="guide")
    for chapter in report.of_the_guide:
        yield Heading(level=3, text=chapter.title)
        yield _listed(chapter.lines)


def _record(report: Report) -> Iterator[Pair]:
    yield _pair("Guide", f"{report.guide}, digest {report.digest}")
    yield _pair("Licence", report.licence)
    yield _pair("Rule", report.rule)
    where = report.position or "not told while a round takes answers"
    yield _pair("Log position", f"{where}; the last thing was recorded at {report.recorded}")
    if report.ledger:
        yield _pair("The ledger", LEDGER.format(key=report.ledger))
    yield _pair("Assessment", report.assessment)
    yield _pair(
        "The walk back",
        "The history of the scores, before this, says where each stands on the log. From there "
        "whoever keeps the log shows every step behind a score, to the words that were typed.",
    )


def _history(report: Report) -> Iterator[Block]:
    """The annex that leads from each score to the log."""
    rows = [
        (entry, entry.traced)
        for part in report.parts
        for entry in part.entries
        if entry.traced is not None
    ]
    if not rows:
        return
    yield Heading(level=2, text="The history of the scores", anchor="history")
    yield Table(
        caption="The rounds that asked, how each score came about, when, and its place on the log",
        head=("Descriptor", "Rounds", "How it came about", "Recorded on", "Fact"),
        rows=tuple(
            (entry.title, traced.rounds, entry.how or "", traced.day, traced.position)
            for entry, traced in rows
        ),
        leads_to=tuple(f"item-{entry.item}" for entry, _ in rows),
    )


def _pair(term: str, text: str) -> Pair:
    return Pair(term=term, told=Prose(text=text))


def _listed(texts: tuple[str, ...]) -> Bullets:
    return Bullets(rows=tuple(Prose(text=text) for text in texts))
