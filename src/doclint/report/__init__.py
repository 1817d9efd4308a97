"""`Outcome` to text: one file per form, each with the same pure function `render(outcome, options)`.

Nothing here prints or reads the disk. Whatever stands in a file name, a message or an excerpt, a report can
be encoded as UTF-8, and sends neither a terminal nor a log anything but printable text.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from doclint.report.options import Command, ReportOptions

if TYPE_CHECKING:
    from doclint.model import Outcome

__all__ = ["FORMATS", "Command", "Form", "ReportOptions", "render"]

Form = Callable[["Outcome", ReportOptions], str]

# A form is a module of this folder, imported when it is asked for: a text report does not pay for json.
FORMATS: tuple[str, ...] = ("text", "json", "github", "gitlab", "sarif", "junit", "rdjson", "markdown", "html")


def render(name: str, outcome: Outcome, options: ReportOptions) -> str:
    """Return the report of `outcome` in the form `name`, one of `FORMATS`.

    The result is empty, or ends with a line ending.

    Raises:
        ValueError: There is no such form.
    """
    if name not in FORMATS:
        raise ValueError(f"no report form {name!r}; there are {', '.join(FORMATS)}")
    form: Form = import_module(f"{__name__}.{name}").render
    return form(outcome, options)
