"""What messages say besides what sources say, in three languages. A language is a value of one type, so none can lack a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Words:
    new: str
    """Above a publication that wasn't known."""
    changed: str
    """Above a known one whose content has changed."""
    untitled: str
    source: str
    published: str
    link: str
    also_at: str
    watches: str
    why: str
    """The last line: why the reader gets this."""
    date: str
    """With `{day}`, `{month}` and `{year}`."""
    months: tuple[str, ...]
    """As they stand in a date, January first."""


_RUSSIAN = Words(
    new="Новая публикация",
    changed="Публикация изменена",
    untitled="Без названия",
    source="Источник",
    published="Опубликовано",
    link="Ссылка",
    also_at="Также здесь",
    watches="Наблюдения",
    why="Вы получили это сообщение, потому что Vestnik следит за этой темой для вас.",
    date="{day} {month} {year} г.",
    months=(
        "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ),
)  # fmt: skip

_BELARUSIAN = Words(
    new="Новая публікацыя",
    changed="Публікацыя зменена",
    untitled="Без назвы",
    source="Крыніца",
    published="Апублікавана",
    link="Спасылка",
    also_at="Таксама тут",
    watches="Назіранні",
    why="Вы атрымалі гэтае паведамленне, бо Vestnik сочыць за гэтай тэмай для вас.",
    date="{day} {month} {year} г.",
    months=(
        "студзеня", "лютага", "сакавіка", "красавіка", "мая", "чэрвеня",
        "ліпеня", "жніўня", "верасня", "кастрычніка", "лістапада", "снежня",
    ),
)  # fmt: skip

_ENGLISH = Words(
    new="New publication",
    changed="Publication changed",
    untitled="Untitled",
    source="Source",
    published="Published",
    link="Link",
    also_at="Also at",
    watches="Watches",
    why="You receive this message because Vestnik watches this topic for you.",
    date="{day} {month} {year}",
    months=(
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ),
)  # fmt: skip

LANGUAGES: Mapping[str, Words] = MappingProxyType({"ru": _RUSSIAN, "be": _BELARUSIAN, "en": _ENGLISH})


def in_words(published: date, words: Words, zone: ZoneInfo) -> str:
    """A date as people write it; the hour too where the source gives it, in the reader's zone.

    >>> in_words(date(2024, 4, 9), LANGUAGES["ru"], ZoneInfo("Europe/Minsk"))
    '9 апреля 2024 г.'
    """
    local = published.astimezone(zone) if isinstance(published, datetime) else published
    day = words.date.format(day=local.day, month=words.months[local.month - 1], year=local.year)
    return f"{day}, {local:%H:%M}" if isinstance(local, datetime) else day
