"""Every document the project grew from: opened, interviewed, agreed and reported, end to end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest

from bots import terminal
from bots.interview.record import talk_of
from ehsg_events.commands import assessments, outcomes, rounds
from ehsg_events.kernel import Role, Stamp
from ehsg_events.log.log import Log
from ehsg_events.panel.panel_file import read_panel
from ehsg_events.panel.panel_table import table_of
from ehsg_events.states.interview import SCORE
from ehsg_events.states.situation import Situation
from ehsg_events.values.policy import Rule, Terms
from guides import library
from guides.model import Guide
from projections.documents.formats import report_as
from projections.facts.view import view_at
from projections.figures.names import numbered

OPENS = datetime(2026, 10, 5, 8, tzinfo=UTC)
CLOSES = datetime(2026, 10, 23, 16, tzinfo=UTC)
NAME = UUID(int=11)
ASKED = {  # whom each guide asks about what: sections, parts and roles, as a panel file says it
    "ehsg-2022@1": ["service data"],
    "ehsg-2020@1": ["system", "data"],
    "isos-2019@1": ["leader practitioner"],
    "nw-2013@1": ["planner", "resources", "analyst"],
    "ehsg-2020@2": ["system", "data"],
    "ehsg-2022@2": ["service data"],
    "isos-2019@2": ["leader practitioner"],
    "nw-2013@2": ["planner", "commissioner", "analyst"],
}
WORDS = "Somebody saw it and wrote it down."


def panel(asked: list[str]) -> str:
    """Three people of three agencies for each part of a guide."""
    lines = [
        f"Given Surname {part}{n},Agency {n},worker,{asked[part]},part-{part}-{n}"
        for part in range(len(asked))
        for n in range(3)
    ]
    return "\n".join(["name,agency,works_as,asked,id", *lines])


class Told:
    """One whole assessment, told through the terminal's own talk."""

    def __init__(self, log: Log, name: str) -> None:
        self.log, self.name, self.causes = log, name, count()
        self.guide: Guide = library.guide(name).guide
        self.said: list[str] = []

    def stamp(self, by: str = "coordinator", role: Role = "coordinator") -> Stamp:
        cause = f"cause-{next(self.causes)}"
        return Stamp(at=OPENS, by=by, role=role, surface="terminal", cause=cause, key=cause)

    def tell(self) -> None:
        """Open, interview everyone, close, settle what is left, sign off."""
        members = read_panel(table_of(panel(ASKED[self.name]), "panel.csv"), self.guide).members
        terms = Terms(rule=Rule(rounds=1))
        opened = (self.stamp(), NAME, "Testham", self.name, members, terms)
        assessments.open_assessment(self.log, *opened)
        rounds.open_round(self.log, self.stamp(), NAME, CLOSES)
        for member in members:
            self.interview(member.id)
        rounds.close_round(self.log, self.stamp(), NAME)
        for item in self.unsettled():
            level = self.guide.scale_of(item).levels[0].value
            outcomes.moderate(self.log, self.stamp(), NAME, item, level, "We talked about it.")
        outcomes.sign_off(self.log, self.stamp(), NAME, "Lead", "Given Surname")

    def interview(self, who: str) -> None:
        """One person answers everything, and the first descriptor unlike the others."""

        def stamp(_: str) -> Stamp:
            return self.stamp(who, "stakeholder")

        terminal.interview(self.log, stamp, NAME, who, self.lines(who), self.said.append)

    def lines(self, who: str) -> Iterator[str]:
        """What a person types, whatever is asked next."""
        yield "start"
        while True:
            ask = talk_of(self.log, NAME, who, self.stamp().at)[1].ask
            if ask is None:
                return
            if ask.field != SCORE:
                yield WORDS
                yield "next"
            elif ask.item in self.guide.numbers:
                yield "12"
            else:
                yield self.level(ask.item, who)

    def level(self, item: str, who: str) -> str:
        """The strongest level; on the first descriptor one of the three takes the weakest."""
        levels = self.guide.scale_of(item).levels
        odd = item == next(iter(self.guide.descriptors)) and who.endswith("-0")
        return levels[0 if odd else -1].value

    @property
    def now(self) -> Situation:
        return self.log.situation(NAME)

    def unsettled(self) -> list[str]:
        now = self.now
        assert now.newest is not None
        asked = [item for item in self.guide.descriptors if item in now.newest.items]
        return [item for item in asked if now.outcomes[item].score is None]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", library.published())
def test_a_guide_goes_from_its_file_to_a_signed_report(log: Log, name: str) -> None:
    """Everyone is asked their part, what is agreed stands, the rest is moderated, all is reported."""
    told = Told(log, name)
    told.tell()
    now, guide = told.now, told.guide
    assert all(interview.completed for interview in now.interviews.values())
    answered = {item for interview in now.interviews.values() for item in interview.answers}
    assert answered == set(guide.items)
    first = next(iter(guide.descriptors))
    for item in guide.descriptors:
        scale = guide.scale_of(item)
        assert now.outcomes[item].score == (scale.lowest if item == first else scale.highest)
    page = report_as(view_at(log, NAME), "md").decode()
    assert "Signed off by the Lead" in page
    for item in guide.items:
        assert (item if guide.items[item].label else numbered(item)) in page
    for number in guide.numbers.values():
        assert f"12{'' if number.unit == '%' else ' '}{number.unit}" in page
    assert "Given Surname" not in page


def test_the_parts_of_2020_are_asked_of_different_people() -> None:
    """41 questions on the system for some; 23 on data and three big ones for others."""
    members = read_panel(
        table_of(panel(ASKED["ehsg-2020@1"]), "panel.csv"), library.guide("ehsg-2020@1").guide
    ).members
    asked = {len(member.items): set(member.items) for member in members}
    assert sorted(asked) == [26, 41]
    assert not asked[26] & asked[41]
    assert {"big-1", "big-2", "big-3"} < asked[26]


def test_isos_has_sixteen_enablers_in_four_dimensions_on_four_suggested_phases() -> None:
    """The levels are ours, and say so."""
    guide = library.guide("isos-2019@1").guide
    assert [len(section.items) for section in guide.sections] == [4, 4, 4, 4]
    (scale,) = guide.scales
    assert (len(scale.levels), scale.suggested) == (4, True)


def test_nw_is_a_checklist_with_words_and_numbers() -> None:
    """21 steps, 9 questions and 4 judgements in words, 17 figures with units, 11 groups."""
    guide = library.guide("nw-2013@1").guide
    words = [i for i in guide.items if i not in guide.descriptors and i not in guide.numbers]
    assert (len(guide.descriptors), len(words), len(guide.numbers)) == (21, 13, 17)
    assert all(number.unit for number in guide.numbers.values())
    assert len(guide.target_groups) == 11


@pytest.mark.parametrize("name", ["isos-2019@1", "nw-2013@1"])
def test_no_personal_contact_came_along(name: str) -> None:
    """The source of one prints names, telephone numbers and addresses."""
    text = (
        Path(library.SHELF / f"{name}.yaml").read_text(encoding="utf-8").partition("sections:")[2]
    )
    assert "@" not in text
    assert "0151" not in text
    assert not any(word in text.lower() for word in ("e-mail", "telephone", "tel:"))
