"""One interview behind one link: what stands at a step, and what becomes of a form that was sent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from bots.interview import typed_words
from bots.interview.record import hear, language_of, talk_of
from bots.interview.said import Said
from bots.interview.talk import Talk
from bots.phrases import web as phrases
from bots.web import forms, steps
from bots.web.beside import ABOUT_REMINDERS, around
from bots.web.forms import HAND_ON, Act, Filled, Mistake
from bots.web.page import Page
from bots.web.pages import page
from bots.web.written import written
from ehsg_events.commands.links import Holder
from ehsg_events.events import AnswerAmended, AnswerGiven
from ehsg_events.interview.answers import withdraw
from ehsg_events.interview.refusals import refuse_if_over
from ehsg_events.kernel import Refused, Stamp, Stream
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.log.log import Log
from ehsg_events.states.interview import Interview as InterviewState
from ehsg_events.states.streams import interview_stream

NOT_TAKEN = ("problem", "stopped")
ANSWERS_A_SCREEN = ("withdraw", HAND_ON)  # screens whose next words mean something else
WITHDRAWS = "withdraw-yes"
MARK = 24  # characters of a key that name a note


@dataclass(frozen=True)
class Taken:
    """What became of a form: the step to go on to, what was wrong, and what was recorded of it.

    `left` is the form without what was recorded.
    """

    to: str
    mistakes: tuple[Mistake, ...] = ()
    left: Filled = field(default_factory=Filled)
    recorded: frozenset[str] = frozenset()


class Interview:
    """One person's interview, for the length of one request.

    Args:
        link: the digest of the link it was reached by.
        clock: says now, in UTC.
    """

    def __init__(self, log: Log, holder: Holder, link: str, clock: Callable[[], datetime]) -> None:
        self._log, self._holder, self._link, self._clock = log, holder, link, clock

    @property
    def language(self) -> str:
        """The language that the person is spoken to in."""
        return language_of(self._log, self._holder.assessment, self._holder.stakeholder)

    def now(self) -> str:
        """The step where the talk is."""
        return steps.now(self._talk())

    def page(
        self, step: str, mistakes: Sequence[Mistake] = (), kept: Filled | None = None
    ) -> Page | None:
        """The page of a step, with what was wrong in a form of it; none when it is not open now."""
        talk = self._talk()
        drawn = page(talk, step)
        if drawn is None:
            return None
        drawn = around(self._log, self._holder, talk, drawn)
        return drawn.wrong(tuple(mistakes), kept or Filled()) if mistakes else drawn

    def take(self, step: str, form: Filled) -> Taken:
        """Record what was said with a form of a step, and say what comes then."""
        talk = self._talk()
        drawn = page(talk, step)
        if drawn is None or drawn.over or self._is_of_another_round(form):
            return self._lost(talk, form, drawn)
        acts = self._acts(talk, drawn, form)
        wrong = tuple(act for act in acts if isinstance(act, Mistake))
        if wrong:
            return _wrong(step, wrong, form)
        return self._record_all(talk, drawn, form, [act for act in acts if isinstance(act, Act)])

    # -- what was said -------------------------------------------------------------------------
    def _acts(self, talk: Talk, drawn: Page, form: Filled) -> Sequence[Act | Mistake]:
        """What a form said, or what is missing or wrong in it."""
        if form.do == "say":
            return self._said(talk, drawn, form)
        match drawn.form:
            case "radios":
                acts: Sequence[Act | Mistake] = forms.level(form)
            case "number":
                acts = forms.number(form)
            case "priorities":
                acts = forms.priorities(form, len(drawn.places))
            case "hand-on":
                acts = forms.colleague(form)
            case "words":
                return written(talk, drawn, form)
            case _:
                acts = forms.pressed(form)
        moved = self._moved(drawn, form, acts)
        return [moved] if moved else acts

    def _said(self, talk: Talk, drawn: Page, form: Filled) -> Sequence[Act | Mistake]:
        """Words as in a chat: they belong to the page they were typed on, as it was."""
        acts = forms.said_in_words(form)
        first = acts[0]
        if isinstance(first, Mistake) or self._log.store.knows(self._key(form, first.said)):
            return acts
        if (form.at, form.mark("seen")) != (drawn.at, drawn.seen):
            return [Mistake("", _(phrases.MOVED_ON))]
        ask = forms.about(form.at)
        if drawn.step == "withdraw":
            sure = typed_words.whether_sure(first.said.text)
            return [first._replace(said=Said("choice", sure))] if sure else acts
        about = ask if ask != talk.ask and drawn.step not in steps.LOOKS else None
        return [first._replace(said=replace(first.said, about=about))]

    def _moved(self, drawn: Page, form: Filled, acts: Sequence[Act | Mistake]) -> Mistake | None:
        """What stands now, if a form that decides was drawn from something else."""
        deciding = next(
            (
                a
                for a in acts
                if isinstance(a, Act) and a.said.text.startswith(("answer:", "first:"))
            ),
            None,
        )
        if deciding is None or "seen" not in form.fields:
            return None
        wanted = deciding.said.text.rpartition(":")[2]
        if drawn.seen in (form.mark("seen"), wanted):
            return None
        at, surface = self._answered(drawn.step)
        says = phrases.moved(drawn.at.partition(":")[0], _stands(drawn), at, surface)
        return Mistake(deciding.field, says)

    def _answered(self, item: str) -> tuple[str, str]:
        """How long ago an item was last answered, and by which surface."""
        newest = None
        for recorded in self._log.facts(self._stream):
            fact = recorded.fact
            if isinstance(fact, AnswerGiven | AnswerAmended) and fact.item == item:
                newest = recorded.stamp
        return (phrases.ago(newest.at, self._clock()), newest.surface) if newest else ("", "")

    # -- recording -----------------------------------------------------------------------------
    def _record_all(self, talk: Talk, drawn: Page, form: Filled, acts: Sequence[Act]) -> Taken:
        """Record one thing after the other, until one is not taken."""
        self._settle_screen(talk, drawn, form, acts)
        done: set[str] = set()
        for act in acts:
            refused = self._record(self._key(form, act.said), act.said)
            if refused is not None:
                mistakes = (Mistake(act.field, refused),)
                return _wrong(drawn.step, mistakes, form.without(done), frozenset(done))
            done.update(act.names)
        return Taken(self._onward(drawn, form, acts), recorded=frozenset(done))

    def _settle_screen(self, talk: Talk, drawn: Page, form: Filled, acts: Sequence[Act]) -> None:
        """Let the talk stand at the page: words mean what they mean there, not on another one."""
        if not acts or self._log.store.knows(self._key(form, acts[0].said)):
            return
        screen, named = talk.interview.screen, form.do == "send"
        if named and screen != HAND_ON:
            choice = Said("choice", HAND_ON)
        elif form.do == "say" and screen in ANSWERS_A_SCREEN and drawn.step != screen:
            choice = Said("choice", "resume")
        else:
            return
        self._record(self._key(form, replace(choice, origin="before")), choice)

    def _record(self, key: str, said: Said) -> str | None:
        """Record one thing said, once; the sentence it was refused with, none if it was taken."""
        if self._log.store.knows(key):
            if said.kind != "choice" or not said.text.startswith("answer:"):
                return None
            # A page that a browser kept: its answer counts again if another was given since.
            key = f"{key} after {self._version}"
        before, holder = self._version, self._holder
        if said.kind == "choice" and said.text in ABOUT_REMINDERS:
            stamp = self._stamp(said.text, key)
            ABOUT_REMINDERS[said.text](self._log, stamp, holder.assessment, holder.stakeholder)
            return None
        source = f"web {key[:MARK]}" if said.kind == "note" else said.source
        said, stamp = replace(said, source=source), self._stamp(said.kind, key)
        prompts = hear(self._log, stamp, holder.assessment, holder.stakeholder, said, holder.round)
        is_refused = self._version > before and prompts and prompts[-1].kind in NOT_TAKEN
        return phrases.stopped(prompts[-1].text) if is_refused else None

    def _onward(self, drawn: Page, form: Filled, acts: Sequence[Act]) -> str:
        """The step after a form that was taken."""
        talk = self._talk()
        if form.to:
            return form.to if page(talk, form.to) else steps.now(talk)
        if form.do == "add" or form.remove or form.choice in ABOUT_REMINDERS:
            return drawn.step
        screen = talk.interview.screen
        looks = form.do == "say" or form.choice in steps.LOOKS
        if looks and page(talk, screen):
            return screen
        answered = next((a for a in acts if a.said.text.startswith("answer:")), None)
        below = steps.words_step(talk, drawn.step) if answered and form.do != "say" else None
        return below or steps.now(talk)

    def _lost(self, talk: Talk, form: Filled, drawn: Page | None) -> Taken:
        """Nothing of a form can be taken here any more: words are said back where the talk is."""
        here = drawn.step if drawn else steps.now(talk)
        told = form.is_typed or form.choice == WITHDRAWS or self._is_of_another_round(form)
        if not told:
            return Taken(here)
        return _wrong(here, (Mistake("", self._refusal(talk, form)),), form)

    def _is_of_another_round(self, form: Filled) -> bool:
        """Whether a page was kept from a round before: its answer belongs to no later one."""
        return form.mark("round") not in ("", str(self._holder.round))

    def _refusal(self, talk: Talk, form: Filled) -> str:
        """Why nothing more is taken."""
        if self._is_of_another_round(form):
            return _(phrases.EARLIER_ROUND)
        try:
            if form.choice == WITHDRAWS and not talk.interview.withdrawn:
                withdraw(talk.interview, signed_off=talk.sitting.signed_off)
            refuse_if_over(talk.interview, talk.sitting)
        except Refused as refusal:
            return str(refusal)
        return _(phrases.MOVED_ON)

    # -- what it rests on ----------------------------------------------------------------------
    @property
    def _stream(self) -> Stream[InterviewState]:
        holder = self._holder
        return interview_stream(holder.assessment, holder.round, holder.stakeholder)

    @property
    def _version(self) -> int:
        """How many facts the interview holds; a refusal is one."""
        return self._log.states.fold(self._stream)[0]

    def _talk(self) -> Talk:
        holder, now = self._holder, self._clock()
        return talk_of(self._log, holder.assessment, holder.stakeholder, now, holder.round)[1]

    def _stamp(self, cause: str, key: str) -> Stamp:
        who = self._holder.stakeholder
        return Stamp(
            at=self._clock(), by=who, role="stakeholder", surface="web", cause=cause, key=key
        )

    def _key(self, form: Filled, said: Said) -> str:
        """The key of something said: what one drawing of a page sends again is the same cause.

        The mark of that drawing is random and kept nowhere, so that no guess of the words can be
        tried on the key; a form without it is a cause of its own.
        """
        file = hashlib.sha256(said.file.content).hexdigest() if said.file else ""
        about = ":".join(said.about) if said.kind == "note" and said.about else ""
        parts = ("web", self._link, form.nonce or uuid4().hex, said.kind, said.text, said.origin,
                 str(said.dated), said.source or "", file, about)  # fmt: skip
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _wrong(
    step: str, mistakes: tuple[Mistake, ...], form: Filled, recorded: frozenset[str] = frozenset()
) -> Taken:
    """A form that was not taken; a browser keeps no file, so each is asked for again."""
    again = tuple(Mistake(name, _(phrases.FILE_AGAIN)) for name in form.files)
    return Taken(step, (*mistakes, *again), form, recorded)


def _stands(drawn: Page) -> str:
    """What stands now, in the words of the page."""
    tokens = {f"answer:{drawn.step}:{drawn.seen}", drawn.seen}
    return next((c.label for c in drawn.choices if c.token in tokens), drawn.seen)
