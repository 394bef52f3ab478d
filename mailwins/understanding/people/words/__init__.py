"""What people say around a name, a module for each subject; data only.

A word stands under its language (ISO 639), so a new language is one more keyword in each list. Of patterns the
alternatives are given with ``|`` between them, of plain words with a space.
"""
