"""The area's route for a worry about somebody stands wherever words are asked for or stopped."""

from __future__ import annotations

from typing import get_args

import pytest
from support.area import Area

from bots import phrases
from bots.interview.record import hear
from bots.interview.said import Said
from ehsg_events.events import Concern

ROUTE = "Ring the Northvale front door on 01632 960001."
NOT_HERE = "Do not type it here"


def says(area: Area, text: str, kind: str = "words") -> str:
    """What police-1 is told after saying something."""
    stamp = area.stamp(by="police-1", role="stakeholder")
    said = hear(area.log, stamp, area.id, "police-1", Said(kind, text))  # type: ignore[arg-type]
    return said[-1].text


@pytest.mark.parametrize("concern", get_args(Concern))
@pytest.mark.parametrize("stop", [phrases.stopped, phrases.stopped_words, phrases.stopped_in_form])
def test_every_stop_shows_the_route_and_999(concern: Concern, stop: object) -> None:
    """Of a child that is named, too: nobody has to guess where a worry goes."""
    said = stop(concern, ROUTE)  # type: ignore[operator]
    assert ROUTE in said
    assert said.count("999") == 1
    assert said.startswith(ROUTE) == (concern == "safeguarding")


def test_999_is_not_said_twice() -> None:
    """A route that names it is shown as it is written."""
    assert phrases.worried("Call 999, then the front door.").count("999") == 1


def test_the_first_question_for_words_says_where_a_worry_goes_and_no_other(asked: Area) -> None:
    """Once is enough in a chat; a page says it under every box."""
    says(asked, "start", "choice")
    assert NOT_HERE in says(asked, "answer:5.1:3", "choice")
    says(asked, "We ask every family.")
    assert NOT_HERE not in says(asked, "next")
