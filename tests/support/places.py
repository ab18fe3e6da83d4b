"""Where things lie: the project, its tests, and the files that are tests themselves."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parent.parent
ROOT = TESTS.parent
