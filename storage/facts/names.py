"""Names: words in capitals that don't owe them to the beginning of a sentence, and initials."""

from __future__ import annotations

import re

from storage.facts import told
from storage.facts.fact import Fact, FactKind
from storage.facts.text import Text
from storage.fold import fold

_ENDINGS = re.compile(
    r"(?<=..)(?:ого|его|ому|ему|ыми|ими|ымі|імі|ага|яга|аму|яму|ами|ями|амі|ямі|иями|ией|иям|иях|іяй|ием|іем|аем|еем|ьей"
    r"|ий|ый|ой|ей|ай|яй|ая|яя|ое|ее|ую|юю|ые|ие|ыя|ія|ых|их|іх|ым|им|ім|ом|ем|ам|ям|ах|ях|ия|ии|ию|іі|ію|ею|ея|аю|ае|аі|еі|ью|ья|ьи|ье"
    r"|а|я|о|е|у|ю|ы|и|і|й|ь)$",
)
"""Of cases. Those of the genitive plural are left out, as surnames end in -ов and -ев."""
_ABBREVIATION = re.compile(r"^((?=\D)[^\W_]{2,}?)(?![A-ZА-ЯЁІЎ])([а-яёіў]{0,3})$")
"""«МИД», and «МИДа», which takes an ending."""
_FUNCTION_WORDS = told.words(
    "это эта этот эти как при для или под над что где так еще уже они она оно его ему ими нами без все вся весь также после перед если "
    "когда кроме того более менее среди между через около только the this that and for with from our they "
    "гэта гэты гэтая яны яна яно пры або каб калі пасля перад таксама акрамя"
)
_SHORTEST = 3
"""Letters of a word that may be a name though it begins a sentence."""


def name_stem(folded: str) -> str:
    """A word without the ending of its case, so that most forms of a name agree; Latin ones without the possessive.

    >>> name_stem("беларусью"), name_stem("беларуси"), name_stem("ивановым")
    ('беларус', 'беларус', 'иванов')
    """
    if folded.isascii():
        return folded.removesuffix("'s").removesuffix("'")
    return _ENDINGS.sub("", folded.replace("ў", "в"))


def name(text: Text, at: int) -> Fact | None:
    written, folded = text.written(at), text.word(at)
    if not written[0].isupper():
        return None
    if len(folded) == 1:
        return Fact(FactKind.NAME, f"{folded}.", at, at + 1) if _is_initial(text, at) else None
    if not text.begins[at]:
        return Fact(FactKind.NAME, _abbreviation(written) or name_stem(folded), at, at + 1)
    stem = name_stem(folded)
    if stem in text.common or folded in _FUNCTION_WORDS or len(folded) < _SHORTEST:
        return None
    return Fact(FactKind.NAME, stem, at, at + 1, sure=stem in text.names)


def _abbreviation(written: str) -> str:
    """«мид» of «МИДа»; empty for other words."""
    found = _ABBREVIATION.match(written)
    return fold(found[1]) if found and found[1].isupper() else ""


def _is_initial(text: Text, at: int) -> bool:
    """A letter with a dot beside a capitalised word; «О» and «В» begin sentences."""
    return text.gap(at + 1).startswith(".") and any(text.written(place)[:1].isupper() for place in (at - 1, at + 1))
