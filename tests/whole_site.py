"""What every made-up whole site has: publications on three pages of a list, a page for each, and what is known of them."""

# ruff: noqa: E501 - one line of markup for each part of a page, as the systems print them

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
_BEGUN = (
    "Утверждён порядок ввода узлов связи",
    "Состоялось совещание о переходе на новую нумерацию",
    "Подведены итоги проверки качества передачи голоса",
    "Начат приём заявок на право работать в полосе частот",
    "Опубликованы сведения о состоянии линий передачи",
    "В районах области открыты пункты коллективного доступа",
    "Операторы отчитались о замене устаревших станций",
    "Изменены сроки подачи сведений о сетях",
    "Почтовые отделения переходят на зимний распорядок",
    "Объявлен открытый конкурс среди молодых инженеров",
    "Завершены учения по восстановлению связи после паводка",
    "Назначены ответственные за учёт адресного пространства",
    "Представлен годовой доклад о развитии отрасли",
    "Расширен перечень услуг, доступных без договора",
    "Рассмотрены обращения жителей о помехах приёму",
)
_ENGLISH = (
    "Regulator opens consultation on shared towers",
    "New numbering plan comes into force in spring",
    "Quality of voice calls improved across the country",
    "Applications for the upper band are now accepted",
    "Report on the state of backbone lines is published",
    "Public access points open in remote districts",
    "Operators replace the last of the analogue exchanges",
    "Deadlines for reporting on networks have changed",
    "Post offices switch to their winter opening hours",
    "Young engineers invited to an open competition",
    "Exercise restores lines after a simulated flood",
    "Registrars of addresses have been appointed",
    "Annual review of the industry was presented",
    "More services become available without contract",
    "Residents' complaints about interference considered",
)
MONTHS = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря")
_PLACES = ("Примерском", "Озёрном", "Заречном", "Лесном", "Полевом", "Верхнем", "Дальнем", "Северном")


@dataclass(frozen=True, slots=True)
class Pub:
    """One publication."""

    number: int
    title: str
    day: date
    english: bool = False

    @property
    def at(self) -> datetime:
        return datetime.combine(self.day, time(9, 30), UTC)

    @property
    def dotted(self) -> str:
        return f"{self.day:%d.%m.%Y}"

    @property
    def in_words(self) -> str:
        return (
            f"{self.day:%B} {self.day.day}, {self.day.year}"
            if self.english
            else f"{self.day.day} {MONTHS[self.day.month - 1]} {self.day.year}"
        )

    @property
    def paragraphs(self) -> tuple[str, ...]:
        if self.english:
            return (
                f"{self.title}, the authority said in notice {self.number}. The change concerns every provider that runs lines of its own in the region.",
                f"Providers have {self.number % 40 + 20} days to tell how they will comply. Those that cannot should write to the chief engineer and name the reason.",
                "Customers need not do anything. Their numbers, prices and contracts stay as they are, and emergency calls will go on working during the change.",
                f"The next meeting of the board, at which progress is reviewed, takes place in room {self.number % 9 + 1} and is open to everyone.",
            )
        place = _PLACES[self.number % len(_PLACES)]
        return (
            f"{self.title}: об этом рассказали в {place} управлении, когда обсуждали записку номер {self.number}. Новое касается всех, кто держит собственные линии.",
            f"На подготовку отведено {self.number % 40 + 20} дней. Тем, кто не успевает, следует написать главному инженеру и назвать причину задержки.",
            "Жителям ничего делать не нужно: номера, цены и договоры остаются прежними, а вызов экстренных служб работает и во время переключения.",
            f"Следующее заседание, где расскажут о сделанном, пройдёт в кабинете {self.number % 9 + 1} и открыто для всех желающих.",
        )

    @property
    def teaser(self) -> str:
        return self.paragraphs[1].partition(". ")[0] + "."

    @property
    def body(self) -> str:
        return "".join(f"<p>{paragraph}</p>" for paragraph in self.paragraphs)


def pubs(count: int = 15, *, step: int = 4, english: bool = False, first: int = 4100) -> list[Pub]:
    """The newest first."""
    titles = _ENGLISH if english else _BEGUN
    return [
        Pub(first + 7 * (count - age), titles[age % len(titles)], NOW.date() - timedelta(days=2 + step * age), english)
        for age in range(count)
    ]


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of a publication."""

    path: str
    title: str
    day: date | None


@dataclass(frozen=True, slots=True)
class WholeSite:
    name: str
    pages: Mapping[str, str | bytes]
    lists: tuple[tuple[str, tuple[Row, ...]], ...]
    """The newest page first, each with its address and what it shows, in its order."""
    articles: tuple[tuple[str, Pub], ...]
    way: tuple[str, str]
    """What a survey of the first page of the list should choose."""
    furniture: tuple[str, ...] = ()
    """Words on the pages of publications that belong to none of them."""
    tells_day: bool = True
    """Whether the page of a publication has its day."""


Listing = Callable[[int, Sequence[Pub]], str]


def whole(
    name: str,
    where: Sequence[str],
    path: Callable[[Pub], str],
    listing: Listing,
    article: Callable[[Pub], str],
    *,
    shown: Sequence[Pub] = (),
    dated: bool = True,
    way: tuple[str, str] | None = None,
    more: Mapping[str, str | bytes] | None = None,
    furniture: Sequence[str] = (),
    encoding: str = "",
    day: Callable[[Pub], date | None] | None = None,
    extra: Callable[[int], Sequence[Row]] = lambda _: (),
    tells_day: bool = True,
) -> WholeSite:
    """A site with a list at the addresses `where`, oldest page last; `listing(n, publications)` makes page n, counted from 0."""
    shown = shown or pubs()
    each = -(-len(shown) // len(where))
    parts = [shown[start : start + each] for start in range(0, len(shown), each)]
    day = day or (lambda pub: pub.day if dated else None)
    pages: dict[str, str | bytes] = {address: listing(n, part) for n, (address, part) in enumerate(zip(where, parts, strict=True))}
    pages |= {path(pub): article(pub) for pub in shown}
    pages |= more or {}
    if encoding:
        pages = {address: made.encode(encoding) if isinstance(made, str) else made for address, made in pages.items()}
    lists = tuple(
        (address, (*extra(n), *(Row(path(pub), pub.title, day(pub)) for pub in part)))
        for n, (address, part) in enumerate(zip(where, parts, strict=True))
    )
    told = tuple((path(pub), pub) for pub in (shown[0], shown[4], shown[-1]))
    return WholeSite(name, pages, lists, told, way or ("listing", where[0]), tuple(furniture), tells_day)


def rss(shown: Sequence[Pub], path: Callable[[Pub], str], title: str = "Ведомство") -> str:
    rows = "".join(
        f"<item><title>{p.title}</title><link>{path(p)}</link><guid isPermaLink='false'>{p.number}</guid><pubDate>{format_datetime(p.at)}</pubDate><description>{p.teaser}</description></item>"
        for p in shown
    )
    return f"<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>{title}</title><link>/</link><description/>{rows}</channel></rss>"


def atom(shown: Sequence[Pub], path: Callable[[Pub], str]) -> str:
    rows = "".join(
        f"<entry><title>{p.title}</title><link href='{path(p)}'/><id>tag:example,{p.number}</id><updated>{p.at.isoformat()}</updated><summary>{p.teaser}</summary></entry>"
        for p in shown
    )
    return f"<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Notes</title><id>tag:example</id><updated>{shown[0].at.isoformat()}</updated>{rows}</feed>"


def html(head: str, body: str, *, lang: str = "ru", body_class: str = "") -> str:
    return f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">{head}</head>\n<body class="{body_class}">{body}</body></html>'
