"""The command, also as ``python -m mailwins``."""

import gc


def main() -> None:
    """Loading takes a moment, and an impatient Ctrl-C in it is no fault to print a traceback for."""
    # What is loaded stays loaded: to look for garbage among it every few hundred values takes a tenth of the start.
    gc.set_threshold(100_000, 20, 20)
    try:
        from mailwins.cli import main as command
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    command()


if __name__ == "__main__":
    main()
