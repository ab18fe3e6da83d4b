"""Whether everybody was answered, nobody twice, and nothing stopped was kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from support.transcripts.story import LEADS_ON, Act, Fault, Line, Shown, Story, newest_of

ROUTE = "999"
RECEIPT = r"what was recorded|thank you"
WORDING = {  # how the answer to each wish is to be known
    "review": r"answers|answered",
    "help": r"You can say",
    "why": r"asked because",
    "who-sees": r"see your answers|sees",
}


def unanswered_worry(story: Story) -> Iterator[Fault]:
    """Somebody wrote that a child is in danger, and was not shown the way to help."""
    for act in _wanting(story, "worry"):
        if not any(ROUTE in shown.text for shown in story.said_to(act.person, act.number)):
            yield Fault("worry unanswered", act.person, act.number, act.line["text"])


def untold_refusal(story: Story) -> Iterator[Fault]:
    """A rule said no, and the person was never told."""
    for fact, act in story.caused(("InputRefused",)):
        says = fact["words"]["words"]
        told = story.said_to(act.person, act.number)
        if not any(_plain(says) in _plain(shown.text) for shown in told):
            yield Fault("refusal untold", act.person, act.number, says)


def unanswered_wish(story: Story) -> Iterator[Fault]:
    """Somebody asked to see something and did not."""
    for wish, wording in WORDING.items():
        for act in _wanting(story, wish):
            told = story.said_to(act.person, act.number)
            if not any(re.search(wording, shown.text) for shown in told):
                yield Fault("wish unanswered", act.person, act.number, act.line["text"])


def silent(story: Story) -> Iterator[Fault]:
    """In fine weather somebody did something, and nothing on their screen moved.

    What was done at once is answered together. A message that is no note may be edited or deleted
    without a word.
    """
    begins, ends = story.at("calm"), story.at("end")
    acts = [act for act in story.acts.values() if begins < act.number < ends]
    for act in acts:
        taken = story.heard.get(act.line["ref"], act.number)
        later = (one.number for one in acts if one.person == act.person)
        until = min((number for number in later if number > taken), default=ends)
        if not any(story.said_to(act.person, act.number, until)) and _matters(story, act):
            what = act.line.get("text") or act.line.get("label") or ""
            yield Fault("silence", act.person, act.number, f"{act.line['what']} {what}")


def lost_words(story: Story) -> Iterator[Fault]:
    """Words that were acknowledged left nothing on the log: neither a note nor a refusal."""
    left = {fact["stamp"]["key"].partition("/")[0] for fact in story.facts}
    for act in _wanting(story, "note"):
        if act.line["ref"] in story.heard and act.line["ref"] not in left:
            yield Fault("words lost", act.person, act.number, act.line["text"])


def never_heard(story: Story) -> Iterator[Fault]:
    """Slack gave up sending something, because the product never took it."""
    for number, line in enumerate(story.lines):
        if line["what"] == "never heard":
            yield Fault("never heard", line["person"], number, line["ref"])


def left_alone(story: Story) -> Iterator[Fault]:
    """When the storm is over somebody has neither their question, a way to it, nor a receipt."""
    calm = story.at("calm")
    until = story.lines[calm]["position"] if calm < len(story.lines) else 10**9
    for who, area, name in story.interviews:
        screen = story.screen(who, calm)
        ended = _ended(story, area, name, until)
        newest = newest_of(screen, area)
        asks = next((q for shown in reversed(screen) if (q := shown.asks) and q.area == area), None)
        leads_on = newest is not None and any(offer in LEADS_ON for offer in newest.offers)
        if not _started(story, area, name, until):
            leads_on = any("start" in one.offers for one in screen if one.area == area)
        if not ended and not leads_on and asks is None:
            yield Fault("left alone", who, calm, f"{_area(story, area)}: {_head(newest)}")
        told = any(re.search(RECEIPT, shown.text) for shown in screen if shown.area == area)
        if ended == "InterviewCompleted" and asks is None and not told:
            yield Fault("no receipt", who, calm, f"{_area(story, area)}: {_head(newest)}")


def stuck(story: Story) -> Iterator[Fault]:
    """In fine weather somebody pressed whatever led on, and never came to the end."""
    end = story.at("end")
    for who, area, name in story.interviews:
        if not _ended(story, area, name):
            newest = newest_of(story.screen(who, end), area)
            yield Fault("stuck", who, end, f"{_area(story, area)}: {_head(newest)}")


def doubled(story: Story) -> Iterator[Fault]:
    """The same was posted twice, though its person had done nothing in between."""
    posts = [(n, line) for n, line in enumerate(story.lines) if line["what"] == "posted"]
    names = Counter((line["person"], line.get("name")) for _, line in posts if line.get("name"))
    for (person, name), often in names.items():
        if often > 1:
            yield Fault("doubled", person, 0, f"{name} stands {often} times")
    for number, line in posts:
        same = [n for n, one in posts if n < number and _same(one, line)]
        often = len(same) + 1
        told_apart = _refused(story, line) >= often or _answer(story, line, same)
        if same and not told_apart and not _has_causes(story, line, same, number):
            yield Fault("doubled", line["person"], number, repr(line["text"][:70]))


def _refused(story: Story, said: Line) -> int:
    """How often its person was refused something in the words of a message: each is told."""
    return sum(
        act.person == said["person"] and _plain(fact["words"]["words"]) in _plain(said["text"])
        for fact, act in story.caused(("InputRefused",))
    )


def _answer(story: Story, said: Line, same: list[int]) -> bool:
    """Whether a message answers an act of its own, and each like it another one."""
    acts = [_answered(story, line) for line in (said, *(story.lines[n] for n in same))]
    return None not in acts and len(set(acts)) == len(acts)


def _answered(story: Story, said: Line) -> str | None:
    """The act that a message answers, by the version of its person's interview; none if no act."""
    area, _, name = str(said.get("name")).partition("/")
    facts = ((fact, act) for fact, act in story.caused() if fact["stream"]["assessment"] == area)
    named = (
        act.line["ref"]
        for fact, act in facts
        if name
        == f"round {fact['stream']['round']}/{fact['stream']['stakeholder']}/version {fact['version']}"
    )
    return next(named, None)


def _has_causes(story: Story, said: Line, same: list[int], number: int) -> bool:
    """Whether the person did as many things as the same was said in one run without a break."""
    person = said["person"]
    lines = [(n, line) for n, line in enumerate(story.lines) if line.get("person") == person]
    acts = [(n, line["ref"]) for n, line in lines if "ref" in line and n < number]
    run = [number]
    for before in reversed(same):
        if any(before < n < run[0] for n, _ in acts):
            break
        run.insert(0, before)
    since = max((before for before in same if before < run[0]), default=0)
    return len(run) == 1 or len({ref for n, ref in acts if n > since}) >= len(run)


def unnamed_area(story: Story) -> Iterator[Fault]:
    """A message does not say which area it is about."""
    for number, line in enumerate(story.lines):
        if line["what"] == "posted":
            areas = story.about["areas"]
            area = areas.get(str(line.get("name") or "").partition("/")[0])
            if area and area not in line["text"]:
                yield Fault("area unnamed", line["person"], number, repr(line["text"][:50]))


def kept_though_stopped(story: Story) -> Iterator[Fault]:
    """Words that were stopped stand on the log or in a file."""
    marks = {act.line["mark"]: act for act in _wanting(story, "worry")}
    said = str(story.facts)
    files = [path for path in story.data.rglob("*") if path.is_file()] if story.data else []
    kept = [said.encode(), *(path.read_bytes() for path in files)]
    for mark, act in marks.items():
        if any(re.search(rb"\b" + mark.encode() + rb"\b", content) for content in kept):
            yield Fault("stopped words kept", act.person, act.number, mark)


# -- looking ---------------------------------------------------------------------------------------
def _wanting(story: Story, wish: str) -> Iterator[Act]:
    return (act for act in story.acts.values() if act.line.get("wants") == wish)


def _matters(story: Story, act: Act) -> bool:
    """Whether what was done is more than putting right a message that is no note."""
    if act.line["what"] not in ("edited", "deleted"):
        return True
    return any(act.line["ref"] == fact["stamp"]["key"] for fact in story.facts)


def _started(story: Story, area: str, name: str, until: int) -> bool:
    """Whether somebody had read the notice and begun, as of a position."""
    began = (fact for fact in story.facts if fact["kind"] == "InterviewStarted")
    streams = (fact["stream"] for fact in began if fact["position"] <= until)
    return any(one["assessment"] == area and one["stakeholder"] == name for one in streams)


def _ended(story: Story, area: str, name: str, until: int = 10**9) -> str:
    """The fact by which an interview is over, as of a position; nothing while it is open."""
    ended = ""
    for fact in story.facts:
        stream = fact["stream"]
        mine = stream["kind"] == "interview" and stream["assessment"] == area
        if not (mine and stream["stakeholder"] == name and fact["position"] <= until):
            continue
        if fact["kind"] in ("InterviewCompleted", "InterviewWithdrawn"):
            ended = fact["kind"]
    return ended


def _same(one: Line, other: Line) -> bool:
    return all(one[key] == other[key] for key in ("person", "text", "buttons"))


def _area(story: Story, area: str) -> str:
    return str(story.about["areas"][area])


def _head(shown: Shown | None) -> str:
    return "nothing stands" if shown is None else f"newest is {shown.text[:60]!r}"


def _plain(text: str) -> str:
    return " ".join(text.split())
