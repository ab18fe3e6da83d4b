"""The page that is signed: every descriptor in order, how agreement stood, and what comes next.

It names agencies, never people; an agency of which fewer than three people answered is merged
with the others like it. The same log gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ehsg_events import calendar
from ehsg_events.interview import ANSWER_FIELD, REASON_FIELD
from ehsg_events.kernel import Refused
from ehsg_events.numbers import amount
from ehsg_events.outcome import differs
from guides.model import Guide, NarrativeField, Section
from projections.agreement import count, figure, people, score_words
from projections.log import View
from projections.page import Box, Criterion, Entry, Part, Permit, Report, Voice
from projections.parties import Agencies, parties
from projections.peers import Companies
from projections.place import named
from projections.queries import Result, named_first, opened, results
from projections.rendering import FORMS, printed

ASKED_AGAIN = REASON_FIELD.model_copy(
    update={"label": "Reasons for a changed score, or given when asked again"}
)
GIVEN = ANSWER_FIELD.model_copy(update={"id": "number", "label": "Numbers given"})
NUMBERS = """
  SELECT item, agency, number
  FROM standing
  JOIN (SELECT stakeholder, agency FROM fact WHERE what = 'StakeholderAdded') USING (stakeholder)
  WHERE kind = 'number' AND round = (SELECT max(round) FROM standing)
  ORDER BY item, number"""
IN_WORDS = ANSWER_FIELD.model_copy(update={"label": "Answers"})


def report(view: View) -> Report:
    """The report as the assessment stands in a view."""
    guide, state = view.guide, view.state
    found = {one.item: one for one in results(view)}
    suggested = next((scale for scale in guide.scales if scale.suggested), None)
    return Report(
        language=guide.language,
        area=state.area,
        guide_title=f"{guide.title} ({guide.year})",
        guide=guide.id,
        digest=state.guide_digest,
        licence=guide.licence,
        wording="suggested wording" if suggested else None,
        scale_note=suggested.note if suggested else None,
        rule=_rule(view),
        position=view.position,
        recorded=_moment(view, "SELECT said_at FROM trail WHERE position = ?", view.position),
        signed=_signed(view),
        parts=_parts(view, found),
        parties=parties(view),
        priorities=tuple(
            named(guide, item) for item in (state.priorities.items if state.priorities else ())
        ),
        named_first=tuple(_named_first(guide, one) for one in named_first(found.values())),
        data_model=_data_model(view),
        warnings=state.priorities.warnings if state.priorities else (),
        permissions=_permissions(view),
        thresholds_title=guide.thresholds.title if guide.thresholds else None,
        thresholds_status=guide.thresholds.status if guide.thresholds else None,
        thresholds_rule=guide.thresholds.rule if guide.thresholds else None,
        thresholds=_thresholds(guide, found),
    )


def render(report: Report, form: str) -> str:
    """The report as a page.

    Args:
        form: `html` or `md`.

    Raises:
        Refused: the form is neither.
    """
    if form not in FORMS:
        raise Refused(f"A report is {' or '.join(FORMS)}, not {form}.")
    return printed(report, form)


def _rule(view: View) -> str:
    rule = view.state.rule
    who = "the panel, every agency counting once," if rule.weights == "agencies" else "the panel"
    return (
        f"{rule.name}: a descriptor is agreed when at least {figure(100 * rule.agreed_share)}% of "
        f"{who} stand within one point of the middle score, unless two camps show."
    )


def _moment(view: View, sql: str, *values: object) -> str:
    at = datetime.fromisoformat(view.ask(sql, *values)[0]["said_at"])
    return calendar.say(at, view.state.policy.zone)


def _signed(view: View) -> str | None:
    if view.state.signed_off is None:
        return None
    when = _moment(
        view,
        "SELECT said_at FROM trail WHERE what = 'AssessmentSignedOff' ORDER BY position DESC LIMIT 1",
    )
    return f"Signed off by the {view.state.signed_off.signed_as} at {when}"


# -- the guide's items -------------------------------------------------------------------------
def _parts(view: View, found: dict[str, Result]) -> tuple[Part, ...]:
    notes = view.ask("SELECT * FROM notes ORDER BY position")
    said: dict[tuple[str, str], list[Voice]] = {}
    agencies, companies = Agencies(view), Companies(view)
    for row in view.ask(NUMBERS):
        told = amount(row["number"], view.guide.numbers[row["item"]].unit)
        voice = Voice(agency=agencies.name(row["agency"]), words=told)
        said.setdefault((row["item"], GIVEN.id), []).append(voice)
    for row in notes:
        words = opened(view, row["words"])
        if words is not None:
            area = row["peer_of"]
            whose = companies.name(area) if area else agencies.name(row["agency"])
            voice = Voice(agency=whose, words=words)
            said.setdefault((row["item"], row["field"]), []).append(voice)
    return tuple(
        Part(
            title=f"{section.number} {section.title}" if section.number else section.title,
            entries=tuple(
                _entry(view, agencies, section, item.id, found.get(item.id), said)
                for item in section.items
                if item.ask
            ),
        )
        for section in view.guide.sections
    )


def _entry(
    view: View,
    agencies: Agencies,
    section: Section,
    item: str,
    result: Result | None,
    said: dict[tuple[str, str], list[Voice]],
) -> Entry:
    own = (*section.fields, ASKED_AGAIN) if result else (GIVEN, *section.fields, IN_WORDS)
    asked = view.guide.items[item]
    return Entry(
        item=item,
        title=named(view.guide, item),
        statement=asked.statement,
        score=_score(view, result),
        how=_how(result),
        because=result.because if result else None,
        sentence=_sentence(result),
        peers=tuple(one.sentence for one in result.peers) if result else (),
        boxes=_boxes(own, item, said),
        dissent=tuple(
            Voice(agency=agencies.name(one.agency), words=one.words or "The words were forgotten.")
            for one in (result.dissent if result else ())
        ),
    )


def _boxes(
    fields: Iterable[NarrativeField], item: str, said: dict[tuple[str, str], list[Voice]]
) -> tuple[Box, ...]:
    return tuple(
        Box(label=box.label, voices=tuple(said[item, box.id]))
        for box in fields
        if (item, box.id) in said
    )


def _score(view: View, result: Result | None) -> str | None:
    if result is None:
        return None
    if result.outcome is None:
        return "No outcome yet"
    return score_words(result.outcome, view.guide.scale_of(result.item))


def _sentence(result: Result | None) -> str | None:
    """How agreement stood, and how the descriptor left the rounds."""
    if result is None:
        return None
    return f"{result.sentence} {result.leaving}" if result.leaving else result.sentence


def _how(result: Result | None) -> str | None:
    if result is None or result.outcome is None:
        return None
    if not result.moderated:
        return "agreed by the panel"
    if result.median is None or not differs(result.outcome, result.median):
        return "settled in moderation"
    middle = figure(result.median)
    return f"settled in moderation, which differs from the panel's middle score of {middle}"


# -- the rest of the page ----------------------------------------------------------------------
def _named_first(guide: Guide, one: Result) -> str:
    heads = people(one.named_by or 0)
    return f"{named(guide, one.item)}: {heads} of {count(one.named_by_agencies or 0, 'agency')}"


def _data_model(view: View) -> str | None:
    level = view.state.priorities.data_model if view.state.priorities else None
    return next((f"{m.level} {m.name}" for m in view.guide.data_models if m.level == level), None)


def _permissions(view: View) -> tuple[Permit, ...]:
    words = {True: "Yes", False: "No", None: "Not answered"}
    return tuple(
        Permit(text=one.text, answer=words[view.state.permissions.get(one.id)])
        for one in view.guide.permissions
    )


def _thresholds(guide: Guide, found: dict[str, Result]) -> tuple[Criterion, ...]:
    criteria = guide.thresholds.criteria if guide.thresholds else ()
    return tuple(
        _criterion(named(guide, one.item), one.minimum, found[one.item].outcome)
        for one in criteria
        if one.item in found
    )


def _criterion(title: str, minimum: int, score: int | None) -> Criterion:
    reached = score is not None and score >= minimum
    return Criterion(
        title=title,
        minimum=str(minimum),
        score="none" if score is None else str(score),
        met="no outcome yet" if score is None else "met" if reached else "not met",
    )
