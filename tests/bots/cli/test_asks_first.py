"""What is hard to undo asks first: it names what is so, and the word that does it all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.area import CLOSES, PANEL, Area
from support.ehsg import PANEL as PEOPLE
from support.ehsg import ehsg
from support.log.handing import asks_to_hand_on

from ehsg_events.log.log import Log


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A round that is open until 2028, and police-1 asked that a colleague answers."""
    with Log(tmp_path / "data") as log:
        area = Area(log)
        area.open()
        area.open_round(deadline=CLOSES.replace(year=2028))
        for member in PANEL[1:]:
            area.answer(member.id, "5.1", "3")
            area.answer(member.id, "5.2", "3")
        asks_to_hand_on(area, "police-1")
    return tmp_path / "data"


def asks(data: Path, flag: str, sentence: str, *words: str) -> None:
    """Refused with a sentence; with the flag it is done."""
    refused = ehsg(data, *words)
    assert refused.code == 2
    assert sentence in refused.err
    assert flag in refused.err
    done = ehsg(data, *words, flag)
    assert done.code == 0, done.err


def test_a_shorter_deadline_a_close_and_a_signature_ask_first(data: Path) -> None:
    """Each once; then the sign-off is withdrawn without any of these words."""
    earlier = ("round", "extend", "--deadline", "2028-10-18", "--because", "haste")
    asks(data, "--earlier", "People were told that they have until 5pm on", *earlier)
    asks(data, "--all-the-same", "police-1 asked that a colleague answers", "round", "close")
    signed = ("sign-off", "--role", "SRO", "--name", "Jo")
    asks(data, "--with-blanks", "Still blank: the priorities; the data model", *signed)
    assert ehsg(data, "sign-off", "--withdraw", "--because", "a mistake").code == 0


def test_a_second_assessment_asks_and_says_what_comes_next(tmp_path: Path) -> None:
    """Its id stands alone for programs; what to do now stands beside it."""
    data, panel = tmp_path / "data", tmp_path / "panel.csv"
    panel.write_text(PEOPLE, encoding="utf-8")
    given = ("--guide", "ehsg-2022@1", "--area", "Testham", "--panel", str(panel))
    first = ehsg(data, "assessment", "open", *given)
    assert "Next: rehearse the first round" in first.err
    (row,) = ehsg(data, "assessment", "list", "--json").document
    assert first.out.split() == [row["assessment"]]
    asks(data, "--again", row["assessment"], "assessment", "open", *given)
    assert len(ehsg(data, "assessment", "list", "--json").document) == 2
