"""The whole loop on sample mail, with servers of its own."""
