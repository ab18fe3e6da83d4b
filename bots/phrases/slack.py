"""What is said only in Slack: on the Home tab, in windows, and to people who are asked nothing."""

from __future__ import annotations

from bots.phrases.labels import counted
from bots.phrases.receipts import round_closed
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import marked

WRITE_PRIVATELY = marked("Write privately")
PRIVATE = marked("written privately, not repeated here")
WRITE_TITLE, EDIT_TITLE = marked("Write privately"), marked("Edit what I wrote")
KEEP, CANCEL = marked("Keep"), marked("Cancel")
WRITE_ABOUT = marked(
    "What you write here is not a message: Slack does not keep it in this chat, and it is not "
    "repeated there."
)
YOUR_WORDS, ORIGIN, DATED = (
    marked("Your words"),
    marked("Where is it from?"),
    marked("Which day does it speak of?"),
)
ORIGIN_HINT = marked("Such as minutes of the board, or a talk with parents. You can leave it out.")
NOTHING_WRITTEN = marked("There is nothing here yet. Write something, or press Cancel.")

STILL_HERE = marked("If it still stands in this chat, please delete it there.")
NOT_FOR_YOU = marked(
    "This did nothing. I only act on what I asked the person themselves, and here I have nothing "
    "to ask you. If you have had a message with questions from me, please use that one; if you "
    "think you should have, ask whoever leads the self-assessment in your area."
)

NOT_REACHED = (
    "Slack cannot be reached. Nobody is written to meanwhile; it is asked again every few seconds, "
    "and then everybody gets what waits."
)
REACHED_AGAIN = "Slack takes our messages again."

HOME_NOTHING = marked(
    "Nothing is asked of you now. When a round opens, you get a message here in Slack."
)
HOME_UNKNOWN = marked(
    "I cannot see from here what is asked of you. If you have had a message from me, everything is "
    "in our chat: open Messages above, and say what waits. If you have not, ask whoever leads the "
    "self-assessment in your area."
)
HOME_IN_CHAT = marked("I have put it in our chat: open Messages above.")
HOME_MORE = marked("More than fits here is asked of you: each has its own messages in the chat.")
HOME_RESTS = marked(
    "Your coordinator has paused the round: nobody reminds you, and you can answer."
)


def token_refused(code: str) -> str:
    """That Slack refuses our token, what that means, and what helps."""
    return (
        f"Slack refuses our token ({code}). Nobody is written to; clicks are still recorded. Set "
        f"SLACK_BOT_TOKEN and start again."
    )


def letters_stopped(code: str) -> str:
    """That no letter leaves, what that means, and what helps."""
    return (
        f"No letter leaves just now ({code}). They wait and go out once the mail server takes them; "
        f"whoever runs the server can try each step."
    )


def edit_written(number: int, of: int) -> str:
    """The button that opens what was written privately, numbered when there is more than one."""
    return _(EDIT_TITLE) if of == 1 else f"{_(EDIT_TITLE)} ({number})"


def home_open(done: int, total: int, deadline: str, *, started: bool, paused: bool) -> str:
    """How much is done, and by when the rest is due."""
    far = _("You have done {done} of {questions}.", done=done, questions=counted(total, "question"))
    if not started:
        far = _(
            "You have not started yet. There are {questions}.",
            questions=counted(total, "question"),
        )
    if paused:
        far = _(
            "You have paused. {done} of {questions} done and kept.",
            done=done,
            questions=counted(total, "question"),
        )
    return _("{far} You can answer until {deadline}.", far=far, deadline=deadline)


def home_finished(total: int, deadline: str) -> str:
    """That everything is answered, and what can still be done."""
    return _(
        "You have finished: {total} of {questions} done. Thank you. You can "
        "change your answers until {deadline}.",
        total=total,
        questions=counted(total, "question"),
        deadline=deadline,
    )


def home_closed(area: str, done: int, total: int, deadline: str, *, early: bool) -> str:
    """That the round is over."""
    return _(
        "{round_closed} You have done {done} of {questions}. You can still read your answers.",
        round_closed=round_closed(area, deadline, early=early),
        done=done,
        questions=counted(total, "question"),
    )
