"""Checks an audit pack with nothing but Python (3.9 or later), from the specifications alone.

    python3 verify.py [FOLDER] --key NAME+ID+BASE64 [--checkpoint EARLIER_FILE ...]

The facts of a pack are leaves of a tree of digests (RFC 6962), kept as tiles (c2sp.org/tlog-tiles).
The tree's root stands in a checkpoint (c2sp.org/tlog-checkpoint), signed (c2sp.org/signed-note) with
Ed25519 (RFC 8032). Each score has an in-toto statement of its own, in a DSSE envelope that the same key
signed (github.com/in-toto/attestation, github.com/secure-systems-lab/dsse). It ends with 0 if all holds, 1 if something does not, 2 if it cannot be told.
"""

from __future__ import annotations

import argparse
import base64
import csv
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

NO_KEY = """--key must be given, as NAME+ID+BASE64, and come from outside the pack: it is printed on the pages of
the service and on its reports. Or ask whoever runs the assessment."""
CANNOT = """What no pack proves, or this program does not look at:
- that who is named typed it: the facts are what a machine recorded, with the time of its clock;
- that no fact was left out here: one that bears on a figure is missed in step 7, others may not be;
- what words.jsonl, evidence/, trail.* and most tables say: only step 1 is about them;
- that there was a quorum, or none: step 7 compares that with what was recorded when the round
  closed, unless somebody withdrew since; and where agencies weigh the same, so it does the verdict
  and the middle score: see README.txt. It takes a scale's lowest and highest score from terms.json;
- that this program is the published one: compare its SHA-256 with one from outside the pack;
- that the key's holder did not write everything anew before the earliest checkpoint that somebody
  else kept. So keep ledger/checkpoint now, and give it with --checkpoint the next time."""
HOLDS = "All of this holds."
HOLDS_NOT = "NOT all of this holds: do not rely on this pack until what is WRONG is explained."
MOST = 5  # of what is wrong in a step are named
DAMAGE = (  # what comes of reading a file that is not what it should be
    ArithmeticError, AttributeError, csv.Error, LookupError, OSError, RecursionError, TypeError, ValueError,
)  # fmt: skip
Key = tuple[str, bytes, bytes]  # who signs, the key's id, the public key

# -- Ed25519 (RFC 8032, section 5.1): [X, Y, Z, T] is the point x = X/Z, y = Y/Z, with xy = T/Z ----
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, TURN = -121665 * pow(121666, P - 2, P) % P, pow(2, (P - 1) // 4, P)  # TURN is a root of -1
BASE = (4 * pow(5, P - 2, P) % P).to_bytes(32, "little")


def plus(p: list[int], q: list[int]) -> list[int]:
    """The sum of two points, which may be the same."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * D * p[3] * q[3], 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return [e * f % P, g * h % P, f * g % P, e * h % P]


def times(number: int, point: list[int]) -> list[int]:
    """A point added to itself so many times."""
    if not number:
        return [0, 1, 1, 0]
    rest = times(number >> 1, plus(point, point))
    return plus(rest, point) if number & 1 else rest


def point_of(encoded: bytes) -> list[int]:
    """The point that 32 bytes stand for, in the one encoding that each point has."""
    y, odd = int.from_bytes(encoded, "little") % 2**255, encoded[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * TURN % P
    if y >= P or x * x % P != square or (odd and not x):
        raise ValueError("no point of the curve")
    x = x if x & 1 == odd else P - x
    return [x, y, 1, x * y % P]


def is_signature(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a public key signed a message: s*B = R + k*A, as it stands, without the cofactor."""
    key, first, s = point_of(public), signature[:32], int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(first + public + message).digest(), "little") % ORDER
    # R is computed as s*B - k*A and compared in its encoding, so that no other encoding is taken
    opposite = [P - key[0], key[1], 1, P - key[3]]
    x, y, z, _ = plus(times(s % ORDER, point_of(BASE)), times(k, opposite))
    x, y = x * pow(z, P - 2, P) % P, y * pow(z, P - 2, P) % P
    computed = (y | (x & 1) << 255).to_bytes(32, "little")
    return len(signature) == 64 and s < ORDER and computed == first


# -- keys, signed notes and checkpoints ------------------------------------------------------------
class Checkpoint(NamedTuple):
    """Whose tree it is, how many leaves it has, and its root; what is signed of it, and by whom."""

    origin: str
    size: int
    root: bytes
    text: str
    signatures: list[list[str]]

    def is_signed(self, key: Key) -> bool:
        """Whether the key that it is named after signed it; lines of others are passed over."""
        name, number, public = key
        lines = [line for line in self.signatures if line[:2] == ["\u2014", name]]
        signed = [one[4:] for one in (bytes_of(line[2]) for line in lines) if one[:4] == number]
        text = self.text.encode()
        return self.origin == name and any(is_signature(public, text, one) for one in signed)


def bytes_of(text: str) -> bytes:
    """What base64 stands for, in its one form."""
    content = base64.b64decode(text)
    if base64.b64encode(content).decode() != text:
        raise ValueError("no base64, or not in its one form")
    return content


def key_of(word: str) -> Key:
    """A key from its one word, in which the id follows from the rest."""
    name, given, text = word.strip().split("+", 2)
    key = bytes_of(text)
    number = sha256(name.encode(), b"\n", key)[:4]
    if len(key) != 33 or key[0] != 1 or number.hex() != given:  # 1 stands for Ed25519
        raise ValueError("its parts do not belong together")
    return name, number, key[1:]


def checkpoint_of(content: bytes) -> Checkpoint:
    """The checkpoint in a file, if it has the form of one."""
    text, _, below = content.decode().rpartition("\n\n")
    origin, size, root = text.split("\n")[:3]
    if not re.fullmatch("0|[1-9][0-9]{0,17}", size) or not below.endswith("\n"):
        raise ValueError("no checkpoint")
    lines = [line.split(" ") for line in below.split("\n")]
    return Checkpoint(origin, int(size), bytes_of(root), f"{text}\n", lines)


# -- the tree (RFC 6962, section 2.1) and its tiles of 256 hashes ----------------------------------
def sha256(*parts: bytes) -> bytes:
    """The SHA-256 of parts, one after the other."""
    return hashlib.sha256(b"".join(parts)).digest()


def root_of(hashes: list[bytes]) -> bytes:
    """The root above hashes: taken two by two, and an odd one at the end goes up as it is."""
    while len(hashes) > 1:
        pairs = [hashes[at : at + 2] for at in range(0, len(hashes), 2)]
        hashes = [sha256(b"\1", *pair) if len(pair) == 2 else pair[0] for pair in pairs]
    return hashes[0] if hashes else sha256()


def path_of(level: object, number: int, width: int) -> str:
    """Where a tile lies: its number in groups of three digits, an x before all but the last."""
    path = f"{number % 1000:03}" + ("" if width == 256 else f".p/{width}")
    while number := number // 1000:
        path = f"x{number % 1000:03}/{path}"
    return f"ledger/tile/{level}/{path}"


def tiles_of(hashes: list[bytes], level: int = 0) -> Iterator[tuple[str, bytes]]:
    """Every tile above hashes; the root of a full tile is one hash of the level above."""
    rows = [hashes[at : at + 256] for at in range(0, len(hashes), 256)]
    for number, row in enumerate(rows):
        yield path_of(level, number, len(row)), b"".join(row)
    if rows:
        yield from tiles_of([root_of(row) for row in rows if len(row) == 256], level + 1)


def entries_of(bundle: bytes) -> Iterator[bytes]:
    """The leaves in a bundle, where each stands behind its length in two bytes."""
    while bundle:
        end = 2 + int.from_bytes(bundle[:2], "big")
        yield bundle[2:end]
        bundle = bundle[end:]


def leaf_of(position: int, digest: str) -> bytes:
    """The leaf of the fact at a position."""
    return f'{{"position":{position},"sha256":"{digest}"}}'.encode()


# -- the facts -------------------------------------------------------------------------------------
FACT = re.compile(
    rb'\{"position":(null|[1-9]\d{0,17}),"salt":(?:null|"([0-9a-f]{64})"),"stream":"([0-9a-f-]{36})",'
    rb'"version":([1-9]\d{0,17}),"topic":"([\w-]+\.\w+\.v\d+)","state":(\{.*\})\}'
)


class Fact(NamedTuple):
    """A fact, and the leaf that must be its own; `position` is 0 where none is told yet."""

    position: int
    leaf: bytes
    stream: bytes
    version: int
    what: str
    state: dict[str, Any]


def fact_of(line: bytes) -> Fact:
    """The fact on a line of facts.jsonl, of which each letter counts."""
    parts = FACT.fullmatch(line)
    if not parts or (parts[1] == b"null") != (parts[2] is None):
        raise ValueError(f"no fact: {line[:60]!a}")
    position = int(parts[1].replace(b"null", b"0"))
    leaf = leaf_of(position, sha256(b"\n".join((parts[2] or b"", *parts.group(3, 4, 5, 6)))).hex())
    return Fact(position, leaf, parts[3], int(parts[4]), parts[5].decode(), json.loads(parts[6]))


def figure(cell: str) -> float | None:
    """The number in a cell of a table, if there is one."""
    return float(cell) if cell else None


def is_other_verdict(row: dict[str, str], then: dict[str, Any] | None) -> bool:
    """Whether a row has another verdict than was recorded then, of the same people."""
    # where somebody withdrew or was released since, there is nothing to compare it with
    same = then and all(figure(row[name]) == then[name] for name in ("n", "invited", "median"))
    return bool(then and same and then["verdict"] != row["verdict"])


class Said(NamedTuple):
    """What bears on figures: each round's items, the closed ones, who does not count, the answers."""

    items: dict[int, list[str]]
    closed: set[int]
    out: set[str]
    answers: dict[tuple[str, str], dict[int, dict[str, Any]]]  # by item and person, then by round
    measured: dict[tuple[int, str], dict[str, Any]]  # what was recorded when a round closed


def said_in(facts: list[Fact]) -> Said:
    """What the facts say that bears on figures, the newest where something is said again."""
    said = Said({}, set(), set(), {}, {})
    for at, what, state in ((one.position, one.what.split(".")[1], one.state) for one in facts):
        number, who, about = state.get("round", 0), state.get("stakeholder", ""), state["fact"]
        if what == "RoundOpened" and about["kind"] != "peer-review":
            said.items[number] = about["items"]
        elif what == "RoundClosed" and number in said.items:
            said.closed.add(number)
        elif what == "RoundReopened":
            said.closed.discard(number)
        elif what == "RoundMeasured":
            said.measured.update({(number, one["item"]): one for one in about["measures"]})
        elif what == "InterviewWithdrawn" or about.get("peer_of"):
            said.out.add(who or about.get("stakeholder") or about["corrected"])
        elif what in {"AnswerGiven", "AnswerAmended"}:
            said.answers.setdefault((about["item"], who), {})[number] = {**about, "at": at}
    return said


def counted(said: Said, number: int) -> dict[str, list[dict[str, Any]]]:
    """The answers with a score that stood after a closed round, by the items asked until then."""
    upto = {one for one in said.closed if one <= number}
    found: dict[str, list[dict[str, Any]]] = {i: [] for one in upto for i in said.items[one]}
    for (item, who), rounds in said.answers.items():
        # the newest answer stands, but a skip only where there is no other
        heard = [(rounds[one]["kind"] != "skip", one) for one in upto & rounds.keys()]
        stands = rounds[max(heard)[1]] if heard else {"score": None}
        if stands["score"] is not None and who not in said.out and item in found:
            found[item].append(stands)
    return found


def figures_of(said: Said) -> dict[tuple[int, str], tuple[int, float | None]]:
    """How many scores stood after each closed round on each item, and their median over people."""
    every = {(n, item): one for n in said.closed for item, one in counted(said, n).items()}
    scores = {at: [one["score"] for one in answers] for at, answers in every.items()}
    return {at: (len(found), median(found) if found else None) for at, found in scores.items()}


def verdict_of(scores: list[int], rule: dict[str, Any], scale: dict[str, int]) -> str:
    """What a rule by which people weigh the same calls the scores on a scale, of a quorum."""
    n, lowest, highest = len(scores), scale["lowest"], scale["highest"]
    if not n or n < rule["quorum_scores"]:
        return "too_few"
    levels, middle = highest - lowest + 1, median(scores)
    third, near, far = max(1, levels // 3), int(levels > 3), max(1, levels // 2)
    low, high = (sum(s < lowest + third for s in scores), sum(s > highest - third for s in scores))
    if min(low, high) >= max(2, rule["camp_share"] * n):
        return "two_camps"
    if sum(abs(score - middle) <= near for score in scores) / n < rule["agreed_share"]:
        return "not_agreed"
    minority = sum(abs(score - middle) >= far for score in scores)
    return "agreed_with_minority" if minority >= max(2, rule["minority_share"] * n) else "agreed"


# -- the scores, each with a statement of its own --------------------------------------------------
SETTLING = {"OutcomeAdopted": "adopted", "OutcomeModerated": "moderated", "OutcomeSetAside": ""}
KIND, FORM = "application/vnd.in-toto+json", "https://in-toto.io/Statement/v1"
SAYS = "urn:uuid:6f1fdc93-f3e2-426d-95b7-c3149ddf49cc#score-v1"


def canonical(value: object) -> bytes:
    """JSON in the one form of RFC 8785, as long as no number in it has many digits."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def payload_of(content: bytes, keys: list[Key]) -> bytes:
    """What an envelope holds, if one of the keys signed it."""
    envelope = json.loads(content)
    payload, (signature,) = bytes_of(envelope["payload"]), envelope["signatures"]
    told = b"DSSEv1 %d %b %d %b" % (len(KIND), KIND.encode(), len(payload), payload)
    named = [key for key in keys if signature["keyid"] == f"{key[0]}+{key[1].hex()}"]
    signed = any(is_signature(key[2], told, bytes_of(signature["sig"])) for key in named)
    if envelope["payloadType"] != KIND or not signed or canonical(envelope) + b"\n" != content:
        return b""
    return payload


class Settled(NamedTuple):
    """How each item's score was reached, and that fact; where closes, measures and scores stand."""

    scores: dict[str, tuple[str, dict[str, Any]]]
    places: dict[tuple[Any, ...], int]

    def rests_on(self, said: Said, item: str, number: int) -> list[int]:
        """The positions of the answers that counted, a round's close, the newest measure, the score."""
        answers = {one["at"] for one in counted(said, number).get(item, ())}
        of_it = [at for at in self.places if at[0] == "measure" and at[2] == item]
        by_then = [at for at in of_it if at[1] <= number]
        panel = [("score", item), *([("close", number)] if number else []), *sorted(by_then)[-1:]]
        return sorted({*answers, *(self.places[at] for at in panel)})


def settled_in(facts: list[Fact]) -> Settled:
    """What the facts say of scores, the newest where something is said again."""
    found = Settled({}, {})
    for at, what, state in ((one.position, one.what.split(".")[1], one.state) for one in facts):
        if what in SETTLING:
            found.scores[state["item"]] = SETTLING[what], state["fact"]
            found.places["score", state["item"]] = at
        elif what == "RoundClosed":
            found.places["close", state["round"]] = at
        elif what == "RoundMeasured":
            for one in state["fact"]["measures"]:
                found.places["measure", state["round"], one["item"]] = at
    return found


# -- the steps: what each says holds, and yields where it does not ---------------------------------
class Pack:
    """A pack's folder, the keys that may have signed, and the checkpoints that were kept."""

    def __init__(self, folder: Path, keys: list[Key], kept: list[Path]) -> None:
        self.keys, self.kept, self.reading = keys, kept, ""
        paths = (path for path in folder.rglob("*") if not path.is_dir())
        self.files = {path.relative_to(folder).as_posix(): path for path in paths}

    def read(self, name: str) -> bytes:
        """What is in a file, whose name is remembered in case that it is damaged."""
        self.reading = name
        return self.files[name].read_bytes()

    @cached_property
    def head(self) -> Checkpoint:
        """The checkpoint that came with the pack."""
        return checkpoint_of(self.read("ledger/checkpoint"))

    @cached_property
    def bundles(self) -> dict[str, list[bytes]]:
        """The leaves, by the file that they lie in."""
        size, found = self.head.size, {}
        for first in range(0, size, 256):
            width = min(256, size - first)
            path = path_of("entries", first // 256, width)
            found[path] = [*entries_of(self.read(path))]
            if len(found[path]) != width:
                raise ValueError(f"it does not hold {width} leaves")
        return found

    @cached_property
    def leaves(self) -> list[bytes]:
        """Every leaf, in order."""
        return [leaf for bundle in self.bundles.values() for leaf in bundle]

    @cached_property
    def facts(self) -> list[Fact]:
        """Every fact, in order."""
        return [fact_of(line) for line in self.read("facts.jsonl").splitlines()]

    @cached_property
    def said(self) -> Said:
        """What the facts say that bears on figures."""
        return said_in(self.facts)

    @cached_property
    def settled(self) -> Settled:
        """What the facts say of scores."""
        return settled_in(self.facts)

    def files_stand(self) -> Iterator[str]:
        """Every file is as SHA256SUMS lists it, and none is missing or more."""
        lines = self.read("SHA256SUMS").decode().splitlines()
        listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
        for name in sorted((listed.keys() | self.files.keys()) - {"SHA256SUMS"}):
            if name not in self.files or sha256(self.read(name)).hex() != listed.get(name):
                yield f"{name!a} was altered, added or taken away after the pack was made"

    def head_is_signed(self) -> Iterator[str]:
        """The checkpoint is signed with the key."""
        if not self.head.is_signed(self.keys[0]):
            yield "it is of another ledger, or whoever made or altered it does not hold the key"

    def tree_stands(self) -> Iterator[str]:
        """The whole tree follows from its leaves, and its root is the one that was signed."""
        for position, leaf in enumerate(self.leaves, 1):
            digest = leaf[-66:-2].decode("ascii", "replace")
            if leaf != leaf_of(position, digest) or not re.fullmatch("[0-9a-f]{64}", digest):
                yield f"the leaf of position {position} was altered"
        hashes = [sha256(b"\0", leaf) for leaf in self.leaves]
        tiles, known = dict(tiles_of(hashes)), {"ledger/checkpoint", *self.bundles}
        lying = {name for name in self.files if name.startswith("ledger/")} - known
        for name in sorted(lying | tiles.keys()):
            if name not in self.files or self.read(name) != tiles.get(name):
                yield f"{name!a} does not follow from the leaves: one of the two was altered"
        if len(hashes) != self.head.size or root_of(hashes) != self.head.root:
            yield "the leaves have another root: some were altered, added or taken away"

    def log_goes_on(self) -> Iterator[str]:
        """The log goes on from every checkpoint that was kept, and every one whose time was told."""
        for path in self.kept:
            self.reading = str(path)
            kept = checkpoint_of(path.read_bytes())
            root = root_of([sha256(b"\0", leaf) for leaf in self.leaves[: kept.size]])
            if kept.origin != self.head.origin or not any(map(kept.is_signed, self.keys)):
                yield f"{self.reading!a} is of another ledger, or not signed with the key"
            elif kept.size > self.head.size:
                yield f"{self.reading!a} has {kept.size} facts, this one less: they were taken back"
            elif root != kept.root:
                yield f"{self.reading!a} has another root: what was recorded was rewritten since"
        for name in sorted(self.files):
            if name.startswith("times/") and name.endswith(".txt"):
                origin, size, stamped, _ = self.read(name).decode().split("\n")
                first = [sha256(b"\0", leaf) for leaf in self.leaves[: int(size)]]
                if origin != self.head.origin or bytes_of(stamped) != root_of(first):
                    yield f"{name!a} is no beginning of this tree"

    def facts_stand(self) -> Iterator[str]:
        """Every fact that has a position is, letter for letter, what was recorded there."""
        for fact in self.facts:
            if fact.position and self.leaves[fact.position - 1 : fact.position] != [fact.leaf]:
                yield f"position {fact.position}, {fact.what}, was altered, or is not in the tree"

    def order_stands(self) -> Iterator[str]:
        """The facts stand in order, at times that never fall, without a gap in an interview."""
        last, at, versions = 0, "", Counter[bytes]()
        for line, fact in enumerate(self.facts, 1):
            stamp = fact.state["at"].rstrip("Z")  # all are in UTC; with a fraction it is later
            versions[fact.stream] += 1
            gap = fact.what.startswith("interview.") and fact.version != versions[fact.stream]
            if gap or stamp < at or 0 < fact.position <= last:
                yield f"line {line} of facts.jsonl does not follow on what stands before it"
            last, at = fact.position or sys.maxsize, stamp  # after one without, all are without

    @cached_property
    def rows(self) -> list[tuple[tuple[int, str], dict[str, str]]]:
        """The rows of models/consensus.csv, each with its round and item."""
        rows = csv.DictReader(self.read("models/consensus.csv").decode().splitlines())
        return [((int(row["round"]), row["item"]), row) for row in rows]

    @cached_property
    def terms(self) -> dict[str, Any]:
        """What is in terms.json."""
        found: dict[str, Any] = json.loads(self.read("terms.json"))
        return found

    def figures_stand(self) -> Iterator[str]:
        """The guide and the rule are those of the facts, and models/consensus.csv follows from them."""
        about = [(fact.what.split(".")[1], fact.state["fact"]) for fact in self.facts]
        ruled = [fact for what, fact in about if what in {"AssessmentOpened", "TermsChosen"}]
        rule, opened = self.terms["rule"], ruled[0]
        if rule != ruled[-1]["rule"]:
            yield "terms.json has another rule than the facts"
        guide = sha256(self.read(f"guide/{opened['guide']}.yaml")).hex()
        named = opened["guide"], opened["guide_digest"]
        if guide != named[1] or (self.terms["guide"], self.terms["guide_sha256"]) != named:
            yield "the guide is not the one that the first fact names"
        said = self.said
        found = figures_of(said)
        middles = ["median_by_people", *(["median"] if rule["weights"] == "people" else [])]
        for at, row in self.rows:
            n, middle = found.pop(at, (None, None))
            if int(row["n"]) != n or any(figure(row[name]) != middle for name in middles):
                yield f"{at[1]} in round {at[0]} has other figures than its scores in the facts"
            elif is_other_verdict(row, said.measured.get(at)):
                yield f"{at[1]} in round {at[0]} was recorded with another verdict"
            elif rule["weights"] == "people" and row["verdict"] != "no_quorum":
                scores = [one["score"] for one in counted(said, at[0])[at[1]]]
                if row["verdict"] != verdict_of(scores, rule, self.terms["scales"][at[1]]):
                    yield f"{at[1]} in round {at[0]} has another verdict than follows by the rule"
        yield from (f"{at[1]} in round {at[0]} is left out" for at, (n, _) in found.items() if n)

    @cached_property
    def statements(self) -> list[str]:
        """The names of the statements."""
        return sorted(name for name in self.files if name.startswith("statements/"))

    def statements_stand(self) -> Iterator[str]:
        """Each statement is signed, and says of one score what this pack holds, and all of it."""
        scores = self.settled.scores
        for name in self.statements:
            payload = payload_of(self.read(name), self.keys)
            item = name[len("statements/") : -len(".dsse.json")]
            if not payload:
                yield f"{name!a} was altered, or whoever made it does not hold the key"
            elif not scores.get(item, ("", {}))[0]:
                yield f"{name!a} is of a score that does not stand in the facts"
            else:
                told, known = json.loads(payload), self.statement(item)
                known["predicate"]["engine"] = told["predicate"]["engine"]  # nothing here tells it
                for one in sorted(told["predicate"].keys() | known["predicate"].keys()):
                    if told["predicate"].get(one) != known["predicate"].get(one):
                        yield f"{name!a} has another {one!a} than this pack"
                if told != {**known, "predicate": told["predicate"]}:
                    yield f"{name!a} is not about what it says, or not of this form"

    def statement(self, item: str) -> dict[str, Any]:
        """What a statement must say of an item's score."""
        opened, said, settled = self.facts[0].state["fact"], self.said, self.settled
        asked = any(item in said.items[one] for one in said.closed)
        number = max(said.closed) if asked else 0
        reached, about = settled.scores[item]
        nothing = {"median": "", "verdict": "not_measured"}
        row = dict(self.rows)[number, item] if number else nothing
        middle = figure(row["median"])
        result = {
            "area": opened["area"],
            "guide": opened["guide"],
            "item": item,
            "level": about["level"],
            "score": about["score"],
            "reached": reached,
            "round": number or None,
            "n": len(counted(said, number).get(item, ())),
            "median": middle if middle is None or middle % 1 else int(middle),
            "verdict": row["verdict"],
        }
        subject = f"{opened['area']}/{opened['guide']}/{item}"
        digest = {"sha256": sha256(canonical(result)).hex()}
        guide = {"name": opened["guide"], "digest": {"sha256": opened["guide_digest"]}}
        root = base64.b64encode(self.head.root).decode()
        predicate = {
            "result": result,
            "ledger": {"origin": self.head.origin, "size": self.head.size, "root": root},
            "leaves": [position - 1 for position in settled.rests_on(said, item, number)],
            "method": {"rule": self.terms["rule"], "guide": guide},
        }
        about_it = [{"name": subject, "digest": digest}]
        return {"_type": FORM, "subject": about_it, "predicateType": SAYS, "predicate": predicate}

    def bounds(self) -> Iterator[str]:
        """How far what holds reaches: from when on, and to which facts."""
        sizes = [checkpoint_of(path.read_bytes()).size for path in self.kept]
        if sizes:
            yield f"The first {min(sizes)} facts of the log stand since that checkpoint was kept,"
            yield f"and all {self.head.size} since the one in this pack was signed."
        else:
            yield "No earlier checkpoint was given, so step 4 looked at nothing: all this was signed"
            yield "with the key, but whoever holds it may have written all of it anew just before."
        scores = sum(bool(reached) for reached, _ in self.settled.scores.values())
        yield f"{len(self.statements)} of {scores} scores have a signed statement."
        without = sum(not fact.position for fact in self.facts)
        if without:
            yield f"{without} of {len(self.facts)} facts have no position, as it is while a round is open:"
            yield "NOTHING here vouches for these, nor for figures that rest on them. Ask for a pack"
            yield "that is made once the round is closed; and if none was open, ask why."


STEPS = (
    Pack.files_stand, Pack.head_is_signed, Pack.tree_stands, Pack.log_goes_on, Pack.facts_stand,
    Pack.order_stands, Pack.figures_stand, Pack.statements_stand,
)  # fmt: skip


def say(line: str) -> None:
    """Write a line."""
    sys.stdout.write(f"{line}\n")


def checked(pack: Pack) -> int:
    """Every step of a pack, and what they come to."""
    code = 0
    for number, step in enumerate(STEPS, 1):
        try:
            wrong = [*step(pack)]
        except DAMAGE as no:
            code, wrong = 2, [f"{pack.reading!a} is missing or damaged: {no!a}"]
        code = max(code, bool(wrong))
        nothing = step is Pack.log_goes_on and not pack.kept
        nothing = nothing or (step is Pack.statements_stand and not pack.statements)
        say(f"{number} {'WRONG' if wrong else '-    ' if nothing else 'ok   '}  {step.__doc__}")
        for one in wrong[:MOST]:
            say(f"         {one}")
        if len(wrong) > MOST:
            say(f"         and {len(wrong) - MOST} more like these")
    say(f"\n{HOLDS_NOT if code else HOLDS}")
    for line in [] if code else pack.bounds():
        say(line)
    say(CANNOT)
    return code


def main() -> int:
    """One pack, as the command line names it."""
    words = argparse.ArgumentParser(description="Checks an audit pack, and says what it rests on.")
    words.add_argument("folder", nargs="?", type=Path, default=Path(), help="the unpacked pack")
    words.add_argument(
        "--key", action="append", default=[], help="today's first, then earlier ones"
    )
    words.add_argument("--checkpoint", nargs="+", action="extend", type=Path, default=[])
    given = words.parse_args()
    try:
        keys = [key_of(word) for word in given.key]
    except DAMAGE:
        keys = []
    if not keys:
        words.error(NO_KEY)
    if not given.folder.is_dir():
        words.error(f"{str(given.folder)!a} is no folder: unpack the zip file first.")
    return checked(Pack(given.folder, keys, given.checkpoint))


if __name__ == "__main__":
    sys.exit(main())
