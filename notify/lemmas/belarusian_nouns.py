"""Owns: the endings of Belarusian nouns and adjectives, and what they tell of the stem before them.

Paradigms: M (masculine and neuter), F (feminine, and all that decline so), A (adjectives, participles, surnames like them); small letters
are the soft ones. A form belongs to every paradigm that has such an ending.
"""

from __future__ import annotations

from notify.lemmas.belarusian_forms import ADJECTIVES, NOUNS_IN_SK
from notify.lemmas.belarusian_stems import VOWELS, Cells, evened, keys_of, without_fleeting, written

_BOTH_STEM: Cells = (("M", "stem"), ("F", "stem"))
_BOTH_ENDING: Cells = (("M", "ending"), ("F", "ending"))
_BOTH: Cells = (("M", "either"), ("F", "either"))
_SINGULAR: Cells = (("M", "long"), ("F", "either"))
_HARD_I = _BOTH
_SOFT_BARE: Cells = (("m", "stem"), ("f", "stem"))
_SOFT_EITHER: Cells = (("m", "either"), ("f", "either"))
_INSTRUMENTAL: Cells = (("f", "stem"),)

_HARD: dict[str, Cells] = {
    "": _BOTH_STEM,
    "а": _SINGULAR,
    "у": _SINGULAR,
    "е": _SINGULAR,
    "э": _SINGULAR,
    "ы": _BOTH,
    "о": (("M", "ending"),),
    "ом": (("M", "ending"),),
    "ам": _BOTH,
    "ой": (("F", "ending"),),
    "ою": (("F", "ending"),),
    "ай": (("F", "stem"),),
    "аю": (("F", "stem"),),
    "оў": _BOTH_ENDING,
    "аў": _BOTH_STEM,
    "эй": _BOTH_ENDING,
    "амі": _BOTH,
    "ыма": _BOTH,
    "ах": _BOTH,
}
_SOFT: dict[str, Cells] = {
    "ь": _SOFT_BARE,
    "я": (("m", "long"), ("f", "either")),
    "ю": (("m", "long"), ("f", "either")),
    "е": (("m", "either"),),
    "і": _SOFT_EITHER,
    "ем": (("m", "either"),),
    "ям": _SOFT_EITHER,
    "ей": _SOFT_EITHER,
    "ею": (("f", "either"),),
    "яй": (("f", "stem"),),
    "яю": (("f", "stem"),),
    "еў": (("m", "ending"), ("f", "ending")),
    "яў": _SOFT_BARE,
    "ямі": _SOFT_EITHER,
    "ьмі": _SOFT_EITHER,
    "ях": _SOFT_EITHER,
}
_ADJECTIVE = {
    **dict.fromkeys(("ы", "ага", "ога", "аму", "ому", "ым", "ом", "ая", "ай", "ой", "ую", "аю", "ою", "ое", "ае", "ыя", "ых", "ымі"), "A"),
    **dict.fromkeys(("і", "ім", "іх", "імі", "ія"), "A"),
    **dict.fromkeys(("яга", "ега", "яму", "ему", "ем", "яя", "яй", "ей", "юю", "яю", "ее", "яе"), "a"),
}
_SOFT_OR_VELAR = frozenset(("і", "ім", "іх", "імі", "ія"))
_VELAR = frozenset("гкх")
_LABIAL = frozenset("бвўпмф")
# What the last consonant was before it changed, and in which paradigms: горадзе, свеце, дарозе; руцэ, рэспубліцы.
_UNDONE = {
    "е": (("дз", "д", "MF"), ("ц", "т", "MF"), ("з", "г", "MF"), ("с", "х", "MF")),
    "э": (("ц", "к", "MF"),),
    "ы": (("ц", "к", "F"),),
}
_CHANGED_BEFORE_E = ("дз", "ц")
_NO_HARD_STEM = VOWELS | frozenset("ьй'")
_NEVER_VELAR = frozenset(("ы", "ым", "ых", "ымі", "ыя"))
_ADJECTIVE_TOO = frozenset(("і", "ы", "ай", "ой", "ей", "яй"))
_LONGEST_NN = 4  # ванна and Ганна are nouns; a longer stem in -нн is an adjective's, or with -е a noun's: законны, старанне
_POSSESSIVE = ("ав", "ов", "ев", "яв", "ін", "ын")  # surnames decline half like adjectives: Іваноў, Івановым
_POSSESSIVE_ENDINGS = frozenset(("ым", "ых", "ымі", "ай", "ой"))
_INHABITANTS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("ян", "чан", "жан", "шан"): ("ін", "іна", "іну", "інам", "іне", "е", "ам", "амі", "ах", ""),
    ("тар", "гар"): ("ын", "ына", "ыну", "ынам", "ыне", "ы", "аў", "ам", "амі", "ах", ""),
}
"""The ends of a stem -> what stands behind it."""
_LONGEST = 3
_SHORTEST = 2  # letters of a stem, no fewer: Ева, еду


def noun_keys(word: str) -> list[str]:
    found = _of_inhabitants(word)
    for length in range(min(_LONGEST, len(word) - _SHORTEST) + 1):
        stem, ending = (word[:-length], word[-length:]) if length else (word, "")
        if len(stem) == _SHORTEST and VOWELS.isdisjoint(stem):  # сну, дно: in a table, or «слоў» would meet «слаў»
            continue
        if ending in _HARD:
            found += _of_hard(stem, ending)
        if ending in _POSSESSIVE_ENDINGS and stem.endswith(_POSSESSIVE) and stem not in ADJECTIVES:
            found.append(f"b+{written(stem)}+M")
        if ending in _SOFT or (not ending and stem[-1] == "й"):
            found += _of_soft(stem, ending)
    return found


def _of_inhabitants(word: str) -> list[str]:
    """The singular has a suffix more than the plural: грамадзянін, грамадзян; балгарын, балгары."""
    for tails, endings in _INHABITANTS.items():
        for ending in endings:
            stem = word.removesuffix(ending)
            if stem.endswith(tails) and (not ending or stem != word) and len(stem) > len(tails[0]):
                return [f"b+{evened(stem)}-E"]
    return []


def adjective_stems(word: str) -> list[tuple[str, str]]:
    """Stem and paradigm for each adjective ending that the word has."""
    found = []
    for length in range(1, min(_LONGEST, len(word) - _SHORTEST) + 1):
        stem, ending = word[:-length], word[-length:]
        paradigm = _ADJECTIVE.get(ending)
        if paradigm and stem[-1] not in VOWELS and not (ending in _NEVER_VELAR and stem[-1] in _VELAR):
            soft = ending in _SOFT_OR_VELAR and stem[-1] not in _VELAR
            found.append((stem, "a" if soft else paradigm))
    return found


def _of_hard(stem: str, ending: str) -> list[str]:
    last = stem[-1]
    if last in _NO_HARD_STEM or (ending == "ы" and last in _VELAR):
        return []
    if not ending:
        return _of_bare(stem)
    found: list[str] = []
    if cells := _nouns_alone(stem, ending, _HARD[ending]):
        if not (ending == "е" and stem.endswith(_CHANGED_BEFORE_E)):
            found += keys_of(stem, cells)
        for soft, hard, paradigms in _UNDONE.get(ending, ()):
            if stem.endswith(soft):
                found += keys_of(stem[: -len(soft)] + hard, tuple(cell for cell in cells if cell[0] in paradigms))
    if ending == "у" and stem[-2:-1] == last:  # ноччу
        found += keys_of(stem[:-1], (("F", "stem"),))
    return found


def _of_bare(stem: str) -> list[str]:
    """A form without an ending: the nominative of most masculine nouns, the genitive plural of feminine ones."""
    # банк is no plural of банка: that is банак
    found = keys_of(stem, _BOTH_STEM[:1] if stem[-1] == "к" and stem[-2] not in VOWELS else _BOTH_STEM)
    if stem[-1] in _LABIAL:  # любоў, любові
        found += keys_of(stem, (("f", "stem"),))
    if fleeting := without_fleeting(stem):
        found += keys_of(fleeting, _BOTH)
    return found


def _of_soft(stem: str, ending: str) -> list[str]:
    last = stem[-1]
    velar = last in _VELAR
    if (velar and ending != "і") or (ending == "ь" and last in VOWELS):
        return []
    if ending and (last in VOWELS or last == "'"):
        stem = stem.rstrip("'") + "й"
    cells = _HARD_I if velar else _SOFT.get(ending, _SOFT_BARE)
    found = keys_of(stem, cells) if (cells := _nouns_alone(stem, ending, cells)) else []
    if ending in ("ь", "") and (fleeting := _without_fleeting(stem)):
        found += keys_of(fleeting, _SOFT_EITHER)
    if ending == "ю":
        found += _of_instrumental(stem)
    return found


def _without_fleeting(stem: str) -> str | None:
    if stem[-1] != "й":
        return None if stem[-1] == "ц" else without_fleeting(stem)  # what ends in -ць is mostly an infinitive
    return stem[:-2] + "й" if stem[-2:-1] == "е" and len(stem) > _SHORTEST + 1 else None  # сямей, верабей


def _of_instrumental(stem: str) -> list[str]:
    """сувяззю, моладдзю, соллю: a consonant is doubled that no other form doubles."""
    for doubled, single in (("ддз", "дз"), ("цц", "ц")):
        if stem.endswith(doubled):
            return keys_of(stem[: -len(doubled)] + single, _INSTRUMENTAL)
    return keys_of(stem[:-1], _INSTRUMENTAL) if stem[-2:-1] == stem[-1] else []


def _nouns_alone(stem: str, ending: str, cells: Cells) -> Cells:
    """Without what would be forms of adjectives: of мінскі, залаты and старанны they are none of Мінск, золата and старанне."""
    if ending in _ADJECTIVE_TOO:
        if _is_adjective_in_sk(stem):
            return () if ending == "і" else tuple(cell for cell in cells if cell[0] not in "Ff")
        if stem in ADJECTIVES or (stem.endswith("нн") and len(stem) > _LONGEST_NN):
            return ()
    return () if ending == "е" and stem.endswith("нн") and cells is _SINGULAR and len(stem) > _LONGEST_NN else cells


def _is_adjective_in_sk(stem: str) -> bool:
    """After a vowel -ск is of nouns as well (вёска, дыск), but not in беларускі."""
    if stem.endswith(("руск", "цк")) or (stem.endswith("ск") and stem[-3:-2] not in VOWELS):
        return not stem.endswith(NOUNS_IN_SK)
    return False
