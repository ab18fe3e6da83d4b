"""What was recorded, repeated to the person who said it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bots.phrases.labels import AFTER_THE_CLOSE, counted
from bots.phrases.questions import answer_words, title
from ehsg_events.dates import calendar
from ehsg_events.interview.numbers import amount
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import marked
from ehsg_events.states.interview import Answer
from guides.model import Guide

THAT_IS_ALL = marked("That is all, thank you.")
MOST_QUOTED, BEGINNING = 400, 300  # characters of somebody's own words in a list


def answered(item: str, answer: Answer, guide: Guide) -> str:
    """An answer as it was recorded, in words."""
    return _(
        "{title}: you answered {answer}.",
        title=title(guide.items[item]),
        answer=answer_alone(item, answer, guide),
    )


def answer_alone(item: str, answer: Answer, guide: Guide) -> str:
    """The same without its question."""
    kind = guide.kind_of(item)
    if kind == "number" and answer.number is not None:
        return amount(answer.number, guide.numbers[item].unit)
    return answer_words(answer, guide.scale_of(item) if kind == "score" else None)


def noted(count: int) -> str:
    """The short receipt for words."""
    return _("Noted ({messages}). Type more, or say next.", messages=counted(count, "message"))


def named(items: Sequence[str]) -> str:
    """What a person named as first to work on."""
    return _("To work on first: {items}.", items=", ".join(items) or _("nothing named"))


def paused(done: int, total: int, deadline: str) -> str:
    """What waits while a person pauses."""
    return _(
        "Paused. What you have said is kept: {done} of {total} done. Go on whenever you like, "
        "until {deadline}. Or say when I should remind you, such as: remind me on Thursday at 2.",
        done=done,
        total=total,
        deadline=deadline,
    )


def finished(lines: Sequence[str], deadline: str) -> str:
    """The receipt at the end: what was recorded."""
    recorded = "\n".join(lines)
    return _(
        "{that_is_all}\nThis is what was recorded:\n{recorded}\n"
        "To change any of it until {deadline}, choose My answers.",
        that_is_all=_(THAT_IS_ALL),
        recorded=recorded,
        deadline=deadline,
    )


def review(lines: Sequence[str], done: int, total: int) -> str:
    """A person's own answers so far."""
    answers = "\n".join(lines) or _("Nothing yet.")
    return _(
        "Your answers so far ({done} of {total} done):\n{answers}",
        done=done,
        total=total,
        answers=answers,
    )


def closed(area: str, lines: Sequence[str], deadline: str, *, early: bool) -> str:
    """The receipt when the round is over.

    Args:
        early: whether it was closed before its deadline, which is still to come.
    """
    recorded = "\n".join(lines) or _("No answer of yours was recorded.")
    return _(
        "{round_closed} Recorded for you:\n{recorded}",
        round_closed=round_closed(area, deadline, early=early),
        recorded=recorded,
    )


def round_closed(area: str, deadline: str, *, early: bool) -> str:
    """That the round is over; a deadline that is still to come is no reason to come back."""
    when = (
        _("before its deadline") if early else _("its deadline was {deadline}", deadline=deadline)
    )
    return _("The round on {area} is closed ({when}).", area=area, when=when)


def confirm_withdraw(area: str, *, closed: bool) -> str:
    """The question before a withdrawal, which says from what, and what it does to the scores.

    Args:
        closed: whether the round is over, so that scores rest on the answers.
    """
    scores = f" {_(AFTER_THE_CLOSE)}" if closed else ""
    return _(
        "Do you want to withdraw from the assessment of {area}? Your answers will not count and "
        "you will not be asked again in this assessment.{scores} Yes, withdraw, or no, keep my "
        "answers?",
        area=area,
        scores=scores,
    )


def may_still_withdraw(recorded: str) -> str:
    """The receipt before the sign-off: one can still withdraw, and what that does to the scores."""
    return _(
        "{recorded}\nYou can still withdraw, until the sign-off. {after_the_close}",
        recorded=recorded,
        after_the_close=_(AFTER_THE_CLOSE),
    )


def typed(text: str | None) -> str:
    """A person's own words, in a list of what was recorded."""
    return f"  “{text or _('forgotten')}”"


def begun(text: str) -> str:
    """The beginning of long words, and how long they are; short words as they are."""
    if len(text) <= MOST_QUOTED:
        return text
    beginning = text[:BEGINNING]
    whole = beginning.rsplit(None, 1)[0] if any(map(str.isspace, beginning)) else beginning
    return _(
        "{beginning} … ({length:,} characters, kept in full)",
        beginning=whole.rstrip(),
        length=len(text),
    )


def enclosed(origin: str | None, dated: date | None, file: str | None) -> str:
    """The source of words, the day they speak of, and the file that came with them."""
    day = calendar.say_date(dated) if dated else None
    parts = [
        _("file {file}", file=file) if file else None,
        _("source: {origin}", origin=origin) if origin else None,
        day,
    ]
    joined = ", ".join(part for part in parts if part)
    return f" ({joined})" if joined else ""


def kept(item: str, label: str, count: int) -> str:
    """How much was typed under a question for words, once it is done with."""
    if not count:
        return _("{item}: nothing typed.", item=item)
    return _(
        "{item}: {label}\nKept: {messages}.",
        item=item,
        label=label,
        messages=counted(count, "message"),
    )


# -- a copy of one's own answers ------------------------------------------------------------------
COPY_TITLE = marked("Your answers")
KEEP_A_COPY = marked("A copy of your answers (PDF)")
NOTHING_SAID = marked("You have said nothing yet.")
YOUR_ANSWER, YOUR_WORDS, NOT_PLACED = (
    marked("Your answer"),
    marked("Your words"),
    marked("Words that wait for your click"),
)
FORGOTTEN = marked("These words were forgotten.")
COPY_OF_WITHDRAWN = marked("You have withdrawn: none of this counts any more.")
WITHDRAWN_SAID = (
    "{} has withdrawn, and what they said is shown to nobody but them. Everything that is kept about "
    "them can be written for them, when they ask for it."
)
ONLY_THEIRS = marked(
    "Until a round closes, what {} says in it is theirs alone. Their personal link gives them a copy "
    "at any time."
)


def as_they_stood(area: str, made: str) -> str:
    """Which area it was about, and when the copy was made."""
    return _("{area}, as they stood at {made}", area=area, made=made)


def round_of(number: int) -> str:
    """The heading over what was said in one of several rounds."""
    return _("Round {number}", number=number)


def file_named(name: str) -> str:
    """That a file was handed in, by the name its owner gave it."""
    return _("your file {name}", name=name)


NOT_BY_DICTATION = marked(
    "That cannot be taken in somebody's name here. They can do it on their own page or in Slack."
)


def say_the_new_answer(item: str) -> str:
    """To whoever types for somebody: an earlier answer may be changed, but is not shown."""
    return _(
        "What was answered to {item} before is not shown to whoever types for somebody. Say the new "
        "answer with it, such as: change {item} to 3.",
        item=item,
    )


def acted_for(who: str | None, when: str, items: Sequence[str]) -> str:
    """To the person: what a coordinator did in their name by command."""
    values = {"who": who or _("Your coordinator"), "when": when, "items": ", ".join(items)}
    if not items:
        return _("{who} typed for you, at {when}. {if_wrong}", **values, if_wrong=_(IF_WRONG))
    return _(
        "{who} answered {items} for you, by command, last at {when}. {if_wrong}",
        **values,
        if_wrong=_(IF_WRONG),
    )


IF_WRONG = marked("If that is not what you said, change it here or tell them.")


def link_shown(who: str | None, when: str) -> str:
    """To the person: that a coordinator was given the link that opens these pages."""
    return _(
        "{who} was given your personal link at {when}, to pass on to you. Whoever has it can read "
        "and change your answers: keep it to yourself, and ask for a new one if anybody else may have "
        "it.",
        who=who or _("Your coordinator"),
        when=when,
    )


# -- proofs that what somebody said is in the ledger ----------------------------------------------
PROOFS = marked("Proof of what was recorded")
KEEP_PROOFS = marked("Proof of what was recorded (ZIP)")
NO_PROOF = marked("There is no ledger here yet, so nothing can be proved by it.")
HOW_TO_CHECK = marked(
    "Each of these stands in a ledger that is signed as it grows. To check one, open check.html on your "
    "own computer and choose its file; nothing is sent anywhere."
)
NO_FILE_YET = marked(
    "What has no file yet has a fingerprint. Keep it: once the round is closed you can take its proof "
    "away, and check.html must show the same fingerprint for it."
)
WAS_DONE, WITHDREW = marked("You were done."), marked("You withdrew.")


def taken_away(area: str, made: str) -> str:
    """Which area it was about, and when it was taken away."""
    return _("{area}, taken away at {made}", area=area, made=made)


def your_words(title: str) -> str:
    """Words that somebody typed under a question."""
    return _("{title}: your words.", title=title)


def words_changed(title: str) -> str:
    """Words that somebody changed."""
    return _("{title}: your words, changed.", title=title)


def words_retracted(title: str) -> str:
    """Words that somebody took back."""
    return _("{title}: your words, taken back.", title=title)


def fingerprint(digest: str) -> str:
    """By what a proof that comes later is known."""
    return _("Fingerprint: {digest}", digest=digest)


def proof_in(file: str) -> str:
    """In which file the proof lies."""
    return _("Proof: {file}", file=file)


def ledgers_key(key: str) -> str:
    """What the ledger's signatures are checked with."""
    return _("The ledger's key: {key}", key=key)
