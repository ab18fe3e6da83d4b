"""Everything a coordinator can do, on its page: over real HTTP, as a browser sends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from support.story.states import PANEL as EVERYBODY
from support.story.states import desk_site
from support.story.story import member
from support.web.desk import named, signed_in
from support.web.filling import boxes_of, say_yes, send
from support.web.web import Site, site

from bots.operations.form import asked
from bots.operations.registry import OPERATIONS
from bots.phrases.pages.forms.messages import INVITED, MESSAGES, NOTHING_REACHES, invited
from bots.phrases.pages.forms.nothing import OF_A_FIELD, OF_AN_OPERATION
from bots.web.desk.operations.choices import is_chosen
from bots.web.desk.operations.offered import INSISTING, PAGES_OF
from bots.web.desk.operations.together import is_second
from bots.web.desk.registry import PAGES, open_to
from bots.web.rate_limit import RateLimiter
from ehsg_events.commands.panel import release
from ehsg_events.events import (
    CoordinatorNamed,
    RoundClosed,
    StakeholderReleased,
)

ELSEWHERE = {"moderate": "settle"}  # on a page that shows what is to be settled
PANEL = tuple(
    member(f"{agency}-{n}", agency, ["5.1", "5.2"])
    for agency in ("police", "health", "school")
    for n in (1, 2)
)
NOTHING = {*OF_A_FIELD.values(), *OF_AN_OPERATION.values()}
COMMAND = re.compile(r"\behsg [a-z]| --[a-z]|<code>|[Cc]ommand line")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Site]:
    """An assessment whose first round is open, behind a real server."""
    limiter = RateLimiter(stranger=RateLimitItemPerMinute(900), caller=RateLimitItemPerHour(9000))
    with site(tmp_path, limiter, people=PANEL) as one:
        yield one


@pytest.fixture
def mine(place: Site) -> httpx.Client:
    """A coordinator's browser."""
    return signed_in(place, named(place, "coordinator"))


def test_every_operation_has_a_page() -> None:
    """What can be typed can be done here."""
    on_pages = {page.does for page in PAGES.values() if page.does}
    assert set(OPERATIONS) == on_pages
    assert {PAGES[page].does for page in ELSEWHERE.values()} == set(ELSEWHERE)


@pytest.mark.parametrize("page", PAGES_OF)
def test_a_page_asks_for_every_field_and_says_which_are_needed(
    page: str, started: httpx.Client
) -> None:
    """But for who does it, who has signed in, and for what is only insisted on.

    Where nothing can be chosen in it, it says so instead.
    """
    told, operation = unescape(started.get(f"/read/{page}").text), PAGES_OF[page]
    form = OPERATIONS[operation].form
    if any(why in told for why in NOTHING):
        return
    for name, how in asked(form).items():
        if "Which coordinator" in how.says or name in INSISTING or is_second(operation, name):
            continue
        if is_chosen(operation, name) and not form.model_fields[name].is_required():
            continue  # where there is nothing to choose it is left out
        assert f'name="{name}"' in told, name
    assert told.count("(not needed)") <= len(form.model_fields)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A coordinator's browser at an assessment in which nothing is done."""
    limiter = RateLimiter(stranger=RateLimitItemPerMinute(900), caller=RateLimitItemPerHour(9000))
    with site(tmp_path_factory.mktemp("started"), limiter) as place:
        yield signed_in(place, named(place, "coordinator"))


ONLY_ONCE_THERE_IS = {  # led to by what the states here do not hold
    "round-plan-cancel": "a planned opening",
    "workshop-present": "a workshop",
    "workshop-vote": "a workshop",
    "workshop-show": "a workshop",
    "workshop-close": "a workshop",
    "hand-on-agree": "a request to hand on",
    "hand-on-decline": "a request to hand on",
    "action-change": "an action",
    "action-end": "an action",
    "local-detach": "evidence for the whole",
    "local-term": "a guide that leaves words to the area",
    "local-table": "a guide that leaves tables to the area",
    "reader-remove": "a reader",
}


def test_from_the_first_page_every_page_is_reached_and_none_names_a_command(
    tmp_path: Path,
) -> None:
    """In one state or another; links lead to pages that are there."""
    reached: set[str] = set()
    states = ("prepared", "opened", "paused", "closed", "signed_off")
    with desk_site(tmp_path, *states) as place:
        for state, area in place.areas.items():
            where = area.id
            mine = signed_in(place, named(place, "coordinator", where), where)
            walk(mine, state, reached)
    assert set(open_to("coordinator")) - reached == ONLY_ONCE_THERE_IS.keys()


def walk(mine: httpx.Client, state: str, reached: set[str]) -> None:
    """Look at every page that links lead to from the first; at an operation's in one state alone."""
    waiting, seen = ["home"], {"home", *reached & PAGES_OF.keys()}
    while waiting:
        address = waiting.pop()
        found = mine.get(f"/read/{address}")
        assert found.status_code == 200, (state, address)
        main = unescape(re.sub(r"<[^>]+>", " ", found.text[found.text.index("<main") :]))
        assert not COMMAND.search(main), (state, address, COMMAND.search(main))
        reached.add(found.url.path.rpartition("/")[2])
        for href in re.findall(r'<a href="([a-z][^"#:]*)"', found.text):
            kind = re.sub(r"=[^&]*", "", unescape(href))  # one of each kind is enough
            page = kind.partition("?")[0]
            kind = page if page in PAGES_OF else kind
            if kind not in seen and not kind.startswith("download/"):
                seen.add(kind)
                waiting.append(unescape(href))


def test_an_operation_is_done_by_whoever_signed_in_and_said_on_the_next_page(
    place: Site, mine: httpx.Client
) -> None:
    """The log names that coordinator, and the surface."""
    came = send(mine, "coordinator add", name="Cora Quint")
    assert (came.status_code, came.url.path) == (200, "/read/settings")
    assert "Cora Quint" in came.text
    recorded = place.recorded[-1]
    assert isinstance(recorded.fact, CoordinatorNamed)
    assert (recorded.stamp.by, recorded.stamp.surface) == ("coordinator-1", "web")


def test_the_same_form_sent_twice_counts_once(place: Site, mine: httpx.Client) -> None:
    """Whoever presses twice, or goes back and sends it again, does nothing more."""
    fields = boxes_of(mine.get("/read/coordinator-add").text) | {"name": "Cora Quint"}
    mine.post("/read/coordinator-add", data=fields)
    facts = len(place.recorded)
    assert mine.post("/read/coordinator-add", data=fields).status_code == 200
    assert len(place.recorded) == facts


def test_what_is_wrong_stands_at_its_field_with_what_was_typed(
    place: Site, mine: httpx.Client
) -> None:
    """Every mistake at once; nothing is recorded."""
    before = len(place.recorded)
    typed = {"name": "Ada Quill", "agency": "police", "works_as": "sergeant"}
    came = send(mine, "panel add", **typed, asked="99.9", email="no")
    assert came.status_code == 422
    assert {'href="#asked"', 'href="#email"'} <= set(re.findall(r'href="#\w+"', came.text))
    assert 'value="Ada Quill"' in came.text
    assert "<title>Error: " in came.text
    assert len(place.recorded) == before


def test_what_is_insisted_on_can_be_said_once_it_was_asked_for(
    place: Site, mine: httpx.Client
) -> None:
    """The tick stands in the form that was refused, and not before."""
    assert 'name="yes"' not in mine.get("/read/panel-add").text
    typed = {"name": "Ada Quill", "agency": "polce", "works_as": "sergeant", "asked": "5.1"}
    refused = send(mine, "panel add", **typed)
    assert "Did you mean police?" in unescape(refused.text)
    assert 'name="yes"' in refused.text
    assert send(mine, "panel add", **typed, yes="yes").url.path == "/read/people"
    assert "polce" in {one.agency for one in place.log.assessment(place.assessment).panel.values()}


def test_what_asks_first_does_nothing_until_it_was_said_yes_to(
    place: Site, mine: httpx.Client
) -> None:
    """It shows what the record will say, and then says exactly that."""
    shown = send(mine, "panel release", person="police-1", because="She moved away")
    assert "(police-1) is asked nothing more" in unescape(shown.text)
    assert "She moved away" in shown.text
    assert not [one for one in place.recorded if isinstance(one.fact, StakeholderReleased)]
    came = say_yes(mine, shown)
    assert came.url.path == "/read/people"
    assert [one for one in place.recorded if isinstance(one.fact, StakeholderReleased)]


def test_before_people_are_reminded_it_is_said_whom_no_message_reaches(mine: httpx.Client) -> None:
    """By name, in the same breath as what the others would be sent."""
    shown = unescape(send(mine, "nudge").text)
    told = shown[shown.index(MESSAGES) :]
    assert NOTHING_REACHES in told
    assert all(one.id in told for one in PANEL)


def test_before_a_round_opens_it_is_said_whom_no_message_reaches(tmp_path: Path) -> None:
    """By name, where what letters say is one step away."""
    with desk_site(tmp_path, "prepared") as place:
        where = place.areas["prepared"].id
        mine = signed_in(place, named(place, "coordinator", where), where)
        shown = unescape(send(mine, "round open").text)
    told = shown[shown.index(INVITED) :]
    assert NOTHING_REACHES in told
    assert all(one.id in told for one in EVERYBODY)


def test_it_is_said_how_many_get_an_invitation_and_how() -> None:
    """Of those whom something reaches."""
    assert invited({}) == ""
    assert (
        invited({"slack": 1, "mail": 2})
        == "An invitation goes by e-mail to 2 people and in Slack to 1 person."
    )


def test_if_the_log_moved_meanwhile_it_is_asked_again_and_nothing_is_done(
    place: Site, mine: httpx.Client
) -> None:
    """Somebody else lets a person go whom she is about to remind: she is shown it as it is now."""
    shown = send(mine, "nudge")
    assert "police-1" in shown.text
    release(place.log, place.stamp("go"), place.assessment, "police-1", "She moved away")
    before = len(place.recorded)
    again = say_yes(mine, shown)
    assert again.status_code == 422
    assert "Something changed" in again.text
    assert "(police-1) (nudge 2026-09-07), by the rule released" in unescape(again.text)
    assert len(place.recorded) == before
    assert say_yes(mine, again).url.path == "/read/round"
    assert len(place.recorded) > before


def test_two_who_close_at_once_close_once(place: Site, mine: httpx.Client) -> None:
    """The second is told that it stands like that already."""
    other = signed_in(place, named(place, "coordinator"))
    shown, too = send(mine, "round close"), send(other, "round close")
    assert say_yes(mine, shown).url.path == "/read/round"
    assert say_yes(other, too).status_code == 422
    assert sum(isinstance(one.fact, RoundClosed) for one in place.recorded) == 1


def test_what_was_filled_in_can_be_changed_after_it_was_looked_at(mine: httpx.Client) -> None:
    """Its words stand in the form again."""
    shown = send(mine, "panel release", person="police-1", because="She moved away")
    fields = boxes_of(shown.text) | {"do": "change"}
    form = mine.post("/read/panel-release", data=fields)
    assert form.status_code == 200
    assert "She moved away" in form.text
    assert 'value="police-1" checked' in form.text
    assert "What you typed" not in form.text


def test_what_is_one_of_a_few_is_chosen_and_what_stands_is_chosen_already(tmp_path: Path) -> None:
    """Whether it is needed or not; nobody types a value that a program knows."""
    with desk_site(tmp_path, "prepared") as place:
        where = place.areas["prepared"].id
        mine = signed_in(place, named(place, "coordinator", where), where)
        page = unescape(mine.get("/read/terms-choose").text)
        for name, value in (("count", "people"), ("silence", "nobody"), ("shown", "figures")):
            assert re.search(
                rf'type="radio" name="{name}" id="[^"]+" value="{value}"[^>]* checked', page
            )
        sent = boxes_of(page) | {"count": "agencies", "rounds": "1", "agreed": "75"}
        shown = mine.post("/read/terms-choose", data=sent)
        assert say_yes(mine, shown).url.path == "/read/rules"
        assert place.log.assessment(where).rule.weights == "agencies"
