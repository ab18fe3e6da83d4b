"""The report prints the key that the ledger was signed with, as of the moment that it is of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.log.long_ledger import NOW, signed
from support.story.story import PANEL, Story, agree_and_split

from ehsg_events.ledger.sequencer import new_key
from ehsg_events.ledger.terms import terms_of
from projections.documents.formats import FORMATS, report_as
from projections.report.report import report

READ = ("md", "html", "json")  # those that are text


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    """A round that was closed, on a log without a ledger."""
    with Story(tmp_path) as told:
        yield agree_and_split(told.opened(PANEL)).round_closed()


def keys(story: Story) -> tuple[str, ...]:
    """The keys that the log names."""
    terms = terms_of(story.log)
    return terms.keys if terms else ()


def test_it_has_the_key_of_then_as_soon_as_anything_is_recorded(story: Story) -> None:
    """For people and for programs; what was over before there was a ledger is printed as it was."""
    signed(story.log)
    assert report(story.view()).ledger is None
    view = story.round_opened().view()
    (key,) = keys(story)
    assert report(view).ledger == key
    for form in READ:
        text = report_as(view, form).decode().replace("\\+", "+").replace("&#43;", "+")
        assert key in text, form
    new_key(story.log, NOW)
    assert report(story.round_closed().view()).ledger == keys(story)[-1] != key


def test_what_was_printed_before_is_printed_again(story: Story) -> None:
    """To the byte: before the ledger without it, and before another key with the one of then."""
    first = str(story.log.store.last_position())
    before = {form: report_as(story.view(first), form) for form in FORMATS}
    signed(story.log)
    story.round_opened().round_closed()
    then = str(story.log.store.last_position())
    with_it = report_as(story.view(then), "md")
    new_key(story.log, NOW)
    assert {form: report_as(story.view(first), form) for form in FORMATS} == before
    assert report_as(story.view(then), "md") == with_it
