"""Which witnesses are named, and what the commands say of them."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.ehsg import ehsg, opened
from support.story.states import AFTER, desk_site
from support.web.desk import named, signed_in
from support.witness_server import WitnessServer, witness_server

from bots.cli.doctor import joined
from bots.service.witnesses import NEEDED, WHICH, read_settings
from ehsg_events.kernel import Refused
from ehsg_events.ledger.notes import checkpoint_of, verifier_of
from ehsg_events.ledger.others.cosignatures import Witness, cosigned_at
from ehsg_events.ledger.sequencer import sequencer
from ehsg_events.log.log import Log
from projections.access.checkpoints import told_upto

ONE, OTHER = WitnessServer(), WitnessServer(seed=9, name="witness.example/school")
SAFE = "https://witness.example.gov.uk/w"


# -- settings --------------------------------------------------------------------------------------
def test_witnesses_are_named_in_the_setting_or_in_a_file(tmp_path: Path) -> None:
    """With commas or one a line; nobody unless it is set."""
    both = (Witness(SAFE, ONE.key), Witness("http://127.0.0.1:7380", OTHER.key))
    words = [f"{SAFE}/ {ONE.key}", f"http://127.0.0.1:7380  {OTHER.key}"]
    file = tmp_path / "witnesses"
    file.write_text("# of the panel\n\n" + "\n".join(words) + "\n", encoding="utf-8")
    for given in (", ".join(words), "\n".join(words), str(file)):
        assert read_settings({WHICH: given}).each == both
    assert read_settings({WHICH: str(file), NEEDED: "2"}).needed == 2
    for nothing in ({}, {WHICH: " "}, {NEEDED: "0"}):
        assert read_settings(nothing) == ((), 0)


@pytest.mark.parametrize(
    ("given", "needed", "says"),
    [
        (f"http://witness.example.gov.uk {ONE.key}", "", "https://"),
        (f"ftp://127.0.0.1 {ONE.key}", "", "https://"),
        (f"https://a:b@witness.example.gov.uk {ONE.key}", "", "https://"),
        (f"https://witness.example.gov.uk:x {ONE.key}", "", "https://"),
        (f"{SAFE}?a=b {ONE.key}", "", "https://"),
        (SAFE, "", "its key"),
        (f"{SAFE} {ONE.key} more", "", "its key"),
        (f"{SAFE} {str(ONE.key)[:-1]}", "", "no key of a witness"),
        (f"{SAFE} {ONE.key._replace(kind=bytes([1]))}", "", "no key of a witness"),
        (f"{SAFE} {ONE.key}, {SAFE}/2 {ONE.key}", "", "twice"),
        (f"{SAFE} {ONE.key}, {SAFE}/ {OTHER.key}", "", "twice"),
        ("nowhere/at-all", "", "cannot be read"),
        (f"{SAFE} {ONE.key}", "2", "names 1"),
        (f"{SAFE} {ONE.key}", "-1", "how many of them"),
        ("", "1", "names 0"),
    ],
)
def test_what_is_not_understood_is_refused(given: str, needed: str, says: str) -> None:
    """In a sentence that names the setting or the word."""
    with pytest.raises(Refused, match=says):
        read_settings({WHICH: given, NEEDED: needed})


# -- commands and the page -------------------------------------------------------------------------
def watching(folder: Path) -> WitnessServer:
    """A witness of the ledger in a data folder, which is begun."""
    with closing(Log(folder)) as log, sequencer(log, datetime.now(UTC)) as at_work:
        at_work.catch_up()
        at_work.sign(datetime.now(UTC))
        return WitnessServer(verifier_of(at_work.terms.keys[-1]))


def test_the_commands_say_who_cosigned_and_who_did_not(tmp_path: Path) -> None:
    """While a round is open, only what stood before it is cosigned, as only that is told."""
    data = tmp_path / "data"
    opened(data)
    assert ehsg(data, "answer", "5.1", "3", "--as", "police-1").code == 0
    unset = ehsg(data, "ledger", "sign", "--json").document
    assert (unset["witnesses"], unset["not_cosigned"]) == (None, [])
    with closing(Log(data)) as log:
        told = told_upto(log)
    with witness_server(watching(data)) as good, witness_server(WitnessServer(seed=9, name="other")) as bad:  # fmt: skip
        given = {WHICH: f"{good.url} {good.key}, {bad.url} {bad.key}"}
        found = ehsg(data, "ledger", "sign", "--json", **given).document
        assert good.size == told
        assert (found["witnesses"]["asked"], found["witnesses"]["cosigned"]) == (2, 1)
        assert found["facts"] == found["witnesses"]["newest_cosigned"] == told
        assert ["does not know this ledger" in one for one in found["not_cosigned"]] == [True]
    verified = ehsg(data, "verify", "--json", **given).document["ledger"]["witnesses"]
    assert (verified["reached"], verified["quorum"]) == (True, 0)
    said = ehsg(data, "verify", **given, **{NEEDED: "2"})
    assert (said.code, f"1 of 2 witnesses cosigned the checkpoint of {told} facts" in said.out) == (0, True)  # fmt: skip
    assert "At least 2 must have: that is not reached." in said.out
    assert ehsg(data, "verify", **{WHICH: "nowhere"}).code == 2
    doctor = {line["about"]: line for line in ehsg(data, "doctor", "--json", **given).document}
    assert doctor["witnesses"]["state"] == "right"
    with closing(Log(data)) as log:
        later = datetime.now(UTC) + timedelta(minutes=11)
        line = joined.witnesses({**given, NEEDED: "2"}, log, later)
        assert (line.state, "ehsg ledger sign" in line.says) == ("wrong", True)
        assert joined.witnesses({WHICH: "nowhere"}, log, later).state == "wrong"
        assert joined.witnesses(given, None, later).state == "not set up"


def test_the_page_says_who_cosigned_and_the_checkpoint_is_read_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the page itself, and by `verify`."""
    with desk_site(tmp_path, "signed_off") as place:
        with sequencer(place.log, AFTER) as at_work:
            at_work.catch_up()
            at_work.sign(AFTER)
            key = verifier_of(at_work.terms.keys[-1])
        where = place.areas["signed_off"].id
        mine = signed_in(place, named(place, "auditor", where), where)
        assert "Its witnesses" not in mine.get("/read/altered").text
        with witness_server(WitnessServer(key)) as good:
            monkeypatch.setenv(WHICH, f"{good.url} {good.key}")
            assert "None of 1 witness has cosigned" in mine.get("/read/altered").text
            given = {WHICH: f"{good.url} {good.key}"}
            note = ehsg(place.log.folder, "ledger", "sign", "--json", **given).document[
                "checkpoint"
            ]
            assert cosigned_at(note, good.key) is not None
        page = mine.get("/read/altered").text
        facts = checkpoint_of(note).size
        assert f"1 of 1 witness cosigned the checkpoint of {facts} facts, the last at" in page
        assert "A witness is somebody else" in page
        kept = mine.get("/read/download/checkpoint.txt").text
        assert kept == note
        looked = mine.get("/read/altered", params={"checkpoint": kept}).text
        assert "The checkpoint that you kept is part of this ledger" in looked
        monkeypatch.setenv(WHICH, "nowhere")
        assert "Its witnesses" not in mine.get("/read/altered").text
        file = tmp_path / "kept.txt"
        file.write_text(kept, encoding="utf-8")
        found = ehsg(place.log.folder, "verify", "--checkpoint", str(file))
        assert "It goes on from the checkpoint that you kept" in found.out
