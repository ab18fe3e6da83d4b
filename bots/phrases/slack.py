"""What is said only in Slack: on the Home tab, in windows, and to people who are asked nothing."""

from __future__ import annotations

from bots.phrases.labels import counted
from bots.phrases.receipts import round_closed

WRITE_PRIVATELY = "Write privately"
PRIVATE = "written privately, not repeated here"
WRITE_TITLE, EDIT_TITLE = "Write privately", "Edit what I wrote"
KEEP, CANCEL = "Keep", "Cancel"
WRITE_ABOUT = (
    "What you write here is not a message: Slack does not keep it in this chat, and it is not "
    "repeated there."
)
YOUR_WORDS, ORIGIN, DATED = "Your words", "Where is it from?", "Which day does it speak of?"
ORIGIN_HINT = "Such as minutes of the board, or a talk with parents. You can leave it out."
NOTHING_WRITTEN = "There is nothing here yet. Write something, or press Cancel."

STILL_HERE = "If it still stands in this chat, please delete it there."
NOT_FOR_YOU = (
    "This did nothing. I only act on what I asked the person themselves, and here I have nothing "
    "to ask you. If you have had a message with questions from me, please use that one; if you "
    "think you should have, ask whoever leads the self-assessment in your area."
)

NOT_REACHED = (
    "Slack cannot be reached. Nobody is written to meanwhile; it is asked again every few seconds, "
    "and then everybody gets what waits."
)
REACHED_AGAIN = "Slack takes our messages again."

HOME_NOTHING = "Nothing is asked of you now. When a round opens, you get a message here in Slack."
HOME_UNKNOWN = (
    "I cannot see from here what is asked of you. If you have had a message from me, everything is "
    "in our chat: open Messages above, and say what waits. If you have not, ask whoever leads the "
    "self-assessment in your area."
)
HOME_IN_CHAT = "I have put it in our chat: open Messages above."
HOME_MORE = "More than fits here is asked of you: each has its own messages in the chat."
HOME_RESTS = "Your coordinator has paused the round: nobody reminds you, and you can answer."


def token_refused(code: str) -> str:
    """That Slack refuses our token, what that means, and what helps."""
    return (
        f"Slack refuses our token ({code}). Nobody is written to; clicks are still recorded. Set "
        f"SLACK_BOT_TOKEN and start again."
    )


def edit_written(number: int, of: int) -> str:
    """The button that opens what was written privately, numbered when there is more than one."""
    return EDIT_TITLE if of == 1 else f"{EDIT_TITLE} ({number})"


def home_open(done: int, total: int, deadline: str, *, started: bool, paused: bool) -> str:
    """How much is done, and by when the rest is due."""
    far = f"You have done {done} of {counted(total, 'question')}."
    if not started:
        far = f"You have not started yet. There are {counted(total, 'question')}."
    if paused:
        far = f"You have paused. {done} of {counted(total, 'question')} done and kept."
    return f"{far} You can answer until {deadline}."


def home_finished(total: int, deadline: str) -> str:
    """That everything is answered, and what can still be done."""
    return (
        f"You have finished: {total} of {counted(total, 'question')} done. Thank you. You can "
        f"change your answers until {deadline}."
    )


def home_closed(area: str, done: int, total: int, deadline: str, *, early: bool) -> str:
    """That the round is over."""
    return (
        f"{round_closed(area, deadline, early=early)} You have done {done} of "
        f"{counted(total, 'question')}. You can still read your answers."
    )
