"""Text in the one form that both databases keep alike, and keys that an index of either can hold."""

from __future__ import annotations

import hashlib

LONGEST_KEY = 2000
"""Bytes of UTF-8: as long as the longest address that is ever read, so that whatever comes from one stays as it is. PostgreSQL refuses a
row of an index beyond 2,704 bytes, and a family of hosts, up to 255, may stand beside the key; SQLite takes any.
"""
_DIGEST = 64 + 1


def storable(text: str) -> str:
    """Without NUL, which PostgreSQL refuses; lone surrogates, which neither database can encode, become U+FFFD."""
    if text.isascii():  # known of every string, so that most keys and addresses cost nothing
        return text.replace("\0", "") if "\0" in text else text
    try:
        text.encode("utf-16-le")  # refuses them, in half the time that UTF-8 takes
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # halves that belong together are joined
    return text.replace("\0", "") if "\0" in text else text


def short_key(text: str) -> str:
    """A key as it is kept: one that is too long is cut, and told from others that begin alike by a SHA-256 of the whole.

    Shortening a shortened key changes nothing, so keys may be compared before and after they were kept.
    """
    text = storable(text)
    written = text.encode()
    if len(written) <= LONGEST_KEY:
        return text
    beginning = written[: LONGEST_KEY - _DIGEST].decode(errors="ignore")  # a letter that is cut in two goes
    return f"{beginning}~{hashlib.sha256(written).hexdigest()}"
