"""Where words and answers came to lie, held to what stood on the person's screen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from support.transcripts.story import SCORE, Act, Fault, Line, Question, Story

ANSWERS = ("AnswerGiven", "AnswerAmended")
PLACED = (*ANSWERS, "NoteGiven", "FieldFinished")
ANYWHERE = ("ScreenAsked", "InterviewWithdrawn", "InterviewPaused", "ItemRevisited")
ACTS = ("withdraw", "hand-on")  # screens that ask for something to be done


def misplaced(story: Story) -> Iterator[Fault]:
    """An answer, a note or the end of a box lies where the person did not see it.

    Words that were said with a score belong to a box of the same item.
    """
    for fact, act in story.caused(PLACED):
        item, field = fact["fact"]["item"], fact["fact"].get("field", SCORE)
        spoken = act.line.get("wants") == "spoken" and fact["kind"] == "NoteGiven"
        lies = Question(fact["stream"]["assessment"], item, field)
        if act.line["what"] == "clicked":
            right = _offered(act, lies)
        elif act.line.get("wants") == "change":
            right = lies.item == act.line["item"] and lies.area in _areas_seen(act)
        elif act.line["what"] == "typed":
            asked = act.asked or _reopened(story, act)
            right = lies == asked or (spoken and asked == lies._replace(field=SCORE))
        else:
            right = False  # an edit or a deletion answers nothing anew
        if not right:
            saw = " · ".join(_named(story, act.asked)) if act.asked else "no question"
            says = f"{fact['kind']} lies under {' · '.join(_named(story, lies))}; stood: {saw}"
            yield Fault("misplaced", act.person, act.number, f"{says}; {_did(act)}")


def wrong_area(story: Story) -> Iterator[Fault]:
    """A word that may be said anywhere reached an area that was not on the person's screen.

    A death may leave nobody who knows whose message was the newest, until Slack sends the word no
    more. What only asks to see something is then shown of every area that its person is asked in;
    of one of them alone, it would be a guess.
    """
    reached: dict[str, set[str]] = defaultdict(set)
    asked_in: dict[str, set[str]] = defaultdict(set)
    for fact, act in story.caused():
        reached[act.line["ref"]].add(fact["stream"]["assessment"])
    for who, area, _ in story.interviews:
        asked_in[who].add(area)
    for fact, act in story.caused(ANYWHERE):
        area = fact["stream"]["assessment"]
        shows = fact["kind"] == "ScreenAsked" and fact["fact"]["screen"] not in ACTS
        everywhere = shows and reached[act.line["ref"]] == asked_in[act.person]
        if act.line["what"] == "typed" and not everywhere and area not in _areas_seen(act):
            says = f"{fact['kind']} in {story.about['areas'][area]}; {_did(act)}"
            yield Fault("wrong area", act.person, act.number, says)


def overtaking(story: Story) -> Iterator[Fault]:
    """A typed word that came late took the place of an answer that was given after it."""
    standing: dict[tuple[str, str, str], Act] = {}
    for fact, act in story.caused(ANSWERS):
        of = (act.person, fact["stream"]["assessment"], fact["fact"]["item"])
        before = standing.get(of)
        if before and before.number > act.number and act.line["what"] == "typed":
            says = f"{fact['kind']} of {of[2]} by {_did(act)} came after {_did(before)}"
            yield Fault("older word counts", act.person, act.number, says)
        standing[of] = act


def altered(story: Story) -> Iterator[Fault]:
    """A note holds other words than its person typed, or an edit changed somebody else's note."""
    typed = {(act.person, act.line["ts"]): act for act in story.acts.values() if _typed(act)}
    source: dict[str, str] = {}  # a note, and when its message was typed
    for fact, act in story.caused(("NoteGiven",)):
        words = fact["words"]["words"]
        mine = [
            ts
            for (who, ts), one in typed.items()
            if who == act.person and words in _texts(story, one)
        ]
        source[fact["fact"]["words"]["id"]] = mine[0] if mine else ""
        part = _typed(act) and any(words in text for text in _texts(story, act))
        if not (mine or part) or (_typed(act) and not part):
            yield Fault("altered", act.person, act.number, f"{words!r} was kept by {_did(act)}")
    for fact, act in story.caused(("NoteAmended",)):
        if fact["words"]["words"] not in _texts(story, act):
            says = f"{fact['words']['words']!r} was kept by {_did(act)}"
            yield Fault("altered", act.person, act.number, says)


def uncorrected(story: Story) -> Iterator[Fault]:
    """What a person edited or deleted last is not what the log holds of that message."""
    for act in list(story.acts.values()):
        if not _typed(act):
            continue
        later = [
            one for one in story.acts.values()
            if one.person == act.person and one.line["ts"] == act.line["ts"] and one is not act
            and one.line["what"] in ("edited", "deleted")
        ]  # fmt: skip
        holds = _stands(story, act)
        if later and holds is not None:
            last = later[-1]
            wanted = None if last.line["what"] == "deleted" else last.line["text"]
            if (holds or None) != wanted:
                says = f"the log holds {holds!r}; the last was {_did(last)}"
                yield Fault("uncorrected", act.person, last.number, says)


def _stands(story: Story, act: Act) -> str | None:
    """The words that stand of a message; empty when it was retracted, none when never kept."""
    texts = set(_texts(story, act))
    note, words = None, None
    for fact in story.facts:
        if fact["kind"] == "NoteGiven" and fact["words"]["words"] in texts:
            note, words = fact["fact"]["words"]["id"], fact["words"]["words"]
            same = fact["stream"]
        elif note and fact["stream"] == same:
            if fact["kind"] == "NoteAmended" and fact["words"]["words"] in texts:
                words = fact["words"]["words"]
            elif fact["kind"] == "NoteRetracted" and fact["fact"]["note"] == note:
                words = ""
    return words


def _texts(story: Story, act: Act) -> list[str]:
    """What a message has said: as it was typed, and as it was edited."""
    same = (one for one in story.acts.values() if one.person == act.person)
    mine = (one.line for one in same if one.line["ts"] == act.line["ts"])
    return [line["text"] for line in mine if "text" in line]


def _reopened(story: Story, act: Act) -> Question | None:
    """The box that a person asked for by a button before they typed, though it stood not yet."""
    mine = (one for one in story.acts.values() if one.person == act.person)
    pressed = [one for one in mine if one.number < act.number and one.line["what"] == "clicked"]
    line = pressed[-1].line if pressed else {}
    change, _, box = line.get("offers", "").partition(":")
    item, _, field = box.partition(":")
    return Question(line["of"], item, field) if change == "change" and field else None


def _offered(act: Act, lies: Question) -> bool:
    """Whether the button that was pressed is of this area, and it or its message names the item."""
    offers = act.line.get("offers", "")
    pressed = act.pressed
    named = lies.item in offers or (pressed is not None and lies.item in pressed.text)
    return act.line.get("of") == lies.area and named


def _areas_seen(act: Act) -> set[str]:
    """The areas that a word may be for: of the newest message and of the newest question."""
    newest = {act.newest.area} if act.newest else set()
    return newest | ({act.asked.area} if act.asked else set())


def _typed(act: Act) -> bool:
    return bool(act.line["what"] == "typed")


def _named(story: Story, question: Question | None) -> list[str]:
    if question is None:
        return []
    return [story.about["areas"].get(question.area, "?"), question.item, question.field]


def _did(act: Act) -> str:
    line: Line = act.line
    return f"{line['what']} {line.get('text') or line.get('label') or line.get('ts')!r}"
