"""Words: questionnaires as versioned data. This package imports nothing of ours."""
