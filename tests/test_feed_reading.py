"""Feeds read: links, titles and dates, and what is no feed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import BASE, LOOKS, NOW, PLAIN, in_one_line, page, url_of

from collector.demo.feed import feed
from collector.demo.node import SiteLook
from collector.demo.texts import texts
from collector.discover import read_entry_point
from collector.discover.feed import looks_like_feed, read_feed
from collector.page import PageError, Trouble
from storage.model import Link

URL = f"{BASE}/rss.xml"


def links(body: str | bytes, content_type: str = "application/rss+xml") -> tuple[Link, ...]:
    return read_feed(page(body, URL, content_type), NOW)


def rss(items: str, head: str = "<?xml version='1.0' encoding='utf-8'?>") -> str:
    return f"{head}<rss version='2.0'><channel><title>Новости</title><link>{BASE}</link><description></description>{items}</channel></rss>"


def item(**fields: str) -> str:
    made = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    return f"<item>{made}</item>".replace("<guid>", "<guid isPermaLink='false'>")


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_the_sites_feed_tells_address_title_date_and_node_number(look: SiteLook) -> None:
    nodes = sorted(texts(NOW).nodes, key=lambda node: node.created, reverse=True)[:10]
    found = read_entry_point(page(feed(nodes, look), URL, "application/rss+xml; charset=utf-8"), PLAIN, NOW).links
    assert [(link.url, link.title, link.published, link.alias_keys) for link in found] == [
        (url_of(node), in_one_line(node.title), node.created, (f"node:{node.id}",)) for node in nodes
    ]


@pytest.mark.parametrize(
    ("guid", "alias_keys"),
    [
        ("9249 at https://mpt.gov.by", ("node:9249",)),
        ("9249 at http://xn--b1akbcqh2a7i.xn--90ais", ("node:9249",)),
        ("9249", ()),
        ("9249 at home", ()),
        ("9" * 5000 + " at https://mpt.gov.by", ()),
        ("", ()),
    ],
)
def test_a_guid_tells_the_node_whatever_host_it_names(guid: str, alias_keys: tuple[str, ...]) -> None:
    (found,) = links(rss(item(title="x", link="/ru/a", guid=guid)))
    assert (found.url, found.alias_keys) == (f"{BASE}/ru/a", alias_keys)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Tue, 01 Nov 2022 09:00:00 +0000", datetime(2022, 11, 1, 9, tzinfo=UTC)),
        ("Tue, 01 Nov 2022 12:00:00 +0300", datetime(2022, 11, 1, 9, tzinfo=UTC)),
        ("2022-09-16 16:00:00", datetime(2022, 9, 16, 16, tzinfo=UTC)),
        ("Tue, 01 Nov 2033 09:00:00 +0000", None),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("вчера", None),
        ("", None),
    ],
)
def test_a_date_is_taken_over_unless_it_can_not_be(written: str, read: datetime | None) -> None:
    (found,) = links(rss(item(title="x", link=f"{BASE}/a", pubDate=written)))
    assert found.published == read


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("«Связь» &amp; &quot;почта&quot;", '«Связь» & "почта"'),
        ("<![CDATA[<b>О</b> связи]]>", "О связи"),
        ("О  марке\n«Год качества»   ", "О марке «Год качества»"),
        ("", ""),
    ],
)
def test_titles_are_plain_text_in_one_line(title: str, read: str) -> None:
    (found,) = links(rss(item(title=title, link=f"{BASE}/a")))
    assert found.title == read


@pytest.mark.parametrize("address", ["javascript:alert(1)", "mailto:a@example.org", "http://[", "file:///etc/passwd"])
def test_an_address_outside_the_web_is_no_link(address: str) -> None:
    found = links(rss(item(title="a", link=address) + item(title="b", link=f"{BASE}/b")))
    assert [link.title for link in found] == ["b"]


def test_one_publication_listed_twice_is_one_link() -> None:
    twice = item(title="a", link=f"{BASE}/a?utm_source=rss", guid="1") + item(title="a", link=f"{BASE}/a", guid="2")
    assert len(links(rss(twice))) == 1


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-r", "utf-16"])
@pytest.mark.parametrize("content_type", ["text/xml", "application/rss+xml; charset=utf-8", "text/xml; charset=iso-8859-1", ""])
@pytest.mark.parametrize("declared", [True, False])
def test_titles_are_read_in_every_charset(charset: str, content_type: str, declared: bool) -> None:
    title = "Министерство связи и информатизации сообщает о начале работы новой системы"
    head = f"<?xml version='1.0' encoding='{charset}'?>" if declared else ""
    assert [link.title for link in links(rss(item(title=title, link=f"{BASE}/a"), head).encode(charset), content_type)] == [title]


# --- nothing there ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", [rss(""), "<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title></feed>"])
def test_a_whole_feed_without_entries_is_empty(body: str) -> None:
    assert links(body) == ()


@pytest.mark.parametrize(
    "body",
    [
        "<rss",
        rss("")[:60],
        rss("<item>")[:-30],
        "<rss>&#xFFFFFFFFFFFF;</rss>",
        "<feed>",
        rss(item(title="Без адреса") * 3),
        rss("<undeclared:x/>"),
    ],
)
def test_a_damaged_feed_is_trouble_and_not_an_empty_one(body: str) -> None:
    with pytest.raises(PageError) as raised:
        read_entry_point(page(body, URL), PLAIN, NOW)
    assert raised.value.trouble is Trouble.UNREADABLE


@pytest.mark.parametrize(
    "body", ["<!DOCTYPE html><html><p>&lt;rss&gt;", "<html><rss>", "{}", "", "rss", "<!-- rss --><html><body><feed></feed>", "<rssx>"]
)
def test_html_is_not_taken_for_a_feed(body: str) -> None:
    assert not looks_like_feed(body.encode())


@given(st.integers(0, 600), st.binary(max_size=8))
def test_a_feed_cut_or_damaged_anywhere_is_read_or_is_trouble(place: int, damage: bytes) -> None:
    whole = rss(
        item(title="Новость &amp; ещё", link=f"{BASE}/a", pubDate="Tue, 01 Nov 2022 09:00:00 +0000", guid="1 at https://x") * 2
    ).encode()
    for body in (whole[:place], whole[:place] + damage + whole[place + len(damage) :]):
        try:
            found = links(body)
        except PageError:
            continue
        assert len(found) <= 2


def test_every_real_feed_is_read_or_is_trouble_and_nothing_else(shared: Path) -> None:
    readings: dict[str, int] = {}
    for file in sorted((shared / "pages/feeds").iterdir()):
        try:
            readings[file.name] = len(read_entry_point(page(file.read_bytes(), "http://example.org/feed", "text/xml"), PLAIN, NOW).links)
        except PageError:
            readings[file.name] = -1
    assert len(readings) == 43
    assert sum(count > 0 for count in readings.values()) >= 29
    assert readings["oren.ru-windows-1251.xml"] == 10
    assert readings["ca10-drupal7-views.xml"] == 4
    assert readings["notafeed.html"] == -1
