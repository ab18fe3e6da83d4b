"""What the board may see of a panel: no two views of it tell what one or two people said."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from support.story.story import Story, member

from ehsg_events.commands import outcomes, rounds
from ehsg_events.kernel import Refused
from ehsg_events.values.policy import Rule, Terms
from projections.results.board_results import shown, told_to_the_board
from projections.results.results import Result

PANEL = [
    member(f"{agency}-{n}", agency, ["5.1"])
    for agency in ("police", "health", "school")
    for n in (1, 2)
]
NAMES = [person.id for person in PANEL]
LONG = Terms(rule=Rule(rounds=9, agreed_share=1.0, stop="settled-or-limit"))
ALL_AGENCIES = {"quorum_agencies": 1.0}
UNSHRUNK = (Phase.explicit, Phase.generate)  # a story takes a quarter of a second
Said = Mapping[str, str]
somebody = st.sampled_from(NAMES)
answers = st.sampled_from(("0", "1", "5", "dont-know", "not-my-area"))
first = st.fixed_dictionaries(dict.fromkeys(NAMES, answers))
later = st.dictionaries(somebody, answers, max_size=4)
deeds = st.lists(later | somebody, min_size=2, max_size=3)


class Told:
    """A story, with its own account of who stood by what at each close."""

    def __init__(self, story: Story, terms: Terms = LONG) -> None:
        self.story = story.opened(PANEL, terms).round_opened()
        self.stands: dict[str, str] = {}
        self.closes: list[dict[str, str]] = []
        self.moments: list[int] = []

    def round(self, answers: Said) -> None:
        """Some people answer, and the round closes."""
        for person, answer in answers.items():
            self.story.answered(person, "5.1", answer)
            self.stands[person] = answer
        self.story.round_closed()
        self.closes.append(dict(self.stands))
        self.look()

    def look(self) -> None:
        """Remember this moment as one to be asked for later."""
        self.moments.append(self.story.log.store.last_position())

    def do(self, deed: Said | str) -> None:
        """A round in which some change their mind, or somebody who withdraws in the next one."""
        try:
            self.story.round_opened()
            if isinstance(deed, str):
                self.story.withdrawn(deed)
                self.stands.pop(deed, None)
                self.look()
                self.round({})
            else:
                self.round({who: said for who, said in deed.items() if who in self.stands})
        except Refused:
            return

    def published(self) -> list[Result]:
        """What the board sees of the descriptor at every moment."""
        return [board(self.story, str(one)) for one in self.moments]


def board(story: Story, as_of: str | None = None) -> Result:
    """What the board sees of the descriptor."""
    return shown(story.view(as_of), "board")[0]


def figures(one: Result) -> tuple[object, ...]:
    """All that tells how people answered."""
    return (one.counts, one.dont_know, one.median, one.verdict, one.low, one.high, one.within_one)


def counted(stood: Said) -> tuple[tuple[int, ...], int]:
    """How many said each level, and how many did not know."""
    said = list(stood.values())
    return tuple(said.count(str(level)) for level in range(6)), said.count("dont-know")


def differing(one: Said, other: Said) -> int:
    """How many people's answers differ."""
    return sum(one.get(person) != other.get(person) for person in NAMES)


@settings(max_examples=4, phases=UNSHRUNK)
@given(first, deeds)
def test_no_two_views_of_the_board_tell_of_fewer_than_three_people(
    start: Said, then: list[Said | str]
) -> None:
    """Over rounds, withdrawals and moments, now and as of then: by who really said what."""
    with TemporaryDirectory() as folder, Story(Path(folder)) as story:
        told = Told(story)
        told.round(start)
        for deed in then:
            told.do(deed)
        seen = {figures(one): one for one in told.published() if one.counts}
        behind = [
            [stood for stood in told.closes if counted(stood) == (one.counts, one.dont_know)]
            for one in seen.values()
        ]
        assert all(behind)
        assert all(
            any(differing(*pair) >= 3 for pair in product(one, other))
            for one, other in combinations(behind, 2)
        )
        assert all(sum(one.counts) >= 5 for one in seen.values())


@settings(max_examples=2, phases=UNSHRUNK)
@given(
    st.permutations(("0", "1", "5", "5", "1", "dont-know")),
    st.sets(somebody, min_size=1, max_size=2),
)
def test_answers_that_are_not_shown_change_nothing_that_is(start: list[str], who: set[str]) -> None:
    """Whatever the one or two people said who alone changed their mind: the same in every word."""
    seen = set()
    for answer in ("2", "3"):
        with TemporaryDirectory() as folder, Story(Path(folder)) as story:
            told = Told(story)
            told.round(dict(zip(NAMES, start, strict=True)))
            told.do(dict.fromkeys(who, answer))
            assert len(told.closes) == 2
            seen.add((figures(board(story)), board(story).sentence))
    assert len(seen) == 1


@pytest.fixture
def five(tmp_path: Path) -> Story:
    """Six people who do not agree, after a first round."""
    told = Told(Story(tmp_path))
    told.round(dict(zip(NAMES, ("0", "1", "5", "5", "0", "1"), strict=True)))
    return told.story


def test_figures_of_two_who_changed_their_mind_wait_and_it_is_said(five: Story) -> None:
    """The earlier ones stay, by the number of their round."""
    five.round_opened().answered("police-1", "5.1", "5").answered("police-2", "5.1", "5")
    found = board(five.round_closed())
    assert found.counts == (2, 2, 0, 0, 0, 2)
    assert found.sentence.startswith("After round 1: No agreement: two camps.")
    assert "These are the figures of round 1. Later ones are not shown" in found.sentence


def test_an_outcome_and_older_figures_do_not_contradict_each_other(five: Story) -> None:
    """The outcome says how it came about, the figures of which round they are."""
    five.round_opened().answered("police-1", "5.1", "5").answered("police-2", "5.1", "5")
    five.round_closed().moderated("5.1", "5", "most say so")
    found = board(five)
    assert found.moderated
    assert found.against == "higher"
    assert found.sentence.startswith("After round 1: ")


def test_figures_that_a_withdrawal_overtook_are_shown_no_more(five: Story) -> None:
    """Neither the old, which hold what was withdrawn, nor the new beside which it would show."""
    assert board(five).n == 6
    five.withdrawn("police-1")
    rounds.advance(five.log, five.stamp("clock", "clock"), five.assessment)
    found = board(five)
    assert (found.n, found.verdict) == (None, "withheld")
    assert "somebody has withdrawn since they were taken" in found.sentence


def test_figures_of_three_who_changed_their_mind_are_shown(five: Story) -> None:
    """And the sentence is of them alone: not who moved, nor of which agency anybody is."""
    five.round_opened()
    five.all_answered("5.1", {"police-1": "5", "police-2": "5", "school-1": "3"})
    found = board(five.round_closed())
    assert found.counts == (0, 1, 0, 1, 0, 4)
    assert found.sentence == (
        "No agreement. The middle score is 5 (Fully in place and kept up). "
        "6 people gave a score, from 1 to 5."
    )


def test_nothing_is_shown_of_a_round_that_is_open(five: Story) -> None:
    """The closed one's figures stay, whatever is said meanwhile."""
    before = board(five)
    five.round_opened()
    five.all_answered("5.1", dict.fromkeys(NAMES, "3"))
    assert board(five) == before


def test_a_round_that_was_reopened_shows_nothing_until_its_close(five: Story) -> None:
    """Then it is as a later round is: one who came late is not given away."""
    before = board(five)
    five.reopened(40, "two were away").answered("police-1", "5.1", "4")
    assert (board(five).n, board(five).verdict) == (None, "withheld")
    assert board(five.round_closed()).counts == before.counts


def test_fewer_than_five_scores_are_no_figures(tmp_path: Path) -> None:
    """The outcome is published all the same."""
    with Story(tmp_path) as story:
        Told(story).round(dict.fromkeys(NAMES[:4], "3"))
        found = board(story.moderated("5.1", "3", "the files"))
        assert (found.n, found.median, found.counts, found.outcome) == (None, None, (), 3)
        assert found.sentence.startswith("Figures are not shown: fewer than five people")


@pytest.mark.parametrize("first", ["3333", "3555", "3355"])
def test_a_newcomer_to_what_four_had_settled_is_not_given_away(tmp_path: Path, first: str) -> None:
    """Adopted or moderated; whatever they answer, a score or none: the same in every word."""
    seen = set()
    for newcomer in ("3", "5", "dont-know"):
        with Story(tmp_path / newcomer) as story:
            told = Told(story)
            told.round(dict(zip(NAMES[1:5], first, strict=True)))
            if first != "3333":
                story.moderated("5.1", "5", "the files")
            assert board(story).outcome is not None
            story.reopened(40, "one was away").answered(NAMES[0], "5.1", newcomer)
            found = board(story.round_closed())
            assert found.n is None
            assert "beside what an earlier close told" in found.sentence
            seen.add((figures(found), found.sentence, found.against))
    assert len(seen) == 1


def test_five_of_whose_four_nothing_could_be_told_are_shown(tmp_path: Path) -> None:
    """Two agencies of three make no quorum, so that nothing of what they said was told."""
    with Story(tmp_path) as story:
        strict = LONG.model_copy(update={"rule": LONG.rule.model_copy(update=ALL_AGENCIES)})
        told = Told(story, strict)
        told.round(dict(zip(NAMES[:4], "0055", strict=True)))
        story.round_opened().answered(NAMES[4], "5.1", "5")
        assert board(story.round_closed()).counts == (2, 0, 0, 0, 0, 3)


def test_the_board_learns_nothing_of_single_people(five: Story) -> None:
    """An objection is there with its words; who has it is not, nor the name of a small agency."""
    found = board(five.moderated("5.1", "3", "the files").dissented("school-1", "5.1", "too high"))
    assert [(d.stakeholder, d.agency, d.words) for d in found.dissent] == [
        ("withheld", "one of the agencies asked", "too high")
    ]


def test_coordinators_and_auditors_see_everything_after_the_close(five: Story) -> None:
    """Both the same."""
    whole = shown(five.view(), "coordinator")
    assert whole == shown(five.view(), "auditor")
    assert whole[0].median_by_agency is not None


# -- the last letters --------------------------------------------------------------------------
def test_letters_of_a_second_signature_say_what_was_settled_anew(five: Story) -> None:
    """One look serves all letters of a signature, and none of the next."""
    five.moderated("5.1", "3", "The workshop agreed.").signed_off("Chair", "Pat Pell")
    first = told_in_letters(five)
    assert told_in_letters(five) is first
    outcomes.withdraw_sign_off(five.log, five.stamp(), five.assessment, "A mistake was found.")
    five.moderated("5.1", "1", "Counted again.").signed_off("Chair", "Pat Pell")
    stands = [told["5.1"].stands for told in (first, told_in_letters(five))]
    assert stands == ["3 (Mostly in place)", "1 (First steps)"]


def told_in_letters(story: Story) -> Mapping[str, Result]:
    """What the letters of the signature that stands say of the others."""
    signed = story.log.assessment(story.assessment).signed_off
    assert signed is not None
    return told_to_the_board(story.log, story.assessment, signed.name.id)
