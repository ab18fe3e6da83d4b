"""What a coordinator can do, and where: the registry against the surfaces, and the ways out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from support.commands import COMMANDS
from support.places import ROOT

from bots.cli.operations import example_of
from bots.operations.form import asked
from bots.operations.registry import MODULES, OPERATIONS
from bots.operations.typed import SPELLED, typed
from bots.slack.coordinator.orders import OFFERED
from bots.slack.coordinator.ways import HERE
from bots.web.desk.registry import PAGES
from ehsg_events.kernel import Way

BELOW = ("guides", "ehsg_events", "projections", "flows", "bots")
SURFACES = ("bots/cli/", "bots/slack/")  # they speak for themselves
PRINTED = {
    "bots/phrases/coordinator.py",  # is the help of `/ehsg` in Slack
    "bots/operations/typed.py",  # says for all of them how it is typed
    "projections/documents/board.py",  # a report has no buttons: it prints what is typed
    "projections/pack/verify.py",  # is a program of its own
    "projections/pack/readme.py",  # names sha256sum, which is not ours
}


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product, parsed."""
    for package in BELOW:
        for file in sorted((ROOT / package).rglob("*.py")):
            yield file.relative_to(ROOT).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def ways() -> Iterator[tuple[str, str]]:
    """Where the product names a way out, and which."""
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Way":
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield f"{path}:{node.lineno}", str(first.value)


def words_of(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every text that is not a docstring."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in documented:
            yield node.lineno, str(node.value)


@pytest.mark.parametrize("name", MODULES)
def test_an_operation_has_the_name_it_is_found_by(name: str) -> None:
    """And every field says how it is asked for."""
    assert OPERATIONS[name].name == name
    assert MODULES[name].rpartition(".")[2].startswith(name.replace("-", "_").split(" ")[0])
    assert asked(OPERATIONS[name].form).keys() == OPERATIONS[name].form.model_fields.keys()


def test_every_module_of_an_operation_is_registered() -> None:
    """None is written and forgotten."""
    folder = ROOT / "bots" / "operations"
    found = {
        f"{file.parent.name}.{file.stem}"
        for file in folder.glob("*/[a-z]*.py")
        if hasattr(import_module(f"bots.operations.{file.parent.name}.{file.stem}"), "OPERATION")
    }
    assert found == set(MODULES.values())


def test_every_operation_is_offered_where_it_says() -> None:
    """By the command line each; in Slack and on pages those that say so, and no other."""
    on_a_command_line = {name.replace(" --", " ") for name in SPELLED.values()} | set(COMMANDS)
    for name, operation in OPERATIONS.items():
        assert "command" in operation.surfaces
        assert name in on_a_command_line, name
    in_slack = {name for name, one in OPERATIONS.items() if "slack" in one.surfaces}
    assert in_slack == set(OFFERED.values())
    assert set(HERE) <= in_slack
    on_pages = {name for name, one in OPERATIONS.items() if "web" in one.surfaces}
    assert on_pages == {page.does for page in PAGES.values() if page.does}


def test_every_way_out_leads_somewhere() -> None:
    """To an operation, or to a command that looks."""
    known = set(OPERATIONS) | {name.removesuffix(" list") for name in COMMANDS} | set(COMMANDS)
    lost = [(where, to) for where, to in ways() if to not in known]
    assert lost == []
    assert len(list(ways())) > 50


def test_no_sentence_below_the_surfaces_names_a_command() -> None:
    """A refusal carries its way out as data, and whoever shows it says it in their own terms."""
    naming = [
        f"{path}:{line} {words}"
        for path, tree in sources()
        if not path.startswith(SURFACES) and path not in PRINTED
        for line, words in words_of(tree)
        if re.search(r"`/?ehsg |\behsg [a-z]+-?[a-z]* [A-Z-]", words)
        or re.search(r" --[a-z]", words)
    ]
    assert naming == []


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (Way("round open", "open it"), "ehsg round open"),
        (Way("moderate", "", {"item": "5.1"}), "ehsg moderate 5.1 --score N --because TEXT"),
        (Way("sign-off", ""), "ehsg sign-off --role ROLE --name NAME"),
        (Way("sign-off withdraw", ""), "ehsg sign-off --withdraw --because TEXT"),
        (Way("link", "", {"stakeholder": "police-1"}), "ehsg link police-1"),
        (Way("answer", "", {"who": "police-1"}), "ehsg answer ITEM VALUE --as police-1"),
        (Way("submission import", "", {"area": "St Helens", "year": "2022"}),
         "ehsg submission import FILE --area 'St Helens' --year 2022"),
        (Way("guide show", "", {"guide": "ehsg-2022@1"}), "ehsg guide show ehsg-2022@1"),
    ],
)  # fmt: skip
def test_a_way_out_is_typed_with_what_is_known(way: Way, said: str) -> None:
    """And with the names of what is not, where it is needed."""
    assert typed(way) == said


def test_an_example_fills_in_what_is_needed() -> None:
    """In the order in which it is typed."""
    assert example_of(OPERATIONS["moderate"]) == "ehsg moderate 9.5 --score 3 --because 'half term'"
    assert example_of(OPERATIONS["action end"]).endswith("9.5 1 --because 'half term' --done")


def test_a_folder_of_operations_is_named_after_nothing_else() -> None:
    """They lie in the folders of the registry."""
    folders = {file.parent.name for file in Path(ROOT / "bots/operations").glob("*/__init__.py")}
    assert folders == {module.partition(".")[0] for module in MODULES.values()}
