"""Forms written: as text, as tables, as documents, and into an area's own document."""
