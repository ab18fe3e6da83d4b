"""What an area says in its letters in words of its own. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ehsg_events.events import LetterWorded

Letters = Mapping[tuple[str, str], LetterWorded]  # by the letter's name and the language


def worded(letters: Letters, fact: LetterWorded) -> Letters:
    """The letters once one is worded anew: the newest words stand, or none of the area's own."""
    others = {key: one for key, one in letters.items() if key != (fact.letter, fact.language)}
    return others if fact.text is None else {**others, (fact.letter, fact.language): fact}


def new(letters: Letters, facts: Sequence[LetterWorded]) -> tuple[LetterWorded, ...]:
    """The facts that change what letters say."""
    return tuple(fact for fact in facts if worded(letters, fact) != letters)
