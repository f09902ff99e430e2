"""What says something in a text and is no word."""

from __future__ import annotations

import re

_SIGN = re.compile(r"[€$£¥₽₴₸‰✓✔✗✘✅❌☑☒]|(?<![\w)\]])[+−–-](?=\d)")
_ONE_SIGN = {"−": "-", "–": "-", "✔": "✓", "✅": "✓", "☑": "✓", "✘": "✗", "❌": "✗", "☒": "✗"}


def signs(text: str) -> list[str]:
    """Currencies, per mille, plus and minus before a number, ticks and crosses, in their order; folding leaves them out."""
    return [_ONE_SIGN.get(sign, sign) for sign in _SIGN.findall(text)]
