"""What is said only on pages: headings, buttons, hints, and what went wrong."""

from __future__ import annotations

from collections.abc import Mapping

from bots.phrases.notices import OTHER_WORDS

HEADINGS: Mapping[str, str] = {
    "notice": "Before you start",
    "review": "My answers",
    "help": "What you can do at any time",
    "why": "Why am I asked?",
    "nudges": "My reminders",
    "who-sees": "Who sees what I say?",
    "thanks": "You're welcome",
    "leave": "You do not want to be asked",
    "hand-on": "Who would be the right person?",
    "handed-on": "About your colleague",
    "withdraw": "Do you want to withdraw?",
    "withdrawn": "You have withdrawn",
    "paused": "Paused",
    "done": "That is all, thank you",
    "closed": "The round is over",
    "became": "What became of what you said",
    "told": "Nothing more is asked of you",
    "words": "In your own words",
}
BACK, HELP = "Back", "Help"
CONTINUE = "Continue"
SAVE_AND_ADD, SAVE_AND_GO_ON = "Save and add another", "Save and continue"
SAVE_CHANGE, REMOVE, SEND = "Save the change", "Remove these words", "Send to the coordinator"
NO_MORE, AGAIN = "Nothing more", "Choose again from the first"
OR = "or"
SKIP_TO = "Skip to the question"
YOUR_WORDS = "Your words"
WORDS_HINT = "Write as much or as little as you like. Leave it empty if there is nothing to say."
NO_NAMES = "Please name no child, parent or colleague."
EVIDENCE = "Add where this is from, or a file"
ORIGIN, ORIGIN_HINT = "Source", "Such as a report, a dataset or a meeting."
DATED, DATED_HINT = "Day it speaks of", "Such as 2026-03-31 or 31/3/2026."
FILE, FILE_HINT = "File", "PDF, picture, text, CSV or office document of at most 5 MB."
COLLEAGUE = "Their name, their work and how to reach them"
CHANGE_WORDS = "Change or remove"
SAY = "Say it in words"
SAY_LABEL = "What you would say"
SAY_HINT = "Such as: don't know, change 5.1 to 2, my answers, pause."
SAY_BUTTON = "Say it"
YOUR_NUMBER = "Your number"
SOMETHING_WRONG = "There is a problem"
ERROR_PREFIX = "Error: "
NAVIGATION = "At any time"
NOTED = "What you have said here"
FILE_AGAIN = "The file was not kept: please choose it again."

CHOOSE = "Choose an answer."
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
MOVED_ON = (
    "You have moved on since this page was opened, so what you said there was not recorded. This "
    "is where you are now."
)
STANDS_IN_ITS_BOX = "What you typed stands in the box below and nowhere else."
NOT_RECORDED = "What you typed, which was not recorded"

INTERVIEW = "Early help interview"
UNKNOWN = "This link does not open an interview"
UNKNOWN_WORDS = (
    "It may have been replaced by a newer one, taken back, or its time may be over. Perhaps a part "
    "of it is missing: open it from the message you got, or copy the whole of it.\n"
    "If it still does not open, ask your coordinator for a new one. Nothing you said is lost."
)
TOO_MANY = "That was very often in a short time"
TOO_LARGE = "That was too much at once"
TOO_LARGE_WORDS = (
    "Nothing was recorded. A file may be at most 5 MB. Go back in your browser, choose a smaller "
    "file or paste a link to it, and send it again."
)
UNREADABLE = "That form could not be read"
UNREADABLE_WORDS = "Nothing was recorded. Open your link again and say it once more."
NOT_WHOLE = "That did not come in time"
NOT_WHOLE_WORDS = (
    "Nothing was recorded. Go back in your browser and send it again; on a slow line, choose a "
    "smaller file or paste a link to it."
)
NOT_FOUND = "There is no such page"
NOT_FOUND_WORDS = "Open the link from the message you got."
FAILED = "Something went wrong here"
FAILED_WORDS = (
    "It was our mistake, and it may not have been recorded. Wait a minute and load this page again: "
    "your browser sends the same once more, and nothing is recorded twice."
)


def area_title(area: str) -> str:
    """Whose interview this is."""
    return f"Early help in {area}"


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
