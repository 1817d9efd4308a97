"""Standard input, output and error, and what can go wrong with them."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from doclint.model import UsageError


def read_stdin() -> bytes:
    """Return all of standard input.

    Raises:
        UsageError: There is none.
    """
    if sys.stdin is None:
        raise UsageError("there is no standard input; name a file instead of `-`")
    return sys.stdin.buffer.read()


def wants_color(choice: str, *, to_terminal: bool) -> bool:
    """Decide about colours; see https://no-color.org and https://force-color.org."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or to_terminal


def columns() -> int:
    """Return how many columns the terminal has."""
    import shutil

    return shutil.get_terminal_size().columns


def print_text(text: str) -> None:
    """Write to standard output as UTF-8, whatever the locale says."""
    print_bytes(text.encode("utf-8"))


def print_bytes(data: bytes) -> None:
    """Write `data` to standard output.

    Raises:
        UsageError: It cannot be written, as on a full disk.
        BrokenPipeError: The reader went away.
    """
    # Python has no standard output at all where its caller closed it.
    if sys.stdout is None:
        return
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # Python would try once more at exit, and fail once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise UsageError(f"standard output cannot be written: {(error.strerror or str(error)).lower()}") from error


class UsageErrors:
    """Turns what the user can mend into one line and exit code 2, and a reader that went away into a quiet end."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, UsageError):
            fail(str(error))
        if isinstance(error, BrokenPipeError):
            # The reader has seen enough, as in `doclint check | head`. Python must not flush once more at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)


def fail(message: str) -> NoReturn:
    """Say in one line what is wrong and end the process with exit code 2."""
    print(f"doclint: {message}", file=sys.stderr)
    sys.exit(2)
