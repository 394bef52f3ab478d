"""One IMAP folder over imapclient: fetch without leaving marks, move without deleting others' mail, wait without hanging.

settings   where the folder is and how to sign in
folder     ``ports.Mailbox``: list, fetch, move, wait
 ├ batches     how much is asked for at once
 ├ client      the one connection: imapclient, with some of its habits changed
 ├ login       signing in, with a password or a token
 └ refusals    what went wrong, as a ``ServerError`` that says the next step
"""

from mailwins.mailbox.imap.folder import ImapMailbox, connect
from mailwins.mailbox.imap.settings import ImapSettings

__all__ = ["ImapMailbox", "ImapSettings", "connect"]
