"""Others who vouch for the ledger: witnesses that cosign it, and a service that says what time it was."""
