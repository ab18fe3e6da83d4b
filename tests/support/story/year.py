"""Two years of one area on one log, under two small guides with a crosswalk between them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from ehsg_events.commands import assessments, outcomes, rounds
from ehsg_events.log.log import Log
from ehsg_events.panel.member import Member
from ehsg_events.values.policy import Rule, Terms
from guides import library
from guides.mistakes import check
from support.area import Area

ONCE = Terms(rule=Rule(rounds=1, quorum_scores=1, quorum_invited=0.1, quorum_agencies=0.1))
SHORT = """
    levels:
      - {value: "0", score: 0, label: Not yet}
      - {value: "1", score: 1, label: Partly}
      - {value: "2", score: 2, label: Mostly}
      - {value: "3", score: 3, label: Wholly}
"""
LONG = SHORT + '      - {value: "4", score: 4, label: Lastingly}\n'
EARLIER = dict.fromkeys(("voice", "lead", "hubs", "plan"), "short")
LATER = dict.fromkeys(("voice", "leads", "plans", "record"), "short") | {"hubs": "long"}
WALK = """\
earlier: tiny@1
later: tiny@2
version: 1
by: Our own.
scales: Hubs have a level more.
bearings:
  - {item: voice, kind: same, earlier: [voice], lost: Nothing.}
  - {item: leads, kind: same, earlier: [lead], lost: Its name.}
  - {item: hubs, kind: same, earlier: [hubs], lost: Nothing but the scale.}
  - {item: plans, kind: close, earlier: [plan], lost: A word.}
  - {item: record, kind: none, lost: Nothing earlier.}
"""


def guide(version: int, items: Mapping[str, str]) -> str:
    """A guide with a scale for each of its descriptors."""
    asked = "".join(
        f"      - {{id: {item}, statement: It is so., scale: {scale}}}\n"
        for item, scale in items.items()
    )
    return (
        f"name: tiny\nversion: {version}\ntitle: Tiny\nyear: 202{version}\npublisher: us\n"
        f"licence: ours\nsources:\n  - document: our own words\nscales:\n  - id: short{SHORT}"
        f"  - id: long{LONG}sections:\n  - id: first\n    title: First\n    items:\n{asked}"
    )


def publish(log: Log) -> None:
    """Put both guides and the crosswalk on the data folder's shelf."""
    for text in (guide(1, EARLIER), guide(2, LATER), WALK):
        document, mistakes = check(text, lambda name: library.guide(name, log.folder).guide)
        assert document is not None, mistakes
        library.publish(document, text.encode(), log.folder)


def member(who: str, told: str, items: tuple[str, ...]) -> Member:
    """Somebody on the panel, told as `Name of Agency`."""
    name, _, agency = told.partition(" of ")
    return Member(who, name, agency, "practitioner", items, None)


class Year:
    """One year's assessment: opened with its round, answered, closed."""

    def __init__(
        self, log: Log, year: int, people: Mapping[str, str], guide: str = "tiny@1"
    ) -> None:
        self.area = Area(log, id=UUID(int=year))
        self.at = datetime(year, 3, 2, 9, tzinfo=UTC)
        items = tuple(library.guide(guide, log.folder).guide.descriptors)
        panel = [member(who, told, items) for who, told in people.items()]
        stamp = self.area.stamp(self.at)
        assessments.open_assessment(log, stamp, self.area.id, "Sefton", guide, panel, ONCE)
        rounds.open_round(log, self.area.stamp(self.at), self.area.id, None)

    def said(self, item: str, **scores: str) -> Year:
        """Several people score one descriptor."""
        for who, value in scores.items():
            self.area.answer(who.replace("_", "-"), item, value, at=self.at)
        return self

    def closed(self) -> Year:
        """Close the round."""
        rounds.close_round(self.area.log, self.area.stamp(self.at), self.area.id)
        return self

    def moderated(self, item: str, level: str) -> Year:
        """Settle a descriptor by hand."""
        log, stamp = self.area.log, self.area.stamp(self.at)
        outcomes.moderate(log, stamp, self.area.id, item, level, "as we agreed")
        return self
