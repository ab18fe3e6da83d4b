"""What letters say: for each kind of message a subject and a few sentences. Never what anybody said.

Words in braces stand for what the log knows; `places` says which there are. A letter is called as
its kind is; where that would not be true of somebody, a moment is added: `reminder-unbegun`.
"""

from __future__ import annotations

from typing import NamedTuple

from ehsg_events.language.catalogue import marked


class Wording(NamedTuple):
    """A letter's subject and text, of which every line is a paragraph.

    `needs` are the places that the text cannot do without.
    """

    subject: str
    text: str
    needs: tuple[str, ...] = ()


DO_NOT_FORWARD = marked(
    "Please do not forward this letter: whoever has the link answers in your name."
)
KEEP_TO_YOURSELF = marked(
    "Please do not forward this letter: whoever has the link sees your answers."
)
TO_A_PERSON = marked(
    "To ask something, answer this letter: that goes to the coordinator, and is not kept as an "
    "answer to a question."
)
TO_NOBODY = marked("Nobody reads answers to this letter.")
BY_HAND = marked("Your coordinator sends you this letter, and has seen the link in it.")
STOP = marked("No more reminders by e-mail: {url}")
YOUR_ANSWERS, YOUR_PAGE = marked("Go to your answers"), marked("Go to your page")
BEGIN = marked("Read the notice and begin")
THE_BOARD, SIGN_IN = "See what waits", "Sign in"
WAITS = {
    "moderation": "What the panel did not agree on waits to be moderated",
    "": "The assessment waits to be signed off",
}
CALENDAR_TITLE = marked("{headed}: last moment to answer")
CALENDAR_SAYS_HERE = marked("Until {deadline}. The link is in the message that you got.")
CALENDAR_SAYS = marked("Until {deadline}. The link is in the letter that this came with.")

LINK_STANDS_HERE = "[their personal link stands here]"  # where a letter is only shown

LETTERS: dict[str, Wording] = {
    "notice": Wording(
        marked("{headed}: {questions} for you, by {deadline}"),
        marked(
            "{asks} asks you{once_more}, for {partnership} of {area}: {questions}, about {minutes} minutes, by "
            "{deadline}. You can stop and come back, and your link stays the same."
        ),
        ("questions", "deadline"),
    ),
    "notice-again": Wording(
        marked("{headed}: you are asked again, by {deadline}"),
        marked(
            "{asks} asks you again. What you have said stands. You have done {done} of {questions}; "
            "the rest takes about {minutes} minutes, and is due by {deadline}."
        ),
        ("deadline",),
    ),
    "reminder": Wording(
        marked("Reminder: {headed}, by {deadline}"),
        marked(
            "You have done {done} of {questions}. The rest takes about {minutes} minutes, and is due "
            "by {deadline}."
        ),
        ("deadline",),
    ),
    "reminder-unbegun": Wording(
        marked("Reminder: {headed}, by {deadline}"),
        marked(
            "You have not begun yet. {asks} asks you {questions}: about {minutes} minutes, by "
            "{deadline}. You can stop and come back."
        ),
        ("deadline",),
    ),
    "wished": Wording(
        marked("As you asked: {headed}, by {deadline}"),
        marked(
            "You asked to be reminded now. You have done {done} of {questions}. The rest takes about "
            "{minutes} minutes, and is due by {deadline}."
        ),
        ("deadline",),
    ),
    "wished-unbegun": Wording(
        marked("As you asked: {headed}, by {deadline}"),
        marked(
            "You asked to be reminded now. You have {questions} to answer, which takes about "
            "{minutes} minutes and is due by {deadline}."
        ),
        ("deadline",),
    ),
    "moved": Wording(
        marked("New date for {headed}: {deadline}"),
        marked(
            "The deadline has moved: you now have until {deadline}. You have done {done} of "
            "{questions}; the rest takes about {minutes} minutes."
        ),
        ("deadline",),
    ),
    "moved-unbegun": Wording(
        marked("New date for {headed}: {deadline}"),
        marked(
            "The deadline has moved: you now have until {deadline}. You have {questions} to answer, "
            "which takes about {minutes} minutes."
        ),
        ("deadline",),
    ),
    "reopened": Wording(
        marked("{headed} is open again, until {deadline}"),
        marked(
            "The round takes answers again, until {deadline}. You can answer what you had not, and "
            "change what you had."
        ),
        ("deadline",),
    ),
    "reopened-finished": Wording(
        marked("{headed} is open again, until {deadline}"),
        marked(
            "The round takes answers again, until {deadline}. You had finished, so you need do "
            "nothing; you can still change what you have said."
        ),
        ("deadline",),
    ),
    "released": Wording(
        marked("{headed}: you are asked nothing more"),
        marked(
            "Your coordinator asks you nothing more in this assessment, and nobody will remind you. "
            "What you have said stands. Thank you."
        ),
    ),
    "released-unanswered": Wording(
        marked("{headed}: you are asked nothing more"),
        marked(
            "Your coordinator asks you nothing more in this assessment, and nobody will remind you. "
            "You need do nothing. Thank you."
        ),
    ),
    "handed-on": Wording(
        marked("{headed}: a colleague answers now"),
        marked(
            "Your coordinator has agreed: a colleague answers now what you had not answered. What "
            "you have said stays yours. Thank you for telling us who."
        ),
    ),
    "taken-over": Wording(
        marked("{headed}: {left} for you now, by {deadline}"),
        marked(
            "A colleague has handed on to you what they had not answered, with your coordinator's "
            "consent. You have {left} to answer now, by {deadline}."
        ),
        ("deadline",),
    ),
    "declined": Wording(
        marked("{headed}: please answer yourself"),
        marked(
            "You asked that a colleague answers instead. Your coordinator asks you to answer yourself "
            "after all: {left}, by {deadline}. If a reason was given, it stands on your page. Thank "
            "you."
        ),
        ("deadline",),
    ),
    "declined-closed": Wording(
        marked("{headed}: no colleague was asked instead"),
        marked(
            "You asked that a colleague answers instead. Your coordinator decided otherwise, and the "
            "round is over now, so you need do nothing. If a reason was given, it stands on your page."
        ),
    ),
    "agreed-on": Wording(
        marked("{headed}: a colleague answers in the next round"),
        marked(
            "Your coordinator has agreed: in the next round your colleague is asked what you had "
            "not answered. What you have said stays yours. Thank you for telling us who."
        ),
    ),
    "lapsed": Wording(
        marked("{headed}: your questions are not asked again"),
        marked(
            "You asked that a colleague answers instead. The questions are not asked again, so your "
            "colleague was not asked. What you have said stays yours. Thank you for telling us who."
        ),
    ),
    "acted-for": Wording(
        marked("{headed}: something was recorded in your name"),
        marked(
            "A coordinator has recorded something in your name. Please look on your page whether it "
            "is right; while the round is open, you can change it."
        ),
    ),
    "link-shown": Wording(
        marked("{headed}: your link was given out"),
        marked(
            "A coordinator was shown your personal link, to hand it to you. Whoever has it answers "
            "in your name; if you did not expect this, please tell your coordinator."
        ),
    ),
    "link-again": Wording(
        marked("{headed}: your link"),
        marked(
            "Somebody opened an older link of yours and asked for the one that works now. Here it "
            "is; nothing that you have said has changed. If it was not you, you need do nothing: "
            "the link was shown to nobody."
        ),
    ),
    "thanks": Wording(
        marked("{headed}: thank you, your answers are in"),
        marked(
            "You have finished: {questions}. Until {deadline} you can still change what you said; "
            "your link leads there."
        ),
    ),
    "closed": Wording(
        marked("{headed}: the round is over"),
        marked(
            "The round is over, and you need do nothing now. What was recorded of yours stands on "
            "your page; from there you can take away the proof of it. Thank you."
        ),
    ),
    "became": Wording(
        marked("{headed}: what became of your answers"),
        marked(
            "The assessment is signed off, and you need do nothing. What became of what you said "
            "stands on your page. Thank you for your part in it."
        ),
    ),
    # Stand-ins and coordinators read English, as on their pages.
    "stand-in-told": Wording(
        "{headed}: somebody you stand in for has not finished",
        "{told}",
        ("told",),
    ),
    "coordinator-told": Wording(
        "{area}: interviews are unfinished, until {deadline}",
        (
            "Not finished yet in {area}: {people}. The round closes by {deadline}. Who they are, "
            "and what you can do, stands on the board."
        ),
        ("people", "deadline"),
    ),
    "unreachable": Wording(
        "{area}: some people cannot be reached",
        (
            "No message reaches {people} of the panel in {area}. Who they are stands on the board. "
            "They can be given their personal link by hand; whoever has it answers in their name."
        ),
        ("people",),
    ),
    "overdue": Wording(
        "{area}: something waits for you",
        "{waits} in {area}. It was due by {due}.",
        ("waits",),
    ),
    "retention": Wording(
        "{area}: names and words will be destroyed",
        (
            "In {area} the names and words of {people} are destroyed from {due} on, as the policy says "
            "and as everybody was told. If an inquiry, a court or a request for information needs "
            "them, put that on hold: the board says how."
        ),
        ("people", "due"),
    ),
    "sign-in": Wording(
        "Your way in to {area}",
        (
            "You asked for a way in. This link opens the pages once, until {until}. If you did not "
            "ask, do nothing: nobody comes in by it but whoever reads this letter."
        ),
        ("until",),
    ),
}
