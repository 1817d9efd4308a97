"""What hosts that render with goldmark share: Gitea and Hugo.

An attribute list at the end of a heading names it: `{#name .class key=value}`, words that are none of the three make it
plain text. Names are counted by skipping those in use, written ones included; a heading without any is `heading`.

Source: goldmark `parser/attribute.go`, `parser/atx_heading.go`, `parser/parser.go`.
"""

from __future__ import annotations

from doclint.slug.headings import ATTRIBUTE_LIST, id_word, named_behind

named = named_behind(ATTRIBUTE_LIST, id_word)
"""A heading to its pieces without its attribute list, and the name in that."""
