"""Derives: everything that can be recomputed from the log, and nothing that cannot.

`log` loads facts into a table, each file in `sql/` is one read model over it, `queries` answers what
people ask, `report` makes the page that is signed. Deleting it all loses nothing.
"""
