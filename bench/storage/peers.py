# mypy: disable-error-code="import-untyped,import-not-found,no-any-return"
"""Others' ways to tell near copies, on the same words: MinHash with LSH, simhash, and the hash of the whole text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from datasketch import MinHash, MinHashLSH
from simhash import Simhash

from bench.storage.texts import Publication
from storage.fold import folded_words

PERMUTATIONS = 128
_DISTANCE = 3

Alike = Callable[["Told", "Told"], bool]


@dataclass(frozen=True, slots=True)
class Told:
    """What the peers know of a text."""

    words: str
    minhash: Any
    simhash: Any


def grams(words: list[str]) -> list[bytes]:
    return [f"{a} {b} {c}".encode() for a, b, c in zip(words, words[1:], words[2:], strict=False)]


def minhash(words: list[str]) -> Any:
    """At its quickest: all 3-grams at once, with its own hash."""
    made = MinHash(PERMUTATIONS)
    made.update_batch(grams(words))
    return made


def minhash_one_by_one(words: list[str]) -> Any:
    made = MinHash(PERMUTATIONS)
    for gram in grams(words):
        made.update(gram)
    return made


def simhash(words: list[str]) -> Any:
    return Simhash([gram.decode() for gram in grams(words)])


def told(publication: Publication) -> Told:
    words = folded_words(publication.text)
    return Told(" ".join(words), minhash(words), simhash(words))


def by_lsh(threshold: float) -> Alike:
    """A pair is taken for one where the index finds the one by the other, as its users do."""
    bands = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)

    def alike(one: Told, other: Told) -> bool:
        return any(
            (one.minhash.hashvalues[place : place + bands.r] == other.minhash.hashvalues[place : place + bands.r]).all()
            for place in range(0, bands.b * bands.r, bands.r)
        )

    return alike


PEERS: dict[str, Alike] = {
    "MinHashLSH 0.5": by_lsh(0.5),
    "MinHashLSH 0.7": by_lsh(0.7),
    "simhash ≤ 3": lambda one, other: one.simhash.distance(other.simhash) <= _DISTANCE,
    "exact hash": lambda one, other: one.words == other.words,
}
