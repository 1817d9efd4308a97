"""How likely signs are that no table of a language holds: emoji, joiners, variation selectors, typographic signs.

Unicode says which characters take a variation selector or a joiner (UTS #51). Which emoji are common in documentation
is our own estimate, in three ranks; nothing else tells 📝 from 📐 once a byte is lost.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

JOINER = "\u200d"
EMOJI_SELECTOR = "\ufe0f"

_COMMON = frozenset("🚀✨📝📚📖✅❌⚠💡🔧🎉👍📦🔥🐛📁📋🔍📊⭐🎯💻👉🔗🛠❤🌟")
_USUAL = frozenset(
    "📄📂📌📍📈📉📅📑📜📃📎📏📐📗📘📙📕📔📓📒📰📢📣📧📨📩📬📮📱📷📺🔄🔑🔒🔓🔔🔎🔐🔨🔩🔬🔮🔴🔵🔖🔌🔋🎨🎁🎬🎮🎵🏆🏗🏠🏁🏷🌍🌎🌐🌈🌱🌿🍀🍎🍺☕"
    "🐍🐳🐧🐙🐞👋👀👇👆👈👏👨👩👥👤💪💬💥💯💰💾💿💼💎💖💙💚💛💜🖥🖼🗂🗃🗑🗓🗺😀😁😂😃😄😅😊😍😎😉🤔🤖🤝🤗🙏🙌🚧🚨🚩🚫🛡🛑🧪🧩🧠🧹🧭🧰🟢🟡🔶🔷🔸🔹"
    "⚡⚙☁☀♻⚖⚒✏✂✉✔✖☑❗❓❔➡⬅⬆⬇➕➖➜⏰⏳⌛⏱⏩🅰🆕🆓🆗🈚🀄🇨🇳🇺🇸🇯🇵🇰🇷🇩🇪🇫🇷🇪🇬🇧🇮🇷🇹"
)
_TYPOGRAPHIC = frozenset(
    "\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u2026\u2022\u2192\u2190\u2193\u2191\u21d2"
    "\u2713\u2714\u00a0\u00ab\u00bb\u2122\u00a9\u00ae\u00b7\u00d7"
)
_FORMAT = frozenset("\u200b\u200c\u200e\u200f\u2060\ufeff\u00ad")


@lru_cache(maxsize=1 << 14)
def is_sign(char: str) -> bool:
    """Tell whether `char` is a sign: neither a letter nor a digit nor a mark of a script."""
    return unicodedata.category(char)[0] in "PSCZ" or 0xFE00 <= ord(char) <= 0xFE0F


@lru_cache(maxsize=1 << 14)
def likelihood(char: str, before: str) -> float:
    """Return how likely the sign `char` is behind `before` (a character, or "" at the beginning)."""
    if char == EMOJI_SELECTOR:
        return 0.3 if before and _takes_selector(before) else 1e-7
    if char == JOINER:
        return 0.1 if before and (_is_emoji(before) or before == EMOJI_SELECTOR) else 1e-7
    rank = 1e-3 if char in _COMMON else 2e-4 if char in _USUAL else 0.0
    if rank:
        return rank
    if char in _TYPOGRAPHIC:
        return 5e-4
    if char in _FORMAT:
        return 3e-6
    if _is_emoji(char):
        return 2e-5
    category = unicodedata.category(char)
    return {"So": 1e-6, "Sm": 3e-6, "Sc": 1e-5, "Po": 1e-6, "Ps": 1e-6, "Pe": 1e-6}.get(category, 1e-7)


def _is_emoji(char: str) -> bool:
    point = ord(char)
    return (
        0x1F1E6 <= point < 0x1FB00 or 0x2600 <= point < 0x27C0 or 0x231A <= point < 0x2400 or 0x2B00 <= point < 0x2C00
    )


def _takes_selector(char: str) -> bool:
    """Tell whether a character is shown as text unless a variation selector asks for its picture."""
    return _is_emoji(char) or char in "©®™‼⁉ℹ↔↕↖↗↘↙↩↪Ⓜ▪▫▶◀◻◼◽◾〰〽㊗㊙#*0123456789"
