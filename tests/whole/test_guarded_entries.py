"""Every door that takes typed words has the guard behind it, and what is refused is not kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.area import CLOSES, Area
from support.ehsg import ehsg, opened
from support.log.store import sqlite
from support.web.web import Site, site

from bots.interview.evidence import MOST_ORIGIN, Handed
from bots.interview.record import hear
from bots.interview.said import Said
from ehsg_events.panel.member import Member

HURT, NUMBER = "this child is being hurt by his dad", "943 476 5919"
ROUTE = "Follow your organisation's safeguarding procedure now."


@pytest.fixture
def counted(tmp_path: Path) -> Iterator[Site]:
    """One person who is asked for a number."""
    lead = Member("lead-1", "Ada Quill", "Council", "lead", ("kpi-1",), None)
    with site(tmp_path, guide="nw-2013@1", people=[lead]) as place:
        yield place


def says(area: Area, text: str, kind: str = "words", **beside: object) -> list[str]:
    """Police-1 says something; the kinds of what is said back."""
    stamp = area.stamp(by="police-1", role="stakeholder")
    said = Said(kind, text, **beside)  # type: ignore[arg-type]
    return [prompt.kind for prompt in hear(area.log, stamp, area.id, "police-1", said)]


def sealed(area: Area) -> int:
    """How many texts are kept beside the log."""
    with sqlite(area.log).datastore.transaction(commit=False) as cursor:
        cursor.execute("SELECT count(*) FROM sealed_text")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize(
    "typed", [f"change 5.1 to {HURT}", f"change 5.1 to {NUMBER}", "9434765919", NUMBER]
)
def test_words_that_look_like_an_answer_are_looked_at_too(asked: Area, typed: str) -> None:
    """A refusal would repeat them, and be kept."""
    says(asked, "start", "choice")
    before = sealed(asked)
    assert says(asked, typed) == ["stopped"]
    assert sealed(asked) == before


@pytest.mark.parametrize("typed", [HURT, NUMBER, "9434765919"])
def test_what_is_typed_where_a_number_is_asked_for_is_looked_at_too(
    counted: Site, typed: str
) -> None:
    """In its own box, and in a chat's words."""
    ada = counted.begun("lead-1")
    form = ada.page.form("answer")
    ada.send(form, form.button("Continue"), number=typed)
    assert counted.facts("lead-1")[-1] == "WordsStopped"
    ada.say(typed)
    assert counted.facts("lead-1")[-2:] == ["WordsStopped", "WordsStopped"]


def test_a_comment_on_the_command_line_is_looked_at_too(tmp_path: Path) -> None:
    """It is refused with the area's route, and the answer with it."""
    data = tmp_path / "data"
    opened(data)
    ran = ehsg(data, "answer", "5.1", "3", "--as", "police-1", "--comment", HURT)
    assert ran.code == 2
    assert ROUTE in ran.err
    assert "answered 5.1" not in ehsg(data, "trail").out


def test_a_source_that_is_too_long_to_keep_is_not_read_to_its_end(asked: Area) -> None:
    """A guard takes its time with every letter, and a form carries half a million."""
    says(asked, "start", "choice")
    says(asked, "answer:5.1:3", "choice")
    assert says(asked, "Yes.", origin=f"{'x' * MOST_ORIGIN} {HURT}") == ["problem"]


def test_of_what_is_refused_nothing_is_kept_but_the_sentence(asked: Area) -> None:
    """Neither words nor a file that came after the close lie sealed with nobody to know of them."""
    says(asked, "start", "choice")
    says(asked, "answer:5.1:3", "choice")
    asked.advance(CLOSES)
    before = sealed(asked)
    late = asked.stamp(CLOSES, by="police-1", role="stakeholder")
    said = Said("words", "Late words.", origin="Survey", file=Handed("late.txt", b"Late."))
    assert [one.kind for one in hear(asked.log, late, asked.id, "police-1", said)] == ["problem"]
    assert sealed(asked) == before + 1
