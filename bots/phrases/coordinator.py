"""What a coordinator is told in Slack. Counts and pseudonyms; never what anybody answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bots.phrases.by_hand import COUNTED
from bots.phrases.labels import counted, round_kind
from ehsg_events.commands.hand_over import Request
from ehsg_events.reminders.reminders import SPARED

NUDGE_ALL, EXTEND, PAUSE_ROUND, RESUME_ROUND = "Remind all", "More time…", "Pause…", "Let it go on"
CLOSE_ROUND, AGREE, DECLINE = "Close…", "Agree…", "Decline…"
EXTEND_TITLE, PAUSE_TITLE, CLOSE_TITLE = "More time", "Pause the round", "Close the round"
AGREE_TITLE, DECLINE_TITLE = "Hand on", "Decline"
DO_EXTEND, DO_PAUSE, DO_CLOSE, DO_AGREE, DO_DECLINE = (
    "Move it",
    "Pause",
    "Close now",
    "Agree",
    "Decline",
)
NEW_DAY, BECAUSE = "The new last day", "Why?"
BECAUSE_HINT = "The reason stays on the record."
ON_PANEL, NEW_NAME = "Somebody on the panel", "Or somebody new: their name"
NEW_SLACK, NEW_WORK = "Their Slack id, if they have one", "Their work"
NEW_SLACK_HINT = "Team and person, such as T012AB/U034CD. Left out, you give them a personal link."
NEW_WORK_HINT = "Left out, the same as of the person who asks."
OPENED_NEXT = (
    "Open, and nobody was written to yet. Next: rehearse the first round, say who coordinates, then "
    "open the round."
)
OPENED_EMPTY = (
    "Open, with the usual terms and nobody on the panel yet. Next: hand in the file of who is asked, "
    "and choose other terms if you want them; both can be done until the first round opens."
)
PAUSED_NOW = "Paused."
NOBODY_NAMED = "Choose somebody on the panel, or type the name of somebody new."
SURE = (
    "Nobody can answer after that, and the round is measured at once. Only the command line can "
    "open it again, with a reason; what was not agreed can be asked in a feedback round."
)

COORDINATORS_TYPE = (
    "You are asked nothing yourself now. What you coordinate is on my Home tab, and /ehsg says "
    "the same anywhere: try /ehsg help."
)
NOT_A_COORDINATOR = (
    "/ehsg is for the coordinators of an assessment, and it did nothing. If I have asked you "
    "questions, everything you need is in our chat and on my Home tab: buttons, or words such as "
    "help, my answers and pause."
)
NO_ROUND = "No round was opened yet."


def abandoned(areas: Sequence[str]) -> str:
    """To whoever coordinated nothing but what was abandoned."""
    which = " and of ".join(dict.fromkeys(areas))
    return (
        f"The assessment of {which} that you coordinated was abandoned, so there is nothing to be done "
        f"here, and nothing was. What was recorded can be read on its pages."
    )


HELP = (
    "/ehsg or /ehsg progress: who has finished, by agency.\n"
    "/ehsg nudge: remind everyone who has not finished; /ehsg nudge Police: only that agency.\n"
    "/ehsg extend 2026-12-11 because schools were shut: move the deadline.\n"
    "/ehsg pause because of the floods: nobody is reminded, and the round does not close.\n"
    "/ehsg resume: let it go on.\n"
    "/ehsg close: close and measure the round; it asks you to confirm.\n"
    "/ehsg term Lead Practitioner means family support worker: what a word means in your area.\n"
    "What is about the round is also on my Home tab, and there you decide who may hand questions on."
)


def help_for(areas: Sequence[str]) -> str:
    """The commands; whoever coordinates several areas types the area first."""
    if len(areas) < 2:
        return HELP
    return f"{HELP}\nYou coordinate {_and(areas)}. Say which first: /ehsg {areas[0]} nudge."


def which_area(areas: Sequence[str]) -> str:
    """That several areas could be meant."""
    return (
        f"You coordinate {_and(areas)}, and I would rather ask than guess. Say which first, such "
        f"as /ehsg {areas[0]} nudge. Nothing was done."
    )


def not_an_order(text: str) -> str:
    """That something typed is no command."""
    return f"I do not know “{text[:60]}”, so nothing was done. You can say:"


def round_stands(number: int, kind: str, until: str, *, paused: bool) -> str:
    """That a round is open, and until when."""
    pause = " It is paused: nobody is reminded and it does not close by itself." if paused else ""
    return f"Round {number} ({round_kind(kind)}) is open until {until}.{pause}"


REOPENED = "It was closed before and takes answers again; those given since are told apart."


def due_next(what: str, when: str) -> str:
    """What falls due next, and when."""
    return f"Due next: {what}, at {when}."


def opening_planned(number: int, opens: str, until: str) -> str:
    """That a round will open by itself."""
    return f"Round {number} is planned to open at {opens} and to last until {until}."


def reminders_so_far(given: int, spared: Mapping[str, int]) -> str:
    """How many reminders there were, and how many each rule withheld."""
    withheld = "; ".join(f"{number} because {SPARED[rule]}" for rule, number in spared.items())
    return f"Reminders so far: {given} given" + (f", not given: {withheld}." if withheld else ".")


TO_DO: dict[str, tuple[str, str]] = {
    **COUNTED,
    "moderation": ("one descriptor to settle", "{} descriptors to settle"),
    "priorities": ("the priorities to choose", ""),
    "permission": ("one permission to answer", "{} permissions to answer"),
    "sign-off": ("the signature", ""),
    "retention": ("names and words to be destroyed", ""),
}


def to_do(kind: str, number: int, due: str | None, people: Sequence[str] = ()) -> str:
    """Something that waits for whoever coordinates or signs off, and about whom."""
    singular, plural = TO_DO[kind]
    until = f", {due}" if due else ""
    who = f": {', '.join(people)}" if people else ""
    return f"Waits: {singular if number == 1 else plural.format(number)}{until}{who}."


def round_over(number: int, kind: str, until: str) -> str:
    """That a round is closed."""
    return f"Round {number} ({round_kind(kind)}) is closed; its deadline was {until}."


def of_an_earlier_round(number: int, newest: int) -> str:
    """That a button or a window is older than the newest round, and does nothing."""
    return (
        f"That was about round {number}, and round {newest} is the newest now, so it does nothing "
        f"any more. Open my Home tab again to decide about round {newest}."
    )


def agency_stands(agency: str, finished: int, of: int, under_way: int, gone: int) -> str:
    """How many people of an agency have finished, started, or withdrawn."""
    parts = [f"{finished} of {of} finished"]
    parts += [f"{under_way} under way"] if under_way else []
    waiting = of - finished - under_way
    parts += [f"{waiting} not started"] if waiting else []
    parts += [f"{gone} withdrew"] if gone else []
    return f"{agency}: {', '.join(parts)}"


def nudge_agency(agency: str) -> str:
    """The button that reminds one agency."""
    return f"Remind {agency}"


def hand_on_request(request: Request) -> str:
    """That somebody asks that a colleague answers instead."""
    who = f"{request.stakeholder} ({request.works_as}, {request.agency})"
    return (
        f"{who} is not the right person for {', '.join(request.items)} and would ask: "
        f"“{request.colleague or 'forgotten'}”"
    )


def hand_ons_wait(number: int) -> str:
    """How many requests to hand on wait."""
    is_are = "waits" if number == 1 else "wait"
    return f"{counted(number, 'request')} to hand questions on {is_are} for you on my Home tab."


def desk_title(area: str) -> str:
    """The title of a coordinator's part of the Home tab."""
    return f"You coordinate: {area}"


def extended(until: str) -> str:
    """That the deadline was moved."""
    return f"The deadline is now {until}. Everyone in Slack who has not finished is told."


def resumed(number: int) -> str:
    """That the round goes on."""
    return f"Round {number} goes on."


def closed_now(number: int, agreed: int, not_agreed: int) -> str:
    """That the round was closed and measured."""
    return f"Round {number} is closed and measured: {agreed} agreed, {not_agreed} not agreed."


def confirm_close(area: str) -> str:
    """What closing means, and how to confirm it."""
    return f"{SURE}\nTo close the round of {area} now, say: /ehsg {area} close yes"


def handed(items: Sequence[str], to: str) -> str:
    """That a colleague takes over."""
    return f"Handed on: {', '.join(items)}. {to} is asked now."


def declined(person: str) -> str:
    """That nobody takes over."""
    return f"Declined. {person} stays asked."


def way_here(does: str, typed: str) -> str:
    """A way out of a refusal that can be typed in Slack."""
    return f"To {does}: {typed}"


def way_elsewhere(does: str, command: str) -> str:
    """A way out of a refusal that is a command at the command line."""
    return f"To {does}, on the command line: `{command}`"


def _and(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def kept_back(items: Sequence[str]) -> str:
    """That some outcomes are handed in as blanks, and the way out."""
    return (
        f"Neither shown to the board nor handed in, since the rule adopted them from so few or so "
        f"like answers that somebody's could be told: {', '.join(items)}. To have them shown, "
        f"withdraw the sign-off, settle each by name, and sign again."
    )
