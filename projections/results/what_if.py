"""What if: the closed rounds under another rule, without an agency, or by blind answers alone.

Nothing is written. What is supposed is laid beside the facts in a transaction that is always rolled
back, so that every read model answers it by the same query, and nobody else ever sees it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from ehsg_events.agreement.measuring import AGREED
from ehsg_events.kernel import Frozen, Refused
from ehsg_events.values.policy import Rule
from projections.facts.read_models import take_away
from projections.facts.view import READ_MODELS, RULE, View
from projections.figures.agreement import Agreement, Record, sentence
from projections.results.what_if_sentences import say_supposed, say_what_if


class If(Frozen):
    """What is supposed instead of what is so; a rule that is none is the assessment's own.

    An agency left out is neither heard nor counted as asked. Blind is an answer given without
    the group's figures in sight; who gave no such answer counts as asked and silent.
    """

    rule: Rule | None = None
    without: tuple[str, ...] = ()
    blind_only: bool = False


class Stands(Frozen):
    """How the panel stands on a descriptor; `adopts` is the score that the rule makes its outcome.

    It is null where the rule leaves the outcome to moderation. That people are asked again before,
    while too many still change their minds, is left aside.
    """

    n: int
    invited: int
    median: float | None
    verdict: str
    adopts: int | None


class Otherwise(Frozen):
    """One descriptor as it stands and as it would stand; `outcome` is the score it has in fact."""

    item: str
    label: str
    outcome: int | None
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
    """A view where something else is supposed, for every read model to be asked of.

    The view it is made from is not to be asked before this one is done with.

    Raises:
        Refused: nobody is from an agency that is left out, or nothing would be left.
    """
    agencies, db = _agencies(view, asked.without), view.db
    db.execute("BEGIN")
    try:
        gone = view.laid.intersection(READ_MODELS)
        take_away(db, gone)
        rule = asked.rule or view.state.rule
        marks = ", ".join("?" for _ in RULE)
        db.execute(f"INSERT INTO supposed VALUES ({marks})", [getattr(rule, name) for name in RULE])  # noqa: S608
        db.execute(LEAVE_OUT, [agencies])
        if asked.blind_only:
            db.execute(UNHEARD)
        state = replace(view.state, rule=rule)
        supposed = replace(view, state=state, laid=view.laid - gone)  # rolled back with all it lays
        _refuse_nothing_left(supposed)
        yield supposed
    finally:
        db.execute("ROLLBACK")


LEAVE_OUT = """
  INSERT INTO left_out
  SELECT stakeholder FROM fact WHERE what = 'StakeholderAdded' AND list_contains(?, agency)"""
UNHEARD = "INSERT INTO unheard SELECT position FROM fact WHERE exposure.figures_round IS NOT NULL"


def _agencies(view: View, named: tuple[str, ...]) -> list[str]:
    """The panel's own agencies that were named, however they were spelt.

    Raises:
        Refused: nobody is from one of them.
    """
    own = [one.agency for one in view.state.panel.values() if one.peer_of is None]
    known = {agency.casefold(): agency for agency in own}
    for name in named:
        if name.casefold() not in known:
            raise Refused(
                f"Nobody on the panel is from {name}. Its agencies are {', '.join(known.values())}."
            )
    return [known[name.casefold()] for name in named]


def _refuse_nothing_left(view: View) -> None:
    if not view.ask("SELECT item FROM standing LIMIT 1"):
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
    with supposing(view, asked) as other:
        would = _measured(other)
    outcomes = {row["item"]: row["score"] for row in view.ask("SELECT item, score FROM outcome")}
    found = [
        _otherwise(view, stands[item], would[item], outcomes.get(item))
        for item in view.guide.descriptors
        if item in stands
    ]
    found.sort(key=lambda one: not one.differs)
    supposed = say_supposed(view.state.rule, asked.rule, without, blind_only=asked.blind_only)
    return WhatIf(supposed=supposed, sentence=_sentence(supposed, found), descriptors=tuple(found))


def _measured(view: View) -> dict[str, Agreement]:
    """How the panel stands on each descriptor after the newest closed round."""
    record = Record(view)
    every = ((item, record.stands(item)) for item in view.guide.descriptors)
    return {item: stands for item, stands in every if stands is not None}


def _otherwise(view: View, stands: Agreement, would: Agreement, outcome: int | None) -> Otherwise:
    words, before, after = view.guide.items[stands.item], _stands(stands), _stands(would)
    moved = (before.median, before.verdict, before.adopts)
    return Otherwise(
        item=stands.item,
        label=words.label or words.statement,
        outcome=outcome,
        stands=before,
        would=after,
        differs=moved != (after.median, after.verdict, after.adopts),
        says=sentence(would, None, view.guide.scale_of(stands.item)),
    )


def _stands(found: Agreement) -> Stands:
    middle = found.median
    whole = middle is not None and middle == int(middle) and found.verdict in AGREED
    return Stands(
        n=found.n,
        invited=found.invited,
        median=middle,
        verdict=found.verdict,
        adopts=int(middle) if whole and middle is not None else None,
    )


def _sentence(supposed: str, found: list[Otherwise]) -> str:
    return say_what_if(
        supposed,
        len(found),
        verdicts=sum(one.stands.verdict != one.would.verdict for one in found),
        middles=sum(one.stands.median != one.would.median for one in found),
        adopts=sum(one.stands.adopts is not None for one in found),
        would_adopt=sum(one.would.adopts is not None for one in found),
        differing=sum(one.differs for one in found),
    )
