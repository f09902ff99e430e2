"""Words of a text that look like a word of a query and are no form of it: derived words and aspect partners, which people ask about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from notify.lemmas import Lexicon
from notify.query import Form, Sought

_BUCKET = 4
"""Letters that words must share to be compared: «делать» and «делить» are nothing to each other."""
_SHARE = 0.6
"""Of the shorter word; «конференция» and «конферансье» share six letters and nothing else."""
_PREFIX = 4
"""The longest prefix by which a verb is told from its aspect partner (пере-)."""
_ROOT = 5
_LONGEST = 40
"""A longer "word" is glued text, and helps nobody."""
_MOST_FORMS = 20_000
"""Different words of a text that are looked at: more than any text of sentences has."""


class Like(NamedTuple):
    form: str
    lemmas: tuple[str, ...]
    """What it is a form of, besides itself; empty where no dictionary knows."""


class Likeness:
    """The words of one text, by how they begin, and the words they are forms of, by how these end."""

    def __init__(self, forms: Collection[str], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._by_beginning: Mapping[str, list[str]] = defaultdict(list)
        self._by_end: Mapping[str, list[tuple[str, str]]] = defaultdict(list)
        for form in sorted(form for form in forms if len(form) <= _LONGEST)[:_MOST_FORMS]:
            self._by_beginning[form[:_BUCKET]].append(form)
            for lemma in self._lemmas(form):
                self._by_end[lemma[-_ROOT:]].append((lemma, form))

    def to(self, word: Sought, most: int = 3) -> list[Like]:
        """The most alike first. Never a form that the word finds."""
        if word.form is not Form.ANY or len(word.folded) < _BUCKET or word.folded[0].isdecimal():
            return []
        asked = self._lexicon.asked(word.folded)
        alike = sorted({*self._beginning_like(word.folded), *self._with_prefix(word.folded)}, key=lambda form: _order(form, word.folded))
        others = (form for form in alike if not self._is_found(form, asked))
        told: dict[tuple[str, ...], Like] = {}
        for form in others:
            lemmas = tuple(sorted({*self._lemmas(form)} - {form}, key=lambda lemma: _order(lemma, word.folded))[:2])
            told.setdefault(lemmas or (form,), Like(form, lemmas))
            if len(told) == most:
                break
        return list(told.values())

    def beginning_like(self, beginning: str) -> str | None:
        """The word that shares the most first letters with what a word should begin with, if it shares many."""
        alike = sorted(self._beginning_like(beginning), key=lambda form: _order(form, beginning))
        return alike[0] if alike else None

    def _is_found(self, form: str, asked: Collection[str]) -> bool:
        return f"={form}" in asked or not self._lexicon.keys(form).isdisjoint(asked)

    def _beginning_like(self, word: str) -> Iterator[str]:
        for form in self._by_beginning.get(word[:_BUCKET], ()):
            shared = _shared(form, word)
            if shared >= max(_BUCKET, _SHARE * min(len(form), len(word))):
                yield form

    def _with_prefix(self, word: str) -> Iterator[str]:
        """«сделать» of «делать», and the other way round."""
        for own in {word, *self._lemmas(word)}:
            for lemma, form in self._by_end.get(own[-_ROOT:], ()):
                shorter, longer = sorted((own, lemma), key=len)
                if len(shorter) >= _ROOT and longer.endswith(shorter) and 0 < len(longer) - len(shorter) <= _PREFIX:
                    yield form

    def _lemmas(self, form: str) -> Iterable[str]:
        """Dictionary words alone: the keys of rules are no words."""
        return sorted(key for key in self._lexicon.keys(form) if key.isalpha())


def _order(form: str, word: str) -> tuple[int, int, str]:
    return -_shared(form, word), abs(len(form) - len(word)), form


def _shared(form: str, word: str) -> int:
    """How many letters both begin with."""
    return next((place for place, (one, other) in enumerate(zip(form, word, strict=False)) if one != other), min(len(form), len(word)))
