"""By what a text is looked up: marks, which are 32-bit hashes of the whole text, of the title, and of its lowest word 3-grams.

A mark that very many articles bear tells nothing, and would make every look-up long; so no more than `CROWD` articles are written down for
one. Since whoever looks asks with all that it has, a copy shares the marks that are left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, select

from storage import schema
from storage.among import among
from storage.fold import folded_words
from storage.model import Fingerprint
from storage.rows import insert_rows

CROWD = 6
"""Articles that are written down for one mark. With `_ASKED` it bounds a look-up: of a series of thousands made from one template it meets
this many for each of its 3-grams, and 16 took twice as long.
"""
_LOWEST = 10
"""3-grams by which an article is found: of a copy cut to 40 %, 994 in 1,000 share one of them, and titles find the rest."""
_AT_FIRST = 16
"""3-grams that are held against what is there before more of them are: phrases that everybody uses are crowded."""
_ASKED = 48
"""3-grams that a look-up asks for, of about 70 of a page. The lowest ones of a text are among the lowest ones of its copies, even if these
are twice as long; of the ten of a short text that stands in one of 1,000 words, one is there in seven cases of eight."""
_NOTHING = 1.5 / CROWD
"""More than one phrase weighs that a whole crowd uses, and less than two of them."""
_HALF = 1 << 31
_LOW = (1 << 32) - 1


class Marked(NamedTuple):
    """An article and the text that it is to be found by."""

    article_id: int
    title: str
    fingerprint: Fingerprint


def own_marks(title: str, fingerprint: Fingerprint) -> list[int]:
    """Of the text as a whole and of the title."""
    of_title = title_mark(title)
    return [content_mark(fingerprint)] if of_title is None else [content_mark(fingerprint), of_title]


def title_mark(title: str) -> int | None:
    """None for a title without words."""
    words = folded_words(title)
    return _mark(_hashed(" ".join(words))) if words else None


def content_mark(fingerprint: Fingerprint) -> int:
    return _mark(int(fingerprint.content_hash[:16], 16))


def gram_marks(sketch: Sequence[int]) -> list[int]:
    """Of word 3-grams, those with the lowest hashes first."""
    return [_mark(gram) for gram in sketch[:_ASKED]]


def alike(connection: Connection, title: str, fingerprint: Fingerprint) -> list[int]:
    """Articles that share marks with a text, the likeliest first.

    A phrase that few use says more: each weighs one, divided among its bearers, and one that many use says nothing by itself. Who has the
    whole text comes before all others; a title says as much as a phrase of one's own.
    """
    own = own_marks(title, fingerprint)
    borne: dict[int, list[int]] = defaultdict(list)
    for mark, article_id in _found(connection, [*own, *gram_marks(fingerprint.sketch)]):
        borne[mark].append(article_id)
    weights: dict[int, float] = defaultdict(float)
    for mark, article_ids in borne.items():
        weight = _ASKED if mark == own[0] else 1.0 if mark in own else 1 / len(article_ids)
        for article_id in article_ids:
            weights[article_id] += weight
    telling = [(-weight, article_id) for article_id, weight in weights.items() if weight > _NOTHING]
    return [article_id for _, article_id in sorted(telling)]


def index_marks(connection: Connection, articles: Sequence[Marked]) -> None:
    """Write down by what articles are found that were not written down before, or whose text is another now (see `forget_grams`)."""
    own = [own_marks(one.title, one.fingerprint) for one in articles]
    grams = [gram_marks(one.fingerprint.sketch[:_AT_FIRST]) for one in articles]
    crowds = _crowds(connection, {mark for marks in (*own, *grams) for mark in marks})
    full = {mark for mark, crowd in crowds.items() if crowd >= CROWD}
    if short := [place for place, marks in enumerate(grams) if len(full.intersection(marks)) > _AT_FIRST - _LOWEST]:
        for place in short:
            grams[place] = gram_marks(articles[place].fingerprint.sketch)
        crowds |= _crowds(connection, {mark for place in short for mark in grams[place]} - crowds.keys())
    rows = [
        (mark, one.article_id)
        for one, its_own, its_grams in zip(articles, own, grams, strict=True)
        for mark in _chosen(its_own, its_grams, crowds)
    ]
    insert_rows(connection, schema.mark, ("hash", "article_id"), sorted(rows), new=False)


def forget_grams(connection: Connection, article_id: int, sketch: Sequence[int]) -> None:
    """An older text of an article is found as a whole from now on: what a mirror shows that fell behind."""
    connection.execute(_FORGET, {"article": article_id, "marks": gram_marks(sketch)})


def _crowds(connection: Connection, marks: Collection[int]) -> Counter[int]:
    """How many articles bear each of the marks."""
    return Counter({mark: crowd for mark, crowd in connection.execute(_CROWDS, {"marks": marks}).all()})  # noqa: C416  (rows)


def _found(connection: Connection, marks: Collection[int]) -> Iterable[tuple[int, int]]:
    return connection.execute(_BEARERS, {"marks": marks}).all()


def _chosen(own: Iterable[int], grams: Iterable[int], crowds: Counter[int]) -> set[int]:
    """The marks that are not crowded yet, which counts them."""
    chosen = {mark for mark in own if crowds.get(mark, 0) < CROWD}
    chosen.update(islice((mark for mark in grams if crowds.get(mark, 0) < CROWD), _LOWEST))
    crowds.update(chosen)
    return chosen


def _mark(number: int) -> int:
    """The low bits, as the lowest hashes have their high ones in common; signed, as the column is."""
    return ((number + _HALF) & _LOW) - _HALF


def _hashed(words: str) -> int:
    return int.from_bytes(blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest())


_CROWDS = select(schema.mark.c.hash, func.count()).where(among(schema.mark.c.hash, "marks")).group_by(schema.mark.c.hash)
_BEARERS = select(schema.mark.c.hash, schema.mark.c.article_id).where(among(schema.mark.c.hash, "marks"))
_FORGET = delete(schema.mark).where(among(schema.mark.c.hash, "marks"), schema.mark.c.article_id == bindparam("article"))
