"""What if: the closed rounds under another rule, without an agency, or by blind answers alone.

Nothing is written. What is supposed stands in a view of its own, and for read models in SQL in tables
beside the facts, in a transaction that is always rolled back. So every read model answers as it
always does, and nobody else ever sees it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from ehsg_events.agreement.alternatives import covered_by
from ehsg_events.agreement.disclosure import AGREED
from ehsg_events.kernel import Frozen, Refused
from ehsg_events.values.policy import Rule
from guides.model import Guide
from projections.facts.beside import Supposed
from projections.facts.read_models import READ_MODELS, take_away
from projections.facts.view import View
from projections.figures.agreement import Record, sentence
from projections.figures.names import covered_words
from projections.folded.consensus import Consensus
from projections.folded.informed import informed
from projections.folded.outcome import Outcome, outcomes
from projections.folded.standing import standing
from projections.results.what_if_sentences import say_supposed, say_what_if


class If(Frozen):
    """What is supposed instead of what is so; without a `rule` the assessment's own holds.

    Agencies in `without` are left out: their people count neither as having answered nor as asked.
    With `blind_only` only answers count that were given knowing nothing of how others answer: each
    person's last before they learned any of it. People who gave none count as asked and silent.
    """

    rule: Rule | None = None
    without: tuple[str, ...] = ()
    blind_only: bool = False


class Stands(Frozen):
    """How the panel stands on a descriptor; `adopts` is the score that the rule makes its outcome.

    It is null where the rule leaves the outcome to moderation. Whether people would be asked again
    first, because too many still change their minds, is not considered. `covered_by` is an
    alternative whose yes makes up for that score: what the rule adopts for it, or else what a
    moderation settled.
    """

    n: int
    invited: int
    median: float | None
    verdict: str
    adopts: int | None
    covered_by: str | None = None
    not_needed: str | None = None


class Otherwise(Frozen):
    """One descriptor as it stands and as it would stand; `outcome` is the score it has in fact.

    `covered_by` is an alternative that makes up for it in fact, and `not_needed` says so.
    """

    item: str
    label: str
    outcome: int | None
    covered_by: str | None = None
    not_needed: str | None = None
    stands: Stands
    would: Stands
    differs: bool
    says: str


class WhatIf(Frozen):
    """What is supposed, in words, what would come of it in one sentence, and every descriptor.

    Those that would stand otherwise come first, each part in the guide's order.
    """

    supposed: str
    sentence: str
    descriptors: tuple[Otherwise, ...]


@contextmanager
def supposing(view: View, asked: If) -> Iterator[View]:
    """A view in which something else is supposed, for any read model to be queried.

    Do not query the view it is made from until the block has ended.

    Raises:
        Refused: nobody is from an agency that is left out, or nothing would be left.
    """
    supposed = replace(
        view,
        state=replace(view.state, rule=asked.rule or view.state.rule),
        supposed=Supposed(
            left_out=_people_of(view, _agencies(view, asked.without)),
            unheard=_not_blind(view) if asked.blind_only else frozenset(),
        ),
        laid=set(),
        answers={},
        folded={},
    )
    view.db.execute("BEGIN")
    try:
        take_away(view.db, view.laid.intersection(READ_MODELS))
        _refuse_nothing_left(supposed)
        yield supposed
    finally:
        view.db.execute("ROLLBACK")


def _people_of(view: View, agencies: Collection[str]) -> frozenset[str]:
    panel = view.state.panel.items()
    return frozenset(person for person, member in panel if member.agency in agencies)


def _not_blind(view: View) -> frozenset[int]:
    """The answers whose people knew something of how others answer."""
    return frozenset(position for position, knew in informed(view).items() if not knew.blind)


def _agencies(view: View, named: tuple[str, ...]) -> list[str]:
    """The panel's own agencies that were named, however they were spelt.

    Raises:
        Refused: nobody is from one of them.
    """
    own = [member.agency for member in view.state.panel.values() if member.peer_of is None]
    known = {agency.casefold(): agency for agency in own}
    for name in named:
        if name.casefold() not in known:
            raise Refused(
                f"Nobody on the panel is from {name}. Its agencies are {', '.join(known.values())}."
            )
    return [known[name.casefold()] for name in named]


def _refuse_nothing_left(view: View) -> None:
    if not standing(view):
        raise Refused(
            "Nothing would be left to measure: every answer of the closed rounds is left out. "
            "Leave less out."
        )


def what_if(view: View, asked: If) -> WhatIf:
    """Every descriptor that a closed round has measured, as it stands and as it would stand.

    Raises:
        Refused: no round is closed, nobody is from an agency, or nothing would be left.
    """
    stands = _measured(view)
    if not stands:
        raise Refused(
            "No round is closed yet, so there is nothing that could stand otherwise. Ask again "
            "after the close."
        )
    without = _agencies(view, asked.without)
    with supposing(view, asked) as supposed_view:
        would = _measured(supposed_view)
    settled = outcomes(view)
    moderated = {item: row.score for item, row in settled.items() if row.moderated}
    before, after = (_standings(view.guide, each, moderated) for each in (stands, would))
    descriptors = [
        Otherwise(
            **_identity(view.guide, item, settled.get(item)),
            stands=before[item],
            would=after[item],
            differs=_moved(before[item]) != _moved(after[item]),
            says=sentence(would[item], None, view.guide.scale_of(item)),
        )
        for item in view.guide.descriptors
        if item in stands
    ]
    descriptors.sort(key=lambda descriptor: not descriptor.differs)
    supposed = say_supposed(view.state.rule, asked.rule, without, blind_only=asked.blind_only)
    return WhatIf(
        supposed=supposed, sentence=_sentence(supposed, descriptors), descriptors=tuple(descriptors)
    )


def _measured(view: View) -> dict[str, Consensus]:
    """How the panel stands on each descriptor after the newest closed round."""
    record = Record(view)
    every = ((item, record.stands(item)) for item in view.guide.descriptors)
    return {item: stands for item, stands in every if stands is not None}


def _identity(guide: Guide, item: str, outcome: Outcome | None) -> dict[str, Any]:
    """What a descriptor is, and the score that it has in fact."""
    words, by = guide.items[item], outcome.covered_by if outcome else None
    return {
        "item": item,
        "label": words.label or words.statement,
        "outcome": outcome.score if outcome else None,
        "covered_by": by,
        "not_needed": covered_words(guide, by),
    }


def _standings(
    guide: Guide, measured: Mapping[str, Consensus], moderated: Mapping[str, int]
) -> dict[str, Stands]:
    """How the panel stands on each descriptor, and which are made up for by an alternative."""
    adopted = {item: _adopts(agreement) for item, agreement in measured.items()}
    known = {item: score for item, score in adopted.items() if score is not None}
    covered = covered_by(guide, {**moderated, **known})
    return {
        item: Stands(
            n=agreement.n,
            invited=agreement.invited,
            median=agreement.median,
            verdict=agreement.verdict,
            adopts=adopted[item],
            covered_by=covered.get(item),
            not_needed=covered_words(guide, covered.get(item)),
        )
        for item, agreement in measured.items()
    }


def _adopts(agreement: Consensus) -> int | None:
    middle = agreement.median
    whole = middle is not None and middle == int(middle) and agreement.verdict in AGREED
    return int(middle) if whole and middle is not None else None


def _moved(stands: Stands) -> tuple[object, ...]:
    """What makes two standings different; how many answered does not."""
    return stands.median, stands.verdict, stands.adopts, stands.covered_by


def _sentence(supposed: str, descriptors: list[Otherwise]) -> str:
    return say_what_if(
        supposed,
        len(descriptors),
        verdicts=sum(
            descriptor.stands.verdict != descriptor.would.verdict for descriptor in descriptors
        ),
        middles=sum(
            descriptor.stands.median != descriptor.would.median for descriptor in descriptors
        ),
        adopts=sum(descriptor.stands.adopts is not None for descriptor in descriptors),
        would_adopt=sum(descriptor.would.adopts is not None for descriptor in descriptors),
        differing=sum(descriptor.differs for descriptor in descriptors),
    )
