"""``python -m mailwins`` is the command line."""

from mailwins.cli import main

main()
