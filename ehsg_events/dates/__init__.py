"""Working days and office hours, and how a time is said."""
