"""What people say, a module for each subject with all its languages; data, and the smallest questions about it.

Patterns meet letters in lower case without accents (``folding.flatten``). ``languages`` holds what single words mean,
as ``lexicon`` looks them up; Japanese, which has no spaces, has its room of its own (``wishes.japanese``).
"""
