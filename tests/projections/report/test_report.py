"""The page that is signed: whole, readable by everyone, and inert whatever people typed."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from support.browser import Page
from support.story.story import ASSESSMENT, Story, member, report_in

from ehsg_events.values.policy import Rule, Terms
from projections.report.report import report

HOSTILE = (
    '<script>alert(1)</script><img src=x onerror=alert(1)>" onclick="x" '
    "[council](javascript:alert(1)) ![x](http://evil.example/p.png) http://evil.example www.evil.example "
    "a@evil.example {{ report }} {% raw %} `code` **bold** | cell |\n# heading\n- item\n1. one\n---\n&lt;b&gt;"
)
BIG = [member(f"police-{n}", "Police", ["5.1", "5.2"]) for n in range(1, 4)]
SMALL = [member("charity-1", "Little Charity", ["5.1"]), member("head-1", "Hill School", ["5.1"])]
FORMS = ("html", "md")


@contextmanager
def measured(folder: Path) -> Iterator[Story]:
    """A measured assessment: 5.1 agreed at 3, with notes; 5.2 without quorum."""
    with Story(folder) as told:
        told.opened([*BIG, *SMALL], Terms(rule=Rule(rounds=1))).round_opened()
        told.all_answered("5.1", {person.id: "3" for person in (*BIG, *SMALL)})
        told.noted("police-1", "5.1", "working-well", "We meet every week")
        told.noted("charity-1", "5.1", "prioritising-next", "Ask families more")
        yield told.round_closed()


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    """One that goes on."""
    with measured(tmp_path) as told:
        yield told


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """One that nothing more is told of."""
    with measured(tmp_path_factory.mktemp("measured")) as told:
        yield told


@pytest.fixture(scope="module")
def printed(still: Story) -> dict[str, str]:
    """Its pages."""
    return pages(still)


def pages(story: Story) -> dict[str, str]:
    """The report in every form that is text."""
    view = story.view()
    return {form: report_in(view, form) for form in FORMS}


# -- what it says ------------------------------------------------------------------------------
@pytest.mark.parametrize("form", FORMS)
def test_every_descriptor_is_there_in_order(
    still: Story, printed: dict[str, str], form: str
) -> None:
    """All of the guide, asked or not."""
    text = printed[form]
    places = [text.index(f" {item}" if form == "md" else f">{item}")
              for item in still.view().guide.descriptors]  # fmt: skip
    assert places == sorted(places)


@pytest.mark.parametrize("form", FORMS)
def test_a_score_comes_with_its_words_its_agreement_and_its_rule(
    printed: dict[str, str], form: str
) -> None:
    """The level's words are marked as a suggestion, the rule is named."""
    text = printed[form]
    assert "3 (Mostly in place) (suggested wording), adopted by rule" in text
    assert "Agreed. The middle score is 3 (Mostly in place). At least 3 of 5 people who" in text
    assert "within-one: a descriptor is agreed when at least 75% of the panel" in text


def test_notes_stand_under_the_guides_own_headings(still: Story) -> None:
    """What is, then what is next; of three police and two others none can be named."""
    entry = report(still.view()).parts[0].entries[0]
    assert [(box.label, [(v.agency, v.words) for v in box.voices]) for box in entry.boxes] == [
        (
            "What is working well and what evidence do you have?",
            [("one of the agencies asked", "We meet every week")],
        ),
        ("What are you prioritising next?", [("one of the agencies asked", "Ask families more")]),
    ]


def test_small_agencies_are_one_line_and_never_named(story: Story) -> None:
    """Fewer than three people who answered: merged, and a small sum is not told either."""
    story.moderated("5.1", "3", "as agreed").dissented("head-1", "5.1", "not at my school")
    found = report(story.view())
    assert [(p.agency, p.invited, p.answered) for p in found.parties] == [
        ("Police", "3", "3"),
        ("2 other agencies", "fewer than 3", "fewer than 3"),
    ]
    for text in pages(story).values():
        assert "not at my school" in text
        assert "Hill School" not in text
        assert "Little Charity" not in text


@pytest.mark.parametrize("form", FORMS)
def test_nobody_is_named_not_even_by_pseudonym(story: Story, form: str) -> None:
    """Agencies speak on this page, people do not."""
    story.moderated("5.1", "3", "as agreed").dissented("police-2", "5.1", "too high")
    text = pages(story)[form]
    for person in (*BIG, *SMALL):
        assert person.id not in text
        assert person.name not in text


def test_an_open_round_puts_no_words_on_the_page(tmp_path: Path) -> None:
    """Notes and answers wait for the close."""
    with Story(tmp_path) as other:
        other.opened(BIG).round_opened().answered("police-1", "5.1", "4")
        other.noted("police-1", "5.1", "working-well", "Too early to show")
        for text in pages(other).values():
            assert "Too early" not in text
            assert "Not measured yet" in text


def test_a_blank_permission_is_never_yes(story: Story) -> None:
    """Not answered is said so; a no is a no."""
    story.permitted("dfe", granted=True).permitted("ogd", granted=False)
    assert [one.answer for one in report(story.view()).permissions] == ["Yes", "Not answered", "No"]


def test_a_draft_says_so_until_it_is_signed(story: Story) -> None:
    """Then it carries the role, and when; never the name."""
    for text in pages(story).values():
        assert "DRAFT, not signed off" in text
    story.moderated("5.2", "1", "too few").chose("5.2", data_model=4)
    story.signed_off("Director of Children's Services", "Dana Director")
    found = report(story.view())
    assert found.signed == (
        f"Signed off by the Director of Children's Services at 1:{story.minutes}pm on Monday "
        f"5 October 2026"
    )
    for text in pages(story).values():
        assert "DRAFT" not in text
        assert "Dana" not in text


@pytest.mark.parametrize("form", FORMS)
def test_priorities_thresholds_and_the_record_are_on_the_page(story: Story, form: str) -> None:
    """With the guide's warning, the thresholds as history, and where the walk back is."""
    text = pages(Story.chose(story, "5.2", data_model=4))[form]
    for words in (
        "5.2 One Lead Practitioner",
        "The guide asks for 3 descriptors; 1 is chosen.",
        "Data model: 4 Early maturity",
        "historic: the figures of 2022",
        story.view().state.guide_digest,
        "Crown copyright",
        str(ASSESSMENT),
    ):
        assert words in text, words


# -- how it is made ----------------------------------------------------------------------------
def test_the_same_log_gives_the_same_bytes(still: Story, printed: dict[str, str]) -> None:
    """Nothing of the page comes from a clock."""
    assert pages(still) == printed


def test_hostile_words_stay_words_in_html(story: Story, printed: dict[str, str]) -> None:
    """No element, attribute or link on the page comes from what people typed."""
    before = Page(printed["html"])
    hostile = Page(pages(poisoned(story))["html"])
    assert "<script>alert(1)</script>" in hostile.text
    extra = [tag for tag, _ in hostile.tags]
    for tag, _ in before.tags:
        extra.remove(tag)
    row = {"tr", "th", "td", "a"}  # of the history, for what was settled meanwhile
    assert set(extra) <= {"li", "span", "ul", "h4", "dt", "dd", "dl", "circle", *row}
    for tag, attrs in hostile.tags:
        assert not [name for name in attrs if name.startswith("on")], tag
        assert str(attrs.get("href", "#")).startswith("#")


def test_hostile_words_stay_words_in_markdown(story: Story) -> None:
    """Rendered, the words are text: no link, image, markup, heading or cell of their own."""
    page = pages(poisoned(story))["md"]
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(page)
    inline = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in (*tokens, *inline)}
    assert not kinds & {
        "html_block",
        "html_inline",
        "link_open",
        "image",
        "fence",
        "code_block",
        "code_inline",
        "hr",
    }
    text = "".join(child.content for child in inline if child.type == "text")
    assert "<script>alert(1)</script>" in text
    assert "&lt;b&gt;" in text
    headings = [tokens[n + 1].content for n, t in enumerate(tokens) if t.type == "heading_open"]
    assert "heading" not in headings
    assert not re.search(r"(?<!\\)(https?:|www)(?=//|\.)", page), "a bare address would be a link"


def poisoned(story: Story) -> Story:
    """Hostile words everywhere that people can put words."""
    story.moderated("5.1", "3", HOSTILE).dissented("police-1", "5.1", HOSTILE)
    role = HOSTILE.replace("a@evil.example", "")  # a role with an address is refused
    return story.moderated("5.2", "1", HOSTILE).signed_off(role, "Pat <b>Pell</b>")


def test_the_page_stands_alone_and_runs_nothing(printed: dict[str, str]) -> None:
    """No script, no request, and a policy that would stop both."""
    text = printed["html"]
    page = Page(text)
    policy = next(a["content"] for a in page.all("meta") if "http-equiv" in a)
    style = text.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not [tag for tag, _ in page.tags if tag in ("script", "img", "link", "iframe", "form")]
    assert not [a for _, a in page.tags if a.keys() & {"src", "style"}]
    assert "url(" not in style
    assert "@import" not in style


def test_the_page_can_be_read_by_everyone(printed: dict[str, str]) -> None:
    """One h1, landmarks, a language, captions, scopes, no skipped heading, no duplicate id."""
    page = Page(printed["html"])
    assert page.all("html")[0]["lang"] == "en"
    assert len(page.all("h1")) == 1
    for landmark in ("header", "nav", "main", "footer"):
        assert len(page.all(landmark)) == 1, landmark
    assert len(page.all("table")) == len(page.all("caption")) > 0
    assert all(cell.get("scope") in ("col", "row") for cell in page.all("th"))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {str(a["href"]).removeprefix("#") for a in page.all("a")} <= set(ids)
    assert {a["aria-labelledby"] for _, a in page.tags if "aria-labelledby" in a} <= set(ids)
