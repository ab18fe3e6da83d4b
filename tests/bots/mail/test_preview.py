"""A letter that is looked at beforehand says what the one says that is sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support.post_office import PANEL, Town

from bots.mail.letter import Letter
from bots.mail.preview import previews
from ehsg_events.commands import sign_in
from ehsg_events.log.log import Log


def leads(letter: Letter) -> str:
    """To which kind of page a letter leads."""
    assert letter.link is not None
    return letter.link.url.split("/")[3]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_in_whatever_language_it_is_read(tmp_path: Path, language: str) -> None:
    """What the guide calls things, too."""
    place = Town(Log(tmp_path / "data"))
    place.open((replace(PANEL[0], language=language), *PANEL[1:]))
    (sent,) = place.delivered()
    shown = previews(place.log, place.assessment, "notice", language, place.clock())["notice"]
    for one in (sent, shown):
        assert one.subject.partition(":")[0] == sent.subject.partition(":")[0]
        assert {line for line in sent.closing if "Early Help" in line} <= {*one.closing}
        assert leads(one) == leads(sent)


def test_a_way_in_is_open_as_long(tmp_path: Path) -> None:
    """A day, and it leads where people sign in."""
    place = Town(Log(tmp_path / "data"))
    place.open()
    place.delivered()
    sign_in.ask(place.log, place.stamp("ask", "anybody"), "lea.north@council.example.org")
    (sent,) = place.delivered()
    shown = previews(place.log, place.assessment, "sign-in", "en", place.clock())["sign-in"]
    assert (shown.subject, shown.paragraphs) == (sent.subject, sent.paragraphs)
    assert leads(shown) == leads(sent)
