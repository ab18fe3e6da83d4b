"""What a conversation knows and what it says: a talk, a prompt and its choices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, NamedTuple

from bots import phrases
from bots.messages.on_behalf import OnBehalf
from bots.messages.reminded import Reminded
from ehsg_events.agreement.fates import Fate
from ehsg_events.events import Backup
from ehsg_events.interview.questions import Ask, waiting
from ehsg_events.interview.remind_me import Window
from ehsg_events.kernel import Words
from ehsg_events.language.catalogue import ENGLISH, spoken
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.states.interview import Interview, Sitting

PromptKind = Literal[
    "notice", "reminder", "question", "words", "noted", "priorities", "review", "help", "why",
    "who-sees", "hand-on", "handed-on", "stopped", "withdraw", "withdrawn", "paused", "done",
    "closed", "problem", "thanks", "leave", "waiting", "nudges", "became", "told", "what-waits",
    "unclear", "unchanged", "levels", "beside", "remind-me",
]  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """A button, a radio or a number to type: its label, and the token it stands for.

    `hint` is what a level means, where there is room for it beside the label.
    """

    label: str
    token: str
    style: Literal["plain", "primary", "danger"] = "plain"
    hint: str = ""


def in_language(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Choices with their labels in the language that is spoken."""
    return tuple(replace(choice, label=_(choice.label)) for choice in choices)


START = Choice(phrases.START, "start", "primary")
RESUME = Choice(phrases.RESUME, "resume", "primary")
PAUSE = Choice(phrases.PAUSE, "pause")
REVIEW = Choice(phrases.REVIEW, "review")
WHY = Choice(phrases.WHY, "why")
WHO_SEES = Choice(phrases.WHO_SEES_THIS, "who-sees")
HAND_ON = Choice(phrases.HAND_ON, "hand-on")
CHANGE_FIRST = Choice(phrases.CHANGE_FIRST, "change:priorities")
WITHDRAW = Choice(phrases.WITHDRAW, "withdraw")


@dataclass(frozen=True)
class Prompt:
    """One message or page for one person, on whatever surface.

    `text` is the whole of it, for a chat. A page shows a question in parts: its position as `lead`,
    its title as `heading`, the rest as `body`, in the language `lang` if it is not the page's.
    `guide_says` is what the guide says beside it, for whoever asks for it. `language` is what our
    own sentences in it are in.
    `in_chat` is what a chat offers beside the choices and a page has no need of; `headings` are the
    lines of the text that head what follows them.
    """

    kind: PromptKind
    text: str
    choices: tuple[Choice, ...] = ()
    item: str | None = None
    lead: str = ""
    heading: str = ""
    body: str = ""
    lang: str | None = None
    in_chat: tuple[Choice, ...] = ()
    headings: tuple[str, ...] = ()
    guide_says: tuple[str, ...] = ()
    language: str = field(default_factory=spoken)

    def __post_init__(self) -> None:
        object.__setattr__(self, "choices", in_language(self.choices))
        object.__setattr__(self, "in_chat", in_language(self.in_chat))

    @property
    def shows(self) -> str | None:
        """What stands on the screen of whoever is sent it."""
        return self.kind

    @property
    def chat_choices(self) -> tuple[Choice, ...]:
        """The choices as a chat offers them: with its own beside them, or instead of the same."""
        own = {choice.token: choice for choice in self.in_chat}
        shared = [own.pop(choice.token, choice) for choice in self.choices]
        return (*shared, *own.values())


class Names(NamedTuple):
    """The person's own name, and that of the coordinator who asks; none where it is not known."""

    person: str | None = None
    coordinator: str | None = None


class Became(NamedTuple):
    """What became of what a person said, and the priorities chosen, once it was signed off."""

    fates: tuple[Fate, ...] = ()
    priorities: tuple[str, ...] = ()


@dataclass(frozen=True)
class Talk:
    """Everything the conversation knows: the sitting, what was said, and whom it talks to.

    `stand_in` is who is told of their silence, `reasons_shown` whether a later round shows words
    to others. `read` gives the text of sealed words. `became` is what became of what they said,
    `reminded` their reminders, `answered_at` when an item was answered last, `names` who talks to
    whom, `by_old_button` whether an answer was changed in Slack by a button of an older message,
    and `on_behalf` what a coordinator did in their name; all are looked up in the log only when
    they are needed. `unreminded` is whether they asked for no reminders. `window` is when they can be reminded, `language` what they are spoken to in,
    `instead` a sentence for words that are lost.
    """

    sitting: Sitting
    interview: Interview
    area: str
    agency: str
    works_as: str
    read: Callable[[Words | None], str | None]
    stand_in: Backup | None = None
    reasons_shown: bool = False
    became: Callable[[], Became] = Became
    reminded: Callable[[], Reminded] | None = None
    answered_at: Callable[[str], datetime | None] = lambda _item: None
    names: Callable[[], Names] = Names
    by_old_button: Callable[[str], bool] = lambda _item: False
    on_behalf: Callable[[], OnBehalf] = OnBehalf
    window: Window | None = None
    language: str = ENGLISH
    unreminded: bool = False
    instead: Callable[[Words | None], str | None] = lambda _words: None

    def shown(self, words: Words) -> str | None:
        """Sealed words as they are shown, but never put into a box: why they are lost, if they are."""
        text = self.read(words)
        return self.instead(words) if text is None else text

    def language_of(self, item: str) -> str | None:
        """The language an item is worded in, if it is not the one spoken; the guide's for no item."""
        worded_in = self.sitting.languages.get(item, self.sitting.guide.language)
        return None if worded_in == spoken() else worded_in

    @property
    def headed(self) -> str:
        """What the interview is about, and where."""
        return phrases.headed(self.sitting.guide.topic, self.area)

    @property
    def ask(self) -> Ask | None:
        """The question to answer next; none when nothing more is asked."""
        return waiting(self.interview, self.sitting)

    @property
    def asks_later(self) -> bool:
        """Whether they asked to be reminded at a time that is still to come."""
        at = self.interview.remind_at
        return at is not None and self.window is not None and self.window.now < at
