"""Whole small sites on loopback, as common programs publish them: what a survey finds and what `source probe` shows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SUBJECTS = (
    "Министерство сообщает о начале приёма заявок",
    "Подведены итоги конкурса на лучшее отделение связи",
    "Утверждена программа развития сетей до конца года",
    "Состоялось заседание совета операторов электросвязи",
    "В обращение вводится почтовая марка с видом моста",
    "Изменён порядок оказания услуг телефонной связи",
    "Открыта выставка достижений отечественной связи",
    "Проведены учения по восстановлению линий передачи",
    "Опубликован отчёт о качестве услуг за третий квартал",
    "Назначен руководитель службы технического контроля",
    "Начато строительство узла связи в северном районе",
    "Объявлен набор слушателей на курсы повышения знаний",
)
TEXT = "Об этом говорилось на встрече с представителями отрасли. Участники обсудили сроки и порядок работы, а также ответили на вопросы. "


@dataclass(frozen=True)
class Post:
    number: int
    title: str
    at: datetime
    path: str


def posts(count: int = 8, path: str = "/news/{number}/", newest: datetime = NOW - timedelta(hours=3)) -> list[Post]:
    """The newest first, one in two days."""
    made = []
    for age, number in enumerate(range(500 + count, 500, -1)):
        at = newest - timedelta(days=2 * age)
        made.append(Post(number, SUBJECTS[number % len(SUBJECTS)], at, path.format(number=number, date=at)))
    return made


# --- pages ------------------------------------------------------------------------------------------------------------------------------


def page(body: str, head: str = "", title: str = "Ведомство связи") -> str:
    menu = "<nav><ul><li><a href='/about'>О ведомстве</a></li><li><a href='/contacts'>Контакты</a></li></ul></nav>"
    foot = "<footer><p>© Ведомство связи, 2026</p></footer>"
    return f"<!DOCTYPE html><html lang='ru'><head><title>{title}</title>{head}</head><body>{menu}<main>{body}</main>{foot}</body></html>"


def article(post: Post, head: str = "") -> str:
    time = f"<time datetime='{post.at.isoformat()}'>{post.at:%d.%m.%Y}</time>"
    return page(f"<article><h1>{post.title}</h1>{time}<p>{TEXT * 3}</p><p>{TEXT * 2}</p></article>", head, post.title)


def listing(shown: Sequence[Post], head: str = "", *, dated: bool = True, older: str = "") -> str:
    rows = "".join(
        f"<article class='post'><h2><a href='{post.path}'>{post.title}</a></h2>"
        f"{f'<time datetime={post.at:%Y-%m-%d}>{post.at:%d.%m.%Y}</time>' if dated else ''}<p>{TEXT[:60]}</p></article>"
        for post in shown
    )
    pager = f"<nav class='pager'><a rel='next' href='{older}'>Старее</a></nav>" if older else ""
    return page(f"<h1>Новости</h1><div class='posts'>{rows}</div>{pager}", head)


def named(path: str, kind: str = "rss+xml", title: str = "Лента") -> str:
    """What a page's head says of a feed."""
    return f"<link rel='alternate' type='application/{kind}' title='{title}' href='{path}'>"


# --- what is read by programs -----------------------------------------------------------------------------------------------------------


def rss(shown: Sequence[Post], site: str = "/") -> str:
    items = "".join(
        f"<item><title>{post.title}</title><link>{post.path}</link><guid isPermaLink='false'>{post.number}</guid>"
        f"<pubDate>{format_datetime(post.at)}</pubDate></item>"
        for post in shown
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Ведомство</title><link>{site}</link>{items}</channel></rss>"


def wordpress_posts(shown: Sequence[Post]) -> str:
    told = [
        {"id": p.number, "date_gmt": p.at.strftime("%Y-%m-%dT%H:%M:%S"), "link": p.path, "title": {"rendered": p.title}, "type": "post"}
        for p in shown
    ]
    return json.dumps(told)


def sitemap(shown: Sequence[Post], *more: str) -> str:
    urls = "".join(f"<url><loc>{post.path}</loc><lastmod>{post.at.isoformat()}</lastmod></url>" for post in shown)
    urls += "".join(f"<url><loc>{path}</loc></url>" for path in more)
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>"


def sitemap_index(*paths: str) -> str:
    return f"<sitemapindex>{''.join(f'<sitemap><loc>{path}</loc></sitemap>' for path in paths)}</sitemapindex>"


# --- sites ------------------------------------------------------------------------------------------------------------------------------

Pages = dict[str, str]


def articles(shown: Sequence[Post], head: str = "") -> Pages:
    return {post.path: article(post, head) for post in shown}


def wordpress() -> Pages:
    """Feeds of posts and of comments, the interface for programs, an index of sitemaps, a section of its own."""
    shown = posts(8, "/{date:%Y/%m}/post-{number}/")
    api = "<link rel='https://api.w.org/' href='/wp-json/'>"
    head = named("/feed/", title="Ведомство » Лента") + named("/comments/feed/", title="Ведомство » Лента комментариев") + api
    return articles(shown, head) | {
        "/": listing(shown[:6], head, older="/page/2/"),
        "/category/press/": listing(shown[1::3], head + named("/category/press/feed/", title="Ведомство » Рубрика Пресса")),
        "/feed/": rss(shown),
        "/category/press/feed/": rss(shown[1::3]),
        "/comments/feed/": rss([]),
        "/wp-json/wp/v2/posts": wordpress_posts(shown),
        "/robots.txt": "User-agent: *\nDisallow: /wp-admin/\n\nSitemap: /wp-sitemap.xml\n",
        "/wp-sitemap.xml": sitemap_index("/wp-sitemap-posts-page-1.xml", "/wp-sitemap-posts-post-1.xml", "/wp-sitemap-users-1.xml"),
        "/wp-sitemap-posts-post-1.xml": sitemap(shown),
        "/wp-sitemap-posts-page-1.xml": sitemap([], "/about", "/contacts"),
    }


def hugo() -> Pages:
    """A list without dates; every section has `index.xml`."""
    shown = posts(9, "/posts/{number}-o-svyazi/")
    head = named("/index.xml")
    return articles(shown, head) | {
        "/": page("<h1>Заметки о связи</h1><p>Здесь пишут о связи.</p><p><a href='/posts/'>Все заметки</a></p>", head),
        "/posts/": listing(shown, named("/posts/index.xml"), dated=False),
        "/index.xml": rss(shown),
        "/posts/index.xml": rss(shown),
        "/sitemap.xml": sitemap(shown, "/", "/posts/"),
    }


def bitrix() -> Pages:
    """A section with a list and a pager, and nothing for programs."""
    shown = posts(10, "/novosti/{number}/")
    return articles(shown) | {
        "/": page("<h1>Ведомство связи</h1><p>Добро пожаловать.</p><p><a href='/novosti/'>Новости</a></p>"),
        "/novosti/": listing(shown, older="/novosti/?PAGEN_1=2"),
        "/novosti/?PAGEN_1=2": listing(posts(10, "/novosti/{number}/", NOW - timedelta(days=40))),
    }


def drupal() -> Pages:
    """The front page is the list; its feed is linked to by an icon, and stands where it always does."""
    shown = posts(8, "/ru/node/{number}")
    icon = "<p><a href='/rss.xml'><img src='/misc/feed.png' alt='RSS'></a></p>"
    return articles(shown) | {"/": listing(shown).replace("</main>", f"{icon}</main>"), "/rss.xml": rss(shown)}


def page_of_feeds() -> Pages:
    """What is named as the feed is a page that tells of all feeds."""
    shown = posts(8)
    told = "<h1>RSS</h1><p>Подпишитесь на новости.</p><ul><li><a href='/rss/all.xml'>Все новости</a></li></ul>"
    front = listing(shown).replace("</main>", "<a href='/rss/'>RSS</a></main>")
    return articles(shown) | {"/": front, "/rss/": page(told), "/rss/all.xml": rss(shown)}


def stale_feed() -> Pages:
    """The list goes on, and the feed ended years ago."""
    shown, once = posts(8), posts(5, "/archive/{number}/", NOW - timedelta(days=900))
    return articles(shown) | {"/": listing(shown, named("/rss.xml")), "/rss.xml": rss(once)}


def broken_feed() -> Pages:
    shown = posts(8)
    return articles(shown) | {"/": listing(shown, named("/rss.xml")), "/rss.xml": "<b>Fatal error</b>: Uncaught Exception in feed.php:12"}


def comments_only() -> Pages:
    """A page with a list, whose only feed is of its readers' words."""
    shown = posts(8)
    said = posts(4, "/news/508/#comment-{number}")
    return articles(shown) | {
        "/": listing(shown, named("/comments.xml", title="Комментарии")),
        "/comments.xml": rss(said),
    }


def section() -> Pages:
    """A section beside a busy site: the site's feed shows little of it."""
    shown = posts(6, "/orders/{number}/")
    other = [replace(post, title=f"Праздник работников связи номер {post.number}") for post in posts(12, "/life/{number}/")]
    head = named("/rss.xml")
    return articles(shown, head) | {"/": listing(other, head), "/orders/": listing(shown, head), "/rss.xml": rss([*other, shown[0]])}


def text_alone() -> Pages:
    """A page with nothing but a text, and a site that answers nothing else."""
    body = f"<h1>Тарифы на услуги связи</h1><p>{TEXT * 3}</p><p>Минута разговора стоит три копейки.</p><p>{TEXT * 2}</p>"
    return {"/uslugi/tarify": page(body, title="Тарифы на услуги связи")}


def text_with_feed() -> Pages:
    """The same page on a site that names its feed of news everywhere."""
    shown = posts(8)
    made = text_alone()["/uslugi/tarify"].replace("</head>", f"{named('/rss.xml')}</head>")
    return articles(shown) | {"/uslugi/tarify": made, "/rss.xml": rss(shown)}


def text_beside_list(*, feed: bool = True) -> Pages:
    """A page about tariffs, with the newest of the site's publications at its side."""
    shown = posts(8)
    side = "".join(f"<li><a href='{post.path}'>{post.title}</a> <span>{post.at:%d.%m.%Y}</span></li>" for post in shown[:4])
    made = text_alone()["/uslugi/tarify"].replace("</main>", f"</main><div class='latest'><ul>{side}</ul></div>").replace(TEXT, TEXT * 2)
    named_feed = {"/rss.xml": rss(shown)} if feed else {}
    return articles(shown) | named_feed | {"/uslugi/tarify": made.replace("</head>", f"{named('/rss.xml') if feed else ''}</head>")}


def scripted() -> Pages:
    """Scripts write every page; the feed needs none."""
    shown = posts(8)
    body = "<body><div id='app'></div><script src='/app.js'></script></body>"
    shell = f"<!DOCTYPE html><html><head><title>Ведомство</title>{named('/rss.xml')}</head>{body}</html>"
    return articles(shown) | {"/": shell, "/rss.xml": rss(shown)}


def mediawiki(*, new_pages: bool = True) -> Pages:
    """A wiki, whose pages name a feed of every edit alone."""
    shown = posts(6, "/index.php/Статья_{number}")
    generator = "<meta name='generator' content='MediaWiki 1.43.0'>"
    edits, new = (f"/index.php?title={title}&feed=atom" for title in ("%D0%A1%D0%BB%D1%83%D0%B6:%D0%9F%D1%80", "Special:NewPages"))
    head = generator + named(edits.replace("&", "&amp;"), "atom+xml", "Вики — Atom")
    return articles(shown, head) | {
        "/": page(f"<h1>Заглавная страница</h1><p>{TEXT * 3}</p>", head),
        "/index.php/Правила": page(f"<h1>Правила</h1><p>{TEXT * 3}</p>", head),
        edits: rss([replace(post, path=f"/index.php?title=X&diff={post.number}&oldid=1") for post in shown]),
        **({new: rss(shown)} if new_pages else {}),
    }


def dokuwiki() -> Pages:
    """A wiki whose feed leads to differences, if it is not asked for pages."""
    shown = posts(6, "/doku.php?id=stranica{number}")
    head = "<meta name='generator' content='DokuWiki'>" + named("/feed.php", title="Недавние изменения")
    return articles(shown, head) | {
        "/": page(f"<h1>Начало</h1><p>{TEXT * 3}</p>", head),
        "/feed.php": rss([replace(post, path=f"{post.path}&rev={post.number}&do=diff") for post in shown]),
        "/feed.php?linkto=current": rss(shown),
    }


def channel() -> Pages:
    """The public preview of a channel: messages whole, and no page for each."""
    messages = "".join(
        f"""<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message text_not_supported_wrap"
        data-post="vedomstvo/{post.number}"><div class="tgme_widget_message_bubble"><div class="tgme_widget_message_author">
        <a class="tgme_widget_message_owner_name" href="https://t.me/vedomstvo"><span dir="auto">Ведомство связи</span></a></div>
        <div class="tgme_widget_message_text js-message_text" dir="auto"><b>{post.title}</b><br/><br/>{TEXT * 2}</div>
        <div class="tgme_widget_message_footer"><div class="tgme_widget_message_info"><span class="tgme_widget_message_meta">
        <a class="tgme_widget_message_date" href="https://t.me/vedomstvo/{post.number}"><time datetime="{post.at.isoformat()}"
        class="time">{post.at:%H:%M}</time></a></span></div></div></div></div></div>"""
        for post in reversed(posts(6))
    )
    return {"/s/vedomstvo": page(f'<section class="tgme_channel_history js-message_history">{messages}</section>')}


def numbers() -> Pages:
    """Pages under rising numbers, which a page of documents names in its text; nothing lists them."""
    return {"/": page("".join(f"<p>См. <a href='/node/{n}'>{n}</a></p>" for n in (9240, 9243, 9249)))}


# --- serving ----------------------------------------------------------------------------------------------------------------------------

_TYPES = {
    "<?xml": "application/xml",
    "<urlset": "application/xml",
    "<sitema": "application/xml",
    "[{": "application/json",
    "User-": "text/plain",
}


@dataclass
class Served:
    """A site that is being served."""

    url: str
    """Without a final slash."""
    asked: list[str]
    """Paths, in order."""


@contextmanager
def served(pages: Mapping[str, str | bytes] | Mapping[str, str]) -> Iterator[Served]:
    """The site on loopback; addresses within it are made absolute where a program wants that. What it doesn't have is 404."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            made = pages.get(self.path) or pages.get(unquote(self.path))
            self.send_response(HTTPStatus.OK if made is not None else HTTPStatus.NOT_FOUND)
            text = made if made is not None else "<h1>Страница не найдена</h1>"
            body = text if isinstance(text, bytes) else text.replace("<loc>/", f"<loc>{site.url}/").encode()
            as_html = "text/html" if isinstance(text, bytes) else "text/html; charset=utf-8"
            kind = next((kind for start, kind in _TYPES.items() if body.startswith(start.encode())), as_html)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Served(f"http://127.0.0.1:{server.server_address[1]}", [])
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
