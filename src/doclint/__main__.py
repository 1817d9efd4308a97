"""`python -m doclint`, and the console script."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NoReturn

_REPORT = """doclint stumbled over a bug of its own; please report it with what follows:

  doclint {version}, Python {python}
  command: {command}
"""


def main() -> None:
    """Run the command line; ends the process with the exit code."""
    try:
        import gc

        # A parse makes very many small objects and hardly a cycle: looking for those takes a fifth of the time. What
        # a check makes is there to its end.
        if sys.argv[1:2] == ["check"]:
            gc.disable()
        else:
            gc.set_threshold(200_000, 20, 20)
        _leave(run())
    except KeyboardInterrupt:
        if sys.stderr is not None:
            print(file=sys.stderr)  # behind the ^C that the terminal shows
        sys.exit(130)
    except Exception:  # noqa: BLE001 - whatever it is, it is a bug of ours
        import shlex
        import traceback

        from doclint import __version__

        python = sys.version.split()[0]
        print(_REPORT.format(version=__version__, python=python, command=shlex.join(sys.argv)), file=sys.stderr)
        traceback.print_exc()
        sys.exit(3)


def _leave(code: int) -> NoReturn:
    """End the process at once.

    Python would first take apart, object by object, all that a run has read, which takes a tenth of its time.
    """
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        sys.exit(code)  # who reads is gone, there is no room, or it is closed: Python knows what to say
    os._exit(code)


def run() -> int:
    """Run the command line; return the exit code."""
    try:
        return _command()
    except SystemExit as end:
        if isinstance(end.code, int):
            return end.code
        raise


def _command() -> int:
    from doclint.words import flags_of

    if (flags := flags_of(sys.argv[1:])) is not None:
        from doclint.checking import check

        return check(**flags)
    from doclint.cli import start

    return start()


if __name__ == "__main__":
    main()
