"""Numbers given in answer: read as people type them, written with their unit."""

from __future__ import annotations

import re

from ehsg_events.kernel import Refused
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.values.repeated import is_small
from guides.model import Number

NUMBER = re.compile(r"-?([0-9]{1,15}|[0-9]{1,3}(,[0-9]{3}){1,4})(\.[0-9]{1,9})?")


def read_number(asked: Number, item: str, text: str) -> float:
    """A typed number, such as 1,250 or 12.5%, within the bounds the item sets.

    Raises:
        Refused: the text is no number, or the number is beyond the bounds.
    """
    plain = text.strip().lower().removeprefix("£").removesuffix(asked.unit.lower()).strip()
    plain = plain.removesuffix("%").strip()
    if not NUMBER.fullmatch(plain):
        raise Refused(
            _(
                "{item} takes a number ({bounds}), such as 12 or 1,250.5, not {text}. You "
                "can also say don't know, not my area or skip.",
                item=item,
                bounds=bounds(asked),
                text=text.strip() if is_small(text) else _("that"),
            )
        )
    number = float(plain.replace(",", ""))
    low = asked.minimum is not None and number < asked.minimum
    if low or (asked.maximum is not None and number > asked.maximum):
        raise Refused(
            _(
                "{item} takes a number ({bounds}), not {text}. Check it, or say skip.",
                item=item,
                bounds=bounds(asked),
                text=text.strip() if is_small(text) else _("that"),
            )
        )
    return number


def bounds(asked: Number) -> str:
    """A number's unit and its bounds, in words."""
    low, high = (None if x is None else f"{x:,.15g}" for x in (asked.minimum, asked.maximum))
    if low is not None and high is not None:
        return _("{unit}, {low} to {high}", unit=asked.unit, low=low, high=high)
    if low is not None:
        return _("{unit}, {low} or more", unit=asked.unit, low=low)
    return asked.unit if high is None else _("{unit}, {high} at most", unit=asked.unit, high=high)


def amount(number: float, unit: str) -> str:
    """A number with its unit."""
    return f"{number:,.15g}{'' if unit == '%' else ' '}{unit}"
