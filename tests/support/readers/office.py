"""Readers of files that are not ours: LibreOffice opens what we write, and says what it read."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

SOFFICE = shutil.which("soffice")
LEFT_OUT = (
    "there is no LibreOffice here (apt-get install libreoffice-calc-nogui "
    "libreoffice-writer-nogui); .ci/run installs it"
)
with_libreoffice = pytest.mark.skipif(SOFFICE is None, reason=LEFT_OUT)
# commas, quotes, UTF-8, from the first line, cells as they are shown, and every sheet to its own file
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
TEXT = "txt:Text (encoded):UTF8"


def converted(files: Mapping[str, bytes], to: str) -> dict[str, bytes]:
    """Files as LibreOffice reads them and writes them again, by their new names.

    A start takes a second or two: give it all files at once.

    Args:
        files: by name; the ending says what a file is.
        to: what LibreOffice is to write: `CSV` (a sheet is `NAME-SHEET.csv`), `TEXT`, or `pdf`.
    """
    with TemporaryDirectory() as made:
        here = Path(made)
        for name, content in files.items():
            (here / name).write_bytes(content)
        own = f"-env:UserInstallation=file://{here}/profile"
        words = [own, "--headless", "--convert-to", to, "--outdir", f"{here}/out"]
        subprocess.run(
            [SOFFICE or "soffice", *words, *(str(here / name) for name in files)],
            check=True,
            capture_output=True,
            timeout=100,
        )
        return {file.name: file.read_bytes() for file in (here / "out").iterdir()}
