"""How each descriptor leaves a round: given who said what before and now, by which stop rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from support.area import FEEDBACK
from support.log.situation import Said, assessed, situation, telling

from ehsg_events.agreement.measuring import asked_no_more, measure_round
from ehsg_events.events import OutcomeAdopted, RoundMeasured
from ehsg_events.states.interview import Interview
from ehsg_events.states.outcome import Outcome
from ehsg_events.states.situation import Situation, left_to_ask, to_moderate, to_sign_off
from ehsg_events.values.policy import Rule

ONE, OTHER = "5.1", "5.2"
STOPS = Rule(rounds=3, stop="settled-stable-or-limit")


def scored(*values: str, item: str = ONE) -> Said:
    """Each person in turn says this; an empty one says nothing."""
    return {f"p{n}": {item: value} for n, value in enumerate(values) if value}


def panel(many: int, *rounds: Said, rule: Rule = STOPS) -> Situation:
    """So many people of three agencies, asked about two descriptors."""
    state = assessed([f"agency {n % 3}" for n in range(many)], [ONE, OTHER], rule)
    return situation(state, *rounds)


def measured(now: Situation) -> RoundMeasured:
    """The newest round's measuring."""
    newest = now.newest
    assert newest is not None
    (fact,) = measure_round(now, newest, FEEDBACK)["round"]
    assert isinstance(fact, RoundMeasured)
    return fact


def leaves(now: Situation, item: str = ONE) -> str:
    """How an item leaves the newest round."""
    return next(one.because for one in measured(now).left if one.item == item)


def over(now: Situation) -> Situation:
    """The same once its newest round is measured, and what is agreed adopted."""
    newest = now.newest
    assert newest is not None
    done = measure_round(now, newest, FEEDBACK)
    (fact,) = done.pop("round")
    outcomes = dict(now.outcomes)
    for item, (adopted,) in done.items():
        assert isinstance(adopted, OutcomeAdopted)
        outcomes[item] = Outcome(level=adopted.level, score=adopted.score)
    rounds = [*now.rounds[:-1], replace(newest, measured=fact)]  # type: ignore[arg-type]
    return replace(now, rounds=rounds, outcomes=outcomes)


SPLIT = ("0", "0", "0", "5", "5", "5")


def test_a_first_round_that_agrees_is_settled_at_once() -> None:
    """Nobody has changed, for nobody was asked before."""
    assert leaves(panel(6, scored("3", "3", "3", "3", "2", "4"))) == "agreed"


def test_a_first_round_that_is_split_is_asked_again() -> None:
    """However firmly they stand: nobody has seen the others yet."""
    assert leaves(panel(6, scored(*SPLIT))) == "asked-again"


@pytest.mark.parametrize(
    ("many", "moved", "how"),
    [(6, 1, "agreed"), (6, 2, "asked-again"), (12, 2, "agreed"), (12, 3, "asked-again"),
     (5, 1, "asked-again"), (18, 3, "agreed"), (30, 5, "agreed"), (30, 6, "asked-again")],
)  # fmt: skip
def test_agreement_counts_once_at_most_one_in_six_has_changed(
    many: int, moved: int, how: str
) -> None:
    """Exactly a sixth is not too many; of five people one is."""
    before = ["3"] * many
    after = ["2"] * moved + ["3"] * (many - moved)
    assert leaves(panel(many, scored(*before), scored(*after))) == how


@pytest.mark.parametrize(("many", "moved"), [(3, 1), (3, 3), (4, 1), (4, 3)])
def test_of_fewer_than_five_people_it_does_not_matter_how_many_have_changed(
    many: int, moved: int
) -> None:
    """Were they agreed once at most half have changed, one of three would know that two have not.

    They had said 3, 1 and 1, and then 0, 1 and 1: whoever moved from 3 to 0 knew all others.
    """
    rule = Rule(rounds=3, settled_changed=0.5)
    before = ["5"] + ["3"] * (many - 1)
    after = ["2"] * moved + ["3"] * (many - moved)
    assert leaves(panel(many, scored(*before), scored(*after), rule=rule)) == "asked-again"


def test_who_changed_is_counted_and_not_the_histogram() -> None:
    """Two people who swap places are two who changed: of six, more than a sixth."""
    swapped = panel(6, scored("2", "3", "3", "3", "3", "3"), scored("3", "2", "3", "3", "3", "3"))
    assert leaves(swapped) == "asked-again"
    split = panel(6, scored(*SPLIT), scored("5", "0", "0", "0", "5", "5"))
    assert leaves(split) == "asked-again"


def test_silence_is_no_change_of_mind() -> None:
    """Who says nothing in the feedback round stands by what they said, and so does a skip."""
    assert leaves(panel(6, scored(*SPLIT), scored("0"))) == "stable-disagreement"
    assert leaves(panel(6, scored(*SPLIT), scored("skip"))) == "stable-disagreement"


@pytest.mark.parametrize(
    "after", [("dont-know",), ("", "", "", "", "", "", "3"), ("not-my-area",)]
)  # fmt: skip
def test_a_dont_know_or_a_new_voice_is_no_standstill(after: Sequence[str]) -> None:
    """Nobody who had a score changed it, but it is not the same panel that stands there."""
    assert leaves(panel(7, scored(*SPLIT), scored(*after))) == "asked-again"


def test_a_rule_without_that_stop_asks_until_its_limit() -> None:
    """What old assessments chose still means what it meant."""
    rule = Rule(rounds=3, stop="settled-or-limit")
    assert leaves(panel(6, scored(*SPLIT), {}, rule=rule)) == "asked-again"


def test_too_few_answers_are_no_disagreement() -> None:
    """Nobody changed, but nobody knows what the panel thinks: the rest are asked again."""
    assert leaves(panel(6, scored("0", "5"), {})) == "asked-again"
    assert leaves(panel(9, scored("0", "0", "5"), {})) == "asked-again"


@pytest.mark.parametrize("said", [SPLIT, ("0", "5"), ("0", "0", "5", "", "", "", "", "", "")])
def test_in_the_last_round_the_limit_ends_it(said: Sequence[str]) -> None:
    """Split, too few or no quorum: it is asked no more, and moderated."""
    now = panel(max(6, len(said)), scored(*said), {}, rule=Rule(rounds=2, stop=STOPS.stop))
    assert leaves(now) == "round-limit"
    assert measured(now).then == "moderation"


def test_agreement_in_the_last_round_counts_however_many_moved() -> None:
    """No round comes in which it could settle."""
    rule = Rule(rounds=2)
    assert leaves(panel(6, scored(*SPLIT), scored(*["3"] * 6), rule=rule)) == "agreed"


def test_where_nobody_is_left_to_ask_it_ends() -> None:
    """All were released: what they agree on counts as in a last round, the rest is moderated."""
    for last, how in ((["3"] * 6, "agreed"), (SPLIT, "nobody-left")):
        now = panel(6, scored(*SPLIT), scored(*last))
        gone = replace(now.assessment, released=frozenset(now.assessment.panel))
        assert leaves(replace(now, assessment=gone)) == how


def mixed() -> Situation:
    """After round 2 nobody has changed on 5.1, and somebody on 5.2; both are split."""
    first = {f"p{n}": {ONE: value, OTHER: value} for n, value in enumerate(SPLIT)}
    return over(panel(6, first, scored("1", item=OTHER)))


def test_a_standstill_leaves_while_the_others_go_on() -> None:
    """The third round asks only what is asked again."""
    now = mixed()
    assert now.newest is not None
    assert now.newest.measured is not None
    assert {one.item: one.because for one in now.newest.measured.left} == {
        ONE: "stable-disagreement", OTHER: "asked-again",
    }  # fmt: skip
    assert now.newest.measured.then == "feedback"
    assert set(left_to_ask(now).values()) == {(OTHER,)}


def test_what_waits_for_moderation_waits_until_no_round_comes() -> None:
    """Once 5.2 was moderated meanwhile no round asks again, and 5.1 is the one to settle."""
    now = mixed()
    assert (to_moderate(now), to_sign_off(now)) == ((), False)
    settled = Outcome(level="2", score=2, moderated=True)
    now = replace(now, outcomes={**now.outcomes, OTHER: settled})
    assert left_to_ask(now) == {}
    assert (to_moderate(now), to_sign_off(now)) == ((ONE,), False)
    now = replace(now, outcomes={**now.outcomes, ONE: settled})
    assert (to_moderate(now), to_sign_off(now)) == ((), True)


def test_who_is_asked_is_not_asked_what_was_moderated_meanwhile() -> None:
    """Only what is left of it, and nobody who withdrew."""
    first = {f"p{n}": {ONE: value, OTHER: value} for n, value in enumerate(SPLIT)}
    now = over(panel(6, first))
    settled = Outcome(level="2", score=2, moderated=True)
    now = replace(now, outcomes={**now.outcomes, ONE: settled})
    now = replace(now, interviews={**now.interviews, (1, "p0"): Interview(withdrawn=True)})
    assert left_to_ask(now) == {f"p{n}": (OTHER,) for n in range(1, 6)}


def test_where_no_round_comes_after_all_only_what_it_would_have_asked_leaves_otherwise() -> None:
    """What had left before keeps its reason: a standstill, or that it was agreed."""
    now = mixed()
    newest = now.newest
    assert newest is not None
    settled = Outcome(level="2", score=2, moderated=True)
    now = replace(now, outcomes={**now.outcomes, OTHER: settled})
    (fact,) = asked_no_more(now, newest, FEEDBACK)["round"]
    assert isinstance(fact, RoundMeasured)
    assert {one.item: one.because for one in fact.left} == {
        ONE: "stable-disagreement",
        OTHER: "moderated",
    }
    assert (fact.then, fact.feedback_due) == ("moderation", None)


def test_where_nobody_had_a_score_before_nobody_has_changed_it() -> None:
    """All knew nothing in the first round, and agree in the second: it has settled."""
    assert leaves(panel(6, scored(*["dont-know"] * 6), scored(*["3"] * 6))) == "agreed"


def test_a_half_that_is_agreed_is_asked_no_more_and_waits_for_moderation() -> None:
    """The panel agrees, but between two levels: no rule may choose one of them."""
    now = over(panel(6, telling_both("2", "2", "2", "3", "3", "3")))
    assert leaves(now) == "agreed"
    assert now.outcomes[ONE].score is None
    assert ONE in to_moderate(now)
    assert left_to_ask(now) == {}


@pytest.mark.parametrize("values", ["2233", "0001", "555"])
def test_what_may_not_be_told_to_be_agreed_is_asked_again(values: str) -> None:
    """Everybody sees what is asked again: that these are not would tell who said what."""
    now = over(panel(len(values), telling_both(*values)))
    assert leaves(now) == "asked-again"
    assert now.outcomes[ONE].score is None


def test_a_split_that_may_not_be_told_is_not_called_stable() -> None:
    """That nobody has changed their mind is seen by its not being asked again."""
    three = ("0", "0", "5")
    assert leaves(panel(3, scored(*three), scored(*three))) == "asked-again"
    assert leaves(panel(6, scored(*SPLIT), scored(*SPLIT))) == "stable-disagreement"


def telling_both(*values: str) -> Said:
    """The same said of both descriptors."""
    return {f"p{n}": {ONE: value, OTHER: value} for n, value in enumerate(values)}


def test_a_moderated_outcome_is_not_overtaken_by_agreement() -> None:
    """It stands, whatever the round that was open then comes to."""
    now = panel(6, scored(*SPLIT), scored(*["3"] * 6), rule=Rule(rounds=2))
    settled = Outcome(level="2", score=2, moderated=True)
    now = replace(now, outcomes={**now.outcomes, ONE: settled})
    assert now.newest is not None
    assert set(measure_round(now, now.newest, FEEDBACK)) == {"round"}


def test_more_words_of_the_same_score_change_nothing() -> None:
    """To say the same once more is to stand by it."""
    now = telling(panel(6, scored(*SPLIT), {}), ONE, {"p0": "0", "p5": "5"})
    assert leaves(now) == "stable-disagreement"
