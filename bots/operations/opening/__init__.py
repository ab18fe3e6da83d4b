"""Before anybody is asked: the assessment, its terms, what is the area's own, what was handed in."""
