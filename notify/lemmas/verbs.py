"""Owns: the endings of the verbs that a language goes on making: чекать, хайповать, гуглить, свайпнуть, each with ся too."""

from __future__ import annotations

from itertools import product

from notify.lemmas.ending import ADJECTIVE, CONSONANTS, HARD, HUSH, VOWELS, Row, rows

# What stands before it in the 1st person and in the passive participle, and in all other forms.
_MUTATED = {"бл": "б", "вл": "в", "мл": "м", "пл": "п", "фл": "ф", "жд": "д", "щ": "т ст", "ж": "д з", "ш": "с", "ч": "т"}
_PAST = "л ла ло ли в вши"


def verbs() -> list[Row]:
    return [row for paradigm in (_chekat, _khaypovat, _guglit, _svaypnut) for row in (*paradigm(), *_reflexive(paradigm()))]


def _participle(stems: str, endings_of: str) -> str:
    return " ".join(stem + ending for stem, ending in product(stems.split(), ADJECTIVE[endings_of].split()))


def _chekat() -> list[Row]:
    plain = f"ть ешь ет ем ете ют ла ло ли вши йте ема емо емы {_participle('ющ вш', HUSH)} {_participle('ем нн', HARD)}"
    # Not -н, -на, -ны and not these after е: Абдулхан is no form of «абдулхать», nor Данией of «даниеть».
    return [*rows("V", "аяе", plain), *rows("V", "ая", "ю й я л в")]


def _khaypovat() -> list[Row]:
    present, passive = "ую уешь ует уем уема уемо уемы уете уют уй уйте уя", "н на но ны"
    past = " ".join(f"{start}{form}" for start in ("ова", "ева") for form in f"ть {_PAST} {passive}".split())
    participles = f"{_participle('ующ овавш евавш', HUSH)} {_participle('уем ованн еванн', HARD)}"
    return rows("U", CONSONANTS, f"{present} {past} {participles}")


def _guglit() -> list[Row]:
    shared = "ить ишь ит им ите и ьте ил ила ило или ив ивши"
    passive = f"ен ена ено ены {_participle('енн', HARD)}"
    common = f"{shared} {passive} {_participle('ивш', HUSH)} {_participle('им', HARD)}"
    found = rows("Y", HARD, f"{common} ю ят я {_participle('ящ', HUSH)}") + rows("Y", HUSH, f"{common} у ат а {_participle('ащ', HUSH)}")
    found += rows("Y", "ое", f"{common} ю ят я й йте {_participle('ящ', HUSH)}")
    for mutated, plain in _MUTATED.items():
        first = "ю" if mutated.endswith("л") else "у"
        for letters in plain.split():
            found += rows("Y", CONSONANTS + VOWELS, " ".join(mutated + ending for ending in f"{first} {passive}".split()), restored=letters)
    return found


def _svaypnut() -> list[Row]:
    past = " ".join(f"ну{form}" for form in f"ть {_PAST} т та то ты".split())
    participles = f"{_participle('нувш', HUSH)} {_participle('нут', HARD)}"
    return rows("T", CONSONANTS + VOWELS, f"ну нешь нет нем нете нут ни ните ньте {past} {participles}")


def _reflexive(plain: list[Row]) -> list[Row]:
    return [(ending + _particle(ending), reading._replace(paradigm=reading.paradigm.lower())) for ending, reading in plain]


def _particle(ending: str) -> str:
    """After a vowel it is сь, but ся in participles."""
    participle = not ending.endswith("вши") and ("щ" in ending or "вш" in ending)
    return "сь" if ending[-1] in VOWELS and not participle else "ся"
