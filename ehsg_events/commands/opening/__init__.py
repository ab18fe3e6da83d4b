"""Before anybody is asked: the steps in which an assessment is set up, each a fact of its own."""
