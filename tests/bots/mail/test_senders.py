"""Letters leave by the one way that is set up."""

from __future__ import annotations

from threading import Event

import pytest
from support.mail.letters import FROM
from support.mail.notify_server import KEY, TEMPLATE

from bots.mail.notify.sender import NotifySender
from bots.mail.senders import chosen
from bots.mail.smtp.sender import MailSender
from ehsg_events.kernel import Refused

BY_SMTP = {"EHSG_MAIL_URL": "smtp://127.0.0.1:25", "EHSG_MAIL_FROM": FROM}
BY_NOTIFY = {"EHSG_NOTIFY_KEY": KEY, "EHSG_NOTIFY_TEMPLATE": TEMPLATE}


@pytest.mark.parametrize(
    ("environment", "sender"), [(BY_SMTP, MailSender), (BY_NOTIFY, NotifySender)]
)
def test_what_is_set_says_who_sends(environment: dict[str, str], sender: type) -> None:
    """A mail server, or GOV.UK Notify."""
    with chosen(environment, Event()) as one:
        assert type(one) is sender


@pytest.mark.parametrize("environment", [{}, {**BY_SMTP, **BY_NOTIFY}])
def test_neither_or_both_is_refused(environment: dict[str, str]) -> None:
    """A letter leaves by one way."""
    with pytest.raises(Refused), chosen(environment, Event()):
        pass
