"""Reading on pages as on commands: what a command tells a page shows, from the same function."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from support.loopback import Clock
from support.story.states import AFTER, DeskSite, desk_site
from support.story.story import Story
from support.story.submission import bring
from support.story.telling import DIGEST, PAPER, given_a_file
from support.story.year import Year, publish
from support.web.desk import browser, named, signed_in
from support.web.web import Site, web

from bots.cli.commands import loaded, sections
from bots.operations.registry import OPERATIONS
from bots.phrases.pages import evidence as evidence_phrases
from bots.phrases.pages import years as year_phrases
from bots.web.desk.pages import evidence
from bots.web.desk.registry import PAGES
from bots.web.desk.ways import LOOKS
from ehsg_events.commands import outcomes, people, sign_in
from ehsg_events.commands.people import Contact
from ehsg_events.events import WordsRead
from ehsg_events.log.log import Log
from projections.access.agencies import SMALLEST, parties
from projections.facts.view import view_at
from projections.figures.participation import participation
from projections.history.evidence_files import noted
from projections.results.evidence_quality import evidence_quality
from projections.years.change import change

NOT_ON_PAGES = {  # what is read or written by a command alone, and why
    "answers": "its person takes their own copy on their own page",
    "backup": "the machine's: whoever runs the server does it there",
    "demo": "invents an assessment in a folder of its own",
    "guide export": "writes the file that a guide was published from, for another folder's shelf",
    "guide import": "reads what `guide export` wrote",
    "guide new": "writes a file to begin with, to be edited beside it",
    "information-request": "counts days, and is about no assessment",
    "interview": "is one, at the keyboard; pages have their own",
    "ledger check": "checks what somebody kept, on their own machine",
    "ledger new-key": "the machine's: whoever runs the server holds the key",
    "ledger publish": "writes the tree for other programs; an auditor's is in the pack",
    "ledger receipt": "its person takes their own on their own page",
    "mail test": "sends a letter to try the mail server out, at the machine that is set up",
    "move": "the machine's",
    "rebuild": "the machine's",
    "restore": "the machine's, while nothing is served",
    "serve": "serves these pages",
    "submission show": "what an import left out is said when it is imported; what it holds, on Years",
}
JANE = "jane@council.example.org"


def reading_commands() -> Iterator[str]:
    """Every command that is no operation."""
    for name in sections():
        group = getattr(loaded(name), "commands", None) or {name: None}
        for last in group:
            full = name if last == name else f"{name} {last}"
            if full not in OPERATIONS:
                yield full


def test_what_a_command_tells_a_page_shows() -> None:
    """Or it stands above, with the reason; no reason outlives its command."""
    every = set(reading_commands())
    assert every - LOOKS.keys() == NOT_ON_PAGES.keys()
    assert set(LOOKS.values()) <= PAGES.keys()


# -- evidence and participation ----------------------------------------------------------------------
@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskSite]:
    """One assessment whose round is open, and one whose round is closed."""
    with desk_site(tmp_path_factory.mktemp("reading"), "opened", "closed") as place:
        yield place


def html(desk: DeskSite, state: str, role: str, address: str) -> str:
    """A page as somebody sees it."""
    where = desk.areas[state].id
    return signed_in(desk, named(desk, role, where), where).get(f"/read/{address}").text


def told(desk: DeskSite, state: str, role: str, address: str) -> str:
    """A page in words."""
    return unescape(html(desk, state, role, address))


def test_evidence_lacks_on_its_page_what_the_command_says(desk: DeskSite) -> None:
    """How much there is, how often what is lacking, and of one item by whom."""
    quality = evidence_quality(view_at(desk.log, desk.areas["closed"].id))
    assert quality.findings
    page = told(desk, "closed", "auditor", "evidence")
    assert evidence_phrases.how_many(quality.notes) in page
    for name, number in quality.found.items():
        assert (evidence_phrases.found(number, name) in page) == bool(number)
    for finding in quality.findings:
        assert finding.stakeholder in told(
            desk, "closed", "auditor", f"evidence?item={finding.item}"
        )


def test_who_opens_what_was_written_of_an_item_has_read_whose_words_it_is(desk: DeskSite) -> None:
    """On the page of one item, and not on that of all, which shows no words."""
    where = desk.areas["closed"].id
    mine = signed_in(desk, named(desk, "auditor", where), where)
    before = len(desk.recorded)
    mine.get("/read/evidence")
    assert len(desk.recorded) == before
    page = mine.get("/read/evidence", params={"item": "5.2"}).text
    notes = noted(view_at(desk.log, where), "5.2")
    assert page.count("<blockquote") == len(notes) > 0
    read = [one.fact for one in desk.recorded[before:]]
    assert {who for one in read if isinstance(one, WordsRead) for who in one.whose} == {
        one.stakeholder for one in notes
    }


def test_of_many_notes_only_those_are_read_that_were_asked_for(
    desk: DeskSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What shows without reading is told at once, and the rest of an item, or of all on a press."""
    monkeypatch.setattr(evidence, "MOST_READ", 1)
    page = told(desk, "closed", "auditor", "evidence")
    assert evidence_phrases.MANY in page
    assert evidence_phrases.SHORT["plan"] not in page
    assert evidence_phrases.SHORT["plan"] in told(desk, "closed", "auditor", "evidence?all=yes")
    view = view_at(desk.log, desk.areas["closed"].id)
    some, every = evidence_quality(view, ("5.2",)), evidence_quality(view)
    assert (some.notes, some.found["no-evidence"]) == (every.notes, every.found["no-evidence"])


@pytest.mark.parametrize("role", ["coordinator", "auditor", "board"])
def test_a_file_is_taken_away_from_where_it_stands_by_whoever_sees_it(
    story: Story, role: str
) -> None:
    """As it was handed in, under no name of anybody; whose it was is a fact."""
    given_a_file(story)
    place = Site(story.log, Clock(AFTER.replace(year=2028)), story.assessment)
    with web(place.log, place.clock) as place.address:
        mine = signed_in(place, named(place, role))
        name = f"evidence-{DIGEST[:16]}.pdf"
        assert mine.get(f"/read/download/{name}").status_code == 404, "the round is open"
        story.round_closed()
        taken = mine.get(f"/read/download/{name}")
        assert (taken.status_code, taken.content == PAPER) == (
            (404, False) if role == "board" else (200, True)
        )
        if role != "board":
            assert f'href="download/{name}"' in mine.get("/read/evidence?item=5.1").text
            read = [one.fact for one in place.recorded if isinstance(one.fact, WordsRead)]
            assert [one.whose for one in read] == [("police-1",)]


def test_nothing_written_is_seen_while_its_round_is_open(desk: DeskSite) -> None:
    """Nor who wrote."""
    assert evidence_phrases.NOTHING_CLOSED in told(desk, "opened", "coordinator", "evidence")
    page = told(desk, "opened", "coordinator", "evidence?item=5.2")
    assert "police-1" not in page


@pytest.mark.parametrize("state", ["opened", "closed"])
def test_who_took_part_is_told_as_the_command_tells_it(desk: DeskSite, state: str) -> None:
    """To whoever sees answers; in a round and over all."""
    counts = participation(view_at(desk.log, desk.areas[state].id))
    page = html(desk, state, "auditor", "participation")
    for part in counts.rounds:
        for row in part.agencies:
            assert cells(row.agency, row.invited, row.started, row.answered) in joined(page)
    for total in counts.agencies:
        assert cells(total.agency, total.invited, total.answered) in joined(page)


@pytest.mark.parametrize("state", ["opened", "closed"])
def test_the_board_is_told_who_took_part_as_its_report_tells_it(desk: DeskSite, state: str) -> None:
    """No small agency by its name, no round by itself, and nobody who withdrew."""
    view = view_at(desk.log, desk.areas[state].id)
    page = html(desk, state, "board", "participation")
    for party in parties(view):
        assert cells(party.agency, party.invited, party.answered) in joined(page)
    few = [one.agency for one in participation(view).agencies if one.answered < SMALLEST]
    assert not any(cells(agency) in joined(page) for agency in few)
    assert ("Withdrew" in page, "Started" in page) == (False, False)


CELL = re.compile(r"<t[hd][^>]*>(?:<span class=\"heading\"[^>]*>[^<]*</span>)?([^<]*)</t")


def joined(page: str) -> str:
    """What stands in the cells of all tables, one after the other."""
    return "|" + "".join(f"{unescape(said)}|" for said in CELL.findall(page))


def cells(*said: object) -> str:
    """The cells of a row."""
    return f"|{'|'.join(map(str, said))}|"


# -- years -------------------------------------------------------------------------------------------
@pytest.fixture
def two_years(log: Log) -> Iterator[tuple[Site, Year, Year]]:
    """Two years of one area, both closed, behind a real server; neither is signed off."""
    publish(log)
    last = Year(log, 2026, {"police-1": "Ann Ash of Police", "gone-1": "Cat of Schools"})
    last.said("voice", police_1="1", gone_1="0").closed()
    this = Year(log, 2027, {"police-9": "Ann Ash of Police", "new-1": "Dan of Schools"})
    this.said("voice", police_9="3", new_1="2").closed()
    place = Site(log, Clock(AFTER.replace(year=2028)), this.area.id)
    with web(log, place.clock) as place.address:
        yield place, last, this


def by_letter(place: Site, person: str) -> httpx.Client:
    """A browser in which somebody has used a link that a letter brought them."""
    stamp = place.stamp("letter").model_copy(update={"role": "outbox", "surface": "mail"})
    mine = browser(place)
    link = sign_in.offer(place.log, stamp, place.assessment, person)
    assert mine.post(f"/sign-in/{link}").status_code == 200
    return mine


@pytest.mark.parametrize("role", ["auditor", "board"])
def test_another_year_is_seen_once_it_is_handed_in(
    two_years: tuple[Site, Year, Year], role: str
) -> None:
    """Whatever it came to before is for those who coordinate or read it there."""
    place, last, _ = two_years
    mine = signed_in(place, named(place, role))
    assert year_phrases.ALONE_HERE in unescape(mine.get("/read/years").text)
    for item in ("voice", "lead", "hubs", "plan"):
        last.moderated(item, "1")
    outcomes.sign_off(place.log, place.stamp("sign"), last.area.id, "Director", "Jo Quill")
    page = unescape(mine.get("/read/years").text)
    assert "assessment, signed off" in page
    assert page.count("2026") > 1


@pytest.mark.parametrize("role", ["coordinator", "auditor"])
def test_what_changed_is_told_to_whoever_sees_answers_in_both_years(
    two_years: tuple[Site, Year, Year], role: str
) -> None:
    """Proven by the letter that signed them in; in the sentences of the command."""
    place, last, this = two_years
    explained = change(*(view_at(place.log, one.area.id) for one in (last, this)))
    stamp = place.stamp("there")
    people.name_coordinator(place.log, stamp, last.area.id, "Jane Quill", Contact(email=JANE))
    who = (
        named(place, "coordinator", email=JANE)
        if role == "coordinator"
        else named(place, "auditor", email=JANE)
    )
    mine, than = by_letter(place, who), {"than": str(last.area.id)}
    assert str(last.area.id) in mine.get("/read/change").text
    page = unescape(mine.get("/read/change", params=than).text)
    assert year_phrases.overall(explained) in page
    for moved in explained.descriptors:
        assert year_phrases.who(moved.stayed, moved.went, moved.came) in page
    elsewhere = signed_in(place, named(place, role))
    assert elsewhere.get("/read/change", params=than).status_code == 422


def test_whoever_only_sees_what_is_published_there_is_not_told_what_changed(
    two_years: tuple[Site, Year, Year],
) -> None:
    """Though it is proven who they are."""
    place, last, _ = two_years
    people.name_reader(place.log, place.stamp("r"), last.area.id, "Jane Quill", "board", JANE)
    mine = by_letter(place, named(place, "coordinator", email=JANE))
    assert str(last.area.id) not in mine.get("/read/change").text
    assert mine.get("/read/change", params={"than": str(last.area.id)}).status_code == 422


def test_a_board_is_never_told_how_single_people_moved(
    two_years: tuple[Site, Year, Year],
) -> None:
    """Nor led there."""
    place, _, _ = two_years
    mine = signed_in(place, named(place, "board"))
    assert mine.get("/read/change").status_code == 403
    assert 'href="change"' not in mine.get("/read/years").text


def test_a_form_that_was_handed_in_stands_beside_this_year(tmp_path: Path) -> None:
    """Each score in the words of its own guide."""
    with desk_site(tmp_path, "closed") as place:
        area = place.areas["closed"]
        bring(
            place.log,
            "a.json",
            b'{"scores": {"5.1": 3, "5.2": 1}}',
            view_at(place.log, area.id).state.area,
            2025,
        )
        page = told(place, "closed", "board", "years")
        assert "2025" in page
        assert "imported submission" in page
