"""Everybody who was ever on the panel, as they were last added or corrected."""

from __future__ import annotations

from typing import Any, NamedTuple

from projections.facts.view import View
from projections.folded.once import once
from projections.folded.panel_facts import PanelFact, panel_facts

LASTING = ("agency", "peer_of", "reached_by", "backup_slack", "backup_email")


class Member(NamedTuple):
    """One person; where nothing was said again, what was said before stands.

    `position` is that of the fact which first named them.
    """

    stakeholder: str
    agency: str
    peer_of: str | None
    reached_by: str | None
    backup_slack: str | None
    backup_email: str | None
    position: int

    @property
    def party(self) -> str:
        """Their agency, of peers with the area that they are from."""
        return (
            f"{self.agency} (peers from {self.peer_of})"
            if self.peer_of is not None
            else self.agency
        )


@once
def members(view: View) -> dict[str, Member]:
    """Each person by their pseudonym, in the order in which they were first named."""
    by_name: dict[str, Member] = {}
    for fact in panel_facts(view):
        if fact.what in ("StakeholderAdded", "StakeholderCorrected"):
            name = fact.corrected or fact.stakeholder
            before = by_name.get(name, Member(name, "", None, None, None, None, fact.position))
            by_name[name] = before._replace(**_said(fact))
    return by_name


def _said(fact: PanelFact) -> dict[str, Any]:
    said = {name: getattr(fact, name) for name in LASTING}
    return {name: value for name, value in said.items() if value is not None}
