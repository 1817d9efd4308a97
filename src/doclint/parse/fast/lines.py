"""The grammar of lines: what a line is told by its beginning, and which lines make a paragraph.

A pattern says either that a line certainly is something or nothing at all. What none of them knows is unusual, and
goes to the reference parser. The patterns match at the beginning of a line of a text that ends with a line end.
"""

from __future__ import annotations

import re

from doclint.parse.fast.destinations import PLAIN_DESTINATION
from doclint.parse.fast.tags import INTERRUPTING


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.VERBOSE | re.MULTILINE)


INDENT = r"[ ]{0,3}"

# --------------------------------------------------------------------------------------------- one line, one construct

BLANK = _pattern(r"(?: [ \t]*+ \n )++")
HEADING = _pattern(rf"{INDENT} (\#{{1,6}}) (?=[ \t\n]) ([^\n]*) \n")
# A heading of words, in which nothing has a meaning, and the blank lines behind it. With a `|` in it, it might be the
# first line of a table.
_PLAIN_WORD = r"[^\\`*_&~<\[{:)|\#\s]++"
HEADING_OF_WORDS = _pattern(
    rf"""
    {INDENT} (?P<marks> \#{{1,6}} ) [ \t]++ (?P<text> {_PLAIN_WORD} (?: [ ]++ {_PLAIN_WORD} )*+ ) [ \t]*+ \n
    (?P<blank> (?: [ \t]*+ \n )++ )?+
    """
)
# Behind backticks no further backtick may stand: `` ```x``` `` is a code span.
FENCE = _pattern(rf"{INDENT} (?: (`{{3,}}+) [^`\n]* | (~{{3,}}+) [^\n]* ) \n")
FENCE_END = _pattern(rf"{INDENT} (`{{3,}}+|~{{3,}}+) [ \t]* \n")
RULE = _pattern(rf"{INDENT} (?: (?:\*[ \t]*+){{3,}} | (?:-[ \t]*+){{3,}} | (?:_[ \t]*+){{3,}} ) \n")
UNDERLINE = _pattern(rf"{INDENT} (=++|-++) [ \t]* \n")
QUOTE = _pattern(rf"(?: {INDENT} > [^\n]* \n )++")
INDENTED_QUOTE = _pattern(r"(?: [ ]{4} | [ ]{0,3}\t ) [ \t]*+ >")
INDENTED_CODE = _pattern(r"(?: (?: [ ]{4} | [ ]{0,3}\t ) [^\n]* \n | [ \t]* \n )++")
DELIMITER_ROW = _pattern(rf"{INDENT} ([|:-] [|:\ \t-]*) \n")
TAB = _pattern(r"[ ]*+ \t")
BEGINS_WITH_TAB = _pattern(r"^ [ ]*+ \t")
_MARKER = r"(?: [-*+] | [0-9]{1,9}[.)] )"
LIST_MARKER = _pattern(rf"{INDENT} {_MARKER} (?=[ \t\n])")
# The first line of a list item whose text stands where it usually does; five spaces would begin code.
LIST_ITEM = _pattern(rf"{INDENT} {_MARKER} [ ]{{1,4}} (?=[^ \t\n])")
# A list that interrupts a paragraph has a text, and if it counts, it counts from 1.
INTERRUPTING_ITEM = _pattern(rf"{INDENT} (?: [-*+] | 0{{0,8}}1[.)] ) [ \t]++ (?=[^\n])")
# Label, destination and perhaps a title, all of them on one line and without escapes.
DEFINITION = _pattern(
    rf"""
    {INDENT} (?P<label> \[ (?P<name> [^\[\]\\\n]+ ) \]: ) [ \t]*+
    (?P<destination> < (?P<angle> [^<>\\&\n]*+ ) > | (?=[^ \t\n]) (?P<plain> {PLAIN_DESTINATION} ) )
    (?: [ \t]++ (?: "[^"\\\n]*+" | '[^'\\\n]*+' | \( [^()\\\n]*+ \) ) )?+ [ \t]*+ \n
    (?! [ \t]*+ ["'(] )  # a title may stand on the next line
    """
)

# ----------------------------------------------------------------------------------------------------------- paragraphs

# The beginning of a line that begins no block: neither in a paragraph nor, `[` and `<` aside, at its beginning.
_WORDS = r"""
      [^ \t\n\#>*+\-=_`~<|:0-9\[]                # a letter, or a sign without a meaning here
    | \*++ (?=[^ \t\n])                          # a bullet has white space behind it, a rule is of stars alone
    | \*\*++ (?![*\ \t]*$)
    | _++ (?=[^ \t\n])
    | \+ (?=[^ \t\n])
    | -++ (?=[^ \t\n:|])                         # also no underline and no row of a table
    | : (?![|:\ \t-]*$)                          # no row of a table
    | = (?!=*[ \t]*$)                            # no underline
    | `{1,2}+ (?!`) | ~{1,2}+ (?!~)              # a fence has three
    | [0-9]{1,9}+ (?: [.)](?=[^ \t\n]) | (?=[^0-9.)]) ) | [0-9]{10}
    | \# (?! \#{0,5} (?:[ \t]|$) )               # more than six, or no white space: no heading
"""
_GOES_ON = rf"(?: {_WORDS} | \[ | (?!{INTERRUPTING}) < )"
# A paragraph may not begin like a definition, nor with what may be a tag; addresses in `<>` are none.
_BEGINS = rf"""(?:
      {_WORDS}
    | [=:]                                       # nothing is above that they could underline
    | \[ (?! (?: [^\[\]\\] | \\[\s\S] )*+ \]: )
    | < (?: (?![A-Za-z/!?]) | [A-Za-z][A-Za-z0-9-]*+ (?=[^\s/>]) )
)"""
# Four columns of indentation begin no code inside a paragraph.
_NEXT_LINE = rf"(?: {INDENT} {_GOES_ON} | (?: [ ]{{4}} | {INDENT}\t ) [ \t]*+ [^ \t\n] ) [^\n]*+"
PARAGRAPH = _pattern(rf"( {INDENT} {_BEGINS} [^\n]*+ (?: \n {_NEXT_LINE} )*+ ) \n ( (?: [ \t]*+ \n )++ )?+")
"""The lines of a paragraph as far as they are known to belong to it, and the blank lines behind them."""
MORE_LINES = _pattern(rf"[^\n]*+ (?: \n {_NEXT_LINE} )*+")
"""The rest of a line that is known to belong to a paragraph, and the lines behind it that do as well."""
TABLE_ROW = _pattern(rf"{INDENT} (?: \| | {_GOES_ON} ) [^\n]*+ \n")

# ----------------------------------------------------------------------------------------- items of one paragraph each

ITEM_OF_WORDS = _pattern(
    rf"""
    (?P<indent> {INDENT} ) {_MARKER} [ ]{{1,4}} (?P<text> {_BEGINS} [^\n]*+ (?: \n [ ]*+ {_GOES_ON} [^\n]*+ )*+ ) \n
    (?: (?= (?P=indent) {_MARKER} [ \t\n] ) | (?: [ \t]*+ \n )++ (?! [ \t] ) | \Z )
    """
)
"""A list item that is one paragraph, and the blank lines behind it.

Its lines are part of the paragraph however far they are indented. And nothing can go on with it: another item follows
that stands beside it, the margin below a blank line, or the end.
"""
ITEMS_OF_WORDS = _pattern(rf"(?: {ITEM_OF_WORDS.pattern} )++")

# --------------------------------------------------------------------------------------------- what ends a paragraph


def _any(*patterns: re.Pattern[str]) -> re.Pattern[str]:
    return _pattern("|".join(f"(?:{pattern.pattern})" for pattern in patterns))


_INTERRUPTING_HTML = _pattern(rf"{INDENT} {INTERRUPTING}")
INTERRUPTS_PARAGRAPH = _any(HEADING, FENCE, RULE, QUOTE, INTERRUPTING_ITEM, _INTERRUPTING_HTML)
"""What certainly begins a block, though it stands right below a paragraph."""
ENDS_CONTAINER = _any(BLANK, HEADING, FENCE, RULE, QUOTE, LIST_MARKER, _INTERRUPTING_HTML, _pattern(r"\Z"))
"""What cannot go on with a paragraph in the quote or the list item above, though it is not marked as part of it."""
