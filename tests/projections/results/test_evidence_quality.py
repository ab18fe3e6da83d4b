"""What evidence lacks: told finding by finding, its words compared in memory and kept nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.ehsg import ehsg
from support.story.story import Story
from support.story.telling import gave_a_file

from projections.results.evidence_quality import Finding, evidence_quality

BOX = "working-well"
TOLD = "Of 212 families asked last year, 180 said that one person was in touch with them."
COPIED = "of 212 families, asked last year: 180 said that one person was in touch  with them"


@pytest.fixture
def noted(story: Story) -> Story:
    """A round with a paper, a paragraph and its copy, and a plan; not closed yet."""
    story.round_opened()
    for person in ("police-1", "police-2", "health-1", "school-1"):
        story.answered(person, "5.1", "2")
    gave_a_file(story, "police-2")
    story.noted("police-1", "5.1", BOX, f"We counted.\n{TOLD}")
    story.noted("health-1", "5.1", BOX, COPIED)
    story.noted("school-1", "5.1", BOX, "We will ask again by 2030.")
    return story


def found(story: Story, shortcoming: str) -> list[Finding]:
    """The findings of one kind."""
    every = evidence_quality(story.view()).findings
    return [one for one in every if one.shortcoming == shortcoming]


def test_a_paragraph_pasted_twice_is_found_whatever_copying_changed(noted: Story) -> None:
    """Capitals, punctuation and spaces do not hide it; each note names the other."""
    health, police = found(noted.round_closed(), "pasted")
    assert (health.stakeholder, health.words) == ("health-1", " ".join(COPIED.split()))
    assert (police.stakeholder, police.words) == ("police-1", TOLD)
    assert (health.same_as, police.same_as) == ((police.position,), (health.position,))


def test_a_few_words_said_twice_are_no_copy(story: Story) -> None:
    """Anybody may say that they meet every month; a paragraph has eight words at least."""
    story.round_opened()
    for person in ("police-1", "health-1"):
        story.answered(person, "5.1", "2").noted(person, "5.1", BOX, "We meet every month.")
    assert not found(story.round_closed(), "pasted")


def test_a_paragraph_that_stands_twice_in_one_note_is_found(story: Story) -> None:
    """It names itself."""
    story.round_opened().answered("police-1", "5.1", "2")
    story.noted("police-1", "5.1", BOX, f"{TOLD}\n{TOLD}")
    (one,) = found(story.round_closed(), "pasted")
    assert one.same_as == (one.position,)


def test_a_plan_in_the_box_for_evidence_is_shown_in_its_own_words(noted: Story) -> None:
    """The sentence that gives it away."""
    (one,) = found(noted.round_closed(), "plan")
    assert (one.stakeholder, one.words) == ("school-1", "We will ask again by 2030.")


def test_evidence_with_a_day_is_dated(noted: Story) -> None:
    """The paper is, what was only typed is not."""
    undated = [one.stakeholder for one in found(noted.round_closed(), "undated")]
    assert undated == ["health-1", "police-1", "school-1"]


def test_of_an_open_round_nothing_is_found(noted: Story) -> None:
    """Not even how many notes there are."""
    seen = evidence_quality(noted.view())
    assert (seen.notes, seen.findings) == (0, ())


def test_nothing_about_the_words_is_kept_in_a_table(noted: Story) -> None:
    """Neither they nor a digest that could be guessed."""
    view = noted.round_closed().view()
    evidence_quality(view)
    tables = [row["name"] for row in view.ask("SELECT table_name AS name FROM duckdb_tables()")]
    for name in tables:
        assert "212 families" not in str(view.ask(f'SELECT * FROM "{name}"')), name  # noqa: S608


def test_the_command_counts_and_lists_what_is_lacking(noted: Story, tmp_path: Path) -> None:
    """In words, and for programs."""
    noted.round_closed()
    said = ehsg(tmp_path, "evidence", "check").out
    assert "Evidence in closed rounds: 4 notes." in said
    assert "5.1  school-1 of school: a plan where evidence was asked for" in said
    counts = ehsg(tmp_path, "evidence", "check", "--json").document["found"]
    assert counts == {"no-evidence": 0, "undated": 3, "pasted": 2, "plan": 1}
