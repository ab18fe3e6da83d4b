"""How letters leave through GOV.UK Notify: settings by name, the key never shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.mail.notify_server import KEY as A_KEY
from support.mail.notify_server import TEMPLATE as A_TEMPLATE

from bots.mail.notify.settings import KEY, NOTIFY, TEMPLATE, URL, Settings, read_settings
from bots.mail.settings import URL as BY_SMTP
from ehsg_events.kernel import Refused

WHOLE = {KEY: A_KEY, TEMPLATE: A_TEMPLATE}


def test_nothing_goes_through_notify_unless_it_is_set() -> None:
    """Its address alone sets nothing."""
    assert read_settings({}) is None
    assert read_settings({URL: NOTIFY, KEY: " "}) is None


def test_the_key_may_stand_in_a_file_and_is_never_shown(tmp_path: Path) -> None:
    """A file is not seen in the list of running programs."""
    (tmp_path / "key").write_text(f"{A_KEY}\n")
    settings = read_settings({f"{KEY}_FILE": str(tmp_path / "key"), TEMPLATE: A_TEMPLATE})
    assert settings == Settings(A_KEY, A_TEMPLATE, NOTIFY)
    assert A_KEY[-36:] not in repr(settings)


@pytest.mark.parametrize("url", ["https://notify.example", "http://127.0.0.1:6011"])
def test_another_address_is_encrypted_or_on_this_machine(url: str) -> None:
    """So that it can be tried."""
    settings = read_settings({**WHOLE, URL: url})
    assert settings is not None
    assert settings.url == url


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({KEY: A_KEY}, TEMPLATE),
        ({TEMPLATE: A_TEMPLATE}, KEY),
        ({TEMPLATE: A_TEMPLATE, f"{KEY}_FILE": "/nowhere/key"}, f"{KEY}_FILE"),
        ({**WHOLE, BY_SMTP: "smtp://relay.example"}, BY_SMTP),
        ({**WHOLE, KEY: A_KEY[:-1]}, KEY),
        ({**WHOLE, KEY: f"{A_KEY}\nX: y"}, KEY),
        ({**WHOLE, TEMPLATE: "early help"}, TEMPLATE),
        ({**WHOLE, URL: "http://notify.example"}, URL),
        ({**WHOLE, URL: "https://[::1"}, URL),
        ({**WHOLE, URL: "https://"}, URL),
    ],
)
def test_what_is_half_set_or_not_understood_is_named(
    environment: dict[str, str], named: str
) -> None:
    """With what to do about it, and without the key."""
    with pytest.raises(Refused, match=named) as refused:
        read_settings(environment)
    assert A_KEY[-20:-1] not in str(refused.value)
