"""The players of a rehearsal: 30 invented people from 11 agencies, and how each would answer.

Scores scatter around a published self-assessment. Everything follows from the seed, so that a
rehearsal that was killed continues exactly as it would have without the kill.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any, Literal

import yaml

from ehsg_events.panel.member import Member
from ehsg_events.states.interview import Answer
from guides.model import Guide, Scale

Temper = Literal["prompt", "slow", "late", "silent", "withdraws", "unsure", "edits"]
TEAM = "T0REHEARSE"
SPLIT = "9.5"  # the descriptor on which two camps form


@dataclass(frozen=True)
class Player:
    """One invented person: where they work, what they are asked, and what they are like."""

    member: Member
    temper: Temper
    high_camp: bool

    @property
    def id(self) -> str:
        """The pseudonym on the log."""
        return self.member.id


PEOPLE: tuple[tuple[str, str, str, str, Temper], ...] = (
    ("Amara Okafor", "Early Help Service", "Family support worker", "5", "prompt"),
    ("Beth Carline", "Early Help Service", "Team manager", "6", "prompt"),
    ("Callum Reid", "Early Help Service", "Early help lead", "8 6.3", "slow"),
    ("Dina Haddad", "Early Help Service", "Data analyst", "9", "edits"),
    ("Ewan Pryce", "Children's Social Care", "Social worker", "6", "slow"),
    ("Farah Aziz", "Children's Social Care", "Head of service", "8 9.5", "prompt"),
    ("Gwen Tudor", "Police", "Early action sergeant", "6", "late"),
    ("Harvey Lund", "Police", "Chief inspector", "8 9.5", "silent"),
    ("Isla Brandt", "Police", "Performance analyst", "9", "prompt"),
    ("Joanne Mbeki", "Health Visiting", "Health visitor", "5", "prompt"),
    ("Kiran Sahota", "Health Visiting", "Clinical lead", "5 6.3", "late"),
    ("Lena Fischer", "Health Visiting", "School nurse", "6", "prompt"),
    ("Marcus Bell", "NHS Integrated Care Board", "Programme director", "8 9.5", "slow"),
    ("Nadia Rahman", "NHS Integrated Care Board", "Information manager", "9", "prompt"),
    ("Owen Vaughan", "Schools", "Head teacher", "5 6.7", "unsure"),
    ("Petra Novak", "Schools", "Attendance lead", "6", "prompt"),
    ("Quentin Ashe", "Schools", "Inclusion manager", "7 5.6", "slow"),
    ("Rosa Delgado", "Schools", "Designated lead", "8 6.7", "prompt"),
    ("Sanjay Mehta", "Housing", "Tenancy sustainment officer", "7 5.6", "prompt"),
    ("Tess Holloway", "Housing", "Systems officer", "9", "slow"),
    ("Uma Chandra", "Voluntary Sector Alliance", "Community development worker", "7 5.7", "prompt"),
    ("Viktor Hale", "Voluntary Sector Alliance", "Chief officer", "8 7.3", "prompt"),
    ("Wanda Price", "Voluntary Sector Alliance", "Family mentor", "6 7.4", "withdraws"),
    ("Xavier Cole", "Jobcentre Plus", "Employment adviser", "9", "slow"),
    ("Yasmin Noor", "Youth Justice", "Prevention officer", "6 5.7", "silent"),
    ("Zoe Lambert", "Youth Justice", "Case records lead", "9", "prompt"),
    ("Aled Morgan", "Voluntary Sector Alliance", "Faith forum organiser", "7 5.6", "prompt"),
    ("Bridget Shaw", "Voluntary Sector Alliance", "Youth volunteer lead", "7 5.7", "late"),
    ("Carys Bowen", "Parent Carer Forum", "Parent representative", "5 7.4", "prompt"),
    ("Dev Patel", "Parent Carer Forum", "Parent representative", "5 7.3", "slow"),
)
ON_THE_TERMINAL = {
    "Beth Carline",
    "Carys Bowen",
    "Dev Patel",
    "Farah Aziz",
    "Owen Vaughan",
    "Petra Novak",
    "Viktor Hale",
    "Wanda Price",
    "Xavier Cole",
    "Zoe Lambert",
}

EVIDENCE = {
    "5": (
        "Of the families who answered our exit questions last quarter, most said this was so.",
        "The parent forum heard twelve families in spring; nine told us this worked for them.",
        "We ask at closure, but fewer than half answer, so we know it of some teams only.",
    ),
    "6": (
        "Case audits in spring found this in about half of the files we looked at.",
        "All family support teams were trained last year; schools and housing were not.",
        "Supervision notes mention it in most teams, and two services do it their own way.",
    ),
    "7": (
        "Three neighbourhood groups now run this with us, and a list of them is kept online.",
        "The community fund paid eleven groups last year; four were led by parents.",
        "It works where a hub is near. In the north of the area there is nothing yet.",
    ),
    "8": (
        "The board minutes of March and June show that this was discussed and owned.",
        "The strategy names it and a lead, but the board has seen no figures this year.",
        "Two partners report on it every quarter; the others were asked and have not begun.",
    ),
    "9": (
        "The monthly feed arrives, but two of five partners still send spreadsheets by hand.",
        "The dashboard shows it for the council's own cases; partners cannot see it.",
        "A matching run in May linked four in five records without anyone touching them.",
    ),
}
NEXT_STEP = {
    "5": ("Ask every family at closure, and publish what we changed.",),
    "6": ("Train the remaining teams by the summer; the workforce lead owns this.",),
    "7": ("Pay two parents to co-lead the local group from January.",),
    "8": ("Report the shared measures to the board each quarter.",),
    "9": ("Automate the last two feeds; the data lead reports in March.",),
}
MOVED = "Hearing where the others stand, I think I was too far out."
STOOD = "I see it differently from where I work, and I would rather say so."


@dataclass(frozen=True)
class Cast:
    """The players of one rehearsal, and what each says.

    Args:
        seed: determines every answer.
        mark: part of the Slack ids, which keeps rehearsals apart.
        chat: the pseudonym of the player whose place the newcomer takes; none if nobody's.
    """

    seed: int
    guide: Guide
    mark: str
    chat: str | None = None

    @cached_property
    def published(self) -> Mapping[str, Any]:
        """The published self-assessment around which the scores scatter."""
        file = files("bots.rehearsal").joinpath("sefton-2022.yaml")
        document: Mapping[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
        return document

    @cached_property
    def players(self) -> dict[str, Player]:
        """Every player by pseudonym, in the order of the panel."""
        numbers: dict[str, int] = {}
        players: dict[str, Player] = {}
        camps = 0
        for index, (name, agency, works_as, asked, temper) in enumerate(PEOPLE):
            slug = agency.lower().replace("'", "").replace(" ", "-")
            numbers[slug] = numbers.get(slug, 0) + 1
            person = f"{slug}-{numbers[slug]}"
            off_slack = name in ON_THE_TERMINAL or person == self.chat
            slack = None if off_slack else f"{TEAM}/U{self.mark}{index:02}"
            items = self._items(asked)
            camps += SPLIT in items
            member = Member(person, name, agency, works_as, items, slack)
            players[person] = Player(member, temper, high_camp=camps % 2 == 0)
        return players

    def _items(self, asked: str) -> tuple[str, ...]:
        wanted = asked.split()
        section_of = self.guide.section_of
        return tuple(
            item
            for item in self.guide.items
            if item in wanted or str(section_of(item).number) in wanted
        )

    def first_answer(self, player: Player, item: str) -> str:
        """What a player says in the first round: a value of the scale, or don't know."""
        dice = random.Random(f"{self.seed}/{player.id}/{item}")  # noqa: S311 - not a secret
        if player.temper == "unsure" or dice.random() < 0.04:
            return "dont-know"
        scale = self.guide.scale_of(item)
        if item == SPLIT:
            camps = (scale.lowest + 1, scale.highest - dice.choice((0, 1)))
            return _value(scale, camps[player.high_camp])
        step = dice.choices((-2, -1, 0, 1, 2), (4, 20, 52, 20, 4))[0]
        return _value(scale, self.published["scores"][item] + step)

    def second_answer(self, player: Player, item: str, before: Answer, middle: float) -> str:
        """What a player says after seeing the group: some move a step, some keep their score."""
        dice = random.Random(f"{self.seed}/{player.id}/{item}/again")  # noqa: S311
        if before.score is None:
            return str(before.kind)
        distance = middle - before.score
        stays = item == SPLIT or abs(distance) < 1 or dice.random() < 0.3
        step = 0 if stays else (1 if distance > 0 else -1)
        return _value(self.guide.scale_of(item), before.score + step)

    def note(self, player: Player, item: str, field: str, *, moved: bool) -> str | None:
        """What a player types under a field, none when they leave it empty."""
        if field == "reason":
            return MOVED if moved else STOOD
        dice = random.Random(f"{self.seed}/{player.id}/{item}/{field}")  # noqa: S311
        kind = next(box.kind for box in self.guide.section_of(item).fields if box.id == field)
        texts = EVIDENCE if kind == "evidence" else NEXT_STEP
        probability = 0.6 if kind == "evidence" else 0.3
        return dice.choice(texts[item[0]]) if dice.random() < probability else None


def _value(scale: Scale, score: int) -> str:
    clamped = min(max(score, scale.lowest), scale.highest)
    return next(level.value for level in scale.levels if level.score == clamped)
