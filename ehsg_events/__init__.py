"""Decides: everything that can happen, and everything that can say no.

Pure functions return facts; `commands` loads, decides and records; nothing edits the log.
"""

__version__ = "0.6.0"
