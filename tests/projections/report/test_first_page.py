"""The first page: five sentences that are true, what stands out, and what is to be done by whom."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.readers.poppler import pages_of, with_poppler
from support.story.sefton import SCORES, entered
from support.story.story import NAMES, PANEL, Story, member, report_in
from support.story.submission import bring

from ehsg_events.commands import actions
from projections.documents.board import board_report
from projections.documents.formats import report_as
from projections.documents.model import Plot
from projections.report.model import Overview
from projections.report.report import report


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Published scores, a year before, three choices, one action whole and one without an owner."""
    with Story(tmp_path_factory.mktemp("whole")) as told:
        entered(told.opened(PANEL)).round_opened()
        told.all_answered("5.1", dict(zip(NAMES, "333344", strict=True)))
        told.all_answered("5.2", dict(zip(NAMES, "005555", strict=True)))
        before = {item: score - 1 if item == "5.1" else score for item, score in SCORES.items()}
        bring(told.log, "a.json", json.dumps({"scores": before}).encode(), "Anytown", 2025)
        told.round_closed().moderated("5.2", "4", "the files").chose("7.3", "6.4", "9.4")
        for item, owner, due in (("7.3", "Head of Hubs", "2027-03-31"), ("6.4", "", "")):
            typed = actions.Typed("Parents join the forum", owner, due)
            actions.agree(told.log, told.stamp(), told.assessment, item, typed)
        yield told


@pytest.fixture(scope="module")
def page(story: Story) -> Overview:
    """Its first page."""
    return report(story.view()).overview


def test_five_sentences_say_where_the_area_stands(page: Overview) -> None:
    """Who was asked, how scores came about, where they lie, what changed, what comes next."""
    who, how, where, since, onward = page.sentences
    assert who == "6 people of 3 agencies were asked, and 6 of them answered."
    assert how == (
        "31 of 31 descriptors have a score: 30 as the panel agreed, and 1 settled in moderation, "
        "1 of these lower than the panel stood."
    )
    assert where.startswith("They run from 2 (Partly in place) to ")
    assert "the highest mean of a section is 3.14 (5 Family voice and experience)" in where
    assert since == "Since 2025, 2 scores went up, 29 stayed as before and 0 went down."
    assert onward == (
        "To be worked on next: 7.3 Building capacity in communities, 6.4 Workforce development plan "
        "and 9.4 Data governance board; 2 actions stand, 1 without an owner or a date."
    )


def test_the_means_are_those_of_the_published_scores(page: Overview) -> None:
    """To two decimals, with the year before, and over all sections."""
    means = {row.section.partition(" ")[0]: (row.mean, row.before) for row in page.means}
    for number in "56789":
        scores = [score for item, score in SCORES.items() if item.startswith(number)]
        scores[1:2] = [4] if number == "5" else scores[1:2]  # 5.2 was moderated
        assert means[number][0] == f"{sum(scores) / len(scores):.2f}"
    assert means["All"][0] is not None
    assert means["8"][0] == means["8"][1]


def test_what_stands_out_is_named_while_it_is_few(page: Overview) -> None:
    """The strongest and the weakest level by level; where many stand alike they are a number."""
    scores = list((SCORES | {"5.2": 4}).values())
    (best,) = page.strongest
    assert (best.title, best.told) == (
        "5.2 One Lead Practitioner",
        "4 (In place across the partnership)",
    )
    assert page.strongest_more == f"{scores.count(3)} more at 3 (Mostly in place)"
    assert (page.weakest, page.weakest_more) == ((), f"{scores.count(2)} at 2 (Partly in place)")
    assert [(one.title[:3], one.told) for one in page.apart] == [
        ("5.2", "from 0 to 5"),
        ("5.1", "from 3 to 4"),
    ]
    assert page.apart_of == "of the 2 whose answers are shown"


def test_what_is_to_be_done_begins_with_what_was_chosen(page: Overview) -> None:
    """In its order, with who does it and by when, and what nobody has agreed to do yet."""
    rows = [(row.item, row.words, row.owner, row.due) for row in page.todo]
    assert rows == [
        ("7.3", "Parents join the forum", "Head of Hubs", "Wednesday 31 March 2027"),
        ("6.4", "Parents join the forum", "nobody yet", "no date yet"),
        ("9.4", "no action is agreed yet", "nobody yet", "no date yet"),
    ]


@with_poppler
def test_it_is_one_page(story: Story) -> None:
    """In PDF all of it stands on the first, and nothing else does."""
    first, second, *_ = pages_of(report_as(story.view(), "pdf"))
    for words in ("Where we stand", "The sections", "Strongest", "9.4 Data governance board"):
        assert words in first
    assert "Contents" in second
    assert "Every score" not in first


WORDS = "Parents of disabled children join the forum and say what they would change in it. "


def acted(folder: Path, items: int, words: str, owner: str) -> Story:
    """Published scores, and an action on so many descriptors."""
    told = entered(Story(folder).opened(PANEL)).round_opened()
    told.all_answered("5.1", dict.fromkeys(NAMES, "3")).round_closed().chose("9.4")
    for item in [*SCORES][:items]:
        typed = actions.Typed(words, owner, "2027-03-31")
        actions.agree(told.log, told.stamp(), told.assessment, item, typed)
    return told


@with_poppler
@pytest.mark.parametrize(
    ("items", "times"), [(5, 1), (12, 4), (27, 40)], ids=["five", "twelve long", "many very long"]
)
def test_it_stays_one_page_however_much_is_to_be_done(
    tmp_path: Path, items: int, times: int
) -> None:
    """What does not fit is a number, and every action is either there or counted."""
    owner = "Head of Early Help Hubs and Family Centres in the five localities of the borough"
    with acted(tmp_path, items, WORDS * times, owner) as told:
        first, second, *_ = pages_of(report_as(told.view(), "pdf"))
        assert "Contents" in second
        shown = first.count("Wednesday") + first.count("no date yet")
        (more,) = re.findall(r"(\d+) more stands? under (?:Priorities and )?Actions", first)
        assert shown > 0
        assert shown + int(more) == items + 1  # 9.4 was chosen, and nothing is agreed on it
        cut = "What ends in … stands whole under Actions." in " ".join(first.split())
        assert cut is (" …" in first)
        assert cut


@pytest.mark.parametrize("form", ["html", "md"])
def test_where_a_page_can_grow_five_are_there_and_long_ones_are_cut(
    tmp_path: Path, form: str
) -> None:
    """On the first page alone: under Actions each stands with every word."""
    with acted(tmp_path, 8, WORDS * 4, "Jo") as told:
        text = " ".join(report_in(told.view(), form).split())
        page = text[text.index("Where we stand") : text.index("more stand under Actions")]
        assert page.count(WORDS.strip()) == 4  # and what nobody has agreed to do yet
        assert page.endswith((" 4 ", ">4 "))
        assert text.count((WORDS * 4).strip()) >= 8


@pytest.mark.parametrize("form", ["html", "md"])
def test_no_report_names_a_command(story: Story, form: str) -> None:
    """Whoever signs it has no command line; each score's place on the log is in an annex."""
    text = report_in(story.view(), form).rpartition("<body>")[2]
    assert "ehsg " not in text
    assert " --" not in text
    assert "The history of the scores" in text
    position = story.view().ask(
        "SELECT max(position) AS newest FROM fact WHERE what = 'OutcomeModerated'"
    )[0]["newest"]
    assert str(position) in text


def test_worded_levels_stand_as_words_on_the_axis_and_in_the_tables(tmp_path: Path) -> None:
    """Nobody has seen the numbers behind yes and no."""
    with Story(tmp_path) as told:
        people = [member(f"p-{n}", f"agency {n}", ["data-matching-3"]) for n in range(3)]
        told.opened(people, guide="ehsg-2020@1").round_opened()
        told.all_answered("data-matching-3", dict.fromkeys((p.id for p in people), "yes"))
        told.round_closed()
        assert not any(isinstance(b, Plot) for b in board_report(report(told.view())).opening)
        whole = report(told.moderated("data-matching-3", "yes", "we saw it").view())
        document = board_report(whole)
        (plot,) = (block for block in document.opening if isinstance(block, Plot))
        assert ">Yes</text>" in plot.svg
        assert "1 at Yes" in plot.alt
        assert "(Yes)" not in report_in(told.view(), "md")
