"""Mailboxes as a source of raw mail: IMAP, folders, mbox, and signing in. Knows nothing about wins."""

from mailwins.mailbox.archive import Archived, read_archive
from mailwins.mailbox.imap import ImapMailbox, ImapSettings, connect
from mailwins.mailbox.signin import TokenSource, sign_in

__all__ = ["Archived", "ImapMailbox", "ImapSettings", "TokenSource", "connect", "read_archive", "sign_in"]
