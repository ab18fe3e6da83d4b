"""Evidence beside words: shown whole once the round is closed, its file given out as handed in."""

from __future__ import annotations

import pytest
from support.story.story import Story, printed
from support.story.telling import DIGEST, PAPER, gave_a_file, given_a_file

from ehsg_events.kernel import Refused
from projections.history.evidence_files import Beside, file_of, noted
from projections.results.results import trail, why

SHOWN = Beside(
    kind="file",
    source="Board of Jane",
    dated="2026-09-30",
    file="Minutes of Jane.pdf",
    size=len(PAPER),
    sha256=DIGEST,
)


def test_a_closed_round_shows_kind_source_day_and_file(story: Story) -> None:
    """Beside the words, in the walk back and in the trail; the fact loads without loss."""
    view = given_a_file(story).round_closed().view()
    (step,) = (step for step in why(view, "5.1").steps if step.what == "NoteGiven")
    assert (step.words, step.evidence) == ("The board says so", SHOWN)
    assert "police-1 gave a file as evidence for 5.1" in step.says
    assert step in trail(view)


def test_a_plain_statement_has_nothing_beside_it_in_the_trail(story: Story) -> None:
    """In the list of evidence it is a statement."""
    story.round_opened().noted("police-1", "5.1", "working-well", "We meet")
    view = story.round_closed().view()
    assert next(step for step in trail(view) if step.what == "NoteGiven").evidence is None
    assert [(row.words, row.evidence) for row in noted(view)] == [
        ("We meet", Beside(kind="statement"))
    ]


def test_of_an_open_round_no_evidence_is_shown_and_no_file_given_out(story: Story) -> None:
    """Not even that there is one."""
    view = given_a_file(story).view()
    assert noted(view) == []
    assert DIGEST not in printed(view)
    with pytest.raises(Refused, match="No files of closed rounds have a digest beginning with"):
        file_of(view, DIGEST)


def test_evidence_is_listed_by_item(story: Story) -> None:
    """An item nobody knows is refused."""
    view = given_a_file(story).noted("police-1", "5.2", "working-well", "So").round_closed().view()
    assert [row.item for row in noted(view)] == ["5.1", "5.2"]
    assert [row.evidence for row in noted(view, "5.1")] == [SHOWN]
    with pytest.raises(Refused, match=r"has no item 99\.9"):
        noted(view, "99.9")


def test_a_file_comes_out_as_it_was_handed_in(story: Story) -> None:
    """By its digest, or the beginning of it."""
    view = given_a_file(story).round_closed().view()
    assert file_of(view, DIGEST[:12]) == PAPER


def test_a_file_that_is_not_the_one_handed_in_is_not_given_out(story: Story) -> None:
    """Its digest was recorded."""
    story.round_opened().answered("police-1", "5.1", "3")
    view = gave_a_file(story, "police-1", content=b"%PDF-1.7 another").round_closed().view()
    with pytest.raises(Refused, match="is not the one that was handed in"):
        file_of(view, DIGEST)


def test_evidence_that_was_taken_back_is_not_given_out(story: Story) -> None:
    """Nor that of somebody who withdrew."""
    given_a_file(story).note_retracted("police-1")
    gave_a_file(story.answered("health-1", "5.1", "3"), "health-1").withdrawn("health-1")
    view = story.round_closed().view()
    assert noted(view) == []
    with pytest.raises(Refused, match="No files of closed rounds"):
        file_of(view, DIGEST)
