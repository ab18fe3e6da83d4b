"""What a person is told: who asks, who sees it, why they are asked, and why words were stopped."""

from __future__ import annotations

from collections.abc import Sequence

from bots.phrases.labels import (
    AFTER_THE_CLOSE,
    WHO_SEES_THIS,
    capital,
    counted,
    ending,
    greeted,
    minutes,
)
from ehsg_events.events import Backup, Concern, RoundKind
from guides.model import Guide
from guides.terms import About

NOT_THE_RIGHT_PERSON = "If a colleague should answer instead, choose I am not the right person."
NOT_STARTED = "Please read the notice first. Say start when you are ready, or help."
WITHDRAWN = (
    "You have withdrawn. Nothing you said counts any more, and nobody will remind you. "
    "Thank you for telling us."
)
WHO_SEES = (
    "The coordinator and auditors see your answers. The others on the panel see only "
    "the group's figures, and words without names."
)
REPORTS = "Reports name agencies, never people."


WHAT_IS_MEANT, THE_GUIDE_SAYS = "What is meant:", "The guide says:"
WHO_ASKS, WHO_SEES_IT = "Who asks", "Who sees it"
HOW_LONG, YOUR_RIGHTS, IN_SLACK = "How long it is kept", "Your rights", "In Slack"
HEADINGS = (WHO_ASKS, WHO_SEES_IT, HOW_LONG, YOUR_RIGHTS, IN_SLACK)
IN_SHORT = (
    "The coordinator and auditors see your answers; the others on the panel see only figures, and "
    "words without names. Please name no child, parent or colleague. If a child is at risk, do not "
    "write it here: follow your safeguarding procedure now.\n"
    f"Taking part is voluntary. How long your answers are kept, and all else, stands under "
    f"“{WHO_SEES_THIS}”."
)


def notice(
    guide: Guide,
    area: str,
    items: Sequence[str],
    deadline: str,
    *,
    again: bool,
    figures: bool = False,
    person: str | None = None,
    coordinator: str | None = None,
) -> str:
    """Who asks, what, how long it takes and by when, who will see it: before any question.

    Args:
        items: the items that are asked.
        figures: whether somebody who is asked again is shown the group's scores.
        person: the name of who is asked, where it is known.
        coordinator: the name of the coordinator who asks, where one is named.
    """
    about, pronoun = guide.topic, "it" if len(items) == 1 else "them"
    scores = f" You see the group's scores beside {pronoun} where enough people answered."
    asks = coordinator or capital(about.led_by)
    once_more = " once more, where the panel did not agree or too few had answered" if again else ""
    return (
        f"{headed(about, area)}\n"
        f"{greeted(person)} {asks} asks{once_more}, for {about.partnership} of {area}: "
        f"{counted(len(items), 'question')}, about {minutes(guide, items, again=again)} minutes, by "
        f"{deadline}. You can stop and come back.{scores if figures else ''}\n"
        f"{IN_SHORT}"
    )


def _in_the_guides_words(guide: Guide) -> str:
    """How the guide itself says what is meant and how to answer, a line each."""
    meant = f"{WHAT_IS_MEANT} {guide.definition}\n" if guide.definition else ""
    how = f"{THE_GUIDE_SAYS} {guide.instruction}\n" if guide.instruction else ""
    return meant + how


def headed(about: About, area: str) -> str:
    """What an interview is about."""
    return f"{about.heading} in {area}"


def terms(guide: Guide, area: str, sees: str) -> str:
    """The terms on which everybody takes part, in full, and what the guide says of itself."""
    about = guide.topic
    return (
        f"{WHO_ASKS}\n"
        f"{capital(about.partnership)} of {area}, led by {about.led_by}, to assess itself. "
        f"Taking part is voluntary.\n"
        f"{_in_the_guides_words(guide)}"
        f"{WHO_SEES_IT}\n"
        f"{sees}\n"
        f"{HOW_LONG}\n"
        f"As long as the council's schedule says. What we hold can be asked "
        f"for under the Freedom of Information Act, so we cannot promise secrecy.\n"
        f"{YOUR_RIGHTS}\n"
        f"You can see and change your answers until the round closes, withdraw them until the "
        f"sign-off, and complain to the council's data protection officer or the Information "
        f"Commissioner. {AFTER_THE_CLOSE}\n"
        f"Please name no child, parent or colleague. If a child is at risk, do not write it "
        f"here: follow your safeguarding procedure now."
    )


SLACK_NOTICE = (
    f"{IN_SLACK}\n"
    "What you type here is also kept by Slack under your workspace's own rules. Withdrawing "
    "removes it from our figures, not from Slack."
)


TOLD_OF_SILENCE: dict[Backup, str] = {
    "manager": "your line manager, whom the panel names for you,",
    "substitute": "the person who stands in for you on the panel",
}
REASONS_SHOWN = (
    "In a later round the others may be shown your words on what is asked again, without your name."
)


def who_sees(stand_in: Backup | None = None, *, reasons: bool = False) -> str:
    """Who will see what a person says, and who is told when they say nothing.

    Args:
        stand_in: who is told when the interview is unfinished near its end.
        reasons: whether words may be shown to the others in a later round.
    """
    on_silence = (
        f"If you have not finished shortly before the deadline, {TOLD_OF_SILENCE[stand_in]} is "
        f"told that, never what you said."
        if stand_in
        else ""
    )
    shown = REASONS_SHOWN if reasons else ""
    return " ".join(part for part in (WHO_SEES, shown, REPORTS, on_silence) if part)


def why_asked(role: str, agency: str, items: int, *, over: bool, hand_on: bool) -> str:
    """Why this person is on the panel, and what to do if it does not fit.

    Args:
        over: whether nothing can be answered any more.
        hand_on: whether there is anything that a colleague could answer.
    """
    are, needs, fits = ("were", "needed", "fitted") if over else ("are", "needs", "fits")
    work = f", and your work as {role} {fits} {_these(items)}" if items else ""
    asked = f"You {are} asked because the partnership {needs} the view of {agency}{work}."
    not_mine = "If a question does not fit, answer not my area." if items and not over else ""
    colleague = NOT_THE_RIGHT_PERSON if hand_on else ""
    return " ".join(part for part in (asked, not_mine, colleague) if part)


def _these(items: int) -> str:
    return "this question" if items == 1 else f"these {items} questions"


def why_now(left: int, deadline: str, kind: RoundKind) -> str:
    """Why a person is asked now, or that nothing is wanted any more."""
    if not left:
        return "Nothing is wanted of you now."
    pronoun = "it" if left == 1 else "them"
    reason = {
        "feedback": f"the panel did not agree on {pronoun}",
        "workshop": f"the facilitator has put {pronoun} to the vote",
    }.get(kind, "the round is open")
    still = f"{counted(left, 'question')} {'is' if left == 1 else 'are'} still to be answered"
    return f"You are asked now because {reason}: {still}, by {deadline}."


def hand_on(asked: str | None) -> str:
    """The question of who would be the right person."""
    before = f"You asked before: {ending(asked)}\n" if asked else ""
    return (
        f"{before}Who would be the right person? Type their name, their work and how to reach them. "
        f"Your coordinator decides; what you have answered stays yours. Or go on."
    )


HAND_ON_ASKED = (
    "Thank you. Your coordinator decides whether your open questions go to your colleague. Until "
    "then you can still answer them yourself."
)
HANDED_ON = (
    "Your coordinator has agreed: a colleague answers now what you had not answered. What you "
    "have said stays yours. Thank you for telling us who."
)
NOTHING_LEFT = "A colleague answers your questions now. Thank you for telling us who."


def hand_on_declined(because: str | None) -> str:
    """That the coordinator would rather have this person's answers, and why."""
    reason = f" The reason: {ending(because)}" if because else ""
    return f"Your coordinator asks you to answer yourself after all.{reason} Thank you."


def taken_over(left: int) -> str:
    """That a colleague has handed questions on to this person."""
    return (
        f"A colleague has handed questions on to you, with your coordinator's consent. You have "
        f"{counted(left, 'question')} to answer now."
    )


LEAVE = (
    "You would rather not be asked. Nothing was changed yet: pause to be left alone until you go on, "
    "say who is the right person, or withdraw, so that nothing you said counts."
)


def welcome(deadline: str, *, closed: bool) -> str:
    """The answer to thanks: what becomes of what was said."""
    if closed:
        return "You're welcome. Your answers are kept as they stood at the close."
    return f"You're welcome. Your answers are kept, and you can change them until {deadline}."


def help_words(item: str | None) -> str:
    """Where in the interview a person is, and what can be said at any time."""
    here = f"You are at {item}." if item else ""
    return (
        f"{here}\nYou can say at any time: back · skip · don't know · not my area · next · "
        f"change 5.1 to 3 (with your own number) · my answers · pause · remind me tomorrow · go on · withdraw · why "
        f"am I asked · why was I reminded · who sees this · not the right person.\n"
        f"To have such a word kept as your answer, put it in quotes."
    ).strip()


WORRIED_ABOUT = "If you are worried about somebody: {route}"
STOPPED: dict[Concern, str] = {
    "safeguarding": (
        "{route}\nThis sounds as if somebody may be at risk now, so it was not kept here. This "
        "interview is about services and nobody acts on what is typed into it."
    ),
    "nhs-number": (
        "That holds what looks like an NHS number, so it was not kept. Please type it again "
        "without the number: this interview is about services, never about one person.\n"
        f"{WORRIED_ABOUT}"
    ),
    "child": (
        "That looks like a child's name with a date of birth, so it was not kept. Please type it "
        "again without them: this interview is about services, never about one child.\n"
        f"{WORRIED_ABOUT}"
    ),
}
OTHER_WORDS = "If it was about nobody in particular, say it in other words."
EMERGENCY, RING_999 = "999", "If anybody is in danger this minute, call 999."


def route_with_999(route: str) -> str:
    """The area's route for a worry about somebody, with what to do at once if it does not say."""
    return route if EMERGENCY in route else f"{route.strip()} {RING_999}"


def worried(route: str) -> str:
    """The quiet line beside every box for words: where a worry about somebody goes."""
    return f"Worried about somebody's safety? Do not type it here. {route_with_999(route)}"


def stopped_words(concern: Concern, route: str) -> str:
    """Why words were not kept, and the area's route: before all else when somebody is at risk."""
    return STOPPED[concern].replace("{route}", route_with_999(route))


def stopped(concern: Concern, route: str) -> str:
    """Why words were not kept, what to do now, and what to do if it was a mistake."""
    return f"{stopped_words(concern, route)}\n{OTHER_WORDS}"


NOT_IN_A_FORM: dict[Concern, str] = {
    "safeguarding": "This sounds as if somebody may be at risk now, so nothing was recorded.",
    "nhs-number": "That holds what looks like an NHS number, so nothing was recorded.",
    "child": "That looks like a child's name with a date of birth, so nothing was recorded.",
}
KEPT_FOR_GOOD = (
    "What you type here is kept for good and may stand in a report. Say it in other words, about "
    "nobody in particular."
)


def stopped_in_form(concern: Concern, route: str) -> str:
    """Why a coordinator's words were not taken, and the area's route, first if it is urgent."""
    said, way = f"{NOT_IN_A_FORM[concern]} {KEPT_FOR_GOOD}", route_with_999(route)
    if concern == "safeguarding":
        return f"{way}\n{said}"
    return f"{said}\n{WORRIED_ABOUT.format(route=way)}"
