"""One function for each question people ask of an assessment, and the rows they get."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ehsg_events.kernel import Frozen, Refused, Words
from ehsg_events.states.outcome import see_guide
from guides.model import Scale
from projections.facts.view import View
from projections.figures.agreement import Record, score_words, sentence
from projections.figures.agreement_a import agreement_a
from projections.figures.names import covered_words
from projections.figures.stop_rules import Leaving, given_late, leavings, say_late
from projections.figures.then_and_now import adopted_before, says_then_or_now
from projections.folded.consensus import Consensus
from projections.folded.outcome import Outcome, outcomes
from projections.folded.peers import NamedPriority, named_priorities
from projections.history.item_filter import of_item, read, shown_rows
from projections.history.steps import Step, Why, step
from projections.results.peers import Peers, peers
from projections.results.settled import Against, against


class Dissent(Frozen):
    """Somebody's standing objection to an outcome; no words once they were forgotten."""

    stakeholder: str
    agency: str
    words: str | None


class Result(Frozen):
    """One descriptor: how the panel stands on it, and the score that stands.

    Figures are null while no closed round has asked. `within_one` counts people, `counts` the
    scores on each level from the lowest; `within_one_share` is the share the rule looks at;
    `named_by` is how many people would have it worked on first, null when nobody. `left` is the
    stop rule by which it left the rounds, `leaving` the same in a sentence. `late` is how many of
    the scores were given after the round was reopened. `peers` are in none of these figures.
    `covered_by` is an alternative whose yes makes up for this no, which is then no weakness;
    `not_needed` says so in words; `stands` is the outcome as it is said to people.
    `against` is where an outcome that was settled by hand stands against the middle score.
    `of_round` is the round whose figures these are, where later ones are not shown.
    """

    item: str
    label: str
    section: str
    n: int | None = None
    dont_know: int | None = None
    invited: int | None = None
    median: float | None = None
    low: int | None = None
    high: int | None = None
    within_one: int | None = None
    within_one_share: float | None = None
    verdict: str = "not_measured"
    outcome: int | None = None
    outcome_level: str | None = None
    covered_by: str | None = None
    not_needed: str | None = None
    stands: str | None = None
    moderated: bool = False
    against: Against | None = None
    because: str | None = None
    dissent: tuple[Dissent, ...] = ()
    median_by_people: float | None = None
    median_by_agency: float | None = None
    counts: tuple[int, ...] = ()
    q1: float | None = None
    q3: float | None = None
    ad_median: float | None = None
    agreement_a: float | None = None
    named_by: int | None = None
    named_by_agencies: int | None = None
    rule: str
    rounds: tuple[int, ...] = ()
    sentence: str
    of_round: int | None = None
    left: str | None = None
    leaving: str | None = None
    late: int = 0
    peers: tuple[Peers, ...] = ()

    @property
    def weighs(self) -> int | None:
        """The outcome, if it says how strong or weak the area is here."""
        return None if self.covered_by else self.outcome


# -- results -----------------------------------------------------------------------------------
def results(view: View, only: str | None = None) -> list[Result]:
    """Every descriptor in the guide's order.

    Args:
        only: the one that is wanted, if it is one; all where none is named.
    """
    record = Record(view)
    settled = outcomes(view)
    named = {item: _named(row) for item, row in named_priorities(view).items()}
    beside, left, late = peers(view), leavings(view), given_late(view)
    return [
        Result(
            **identity(view, item),
            **_figures(record.stands(item)),
            **outcome(view, settled.get(item), view.guide.scale_of(item), record.middle(item)),
            **named.get(item, {}),
            rounds=record.asked.get(item, ()),
            peers=beside.get(item, ()),
            late=late.get(item, 0),
            **_left(left.get(item), late.get(item, 0), settled.get(item), record.stands(item)),
            sentence=sentence(record.stands(item), record.moves(item), view.guide.scale_of(item)),
        )
        for item in view.guide.descriptors
        if only in (None, item)
    ]


def identity(view: View, item: str) -> dict[str, Any]:
    """What a descriptor is, whatever was said of it."""
    asked = view.guide.items[item]
    return {
        "item": item,
        "label": asked.label or asked.statement,
        "section": view.guide.section_of(item).title,
        "rule": view.state.rule.name,
    }


SHOWN = ("n", "dont_know", "invited", "median", "low", "high", "within_one", "within_one_share",
         "verdict", "median_by_people", "median_by_agency", "counts", "q1", "q3", "ad_median")  # fmt: skip


def _figures(stands: Consensus | None) -> dict[str, Any]:
    if stands is None:
        return {}
    spread = agreement_a(stands.counts) if stands.n else None
    return {name: getattr(stands, name) for name in SHOWN} | {"agreement_a": spread}


def outcome(view: View, row: Outcome | None, scale: Scale, middle: float | None) -> dict[str, Any]:
    """The score that stands for a descriptor, from a row of the read model `outcome`.

    Args:
        middle: the panel's middle score, none where nothing may be told of it.
    """
    if row is None:
        return {}
    label = next(level.label for level in scale.levels if level.value == row.level)
    not_needed = covered_words(view.guide, row.covered_by)
    return {
        "outcome": row.score,
        "outcome_level": label,
        "covered_by": row.covered_by,
        "not_needed": not_needed,
        "stands": f"{label}, {not_needed}" if not_needed else score_words(row.score, scale),
        "moderated": row.moderated,
        "because": opened(view, row.because),
        "against": against(row.score, middle) if row.moderated else None,
        "dissent": tuple(
            Dissent(
                stakeholder=objection["stakeholder"],
                agency=objection["agency"],
                words=opened(view, objection["words"]),
            )
            for objection in row.dissent
        ),
    }


def _left(
    left: Leaving | None, late: int, settled: Outcome | None, stands: Consensus | None
) -> dict[str, Any]:
    """How a descriptor left the rounds; not "asked again" if it has been settled meanwhile."""
    if left is not None and left.because == "asked-again" and settled:
        left = None
    adopted = settled.score if settled and not settled.moderated else None
    says = [says_then_or_now(left, stands)] if left else []
    says += adopted_before(adopted, stands)
    says += [say_late(late)] if late else []
    return {"left": left.because if left else None, "leaving": " ".join(says) or None}


def _named(row: NamedPriority) -> dict[str, Any]:
    return {"named_by": row.people, "named_by_agencies": row.agencies}


def named_first(every: Iterable[Result]) -> list[Result]:
    """What people would have worked on first: most named first, then by agencies and the guide."""
    named = [result for result in every if result.named_by]
    return sorted(
        named, key=lambda result: (-(result.named_by or 0), -(result.named_by_agencies or 0))
    )


def opened(view: View, words: dict[str, Any] | None, position: int = 0) -> str | None:
    """The text behind a column of sealed words, or why it is not there; none when there is none.

    Args:
        position: of the fact that holds them, or of any on its stream; 0 where that is not known.
    """
    return view.opened(Words.model_validate(words), position).says if words else None


# -- the walk back -----------------------------------------------------------------------------
def trail(view: View) -> list[Step]:
    """Every fact of the assessment in order."""
    return [step(view, told, told.item) for told in read(view, shown_rows(view))]


def why(view: View, item: str) -> Why:
    """Everything that made an item what it is, from the first invitation to the sign-off.

    Raises:
        Refused: the guide has no such item.
    """
    if item not in view.guide.items:
        raise Refused(f"{view.guide.id} has no item {item}.", see_guide(view.guide), field="item")
    stands = next(iter(results(view, item)), None)
    return Why(
        item=item,
        label=view.guide.items[item].label or view.guide.items[item].statement,
        outcome=stands.outcome if stands else None,
        outcome_level=stands.outcome_level if stands else None,
        rule=view.state.rule.name,
        sentence=stands.sentence if stands else None,
        peers=tuple(figures.sentence for figures in stands.peers) if stands else (),
        steps=tuple(step(view, told, item) for told in of_item(view, item)),
    )
