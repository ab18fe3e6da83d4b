"""Look for known holes in what we install: `python tests/long/advisories.py`.

Needs `python -m pip install pip-audit`, which no other test asks for, and a machine that reaches a list of
advisories. It ends with 0 where every package was looked at and none has a known hole, with 1 where one
has, and with 2 where some or all could not be looked at: that is never taken for good news.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LOCKS = ("run", "dev")
SERVICES = ("pypi", "osv")  # the second where the first says nothing
GOOD, HOLES, NOT_LOOKED = 0, 1, 2


def main() -> int:
    """Look at both locks, and say what was found."""
    if importlib.util.find_spec("pip_audit") is None:
        print("Not audited: pip-audit is not installed (python -m pip install pip-audit).")
        return NOT_LOOKED
    return max((_look(lock) for lock in LOCKS), key=(GOOD, NOT_LOOKED, HOLES).index)


def _look(lock: str) -> int:
    for service in SERVICES:
        lines, code = told(_asked(lock, service))
        if code != NOT_LOOKED:
            break
    print(f"requirements/{lock}.lock, by {service}:", *lines, sep="\n  ")
    return code


def _asked(lock: str, service: str) -> Mapping[str, Any]:
    """What pip-audit found; nothing where it did not come so far."""
    wanted = ["--requirement", str(ROOT / "requirements" / f"{lock}.lock")]
    options = ["--disable-pip", "--require-hashes", "--format", "json", "--progress-spinner", "off"]
    service_of = ["--vulnerability-service", service]
    command = [sys.executable, "-m", "pip_audit", *wanted, *options, *service_of]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found: Mapping[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {"failed": (done.stderr.strip().splitlines() or ["no answer"])[-1]}
    return found


def told(found: Mapping[str, Any]) -> tuple[list[str], int]:
    """What was found in lines, and what it comes to."""
    packages = found.get("dependencies", [])
    holes = [line for one in packages for line in _holes(one)]
    unseen = [one for one in packages if "skip_reason" in one]
    looked_at = len(packages) - len(unseen)
    if not looked_at:
        reason = unseen[0]["skip_reason"] if unseen else found.get("failed", "no answer")
        return [f"Not audited: no list of advisories was reached ({reason})."], NOT_LOOKED
    lines = [*holes, f"{looked_at} packages looked at, {len(holes)} known holes."]
    if unseen:
        names = ", ".join(one["name"] for one in unseen)
        lines.append(f"Not looked at: {names}.")
    return lines, HOLES if holes else NOT_LOOKED if unseen else GOOD


def _holes(package: Mapping[str, Any]) -> Iterator[str]:
    for hole in package.get("vulns", []):
        mended = ", ".join(hole["fix_versions"]) or "no version yet"
        yield f"{package['name']} {package['version']}: {hole['id']}, mended in {mended}"


if __name__ == "__main__":
    sys.exit(main())
