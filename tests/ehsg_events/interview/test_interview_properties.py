"""What holds of an interview whatever a person says, in whatever order, however often."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from support.area import sitting, words

from ehsg_events.events import AnswerAmended, AnswerGiven, PrioritiesNamed
from ehsg_events.interview import answers as answering
from ehsg_events.interview import answers as naming
from ehsg_events.interview import notes
from ehsg_events.interview.questions import WHICH_FIRST, done, waiting
from ehsg_events.kernel import Refused
from ehsg_events.states.interview import PRIORITIES, Interview, InterviewFact, Sitting, evolve

SEATS = (
    sitting("5.1", "5.2", "9.7"),
    sitting("5.1", "5.2", "5.3", "9.7"),
    sitting("5.1", "5.2", kind="feedback"),
    sitting("data-matching-1", "big-1", "families-1", guide="ehsg-2020@1"),
)
Said = Callable[[Interview, Sitting], tuple[InterviewFact, ...]]
VALUES = [*"0123456", "yes", "mostly-yes", "mostly-no", "no", "dont-know", "not-my-area", "skip"]
items = st.sampled_from(
    ["5.1", "5.2", "5.3", "9.7", PRIORITIES, "data-matching-1", "big-1", "families-1"]
)
fields = st.sampled_from(["score", "working-well", "prioritising-next", "doing-planning"]) | (
    st.sampled_from(["reason", "answer"])
)
texts = st.sampled_from(["a", "b", "c"]).map(words)


def said(item: str, value: str) -> Said:
    """An answer, as something said."""
    return lambda state, seat: answering.answer(state, seat, item, value)


answers = st.builds(said, items, st.sampled_from(VALUES))
anything = st.one_of(
    answers,
    st.builds(
        lambda i, f, w: lambda s, t: notes.give_note(s, t, i, f, w, None),
        *(items, fields, texts),
    ),
    st.builds(lambda n, w: lambda s, t: notes.amend_note(s, t, n.id, w), texts, texts),
    st.builds(lambda n: lambda s, t: notes.retract_note(s, t, n.id), texts),
    st.builds(lambda i, f: lambda s, t: answering.finish_field(s, t, i, f), items, fields),
    st.builds(lambda i: lambda s, t: answering.revisit(s, t, i), items),
    st.builds(
        lambda some: lambda s, t: naming.name_priorities(s, t, some), st.lists(items, max_size=4)
    ),
    st.sampled_from(
        [
            answering.back,
            answering.pause,
            answering.resume,
            lambda s, _: answering.show(s, "review"),
            lambda s, t: answering.start(s, t, "digest"),
        ]
    ),
)
talks = st.lists(anything, max_size=25)
seats = st.sampled_from(SEATS)


def hold(talk: list[Said], seat: Sitting) -> tuple[Interview, list[InterviewFact]]:
    """Say everything in order; what is refused changes nothing."""
    state, log = Interview(), list[InterviewFact]()
    for one in talk:
        try:
            facts = one(state, seat)
        except Refused:
            continue
        log += facts
        for fact in facts:
            state = evolve(state, fact)
    return state, log


@given(seats, talks)
def test_no_talk_puts_a_value_off_its_scale_on_the_log(seat: Sitting, talk: list[Said]) -> None:
    """A score is a level of its item's scale; what is no score has neither level nor score."""
    for fact in hold(talk, seat)[1]:
        if isinstance(fact, (AnswerGiven, AnswerAmended)):
            assert fact.item in seat.items
            if fact.kind == "score":
                levels = {
                    level.value: level.score for level in seat.guide.scale_of(fact.item).levels
                }
                assert fact.level is not None
                assert levels[fact.level] == fact.score
            else:
                assert (fact.level, fact.score) == (None, None)


@given(seats, talks)
def test_every_amendment_changes_the_answer_it_amends(seat: Sitting, talk: list[Said]) -> None:
    """And an item is answered for the first time only once."""
    stands: dict[str, tuple[object, ...]] = {}
    for fact in hold(talk, seat)[1]:
        if isinstance(fact, (AnswerGiven, AnswerAmended)):
            now = (fact.kind, fact.level)
            assert (fact.item in stands) == isinstance(fact, AnswerAmended)
            assert stands.get(fact.item) != now
            stands[fact.item] = now


@given(seats, st.lists(answers, max_size=25), st.data())
def test_an_answer_said_twice_is_an_answer_said_once(
    seat: Sitting, talk: list[Said], data: st.DataObject
) -> None:
    """Any of them may come again at once: the state is the same."""
    doubled = [one for one in talk for _ in range(data.draw(st.integers(1, 3)))]
    assert hold(doubled, seat) == hold(talk, seat)


@given(seats, talks)
def test_the_state_is_the_fold_of_its_facts(seat: Sitting, talk: list[Said]) -> None:
    """Nothing is remembered that is not on the log."""
    state, log = hold(talk, seat)
    again = Interview()
    for fact in log:
        again = evolve(again, fact)
    assert again == state


@given(seats, talks)
def test_after_a_withdrawal_nothing_can_be_said(seat: Sitting, talk: list[Said]) -> None:
    """No answer remains and none comes after."""
    ended = [*talk, lambda state, _: answering.withdraw(state)]
    state, log = hold(ended + talk, seat)
    assert state == Interview(withdrawn=True)
    assert log == hold(ended, seat)[1]


@given(seats, talks)
def test_going_back_and_saying_the_same_changes_no_answer(seat: Sitting, talk: list[Said]) -> None:
    """From wherever one is, as far back as one likes."""
    state, _ = hold(talk, seat)
    for _ in seat.items:
        try:
            (fact,) = answering.back(state, seat)
        except Refused:
            break
        before = state.answers
        state = evolve(state, fact)
        ask = waiting(state, seat)
        assert ask is not None
        if ask == WHICH_FIRST:
            break
        answer = state.answers[ask.item]
        if ask.field == "score" or answer.kind != "text":
            for fact in answering.answer(state, seat, ask.item, answer.level or answer.kind):
                state = evolve(state, fact)
        assert state.answers == before


@given(seats, talks)
def test_done_counts_what_no_longer_waits(seat: Sitting, talk: list[Said]) -> None:
    """When everything is done nothing waits but why a score changed, or what should come first."""
    state, _ = hold(talk, seat)
    ask = waiting(state, seat)
    left = ask is not None and ask != WHICH_FIRST
    why = left and seat.kind == "first" and ask is not None and ask.field == "reason"
    assert (done(state, seat) == len(seat.items)) == (not left or why)


@given(seats, talks)
def test_what_is_named_first_can_be_chosen(seat: Sitting, talk: list[Said]) -> None:
    """Each item once, no more than the guide asks for, all asked about."""
    for fact in hold(talk, seat)[1]:
        if isinstance(fact, PrioritiesNamed):
            assert set(fact.items) <= set(seat.items)
            assert len(set(fact.items)) == len(fact.items) <= 3
