"""What is said only on pages: headings, buttons, hints, and what went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bots.phrases.stopped import OTHER_WORDS
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import marked, ngettext
from ehsg_events.states.interview import PRIORITIES

HEADINGS: Mapping[str, str] = {
    "notice": marked("Before you start"),
    "review": marked("My answers"),
    "help": marked("What you can do at any time"),
    "why": marked("Why am I asked?"),
    "nudges": marked("My reminders"),
    "who-sees": marked("Who sees what I say?"),
    "thanks": marked("You're welcome"),
    "leave": marked("You do not want to be asked"),
    "what-waits": marked("What is still to be answered"),
    "hand-on": marked("Who would be the right person?"),
    "handed-on": marked("About your colleague"),
    "remind-me": marked("Your reminder"),
    "withdraw": marked("Do you want to withdraw?"),
    "withdrawn": marked("You have withdrawn"),
    "paused": marked("Paused"),
    "done": marked("That is all, thank you"),
    "closed": marked("The round is over"),
    "became": marked("What became of what you said"),
    "told": marked("Nothing more is asked of you"),
    "words": marked("In your own words"),
}
BACK, HELP, STEP_BEFORE = marked("Back"), marked("Help"), marked("The step before")
CONTINUE = marked("Continue")
SAVE_AND_ADD, SAVE_AND_GO_ON = marked("Save and stay here"), marked("Save and continue")
SAVE_CHANGE, REMOVE, SEND = (
    marked("Save the change"),
    marked("Remove these words"),
    marked("Send to the coordinator"),
)
NOTHING_HERE = marked("Nothing")
OR = marked("or")
SKIP_TO = marked("Skip to the question")
WORDS_ON = marked("Your words on")  # and the title of the descriptor
YOUR_WORDS, THESE_WORDS = marked("Your words"), marked("As they should be")
WORDS_HINT = marked(
    "Write as much or as little as you like. Leave empty what you have nothing to say on."
)
NO_NAMES = marked("Please name no child, parent or colleague.")
EVIDENCE = marked("Add where this is from, or a file")
ORIGIN, ORIGIN_HINT = marked("Source"), marked("Such as a report, a dataset or a meeting.")
DATED, DATED_HINT = marked("Day it speaks of"), marked("Such as 2026-03-31 or 31/3/2026.")
FILE, FILE_HINT = (
    marked("File"),
    marked("PDF, picture, text, CSV or office document of at most 5 MB."),
)
COLLEAGUE = marked("Their name, their work and how to reach them")
CHANGE_WORDS = marked("Change or remove")
GUIDE_SAYS = marked("What the guide says about this question")
SAY = marked("Say it in words")
SAY_LABEL = marked("What you would say")
SAY_HINT = marked("Such as: don't know, change 5.1 to 2, my answers, pause.")
SAY_BUTTON = marked("Say it")
YOUR_NUMBER = marked("Your number")
HELP_LINES = (
    marked("Back, at the top of a page or in your browser, shows the page before as you saved it."),
    marked("You can change there what you said. What you save on a page is kept at once."),
    marked("Skip this one passes over a question. I don't know and Not my area are answers too."),
    marked("My answers shows everything you said, with a way to change each answer."),
    marked("Pause stops for now. Your link brings you back to where you stopped."),
    marked(
        "Under Say it in words you can also say when you want to be reminded: remind me on Thursday."
    ),
    marked(
        "Under Say it in words you can type what you would say in a chat, such as: change 5.1 to 3."
    ),
)
SOMETHING_WRONG = marked("There is a problem")
ERROR_PREFIX = marked("Error: ")
NAVIGATION = marked("At any time")
NOTED = marked("Kept so far")
FILE_AGAIN = marked("The file was not kept: please choose it again.")

CHOOSE = marked("Choose an answer.")
CHOSEN_TWICE = marked("This is chosen for another place too. Choose each once.")
NOT_SENT = marked("You typed a name and did not send it. Send it, or empty the box first.")
WORDS_GONE = marked(
    "The words you changed were taken back elsewhere meanwhile, so your change was not recorded."
)
TYPE_NUMBER = marked("Type a number, or choose one of the other answers.")
TYPE_WORDS = marked("Type your words, or press Save and continue if there is nothing to say.")
TYPE_TO_CHANGE = marked("Type the words as they should be, or press Remove these words.")
TYPE_COLLEAGUE = marked("Say who would be the right person, or press Go on.")
TYPE_SOMETHING = marked("Type what you want to say.")
WORDS_FIRST = marked("Type the words, or choose the file, that the source or the day belongs to.")
ONE_OR_OTHER = marked(
    "You typed words and chose an answer without words. Save the words, or empty the box and choose "
    "the answer again."
)
NOT_A_DAY = marked("Type the day like 2026-03-31 or 31/3/2026, or leave it empty.")
EARLIER_ROUND = marked(
    "That page was of an earlier round, which is over, so what you said there was not recorded. This "
    "is what you are asked now."
)
MOVED_ON = marked(
    "You have moved on since this page was opened, so what you said there was not recorded. This "
    "is where you are now."
)
STANDS_IN_ITS_BOX = marked("What you typed stands in the box below and nowhere else.")
NOT_RECORDED = marked("What you typed")
COPY_IT = marked("This was not recorded, as far as we know. Copy it if you want to use it again.")

INTERVIEW = marked("Interview")
OLD_LINK = marked("This link no longer works")
OLD_LINK_WORDS = marked(
    "It was replaced by a newer one or taken back, or its time is over. Perhaps the newer one is in a "
    "later message: look there first. Nothing you had saved is lost.\n"
    "With the button, the link that works now is sent to the address we have. You need not type "
    "anything, and nothing is shown here."
)
SEND_LINK = marked("Send a new link to the address we have")
LINK_ASKED = marked("Look into your messages")
LINK_ASKED_WORDS = marked(
    "If we have an address for whoever this link was made for, the link that works now is on its way "
    "there. It is sent at most three times a day.\n"
    "If nothing has come in half an hour, ask your coordinator for it."
)
UNKNOWN = marked("This link does not open an interview")
UNKNOWN_WORDS = marked(
    "It may have been replaced by a newer one, taken back, or its time may be over. Perhaps a part "
    "of it is missing: open it from the message you got, or copy the whole of it.\n"
    "If it still does not open, ask your coordinator for a new one. Nothing you had saved is lost."
)
STOP_REMINDERS = marked("Stop reminders")
STOP_ASKED = marked("No more reminders?")
STOP_WORDS = marked(
    "{headed}: if you press the button, nobody reminds you any more, by e-mail or otherwise. What you "
    "have said stays, and you can go on answering.\n"
    "You are still told of a new deadline, of a new round, and of what becomes of your answers. If "
    "you have not answered when the deadline is near, those whom the notice names are told so, as of "
    "everybody."
)
STOPPED = marked("You get no more reminders")
STOPPED_WORDS = marked(
    "{headed}: nobody reminds you any more. You can go on answering with your own link, which is in the "
    "letters you got.\n"
    "If you want reminders again, open your own link and choose My reminders."
)
REMIND_AGAIN = marked("Send reminders again")
UNREMINDED = marked("You asked for no reminders, so nobody reminds you.")
TO_CALENDAR = marked("Put the deadline into your calendar")
FRONT = marked("Self-assessment")
FRONT_WORDS = marked(
    "To answer your questions, open the link from the message you got. If you cannot find it, ask "
    "whoever sent it to you.\n"
    "If you run an assessment or were asked to read its results, go on to the pages for you."
)
TO_THE_DESK = marked("Pages for coordinators and readers")
TOO_MANY = marked("That was very often in a short time")
TOO_LARGE = marked("That was too much at once")
TOO_LARGE_WORDS = marked(
    "Nothing was recorded. A file may be at most 5 MB, and words at most 20,000 letters at a time. "
    "Open your link again, choose a smaller file or paste a link to it, and send it again."
)
UNREADABLE = marked("That form could not be read")
UNREADABLE_WORDS = marked("Nothing was recorded. Open your link again and say it once more.")
NOT_WHOLE = marked("That did not come in time")
NOT_WHOLE_WORDS = marked(
    "Nothing was recorded. Open your link again and send it once more; on a slow line, choose a "
    "smaller file or paste a link to it."
)
NOT_FOUND = marked("There is no such page")
NOT_FOUND_WORDS = marked("Open the link from the message you got.")
FAILED = marked("Something went wrong here")
FAILED_WORDS = marked(
    "It was our mistake, and it may not have been recorded. Wait a minute and load this page again: "
    "your browser sends the same once more, and nothing is recorded twice."
)


def contact(names: Sequence[str]) -> str:
    """Whom to ask about the interview."""
    if not names:
        return _("Questions about this? Ask the coordinator who sent you the link.")
    who = _(" or ").join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
    return _("Questions about this? Ask your coordinator, {who}.", who=who)


def your_answer_to(item: str) -> str:
    """Which answer a link to change it is about."""
    return _("your answer to {item}", item=item)


def name_up_to(most: int) -> str:
    """How many descriptors may be named as first to work on."""
    return _(
        "Choose up to {most}, the most important first. Leave it at nothing if you would rather not.",
        most=most,
    )


def not_recorded(number: int, of: int) -> str:
    """The name of a box with words that were not recorded."""
    return (
        _(NOT_RECORDED)
        if of == 1
        else _(
            "{not_recorded}, {number} of {of}", not_recorded=_(NOT_RECORDED), number=number, of=of
        )
    )


WHERE, ELSEWHERE = (
    {"web": marked("on another page"), "slack": marked("in Slack")},
    marked("elsewhere"),
)


def moved(item: str, level: str, ago: str, surface: str) -> str:
    """That an answer is another one than when the page was opened."""
    where = _(WHERE.get(surface, ELSEWHERE))
    now = _("it is “{level}” now", level=level) if level else _("nothing is chosen now")
    when = f"{ago}, {where}" if ago else where
    what = _("What comes first") if item == PRIORITIES else item
    return _(
        "{what} was changed {when}: {now}. Nothing was recorded from this page. Press the button "
        "again to have it as chosen here.",
        what=what,
        when=when,
        now=now,
    )


def words_moved(now: str) -> str:
    """That words were changed elsewhere since the page was opened."""
    return _(
        "These words were changed elsewhere meanwhile, to “{now}”. Nothing was recorded from this "
        "page. Save the change again to have them as they stand here.",
        now=now,
    )


def ago(at: datetime, now: datetime) -> str:
    """How long ago something was, in words."""
    minutes = int((now - at).total_seconds()) // 60
    if minutes < 1:
        return _("a moment ago")
    if minutes < 60:
        return ngettext("a minute ago", "{number} minutes ago", minutes)
    hours = minutes // 60
    if hours < 24:
        return ngettext("an hour ago", "{number} hours ago", hours)
    return ngettext("a day ago", "{number} days ago", hours // 24)


def stopped(text: str) -> str:
    """Why words were not kept; a page adds that they stand nowhere else."""
    return f"{text} {_(STANDS_IN_ITS_BOX)}" if text.endswith(_(OTHER_WORDS)) else text


def too_many(seconds: int) -> str:
    """How long to wait, and what becomes of what was typed."""
    wait = ngettext("a minute", "{number} minutes", max(1, -(-seconds // 60)))
    return _(
        "Wait {wait} and load this page again: your browser sends what you typed once more, and "
        "nothing is recorded twice.",
        wait=wait,
    )


PLACES = {
    1: marked("What comes first?"),
    2: marked("What comes second?"),
    3: marked("What comes third?"),
}


def place(number: int) -> str:
    """The question for the priority of a given rank."""
    if number in PLACES:
        return _(PLACES[number])
    return _("What comes in place {number}?", number=number)
