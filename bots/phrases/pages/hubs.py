"""What stands on the pages from which a coordinator does things, beside what she reads there."""

from __future__ import annotations

from bots.phrases.labels import counted, round_kind

TASKS, PEOPLE, ROUND, WORKSHOP = "Tasks", "People", "Round", "Workshop"
FINISH, SETTINGS, RULES = "Finish", "Settings", "Guide and rules"
LOCAL = "Your area's own words and tables"

# -- tasks -----------------------------------------------------------------------------------------
PREPARE, COLLECT, AGREE, AT_THE_END = "Prepare", "Collect", "Agree", "Finish"
COMPLETED, NOT_STARTED, CANNOT_YET = "Completed", "Not started", "Cannot start yet"
TO_BE_DONE, NOTHING_TO_DO = "To be done", "Nothing to do"
TO_READ, IF_WANTED, TO_TAKE = "To be read", "If you want to", "To take away"
ALL_IN_ORDER = "In order"
AFTER_CLOSE = "After a round is closed."
ASKED_AGAIN_FIRST = "The next round asks again first. You can settle it yourself instead."
AFTER_SETTLED = "Once every descriptor that was asked is settled."
NO_PANEL_YET = "Once there is somebody to ask."
WHO_IS_ASKED = "Who is asked"
EACH_QUESTION = "Each question as people will see it"
WHO_ELSE, HOW_IT_RUNS = "Who coordinates and who reads", "E-mail, Slack and backup"
FIRST_ROUND, NEXT_ROUND, SETTLE = "First round", "Next round", "Settle what was not agreed"
CHOICES_AND_ACTIONS, SIGN_OFF = "Choices, sharing and actions", "Sign-off"
TAKE_AWAY = "Report, form and figures"

# -- people ----------------------------------------------------------------------------------------
ON_THE_PANEL = "On the panel"
NAME, AGENCY, WORKS_AS, REACHED, STATE = "Name", "Agency", "Role", "Reached by", "How far"
WHEN, BACKUP = "Works", "Told of silence"
HAND_ONS = "Requests to hand on"
BY_HAND_TITLE = "For you to tell people"
TO_TELL, THEIR_LINK, ONCE_TOLD = "What", "Their link", "Once it is done"
EMPTY_PANEL, EVERY_SCORE = "An empty file for the panel", "How each descriptor scored"
EVERY_LINK = "Show the personal link of everybody whom no message reaches"
THE_PANEL = "The panel as a whole"
ASKED_NOTHING, COLLEAGUE_ANSWERS = "asked nothing more", "a colleague answers instead"
FORGOTTEN = "forgotten"
NOT_ASKED, NOT_BEGUN, UNDER_WAY, FINISHED, LEFT = (
    "not asked yet",
    "not begun",
    "under way",
    "finished",
    "withdrawn",
)
NOBODY = "Nobody is on the panel yet."
ABOUT, THEIR_ITEMS, WAYS = "About them", "What they are asked", "What you can do"

# -- coverage --------------------------------------------------------------------------------------
COVERAGE = "Who is asked what"
WORTH_KNOWING = "What to know of this panel"
BY_DESCRIPTOR = "How many people of each agency are asked, those of fewest first"
IN_ALL, NOTHING_TO_KNOW = "In all", "Enough people are asked about every descriptor."
NOBODY_ASKED = "none"


# -- round, workshop -------------------------------------------------------------------------------
WHERE_IT_STANDS, WHAT_CAN_BE_DONE = "Where it stands", "What you can do"
NO_ROUND = "No round was opened yet."
NO_WORKSHOP = "No workshop is open."
NUDGES_LINK = "Who was nudged, and who was not"

# -- finish ----------------------------------------------------------------------------------------
PRIORITIES_TITLE, PERMISSIONS_TITLE = "What to work on next", "Sharing"
ACTIONS_TITLE, SIGNATURE_TITLE, BLANKS_TITLE = "Actions", "Signature", "Still blank"
OBJECTIONS_TITLE = "Objections"
NOTHING_CHOSEN, NO_ACTIONS = "Nothing is chosen yet.", "No action is agreed yet."
QUESTION, ANSWER, NOT_ANSWERED = "Question", "Answer", "not answered"
NOT_SIGNED = "It is not signed off."
NOTHING_BLANK = "Nothing is blank."
ITEM, NUMBER, WHAT, OWNER, UNTIL = "Descriptor", "No.", "What", "Owner", "Until"
CHANGE, END = "Change", "End"
NOBODY_YET, NO_DAY = "nobody yet", "no day"
DATA_MODEL = "Data model"

# -- settings --------------------------------------------------------------------------------------
COORDINATORS, LETTERS = "Coordinators", "Letters"
READERS = "Who reads: auditors and members of the board"
WHAT_THEY_SAY = "What letters say, and letters that you send"
KEEPING = "How long it is kept"
COPY_FOR = "Give somebody a copy of everything that is kept about them"
THE_ASSESSMENT = "This assessment"
OTHERS, GO_BETWEEN = "Your other assessments", "Go to another assessment that you coordinate"
GO_TO = "Go to"
NO_OTHERS = (
    "From here you can go to no other assessment.\n"
    "If you coordinate one under the same e-mail address, sign in by a link that is sent to it: then it "
    "stands here."
)
HANDED_IN = "What was handed in before, here and elsewhere"
NO_READERS = "No auditor and no member of the board reads the pages yet."
READS_AS = "Reads as"
LINK_TO_SIGN_IN, ADDRESS, REMOVE = "Link to sign in", "Address", "Remove"

# -- rules, local ----------------------------------------------------------------------------------
THE_GUIDE, EVERY_GUIDE = "The guide", "Every guide that can be used here"
THE_RULE, THE_TIMES = "When people agree", "How rounds are timed"
CHOSEN_BEFORE = "The rule was chosen before anybody answered, and stays."
TERMS_TITLE, TABLES_TITLE = "Words that each area fills in", "Tables"
EVIDENCE_TITLE = "Evidence for the assessment as a whole"
WORD, MEANS, TABLE = "Word", "What it means here", "Table"
NOT_SAID = "not said yet"
NO_ROWS, NOTHING_ATTACHED = "no rows yet", "nothing attached yet"


def round_named(number: int, kind: str) -> str:
    """A round by its number and kind."""
    return f"Round {number} ({round_kind(kind)})"


def open_until(when: str) -> str:
    """Until when a round is open."""
    return f"Open until {when}."


def peer(area: str) -> str:
    """That somebody reviews as a peer from another area."""
    return f"A peer from {area}."


def more_to_tell(many: int) -> str:
    """How many more wait than are listed, and what helps."""
    return (
        f"These are the first; {many} more wait. The page of letters writes to all of them at once."
    )


def in_progress(finished: int, asked: int) -> str:
    """How many of those who are asked have finished."""
    return f"In progress: {finished} of {counted(asked, 'person')} finished"


def answered(state: str, answered: int, asked: int) -> str:
    """How far somebody is, and how many of the items they are asked have an answer."""
    return f"{state}, {answered} of {asked} answered"


def on_panel(many: int) -> str:
    """How many people are on the panel."""
    return f"{counted(many, 'person')} on the panel"


def asked_again(many: int) -> str:
    """How many descriptors the next round asks again."""
    return f"{counted(many, 'descriptor')} to be asked again"


def who_else(coordinators: int, readers: int) -> str:
    """How many run an assessment, and how many read it."""
    return f"{counted(coordinators, 'coordinator')}, {counted(readers, 'reader')}"


def how_it_runs(absent: int, to_mend: int) -> str:
    """How much of what the service rests on is not set up, or to be mended."""
    said = [f"{absent} not set up"] if absent else []
    said += [f"{to_mend} to be mended"] if to_mend else []
    return ", ".join(said) or ALL_IN_ORDER


def to_settle(many: int) -> str:
    """How many descriptors the coordinator is to settle."""
    return f"{counted(many, 'descriptor')} to settle"


def waiting(many: int) -> str:
    """How many things wait."""
    return f"{many} waiting"


def things_to_tell(many: int) -> str:
    """How much there is to be told by hand."""
    return f"{counted(many, 'thing')} to tell people by hand"


def blank(many: int) -> str:
    """How many things are blank still."""
    return f"{many} still blank"


def rows(many: int) -> str:
    """How many rows a table has."""
    return counted(many, "row") if many else NO_ROWS


def asks(who: str, agency: str, to: str | None) -> str:
    """That somebody asked to hand on what they have not answered."""
    colleague = f" to {to}" if to else ""
    return f"{who} of {agency} asks to hand on what is not answered{colleague}."
