"""How a player acts: the next move follows from the talk and from the player's temper.

A move is decided from the log alone, so a rehearsal that was killed continues where it stopped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bots.interview.said import Said
from bots.interview.talk import Talk
from bots.rehearsal.cast import Cast, Player
from ehsg_events.interview.questions import WHICH_FIRST, Ask, done, most_to_name, to_choose_from
from ehsg_events.states.interview import SCORE, Answer

CORRECTION = " Correction: this is from the last two quarters."
BEFORE_WITHDRAWING = 3  # answers that a player gives before they withdraw


@dataclass(frozen=True)
class Mind:
    """Decides what one player does next in a talk."""

    cast: Cast
    player: Player
    middles: Mapping[str, float]

    def next_move(self, talk: Talk, upto: int) -> Said | None:
        """The next thing the player does, none when they stop for now.

        Args:
            upto: how many items the player means to have done when they stop.
        """
        state, sitting, ask = talk.interview, talk.sitting, talk.ask
        if state.withdrawn or sitting.closed or self.player.temper == "silent":
            return None
        if not state.started:
            return Said("choice", "start")
        if self._leaves(talk):
            return Said("choice", "withdraw-yes" if state.screen == "withdraw" else "withdraw")
        if ask is None:
            return self._correction(talk)
        if ask == WHICH_FIRST:
            return self._first(talk)
        return None if done(state, sitting) >= upto else self._answers(talk, ask)

    def _answers(self, talk: Talk, ask: Ask) -> Said:
        if ask.field == SCORE:
            return Said("choice", f"answer:{ask.item}:{self._answer(talk, ask.item)}")
        words = self._words(talk, ask.item, ask.field)
        if words is None:
            return Said("choice", f"next:{ask.item}:{ask.field}")
        return Said("words", words)

    def _first(self, talk: Talk) -> Said:
        """Name the items that the player scored lowest, then go on."""
        state, sitting = talk.interview, talk.sitting
        if state.named is not None:
            return Said("choice", f"next:{WHICH_FIRST.item}:{WHICH_FIRST.field}")
        items = to_choose_from(state, sitting)
        lowest = sorted(items, key=lambda item: state.answers[item].score or 0)
        return Said("choice", f"first:{','.join(lowest[: most_to_name(state, sitting)])}")

    def _leaves(self, talk: Talk) -> bool:
        given = len(talk.interview.answers)
        return self.player.temper == "withdraws" and given >= BEFORE_WITHDRAWING

    def _answer(self, talk: Talk, item: str) -> str:
        before = talk.sitting.previous.get(item)
        if before is None:
            return self.cast.first_answer(self.player, item)
        middle = self.middles.get(item, float(before.score or 0))
        return self.cast.second_answer(self.player, item, before, middle)

    def _words(self, talk: Talk, item: str, field: str) -> str | None:
        typed = any(
            (note.item, note.field) == (item, field) for note in talk.interview.notes.values()
        )
        if typed:
            return None
        before: Answer | None = talk.sitting.previous.get(item)
        moved = before is not None and before != talk.interview.answers[item]
        return self.cast.note(self.player, item, field, moved=moved)

    def _correction(self, talk: Talk) -> Said | None:
        """A player who edits messages corrects the first of their notes, once."""
        if self.player.temper != "edits" or talk.sitting.kind == "feedback":
            return None
        for note in talk.interview.notes.values():
            text = talk.read(note.words) or ""
            if note.source is None or text.endswith(CORRECTION):
                return None
            return Said("edit", text + CORRECTION, note.source)
        return None


def acts_on(player: Player, day: int, last: int) -> int | None:
    """How many items a player means to have done by the end of a round's day, none if away.

    Args:
        day: the working day of the round, 0 when it opens.
        last: the round's last working day.
    """
    everything = 99
    match player.temper:
        case "silent":
            return None
        case "late":
            return everything if day == last else None
        case "slow":
            return {1: 2, 3: 4}.get(day, everything if day == last - 1 else None)
        case "prompt" | "edits" | "withdraws" | "unsure":
            return everything if day == sum(map(ord, player.id)) % 3 else None
