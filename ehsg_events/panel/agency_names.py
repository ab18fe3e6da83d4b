"""Agencies as people spell them: one agency counts once, however it is written. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼ`´′＇"))
UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
BETWEEN = re.compile(r"[\s_‐‑‒–—/-]+")  # blanks and dashes of every kind
SHORTEST = 5  # letters of a word that may be a misspelling: East is no misspelt West


def tidy(name: str) -> str:
    """An agency as it is kept: as it was written, without what nobody sees."""
    return " ".join(UNSEEN.sub("", unicodedata.normalize("NFC", name)).split())


def folded(name: str) -> str:
    """An agency as it is compared: whatever its case, blanks, dashes and apostrophes."""
    plain = unicodedata.normalize("NFKC", tidy(name)).translate(APOSTROPHES).casefold()
    return BETWEEN.sub(" ", plain.replace("&", " and ")).strip(" .,;")


def as_spelled(name: str, known: Iterable[str]) -> str:
    """An agency as it is spelled already, or as it is written if it is new."""
    wanted = folded(name)
    return next((other for other in known if folded(other) == wanted), tidy(name))


def likely(name: str, known: Iterable[str]) -> str | None:
    """The known agency of which a new one is probably a misspelling, if there is one."""
    others = {folded(other): other for other in known}
    wanted = folded(name)
    if wanted in others:
        return None
    return next((other for plain, other in others.items() if _one_slip(wanted, plain)), None)


def likely_misspelt(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each agency that is probably a misspelling of one that stands more often, and that one."""
    spelled = {folded(name): name for name in reversed(names)}
    often = {plain: [folded(name) for name in names].count(plain) for plain in spelled}
    by_weight = sorted(spelled, key=lambda plain: -often[plain])
    for place, plain in enumerate(by_weight):
        for better in by_weight[:place]:
            if _one_slip(plain, better):
                yield spelled[plain], spelled[better]
                break


def _one_slip(one: str, other: str) -> bool:
    """Whether two agencies differ by one slip in one word, or only by where the words end."""
    mine, theirs = one.split(), other.split()
    if "".join(mine) == "".join(theirs):
        return True
    differing = [pair for pair in zip(mine, theirs, strict=False) if pair[0] != pair[1]]
    return (
        len(mine) == len(theirs)
        and len(differing) == 1
        and min(map(len, differing[0])) >= SHORTEST
        and not any(letter.isdecimal() for word in differing[0] for letter in word)
        and _one_letter(*differing[0])
    )


def _one_letter(one: str, other: str) -> bool:
    """Whether a letter is missing, too many, another one, or changed places with the next."""
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    start = min(len(one), len(other)) if same is None else same
    mine, theirs = one[start:], other[start:]
    swapped = mine[1:2] + mine[:1] + mine[2:]
    return theirs in (mine[1:], swapped) or mine == theirs[1:] or mine[1:] == theirs[1:]
