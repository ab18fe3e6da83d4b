"""What the pages of the coordinator and the auditor say: the board, the walk back, the nudge log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from bots.phrases.labels import counted, ending
from ehsg_events.dates import calendar

if TYPE_CHECKING:
    from ehsg_events.values.exposure import Exposure
    from projections.collecting.progress import Count, Progress, Turnout
    from projections.history.evidence_files import Beside

BOARD, WHY, TRAIL, NUDGES, SETTLE = "Board", "Why", "Trail", "Nudges", "Settle"
LANGUAGES: Mapping[str, str] = {"en": "English", "cy": "Welsh"}
DIGEST = 8  # characters of a digest, enough to tell two apart on a page

WAITS = "What waits for you"
WAITS_FOR_COORDINATOR = "What waits for the coordinator"
NOTHING_WAITS = "Nothing waits."
ONLY_NOW = "What waits is shown of now only."
OVERDUE = "Overdue"

AGENCIES = "Progress by agency"
AGENCY, FINISHED, ANSWERS = "Agency", "People finished", "Answers in"

MISSING = "Who is missing"
NOBODY_MISSING = "Nobody is missing."

APART_SHORT = "What is to be settled"
APART = "What is to be settled, the widest apart first"
NO_DISAGREEMENT = "The panel disagrees on nothing that was asked."
ALL_SETTLED = "Everything the panel disagreed on is settled."
HIDDEN_UNTIL = (
    "Nobody sees scores or comments of a round before it closes: not you either. What stands here was "
    "measured when an earlier one closed."
)
HIDDEN_UNTIL_FIRST = "Nobody sees scores or comments before the round closes: not you either."
NOT_OPENED = "No round was opened yet, so there is nothing to see here but the panel's preparation."
SCORES = "How the scores lie"
WHOSE = "Comments bear no names, and an agency only where at least three of its people answered."
BY_AGENCY, STANDS_AT = "Middle score by agency", "Stands at"
BY_HAND, BY_RULE = "settled by hand", "adopted by rule"
NO_COMMENTS = "Nobody wrote anything about it."
NOTHING_TO_SETTLE = "There is nothing to settle."
NUDGES_LINK = "Who was nudged, and who was not"
FACTS, DECIDED = "facts", "decisions"
LEAVES = "Pages of the trail"
LEAVES_OF_NUDGES = "Pages of the nudges"
SETTLED, SETTLE_IT, SETTLE_AGAIN = "Settled", "Settle", "Settle again"

SETTLE_LEGEND = "Which level stands?"
SETTLE_WHY = "Why"
SETTLE_HINT = (
    "What was said, and what tipped the balance. It is printed in the report, beside the panel's "
    "own figures. Please name no child, parent or colleague."
)
CHOOSE_LEVEL, SAY_WHY = "Choose the level that stands.", "Say why it stands."
WHICH_ITEM = "Which descriptor?"
SHOW = "Show"
NOT_THEN = "This is how it stood then. What stands now can only be settled now."
BACK_TO_BOARD = "Back to the board"

STEPS = "Step by step"
TIMES = "Times are those of {}."
COUNTS_NOW = "The answers that count"
FIGURES = "Where it stands"
BOARD_THEN, RESULTS_THEN = "The board then", "The results then"

ANY_ITEM, ANYBODY = "Every descriptor", "Everybody"
DESCRIPTOR, PERSON = "Descriptor", "Person"
FIRST, EARLIER, LATER, LAST = "First", "Earlier", "Later", "Last"
NOTHING_FOUND = "There is nothing of this kind."
NO_NUDGES = "Nobody was nudged yet."
A_PEER = "a peer from another area"
COORDINATORS = "the coordinators"
NO_OUTCOME = "No outcome stands yet."
OWN_WORDS = "in their own words"
NUDGE_RULES = (
    "Every reminder that was decided, sent or not, and the rule that withheld it. Who could be "
    "spared because nothing they might say would matter is told once the round has closed."
)

LOOK_AGAIN = "Look again"
CROWDED = "Too many pages are open"
CROWDED_WORDS = "This one does not follow what happens. Look again to see it as it stands."
CHANGED = "The board has changed."
ENDED = "This page no longer follows what happens. Look again to see it as it stands."


NOW, THEN = "As it stands now.", "This is how it stood then."
AS_OF = "As it stood at"
AS_OF_HINT = (
    "A day such as 2026-11-03, a time such as 2026-11-03 17:00, or a position of the log: the "
    "number of a step on the trail. From the opening of a round on there are none until it closes."
)
AS_OF_BOARD_HINT = "A day such as 2026-11-03, or a time such as 2026-11-03 17:00."
AS_OF_TITLE = "Look back"
SLIDER, SLIDE = "Position in the log", "Go there"
TO_NOW = "Back to now"
CLOSES = "Closes of rounds"


def of_the_coordinator(says: str) -> str:
    """What waits for the coordinator, as somebody else reads it."""
    return says.replace(" by you", " by the coordinator", 1)


def then(when: str, position: int | None) -> str:
    """The moment that is shown by a page that looks back."""
    place = f", position {position} of the log" if position else ""
    return f"{THEN} The last thing recorded was at {when}{place}."


def close_of(number: int, when: str) -> str:
    """When a round closed."""
    return f"Round {number} closed at {when}"


# -- the round ---------------------------------------------------------------------------------
def round_state(progress: Progress) -> str:
    """Where the newest round stands, in a sentence or two."""
    if progress.round is None or progress.total is None:
        return "No round was opened yet."
    paused = ", but paused" if progress.paused else ""
    state = "closed" if progress.closed else f"open until {progress.deadline_said}{paused}"
    people = sum(row.invited for row in progress.agencies)
    began = sum(row.answered > 0 for row in progress.agencies)
    asked = f"{counted(people, 'person')} {'is' if people == 1 else 'are'} asked"
    return (
        f"Round {progress.round} is {state}. {progress.total.answered} of {progress.total.asked} "
        f"answers are in, from {began} of {len(progress.agencies)} agencies; {asked}."
    )


def finished(row: Turnout) -> str:
    """How many people of an agency have finished."""
    withdrew = f", {row.withdrawn} withdrew" if row.withdrawn else ""
    return f"{row.completed} of {row.invited}{withdrew}"


def answers(count: Count | None) -> str:
    """How many answers of an agency are in."""
    if count is None or not count.asked:
        return "none asked"
    return f"{count.answered} of {count.asked} ({count.answered / count.asked:.0%})"


def scores(counts: Mapping[str, int]) -> str:
    """How many people chose each level, without those that nobody chose."""
    parts = [f"{level}: {_people(number)}" for level, number in counts.items() if number]
    return "; ".join(parts) or "nobody gave a score"


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def too_long(letters: int, most: int) -> str:
    """That a reason has too many characters."""
    return f"The reason has {letters} letters, and may have {most}. Say it more briefly."


def settled_at(item: str, level: str) -> str:
    """The level at which a moderation settled an item."""
    return f"{item} stands at {level}."


def settled_meanwhile(
    item: str, level: str | None, ago: str, who: str = "", because: str | None = None
) -> str:
    """That a descriptor was settled while a form was open, and what to do about it.

    Args:
        level: what stands now, none if it was opened again.
        who: the coordinator who settled it; nobody where the panel's agreement did.
    """
    how = f" by {who}" if who else ", as the panel agreed"
    reason = f", because {ending(because)}" if because else "."
    now = f"settled at {level}{how}, {ago}{reason}" if level else f"opened again, {ago}."
    return (
        f"{item} was {now} Nothing was recorded from this page. Press the button again to settle it "
        f"as chosen here."
    )


def signed_off(signed: str) -> str:
    """That the assessment is signed off and nothing changes any more.

    Args:
        signed: a sentence with who signed it off, and when.
    """
    return f"{signed}. What stands changes no more, unless the sign-off is withdrawn."


# -- the walk back -----------------------------------------------------------------------------
def evidence_words(evidence: Beside) -> str:
    """The evidence that came with words, in one line."""
    parts = [
        evidence.kind,
        f"from {evidence.source}" if evidence.source else "",
        f"of {calendar.say_day(date.fromisoformat(evidence.dated))}" if evidence.dated else "",
        f"“{evidence.file or ''}”, {evidence.size} bytes, SHA-256 {evidence.sha256}"
        if evidence.sha256
        else "",
    ]
    return ", ".join(part for part in parts if part)


def exposure_words(shown: Exposure) -> str:
    """What a person had been shown when they answered: of the others, and in which wording."""
    language = LANGUAGES.get(shown.language, shown.language)
    return (
        f"{_others(shown)} Asked in {language}, by the guide {shown.guide[:DIGEST]} with the "
        f"wording {shown.wording[:DIGEST]}."
    )


def _others(shown: Exposure) -> str:
    return " ".join(_learned(shown)) or "Blind: they had learned nothing of the others."


def _learned(shown: Exposure) -> Iterator[str]:
    """What somebody knew of how others answer, in sentences."""
    if shown.room is not None:
        yield f"They had talked about it with others in the workshop of round {shown.room}."
    if shown.figures_round is not None or shown.reasons:
        digests = shown.figures, shown.reasons
        yield _figures_seen("They had seen", shown.figures_round, *digests)
    if shown.earlier_round is not None or shown.earlier_reasons:
        digests = shown.earlier_figures, shown.earlier_reasons
        yield _figures_seen("Before, they had seen", shown.earlier_round, *digests)
    if shown.end_told:
        yield "They had been told what stood at an earlier sign-off."


def _figures_seen(how: str, number: int | None, figures: str | None, reasons: str | None) -> str:
    digest = f" {figures[:DIGEST]}" if figures else ""
    of_the_group = None if number is None else f"the group's figures of round {number}{digest}"
    both = (of_the_group, f"others' reasons {reasons[:DIGEST]}" if reasons else None)
    return f"{how} {' and '.join(filter(None, both))}."


def outcome(level: str, how: str) -> str:
    """The score that stands, and how it came about."""
    return f"The outcome is {level}, {how}."


def why_title(item: str) -> str:
    """The title of an item's walk back, on its page and on links to it."""
    return f"Why {item} stands where it stands"


def page_of(number: int, pages: int, many: int, what: str) -> str:
    """Which page of many things this is."""
    return f"Page {number} of {pages}, {many} {what}."


def position(number: int) -> str:
    """A fact's place in the log."""
    return f"position {number} of the log"


def settle(item: str) -> str:
    """The title of the form that settles a descriptor."""
    return f"Settle {item}"


def stands_at(level: str) -> str:
    """That a score stands."""
    return f"stands at {level}"


def comments(number: int, *, more: bool) -> str:
    """How many comments are shown."""
    counted = f"{number} comment{'' if number == 1 else 's'}"
    return f"What they wrote: {f'the first {counted}' if more else counted}"


def all_comments(item: str) -> str:
    """The link to the comments that are not shown."""
    return f"All that was written about {item}"


def as_of(position: int) -> str:
    """The moment to which a link leads."""
    return f"as of position {position}"


def at_the_time(when: str) -> str:
    """The moment to which a link leads whose position is not told."""
    return f"as of {when}"


def on_behalf_of(person: str) -> str:
    """For whom somebody acted."""
    return f"on behalf of {person}"
