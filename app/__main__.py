"""`python -m app`: the window without arguments, else a command of the command line."""

import sys

from app import runtime


def main() -> int:
    """Open the window, or do what the arguments ask; returns the exit code."""
    runtime.set_pace()
    if len(sys.argv) > 1:
        from app.commands import main as run_command

        return run_command(sys.argv[1:])
    from app.bootstrap import main as open_window

    return open_window()


if __name__ == "__main__":
    sys.exit(main())
