"""An auditor with nothing but an audit pack and plain Python: recomputes every published figure.

Nothing here imports the product, and nothing may: it reads the README's rules and the files.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

Figures = dict[
    tuple[int, str], tuple[int, float | None, str]
]  # by round and item: n, median, verdict
SAYS = ("interview.AnswerGiven.v1", "interview.AnswerAmended.v1")


class Auditor:
    """Reads a folder into which an audit pack was unpacked."""

    def __init__(self, folder: Path) -> None:
        lines = (folder / "facts.jsonl").read_text(encoding="utf-8").splitlines()
        self.facts = [json.loads(line) for line in lines]
        self.rule = json.loads((folder / "terms.json").read_text(encoding="utf-8"))["rule"]
        people = self.of("assessment.StakeholderAdded.v1")
        self.agency = {
            state["fact"]["stakeholder"]: state["fact"]["agency"]
            for state in people
            if not state["fact"]["peer_of"]
        }
        left = self.of("interview.InterviewWithdrawn.v1")
        self.withdrawn = {state["stakeholder"] for state in left}

    def of(self, *topics: str) -> list[dict[str, Any]]:
        """The states of all facts of some topics, in order."""
        return [fact["state"] for fact in self.facts if fact["topic"] in topics]

    def figures(self) -> Figures:
        """What follows for every closed round and every descriptor that it or an earlier one asked."""
        closed = [state["round"] for state in self.of("round.RoundClosed.v1")]
        found: Figures = {}
        for number in closed:
            earlier = [one for one in self.of("round.RoundOpened.v1") if one["round"] <= number]
            for item in {item for one in earlier for item in one["fact"]["items"]}:
                found[number, item] = self._judged(number, item)
        return found

    def _judged(self, number: int, item: str) -> tuple[int, float | None, str]:
        stands = self._standing(number, item)
        scores = {who: said["score"] for who, said in stands.items() if said["score"] is not None}
        asked = {who for who in self._asked(number, item) | set(stands) if who in self.agency}
        wanted = {w for w in asked if stands.get(w, {}).get("kind") != "not-my-area"}
        middle = self._middle(scores)
        return len(scores), middle, self._verdict(scores, wanted, middle)

    def _standing(self, number: int, item: str) -> dict[str, dict[str, Any]]:
        """What each person said last, a skip only where they said nothing else before."""
        said: dict[str, dict[int, dict[str, Any]]] = {}
        for state in self.of(*SAYS):
            about, who = state["fact"], state["stakeholder"]
            if about["item"] == item and state["round"] <= number and who in self.agency:
                said.setdefault(who, {})[state["round"]] = about
        return {
            who: max(rounds.items(), key=lambda one: (one[1]["kind"] != "skip", one[0]))[1]
            for who, rounds in said.items()
            if who not in self.withdrawn
        }

    def _asked(self, number: int, item: str) -> set[str]:
        invited = self.of("round.StakeholderInvited.v1")
        return {
            one["fact"]["invited"]
            for one in invited
            if one["round"] <= number and item in one["fact"]["items"]
        }

    def _weights(self, scores: dict[str, int]) -> dict[str, Fraction]:
        """Each person the same, or each agency."""
        many = Counter(self.agency[who] for who in scores)
        alike = self.rule["weights"] == "agencies"
        return {who: Fraction(1, many[self.agency[who]] if alike else 1) for who in scores}

    def _middle(self, scores: dict[str, int]) -> float | None:
        """The score on which half the weight is reached; the midpoint where it is split in half."""
        weights = self._weights(scores)
        half = sum(weights.values(), Fraction()) / 2
        reached, upto = [], Fraction()
        for score in sorted(set(scores.values())):
            upto += sum(weights[who] for who in scores if scores[who] == score)
            reached.append((upto, score))
        if not reached:
            return None
        low = next(score for upto, score in reached if upto >= half)
        high = next((score for upto, score in reached if upto > half), low)
        return (low + high) / 2

    def _verdict(self, scores: dict[str, int], asked: set[str], middle: float | None) -> str:
        rule, many = self.rule, len(scores)
        agencies = len({self.agency[who] for who in asked})
        if middle is None or many < rule["quorum_scores"]:
            return "too_few"
        heard = len({self.agency[who] for who in scores})
        if many < rule["quorum_invited"] * len(asked) or heard < rule["quorum_agencies"] * agencies:
            return "no_quorum"
        low, high = (sum(s <= 1 for s in scores.values()), sum(s >= 4 for s in scores.values()))
        if min(low, high) >= max(2, rule["camp_share"] * many):
            return "two_camps"
        weights = self._weights(scores)
        near = sum((weights[who] for who in scores if abs(scores[who] - middle) <= 1), Fraction())
        if near / sum(weights.values(), Fraction()) < rule["agreed_share"]:
            return "not_agreed"
        far = sum(abs(score - middle) >= 3 for score in scores.values())
        return "agreed_with_minority" if far >= max(2, rule["minority_share"] * many) else "agreed"


def published(folder: Path) -> Figures:
    """The figures that the pack itself says were published."""
    with (folder / "models/consensus.csv").open(encoding="utf-8", newline="") as file:
        return {
            (int(row["round"]), row["item"]): (
                int(row["n"]),
                float(row["median"]) if row["median"] else None,
                row["verdict"],
            )
            for row in csv.DictReader(file)
        }
