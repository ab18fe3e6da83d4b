"""What the commands tell of the rounds beside their results, as text."""

from __future__ import annotations

from datetime import date

from ehsg_events.kernel import Frozen, Refused
from projections.collecting.missing import missing
from projections.facts.view import View
from projections.figures.disagreement import disagreements
from projections.figures.participation import participation
from projections.results.actions import plans
from projections.results.evidence_quality import evidence_quality
from projections.results.what_if import If, what_if


def told_beside(view: View, today: date) -> str:
    """Who is missing, took part, stands apart, lacks evidence; what is to be done, and what if."""
    found: list[Frozen] = [
        missing(view),
        participation(view),
        evidence_quality(view),
        plans(view, today),
        *disagreements(view),
    ]
    return "\n".join([*(one.model_dump_json() for one in found), _supposed(view)])


def _supposed(view: View) -> str:
    """What would stand if it were otherwise, or why nothing would."""
    try:
        return what_if(view, If(without=("police",), blind_only=True)).model_dump_json()
    except Refused as refusal:
        return str(refusal)
