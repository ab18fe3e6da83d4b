"""What stand-ins and coordinators are told in Slack: who is silent, never what anybody said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bots.phrases.labels import counted
from ehsg_events.events import Backup

NOBODY_READS = " Nobody reads what is typed here."
AS = {"manager": "their line manager", "substitute": "the person who stands in for them"}


def silent(name: str, agency: str, what: str, deadline: str, backup: Backup, tell: str) -> str:
    """To a stand-in: that an interview is unfinished, and what they can do.

    Args:
        what: what the self-assessment is of, such as `early help in Testham`.
        tell: whom the stand-in is to tell who answers instead.
    """
    return (
        f"{name} of {agency} is asked to take part in the self-assessment of {what}, "
        f"and has not finished yet. The answers are due by {deadline}.\n"
        f"You are told because you are named as {AS[backup]}. Nobody tells you, or anybody else, "
        f"what they have said.\n"
        f"You can help: ask {name} whether they can finish in time. If somebody else should answer "
        f"instead, please tell {tell}."
    )


def who_is_silent(area: str, people: Sequence[tuple[str, str]], deadline: str) -> str:
    """To a coordinator: whose interviews are unfinished.

    Args:
        people: names, each with the agency.
    """
    listed = "\n".join(f"{name} ({agency})" for name, agency in people)
    interviews = counted(len(people), "interview")
    return (
        f"{interviews} of the round in {area} {'is' if len(people) == 1 else 'are'} unfinished, "
        f"and it closes by {deadline}:\n{listed}\n"
        f"You can ask them yourself, move the deadline with /ehsg extend, or have somebody else "
        f"answer what they have not. What they have said so far is kept."
    )


def unreachable(area: str, people: Mapping[str, str]) -> str:
    """To a coordinator: whom Slack cannot reach, and how they can take part all the same.

    Args:
        people: names by the command that makes the person's link.
    """
    listed = "\n".join(f"{name}: {command}" for command, name in people.items())
    return (
        f"Slack cannot reach {counted(len(people), 'person')} of the panel in {area}. This command "
        f"makes a personal link for each; give it to nobody else, since whoever has it answers in "
        f"their name:\n{listed}"
    )


def to_moderate(area: str, titles: Sequence[str], due: str, command: str) -> str:
    """To a coordinator: that descriptors wait for moderation."""
    listed = "\n".join(titles)
    return (
        f"In {area} {counted(len(titles), 'descriptor')} {_wait(titles)} for moderation, which "
        f"was due by {due}:\n{listed}\n"
        f"`{command}` settles each."
    )


def to_sign_off(area: str, due: str, command: str) -> str:
    """To a coordinator: that only the sign-off is missing."""
    return (
        f"In {area} every descriptor has its outcome, and the sign-off was due by {due}. "
        f"`{command}` signs it."
    )


def destroyed_soon(area: str, people: int, day: str, command: str) -> str:
    """To a coordinator: that names and words will be destroyed, from which day on, and the way out."""
    return (
        f"In {area} the names and words of {counted(people, 'person')} are destroyed from {day} on, as "
        f"the policy says and as everybody was told. Scores and agencies stand.\n"
        f"If an inquiry, a court or a request for information needs them, `{command}` keeps "
        f"everything until you say otherwise."
    )


def _wait(titles: Sequence[str]) -> str:
    return "waits" if len(titles) == 1 else "wait"
