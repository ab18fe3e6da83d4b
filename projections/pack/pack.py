"""The whole audit pack: every file of it, what each is, and how to check them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ehsg_events.dates import calendar
from ehsg_events.ledger.envelopes import Enclose
from guides import library
from guides.model import Guide
from projections.access.reached import reached
from projections.facts.view import View
from projections.history.steps import whose_words
from projections.pack.facts import Facts
from projections.pack.ledger import OfLedger
from projections.pack.models import models
from projections.pack.readme import readme
from projections.pack.statements import statements
from projections.pack.trail import trail_csv, trail_md
from projections.pack.words import files, words
from projections.results.results import trail
from projections.tables.csv import again_for_spreadsheets
from projections.tables.zipped import zipped

SCRIPT = Path(__file__).with_name("verify.py")
LISTED = "evidence/files.csv"  # the one file of its folder that nobody handed in


@dataclass(frozen=True)
class Pack:
    """The files of an audit pack by name, how many facts it tells, and whether it withholds any.

    `whose` are the people whose words it holds.
    """

    files: Mapping[str, bytes]
    told: int
    withheld: bool
    whose: frozenset[str] = frozenset()

    def content(self) -> bytes:
        """One zip file, the same bytes for the same log."""
        return zipped(self.files)


def pack(view: View, enclose: Enclose | None = None) -> Pack:
    """Everything an assessment rests on as it stood in a view, without the names of people.

    Args:
        enclose: signs a statement for each score; where nothing does, there are none.
    """
    facts, steps = Facts(view), trail(view)
    ledger = OfLedger(view, facts)
    content = {
        "facts.jsonl": facts.lines(ledger.salt),
        "words.jsonl": words(view, facts),
        "trail.md": trail_md(view, steps),
        "trail.csv": trail_csv(steps),
        f"guide/{view.guide.id}.yaml": _guide(view),
        "terms.json": _terms(view),
        **models(view, facts),
        **files(view, facts),
    }
    content |= _spreadsheets(content)
    signed = statements(view, facts, ledger, enclose)
    content |= _ledger(ledger) | signed
    page = readme(view, facts, ledger, _moment(view), None if enclose is None else len(signed))
    whole = {"README.txt": page.encode(), **content}
    sums = {"SHA256SUMS": _sums(whole)}
    return Pack(
        {**whole, **sums},
        told=len(facts.told),
        withheld=facts.first_withheld is not None,
        whose=whose_words(steps),
    )


def _ledger(ledger: OfLedger) -> dict[str, bytes]:
    """The ledger's own files, and the program that checks them; nothing where there is none."""
    return {"verify.py": SCRIPT.read_bytes(), **ledger.shown.files} if ledger.shown else {}


def _spreadsheets(content: Mapping[str, bytes]) -> dict[str, bytes]:
    """Each table of the pack once more, by its own name, to be opened in a spreadsheet."""
    return {
        f"spreadsheets/{name.replace('/', '-')}": again_for_spreadsheets(one)
        for name, one in content.items()
        if name.endswith(".csv") and (name == LISTED or not name.startswith("evidence/"))
    }


def _moment(view: View) -> str:
    return calendar.say(reached(view).at, view.state.policy.zone)


def _guide(view: View) -> bytes:
    """The guide's own file, with the digest that the assessment recorded."""
    digest, name = view.state.guide_digest, view.guide.id
    shelves = library.shelves(Guide, view.log.folder)
    return next(shelf.content(name, digest) for shelf in shelves if name in shelf.published())


def _terms(view: View) -> bytes:
    state = view.state
    terms = {
        "area": state.area,
        "guide": state.guide,
        "guide_sha256": state.guide_digest,
        "rule": state.rule.model_dump(mode="json"),
        "policy": state.policy.model_dump(mode="json"),
        "scales": {
            item: {"lowest": scale.lowest, "highest": scale.highest}
            for item, scale in (
                (item, view.guide.scale_of(item)) for item in view.guide.descriptors
            )
        },
    }
    return (json.dumps(terms, ensure_ascii=False, indent=1) + "\n").encode()


def _sums(whole: Mapping[str, bytes]) -> bytes:
    """A line for each file as `sha256sum` writes and checks it."""
    return "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in whole.items()
    ).encode()
