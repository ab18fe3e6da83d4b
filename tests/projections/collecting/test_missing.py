"""Who is missing and what hangs on it: nothing hidden while a round is open, exact once it is closed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.story.story import NAMES, NOON, PANEL, Story, agree_and_split, member

from ehsg_events.events import RoundOpened
from ehsg_events.kernel import Refused
from ehsg_events.reminders.outcome_bounds import cannot_matter
from ehsg_events.states.streams import round_stream
from ehsg_events.values.policy import Rule, Terms
from projections.collecting.missing import Missing, missing


def told(story: Story) -> Missing:
    """What is told at this moment."""
    return missing(story.view())


def test_before_the_first_round_nobody_is_missing(story: Story) -> None:
    """It says why the list is empty."""
    found = told(story)
    assert (found.people, found.descriptors) == ((), ())
    assert found.sentence == "No round was opened yet, so nobody is missing."


def test_a_workshop_waits_for_nobody(story: Story) -> None:
    """Votes are given in the room, so there is nobody to nudge."""
    agree_and_split(story).round_closed()
    deadline, policy = NOON + timedelta(days=20), story.view().state.policy
    live = RoundOpened(kind="workshop", items=("5.2",), deadline=deadline, policy=policy)
    found = told(story.wrote(round_stream(story.assessment, 2), live))
    assert (found.round, found.people) == (2, ())
    assert found.sentence == "Round 2 waits for nobody's own interview, so nobody is missing."


def test_who_can_make_a_quorum_is_nudged_first(story: Story) -> None:
    """Of two descriptors one has its quorum, the other hangs on those who are missing there."""
    story.round_opened().all_answered("5.1", dict.fromkeys(NAMES[:5], "2"))
    found = told(story.all_answered("5.2", dict.fromkeys(NAMES[:2], "3")))
    assert [(one.item, one.answered, one.asked, one.quorum) for one in found.descriptors] == [
        ("5.1", 5, 6, "enough"), ("5.2", 2, 6, "within-reach"),
    ]  # fmt: skip
    assert [one.person for one in found.people] == [NAMES[-1], *NAMES[2:-1]]
    assert {one.needed_for for one in found.people} == {("5.2",)}
    shares = {one.agency: (one.answered, one.asked) for one in found.descriptors[1].agencies}
    assert shares == {"police": (2, 2), "health": (0, 2), "school": (0, 2)}


def test_who_left_is_not_nudged_and_may_leave_a_quorum_out_of_reach(story: Story) -> None:
    """Withdrawn people still count as asked, so that three of six remain; released ones do not."""
    story.round_opened()
    for person in NAMES[:3]:
        story.withdrawn(person)
    found = told(story)
    assert [one.quorum for one in found.descriptors] == ["out-of-reach"] * 2
    assert [one.person for one in found.people] == NAMES[3:]
    found = told(story.released(NAMES[0]))
    assert [one.quorum for one in found.descriptors] == ["within-reach"] * 2


def test_while_a_round_is_open_it_is_not_told_what_anybody_said() -> None:
    """Not even whether it was a score: the first round's figures are closed, and do show."""
    assert feedback("5") == feedback("not-my-area")


def feedback(value: str) -> Missing:
    """What is told in a second round, once two people have said the same."""
    with TemporaryDirectory() as folder, Story(Path(folder)) as story:
        agree_and_split(story.opened(PANEL)).round_closed().round_opened()
        found = told(story.all_answered("5.2", dict.fromkeys(NAMES[:2], value)))
        (only,) = found.descriptors
        assert (only.median, only.lowest, only.verdicts, only.could_have) == (None,) * 4
        return found


def test_in_a_later_round_those_who_stand_by_their_score_are_counted(story: Story) -> None:
    """Nobody has answered again, and yet the quorum is there; they are missing all the same."""
    agree_and_split(story).round_closed().round_opened()
    found = told(story)
    assert [(one.item, one.answered, one.quorum) for one in found.descriptors] == [
        ("5.2", 0, "enough")
    ]
    assert len(found.people) == 6


def test_after_the_close_it_is_told_what_silence_left_open(story: Story) -> None:
    """Of six, one was silent: the middle score and the verdicts that their word could have led to."""
    story.round_opened().all_answered("5.1", dict(zip(NAMES, "222234", strict=True)))
    story.all_answered("5.2", dict(zip(NAMES[:5], "00055", strict=True)))
    found = told(story.round_closed())
    sure, open_ = found.descriptors
    assert (sure.lowest, sure.highest, sure.could_have, sure.quorum) == (2, 2, (), None)
    assert (open_.lowest, open_.highest, open_.verdicts) == (0, 2.5, ("two_camps",))
    assert open_.could_have == (NAMES[-1],)
    assert open_.says == (
        "1 person stayed silent. By what they might have said the middle score could lie anywhere "
        "from 0 to 2.5. The verdict could have been: two camps."
    )
    assert [one.says for one in found.people] == [
        "school-2 did not answer 5.2; they could have changed 5.2."
    ]


def test_a_reopened_round_hides_again(story: Story) -> None:
    """What had come of it at the first close is not told while it takes answers."""
    agree_and_split(story).round_closed().reopened(21, "half term")
    found = told(story)
    assert not found.closed
    assert [one.median for one in found.descriptors] == [None, None]


def test_who_finished_is_not_missing_any_more(story: Story) -> None:
    """Nobody is waited for in a round that everybody has answered."""
    found = told(agree_and_split(story))
    assert found.people == ()
    assert found.sentence.startswith("Round 1 is open: 0 people are missing, and 0 of 2")
    assert told(story.round_closed()).sentence == "When round 1 closed nobody was missing."


PEOPLE = [member(name, of, ["5.1"]) for name, of in zip("abcdef", "AABBCC", strict=True)]
VALUES = st.sampled_from(["0", "2", "3", "5", "dont-know", "not-my-area", "withdraw", "release"])
DEEDS = st.dictionaries(st.sampled_from("abcdef"), VALUES, min_size=4)
RULES = st.builds(
    Rule,
    weights=st.sampled_from(["people", "agencies"]),
    quorum_invited=st.sampled_from([0.1, 1.0]),
    stop=st.just("settled-or-limit"),
)


@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(RULES, DEEDS, DEEDS)
def test_the_table_says_of_whose_silence_mattered_what_the_rule_of_reminders_says(
    rule: Rule, first: dict[str, str], second: dict[str, str]
) -> None:
    """Two writers: what is read from the facts, and what is folded from them."""
    with TemporaryDirectory() as folder, Story(Path(folder)) as story:
        story.opened(PEOPLE, Terms(rule=rule))
        for deeds in (first, second):
            try:
                story.round_opened()
            except Refused:  # everything is settled
                return
            for person, value in deeds.items():
                do(story, person, value)
            found = told(story.round_closed())
            now = story.log.situation(story.assessment)
            silent = {one.person for one in found.people}
            spared = cannot_matter(now, list(now.assessment.panel))
            assert {one.person for one in found.people if one.needed_for} == silent - spared
            assert spared <= silent


def do(story: Story, person: str, value: str) -> None:
    """One deed, if the rules allow it."""
    try:
        if value == "withdraw":
            story.withdrawn(person)
        elif value == "release":
            story.released(person)
        else:
            story.answered(person, "5.1", value)
    except Refused:
        return
