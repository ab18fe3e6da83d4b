"""What was recorded of somebody, in a file they keep: all of it, provable, and nothing of others."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from support.story.story import NOON, PANEL, Story, agree_and_split

from bots.web.receipts.receipt import receipt
from ehsg_events.kernel import Refused
from ehsg_events.ledger.leaves import digest_of
from ehsg_events.ledger.notes import checkpoint_of, verifier_of
from ehsg_events.ledger.proofs import Proof, read_proof, refuse_unless_proved
from ehsg_events.ledger.sequencer import sequencer
from ehsg_events.ledger.terms import terms_of

WORDS = "Good rooms for families."


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    """A round in which everybody answered, on a log whose ledger is kept."""
    with Story(tmp_path) as told:
        told.opened(PANEL)
        with sequencer(told.log, NOON) as at_work:
            at_work.catch_up()
            at_work.sign(NOON)
        yield agree_and_split(told).noted("police-1", "5.1", "working-well", WORDS)


def taken(story: Story, person: str = "police-1") -> dict[str, str]:
    """The files that somebody takes away now, by name."""
    content = receipt(story.log, story.assessment, person, NOON)
    assert content
    with ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def proofs(files: dict[str, str]) -> list[Proof]:
    """The proofs among them."""
    return [read_proof(text) for name, text in files.items() if name.endswith(".tlog-proof")]


def test_all_that_somebody_said_is_proved_once_the_round_is_closed(story: Story) -> None:
    """By the key that stands beside it, against one checkpoint, which is there as well."""
    files = taken(story.round_closed())
    terms = terms_of(story.log)
    assert terms
    opened = []
    for proof in proofs(files):
        head = refuse_unless_proved(proof, verifier_of(terms.keys[-1]))
        assert head == checkpoint_of(files["checkpoint.txt"])
        opened.append(proof.opened.decode().split("\n", 4))
    assert [topic.split(".")[1] for _, _, _, topic, _ in opened] == [
        "AnswerGiven", "AnswerGiven", "NoteGiven", "InterviewCompleted",
    ][: len(opened)]  # fmt: skip
    assert len(opened) >= 3
    assert all(json.loads(state)["stakeholder"] == "police-1" for *_, state in opened)
    assert terms.keys[-1] in files["check.html"]
    assert terms.keys[-1] in files["what-was-recorded.txt"]


def test_the_list_says_it_in_words_and_where_the_proof_lies(story: Story) -> None:
    """Each thing once, with its time, and none of the words that are sealed."""
    files = taken(story.round_closed())
    listed = files["what-was-recorded.txt"]
    assert "you answered 2" in listed
    assert ": your words." in listed
    for name in files:
        if name.startswith("proofs/"):
            assert listed.count(name) == 1
    assert not any(WORDS in text for text in files.values())


def test_of_an_open_round_there_are_fingerprints_which_the_proofs_hold_later(story: Story) -> None:
    """A proof would tell how much everybody says; a fingerprint tells nothing, and binds us."""
    before = taken(story)
    assert proofs(before) == []
    assert "Keep it" in before["what-was-recorded.txt"]
    after = taken(story.round_closed())
    for proof in proofs(after):
        terms = terms_of(story.log)
        assert terms
        refuse_unless_proved(proof, verifier_of(terms.keys[-1]))
    digests = fingerprints(before["what-was-recorded.txt"])
    assert digests
    assert digests == [leaf_digest(proof) for proof in proofs(after)][: len(digests)]
    assert fingerprints(after["what-was-recorded.txt"]) == []


def fingerprints(listed: str) -> list[str]:
    """Those that a list names."""
    return [line.split(": ")[1] for line in listed.splitlines() if "Fingerprint: " in line]


def leaf_digest(proof: Proof) -> str:
    """What stands in the leaf of a proof."""
    return digest_of(proof.opened)


def test_an_open_round_is_told_alike_whatever_the_others_say(story: Story) -> None:
    """The same files, and nothing in them that counts."""
    before = taken(story)
    story.answered("health-1", "5.1", "4")
    after = taken(story)
    assert after == before


def test_for_somebody_elses_hands_it_holds_nothing_of_a_round_that_is_open(story: Story) -> None:
    """Neither an answer in words nor its fingerprint; one's own holds both."""
    story.round_closed().round_opened().answered("police-1", "5.2", "4")
    for_others = receipt(story.log, story.assessment, "police-1", NOON, for_others=True)
    assert for_others
    with ZipFile(io.BytesIO(for_others)) as packed:
        listed = packed.read("what-was-recorded.txt").decode()
    assert ("you answered 4" in listed, fingerprints(listed)) == (False, [])
    own = taken(story)["what-was-recorded.txt"]
    assert ("you answered 4" in own, len(fingerprints(own))) == (True, 1)
    assert "you answered 2" in listed


def test_what_was_altered_is_no_longer_proved(story: Story) -> None:
    """By one letter of what is said to have been recorded."""
    terms = terms_of(story.round_closed().log)
    assert terms
    proof = proofs(taken(story))[0]
    altered = proof._replace(opened=proof.opened.replace(b'"score": 2', b'"score": 5'))
    assert altered != proof
    with pytest.raises(Refused, match="not in the ledger"):
        refuse_unless_proved(altered, verifier_of(terms.keys[-1]))


def test_without_a_ledger_there_is_no_receipt(tmp_path: Path) -> None:
    """And none is made for it."""
    with Story(tmp_path) as story:
        agree_and_split(story.opened(PANEL))
        assert receipt(story.log, story.assessment, "police-1", NOON) is None
        assert terms_of(story.log) is None
