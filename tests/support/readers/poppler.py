"""Readers of documents that are not ours: poppler opens the PDF that we write."""

from __future__ import annotations

import html
import re
import shutil
import subprocess

import pytest

with_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None,
    reason="there is no poppler here (apt-get install poppler-utils); .ci/run installs it",
)


def text_of(pdf: bytes) -> str:
    """A PDF's text in the order it is read, as poppler sees it."""
    return _read("pdftotext", "-layout", "-", "-", given=pdf)


def pages_of(pdf: bytes) -> list[str]:
    """A PDF's text page by page."""
    return text_of(pdf).split("\f")


def places_of(pdf: bytes) -> list[tuple[str, float, float]]:
    """Every word of a PDF, and how far from the left and from the top its page shows it."""
    read = _read("pdftotext", "-bbox", "-", "-", given=pdf)
    found = re.findall(r'<word xMin="([^"]*)" yMin="([^"]*)"[^>]*>([^<]*)</word>', read)
    return [(html.unescape(word), float(left), float(top)) for left, top, word in found]


def structure_of(pdf: bytes) -> str:
    """A PDF's tags with what they hold, as poppler sees them."""
    return _read("pdfinfo", "-struct-text", "-", given=pdf)


def _read(*words: str, given: bytes) -> str:
    done = subprocess.run(words, input=given, check=True, capture_output=True, timeout=60)
    return done.stdout.decode(errors="replace")  # poppler prints a heading's name in UTF-16
