"""What holds of the talk whatever is pressed or typed: it always answers, and means its buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from support.area import sitting, words

from bots.interview import conversation, prompts
from bots.interview.evidence import Handed
from bots.interview.said import Said
from bots.interview.talk import Prompt, Talk
from ehsg_events.interview.refusals import Facts
from ehsg_events.kernel import Refused, Words
from ehsg_events.states.interview import Answer, Interview, evolve
from ehsg_events.values.exposure import Figures

TYPED = (
    *("3", "next", "back", "skip", "don't know", "not my area", "pause", "go on", "my answers"),
    *("help", "who sees this", "not the right person", "withdraw", "change 5.1 to 2", "5.2 5.1"),
    *("change priorities", "Parents sit on the board.", '"pause"', "https://example.org/a", ":"),
    *("This child is being hurt.", "943 476 5919", "\0", "answer:5.1:3", "ü" * 6000),
)
FEEDBACK = replace(
    sitting("5.1", "5.2", kind="feedback"),
    previous={"5.1": Answer("score", "5", 5)},
    figures={"5.1": Figures(1, (1, 3, 0, 0, 1, 1), 3, "d")},
)
SEATS = (
    sitting("5.1", "5.2", "5.3", "9.7"),
    FEEDBACK,
    sitting("data-matching-1", "big-1", "families-1", guide="ehsg-2020@1"),
    sitting("5.1", closed=True),
)
files = st.builds(Handed, st.sampled_from(["a.pdf", "a.exe", "a", ""]), st.binary(max_size=12))
typed = st.builds(
    Said,
    st.just("words") | st.just("note"),
    st.sampled_from(TYPED),
    origin=st.sampled_from(["", "Annual report", "x" * 301]),
    dated=st.none() | st.just(date(2026, 9, 1)),
    file=st.none() | files,
)
moves = st.lists(st.integers(0, 12) | typed, max_size=30)
Heard = Callable[[Talk, Prompt, Facts | None], None]


def walk(talk: Talk, kept: dict[UUID, str], moved: list[int | Said], each: Heard) -> Talk:
    """Press a button of what stands (a number), or type."""

    def seal(text: str | bytes) -> Words:
        sealed = words(repr(text))
        kept[sealed.id] = text if isinstance(text, str) else ""
        return sealed

    for move in moved:
        prompt = prompts.screen(talk)
        if isinstance(move, int):
            if not prompt.choices:
                continue
            said = Said("choice", prompt.choices[move % len(prompt.choices)].token)
        else:
            said = move
        try:
            facts = conversation.decide(talk, said, seal)
        except Refused:
            each(talk, prompt, None if isinstance(move, int) else ())
            continue
        each(talk, prompt, facts)
        for fact in facts:
            talk = replace(talk, interview=evolve(talk.interview, fact))
    return talk


def begun(seat_number: int) -> tuple[Talk, dict[UUID, str]]:
    """A talk with somebody who has not started."""
    kept: dict[UUID, str] = {}

    def read(sealed: Words | None) -> str | None:
        return kept.get(sealed.id) if sealed else None

    return Talk(SEATS[seat_number], Interview(), "Testham", "Health", "Visitor", read), kept


places = st.integers(0, len(SEATS) - 1)


@given(places, moves)
def test_every_button_on_the_screen_is_taken(place: int, moved: list[int | Said]) -> None:
    """Nobody is offered what is then refused."""

    def taken(talk: Talk, prompt: Prompt, facts: Facts | None) -> None:
        assert facts is not None, (prompt, talk.interview)

    walk(*begun(place), moved, taken)


@given(places, moves)
def test_there_is_always_something_to_say_and_a_way_on(place: int, moved: list[int | Said]) -> None:
    """No empty message; a button, unless all is over."""

    def said(talk: Talk, prompt: Prompt, _: Facts | None) -> None:
        assert prompt.text.strip()
        assert prompt.choices or prompt.kind in ("problem", "withdrawn", "closed")
        for answer in prompts.reply(talk, ()):
            assert answer.text.strip()

    walk(*begun(place), moved, said)


@given(places, moves)
def test_what_is_stopped_is_never_kept(place: int, moved: list[int | Said]) -> None:
    """Neither as words nor as a file's source."""
    talk, kept = begun(place)
    walk(talk, kept, moved, lambda *_: None)
    assert not any("943 476 5919" in text or "being hurt" in text for text in kept.values())
