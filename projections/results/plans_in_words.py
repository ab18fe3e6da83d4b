"""Whether words that stand as evidence say what is meant to come, rather than what is so.

A small rule on English wording, whose findings a coordinator reads; it never refuses anything. It
finds that

- somebody of ours intends: "we will", "partners plan to", "the board is going to", "we aim to";
- something is to be: "will be launched", "is planned", "is due to start", "is being developed";
- a time to come is named: "by 2027" before that year, "from next term", "in the coming months".

Words in quotation marks are somebody else's, such as a family's, and are ignored. So is an
intention that the words after it show to be met: "will be seen in ten days, and 94 of 100 were".
"""

from __future__ import annotations

import re

OURS = (
    r"(?:we|(?:(?:the|our|all|each)\ )?(?:partners?|partnership|board|council|schools?|agencies|"
    r"services|teams?|managers|leads?))"
)
NO_PLAN = r"not\b|tell|say|know|remember|recall|see\b|have\ \w+(?:ed|en)\b"
INTENDS = rf"""
  \bwe'll\b
  | \b{OURS}\ (?:all\ |now\ |then\ |also\ )?(?:will|shall)\ (?!{NO_PLAN})
  | \b{OURS}\ (?:all\ |now\ |then\ |also\ )?(?:plan|plans|intend|intends|aim|aims|hope|hopes)\ to\b
  | \b{OURS}\ (?:am|are|is)\ (?:now\ )?(?:planning|intending|aiming|hoping|going|looking)\ to
    \ (?!the\b|our\b|each\b|every\b|schools?\b|families\b)
"""
IS_TO_BE = r"""
  \bwill\ (?:then\ |also\ |soon\ )?be\ (?:\w+ed|begun|built|held|made|put|rolled|run|set|written)\b
  | \b(?:is|are)\ (?:now\ |being\ |currently\ )?planned\b(?!\ (?:with|by|around|together|jointly))
  | \b(?:is|are)\ due\ to\ (?:start|begin|launch|open|be|go|roll)\b
  | \b(?:is|are)\ being\ (?:developed|drafted|designed|set\ up|considered|explored)\b
"""
TO_COME = r"""
  \b(?:from|in|over|during|by|before|starting|begins?|starts?|launch(?:es)?|opens?)
    \ (?:the\ )?(?:next|coming)\ (?:few\ |academic\ |financial\ |school\ )?
    (?:spring|summer|autumn|winter|term|weeks?|months?|quarter|years?)\b
"""
RULE = re.compile(f"{INTENDS}|{IS_TO_BE}|{TO_COME}", re.VERBOSE | re.IGNORECASE)
BORNE_OUT = re.compile(
    r"\b(?:was|were|did|had|took|came|asked|fell|rose|grew|since|confirms?|confirmed|shows?|showed)\b",
    re.IGNORECASE,
)
QUOTED = re.compile('"[^"]*"|\N{LEFT DOUBLE QUOTATION MARK}[^\N{RIGHT DOUBLE QUOTATION MARK}]*')
SENTENCE = re.compile(r"(?<=[.!?]) ")
YEAR = re.compile(r"\b(?:by|in|from) (?:\w+ )?(20\d\d)\b", re.IGNORECASE)


def planned(text: str, year: int) -> str | None:
    """The first sentence that says what is meant to come; none when the text says what is so.

    Args:
        year: the year in which the text was typed; a later one is to come.
    """
    own = QUOTED.sub(" ", text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    sentences = SENTENCE.split(" ".join(own.split()))
    return next(
        (sentence for sentence in sentences if _is_to_come(sentence) or _is_ahead(sentence, year)),
        None,
    )


def _is_to_come(sentence: str) -> bool:
    match = RULE.search(sentence)
    return match is not None and not BORNE_OUT.search(sentence, match.end())


def _is_ahead(sentence: str, year: int) -> bool:
    return any(int(match[1]) > year for match in YEAR.finditer(sentence))
