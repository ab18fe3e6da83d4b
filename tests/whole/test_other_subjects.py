"""A guide about anything else goes from end to end, and nobody is told of early help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.log.workshop import ONE_ROUND
from support.slack.edge import Place, empty
from support.web.desk import reading
from support.web.web import Site, site

from bots import phrases
from bots.phrases import stand_ins
from bots.phrases.workshop import peer_notice, workshop_notice
from bots.web.desk.registry import PAGES
from ehsg_events.commands import assessments, rounds
from ehsg_events.panel.member import Member
from guides import library
from guides.mistakes import check
from guides.model import Guide
from guides.terms import EDITIONS, topic_of
from projections.documents.formats import report_as
from projections.facts.view import view_at

CYBER = """\
name: cyber
version: 1
title: Cyber readiness
year: 2026
publisher: us
licence: ours
about:
  subject: cyber resilience
  asked_by: the digital board
  led_by: the chief information officer
  minutes: {number: 1}
sources:
  - document: our own words
scales:
  - id: ready
    minutes: 12
    levels:
      - {value: "no", score: 0, label: "No"}
      - {value: partly, score: 1, label: Partly}
      - {value: "yes", score: 2, label: "Yes"}
sections:
  - id: backups
    title: Backups
    fields:
      - {id: evidence, label: How do you know?, kind: evidence}
    items:
      - id: backups-1
        statement: Are backups kept apart from the network and tried out every quarter of a year?
        scale: ready
      - id: backups-2
        statement: How many systems have none?
        number: {unit: systems, minimum: 0}
"""
EARLY_HELP = re.compile(r"early[ -]help", re.I)
ITEMS = ("backups-1", "backups-2")
PANEL = (
    Member("police-1", "Ada Quill", "Police", "constable", ITEMS, "T0LOOPBACK/U0POLICE"),
    Member("health-1", "Ben Moss", "Health", "analyst", ITEMS, None),
    Member("school-1", "Cy Reed", "Schools", "bursar", ITEMS, None),
)


def publish(folder: Path) -> None:
    """Put the guide on the shelf of a data folder."""
    document, mistakes = check(CYBER, lambda name: library.guide(name).guide)
    assert document is not None, mistakes
    library.publish(document, CYBER.encode(), folder)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Three people asked under the guide, one of them in Slack."""
    with empty(tmp_path) as place:
        publish(place.log.folder)
        opened = place.stamp("open")
        assessments.open_assessment(
            place.log, opened, place.assessment, "Testham", "cyber@1", PANEL, ONE_ROUND
        )
        rounds.open_round(place.log, place.stamp("round"), place.assessment, None)
        yield place


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Site]:
    """The same guide behind a real server."""
    publish(tmp_path / "log")
    with site(tmp_path, guide="cyber@1", people=PANEL) as found:
        yield found


def test_the_interview_in_slack_speaks_of_the_guides_own_subject(place: Place) -> None:
    """From the notice to the end, with the help and the terms that anybody can ask for."""
    notice = place.newest().text
    assert "Cyber resilience in Testham" in notice
    assert "for the digital board of Testham: 2 questions, about 13 minutes" in notice
    for word in (
        "who sees this",
        "why me",
        "start",
        "help",
        "go on",
        "yes",
        "it was tried",
        "next",
    ):
        assert place.person().type(word)[1].status == 200
        place.outbox.deliver()
    for word in ("4", "next", "my answers"):
        place.person().type(word)
        place.outbox.deliver()
    said = "\n".join(place.texts())
    assert "The digital board of Testham, led by the chief information officer" in said
    assert place.interview().completed
    assert not EARLY_HELP.search(said)


OF_EVERY_GUIDE = {"guide", "guides", "assessment-open", "submission-import"}  # others by title


def test_the_pages_speak_of_it_too(pages: Site) -> None:
    """Every step of the interview, and every page of the desk."""
    visitor = pages.visitor("health-1")
    for step in ("", "start", "backups-1", "who-sees", "why", "help", "review"):
        visitor.open(step)
        assert "Cyber resilience in Testham" in visitor.answer.text
        assert not EARLY_HELP.search(visitor.answer.text)
    coordinator = reading(pages, "coordinator")
    for name in PAGES.keys() - OF_EVERY_GUIDE:
        page = coordinator.get(f"/read/{name}").text
        assert "Testham: cyber resilience self-assessment" in page
        assert not EARLY_HELP.search(page)
    assert not EARLY_HELP.search(coordinator.get("/").text)


def test_the_report_and_its_tables_are_titled_by_it(place: Place) -> None:
    """In every format that is text, and in the names of the files."""
    view = view_at(place.log, place.assessment)
    for form in ("html", "md", "json"):
        text = report_as(view, form).decode()
        assert "cyber resilience" in text.lower()
        assert not EARLY_HELP.search(text)


def test_no_other_message_speaks_of_early_help(place: Place) -> None:
    """Reminders, a moved deadline, a stand-in's, a workshop's and a peer's notice."""
    guide = library.guide("cyber@1", place.log.folder).guide
    about, when = guide.topic, "5pm on Friday"
    told = (
        phrases.reminder(guide, "Testham", ITEMS, 2, when, started=False, again=False),
        phrases.moved(about, "Testham", when),
        phrases.notice(guide, "Testham", ITEMS, when, again=True),
        stand_ins.silent("Ada", "Police", f"{about.subject} in Testham", when, "manager", "Jane"),
        workshop_notice(about, "Testham", when),
        peer_notice(guide, "Testham", ITEMS, when),
        phrases.NOT_FOR_YOU,
        phrases.HOME_UNKNOWN,
    )
    for text in told:
        assert not EARLY_HELP.search(text)
    assert "Cyber resilience in Testham" in told[0]


def test_editions_published_before_are_about_early_help() -> None:
    """Their files can never say it; any other guide that says nothing goes by its title."""
    for name in library.published():
        guide = library.guide(name).guide
        assert guide.topic.subject == "early help"
        assert guide.name.rpartition("-")[0] in EDITIONS
    assert topic_of("our-cyber", "Our cyber readiness").subject == "Our cyber readiness"


def test_who_asks_and_how_long_it_takes_are_the_guides() -> None:
    """A scale's minutes before those of its kind, and those before what any item takes."""
    guide = check(CYBER, lambda name: library.guide(name).guide)[0]
    assert isinstance(guide, Guide)
    assert phrases.minutes(guide, ("backups-1",)) == 12
    assert phrases.minutes(guide, ITEMS) == 13
    assert phrases.minutes(library.guide("ehsg-2022@1").guide, ("5.1", "5.2")) == 5


def test_what_is_told_only_is_said_to_be_so(
    place: Place, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Where it is asked, where the results stand, and in the report."""
    for word in ("start", "yes", "next"):
        place.outbox.deliver()
        place.person().type(word)
    assert phrases.TOLD_ONLY in place.newest().text
    report = report_as(view_at(place.log, place.assessment), "md").decode()
    assert report.count("neither agreed nor moderated") == 1
    folder = tmp_path_factory.mktemp("pages")
    publish(folder / "log")
    with site(folder, guide="cyber@1", people=PANEL) as found:
        assert phrases.TOLD_ONLY in _asked_on_a_page(found)
        for role in ("coordinator", "board"):
            page = reading(found, role).get("/read/results").text
            assert "neither agreed nor moderated" in page


def _asked_on_a_page(pages: Site) -> str:
    """The page of the question for a number."""
    visitor = pages.begun("health-1")
    visitor.talk("yes")
    visitor.talk("next")
    return visitor.answer.text
