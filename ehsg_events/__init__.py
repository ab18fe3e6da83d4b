"""Decides: everything that can happen, and everything that can say no.

Pure functions return facts; `application` loads, decides and records; nothing edits the log.
"""
