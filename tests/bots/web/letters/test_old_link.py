"""A link that opens nothing any more offers the one that does, by message alone, over real HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from limits import RateLimitItemPerMinute
from support.post_office import PANEL
from support.visitor import Visitor
from support.web import plain_http
from support.web.letters import ADA, BEN, DI, Pages, pages, seen

from bots.delivery.recipients import tell
from bots.interview.talk import Prompt
from bots.messages.queue import Promises
from bots.web.rate_limit import RateLimiter
from ehsg_events.commands import links, rounds
from ehsg_events.events import LinkIssued
from ehsg_events.interview.answers import withdraw
from ehsg_events.log.transaction import Transaction
from ehsg_events.rights import forgetting
from ehsg_events.states.streams import interview_stream, round_stream

BUTTON = "Send a new link to the address we have"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Pages]:
    """People by letter, in Slack, and without any address; all have read their invitation."""
    with pages(tmp_path / "data") as found:
        found.letters()
        yield found


def old(place: Pages, token: str, step: str = "") -> httpx.Response:
    """The page of an old link, or of a step below it."""
    return plain_http.get(f"{place.address}/i/{token}{step}")


def pressed(place: Pages, token: str) -> httpx.Response:
    """What pressing the button on the page of an old link is answered."""
    return plain_http.post(f"{place.address}/i/{token}/new-link")


@pytest.mark.parametrize("step", ["", "/", "/start", "/5.1/words", "/answers.pdf", "/deadline.ics"])
def test_a_replaced_link_has_one_button_wherever_it_is_opened(place: Pages, step: str) -> None:
    """Its button leads to one place; nothing is typed."""
    token = place.replaced(ADA)
    answer = old(place, token, step)
    assert answer.status_code == 404
    (form,) = seen(answer).forms
    assert ([one.label for one in form.buttons], form.values, form.boxes) == ([BUTTON], {}, set())
    action = re.findall(r'action="([^"]+)"', answer.text)[0]
    assert str(answer.url.join(action)) == f"{place.address}/i/{token}/new-link"


def test_pressed_it_sends_the_link_that_works_now(place: Pages) -> None:
    """To the address on the panel, and to nobody else; it was asked for, so it is no automatic one."""
    token = place.replaced(ADA)
    answer = pressed(place, token)
    (letter,) = place.letters()
    assert (letter.to, letter.automatic) == ("ada@police.example.org", False)
    assert letter.link is not None
    assert Visitor(place.address, letter.link.url.rpartition("/")[2]).page.title.startswith(
        "Before"
    )
    assert letter.link.url.rpartition("/")[2] not in answer.text
    assert "asked for the one that works now" in letter.paragraphs[0]


def test_a_revoked_link_without_a_newer_one_gets_one(place: Pages) -> None:
    """It is made when it is sent, and found in nothing that was answered."""
    town, token = place.town, place.link(ADA)
    links.revoke(town.log, town.stamp("revoke"), town.assessment, ADA)
    pressed(place, token)
    (letter,) = place.letters()
    assert letter.link is not None
    assert letter.link.url.rpartition("/")[2] not in (token, "")


@pytest.mark.parametrize("who", [BEN, DI])
def test_what_is_answered_does_not_tell_whether_there_is_an_address(place: Pages, who: str) -> None:
    """Word for word the same, and the same is recorded; the page names nobody either."""
    mine, theirs = place.replaced(ADA), place.replaced(who)
    before = place.facts
    answers = [pressed(place, token) for token in (mine, theirs)]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].text == answers[1].text
    assert place.kinds(before) == ["PersonalLinkAsked"] * 2
    shown = [old(place, token).text.replace(token, "") for token in (mine, theirs)]
    assert shown[0] == shown[1]
    names = {word for one in PANEL for word in (*one.name.split(), one.agency)}
    assert not any(name in shown[0] + answers[0].text for name in names)


def test_at_most_three_a_day_are_sent_and_the_answer_stays_the_same(place: Pages) -> None:
    """A day later it works again; what one person asked for counts for them alone."""
    mine, theirs = place.replaced(ADA), place.replaced(DI)
    before = place.facts
    answers = {pressed(place, mine).text for _ in range(5)}
    assert len(answers) == 1
    assert place.kinds(before) == ["PersonalLinkAsked"] * 3
    pressed(place, theirs)
    assert place.kinds(before) == ["PersonalLinkAsked"] * 4
    place.town.clock.on(days=1, seconds=1)
    pressed(place, mine)
    assert place.kinds(before) == ["PersonalLinkAsked"] * 5


def test_of_several_that_wait_one_is_sent(place: Pages) -> None:
    """The mail server was away meanwhile."""
    token = place.replaced(ADA)
    for _ in range(3):
        pressed(place, token)
    assert len(place.letters()) == 1
    assert place.town.withheld().count("overtaken") == 2


def test_in_slack_somebody_is_told_that_they_need_none(place: Pages) -> None:
    """The address we have is where they are asked."""
    pressed(place, place.replaced(BEN))
    assert place.letters() == []
    assert "in this chat" in in_slack(place).text


def in_slack(place: Pages) -> Prompt:
    """What waits for somebody in Slack, as it would be said there."""
    town, promises = place.town, Promises()
    promises.take(town.log.all())
    waiting = promises.waiting[town.assessment, BEN].values()
    promise = next(one for one in waiting if one.kind == "link-again")
    said = tell(town.log, Transaction(town.log, town.stamp("look")), promise, promises)
    assert isinstance(said, Prompt)
    return said


@pytest.mark.parametrize("gone", ["withdrawn", "forgotten", "over", "never a link"])
def test_whoever_is_shown_nothing_is_offered_nothing(place: Pages, gone: str) -> None:
    """As any unknown link, whether it is opened or its button pressed; nothing is recorded."""
    town, token = place.town, place.replaced(ADA)
    match gone:
        case "withdrawn":
            stream = interview_stream(town.assessment, 1, ADA)
            facts = withdraw(town.log.read(stream))
            town.log.record(town.stamp("go", "stakeholder"), lambda tx: tx.decide(stream, *facts))
        case "forgotten":
            forgetting.forget(town.log, town.stamp("forget"), town.assessment, ADA, "As asked")
        case "over":
            town.clock.on(days=150)
        case "never a link":
            token = "x" * 43
    before, unknown = place.facts, old(place, "y" * 43).text
    for answer in (old(place, token), pressed(place, token)):
        assert (answer.status_code, answer.text) == (404, unknown)
    assert place.facts == before


def test_after_the_close_it_leads_to_the_receipt(place: Pages) -> None:
    """As long as that is shown."""
    town, token = place.town, place.replaced(ADA)
    town.finishes(ADA)
    rounds.close_round(town.log, town.stamp("close"), town.assessment)
    town.clock.on(days=30)
    place.letters()
    pressed(place, token)
    (letter,) = place.letters()
    assert letter.link is not None
    page = Visitor(place.address, letter.link.url.rpartition("/")[2]).page
    assert page.title.startswith("The round is over")


def test_a_link_of_one_round_that_is_too_old_offers_the_link_of_now(place: Pages) -> None:
    """Such links were issued once; a later round may ask the same person."""
    town, token = place.town, "an-old-link-of-round-1"
    issued = LinkIssued(issued_to=ADA, link=links.digest(token))
    stream = round_stream(town.assessment, 1)
    town.log.record(town.stamp("old"), lambda tx: tx.decide(stream, issued))
    rounds.close_round(town.log, town.stamp("close"), town.assessment)
    town.clock.on(days=85)
    until = town.clock() + timedelta(days=21)
    rounds.open_round(town.log, town.stamp("again"), town.assessment, until)
    town.clock.on(days=6)
    place.letters()
    assert BUTTON in old(place, token).text
    pressed(place, token)
    assert [letter.to for letter in place.letters()] == ["ada@police.example.org"]


def test_a_link_that_works_is_left_as_it_is(place: Pages) -> None:
    """Its button was on a page of before; now it leads to the interview."""
    token, before = place.link(ADA), place.facts
    answer = plain_http.post(f"{place.address}/i/{token}/new-link", follow_redirects=True)
    assert seen(answer).title.startswith("Before you start")
    assert place.facts == before


def test_what_was_typed_on_an_open_page_is_said_back_and_promises_nothing(place: Pages) -> None:
    """Their link was replaced while they wrote."""
    ada = Visitor(place.address, place.link(ADA))
    ada.press("Start")
    ada.choose("3")
    place.replaced(ADA)
    before = place.facts
    page = ada.type("Half a thought")
    assert (ada.answer.status_code, place.facts) == (404, before)
    assert "Half a thought" in page.text
    assert BUTTON in [one.label for form in page.forms for one in form.buttons]


def test_the_page_is_in_their_language(tmp_path: Path) -> None:
    """Which tells less than a link that works would."""
    welsh = (replace(PANEL[0], language="cy"), *PANEL[1:])
    with pages(tmp_path / "data", people=welsh) as place:
        token = place.replaced(ADA)
        for answer in (old(place, token), pressed(place, token)):
            assert '<html lang="cy">' in answer.text


def test_whoever_tries_often_has_to_wait(tmp_path: Path) -> None:
    """As with any link that opens nothing."""
    with pages(tmp_path / "data", RateLimiter(stranger=RateLimitItemPerMinute(3))) as place:
        token = place.replaced(ADA)
        assert [pressed(place, token).status_code for _ in range(4)] == [200, 200, 200, 429]
