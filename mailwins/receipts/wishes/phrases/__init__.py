"""A piece of a sentence that is one whole phrase: all of it is understood, or nothing."""
