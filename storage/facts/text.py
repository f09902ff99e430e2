"""A text while it is read: its words, what stands between them, and where its sentences begin."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from storage.facts import told
from storage.fold import Word, words_in_place

_ENDS_SENTENCE = re.compile(r"[.!?…;:]|\n")
_SHORTENED = told.words(
    "г гг ул им др пр т п пп стр обл р рн пл пер д корп тел см ст чл проф акад ген дир зам мин руб коп тыс млн млрд "
    "вул вобл тав mr mrs ms dr st no vs prof art"
)
"""Words that a dot does not end a sentence after."""
_JOINING = frozenset(("", "-", "\u2011", "."))
_LOUD = 3
"""Words of a line that can be called a line of capitals."""
_BELARUSIAN = re.compile("[іў]", re.IGNORECASE)


class Sentences:
    """Words in their places, with what is known of their case."""

    def __init__(self, original: str, words: Sequence[Word]) -> None:
        self.original = original
        self.words = words
        self.begins = _beginnings(original, words)
        """Whether each word begins a sentence, or stands in a line of capitals where case tells nothing."""

    def written(self, at: int) -> str:
        """A word in its case; empty beyond the ends."""
        return self.original[self.words[at].start : self.words[at].end] if 0 <= at < len(self.words) else ""

    def capitalised(self) -> Iterator[str]:
        """Folded words in capitals where nothing but a name has them."""
        for word, begins in zip(self.words, self.begins, strict=True):
            if not begins and self.original[word.start].isupper():
                yield word.folded

    def lowercase(self) -> Iterator[str]:
        return (word.folded for word in self.words if self.original[word.start].islower())


class Text(Sentences):
    """A text that facts are read from."""

    def __init__(self, sentences: Sentences, names: Collection[str], common: Collection[str]) -> None:
        self.original, self.words, self.begins = sentences.original, sentences.words, sentences.begins
        self.names = names
        """Stems of words that were seen in capitals inside a sentence."""
        self.common = common
        """Stems of words that were seen in lower case."""

    @cached_property
    def belarusian(self) -> bool:
        return _BELARUSIAN.search(self.original) is not None

    def word(self, at: int) -> str:
        """Folded; empty beyond the ends."""
        return self.words[at].folded if 0 <= at < len(self.words) else ""

    def gap(self, at: int) -> str:
        """What stands before a word; a line break beyond the ends."""
        if not 0 <= at <= len(self.words):
            return "\n"
        start = self.words[at - 1].end if at else 0
        return self.original[start : self.words[at].start if at < len(self.words) else None]

    def joined(self, at: int) -> bool:
        """Only white space parts the word from the one before, or a hyphen, or a dot that shortens."""
        gap = self.gap(at)
        return at < len(self.words) and "\n" not in gap and gap.strip() in _JOINING


def sentences(text: str) -> Sentences:
    return Sentences(text, tuple(words_in_place(text)))


def _beginnings(text: str, words: Sequence[Word]) -> list[bool]:
    begins = [True] * len(words)
    for at in range(1, len(words)):
        before = words[at - 1]
        gap = text[before.end : words[at].start]
        begins[at] = _ENDS_SENTENCE.search(gap) is not None and not (gap.strip() == "." and _is_shortened(text, before))
    for start, end in _shouted(text, words):
        begins[start:end] = [True] * (end - start)
    return begins


def _is_shortened(text: str, word: Word) -> bool:
    return word.folded in _SHORTENED or (len(word.folded) == 1 and text[word.start].isupper())


def _shouted(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Lines of three words or more, most of them in capitals."""
    start = 0
    for at in range(1, len(words) + 1):
        if at < len(words) and "\n" not in text[words[at - 1].end : words[at].start]:
            continue
        loud = sum(len(word.folded) > 1 and text[word.start : word.end].isupper() for word in words[start:at])
        if at - start >= _LOUD and 2 * loud > at - start:
            yield start, at
        start = at
