"""Who at the customer said it, in which role; which colleagues are praised.

Of a forwarded mail
    customer   which of the messages in it counts, and that a ticket's turn was the customer's
    contact    its author as a person: the name put right, the role out of the signature
Of a note
    note       the person it tells of: an address, a contact we know, or else
     └ mentions    the sentences that tell of a person, the plainest first
        └ names    what can be a person's name, and what is none
Of both
    roles      titles
    ours       who is a colleague, and how colleagues are called
    praise     the colleagues whom the customer thanks

``words/`` holds what people say, language by language.
"""

from mailwins.understanding.people.contact import to_contact
from mailwins.understanding.people.customer import chain, customer_in, customer_of_ticket
from mailwins.understanding.people.note import contact_in_note
from mailwins.understanding.people.ours import is_ours, names_of
from mailwins.understanding.people.praise import praised_in
from mailwins.understanding.people.roles import role_in, without_employer

__all__ = [
    "chain",
    "contact_in_note",
    "customer_in",
    "customer_of_ticket",
    "is_ours",
    "names_of",
    "praised_in",
    "role_in",
    "to_contact",
    "without_employer",
]
