"""Lines of code by their indentation."""

from __future__ import annotations

import re
from functools import cache


@cache
def code_lines(column: int) -> re.Pattern[str]:
    """Return the pattern of lines that are blank or indented by `column` columns."""
    return re.compile(rf"(?:[ ]{{{column}}}[^\n]*+\n|[ \t]*+\n)++")
