"""What tells who somebody is, in text that stands in the clear for ever and cannot be forgotten. Pure.

A role, an agency, an area, a rule's name, the safeguarding route and an area's own letters stand in
facts as they are typed. So they are looked at first for a person's name, a telephone number, an
e-mail address and an NHS number. A route must say whom to ring, and a letter may: a team's number or
mailbox may stand in it, somebody's mobile or own mailbox may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel
from stdnum.gb import nhs

IN_THE_CLEAR = {  # every field of a fact that holds free letters, and what to write there instead
    "agency": "the organisation's name alone",
    "area": "the area's name alone",
    "name": "what the rule is called, such as within-one",
    "peer_of": "the area's name alone",
    "safeguarding": "a team, with its landline, its mailbox or its page",
    "subject": "what is true for everybody who gets it, without a name or a number",
    "signed_as": "the role alone, such as Director of Children's Services",
    "text": "what is true for everybody who gets it, with a team's landline, mailbox or page",
    "works_as": "the role alone, such as sergeant",
}
OF_A_TEAM = {"safeguarding", "text"}  # may say how a team is reached
# Every repetition has a bound, so that the time grows only in step with the text's length.
MAILBOX = re.compile(r"\b([\w.+-]{1,64})@[\w-]{1,63}(\.[\w-]{1,63}){1,5}")
OF_A_PERSON = re.compile(r"[^\W\d_]{2,30}[._][^\W\d_]{2,30}\d{0,4}")
TELEPHONE = re.compile(r"(?<!\d)(\+|00|0)\(?\d(?:[ ()./-]{0,2}\d){8,12}(?!\d)")
MOBILE = re.compile(r"(0|\+44|0044)[ ()./-]{0,3}(\(0\) ?)?7")
# Ten digits, together or 3-3-4; more are a telephone number or a reference, and +44 begins one.
TEN_DIGITS = re.compile(
    r"(?<![\d£$€+])(?<!\+44 )(?<!0044 )(?<!\(0\))"
    r"\d{3}[ ./()_-]{0,3}\d{3}[ ./()_-]{0,3}\d{4}(?!\d)"
)


class Personal(NamedTuple):
    """Which field of a fact holds what tells who somebody is."""

    field: str
    what: str

    def says(self) -> str:
        """What is so, why it cannot stand there, and what to write; never what was typed."""
        field = self.field.replace("_", " ")
        return (
            f"{field} holds {self.what}. It stands in the record as it is typed and could never be "
            f"forgotten: write {IN_THE_CLEAR[self.field]}."
        )


def is_nhs_number_in(text: str) -> bool:
    """Whether a text holds ten digits that pass the check of an NHS number."""
    return any(nhs.is_valid(re.sub(r"\D", "", digits)) for digits in TEN_DIGITS.findall(text))


def personal_in(field: str, text: str, names: Iterable[str] = ()) -> Personal | None:
    """What tells who somebody is in a text that will stand in the clear; none if nothing does.

    Args:
        names: of the people who may be meant.
    """
    if is_nhs_number_in(text):
        return Personal(field, "what looks like an NHS number")
    if any(_is_personal_mailbox(field, found[1]) for found in MAILBOX.finditer(text)):
        return Personal(field, "an e-mail address")
    numbers = (found[0] for found in TELEPHONE.finditer(text))
    if any(field not in OF_A_TEAM or MOBILE.match(number) for number in numbers):
        return Personal(field, "a telephone number")
    words = set(_words(text))
    if any(_is_named(name, words) for name in names):
        return Personal(field, "a person's name")
    return None


def holds_part_of(name: str, text: str) -> bool:
    """Whether a word of a name is a word of a text."""
    return any(part in _words(text) for part in _words(name) if len(part) > 2)


def personal_fields(fact: BaseModel, names: Iterable[str]) -> Iterator[Personal]:
    """What tells who somebody is in the clear fields of a fact, whatever they are nested in."""
    known = tuple(names)
    for field, text in _in_the_clear(fact):
        found = personal_in(field, text, known)
        if found:
            yield found


def _in_the_clear(value: BaseModel) -> Iterator[tuple[str, str]]:
    for field in type(value).model_fields:
        inner: Any = getattr(value, field)
        if isinstance(inner, str) and field in IN_THE_CLEAR:
            yield field, inner
        if isinstance(inner, BaseModel):
            yield from _in_the_clear(inner)


def _is_personal_mailbox(field: str, mailbox: str) -> bool:
    return field not in OF_A_TEAM or OF_A_PERSON.fullmatch(mailbox) is not None


def _is_named(name: str, words: set[str]) -> bool:
    """Whether every word of a name is there; one word alone, or a pseudonym, may mean anything."""
    parts = _words(name)
    return len(parts) > 1 and set(parts) <= words


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", text.casefold())
