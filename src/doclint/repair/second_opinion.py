"""ftfy's word on single lines for which the evidence of a page is too thin; the only door to it.

Only its encoding steps run, and those that change more than the encoding, or invent characters, are off: `fix_encoding`
honours the settings that `fix_text` ignores without `explain=True`.
"""

from __future__ import annotations

_LONGEST_LINE = 400
"""Characters; a longer line has evidence enough of its own."""


def agrees(line: str, repaired: str) -> bool:
    """Tell whether ftfy, too, makes `repaired` of `line`."""
    if len(line) > _LONGEST_LINE:
        return False
    # Here, because a page without damage must not wait for it (26 ms).
    from ftfy import TextFixerConfig, fix_encoding

    config = TextFixerConfig(
        restore_byte_a0=False,
        replace_lossy_sequences=False,
        decode_inconsistent_utf8=False,
        fix_c1_controls=False,
        explain=False,
    )
    return bool(fix_encoding(line, config) == repaired)
