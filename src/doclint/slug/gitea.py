"""Gitea, Forgejo and Codeberg.

The rule: the heading's last line as it is written, with the addresses of links and the tags in it; trimmed; letters and
numbers, lower-cased one by one, `_` and `-` are kept, white space becomes `-`, the rest goes. Duplicates are counted,
skipping names in use; `{#name}` names a heading. Headings in raw HTML have no anchor. The page's ids get a prefix
`user-content-`, links do without. Letters that Unicode added later than 13 are kept or not by the version of Go that
built the server: both are accepted.

Source: Gitea `modules/markup/common/footnote.go` (CleanValue), `modules/markup/markdown/prefixed_id.go`,
`web_src/js/markup/anchors.ts`; goldmark `parser/atx_heading.go`.
"""

from __future__ import annotations

from doclint.slug import goldmark
from doclint.slug.characters import NEWEST, kept, lower_one_by_one
from doclint.slug.counters import Skipping
from doclint.slug.headings import last_line
from doclint.slug.scheme import Reserved, Scheme


def slug(source: str, version: int = 13) -> str:
    """Return the slug, without counter, of a heading's last line.

    >>> slug("See [the *guide*](guide.md)")
    'see-the-guideguidemd'
    """
    spaced = "".join("-" if char.isspace() else char for char in source.strip())
    return kept(lower_one_by_one(spaced), ("L", "N"), "-_", version) or "heading"


SCHEME = Scheme(
    lambda heading: last_line(heading).source,
    slug,
    Skipping,
    goldmark.named,
    Reserved.FROM_THERE,
    alias=lambda source: slug(source, NEWEST),
)
