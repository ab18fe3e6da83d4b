"""What a page of boxes said: words that were changed or taken back, new words, and whether to go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bots.interview.said import Said
from bots.interview.talk import Talk
from bots.phrases import web as phrases
from bots.web import forms
from bots.web.forms import Act, Filled, Mistake
from bots.web.page import Noted, Page
from bots.web.typed import WAS, digest_of, typed_in
from ehsg_events.language.catalogue import gettext as _


def written(talk: Talk, drawn: Page, form: Filled) -> Sequence[Act | Mistake]:
    """Everything a page of boxes said, in order, or what is missing or wrong in it."""
    onward = form.do == "on"
    acts: list[Act | Mistake] = []
    for box in drawn.boxes:
        acts += [act for note in box.noted for act in _changed(note, form)]
        acts += forms.evidence(form, box.ask, box.name)
        if onward and tuple(box.ask) not in talk.interview.finished:
            acts.append(Act(Said("choice", f"next:{':'.join(box.ask)}"), box.name))
    acts += [*_pressed(drawn, form, acts), *_gone(drawn, form)]
    if not acts and not (onward or form.to or form.remove):
        return [Mistake(drawn.boxes[0].name, _(phrases.TYPE_WORDS))]
    return acts


def _pressed(drawn: Page, form: Filled, acts: Sequence[Act | Mistake]) -> Iterator[Act | Mistake]:
    """The button that was pressed beside the words; an answer without words contradicts them."""
    typed = any(isinstance(act, Act) and act.said.kind == "note" for act in acts)
    if typed and form.choice.startswith("answer:"):
        yield Mistake(drawn.boxes[0].name, _(phrases.ONE_OR_OTHER))
        return
    yield from forms.pressed(form)


def _changed(note: Noted, form: Filled) -> Iterator[Act | Mistake]:
    """What was done to words that stood there already; nothing if they were left as they were."""
    if note.source is None or note.name not in form.fields:
        return
    now, was = form.text(note.name), form.mark(WAS + note.name)
    if form.remove == note.name:
        yield Act(Said("deletion", "", note.source), note.name, (note.name,))
    elif digest_of(now) == was or now == note.words:
        return
    elif was != digest_of(note.words):
        yield Mistake(note.name, phrases.words_moved(note.words))
    elif not now.strip():
        yield Mistake(note.name, _(phrases.TYPE_TO_CHANGE))
    else:
        yield Act(Said("edit", now, note.source), note.name, (note.name,))


def _gone(drawn: Page, form: Filled) -> Iterator[Mistake]:
    """Changes to words that were taken back elsewhere meanwhile."""
    known = {note.name for box in drawn.boxes for note in box.noted}
    typed = [name for name in typed_in(dict(form.fields)) if name.startswith("note-")]
    if [name for name in typed if name not in known | {form.remove}]:
        yield Mistake("", _(phrases.WORDS_GONE))
