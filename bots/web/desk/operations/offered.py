"""Which operation has which page: what it is called there, where it leads, and what it asks first."""

from __future__ import annotations

from typing import NamedTuple

from bots.phrases.pages import hubs as phrases
from bots.phrases.pages.forms import messages as message_phrases
from bots.phrases.pages.rehearsal import REHEARSAL


class Offered(NamedTuple):
    """An operation on its page.

    Args:
        title: what the page and its button are called.
        leads_to: the page to go on to.
        asks: whether it shows what would be recorded, and asks for a yes to that.
        seldom: the fields that are folded away, since few need them.
        writes: whether it shows what people would be sent as well.
        invites: whether it shows how people would be written to who are asked.
        again: the field that is filled in when its page comes again, since more of it is to be done.
        helps: the pages to look at before it is filled in, and what they are called here.
    """

    title: str
    leads_to: str
    asks: bool = False
    seldom: tuple[str, ...] = ()
    writes: bool = False
    invites: bool = False
    again: str = ""
    helps: tuple[tuple[str, str], ...] = ()


QUESTIONS = ("guide", phrases.EACH_QUESTION)
EMPTY_PANEL = ("download/panel.csv", phrases.EMPTY_PANEL)
SCORES = ("results", phrases.EVERY_SCORE)
REHEARSED = ("rehearsal", REHEARSAL)
SAID = ("letters", message_phrases.WHAT_IT_SAYS)
OF_A_PERSON = (
    *("id", "language", "zone", "works", "peer_of"),
    *("backup", "backup_name", "backup_slack", "backup_email"),
)
OF_A_COLLEAGUE = ("works_as", "agency", "id")
INSISTING = frozenset(  # ticks that say yes to what a refusal asked: shown once it did
    {
        *("yes", "anyway", "again", "earlier", "all_the_same", "with_blanks"),
        *("without_the_rest", "for_good"),
    }
)


OFFERED = {
    "assessment open": Offered("Open another assessment", "settings", seldom=("panel", "rules")),
    "assessment abandon": Offered("Abandon this assessment", "settings", asks=True),
    "terms choose": Offered("Choose the rules", "rules", asks=True),
    "panel upload": Offered(
        "Hand in the panel as a file", "coverage", asks=True, helps=(EMPTY_PANEL, QUESTIONS)
    ),
    "policy choose": Offered("Choose how rounds are timed", "rules", asks=True),
    "local term": Offered("Say what a word means here", "local"),
    "local table": Offered("Fill in a table", "local"),
    "local attach": Offered("Attach evidence for the whole", "local"),
    "local detach": Offered("Take evidence back", "local"),
    "submission import": Offered("Read in a published form", "compare"),
    "panel add": Offered("Add somebody", "people", seldom=OF_A_PERSON, helps=(QUESTIONS,)),
    "panel correct": Offered("Correct what is known of somebody", "people", seldom=OF_A_PERSON),
    "panel rename": Offered("Rename an agency", "people"),
    "panel release": Offered("Ask somebody nothing more", "people", asks=True),
    "hand-on agree": Offered("Agree that a colleague answers", "people", seldom=OF_A_COLLEAGUE),
    "hand-on decline": Offered("Ask the person to answer after all", "people"),
    "hand-over": Offered("Let a colleague answer instead", "people", seldom=OF_A_COLLEAGUE),
    "answer": Offered("Answer for somebody", "people", again="who", helps=(QUESTIONS,)),
    "link": Offered("Show a personal link", "people"),
    "link revoke": Offered("Take a personal link back", "people", asks=True),
    "told": Offered("Record that you told somebody", "people"),
    "letters sent": Offered("Record letters that you sent", "letters"),
    "letters wording": Offered("Say in your own words what letters say", "letters"),
    "round plan": Offered("Plan when the next round opens", "round"),
    "round plan cancel": Offered("Take the plan back", "round", asks=True),
    "round open": Offered(
        "Open the next round", "round", asks=True, invites=True, helps=(REHEARSED, SAID)
    ),
    "round extend": Offered("Move the deadline", "round", asks=True),
    "round pause": Offered("Let the round rest", "round"),
    "round resume": Offered("Let the round go on", "round", asks=True),
    "round close": Offered("Close the round now", "round", asks=True),
    "round reopen": Offered("Take answers again", "round", asks=True),
    "nudge": Offered("Remind those who are not finished", "round", asks=True, writes=True),
    "peers open": Offered("Ask the peers", "round", asks=True),
    "workshop open": Offered("Open a workshop", "workshop"),
    "workshop present": Offered("Say who is in the room", "workshop"),
    "workshop vote": Offered("Put a descriptor to the vote", "workshop"),
    "workshop show": Offered("Show the votes", "workshop"),
    "workshop close": Offered("End the workshop", "workshop", asks=True),
    "dissent": Offered("Keep an objection", "finish"),
    "priorities": Offered("Choose what to work on next", "finish", helps=(SCORES,)),
    "permission": Offered("Answer a question on sharing", "finish"),
    "action agree": Offered("Agree an action", "finish"),
    "action change": Offered("Change an action", "finish"),
    "action end": Offered("End an action", "finish"),
    "sign-off": Offered("Sign the assessment off", "finish", asks=True),
    "sign-off withdraw": Offered("Withdraw the sign-off", "finish", asks=True),
    "coordinator add": Offered("Invite another coordinator", "settings"),
    "coordinator remove": Offered("Take a coordinator's role back", "settings", asks=True),
    "reader name": Offered("Invite an auditor or a member of the board", "settings"),
    "reader remove": Offered("Take the pages back from a reader", "settings", asks=True),
    "contact": Offered("Change where somebody is written to", "settings"),
    "sign-in": Offered("Make a link to sign in", "settings"),
    "forget": Offered("Forget somebody", "people"),
    "retention apply": Offered("Destroy what is kept no longer", "settings"),
    "retention hold": Offered("Destroy nothing for now", "settings"),
    "retention resume": Offered("Let the policy hold again", "settings"),
}


OTHERWISE = {
    "sign-in": "sign-in-link"
}  # where a page of its name is for those who are not signed in


def page_of(operation: str) -> str:
    """The address of an operation's page."""
    return OTHERWISE.get(operation, operation.replace(" ", "-"))


STILL_DONE = frozenset(  # in an assessment that was abandoned; everything else is refused there
    {
        *("assessment open", "submission import", "sign-in", "forget"),
        *("coordinator remove", "reader remove"),
        *("retention apply", "retention hold", "retention resume"),
    }
)
PAGES_OF = {page_of(name): name for name in OFFERED}
