"""Two rounds, a workshop, moderation and a sign-off in a partnership where nobody has Slack."""

from __future__ import annotations

from support.office import ASKED, Office

FIRST = {  # who answers the first round in time, and how
    "police-1": "315", "police-2": "314", "health-1": "212", "health-2": "311",
    "schools-1": "325", "schools-2": "351", "housing-1": "354", "housing-2": "255",
    "council-1": "351",
}  # fmt: skip
SECOND = {"police-1": "14", "health-1": "12", "schools-1": "53", "housing-1": "53"}


def play(office: Office) -> None:
    """From the opening to a sign-off that is taken back."""
    _opens(office)
    _first_round(office)
    _feedback(office)
    _workshop(office)
    _signs(office)


def _opens(office: Office) -> None:
    panel = str(office.folder / "panel.csv")
    words = ("--guide", "ehsg-2022@1", "--area", "Testham", "--panel", panel)
    office.ehsg("assessment", "open", *words)
    office.ehsg("coordinator", "add", "--name", "Cora Cole")
    office.ehsg("round", "open", "--deadline", "2026-09-25")
    office.look()
    office.give_links()
    office.tell_all()
    office.look()


def _first_round(office: Office) -> None:
    office.until("2026-09-08 10:00")
    for person in ("police-1", "police-2", "health-1"):
        office.answers(person, *FIRST[person])
    office.ehsg("nudge")
    office.look()
    office.tell_all()
    office.ehsg("panel", "add", "--name", "Pat Pool", "--agency", "Health", "--works-as", "nurse",
                "--asked", "5.1")  # fmt: skip
    office.look()
    office.give_links()
    office.tell_all()
    office.until("2026-09-14 09:00")
    for person in ("health-2", "schools-1", "schools-2", "housing-1"):
        office.answers(person, *FIRST[person])
    office.ehsg("round", "extend", "--because", "A training day.", "--deadline", "2026-10-02")
    office.look()
    office.tell_all()
    visitor = office.visit("charity-1")
    visitor.talk("not the right person")
    office.reads("charity-1")
    visitor.type("Jo Kay knows this better", "Send to the coordinator")
    office.reads("charity-1")
    office.look()
    office.ehsg("hand-on", "list")
    office.ehsg("hand-on", "agree", "charity-1", "--name", "Jo Kay")
    office.look()
    office.give_links()
    office.tell_all()
    office.visit("charity-1")
    office.until("2026-09-23 09:30")
    office.look()
    office.tell_all()
    for person in ("housing-2", "council-1"):
        office.answers(person, *FIRST[person])
    office.until("2026-10-01 09:30")
    office.look()
    office.until("2026-10-02 16:05")
    office.look()
    office.tell_all()
    for person in ("police-1", "council-2"):
        office.visit(person)


def _feedback(office: Office) -> None:
    office.until("2026-10-05 09:00")
    office.look()
    office.tell_all()
    for person, scores in SECOND.items():
        office.answers(person, *scores)
    office.until("2026-10-08 10:00")
    office.ehsg("nudge")
    office.look()
    office.tell_all()
    office.until("2026-10-20 09:00")
    office.look()
    office.tell_all()
    for person in ("police-1", "council-2"):
        office.visit(person)


def _workshop(office: Office) -> None:
    office.ehsg("workshop", "open", "--present", "police-1,health-1,schools-1")
    office.look()
    office.tell_all()
    office.ehsg("workshop", "vote", "5.2")
    for person in ("police-1", "health-1", "schools-1"):
        office.answers(person, "3")
    office.ehsg("workshop", "show")
    office.ehsg("workshop", "status")
    office.ehsg("workshop", "close")
    office.look()
    office.tell_all()


def _signs(office: Office) -> None:
    office.until("2026-10-22 09:00")
    for row in office.ehsg("results", "--json").document:
        if row["item"] in ASKED.split() and row["outcome"] is None:
            office.ehsg("moderate", row["item"], "--score", "2", "--because", "As we heard it.")
    office.ehsg("results")
    office.ehsg("priorities", "5.1", "5.2", "6.1")
    office.ehsg("sign-off", "--with-blanks", "--role", "SRO", "--name", "Sam Stone")
    office.look()
    office.tell_all()
    for person in ("police-1", "council-2", "charity-1"):
        office.visit(person)
    office.ehsg("sign-off", "--withdraw", "--because", "A figure was wrong.")
    office.look()
    office.tell_all()
    office.visit("police-1")
    report = str(office.folder / "report.md")
    office.ehsg("report", "--out", report)
    office.reads_file("report.md")
