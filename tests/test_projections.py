"""The log as a table, as it stands and as it stood, and what stays hidden in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import duckdb
import pytest
from eventsourcing.persistence import StoredEvent
from projections_spec import ASSESSMENT, Story, member

from ehsg_events.kernel import TOPICS, Frozen, Recorded, Refused, assessment_stream
from ehsg_events.mapper import PlainMapper
from projections.log import View, position_at
from projections.queries import progress, results, trail, why
from projections.report import render, report
from projections.say import AnyFact
from projections.table import select, table_of

PANEL = [
    member(f"{agency}-{n}", agency, ["5.1", "5.2"])
    for agency in ("police", "health", "school")
    for n in (1, 2)
]
NAMES = [person.id for person in PANEL]


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    """An assessment with six people of three agencies, and nothing said yet."""
    with Story(tmp_path) as told:
        yield told.opened(PANEL)


def printed(view: View) -> str:
    """Everything that a view can show, as text."""
    rows: Sequence[Frozen] = [*results(view), progress(view), *trail(view)]
    walks = [why(view, item) for item in ("5.2", "6.1")]
    plain = [row.model_dump(mode="json") for row in (*rows, *walks)]
    page = report(view)
    return "\n".join((json.dumps(plain), render(page, "html"), render(page, "md")))


def agree_and_split(story: Story) -> Story:
    """A first round: agreed on 5.1, two camps on 5.2."""
    story.round_opened()
    story.all_answered("5.1", dict(zip(NAMES, "222334", strict=True)))
    return story.all_answered("5.2", dict(zip(NAMES, "000555", strict=True)))


# -- loading -----------------------------------------------------------------------------------
def test_every_fact_of_the_assessment_is_a_row_and_no_other(story: Story) -> None:
    """Another assessment on the same log does not show."""
    other = ASSESSMENT.__class__(int=5)
    Story.opened(story_of(story, other), PANEL)
    agree_and_split(story)
    mine = [r.position for r in story.log.all() if r.stream.assessment == ASSESSMENT]
    assert [step.position for step in trail(story.view())] == mine
    assert story.view().position == mine[-1]


def story_of(story: Story, assessment: Any) -> Story:
    """Another assessment told on the same log."""
    other = object.__new__(Story)
    other.log, other.assessment, other.minutes = story.log, assessment, story.minutes
    return other


def test_a_value_of_the_wrong_type_is_refused_and_named(story: Story) -> None:
    """A score that is no number would silently be missing, so it is refused with its place."""
    agree_and_split(story)
    rows = list(story.log.store.rows())
    place = next(n for n, (_, stored) in enumerate(rows) if b'"score": 2' in stored.state)
    position, stored = rows[place]
    wrong = stored.state.replace(b'"score": 2', b'"score": "two"')
    rows[place] = (position, altered(stored, wrong))
    with pytest.raises(Refused, match=rf"Position {position} .*AnswerGiven.v1 holds a fact.score"):
        table_of(rows, ASSESSMENT)


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        (b'"deadline": "2026', b'"deadline": "soon', "fact.deadline"),
        (b'"items": [', b'"items": 7, "rest": [', "fact.items"),
        (b'"name": {"id": "', b'"name": {"id": "not-an-id-', "fact.name.id"),
    ],
)
def test_every_kind_of_value_is_checked(
    story: Story, right: bytes, wrong: bytes, named: str
) -> None:
    """Times, texts, lists and sealed words are refused like scores."""
    story.round_opened()
    rows = [
        (position, altered(stored, stored.state.replace(right, wrong)))
        for position, stored in story.log.store.rows()
    ]
    with pytest.raises(Refused, match=named):
        table_of(rows, ASSESSMENT)


def altered(stored: StoredEvent, state: bytes, topic: str | None = None) -> StoredEvent:
    """A stored fact with another content."""
    return StoredEvent(
        stored.originator_id, stored.originator_version, topic or stored.topic, state
    )


def test_a_fact_of_a_later_version_is_refused(story: Story) -> None:
    """A topic nobody knows is never passed over."""
    ((position, stored), *rest) = story.log.store.rows()
    rows = [(position, altered(stored, stored.state, "assessment.Opened.v9")), *rest]
    with pytest.raises(Refused, match=r"Position 1 .*assessment\.Opened\.v9"):
        table_of(rows, ASSESSMENT)


def test_an_older_fact_without_a_newer_field_is_read(story: Story) -> None:
    """What was written before a field existed has none of it."""
    agree_and_split(story)
    rows = [
        (position, altered(stored, stored.state.replace(b', "figures": null', b"")))
        for position, stored in story.log.store.rows()
    ]
    found = select(table_of(rows, ASSESSMENT), "SELECT count(score) AS n FROM fact")
    assert found == [{"n": 12}]


def test_the_table_reaches_nothing_outside(story: Story, tmp_path: Path) -> None:
    """The database can neither read a file, nor write one, nor be told to."""
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    db = story.view().db
    for sql in (
        f"FROM '{secret}'",
        f"COPY fact TO '{tmp_path / 'out.csv'}'",
        f"ATTACH '{tmp_path / 'other.duckdb'}'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
    ):
        with pytest.raises(duckdb.Error):
            db.execute(sql)


def test_no_personal_text_is_in_the_table(story: Story) -> None:
    """The table holds what the log holds: ids and digests of words, never words."""
    agree_and_split(story).noted("police-1", "5.1", "working-well", "Something private")
    everything = str(story.view().ask("SELECT * FROM fact"))
    assert "private" not in everything
    assert "Surname" not in everything


# -- as of -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("1", 1),
        ("9", 9),
        ("2026-10-05", -1),
        ("2026-10-05T12:01:00Z", 7),
        ("2026-10-05 13:01", 7),  # the zone's clock is an hour ahead of UTC
        ("2026-10-05T13:01:59", 7),
        ("2030-01-01", -1),
    ],
)
def test_a_moment_is_a_position_or_a_time(story: Story, as_of: str, expected: int) -> None:
    """A day means its end, a time without a zone is the assessment's own."""
    agree_and_split(story)
    last = story.view().position
    assert position_at(story.log, ASSESSMENT, as_of) == (expected if expected > 0 else last)


@pytest.mark.parametrize(
    ("as_of", "helps"),
    [
        ("999", "The log ends at position 14"),
        ("0", r"opened at 1:01pm on Monday 5 October 2026 \(log position 1\)"),
        ("2026-10-04", "opened at 1:01pm"),
        ("yesterday", "neither a log position nor a time"),
        ("-3", "neither a log position nor a time"),
        ("2026-02-30", "neither a log position nor a time"),
    ],
)
def test_a_moment_that_cannot_be_shown_is_refused(story: Story, as_of: str, helps: str) -> None:
    """The refusal says what there is and what to write."""
    story.round_opened()
    with pytest.raises(Refused, match=helps):
        position_at(story.log, ASSESSMENT, as_of)


def test_an_unknown_assessment_is_refused(story: Story) -> None:
    """No id, no view."""
    with pytest.raises(Refused, match="No assessment has the id"):
        story_of(story, ASSESSMENT.__class__(int=5)).view()


@pytest.mark.slow
def test_as_of_prints_what_was_printed_then(story: Story) -> None:
    """At every step the same bytes come out later, whatever was said since."""
    then: dict[int, str] = {}

    def look() -> None:
        view = story.view()
        then[view.position] = printed(view)

    look()
    agree_and_split(story)
    look()
    story.noted("police-1", "5.1", "working-well", "We meet weekly").round_closed()
    look()
    story.round_opened().answered("police-1", "5.2", "4").noted(
        "police-1", "5.2", "reason", "I was shown a file"
    )
    look()
    story.withdrawn("health-2").round_closed()
    look()
    story.moderated("5.1", "2", "the files").moderated("5.2", "3", "the middle").dissented(
        "school-1", "5.2", "too high"
    )
    look()
    story.chose("5.2", data_model=4).permitted("dfe", granted=True)
    story.signed_off("Director", "Dana Director")
    look()
    assert len(then) == 7
    for position, was in then.items():
        assert printed(story.view(str(position))) == was


# -- hidden until the round closes -------------------------------------------------------------
UNSTABLE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}")


def test_what_is_said_in_an_open_round_changes_nothing_that_is_shown() -> None:
    """Panels that differ only in their scores and words look the same until the close."""
    shown = open_round("000000", "one thing")
    assert open_round("555555", "another") == shown
    assert open_round("012345", "a third") == shown


def open_round(scores: str, words: str) -> str:
    """Everything shown while a feedback round is open, but for ids and digests of sealed words."""
    with TemporaryDirectory() as folder, Story(Path(folder)) as story:
        agree_and_split(story.opened(PANEL)).round_closed().round_opened()
        for person, score in zip(NAMES, scores, strict=True):
            story.answered(person, "5.2", "5" if score == "0" else "0")
            story.answered(person, "5.2", score)
            story.noted(person, "5.2", "reason", words).note_amended(person, f"{words} again")
        return UNSTABLE.sub("-", printed(story.view()))


def test_a_hidden_step_shows_that_somebody_spoke_and_not_what(story: Story) -> None:
    """When and who stay; level, score, kind and words are null, and the sentence says so."""
    agree_and_split(story).noted("police-1", "5.1", "working-well", "We meet weekly")
    answer, note = (
        next(step for step in trail(story.view()) if step.what == what)
        for what in ("AnswerGiven", "NoteGiven")
    )
    assert answer.hidden
    assert (answer.who, answer.at) == ("police-1", "2026-10-05T12:03:00Z")
    assert [answer.fact[name] for name in ("kind", "level", "score")] == [None] * 3
    assert (note.words, note.fact["words"]) == (None, None)
    for step in (answer, note):
        assert "hidden until the round closes" in step.says


def test_a_closed_round_shows_what_was_said(story: Story) -> None:
    """After the close the same steps carry score and words."""
    agree_and_split(story).noted("police-1", "5.1", "working-well", "We meet weekly").round_closed()
    told = trail(story.view())
    assert not any(step.hidden for step in told)
    assert next(step for step in told if step.what == "NoteGiven").words == "We meet weekly"
    assert next(step for step in told if step.what == "AnswerGiven").fact["score"] == 2


# -- questions ---------------------------------------------------------------------------------
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


def test_why_of_an_unknown_item_is_refused(story: Story) -> None:
    """The refusal names the guide."""
    with pytest.raises(Refused, match=r"ehsg-2022@1 has no item 99\.9"):
        why(story.view(), "99.9")


def test_every_kind_of_fact_has_its_sentence() -> None:
    """The union the sentences are written for is every fact that can stand on an assessment."""
    kinds = {kind for union in get_args(AnyFact) for kind in (get_args(union) or (union,))}
    apart = {kind for topic, kind in TOPICS.items() if topic.startswith("submission.")}
    assert kinds == set(TOPICS.values()) - apart  # a submission is a stream of its own


def test_names_and_contacts_come_out_nowhere(story: Story) -> None:
    """The walk back opens reasons and notes, never who a pseudonym is."""
    agree_and_split(story).round_closed().moderated("5.1", "2", "x").moderated("5.2", "2", "y")
    text = printed(story.signed_off("Director", "Dana Director").view())
    assert "Surname" not in text
    assert "Dana" not in text


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
        assert agreed.sentence.startswith("Panel score 2 (Mostly yes). 4 of 4 people")
        assert "Mostly yes was adopted" in why(view, "families-2").steps[-1].says
        assert "families-1" in render(report(view), "md")


def test_the_mapper_and_the_table_read_the_same_address(story: Story) -> None:
    """The envelope columns are the stream's address and the stamp, fact by fact."""
    agree_and_split(story).round_closed()
    mapper = PlainMapper()
    for row, (position, stored) in zip(
        story.view().ask("SELECT * REPLACE (epoch_us(said_at) AS said_at) FROM fact"),
        story.log.store.rows(),
        strict=True,
    ):
        told: Recorded = mapper.read(stored, position)
        assert (row["round"], row["stakeholder"] or None) == (
            told.stream.round,
            told.stream.stakeholder or getattr(told.fact, "stakeholder", None),
        )
        assert row["said_at"] == int(told.stamp.at.timestamp()) * 1_000_000
        assert (row["by"], row["what"]) == (told.stamp.by, type(told.fact).__name__)


def test_a_column_is_drawn_for_every_field_of_every_fact(story: Story) -> None:
    """A field added to a fact is a column the same day."""
    columns = set(story.view().db.table("fact").columns)
    for kind in TOPICS.values():
        assert set(kind.model_fields) <= columns
    assert assessment_stream(ASSESSMENT).id in {
        row["stream"] for row in story.view().ask("SELECT stream FROM fact")
    }
