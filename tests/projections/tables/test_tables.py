"""The report's tables as plain values: what a board may see, in the guide's order, and no names."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from support.story.story import NAMES, NOON, PANEL, Story, agree_and_split
from support.story.telling import DIGEST, given_a_file

from ehsg_events.commands import actions
from ehsg_events.commands.actions import Typed
from projections.tables.report import report_book


def table(story: Story, name: str) -> list[dict[str, Any]]:
    """The rows of one of the tables, by the names of its columns."""
    (found,) = (one for one in report_book(story.view()).tables if one.name == name)
    names = [column.name for column in found.columns]
    return [dict(zip(names, row, strict=True)) for row in found.rows]


def test_scores_are_all_descriptors_in_the_guides_order(story: Story) -> None:
    """What was never asked is there, without figures."""
    rows = table(agree_and_split(story).round_closed().moderated("5.2", "3", "so be it"), "scores")
    assert [row["item"] for row in rows] == list(story.view().guide.descriptors)
    assert (rows[0]["median"], rows[0]["n"], rows[0]["outcome"]) == (2.5, 6, None)
    assert (rows[1]["outcome"], rows[1]["settled"]) == (3, "in moderation")
    assert rows[1]["because"] == "so be it"
    assert (rows[-1]["n"], rows[-1]["median"]) == (None, None)


def test_figures_of_too_few_people_are_withheld(story: Story) -> None:
    """Of four scores neither the middle score nor how they lie is told."""
    story.round_opened().all_answered("5.1", dict(zip(NAMES[:4], "2222", strict=True)))
    story.round_closed()
    row = table(story, "scores")[0]
    assert (row["verdict"], row["median"], row["n"], row["low"]) == ("withheld", None, None, None)
    assert table(story, "distribution") == []


def test_a_distribution_counts_people_on_every_level(story: Story) -> None:
    """One row a level, the empty ones too."""
    rows = table(agree_and_split(story).round_closed(), "distribution")
    assert [(row["score"], row["people"]) for row in rows if row["item"] == "5.2"] == [
        (0, 3), (1, 0), (2, 0), (3, 0), (4, 0), (5, 3)
    ]  # fmt: skip


def test_evidence_is_of_agencies_and_never_of_people(story: Story) -> None:
    """With its kind and its day; neither who wrote it nor what their file is called."""
    rows = table(given_a_file(story).round_closed(), "evidence")
    assert [(row["agency"], row["kind"], str(row["dated"])) for row in rows] == [
        ("one of the agencies asked", "file", "2026-09-30")
    ]
    whole = str(report_book(story.view()))
    assert not any(secret in whole for secret in ("police-1", "Surname", "Minutes", DIGEST))


def test_what_is_said_in_an_open_round_is_in_no_table(story: Story) -> None:
    """Nor a figure of it."""
    agree_and_split(story).noted("health-1", "5.2", "working-well", "Yes")
    assert table(story, "evidence") == []
    assert {row["verdict"] for row in table(story, "scores")} == {"not_measured"}


def test_actions_tell_who_owns_them(story: Story) -> None:
    """As it was typed, with the day they are due."""
    due = (NOON + timedelta(days=60)).date().isoformat()
    agree_and_split(story).round_closed()
    typed = Typed("Train everybody", "Given Surname", due)
    actions.agree(story.log, story.stamp(), story.assessment, "5.2", typed)
    (row,) = table(story, "actions")
    assert (row["words"], row["owner"], str(row["due"])) == (
        "Train everybody",
        "Given Surname",
        due,
    )


def test_priorities_and_answers_on_sharing_keep_their_order(story: Story) -> None:
    """What is blank stays blank, and is never yes."""
    agree_and_split(story).round_closed().chose("7.3", "6.4").permitted("dfe", granted=True)
    assert [(row["place"], row["item"]) for row in table(story, "priorities")] == [
        (1, "7.3"), (2, "6.4")
    ]  # fmt: skip
    answers = {row["permission"]: row["answer"] for row in table(story, "permissions")}
    assert answers.pop("dfe") == "yes"
    assert set(answers.values()) == {None}


def test_a_smaller_agency_is_merged_with_the_others_like_it(story: Story) -> None:
    """Three agencies of two people each are one row of six."""
    rows = table(agree_and_split(story).round_closed(), "participation")
    assert [tuple(row.values()) for row in rows] == [("3 agencies", len(PANEL), 6)]
