"""What a person asked to see: their answers, the help, why they are asked, who sees it. Pure."""

from __future__ import annotations

from bots import phrases
from bots.talk import HAND_ON, RESUME, WHO_SEES, WHY, WITHDRAW, Choice, Prompt, Talk
from ehsg_events.asking import WHICH_FIRST, done
from ehsg_events.interview import Note


def asked_screen(talk: Talk) -> Prompt:
    """What a person asked to see instead of the question that waits."""
    state, sitting = talk.interview, talk.sitting
    go_on = (RESUME,)
    match state.screen:
        case "review":
            said = phrases.review(lines(talk), done(state, sitting), len(sitting.items))
            changes = tuple(
                Choice(f"{phrases.CHANGE} {item}", f"change:{item}")
                for item in sitting.items
                if item in state.answers and not sitting.closed
            )
            return Prompt("review", said, (*go_on, *changes, WITHDRAW))
        case "withdraw":
            sure = Choice(phrases.WITHDRAW_YES, "withdraw-yes", "danger")
            return Prompt(
                "withdraw",
                phrases.CONFIRM_WITHDRAW,
                (sure, Choice(phrases.KEEP_ANSWERS, "resume")),
            )
        case "who-sees":
            return Prompt("who-sees", phrases.who_sees(), go_on)
        case "hand-on":
            return Prompt("hand-on", phrases.hand_on(talk.read(state.hand_on)), go_on)
        case "handed-on":
            return Prompt("handed-on", phrases.HAND_ON_ASKED, go_on)
        case "why":
            why = phrases.why_asked(talk.works_as, talk.agency, len(sitting.items))
            return Prompt("why", why, (*go_on, HAND_ON))
    here = talk.ask.item if talk.ask and talk.ask != WHICH_FIRST else None
    return Prompt("help", phrases.help_words(here), (*go_on, WHO_SEES, WHY, HAND_ON))


def lines(talk: Talk) -> list[str]:
    """One's own answers and words, a line each."""
    lines = []
    for item in talk.sitting.items:
        answer = talk.interview.answers.get(item)
        if answer is None:
            continue
        lines.append(phrases.answered(item, answer, talk.sitting.guide))
        notes = (note for note in talk.interview.notes.values() if note.item == item)
        lines += [quoted(talk, note) for note in notes]
    if talk.interview.named:
        lines.append(phrases.named(talk.interview.named))
    return lines


def quoted(talk: Talk, note: Note) -> str:
    """Words as they were kept, with where they are from and what came with them."""
    text, more = talk.read(note.words), note.evidence
    if more is None:
        return phrases.typed(text)
    origin = talk.read(more.origin) if more.origin else None
    file = talk.read(more.file.name) if more.file else None
    return phrases.typed(text) + phrases.enclosed(origin, more.dated, file)
