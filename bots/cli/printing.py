"""What a command prints: sentences for people, one JSON document for programs, notes on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any


def print_json(document: Any) -> None:
    """Print one JSON document on stdout, the same bytes for the same content."""
    print(json.dumps(document, ensure_ascii=False, indent=1))


def warn(sentences: Iterable[str]) -> None:
    """Print sentences for people on stderr, apart from what programs read."""
    for sentence in sentences:
        print(f"Note: {sentence}", file=sys.stderr)


def tell(sentence: str, document: Any, *, as_json: bool) -> None:
    """Print what was done: a sentence, or the document when a program asked."""
    if as_json:
        print_json(document)
    else:
        print(sentence)
