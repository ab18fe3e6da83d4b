"""What rule and policy mean for the panel as it is, a few sentences for each question that is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bots.phrases.labels import counted
from ehsg_events.dates import calendar
from ehsg_events.panel.coverage import MOST_LISTED
from ehsg_events.panel.terms_here import Here, Span, Thinnest
from ehsg_events.values.policy import Rule, Terms
from projections.figures.names import listed

WITH_THIS_PANEL = "What it means for your panel"
ASKED, MEANS = "Question", "As it stands"
OPENED_NOW = "of a round that opened now"
NOBODY = "Nobody is on the panel yet."
NOBODY_REMINDED = "Nobody is reminded by the clock."
NOBODY_ELSE = "Nobody else hears that somebody stays silent."
ONE_ROUND = "What is not agreed in the one round is yours to settle."
NOTHING_SHOWN = "Whoever is asked again sees none of the others' scores."


def meaning(terms: Terms, here: Here) -> dict[str, str]:
    """What each answer means here, by the field that it is asked in; of some there is nothing to say."""
    policy = terms.policy
    said: dict[str, Iterator[str]] = {
        "count": _count(here, by_agency=terms.rule.weights == "agencies"),
        "agreed": _agreed(here, terms.rule),
        "rounds": _rounds(terms, here),
        "days": _days(here, policy.zone),
        "days_again": _days_again(here, policy.zone),
        "reminders": _reminders(terms, here),
        "silence": _silence(terms, here),
        "shown": _shown(here, shows=policy.shown != "nothing"),
    }
    return {field: text for field, lines in said.items() if (text := " ".join(lines))}


def _count(here: Here, *, by_agency: bool) -> Iterator[str]:
    if not here.people:
        yield NOBODY
        return
    agency, most = next(iter(here.agencies.items()))
    agencies, people = _agencies(len(here.agencies)), counted(here.people, "person")
    if by_agency:
        weigh = f"{agency}'s {counted(most, 'person')} weigh as one" if most > 1 else ""
        yield f"{agencies}, each counted once{weigh and ': '}{weigh}."
    else:
        yield f"{people} of {agencies}, each counted once; the largest is {agency}, with {most}."


def _agreed(here: Here, rule: Rule) -> Iterator[str]:
    if here.unasked and here.people:
        yield f"Nobody is asked about {here.unasked} of {counted(here.descriptors, 'descriptor')}."
    if here.thinnest is not None:
        yield from _of_the_thinnest(here.thinnest, rule)
        yield _never(here)


def _of_the_thinnest(few: Thinnest, rule: Rule) -> Iterator[str]:
    yield (
        f"The fewest are asked about {few.item}: {counted(few.people, 'person')} of "
        f"{_agencies(few.agencies)}. It needs {counted(few.scores_needed, 'score')}, from "
        f"{_agencies(few.agencies_needed)}."
    )
    if rule.weights == "people":
        yield f"If all of them give a score, {few.near} must stand near the middle score."
    else:
        share = f"{rule.agreed_share * 100:.0f}%"
        yield (
            f"Of all agencies' weight at least {share} must stand near the middle score; the people of "
            f"one share its weight."
        )


def _never(here: Here) -> str:
    if not here.never:
        return "Every descriptor can be agreed by this panel."
    many = len(here.never)
    which = f": {listed(here.never)}" if many <= MOST_LISTED else ""
    return (
        f"{many} of {counted(here.descriptors, 'descriptor')} can never be agreed by this panel, even if "
        f"everybody answers{which}."
    )


def _rounds(terms: Terms, here: Here) -> Iterator[str]:
    more = terms.rule.rounds - 1
    if more:
        yield f"What is not agreed in the first is asked again in {counted(more, 'more round')}."
    else:
        yield ONE_ROUND
    if here.last is not None and more:
        yield f"If the first opened now, the last would end at {calendar.say(here.last, terms.policy.zone)}."


def _days(here: Here, zone: str) -> Iterator[str]:
    if here.first is not None:
        yield f"A first round that opened now would close at {calendar.say(here.first.closes, zone)}."


def _days_again(here: Here, zone: str) -> Iterator[str]:
    span = here.again
    if span is None:
        return
    if here.first is None:
        yield f"A round that asks again and opened now would close at {calendar.say(span.closes, zone)}."
        return
    yield f"The next would open at {calendar.say(span.opens, zone)} and close at {calendar.say(span.closes, zone)}."


def _reminders(terms: Terms, here: Here) -> Iterator[str]:
    span = _next(here)
    if not terms.policy.reminders:
        yield NOBODY_REMINDED
    elif span is not None and span.reminders:
        days = [
            calendar.say_day(calendar.local_day(at, terms.policy.zone)) for at in span.reminders
        ]
        yield f"The reminders of a round that opened now would go on {_and(days)}."


def _silence(terms: Terms, here: Here) -> Iterator[str]:
    span, steps = _next(here), [step.to for step in terms.policy.escalation]
    due = span.told if span else {}
    when = {
        to: f": {OPENED_NOW}, at {calendar.say(at, terms.policy.zone)}" for to, at in due.items()
    }
    if not steps:
        yield NOBODY_ELSE
    if "backup" in steps and here.people:
        backed, people = here.backed, counted(here.people, "person")
        yield f"{backed} of {people} have somebody who would be told of their silence{when.get('backup', '')}."
    if "coordinator" in steps:
        yield f"The coordinators would be told of silence{when.get('coordinator', '')}."


def _shown(here: Here, *, shows: bool) -> Iterator[str]:
    if not shows:
        yield NOTHING_SHOWN
    elif here.people:
        yield (
            f"Figures can be shown of {here.showable} of {counted(here.descriptors, 'descriptor')} at the "
            f"most: the others are asked of fewer than five people, or of fewer than three agencies."
            if here.showable < here.descriptors
            else "Enough people are asked about every descriptor for its figures to be shown."
        )


def _next(here: Here) -> Span | None:
    return here.first or here.again


def _agencies(many: int) -> str:
    return "1 agency" if many == 1 else f"{many} agencies"


def _and(days: Sequence[str]) -> str:
    *some, last = days
    return f"{', '.join(some)} and {last}" if some else last
