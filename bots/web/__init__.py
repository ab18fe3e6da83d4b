"""The interview on the web: one question a page, at a personal link; no JavaScript, no cookie."""
