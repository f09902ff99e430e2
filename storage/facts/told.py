"""Words that state something countable, in Russian, Belarusian and English: numbers, ordinals, months, weekdays, and what they measure.

All are folded (`storage.fold.fold`), so that ё is е; what a word means in one language alone is kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache


def words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def _forms(table: str) -> Iterator[tuple[int, str]]:
    """Pairs of a number and one of its forms, from lines such as «2: два две двух»."""
    for line in table.strip().splitlines():
        number, _, words = line.partition(":")
        for word in words.split():
            yield int(number), word


CARDINALS = {
    word: number
    for number, word in _forms("""
        0: ноль нуль ноля нуля zero
        1: один одна одно одного одной одному одним одном одну адзін адна адно аднаго адной аднаму адным адну one
        2: два две двух двум двумя двое двоих оба обе обоих обеих дзве дзвюх дзвюм дзвюма двума абодва абедзве two both
        3: три трех трем тремя трое троих тры трох тром трыма three
        4: четыре четырех четырем четырьмя четверо чатыры чатырох чатыром чатырма four
        5: пять пяти пятью пятеро пяць пяці пяццю five
        6: шесть шести шестью шестеро шэсць шасці шасцю six
        7: семь семи семью семеро сем сямі сямю seven
        8: восемь восьми восемью восьмью восем васьмі васьмю eight
        9: девять девяти девятью дзевяць дзевяці дзевяццю nine
        10: десять десяти десятью десяток дзесяць дзесяці дзесяццю ten
        11: одиннадцать одиннадцати одиннадцатью адзінаццаць адзінаццаці eleven
        12: двенадцать двенадцати двенадцатью дванаццаць дванаццаці twelve dozen
        13: тринадцать тринадцати трынаццаць трынаццаці thirteen
        14: четырнадцать четырнадцати чатырнаццаць чатырнаццаці fourteen
        15: пятнадцать пятнадцати пятнаццаць пятнаццаці fifteen
        16: шестнадцать шестнадцати шаснаццаць шаснаццаці sixteen
        17: семнадцать семнадцати семнаццаць семнаццаці seventeen
        18: восемнадцать восемнадцати васемнаццаць васемнаццаці eighteen
        19: девятнадцать девятнадцати дзевятнаццаць дзевятнаццаці nineteen
        20: двадцать двадцати двадцатью дваццаць дваццаці twenty
        30: тридцать тридцати тридцатью трыццаць трыццаці thirty
        40: сорок сорока сорак forty
        50: пятьдесят пятидесяти пяцьдзясят пяцідзесяці fifty
        60: шестьдесят шестидесяти шэсцьдзясят шасцідзесяці sixty
        70: семьдесят семидесяти семдзесят сямідзесяці seventy
        80: восемьдесят восьмидесяти восемдзесят васьмідзесяці eighty
        90: девяносто девяноста дзевяноста ninety
        100: сто ста сотня сотни hundred
        200: двести двухсот двумстам дзвесце двухсот
        300: триста трехсот тремстам трыста трохсот
        400: четыреста четырехсот чатырыста чатырохсот
        500: пятьсот пятисот пяцьсот пяцісот
        600: шестьсот шестисот шэсцьсот шасцісот
        700: семьсот семисот семсот сямісот
        800: восемьсот восьмисот восемсот васьмісот
        900: девятьсот девятисот дзевяцьсот дзевяцісот
    """)
}

PARTS = {
    word: part
    for part, listed in (
        ("1/2", "половина половины половине половину половиной палова паловы палове палову half"),
        ("1/3", "треть трети третью трэць трэці"),
        ("1/4", "четверть четверти четвертью чвэрць чвэрці quarter"),
        ("1.5", "полтора полутора полторы паўтара"),
        ("2", "вдвое двукратно удвая twice"),
        ("3", "втрое троекратно утрая thrice"),
        ("4", "вчетверо учацвера"),
    )
    for word in listed.split()
}

LARGEST = 1000
"""All cardinals lie below; larger ones are scales."""


def room_behind(value: int) -> int:
    """Below which a number continues one: twenty five is one number, five six are two."""
    return 100 if value >= 100 else 10 if value >= 20 else 0  # noqa: PLR2004 - these are the numbers themselves


SCALES = re.compile(
    r"^(?:(тыс|тысяч[аиеуію]?|тысячей|тысячам|тысячах|тысячами|thousands?)"
    r"|(млн|миллион(?:а|у|ом|е|ов|ы|ам|ами|ах)?|мільен(?:а|у|ам|аў|ы|амі|ах)?|millions?|mln)"
    r"|(млрд|миллиард(?:а|у|ом|е|ов|ы|ам|ами|ах)?|мільярд(?:а|у|ам|аў|ы|амі|ах)?|billions?|bn)"
    r"|(трлн|триллион(?:а|у|ом|е|ов|ы|ам|ами|ах)?|трыльен(?:а|у|ам|аў|ы|амі|ах)?|trillions?))$",
)
SCALE_NAMES = ("тыс", "млн", "млрд", "трлн")

# What an amount is measured in, under one name; another unit makes another amount.
UNITS = re.compile(
    r"^(?:(руб|р|рубл(?:ь|я|ю|ем|е|и|ей|ям|ями|ях|ев|еў|і|ёў)|rubles?|roubles?|byn|rub)|(доллар(?:а|у|ом|е|ы|ов|ам|ах)?|долар(?:а|ы|аў|ам)?|долл|usd|dollars?)"
    r"|(евро|еўра|eur|euros?)|(юан(?:ь|я|ей|и|ям)|yuan|cny)|(процент(?:а|у|ом|е|ы|ов|ам|ах)?|працэнт(?:а|у|ам|ы|аў)?|проц|percent)"
    r"|(км|километр(?:а|ов|ы|ам|ах)?|кіламетр(?:а|аў|ы)?|km)|(кг|килограмм(?:а|ов|ы)?|kg)|(тонн(?:а|ы|у)?|тон(?:а|ы|у)?|tonn?e?s?)"
    r"|(час(?:а|у|ов|ы|ам|ах)?|гадзін(?:а|ы|у)?|hours?)|(минут(?:а|ы|у|ам|ах)?|хвілін(?:а|ы|у)?|minutes?)|(дн(?:я|ей|ям|ях|и|і|ёў|ей)|день|дзень|сутки|суток|days?)"
    r"|(месяц(?:а|у|ев|ы|ам|ах)?|месяц(?:аў|ы)?|months?)|(лет|гадоў|years?)|(недел(?:я|и|ю|ь)|тыдн(?:я|і|яў)|weeks?)"
    r"|(кбит|kbit)|(мбит|мегабит|mbit|mbps)|(гбит|гигабит|gbit|gbps)|(тбит|tbit)|(кб|kb)|(мб|мегабайт|mb)|(гб|гигабайт|gb)|(тб|терабайт|tb)"
    r"|(кгц|khz)|(мгц|mhz)|(ггц|ghz)|(квт|kw)|(мвт|mw)|(м|метр(?:а|ов|ы|аў)?)|(см|cm)|(мм|mm)|(га|гектар(?:а|ов|ы|аў)?))$"
)  # fmt: skip
UNIT_NAMES = ("руб", "долл", "евро", "юань", "%", "км", "кг", "т", "ч", "мин", "день", "мес", "год", "нед",
              "кбит", "мбит", "гбит", "тбит", "кб", "мб", "гб", "тб", "кгц", "мгц", "ггц", "квт", "мвт", "м", "см", "мм", "га")  # fmt: skip
UNIT_SIGNS = {"%": "%", "$": "долл", "€": "евро", "₽": "руб", "¥": "юань"}

# Stems that hold in every case and gender, each with all endings an ordinal can take, so that «пятно» or «семья» is none.
_HARD = "ый|ой|ая|ое|ого|ому|ым|ом|ую|ые|ых|ыми|ы|ага|аму|ае|ай|ыя|ымі"
_SOFT = "ий|ья|ье|ьего|ьему|ьим|ьем|ью|ьей|ьи|ьих|ьими"
_ORDINAL_STEMS = {
    word: number
    for number, word in _forms("""
        1: перв перш
        2: втор
        4: четверт чацверт
        5: пят
        6: шест шост
        7: седьм сем
        8: восьм
        9: девят дзявят
        10: десят дзясят
        11: одиннадцат адзінаццат
        12: двенадцат дванаццат
        13: тринадцат трынаццат
        14: четырнадцат чатырнаццат
        15: пятнадцат пятнаццат
        16: шестнадцат шаснаццат
        17: семнадцат семнаццат
        18: восемнадцат васемнаццат
        19: девятнадцат дзевятнаццат
        20: двадцат дваццат
        30: тридцат трыццат
        40: сороков саракав
        50: пятидесят пяцідзясят
        60: шестидесят шасцідзясят
        70: семидесят сямідзясят
        80: восьмидесят васьмідзясят
        90: девяност дзевяност
        100: сот
    """)
}
_ORDINAL = re.compile(rf"^({'|'.join(sorted(_ORDINAL_STEMS, key=len, reverse=True))})(?:{_HARD})$")
_THIRD = re.compile(rf"^(?:трет(?:{_SOFT})|трэц(?:і|яя|яе|яга|яму|ім|юю|яй|ія|іх|імі))$")
_SECOND = re.compile(r"^друг(?:і|ая|ое|ога|ому|ім|ую|ой)$")
"""In Belarusian alone: in Russian it is «another»."""
_ENGLISH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth"
)
_ENGLISH_ORDINALS = {word: number for number, word in enumerate(_ENGLISH.split(" "), 1)}
ORDINAL_ENDINGS = words("й я е го му м х ый ий ой ая ое ье ья ые ых ым ом ого ому ю ую ми га га і ы ае ага аму st nd rd th")
"""What follows a number and a hyphen (2-е, 9-го)."""

_ROMAN = re.compile(r"^(X{0,3})(IX|IV|V?I{0,3})$")
_ROMAN_ONES = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
_LIKE_ROMAN = str.maketrans("ІХ", "IX")
"""Numerals are typed by Cyrillic letters of the same look."""

_MONTHS = re.compile(
    r"^(?:(январ(?:ь|я|ю|ем|е)|студзен(?:ь|я|ю|ем|і)|january|jan)|(феврал(?:ь|я|ю|ем|е)|люты|лютага|лютым|february|feb)"
    r"|(март(?:а|у|ом|е)?|сакавік(?:а|у|ом)?|march)|(апрел(?:ь|я|ю|ем|е)|красавік(?:а|у|ом)?|april|apr)|(май|мая|мае|маі|маю|may)"
    r"|(июн(?:ь|я|ю|ем|е)|чэрвен(?:ь|я|ю|ем|і)|june)|(июл(?:ь|я|ю|ем|е)|ліпен(?:ь|я|ю|ем|і)|july)"
    r"|(август(?:а|у|ом|е)?|жнівен(?:ь)?|жніўн(?:я|ю|ем|і)|august|aug)|(сентябр(?:ь|я|ю|ем|е)|верасен(?:ь)?|верасн(?:я|ю|ем|і)|september|sept?)"
    r"|(октябр(?:ь|я|ю|ем|е)|кастрычнік(?:а|у|ам)?|october|oct)|(ноябр(?:ь|я|ю|ем|е)|лістапад(?:а|у|ам|зе)?|november|nov)"
    r"|(декабр(?:ь|я|ю|ем|е)|снежан(?:ь)?|снежн(?:я|ю|ем|і)|december|dec))$",
)
AMBIGUOUS_MONTHS = words("мая мае маі маю may march august")
"""Words of other meanings too: a month only beside a number or after a preposition."""
BEFORE_MONTHS = words("в у во о к с па по до с from in of by since until to till early late mid last next this каля пасля")

_WEEKDAYS = re.compile(
    r"^(?:(понедельник(?:а|у|ом|е|и|ам)?|панядзел(?:ак|ка|ку|кам|кі)|mondays?)|(вторник(?:а|у|ом|е|и|ам)?|аўтор(?:ак|ка|ку|кам|кі)|tuesdays?)"
    r"|(сред[ау]|серад[ауы]|wednesdays?)|(четверг(?:а|у|ом|е|и|ам)?|чацвер|чацвярг(?:а|у|ом|і)|thursdays?)|(пятниц(?:а|ы|у|ей|е|ам)|пятніц(?:а|ы|у|ай)|fridays?)"
    r"|(суббот(?:а|ы|у|ой|е|ам)|субот(?:а|ы|у|ай)|субоце|saturdays?)|(воскресень(?:е|я|ю|ем|и)|воскресеньям|нядзел(?:я|і|ю|яй)|sundays?))$",
)
RELATIVE_DAYS = {"сегодня": 0, "сёння": 0, "сення": 0, "today": 0, "завтра": 1, "заўтра": 1, "tomorrow": 1, "вчера": -1, "учора": -1,
                 "yesterday": -1}  # fmt: skip


def month(word: str) -> int:
    """1 to 12; 0 for any other word."""
    found = _MONTHS.match(word)
    return found.lastindex or 0 if found else 0


def weekday(word: str) -> int:
    """1 (Monday) to 7; 0 for any other word."""
    found = _WEEKDAYS.match(word)
    return found.lastindex or 0 if found else 0


def ordinal(word: str, *, belarusian: bool = False) -> int:
    """The number that an ordinal in words stands for; 0 for any other word."""
    if found := _ORDINAL.match(word):
        return _ORDINAL_STEMS[found[1]]
    if _THIRD.match(word):
        return 3
    if belarusian and _SECOND.match(word):
        return 2
    return _ENGLISH_ORDINALS.get(word, 0)


def roman(written: str) -> int:
    """The number of a Roman numeral up to 39, in capitals as it is written; 0 for any other word."""
    found = _ROMAN.match(written.translate(_LIKE_ROMAN))
    return 10 * len(found[1]) + _ROMAN_ONES[found[2]] if found else 0


def scale(word: str) -> str:
    """`тыс`, `млн`, `млрд` or `трлн`; empty for any other word."""
    found = SCALES.match(word)
    return SCALE_NAMES[(found.lastindex or 1) - 1] if found else ""


def unit(word: str) -> str:
    """A unit's one name; empty for any other word."""
    found = UNITS.match(word)
    return UNIT_NAMES[(found.lastindex or 1) - 1] if found else ""


@lru_cache(maxsize=20_000)
def is_telling(word: str) -> bool:
    """Whether a word of letters may be a part of a date or of a number. Most words are none, and the same ones come again and again."""
    counts = word in CARDINALS or word in PARTS or scale(word) or ordinal(word, belarusian=True)
    return bool(counts or month(word) or weekday(word) or word in RELATIVE_DAYS)
