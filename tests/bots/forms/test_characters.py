"""Published forms as text: what each of four printed comes back letter for letter."""

from __future__ import annotations

import pytest
from support.story.forms import FORMS, GUIDE, NEXT, WELL, Told, filled, said

from bots.forms.text import read_text
from ehsg_events.states.submission import Form

NORTHVALE = {
    "5.1": Told(
        "3",
        {
            WELL: [
                "Every hub keeps a book of what families said, and the board reads it each quarter.",
                "The board answers in writing.",
                "“Tell us once” cards were filled in by 5.2 thousand people; that is more than we hoped",
                "The young people\u00a0s panel met in May , June and July",
                "Our newest groups are: -\n• Dads on Thursdays\n• Grandparents who care\n• Parents of twins",
                "Next steps",
                "A second panel will meet in the north.",
            ],
            NEXT: ["Ask families who left early why they left. Publish what they say."],
        },
    ),
    "5.5": Told(
        "2",
        {
            WELL: [
                (
                    "Families named one plan in nine reviews of ten, which was borne out by the "
                    "audit from the spring panel."
                )
            ],
            NEXT: [],
        },
    ),
    "6.1": Told(
        "0",
        {
            WELL: ["N/A was typed here once."],
            NEXT: ["Train leaders, then:\n● start with schools\n● go on with police"],
        },
    ),
    "7.3": Told(None, {WELL: [], NEXT: []}),
}
WOODMERE = {
    "8.1": Told(
        "4",
        {
            WELL: [
                (
                    "1. The group meets every six weeks and its minutes are open to all agencies, "
                    "including the small charities."
                ),
                "2. Its chair changes each year.",
                "links with schools and multi-agency hubs",
                "links with courts",
                "A sub point stands on its own",
            ],
            NEXT: ["Write down who decides what", "See 8.2 million reasons below the line"],
        },
    ),
    "8.2": Told(
        None,
        {
            WELL: [
                "Fewer families wait",
                "More families are seen early, for example\n– in the two northern wards\n– on the coast",
            ],
            NEXT: ["Nothing yet"],
        },
    ),
    "9.7": Told(
        "3",
        {
            WELL: ["=SUM(1+1) was pasted by mistake", "<b>bold</b> @everyone"],
            NEXT: ["Find a second analyst"],
        },
    ),
}
EASTMOOR = {
    "5.1": Told(
        "2",
        {
            WELL: [
                "Parents chair the feedback group. It is theirs, and they set what is talked about.",
                "Text messages are sent after every visit, and four families in ten answer",
                "in Polish",
                "in Urdu",
                "Partners act on:\n– complaints\n– praise",
                "The shadow board of young people, which is paid",
            ],
            NEXT: [
                "We will ask the families of children under five, who are rarely heard.",
                "Then those who came to us through the Fathers Network will be asked",
            ],
        },
    ),
    "5.2": Told(
        "1",
        {
            WELL: [],
            NEXT: ["A card with a name and a photograph", "A second name for holidays"],
        },
    ),
    "6.3": Told(
        None,
        {
            WELL: ["The handbook is in every team’s   drawer.", "It is read (we asked)."],
            NEXT: ["An app – if the money is found – by 30 September 2023"],
        },
    ),
}
SOUTHMERE = {
    "7.4": Told(
        "3",
        {
            WELL: [
                "Street stewards know who is new. They call within a week.",
                "Faith groups open their kitchens, as they have since 2019.",
                "Libraries lend",
                "Prams and cots are lent too",
            ],
            NEXT: ["One list of all groups"],
        },
    ),
    "7.5": Told("0", {WELL: ["Two wards voted on a playground"], NEXT: ["Budgets by street."]}),
}


def read(name: str) -> Form:
    """One of the forms beside the tests."""
    return read_text((FORMS / f"{name.casefold()}.txt").read_bytes(), GUIDE, name)


@pytest.mark.parametrize(
    ("name", "layout", "expected"),
    [
        ("Northvale", "headings", NORTHVALE),
        ("Woodmere", "headings", WOODMERE),
        ("Eastmoor", "columns", EASTMOOR),
        ("Southmere", "columns", SOUTHMERE),
    ],
)
def test_a_form_comes_back_letter_for_letter(
    name: str, layout: str, expected: dict[str, Told]
) -> None:
    """Wrapped lines, bullets, page turns, blanks: every entry is what the form printed."""
    form = read(name)
    assert form.layout == layout
    assert said(form) == filled(expected)
    assert form.lost == ()


def test_the_closing_part_is_read_beside_and_under_its_labels() -> None:
    """Data model by number or name, choices by id or by words, a blank is no answer."""
    one, other = read("Northvale"), read("Eastmoor")
    assert (one.data_model, one.data_model_changed) == (3, False)
    assert one.priorities == ("7.3", "6.4", "9.4")
    assert one.permissions == {"sf-coordinators": True, "ogd": False}
    assert (other.data_model, other.data_model_changed) == (3, True)
    assert other.priorities == ("5.2",)
    assert other.permissions == {"dfe": True}
    assert read("Woodmere").priorities == ()
