"""What a member's plain reply to a receipt asks for. Knows words, not wins: ``corrections`` decides what comes of them.

A wish is taken only where a clause says it wholly; everything else is handed back verbatim in
``Reply.left``. Patterns are matched against letters without accents in lower case, values are cut
from the text as it was typed. ``reading`` is where to start; what people say for share, delete and
the like is in ``verbs``, for fields in ``vocabulary``.
"""

from mailwins.receipts.wishes.reading import read_reply
from mailwins.receipts.wishes.sentences import own_words
from mailwins.receipts.wishes.wish import Reply, Wish

__all__ = ["Reply", "Wish", "own_words", "read_reply"]
