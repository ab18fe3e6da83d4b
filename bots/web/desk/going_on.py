"""Where a form leads: on with what was done, or back to its page with what was wrong in it.

What a page says then is sealed in its address, so that Back and reload never send a form again.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from bots.operations.operation import Done
from bots.web.desk.operations.page import mistakes_of
from bots.web.desk.page import Asked, Took, Visitor
from bots.web.desk.ways import To, leads
from bots.web.forms import Mistake
from bots.web.refused_forms import REFUSED, RefusedForm, RefusedForms
from ehsg_events.kernel import Refused

DONE, NOTE = "done", "note"  # the parts of what was done


class Again(NamedTuple):
    """A page with a form that was sent and not carried out: what stood in it, what was wrong."""

    fields: Asked
    says: str = ""
    mistakes: tuple[Mistake, ...] = ()
    ways: tuple[To, ...] = ()

    @classmethod
    def after(cls, fields: Asked, refusal: Refused) -> Again:
        """A form that was refused."""
        return cls(fields, str(refusal), tuple(mistakes_of(refusal)), tuple(leads(refusal.ways)))


class GoingOn:
    """Seals what a page says next into its address, and opens it there."""

    def __init__(self) -> None:
        self._forms = RefusedForms()

    def back(self, again: Again, visitor: Visitor, name: str) -> str | None:
        """The address of a form's page as it is shown again; none when that is too long for one."""
        said = [
            ("", again.says),
            *again.mistakes,
            *((f"to {href}", does) for href, does in again.ways),
        ]
        sealed = self._forms.sealed(RefusedForm(again.fields, tuple(said)), _whose(visitor, name))
        return sealed and f"{name}?{REFUSED}={sealed}"

    def again(self, asked: Asked, visitor: Visitor, name: str) -> Again | None:
        """The form that an address holds; none when it holds none of this page's."""
        form = self._forms.opened(asked.get(REFUSED, ""), _whose(visitor, name))
        if form is None:
            return None
        (_, says), *rest = form.mistakes
        ways = (To(field.removeprefix("to "), words) for field, words in rest if " " in field)
        mistakes = (Mistake(field, words) for field, words in rest if " " not in field)
        return Again(form.fields, says, tuple(mistakes), tuple(ways))

    def onward(self, took: Took, visitor: Visitor) -> str | None:
        """The address of the page after a form was recorded; none when it is too long for one."""
        if took.done is None:
            return took.to
        said = [(DONE, took.done.says), *((NOTE, note) for note in took.done.notes)]
        sealed = self._forms.sealed(RefusedForm({}, tuple(said)), _whose(visitor, DONE))
        joined = "&" if "?" in took.to else "?"
        return sealed and f"{took.to}{joined}{urlencode({DONE: sealed})}"

    def done(self, asked: Asked, visitor: Visitor) -> Done | None:
        """What was done on the page before."""
        form = self._forms.opened(asked.get(DONE, ""), _whose(visitor, DONE))
        if form is None:
            return None
        (_, says), *notes = form.mistakes
        return Done(says, None, [words for _, words in notes])


def _whose(visitor: Visitor, name: str) -> str:
    """Whose form it was, and on which page: it is shown again there alone."""
    return f"{visitor.assessment}/{visitor.person}/{name}"
