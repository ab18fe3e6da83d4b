"""What the page of files to take away says of each."""

from __future__ import annotations

DOWNLOADS = "Downloads"
REPORT, FORM, PACK, FILL_IN = (
    "The report",
    "What is handed in",
    "For an auditor",
    "To be filled in and handed back",
)
NO_PERSON = "It names agencies, never people."
REPORTS = {
    "pdf": f"To read and to print. {NO_PERSON}",
    "docx": f"To go on writing in a word processor. {NO_PERSON}",
    "html": f"To read in a browser, in one file. {NO_PERSON}",
    "md": f"Plain text with marks. {NO_PERSON}",
    "xlsx": f"Every figure as a spreadsheet. {NO_PERSON}",
    "zip": f"Every figure as CSV, with what each column means. {NO_PERSON}",
    "json": f"Every figure for programs. {NO_PERSON}",
}
FORMS = {
    "docx": "The guide's form filled in; your own document if you handed one in before.",
    "pdf": "The guide's form filled in, to read and to print.",
    "txt": "The guide's form filled in, as plain text.",
    "xlsx": "The guide's form filled in, as a spreadsheet.",
    "json": "The guide's form filled in, for programs.",
}
PACK_HOLDS = (
    "Everything it rests on, to be checked elsewhere: facts, people's words under their pseudonyms, "
    "figures, the ledger and checksums. No names. That you took it is recorded."
)
CHECKPOINT_HOLDS = (
    "A checkpoint: how the ledger stands, signed. Keep it somewhere else: only beside one that was kept "
    "does every alteration show."
)
CHECK_HOLDS = "A page that checks the proofs people take away. It works on your own computer, without a network."
PANEL_HOLDS = "The columns of a panel, empty: a line for each person is to be filled in."
LETTERS_HOLD = "What each letter says, to be changed and handed back. No names."
LETTERS_HEAD = (
    "What each letter says. Change what you like, and delete what you leave as it is.\n"
    "Each paragraph of a text is a paragraph of the letter."
)
NOT_YET = "What is handed in can be taken away once the assessment is signed off."
NO_SUCH_FILE = "There is no such file for you here now. What there is stands under Downloads."


def table_holds(title: str) -> str:
    """What the file of a local table is."""
    return f"{title}: a table for a spreadsheet, with what stands in it now."
