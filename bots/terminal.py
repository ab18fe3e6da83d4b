"""The interview on a terminal: the same talk as everywhere, a line in, a prompt out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from bots import phrases
from bots.interview import prompts
from bots.interview.record import hear, talk_of
from bots.interview.said import Said
from bots.interview.talk import Choice, Prompt
from ehsg_events.kernel import Refused, Stamp
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import speaking
from ehsg_events.log.log import Log
from projections.steering_characters import visible

UNNUMBERED = ("question", "words", "noted")  # "#3" would be taken for the score 3
ENDS = ("done", "paused", "withdrawn", "closed", "became")


def interview(
    log: Log,
    stamp: Callable[[str], Stamp],
    assessment: UUID,
    stakeholder: str,
    lines: Iterable[str],
    say: Callable[[str], None],
) -> Prompt:
    """Talk until the interview is done, paused, withdrawn or closed, or no more lines come.

    Args:
        stamp: makes the stamp of the next input, from its cause.
        lines: what the person types.
        say: prints to the person.

    Returns:
        The last prompt.
    """
    talk = talk_of(log, assessment, stakeholder, stamp("look").at)[1]
    with speaking(talk.language):
        first = prompts.screen(talk)

    def take(said: Said) -> list[Prompt]:
        return hear(log, stamp("typed"), assessment, stakeholder, said)

    return converse(first, take, lines, say)


def converse(
    prompt: Prompt,
    take: Callable[[Said], list[Prompt]],
    lines: Iterable[str],
    say: Callable[[str], None],
) -> Prompt:
    """Say a prompt, take a line, say what comes of it, and so on until the talk ends.

    Args:
        take: records what was said, and returns what to say next.

    Returns:
        The last prompt.
    """
    say(render(prompt))
    for line in lines:
        try:
            for reply in take(spoken(line, prompt)):
                say(render(reply))
                prompt = reply if reply.choices or reply.kind in ENDS else prompt
        except Refused as refusal:
            say(str(refusal))
            continue
        if prompt.kind in ENDS:
            break
    return prompt


def spoken(line: str, prompt: Prompt) -> Said:
    """A typed line as input; `#2` is the prompt's second choice, if its choices are numbered."""
    text = line.strip()
    number = text.removeprefix("#") if prompt.kind not in UNNUMBERED else ""
    if text.startswith("#") and number.isdecimal() and 0 < int(number) <= len(prompt.choices):
        return Said("choice", prompt.choices[int(number) - 1].token)
    return Said("words", line)


def render(prompt: Prompt) -> str:
    """A prompt as text, its choices numbered; a question lists its levels itself."""
    if prompt.kind in UNNUMBERED:
        beside = [choice for choice in prompt.choices if _is_no_level(choice)]
        others = " · ".join(choice.label for choice in (*beside, *prompt.in_chat))
        with speaking(prompt.language):
            return visible(prompt.text + (f"\n{_(phrases.OR_SAY)}{others}" if others else ""))
    if not prompt.choices:
        return visible(prompt.text)
    ways = "   ".join(f"#{n} {choice.label}" for n, choice in enumerate(prompt.choices, start=1))
    return visible(f"{prompt.text}\n{ways}")


def _is_no_level(choice: Choice) -> bool:
    """Whether a choice is one of the three answers that are no level of a scale."""
    return choice.token.split(":")[-1] in ("dont-know", "not-my-area", "skip")
