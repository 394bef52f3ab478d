"""What a member's plain reply to a receipt asks for. Knows words, not wins: ``corrections`` decides what comes of them.

A wish is taken only where a clause says it wholly; everything else is handed back verbatim in
``Reply.left``. Patterns are matched against letters without accents in lower case, values are cut from the text as it
was typed. The words flow one way:

    reply       the course of a whole reply: lines, sentences, then all of it together
     ├ lines, inline, sentences, addresses    her own words, and where in the quoted receipt they stand
     ├ reader   a sentence: the steps that may settle it, in their order
     │  ├ phrases/   whole phrases: fields, acts, frames, answers       (a piece is understood wholly or not at all)
     │  ├ clauses/   what clauses mention, and when that is evidence    (what is said more freely)
     │  └ japanese, slips
     ├ vetting  a sentence's wishes, weighed against all that it says
     └ settling second thoughts, answers in free words, one value a field
    words/      what people say: a module a subject, a file a language; data for all of the above
"""

from mailwins.receipts.wishes.folding import flatten
from mailwins.receipts.wishes.wish import About, Reply, Wish


def read_reply(
    text: str,
    *,
    asked: str | None = None,
    options: tuple[str, ...] = (),
    win_ids: tuple[int, ...] = (),
    kinds: tuple[str, ...] = (),
    names: tuple[str, ...] = (),
    accounts: tuple[str, ...] = (),
    whole: str | None = None,
    colleagues: tuple[str, ...] = (),
) -> Reply:
    """What *text* asks for.

    *asked* is the field of the receipt's open question and *options* its choices. *win_ids* are
    the wins of the receipt in their order: only with several of them does a bare number or
    "the second" name one. *kinds* are the company's own names of categories, *names* what the
    sender is called (to find a signature), *accounts* the names that need no capital to be known.
    *whole* is the mail with what it quotes, where *text* is only a part of it. *colleagues* are names of people
    who can be no contact.
    """
    # Its patterns take longer to compile than most commands run, so they wait for the first reply.
    from mailwins.receipts.wishes import reply

    about = About(
        asked,
        options,
        win_ids,
        tuple(flatten(k) for k in kinds),
        tuple(flatten(a) for a in accounts),
        tuple(flatten(c) for c in (*names, *colleagues)),
    )
    return reply.read(text, about, names=names, whole=whole or text)


__all__ = ["Reply", "Wish", "read_reply"]
