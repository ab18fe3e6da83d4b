"""The interview on the web: a page for each score and one for its words; no JavaScript, no cookie."""
