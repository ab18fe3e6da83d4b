"""No more reminders by one click from a letter, over real HTTP; and back again on one's own page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from limits import RateLimitItemPerMinute
from support.post_office import PANEL
from support.visitor import Visitor
from support.web import plain_http
from support.web.letters import ADA, BEN, Pages, clicked, pages, seen

from bots.mail.letter import Letter
from bots.web.rate_limit import RateLimiter
from ehsg_events.commands import rounds
from ehsg_events.rights import forgetting, no_reminders
from ehsg_events.states.streams import interview_stream


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Pages]:
    """People who get letters, behind a server."""
    with pages(tmp_path / "data") as found:
        yield found


def reminder(place: Pages) -> Letter:
    """The first reminder of somebody who gets letters."""
    place.letters()
    place.town.advances(days=3, hours=3)
    return next(one for one in place.letters() if one.stop)


def test_one_click_from_a_reminder_stops_them_all(place: Pages) -> None:
    """Once, by their own pseudonym, from their letter; no later one is sent."""
    url, before = place.path(reminder(place).stop), place.facts
    for _ in range(3):
        assert clicked(url).status_code == 200
    (stopped,) = place.town.log.all(before)
    assert (type(stopped.fact).__name__, stopped.stamp.by) == ("RemindersStopped", ADA)
    assert (stopped.stamp.role, stopped.stamp.surface) == ("stakeholder", "mail")
    for _ in range(11):
        place.town.advances(days=1)
        assert not [one for one in place.letters() if one.to.startswith("ada") and one.stop]


def test_a_reminder_that_was_decided_before_is_not_sent_after(place: Pages) -> None:
    """It says so on the log, and on the page where they see their reminders."""
    place.letters()
    place.town.advances(days=3, hours=3)
    assert clicked(place.stop(ADA)).status_code == 200
    assert not [one for one in place.letters() if one.to.startswith("ada")]
    assert "stopped" in place.town.withheld()
    page = Visitor(place.address, place.link(ADA)).open("nudges")
    assert "You were not reminded on Thursday 10 September 2026" in page.text
    assert "you had asked for no reminders" in page.text


def test_what_is_no_reminder_is_still_written(place: Pages) -> None:
    """A new deadline concerns everybody who is asked."""
    place.letters()
    clicked(place.stop(ADA))
    town = place.town
    until = town.log.newest_round(town.assessment).deadline.replace(day=25)
    rounds.extend_round(town.log, town.stamp("move"), town.assessment, until, "floods")
    (letter,) = place.letters()
    assert "New date" in letter.subject


def test_a_reminder_they_ask_for_afterwards_is_written(place: Pages) -> None:
    """At the time they said."""
    place.letters()
    clicked(place.stop(ADA))
    ada = Visitor(place.address, place.link(ADA))
    ada.press("Start")
    ada.talk("remind me tomorrow at 10")
    place.town.advances(days=1, hours=1)
    (letter,) = place.letters()
    assert letter.subject.startswith("As you asked")


BODIES = {
    "one click": (b"List-Unsubscribe=One-Click", {}),
    "as parts": (
        b'--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--',
        {"content_type": "multipart/form-data; boundary=x"},
    ),
    "nothing": (b"", {}),
    "of no kind": (b"\x00\xff", {"content_type": "application/octet-stream"}),
    "from another page": (b"", {"origin": "https://mail.example", "sec_fetch_site": "cross-site"}),
    "with a cookie": (b"", {"cookie": "door=stolen"}),
}


@pytest.mark.parametrize("body", BODIES)
def test_whatever_a_mail_program_sends_is_taken(place: Pages, body: str) -> None:
    """And answered at once with a page that says what is so, and repeats nothing of it."""
    content, headers = BODIES[body]
    answer = clicked(place.stop(ADA), content, **headers)
    assert (answer.status_code, place.stopped(ADA)) == (200, True)
    assert seen(answer).title == "You get no more reminders"
    assert "One-Click" not in answer.text
    assert "set-cookie" not in answer.headers


def test_more_than_any_form_holds_is_not_taken(place: Pages) -> None:
    """Nobody's memory is filled with it."""
    answer = clicked(place.stop(ADA), b"a" * 100_000)
    assert (answer.status_code, place.stopped(ADA)) == (413, False)


def test_the_page_says_what_would_stop_and_names_nobody(place: Pages) -> None:
    """With one button; afterwards with none."""
    url = place.stop(ADA)
    page = seen(plain_http.get(url))
    assert page.title == "No more reminders?"
    assert "Early help in Sefton" in page.text
    assert [one.label for form in page.forms for one in form.buttons] == ["Stop reminders"]
    assert not any(part in page.text for part in ("Ada", "Quill", "Police"))
    assert place.link(ADA) not in plain_http.get(url).text
    clicked(url)
    assert seen(plain_http.get(url)).forms == []


def test_the_page_is_in_the_language_of_whoever_the_letter_was_for(tmp_path: Path) -> None:
    """As the letter is."""
    welsh = (replace(PANEL[0], language="cy"), *PANEL[1:])
    with pages(tmp_path / "data", people=welsh) as place:
        answer = plain_http.get(place.stop(ADA))
        assert '<html lang="cy">' in answer.text
        assert seen(answer).title != "No more reminders?"


@pytest.mark.parametrize("ends", ["replaced", "forgotten", "unknown", "the link itself", "too old"])
def test_a_token_that_is_nobodys_is_answered_as_an_unknown_link(place: Pages, ends: str) -> None:
    """The same page, whether it is loaded or its button pressed; nothing is recorded."""
    town, url = place.town, place.stop(ADA)
    plain_http.get(url)  # so that the token is known already
    match ends:
        case "replaced":
            place.replaced(ADA)
        case "forgotten":
            forgetting.forget(town.log, town.stamp("forget"), town.assessment, ADA, "As asked")
        case "unknown":
            url = f"{place.address}/stop/{'x' * 43}"
        case "the link itself":
            url = f"{place.address}/stop/{place.link(ADA)}"
        case "too old":
            town.clock.on(days=150)
    before, unknown = place.facts, plain_http.get(f"{place.address}/i/{'x' * 43}")
    for answer in (plain_http.get(url), clicked(url, b"")):
        assert (answer.status_code, answer.text) == (404, unknown.text)
    assert place.facts == before


def test_whoever_tries_tokens_has_to_wait(tmp_path: Path) -> None:
    """As with links; and so has a mail program that cannot stop."""
    few = RateLimitItemPerMinute(3)
    with pages(tmp_path / "data", RateLimiter(link=few, stranger=few)) as place:
        tries = [plain_http.get(f"{place.address}/stop/guess-{n}") for n in range(4)]
        assert [one.status_code for one in tries] == [404, 404, 404, 429]
        url = place.stop(ADA)
        assert [clicked(url).status_code for _ in range(4)] == [200, 200, 200, 429]


def test_they_are_stopped_and_had_again_on_ones_own_page(place: Pages) -> None:
    """A line on every page says that there are none, beside the way to have them again."""
    ada = Visitor(place.address, place.link(ADA))
    assert ada.press("My reminders").title.startswith("My reminders")
    assert "You asked for no reminders, so you get none" in ada.press("Stop reminders").text
    assert place.stopped(ADA)
    for step in ("start", "help"):
        assert "You asked for no reminders, so nobody reminds you." in ada.open(step).text
    assert "nobody reminds you." not in ada.press("Send reminders again").text
    assert not place.stopped(ADA)
    assert place.kinds(0)[-2:] == ["RemindersStopped", "RemindersWanted"]


def test_a_double_click_counts_once_and_an_old_page_decides_nothing_new(place: Pages) -> None:
    """A form sent again is the same cause."""
    ada = Visitor(place.address, place.link(ADA))
    form = ada.open("nudges").form("answer")
    for _ in range(3):
        ada.send(form, form.button("Stop reminders"))
    ada.press("Send reminders again")
    before = place.facts
    ada.send(form, form.button("Stop reminders"))
    assert (place.facts, place.stopped(ADA)) == (before, False)


def test_words_in_a_box_are_kept_when_reminders_are_had_again(place: Pages) -> None:
    """Nobody loses half a thought to that button."""
    town = place.town
    no_reminders.stop(town.log, town.stamp("stop"), town.assessment, ADA)
    ada = Visitor(place.address, place.link(ADA))
    ada.press("Start")
    ada.choose("3")
    form = ada.page.form("answer")
    ada.send(form, form.button("Send reminders again"), **{"words-working-well": "Half a thought"})
    assert not place.stopped(ADA)
    interview = town.log.read(interview_stream(town.assessment, 1, ADA))
    assert [town.log.text(note.words) for note in interview.notes.values()] == ["Half a thought"]
    assert ada.page.title.startswith("Your words on 5.1")


def test_who_has_finished_is_not_told_of_reminders_that_nobody_owes_them(place: Pages) -> None:
    """The line is for those who might miss one."""
    place.town.finishes(ADA)
    clicked(place.stop(ADA))
    assert "no reminders" not in Visitor(place.address, place.link(ADA)).page.text


def test_who_is_in_slack_stops_them_on_their_page_as_well(place: Pages) -> None:
    """They mean reminders, not a surface."""
    Visitor(place.address, place.link(BEN)).open("nudges")
    clicked(place.stop(BEN))
    assert place.stopped(BEN)
