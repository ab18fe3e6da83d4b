"""One interview behind one link: what stands there, and what becomes of a form that was sent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bots.interview.conversation import Said
from bots.interview.record import hear, talk_of
from bots.interview.talk import Talk
from bots.phrases import web as phrases
from bots.web.forms import HAND_ON, Filled, Mistake, sayings
from bots.web.pages import Page, page, place_of, with_lost, with_mistakes
from ehsg_events.commands.links import Holder
from ehsg_events.interview.questions import Ask
from ehsg_events.kernel import Stamp
from ehsg_events.log.log import Log
from ehsg_events.states.streams import interview_stream

NOT_TAKEN = ("problem", "stopped")
MARK = 24  # characters of a key that name a note


class Interview:
    """One person's interview, for the length of one request.

    Args:
        link: the digest of the link it was reached by.
        clock: says now, in UTC.
    """

    def __init__(self, log: Log, holder: Holder, link: str, clock: Callable[[], datetime]) -> None:
        self._log, self._holder, self._link, self._clock = log, holder, link, clock

    def page(self) -> Page:
        """The page in front of the person now."""
        return page(self._talk())

    def take(self, form: Filled) -> Page | None:
        """Record what was said with a form.

        Returns:
            The page that says what was wrong; none when everything was taken.
        """
        inputs, talk = sayings(form), self._talk()
        if isinstance(inputs, Mistake):
            return self._wrong(talk, inputs, form)
        steps = [(self._key(form, said), _placed(said, form, talk)) for said in inputs]
        if _is_lost(steps[0][1], form, talk) and not self._log.store.knows(steps[0][0]):
            return with_lost(page(talk), phrases.MOVED_ON, form)
        return self._record_all(talk, form, steps)

    def _record_all(self, talk: Talk, form: Filled, steps: list[tuple[str, Said]]) -> Page | None:
        """Record one thing after the other, until one is not taken."""
        is_new = not self._log.store.knows(steps[0][0])
        if form.do == "send" and place_of(talk) != HAND_ON and is_new:
            self._record(self._key(form, Said("choice", HAND_ON)), Said("choice", HAND_ON))
        for number, (key, said) in enumerate(steps):
            refused = self._record(key, said)
            if refused is not None:
                seen = talk if number == 0 else self._talk()
                mistake = Mistake(_field(form, said), refused)
                return self._wrong(seen, mistake, form if number == 0 else Filled())
        return None

    def _record(self, key: str, said: Said) -> str | None:
        """Record one thing said, once; the sentence it was refused with, none if it was taken."""
        if self._log.store.knows(key):
            if said.kind != "choice" or not said.text.startswith("answer:"):
                return None
            # A page that a browser kept: its answer counts again if another was given since.
            key = f"{key} after {self._version}"
        before, holder = self._version, self._holder
        source = f"web {key[:MARK]}" if said.kind == "note" else said.source
        said, stamp = replace(said, source=source), self._stamp(said.kind, key)
        prompts = hear(self._log, stamp, holder.assessment, holder.stakeholder, said, holder.round)
        is_refused = self._version > before and prompts and prompts[-1].kind in NOT_TAKEN
        return phrases.stopped(prompts[-1].text) if is_refused else None

    @property
    def _version(self) -> int:
        """How many facts the interview holds; a refusal is one."""
        holder = self._holder
        stream = interview_stream(holder.assessment, holder.round, holder.stakeholder)
        return self._log.states.fold(stream)[0]

    def _wrong(self, talk: Talk, mistake: Mistake, form: Filled) -> Page:
        drawn = page(talk)
        if drawn.over:
            return with_lost(drawn, mistake.words, form)
        return with_mistakes(drawn, [mistake], form)

    def _talk(self) -> Talk:
        holder, now = self._holder, self._clock()
        return talk_of(self._log, holder.assessment, holder.stakeholder, now, holder.round)[1]

    def _stamp(self, cause: str, key: str) -> Stamp:
        who = self._holder.stakeholder
        return Stamp(
            at=self._clock(), by=who, role="stakeholder", surface="web", cause=cause, key=key
        )

    def _key(self, form: Filled, said: Said) -> str:
        """The key of something said: what one drawing of a page sends again is the same cause."""
        file = hashlib.sha256(said.file.content).hexdigest() if said.file else ""
        parts = ("web", self._link, form.nonce, said.kind, said.text, said.origin,
                 str(said.dated), said.source or "", file)  # fmt: skip
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _field(form: Filled, said: Said) -> str:
    """Where on the page what was not taken was typed or chosen."""
    if form.do == "say":
        return "say"
    if said.kind == "edit":
        return "note"
    if said.kind in ("words", "note"):
        return "words"
    return form.do if form.do == "number" else "choice"


def _placed(said: Said, form: Filled, talk: Talk) -> Said:
    """Words with the question they stood under, which may not be the one that waits now."""
    item, _, field = form.at.partition(":")
    known = said.kind == "note" and item in talk.sitting.items
    return replace(said, about=Ask(item, field)) if known else said


def _is_lost(said: Said, form: Filled, talk: Talk) -> bool:
    """Whether words come from an old page and nobody knows what they were about."""
    if talk.interview.withdrawn or talk.sitting.closed:
        return False  # a rule refuses it with its reason
    if said.kind == "note":
        return said.about is None
    return form.do == "say" and form.at != place_of(talk)
