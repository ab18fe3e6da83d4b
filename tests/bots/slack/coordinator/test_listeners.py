"""The coordinator in Slack: `/ehsg`, their part of the Home tab, and who is neither seen nor heard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.slack.edge import Place, http, slack
from support.slack.windows import (
    COORDINATOR,
    drawn,
    fill_in,
    home,
    labels,
    name_coordinator,
    order,
    press,
    told,
    window_of,
    words,
)

from bots.slack.loopback.person import Person
from ehsg_events.commands import people, rounds
from ehsg_events.events import RoundPaused
from ehsg_events.kernel import Recorded
from ehsg_events.states.round import Round
from ehsg_events.states.streams import round_stream


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An open round."""
    with slack(tmp_path) as place:
        yield place


@pytest.fixture
def ed(place: Place) -> Person:
    """The coordinator."""
    return name_coordinator(place)


def newest(place: Place) -> Round:
    """The round as it stands."""
    found = place.log.read(round_stream(place.assessment, 1))
    assert found is not None
    return found


# -- what is seen ----------------------------------------------------------------------------------
def test_progress_is_counted_by_agency_and_never_says_what_was_answered(
    place: Place, ed: Person
) -> None:
    """The same in the answer to the command and on the Home tab."""
    place.begin()
    place.finish()
    place.newest("U0HEALTH")
    place.person("U0HEALTH").type("start")
    for seen in (told(ed, "progress"), told(ed, ""), words(home(place, ed))):
        assert "Police: 1 of 1 finished" in seen
        assert "Health: 0 of 1 finished, 1 under way" in seen
        assert "School: 0 of 1 finished, 1 not started" in seen
        assert "5.1" not in seen
        assert "Mostly" not in seen


@pytest.mark.usefixtures("ed")
def test_who_does_not_coordinate_is_refused_kindly_and_learns_nothing(place: Place) -> None:
    """On the panel or not, of this workspace or another: the same sentence."""
    before = place.log.store.last_position()
    others = [place.person(), place.person("U0STRANGER"), place.person(COORDINATOR, "T0ELSEWHERE")]
    answers = {told(other, "close yes") for other in others}
    assert len(answers) == 1
    assert "it did nothing" in answers.pop()
    assert place.log.store.last_position() == before


def test_who_is_no_longer_a_coordinator_is_refused(place: Place, ed: Person) -> None:
    """From the next click on, also of a button that still stands there."""
    view = home(place, ed)
    button = next(b for b in view["blocks"][-1]["elements"] if b["text"]["text"] == "Remind all")
    people.remove_coordinator(place.log, place.stamp("removed"), place.assessment, "coordinator-1")
    assert "it did nothing" in told(ed, "nudge")
    assert ed.press(button).status == 200
    assert not place.facts("StakeholderReminded")


def test_the_answer_to_a_command_comes_over_http_too(place: Place, ed: Person) -> None:
    """As its body, with the acknowledgement."""
    with http(place):
        assert "Police: 0 of 1 finished" in told(ed, "progress")


# -- what is decided -------------------------------------------------------------------------------
def test_a_nudge_reminds_who_is_missing_and_says_who(place: Place, ed: Person) -> None:
    """By the coordinator's pseudonym, on this surface, before Slack is answered."""
    said = told(ed, "nudge")
    assert "Goes out in Slack now: Ada Quill (police-1), " in said
    assert "For you to remind by hand, since no message reaches them: Di Fern (school-1)." in said
    stamps = {(one.stamp.by, one.stamp.role, one.stamp.surface) for one in _reminders(place)}
    assert stamps == {("coordinator-1", "coordinator", "slack")}


def test_one_agency_is_reminded_however_it_is_written(ed: Person) -> None:
    """An agency that is not there is answered with those that are."""
    assert told(ed, "remind POLICE") == "Goes out in Slack now: Ada Quill (police-1)."
    assert "Agencies in it are: Police, Health" in told(ed, "nudge Fire")


def test_a_command_that_comes_twice_is_done_once(place: Place, ed: Person) -> None:
    """And is answered the same."""
    first = order(ed, "nudge", trigger="1.2.x")
    second = order(ed, "nudge", trigger="1.2.x")
    assert first.reply == second.reply
    assert len(_reminders(place)) == 4


def _reminders(place: Place) -> list[Recorded]:
    return place.facts("StakeholderReminded")


def test_more_time_is_given_with_a_day_and_a_reason(place: Place, ed: Person) -> None:
    """Without a reason, or with no day, nothing moves."""
    before = newest(place).deadline
    for wrong in ("extend soon because x", "extend 2026-12-11", "extend 2026-12-11 because"):
        told(ed, wrong)
        assert newest(place).deadline == before
    said = told(ed, "extend 2026-12-11 because the schools were shut")
    assert "The deadline is now 5pm on Friday 11 December 2026." in said
    assert newest(place).deadline.isoformat() == "2026-12-11T17:00:00+00:00"


def test_a_round_is_paused_with_a_reason_and_goes_on(place: Place, ed: Person) -> None:
    """A refusal names what is typed here, not on the command line."""
    assert "Say why" in told(ed, "pause")
    assert told(ed, "pause because of the floods").startswith("Paused.")
    (paused,) = (one.fact for one in place.facts("RoundPaused"))
    assert isinstance(paused, RoundPaused)
    assert place.log.text(paused.because) == "of the floods"
    assert "To let it go on: /ehsg resume" in told(ed, "nudge")
    assert told(ed, "resume") == "Round 1 goes on."


def test_a_close_is_confirmed_first(place: Place, ed: Person) -> None:
    """It cannot be taken back."""
    assert "say: /ehsg Sefton close yes" in told(ed, "close")
    assert not newest(place).closed
    assert "Round 1 is closed and measured: 0 agreed, 2 not agreed." in told(ed, "close yes")
    assert newest(place).closed


@pytest.mark.parametrize("text", ["what", "extend", "help", "nudged", "<!channel>"])
def test_words_that_are_no_command_get_the_help(place: Place, ed: Person, text: str) -> None:
    """And nothing is done."""
    before = place.log.store.last_position()
    assert "/ehsg pause because of the floods" in told(ed, text)
    assert place.log.store.last_position() == before


def test_who_coordinates_several_says_which(place: Place, ed: Person) -> None:
    """Progress shows them all; a decision is not guessed."""
    first = place.assessment
    place.open_another("Wirral")
    name_coordinator(place)
    assert told(ed, "progress").count("You coordinate: ") == 2
    assert "You coordinate Wirral and Sefton" in told(ed, "pause because of x")
    assert told(ed, "sefton pause because of x").startswith("Paused.")
    assert {one.stream.assessment for one in place.facts("RoundPaused")} == {first}


# -- the Home tab and its windows ------------------------------------------------------------------
def test_the_home_tab_has_a_button_for_each_decision(place: Place, ed: Person) -> None:
    """By agency only for those of whom somebody is missing."""
    place.begin()
    place.finish()
    expected = ["Remind all", "Remind Health", "Remind Parents", "Remind School"]
    assert labels(home(place, ed)) == [*expected, "Pause…", "More time…", "Close…"]


def test_a_button_is_done_at_once_and_told_on_top(place: Place, ed: Person) -> None:
    """The tab is drawn again."""
    view = press(place, ed, "Remind Health")
    assert view["blocks"][0]["text"]["text"] == "Goes out in Slack now: Ben Moss (health-1)."


def test_a_window_asks_for_the_day_and_the_reason(place: Place, ed: Person) -> None:
    """What is refused stays in it, at its box."""
    view = window_of(place, ed, "More time…")
    refused = fill_in(ed, view, day="2020-01-01", because="Floods.")
    assert "has passed" in refused.reply["errors"]["day"]
    after = drawn(place, ed, lambda: fill_in(ed, view, day="2026-12-11", because="Floods."))
    assert "The deadline is now 5pm on Friday 11 December 2026." in words(after)


def test_pausing_and_closing_ask_in_a_window_too(place: Place, ed: Person) -> None:
    """A paused round offers to go on."""
    view = window_of(place, ed, "Pause…")
    assert "Say why" in fill_in(ed, view, because=" ").reply["errors"]["because"]
    after = drawn(place, ed, lambda: fill_in(ed, view, because="Floods."))
    assert "Let it go on" in labels(after)
    sure = window_of(place, ed, "Close…")
    after = drawn(place, ed, lambda: fill_in(ed, sure))
    assert "Round 1 is closed and measured" in words(after)
    assert labels(after) == []


def test_what_was_drawn_for_a_round_decides_nothing_about_the_next(
    place: Place, ed: Person
) -> None:
    """A window that stood open while the round closed by itself would close the new one."""
    sure, because = window_of(place, ed, "Close…"), window_of(place, ed, "Pause…")
    shown = home(place, ed)
    rounds.close_round(place.log, place.stamp("close"), place.assessment)
    rounds.open_round(place.log, place.stamp("feedback"), place.assessment, None)
    assert "round 2 is the newest now" in words(drawn(place, ed, lambda: fill_in(ed, sure)))
    refused = fill_in(ed, because, because="Floods.").reply["errors"]["because"]
    assert "That was about round 1" in refused
    rows = (block["elements"] for block in shown["blocks"] if block["type"] == "actions")
    nudge = next(b for row in rows for b in row if b["text"]["text"] == "Remind all")
    assert "That was about round 1" in words(drawn(place, ed, lambda: ed.press(nudge)))
    assert not place.facts("RoundPaused") + place.facts("StakeholderReminded")
    assert "Round 2 (feedback) is open" in words(home(place, ed))


def test_a_window_submitted_after_the_close_says_so(place: Place, ed: Person) -> None:
    """There is no box for it, so the Home tab tells."""
    sure = window_of(place, ed, "Close…")
    rounds.close_round(place.log, place.stamp("close"), place.assessment)
    after = drawn(place, ed, lambda: fill_in(ed, sure))
    assert "Round 1 is closed (its deadline was" in words(after)
