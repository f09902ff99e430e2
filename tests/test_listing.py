"""Listings: which links of a page are publications, and when a page is an empty list."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from pages import BASE, LOOKS, MPT, NOW, PLAIN, SITES, in_one_line, page, url_of

from collector.address import host_of
from collector.demo.markup import listing_page, plain_page
from collector.demo.node import MINSK, SiteLook
from collector.demo.texts import texts
from collector.discover import Listed, read_entry_point
from collector.discover.listing import read_listing
from collector.page import PageError, Trouble
from collector.sites import Site, plain_site

NODES = tuple(node for node in texts(NOW).nodes if not node.sticky)[:10]
STICKY = tuple(node for node in texts(NOW).nodes if node.sticky)

every_look = pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
every_site = pytest.mark.parametrize("site", SITES.values(), ids=SITES)


def listed(html: str, site: Site = PLAIN, url: str = f"{BASE}/ru/news") -> Listed:
    return read_entry_point(page(html, url), site, NOW)


def day(published: date | None) -> date | None:
    return published.astimezone(MINSK).date() if isinstance(published, datetime) else published


def test_the_ministrys_real_home_page_yields_exactly_its_publications(shared: Path) -> None:
    name = shared / "pages/listings/gov_mpt.gov.by-home-2018-03-19"
    expected = json.loads(name.with_name(f"{name.name}.gt.json").read_text(encoding="utf-8"))
    found = listed(name.with_name(f"{name.name}.html").read_text(encoding="utf-8"), MPT, "http://mpt.gov.by/")
    assert [(link.url, in_one_line(link.title), link.published and link.published.isoformat()) for link in found.links] == [
        (item["url"], in_one_line(item["title"]), item["date"]) for item in expected
    ]
    assert len(found.links) == 13


@every_look
def test_the_sites_rules_find_every_publication_sticky_ones_too(look: SiteLook) -> None:
    found = listed(listing_page(NODES, look, pages=3, sticky=STICKY), MPT)
    assert [link.url for link in found.links] == [url_of(node) for node in (*NODES, *STICKY)]
    assert [link.title for link in found.links] == [in_one_line(node.title) for node in (*NODES, *STICKY)]
    assert [day(link.published) for link in found.links] == [*(node.created.astimezone(MINSK).date() for node in NODES), None]
    assert [link.teaser for link in found.links] == [node.teaser.strip() for node in NODES] + [""]


@every_look
def test_without_rules_the_publications_are_told_from_menus_and_furniture(look: SiteLook) -> None:
    found = listed(listing_page(NODES, look))
    assert [link.url for link in found.links] == [url_of(node) for node in NODES]
    assert [link.title for link in found.links] == [in_one_line(node.title) for node in NODES]
    assert [day(link.published) for link in found.links] == [node.created.astimezone(MINSK).date() for node in NODES]


@pytest.mark.parametrize(("number", "next_page"), [(0, "?page=1"), (1, "?page=2"), (2, "")])
@every_look
def test_the_pager_is_followed_to_its_end(look: SiteLook, number: int, next_page: str) -> None:
    found = listed(listing_page(NODES, look, page=number, pages=3), MPT)
    assert found.next_page == (f"{BASE}/ru/news{next_page}" if next_page else "")


# --- nothing there ----------------------------------------------------------------------------------------------------------------------


@every_look
def test_a_known_list_without_rows_is_empty(look: SiteLook) -> None:
    assert listed(listing_page([], look), MPT).links == ()


@every_look
@every_site
def test_maintenance_is_no_empty_list(look: SiteLook, site: Site) -> None:
    with pytest.raises(PageError) as raised:
        listed(plain_page("Технические работы", "Сайт временно недоступен, приносим извинения.", look), site)
    assert raised.value.trouble is Trouble.UNREADABLE


@every_look
def test_a_changed_layout_is_read_by_its_structure_which_is_told(look: SiteLook) -> None:
    changed = listing_page(NODES, look).replace("views-field-title", "x").replace("views-column", "y").replace("view-mode-teaser", "z")
    found = read_listing(changed, f"{BASE}/ru/news", MPT, NOW)
    assert found is not None
    assert [link.url for link in found.links] == [url_of(node) for node in NODES]
    assert not found.by_rules
    assert found.how.startswith("10 dated elements")


@every_look
def test_a_changed_layout_without_publications_is_trouble_and_no_empty_list(look: SiteLook) -> None:
    changed = listing_page([], look).replace("view-news", "v").replace("view-id-news", "v").replace("view-frontpage", "v")
    with pytest.raises(PageError, match="layout"):
        listed(changed, MPT)


@pytest.mark.parametrize("html", ["", "\0", "<", "<!--" * 100, "{}", "<html><body><a href='/x'>Слишком мало ссылок на странице</a>"])
@every_site
def test_what_is_no_list_is_trouble(html: str, site: Site) -> None:
    with pytest.raises(PageError):
        listed(html, site)


# --- odd markup ---------------------------------------------------------------------------------------------------------------------------


def rows(template: str, count: int = 4) -> str:
    return "".join(template.format(n=number, title=f"Публикация министерства связи № {number}") for number in range(1, count + 1))


@pytest.mark.parametrize(
    "html",
    [
        # beltelecom.by 2018: date and title are siblings without a row
        "<div class='view'>"
        + rows("<div class='date'>0{n}.11.2026</div><div class='title'><a href='/news/{n}'>{title}</a></div>")
        + "</div>",
        "<ul>" + rows("<li><a href='/news/{n}'><img src=x></a><a href='/news/{n}'>{title}</a> <i>{n} ноября 2026</i></li>") + "</ul>",
        "<table>" + rows("<tr><td>0{n}.11.2026<td><a href='news/{n}'>{title}</a>") + "</table>",
        "<body class='page has-menu'>" + rows("<p><a href='//mpt.gov.by/news/{n}'>{title}</a></p>"),
        "<main>"
        + rows("<h3><a href='/news/{n}#more'>{title}</a></h3>")
        + "<!--"
        + rows("<h3><a href='/dead/{n}'>{title}</a></h3>")
        + "--></main>",
        "<nav>" + rows("<li><a href='/m/{n}'>{title}</a>", 20) + "</nav>" + rows("<p><a href='/news/{n}'>{title}</a></p>"),
        rows("<p><a href='/news/{n}'>{title}</a></p>") + rows("<p><b><a href='http://banner.example/{n}'>{title} и ещё</a></b></p>", 9),
        rows("<p><a href='/news/{n}'>{title}</a><a href='javascript:x'>{title}</a></p>"),
    ],
    ids=["siblings", "pictures first", "table", "body with a menu's class", "comments", "long menu", "banners", "scripts"],
)
def test_lists_of_every_shape_are_recognised(html: str) -> None:
    found = listed(html, url=f"{BASE}/")
    assert [link.url for link in found.links] == [f"{BASE}/news/{number}" for number in range(1, 5)]
    assert found.links[0].title == "Публикация министерства связи № 1"


def test_a_date_in_the_future_is_no_date() -> None:
    html = rows("<div class='views-column'><span class='views-field-created'><i class='field-content'>01.01.2031</i></span>"
                "<p class='views-field-title'><a href='/n/{n}'>{title}</a></p></div>")  # fmt: skip
    found = listed(f"<div class='view-news'>{html}</div>", MPT)
    assert [link.published for link in found.links] == [None] * 4


def test_links_of_a_site_in_two_spellings_are_one() -> None:
    twice = rows("<p><a href='/n/{n}'>{title}</a></p>") + rows("<p><a href='http://mpt.gov.by:80/n/{n}/?utm_source=x'>{title}</a></p>")
    assert len(listed(twice).links) == 4


def test_every_real_listing_is_read_or_is_trouble_and_nothing_else(shared: Path) -> None:
    rows_of_index = map(json.loads, (shared / "pages/index.jsonl").read_text(encoding="utf-8").splitlines())
    listings = [row for row in rows_of_index if row["kind"] == "listing"]
    recognised = 0
    for row in listings:
        url = row["url"] if row.get("url", "").startswith("http") else "http://example.org/"
        site = plain_site("any", url, (host_of(url),))
        try:
            found = read_entry_point(page((shared / "pages" / row["file"]).read_bytes(), url, "text/html"), site, NOW)
        except PageError:
            continue
        recognised += len(found.links) >= 3
    assert len(listings) == 25
    assert recognised >= 18
