"""Pages that come whole and are hostile to whoever reads them, and pages that are none of the publisher's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from collector.page import Trouble
from hostile.case import TITLES, Case, Ending, Handler, Visit, article_page, ends, head, listing_page, whole

_NOT_READ = ends(Trouble.UNREADABLE, Trouble.TOO_LARGE)
_ANYHOW = _NOT_READ | ends(None)
_NO_LIST = ends(Trouble.UNREADABLE, Trouble.BLOCKED, Trouble.DOUBTFUL, Trouble.SCRIPTS)
_FEED = "application/rss+xml; charset=utf-8"
_END = "</body></html>"
_START = "<!DOCTYPE html><html><head><title>Новости</title></head><body>"


def made(body: Callable[[], str | bytes], kind: str = "text/html; charset=utf-8") -> Handler:
    """A page that is put together only when it is asked for: all of them at once would take much memory."""

    async def answer(visit: Visit) -> None:
        # in a thread of its own, so that the other cases don't stand still meanwhile
        text = await asyncio.to_thread(body)
        await visit.send(whole(text.encode() if isinstance(text, str) else text, kind=kind))

    return answer


def streamed(pieces: Callable[[], Iterable[str]]) -> Handler:
    async def answer(visit: Visit) -> None:
        await visit.send(head("Content-Type: text/html; charset=utf-8", "Connection: close"))
        await visit.send_for_ever(piece.encode() for piece in pieces())

    return answer


def _page(name: str, body: Callable[[], str | bytes], reads: frozenset[Ending] = _NOT_READ, kind: str = "text/html; charset=utf-8") -> Case:
    return Case(name, made(body, kind), _ANYHOW, reads=reads)


def _nested(tag: str, times: int = 200_000) -> str:
    return _START + f"<{tag}>" * times


def _links(count: int) -> str:
    rows = "".join(f'<div class="row"><a href="/n/{n}">Министерство утвердило порядок № {n}</a></div>' for n in range(count))
    return f"{_START}<main>{rows}</main>{_END}"


def _hundred_megabytes() -> Iterable[str]:
    yield _START
    for number in range(100):
        yield f"<p>{number} {'и ещё немного слов ' * 30_000}</p>"


def _feed(items: str, doctype: str = "") -> str:
    return f'<?xml version="1.0" encoding="utf-8"?>{doctype}<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'


def _billion_laughs() -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE rss [<!ENTITY l0 "ха">{entities}]>'
    return _feed("<item><title>&l9;</title><link>http://127.9.0.1/n/1</link></item>", doctype)


def _quadratic_blowup() -> str:
    doctype = f'<!DOCTYPE rss [<!ENTITY big "{"ха" * 50_000}">]>'
    return _feed(f"<item><title>{'&big;' * 20_000}</title><link>http://127.9.0.1/n/1</link></item>", doctype)


def _outside_entity() -> str:
    doctype = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return _feed("<item><title>Порядок оказания услуг: &x;</title><link>http://127.9.0.1/n/1</link></item>", doctype)


EXPLOSIVE = (
    _page("200,000 nested tags", lambda: _nested("div")),
    _page("200,000 nested tables", lambda: _nested("table")),
    _page("200,000 nested cells", lambda: _nested("table><tr><td", 60_000)),
    _page("200,000 nested links", lambda: _nested("a href=/n/1")),
    _page("200,000 nested lists", lambda: _nested("ul><li", 100_000)),
    _page("200,000 nested drawings", lambda: _nested("svg><g", 100_000)),
    _page("200,000 nested templates", lambda: _nested("template")),
    _page("1 MB of unclosed tags", lambda: _nested("b", 350_000)),
    _page("200,000 attributes", lambda: f"{_START}<div {' '.join(f'a{n}=1' for n in range(200_000))}>{_END}"),
    _page("attribute of 9 MB", lambda: f'{_START}<div class="{"c " * 4_500_000}">{_END}'),
    _page("misnested formatting", lambda: _START + "<p>" + "<b><i><a href=x>" * 30_000 + "<table>" * 20_000),
    _page("formatting closed in the wrong order", lambda: _START + "<b><i><u><p>" * 20_000 + "</b></i></u></p>" * 20_000),
    _page("9 MB of opening brackets", lambda: "<" * 9_000_000),
    _page("9 MB of half tags", lambda: "<a " * 3_000_000),
    _page("comment that never ends", lambda: f"{_START}<!-- {'-- ' * 3_000_000}"),
    _page("script that never ends", lambda: f"{_START}<script>{'<!--<script>' * 700_000}", _NOT_READ | ends(Trouble.SCRIPTS)),
    _page("title that never ends", lambda: f"<html><head><title>{'слово ' * 700_000}"),
    _page("9 MB of character references", lambda: f"{_START}<p>{'&#1;' * 2_200_000}{_END}"),
    _page("9 MB of unended references", lambda: f"{_START}<p>{'&amp' * 2_200_000}{_END}"),
    _page("9 MB of blanks", lambda: f"{_START}<p>{' ' * 9_000_000}{_END}"),
    _page("9 MB of zero bytes", lambda: bytes(9_000_000)),
    _page("9 MB of digits and dots", lambda: f"{_START}<p>{'20.11.2026 ' * 800_000}{_END}"),
    _page("9 MB of half dates beside links", lambda: f"{_START}{'<p><a href=/n/1>Порядок оказания услуг</a> 1.1.1.1.1.1</p>' * 90_000}"),
    Case("100 MB page", streamed(_hundred_megabytes), ends(Trouble.TOO_LARGE)),
    _page("300,000 links", lambda: _links(300_000), _ANYHOW),
    _page("20,000 links to one place", lambda: _links(20_000).replace("/n/", "/n/1#"), _ANYHOW),
    _page("feed of a billion laughs", _billion_laughs, _ANYHOW, _FEED),
    _page("feed that blows up", _quadratic_blowup, _ANYHOW, _FEED),
    _page("feed that wants a file of ours", _outside_entity, _ANYHOW, _FEED),
    _page("feed nested 200,000 times", lambda: _feed("<a>" * 200_000), _ANYHOW, _FEED),
    _page("feed with a title of 9 MB", lambda: _feed(f"<item><title>{'с' * 4_500_000}</title><link>/n/1</link></item>"), _ANYHOW, _FEED),
    _page("feed of 100,000 items", lambda: _feed("<item><title>x</title><link>/n/1</link></item>" * 100_000), _ANYHOW, _FEED),
    _page("feed that is cut", lambda: _feed("<item><title>x</title>")[:150], _ANYHOW, _FEED),
)

LOGIN = """<!DOCTYPE html><html><head><title>Вход</title></head><body><h1>Вход в личный кабинет</h1><form action="/login" method="post">
<label>Имя <input name="login"></label><label>Пароль <input type="password" name="password"></label><button>Войти</button></form>
<a href="/forgotten">Забыли пароль?</a><a href="/register">Регистрация</a></body></html>"""
CAPTCHA = """<!DOCTYPE html><html><head><title>Проверка</title></head><body><div id="challenge"><h1>Подтвердите, что вы не робот</h1>
<p>Мы заметили необычную активность из вашей сети. Введите символы с картинки.</p><img src="/captcha.png"><input name="code">
<button>Продолжить</button></div><script>window.challenge = {id: "7f3a", ttl: 60};</script></body></html>"""
MAINTENANCE = """<!DOCTYPE html><html><head><title>Технические работы</title></head><body><h1>Сайт временно недоступен</h1>
<p>Ведутся технические работы. Приносим извинения за неудобства и просим зайти позже.</p></body></html>"""
SCRIPTED = """<!DOCTYPE html><html><head><title></title></head><body><div id="root"></div><noscript>Включите JavaScript.</noscript>
<script src="/static/main.8f3c.js"></script></body></html>"""
PARKED = """<!DOCTYPE html><html><head><title>Домен продаётся</title></head><body><h1>Этот домен продаётся</h1>
<a href="http://parking.example/buy">Купить</a></body></html>"""
NO_PUBLICATIONS = {
    "login page": LOGIN,
    "captcha": CAPTCHA,
    "maintenance page": MAINTENANCE,
    "page that scripts write": SCRIPTED,
    "parked domain": PARKED,
    "empty page": "",
    "frames": '<html><frameset cols="20%,80%"><frame src="/menu"><frame src="/main"></frameset></html>',
    "refreshes to itself": '<html><head><meta http-equiv="refresh" content="0"></head><body></body></html>',
    "answer of a program": '{"error": {"code": 42, "message": "unknown method"}}',
    "words in plain text": "It works!",
}
"""What servers answer with status 200 instead of what they were asked for."""


async def refreshes_to_private(visit: Visit) -> None:
    address = f"http://127.0.0.1:{visit.port}/"
    page = f'<html><head><meta http-equiv="refresh" content="0; url={address}"></head><body><a href="{address}">дальше</a></body></html>'
    await visit.send(whole(page.encode(), f"Refresh: 0; url={address}"))


def list_with(publication: str | Handler) -> Handler:
    """A sound list, each of whose links leads to this."""

    async def answer(visit: Visit) -> None:
        if visit.path == "/":
            await visit.send(whole(listing_page().encode()))
        elif isinstance(publication, str):
            await visit.send(whole(publication.encode()))
        else:
            await publication(visit)

    return answer


async def _breaks_off(visit: Visit) -> None:
    await visit.send(head("Content-Type: text/html", "Content-Length: 100000") + article_page(TITLES[0]).encode())


async def feed_of_private_addresses(visit: Visit) -> None:
    hosts = ("127.0.0.1", "2130706433", "0177.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "127。0。0。1", "0")
    items = (f"<item><title>{TITLES[0]}</title><link>http://{host}:{visit.port}/n/{n}</link></item>" for n, host in enumerate(hosts))
    await visit.send(whole(_feed("".join(items)).encode(), kind=_FEED))


async def list_without_end(visit: Visit) -> None:
    """Each page of the list leads to a further one, and shows what none showed before."""
    page = int("0" + "".join(filter(str.isdecimal, visit.path)))
    rows = "".join(
        f'<div class="row"><h3><a href="/n/{page}-{n}">Министерство утвердило порядок № {page}-{n}</a></h3></div>' for n in range(5)
    )
    if visit.path.startswith("/n/"):
        await visit.send(whole(article_page(f"Министерство утвердило порядок № {visit.path.removeprefix('/n/')}").encode()))
    else:
        pager = f'<ul class="pager"><li class="pager__item--next"><a rel="next" href="/?page={page + 1}">Далее</a></li></ul>'
        await visit.send(whole(f"{_START}<main>{rows}</main>{pager}{_END}".encode()))


BESIDE_THE_POINT = (
    *(Case(name, whole(body.encode()), reads=_NO_LIST) for name, body in NO_PUBLICATIONS.items()),
    Case("picture called a page", whole(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 200), reads=_NO_LIST),
    Case("noise called a page", whole(bytes((n * n * 7919) % 251 for n in range(100_000))), reads=_NO_LIST),
    Case(
        "document in place of the list",
        whole(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\n" * 100, kind="application/pdf"),
        reads=_NO_LIST,
    ),
    Case("refreshes to a private address", refreshes_to_private, reads=_NO_LIST),
    Case("feed of private addresses", feed_of_private_addresses, links=ends(Trouble.REFUSED)),
    Case("list without end", list_without_end),
    *(
        Case(
            f"list of which each link is: {name}",
            list_with(body),
            links=ends(Trouble.UNREADABLE, Trouble.DOUBTFUL, Trouble.SCRIPTS, Trouble.BLOCKED),
        )
        for name, body in NO_PUBLICATIONS.items()
    ),
    Case("list of which each link is nested 200,000 times", list_with(made(lambda: _nested("div"))), links=_NOT_READ),
    Case("list of which each link is misnested", list_with(made(lambda: _START + "<p>" + "<b><i><a href=x>" * 30_000)), links=_NOT_READ),
    Case("list of which each link is 100 MB", list_with(streamed(_hundred_megabytes)), links=ends(Trouble.TOO_LARGE)),
    Case("list of which each link breaks off", list_with(_breaks_off), links=ends(Trouble.INCOMPLETE)),
)

CASES = (*EXPLOSIVE, *BESIDE_THE_POINT)
