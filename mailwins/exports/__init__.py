"""Wins as files for other programs."""
