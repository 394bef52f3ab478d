"""Mails that customers may read. Everything in here is built from ShareableWin alone; the one door to it is ``wall``."""
