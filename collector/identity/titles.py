"""Whether two titles name one publication."""

from __future__ import annotations

import re
from collections.abc import Sequence

from collector.identity.conflict import facts_differ
from collector.identity.wording import stems, worded
from storage.fold import folded_words

_TELLING = 5
"""Words of a title that says what it is about; «Объявление» and «Новости недели» don't."""
_CUT = 3
"""Words at least of a title that was cut short, or beside which the site put its name."""
_UNKNOWN = 2
_MARK = re.compile(
    r"[(\[]\s*(?:видео|фото|аудио|инфографика|обновлено|дополнено|відэа|фота|абноўлена|video|photos?|updated|pdf)\s*[)\]]|"
    r"^\s*(?:видео|фото|аудио|инфографика|обновлено|срочно|відэа|фота|video|photos?|updated)\s*[:.!|–—]\s*",
    re.IGNORECASE,
)
"""What a list says beside a title of how it is told."""
_NAME_BEHIND = re.compile(r"\s+(?:[|–—•·»-]|::)\s+(?=[«\"]?[A-ZА-ЯЁІЎ])(?!.*\d)")
_NAME_BEFORE = re.compile(r"(?<!\d)\s+(?:[|»]|::)\s+")
_NEWS = re.compile(r"\b(?:отмен|перен[её]с|повторн|продл|приостан|завершен|адмен|перан|паўторн|cancel|postpon|extend)", re.IGNORECASE)
_CUT_SHORT = re.compile(r"(?:…|\.{2,})\W*$")
_SLOT = 2
"""Words in which the titles of a series differ."""


def titles_equal(one: str, other: str) -> bool:
    """Equal, or one of them cut short, or with the site's name beside it."""
    one, other = (_MARK.sub("", title) for title in (one, other))
    ours, theirs = folded_words(one), folded_words(other)
    if ours == theirs:
        return True
    if len(ours) > len(theirs):
        one, other, ours, theirs = other, one, theirs, ours
    if len(ours) < _CUT:
        return False
    return (bool(_CUT_SHORT.search(one)) and theirs[: len(ours)] == ours) or ours in _parts(other)


def _parts(title: str) -> list[list[str]]:
    """The title without the site's name, which stands behind a dash or a line, or before a line; news of it is no name."""
    behind = [title[: cut.start()] for cut in _NAME_BEHIND.finditer(title) if not _NEWS.search(title[cut.end() :])]
    before = [title[cut.end() :] for cut in _NAME_BEFORE.finditer(title) if not _NEWS.search(title[: cut.start()])]
    return [folded_words(part) for part in (*behind, *before)]


def is_telling(title: str) -> bool:
    return len(folded_words(title)) >= _TELLING


def title_conflict(one: str, other: str, *, across: bool = False) -> str:
    """What in the titles speaks against one publication; empty where nothing does. `across`: on two sources, which each word their own."""
    if titles_equal(one, other) or not one.strip() or not other.strip():
        return ""
    ours, theirs = worded(one), worded(other)
    if facts_differ(ours, theirs):
        return "its title names something else"
    mine, others = stems(ours.words), stems(theirs.words)
    if _is_slot(mine, others):
        return "its title differs"
    return "" if across or _reworded(mine, others) else "its title differs"


def title_adds(one: str, other: str, texts: Sequence[str]) -> str:
    """Whether a title says what neither the other nor the texts know: «Торги: автобус» and «Торги: склад» may stand above the same terms.

    A word in a headline's new wording may be one of its own; a word that was added to it, a number, or two words, are what it is about.
    """
    if titles_equal(one, other) or not one.strip() or not other.strip():
        return ""
    known = stems([word for text in texts for word in folded_words(text)])
    ours, theirs = folded_words(one), folded_words(other)
    for mine, others in ((ours, theirs), (theirs, ours)):
        added = stems(mine) - stems(others) - known
        numbers = {word for word in mine if word.isdecimal()} - set(others)
        if numbers or len(added) >= _UNKNOWN or (added and set(others) < set(mine)):
            return "its title says more"
    return ""


def _is_slot(ours: set[str], theirs: set[str]) -> bool:
    """Whether a word or two stand in the place of others, as in the titles of a series."""
    added, dropped = ours - theirs, theirs - ours
    return bool(added and dropped) and min(len(added), len(dropped)) <= _SLOT and 2 * len(ours & theirs) >= max(len(ours), len(theirs))


def titles_related(one: str, other: str) -> bool:
    """Whether they share half of what they name."""
    ours, theirs = stems(folded_words(one)), stems(folded_words(other))
    return bool(ours and theirs) and 2 * len(ours & theirs) >= max(len(ours), len(theirs)) > 1


def _reworded(ours: set[str], theirs: set[str]) -> bool:
    """The same in other words: half of them agree."""
    return 2 * len(ours & theirs) >= max(len(ours), len(theirs)) > 0
