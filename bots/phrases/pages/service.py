"""What is said of how the service stands: to a coordinator, who may have to ask whoever runs it."""

from __future__ import annotations

from datetime import timedelta

from bots.phrases.labels import counted

SERVICE = "How the service stands"
WHOM_TO_ASK = (
    "What is to be mended here is for whoever runs the server; their guide to it lists every setting "
    "by its name in capitals."
)
WHAT, STANDS, SAYS = "What", "State", "In words"
IN_ORDER, TO_MEND, NOT_SET_UP, NOT_YET = "In order", "To be mended", "Not set up", "Not yet"
VERSION, ADDRESS, LETTERS, SLACK, SENT, BACKUP = (
    "Version",
    "Web address",
    "Letters by e-mail",
    "Slack",
    "Sent last",
    "Backup",
)
HERE_ALONE = (
    "only the machine itself reaches it. To let others in, EHSG_WEB_URL is set to an address that "
    "begins with https://."
)
NO_LETTERS = (
    "No mail server is set, so nobody is sent a letter: you send them yourself, from the page of letters. "
    "With EHSG_MAIL_URL and EHSG_MAIL_FROM they leave by themselves."
)
NOTIFY = "They leave through GOV.UK Notify, from the address that is chosen there."
NO_SLACK = "No SLACK_BOT_TOKEN is set, so nobody is written to there."
NOT_JOINED = "A token is set; Slack has not said yet of which workspace it is."
NOTHING_SENT = "Nobody was sent a message yet."
NONE_FAILED = "None has failed."
NO_BACKUP = (
    "None is made. EHSG_BACKUP_FOLDER names a folder for it, best on another disk; then one is made and "
    "verified every night."
)
NONE_YET = (
    "A folder is named, and none was made yet. One is made every night; whoever runs the server can make "
    "one now."
)
FAULTY = "and something is wrong with what it copied: whoever runs the server can have everything verified."
TOO_OLD = (
    "so at least one night passed without. Whoever runs the server can make one now, and see why."
)


def version(number: str) -> str:
    """Which version this is."""
    return f"This is {number}."


def safe(url: str) -> str:
    """That people reach the pages, and nobody reads along."""
    return f"{url}: whatever is sent there is encrypted."


def here_alone(url: str) -> str:
    """That nobody but this machine reaches the pages."""
    return f"{url}: {HERE_ALONE}"


def by_server(through: str, sender: str) -> str:
    """Through which server letters leave, and from whom."""
    return f"They leave through {through}, from {sender}."


def workspace(name: str) -> str:
    """Which workspace we are joined to."""
    return f"Joined to the workspace {name}."


def delivered(when: str) -> str:
    """When the last message was delivered."""
    return f"The last message was delivered at {when}."


def failed(when: str, reason: str) -> str:
    """When the last message failed, and why."""
    return f"The last that failed did so at {when}: {reason}."


def made(when: str, ago: timedelta) -> str:
    """When the last backup was made."""
    return f"The last was made at {when}, {age(ago)}"


def verified(position: int) -> str:
    """That it was looked through."""
    return f"and was verified. It holds {counted(position, 'fact')}."


def age(ago: timedelta) -> str:
    """How long ago something was, in hours or days."""
    hours = int(ago.total_seconds() // 3600)
    if hours < 1:
        return "less than an hour ago"
    if hours < 48:
        return f"{counted(hours, 'hour')} ago"
    return f"{counted(hours // 24, 'day')} ago"
