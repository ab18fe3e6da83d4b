"""The files that forms come in, beside text: JSON, spreadsheets, DOCX and PDF."""
