"""What was asked of a base stays, as long as it is not too much."""

from __future__ import annotations

import pytest

from projections.facts.long import kept_rows as kept
from projections.facts.long.kept_rows import kept_rows


@pytest.fixture(autouse=True)
def _nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_rows", {})
    monkeypatch.setattr(kept, "MOST", 10)


def asked(question: str, rows: int = 4) -> bool:
    """Whether a question had to be asked; its answer is always its own."""
    asks: list[str] = []

    def ask() -> list[str]:
        asks.append(question)
        return [question] * rows

    assert kept_rows(question, ask) == [question] * rows
    return bool(asks)


def test_what_was_asked_longest_ago_is_forgotten_first() -> None:
    """Asking again counts."""
    assert [asked(one) for one in "abab"] == [True, True, False, False]
    assert not asked("a")
    assert asked("c")  # "b" had to go
    assert [asked("a"), asked("b")] == [False, True]


def test_what_alone_is_too_much_is_told_and_not_kept() -> None:
    """And nobody else's is lost for it in vain: there would be no room beside it."""
    assert asked("large", 11)
    assert asked("large", 11)
    assert not kept._rows


def test_a_question_that_failed_is_asked_again() -> None:
    """Nothing is kept of it."""

    def refuses() -> list[str]:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - our own
        kept_rows("a", refuses)
    assert asked("a")
