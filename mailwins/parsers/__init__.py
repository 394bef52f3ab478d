"""Readers: one file per way a mail carries its news, and the ordered list of them."""
