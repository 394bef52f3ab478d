"""mailwins: customer wins in by mail, digests and customer updates out by mail."""

__version__ = "0.1.0"
