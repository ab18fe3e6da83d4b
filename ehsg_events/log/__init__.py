"""The log itself: facts, sealed texts and keys, recorded in one transaction."""
