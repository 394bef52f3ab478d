"""Sending over SMTP: one transaction per recipient on a kept connection, and an honest answer about what became of each mail.

settings   where the server is and how to sign in
smtp       ``ports.Sender``: the conversation about one mail, on a connection that is kept
 ├ opening     a connection: TLS, signing in, and an end to every wait
 ├ wire        a mail and its addresses as they travel
 └ answers     what the server's codes say of this mail, or of us
"""

from mailwins.sender.settings import SmtpSettings
from mailwins.sender.smtp import SmtpSender

__all__ = ["SmtpSender", "SmtpSettings"]
