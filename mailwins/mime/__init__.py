"""Bytes to InboundMessage: headers, addresses, bodies, files. Any bytes go in, a value comes out; nothing is judged here.

mail-parser reads the header (addresses, dates and defects are its strength); bodies, files
and attached messages come from our own walk over the same tree, because its flattened
view mixes forwarded parts into the outer mail and loses unnamed files.
"""

from mailwins.mime.decode import decode

__all__ = ["decode"]
