"""doclint finds and repairs mojibake and broken links in repositories of Markdown documents.

What is promised to callers is listed in `__all__`; everything else may change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

# The room `repair` has the name of a function. A room takes its name on the package when it is first loaded, so it is
# loaded here, before the function takes the name.
import doclint.repair as _repair_room  # noqa: F401

__version__ = "0.1.0"

__all__ = ["Outcome", "Repaired", "Settings", "UsageError", "__version__", "check", "fix", "repair"]

if TYPE_CHECKING:
    from collections.abc import Sequence

    from doclint.model import Outcome, Repaired, UsageError
    from doclint.settings import Settings


def check(paths: Sequence[str] = (), settings: Settings | None = None) -> Outcome:
    """Check the pages below `paths` (none: the current folder) and return what was found; nothing is written.

    Raises:
        UsageError: A path or a setting is wrong, or git refuses.
    """
    import os

    from doclint import run
    from doclint.settings import Settings

    return run.check(paths, settings or Settings(), os.getcwd())


def fix(paths: Sequence[str] = (), settings: Settings | None = None, *, unsafe: bool = False) -> Outcome:
    """Write what is certain (with `unsafe` also what is likely) and return what is left.

    Raises:
        UsageError: A path or a setting is wrong, or git refuses.
    """
    import os

    from doclint import mending
    from doclint.model import Safety
    from doclint.settings import Settings

    level = Safety.UNSAFE if unsafe else Safety.SAFE
    return mending.fix(paths, settings or Settings(), os.getcwd(), level=level)


def repair(text: str) -> Repaired:
    """Undo the mojibake of a Markdown text as far as there is a proof; `.text` is the result.

    >>> repair("CafÃ© au lait").text
    'Café au lait'
    """
    from doclint.model import Source
    from doclint.parse import parse
    from doclint.repair import repair as repair_source

    return repair_source(Source("", text), parse(text).code)


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module attribute can be anything
    """Import the promised values when they are asked for: the command line needs none of them."""
    from importlib import import_module

    home = {"Outcome": "model", "Repaired": "model", "UsageError": "model", "Settings": "settings"}.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
