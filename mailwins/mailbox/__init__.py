"""Mailboxes as a source of raw mail: IMAP, folders, mbox, and signing in. Knows nothing about wins."""
