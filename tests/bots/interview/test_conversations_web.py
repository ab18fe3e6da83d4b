"""The conversations of `conversations/*.md` on the web: the same lines leave the same facts."""

from __future__ import annotations

from contextlib import closing

import pytest
from support.conversation import CONVERSATIONS, Conversation, link
from support.loopback import Clock
from support.visitor import Visitor
from support.web.web import web

from ehsg_events.log.log import Log


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda one: one.file.stem)
def test_a_conversation_leaves_the_same_facts(conversation: Conversation, log: Log) -> None:
    """Each line as a person would say it there: a radio, a button, the page's box, or in words."""
    at = conversation.open(log)
    token = link(log, at)
    with web(log, Clock(at)) as address, closing(Visitor(address, token)) as ana:
        for line in conversation.said:
            ana.say(line)
    assert conversation.facts(log) == conversation.recorded
