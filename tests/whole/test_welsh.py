"""A section in Welsh from the notice to the sign-off: no English sentence of ours but those named.

Named are the names of people and places, and what somebody typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from support.area import FEEDBACK, PANEL, Area
from support.log.handing import agrees, asks_to_hand_on, declines
from support.slack.edge import Place, slack
from support.slack.windows import home, labels, opened, words
from support.web.web import Site, site
from support.welsh import Spoken, english_in

from bots import terminal
from bots.interview.own_copy import own_copy
from bots.phrases import labels as label
from ehsg_events.commands import outcomes, panel, rounds
from ehsg_events.commands.panel import Correction
from ehsg_events.kernel import Stamp
from ehsg_events.language.catalogue import gettext, speaking, typed
from ehsg_events.log.log import Log
from ehsg_events.panel.member import Member
from projections.documents.formats import written

IN_WELSH = "Rydym yn gofyn barn pob teulu."
AT_RISK = "This child is being hurt by his father right now."
NAMED = (AT_RISK, "Only you know")  # the last is the coordinator's reason
WIDE = tuple(replace(one, language="cy") if one.id == "police-1" else one for one in PANEL)


def welsh(command: str, **places: str) -> str:
    """A command as somebody types it in Welsh."""
    with speaking("cy"):
        return typed(command)[0].format(**places)


def button(name: str) -> str:
    """The label of a button in Welsh."""
    with speaking("cy"):
        return gettext(name)


def talk(area: Area, *lines: str) -> list[str]:
    """Everything that somebody reads on a terminal who says these lines, one sitting each."""
    said: list[str] = []

    def stamp(_: str) -> Stamp:
        return area.stamp(by="police-1", role="stakeholder")

    for line in ([], *([line] for line in lines)):
        terminal.interview(area.log, stamp, area.id, "police-1", line, said.append)
    return said


@pytest.fixture
def area(log: Log) -> Area:
    """A round in which one of the panel is asked in Welsh."""
    area = Area(log)
    area.open(WIDE)
    area.open_round()
    return area


ASKS_TO_SEE = (
    "help",
    "why am i asked",
    "who sees this",
    "what do the levels mean",
    "what the guide says beside this",
    "my reminders",
    "why was i reminded",
    "what waits",
    "my answers",
    "thank you",
    "stop asking me",
    "go on",
)


# -- in a chat -------------------------------------------------------------------------------------
def test_everything_that_can_be_asked_is_answered_in_welsh(area: Area) -> None:
    """At the notice, before the first answer, and once all is answered."""
    said = talk(area, *map(welsh, ASKS_TO_SEE), welsh("start"), *map(welsh, ASKS_TO_SEE))
    said += talk(area, "3", IN_WELSH, welsh("next"), welsh("next"), welsh("skip"))
    said += talk(area, *map(welsh, ASKS_TO_SEE))
    assert area.interview("police-1").completed
    assert english_in(said, NAMED) == []


def test_what_cannot_be_taken_is_refused_in_welsh(area: Area) -> None:
    """A level that is none, rubbish, a number of an item nobody asked about, words at risk."""
    refused = (
        "blah blah",
        "9",
        welsh("back"),
        welsh("change {item} to {value}", item="5.1", value="8"),
        welsh("change {item}", item="9.9"),
        AT_RISK,
        f"{welsh('remind me {time}', time='rywbryd')}",
        welsh("remind me {time}", time=welsh("tomorrow")),
    )
    said = talk(area, "blah", welsh("start"), *refused, "2", AT_RISK, *refused)
    assert area.interview("police-1").answers["5.1"].level == "2"
    assert english_in(said, NAMED) == []


def test_a_change_and_a_withdrawal_are_talked_through_in_welsh(area: Area) -> None:
    """With the reason for the one, and a yes to the other."""
    said = talk(
        area,
        welsh("start"),
        welsh("four") if typed("four") else "4",
        IN_WELSH,
        welsh("change {item} to {value}", item="5.1", value="2"),
        IN_WELSH,
        welsh("pause"),
        welsh("go on"),
        welsh("not the right person"),
        welsh("go on"),
        welsh("withdraw"),
        welsh("no"),
        welsh("withdraw"),
        welsh("yes"),
    )
    assert area.interview("police-1").withdrawn
    assert english_in(said, NAMED) == []


def test_a_later_round_and_what_became_of_it_are_told_in_welsh(log: Log) -> None:
    """The group's figures, the reasons, the close, and the outcome."""
    area = Area(log)
    area.open(WIDE)
    area.open_round()
    said = talk(area, welsh("start"), "0", IN_WELSH, welsh("next"), welsh("next"), "3")
    for other in WIDE[1:]:
        area.answer(other.id, "5.1", "0" if other.id == "health-1" else "5")
        area.answer(other.id, "5.2", "3")
    rounds.close_round(log, area.stamp(), area.id)
    said += talk(area, welsh("my answers"), welsh("withdraw"), welsh("no"))
    area.open_round(FEEDBACK, None)
    said += talk(area, welsh("why am i asked"), welsh("start"), "0", IN_WELSH, welsh("next"))
    said += talk(area, welsh("my answers"))
    rounds.close_round(log, area.stamp(FEEDBACK), area.id)
    for item in ("5.1", "5.2"):
        outcomes.moderate(log, area.stamp(FEEDBACK), area.id, item, "3", "Y gweithdy.")
    outcomes.sign_off(log, area.stamp(FEEDBACK), area.id, "Pat Pell", "Cadeirydd")
    said += talk(area)
    assert gettext("signed off") not in said[-1]
    assert english_in(said, NAMED) == []


def test_a_colleague_is_asked_for_and_refused_in_welsh(area: Area) -> None:
    """Whatever the coordinator decides."""
    said = talk(area, welsh("start"), welsh("not the right person"), "Bo Berg")
    declines(area, "police-1")
    said += talk(area)
    asks_to_hand_on(area, "police-1")
    agrees(area, "police-1")
    said += talk(area)
    assert english_in(said, NAMED) == []


def test_a_copy_of_ones_own_answers_is_in_welsh(area: Area) -> None:
    """Its headings and its days."""
    talk(area, welsh("start"), "3", IN_WELSH)
    document = own_copy(area.log, area.id, "police-1", area.stamp().at)
    assert document.language == "cy"
    text = written(document, "md").decode()
    assert IN_WELSH in text.replace("\\", "")
    assert english_in([text], NAMED) == []


# -- on pages --------------------------------------------------------------------------------------
@pytest.fixture
def place(tmp_path: Path) -> Iterator[Site]:
    """A web interview in Welsh."""
    rhys = Member("health-1", "Rhys", "Health", "visitor", ("5.1", "5.2"), None, "cy")
    with site(tmp_path, people=[rhys]) as found:
        yield found


def test_every_page_is_in_welsh_and_says_so(place: Site) -> None:
    """To a screen reader too: the page's language is Welsh, and nothing on it is marked English."""
    rhys = place.visitor("health-1")
    pages = {"notice": rhys.answer.text}
    for step in ("help", "why", "who-sees", "nudges", "withdraw", "hand-on", "review"):
        rhys.open(step)
        pages[step] = rhys.answer.text
    rhys.open()
    rhys.press(button(label.START))
    pages["question"] = rhys.answer.text
    rhys.send(rhys.page.form("answer"), rhys.page.form("answer").buttons[0])
    pages["nothing chosen"] = rhys.answer.text
    form = rhys.page.form("answer")
    radio = form.radios[3]
    rhys.send(form, form.buttons[0], choice=radio.value)
    pages["words"] = rhys.answer.text
    rhys.type(IN_WELSH, button("Save and stay here"), origin="Adroddiad", dated="2026-03-01")
    pages["kept"] = rhys.answer.text
    rhys.type(AT_RISK, button("Save and continue"))
    pages["at risk"] = rhys.answer.text
    rhys.open("help")
    pages["help later"] = rhys.answer.text
    rhys.open("review")
    pages["review later"] = rhys.answer.text
    rhys.talk("blah blah blah")
    pages["refused"] = rhys.answer.text
    for name, page in pages.items():
        spoken = Spoken(page)
        assert set(spoken.texts) <= {"", "cy"}, (name, spoken.texts.get("en"))
        assert "cy" in spoken.texts, name
        assert english_in(spoken.texts["cy"], NAMED) == [], name


def test_what_is_not_rendered_stays_english_and_is_marked(tmp_path: Path) -> None:
    """A question outside the section: the guide's words are English, and ours are Welsh still."""
    rhys = Member("health-1", "Rhys", "Health", "visitor", ("6.1",), None, "cy")
    with site(tmp_path, people=[rhys]) as found:
        reader = found.visitor("health-1")
        reader.press(button(label.START))
        spoken = Spoken(reader.answer.text)
        assert any("shared practice framework" in text for text in spoken.texts["en"])
        titled = "6.1 Workforce in line with the workforce table"  # a page's title has one language
        assert english_in(spoken.texts["cy"], (*NAMED, titled)) == []


# -- in Slack --------------------------------------------------------------------------------------
def test_slack_speaks_welsh_from_the_invitation_to_the_close(tmp_path: Path) -> None:
    """The chat, the Home tab, the window beside a question; and what the round sends by itself."""
    with slack(tmp_path) as place:
        _asked_in_welsh(place)
        seen = [*_shown(place)]
        place.begin()
        seen += _shown(place)
        place.person().type("3")
        place.outbox.deliver()
        person = place.person()
        seen += _shown(place)
        question = place.newest()
        view = opened(place, lambda: person.click(question, button("Write privately")))
        seen += [words(view), *labels(view)]
        for said in (IN_WELSH, welsh("next"), welsh("my answers"), "blah", welsh("pause")):
            place.person().type(said)
            place.outbox.deliver()
        seen += _shown(place)
        later = place.log.rounds(place.assessment)[0].deadline + timedelta(days=3)
        rounds.extend_round(place.log, place.stamp("later"), place.assessment, later, "gwyliau")
        place.outbox.deliver()
        seen += _shown(place)
        rounds.close_round(place.log, place.stamp("close"), place.assessment)
        place.outbox.deliver()
        seen += _shown(place)
        assert len(place.texts()) == 8
        assert english_in(seen, NAMED) == []


def _asked_in_welsh(place: Place) -> None:
    panel.correct(
        place.log, place.stamp("cy"), place.assessment, "police-1", Correction(language="cy")
    )
    place.outbox.deliver()


def _shown(place: Place) -> Iterator[str]:
    """Everything on the person's screen."""
    yield from place.texts()
    for message in place.person().inbox:
        yield from (choice["text"]["text"] for choice in message.buttons)
    view = home(place, place.person())
    yield words(view)
    yield from labels(view)
