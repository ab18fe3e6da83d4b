"""Pages that try something out or look at silence: they tell what the commands tell, and record nothing."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

import pytest
from support.story.states import DeskSite, desk_site
from support.web.desk import named, signed_in

from bots.web.desk.hubs.telling import MOST_TOLD, to_tell
from ehsg_events.kernel import Way
from ehsg_events.policy.rules_file import other_rule
from projections.collecting.coordinator_tasks import Waiting
from projections.collecting.missing import missing
from projections.facts.view import view_at
from projections.results.what_if import If, what_if


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskSite]:
    """One assessment whose round is open, and one whose round is closed."""
    with desk_site(tmp_path_factory.mktemp("looks"), "opened", "closed") as place:
        yield place


def told(desk: DeskSite, state: str, role: str, address: str) -> str:
    """A page in words."""
    where = desk.areas[state].id
    page = signed_in(desk, named(desk, role, where), where).get(f"/read/{address}")
    assert page.status_code in (200, 422)
    return unescape(page.text)


@pytest.mark.parametrize("role", ["coordinator", "auditor"])
@pytest.mark.parametrize(
    ("asked", "parts", "without", "blind"),
    [
        ("weights=agencies", {"weights": "agencies"}, (), False),
        ("agreed=90&without=Police", {"agreed_share": 0.9}, ("Police",), False),
        ("without=Police&without=Health", {}, ("Police", "Health"), False),
        ("blind=yes", {}, (), True),
    ],
)
def test_what_is_supposed_comes_to_what_the_command_says(
    desk: DeskSite,
    role: str,
    asked: str,
    parts: dict[str, object],
    without: tuple[str, ...],
    blind: bool,
) -> None:
    """In the same sentence, and nothing is recorded but who signed in."""
    where = desk.areas["closed"].id
    view = view_at(desk.log, where)
    rule = other_rule(view.state.rule, parts)
    whole = what_if(view, If(rule=rule, without=without, blind_only=blind))
    before = [one.fact for one in desk.log.about(where)]
    page = told(desk, "closed", role, f"what-if?{asked}")
    assert whole.sentence in page
    for one in whole.descriptors:
        assert f"{one.item} {one.label}" in page
    after = [one.fact for one in desk.log.about(where)]
    assert {type(one).__name__ for one in after[len(before) :]} <= {
        "CoordinatorNamed", "ReaderNamed", "SignInOffered", "SignedIn",
    }  # fmt: skip


@pytest.mark.parametrize("asked", ["agreed=many", "agreed=30", "without=Nobody", "weights=votes"])
def test_what_cannot_be_supposed_is_said(desk: DeskSite, asked: str) -> None:
    """As a problem, without a figure."""
    assert "There is a problem" in told(desk, "closed", "coordinator", f"what-if?{asked}")


def test_while_a_round_is_open_nothing_is_supposed_about_it(desk: DeskSite) -> None:
    """Or a rule would tell what people say just now."""
    page = told(desk, "opened", "auditor", "what-if?weights=agencies")
    assert "5.2" not in page


@pytest.mark.parametrize("state", ["opened", "closed"])
def test_silence_is_told_as_the_command_tells_it(desk: DeskSite, state: str) -> None:
    """To the coordinator by name, to an auditor by pseudonym."""
    found = missing(view_at(desk.log, desk.areas[state].id))
    for role in ("coordinator", "auditor"):
        page = told(desk, state, role, "bounds")
        assert found.sentence in page
        assert all(one.says in page for one in found.descriptors)
        assert ("Surname" in page) == (role == "coordinator" and bool(found.people))


def test_what_is_told_by_hand_is_listed_as_far_as_anybody_tells_it_one_by_one() -> None:
    """Of many the first stand there, with how many more and where all are written to."""
    way = Way("told", "say that you did", {"person": "police-1"})
    task = Waiting(kind="invitation", due=None, due_said=None, overdue=False, way=way, says="Tell.")
    few, many = to_tell((task,) * MOST_TOLD), to_tell((task,) * (MOST_TOLD + 7))
    assert few.table is not None
    assert many.table is not None
    assert len(few.table.rows) == len(many.table.rows) == MOST_TOLD
    assert (few.lines, "7 more wait" in many.lines[0]) == ((), True)
    assert "letters" in {link.href for link in many.links}
