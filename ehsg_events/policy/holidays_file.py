"""The list of proclaimed bank holidays in a data folder, read and checked before it counts."""

from __future__ import annotations

from datetime import date
from typing import Any

import yaml

from ehsg_events.dates import calendar
from ehsg_events.kernel import Refused
from ehsg_events.values.proclaimed import NATIONS, Proclaimed

NAME = "holidays.yaml"
EXAMPLE = "- {day: 2023-05-08, name: Coronation of King Charles III, nations: [England, Wales]}"
PARTS = {"day", "name", "nations"}


def read_holidays(text: str, file: str = NAME) -> tuple[Proclaimed, ...]:
    """Read the list, by day; a holiday without nations is one in all four.

    Raises:
        Refused: it is not such a list; every mistake is named.
    """
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError:
        raise Refused(f"{file} is not YAML. A line of it is {EXAMPLE}") from None
    if content is None:
        return ()
    if not isinstance(content, list):
        raise Refused(f"{file} is not a list of days. A line of it is {EXAMPLE}")
    mistakes = [f"{file}, day {n}: {m}" for n, row in enumerate(content, 1) for m in _wrong(row)]
    days = [row["day"] for row in content if isinstance(row, dict) and "day" in row]
    twice = sorted({str(day) for day in days if days.count(day) > 1})
    mistakes += [f"{file}: {day} is there twice." for day in twice]
    if mistakes:
        raise Refused("\n".join(mistakes))
    return tuple(sorted(map(_holiday, content), key=lambda holiday: holiday.day))


def _holiday(row: dict[str, Any]) -> Proclaimed:
    nations = row.get("nations", NATIONS)
    ours = tuple(nation for nation in NATIONS if nation in nations)
    return Proclaimed(day=row["day"], name=row["name"].strip(), nations=ours)


def _wrong(row: object) -> list[str]:
    if not isinstance(row, dict) or not {"day", "name"} <= set(row) <= PARTS:
        return [f"write day, name and, if not all have it, nations: {EXAMPLE}"]
    day, name, nations = row["day"], row["name"], row.get("nations", list(NATIONS))
    wrong = []
    if type(day) is not date:
        wrong.append(f"{day} is not a day. Write it as 2023-05-08.")
    elif not calendar.KNOWN_FROM <= day <= calendar.KNOWN_UNTIL:
        known = (
            f"{calendar.say_day(calendar.KNOWN_FROM)} to {calendar.say_day(calendar.KNOWN_UNTIL)}"
        )
        wrong.append(f"{calendar.say_day(day)} is outside the calendar, which goes from {known}.")
    if not isinstance(name, str) or not name.strip():
        wrong.append("say what the holiday is called.")
    if not isinstance(nations, list) or not nations or any(n not in NATIONS for n in nations):
        wrong.append(f"its nations are some of {', '.join(NATIONS)}.")
    return wrong
