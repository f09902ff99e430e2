"""What messages say besides what sources say, in three languages. A language is a value of one type, so none can lack a word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from storage.model import EditKind

if TYPE_CHECKING:
    from storage.model import Revision


@dataclass(frozen=True, slots=True)
class Words:
    new: str
    """Above a publication that wasn't known."""
    changed: str
    """Above a known one whose content has changed."""
    removed: str
    """Above a known one that its site has taken away."""
    untitled: str
    source: str
    published: str
    link: str
    also_at: str
    watches: str
    found: str
    """Before the words that matched."""
    in_attachment: str
    """Before an excerpt from a document, with its `{name}`."""
    author: str
    publications: Callable[[int], str]
    """What several are called, by how many they are."""
    why: str
    """The last line: why the reader gets this."""
    date: str
    """With `{day}`, `{month}` and `{year}`."""
    months: tuple[str, ...]
    """As they stand in a date, January first."""


def _slavic(one: str, few: str, many: str) -> Callable[[int], str]:
    """1 публикация, 2 публикации, 5 публикаций, 11 публикаций, 21 публикация."""

    def form(count: int) -> str:
        last, teens = count % 10, count % 100 in range(11, 15)
        return many if teens or last == 0 or last > 4 else one if last == 1 else few  # noqa: PLR2004  (2, 3 and 4 take the second form)

    return form


_RUSSIAN = Words(
    new="Новая публикация",
    changed="Публикация изменена",
    removed="Публикация удалена",
    untitled="Без названия",
    source="Источник",
    published="Опубликовано",
    link="Ссылка",
    also_at="Также здесь",
    watches="Наблюдения",
    found="Найдено",
    in_attachment="во вложении «{name}»",
    author="Автор",
    publications=_slavic("публикация", "публикации", "публикаций"),
    why="Вы получили это сообщение, потому что Vestnik следит за этой темой для вас.",
    date="{day} {month} {year} г.",
    months=(
        "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ),
)  # fmt: skip

_BELARUSIAN = Words(
    new="Новая публікацыя",
    changed="Публікацыя зменена",
    removed="Публікацыя выдалена",
    untitled="Без назвы",
    source="Крыніца",
    published="Апублікавана",
    link="Спасылка",
    also_at="Таксама тут",
    watches="Назіранні",
    found="Знойдзена",
    in_attachment="ва ўкладанні «{name}»",
    author="Аўтар",
    publications=_slavic("публікацыя", "публікацыі", "публікацый"),
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
    removed="Publication removed",
    untitled="Untitled",
    source="Source",
    published="Published",
    link="Link",
    also_at="Also at",
    watches="Watches",
    found="Found",
    in_attachment="in attachment “{name}”",
    author="Author",
    publications=lambda count: "publication" if count == 1 else "publications",
    why="You receive this message because Vestnik watches this topic for you.",
    date="{day} {month} {year}",
    months=(
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ),
)  # fmt: skip

LANGUAGES: Mapping[str, Words] = MappingProxyType({"ru": _RUSSIAN, "be": _BELARUSIAN, "en": _ENGLISH})


def counted(count: int, name: Callable[[int], str]) -> str:
    """A number with what is counted.

    >>> counted(12, LANGUAGES["ru"].publications), counted(21, LANGUAGES["ru"].publications)
    ('12 публикаций', '21 публикация')
    """
    return f"{count} {name(count)}"


def in_words(published: date, words: Words, zone: ZoneInfo) -> str:
    """A date as people write it; the hour too where the source gives it, in the reader's zone.

    >>> in_words(date(2024, 4, 9), LANGUAGES["ru"], ZoneInfo("Europe/Minsk"))
    '9 апреля 2024 г.'
    """
    local = published.astimezone(zone) if isinstance(published, datetime) else published
    day = words.date.format(day=local.day, month=words.months[local.month - 1], year=local.year)
    return f"{day}, {local:%H:%M}" if isinstance(local, datetime) else day


def change_in_words(revision: Revision, words: Words) -> str:
    """What has become of a known publication; empty for a new one."""
    if EditKind.REMOVED in revision.kinds:
        return words.removed
    return words.changed if revision.number > 1 else ""
