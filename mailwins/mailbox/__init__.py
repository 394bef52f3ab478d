"""Mailboxes as a source of raw mail: IMAP, folders, mbox, and signing in. Knows nothing about wins."""

from mailwins.mailbox.imap import ImapMailbox, ImapSettings, connect

__all__ = ["ImapMailbox", "ImapSettings", "connect"]
