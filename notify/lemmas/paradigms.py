"""Owns: the endings of Russian inflection, as a table from an ending to the paradigms that have it.

A paradigm is a letter; a word that is a stem and one of its endings has the key `stem+letter`, so all forms of a word share one:

| letter | words | nominatives |
|---|---|---|
| H | hard nouns, masculine, feminine and plural | Шульган, Шульга, Лукашевич, Ганцевичи, Дубовец |
| L | soft nouns | Гомель, Сморгонь, Кравченя |
| J | stems on a vowel | Гай, Сергий, Зоя, Индия, здание |
| I | stems on ь | Муравей, Наталья, Залесье, лисий |
| S | possessive surnames | Просвиров, Мухин, Ткачева |
| F, O, N | what else ends so: women's and common nouns, foreigners and towns, villages | Скорина, Чаплин, Мухино |
| E, K | inhabitants, young animals | минчанин, минчане, бобрёнок, бобрята |
| A | adjectives and surnames like them | Залесский, кастомный |
| V, Y, U, T | verbs | чекать, гуглить, хайповать, свайпнуть; with ся: v, y, u, t |

Masculine and feminine are one paradigm here: they differ in -ом, -ов and -ой only, and the bare stem is a form of either. Those on
-ов and -ин are not: «под Мухином» is a village, «Мухиным» a man.
"""

from __future__ import annotations

from functools import cache

from notify.lemmas import verbs
from notify.lemmas.ending import ADJECTIVE, CONSONANTS, HARD, HUSH, VELAR, VOWELS, Ending, Row, rows

POSSESSIVE = frozenset(("ов", "ев", "ин", "ын"))
"""Stems on these have the paradigms S, F, O and N instead of H."""

POSSESSIVE_ENDINGS = {
    "": "SFO",
    "а": "SFON",
    "у": "SFON",
    "е": "SFON",
    "ы": "SFO",
    "ой": "SF",
    "ою": "SF",
    "ым": "S",
    "ых": "S",
    "ыми": "S",
    "о": "N",
    "ом": "ON",
    "ов": "O",
    "ам": "FO",
    "ами": "FO",
    "ах": "FO",
}

_NEUTER = "ств л ив сн чн дн вн кн рн зн тн льн бр др сьм мест болот озер золот мяс"
# «Бобровской» is of Бобровский, not of Бобровск: after a consonant, -ск and -цк are towns.
_BEFORE_KA = " ".join([f"{letter}к" for letter in CONSONANTS + VOWELS + "йь" if letter not in "сц"] + [f"{vowel}ск" for vowel in VOWELS])


@cache
def endings() -> dict[str, tuple[Ending, ...]]:
    """All readings of each ending."""
    table: dict[str, list[Ending]] = {}
    for ending, reading in (*_nouns(), *_fleeting(), *_adjectives(), *verbs.verbs()):
        known = table.setdefault(ending, [])
        if reading not in known:
            known.append(reading)
    return {ending: tuple(readings) for ending, readings in table.items()}


def _nouns() -> list[Row]:
    common = "0 а у е ом ой ою ам ами ах"
    return [
        *rows("H", HARD, f"{common} ы ов"),
        *rows("H", "гх", f"{common} и ов"),
        *rows("H", "к", "0 а у е ом ам ами ах и ов"),
        *rows("H", "к", "ой ою", tails=_BEFORE_KA),
        *rows("H", HUSH, f"{common} и ем ей ею ь ью о"),
        *rows("H", "ц", f"{common} ы ем ей ею ов ев о"),
        # Neuters on -о are few and old but for these; «Мазуро», «Шевченко», «Мацумото» never change, and are not «Мазур».
        *rows("H", HARD, "о", tails=_NEUTER),
        *rows("H", "к", "о", tails="ышк молок"),
        *rows("L", HARD, "ь я ю е и ем ей ею ью ям ями ях"),
        *rows("J", VOWELS, "й я ю е и ем ев ей ею ям ями ях"),
        *rows("J", "й", "я и е ю ей ею ям ями ях"),
        *rows("I", "ь", "я ю е и ем ей ею ев ям ями ях его ему им их ими"),
        *rows("I", CONSONANTS, "ей ий", restored="ь"),
        # здоровье and здоровие, решенье and решение are one word each
        *rows("J", CONSONANTS, "ье ья ью ьем ьи ьям ьями ьях", restored="и"),
        *rows("E", "н", "0 е ам ами ах ин ина ину ином ине", tails="чан жан шан щан ян иан"),
        *rows("K", CONSONANTS + "ь", "онок онка онку онком онке ата ат атам атами атах енок енка енку енком енке ята ят ятам ятами ятах"),
    ]


def _fleeting() -> list[Row]:
    """The forms with a fleeting vowel: Дубовец of Дубовца, симок of симка, песен of песня, умен of умный."""
    found = [
        *rows("H", CONSONANTS.replace("л", ""), "ец", restored="ц"),
        *rows("H", VOWELS, "ец", restored="йц"),
        *rows("H", CONSONANTS + VOWELS, "лец", restored="льц"),
    ]
    for consonant in HARD + VELAR:
        found += rows("H", CONSONANTS, f"о{consonant} е{consonant}", restored=consonant)
        found += rows("H", HARD, f"е{consonant}", restored=f"ь{consonant}")
        found += rows("H", VOWELS, f"е{consonant}", restored=f"й{consonant}")
    for consonant in "влнрт":
        found += rows("L", CONSONANTS, f"о{consonant}ь е{consonant}ь", restored=consonant)
        found += rows("L", HARD, f"е{consonant}ь", restored=f"ь{consonant}")
    found += rows("L", CONSONANTS, "ен", restored="н")
    found += rows("L", HARD, "ен", restored="ьн")
    found += rows("L", VOWELS, "ен", restored="йн")
    for vowel, between, before in (("е", "", CONSONANTS), ("о", "", CONSONANTS), ("е", "ь", HARD), ("е", "й", VOWELS)):
        for consonant in "нк":
            found += rows("A", before, vowel + consonant, restored=between + consonant)
    return found


# Of a new word, the short forms are met of these only; «Бобровск» and «Грибов» are no short adjectives.
_SHORT = "чн жн шн льн рн тн дн бн вн зн сн мн нн пн йн ив ист ат аст ен"


def _adjectives() -> list[Row]:
    found: list[Row] = []
    for before, listed in ADJECTIVE.items():
        found += rows("A", before, listed)
    found += rows("A", "нвт", "0 а о ы", tails=_SHORT)
    found += rows("A", "щш", " ".join(f"{ending}ся" for ending in ADJECTIVE[HUSH].split()))
    for ending in ADJECTIVE[HUSH].split():
        found += rows("A", HARD, f"ейш{ending}")
        for velar, hush in zip(VELAR, "жчш", strict=True):
            found += rows("A", CONSONANTS + VOWELS, f"{hush}айш{ending}", restored=velar)
    return found
