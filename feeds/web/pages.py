"""Pages for browsers: the list of articles, one article, and what is said when something is not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import jinja2
import nh3
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from feeds.entry import in_utc
from feeds.text import followable, language_tag, shown_html, shown_title, xml_text
from feeds.web.contract import ArticleReader
from feeds.web.locale import LANGUAGE_NAMES, Locale
from feeds.web.matched import matched_watches
from storage.model import SourceState

PAGE_SIZE = 30
STATIC = Path(__file__).parent / "static"

_TEMPLATES = Path(__file__).parent / "templates"
_LARGEST_ID = 2**63 - 1
# A list longer than this would push the articles off the first screen, so it waits to be opened.
_SOURCES_SHOWN = 4
# The same for watches, above the text of an article.
_WATCHES_SHOWN = 3
# Worded by their own status; others are told as the nearest of these.
_WORDED = (400, 404, 405, 500, 503)


@dataclass(frozen=True, slots=True)
class Pages:
    """The handlers of all pages."""

    store: ArticleReader
    locale: Locale
    templates: jinja2.Environment

    def articles(self, request: Request) -> Response:
        before = _number(request.query_params["before"], status=400) if "before" in request.query_params else None
        found = self.store.page(before, PAGE_SIZE + 1)  # one more tells whether there are earlier ones
        shown = found[:PAGE_SIZE]
        sources = self.store.sources()
        return self._page(
            "articles.html",
            articles=shown,
            before=before,
            older=shown[-1].id if len(found) > PAGE_SIZE else None,
            sources=sources,
            failing=sum(1 for source in sources if source.failures),
            sources_open=len(sources) <= _SOURCES_SHOWN or _nothing_read(sources),
            nothing_read=_nothing_read(sources),
        )

    def article(self, request: Request) -> Response:
        article = self.store.article(_number(request.path_params["id"], status=404))
        if article is None:
            raise HTTPException(404)
        html = shown_html(article)
        matches = self.store.matches(article.revision.id)
        return self._page(
            "article.html",
            article=article,
            watches=len(matches),
            matched=matched_watches(article.revision.content, matches),
            matched_open=len(matches) <= _WATCHES_SHOWN,
            html=safe_html(html),
            has_images="<img" in html or bool(article.revision.content.image),
            elsewhere=[url for url in article.locations if url != article.url and followable(url)],
        )

    def refusal(self, status: int, headers: Mapping[str, str] | None = None) -> Response:
        """The page that says in words what an HTTP status says in digits."""
        worded = status if status in _WORDED else status // 100 * 100
        return self._page("error.html", status=status, headers=headers, key=f"error_{worded if worded in _WORDED else 500}")

    def _page(self, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: object) -> Response:
        html = self.templates.get_template(template).render(values)
        return HTMLResponse(xml_text(html), status, {"Cache-Control": "no-cache", **(headers or {})})


def environment(locale: Locale, base_url: str, prefix: str) -> jinja2.Environment:
    """The templates with what all of them use. `prefix` is the path under which a reverse proxy shows us, or empty."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "locale": locale,
        "say": locale.say,
        "count": locale.count,
        "when": locale.when,
        "base_url": base_url,
        "prefix": prefix,
    }
    made.globals |= {"language_names": LANGUAGE_NAMES}
    made.filters |= {"title_of": shown_title, "followable": followable, "language_tag": language_tag, "machine_time": machine_time}
    return made


def safe_html(html: str) -> Markup:
    """The article's HTML once more through the cleaner: the page's safety then doesn't rest on what an older version stored.

    Images go, as the policy of our pages would show each as a broken one.
    """
    cleaned = nh3.clean(
        html, tags=nh3.ALLOWED_TAGS - {"img"}, url_schemes={"http", "https", "mailto", "tel"}, link_rel="noopener noreferrer nofollow"
    )
    return Markup(cleaned)  # noqa: S704  (this is what the cleaner is for)


def machine_time(moment: date) -> str:
    """For a `datetime` attribute."""
    return in_utc(moment).isoformat(timespec="seconds") if isinstance(moment, datetime) else moment.isoformat()


def _nothing_read(sources: Sequence[SourceState]) -> bool:
    return all(source.first_good_at is None for source in sources)


def _number(written: str, *, status: int) -> int:
    """An article's number in an address. Raises HTTPException where it can't be one: `int` would take `+5`, `1_0` and endless digits."""
    if not (written.isascii() and written.isdecimal() and len(written) <= len(str(_LARGEST_ID))):
        raise HTTPException(status)
    number = int(written)
    if number > _LARGEST_ID:
        raise HTTPException(status)
    return number
