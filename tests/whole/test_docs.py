"""The documents say what is so: names exist, commands are there, the README's chat is a test."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import typer.main
from support.ehsg import ehsg
from support.places import ROOT

from bots.cli import app
from ehsg_events.kernel import TOPICS
from ehsg_events.panel.panel_file import read_panel
from ehsg_events.panel.panel_line import COLUMNS
from ehsg_events.policy.rules_file import read_rules, usual
from guides import library

THIRDS = {"quorum_agencies", "settled_changed"}
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
PACKAGES = ("bots", "flows", "projections", "ehsg_events", "guides")
GLOSSARY = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").lower()


def commands() -> dict[str, str]:
    """Every command with its help."""
    found: dict[str, str] = {}

    def walk(command: object, name: str) -> None:
        children = getattr(command, "commands", None)
        if children:
            for word, child in children.items():
                walk(child, f"{name} {word}")
        else:
            found[name] = getattr(command, "help", "") or ""

    walk(typer.main.get_command(app), "ehsg")
    return found


def test_every_command_says_what_it_does() -> None:
    """No command without help."""
    assert [name for name, words in commands().items() if not words] == []


def test_every_command_in_the_readme_exists() -> None:
    """What a newcomer types works."""
    known = commands()
    typed = re.findall(r"\./ehsg ((?:[a-z-]+)(?: [a-z-]+)?)", README)
    for words in typed:
        first, *_ = words.split()
        assert f"ehsg {words}" in known or any(
            name == f"ehsg {first}" or name.startswith(f"ehsg {first} ") for name in known
        ), words


def folders() -> dict[str, str]:
    """Every folder of modules with the first paragraph that its `__init__` says of it."""
    inits = [path for floor in PACKAGES for path in (ROOT / floor).rglob("__init__.py")]
    said = {path.parent.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in inits}
    return {
        f"{folder}/": (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0]
        for folder, text in said.items()
    }


def test_every_file_named_in_the_architecture_exists() -> None:
    """The map shows rooms that are there."""
    named = re.findall(
        r"`((?:bots|flows|projections|ehsg_events|guides|tests)/[^`* ·]+)`", ARCHITECTURE
    )
    for name in named:
        assert list(ROOT.glob(name)), name


def test_every_folder_stands_in_the_architecture_in_its_own_words() -> None:
    """A newcomer finds each on the page, and reads there what its `__init__` says."""
    shown = dict(re.findall(r"^\| `([a-z_/]+/)` \| (.+) \|$", ARCHITECTURE, re.M))
    assert shown == {folder: words.replace("\n", " ") for folder, words in folders().items()}


@pytest.mark.parametrize("topic", TOPICS)
def test_every_word_of_an_event_stands_in_the_glossary(topic: str) -> None:
    """`AnswerGiven` is an answer; what is not a word of the field has no event."""
    name = topic.split(".")[1]
    subject = re.findall(r"[A-Z][a-z]+", name)[0].lower()
    singular = re.sub(r"ies$", "y", subject).removesuffix("s")
    assert subject in GLOSSARY or singular in GLOSSARY, name


def test_the_readme_shows_the_columns_of_the_panel_file() -> None:
    """All of them."""
    assert all(f"| `{column}` |" in README for column in COLUMNS)


def test_the_panel_file_of_the_readme_can_be_read() -> None:
    """Whoever copies its lines has a panel."""
    block = re.search(r"```csv\n(.*?)```", README, re.S)
    assert block is not None
    (ann,) = read_panel(block[1], library.guide("ehsg-2022@1").guide)
    assert (ann.hours, ann.backup) != (None, None)


def test_the_readme_shows_every_default_of_the_rules() -> None:
    """Whoever copies the block gets the same verdicts, though a third cannot be written out."""
    block = re.search(r"```yaml\n(rule:.*?)```", README, re.S)
    assert block is not None
    shown, rule, thirds = read_rules(block[1], "README.md"), usual().rule, THIRDS
    assert shown.policy == usual().policy
    assert shown.rule.model_dump(exclude=thirds) == rule.model_dump(exclude=thirds)
    for some, every in ((k, n) for n in range(1, 40) for k in range(n + 1)):
        enough = [some >= one.quorum_agencies * every for one in (shown.rule, rule)]
        settled = [some <= one.settled_changed * every for one in (shown.rule, rule)]
        assert (enough[0], settled[0]) == (enough[1], settled[1])


def test_the_readme_shows_a_conversation_that_is_a_test() -> None:
    """Its first example is the beginning of a file that is replayed."""
    shown = re.search(r"<!-- conversation: ([a-z-]+) -->\n```chat\n(.*?)```", README, re.S)
    assert shown is not None
    whole = (ROOT / "tests" / "conversations" / f"{shown[1]}.md").read_text(encoding="utf-8")
    assert shown[2] in whole
    assert len(shown[2].splitlines()) > 20


def test_the_guide_file_of_the_readme_is_the_one_that_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its commands can be typed one after the other."""
    monkeypatch.chdir(tmp_path)
    typed = re.findall(r"\./ehsg (guide (?:new|check|publish) \S+)", README)
    ran = [ehsg(tmp_path / "data", *words.split()) for words in typed]
    assert [(one.code, one.err) for one in ran] == [(0, "")] * 3
