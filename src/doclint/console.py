"""Standard input, output and error, and what can go wrong with them."""

from __future__ import annotations

import os
import sys
from time import monotonic
from typing import TYPE_CHECKING, NoReturn, TypeVar

from doclint.model import UsageError
from doclint.watch import Watch, unwatched

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

T = TypeVar("T")

_PATIENCE = 0.5
"""Seconds that a step may take before it is told how far it is."""

_PAUSE = 0.1
"""Seconds between one picture and the next."""

_ERASE = "\r\x1b[2K"


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


_TERMINALS = ("KITTY_WINDOW_ID", "KONSOLE_VERSION", "WEZTERM_EXECUTABLE", "WT_SESSION", "DOMTERM", "GHOSTTY_BIN_DIR")
_PROGRAMS = ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio", "zed")
_VTE_WITH_LINKS = 5000


def wants_links(choice: str, *, to_terminal: bool) -> bool:
    """Decide about hyperlinks, which a terminal that does not know them may show as rubbish.

    FORCE_HYPERLINK decides where it is set, "0" for no; else a terminal must name itself as one of those that follow
    https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda. `--color never`, the `choice`, wants plain text.
    """
    if choice == "never":
        return False
    if forced := os.environ.get("FORCE_HYPERLINK"):
        return forced != "0"
    if not to_terminal or os.environ.get("TERM") == "dumb" or os.environ.get("CI"):
        return False
    vte = os.environ.get("VTE_VERSION", "")
    return (
        any(os.environ.get(name) for name in _TERMINALS)
        or os.environ.get("TERM_PROGRAM") in _PROGRAMS
        or os.environ.get("TERM") in ("xterm-kitty", "alacritty", "foot", "xterm-ghostty")
        or (vte.isdecimal() and int(vte) >= _VTE_WITH_LINKS)
    )


def columns() -> int:
    """Return how many columns the terminal has."""
    import shutil

    return shutil.get_terminal_size().columns


def is_terminal() -> bool:
    """Tell whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


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
    except OSError as error:
        abandon_output()
        if isinstance(error, BrokenPipeError):
            raise
        raise UsageError(f"standard output cannot be written: {(error.strerror or str(error)).lower()}") from error


def abandon_output() -> None:
    """Give up standard output: Python would try once more at exit, and fail once more."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def warn(message: str) -> None:
    """Say something beside the report, in one line on standard error."""
    if sys.stderr is not None:
        print(f"doclint: {message}", file=sys.stderr)


def tell(text: str) -> None:
    """Write a report to standard error, where standard output holds something else."""
    if sys.stderr is not None:
        print(text, end="", file=sys.stderr)


class Progress:
    """Shows on a terminal how far a long step is, and leaves no trace of it. It is a `doclint.watch.Watch`."""

    def __call__(self, step: str, items: Collection[T]) -> Iterator[T]:
        """Yield `items`, one by one; what takes less than half a second is not told."""
        total = len(items)
        shown = False
        due = monotonic() + _PATIENCE
        try:
            for number, item in enumerate(items):
                if (now := monotonic()) >= due:
                    share = f"{number * 100 // total} %"
                    self._show(f"{step} {number:,} of {total:,} pages ({share})", f"{step} {share}", share)
                    shown, due = True, now + _PAUSE
                yield item
        finally:
            if shown:
                sys.stderr.write(_ERASE)
                sys.stderr.flush()

    def _show(self, *texts: str) -> None:
        """Show the first text that fits, so that no number is cut; a line that wraps could not be erased."""
        room = columns() - 1
        sys.stderr.write(_ERASE + next((text for text in texts if len(text) <= room), ""))
        sys.stderr.flush()


def watch_for(*, quiet: bool) -> Watch:
    """Return what tells the user how far a run is: nothing where nobody looks on."""
    is_seen = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return Progress() if is_seen and not quiet and not os.environ.get("CI") else unwatched


class UsageErrors:
    """Turns what the user can mend into one line and exit code 2, and a reader that went away into a quiet end."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, UsageError):
            fail(str(error))
        if isinstance(error, BrokenPipeError):
            # The reader has seen enough, as in `doclint check | head`.
            abandon_output()
            sys.exit(1)


def fail(message: str) -> NoReturn:
    """Say in one line what is wrong and end the process with exit code 2."""
    warn(message)
    sys.exit(2)
