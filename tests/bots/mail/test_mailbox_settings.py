"""In which mailbox returned letters are looked for: settings by name, the password never shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.mail.certificates import authority

from bots.mail.returns.settings import PASSWORD, PLACE, Settings, read_settings
from bots.mail.settings import CA_FILE, CLIENT, FROM, SECRET, TENANT, OAuth
from bots.mail.settings import URL as SENDING
from ehsg_events.kernel import Refused

URL, DOMAIN = "imaps://bounces@mail.example", "testham.example"
LETTERS = {SENDING: "smtp://relay.example", FROM: f"early-help@{DOMAIN}"}
WHOLE = {**LETTERS, PLACE: URL, PASSWORD: "s3cret"}


def test_no_mailbox_is_looked_into_unless_one_is_set() -> None:
    """Whoever sends letters need not read what comes back."""
    assert read_settings(LETTERS) is None
    assert read_settings({PLACE: " "}) is None


@pytest.mark.parametrize(
    ("url", "settings"),
    [
        (URL, Settings("mail.example", "bounces", DOMAIN, "s3cret")),
        (f"{URL}:1993/", Settings("mail.example", "bounces", DOMAIN, "s3cret", port=1993)),
        (
            "imaps://bounces@testham.example@mail.example/Returned%20letters",
            Settings(
                "mail.example",
                "bounces@testham.example",
                DOMAIN,
                "s3cret",
                folder="Returned letters",
            ),
        ),
        (
            "imaps://bounces%40testham.example@[::1]/INBOX/Returned",
            Settings("::1", "bounces@testham.example", DOMAIN, "s3cret", folder="INBOX/Returned"),
        ),
    ],
)
def test_an_address_says_who_signs_in_where_and_which_folder_is_looked_through(
    url: str, settings: Settings
) -> None:
    """A user's name may hold an @, as Microsoft's do."""
    assert read_settings({**WHOLE, PLACE: url}) == settings


def test_the_password_may_stand_in_a_file_and_is_never_shown(tmp_path: Path) -> None:
    """A file is not seen in the list of running programs."""
    (tmp_path / "password").write_text("s3cret\n")
    settings = read_settings(
        {**LETTERS, PLACE: URL, f"{PASSWORD}_FILE": str(tmp_path / "password")}
    )
    assert settings is not None
    assert settings.password == "s3cret"
    assert "s3cret" not in repr(settings)


def test_where_letters_are_sent_with_tokens_no_password_is_needed() -> None:
    """Microsoft 365 takes none; where one is set all the same, it is the mailbox's."""
    entra = {TENANT: "tenant", CLIENT: "client", SECRET: "secret"}
    settings = read_settings({**LETTERS, **entra, PLACE: URL})
    assert settings is not None
    assert (settings.password, settings.oauth) == ("", OAuth("tenant", "client", "secret"))
    settings = read_settings({**WHOLE, **entra})
    assert settings is not None
    assert (settings.password, settings.oauth) == ("s3cret", None)


def test_whom_to_trust_is_set_once_for_sending_and_reading(tmp_path: Path) -> None:
    """A council's own authority signs for both servers."""
    vouching = authority(tmp_path)
    settings = read_settings({**WHOLE, CA_FILE: str(vouching.trusted)})
    assert settings is not None
    assert settings.ca_file == vouching.trusted


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({**LETTERS, PLACE: URL}, PASSWORD),
        ({**LETTERS, PASSWORD: "x"}, PLACE),
        ({PLACE: URL, PASSWORD: "s3cret"}, SENDING),
        ({**LETTERS, PLACE: URL, f"{PASSWORD}_FILE": "/nowhere/password"}, f"{PASSWORD}_FILE"),
        ({**WHOLE, CA_FILE: "/nowhere/authority.pem"}, CA_FILE),
        *(
            ({**WHOLE, PLACE: url}, PLACE)
            for url in (
                "imap://bounces@mail.example",
                "https://bounces@mail.example",
                "mail.example",
                "imaps://mail.example",
                "imaps://bounces@",
                "imaps://bounces@mail.example:0",
                "imaps://bounces@mail.example:port",
                "imaps://bounces@mail.example:99999",
                "imaps://bounces@[::1",
                "imaps://bounces:s3cret@mail.example",
                "imaps://bounces@mail.example/INBOX?x",
                "imaps://bounces@mail.example/Wedi%CA%BCu",
                "imaps://bounces@mail.example/INBOX%0d%0aDELETE",
            )
        ),
    ],
)
def test_what_is_half_set_or_not_understood_is_named(
    environment: dict[str, str], named: str
) -> None:
    """With what to do about it; a password that stands in the address is not repeated."""
    with pytest.raises(Refused, match=named) as refused:
        read_settings(environment)
    assert "s3cret" not in str(refused.value)
