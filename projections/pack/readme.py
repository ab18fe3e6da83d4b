"""What an auditor reads first: what each file is, what is not in it, and how to check it."""

from __future__ import annotations

from projections.access.reached import reached
from projections.facts.view import View
from projections.figures.agreement import count
from projections.pack.facts import Facts
from projections.pack.ledger import OfLedger

PAGE = """\
Audit pack: {subject} self-assessment of {area}
As it stood at {moment}{position}.

It holds what people typed, under pseudonyms. Keep it as you keep personal data.

WHAT IS IN IT
facts.jsonl    Every fact, one JSON object a line, in the order of the log: its position, its salt
               (see below), its stream and its number there, its topic (what happened), and its
               state as it is stored: who acted, in which role, on which surface, when, and the
               fact itself. {told}
words.jsonl    The words that were typed, by the id and the SHA-256 of the sealed text that stands
               in the fact at `position`. Where `text` is null, `lost` says why: `forgotten`, by a
               fact assessment.PersonForgotten that holds this id; or the text or its key is
               missing, or what is kept is not what the fact recorded, and nobody asked for that.
trail.md, trail.csv    The same facts in plain sentences, for people and for programs.
guide/         The guide as it was when the assessment was opened. Its SHA-256 is `guide_digest` of
               the first fact and `guide_sha256` of terms.json: {digest}
terms.json     The rule by which agreement is measured, the policy of the rounds, and the lowest and
               highest score of each descriptor's scale.
models/        The tables that every figure of this assessment is taken from, recomputed from the
               facts. consensus.csv has the published figures of each closed round.
evidence/      files.csv lists the files handed in as evidence, each with what names it in its fact
               (the SHA-256 of the sealed file; of older ones of the file itself); they stand
               beside it by number and kind, for their own names name people.
spreadsheets/  The same tables, to open in a spreadsheet: a text that it would run as a formula begins
               with an apostrophe there. The other tables are for programs, and hold what people
               typed letter for letter; evidence/ holds files as they were handed in. Open neither
               in a spreadsheet that runs formulas.
statements/    {statements}
SHA256SUMS     The SHA-256 of every other file here.

WHAT IS NOT IN IT
Names of people and of files, and how people are reached: they are sealed, and a fact holds only
their id and digest. {withheld}

HOW TO CHECK IT
1. Nothing was changed since it was made:
       sha256sum --check SHA256SUMS
2. The guide is the one that was used:
       sha256sum guide/*
3. The figures follow from the facts. For each closed round and descriptor, from facts.jsonl alone:
   take of each person the newest interview.AnswerGiven or interview.AnswerAmended of the newest
   closed round in which they answered it (`score` is null for "don't know", "not my area" and
   "skip"; a skip leaves an earlier round's answer standing). Leave out who has an
   interview.InterviewWithdrawn, and the peers of another area (`peer_of`). The middle score is
   `median` of models/consensus.csv, and the number of scores its `n`. Where the rule in terms.json
   weighs agencies, each agency's scores weigh the same together. The verdict is the first of these
   that holds; a share is of the scores, or of the agencies' weight where it is they that count:
       too_few               fewer scores than `quorum_scores`
       no_quorum             fewer than `quorum_invited` of those asked (models/asked.csv) gave a
                             score, or fewer than `quorum_agencies` of their agencies are among
                             them; whose area it is not is not counted as asked
       two_camps             on the lowest third of the levels (0 and 1 of 0 to 5), and on the
                             highest third, 2 people or more and `camp_share` of the people
       not_agreed            less than `agreed_share` within one point of the middle score (on it,
                             where a scale has fewer than four levels)
       agreed_with_minority  2 people or more and `minority_share` of the people half the scale or
                             more away from it (3 points of 0 to 5)
       agreed                otherwise
{ledger}"""
LEDGER = """\
4. Nothing was altered since it was recorded. The ledger has one leaf for every fact of the whole
   log, in order, in a tree that is signed as it grows (C2SP tlog-tiles; other programs read it,
   too). With Python and nothing else:
       python3 verify.py --key '{key}'
   Compare that key with one from outside this pack: it stands at the end of newer reports, and on
   the page "Was anything altered?". Name each checkpoint that you kept of an earlier pack:
       python3 verify.py --key KEY --checkpoint FILE
   ledger/checkpoint is the one of this pack, of {size} facts, signed on {signed}: keep it.
   Without it, whoever holds the key could make all of it anew, and nothing here would show it.
   By hand, for any line of facts.jsonl: the SHA-256 of its salt, stream, version, topic and state,
   a line for each and the last without an end, stands in the leaf of its position, as text, in one
   of the files of ledger/tile/entries/, 256 leaves in each.
"""
TIMED = """\
   {times} told what time it was: times/ holds what it was told of, and the answer. With the
   certificate of that service, which is not in here, for each:
       openssl ts -verify -data times/N.txt -in times/N.tsr -CAfile CERTIFICATE
   The SHA-256 in it is of a checkpoint's first three lines, which verify.py compares with the tree:
   so all that it covers was there at that time.
"""
STATEMENTS = """\
5. Each score by itself. A file of statements/ says what the score of a descriptor is, the leaves in
   the ledger of the facts that it rests on (counted from 0: position 1 is leaf 0), the rule, the
   guide, and the checkpoint of this pack. Any program that reads DSSE checks it with the same key:
   an Ed25519 signature over the in-toto statement in it, whose subject's SHA-256 is that of `result`
   as RFC 8785 writes it. verify.py does this, too, and compares all of it with the facts. It tells
   how the panel stood: give it to nobody who may not read this pack.
"""
NO_LEDGER = """\
4. This pack has no ledger beside it, so that it cannot be checked here whether anything was altered
   before it was made.
"""


NOT_SIGNED = """\
None: where this pack was made, the key that signs them is not at hand."""
NONE_COVERED = """\
None: no score is settled yet of which the checkpoint here covers everything."""
SIGNED = """\
{count}, each in a signed envelope of its own: see step 5."""


def readme(view: View, facts: Facts, ledger: OfLedger, moment: str, statements: int | None) -> str:
    """The page of an audit pack that comes first.

    Args:
        statements: how many are signed; none where nothing signs.
    """
    return PAGE.format(
        subject=view.guide.topic.subject,
        area=view.state.area,
        moment=moment,
        position=_position(view, facts),
        told=f"{count(len(facts.told), 'fact')}.",
        digest=view.state.guide_digest,
        withheld=_withheld(facts),
        statements=_statements(statements),
        ledger=_ledger(ledger) + (STATEMENTS if statements else ""),
    )


def _ledger(ledger: OfLedger) -> str:
    if ledger.shown is None:
        return NO_LEDGER
    signed, timed = ledger.shown.signed, ledger.shown.timed
    said = LEDGER.format(
        key=ledger.shown.terms.keys[-1],
        size=signed.size,
        signed=f"{signed.at:%Y-%m-%d %H:%M} UTC",
    )
    times = f"Of {count(timed, 'checkpoint')} a service of trusted time (RFC 3161)"
    return said + (TIMED.format(times=times) if timed else "")


def _statements(many: int | None) -> str:
    if many is None:
        return NOT_SIGNED
    return SIGNED.format(count=count(many, "score")) if many else NONE_COVERED


def _position(view: View, facts: Facts) -> str:
    told = reached(view).position
    return f" (position {told} of the log)" if told and facts.place(told) else ""


def _withheld(facts: Facts) -> str:
    return f"{_of_open_round(facts)}{_of_gone(facts)}"


def _of_gone(facts: Facts) -> str:
    if not facts.of_gone:
        return ""
    return (
        " But what people said who have withdrawn is withheld for good, as they were promised: what "
        "was measured with it before cannot be recomputed from here."
    )


def _of_open_round(facts: Facts) -> str:
    if facts.first_withheld is None:
        return "No fact is withheld: no round is open."
    return (
        "What was said in a round that is still open is withheld until it closes: nobody may see "
        "it before, the coordinator neither. How much that is, is not told either: from its opening "
        "on positions are null, for more is recorded after a score than after a don't know."
    )
