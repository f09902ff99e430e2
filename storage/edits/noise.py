"""What stands on a page without being said by it: counters, labels of buttons, the day on which the page is shown.

Each rule takes away whole lines, or a part of a short one that stands apart. A number inside a sentence is never noise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from storage.fold import fold, folded_words

_TOKEN = re.compile(
    r"[?&;](?:itok|token|h|hash|v|ver|version|t|ts|timestamp|_|rnd|rand|cb|cache|rev|utm_\w+|fbclid|gclid|yclid|sid|phpsessid|jsessionid)"
    r"=[^&;\s)\]»\"']*",
    re.IGNORECASE,
)
"""Parameters of addresses that differ at every visit and lead to the same."""
_ADDRESS = re.compile(r"https?://\S+")

_COUNTED = re.compile(
    r"^(?:просмотр\w*|прочтен\w*|прочитан\w*|прочита\w*|праглядаў|прагляд\w*|комментар\w*|каментар\w*|лайк\w*|нравится|падабаецца|скачиван\w*|"
    r"скачали|скачано|загрузок|загрузки|спампован\w*|спампавалі|поделились|репост\w*|views?|viewed|comments?|likes?|downloads?|downloaded|"
    r"shares?|hits?)$"
)
_VISITORS = re.compile(
    r"^(?:посетител\w*|наведвальнік\w*|гостей|гостя|гость|гасцей|пользовател\w*|карыстальнік\w*|онлайн|visitors?|guests?|users?|online)$"
)
_PRESENT = frozenset(("сейчас", "онлайн", "сайте", "цяпер", "зараз", "сайце", "now", "online", "site"))
"""Words without which visitors and users are what a publication tells of."""
_VOTES = re.compile(r"^(?:голосов|голоса|голос|галасоў|галасы|рейтинг|рэйтынг|оценок|оценка|ацэнак|votes?|rating)$")
_BESIDE_COUNTED = frozenset(
    (
        *(
            "раз",
            "разы",
            "раза",
            "сейчас",
            "на",
            "сайте",
            "сайту",
            "всего",
            "и",
            "количество",
            "кол",
            "во",
            "число",
            "сегодня",
            "сутки",
            "нет",
        ),
        *(
            "пока",
            "цяпер",
            "зараз",
            "сайце",
            "усяго",
            "колькасць",
            "няма",
            "сення",
            "times",
            "time",
            "now",
            "on",
            "site",
            "total",
            "number",
        ),
        *("of", "today", "and", "no", "yet", "тыс", "млн", "k", "m"),
    )
)
_NUMBER = re.compile(r"^\d+[kmкмт]?$")
_LONGEST_COUNTER = 9
"""Words of «Сейчас на сайте 15 гостей и 2 пользователя»."""
_APART = re.compile(r"\s*(?:[|•·;()\[\]/\t]|\s[—–-]\s|\s{2,})\s*")
"""What parts the counters of one line from each other and from a short text beside them."""
_LONGEST_BESIDE = 12
"""Words of a line that may carry counters; in a longer one it may be the news itself that something was downloaded so often."""

_LABELS = frozenset(
    fold(label)
    for label in (
        "версия для печати", "распечатать", "печать", "на печать", "print", "printer friendly version", "друк", "раздрукаваць",
        "версія для друку", "поделиться", "поделиться в соцсетях", "падзяліцца", "share", "share this", "изображение", "малюнак", "image",
        "комментировать", "оставить комментарий", "наверх", "вверх", "скачать pdf", "подписаться", "отправить другу", "pdf", "назад",
        "read more", "подробнее", "читать далее", "чытаць далей", "читайте также", "чытайце таксама", "read also",
        "версия для слабовидящих",
    )
)  # fmt: skip
_LABEL_BEFORE = re.compile(r"^(?:изображени[ея]|малюн(?:ак|кі)|image)\s*:?\s+(?=\S)", re.IGNORECASE)

_SHOWN_ON = re.compile(
    r"^(?:обновлен\w*|последнее обновление|дата обновления|время обновления|страница обновлена|абноўлен\w*|"
    r"апошняе абнаўленне|last updated?|updated?|last modified|page updated)\b"
)
_TODAY = re.compile(r"^(?:сегодня|сення|today)\b")
_OF_A_DATE = re.compile(
    r"^(?:\d{1,4}|г|гг|год|года|годзе|в|у|at|on|the|st|nd|rd|th|utc|gmt|мск|минск|"
    r"январ\w|феврал\w|март\w?|апрел\w|ма[йяе]|июн\w|июл\w|август\w?|сентябр\w|октябр\w|ноябр\w|декабр\w|"
    r"студзен\w|лют\w+|сакавік\w?|красавік\w?|чэрвен\w|ліпен\w|жні\w+|верас\w+|кастрычнік\w?|лістапад\w?|снежн?\w+|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье|"
    r"панядзелак|аўторак|серад[ау]|чацвер|пятніц[ау]|субот[ау]|нядзел[яю]|(?:mon|tues|wednes|thurs|fri|satur|sun)day|дата|date|страница|page)$"
)
_LONGEST_DATE = 12


_MOST_LINES = 10_000
"""A text of more is not searched for noise, which takes 0.2 s for so many."""


def said(text: str) -> Iterator[tuple[str, ...]]:
    """Of each line what is left without noise, as folded words; lines of nothing else are left out."""
    lines = text.splitlines()
    if len(lines) > _MOST_LINES:
        yield from filter(None, (tuple(folded_words(line)) for line in lines))
        return
    votes = [line for line in lines if len(line) < _BEGINNING and _is_votes(folded_words(line))]
    for line in lines:
        if len(votes) == 1 and line == votes[0]:
            continue  # several are the result of an election
        words = tuple(folded_words(without_noise(line)))
        if words:
            yield words


def without_noise(line: str) -> str:
    """A line as it is written, without what is noise in it."""
    if "=" in line:
        line = _TOKEN.sub("", line)
    line = _LABEL_BEFORE.sub("", line.strip())
    words = folded_words(line[:_BEGINNING])
    if not words or " ".join(words) in _LABELS or _is_shown_on(words) or _is_counter(words):
        return ""
    if len(words) > _LONGEST_BESIDE or _ADDRESS.search(line):
        return line
    parts = _APART.split(line)
    left = [part for part in parts if not _is_counter(folded_words(part))]
    return line if len(left) == len(parts) else "; ".join(left)


_BEGINNING = 2000
"""Letters of a line that are enough to see that it is too long for noise."""


def _is_counter(words: list[str]) -> bool:
    """«Просмотров: 123», «5 комментариев», «На сайте 15 гостей»: words that count, numbers, and nothing else."""
    present = not _PRESENT.isdisjoint(words)
    counting = [word for word in words if _COUNTED.match(word) or (present and _VISITORS.match(word))]
    return bool(counting) and len(words) <= _LONGEST_COUNTER and all(word in counting or _is_beside(word) for word in words)


def _is_votes(words: list[str]) -> bool:
    """«Голосов: 12», «Рейтинг 4,5 (12 голосов)»."""
    if not any(map(_VOTES.match, words)) or len(words) > _LONGEST_COUNTER:
        return False
    return all(_VOTES.match(word) or _is_beside(word) for word in words)


def _is_beside(word: str) -> bool:
    return _NUMBER.match(word) is not None or word in _BESIDE_COUNTED


def _is_shown_on(words: list[str]) -> bool:
    """«Обновлено: 12.04.2025 10:00», «Сегодня 12 апреля, суббота»: a date that the page bears and the publication doesn't."""
    if len(words) > _LONGEST_DATE:
        return False
    line = " ".join(words)
    found = _SHOWN_ON.match(line) or _TODAY.match(line)
    rest = line[found.end() :].split() if found else []
    told = bool(rest) and all(map(_OF_A_DATE.match, rest))
    return told and (not _TODAY.match(line) or any(not word.isdigit() for word in rest))
