"""Names and abbreviations that a text says are one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from notify.glossary.brackets import Bracket, Part, brackets, is_legal_form, short_of
from notify.glossary.keys import keyed
from notify.glossary.letters import MOST_WORDS, Short, Word, first_word, is_function_word, without_state, words_in
from notify.lemmas import Lexicon
from notify.lemmas.related import is_organisation, is_verb
from storage.fold import compose
from storage.model import NamePair, Texts
from storage.store_names import LONGEST_LONG, PER_ARTICLE

_MOST_BRACKETS = 2_000
"""Looked at in one article: a law of 300 pages has fewer, and a file of nothing but brackets costs a tenth of a second."""
_LEAST_CONTENT, _MOST_CONTENT = 2, 10
"""Words of a name whose letters don't spell its abbreviation."""
_LONGEST_ACRONYM = 6
_LAST_WORD = re.compile(r"(?:^|[\s«»“”„\"'(,])([^\s«»“”„\"'(,]+)[»”“\"']?\s*$")


class _Stated(NamedTuple):
    short: Short
    long: str


def pairs_in(texts: Texts, lexicon: Lexicon) -> tuple[NamePair, ...]:
    """The pairs that an article states, each once, at most as many as are kept of one article.

    >>> [(pair.short, pair.long) for pair in pairs_in(Texts("", "Международный союз электросвязи (МСЭ)"), Lexicon())]
    [('МСЭ', 'Международный союз электросвязи')]
    """
    found: dict[tuple[str, str], NamePair] = {}
    for bracket in islice(_all_brackets(texts), _MOST_BRACKETS):
        for stated in _stated(bracket):
            pair = keyed(stated.short.written, stated.long, lexicon)
            found.setdefault((pair.short_key, pair.long_key), pair)
        if len(found) >= PER_ARTICLE:
            break
    return tuple(found.values())[:PER_ARTICLE]


def _all_brackets(texts: Texts) -> Iterator[Bracket]:
    for text in (texts.title, texts.text, *texts.attachments):
        if "(" in text:
            yield from brackets(compose(text))


def _stated(bracket: Bracket) -> list[_Stated]:
    shorts = [(part.short, part.outright) for part in bracket.parts if part.short]
    if shorts:
        before = words_in(bracket.before)
        if found := _named_before(bracket.before, before, shorts):
            return [*found, *_named_within(bracket.parts, [short for short, _ in shorts])]
        return [
            *_named_within(bracket.parts, [short for short, _ in shorts]),
            *_reversed(bracket),
            *_outright(bracket.before, before, shorts),
        ]
    return _reversed(bracket)


def _named_before(text: str, words: Sequence[Word], shorts: Sequence[tuple[Short, bool]]) -> list[_Stated]:
    """`Международный союз электросвязи (МСЭ, ITU)`: what one of them abbreviates, those in another alphabet do too."""
    spelled: dict[Short, str] = {}
    for short, outright in shorts:
        if (long := _spelled(text, words, short, outright=outright)) is not None:
            spelled[short] = long
    if not spelled:
        return []
    long = next(iter(spelled.values()))
    others = [short for short, _ in shorts if short not in spelled and _is_translation(short, long)]
    return [*(_Stated(short, long) for short, long in spelled.items()), *(_Stated(short, long) for short in others)]


def _named_within(parts: Sequence[Part], shorts: Sequence[Short]) -> list[_Stated]:
    """`(англ. International Telecommunication Union, ITU)`."""
    longs = [part.text for part in parts if part.short is None]
    return [_Stated(short, long) for text in longs for short in shorts if (long := _spelled_whole(text, short)) is not None]


def _reversed(bracket: Bracket) -> list[_Stated]:
    """`МСЭ (Международный союз электросвязи, ITU)`."""
    last = _LAST_WORD.search(bracket.before)
    short = short_of(last[1]) if last else None
    if short is None:
        return []
    for part in bracket.parts:
        if part.short is None and (long := _spelled_whole(part.text, short)) is not None:
            others = [one.short for one in bracket.parts if one.short and _is_translation(one.short, long)]
            return [_Stated(short, long), *(_Stated(other, long) for other in others)]
    return []


def _spelled(text: str, words: Sequence[Word], short: Short, *, outright: bool) -> str | None:
    found = first_word(words, short, explicit=outright)
    return None if found is None else _written(text, words[found[0] : found[1]])


def _spelled_whole(text: str, short: Short) -> str | None:
    """The text, if it is the full name and nothing else."""
    words = words_in(text)
    if not 1 < len(words) <= MOST_WORDS:
        return None
    found = first_word(words, short, explicit=True)
    begins = next((place for place, word in enumerate(words) if not is_function_word(word.folded)), 0)
    return _written(text, words[found[0] : found[1]]) if found and found[0] == begins else None


def _outright(text: str, words: Sequence[Word], shorts: Sequence[tuple[Short, bool]]) -> list[_Stated]:
    """«Федеральная служба по надзору в сфере связи (далее – Роскомнадзор)»: no letters show where the name begins, so it begins at the
    last capital.
    """
    short, outright = shorts[0]
    acronym = short.written.isupper() and len(short.letters) <= _LONGEST_ACRONYM and not is_legal_form(short)
    if not outright or not (acronym or is_organisation(short.letters)):
        return []
    words = words[: without_state(words)]
    start = next((place for place in reversed(range(len(words))) if text[words[place].start].isupper()), None)
    if start is None:
        return []
    named = words[start:]
    content = [word for word in named if not is_function_word(word.folded)]
    if not _LEAST_CONTENT <= len(content) <= _MOST_CONTENT or content[0] != named[0] or not all(word.folded.isalpha() for word in named):
        return []
    long = _written(text, named) if not any(quote in text[named[0].start :] for quote in '«»“”"') else None
    return [_Stated(short, long)] if long else []


def _written(text: str, words: Sequence[Word]) -> str | None:
    """The words as they stand, on one line and without quotes; None where they are a clause, or longer than any name."""
    if any(is_verb(word.folded) for word in words):
        return None
    long = re.sub(r"[\s«»“”„\"‹›]+", " ", text[words[0].start : words[-1].end]).strip()
    return long if len(long) <= LONGEST_LONG else None


def _is_translation(short: Short, long: str) -> bool:
    """It is in another alphabet: `ITU` of a Russian name."""
    return short.letters.isascii() and not long.isascii() and short.written.isupper() and short.letters.isalpha()
