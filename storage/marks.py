"""By what a text is looked up: marks, which are 32-bit hashes of the whole text, of the title, and of its lowest word 3-grams.

A mark that very many articles bear tells nothing, and would make every look-up long; so no more than `CROWD` articles are written down for
one. Since whoever looks asks with all that it has, a copy shares the marks that are left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from storage import schema
from storage.fold import folded_words
from storage.model import Fingerprint

CROWD = 50
_LOWEST = 10
"""3-grams by which an article is found: of a copy cut to 40 %, 994 in 1,000 share one of them, and titles find the rest."""
_ASKED = 200
"""3-grams that a look-up asks for; a long document has more."""
_BITS = 32


def own_marks(title: str, fingerprint: Fingerprint) -> list[int]:
    """Of the text as a whole and of the title."""
    words = folded_words(title)
    marks = [_mark(int(fingerprint.content_hash[:16], 16))]
    return [*marks, _mark(_hashed(" ".join(words)))] if words else marks


def gram_marks(sketch: Sequence[int]) -> list[int]:
    """Of word 3-grams, those with the lowest hashes first."""
    return list(dict.fromkeys(map(_mark, sketch)))


def asked_marks(title: str, fingerprint: Fingerprint) -> list[int]:
    """All that a text is looked up by."""
    return [*own_marks(title, fingerprint), *gram_marks(fingerprint.sketch[:_ASKED])]


def bearers(connection: Connection, marks: Collection[int]) -> Counter[int]:
    """Articles by how many of the marks they bear."""
    return Counter(row.article_id for row in connection.execute(_BEARERS, {"marks": list(marks)}))


def index_marks(connection: Connection, article_id: int, title: str, fingerprint: Fingerprint) -> None:
    own, grams = own_marks(title, fingerprint), gram_marks(fingerprint.sketch[: 4 * _LOWEST])
    crowded = {row.hash for row in connection.execute(_CROWDED, {"marks": [*own, *grams], "crowd": CROWD})}
    wanted = [*(mark for mark in own if mark not in crowded), *[mark for mark in grams if mark not in crowded][:_LOWEST]]
    forget_marks(connection, article_id, wanted)
    if wanted:
        connection.execute(_NEW, [{"hash": mark, "article_id": article_id} for mark in dict.fromkeys(wanted)])


def forget_marks(connection: Connection, article_id: int, marks: Iterable[int]) -> None:
    connection.execute(_FORGET, {"article_id": article_id, "marks": list(marks)})


def _mark(number: int) -> int:
    """The low bits, as the lowest hashes have their high ones in common; signed, as the column is."""
    low = number & ((1 << _BITS) - 1)
    return low - (1 << _BITS) if low >> (_BITS - 1) else low


def _hashed(words: str) -> int:
    return int.from_bytes(blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest())


_mark_of = schema.mark.c
_BEARERS = select(_mark_of.article_id).where(_mark_of.hash.in_(bindparam("marks", expanding=True)))
_CROWDED = (
    select(_mark_of.hash)
    .where(_mark_of.hash.in_(bindparam("marks", expanding=True)))
    .group_by(_mark_of.hash)
    .having(func.count() >= bindparam("crowd"))
)
_NEW = insert(schema.mark)
_FORGET = delete(schema.mark).where(_mark_of.hash.in_(bindparam("marks", expanding=True)), _mark_of.article_id == bindparam("article_id"))
