"""Derives: everything that can be recomputed from the log, and nothing that cannot.

`facts` reads the log into a table, each file in `sql/` is one read model over it, `results` answers
what people ask, `report` makes the page that is signed. Deleting everything derived loses nothing.
"""
