"""What a stretch of a page must hold to say anything; what cannot say anything is not read any further.

These patterns may be true of too much, but never of too little.
"""

from __future__ import annotations

import re

# A link, raw HTML or `<...>`, a bare address, an explicit anchor in braces or as `(name)=`, or the second line of a
# definition list.
_IN_CONTENT = r"\](?=[(\[]) | <(?=[^ \t\n]) | :// | \{[^{}\n#]*+\# | \)= | \n[ >]*+:[ \t]"
# On a page with definitions, brackets alone may be a link.
_LABEL = r"\["
# With `#` or with a line below that ends in `=` or `-`.
_HEADING = r"\#[ \t\n] | [=-][ \t]*+\n"


class Speech:
    """Tells whether a stretch of a page may say something."""

    def __init__(self, *patterns: str) -> None:
        self.in_content = re.compile(" | ".join(patterns), re.VERBOSE).search
        """Asks a paragraph or a cell: call it with the text, the start and the end."""
        self.in_blocks = re.compile(" | ".join((*patterns, _HEADING)), re.VERBOSE).search
        """Asks several blocks, in the same way."""


WITHOUT_DEFINITIONS = Speech(_IN_CONTENT)
WITH_DEFINITIONS = Speech(_IN_CONTENT, _LABEL)
