"""What people ask of an assessment: its results, its progress, and why a score is what it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from support.story.story import Story, agree_and_split, member, printed, report_in

from ehsg_events.kernel import TOPICS, Refused
from projections.collecting.progress import progress
from projections.history.sentences import AnyFact
from projections.results.results import results, trail, why


def test_results_are_all_descriptors_in_the_guides_order(story: Story) -> None:
    """What was never asked is there, not measured, with null figures."""
    rows = results(agree_and_split(story).round_closed().view())
    assert [row.item for row in rows] == list(story.view().guide.descriptors)
    first, last = rows[0], rows[-1]
    assert (first.n, first.median, first.verdict, first.outcome) == (6, 2.5, "agreed", None)
    assert (last.n, last.median, last.verdict) == (None, None, "not_measured")


def test_a_sentence_says_how_agreement_stood(story: Story) -> None:
    """Agreed, two camps, and after a feedback round what changed."""
    agree_and_split(story).round_closed()
    agreed, camps, *_ = results(story.view())
    assert agreed.sentence == (
        "Panel score 2.5 (between Partly in place and Mostly in place). 5 of 6 people, from 3 of "
        "3 agencies, were within one point; answers ran from 2 to 4."
    )
    assert camps.sentence == (
        "No agreement: two camps. 3 people said 0-1, 3 people said 4-5. The middle score, 2.5, is "
        "nobody's view."
    )
    story.round_opened().all_answered("5.2", {"police-1": "5", "police-2": "4", "school-1": "5"})
    assert results(story.round_closed().view())[1].sentence == (
        "Panel score 5 (Fully in place and kept up). 5 of 6 people, from 3 of 3 agencies, were "
        "within one point; answers ran from 0 to 5. Since round 1, 2 people "
        "changed and the middle score went from 2.5 to 5."
    )


def test_too_few_answers_give_no_number_in_words(story: Story) -> None:
    """Below the quorum the sentence says how many, never how they scored."""
    story.round_opened().answered("police-1", "5.1", "4").answered("health-1", "5.1", "dont-know")
    assert results(story.round_closed().view())[0].sentence == (
        "Not enough answers yet: 1 of 6 people asked gave a score, from 1 of 3 agencies; 1 did not "
        "know."
    )


def test_the_outcome_carries_its_reason_and_every_dissent(story: Story) -> None:
    """A moderated score stands beside the panel's own, and so do the objections."""
    agree_and_split(story).round_closed().moderated("5.1", "2", "the files show it")
    story.dissented("school-2", "5.1", "not in schools")
    row = results(story.view())[0]
    assert (row.outcome, row.outcome_level, row.moderated) == (2, "Partly in place", True)
    assert row.because == "the files show it"
    assert [(d.stakeholder, d.agency, d.words) for d in row.dissent] == [
        ("school-2", "school", "not in schools")
    ]


def test_progress_counts_people_and_items(story: Story) -> None:
    """In all, by agency, by item and for each pair."""
    story.round_opened().answered("police-1", "5.1", "3").answered("health-1", "5.2", "dont-know")
    found = progress(story.view())
    assert found.total is not None
    assert (found.round, found.closed, found.deadline) == (1, False, "2026-10-19T16:00:00Z")
    assert (found.total.asked, found.total.answered, found.total.dont_know) == (12, 2, None)
    assert [(c.item, c.answered) for c in found.by_item] == [("5.1", 1), ("5.2", 1)]
    assert [(t.agency, t.invited, t.started) for t in found.agencies] == [
        ("police", 2, 1), ("health", 2, 1), ("school", 2, 0)
    ]  # fmt: skip
    assert sum(cell.answered for cell in found.cells) == found.total.answered
    closed = progress(story.round_closed().view())
    assert closed.total is not None
    assert (closed.closed, closed.total.dont_know) == (True, 1)


def test_progress_before_any_round_is_empty(story: Story) -> None:
    """Nothing was opened, so there is nothing to count."""
    found = progress(story.view())
    assert (found.round, found.total, found.agencies, found.cells) == (None, None, (), ())


# -- the walk back ------------------------------------------------------------------------------
def test_an_outsider_recomputes_the_results_from_the_trail(story: Story) -> None:
    """With nothing but the printed trail: newest answers, counted, and their median."""
    agree_and_split(story).answered("police-1", "5.1", "5").answered("health-1", "5.1", "dont-know")
    view = story.round_closed().view()
    steps = json.loads(json.dumps([step.model_dump(mode="json") for step in trail(view)]))
    newest: dict[tuple[str, str], dict[str, Any]] = {}
    for step in steps:
        if step["what"] in ("AnswerGiven", "AnswerAmended"):
            newest[step["item"], step["stakeholder"]] = step["fact"]
    for row in results(view)[:2]:
        said = [fact for (item, _), fact in newest.items() if item == row.item]
        scores = sorted(fact["score"] for fact in said if fact["score"] is not None)
        middle = (scores[(len(scores) - 1) // 2] + scores[len(scores) // 2]) / 2
        assert (row.n, row.median) == (len(scores), middle)
        assert row.dont_know == sum(fact["kind"] == "dont-know" for fact in said)
        assert row.within_one == sum(abs(score - middle) <= 1 for score in scores)


def test_why_walks_from_the_first_invitation_to_the_sign_off(story: Story) -> None:
    """Each step that made the score, and none that made another."""
    agree_and_split(story).extended(30, "half term").noted("health-1", "5.2", "working-well", "Yes")
    story.round_closed().round_opened().answered("police-1", "5.2", "4").withdrawn("health-2")
    story.round_closed().moderated("5.1", "2", "so be it").moderated("5.2", "4", "most say so")
    story.dissented("school-1", "5.2", "I do not").chose("5.2", data_model=4)
    found = why(story.signed_off("Director", "Dana Director").view(), "5.2")
    kinds = [step.what for step in found.steps]
    assert list(dict.fromkeys(kinds)) == [
        "StakeholderInvited", "AnswerGiven", "DeadlineMoved", "NoteGiven", "RoundClosed",
        "RoundMeasured", "InterviewWithdrawn", "OutcomeModerated", "DissentRecorded",
        "PrioritiesChosen", "AssessmentSignedOff",
    ]  # fmt: skip
    assert {step.item for step in found.steps} == {None, "5.2"}
    assert (found.outcome, found.rule, kinds.count("StakeholderInvited")) == (4, "within-one", 12)
    answers = [step.says for step in found.steps if step.what == "AnswerGiven"]
    assert answers[0].endswith("0 (Not started) (blind).")
    assert answers[-1].endswith("(having seen the group's figures of round 1).")
    assert [s.words for s in found.steps if s.words] == [
        "half term", "Yes", "most say so", "I do not"
    ]  # fmt: skip


def test_one_descriptor_alone_is_as_it_is_among_all(story: Story) -> None:
    """And what is no descriptor is none."""
    view = story.view()
    every = {result.item: result for result in results(view)}
    assert [results(view, item) for item in every] == [[result] for result in every.values()]
    assert not [item for item in view.guide.items if item not in every and results(view, item)]


def test_why_of_an_unknown_item_is_refused(story: Story) -> None:
    """The refusal names the guide."""
    with pytest.raises(Refused, match=r"ehsg-2022@1 has no item 99\.9"):
        why(story.view(), "99.9")


def test_every_kind_of_fact_has_its_sentence() -> None:
    """The union the sentences are written for is every fact that can stand on an assessment."""
    kinds = {kind for union in get_args(AnyFact) for kind in (get_args(union) or (union,))}
    apart = {kind for topic, kind in TOPICS.items() if topic.startswith(("submission.", "ledger."))}
    assert kinds == set(TOPICS.values()) - apart  # streams of their own, of no assessment


def test_names_and_contacts_come_out_nowhere(story: Story) -> None:
    """The walk back opens reasons and notes, never who a pseudonym is."""
    agree_and_split(story).round_closed().moderated("5.1", "2", "x").moderated("5.2", "2", "y")
    text = printed(story.signed_off("Director", "Dana Director").view())
    assert "Surname" not in text
    assert "Dana" not in text


# -- another guide -------------------------------------------------------------------------------
def test_a_guide_of_questions_and_words_works_alike(tmp_path: Path) -> None:
    """Four words in place of six numbers, and questions answered in one's own words."""
    with Story(tmp_path) as story:
        guide = "ehsg-2020@1"
        asked = ["families-1", "families-2"]
        people = [member(f"p{n}-1", f"agency {n}", asked) for n in range(4)]
        story.opened(people, guide=guide).round_opened()
        story.all_answered(
            "families-1", dict(zip([p.id for p in people], ("no", "no", "yes", "yes"), strict=True))
        )
        for person in people:
            story.answered(person.id, "families-2", "mostly-yes")
        view = story.round_closed().view()
        split, agreed, *_ = results(view)
        assert split.sentence.startswith(
            "No agreement: two camps. 2 people said No, 2 people said Yes. The middle score, 1.5,"
        )
        assert (agreed.outcome, agreed.outcome_level) == (2, "Mostly yes")
        assert agreed.sentence.startswith("Panel score Mostly yes. 4 of 4 people")
        assert "Mostly yes was adopted" in why(view, "families-2").steps[-1].says
        assert "Families 1 " in report_in(view, "md")


def test_the_report_marks_an_outcome_that_is_not_the_panels_middle_score(story: Story) -> None:
    """Of a middle score between two levels, either level is the panel's."""
    mark = "settled in moderation, higher than the panel's middle score of 2.5"
    agree_and_split(story).round_closed().moderated("5.1", "4", "the files")
    assert mark in report_in(story.view(), "md")
    story.moderated("5.1", "3", "the files again")
    assert mark not in report_in(story.view(), "md")
