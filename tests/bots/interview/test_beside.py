"""What the guide says beside a question is met by the person who is asked it, on every surface."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.slack.edge import Place, empty
from support.web.web import Site, site

from bots import terminal
from ehsg_events.commands import assessments, rounds
from ehsg_events.commands.sitting import sit_down
from ehsg_events.kernel import Stamp
from ehsg_events.panel.member import Member
from ehsg_events.values.policy import Terms
from guides import library
from guides.terms import LocalTable

GUIDE = library.guide("ehsg-2022@2").guide
ITEMS = ("5.1", "6.1", "last-1")
PRINTED = "This should be seen as a 'minimum' level of activity"
BUTTON, EMPTY = "What the guide says beside this", "Your area has not filled it in yet."
ROW: dict[str, str | float] = {"group": "Health visitors", "people": 41, "gap": "Evenings"}


def table() -> LocalTable:
    """The workforce table."""
    (found,) = GUIDE.local_tables
    return found


def filled(place: Site | Place) -> None:
    """The area fills the table in, and says what the word means there."""
    log, assessment = place.log, place.assessment
    assessments.fill_table(log, place.stamp("table"), assessment, "workforce", [ROW])
    means = "Family key worker"
    assessments.explain_term(log, place.stamp("term"), assessment, "lead practitioner", means)


@pytest.fixture
def slack(tmp_path: Path) -> Iterator[Place]:
    """A round of the second edition, in Slack."""
    with empty(tmp_path) as place:
        ada = Member("police-1", "Ada Quill", "Police", "constable", ITEMS, "T0LOOPBACK/U0POLICE")
        assessments.open_assessment(
            place.log, place.stamp("open"), place.assessment, "Sefton", GUIDE.id, (ada,), Terms()
        )
        rounds.open_round(place.log, place.stamp("round"), place.assessment, None)
        yield place


def test_on_the_web_it_stands_folded_under_the_question(tmp_path: Path) -> None:
    """Word for word, and empty until the area fills it in; other questions have nothing beside."""
    ada = Member("police-1", "Ada Quill", "Police", "constable", ITEMS, None)
    with site(tmp_path, guide=GUIDE.id, people=[ada]) as place:
        reader = place.begun("police-1")
        assert PRINTED not in reader.page.text
        reader.choose("3")
        reader.press("Save and continue")
        assert all(text in reader.page.text for text in (PRINTED, table().instruction, EMPTY))
        filled(place)
        reader.open("6.1")
        shown = "Group of practitioners: Health visitors; How many people: 41; What is lacking: Eve"
        assert shown in reader.page.text
        assert "Here Lead Practitioner means: Family key worker" in reader.page.text
        assert EMPTY not in reader.page.text


def test_in_slack_a_button_shows_it_and_the_question_goes_on(slack: Place) -> None:
    """It is offered where something stands beside the question, and nowhere else."""
    filled(slack)
    first = slack.begin()
    assert BUTTON not in str(first.blocks)
    slack.person().click(first, "answer:5.1:3")
    for _ in range(2):
        slack.person().click(slack.newest(), "Next")
    asked = slack.newest()
    slack.person().click(asked, BUTTON)
    assert "Local note: Here Lead Practitioner means: Family key worker" in asked.text
    shown = slack.newest().text
    assert PRINTED in shown.replace("&#39;", "'")
    assert "Health visitors" in shown
    slack.person().click(slack.newest(), "Go on")
    assert "6.1" in slack.newest().text


def test_at_a_terminal_it_is_typed(tmp_path: Path) -> None:
    """As the button says it."""
    with site(tmp_path, guide=GUIDE.id, people=[_ada()]) as place:
        said: list[str] = []
        lines = ["start", "3", "next", "next", BUTTON, "go on", "pause"]

        def stamp(cause: str) -> Stamp:
            made = place.stamp(cause)
            return made.model_copy(
                update={"by": "police-1", "role": "stakeholder", "surface": "terminal"}
            )

        terminal.interview(
            place.log,
            stamp,
            place.assessment,
            "police-1",
            lines,
            said.append,
        )
        assert any(PRINTED in one for one in said)
        assert any(BUTTON in one for one in said)


def test_an_answer_tells_what_the_area_had_filled_in_by_then(tmp_path: Path) -> None:
    """Its stamp changes with what stood beside the question, and with nothing else."""
    with site(tmp_path, guide=GUIDE.id, people=[_ada()]) as place:

        def stamps() -> list[str]:
            _, seat, _ = sit_down(place.log, place.assessment, "police-1", place.clock())
            return [seat.exposure(item).wording for item in ITEMS]

        before = stamps()
        assert before == [GUIDE.wording_digest(item) for item in ITEMS]
        filled(place)
        after = stamps()
        assert [one != other for one, other in zip(before, after, strict=True)] == [
            False,
            True,
            False,
        ]


def _ada() -> Member:
    return Member("police-1", "Ada Quill", "Police", "constable", ITEMS, None)
