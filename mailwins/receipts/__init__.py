"""The conversation with the person who wrote in: what she is told, what she may answer, what she may ask for."""
