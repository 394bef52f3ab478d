"""The words of each language, as ``lexicon`` looks them up: a new language is one file here and one line there.

The keys are meanings; "field:", "act:" and "ref:" say which behind the colon. The words stand as a person writes
them, with their accents; ``lexicon`` folds them. Both sides of a ``|`` mean the same.
"""
