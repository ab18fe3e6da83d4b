"""Typed text in a normal form, so that one way of writing a word stands for all of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

STRAIGHT = str.maketrans(
    "\u2018\u2019\u02bc\u0060\u00b4\u201c\u201d\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
    "'''''\"\"-------",
)
MISSPELT = {
    "nite": "night", "2nite": "tonight", "2day": "today", "tonite": "tonight", "yday": "yesterday",
    "sed": "said", "sez": "says", "tole": "told", "dosent": "doesn't", "dosnt": "doesn't",
    "doesnt": "doesn't", "isnt": "isn't", "hasnt": "hasn't", "wont": "won't", "dont": "don't",
    "didnt": "didn't", "wasnt": "wasn't", "hes": "he's", "shes": "she's", "im": "i'm",
    "ive": "i've", "theres": "there's",
    "mom": "mum", "mam": "mum", "farther": "father", "muther": "mother", "freind": "friend",
    "brused": "bruised", "brusing": "bruising", "brooses": "bruises", "bruses": "bruises",
    "hitted": "hit", "hurted": "hurt", "worryed": "worried", "woried": "worried", "wories": "worried",
    "yr": "year", "yo": "year old", "wk": "week", "neice": "niece", "nefew": "nephew",
}  # fmt: skip
OFTEN_MISTYPED = (
    "slapped", "punched", "kicked", "beaten", "bruises", "bruising", "bruised", "battered",
    "strangled", "touched", "touching", "hitting", "beating", "hurting", "groomed", "exploited",
    "molested", "assaulted", "threatened", "threatening", "yesterday", "weekend", "morning",
    "tonight", "worried", "concerned", "frightened", "terrified", "stepdad", "stepfather",
    "boyfriend", "suicidal", "screaming", "cutting", "locked", "neglected", "abused", "burned",
)  # fmt: skip
WORD = re.compile(r"[a-z0-9]+")


def cased(text: str) -> str:
    """The text without accents and invisible characters, with straight quotes, single spaces."""
    text = unicodedata.normalize("NFKD", text.translate(STRAIGHT))
    return " ".join(text.translate(_PLAINLY).split())


def plain(text: str) -> str:
    """The text in lower case as well, and with the commonest misspellings put right."""
    return WORD.sub(lambda word: _spelt(word[0]), cased(text).casefold())


class _Plainly(dict[int, str]):
    """A digit of any script as 0 to 9, an invisible character as nothing, all else as it is."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        hidden = unicodedata.category(character) in {"Cf", "Mn"}
        self[code] = "" if hidden else str(unicodedata.decimal(character, character))
        return self[code]


_PLAINLY = _Plainly()


def _spelt(word: str) -> str:
    if word in MISSPELT:
        return MISSPELT[word]
    slips = _slips()
    if word in slips:
        return slips[word]
    return next((less for less in _without_one(word) if less in OFTEN_MISTYPED), word)


def _without_one(word: str) -> Iterator[str]:
    """A word with a letter left out that is typed twice; any other letter makes another word."""
    if 6 <= len(word) <= 14:
        for place in range(1, len(word)):
            if word[place] == word[place - 1]:
                yield word[:place] + word[place + 1 :]


@cache
def _slips() -> dict[str, str]:
    """Each word that is often mistyped, by what stands there with one letter lost or two swapped.

    Its first letter and its last are as they should be: that leaves no other English word.
    """
    return {
        slip: word
        for word in OFTEN_MISTYPED
        for place in range(1, len(word) - 1)
        for slip in (
            word[:place] + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
        if slip not in OFTEN_MISTYPED
    }
