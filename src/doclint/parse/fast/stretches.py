r"""The grammar of a stretch: lines of a page that can be read one by one, whatever blocks they are part of.

Most lines of most pages are such. A link means the same in a paragraph, an item or a quote as long as it ends on the
line on which it begins; so a stretch is read without finding out where its blocks begin and end. What a line needs for
that is written here; any other line (an underline, the row below the titles of a table, a code span that goes on) ends
the stretch, and the block reader takes over where the block of that line begins.

`TOKEN` matches all that says nothing in one go, and then one thing that does, or the end of the stretch. Quantifiers
without a bound are all possessive: nothing is tried twice.
"""

from __future__ import annotations

import re

from doclint.parse.fast.destinations import ESCAPE, PLAIN_DESTINATION
from doclint.parse.fast.headings import NAME, NAMING_TAG, SIGNS
from doclint.parse.fast.tags import CLOSE_TAG, COMMENT, OPEN_TAG, SILENT_BLOCK
from doclint.parse.html_speech import MUTE_TAG, either_case

# ------------------------------------------------------------------------------------------------------ inside a line

# Code ends on its line. A run of three backticks is left to the block reader.
_CODE = r"` (?: (?!`) [^`\n]++ ` | ` (?!`) [^`\n]*+ (?: ` (?!`) [^`\n]*+ )*+ `` ) (?!`)"
_ESCAPE = r"\\ [^\n]?+"
# A sign that begins neither a tag nor an address, because of what follows it or because a name goes on wrongly.
_LESS_THAN = r"""< (?:
      (?= \s )
    | (?= [^A-Za-z!?/\n] [^@<>\n]*+ (?: [<>\n] | \Z ) )
    | (?= [A-Za-z][A-Za-z0-9-]*+ [^\s/>@:<] [^@:<>\n]*+ (?: [<>\n] | \Z ) )
)"""
# Tags that say nothing: the ends of elements but for headings, and line breaks.
_SILENT_TAG = r"< (?: / (?![hH][1-6]) [A-Za-z][A-Za-z0-9-]*+ | br [ ]?+ /?+ ) >"
_SILENT = rf"""
      [^\n\\`\[\]<:{{!]++                                # words
    | {_CODE}
    | {_ESCAPE}
    | \[ (?: [^\n\[\]\\`<:{{]*+ \] (?! [(\[] )           # brackets with nothing behind them
          | (?<= [\w\]] \[ ) [^\n\[\]\\`<:{{]*+ \] (?= \[ )  # `a[1][2]`, which nobody takes for a reference
      )
    | \] (?! [(\[] )                                     # where a link or a reference ends, one has been missed
    | : (?! //[^\s<] )                                   # no address
    | {_SILENT_TAG}
    | {_LESS_THAN}
    | ! (?! \[ )                                         # no image
    | \{{ (?! [^{{}}\n#]*+ \# )                           # no attribute list with a name
"""

# The text of a link may go on below, where a line begins with a letter: such a line belongs to the same paragraph.
_WRAP = r"\n (?= [ ]*+ [^\W\d_] )"
_WORDS = rf"(?: [^\n\\`\[\]<:!]++ | {_CODE} | {_ESCAPE} | : (?! // ) | ! (?! \[ ) | {_LESS_THAN} | {_WRAP} )"
_TEXT = rf"(?: {_WORDS} | \[ {_WORDS}*+ \] (?! [(\[] ) )*+"
_TITLE = r"""(?: [ ]++ (?: "[^"\\\n]*+" | '[^'\\\n]*+' ) )?+"""
# A plain one, or one with escapes that are resolved afterwards.
_DESTINATION = rf"{PLAIN_DESTINATION} (?: (?: {ESCAPE} )++ {PLAIN_DESTINATION} )*+"


def _tail(name: str) -> str:
    """Return the pattern of what stands behind the text of a link, with the destination as the group `name`."""
    return rf"\( [ ]*+ (?P<{name}> < [^<>\\&\n]*+ > | {_DESTINATION} ) {_TITLE} [ ]*+ \)"


_LINK = rf"!?+ \[ {_TEXT} \] {_tail('destination')}"
_BADGE = rf"\[ (?P<image> !\[ {_WORDS}*+ \] {_tail('source')} ) \] {_tail('around')}"

# --------------------------------------------------------------------------------------------- the beginning of a line

BEGINS = r"""(?=
      [^\s\#>*+\-=_`~<|:0-9(]
    | \*++ [^\s*]                                 # a bullet has white space behind it, a rule is of stars alone
    | _++ [^\s_]
    | `{1,2}+ [^`\s]                              # a fence has three
    | [0-9]{1,9}+ (?: [.)] [^\s] | [^\d.)] )      # the number of an item has white space behind it
    | \( (?! [^()\n]++ \)= )                      # `(name)=` is an anchor in MyST
    | \# [^\s\#] | \+ [^\s+] | - [^\s\-:|=] | ~{1,2}+ [^~\s] | : [^\s:|\-]
    | ::: [ ]*+ [A-Za-z\n]                        # a container of VitePress or DocFX
)"""
"""What begins no block but a paragraph, or goes on with one. A tag may do either, so it is not among these."""

_BULLET = r"(?: [-*+] | [0-9]{1,9}[.)] ) [ ]{1,3}"
_MARKS = rf"(?: > [ ]?+ )?+ (?: {_BULLET} )?+"
_DEEP = r"(?= [ ]{4} | [ ]{0,3}\t )"
# Between its fences, which are of the same length, no line begins with as many backticks.
_BETWEEN_FENCES = r"(?: [^`]++ | `{1,2}+ (?!`) | (?<=[^`\n\ ]) `++ )*+"
_FENCED = rf"``` (?!`) [^`\n]*+ \n {_BETWEEN_FENCES} (?<=\n) ``` (?!`) [ \t]*+ (?=\n)"
_RULE = r"(?<=\n\n) (?: -{3,}+ | \*{3,}+ | _{3,}+ ) [ ]*+ (?=\n)"
_SILENT_COMMENT = r"<!-- (?!-?>|[^\n]*doclint-) (?: [^-\n] | -(?!-) )*+ --> [ \t]*+ (?=\n)"
# Raw HTML from the margin down to a blank line, or to the end of an element whose text counts as it is, with no tag in
# it that may say anything.
_ENDS_VERBATIM = rf"</ (?: {'|'.join(map(either_case, ('pre', 'script', 'style', 'textarea')))} ) >"
_SILENT_HTML = rf"""(?<=\n\n) (?:
      (?= < /?+ {SILENT_BLOCK} [> ] ) {MUTE_TAG} (?: [^<\n]++ | {MUTE_TAG} | \n (?! [ \t]*+ (?: \n | \Z ) ) )*+
    | (?= <pre [> ] ) {MUTE_TAG} (?: [^<]++ | (?! {_ENDS_VERBATIM} ) {MUTE_TAG} )*+ </pre> [^<\n]*+
) (?=\n)"""
_PLAIN_WORD = r"[^\\`*_&~<\[{:)|\#\s]++"
# Words and code of a heading in which nothing has a meaning but to hosts; as `NAMED_WORDS` has them, but for a pipe,
# which may part the titles of a table, and the signs that may close the heading.
_TITLE_WORD = rf"(?: [^\\`*_&~<\[\]{{:(|\#\s]++ | {SIGNS} | ` (?!`) [^`\n|]++ ` (?!`) )++"
_ANCHOR_IN_FRONT = f"{NAMING_TAG.format(name=NAME)} </a>"

_LINE = rf"""\n (?:
      (?= [ \t]*+ (?: \n | \Z ) ) [ \t]*+                 # blank
    | [ ]{{0,3}}+ {_MARKS} {BEGINS}                       # a paragraph, perhaps in a quote or an item
    | {_FENCED}
    | [ ]{{0,3}}+ > [ \t]*+ (?= \n )                      # a blank line of a quote
    | {_DEEP} [ \t]*+ (?: {_BULLET} )?+ {BEGINS} [^\n\\`\[\]<:{{!]*+ (?= \n )  # says nothing, code or not
    | {_SILENT_COMMENT}
    | {_RULE}
)"""

TOKEN = re.compile(
    rf"""
    (?: {_SILENT} | {_LINE} )*+
    (?:
        (?P<link> {_LINK} )
      | (?P<badge> {_BADGE} )
      | (?P<bracket> \[ )
      | \n (?P<words>
            (?P<level> \#{{1,6}} ) [ ]++ (?P<text> {_PLAIN_WORD} (?: [ ]++ {_PLAIN_WORD} )*+ ) [ \t]*+ (?=\n)
        )
      | \n (?P<title>
            (?P<mark> \#{{1,6}} ) [ ]++
            (?P<named> (?: {_ANCHOR_IN_FRONT} [ ]*+ )?+ {_TITLE_WORD} (?: [ ]++ {_TITLE_WORD} )*+ ) [ \t]*+ (?=\n)
        )
      | \n (?P<heading> \#{{1,6}} (?= [ \t\n] ) [^\n]*+ )
      | (?P<bare> : )
      | \n (?P<fence> (?= [ ]++ ``` ) )
      | \n (?P<deep> {_DEEP} )
      | \n (?P<table> (?= \| ) )
      | \n (?P<mute> {_SILENT_HTML} )
      | \n (?P<html> (?= < ) )
      | (?P<tag> {OPEN_TAG} | {CLOSE_TAG} | {COMMENT} )
      | (?P<address> < [a-zA-Z][a-zA-Z0-9+.-]{{1,31}} : [^<>\x00-\x20]*+ > )
      | (?P<end> \Z )
      | (?P<stop> )
    )
    """,
    re.VERBOSE,
)

FENCED_INSIDE = re.compile(
    r"""
    (?P<pad> [ ]{1,3} (?![ ]) | (?<=\n\n) [ ]++ ) (?P<ticks> `{3,}+ ) [^`\n]*+ \n
    (?: (?= (?P=pad) | [ \t]*+ \n ) (?! [ ]*+ ``` ) [^\n]*+ \n )*+
    (?P=pad) (?P=ticks) (?!`) [ \t]*+ (?=\n)
    """,
    re.VERBOSE,
)
"""Code between fences inside an item, all of it as deep as its beginning; deep ones stand below a blank line."""

LINE_OF_TEXT = re.compile(rf"(?P<indent> [ ]*+ ) (?P<bullet> {_BULLET} )?+ {BEGINS}", re.VERBOSE)
"""The beginning of a line that is text, if it is not code; of an item, if it has a bullet."""
LINE_OF_QUOTE = re.compile(
    rf"(?P<indent> [ ]*+ ) > [ ]?+ (?: (?: {_BULLET} )?+ {BEGINS} | [ \t]*+ (?=\n) )", re.VERBOSE
)
"""The beginning of a line of a quote inside an item."""

MARGIN = re.compile(rf"^ {_FENCED} | \n\n (?=\S)", re.VERBOSE | re.MULTILINE)
"""A line at the margin below a blank line, where a block begins for certain; fences may hold such lines."""
