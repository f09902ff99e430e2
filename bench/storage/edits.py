"""What becomes of a text on its way to another page, or in its editor's hands: eleven changes that leave it the same publication."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from bench.storage.texts import MONTHS, Publication, publication

Edit = Callable[[Publication, Random], Publication]
_LETTERS = "абвгдежзиклмнопрстуфхцчшщыэюя"
_VOWELS = "аеиоуыэюя"
_STRESS = "\u0301"


def white_space(known: Publication, rng: Random) -> Publication:
    spaces = [" ", "  ", "\u00a0", "\n", " \t", "\u2009", " \u200b"]
    return _each(known, lambda text: "".join(rng.choice(spaces) if letter == " " and rng.random() < 0.3 else letter for letter in text))


def accents(known: Publication, rng: Random) -> Publication:
    return _each(known, lambda text: "".join(letter + _STRESS if letter in _VOWELS and rng.random() < 0.1 else letter for letter in text))


def case(known: Publication, rng: Random) -> Publication:
    return _each(known, str.upper if rng.random() < 0.5 else lambda text: " ".join(word.capitalize() for word in text.split(" ")))


def label_noise(known: Publication, rng: Random) -> Publication:
    """What stands around a text on a page and was taken for a part of it."""
    source = f"Source URL: https://press.example/news/{rng.randrange(10_000)}"
    phone = f"Пресс-служба\nТел.: (+375 17) {rng.randrange(100, 999)}-{rng.randrange(10, 99)}-{rng.randrange(10, 99)}"
    first = rng.choice(["Изображение", "Малюнак", "Фото: пресс-служба", "Версия для печати"])
    last = rng.choice([source, phone, "PDF", "Поделиться", "Прикреплённый файл: PDF, 1,2 МБ"])
    return replace(known, paragraphs=(first, *known.paragraphs, last))


def paragraph_edited(known: Publication, rng: Random) -> Publication:
    """One paragraph says the same in other words: numbers, dates and names stay, half of the other words are others."""
    place = rng.randrange(len(known.paragraphs))
    words = known.paragraphs[place].split(" ")
    plain = [at for at, word in enumerate(words) if at and word.isalpha() and word.islower() and len(word) > 3 and word not in MONTHS]
    others = iter(publication(rng.randrange(1 << 30), series="anew").text.split())
    for at in rng.sample(plain, max(1, round(0.5 * len(plain)))):
        words[at] = next(word for word in others if word.isalpha() and word.islower() and len(word) > 3)
    return _with(known, place, " ".join(words))


def typos(known: Publication, rng: Random) -> Publication:
    """Five letters are wrong, each in a word of its own; numbers and names are not among them."""
    words = known.text.split(" ")
    plain = [place for place, word in enumerate(words) if len(word) > 5 and word.isalpha() and word.islower()]
    for place in rng.sample(plain, 5):
        at = rng.randrange(1, len(words[place]) - 2)
        words[place] = words[place][:at] + rng.choice(_LETTERS) + words[place][at + 1 :]
    return replace(known, paragraphs=tuple(" ".join(words).split("\n\n")))


def cut_to(share: float) -> Edit:
    def cut(known: Publication, _: Random) -> Publication:
        words = known.text.split(" ")
        return replace(known, paragraphs=tuple(" ".join(words[: round(len(words) * share)]).split("\n\n")))

    return cut


def reordered(known: Publication, rng: Random) -> Publication:
    paragraphs = list(known.paragraphs)
    while tuple(paragraphs) == known.paragraphs:
        rng.shuffle(paragraphs)
    return replace(known, paragraphs=tuple(paragraphs))


def footer(known: Publication, rng: Random) -> Publication:
    """A paragraph of about 40 words that stands below everything that a site publishes."""
    below = publication(rng.randrange(50), words=40, series="footer")
    return replace(known, paragraphs=(*known.paragraphs, below.paragraphs[0]))


def doubled(known: Publication, _: Random) -> Publication:
    return replace(known, paragraphs=known.paragraphs * 2)


ELEVEN: dict[str, Edit] = {
    "white space": white_space,
    "accents": accents,
    "case": case,
    "label noise": label_noise,
    "a paragraph edited": paragraph_edited,
    "typos": typos,
    "cut to 70 %": cut_to(0.7),
    "cut to 40 %": cut_to(0.4),
    "reordered": reordered,
    "footer": footer,
    "doubled": doubled,
}


def _each(known: Publication, change: Callable[[str], str]) -> Publication:
    return replace(known, paragraphs=tuple(map(change, known.paragraphs)))


def _with(known: Publication, place: int, paragraph: str) -> Publication:
    return replace(known, paragraphs=(*known.paragraphs[:place], paragraph, *known.paragraphs[place + 1 :]))
