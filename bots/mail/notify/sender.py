"""Sends letters through GOV.UK Notify, and says what its answers mean.

A letter's id goes along as its reference, by which Notify finds it for a week: what is in doubt is
looked for before it is sent again. Notify keeps a letter's words for as long, and whoever works with
its pages there can read them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from bots.delivery.sender import Down, Gone, Impossible, Later, NotSent, Unsure
from bots.mail.letter import Letter
from bots.mail.message import text_of
from bots.mail.notify.settings import Settings
from bots.mail.plain import one_line
from bots.messages.promise import Promise
from ehsg_events.kernel import Surface
from ehsg_events.states.streams import message_stream

if TYPE_CHECKING:
    from notifications_python_client.errors import APIError
TIMEOUT = 30.0  # seconds that Notify has to answer
LEASE = timedelta(minutes=10)  # longer than the calls to Notify of one turn
A_MINUTE = timedelta(minutes=1)  # over which Notify counts the letters of a key
FIELDS = ("subject", "body")
NO_CONNECTION, UNTRUSTED, SENT = "no connection", "certificate", "sent"
OTHER_TEMPLATE, NO_TEMPLATE = "template without ((subject)) and ((body))", "no such template"
NOT_SENT = "technical-failure"  # the status of a letter that Notify took and could not send
TODAYS, ADDRESS = "TooManyRequestsError", "email_address"
HINTS: Mapping[str, str] = {  # what Notify says, and what we say of it; neither names anybody
    "trial mode": "trial mode",
    "team-only": "key for the team alone",
    "system clock": "clock of this machine",
    "API key not found": "unknown key",
    "has been archived": NO_TEMPLATE,
    "Template not found": NO_TEMPLATE,
    "No result found": NO_TEMPLATE,
}

# What it writes of a call that failed may hold what stands in a letter.
logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)


def _now() -> datetime:
    return datetime.now(UTC)


class NotifySender:
    """Hands letters to GOV.UK Notify; safe for several threads.

    Args:
        timeout: seconds that Notify has to answer.
        clock: says now, in UTC.
    """

    surface: Surface = "mail"
    can_look, lease = True, LEASE

    def __init__(
        self,
        settings: Settings,
        timeout: float = TIMEOUT,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self._settings, self._timeout, self._clock = settings, timeout, clock
        self._used_up: datetime | None = None  # until when no more letters are taken today

    def check(self) -> None:
        """Ask Notify whether it knows us, and whether the template has room for a letter.

        Raises:
            Down: it does not, it has not, or today's letters are used up.
        """
        self._refuse_if_used_up()
        try:
            template = self._ask(lambda notify: notify.get_template(self._settings.template))
        except Later:  # it answers us, which is enough
            return
        except Unsure as unsure:
            raise Down(str(unsure) or NO_CONNECTION) from None
        if not _has_room(template):
            raise Down(OTHER_TEMPLATE, refuses_us=True)

    def post(self, person: str, promise: Promise, content: Letter, *, look: bool) -> str:
        """Hand a letter over; its id. With `look`, only if Notify does not have it yet.

        Raises:
            Impossible: nobody has this address.
            Later: too many letters in a minute.
            Down: Notify takes nothing from us, or no more today.
            Unsure: no answer came.
        """
        reference = _reference(promise)
        if look and self._stands(reference):
            return reference
        self.hand_over(person, reference, content)
        return reference

    def hand_over(self, person: str, reference: str, content: Letter) -> None:
        """Hand a letter over; what it raises is what `post` raises.

        Args:
            reference: by which it is found again.
        """
        self._refuse_if_used_up()
        self._ask(
            lambda notify: notify.send_email_notification(
                email_address=person,
                template_id=self._settings.template,
                personalisation={"subject": one_line(content.subject), "body": text_of(content)},
                reference=reference,
                one_click_unsubscribe_url=_over_https(content.stop),
            )
        )

    def change(self, person: str, reference: str, promise: Promise, content: Letter) -> None:
        """A letter that is out is never changed.

        Raises:
            Gone: always.
        """
        del person, reference, promise, content
        raise Gone(SENT)

    def find(self, person: str, promise: Promise) -> str | None:
        """The id of a letter that may have been handed over, none when Notify does not have it."""
        del person
        reference = _reference(promise)
        return reference if self._stands(reference) else None

    def _stands(self, reference: str) -> bool:
        """Whether Notify has a letter, and has not given it up."""
        answer = self._ask(lambda notify: notify.get_all_notifications(reference=reference))
        letters = answer.get("notifications") if isinstance(answer, dict) else None
        if not isinstance(letters, list):  # somebody else answered
            raise Unsure
        return any(letter.get("status") != NOT_SENT for letter in letters)

    def _refuse_if_used_up(self) -> None:
        if self._used_up is not None and self._clock() < self._used_up:
            raise Down(TODAYS)
        self._used_up = None

    # -- calls -------------------------------------------------------------------------------------
    def _ask(self, call: Callable[[Any], Any]) -> Any:
        """Call Notify, with a client of this call's own: one is not made for several threads."""
        from notifications_python_client.errors import APIError
        from notifications_python_client.notifications import NotificationsAPIClient

        client: Any = NotificationsAPIClient  # which has no types
        notify = client(self._settings.key, self._settings.url, self._timeout)
        with notify.request_session:
            try:
                return call(notify)
            except APIError as failure:
                meaning = meaning_of(failure)
        if isinstance(meaning, Down) and meaning.reason == TODAYS:
            self._used_up = _midnight_after(self._clock())
        raise meaning


def _reference(promise: Promise) -> str:
    """The id of a promise's letter, which names nobody."""
    return str(message_stream(promise.assessment, promise.name).id)


def _has_room(template: Any) -> bool:
    """Whether each field stands where a letter's text goes: Notify drops what has no place."""
    known = template if isinstance(template, dict) else {}
    return all(f"(({name}))" in str(known.get(name, "")) for name in FIELDS)


def _over_https(url: str | None) -> str | None:
    """An address for mail providers to call, who call no other; on this machine there is none."""
    return url if url is not None and url.startswith("https://") else None


def _midnight_after(now: datetime) -> datetime:
    """When Notify begins to count a day's letters anew."""
    return datetime.combine(now.date() + timedelta(days=1), time(), UTC)


# -- what failures mean ----------------------------------------------------------------------------
def meaning_of(failure: APIError) -> NotSent:
    """Whether a failed call is about the person, about us, or nobody knows."""
    if failure.response is None:
        return _of_a_lost_connection(failure.__cause__)
    status, errors = failure.status_code, _errors(failure.message)
    if status == 400 and errors and all(says.startswith(ADDRESS) for _, says in errors):
        return Impossible(_code(status, errors))
    if status == 429:
        is_of_today = any(name == TODAYS for name, _ in errors)
        return Down(TODAYS) if is_of_today else Later(_code(status, errors), A_MINUTE)
    if 400 <= status < 500:
        return Down(_code(status, errors), refuses_us=True)
    return Unsure(_code(status, errors))


def _errors(message: Any) -> list[tuple[str, str]]:
    """What Notify names as wrong, each with what it says of it."""
    listed = message if isinstance(message, list) else []
    return [
        (str(error.get("error", "")), str(error.get("message", "")))
        for error in listed
        if isinstance(error, dict)
    ]


def _code(status: int, errors: list[tuple[str, str]]) -> str:
    """A failure in a few words of ours: Notify's own may repeat what was sent."""
    hints = (hint for words, hint in HINTS.items() for _, says in errors if words in says)
    hint = next(hints, None)
    return f"{status}, {hint}" if hint else str(status)


def _of_a_lost_connection(lost: BaseException | None) -> NotSent:
    """Whether nothing was sent, or nobody knows."""
    from ssl import SSLCertVerificationError

    from requests.exceptions import ConnectTimeout, ProxyError
    from urllib3.exceptions import NewConnectionError

    origins = list(_origins(lost))
    if any(isinstance(each, SSLCertVerificationError) for each in origins):
        return Down(UNTRUSTED)
    if any(isinstance(each, NewConnectionError | ConnectTimeout | ProxyError) for each in origins):
        return Down(NO_CONNECTION)
    return Unsure(NO_CONNECTION)


def _origins(error: BaseException | None) -> Iterator[BaseException]:
    """An exception, and those that it wraps, each in its own way."""
    while error is not None:
        yield error
        inner = (getattr(error, "reason", None), *error.args)
        error = next((one for one in inner if isinstance(one, BaseException)), None)
