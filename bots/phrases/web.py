"""What is said only on pages: headings, buttons, hints, and what went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bots.phrases.notices import OTHER_WORDS
from ehsg_events.states.interview import PRIORITIES

HEADINGS: Mapping[str, str] = {
    "notice": "Before you start",
    "review": "My answers",
    "help": "What you can do at any time",
    "why": "Why am I asked?",
    "nudges": "My reminders",
    "who-sees": "Who sees what I say?",
    "thanks": "You're welcome",
    "leave": "You do not want to be asked",
    "what-waits": "What is still to be answered",
    "hand-on": "Who would be the right person?",
    "handed-on": "About your colleague",
    "remind-me": "Your reminder",
    "withdraw": "Do you want to withdraw?",
    "withdrawn": "You have withdrawn",
    "paused": "Paused",
    "done": "That is all, thank you",
    "closed": "The round is over",
    "became": "What became of what you said",
    "told": "Nothing more is asked of you",
    "words": "In your own words",
}
BACK, HELP, STEP_BEFORE = "Back", "Help", "The step before"
CONTINUE = "Continue"
SAVE_AND_ADD, SAVE_AND_GO_ON = "Save and stay here", "Save and continue"
SAVE_CHANGE, REMOVE, SEND = "Save the change", "Remove these words", "Send to the coordinator"
NOTHING_HERE = "Nothing"
OR = "or"
SKIP_TO = "Skip to the question"
WORDS_ON = "Your words on"  # and the title of the descriptor
YOUR_WORDS, THESE_WORDS = "Your words", "As they should be"
WORDS_HINT = "Write as much or as little as you like. Leave empty what you have nothing to say on."
NO_NAMES = "Please name no child, parent or colleague."
EVIDENCE = "Add where this is from, or a file"
ORIGIN, ORIGIN_HINT = "Source", "Such as a report, a dataset or a meeting."
DATED, DATED_HINT = "Day it speaks of", "Such as 2026-03-31 or 31/3/2026."
FILE, FILE_HINT = "File", "PDF, picture, text, CSV or office document of at most 5 MB."
COLLEAGUE = "Their name, their work and how to reach them"
CHANGE_WORDS = "Change or remove"
GUIDE_SAYS = "What the guide says about this question"
SAY = "Say it in words"
SAY_LABEL = "What you would say"
SAY_HINT = "Such as: don't know, change 5.1 to 2, my answers, pause."
SAY_BUTTON = "Say it"
YOUR_NUMBER = "Your number"
HELP_LINES = (
    "Back, at the top of a page or in your browser, shows the page before as you saved it.",
    "You can change there what you said. What you save on a page is kept at once.",
    "Skip this one passes over a question. I don't know and Not my area are answers too.",
    "My answers shows everything you said, with a way to change each answer.",
    "Pause stops for now. Your link brings you back to where you stopped.",
    "Under Say it in words you can also say when you want to be reminded: remind me on Thursday.",
    "Under Say it in words you can type what you would say in a chat, such as: change 5.1 to 3.",
)
SOMETHING_WRONG = "There is a problem"
ERROR_PREFIX = "Error: "
NAVIGATION = "At any time"
NOTED = "Kept so far"
FILE_AGAIN = "The file was not kept: please choose it again."

CHOOSE = "Choose an answer."
CHOSEN_TWICE = "This is chosen for another place too. Choose each once."
NOT_SENT = "You typed a name and did not send it. Send it, or empty the box first."
WORDS_GONE = (
    "The words you changed were taken back elsewhere meanwhile, so your change was not recorded."
)
TYPE_NUMBER = "Type a number, or choose one of the other answers."
TYPE_WORDS = "Type your words, or press Save and continue if there is nothing to say."
TYPE_TO_CHANGE = "Type the words as they should be, or press Remove these words."
TYPE_COLLEAGUE = "Say who would be the right person, or press Go on."
TYPE_SOMETHING = "Type what you want to say."
WORDS_FIRST = "Type the words, or choose the file, that the source or the day belongs to."
ONE_OR_OTHER = (
    "You typed words and chose an answer without words. Save the words, or empty the box and choose "
    "the answer again."
)
NOT_A_DAY = "Type the day like 2026-03-31 or 31/3/2026, or leave it empty."
EARLIER_ROUND = (
    "That page was of an earlier round, which is over, so what you said there was not recorded. This "
    "is what you are asked now."
)
MOVED_ON = (
    "You have moved on since this page was opened, so what you said there was not recorded. This "
    "is where you are now."
)
STANDS_IN_ITS_BOX = "What you typed stands in the box below and nowhere else."
NOT_RECORDED = "What you typed"
COPY_IT = "This was not recorded, as far as we know. Copy it if you want to use it again."

INTERVIEW = "Interview"
UNKNOWN = "This link does not open an interview"
UNKNOWN_WORDS = (
    "It may have been replaced by a newer one, taken back, or its time may be over. Perhaps a part "
    "of it is missing: open it from the message you got, or copy the whole of it.\n"
    "If it still does not open, ask your coordinator for a new one. Nothing you had saved is lost."
)
FRONT = "Self-assessment"
FRONT_WORDS = (
    "To answer your questions, open the link from the message you got. If you cannot find it, ask "
    "whoever sent it to you.\n"
    "If you run an assessment or were asked to read its results, go on to the pages for you."
)
TO_THE_DESK = "Pages for coordinators and readers"
TOO_MANY = "That was very often in a short time"
TOO_LARGE = "That was too much at once"
TOO_LARGE_WORDS = (
    "Nothing was recorded. A file may be at most 5 MB, and words at most 20,000 letters at a time. "
    "Open your link again, choose a smaller file or paste a link to it, and send it again."
)
UNREADABLE = "That form could not be read"
UNREADABLE_WORDS = "Nothing was recorded. Open your link again and say it once more."
NOT_WHOLE = "That did not come in time"
NOT_WHOLE_WORDS = (
    "Nothing was recorded. Open your link again and send it once more; on a slow line, choose a "
    "smaller file or paste a link to it."
)
NOT_FOUND = "There is no such page"
NOT_FOUND_WORDS = "Open the link from the message you got."
FAILED = "Something went wrong here"
FAILED_WORDS = (
    "It was our mistake, and it may not have been recorded. Wait a minute and load this page again: "
    "your browser sends the same once more, and nothing is recorded twice."
)


def contact(names: Sequence[str]) -> str:
    """Whom to ask about the interview."""
    if not names:
        return "Questions about this? Ask the coordinator who sent you the link."
    who = " or ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
    return f"Questions about this? Ask your coordinator, {who}."


def your_answer_to(item: str) -> str:
    """Which answer a link to change it is about."""
    return f"your answer to {item}"


def name_up_to(most: int) -> str:
    """How many descriptors may be named as first to work on."""
    return f"Choose up to {most}, the most important first. Leave it at nothing if you would rather not."


def not_recorded(number: int, of: int) -> str:
    """The name of a box with words that were not recorded."""
    return NOT_RECORDED if of == 1 else f"{NOT_RECORDED}, {number} of {of}"


def moved(item: str, level: str, ago: str, surface: str) -> str:
    """That an answer is another one than when the page was opened."""
    where = {"web": "on another page", "slack": "in Slack"}.get(surface, "elsewhere")
    now = f"it is “{level}” now" if level else "nothing is chosen now"
    when = f"{ago}, {where}" if ago else where
    what = "What comes first" if item == PRIORITIES else item
    return (
        f"{what} was changed {when}: {now}. Nothing was recorded from this page. Press the button "
        f"again to have it as chosen here."
    )


def words_moved(now: str) -> str:
    """That words were changed elsewhere since the page was opened."""
    return (
        f"These words were changed elsewhere meanwhile, to “{now}”. Nothing was recorded from this "
        f"page. Save the change again to have them as they stand here."
    )


def ago(at: datetime, now: datetime) -> str:
    """How long ago something was, in words."""
    minutes = int((now - at).total_seconds()) // 60
    if minutes < 1:
        return "a moment ago"
    if minutes < 60:
        return "a minute ago" if minutes == 1 else f"{minutes} minutes ago"
    hours = minutes // 60
    if hours < 24:
        return "an hour ago" if hours == 1 else f"{hours} hours ago"
    return "a day ago" if hours < 48 else f"{hours // 24} days ago"


def stopped(text: str) -> str:
    """Why words were not kept; a page adds that they stand nowhere else."""
    return f"{text} {STANDS_IN_ITS_BOX}" if text.endswith(OTHER_WORDS) else text


def too_many(seconds: int) -> str:
    """How long to wait, and what becomes of what was typed."""
    wait = "a minute" if seconds <= 60 else f"{-(-seconds // 60)} minutes"
    return (
        f"Wait {wait} and load this page again: your browser sends what you typed once more, and "
        f"nothing is recorded twice."
    )


def place(number: int) -> str:
    """The question for the priority of a given rank."""
    return {1: "What comes first?", 2: "What comes second?", 3: "What comes third?"}.get(
        number, f"What comes in place {number}?"
    )
