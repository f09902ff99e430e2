"""What identifies a text without keeping it: a hash, a sketch, and the facts it states.

The sketch is a FracMinHash (Irber et al. 2022): of all hashes of word 3-grams, those in the lowest `1/SCALE` of their range. Unlike a
fixed-size MinHash it measures containment of a short text in a long one.
"""

from __future__ import annotations

import re
from hashlib import blake2b, sha256
from urllib.parse import urlsplit

from xxhash import xxh3_64_intdigest

from storage.fold import compose, fold, folded_words
from storage.model import Content, Fingerprint

SKETCH = 2
"""The version of what is stored of a text; a database with another one is fingerprinted anew (`storage.resketch`)."""
SCALE = 4
"""One 3-gram in four is kept: about 70 for a page of 280 words."""
_HASH_BITS = 64
_LIMIT = (1 << _HASH_BITS) // SCALE

# Stems that hold in every case and gender, each with all endings an ordinal can take, so that «пятно» or «первоначальный» is none.
_ORDINAL_STEMS = {
    "перв": 1, "втор": 2, "трет": 3, "четверт": 4, "пят": 5, "шест": 6, "седьм": 7, "восьм": 8, "девят": 9, "десят": 10,
    "перш": 1, "друг": 2, "трэц": 3, "чацверт": 4, "шост": 6, "сем": 7, "восьмы": 8, "дзявят": 9, "дзясят": 10,
}  # fmt: skip
_ORDINAL = re.compile(
    rf"^({'|'.join(sorted(_ORDINAL_STEMS, key=len, reverse=True))})"
    r"(ый|ой|ий|ая|ое|ье|ья|ьи|ого|ьего|ому|ьему|ым|ьим|ом|ьем|ую|ью|ые|ых|ыми|ей|ьей|ы|і|га|ага|яга|аму|яму|ае|яе|яя|ую|юю|ай|яй)$",
)
_ENGLISH_ORDINALS = {
    w: n for n, w in enumerate(("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 1)
}
_MONTHS = re.compile(
    r"^(?:(январ|студзен|january)|(феврал|лют(?:ы|аг)|february)|(март|сакавік|march)|(апрел|красавік|april)|(ма[йяею]$|may$)|(июн|чэрвен|june)"
    r"|(июл|ліпен|july)|(август|жні[вў]|august)|(сентябр|верас|september)|(октябр|кастрычнік|october)|(ноябр|лістапад|november)|(декабр|снежн|december))",
)
_ROMAN = re.compile(r"^(X{0,3})(IX|IV|V?I{0,3})$")
_ROMAN_ONES = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
_TOKEN = re.compile(r"\w+(?:'\w+)*|[.!?…:;]|\n")
_DRAFT = re.compile(r"^(проект|праект|draft)\b", re.IGNORECASE)


def fingerprint(title: str, text: str) -> Fingerprint:
    """The identity of a text; a page without text is known by its title."""
    words = folded_words(text) or folded_words(title)
    return Fingerprint(
        content_hash=_digest(" ".join(words)),
        sketch=sketch_of(words),
        facts=frozenset(map(_hash, _facts(f"{title}\n{text}"))),
    )


def state_hash(content: Content) -> str:
    """Changes with the words of title and text and with the attachments' paths; not with markup, nor with tokens in addresses."""
    attachments = sorted(urlsplit(attachment.url).path for attachment in content.attachments)
    parts = (" ".join(folded_words(content.title)), " ".join(folded_words(content.text)), *attachments)
    return _digest("\n".join(parts))


def containment(part: Fingerprint, whole: Fingerprint) -> float:
    """The share of `part`'s 3-grams that stand in `whole`, estimated from the sketches; 0.0 where `part` has none."""
    if not part.sketch:
        return 0.0
    return len(set(part.sketch) & set(whole.sketch)) / len(part.sketch)


def is_draft(fingerprint: Fingerprint) -> bool:
    """Whether the document calls itself a draft in its title or first line: a draft and what was adopted are two publications."""
    return _DRAFT_FACT in fingerprint.facts


def _digest(text: str) -> str:
    # a lone surrogate can't be encoded strictly, and a hostile page may hold one
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sketch_of(words: list[str]) -> tuple[int, ...]:
    """XXH3 (42 µs for 280 words, BLAKE2 takes 240): no secret hangs on it, as a likeness of sketches alone never silences anything."""
    encoded = [word.encode() for word in words]  # each once, not once a 3-gram; a word holds no surrogate
    grams = map(b" ".join, zip(encoded, encoded[1:], encoded[2:], strict=False))
    return tuple(sorted({h for h in map(xxh3_64_intdigest, grams) if h < _LIMIT}))


def _hash(fact: str) -> int:
    return int.from_bytes(blake2b(fact.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1  # a signed 64-bit column holds it


_DRAFT_FACT = _hash("status: draft")


def _facts(text: str) -> set[str]:
    """Numbers, ordinals, months, names and the status of a draft: what differs between publications made from one template.

    A name is a capitalised word that does not begin a sentence; its last letters are cut, so that most cases of one name agree.
    """
    facts: set[str] = set()
    if any(_DRAFT.match(line.strip()) for line in text.split("\n", 2)[:2]):
        facts.add("status: draft")
    begins_sentence = True
    tokens = _TOKEN.findall(compose(text))
    # folded together: a line break is in no word, and nothing folds across it. One by one it takes four times as long
    folded = iter(fold("\n".join(token for token in tokens if token[0].isalnum())).split("\n"))
    for token in tokens:
        if not token[0].isalnum():
            begins_sentence = True
            continue
        word = next(folded)
        if not word.isalpha() and any(letter.isdigit() for letter in word):
            facts.add(word)
        elif number := _ordinal(token, word):
            facts.add(f"ordinal {number}")
        elif month := _MONTHS.match(word):
            facts.add(f"month {month.lastindex}")
        elif token[0].isupper() and not begins_sentence:
            facts.add(word[: max(4, len(word) - 3)])
        begins_sentence = False
    return facts


def _ordinal(token: str, word: str) -> int:
    """The number that an ordinal in words or Roman numerals stands for; 0 for any other word."""
    if roman := _ROMAN.match(token):
        return 10 * len(roman[1]) + _ROMAN_ONES[roman[2]]
    if match := _ORDINAL.match(word):
        return _ORDINAL_STEMS[match[1]]
    return _ENGLISH_ORDINALS.get(word, 0)
