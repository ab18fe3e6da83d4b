"""Whose silence matters: whose answer could still change a verdict or a middle score. Pure.

Every combination of answers that the missing people might give is tried out, while the answers
that were given stand. Where there are too many combinations, everybody is taken to matter.
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

MOST_TRIED = 120  # combinations of answers tried out for one descriptor, at every reminder
Effect = int | None | str  # a score, none for no score, or `NOT_ASKED`
NOT_ASKED = "not-my-area"
Group = str  # people whose answers have the same effect: of one agency, or of several alike


class Standing(NamedTuple):
    """What stands on one descriptor without the missing people, and how it is measured."""

    heard: Heard
    agencies: frozenset[str]
    yard: Yardstick
    rule: Rule


class Ranges(NamedTuple):
    """How far the missing people can move a middle score, and every verdict they can lead to.

    The verdicts are none where there are too many combinations to try out.
    """

    lowest: float | None
    highest: float | None
    verdicts: frozenset[Verdict] | None


def cannot_matter(situation: Situation, people: Collection[str]) -> frozenset[str]:
    """Which of some people could change nothing in the newest round, whatever they said."""
    missing = _missing(situation, people)
    answers = standing(situation, len(situation.rounds))
    asked = asked_by(situation, len(situation.rounds))
    open_to = {person for silent in missing.values() for person in silent}
    moves = {
        person
        for item, silent in missing.items()
        for person in _movers(situation, item, answers.get(item, {}), asked, silent)
    }
    return frozenset(person for person in people if person in open_to and person not in moves)


def _movers(
    situation: Situation,
    item: str,
    answers: Mapping[str, Answer],
    asked: Mapping[str, AbstractSet[str]],
    silent: Sequence[str],
) -> set[str]:
    """Which of the silent could change a descriptor's verdict or middle score by an answer.

    Their earlier answers need not be known: giving them again is among what is tried out.
    """
    if item not in situation.guide.descriptors:
        return set(silent)  # numbers and words are not measured, so nobody's can be spared
    rest = {person: answer for person, answer in answers.items() if person not in silent}
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
    """The group in which people of an agency are tried out.

    Where people count alike, all agencies that already have a score are one group: it makes no
    difference which of their people gives the next.
    """
    scored = {score.agency for score in stands.heard.scores}
    alike = stands.rule.weights == "people" and agency in scored
    return min(scored) if alike else agency


def moving(stands: Standing, missing: Mapping[Group, int], most: int) -> set[Group]:
    """The groups of which one more answer could change the verdict or the middle score.

    Args:
        missing: how many people of each group are silent.
        most: combinations that are tried out; if there are more, all groups are returned.
    """
    effects = _effects(stands.yard)
    if not can_be_tried(stands, missing, most):
        return set(missing)
    known: dict[tuple[tuple[Effect, ...], ...], object] = {}
    return {group for group in missing if _moves(stands, missing, group, effects, known)}


def can_be_tried(stands: Standing, missing: Mapping[Group, int], most: int) -> bool:
    """Whether the missing people have at most so many combinations of answers."""
    choices = len(_effects(stands.yard))
    return prod(comb(many + choices - 1, many) for many in missing.values()) <= most


def ranges(stands: Standing, missing: Mapping[Group, int], most: int) -> Ranges:
    """How far the missing people can still move the middle score and the verdict.

    The middle score is lowest when all of them give the lowest score, however many they are.

    Args:
        missing: how many people of each group are silent.
        most: combinations that are tried out for the verdict.
    """
    lowest, highest = (
        _middle(stands, missing, score) for score in (stands.yard.lowest, stands.yard.highest)
    )
    return Ranges(lowest, highest, _verdicts(stands, missing, most))


def _middle(stands: Standing, missing: Mapping[Group, int], score: int) -> float | None:
    """The middle score if all missing people gave the same score."""
    supposed = (Score(score, group) for group, many in missing.items() for _ in range(many))
    return middle_score((*stands.heard.scores, *supposed), stands.rule)


def _verdicts(
    stands: Standing, missing: Mapping[Group, int], most: int
) -> frozenset[Verdict] | None:
    if not can_be_tried(stands, missing, most):
        return None
    effects, names = _effects(stands.yard), list(missing)
    every = product(*(combinations_with_replacement(effects, missing[name]) for name in names))
    return frozenset(_judged(stands, names, answers)[0] for answers in every)


def _effects(yard: Yardstick) -> tuple[Effect, ...]:
    """Every effect an answer can have; silence, a skip and "don't know" all give no score."""
    return (None, yard.lowest, yard.highest, NOT_ASKED, *range(yard.lowest + 1, yard.highest))


def _moves(
    stands: Standing,
    missing: Mapping[Group, int],
    group: Group,
    effects: tuple[Effect, ...],
    known: dict[tuple[tuple[Effect, ...], ...], object],
) -> bool:
    """Whether one person of a group could change anything, for some answers of the others."""
    names, index = list(missing), list(missing).index(group)
    order = {effect: number for number, effect in enumerate(effects)}
    rest = [missing[name] - (name == group) for name in names]
    for answers in product(*(combinations_with_replacement(effects, many) for many in rest)):
        results = set()
        for mine in effects:
            every = list(answers)
            every[index] = tuple(sorted((*answers[index], mine), key=order.__getitem__))
            key = tuple(every)
            if key not in known:
                known[key] = _judged(stands, names, key)
            results.add(known[key])
            if len(results) > 1:
                return True
    return False


def _judged(
    stands: Standing, names: Sequence[Group], answers: tuple[tuple[Effect, ...], ...]
) -> tuple[Verdict, float | None]:
    """Verdict and middle score if the missing people gave these answers, group by group."""
    given = [(name, effect) for name, every in zip(names, answers, strict=True) for effect in every]
    asked = [name for name, effect in given if effect != NOT_ASKED]
    scores = (Score(effect, name) for name, effect in given if isinstance(effect, int))
    supposed = Heard(
        scores=(*stands.heard.scores, *scores),
        dont_know=stands.heard.dont_know,
        invited=stands.heard.invited + len(asked),
        agencies_invited=len(stands.agencies | set(asked)),
    )
    return judge(supposed, stands.yard, stands.rule)


def _missing(situation: Situation, people: Collection[str]) -> dict[str, list[str]]:
    """Everybody who has not answered an item, for each item that any of `people` has not."""
    newest = situation.newest
    missing: dict[str, list[str]] = {}
    if newest is None or newest.kind not in ("first", "feedback"):
        return missing
    for person, items in _left_open(situation):
        for item in items:
            missing.setdefault(item, []).append(person)
    return {item: silent for item, silent in missing.items() if not set(silent).isdisjoint(people)}


def _left_open(situation: Situation) -> Iterator[tuple[str, Collection[str]]]:
    """The unanswered items of each person who may still answer in the newest round."""
    newest = situation.newest
    assert newest is not None
    for person, items in newest.invited.items():
        interview = situation.interviews[newest.number, person]
        if not (interview.completed or interview.withdrawn or person in newest.released):
            yield person, unanswered(items, interview)
