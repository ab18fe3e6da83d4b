"""The documents say what is so: names exist, commands can be typed, the README's chat is a test."""

from __future__ import annotations

import ast
import re
import shlex
import tomllib
from pathlib import Path

import pytest
from support.commands import COMMANDS
from support.ehsg import ehsg
from support.places import ROOT

from ehsg_events import __version__
from ehsg_events.kernel import TOPICS
from ehsg_events.panel.panel_file import read_panel
from ehsg_events.panel.panel_line import COLUMNS
from ehsg_events.panel.panel_table import table_of
from ehsg_events.policy.rules_file import read_rules, usual
from guides import library

# Who began a child, names with `_FILE`, and what Slack's library would read if we let it.
NOT_CHOSEN = {
    *("EHSG_SERVED", "SLACK_BOT_TOKEN_FILE", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"),
}
THIRDS = {"quorum_agencies", "settled_changed"}
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
}
README, COORDINATOR = PAGES["README.md"], PAGES["docs/coordinator.md"]
ARCHITECTURE = PAGES["ARCHITECTURE.md"]
GLOSSARY = PAGES["GLOSSARY.md"].lower()
PACKAGES = ("bots", "flows", "projections", "ehsg_events", "guides")
TYPED = [
    (page, line)
    for page, text in PAGES.items()
    for line in re.findall(r"^(?:\| `)?\./ehsg ([^#`\n]+)", text, re.M)
]


# -- commands ------------------------------------------------------------------------------------
def test_every_command_says_what_it_does() -> None:
    """No command without help."""
    assert [name for name, command in COMMANDS.items() if not command.help] == []


@pytest.mark.parametrize(("page", "line"), TYPED, ids=lambda words: str(words)[:60])
def test_every_command_that_a_page_shows_can_be_typed(page: str, line: str) -> None:
    """Its words, options and their kinds are those the command takes."""
    words = shlex.split(line.replace("“", "").replace("”", ""))
    assert words, page
    if words[0] == "panel" and words[1:2] in ([], ["#"]):
        words = ["panel", "list"]
    name = next(" ".join(words[:n]) for n in (2, 1) if " ".join(words[:n]) in COMMANDS)
    COMMANDS[name].make_context(f"ehsg {name}", words[len(name.split(" ")) :])


def test_enough_is_shown_to_be_tried() -> None:
    """So that the test above looks at what it is meant to look at."""
    assert len(TYPED) > 60
    assert {page for page, _ in TYPED} >= {f"docs/{name}.md" for name in AUDIENCES} - {
        "docs/developer.md"
    }


# -- pages ---------------------------------------------------------------------------------------
AUDIENCES = ("coordinator", "guide-author", "server", "auditor", "developer")


def test_the_readme_is_short_and_leads_to_a_page_for_everybody() -> None:
    """What it is, two commands, one interview, what comes out, where to read on."""
    assert len(README.splitlines()) < 150
    assert all(f"(docs/{name}.md)" in README for name in AUDIENCES)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    """To a file that is there, and every picture has words for those who do not see it."""
    for picture, words, target in re.findall(r"(!?)\[([^\]]*)\]\(([^)#]+)[^)]*\)", PAGES[page]):
        assert (ROOT / page).parent.joinpath(target).exists(), target
        assert not picture or len(words) > 20


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_exists(page: str) -> None:
    """A map shows rooms that are there."""
    named = re.findall(
        r"`((?:bots|flows|projections|ehsg_events|guides|tests|docs|benchmarks)/[^`* ·]+)`",
        PAGES[page],
    )
    for name in named:
        assert list(ROOT.glob(name)), name


def test_the_version_stands_on_top_of_the_changelog_with_its_day() -> None:
    """One number everywhere, and a licence that is there."""
    newest = re.findall(r"^## (\d+\.\d+\.\d+) – (\d{4}-\d\d-\d\d)$", PAGES["CHANGELOG.md"], re.M)
    assert newest[0][0] == __version__
    assert [day for _, day in newest] == sorted((day for _, day in newest), reverse=True)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] in (ROOT / "LICENSE").read_text(encoding="utf-8")


# -- the house -----------------------------------------------------------------------------------
def folders() -> dict[str, str]:
    """Every folder of modules with the first paragraph that its `__init__` says of it."""
    inits = [path for floor in PACKAGES for path in (ROOT / floor).rglob("__init__.py")]
    said = {path.parent.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in inits}
    return {
        f"{folder}/": (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0]
        for folder, text in said.items()
    }


def test_every_folder_stands_in_the_architecture_in_its_own_words() -> None:
    """A newcomer finds each on the page, and reads there what its `__init__` says."""
    shown = dict(re.findall(r"^\| `([a-z_/]+/)` \| (.+) \|$", ARCHITECTURE, re.M))
    assert shown == {folder: words.replace("\n", " ") for folder, words in folders().items()}


def test_each_decision_has_a_number_of_its_own() -> None:
    """Its file and its heading say the same one."""
    files = sorted((ROOT / "decisions").glob("[0-9]*.md"))
    numbers = [int(file.name[:4]) for file in files]
    assert numbers == list(range(numbers[0], numbers[0] + len(files)))
    for number, file in zip(numbers, files, strict=True):
        assert file.read_text(encoding="utf-8").startswith(f"# {number}. "), file


def test_every_file_that_the_architecture_names_is_there() -> None:
    """A short name stands behind a whole one and means a file beside it."""
    folder = ""
    for name in re.findall(r"`([a-z_/]+\.(?:py|sql|yaml))`", ARCHITECTURE):
        folder = name.rpartition("/")[0] or folder
        assert (ROOT / folder / name.rpartition("/")[2]).is_file(), name


@pytest.mark.parametrize("topic", TOPICS)
def test_every_word_of_an_event_stands_in_the_glossary(topic: str) -> None:
    """`AnswerGiven` is an answer; what is not a word of the field has no event."""
    name = topic.split(".")[1]
    subject = re.findall(r"[A-Z][a-z]+", name)[0].lower()
    singular = re.sub(r"ies$", "y", subject).removesuffix("s")
    assert subject in GLOSSARY or singular in GLOSSARY, name


def test_every_setting_that_the_code_reads_stands_in_the_one_table() -> None:
    """Whoever runs the server looks in one place, and nothing stands there that nobody reads."""
    sources = [
        path.read_text("utf-8") for package in PACKAGES for path in (ROOT / package).rglob("*.py")
    ]
    read = {
        name for text in sources for name in re.findall(r"\"((?:EHSG|SLACK)_[A-Z_]+[A-Z])\"", text)
    }
    rows = re.findall(r"^\| (`(?:EHSG|SLACK)_.*)$", PAGES["docs/server.md"], re.M)
    listed = set(re.findall(r"`((?:EHSG|SLACK)_[A-Z_]+)`", "\n".join(rows)))
    files = {name for name in listed if name.removesuffix("_FILE") in read}
    assert read - listed <= NOT_CHOSEN
    assert listed - read - files == set()


# -- what is shown to be copied ------------------------------------------------------------------
def test_the_coordinators_page_shows_the_columns_of_the_panel_file() -> None:
    """All of them."""
    assert all(f"| `{column}` |" in COORDINATOR for column in COLUMNS)


def test_the_panel_file_that_is_shown_can_be_read() -> None:
    """Whoever copies its lines has a panel."""
    block = re.search(r"```csv\n(.*?)```", COORDINATOR, re.S)
    assert block is not None
    (ann,) = read_panel(table_of(block[1], "panel.csv"), library.guide("ehsg-2022@1").guide).members
    assert (ann.hours, ann.backup) != (None, None)


def test_the_rules_that_are_shown_are_the_defaults() -> None:
    """Whoever copies the block gets the same verdicts, though a third cannot be written out."""
    block = re.search(r"```yaml\n(rule:.*?)```", COORDINATOR, re.S)
    assert block is not None
    shown, rule, thirds = read_rules(block[1], "rules.yaml"), usual().rule, THIRDS
    assert shown.policy == usual().policy
    assert shown.rule.model_dump(exclude=thirds) == rule.model_dump(exclude=thirds)
    for some, every in ((k, n) for n in range(1, 40) for k in range(n + 1)):
        enough = [some >= each.quorum_agencies * every for each in (shown.rule, rule)]
        settled = [some <= each.settled_changed * every for each in (shown.rule, rule)]
        assert (enough[0], settled[0]) == (enough[1], settled[1])


def test_the_readme_shows_a_conversation_that_is_a_test() -> None:
    """Its first example is the beginning of a file that is replayed."""
    shown = re.search(r"<!-- conversation: ([a-z-]+) -->\n```chat\n(.*?)```", README, re.S)
    assert shown is not None
    whole = (ROOT / "tests" / "conversations" / f"{shown[1]}.md").read_text(encoding="utf-8")
    assert shown[2] in whole
    assert len(shown[2].splitlines()) > 20


def test_the_commands_for_a_guide_can_be_typed_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file that is begun is checked and published as it is."""
    monkeypatch.chdir(tmp_path)
    page = PAGES["docs/guide-author.md"]
    typed = re.findall(r"\./ehsg (guide (?:new|check|publish) \S+)", page)
    ran = [ehsg(tmp_path / "data", *words.split()) for words in typed]
    assert [(one.code, one.err) for one in ran] == [(0, "")] * 3
