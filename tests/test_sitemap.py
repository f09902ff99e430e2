"""Sitemaps read: addresses in order, parts of an index, news, packed ones, and what is none."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import BASE, NOW, PLAIN, page

from collector.child import Children
from collector.discover import Listed, read_entry_point
from collector.page import PageError, Trouble

URL = f"{BASE}/sitemap.xml"
HEAD = "<?xml version='1.0' encoding='UTF-8'?>"
SPACE = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
NEWS = "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'"


def listed(body: str | bytes, content_type: str = "application/xml") -> Listed:
    return read_entry_point(page(body, URL, content_type), PLAIN, NOW)


def sitemap(*urls: str, more: str = "") -> str:
    return f"{HEAD}<urlset {SPACE} {more}>{''.join(urls)}</urlset>"


def url(path: str, changed: str = "", more: str = "") -> str:
    return f"<url><loc>{BASE}{path}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}{more}</url>"


def index(*parts: str) -> str:
    return f"{HEAD}<sitemapindex {SPACE}>{''.join(parts)}</sitemapindex>"


def part(path: str, changed: str = "") -> str:
    return url(path, changed).replace("url>", "sitemap>")


def paths(found: Listed) -> list[str]:
    return [link.url.removeprefix(BASE) for link in found.links]


def test_what_changed_last_stands_first_and_no_change_is_taken_for_a_publication() -> None:
    found = listed(
        sitemap(
            url("/about"),
            url("/old", "2020-01-01"),
            url("/new", "2026-11-19T10:00:00+03:00"),
            url("/newer", "2026-11-19T08:00:00Z"),
            url("/contacts", "вчера"),
        )
    )
    assert paths(found) == ["/newer", "/new", "/old", "/about", "/contacts"]
    assert (found.kind, {link.published for link in found.links}) == ("sitemap", {None})


def test_news_tell_their_titles_and_dates() -> None:
    told = (
        "<news:news><news:publication><news:name>Ведомство</news:name></news:publication>"
        "<news:publication_date>2026-11-19T12:00:00+03:00</news:publication_date><news:title>О  качестве\nсвязи</news:title></news:news>"
    )
    (link,) = listed(sitemap(url("/a", more=told), more=NEWS)).links
    assert (link.title, link.published) == ("О качестве связи", datetime(2026, 11, 19, 9, tzinfo=UTC))


def test_pictures_and_films_are_no_addresses() -> None:
    more = (
        "<i:image xmlns:i='http://www.google.com/schemas/sitemap-image/1.1'><i:loc>https://mpt.gov.by/a.jpg</i:loc></i:image>"
        "<x:link xmlns:x='http://www.w3.org/1999/xhtml' rel='alternate' hreflang='be' href='https://mpt.gov.by/be/a'/>"
    )
    assert paths(listed(sitemap(url("/a", more=more)))) == ["/a"]


@pytest.mark.parametrize(
    ("parts", "first"),
    [
        # the one that was changed last
        ((part("/1.xml", "2026-01-01"), part("/2.xml", "2026-11-01"), part("/3.xml")), "/2.xml"),
        # posts, whatever else was changed
        ((part("/category-sitemap.xml", "2026-11-19"), part("/post-sitemap.xml", "2026-11-01")), "/post-sitemap.xml"),
        # numbered parts grow at the end
        ((part("/wp-sitemap-posts-post-9.xml"), part("/wp-sitemap-posts-post-10.xml")), "/wp-sitemap-posts-post-10.xml"),
        ((part("/sitemap-2025.xml"), part("/sitemap-2026.xml")), "/sitemap-2026.xml"),
    ],
)  # fmt: skip
def test_an_index_names_the_part_with_the_newest_publications_first(parts: tuple[str, ...], first: str) -> None:
    found = listed(index(*parts))
    assert found.more[0] == BASE + first
    assert (len(found.more), found.links) == (len(parts), ())


@pytest.mark.parametrize(
    "body",
    [
        sitemap(url("/a")),
        sitemap(url("/a")).replace(SPACE, ""),
        sitemap(url("/a")).replace(HEAD, ""),
        f"\n\n{sitemap(url('/a'))}",
        sitemap(url("/a")).replace(f"{BASE}/a", f"\n  {BASE}/a\n "),
        sitemap(url("/a")).replace(f"{BASE}/a", f"<![CDATA[{BASE}/a]]>"),
        sitemap(url("/a")).replace(f"{BASE}/a", "/a"),
        sitemap(url("/a")).replace("urlset", "s:urlset").replace("url>", "s:url>").replace("loc>", "s:loc>").replace("xmlns=", "xmlns:s="),
        sitemap(url("/a")).replace("<urlset", "<?xml-stylesheet href='s.xsl'?><!-- made today --><urlset"),
        sitemap(url("/a"), url("/a")),
        f"{BASE}/a\n",
        f"\ufeff{BASE}/a\r\n\r\n",
    ],
)
def test_a_sitemap_is_read_as_programs_write_it(body: str) -> None:
    assert paths(listed(body, "text/plain")) == ["/a"]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "utf-16"])
def test_a_sitemap_is_read_in_its_charset(charset: str) -> None:
    told = "<news:news><news:title>О связи</news:title></news:news>"
    made = sitemap(url("/a", more=told), more=NEWS).replace("UTF-8", charset)
    assert [link.title for link in listed(made.encode(charset)).links] == ["О связи"]


# --- packed -----------------------------------------------------------------------------------------------------------------------------


def test_a_packed_sitemap_is_unpacked_whatever_it_is_called() -> None:
    assert paths(listed(gzip.compress(sitemap(url("/a")).encode()), "application/octet-stream")) == ["/a"]


@pytest.mark.parametrize(
    ("body", "trouble"),
    [
        (gzip.compress(sitemap(url("/a") * 50).encode())[:-20], Trouble.INCOMPLETE),
        (b"\x1f\x8b" + b"nothing packed", Trouble.UNREADABLE),
        (gzip.compress(b"\n" * 60_000_000, 1), Trouble.TOO_LARGE),
    ],
    ids=["cut", "damaged", "a bomb"],
)
def test_a_packed_file_that_is_cut_damaged_or_too_large_is_trouble(body: bytes, trouble: Trouble) -> None:
    with pytest.raises(PageError) as raised:
        listed(body)
    assert raised.value.trouble is trouble


# --- what is none -----------------------------------------------------------------------------------------------------------------------


def test_a_sitemap_without_addresses_is_empty() -> None:
    assert listed(sitemap()).links == ()


@pytest.mark.parametrize(
    "body",
    [
        "<urlset",
        sitemap(url("/a"))[:60],
        "<urlset><url><loc>javascript:alert(1)</loc></url></urlset>",
        f"{BASE}/a\nи ещё кое-что",
        "<html><body>&lt;urlset&gt;<urlset></urlset></body></html>",
    ],
)
def test_what_is_no_sitemap_is_trouble_and_not_an_empty_one(body: str) -> None:
    with pytest.raises(PageError) as raised:
        listed(body)
    assert raised.value.trouble is Trouble.UNREADABLE


def test_a_sitemap_that_breaks_off_is_read_so_far_and_says_so() -> None:
    found = listed(sitemap(url("/a"), url("/b"))[:-40])
    assert paths(found) == ["/a"]
    assert "a part may be missing" in found.how


@given(st.integers(0, 500), st.binary(max_size=8))
def test_a_sitemap_cut_or_damaged_anywhere_is_read_or_is_trouble(place: int, damage: bytes) -> None:
    made = sitemap(url("/a", "2026-11-19"), url("/b")).encode()
    for body in (made[:place], made[:place] + damage + made[place + len(damage) :]):
        try:
            found = listed(body)
        except PageError:
            continue
        assert len(found.links) <= 2


# --- made to take time or memory --------------------------------------------------------------------------------------------------------

HOSTILE = {
    "far too many addresses": lambda: f"<urlset>{'<url><loc>http://x.example/</loc></url>' * 60_000}</urlset>",
    "far too many lines": lambda: "http://x.example/\n" * 60_000,
    "depth": lambda: "<urlset>" + "<url>" * 500_000,
    "entities of entities": lambda: (
        "<!DOCTYPE urlset [<!ENTITY a '"
        + "x" * 1000
        + "'>"
        + "".join(f"<!ENTITY a{n} '{f'&a{n - 1 or str()};' * 10}'>" for n in range(1, 9))
        + "]><urlset><url><loc>http://x.example/&a8;</loc></url></urlset>"
    ),
    "one long address": lambda: f"<urlset><url><loc>http://x.example/{'a' * 9_000_000}</loc></url></urlset>",
    "attributes": lambda: f"<urlset {' '.join(f'a{n}=%d' % n for n in range(200_000))}>",
    "a file of ours": lambda: (
        "<!DOCTYPE urlset [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>http://x.example/&a;</loc></url></urlset>"
    ),
}


@pytest.mark.parametrize("made", HOSTILE.values(), ids=HOSTILE)
async def test_a_sitemap_made_to_take_time_or_memory_is_trouble_and_the_next_is_read(made: Callable[[], str]) -> None:
    children = Children(deadline=5, memory=200_000_000, count=1)
    try:
        lane = children.lane("hostile")
        try:
            found = await lane.run(read_entry_point, page(made(), URL), PLAIN, NOW)
        except PageError:
            pass
        else:
            assert not any("root:" in link.url for link in found.links)
        assert len((await lane.run(read_entry_point, page(sitemap(url("/a")), URL), PLAIN, NOW)).links) == 1
    finally:
        children.close()


# --- real ones --------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "links", "parts"),
    [
        ("hebdenbridgetimes-articles-sitemap.xml", 74, 0),
        ("sitemap-links.xml", 3, 0),
        ("sitemap.index.xml", 0, 15),  # its addresses stand without `loc`
        ("sitemap.txt", 2, 0),
        ("trafilatura_sitemap.xml", 84, 0),
        ("xmlSitemap.gz", 5, 0),
    ],
)
def test_real_sitemaps_are_read(shared: Path, file: str, links: int, parts: int) -> None:
    found = listed((shared / "pages/sitemaps" / file).read_bytes(), "")
    assert (len(found.links), len(found.more)) == (links, parts)


def test_zlib_without_gzip_is_not_unpacked() -> None:
    with pytest.raises(PageError):
        listed(zlib.compress(sitemap(url("/a")).encode()))
