"""First steps: the guides, an assessment, its panel, its policy, a rehearsal."""
