"""What the search index holds of an article: one bag of keys, from which whether a word is there can be told without its text.

A word stands in it by its lemmas' keys and, as it is, after `=`. Where in the article it is, is told by marks before the key:

| key | the word is |
|---|---|
| `связь`, `=связи` | in title, text or a document |
| `t:связь` | in the title |
| `n:связь` | in title or a document, and not in the text |
| `o:связь` | in title or text, and not in a document; told only where there is a document, which `a:any` says |
| `u:шульган` | among the authors |
| `s:`, `f:` | the name of the source, as it is and folded |
| `l:ru`, `w:NAME` | the language; a watch that matched it at any time |
"""

from __future__ import annotations

from collections.abc import Iterable

from notify.glossary import pairs_in
from notify.lemmas import EXACT
from notify.reading import FieldRead, Read, Reading
from storage.fold import fold
from storage.model import Indexed

TITLE, NOT_TEXT, NOT_DOCUMENT, AUTHOR, SOURCE, SOURCE_FOLDED, LANGUAGE, WATCH = "t:", "n:", "o:", "u:", "s:", "f:", "l:", "w:"
DOCUMENT = "a:any"
_MOST = 30_000
"""Keys of one article, which a text of some 10,000 different words has. PostgreSQL takes a megabyte of them; what has more is read when it
is asked for."""


def indexed(reading: Reading, watches: Iterable[str]) -> Indexed:
    """What the index is to hold of a state of an article; `watches` are all that matched it at any time."""
    keys = _keys(reading)
    whole = len(keys) <= _MOST
    if not whole:
        keys = set(sorted(keys)[:_MOST])
    texts = reading.texts
    keys |= {SOURCE + texts.source, SOURCE_FOLDED + fold(texts.source), LANGUAGE + texts.language, *(WATCH + watch for watch in watches)}
    return Indexed(reading.lexicon.version, frozenset(keys), whole, pairs_in(texts, reading.lexicon))


def _keys(reading: Reading) -> set[str]:
    main = reading.main
    title, text, *documents = (_keys_of(field, main) for field in main.fields)
    everywhere = title.union(text, *documents)
    author = _keys_of(reading.author.fields[0], main)
    keys = everywhere | _marked(TITLE, title) | _marked(NOT_TEXT, everywhere - text) | _marked(AUTHOR, author)
    if documents:
        keys |= _marked(NOT_DOCUMENT, everywhere.difference(*documents)) | {DOCUMENT}
    return keys


def _keys_of(field: FieldRead, read: Read) -> set[str]:
    forms = set(field.words)
    if len(forms) > _MOST:  # more than the index takes as they are: it is not worth working out what they are forms of
        return {EXACT + form for form in forms}
    return {key for form in forms for key in (*read.keys_of(form), EXACT + form)}


def _marked(mark: str, keys: Iterable[str]) -> set[str]:
    return {mark + key for key in keys}
