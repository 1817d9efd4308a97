"""The fast parse: ordinary Markdown by patterns, all else by the reference parser; both say the same of every page.

What one reader is not sure of, the next one reads:

1. The skim (`skim.py`, with the grammar in `stretches.py`) reads lines one by one, whatever blocks they make: nearly
   all of nearly all pages. It stops at a line that may mean something else together with its neighbours.
2. The block reader (`blocks.py`, with the grammar in `lines.py`) reads the block that has this line in it, and
   `inlines.py` what stands inside. It reads all of a page with reference definitions, where brackets alone are links.
3. The reference parser reads a block with anything unusual in it as a whole (`fallback.py`), a content with something
   unusual alone, and a page whose parts depend on each other (footnotes, a heading in raw HTML that is left open)
   altogether.

All of them note what they find (`records.py`). Definitions hold for the whole page and tags may enclose headings, so
`gathering.py` makes marks and links of the notes when all blocks are read; where nothing but headings is noted, when
somebody asks for them (`skimmed.py`).
"""
