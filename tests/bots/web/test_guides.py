"""Other guides on the web: numbers, questions in words alone, and another language."""

from __future__ import annotations

from pathlib import Path

from support.web.web import site

from ehsg_events.panel.member import Member

NUMBER, TEXT = "kpi-1", "resource-1"


def test_a_number_and_words_alone_are_asked_for_in_a_box(tmp_path: Path) -> None:
    """What is no number is told, and stays in its box."""
    lead = Member("lead-1", "Ada Quill", "Council", "lead", (TEXT, NUMBER), None)
    with site(tmp_path, guide="nw-2013@1", people=[lead]) as place:
        ada = place.visitor("lead-1")
        ada.press("Start")
        for _ in range(2):
            if ada.page.form("answer").has("number"):
                form = ada.page.form("answer")
                ada.send(form, form.button("Continue"))
                assert "Type a number" in ada.page.text
                ada.say("plenty")
                assert ada.answer.status_code == 422
                assert ada.page.form("answer").values["number"] == "plenty"
                ada.say("12")
            else:
                ada.press("I don't know")
        given = place.interview("lead-1").answers
        assert given[NUMBER].number == 12
        assert given[TEXT].kind == "dont-know"


def test_an_english_question_on_a_welsh_page_is_marked_as_english(tmp_path: Path) -> None:
    """So that a screen reader speaks each in its own language; nothing else is marked."""
    rhys = Member("health-1", "Rhys", "Health", "visitor", ("6.1",), None, "cy")
    with site(tmp_path, people=[rhys]) as place:
        reader = place.visitor("health-1")
        reader.press("Dechrau")
        page = reader.page
        assert [tag["lang"] for tag in page.all("html")] == ["cy"]
        assert [tag.get("lang") for tag in page.all("h1")] == ["en"]
        labels = {tag["for"]: tag.get("lang") for tag in page.all("label")}
        assert labels["choice"] == "en"
        assert labels["choice-7"] is None
        form = page.form("answer")
        words = reader.send(form, form.buttons[0], choice=form.radios[3].value)
        assert [tag.get("lang") for tag in words.all("span") if "lang" in tag] == ["en"]
        assert [tag.get("lang") for tag in words.all("h1")] == [None]
