"""A sentence by what its clauses mention: for what is said more freely than any list of phrases."""
