"""What stands in facts and never changes: hours, rules, evidence, exposure, measures."""
