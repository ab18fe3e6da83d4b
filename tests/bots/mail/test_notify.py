"""Letters through GOV.UK Notify: what it holds, what each failure means, and none goes twice."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from support.loopback import Clock
from support.mail.certificates import authority
from support.mail.notify_server import KEY, TEMPLATE, Notify, Trouble, notify_server
from support.mail.sending import PROMISE

from bots.delivery.sender import Down, Gone, Impossible, Later, NotSent, Unsure
from bots.mail.letter import Letter, Link
from bots.mail.notify.sender import NotifySender
from bots.mail.notify.settings import Settings
from ehsg_events.states.streams import message_stream

NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)
ID = message_stream(PROMISE.assessment, PROMISE.name).id
TO = "ann@policeforce.example"
LETTER = Letter(
    id=ID,
    at=NOON,
    to=TO,
    subject="Early help in Testham: 8 questions for you, by 11 December",
    greeting="Hello Ann",
    paragraphs=("How good is early help in Testham?", "It takes\nten minutes."),
    link=Link("Answer the questions", "https://testham.example/i/9XcTqzUk"),
    closing=("Please do not forward this.",),
)


@pytest.fixture
def notify() -> Iterator[Notify]:
    """Notify, with a template that has room for a letter."""
    with notify_server() as notify:
        yield notify


@pytest.fixture
def clock() -> Clock:
    """A clock that stands at noon."""
    return Clock(NOON)


@pytest.fixture
def sender(notify: Notify, clock: Clock) -> NotifySender:
    """A sender whose key Notify knows."""
    return NotifySender(Settings(KEY, TEMPLATE, notify.url), 20, clock)


def post(sender: NotifySender, letter: Letter = LETTER, *, look: bool = False) -> str:
    """Hand a letter over."""
    return sender.post(letter.to, PROMISE, letter, look=look)


def meaning(sender: NotifySender, letter: Letter = LETTER) -> NotSent:
    """What becomes of a letter that is not taken."""
    with pytest.raises(NotSent) as failure:
        post(sender, letter)
    assert failure.value.__suppress_context__ or failure.value.__context__ is None
    return failure.value


# -- what is handed over ---------------------------------------------------------------------------
def test_a_letter_is_handed_over_whole(notify: Notify, sender: NotifySender) -> None:
    """Its id is its reference, and the link stands alone on its line."""
    sender.check()
    assert post(sender) == str(LETTER.id)
    assert [{**letter, "id": ""} for letter in notify.letters] == [
        {
            "id": "",
            "status": "created",
            "email_address": TO,
            "template_id": TEMPLATE,
            "reference": str(LETTER.id),
            "personalisation": {
                "subject": LETTER.subject,
                "body": "Hello Ann\n\nHow good is early help in Testham?\n\nIt takes\nten minutes.\n\n"
                "Answer the questions:\nhttps://testham.example/i/9XcTqzUk\n\n"
                "Please do not forward this.\n",
            },
        }
    ]


def test_reminders_are_stopped_with_one_click_where_mail_providers_can_call(
    notify: Notify, sender: NotifySender
) -> None:
    """They call no address without encryption, which Notify refuses: on this machine it is left out."""
    post(sender, replace(LETTER, stop="https://testham.example/stop/1"))
    post(sender, replace(LETTER, stop="http://127.0.0.1:8751/stop/1"))
    first, second = notify.letters
    assert first["one_click_unsubscribe_url"] == "https://testham.example/stop/1"
    assert "one_click_unsubscribe_url" not in second


def test_a_letter_that_is_out_is_never_changed(sender: NotifySender) -> None:
    """What would change it is a new letter."""
    with pytest.raises(Gone):
        sender.change(TO, post(sender), PROMISE, LETTER)


# -- what failures mean ----------------------------------------------------------------------------
def no(status: int, error: str, message: str) -> Trouble:
    """An answer that says no."""
    return Trouble("answer", status, error, message)


BAD, INVALID = "BadRequestError", "ValidationError"
TODAY = "Exceeded send limits (250000) for today"
RATE = "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds"
TRIAL = "Can't send to this recipient when service is in trial mode"
TEAM = "Can't send to this recipient using a team-only API key"
CLOCK = "Error: Your system clock must be accurate to within 30 seconds"


@pytest.mark.parametrize(
    ("trouble", "becomes", "reason"),
    [
        (no(400, INVALID, "email_address Not a valid email address"), Impossible, "400"),
        (no(400, INVALID, "email_address is a required property"), Impossible, "400"),
        (no(400, INVALID, "template_id is not a valid UUID"), Down, "400"),
        (no(400, BAD, "Missing personalisation: ann"), Down, "400"),
        (no(400, BAD, TRIAL), Down, "400, trial mode"),
        (no(400, BAD, TEAM), Down, "400, key for the team alone"),
        (no(400, BAD, "Template not found"), Down, "400, no such template"),
        (no(403, "AuthError", CLOCK), Down, "403, clock of this machine"),
        (no(403, "AuthError", "Invalid token: API key not found"), Down, "403, unknown key"),
        (no(404, "NoResultFound", "No result found"), Down, "404, no such template"),
        (no(429, "RateLimitError", RATE), Later, "429"),
        (no(429, "TooManyRequestsError", TODAY), Down, "TooManyRequestsError"),
        (no(500, "Exception", "Internal server error for ann"), Unsure, "500"),
        (no(503, "Exception", "Down for maintenance"), Unsure, "503"),
        (Trouble("lost"), Unsure, "no connection"),
        (Trouble("refused"), Unsure, "no connection"),
        (Trouble("not json"), Unsure, "200"),
    ],
    ids=lambda what: what.message if isinstance(what, Trouble) else None,
)
def test_what_a_failure_of_notify_means(
    notify: Notify, sender: NotifySender, trouble: Trouble, becomes: type[NotSent], reason: str
) -> None:
    """Its own words, which may repeat what was sent, are not passed on."""
    notify.trouble.append(trouble)
    failure = meaning(sender)
    assert type(failure) is becomes
    assert str(failure) == reason
    if isinstance(failure, Down):
        assert failure.refuses_us == (trouble.status != 429)
    if isinstance(failure, Later):
        assert failure.after == timedelta(minutes=1)


def test_an_answer_that_never_comes_leaves_a_letter_in_doubt(notify: Notify, clock: Clock) -> None:
    """It may be out."""
    notify.trouble.append(Trouble("hang"))
    hasty = NotifySender(Settings(KEY, TEMPLATE, notify.url), 1, clock)
    assert type(meaning(hasty)) is Unsure


@pytest.mark.parametrize("address", ["not an address", "ann@", "@policeforce.example"])
def test_an_address_that_is_none_is_that_persons_alone(sender: NotifySender, address: str) -> None:
    """Everybody else gets their letters."""
    assert type(meaning(sender, replace(LETTER, to=address))) is Impossible
    assert post(sender) == str(ID)


def test_where_nobody_listens_nothing_was_sent() -> None:
    """That is known, unlike where a line broke."""
    failure = meaning(NotifySender(Settings(KEY, TEMPLATE, "http://127.0.0.1:1")))
    assert type(failure) is Down
    assert (str(failure), failure.refuses_us) == ("no connection", False)


def test_a_certificate_that_is_not_good_is_told_from_a_line_that_broke(tmp_path: Path) -> None:
    """Nothing was said to whoever showed it."""
    with notify_server(authority(tmp_path).context()) as notify:
        failure = meaning(NotifySender(Settings(KEY, TEMPLATE, notify.url)))
        assert type(failure) is Down
        assert str(failure) == "certificate"
        assert notify.calls == []


def test_a_key_that_is_not_known_is_told_as_that(notify: Notify) -> None:
    """Signed with another secret, a call is not ours."""
    other = f"{KEY[:-36]}00000000-0000-4000-8000-000000000000"
    failure = meaning(NotifySender(Settings(other, TEMPLATE, notify.url)))
    assert str(failure) == "403, unknown key"


def test_a_clock_that_is_wrong_is_told_as_that(notify: Notify, sender: NotifySender) -> None:
    """Notify takes a call half a minute after it was signed, at most."""
    notify.clock_is_off = 45
    assert str(meaning(sender)) == "403, clock of this machine"


def test_once_a_days_letters_are_used_up_nothing_is_asked_until_the_next(
    notify: Notify, sender: NotifySender, clock: Clock
) -> None:
    """Notify counts by UTC; asking every few seconds would change nothing."""
    notify.trouble.append(no(429, "TooManyRequestsError", TODAY))
    meaning(sender)
    notify.calls.clear()
    clock.on(hours=11, minutes=59)
    assert type(meaning(sender)) is Down
    with pytest.raises(Down, match="TooManyRequestsError"):
        sender.check()
    assert notify.calls == []
    clock.on(minutes=1)
    sender.check()
    assert post(sender) == str(ID)


# -- asked whether it takes anything ---------------------------------------------------------------
@pytest.mark.parametrize(
    ("trouble", "reason", "refuses_us"),
    [
        (no(403, "AuthError", "Invalid token: API key not found"), "403, unknown key", True),
        (no(404, "NoResultFound", "No result found"), "404, no such template", True),
        (no(500, "Exception", "Internal server error"), "500", False),
        (Trouble("lost"), "no connection", False),
    ],
    ids=lambda what: what.message if isinstance(what, Trouble) else None,
)
def test_whoever_takes_nothing_from_us_is_asked_later(
    notify: Notify, sender: NotifySender, trouble: Trouble, reason: str, *, refuses_us: bool
) -> None:
    """With a code that says why."""
    notify.trouble.append(trouble)
    with pytest.raises(Down) as down:
        sender.check()
    assert (down.value.reason, down.value.refuses_us) == (reason, refuses_us)


def test_whoever_lets_us_wait_answers_us(notify: Notify, sender: NotifySender) -> None:
    """That is all that was asked."""
    notify.trouble.append(no(429, "RateLimitError", RATE))
    sender.check()


@pytest.mark.parametrize(
    ("subject", "body"), [("Early help", "((body))"), ("((subject))", "Please look at the pages.")]
)
def test_a_template_that_would_drop_a_part_of_a_letter_is_refused(
    notify: Notify, sender: NotifySender, subject: str, body: str
) -> None:
    """Notify takes the letter all the same, and people would get one without its link."""
    notify.subject, notify.body = subject, body
    with pytest.raises(Down, match="template without") as down:
        sender.check()
    assert down.value.refuses_us


# -- never twice -----------------------------------------------------------------------------------
def test_after_a_crash_it_is_found_by_its_reference_and_not_sent_again(
    notify: Notify, sender: NotifySender
) -> None:
    """The line broke after Notify took it; the next process knows nothing of that."""
    notify.trouble.append(Trouble("lost"))
    assert type(meaning(sender)) is Unsure
    begun_anew = NotifySender(Settings(KEY, TEMPLATE, notify.url))
    assert begun_anew.find(TO, PROMISE) == str(ID)
    assert post(begun_anew, look=True) == str(ID)
    assert len(notify.letters) == 1


@pytest.mark.parametrize("trouble", [Trouble("refused"), no(500, "Exception", "Internal error")])
def test_what_notify_does_not_have_is_sent_again(
    notify: Notify, sender: NotifySender, trouble: Trouble
) -> None:
    """The line broke before Notify took it, or Notify failed."""
    notify.trouble.append(trouble)
    assert type(meaning(sender)) is Unsure
    assert sender.find(TO, PROMISE) is None
    assert post(sender, look=True) == str(ID)
    assert len(notify.letters) == 1


def test_what_notify_could_not_send_is_sent_again(notify: Notify, sender: NotifySender) -> None:
    """It says so itself of a technical failure, and of no other end."""
    post(sender)
    notify.letters[0]["status"] = "permanent-failure"
    post(sender, look=True)
    assert len(notify.letters) == 1
    notify.letters[0]["status"] = "technical-failure"
    assert sender.find(TO, PROMISE) is None
    post(sender, look=True)
    assert len(notify.letters) == 2


@pytest.mark.parametrize(
    ("trouble", "becomes"),
    [
        (Trouble("lost"), Unsure),
        (no(500, "Exception", "Internal server error"), Unsure),
        (no(429, "RateLimitError", RATE), Later),
        (Trouble("not json"), Unsure),
        (Trouble("other json"), Unsure),
    ],
    ids=lambda what: what.kind if isinstance(what, Trouble) else None,
)
def test_while_it_cannot_be_looked_for_nothing_is_sent(
    notify: Notify, sender: NotifySender, trouble: Trouble, becomes: type[NotSent]
) -> None:
    """Nobody knows whether it is there."""
    post(sender)
    notify.trouble.append(trouble)
    with pytest.raises(becomes):
        post(sender, look=True)
    assert len(notify.letters) == 1


def test_several_threads_send_at_once(notify: Notify) -> None:
    """Each has a connection of its own, and what one waits for holds up no other."""
    notify.trouble.append(Trouble("hang"))
    slow = NotifySender(Settings(KEY, TEMPLATE, notify.url), 60)
    held = Thread(target=lambda: meaning(slow))
    held.start()
    while not notify.calls:
        held.join(0.01)
    threads = [Thread(target=post, args=(slow,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert held.is_alive()
    notify.over.set()
    held.join()
    assert len(notify.letters) == 9


# -- what is kept from others ----------------------------------------------------------------------
def test_nothing_of_a_letter_reaches_a_log(
    notify: Notify, sender: NotifySender, caplog: pytest.LogCaptureFixture
) -> None:
    """The library writes down what Notify says, and that may repeat what was sent."""
    caplog.set_level(logging.INFO)
    notify.trouble.append(no(400, BAD, "Missing personalisation: ann"))
    meaning(sender)
    assert caplog.text == ""


def test_the_library_is_loaded_once_a_letter_is_sent() -> None:
    """Whoever does not use Notify does not wait for it."""
    program = (
        "import sys, bots.mail.notify.sender; "
        "sys.exit(bool({'requests', 'notifications_python_client'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
