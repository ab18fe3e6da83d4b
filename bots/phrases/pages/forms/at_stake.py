"""What a page says before a yes: who has not finished, what a close does, and who hears of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bots.phrases.labels import counted
from bots.phrases.pages.forms.messages import HOW
from ehsg_events.kernel import Surface

AT_STAKE = "What hangs on it"
EVERYBODY_FINISHED = "Everybody who is asked has finished."
NO_MORE_ANSWERS = "Nobody can answer in this round after that, unless you take answers again."
BESIDE = "What the peers have said then stands beside the panel's figures, never among them."
ASKED_AGAIN = (
    "It is measured at once. What is agreed is adopted. Of the rest, what another round can still change "
    "is asked again, and what it cannot is yours to settle."
)
YOURS = "It is measured at once. What is agreed is adopted, and the rest is yours to settle."


def not_finished(people: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """How many have not finished, and who they are by how far they are."""
    many = sum(map(len, people.values()))
    if not many:
        yield EVERYBODY_FINISHED
        return
    yield f"{counted(many, 'person')} {'has' if many == 1 else 'have'} not finished."
    for how_far, who in people.items():
        if who:
            yield f"{how_far.capitalize()}: {', '.join(who)}."


def would_mean(question: str, means: str) -> str:
    """What another answer to a question would mean for the panel as it is."""
    return f"{question}: {means}"


def messages_go(by: Mapping[Surface, int]) -> str:
    """How many people are sent a message of it, and how."""
    said = [f"{HOW[one]} to {counted(many, 'person')}" for one, many in sorted(by.items())]
    return f"A message of it goes {' and '.join(said)}."


def by_hand(many: int) -> str:
    """That some hear of it from her, where it concerns them, and where they will stand."""
    reaches = f"No message reaches {counted(many, 'person')} on the panel."
    return (
        f'{reaches} Whoever of them it concerns will stand on the page "People", for you to tell.'
    )
