"""Every decision a stakeholder can take in an interview, and every rule that can refuse it."""
