"""Letters as they would be sent to an invented person; nothing is read of anybody or recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from bots.guide_files.preview import talk_about
from bots.interview.talk import Names, Talk
from bots.mail.letter import Letter, Link
from bots.mail.to_a_person import AFTERWARDS, Frame, answers, written
from bots.mail.worded import worded
from bots.phrases.labels import greeted
from bots.phrases.letters import wording
from bots.phrases.letters.places import OF_OTHERS
from bots.phrases.notices import headed
from bots.phrases.stand_ins import silent
from bots.web_settings import Settings
from ehsg_events.commands.sign_in import LINK_LASTS
from ehsg_events.dates import calendar
from ehsg_events.kernel import Refused
from ehsg_events.language.catalogue import ENGLISH, has_catalogue, speaking
from ehsg_events.log.log import Log
from ehsg_events.states.assessment import Assessment
from ehsg_events.states.interview import Answer, Interview
from guides import library

ANN, BEN = "Ann Example", "Ben Example"
TO, REPLY_TO = "ann@example.org", "coordinator@example.org"
WEB, TOKEN = Settings(url="https://example.org"), "example"
LINK, STOP, BOARD, WAY_IN = WEB.link(TOKEN), WEB.stop(TOKEN), WEB.board, WEB.sign_in(TOKEN)
ASKED = 8  # questions
LASTS = 10  # working days
UNBEGUN = ("notice", "released-unanswered")
OVER = (*AFTERWARDS, "declined-closed")


def previews(
    log: Log, assessment: UUID, name: str | None, language: str, now: datetime
) -> dict[str, Letter]:
    """One letter by its name, or all of them.

    Raises:
        Refused: no letter is called that, or none is written in this language.
    """
    if name is not None and name not in wording.LETTERS:
        raise Refused(f"No letter is called {name}. There are {', '.join(wording.LETTERS)}.")
    if language != ENGLISH and not has_catalogue(language):
        raise Refused(f"No letter is written in {language}. Choose en or cy.")
    if language != ENGLISH and name in OF_OTHERS:
        raise Refused(f"{name} goes to people who are asked nothing, and is in English alone.")
    state, names = log.assessment(assessment), [name] if name else list(wording.LETTERS)
    with speaking(language):
        return {
            one: _to_another(one, state, log, now)
            if one in OF_OTHERS
            else _to_somebody_asked(one, state, log, now, language)
            for one in names
            if language == ENGLISH or one not in OF_OTHERS
        }


def _frame(now: datetime) -> Frame:
    return {"id": UUID(int=0), "thread": None, "at": now, "to": TO}


def _deadline(state: Assessment, now: datetime) -> str:
    policy = state.policy
    at = calendar.moment(_last_day(state, now), policy.deadline_at, policy.zone)
    return calendar.say(at, policy.zone)


def _day(state: Assessment, now: datetime) -> str:
    return calendar.say_day(_last_day(state, now))


def _last_day(state: Assessment, now: datetime) -> date:
    return calendar.working_days(calendar.local_day(now, state.policy.zone), LASTS)


def _to_somebody_asked(
    name: str, state: Assessment, log: Log, now: datetime, language: str
) -> Letter:
    stop = STOP if name.startswith(("reminder", "wished")) else None
    talk = _talk(name, state, log, now, language)
    return written(_frame(now), name, ANN, talk, state.letters, LINK, reply_to=REPLY_TO, stop=stop)


def _talk(name: str, state: Assessment, log: Log, now: datetime, language: str) -> Talk:
    """A talk with somebody to whom this letter would be sent."""
    opened = library.wording(state.guide, language, log.folder)
    items = tuple(opened.guide.descriptors)[:ASKED]
    talk = talk_about(opened, state.guide_digest, items)[0]
    begun = not (name in UNBEGUN or name.endswith("-unbegun"))
    answered = items if name in ("thanks", "reopened-finished") else items[: len(items) // 2]
    answers = {item: Answer("skip") for item in answered} if begun else {}
    finished = frozenset((item, field) for item in answers for field in _fields(talk, item))
    coordinator = next((log.text(one.name) for one in state.coordinators.values()), None)
    return replace(
        talk,
        sitting=replace(talk.sitting, deadline=_deadline(state, now), closed=name.startswith(OVER)),
        interview=Interview(started=begun, answers=answers, finished=finished),
        area=state.area,
        language=language,
        names=lambda: Names(ANN, coordinator),
    )


def _fields(talk: Talk, item: str) -> list[str]:
    return ["score", *(box.id for box in talk.sitting.fields(item))]


def _to_another(name: str, state: Assessment, log: Log, now: datetime) -> Letter:
    """A letter to somebody who is not asked themselves."""
    about, until = library.guide(state.guide, log.folder).guide.topic, _deadline(state, now)
    what = f"{about.subject} in {state.area}"
    values = {
        "area": state.area,
        "headed": headed(about, state.area),
        "people": "3 people",
        "waits": wording.WAITS["moderation"],
        "deadline": until,
        "due": _day(state, now) if name == "retention" else until,
        "until": calendar.say(now + LINK_LASTS, state.policy.zone),
        "told": silent(BEN, "an agency", what, until, "manager", "the coordinator"),
    }
    subject, paragraphs = worded(name, values, state.letters)
    to_stand_in = name == "stand-in-told"
    links = {"stand-in-told": None, "sign-in": Link(wording.SIGN_IN, WAY_IN)}
    return Letter(
        **_frame(now),
        subject=subject,
        greeting=greeted(ANN),
        paragraphs=paragraphs,
        link=links.get(name, Link(wording.THE_BOARD, BOARD)),
        closing=answers(REPLY_TO if to_stand_in else None),
        reply_to=REPLY_TO if to_stand_in else None,
    )
