"""While a crowd is told something, whoever has just said something does not wait for the rest."""

from __future__ import annotations

from pathlib import Path

from support.slack.edge import Place, every_message_has_one_end, slack

from bots.delivery.outbox import Outbox
from bots.interview.talk import Prompt
from bots.messages.promise import Promise
from bots.slack.app import web_client
from bots.slack.sender import SlackSender


class Eager(SlackSender):
    """Whoever is spoken to first begins at once."""

    place: Place
    said: tuple[str, ...] = ()

    def post(self, person: str, promise: Promise, prompt: Prompt, *, look: bool) -> str:
        """Say it, and let them press the button."""
        ts = super().post(person, promise, prompt, look=look)
        self.said += (promise.to,)
        if len(self.said) == 1:
            me = self.place.person()
            me.click(me.inbox[-1], "start")
        return ts


def test_who_begins_is_asked_before_the_others_are_told(tmp_path: Path) -> None:
    """The first question follows the click, and then the invitations go on."""
    with slack(tmp_path) as place:
        sender = Eager(web_client(place.settings))
        sender.place = place
        Outbox(place.log, sender, place.clock).deliver()
        assert sender.said == ("police-1", "police-1", "health-1", "parents-1")
        every_message_has_one_end(place)
