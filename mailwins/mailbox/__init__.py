"""Mailboxes as a source of raw mail: IMAP, folders, mbox, and signing in. Knows nothing about wins."""

from mailwins.mailbox.archive import Archived, read_archive
from mailwins.mailbox.imap import ImapMailbox, ImapSettings, connect
from mailwins.mailbox.patience import next_try_s
from mailwins.mailbox.signin import TokenSource, sign_in

__all__ = ["Archived", "ImapMailbox", "ImapSettings", "TokenSource", "connect", "next_try_s", "read_archive", "sign_in"]
