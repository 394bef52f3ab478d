"""The command, also as ``python -m mailwins``."""


def main() -> None:
    """Loading takes a moment, and an impatient Ctrl-C in it is no fault to print a traceback for."""
    try:
        from mailwins.cli import main as command
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    command()


if __name__ == "__main__":
    main()
