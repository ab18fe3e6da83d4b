"""An interview that somebody dictates, as on the telephone: a coordinator types what they say.

Whoever types sees the questions and what was typed since they began. What the person said before is
not in front of them: it is hidden until the round closes, from the coordinator too. So every prompt
is drawn from a talk that knows only this dictation; what is recorded is decided on the whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import UUID

from bots import phrases
from bots.interview import conversation, prompts, typed_words
from bots.interview.record import talk_of
from bots.interview.said import Said, Seal, concern_of
from bots.interview.talk import Became, Prompt, Talk
from bots.phrases import receipts
from ehsg_events.events import AnswerAmended, AnswerGiven, FieldFinished, ItemRevisited
from ehsg_events.interview.answers import finish_field
from ehsg_events.interview.given_again import given_again
from ehsg_events.interview.questions import waiting
from ehsg_events.interview.refusals import Facts
from ehsg_events.kernel import Refused, Stamp, Words
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import speaking
from ehsg_events.log.log import Log
from ehsg_events.log.transaction import Transaction
from ehsg_events.states.interview import SCORE, Interview, Sitting, evolve, unanswered
from ehsg_events.states.streams import interview_stream

Answered = AnswerGiven | AnswerAmended


@dataclass
class Dictation:
    """What one person dictates, from now on.

    Args:
        stamp: makes the stamp of the next input, of the coordinator who types.
    """

    log: Log
    stamp: Callable[[], Stamp]
    assessment: UUID
    person: str
    _items: tuple[str, ...] = ()
    _state: Interview = field(default_factory=Interview)

    def begin(self) -> Prompt:
        """The first prompt: the notice, or the first question that has no answer.

        Raises:
            Refused: the person is not asked.
        """
        talk = talk_of(self.log, self.assessment, self.person, self.stamp().at)[1]
        with speaking(talk.language):
            self._items = unanswered(talk.sitting.items, talk.interview)
            self._state = Interview(started=talk.interview.started)
            return prompts.screen(self._of_this(talk))

    def hear(self, said: Said) -> list[Prompt]:
        """Record what was dictated, on behalf of the person, and return what to ask next.

        Raises:
            Refused: a rule said no, or the words must not be kept; nothing was recorded.
        """

        def take(tx: Transaction) -> tuple[Talk, Facts, tuple[str, ...]]:
            talk = talk_of(tx, self.assessment, self.person, tx.stamp.at)
            return self._decide(tx, *talk, said)

        saved = self.log.record(self.stamp().acting_for(self.person), take)
        assert saved.value is not None, "a new key each time"
        talk, heard, self._items = saved.value
        self._state = _folded(self._state, heard)
        with speaking(talk.language):
            return prompts.reply(self._of_this(talk), heard)

    # -- deciding --------------------------------------------------------------------------------
    def _decide(
        self, tx: Transaction, number: int, talk: Talk, said: Said
    ) -> tuple[Talk, Facts, tuple[str, ...]]:
        """What is recorded, and what of it whoever types is shown."""
        stream = interview_stream(self.assessment, number, self.person)
        sealed: list[Words] = []

        def seal(text: str | bytes) -> Words:
            sealed.append(tx.seal(text, stream, self.person))
            return sealed[-1]

        with speaking(talk.language):
            _refuse_what_is_not_kept(talk, said)
            items = self._with_what_is_named(talk, said)
            seen = self._of_this(talk, items)
            heard = conversation.decide(seen, said, seal)
            again = iter(sealed)
            facts = _recorded(talk, seen, said, heard, lambda text: next(again, None) or seal(text))
        tx.decide(stream, *facts)
        return talk, heard, items

    def _with_what_is_named(self, talk: Talk, said: Said) -> tuple[str, ...]:
        """The items of this dictation, with one that words name: an earlier answer may be changed.

        Raises:
            Refused: they ask to look at the earlier answer, not to give another.
        """
        asks = self._of_this(talk)
        whole = replace(asks.sitting, items=talk.sitting.items)
        meant = typed_words.meant(said.text, asks.ask, whole) if said.kind == "words" else None
        act, *about = (meant.token if meant else said.text).split(":")
        named = next((item for item in about[:1] if item in whole.items), None)
        if named is None or named in self._items:
            return self._items
        if act == "answer":
            return (*self._items, named)
        if act in ("change", "next", "done"):
            raise Refused(receipts.say_the_new_answer(named))
        return self._items

    def _of_this(self, talk: Talk, items: tuple[str, ...] | None = None) -> Talk:
        """The talk as far as it was dictated here, without anything the person said before."""
        known = self._items if items is None else items
        if talk.sitting.kind == "workshop":
            known = talk.sitting.items  # what is put to the vote, whoever voted
        asked = tuple(item for item in talk.sitting.items if item in known)
        withdrawn = talk.interview.withdrawn
        return replace(
            talk,
            interview=replace(self._state, withdrawn=withdrawn),
            sitting=replace(talk.sitting, items=asked, previous={}),
            became=Became,
            answered_at=lambda _item: None,
            by_old_button=lambda _item: False,
        )


def _refuse_what_is_not_kept(talk: Talk, said: Said) -> None:
    concern = concern_of(said)
    if concern is not None:
        raise Refused(phrases.stopped_words(concern, talk.sitting.safeguarding))


def _recorded(talk: Talk, seen: Talk, said: Said, heard: Facts, seal: Seal) -> Facts:
    """What is recorded of an input, decided on everything the person said."""
    state = replace(talk.interview, screen=seen.interview.screen, screen_about=None)
    about = None if seen.interview.screen == "hand-on" else said.about or seen.ask
    whole = replace(talk, interview=replace(state, refusal=None, stopped=None))
    back = next((fact for fact in heard if isinstance(fact, ItemRevisited)), None)
    same = Said("choice", f"change:{back.item}") if back else replace(said, about=about)
    try:
        facts = conversation.decide(whole, same, seal)
    except Refused:  # its sentence may tell what was said before
        raise Refused(_(receipts.NOT_BY_DICTATION)) from None
    facts += _given_again(talk, heard, facts)
    return facts + _left_open(talk, seen, heard, facts)


def _given_again(talk: Talk, heard: Facts, facts: Facts) -> Facts:
    """An answer that is the same as before is recorded too, or its absence would tell which it is."""
    new = [fact for fact in heard if isinstance(fact, Answered)]
    if any(isinstance(fact, Answered) for fact in facts):
        return ()
    return tuple(given_again(talk.interview, talk.sitting, fact.item) for fact in new)


def _left_open(talk: Talk, seen: Talk, heard: Facts, facts: Facts) -> Facts:
    """Once nothing is asked here, the words are finished that the person had left open before."""
    answered = any(isinstance(fact, Answered | FieldFinished) for fact in heard)
    asks_more = waiting(_folded(seen.interview, heard), seen.sitting) is not None
    if asks_more or not answered or talk.sitting.kind == "workshop":
        return ()
    return _finished(_folded(talk.interview, facts), talk.sitting)


def _finished(state: Interview, sitting: Sitting) -> Facts:
    ask = waiting(state, sitting)
    if ask is None or ask.field == SCORE:
        return ()
    facts = finish_field(state, sitting, ask.item, ask.field)
    return facts + _finished(_folded(state, facts), sitting) if facts else ()


def _folded(state: Interview, facts: Facts) -> Interview:
    for fact in facts:
        state = evolve(state, fact)
    return state
