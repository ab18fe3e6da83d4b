"""What people read of who was reminded, invited or told, held to the deliveries and hands.

A sentence that claims such a thing is so only if each person it names was written to, which is a
delivery on the log, or was told by the coordinator's own hand, which is one too. A sentence about
what is still to be done claims nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from support.transcripts.story import Line

ANY = ("",)
LINK = "link"  # was made, which tells its person nothing yet
NUDGES = ("reminder", LINK, "tell-", "silent", "overdue")
REMINDER, INVITED = ("reminder",), ("invitation", "new-round", "workshop", "handing-over")
CLAIMS: tuple[tuple[str, tuple[str, ...]], ...] = (  # each with what must have been told
    (r"^Reminded: ", REMINDER),
    (r"reminded (today|that day) already", REMINDER),
    (r"reminded as often as", REMINDER),
    (r"\b(was|were|is|are|has been|have been) reminded\b", REMINDER),
    (r"\b(was|were|is|are|has been|have been) invited\b", INVITED),
    (r"\b(was|were|is|are|has been|have been) (told|sent|written to|given)\b", ANY),
    (r"\b(gets?|got) (a|their) (personal )?link\b", INVITED),
    (r"\bsent at\b|\bGiven (at|on|by)\b", ANY),
)
CLAIMS_NOTHING = (  # what is due, undone, decided only, or said of nobody
    "to be ", "will be ", "Due:", "nobody", "Nobody", " not ", "n't ", "Tell ", "tell ",
    "told once", "told apart", "You are told", "at which they are", "for you to", "For you to", "If ", "if ", "until", "Until", "Waits", "asks to",
)  # fmt: skip
MANY = re.compile(r"(\d+) people (?:were )?invited")
SENT = re.compile(r"\b(\d+) sent\b")
DAY = timedelta(days=1)


class Untrue(NamedTuple):
    """A sentence that is not so: who read it, when and where, and of whom it is not so."""

    at: datetime
    to: str
    where: str
    sentence: str
    of: tuple[str, ...]


class Told(NamedTuple):
    """Somebody was told something, by a message or by hand."""

    person: str
    of: str
    at: datetime
    by_hand: bool


def untrue(
    said: Sequence[tuple[datetime, str, str, str]],
    facts: Sequence[Line],
    names: Mapping[str, str],
    quoted: Collection[str] = (),
) -> Iterator[Untrue]:
    """Every claim that no delivery and no hand made so.

    Args:
        said: when, to whom, where, and the words.
        names: everybody's pseudonym by what they may be called, the pseudonym itself among it.
        quoted: lines that somebody else wrote, such as a guide, of which nothing is claimed.
    """
    every = list(_told(facts))
    for at, to, where, words in said:
        told = [one for one in every if one.at <= at]
        own = "\n".join(line for line in words.splitlines() if not _is_quoted(line, quoted))
        for sentence, about in _sentences(own, names):
            people = tuple(dict.fromkeys(_named(sentence, names))) or about or (to,)
            lacking = _miscounted(sentence, told) or _lacking(sentence, people, told, at)
            if lacking:
                yield Untrue(at, to, where, sentence, lacking)


def _is_quoted(line: str, quoted: Collection[str]) -> bool:
    text = line.strip().removeprefix("- ")
    return bool(text) and any(text in whole for whole in quoted)


def _miscounted(sentence: str, told: Sequence[Told]) -> tuple[str, ...]:
    """How many a sentence counts, when fewer were told or fewer messages went out."""
    if match := MANY.search(sentence):
        reached = {one.person for one in told if one.of.startswith(INVITED)}
        return () if len(reached) >= int(match[1]) else (f"{match[1]} people",)
    if match := SENT.search(sentence):
        messages = [one for one in told if one.of.startswith(NUDGES) and not one.by_hand]
        return () if len(messages) >= int(match[1]) else (f"{match[1]} messages",)
    return ()


def _lacking(
    sentence: str, people: Sequence[str], told: Sequence[Told], at: datetime
) -> tuple[str, ...]:
    """Of whom it is not so; a count is looked at elsewhere."""
    matter = None if MANY.search(sentence) or SENT.search(sentence) else _claimed(sentence)
    if matter is None:
        return ()
    return tuple(
        person
        for person in people
        if not any(_makes_it_so(one, person, matter, sentence, at) for one in told)
    )


def _claimed(sentence: str) -> tuple[str, ...] | None:
    """What a sentence claims somebody was told; none if it claims nothing."""
    if any(words in sentence for words in CLAIMS_NOTHING) and "already" not in sentence:
        return None
    return next((matter for claim, matter in CLAIMS if re.search(claim, sentence)), None)


def _makes_it_so(
    one: Told, person: str, matter: Sequence[str], sentence: str, at: datetime
) -> bool:
    of = one.of != LINK and any(one.of.startswith(kind) for kind in matter)
    recent = at - one.at <= DAY if "today already" in sentence else True
    return one.person == person and of and recent


def _told(facts: Sequence[Line]) -> Iterator[Told]:
    for fact in facts:
        at = datetime.fromisoformat(fact["stamp"]["at"])
        body: Mapping[str, Any] = fact["fact"]
        if fact["kind"] == "ToldByHand":
            yield Told(body["spoken_to"], body["of"], at, by_hand=True)
        elif fact["kind"] == "MessageDelivered":
            of = fact["stream"]["message"].rpartition("/")[2]
            yield Told(body["to"], of, at, by_hand=False)
        elif fact["kind"] in ("LinkIssued", "PersonalLinkIssued"):
            yield Told(body["issued_to"], LINK, at, by_hand=False)


def _sentences(words: str, names: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each sentence, and whom the line or heading before it was about."""
    about: tuple[str, ...] = ()
    for line in words.splitlines():
        text = re.sub(r"\s+", " ", line).strip()
        heading = re.match(r"(\S+)(?: \([^)]*\)|, [^:]*:)", text)
        if heading and heading[1] in names:
            about = (names[heading[1]],)
        elif not text.endswith(".") and (named := list(_named(text, names))):
            about = tuple(dict.fromkeys(named))
        before: tuple[str, ...] = ()
        for sentence in re.split(r"(?<=[.!?]) ", text):
            yield sentence, (before if sentence.startswith("They ") and before else about)
            before = tuple(dict.fromkeys(_named(sentence, names)))


def _named(sentence: str, names: Mapping[str, str]) -> Iterator[str]:
    longest_first = tuple(sorted(names, key=len, reverse=True))
    return (names[called] for called in _any_of(longest_first).findall(sentence))


@cache
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")
