"""What stands in a text without being said by it: labels, addresses, telephones, calls to read on, blocks of headlines around it.

It differs between two views of one publication, so it speaks neither for nor against their being one.
"""

from __future__ import annotations

import re

_LABEL = (
    r"(?:изображени[ея]|малюн(?:ак|кі)|image|фото|фота|photo|иллюстрация|pdf|print|печать|друк|версия для печати|версія для друку|"
    r"распечатать|раздрукаваць|printer-friendly version|поделиться|падзяліцца|share)"
)
_NOISE_LINE = re.compile(rf"^\W*(?:{_LABEL}\W*|(?:\**\s*)?source url\b.*|https?://\S+|-{{3,}})\W*$", re.IGNORECASE)
_TELEPHONE = re.compile(r"^\W*(?:тел|тэл|телефон\w*|факс|tel|phone|fax|e-?mail)\b\W*(?:[\d+@(]|[\w.-]+@)", re.IGNORECASE)
_DIGITS = 5
"""Of a telephone; «Phone 5 June» has fewer."""
_LABEL_BEFORE = re.compile(r"^\W*(?:изображени[ея]|малюн(?:ак|кі)|image)\s*:?\s+(?=\S)", re.IGNORECASE)
_READ_ON = re.compile(
    r"(?:\s*(?:[.…]{2,}|…|\[…\]|\[\.\.\.\]))?\s*\b(?:читать (?:далее|дальше|полностью|ещё|еще)|подробнее|"
    r"чытаць далей|падрабязней|read more|continue reading)\W*$",
    re.IGNORECASE,
)
_NUMBER_SIGN = re.compile(r"(?:№|\bno\.?|\bn\.?)\s*(?=\d)", re.IGNORECASE)
_HEADLINES = 3
"""Lines in a row at the beginning or the end of a text, none of which ends as a sentence does, are a block of headlines."""
_HEADLINE = 25
"""Words; a longer line without a full stop is a paragraph whose stop was forgotten."""
_LIST = 4
"""Words a line: those of a list of names or goods have fewer."""
_SIGNED = 2
"""Lines of a site's own below its headlines."""
_SENTENCE_END = re.compile(r"[.…;:][»\"”’)\]]*$")


def without_noise(text: str) -> str:
    """The lines that say something; those of a text that has nothing else stay."""
    lines = (_LABEL_BEFORE.sub("", line) for line in text.splitlines() if line.strip() and not _is_noise(line))
    return _NUMBER_SIGN.sub("№ ", "\n".join(filter(str.strip, (_READ_ON.sub("", line) for line in lines)))) or text


def _is_noise(line: str) -> bool:
    if _NOISE_LINE.match(line):
        return True
    return bool(_TELEPHONE.match(line)) and ("@" in line or sum(map(str.isdecimal, line)) >= _DIGITS)


def without_headlines(text: str) -> str:
    """The text between blocks of headlines, which a mirror puts before and behind what it copies; all of it where nothing is between."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = _block(lines, 0)
    behind = max(_block(lines[::-1], signed) for signed in range(_SIGNED + 1))
    if behind and lines[len(lines) - behind - 1 :][0].endswith(":"):
        behind = 0  # a list that the text announces
    return "\n".join(lines[first : len(lines) - behind]) or text


def _block(lines: list[str], signed: int) -> int:
    """How many lines from the first on are headlines, below `signed` lines of another kind; 0 where they are no block."""
    count = 0
    for line in lines[signed:]:
        if _SENTENCE_END.search(line) or len(line.split()) > _HEADLINE:
            break
        count += 1
    words = sum(len(line.split()) for line in lines[signed : signed + count])
    return count + signed if count >= _HEADLINES and words >= _LIST * count and count + signed < len(lines) else 0
