"""An assessment that was abandoned is coordinated by nobody in Slack, and knows nobody there."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from support.slack.edge import slack
from support.slack.windows import told

from bots.phrases.coordinator import abandoned
from bots.slack.directory import Directory
from ehsg_events.commands import assessments, people
from ehsg_events.commands.opening import abandonment
from ehsg_events.policy.rules_file import usual

LEAD = "T0LOOPBACK/U0SOMEBODY"


def test_nobody_coordinates_what_was_abandoned(tmp_path: Path) -> None:
    """Whether the directory knew it before or not."""
    with slack(tmp_path) as place:
        log, other, before = place.log, uuid4(), Directory(place.log)
        opener = people.Opener("Ed Lee", people.Contact(LEAD))
        assessments.open_assessment(
            log, place.stamp("open"), other, "Southmere", "ehsg-2022@1", (), usual(),
            coordinator=opener,
        )  # fmt: skip
        assert [one.assessment for one in before.coordinated_by(LEAD)] == [other]
        assert before.knows(LEAD)
        abandonment.abandon(log, place.stamp("away"), other, "the wrong guide")
        for directory in (before, Directory(log)):
            assert directory.coordinated_by(LEAD) == []
            assert not directory.knows(LEAD)


def test_whoever_coordinated_it_is_told_that_it_was_abandoned(tmp_path: Path) -> None:
    """Instead of that they coordinate nothing; whoever coordinates another is answered about that."""
    with slack(tmp_path) as place:
        log, other = place.log, uuid4()
        opener = people.Opener("Ed Lee", people.Contact(LEAD))
        assessments.open_assessment(
            log, place.stamp("open"), other, "Southmere", "ehsg-2022@1", (), usual(),
            coordinator=opener,
        )  # fmt: skip
        ed = place.person("U0SOMEBODY")
        assert "Southmere" in told(ed, "progress")
        abandonment.abandon(log, place.stamp("away"), other, "the wrong guide")
        assert told(ed, "progress") == abandoned(["Southmere"])
        contact = people.Contact(LEAD)
        people.name_coordinator(log, place.stamp("here"), place.assessment, "Ed Lee", contact)
        assert "abandoned" not in told(ed, "progress")
