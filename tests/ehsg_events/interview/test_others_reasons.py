"""The others' reasons in a feedback round: a few, without names, only where figures may be seen."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from support.area import CLOSES, FEEDBACK, Area, person, words

from bots import phrases
from bots.interview import record
from bots.interview.said import Said
from bots.phrases.questions import LONGEST_REASON
from ehsg_events.commands import planning
from ehsg_events.commands.sitting import sit_down
from ehsg_events.events import AnswerAmended, AnswerGiven
from ehsg_events.interview.others_reasons import (
    MOST_READ,
    MOST_REASONS,
    Voice,
    chosen,
    drawn,
    voice,
)
from ehsg_events.log.log import Log
from ehsg_events.states.interview import Answer, Interview, Sitting
from ehsg_events.values.beside import Note
from ehsg_events.values.evidence import Evidence, FileKept
from ehsg_events.values.policy import Policy, Rule, Terms
from guides import library

SIX = tuple(
    person(f"{of}-{n}", of.title()) for of in ("police", "health", "school") for n in (1, 2)
)
SCORES = dict(zip((one.id for one in SIX), "000555", strict=True))
GUIDE = library.guide("ehsg-2022@1").guide
EVIDENCE, NEXT_STEP = "working-well", "prioritising-next"


def second(log: Log, shown: str = "figures-and-reasons", voices: int = 6) -> Area:
    """A feedback round on 5.1, which some have scored with their reason and nobody on 5.2."""
    area = Area(log)
    terms = Terms(rule=Rule(rounds=3), policy=Policy(shown=shown))  # type: ignore[arg-type]
    area.open(SIX, terms=terms)
    area.open_round()
    for name in list(SCORES)[:voices]:
        says(area, name, SCORES[name], f"{name} has seen it")
    area.over_to_feedback()
    return area


def says(area: Area, name: str, value: str, reason: str | None = None) -> None:
    """One person answers 5.1 with a reason."""
    stamp = area.stamp(FEEDBACK if area.now.newest.number > 1 else CLOSES.replace(day=20), by=name)  # type: ignore[union-attr]
    record.answer(area.log, stamp, area.id, name, "5.1", value, reason)


def seat(area: Area, name: str = "police-1") -> Sitting:
    """What a person has in front of them now."""
    return sit_down(area.log, area.id, name, area.stamp(FEEDBACK).at)[1]


def read(area: Area, name: str = "police-1", item: str = "5.1") -> list[str]:
    """The reasons that a person sees, opened."""
    found = seat(area, name).reasons.get(item)
    return [str(area.log.text(one)) for said in (found.said if found else ()) for one in said]


def test_a_few_reasons_are_seen_and_both_ends_are_heard(log: Log) -> None:
    """Police-1 said 0: of those at 5 one comes first, then one at 0, then another of 5."""
    seen = read(second(log))
    assert len(seen) == MOST_REASONS
    assert sum(SCORES[text.split()[0]] == "5" for text in seen) == 2


def test_nobody_is_shown_their_own_reason(log: Log) -> None:
    """It stands among their answers."""
    area = second(log)
    assert not [name for name in SCORES if f"{name} has seen it" in read(area, name)]


@pytest.mark.parametrize(("shown", "figures", "reasons"), [("figures", 1, 0), ("nothing", 0, 0)])
def test_the_policy_says_what_is_shown(log: Log, shown: str, figures: int, reasons: int) -> None:
    """Figures alone, or nothing; then nobody is told that the scores are not shown."""
    found = seat(second(log, shown))
    assert (len(found.figures), len(found.reasons)) == (figures, reasons)
    assert found.shows_others == (shown != "nothing")
    said = phrases.earlier(Answer("skip"), None, GUIDE.scale_of("5.1"), shows=found.shows_others)
    assert ("not shown" in said) == found.shows_others


def test_no_reason_is_seen_where_too_few_have_scored(log: Log) -> None:
    """As the figures: four people, though of three agencies with those who are silent."""
    assert seat(second(log, voices=4)).reasons == {}


def test_who_has_withdrawn_is_quoted_no_more(log: Log) -> None:
    """From whichever round they withdrew, their words of every round go."""
    area = second(log)
    for name in ("health-2", "school-1"):
        area.withdraw(name)
    assert len(read(area)) == MOST_REASONS
    assert not [text for text in read(area) if text.split()[0] in ("health-2", "school-1")]


def test_an_answer_says_whether_it_had_seen_reasons(log: Log) -> None:
    """In a talk it had; who types a command has seen neither reasons nor figures."""
    area = second(log)
    chosen_one = Said("choice", "answer:5.1:4")
    for said in (Said("choice", "start"), chosen_one):
        stamp = area.stamp(FEEDBACK, by="police-1", role="stakeholder")
        record.hear(log, stamp, area.id, "police-1", said)
    says(area, "health-1", "4")
    *_, informed, blind = (
        one.fact.exposure for one in area.facts if isinstance(one.fact, AnswerGiven | AnswerAmended)
    )
    assert (informed.figures_round, informed.reasons) == (1, seat(area).reasons["5.1"].digest)
    assert (blind.figures_round, blind.reasons) == (None, None)


def test_the_stamp_differs_with_what_was_shown(log: Log) -> None:
    """School-2 sees other words than police-1, and after a withdrawal police-1 others than before."""
    area = second(log)
    before = seat(area).exposure("5.1")
    assert before.reasons != seat(area, "school-2").exposure("5.1").reasons
    assert seat(area).exposure("5.1", shown=False).reasons is None
    first = read(area)[0].split()[0]
    area.withdraw(first)
    assert seat(area).exposure("5.1").reasons != before.reasons


def test_a_later_round_quotes_the_newest_reason(log: Log) -> None:
    """What was said for a score in round 1 gives way to what was said for it in round 2."""
    area = second(log)
    says(area, "school-2", "4", "I was shown the files")
    found = voice(GUIDE, "5.1", [area.interview("school-2"), area.interview("school-2", 2)])
    assert found is not None
    assert (found.score, log.text(found.said[0])) == (4, "I was shown the files")


# -- which words, and in which order: pure --------------------------------------------------------
def interview(kind: str = "score", **note: object) -> Interview:
    """Somebody who scored 5.1 and typed something."""
    fact = Note("5.1", EVIDENCE, words("a"), None)._replace(**note)  # type: ignore[arg-type]
    answer = Answer(kind, "3", 3) if kind == "score" else Answer(kind)  # type: ignore[arg-type]
    return Interview(answers={"5.1": answer}, notes={fact.words.id: fact})


FILE = Evidence(
    kind="file",
    file=FileKept(name=words("f"), content=words("c"), size=1, ending="pdf", sha256="0"),
)


@pytest.mark.parametrize(
    "said",
    [
        interview(field=NEXT_STEP),
        interview(source="private-1"),
        interview(evidence=FILE),
        interview(item="5.2"),
        interview("dont-know"),
    ],
    ids=["a next step", "written privately", "with a file", "another item", "no score stands"],
)
def test_what_is_not_quoted(said: Interview) -> None:
    """Only evidence and reasons for a score that stands, that may stand in a chat."""
    assert voice(GUIDE, "5.1", [said]) is None


def test_a_skip_leaves_the_score_and_its_reason_standing() -> None:
    """Nothing new was said."""
    later = Interview(answers={"5.1": Answer("skip")})
    assert voice(GUIDE, "5.1", [interview(), later]) == Voice(3, (words("a"),))


def test_the_order_tells_neither_the_panel_nor_the_scores() -> None:
    """Whichever way the panel is listed, the same reasons come in the order of their ids."""
    panel = [Voice(score, (words(f"reason {score}"),)) for score in (0, 1, 4, 5)]
    one, other = chosen(0, panel), chosen(0, panel[::-1])
    assert one == other
    assert one is not None
    assert [said[0].id for said in one.said] == sorted(said[0].id for said in one.said)
    assert set(one.said) == {v.said for v in panel if v.score != 0}


def test_somebody_elses_words_are_one_line_that_they_cannot_end() -> None:
    """Neither a line of ours nor a closing mark can be made up in them; a long one is cut."""
    said = phrases.reasons(["”\n#1 Withdraw\nLocal note: no", "word " * 500, "x" * 900])
    _, hostile, long, endless = said.splitlines()
    assert hostile == "“’ #1 Withdraw Local note: no”"
    assert long.endswith("word …”")
    assert all(len(line) <= LONGEST_REASON + len("“ …”") for line in (long, endless))


def test_of_a_crowd_some_are_heard_by_lot() -> None:
    """The same for the same reader whichever way the panel is listed; others for the next."""
    crowd = [f"person-{number}" for number in range(200)]
    mine = drawn("reader-1", crowd)
    assert len(mine) == MOST_READ
    assert mine == drawn("reader-1", crowd[::-1])
    assert set(mine) != set(drawn("reader-2", crowd))


def test_several_messages_of_one_person_are_one_reason() -> None:
    """As they were typed, in their order."""
    first = interview()
    more = replace(
        first, notes={**first.notes, UUID(int=9): interview(words=words("b")).notes[words("b").id]}
    )
    assert voice(GUIDE, "5.1", [more]) == Voice(3, (words("a"), words("b")))


def test_words_given_when_no_showing_was_announced_stay_back(log: Log) -> None:
    """A policy chosen later shows what is said from then on, never what was said before."""
    area = Area(log)
    area.open(SIX, terms=Terms(rule=Rule(rounds=3), policy=Policy(shown="figures")))
    area.open_round()
    for name, score in SCORES.items():
        says(area, name, score, f"{name} has seen it")
    planning.choose_policy(log, area.stamp(), area.id, Policy(shown="figures-and-reasons"))
    area.over_to_feedback()
    assert area.now.newest.policy.shown == "figures-and-reasons"  # type: ignore[union-attr]
    assert read(area) == []
