"""`python -m doclint`, and the console script."""

from __future__ import annotations

import sys

_REPORT = """doclint stumbled over a bug of its own; please report it with what follows:

  doclint {version}, Python {python}
  command: {command}
"""


def main() -> None:
    """Run the command line; ends the process with the exit code."""
    try:
        import gc

        # A parse makes very many small objects and hardly a cycle: looking for those takes a fifth of the time.
        gc.set_threshold(200_000, 20, 20)
        code = _run()
        # What a run has loaded and read is there to the end: to look through it for cycles once more, as Python does on
        # its way out, takes a tenth of a short run.
        gc.freeze()
        sys.exit(code)
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


def _run() -> int:
    """Run the command line; return the exit code."""
    from doclint.plain import flags_of

    if (flags := flags_of(sys.argv[1:])) is not None:
        from doclint.checking import check

        return check(**flags)
    from doclint.cli import start

    return start()


if __name__ == "__main__":
    main()
