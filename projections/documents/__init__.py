"""Documents: one set of plain values, written as HTML, Markdown, DOCX and PDF."""
