"""Tables of plain values, described once and written as XLSX, as CSV with its schema, and as JSON."""
