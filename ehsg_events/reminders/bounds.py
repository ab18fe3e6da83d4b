"""Whose silence matters: could anything somebody might still say change a verdict or middle score?

Pure. Tried out exactly, over everything that those who are missing might say, while those who have
answered stand by it. Where that is too much to try out, everybody matters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations_with_replacement, product
from math import comb, prod
from typing import NamedTuple

from ehsg_events.agreement.consensus import Heard, Score, Yardstick, judge, middle_score, yardstick
from ehsg_events.agreement.measuring import heard
from ehsg_events.states.interview import Answer, unanswered
from ehsg_events.states.situation import Situation, asked_by, standing
from ehsg_events.values.measure import Verdict
from ehsg_events.values.policy import Rule

MOST_TRIED = 120  # ways to answer that are tried out for one descriptor, at every reminder
Effect = int | None | str  # a score; no score; or that it is not one's area
NOT_ASKED = "not-my-area"
Group = str  # people whose answers have the same weight: of one agency, or all that are alike


class Standing(NamedTuple):
    """What stands on one descriptor whoever is missing, and how it would be measured."""

    heard: Heard
    agencies: frozenset[str]
    yard: Yardstick
    rule: Rule


class Ranges(NamedTuple):
    """How far a middle score can move, and every verdict there can be, by what the missing say.

    The verdicts are none where too many are missing to try everything out.
    """

    lowest: float | None
    highest: float | None
    verdicts: frozenset[Verdict] | None


def cannot_matter(situation: Situation, people: Collection[str]) -> frozenset[str]:
    """Those of some people in the newest round who could change nothing, whatever they said."""
    missing = _missing(situation, people)
    told = standing(situation, len(situation.rounds))
    asked = asked_by(situation, len(situation.rounds))
    open_to = {person for silent in missing.values() for person in silent}
    moves = {
        person
        for item, silent in missing.items()
        for person in _movers(situation, item, told.get(item, {}), asked, silent)
    }
    return frozenset(person for person in people if person in open_to and person not in moves)


def _movers(
    situation: Situation,
    item: str,
    told: Mapping[str, Answer],
    asked: Mapping[str, AbstractSet[str]],
    silent: Sequence[str],
) -> set[str]:
    """Those of the silent whose answer could change a descriptor's verdict or middle score.

    An earlier answer of theirs need not be known: whatever it is, they may say it again.
    """
    if item not in situation.guide.descriptors:
        return set(silent)  # everybody's number or words are their own
    rest = {person: answer for person, answer in told.items() if person not in silent}
    others = {person for person, items in asked.items() if item in items} - set(silent)
    scale, panel = situation.guide.scale_of(item), situation.assessment.panel
    base = heard(situation, others, rest)
    counted = {person for person in others | set(rest) if not _is_not_asked(rest.get(person))}
    stands = Standing(
        base,
        frozenset(panel[person].agency for person in counted),
        yardstick(scale.lowest, scale.highest),
        situation.assessment.rule,
    )
    groups = {person: group_of(panel[person].agency, stands) for person in silent}
    able = moving(stands, Counter(groups.values()), MOST_TRIED)
    return {person for person in silent if groups[person] in able}


def _is_not_asked(answer: Answer | None) -> bool:
    return answer is not None and answer.kind == NOT_ASKED


def group_of(agency: str, stands: Standing) -> Group:
    """Where people count alike and their agencies are heard already, it is one who they are."""
    scored = {score.agency for score in stands.heard.scores}
    alike = stands.rule.weights == "people" and agency in scored
    return min(scored) if alike else agency


def moving(stands: Standing, missing: Mapping[Group, int], most: int) -> set[Group]:
    """The groups of which one more answer could change the verdict or the middle score.

    Args:
        missing: how many are silent of each agency, or of those that are alike.
        most: ways to answer that are tried out; were there more, all groups could.
    """
    effects = _effects(stands.yard)
    if not can_be_tried(stands, missing, most):
        return set(missing)
    known: dict[tuple[tuple[Effect, ...], ...], object] = {}
    return {group for group in missing if _moves(stands, missing, group, effects, known)}


def can_be_tried(stands: Standing, missing: Mapping[Group, int], most: int) -> bool:
    """Whether there are no more ways to answer, for those who are missing, than are tried out."""
    choices = len(_effects(stands.yard))
    return prod(comb(many + choices - 1, many) for many in missing.values()) <= most


def ranges(stands: Standing, missing: Mapping[Group, int], most: int) -> Ranges:
    """How far those who are missing can still move the middle score and the verdict.

    The middle score is lowest when all of them say the lowest, however many they are.

    Args:
        missing: how many are silent of each agency, or of those that are alike.
        most: ways to answer that are tried out for the verdict.
    """
    lowest, highest = (
        _middle(stands, missing, score) for score in (stands.yard.lowest, stands.yard.highest)
    )
    return Ranges(lowest, highest, _verdicts(stands, missing, most))


def _middle(stands: Standing, missing: Mapping[Group, int], score: int) -> float | None:
    """The middle score, if all who are missing said the same."""
    said = (Score(score, group) for group, many in missing.items() for _ in range(many))
    return middle_score((*stands.heard.scores, *said), stands.rule)


def _verdicts(
    stands: Standing, missing: Mapping[Group, int], most: int
) -> frozenset[Verdict] | None:
    if not can_be_tried(stands, missing, most):
        return None
    effects, names = _effects(stands.yard), list(missing)
    every = product(*(combinations_with_replacement(effects, missing[name]) for name in names))
    return frozenset(_judged(stands, names, said)[0] for said in every)


def _effects(yard: Yardstick) -> tuple[Effect, ...]:
    """All that an answer can come to; who is silent, skips or does not know gives no score."""
    return (None, yard.lowest, yard.highest, NOT_ASKED, *range(yard.lowest + 1, yard.highest))


def _moves(
    stands: Standing,
    missing: Mapping[Group, int],
    group: Group,
    effects: tuple[Effect, ...],
    known: dict[tuple[tuple[Effect, ...], ...], object],
) -> bool:
    """Whether one of a group could change anything, whatever all the others that are missing say."""
    names, place = list(missing), list(missing).index(group)
    order = {effect: number for number, effect in enumerate(effects)}
    rest = [missing[name] - (name == group) for name in names]
    for said in product(*(combinations_with_replacement(effects, many) for many in rest)):
        found = set()
        for mine in effects:
            every = list(said)
            every[place] = tuple(sorted((*said[place], mine), key=order.__getitem__))
            key = tuple(every)
            if key not in known:
                known[key] = _judged(stands, names, key)
            found.add(known[key])
            if len(found) > 1:
                return True
    return False


def _judged(
    stands: Standing, names: Sequence[Group], said: tuple[tuple[Effect, ...], ...]
) -> tuple[Verdict, float | None]:
    """Verdict and middle score, if those who are missing said this."""
    spoken = [(name, effect) for name, every in zip(names, said, strict=True) for effect in every]
    asked = [name for name, effect in spoken if effect != NOT_ASKED]
    scores = (Score(effect, name) for name, effect in spoken if isinstance(effect, int))
    all_told = Heard(
        scores=(*stands.heard.scores, *scores),
        dont_know=stands.heard.dont_know,
        invited=stands.heard.invited + len(asked),
        agencies_invited=len(stands.agencies | set(asked)),
    )
    return judge(all_told, stands.yard, stands.rule)


def _missing(situation: Situation, people: Collection[str]) -> dict[str, list[str]]:
    """Who has not answered each item that some of the people have not."""
    newest = situation.newest
    found: dict[str, list[str]] = {}
    if newest is None or newest.kind not in ("first", "feedback"):
        return found
    for person, items in _left_open(situation):
        for item in items:
            found.setdefault(item, []).append(person)
    return {item: silent for item, silent in found.items() if not set(silent).isdisjoint(people)}


def _left_open(situation: Situation) -> Iterator[tuple[str, Collection[str]]]:
    """What each person who is asked still may answer for the first time in the newest round."""
    newest = situation.newest
    assert newest is not None
    for person, items in newest.invited.items():
        interview = situation.interviews[newest.number, person]
        if not (interview.completed or interview.withdrawn or person in newest.released):
            yield person, unanswered(items, interview)
