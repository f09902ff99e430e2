"""Owns: how a Belarusian stem is written as a key, whatever its vowels and last consonants do between forms.

Akanne writes what is heard: о, э, е and ё stand under stress alone (горад, гарады; рэкі, рака; вёсны, вясна). So a stem has two keys:
one as it is written, which most words have in all their forms, and, if the stress may move, one with its vowels evened out. A form has the
second only where that is plausible: with an unstressed ending a stem that has «а» has it everywhere, so «дамаў» never meets «дом».
"""

from __future__ import annotations

from typing import Literal

from notify.lemmas.belarusian_forms import FIXED, LOST_STRESS, MASCULINE, STRESSED_ENDINGS

VOWELS = frozenset("аеіоуыэюя")
_STRESSABLE, _EVEN = frozenset("оэе"), frozenset("ая")
_FLEETING = frozenset("аоеэя")
_MOST_VOWELS = 2  # stress moves in short stems only: паравоз and рэспубліка keep it; of longer ones the evened key would be noise

Stress = Literal["stem", "ending", "either", "long"]
"""Where a form may have its stress; `long`: on its ending only if the stem has more than one vowel (года is of год, пірага of пірог)."""
Cells = tuple[tuple[str, Stress], ...]
"""Paradigms, each with the stress that a form has in it."""


def written(stem: str) -> str:
    """The stem without signs that come and go: ь, a ў that is a в before vowels."""
    bare = stem.replace("ь", "")
    return bare[:-1] + "в" if bare.endswith("ў") else bare


def evened(stem: str) -> str:
    return _evened(written(stem))


def _evened(bare: str) -> str:
    return bare.replace("о", "а").replace("э", "а").replace("е", "я")


def keys_of(stem: str, cells: Cells) -> list[str]:
    """The keys of a form with this stem, for each paradigm it may belong to and the stress it has there."""
    bare = written(stem)
    if bare in MASCULINE:
        cells = tuple(cell for cell in cells if cell[0] not in "Ff")
    lost = bare in LOST_STRESS
    if lost:
        cells = tuple(cell for cell in cells if cell != ("F", "ending"))
    found = [f"b+{bare}+{paradigm}" for paradigm, stress in cells if not (lost and stress == "ending")]
    vowels = frozenset(filter(VOWELS.__contains__, bare))
    stressed = not vowels.isdisjoint(_STRESSABLE)
    if not stressed and vowels.isdisjoint(_EVEN):
        return found
    count = len([letter for letter in bare if letter in VOWELS])
    if count > _MOST_VOWELS or bare in FIXED:
        return found
    even = _evened(bare)
    begun = (even, even[1:]) if bare.startswith("во") else (even,)  # вобласць, абласцей; вокны, акно
    for paradigm, stress in cells:
        if stressed or _may_move(stress, paradigm, even, count):
            found += [f"b+{one}-{paradigm}" for one in begun]
    return found


def _may_move(stress: Stress, paradigm: str, even: str, vowels: int) -> bool:
    if stress == "long":
        return vowels > 1 or (paradigm in "Mm" and even in STRESSED_ENDINGS)
    return stress != "stem"


def without_fleeting(stem: str) -> str | None:
    """The stem as it is before a vowel, if its last vowel may be one that comes and goes: рынак, рынк-; сястра, сясцёр; боец, байц-."""
    bare = stem.replace("ь", "")
    if bare[-1] not in "кцнлрм" or bare[-2:-1] not in _FLEETING:
        return None
    head, last = bare[:-2], bare[-1]
    if VOWELS.isdisjoint(head):
        return None
    if head[-1] in VOWELS:
        return head + "й" + last if bare[-2] in "ея" else None
    if bare[-2] == "я" or (last == "р" and bare[-2] in "аэ"):  # in -ар and -эр it stays: сенатар, камп'ютэр
        return None
    return _hardened(head) + last


def _hardened(head: str) -> str:
    """What softened before the vowel is hard again before a consonant, and a в is a ў there."""
    for soft, hard in (("дз", "д"), ("ц", "т"), ("в", "ў")):
        if head.endswith(soft):
            return head[: -len(soft)] + hard
    return head
