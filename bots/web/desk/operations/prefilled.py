"""What stands already in the form of an operation that changes something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bots.operations.opening.terms_fields import fields_of, fields_of_times
from bots.operations.policy_status import meaning_here
from ehsg_events.values.hours import say_hours
from ehsg_events.values.policy import Terms
from projections.facts.view import View


def prefilled(view: View, operation: str, asked: Mapping[str, str]) -> dict[str, str]:
    """What stands now, by field, as it would be typed; nothing where nothing is changed.

    Args:
        asked: what is known of whom or what the form is about.
    """
    known = STANDS.get(operation)
    stands = known(view, asked) if known else {}
    return {name: text for name, text in stands.items() if text}


def meanings(view: View, operation: str, now: datetime) -> dict[str, str]:
    """What that which stands now means for the panel, by field; nothing where nothing is known of it."""
    if operation in ("terms choose", "policy choose"):
        return meaning_here(view.log, view.assessment, now)
    return {}


def _terms(view: View, _: Mapping[str, str]) -> Mapping[str, str | None]:
    return fields_of(Terms(rule=view.state.rule, policy=view.state.policy))


def _times(view: View, _: Mapping[str, str]) -> Mapping[str, str | None]:
    return fields_of_times(view.state.policy)


def _person(view: View, asked: Mapping[str, str]) -> Mapping[str, str | None]:
    member, read = view.state.panel.get(asked.get("person", "")), view.log.text
    if member is None:
        return {}
    backup = member.backup
    return {
        "name": read(member.name),
        "slack": read(member.slack),
        "email": read(member.email),
        "agency": member.agency,
        "zone": member.zone,
        "works": say_hours(member.hours) if member.hours else None,
        "language": member.language,
        "backup": backup.kind if backup else None,
        "backup_name": read(backup.name) if backup else None,
        "backup_slack": read(backup.slack) if backup else None,
        "backup_email": read(backup.email) if backup else None,
    }


def _contact(view: View, asked: Mapping[str, str]) -> Mapping[str, str | None]:
    person = asked.get("person", "")
    named, coordinator = view.state.named(person), view.state.coordinators.get(person)
    return {
        "email": view.log.text(named.email) if named else None,
        "slack": view.log.text(coordinator.slack) if coordinator else None,
    }


STANDS: dict[str, Callable[[View, Mapping[str, str]], Mapping[str, str | None]]] = {
    "terms choose": _terms,
    "policy choose": _times,
    "panel correct": _person,
    "contact": _contact,
}
