"""The page of events: what holds of every fact, whichever it is."""

from __future__ import annotations

import typing
from typing import get_args

import pytest
from pydantic import BaseModel, ValidationError

from ehsg_events import events
from ehsg_events.kernel import TOPICS, Fact, StreamKind, Words

EVERY = [fact for fact in TOPICS.values() if fact.__module__ == events.__name__]
# Every field that holds free letters, with what they are. A new one is thought about here first.
LETTERS = {
    "about": "a pseudonym",
    "agency": "an organisation's name",
    "agreed_to": "a pseudonym",
    "area": "a place's name",
    "asked_as": "an id of the guide",
    "asked_for": "a pseudonym",
    "asks_field": "an id of the guide",
    "asks_item": "an id of the guide",
    "blanks": "words of ours about ids of the guide",
    "column": "an id of the guide",
    "contact_of": "a pseudonym",
    "coordinator": "a pseudonym",
    "corrected": "a pseudonym",
    "data_protection": "how an officer of the council is reached, from its rules file",
    "declined_to": "a pseudonym",
    "dissenter": "a pseudonym",
    "door": "a digest of a random token",
    "earlier_figures": "a digest of counts that stand on the log",
    "earlier_reasons": "a digest of random ids",
    "ended_for": "a pseudonym",
    "ending": "a file's kind",
    "fell_back": "a pseudonym",
    "field": "an id of the guide",
    "figures": "a digest of counts that stand on the log",
    "file_digest": "a digest of earlier releases, written no more",
    "forgotten": "a pseudonym",
    "given_to": "a pseudonym",
    "guide": "an id of the guide, or a digest of what is published",
    "guide_digest": "a digest of what is published",
    "handed_on_by": "a pseudonym",
    "id": "an id",
    "invited": "a pseudonym",
    "issued_to": "a pseudonym",
    "item": "an id of the guide",
    "items": "ids of the guide",
    "keyed_digest": "a digest under a key",
    "language": "a language's code",
    "lapsed_for": "a pseudonym",
    "letter": "a letter's name",
    "level": "a level of the guide",
    "link": "a digest of a random token",
    "local_table": "an id of the guide",
    "milestone": "a word of the plan",
    "name": "a rule's name, or a public holiday's",
    "notice": "a digest of what everybody is told, without names",
    "offered_to": "a pseudonym",
    "origin": "a name of ours, by chance",
    "peer_of": "an area's name",
    "people": "pseudonyms",
    "permission": "an id of the guide",
    "present": "pseudonyms",
    "put_to": "pseudonyms",
    "reader": "a pseudonym",
    "reason": "an error's code",
    "reasons": "a digest of random ids",
    "reference": "a surface's own id of a message",
    "regained": "a pseudonym",
    "released": "a pseudonym",
    "reminded": "a pseudonym",
    "rule": "a rule's name",
    "safeguarding": "the area's own route, from its rules file",
    "secret": "a number by chance",
    "session": "a digest of a random token, or a day",
    "settled": "ids of the guide",
    "sha256": "a digest of earlier releases, written no more",
    "shown_for": "a pseudonym",
    "shows": "a kind of prompt",
    "signed_as": "a role",
    "signed_by": "a public key",
    "source": "a surface's own id of a message",
    "spoken_to": "a pseudonym",
    "stakeholder": "a pseudonym",
    "status": "a code of a mail server",
    "stopped_for": "a pseudonym",
    "subject": "the area's own words of a letter",
    "term": "an id of the guide",
    "text": "the area's own words of a letter",
    "to": "a pseudonym",
    "unsettled": "ids of the guide",
    "value": "a level of the guide, a number, or a kind of answer",
    "wanted_by": "a pseudonym",
    "warnings": "sentences of ours",
    "whose": "pseudonyms",
    "withheld_from": "a pseudonym",
    "without": "pseudonyms",
    "wording": "a digest of what is published, of ciphertexts, and of numbers in the clear",
    "works_as": "a post, not a person",
    "zone": "a time zone's name",
}
# What a digest on the log may be of: anybody could try out what a person may have written.
MAY_BE_DIGESTED = (
    "a random token", "random ids", "what is published", "what everybody is told",
    "counts that stand on the log", "earlier releases, written no more",
)  # fmt: skip


def test_every_fact_is_known_by_a_topic_of_its_own() -> None:
    """A subclass that inherits its topic would be stored as another fact."""
    assert all("TOPIC" in fact.__dict__ for fact in EVERY)
    assert len({fact.TOPIC for fact in EVERY}) == len(EVERY)
    assert all(TOPICS[fact.TOPIC] is fact for fact in EVERY)


@pytest.mark.parametrize("fact", EVERY, ids=lambda fact: fact.__name__)
def test_a_topic_names_its_stream_its_fact_and_its_version(fact: type[Fact]) -> None:
    """SQL and the mapper read the stream's kind off the topic."""
    kind, name, version = fact.TOPIC.split(".")
    assert kind in get_args(StreamKind)
    assert name == fact.__name__
    assert version.startswith("v")


def test_two_facts_cannot_share_a_topic() -> None:
    """The second class is refused where it is written."""
    with pytest.raises(TypeError, match="share the topic"):

        class Again(Fact, topic="round.RoundClosed.v1"): ...


@pytest.mark.parametrize("fact", EVERY, ids=lambda fact: fact.__name__)
def test_a_fact_is_frozen_and_knows_all_its_fields(fact: type[Fact]) -> None:
    """Nothing that happened can be changed, and nothing undeclared can slip in."""
    assert fact.model_config["frozen"]
    assert fact.model_config["extra"] == "forbid"


def test_changing_a_fact_raises() -> None:
    """The setting above is what it says."""
    closed = events.RoundClosed(closed_by="deadline")
    with pytest.raises(ValidationError):
        closed.closed_by = "coordinator"


def letters(model: type[BaseModel]) -> set[str]:
    """The fields of a model that may hold any string, however deep."""
    found: set[str] = set()
    for name, described in model.model_fields.items():
        for kind in flat(described.annotation):
            if kind is str:
                found.add(name)
            elif isinstance(kind, type) and issubclass(kind, BaseModel) and kind is not Words:
                found |= letters(kind)
    return found


def flat(kind: object) -> list[object]:
    """A type taken apart into those it is made of; a fixed list of words is none."""
    if typing.get_origin(kind) is typing.Literal:
        return []
    inside = get_args(kind)
    return [kind] if not inside else [leaf for part in inside for leaf in flat(part)]


@pytest.mark.parametrize("fact", EVERY, ids=lambda fact: fact.__name__)
def test_no_fact_has_a_place_for_personal_text(fact: type[Fact]) -> None:
    """What people type is held as Words; every other string is listed with what it is."""
    assert letters(fact) <= set(LETTERS)


@pytest.mark.parametrize("fact", EVERY, ids=lambda fact: fact.__name__)
def test_no_fact_has_a_digest_of_what_a_person_wrote_but_under_a_key(fact: type[Fact]) -> None:
    """It would outlive their forgetting, and tell whoever guesses the words that they are right."""
    for field in letters(fact):
        _, is_digest, of = LETTERS[field].partition("a digest ")
        assert not is_digest or of == "under a key" or of[3:].startswith(MAY_BE_DIGESTED), field


def test_a_digest_is_called_one() -> None:
    """So that the rule above is about every one: by its name, or by what is said of it."""
    digests = {field for field, what in LETTERS.items() if "digest" in what}
    assert {field for field in LETTERS if "digest" in field or field == "sha256"} <= digests
    assert all("a digest " in LETTERS[field] for field in digests)
