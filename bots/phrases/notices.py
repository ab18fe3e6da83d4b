"""What a person is told: who asks, who sees it, why they are asked, and why words were stopped."""

from __future__ import annotations

from collections.abc import Sequence

from bots.phrases.afterwards import kept, officer
from bots.phrases.labels import (
    AFTER_THE_CLOSE,
    WHO_SEES_THIS,
    capital,
    counted,
    greeted,
    minutes,
)
from ehsg_events.events import Backup, RoundKind
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import marked, ngettext
from ehsg_events.values.keeping import AS_SCHEDULED, Keeping
from guides.model import Guide
from guides.terms import About

NOT_THE_RIGHT_PERSON = marked(
    "If a colleague should answer instead, choose I am not the right person."
)
NOT_STARTED = marked("Please read the notice first. Say start when you are ready, or help.")
WITHDRAWN = marked(
    "You have withdrawn. Nothing you said counts any more, your scores and words are shown to nobody "
    "any more, and nobody will remind you. What remains is that you answered, and figures that were "
    "taken before. To have your words destroyed, ask your coordinator. Thank you for telling us."
)
WHO_SEES = marked(
    "The coordinator and auditors see your answers. The others on the panel see only "
    "the group's figures, and words without names."
)
ONCE_MORE = marked(" once more, where the panel did not agree or too few had answered")
REPORTS = marked("Reports name agencies, never people.")

WHAT_IS_MEANT, THE_GUIDE_SAYS = marked("What is meant:"), marked("The guide says:")
WHO_ASKS, WHO_SEES_IT = marked("Who asks"), marked("Who sees it")
HOW_LONG, YOUR_RIGHTS = marked("How long it is kept"), marked("Your rights")
IN_SLACK = marked("In Slack")
HEADINGS = (WHO_ASKS, WHO_SEES_IT, HOW_LONG, YOUR_RIGHTS, IN_SLACK)
IN_SHORT = marked(
    "The coordinator and auditors see your answers; the others on the panel see only figures, and "
    "words without names. Please name no child, parent or colleague. If a child is at risk, do not "
    "write it here: follow your safeguarding procedure now.\n"
    "Taking part is voluntary. How long your answers are kept, and all else, stands under "
    "“{who_sees_this}”."
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
    about = guide.topic
    scores = ngettext(
        " You see the group's scores beside it where enough people answered.",
        " You see the group's scores beside them where enough people answered.",
        len(items),
    )
    asks = coordinator or capital(about.led_by)
    once_more = _(ONCE_MORE) if again else ""
    return _(
        "{headed}\n"
        "{greeted} {asks} asks{once_more}, for {partnership} of {area}: "
        "{questions}, about {minutes} minutes, by "
        "{deadline}. You can stop and come back.{scores}\n"
        "{in_short}",
        headed=headed(about, area),
        greeted=greeted(person),
        asks=asks,
        once_more=once_more,
        partnership=about.partnership,
        area=area,
        questions=counted(len(items), "question"),
        minutes=minutes(guide, items, again=again),
        deadline=deadline,
        scores=scores if figures else "",
        in_short=in_short(),
    )


def in_short() -> str:
    """The shortest true account of who sees what is said, and where all else stands."""
    return _(IN_SHORT, who_sees_this=_(WHO_SEES_THIS))


def slack_notice() -> str:
    """What Slack keeps of what is typed there, below its heading."""
    return f"{_(IN_SLACK)}\n{_(SLACK_NOTICE)}"


def _in_the_guides_words(guide: Guide) -> str:
    """How the guide itself says what is meant and how to answer, a line each."""
    meant = f"{_(WHAT_IS_MEANT)} {guide.definition}\n" if guide.definition else ""
    how = f"{_(THE_GUIDE_SAYS)} {guide.instruction}\n" if guide.instruction else ""
    return meant + how


def headed(about: About, area: str) -> str:
    """What an interview is about."""
    return _("{heading} in {area}", heading=about.heading, area=area)


def terms(guide: Guide, area: str, sees: str, keeping: Keeping = AS_SCHEDULED) -> str:
    """The terms on which everybody takes part, in full, and what the guide says of itself.

    Args:
        keeping: how long what is said is kept, and who is complained to.
    """
    about = guide.topic
    return _(
        "{who_asks}\n"
        "{partnership} of {area}, led by {led_by}, to assess itself. "
        "Taking part is voluntary.\n"
        "{in_the_guides_words}"
        "{who_sees_it}\n"
        "{sees}\n"
        "{how_long}\n"
        "{kept} What we hold can be asked "
        "for under the Freedom of Information Act, so we cannot promise secrecy.\n"
        "{your_rights}\n"
        "You can see and change your answers until the round closes, and withdraw them until the "
        "sign-off: then they are shown to nobody any more. {after_the_close} You can ask "
        "for a copy of all that is kept about you, and to be forgotten: your name, words and files "
        "are then destroyed, scores and agency stand. Or complain to {officer} or the Information "
        "Commissioner.\n"
        "Please name no child, parent or colleague. If a child is at risk, do not write it "
        "here: follow your safeguarding procedure now.",
        who_asks=_(WHO_ASKS),
        partnership=capital(about.partnership),
        area=area,
        led_by=about.led_by,
        in_the_guides_words=_in_the_guides_words(guide),
        who_sees_it=_(WHO_SEES_IT),
        sees=sees,
        how_long=_(HOW_LONG),
        kept=kept(keeping),
        officer=officer(keeping),
        your_rights=_(YOUR_RIGHTS),
        after_the_close=_(AFTER_THE_CLOSE),
    )


SLACK_NOTICE = marked(
    "What you type here is also kept by Slack under your workspace's own rules. Withdrawing "
    "removes it from our figures, not from Slack."
)


TOLD_OF_SILENCE: dict[Backup, str] = {
    "manager": marked("your line manager, whom the panel names for you,"),
    "substitute": marked("the person who stands in for you on the panel"),
}
REASONS_SHOWN = marked(
    "In a later round the others may be shown your words on what is asked again, without your name."
)


def who_sees(stand_in: Backup | None = None, *, reasons: bool = False) -> str:
    """Who will see what a person says, and who is told when they say nothing.

    Args:
        stand_in: who is told when the interview is unfinished near its end.
        reasons: whether words may be shown to the others in a later round.
    """
    on_silence = (
        _(
            "If you have not finished shortly before the deadline, {told_of_silence} is "
            "told that, never what you said.",
            told_of_silence=_(TOLD_OF_SILENCE[stand_in]),
        )
        if stand_in
        else ""
    )
    shown = _(REASONS_SHOWN) if reasons else ""
    return " ".join(part for part in (_(WHO_SEES), shown, _(REPORTS), on_silence) if part)


def why_asked(role: str, agency: str, items: int, *, over: bool, hand_on: bool) -> str:
    """Why this person is on the panel, and what to do if it does not fit.

    Args:
        over: whether nothing can be answered any more.
        hand_on: whether there is anything that a colleague could answer.
    """
    asked = _why_then(role, agency, items) if over else _why_today(role, agency, items)
    not_mine = _("If a question does not fit, answer not my area.") if items and not over else ""
    colleague = _(NOT_THE_RIGHT_PERSON) if hand_on else ""
    return " ".join(part for part in (asked, not_mine, colleague) if part)


def _why_today(role: str, agency: str, items: int) -> str:
    if not items:
        return _("You are asked because the partnership needs the view of {agency}.", agency=agency)
    return ngettext(
        "You are asked because the partnership needs the view of {agency}, and your work as {role} "
        "fits this question.",
        "You are asked because the partnership needs the view of {agency}, and your work as {role} "
        "fits these {number} questions.",
        items,
        agency=agency,
        role=role,
    )


def _why_then(role: str, agency: str, items: int) -> str:
    if not items:
        return _(
            "You were asked because the partnership needed the view of {agency}.", agency=agency
        )
    return ngettext(
        "You were asked because the partnership needed the view of {agency}, and your work as "
        "{role} fitted this question.",
        "You were asked because the partnership needed the view of {agency}, and your work as "
        "{role} fitted these {number} questions.",
        items,
        agency=agency,
        role=role,
    )


def why_now(left: int, deadline: str, kind: RoundKind) -> str:
    """Why a person is asked now, or that nothing is wanted any more."""
    if not left:
        return _("Nothing is wanted of you now.")
    still = ngettext(
        "{number} question is still to be answered",
        "{number} questions are still to be answered",
        left,
    )
    return _(
        "You are asked now because {reason}: {still}, by {deadline}.",
        reason=_reason_for(kind, left),
        still=still,
        deadline=deadline,
    )


def _reason_for(kind: RoundKind, left: int) -> str:
    match kind:
        case "feedback":
            return ngettext(
                "the panel did not agree on it", "the panel did not agree on them", left
            )
        case "workshop":
            return ngettext(
                "the facilitator has put it to the vote",
                "the facilitator has put them to the vote",
                left,
            )
    return _("the round is open")


LEAVE = marked(
    "You would rather not be asked. Nothing was changed yet: pause to be left alone until you go on, "
    "say who is the right person, or withdraw, so that nothing you said counts."
)


def welcome(deadline: str, *, closed: bool) -> str:
    """The answer to thanks: what becomes of what was said."""
    if closed:
        return _("You're welcome. Your answers are kept as they stood at the close.")
    return _(
        "You're welcome. Your answers are kept, and you can change them until {deadline}.",
        deadline=deadline,
    )


CAN_SAY = marked(
    "You can say at any time: back · skip · don't know · not my area · next · change 5.1 to 3 (with "
    "your own number) · my answers · pause · remind me tomorrow · go on · withdraw · why am I asked "
    "· why was I reminded · who sees this · not the right person.\n"
    "To have such a word kept as your answer, put it in quotes."
)


def help_words(item: str | None) -> str:
    """Where in the interview a person is, and what can be said at any time."""
    here = _("You are at {item}.", item=item) if item else ""
    return f"{here}\n{_(CAN_SAY)}".strip()
