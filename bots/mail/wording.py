"""What letters say: for each kind of message a subject and a few sentences. Never what anybody said.

Words in braces stand for what the log knows; `PLACES` says which there are.
"""

from __future__ import annotations

from typing import NamedTuple

from bots.messages.owed import Kind
from ehsg_events.language.catalogue import marked

PLACES = {
    "headed": "what the interview is about, and where",
    "area": "the area",
    "asks": "the coordinator who asks, or who leads",
    "once_more": "why somebody is asked again; nothing in a first round",
    "partnership": "for whom",
    "deadline": "when the round closes",
    "questions": "how many questions there are",
    "done": "how many of them are done",
    "left": "how many are still open",
    "minutes": "about how long these take",
}


class Wording(NamedTuple):
    """A letter's subject and text; paragraphs are parted by an empty line.

    `needs` are the places that the text cannot do without.
    """

    subject: str
    text: str
    needs: tuple[str, ...] = ()


DO_NOT_FORWARD = marked(
    "Please do not forward this letter: whoever has the link answers in your name."
)
TO_A_PERSON = marked(
    "Whoever answers this letter writes to the coordinator. That is not kept as an answer."
)
TO_NOBODY = marked("Nobody reads answers to this letter.")
STOP = marked("No more reminders by e-mail: {url}")
YOUR_ANSWERS, BEGIN = marked("Go to your answers"), marked("Read the notice and begin")
THE_BOARD, SIGN_IN = "See what waits", "Sign in"
CALENDAR_TITLE = marked("{headed}: last moment to answer")
CALENDAR_SAYS_HERE = marked("Until {deadline}. The link is in the message that you got.")
CALENDAR_SAYS = marked("Until {deadline}. The link is in the letter that this came with.")

LETTERS: dict[Kind, Wording] = {
    "notice": Wording(
        marked("{headed}: {questions} for you, by {deadline}"),
        marked(
            "{asks} asks you{once_more}, for {partnership} of {area}: {questions}, about {minutes} minutes, by "
            "{deadline}. You can stop and come back, and your link stays the same."
        ),
        ("questions", "deadline"),
    ),
    "reminder": Wording(
        marked("Reminder: {headed}, by {deadline}"),
        marked(
            "You have done {done} of {questions}; about {minutes} minutes are left to do, by "
            "{deadline}."
        ),
        ("deadline",),
    ),
    "wished": Wording(
        marked("As you asked: {headed}, by {deadline}"),
        marked(
            "You asked to be reminded now. You have done {done} of {questions}; about {minutes} "
            "minutes are left to do, by {deadline}."
        ),
        ("deadline",),
    ),
    "moved": Wording(
        marked("New date for {headed}: {deadline}"),
        marked("The deadline has moved. You now have until {deadline}."),
        ("deadline",),
    ),
    "reopened": Wording(
        marked("{headed} is open again, until {deadline}"),
        marked(
            "The round is open again, until {deadline}. You can answer what you had not, and change "
            "what you had."
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
    "handed-on": Wording(
        marked("{headed}: a colleague answers now"),
        marked(
            "Your coordinator has agreed: a colleague answers now what you had not answered. What "
            "you have said stays yours. Thank you for telling us who."
        ),
    ),
    "taken-over": Wording(
        marked("{headed}: questions handed on to you, by {deadline}"),
        marked(
            "A colleague has handed questions on to you, with your coordinator's consent. You have "
            "{left} to answer now, by {deadline}."
        ),
        ("deadline",),
    ),
    "declined": Wording(
        marked("{headed}: please answer yourself"),
        marked(
            "Your coordinator asks you to answer yourself after all. Why stands on your page, if a "
            "reason was given. Thank you."
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
            "is right; until the round closes you can change it."
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
        marked("The round is over. What was recorded of yours stands on your page. Thank you."),
    ),
    "became": Wording(
        marked("{headed}: what became of your answers"),
        marked(
            "The assessment is signed off. What became of what you said stands on your page. Thank "
            "you for your part in it."
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
        "Not finished yet: {people}. The round closes by {deadline}.",
    ),
    "unreachable": Wording(
        "{area}: some people cannot be reached",
        (
            "No message reaches {people} of the panel. Each can be given their personal link by "
            "hand; whoever has it answers in their name."
        ),
    ),
    "overdue": Wording(
        "{area}: something waits for you",
        "{waits} in {area}, and was due.",
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
