"""Before anybody is asked: the assessment, its terms, what was handed in elsewhere."""
