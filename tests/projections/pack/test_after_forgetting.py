"""Somebody is forgotten: what was proved before holds, and so does a pack that is made after."""

from __future__ import annotations

import json
from pathlib import Path

from support.story.packed import HEAD, Made, beside, handed_over, made
from support.story.story import NAMES, PANEL, Story

from ehsg_events.ledger.notes import verifier_of
from ehsg_events.ledger.proofs import read_proof, refuse_unless_proved
from ehsg_events.rights import forgetting
from projections.pack.own_proofs import own_proofs

EACH = 10  # facts of each of the six, each with its proof
Proofs = dict[int, tuple[str, str]]  # by position, a fact's fingerprint and its proof


def told(story: Story) -> tuple[Made, Proofs]:
    """Everybody answers, changes their mind and types; the proofs that they were given then."""
    story.opened(PANEL).round_opened()
    for person in NAMES:
        for score in "0123":
            story.answered(person, "5.1", score)
        story.noted(person, "5.1", "working-well", f"Typed by {person}")
        for score in "2345":
            story.answered(person, "5.2", score)
        story.noted(person, "5.2", "working-well", f"Typed once more by {person}")
    packed = made(story.round_closed())
    return packed, proofs(story)


def proofs(story: Story) -> Proofs:
    """What everybody is given of what they said, each with its proof."""
    given: Proofs = {}
    for person in NAMES:
        own = own_proofs(story.log, story.assessment, person)
        assert own
        for one in own.facts:
            assert one.proof
            given[one.recorded.position] = one.fingerprint, one.proof
    return given


def forgotten(story: Story) -> Made:
    """One of them is forgotten; a pack after."""
    done = forgetting.forget(story.log, story.stamp(), story.assessment, "police-1", "by letter")
    assert done.is_complete
    return made(story)


def test_every_proof_that_was_given_before_holds_after(tmp_path: Path) -> None:
    """Of the others and of whoever is forgotten, whose facts stand, too: 60 of 60."""
    with Story(tmp_path / "data") as story:
        packed, before = told(story)
        forgotten(story)
        after = proofs(story)
    key = verifier_of(packed.key)
    sizes = {refuse_unless_proved(read_proof(proof), key).size for _, proof in before.values()}
    assert len(before) == EACH * len(NAMES) == 60
    assert sizes == {int(packed.files[HEAD].splitlines()[1])}
    newer = {refuse_unless_proved(read_proof(proof), key).size for _, proof in after.values()}
    assert min(newer) > max(sizes)
    assert {at: one for at, (one, _) in after.items()} == {
        at: one for at, (one, _) in before.items()
    }


def test_a_whole_pack_made_after_holds_since_the_checkpoint_from_before(tmp_path: Path) -> None:
    """The words are gone, and the program finds every fact, figure and statement as it was."""
    with Story(tmp_path / "data") as story:
        before, _ = told(story)
        after = forgotten(story)
    said = handed_over(after.files, tmp_path / "pack", after.key)
    assert (said.code, said.wrong) == (0, set()), said.text
    said = beside(before.files[HEAD], tmp_path, after.key)
    assert said.code == 0, said.text
    assert "4 ok" in said.text
    assert "8 ok" in said.text
    words = [json.loads(line) for line in after.files["words.jsonl"].splitlines()]
    assert [line["lost"] for line in words if line["text"] is None] == ["forgotten"] * 2
    typed = b"Typed by police-1"
    assert any(typed in content for content in before.files.values())
    assert not any(typed in content for content in after.files.values())
