"""Raw HTML as CommonMark describes it (4.6 and 6.6), as pieces of patterns for `re.VERBOSE`."""

from __future__ import annotations

from doclint.parse.html_speech import SAYING


def _open_tag(greed: str) -> str:
    """Return the pattern of an opening tag; `greed` stands behind each quantifier."""
    value = rf"""(?: [^"'=<>`\x00-\x20]+{greed} | '[^']*{greed}' | "[^"]*{greed}" )"""
    attribute = rf"(?: \s+{greed} [a-zA-Z_:][a-zA-Z0-9:._-]*{greed} (?: \s*{greed}=\s*{greed} {value} )?{greed} )"
    return rf"< [A-Za-z][A-Za-z0-9-]*{greed} {attribute}*{greed} \s*{greed} /?>"


OPEN_TAG = _open_tag("+")
"""An opening tag, but for some of a strange shape: linear, because it never gives back what it took."""
CLOSE_TAG = r"</ [A-Za-z][A-Za-z0-9-]*+ \s*+ >"
LONE_TAG = rf"(?: {_open_tag('')} | {CLOSE_TAG} ) \s*"
"""All of a line that begins a block of raw HTML whatever the name of the tag."""
# A comment without `--` in it: what that means differs between versions of CommonMark.
COMMENT = r"<!-- (?!-?>) (?: [^-] | -(?!-) )*+ -->"

VERBATIM_START = r"< (?i: (?:script|pre|style|textarea) (?=[\s>]|$) )"
_BLOCK_NAMES = """
    address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt
    fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link
    main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead
    title tr track ul
"""
BLOCK_NAMES = frozenset(_BLOCK_NAMES.split())
SILENT_BLOCK = rf"(?: {'|'.join(sorted(BLOCK_NAMES - SAYING))} )"
"""What begins a block of raw HTML, but for the names of elements that say something without an attribute."""
_BLOCK_START = rf"</? (?i:{'|'.join(sorted(BLOCK_NAMES))}) (?=\s|/?>|$)"
INTERRUPTING = rf"(?: {VERBATIM_START} | <!-- | <\? | <![A-Za-z] | <!\[CDATA\[ | {_BLOCK_START} )"
"""What begins a block of raw HTML even inside a paragraph."""
