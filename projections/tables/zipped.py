"""Files packed in one zip file: the same content gives the same bytes, whatever the time is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)  # the earliest time that a zip file can hold
READABLE = 0o100644 << 16  # the mode of a plain file on Unix


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip file of some files, by name and in this order."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as packed:
        for name, content in files.items():
            entry = ZipInfo(name, LONG_AGO.timetuple()[:6])
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, READABLE
            packed.writestr(entry, content)
    return buffer.getvalue()
