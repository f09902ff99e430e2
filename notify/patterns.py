"""Regular expressions of watches, over folded text. The one home of RE2, which takes time in proportion to the text, whatever is asked.

A text is folded character by character, as words are (`storage.fold`): case, ё, stress marks, soft hyphens, kinds of dashes and spaces say
nothing to an expression.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, cast

import re2

from storage.fold import fold

_LONGEST = 1_000
_MEMORY = 4 << 20
"""Bytes for one expression's automaton; RE2 falls back to a slower search when they are used up, and refuses one that can't fit."""
_MOST = 1_000
"""Places that are told of one text."""

_DASH = re.compile("[\u2010-\u2015\u2212]")
_APOSTROPHE = re.compile("[’ʼ‘`´]")
_SPACE = re.compile(r"\s")
_ODD = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff\ud800-\udfff]")
"""Marks and halves of letters: where they stand, a text has to be folded letter by letter."""
_EDGE = r"\b"
_CLASS = re.compile(r"\[(?:\\.|[^\]\\])*\]", re.DOTALL)
_CLASS_APART = re.compile(rf"({_CLASS.pattern})", re.DOTALL)


class PatternError(ValueError):
    """An expression that can't be taken; says why, for the person who wrote it."""


def check_pattern(regex: str) -> None:
    """Raises PatternError for what RE2 refuses, and for what would say nothing."""
    if len(regex) > _LONGEST:
        raise PatternError(f"the regular expression has {len(regex)} characters; {_LONGEST} are the limit")
    if any("\ud800" <= character <= "\udfff" for character in regex):
        raise PatternError("the regular expression has half a character in it; write it anew")
    if odd := next((character for listed in _CLASS.findall(regex) for character in listed if len(_as_folded(character)) != 1), None):
        raise PatternError(f"{odd} can't stand within […], as it is read as {_as_folded(odd) or 'nothing'!r}; write (a|b) in its place")
    inner, _, _ = _without_edges(regex)
    if re.search(r"(?<!\\)(?:\\\\)*\\C", inner):
        raise PatternError(r"\C finds a part of a letter; write a dot for any letter")
    if re.search(r"(?<!\\)(?:\\\\)*\\[bB]", inner):
        raise PatternError(r"\b is understood at the beginning and at the end of a regular expression only")
    if _compiled(inner).search("") is not None:
        raise PatternError("this regular expression is also satisfied by no letter at all, and so by every text")


def places(regex: str, flat: Flat) -> Iterator[tuple[int, int]]:
    """Where the expression is found, as offsets in the original text; overlapping places are told once."""
    inner, starts, ends = _without_edges(regex)
    told = 0
    for found in _compiled(inner).finditer(flat.text):
        start, end = found.span()
        if start == end or (starts and not _is_edge(flat.text, start)) or (ends and not _is_edge(flat.text, end)):
            continue
        yield flat.original(start, end)
        told += 1
        if told == _MOST:
            return


class Flat:
    """A text folded for expressions, which knows where its letters stood."""

    def __init__(self, text: str) -> None:
        self.text, self._starts = _flattened(text)

    def original(self, start: int, end: int) -> tuple[int, int]:
        if self._starts is None:
            return start, end
        return self._starts[start], max(self._starts[end], self._starts[start] + 1)


def _flattened(text: str) -> tuple[str, list[int] | None]:
    """The folded text, and where each of its letters begins; None where all stand at the same place as before."""
    even = _evened(_SPACE.sub(_one_space, text)).lower().replace("ё", "е")
    if len(even) == len(text) and _ODD.search(even) is None and unicodedata.is_normalized("NFKC", even):
        return even, None
    letters: list[str] = []
    starts: list[int] = []
    for cluster in re.finditer(r".[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*", text, re.DOTALL):
        folded = _folded(cluster.group())
        letters.append(folded)
        starts.extend([cluster.start()] * len(folded))
    return "".join(letters), [*starts, len(text)]


def _evened(text: str) -> str:
    return _APOSTROPHE.sub("'", _DASH.sub("-", text))


def _one_space(found: re.Match[str]) -> str:
    return found.group() if found.group() in "\n\t " else " "


@lru_cache(maxsize=10_000)
def _folded(cluster: str) -> str:
    folded = fold(cluster)
    if "\ud800" <= cluster[0] <= "\udfff":
        return "\ufffd"
    if folded and not folded.isspace():
        return _evened(folded)
    return _one_space(found) if (found := _SPACE.match(cluster)) else folded


def _without_edges(regex: str) -> tuple[str, bool, bool]:
    r"""RE2 knows `\b` for ASCII alone, so at the two ends it is taken off, and the ends are looked at afterwards."""
    starts, ends = regex.startswith(_EDGE), regex.endswith(_EDGE) and not regex.endswith("\\" + _EDGE) and len(regex) > len(_EDGE)
    inner = regex.removeprefix(_EDGE)
    return (inner.removesuffix(_EDGE) if ends else inner), starts, ends


def _is_edge(text: str, place: int) -> bool:
    before = place > 0 and text[place - 1].isalnum()
    after = place < len(text) and text[place].isalnum()
    return before != after


@lru_cache(maxsize=1_000)
def _compiled(inner: str) -> Any:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        return cast("Any", re2.compile(_with_letters(_folded_regex(inner)), options))
    except re2.error as error:
        words = error.args[0].decode(errors="replace") if isinstance(error.args[0], bytes) else str(error)
        raise PatternError(f"the regular expression can't be read: {words}") from None


def _folded_regex(regex: str) -> str:
    """An expression in the letters that texts are folded into; what is folded into several, «№» into "no", is put into brackets."""
    composed = _ODD.sub("", unicodedata.normalize("NFC", regex))
    parts = [part if _CLASS.fullmatch(part) else "".join(map(_grouped, part)) for part in _CLASS_APART.split(composed)]
    return _evened(_SPACE.sub(_one_space, "".join(parts))).replace("ё", "е").replace("Ё", "Е")


def _grouped(character: str) -> str:
    folded = _as_folded(character)
    return folded if len(folded) == 1 else f"(?:{re.escape(folded)})"


def _as_folded(character: str) -> str:
    """As texts have it, in its case, which says nothing here."""
    even = unicodedata.normalize("NFKC", character)
    return character if character.isspace() or even == character else even


def _with_letters(regex: str) -> str:
    r"""`\w` and `\W` for all alphabets, within brackets too: RE2 knows letters by `\pL`, its `\w` is ASCII's alone."""
    letters = {"w": r"[\pL\pN_]", "W": r"[^\pL\pN_]"}
    classes = _CLASS.sub(lambda found: found[0].replace(r"\w", r"\pL\pN_"), regex)  # no class can stand within another
    return re.sub(r"\\(.)", lambda found: letters.get(found[1], found[0]), classes, flags=re.DOTALL)
