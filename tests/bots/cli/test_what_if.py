"""`ehsg what-if` and `ehsg bounds`, read aloud and by programs."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.ehsg import ehsg, opened


@pytest.fixture(scope="module")
def open_round(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose round is open: two of four have answered 5.1, nobody 9.5."""
    data = tmp_path_factory.mktemp("area") / "data"
    opened(data)
    for person, score in (("police-1", "2"), ("health-1", "4")):
        assert ehsg(data, "answer", "--as", person, "5.1", score).code == 0
    return data


def test_while_a_round_is_open_it_says_whom_to_nudge(open_round: Path) -> None:
    """Who has answered, by agency; no figure."""
    lines = ehsg(open_round, "bounds").out.splitlines()
    assert lines[0].startswith("Round 1 is open: 4 people are missing, and 2 of 2 descriptors lack")
    assert lines[2].endswith("2 of 4 people asked have answered, not yet enough for a quorum.")
    assert lines[3] == "  Police 1 of 1, Health 1 of 1, Schools 0 of 1, Council 0 of 1"
    assert lines[-5:-2] == [
        "Whom to nudge first:",
        "  Schools: schools-1 has not answered 5.1, 9.5; no quorum yet: 5.1, 9.5.",
        "  Council: council-1 has not answered 5.1, 9.5; no quorum yet: 5.1, 9.5.",
    ]


@pytest.fixture(scope="module")
def closed_round(open_round: Path) -> Path:
    """The same once a third has answered and the round is closed."""
    assert ehsg(open_round, "answer", "--as", "schools-1", "5.1", "3").code == 0
    assert ehsg(open_round, "round", "close").code == 0
    return open_round


def test_once_it_is_closed_a_program_reads_what_silence_left_open(closed_round: Path) -> None:
    """The range of the middle score and every verdict; `--as-of` the day before still hides it."""
    found = ehsg(closed_round, "bounds", "--json").document
    one = found["descriptors"][0]
    assert (one["lowest"], one["median"], one["highest"]) == (2.5, 3, 3.5)
    assert one["verdicts"] == ["agreed", "not_agreed"]
    assert one["could_have"] == ["council-1"]
    before = str(ehsg(closed_round, "trail", "--json").document[-4]["position"])
    then = ehsg(closed_round, "bounds", "--json", "--as-of", before).document
    assert (then["closed"], then["descriptors"][0]["verdicts"]) == (False, None)


def test_what_would_differ_is_shown_first(closed_round: Path) -> None:
    """Without an agency, however it is written, and with another number in the rule."""
    shown = ehsg(closed_round, "what-if", "--without", "health", "--quorum-scores", "2").out
    assert shown.startswith("With quorum_scores 2 instead of 3, without Health: 1 of 2 descriptors")
    assert "3 (agreed, n 3), adopts 3" in shown
    assert "2.5 (agreed, n 2)" in shown


def test_a_program_reads_a_rule_that_is_supposed(closed_round: Path, tmp_path: Path) -> None:
    """From a rules file, with a number laid over it."""
    rules = tmp_path / "rules.yaml"
    rules.write_text("rule:\n  name: strict\n  agreed_share: 1.0\n", encoding="utf-8")
    words = ("what-if", "--rule", str(rules), "--quorum-invited", "1", "--json")
    found = ehsg(closed_round, *words).document
    assert found["descriptors"][0]["would"]["verdict"] == "no_quorum"
    assert found["descriptors"][0]["stands"]["verdict"] == "agreed"


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (
            ["--without", "Fire"],
            "Nobody on the panel is from Fire. Its agencies are Police, Health",
        ),
        (["--agreed-share", "0.4"], "With agreed_share 0.4 a panel would be called agreed though"),
        (["--quorum-scores", "0"], "quorum_scores: Input should be greater than or equal to 1"),
        (["--quorum-scores", "9" * 20], "quorum_scores: Input should be less than or equal to"),
        (["--weights", "votes"], "weights: Input should be 'people' or 'agencies'"),
        (
            ["--rule", "policy.yaml"],
            "policy.yaml has no rule. docs/coordinator.md shows what stands under",
        ),
    ],
)
def test_what_no_rule_or_panel_has_is_refused(
    closed_round: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    refusal: str,
) -> None:
    """In a sentence that says what there is."""
    monkeypatch.chdir(tmp_path)
    Path("policy.yaml").write_text("policy:\n  working_days: 8\n", encoding="utf-8")
    ran = ehsg(closed_round, "what-if", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(refusal)


FIVE = ("Police", "Health", "Schools", "Police", "Health")


def test_what_an_alternative_makes_up_for_has_no_score_here_either(tmp_path: Path) -> None:
    """As in the results: a no beside the yes of its alternative is said to be not needed."""
    data = tmp_path / "data"
    rows = "".join(
        f"{name},{agency},lead,data-matching-3 data-matching-4\n"
        for name, agency in zip(("Ann", "Bob", "Cat", "Dan", "Eve"), FIVE, strict=True)
    )
    opened(data, "ehsg-2020@1", f"name,agency,works_as,asked\n{rows}")
    for person in ("police-1", "health-1", "schools-1", "police-2", "health-2"):
        assert ehsg(data, "answer", "--as", person, "data-matching-3", "yes").code == 0
        assert ehsg(data, "answer", "--as", person, "data-matching-4", "no").code == 0
    assert ehsg(data, "round", "close").code == 0
    shown = " ".join(ehsg(data, "what-if", "--agreed-share", "0.9", COLUMNS="400").out.split())
    lake = shown.partition("data-matching-4 ")[2]
    assert lake.count("agreed, n 5, not needed") == 2
    assert "not needed: Data matching 3" in lake
    assert "adopts" not in lake
    assert "adopts 3" in shown
    chosen = ehsg(data, "priorities", "data-matching-4")
    assert chosen.code == 0
    assert "data-matching-4 is covered by its alternative data-matching-3" in chosen.err
