"""Somebody is forgotten, with a certificate of what was destroyed and what remains."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from bots.operations import by_hand
from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from ehsg_events.dates import calendar
from ehsg_events.kernel import Refused, Way
from ehsg_events.panel.names import person_of
from ehsg_events.rights import forgetting
from ehsg_events.rights.forgetting import Forgetting
from projections.facts.moments import unplaced_from

FACTS = (
    "Every fact of the log, under a pseudonym: when something was said, scores, agency, post, and "
    "that words were there. The figures and outcomes rest on them, and they are evidence of a task "
    "in the public interest (Article 17(3)(b) of the UK GDPR)."
)
OTHERS = (
    "What others wrote, also where it names this person: a copy of what is kept about somebody "
    "lists where, so have one made before they are forgotten."
)
BACKUPS = (
    "Backups of this folder that were made before: each still holds the sealed texts, and the keys "
    "if it holds those. Delete them or let them run out. After one is restored, forget again."
)
ELSEWHERE = (
    "What left this folder: audit packs, reports and copies that were written, and messages in "
    "Slack and in mailboxes. Whoever holds them must be asked."
)
REMAINS = (FACTS, OTHERS, BACKUPS, ELSEWHERE)


class Forgotten(Form):
    """Who is forgotten, and why."""

    person: Annotated[str, Asked("By id or by name.", example="police-2", first=True)]
    because: Annotated[
        str | None,
        Asked("The reason, without a name; kept.", example="asked by letter", stands_for="TEXT"),
    ] = None
    for_good: Annotated[bool, Asked("Do it; without this it is only told what would be done.")] = (
        False
    )


def do(doing: Doing, form: Forgotten) -> Done:
    """Destroy all personal text of theirs, and certify it."""
    person = _whom(doing, form.person)
    state = doing.log.assessment(doing.assessment)
    if person not in state.forgotten and not (form.for_good and form.because):
        many = len(doing.log.store.texts_of(doing.assessment, person))
        raise Refused(
            f"{person} has {many} sealed texts here: their name, address, words and files. All are "
            f"destroyed for ever, and nothing brings them back. Nothing was destroyed yet. Say why, "
            f"and that it is for good.",
            Way("subject-access", "give them a copy first", {"person": person}),
            field="for_good",
        )
    done = forgetting.forget(doing.log, doing.stamp, doing.assessment, person, form.because)
    lines = [*_certificate(doing, done)]
    says = f"{person} was forgotten{' before' if done.again else ''}."
    notes = () if done.again else by_hand.notes(doing)
    return Done("\n".join([says, "", *lines]), _document(doing, done), notes)


def _whom(doing: Doing, typed: str) -> str:
    """A pseudonym, also of somebody who coordinated or read; or a name on the panel."""
    state = doing.log.assessment(doing.assessment)
    if typed in state.forgotten or doing.log.store.has_texts_of(doing.assessment, typed):
        return typed
    return person_of(state, doing.log.text, typed)


def _certificate(doing: Doing, done: Forgetting) -> Iterator[str]:
    """The certificate as lines of text."""
    state, fact = doing.log.assessment(doing.assessment), done.fact
    (recorded,) = doing.log.at([done.position])
    at = calendar.say(recorded.stamp.at, state.policy.zone)
    yield f"CERTIFICATE OF ERASURE: {done.person}, assessment of {state.area} ({doing.assessment})"
    place = _placed(doing, done)
    yield f"Recorded at position {place} of the log, at {at}." if place else f"Recorded at {at}."
    yield ""
    yield "Destroyed:"
    yield f"- {len(fact.texts)} sealed texts: names, addresses, personal link, words and files;"
    yield "- the key that they could be read with;"
    yield "- their personal link, and every message that still waited for them."
    yield ""
    yield "Looked for afterwards:"
    yield from (f"- {line}" for line in _looked_for(done))
    yield ""
    yield "What remains, and why:"
    yield from (f"- {line}" for line in REMAINS)


def _looked_for(done: Forgetting) -> Iterator[str]:
    traces = done.traces
    where = f"{traces.files} files of the data folder"
    if done.again and not traces.found_in:
        yield f"{where}: nothing is kept of them, neither a text nor a key."
    elif not traces.found_in:
        yield f"{where}: no piece of any of these texts, nor of the key, stands in any of them."
    else:
        yield f"pieces still stand in {', '.join(traces.found_in)}. Forget again to look once more."
    if traces.held:
        yield (
            "another program is reading the log, so that what was deleted may stand in its "
            "write-ahead log for a while. End it, and forget again."
        )


def _placed(doing: Doing, done: Forgetting) -> int | None:
    """Where it stands on the log, unless that would count what an open round hides."""
    first = unplaced_from(doing.log)
    return done.position if first is None or done.position < first else None


def _document(doing: Doing, done: Forgetting) -> dict[str, object]:
    (recorded,) = doing.log.at([done.position])
    return {
        "forgotten": done.person,
        "assessment": str(doing.assessment),
        "position": _placed(doing, done),
        "at": recorded.stamp.at.isoformat(),
        "by": recorded.stamp.by,
        "ground": done.fact.ground,
        "texts": [str(text) for text in done.fact.texts],
        "again": done.again,
        "complete": done.is_complete,
        "files_looked_through": done.traces.files,
        "found_in": list(done.traces.found_in),
        "remains": list(REMAINS),
    }


OPERATION = Operation(
    "forget",
    "Destroy everything personal of somebody, and certify it; scores and log stand.",
    Forgotten,
    do,
)
