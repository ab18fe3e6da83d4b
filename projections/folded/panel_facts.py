"""What happened to a panel, fact by fact, in the few columns that its read models need.

DuckDB takes longer to plan a join of read models than Python takes to fold a panel's facts. So they
are fetched at once, and the arithmetic is the house's own. The models in `projections/sql`
say the same a second time, written independently; tests compare the two over random histories.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from projections.facts.view import View
from projections.folded.once import once

ANSWERS = ("AnswerGiven", "AnswerAmended")
KINDS = (
    *ANSWERS,
    "StakeholderAdded",
    "StakeholderCorrected",
    "RoundOpened",
    "RoundClosed",
    "RoundReopened",
    "StakeholderInvited",
    "InvitationEnded",
    "ItemsHandedOn",
    "AttendanceRecorded",
    "VoteOpened",
    "InterviewStarted",
    "InterviewCompleted",
    "InterviewWithdrawn",
    "PrioritiesNamed",
)


class PanelFact(NamedTuple):
    """One fact about a panel; only the fields that its kind has hold something."""

    position: int
    what: str
    round: int
    stakeholder: str
    item: str
    kind: str
    level: str | None
    score: int | None
    number: float | None
    items: list[str]
    invited: str
    ended_for: str
    handed_on_by: str
    to: str
    put_to: list[str]
    present: list[str]
    corrected: str | None
    agency: str | None
    peer_of: str | None
    reached_by: str | None
    backup_slack: str | None
    backup_email: str | None


@once
def panel_facts(view: View) -> list[PanelFact]:
    """Every fact about the panel, in the order of the log."""
    return view.facts(PanelFact, KINDS, backup_slack="backup.slack", backup_email="backup.email")


class Opened(NamedTuple):
    """Where and when the assessment was opened."""

    position: int
    said_at: datetime


@once
def opened(view: View) -> Opened:
    """The first fact of the assessment."""
    return view.facts(Opened, ("AssessmentOpened",))[0]


@once
def _by_kind(view: View) -> dict[str, list[PanelFact]]:
    by_kind: dict[str, list[PanelFact]] = {kind: [] for kind in KINDS}
    for fact in panel_facts(view):
        by_kind[fact.what].append(fact)
    return by_kind


def of_kind(view: View, kind: str) -> list[PanelFact]:
    """The facts of one kind, in the order of the log."""
    return _by_kind(view)[kind]


@once
def answers(view: View) -> list[PanelFact]:
    """Every answer and every change of one, in the order of the log."""
    return [fact for fact in panel_facts(view) if fact.what in ANSWERS]


@once
def withdrawn(view: View) -> frozenset[str]:
    """The people who had withdrawn, from whichever round."""
    return frozenset(fact.stakeholder for fact in of_kind(view, "InterviewWithdrawn"))
