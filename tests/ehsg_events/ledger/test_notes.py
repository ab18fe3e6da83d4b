"""Focus: a checkpoint is read strictly, whoever wrote it, and a key only in the one form it has."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.ledger import ORIGIN, signer

from ehsg_events.kernel import Refused
from ehsg_events.ledger.base64_text import encoded
from ehsg_events.ledger.notes import Checkpoint, checkpoint_of, is_signed, signed, verifier_of

HEAD = Checkpoint(ORIGIN, 16, bytes(range(32)))
NOTE = signed(HEAD, signer())
ROOT = encoded(HEAD.root)
KEY = str(signer().verifier)


def test_a_note_is_four_parts_and_its_signature() -> None:
    """The ledger, the size, the root, an empty line, and who signed."""
    origin, size, root, empty, line, end = NOTE.split("\n")
    assert (origin, size, root, empty, end) == (ORIGIN, "16", ROOT, "", "")
    assert line.startswith(f"\u2014 {ORIGIN} ")
    assert checkpoint_of(NOTE) == HEAD
    assert is_signed(NOTE, signer().verifier)


@pytest.mark.parametrize("seed", range(1, 60))
def test_a_key_is_read_back_whatever_letters_it_has(seed: int) -> None:
    """Base64 has a plus of its own, and every fourth key some."""
    key = signer(seed).verifier
    assert verifier_of(f" {key}\n") == key


def test_some_key_has_a_plus_in_what_is_encoded() -> None:
    """So that the last test says something."""
    assert any(str(signer(seed).verifier).count("+") > 2 for seed in range(1, 60))


@pytest.mark.parametrize("at", range(len(KEY)))
def test_no_letter_of_a_key_can_be_altered(at: int) -> None:
    """Its second part is a digest of the others."""
    for bit in range(7):
        with pytest.raises(Refused):
            verifier_of(KEY[:at] + chr(ord(KEY[at]) ^ 1 << bit) + KEY[at + 1 :] + "\x00")
        wrong = KEY[:at] + chr(ord(KEY[at]) ^ 1 << bit) + KEY[at + 1 :]
        if wrong.strip() != KEY:
            with pytest.raises(Refused):
                verifier_of(wrong)


@pytest.mark.parametrize("name", ["", "a b", "a\nb", "a\u2003b", "a\u2028b", "\udcff"])
def test_no_key_has_a_name_that_would_end_a_line_or_a_word(name: str) -> None:
    """Whoever reads its signature's line takes the first word of it for the name."""
    key = signer().verifier
    word = encoded(b"\x01" + key.public)
    given = key._replace(name=name).id.hex() if name.isprintable() else "00000000"
    with pytest.raises(Refused):
        verifier_of(f"{name}+{given}+{word}")


@pytest.mark.parametrize("size", ["", "016", "-16", "+16", "1 6", "16 ", "\u0661\u0666", "1e1", "0x10", "9" * 400])  # fmt: skip
def test_a_size_is_a_plain_number(size: str) -> None:
    """Without a sign, a zero before it, or the digits of another script."""
    with pytest.raises(Refused, match="no number of facts"):
        checkpoint_of(NOTE.replace("\n16\n", f"\n{size}\n"))


@pytest.mark.parametrize("root", ["", ROOT[:-1], ROOT + "=", ROOT[:-2] + "9=", ROOT.replace("=", ""), encoded(bytes(31)), encoded(bytes(33)), "\u00e9" * 44])  # fmt: skip
def test_a_root_is_a_digest_in_its_one_form(root: str) -> None:
    """Base64 with other bits in its last letter stands for the same bytes, and is refused."""
    with pytest.raises(Refused, match="no SHA-256"):
        checkpoint_of(NOTE.replace(ROOT, root))


@pytest.mark.parametrize("note", ["", "\n", "\n\n", "a\n\n", NOTE[:-1], NOTE + "\n", NOTE + "more\n", NOTE.replace("\u2014", "-"), f"\n{NOTE}"])  # fmt: skip
def test_what_is_no_note_is_refused(note: str) -> None:
    """Signatures stand below an empty line, and nothing stands below them."""
    with pytest.raises(Refused):
        checkpoint_of(note)


@pytest.mark.parametrize("line", ["\u2014 a b", "\u2014 a ", "\u2014 a AAAAAA==", "\u2014  AAAAAAA=", "\u2014 a AAAAAAB=", "- a AAAAAAA=", ""])  # fmt: skip
def test_a_line_that_is_no_signature_is_not_passed_over(line: str) -> None:
    """One of a kind that nobody here knows is, since a witness may have signed too."""
    unknown = f"{NOTE}\u2014 a AAAAAAA=\n"
    assert is_signed(unknown, signer().verifier)
    assert checkpoint_of(unknown) == HEAD
    with pytest.raises(Refused):
        is_signed(f"{NOTE}{line}\n", signer().verifier)


def test_only_the_key_that_signed_it_accepts_a_note() -> None:
    """Not another of the same name, nor the same of another name."""
    assert not is_signed(NOTE, signer(2).verifier)
    assert not is_signed(NOTE, signer(1, "ehsg/other").verifier)
    both = signed(HEAD, signer(2), signer(1, "ehsg/other"), signer())
    assert is_signed(both, signer().verifier)
    assert is_signed(both, signer(2).verifier)
    assert not is_signed(both, signer(3).verifier)


def test_a_note_says_nothing_more_once_it_is_signed() -> None:
    """Neither another size, nor another ledger, nor a line below."""
    for now in (NOTE.replace("\n16\n", "\n17\n"), NOTE.replace("\n16\n", "\n16\nmore\n"), "x" + NOTE):  # fmt: skip
        try:
            checkpoint_of(now)
        except Refused:
            continue
        assert not is_signed(now, signer().verifier)


@settings(max_examples=400)
@given(st.data())
def test_hostile_notes_are_refused_and_never_fail_otherwise(data: st.DataObject) -> None:
    """Whatever is cut out of a note, or put into it, anywhere."""
    at = data.draw(st.integers(0, len(NOTE)))
    less = data.draw(st.integers(0, 12))
    more = data.draw(st.text(max_size=8) | st.sampled_from(["\n\n", "\u2014 ", "\u2014 a \n", "=", "+", "\x00"]))  # fmt: skip
    hostile = NOTE[:at] + more + NOTE[at + less :]
    try:
        head = checkpoint_of(hostile)
        held = is_signed(hostile, signer().verifier)
    except Refused:
        return
    assert not held or head == HEAD


@settings(max_examples=400)
@given(st.text(max_size=80) | st.from_regex(r"[a-z/]{0,5}\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{0,60}"))
def test_hostile_keys_are_refused_and_never_fail_otherwise(word: str) -> None:
    """Nobody guesses one that fits its own digest."""
    with pytest.raises(Refused):
        verifier_of(word)
