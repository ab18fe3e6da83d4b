"""The coming round, rehearsed: nothing is sent or recorded, and it is what the round would be."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.area import Area, person
from support.ehsg import ehsg

from bots.interview.said import Said
from bots.rehearsal.cast import Player
from bots.rehearsal.clock import Clock
from bots.rehearsal.coming_round import Coming, SilentSender, as_if_there
from bots.rehearsal.copying import copy_of
from bots.rehearsal.forecast import forecast
from bots.rehearsal.guesses import Guess
from bots.rehearsal.surfaces import SlackSurface, TerminalSurface
from bots.rehearsed import Forecast
from bots.slack.app import build_app, web_client
from bots.slack.loopback.person import in_process
from bots.slack.loopback.workspace import Workspace
from bots.slack.sender import SlackSender
from bots.slack.settings import Settings
from ehsg_events.kernel import Refused, Surface
from ehsg_events.log.log import Log
from ehsg_events.panel.member import StandsBy
from ehsg_events.policy import rules_file

BEFORE = datetime(2026, 10, 2, 12, tzinfo=UTC)  # 1pm on Friday 2 October 2026
IN_SLACK: tuple[Surface, ...] = ("slack",)
BY_LETTER: tuple[Surface, ...] = ("mail",)
GUESS = Guess(seed=3, silent=0.25)
PEOPLE = (
    replace(person("police-1", "Police"), slack="T0LOOPBACK/U01"),
    replace(person("police-2", "Police"), backup=StandsBy("manager", "Given Boss Surname")),
    replace(person("health-1", "Health"), slack="T0LOOPBACK/U03"),
    replace(person("school-1", "Schools"), slack="T0LOOPBACK/U04"),
    person("school-2", "Schools", ("5.3",)),
)


@pytest.fixture
def prepared(log: Log) -> Area:
    """An assessment that waits for its first round."""
    area = Area(log)
    area.open(PEOPLE, terms=rules_file.usual())
    return area


def rehearsed(
    area: Area,
    folder: Path,
    guess: Guess = GUESS,
    writable: Collection[Surface] = IN_SLACK,
) -> tuple[Coming, Forecast]:
    """The coming round, and what it came to."""
    clock = Clock(BEFORE)
    senders = [SilentSender(clock, surface) for surface in sorted(writable)]
    copied = copy_of(area.log, area.id, folder, guess)
    one = Coming(copied, area.id, clock, guess, senders, print, as_if_there)
    return one, forecast(one, senders, one.run())


def test_a_rehearsal_records_nothing_and_copies_no_name(prepared: Area, tmp_path: Path) -> None:
    """It happens on a copy that knows pseudonyms alone."""
    before = prepared.facts
    copied, found = rehearsed(prepared, tmp_path / "copy")
    assert prepared.facts == before
    assert found.invited == len(PEOPLE)
    names = {copied.log.text(one.name) for one in copied.situation().assessment.panel.values()}
    assert names == {one.id for one in PEOPLE}
    kept = b"".join(path.read_bytes() for path in (tmp_path / "copy").rglob("*") if path.is_file())
    assert b"Surname" not in kept
    assert b"U01" not in kept


def test_a_rehearsal_says_what_will_be_sent_and_what_is_left(
    prepared: Area, tmp_path: Path
) -> None:
    """Messages by day, the coordinator's work, and what can never be agreed."""
    _, found = rehearsed(prepared, tmp_path / "copy")
    assert found.opened == "9am on Monday 5 October 2026"
    assert found.closes == "5pm on Monday 19 October 2026"
    assert found.days[0].messages == {"notice": 3}
    assert found.days[0].work == ("give 2 people whom no message reaches their personal link",)
    assert found.never_quorum == ("5.3",)
    assert sum(found.per_person.values()) == sum(sum(d.messages.values()) for d in found.days)
    assert found.finished == sum(done for done, _ in found.by_agency.values())


def test_the_same_seed_is_the_same_rehearsal(prepared: Area, tmp_path: Path) -> None:
    """Another seed is another."""
    first, again, other = (
        rehearsed(prepared, tmp_path / name, Guess(seed, 0.25))[1]
        for name, seed in (("a", 3), ("b", 3), ("c", 4))
    )
    assert first == again
    assert first != other


def test_the_silent_are_chased_to_the_end_of_the_ladder(prepared: Area, tmp_path: Path) -> None:
    """If nobody answers, every rule of the policy fires."""
    _, found = rehearsed(prepared, tmp_path / "copy", Guess(1, silent=1))
    assert found.finished == 0
    assert found.rules["remind-7"] == {"sent": 5}
    assert found.rules["tell-backup-2"] == {"nobody-named": 4, "sent": 1}
    assert found.rules["tell-coordinator-1"] == {"sent": 5}
    assert set(found.no_quorum) == {"5.1", "5.2", "5.3"}


def test_the_round_itself_records_what_was_rehearsed(prepared: Area, tmp_path: Path) -> None:
    """With the same answers, over real surfaces: the same facts but for time and delivery."""
    copied, _ = rehearsed(prepared, tmp_path / "copy")
    with real(prepared, tmp_path / "real") as one:
        one.run()
        assert told(one.log) == told(copied.log)
    ends = {type(fact.fact).__name__ for fact in prepared.facts if fact.stream.kind == "message"}
    assert "MessageDelivered" in ends
    assert "MessageFailed" not in ends


@contextmanager
def real(area: Area, folder: Path) -> Iterator[Coming]:
    """The same round on the area's own log: a Slack workspace, signed requests, a terminal."""
    clock = Clock(BEFORE)
    folder.mkdir()
    with Workspace(clock=lambda: clock().timestamp(), memory=folder / "slack.jsonl") as workspace:
        secret, url = workspace.signing_secret, workspace.url
        settings = Settings("http", workspace.token, secret, api_url=url)
        in_slack = SlackSurface(workspace, in_process(build_app(area.log, settings, clock)))
        at_a_terminal = TerminalSurface(area.log, area.id, clock)

        def does(coming: Coming, name: str, said: Said) -> None:
            member = next(one for one in PEOPLE if one.id == name)
            clock.step()
            surface = in_slack if member.slack else at_a_terminal
            surface.does(Player(member, "prompt", high_camp=False), said)
            coming.deliver()

        sender = SlackSender(web_client(settings))
        yield Coming(area.log, area.id, clock, GUESS, [sender], print, does)


def told(log: Log) -> dict[str, list[object]]:
    """What stands in each stream, without what differs by nature: messages, times and ciphers."""
    found: dict[str, list[object]] = {}
    for one in log.all():
        if one.stream.kind != "message":
            fact = json.loads(one.fact.model_dump_json())
            found.setdefault(str(one.stream), []).append((one.fact.TOPIC, plain(fact)))
    return found


def plain(fact: object) -> object:
    """A fact without the ids and digests of what is sealed."""
    if isinstance(fact, dict):
        sealed = fact.keys() == {"id", "sha256", "bound"}
        return "words" if sealed else {name: plain(value) for name, value in fact.items()}
    return fact


def test_what_is_over_is_not_rehearsed(prepared: Area, tmp_path: Path) -> None:
    """It says what waits instead."""
    with real(prepared, tmp_path / "real") as one:
        one.run()
        if one.situation().newest.measured.then == "feedback":  # type: ignore[union-attr]
            one.run()
    with pytest.raises(Refused, match="No round is to come"):
        rehearsed(prepared, tmp_path / "copy")


def test_an_open_round_is_rehearsed_from_where_it_stands(prepared: Area, tmp_path: Path) -> None:
    """What was answered is answered, what was sent is not sent again."""
    prepared.open_round(BEFORE)
    prepared.answer("police-2", "5.1", "4", at=BEFORE)
    copied, found = rehearsed(prepared, tmp_path / "copy")
    assert found.closes == "5pm on Friday 23 October 2026"
    assert "5.1" in copied.situation().interviews[1, "police-2"].answers


def test_a_rehearsal_tells_nothing_of_what_an_open_round_hides(
    prepared: Area, tmp_path: Path
) -> None:
    """Though nobody else answered: what was said is guessed anew, whatever it was."""
    prepared.open_round(BEFORE)
    found = []
    for values in ("44444", "05050"):
        for one, value in zip(PEOPLE, values, strict=True):
            for item in one.items:
                prepared.answer(one.id, item, value, at=BEFORE)
        found.append(rehearsed(prepared, tmp_path / values, Guess(3, silent=1))[1])
    assert found[0] == found[1]


def test_another_policy_is_tried_out_at_the_command_line(tmp_path: Path) -> None:
    """Nothing of it is chosen by that, and the words can be read aloud."""
    data, panel, rules = tmp_path / "data", tmp_path / "panel.csv", tmp_path / "rules.yaml"
    panel.write_text("name,agency,works_as,asked\nAnn Other,Police,sergeant,5.1\n")
    rules.write_text("policy: {working_days: 3, reminders: [1], escalation: []}\n")
    opened = ("assessment", "open", "--guide", "ehsg-2022@1", "--area", "Testham")
    assert ehsg(data, *opened, "--panel", str(panel)).code == 0
    usual, tried = (
        ehsg(data, "rehearse", "--silent", "1", *more) for more in ((), ("--rules", str(rules)))
    )
    assert "A reminder, 7 working days before the deadline: 1 given." in usual.out
    assert "A reminder, 7 working days" not in tried.out
    assert "A reminder, 1 working day before the deadline: 1 given." in tried.out
    assert "No quorum even if everybody answers: 5.1." in tried.out
    assert json.loads(ehsg(data, "rehearse", "--json").out)["invited"] == 1


# -- letters ---------------------------------------------------------------------------------------
BY_MAIL = (
    replace(person("police-1", "Police"), slack="T0LOOPBACK/U01", email="one@police.example.org"),
    replace(person("police-2", "Police"), email="two@police.example.org"),
    replace(person("health-1", "Health"), email="one@health.example.org"),
    replace(person("school-1", "Schools"), slack="T0LOOPBACK/U04"),
    person("school-2", "Schools"),
)
NOBODY = Guess(1, silent=1)


@pytest.fixture
def by_mail(log: Log) -> Area:
    """People who are reached in Slack, by e-mail, by both and by neither."""
    area = Area(log)
    area.open(BY_MAIL, terms=rules_file.usual())
    return area


def test_letters_are_counted_for_each_person_and_day(by_mail: Area, tmp_path: Path) -> None:
    """Whoever has Slack first gets none; the others get one on the first day."""
    _, found = rehearsed(by_mail, tmp_path / "copy", NOBODY, ("slack", "mail"))
    assert set(found.letters) == {"police-2", "health-1"}
    assert found.days[0].letters == {"police-2": 1, "health-1": 1}
    assert found.letters == {one: found.per_person[one] for one in found.letters}
    each_day = [sum(day.letters.values()) for day in found.days]
    assert sum(each_day) == sum(found.letters.values())


def test_with_mail_alone_whoever_has_an_address_gets_letters(by_mail: Area, tmp_path: Path) -> None:
    """Also those whom Slack would have reached; nobody else is reached."""
    _, found = rehearsed(by_mail, tmp_path / "copy", NOBODY, BY_LETTER)
    assert set(found.letters) == {"police-1", "police-2", "health-1"}
    assert found.days[0].work == ("give 2 people whom no message reaches their personal link",)


def test_nothing_is_work_by_hand_that_a_letter_says(by_mail: Area, tmp_path: Path) -> None:
    """Without mail the same people are the coordinator's to remind."""
    with_mail = rehearsed(by_mail, tmp_path / "a", NOBODY, ("slack", "mail"))[1]
    without = rehearsed(by_mail, tmp_path / "b", NOBODY, IN_SLACK)[1]
    for found, reminded in (
        (with_mail, {"school-2"}),
        (without, {"police-2", "health-1", "school-2"}),
    ):
        work = {task for day in found.days for task in day.work}
        assert {task for task in work if "by hand" in task} == {
            f"remind {name} by hand" for name in reminded
        }


def test_whoever_answers_a_letter_does_so_on_a_page(by_mail: Area, tmp_path: Path) -> None:
    """And is thanked by a letter."""
    copied, found = rehearsed(by_mail, tmp_path / "copy", Guess(1, silent=0), ("slack", "mail"))
    answered = [one for one in copied.log.all() if type(one.fact).__name__ == "AnswerGiven"]
    assert {one.stamp.surface for one in answered if one.stamp.by == "health-1"} == {"web"}
    assert any("thanks" in day.messages for day in found.days)


def test_the_command_says_how_many_letters_each_gets(tmp_path: Path) -> None:
    """Before anybody is written to."""
    data, panel = tmp_path / "data", tmp_path / "panel.csv"
    panel.write_text(
        "name,agency,works_as,asked,email\nAnn Ashton,Police,Sergeant,5.1,ann@police.example.org\n"
    )
    opening = ("assessment", "open", "--guide", "ehsg-2022@1", "--area", "Testham")
    assert ehsg(data, *opening, "--panel", str(panel)).code == 0
    ran = ehsg(data, "rehearse", "--silent", "1")
    assert ran.code == 0, ran.err
    assert "Neither Slack nor mail is set up here" in ran.err
    assert re.search(r"^  police-1 gets [2-9] letters$", ran.out, re.M)
    assert "By e-mail: police-1." in ran.out
