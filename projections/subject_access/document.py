"""Everything that is kept about one person, as a document, as JSON, and with their files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ehsg_events.dates import calendar
from ehsg_events.kernel import TOPICS
from ehsg_events.log.published_guides import guide_of
from projections.documents.formats import DOCUMENTS, written
from projections.documents.model import Block, Bullets, Document, Heading, Prose, Table, Words
from projections.figures.names import FactContext
from projections.history.sentences import says
from projections.subject_access.gathering import Gathering, OwnFact
from projections.tables.zipped import zipped

FORMATS = (*DOCUMENTS, "json", "zip")
LEFT_OUT = (
    "What was said in a round that is still open is not in here: nobody else may see it before it "
    "closes. It stands on this person's own page. Make this again once the round is closed."
)
LOOK = (
    "Before this is given away somebody has to look: words of this person that may name others are "
    "marked, and what others wrote is not in here. Where that may be about this person stands below, "
    "by its position on the log."
)
RESULTS = {
    "RoundMeasured": "the figures of a round",
    "OutcomeAdopted": "what stands, as the panel agreed",
    "OutcomeModerated": "what stands, settled by a coordinator",
    "OutcomeSetAside": "what stood, and was set aside",
}
OF_OTHERS = {
    "NoteGiven": "words in somebody's interview",
    "NoteAmended": "words in somebody's interview",
    "OutcomeModerated": "a coordinator's reason for an outcome",
    "DissentRecorded": "an objection to an outcome",
}
CALLED = {  # what a sealed text is, by the field it stands in
    "name": "a name",
    "slack": "their Slack address",
    "email": "their e-mail address",
    "token": "their personal link",
    "content": "a file",
    "origin": "where something is from",
    "because": "a reason",
}
TOPIC_OF = {fact.__name__: fact for fact in TOPICS.values()}


def copy_as(form: str, gathering: Gathering, at: datetime) -> bytes:
    """The copy in one of the formats; a zip holds it for people, for programs, and the files."""
    if form == "json":
        return as_json(gathering, at)
    if form == "zip":
        kept = {f"files/{name}": content for name, content in gathering.files()}
        whole = {"copy.html": written(document(gathering, at), "html")}
        return zipped({**whole, "copy.json": as_json(gathering, at), **kept})
    return written(document(gathering, at), form)


def as_json(gathering: Gathering, at: datetime) -> bytes:
    """The copy for programs."""
    state = gathering.state
    content: dict[str, Any] = {
        "about": gathering.person,
        "assessment": str(gathering.assessment),
        "area": state.area,
        "guide": state.guide,
        "made_at": at.isoformat(),
        "facts": [fact.model_dump(mode="json") for fact in gathering.facts()],
        "rests_on_it": [one.model_dump(mode="json") for one in gathering.derived()],
        "to_be_looked_at": [one.model_dump(mode="json") for one in gathering.elsewhere()],
        "left_out": LEFT_OUT if gathering.hides else None,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def document(gathering: Gathering, at: datetime) -> Document:
    """The copy for people."""
    state = gathering.state
    return Document(
        language="en",
        title=f"What is kept about {gathering.person}",
        subtitle=f"{state.area}, under {state.guide}, at {calendar.say(at, state.policy.zone)}",
        blocks=tuple(_blocks(gathering)),
        at=at,
    )


def _blocks(gathering: Gathering) -> Iterator[Block]:
    facts = [*gathering.facts()]
    yield Prose(text=LOOK)
    if gathering.hides:
        yield Prose(text=LEFT_OUT)
    yield Heading(level=2, text="Their words")
    spoken = tuple(_words(gathering, facts))
    yield Bullets(rows=spoken or (Prose(text="None are kept."),))
    yield Heading(level=2, text="Who opened or changed what is theirs")
    others = [fact for fact in facts if _is_of_others(gathering, fact)]
    yield _table(gathering, "By somebody else", others)
    yield Heading(level=2, text="Every fact")
    yield _table(gathering, "In the order of the log", facts)
    yield Heading(level=2, text="What rests on their answers")
    rest = [
        (_place(one.position), _when(gathering, one.at), one.item, RESULTS[one.what])
        for one in gathering.derived()
    ]
    yield Table(
        caption="Measures and outcomes",
        head=("Position", "When", "Item", "What"),
        rows=tuple(rest) or (("none", "", "", ""),),
    )
    yield Heading(level=2, text="To be looked at by a human")
    look = [
        (
            _place(one.position),
            _when(gathering, one.at),
            OF_OTHERS.get(one.what, "words in the record"),
            one.why,
        )
        for one in gathering.elsewhere()
    ]
    yield Table(
        caption="Words of others, not shown here",
        head=("Position", "When", "What", "Why"),
        rows=tuple(look) or (("none", "", "", ""),),
    )


def _words(gathering: Gathering, facts: list[OwnFact]) -> Iterator[Words]:
    for fact in facts:
        when = _when(gathering, fact.at)
        for text in fact.texts:
            if text.size is not None:
                said = f"A file of {text.size} bytes, beside this copy in a zip."
            else:
                said = text.text if text.text is not None else f"Not there any more: {text.lost}."
            kind = CALLED.get(text.stands_in.rpartition(".")[2], "their words")
            where = f", position {fact.position}" if fact.position else ""
            beside = f"{kind}, at {when}{where}: {_sentence(gathering, fact)}"
            mark = f" LOOK AT THIS: {text.look_at}." if text.look_at else ""
            yield Words(text=said, beside=f"{beside}{mark}")


def _place(position: int | None) -> str:
    """A position, blank while it is not told."""
    return "" if position is None else str(position)


def _when(gathering: Gathering, at: str) -> str:
    return calendar.say(datetime.fromisoformat(at), gathering.state.policy.zone)


def _is_of_others(gathering: Gathering, fact: OwnFact) -> bool:
    """Whether somebody else read or changed what they said."""
    changed = TOPIC_OF[fact.what].TOPIC.startswith("interview.") and fact.by != gathering.person
    return fact.what in ("WordsRead", "SubjectAccessGiven", "StakeholderCorrected") or changed


def _table(gathering: Gathering, caption: str, facts: list[OwnFact]) -> Table:
    rows = tuple(
        (
            _place(fact.position),
            _when(gathering, fact.at),
            f"{fact.by} ({fact.role}, {fact.surface})",
            _sentence(gathering, fact),
        )
        for fact in facts
    )
    head = ("Position", "When", "By whom", "What")
    return Table(caption=caption, head=head, rows=rows or (("none", "", "", ""),))


def _sentence(gathering: Gathering, fact: OwnFact) -> str:
    state = gathering.state
    kind = TOPIC_OF[fact.what]
    own = gathering.person if kind.TOPIC.startswith("interview.") else None
    context = FactContext(
        guide=guide_of(state, gathering.log.folder),
        zone=state.policy.zone,
        by=fact.by,
        round=fact.round,
        stakeholder=own,
        item=fact.item,
        peer_of=None,
    )
    return says(kind.model_validate_json(json.dumps(fact.fact)), context)  # type: ignore[arg-type]
