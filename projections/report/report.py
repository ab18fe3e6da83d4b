"""The page that is signed: every descriptor in order, how agreement stood, and what comes next.

It names agencies, never people; an agency of which fewer than three people answered is merged
with the others like it. The same log gives the same bytes.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ehsg_events.dates import calendar
from ehsg_events.ledger.terms import terms_at
from ehsg_events.values.policy import Rule
from guides.model import Guide
from projections.access.agencies import SMALLEST, parties
from projections.access.reached import reached
from projections.facts.view import View
from projections.figures.agreement import figure
from projections.figures.names import named
from projections.report.annexes import annexes, attached
from projections.report.entries import parts
from projections.report.model import Criterion, Permit, Report
from projections.report.of_the_guide import chapters
from projections.report.overview import overview
from projections.report.trend import trend
from projections.results.board_results import shown
from projections.results.results import Result, results


def report(view: View) -> Report:
    """The report as the assessment stands in a view."""
    guide, state = view.guide, view.state
    by_item = {result.item: result for result in shown(view, "board")}
    at, position, _ = reached(view)
    chosen = state.priorities.items if state.priorities else ()
    found = parts(view, by_item, calendar.local_day(at, state.policy.zone))
    who, since = parties(view), trend(view, by_item)
    where = {item: result.against for item, result in by_item.items()}
    suggested = next((scale for scale in guide.scales if scale.suggested), None)
    return Report(
        language=guide.language,
        area=state.area,
        subject=guide.topic.subject,
        guide_title=f"{guide.title} ({guide.year})",
        guide=guide.id,
        digest=state.guide_digest,
        licence=guide.licence,
        wording="suggested wording" if suggested else None,
        scale_note=suggested.note if suggested else None,
        rule=rule_in_words(view.state.rule),
        assessment=str(view.assessment),
        position=position,
        ledger=ledgers_key(view),
        at=at,
        recorded=calendar.say(at, state.policy.zone),
        signed=signed(view),
        overview=overview(found, who, since, chosen, where),
        parts=found,
        parties=who,
        priorities=tuple(named(guide, item) for item in chosen),
        named_first=tuple(
            named(guide, result.item)
            for result in results(view)
            if (result.named_by or 0) >= SMALLEST
        ),
        data_model=_data_model(view),
        trend=since,
        warnings=state.priorities.warnings if state.priorities else (),
        permissions=_permissions(view),
        thresholds_title=guide.thresholds.title if guide.thresholds else None,
        thresholds_status=guide.thresholds.status if guide.thresholds else None,
        thresholds_rule=guide.thresholds.rule if guide.thresholds else None,
        thresholds=_thresholds(guide, by_item),
        annexes=tuple(annexes(view)),
        attached=tuple(attached(view)),
        of_the_guide=tuple(chapters(guide)),
    )


def ledgers_key(view: View) -> str | None:
    """The key that the ledger was signed with when the newest fact here was recorded; none before.

    So what was printed then is printed again.
    """
    terms = terms_at(view.log, view.position)
    return terms.keys[-1] if terms else None


def rule_in_words(rule: Rule) -> str:
    """When a descriptor is agreed, in a sentence."""
    who = "the panel, every agency counting once," if rule.weights == "agencies" else "the panel"
    return (
        f"{rule.name}: a descriptor is agreed when at least {figure(100 * rule.agreed_share)}% of "
        f"{who} stand within one point of the middle score, unless two camps show."
    )


def signed(view: View) -> str | None:
    """By whom and when it was signed off; none while it is not."""
    if view.state.signed_off is None:
        return None
    when = view.facts(_SignedOff, ("AssessmentSignedOff",))[-1].said_at
    signed_at = calendar.say(when, view.state.policy.zone)
    return f"Signed off by the {view.state.signed_off.signed_as} at {signed_at}"


class _SignedOff(NamedTuple):
    position: int
    said_at: datetime


# -- the rest of the page ----------------------------------------------------------------------
def _data_model(view: View) -> str | None:
    level = view.state.priorities.data_model if view.state.priorities else None
    return next((f"{m.level} {m.name}" for m in view.guide.data_models if m.level == level), None)


def _permissions(view: View) -> tuple[Permit, ...]:
    words = {True: "Yes", False: "No", None: "Not answered"}
    return tuple(
        Permit(text=permission.text, answer=words[view.state.permissions.get(permission.id)])
        for permission in view.guide.permissions
    )


def _thresholds(guide: Guide, by_item: dict[str, Result]) -> tuple[Criterion, ...]:
    criteria = guide.thresholds.criteria if guide.thresholds else ()
    return tuple(
        _criterion(named(guide, criterion.item), criterion.minimum, by_item[criterion.item])
        for criterion in criteria
        if criterion.item in by_item
    )


def _criterion(title: str, minimum: int, result: Result) -> Criterion:
    return Criterion(
        title=title,
        minimum=str(minimum),
        score="none" if result.weighs is None else str(result.weighs),
        met=_met(minimum, result),
    )


def _met(minimum: int, result: Result) -> str:
    if result.not_needed:
        return result.not_needed
    if result.outcome is None:
        return "no outcome yet"
    return "met" if result.outcome >= minimum else "not met"
