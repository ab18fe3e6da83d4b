"""One assessment through the pages and through the command line: the record is the same.

What is on the log is what was done, never where it was done. All that may differ is listed here, each
with its reason; everything else of every fact is compared, in the order in which it was recorded, and
of sealed words what they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_origin
from uuid import UUID

import httpx
import pytest
from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from pydantic import BaseModel
from support.ehsg import ehsg
from support.loopback import served
from support.web import plain_http
from support.web.begin import NONCE, TYPED
from support.web.desk import OWN
from support.web.filling import boxes_of, say_yes

from bots.operations.form import Upload, asked
from bots.operations.registry import OPERATIONS
from bots.operations.typed import option
from bots.web.app import build_app
from bots.web.begin.address import begins
from bots.web.desk.operations.offered import OFFERED, page_of
from bots.web.rate_limit import RateLimiter
from ehsg_events.dates.calendar import working_days
from ehsg_events.events import SignedIn
from ehsg_events.kernel import Recorded, Words
from ehsg_events.log.log import Log

ONLY_ON_PAGES = {
    SignedIn: "whoever uses pages signs in; a terminal has its own way of knowing whom"
}
LEFT_OUT_OF_STAMPS = {
    "at": "the two are done one after the other",
    "by": "pages know who signed in, a terminal says only that it is a coordinator",
    "surface": "that is where it was done",
    "cause": "a page and a command have names of their own",
    "key": "every cause has a new one",
}
SAID_ALIKE = {  # values that follow from chance or from the moment, and what stands for them
    UUID: "ids follow from the id of the assessment, which is made up",
    datetime: "deadlines that were not typed follow from the moment",
}
TODAY = datetime.now(UTC).date()
DIGEST = re.compile(r"[0-9a-f]{64}|[A-Za-z0-9_-]{43}=?")  # of secrets, and of what names an id
IN, LATER = (working_days(TODAY, many) for many in (15, 20))
PEOPLE = b"""name,agency,works_as,asked,email
Ann Ashton,Police,Sergeant,5.1 9.5,ann@police.example.org
Bob Burrell,Health,Visitor,5.1 9.5,bob@health.example.org
Cat Coyle,Schools,Head teacher,5.1 9.5,
Dan Drury,Council,Lead,5.1 9.5,
"""
ANSWERS = {  # to 5.1 and to 9.5
    "police-1": ("4", "0"),
    "health-1": ("4", "5"),
    "schools-1": ("4", "0"),
    "council-1": ("4", "5"),
}


def steps() -> Iterator[tuple[str, dict[str, Any]]]:
    """What a coordinator does from the opening to the signature."""
    yield "terms choose", {"rounds": "1", "days": "8"}
    yield "panel upload", {"file": Upload("panel.csv", PEOPLE)}
    yield "panel add", {"name": "Eve Eaves", "agency": "Police", "works_as": "Inspector", "asked": "5.1"}  # fmt: skip
    yield "panel release", {"person": "police-2", "because": "She moved away."}
    yield "coordinator add", {"name": "Cora Quint", "email": "cora@council.example.org"}
    yield "reader name", {"name": "Rae Reed", "reads_as": "auditor"}
    yield "local term", {"term": "lead-practitioner", "means": "Family support worker"}
    yield "round open", {"deadline": f"{IN} 17:00"}
    yield "link", {"stakeholder": "schools-1"}
    yield "told", {"person": "schools-1", "by": "telephone"}
    for person, scores in ANSWERS.items():
        for item, value in zip(("5.1", "9.5"), scores, strict=True):
            yield "answer", {"item": item, "value": value, "who": person, "by": "coordinator-1"}
    yield "nudge", {}
    yield "round extend", {"deadline": f"{LATER} 16:00", "because": "Half term."}
    yield "round close", {}
    yield "moderate", {"item": "9.5", "score": "2", "because": "Half of us join our data."}
    yield (
        "dissent",
        {"item": "9.5", "who": "police-1", "because": "It is lower here.", "by": "coordinator-1"},
    )
    yield "priorities", {"items": ["5.1", "9.5"], "data_model": "3"}
    yield "permission", {"permission": "dfe", "answer": "yes"}
    yield "action agree", {"item": "9.5", "words": "One shared list.", "owner": "The council"}
    yield "sign-off", {"role": "Director", "name": "Sam Oakes", "with_blanks": "yes"}


# -- by the pages ------------------------------------------------------------------------------------
def by_pages(folder: Path) -> list[Any]:
    """Everything by a browser, from the address that the server prints."""

    def now() -> datetime:
        return datetime.now(UTC)

    log = Log(folder)
    limiter = RateLimiter(stranger=RateLimitItemPerMinute(900), caller=RateLimitItemPerHour(9000))
    address = begins(log, now)
    assert address is not None
    with served(build_app(log, now, limiter, begin=address)) as port:
        mine = plain_http.client(
            base_url=f"http://127.0.0.1:{port}", headers=OWN, follow_redirects=True, timeout=30
        )
        begun = f"/begin/{address.token}"
        nonce = NONCE.search(mine.get(begun).text)
        assert nonce is not None
        mine.post(begun, data={"nonce": nonce[1], **TYPED})
        for operation, given in steps():
            on_its_page(mine, operation, given)
    try:
        return record_of(log)
    finally:
        log.close()


def on_its_page(mine: httpx.Client, operation: str, given: Mapping[str, Any]) -> None:
    """Fill the form in, send it, and say yes where that is asked."""
    files = {
        name: (one.name, one.content) for name, one in given.items() if isinstance(one, Upload)
    }
    lines = {name: "\n".join(one) if isinstance(one, list) else one for name, one in given.items()}
    typed = {name: text for name, text in lines.items() if name not in files}
    page = "settle?item=9.5" if operation == "moderate" else page_of(operation)
    fields = boxes_of(mine.get(f"/read/{page}").text) | typed
    came = mine.post(f"/read/{page}", data=fields, files=files or {"": ("", b"")})
    assert came.status_code == 200, (operation, re.findall(r"<p>.*?</p>", came.text)[:4])
    if operation in OFFERED and OFFERED[operation].asks:
        came = say_yes(mine, came)
        assert came.status_code == 200, (operation, re.findall(r"<p>.*?</p>", came.text)[:4])


# -- by the command line -----------------------------------------------------------------------------
def by_commands(folder: Path) -> list[Any]:
    """The same, typed."""
    opening = ("assessment", "open", "--guide", TYPED["guide"], "--area", TYPED["area"])
    assert ehsg(folder, *opening).code == 0
    for operation, given in (("coordinator add", {"name": TYPED["name"]}), *steps()):
        words = (*operation.split(), *typed_words(folder, operation, given))
        ran = ehsg(folder, *words)
        assert ran.code == 0, (operation, ran.err)
    log = Log(folder)
    try:
        return record_of(log)
    finally:
        log.close()


def typed_words(folder: Path, operation: str, given: Mapping[str, Any]) -> Iterator[str]:
    """An operation's fields as they are typed: some alone, the others after their names."""
    form = OPERATIONS[operation].form
    for name, how in asked(form).items():
        value = given.get(name)
        if isinstance(value, Upload):
            path = folder.parent / value.name
            path.write_bytes(value.content)
            value = str(path)
        if value is None:
            continue
        if form.model_fields[name].annotation is bool:
            yield option(name, how)
        elif get_origin(form.model_fields[name].annotation) is Literal:
            yield f"--{value}"  # one of a few is said by its own name
        elif how.first:
            yield from value if isinstance(value, list) else [value]
        else:
            yield from (option(name, how), value)


# -- what was recorded -------------------------------------------------------------------------------
def record_of(log: Log) -> list[Any]:
    """Every fact with its stream and what is compared of its stamp, as plain values."""
    return [said(log, one) for one in log.all() if type(one.fact) not in ONLY_ON_PAGES]


def said(log: Log, recorded: Recorded) -> Any:
    """One fact; of its sealed words what they say."""
    stamp = recorded.stamp.model_dump(exclude=set(LEFT_OUT_OF_STAMPS))
    stream = recorded.stream.model_dump(exclude={"assessment"})
    return type(recorded.fact).__name__, stream, stamp, plain(log, recorded.fact)


def plain(log: Log, value: Any) -> Any:
    """A value without what follows from chance or from the moment."""
    if isinstance(value, Words):
        return ("sealed", plain(log, log.text(value)))
    if isinstance(value, BaseModel):
        return {name: plain(log, getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, dict):
        return {name: plain(log, one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(log, one) for one in value]
    for kind in SAID_ALIKE:
        if isinstance(value, kind):
            return kind.__name__
    return "digest" if isinstance(value, str) and DIGEST.fullmatch(value) else value


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Any], list[Any]]:
    """What the pages recorded, and what the commands did."""
    return (
        by_pages(tmp_path_factory.mktemp("pages") / "data"),
        by_commands(tmp_path_factory.mktemp("commands") / "data"),
    )


def test_pages_and_commands_leave_the_same_record(both: tuple[list[Any], list[Any]]) -> None:
    """Equal in kind, in order and in content."""
    on_pages, typed = both
    assert [kind for kind, *_ in on_pages] == [kind for kind, *_ in typed]
    for page, command in zip(on_pages, typed, strict=True):
        assert page == command


def test_what_is_compared_is_a_whole_assessment(both: tuple[list[Any], list[Any]]) -> None:
    """From the opening to the signature, with what people said and what it came to."""
    kinds = [kind for kind, *_ in both[0]]
    assert (kinds[0], kinds[-1]) == ("AssessmentOpened", "AssessmentSignedOff")
    assert {"AnswerGiven", "RoundMeasured", "OutcomeAdopted", "OutcomeModerated"} <= set(kinds)
    assert len(kinds) > 50
