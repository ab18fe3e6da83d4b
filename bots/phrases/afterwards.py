"""What people are told afterwards: handed on, released, asked again, and what became of it all."""

from __future__ import annotations

from collections.abc import Sequence

from bots.phrases.labels import counted, ending, level_name
from bots.phrases.questions import answer_words, title
from ehsg_events.agreement.fates import Fate
from ehsg_events.dates import calendar
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import marked
from ehsg_events.values.keeping import Keeping
from ehsg_events.values.policy import Afterwards
from guides.model import Guide

RELEASED = marked(
    "Your coordinator asks you nothing more in this assessment, and nobody will remind you. What "
    "you have said stands. Thank you."
)
HANDED_ON_NEXT = marked(
    "Your coordinator has agreed: in the next round your colleague is asked what you had not "
    "answered. What you have said stays yours. Thank you for telling us who."
)
HAND_ON_LAPSED = marked(
    "You asked that a colleague answers instead. The questions are not asked again, so your "
    "colleague was not asked. What you have said stays yours. Thank you for telling us who."
)
LINK_AGAIN = marked(
    "Somebody opened an older personal link of yours and asked for the one that works now. Here you "
    "need none: all that is asked of you, and what you have said, is in this chat."
)
DISSENT = {
    "others": marked(" A dissent is printed beside it."),
    "mine": marked(" Your dissent is printed beside it."),
}
TOO_FEW = marked(
    "The panel's middle score is not shown, because it could tell what somebody else answered."
)
NOTHING_OF_YOURS = marked(
    "You scored no descriptor, so none of these figures rests on what you said."
)


def hand_on(asked: str | None) -> str:
    """The question of who would be the right person."""
    before = _("You asked before: {asked}\n", asked=ending(asked)) if asked else ""
    return _(
        "{before}Who would be the right person? Type their name, their work and how to reach them. "
        "Your coordinator decides; what you have answered stays yours. Or go on.",
        before=before,
    )


HAND_ON_ASKED = marked(
    "Thank you. Your coordinator decides whether your open questions go to your colleague. Until "
    "then you can still answer them yourself."
)
HANDED_ON = marked(
    "Your coordinator has agreed: a colleague answers now what you had not answered. What you "
    "have said stays yours. Thank you for telling us who."
)
NOTHING_LEFT = marked("A colleague answers your questions now. Thank you for telling us who.")


def hand_on_declined(because: str | None) -> str:
    """That the coordinator would rather have this person's answers, and why."""
    reason = _(" The reason: {because}", because=ending(because)) if because else ""
    return _(
        "Your coordinator asks you to answer yourself after all.{reason} Thank you.", reason=reason
    )


def taken_over(left: int) -> str:
    """That a colleague has handed questions on to this person."""
    return _(
        "A colleague has handed questions on to you, with your coordinator's consent. You have "
        "{questions} to answer now.",
        questions=counted(left, "question"),
    )


def asked_again(left: int, deadline: str) -> str:
    """That somebody who was released is asked once more."""
    return _(
        "You are asked again after all: {questions}, by {deadline}. What you had "
        "said still stands.",
        questions=counted(left, "question"),
        deadline=deadline,
    )


def reopened(deadline: str, *, finished: bool) -> str:
    """That the round takes answers again."""
    more = (
        _("You had finished, so nothing more is needed; you can still change what you said.")
        if finished
        else _("You can answer what you had not, and change what you had.")
    )
    return _("The round is open again, until {deadline}. {more}", deadline=deadline, more=more)


def became(
    area: str, guide: Guide, fates: Sequence[tuple[Fate, str | None]], priorities: Sequence[str]
) -> str:
    """What became of what somebody said, once the assessment is signed off.

    Args:
        fates: each descriptor they answered, with the coordinator's reason where one was given.
    """
    lines = [_fate(guide, *fate) for fate in fates] or [_(NOTHING_OF_YOURS)]
    chosen = ", ".join(title(guide.items[item]) for item in priorities)
    head = _(
        "The assessment of {area} is signed off. This is what became of what you said:", area=area
    )
    end = (
        _("To be worked on next: {chosen}.", chosen=chosen)
        if chosen
        else _("No priorities were chosen.")
    )
    return "\n".join((head, *lines, end, _("Thank you for your part in it.")))


def _fate(guide: Guide, fate: Fate, because: str | None) -> str:
    scale = guide.scale_of(fate.item)
    mine = _(
        "{title}: you answered {answer}.",
        title=title(guide.items[fate.item]),
        answer=answer_words(fate.mine, scale),
    )
    middle = (
        _("The panel's middle score was {middle:g}.", middle=fate.middle)
        if fate.middle is not None
        else _(TOO_FEW)
    )
    level = next((level for level in scale.levels if level.value == fate.level), None)
    if level is None:
        return _("{mine} {middle} No outcome was recorded.", mine=mine, middle=middle)
    if not fate.told:
        return _(
            "{mine} {middle} What stands is not told here: it could tell what somebody else answered.",
            mine=mine,
            middle=middle,
        )
    how = _("as the panel agreed") if fate.because is None else _("settled by the coordinator")
    reason = f": {ending(because)}" if because else "."
    stands = _(
        "What stands is {level}, {how}{reason}",
        level=level_name(level.value, level.label),
        how=how,
        reason=reason,
    )
    return f"{mine} {middle} {stands}{_(DISSENT[fate.dissent]) if fate.dissent != 'none' else ''}"


# -- how long it is kept ---------------------------------------------------------------------------
THEN: dict[Afterwards, str] = {
    "forget-people": marked(
        "Your name, words and files are kept until {day}, and then destroyed, unless the law asks for "
        "them to be kept."
    ),
    "forget-all": marked(
        "Your name, words and files are kept until {day}, and then destroyed, as is every word of "
        "this assessment, unless the law asks for them to be kept."
    ),
    "review": marked(
        "Your name, words and files are kept until {day}. Then it is decided whether they are still "
        "needed."
    ),
}
SCORES_STAND = marked("Scores and agencies stand, under a pseudonym.")


def kept(keeping: Keeping) -> str:
    """Until when what somebody says is kept, and what is done then."""
    if keeping.until is None:
        return _("As long as the council's schedule says.")
    return f"{_(THEN[keeping.then], day=calendar.say_day(keeping.until))} {_(SCORES_STAND)}"


def officer(keeping: Keeping) -> str:
    """To whom a complaint goes first, with where they are reached if that is known."""
    if keeping.data_protection:
        return _(
            "the council's data protection officer ({address})", address=keeping.data_protection
        )
    return _("the council's data protection officer")
