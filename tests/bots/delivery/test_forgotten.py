"""Whoever was forgotten is written to no more, and is a stranger in Slack."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from support.loopback import OPENED
from support.slack.edge import slack

from ehsg_events.rights import forgetting


def test_what_waits_for_them_is_withheld_and_nothing_they_type_is_taken(tmp_path: Path) -> None:
    """By an outbox and an app that knew them before."""
    with slack(tmp_path, OPENED) as place:
        place.outbox.deliver()
        assert place.person().type("start")[1].status == 200
        place.outbox.deliver()
        said, facts = len(place.texts()), place.facts("AnswerGiven")
        assert said > 0
        assert place.person().type("3")[1].status == 200  # its receipt and next question wait
        stamp = place.stamp("forget")
        done = forgetting.forget(place.log, stamp, place.assessment, "police-1", "by letter")
        assert done.is_complete
        place.clock.now = place.clock() + timedelta(minutes=1)
        place.outbox.deliver()
        assert len(place.texts()) == said
        assert {*place.withheld().values()} >= {"forgotten"}
        answered = place.facts("AnswerGiven")
        assert len(answered) == len(facts) + 1
        assert place.person().type("4")[1].status == 200
        assert place.facts("AnswerGiven") + place.facts("AnswerAmended") == answered
        assert not place.log.store.has_texts_of(place.assessment, "police-1")
