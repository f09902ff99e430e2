"""Feeds read: links, titles and dates, and what is no feed."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import BASE, LOOKS, MINSK, NOW, PLAIN, in_one_line, page, url_of

from collector.demo.feed import feed
from collector.demo.node import SiteLook
from collector.demo.texts import texts
from collector.discover import read_entry_point
from collector.discover.feed import Feed, looks_like_feed, read_feed
from collector.page import PageError, Trouble
from storage.model import Link

URL = f"{BASE}/rss.xml"


def links(body: str | bytes, content_type: str = "application/rss+xml") -> tuple[Link, ...]:
    return whole(body, content_type).links


def whole(body: str | bytes, content_type: str = "application/rss+xml") -> Feed:
    return read_feed(page(body, URL, content_type), MINSK, NOW)


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
        ("Tue, 01 Nov 2022 04:00:00 EST", datetime(2022, 11, 1, 9, tzinfo=UTC)),
        ("Tue Nov 01 09:00:00 UTC 2022", datetime(2022, 11, 1, 9, tzinfo=UTC)),
        ("2022-11-01T09:00:00Z", datetime(2022, 11, 1, 9, tzinfo=UTC)),
        # feedparser takes a zone that it does not know for UTC
        ("Tue, 01 Nov 2022 12:00:00 MSK", datetime(2022, 11, 1, 9, tzinfo=UTC)),
        # without a zone it is the source's, three hours ahead of UTC
        ("2022-09-16 16:00:00", datetime(2022, 9, 16, 13, tzinfo=UTC)),
        ("2022-09-16T16:00", datetime(2022, 9, 16, 13, tzinfo=UTC)),
        ("16.09.2022 16:00", datetime(2022, 9, 16, 13, tzinfo=UTC)),
        # a day has no hour that could be moved to another day
        ("2022-09-16", date(2022, 9, 16)),
        ("Fri, 16 Sep 2022", date(2022, 9, 16)),
        ("16 сентября 2022 года", date(2022, 9, 16)),
        # a month is no day
        ("2022-09", None),
        ("Tue, 01 Nov 2033 09:00:00 +0000", None),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("вчера-то", None),
        ("", None),
    ],
)
def test_a_date_is_taken_over_unless_it_can_not_be(written: str, read: date | None) -> None:
    (found,) = links(rss(item(title="x", link=f"{BASE}/a", pubDate=written)))
    assert found.published == read
    assert not isinstance(found.published, datetime) or found.published.tzinfo


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
def test_an_address_outside_the_web_is_never_asked(address: str) -> None:
    without, found = links(rss(item(title="a", link=address) + item(title="b", link=f"{BASE}/b")))
    assert without.url.startswith(f"{URL}#")
    assert without.whole is not None
    assert (found.url, found.whole) == (f"{BASE}/b", None)


def test_one_publication_listed_twice_is_one_link() -> None:
    twice = item(title="a", link=f"{BASE}/a?utm_source=rss", guid="1") + item(title="a", link=f"{BASE}/a", guid="2")
    assert len(links(rss(twice))) == 1


# --- addresses --------------------------------------------------------------------------------------------------------------------------

ORIGINAL = "xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'{more}><title>x</title>{entries}</feed>"


@pytest.mark.parametrize(
    ("said", "url"),
    [
        ("<link>/ru/a</link>", f"{BASE}/ru/a"),
        ("<link> \n https://mpt.gov.by/ru/a \n </link>", f"{BASE}/ru/a"),
        # the address that is meant, not the redirector that counts readers
        (f"<link>http://counter.example/~r/1</link><feedburner:origLink {ORIGINAL}>{BASE}/a</feedburner:origLink>", f"{BASE}/a"),
        ("<guid>https://mpt.gov.by/a</guid>", f"{BASE}/a"),
        ("<guid isPermaLink='true'>https://mpt.gov.by/a</guid>", f"{BASE}/a"),
        # an address all the same, whatever the attribute says
        ("<guid isPermaLink='false'>https://mpt.gov.by/a</guid>", f"{BASE}/a"),
        ("<guid isPermaLink='true'>https://mpt.gov.by/g</guid><link>https://mpt.gov.by/a</link>", f"{BASE}/a"),
        # the recording is the publication, where it has no page
        ("<enclosure url='https://mpt.gov.by/a.mp3' type='audio/mpeg' length='1'/>", f"{BASE}/a.mp3"),
        ("<link>https://mpt.gov.by/a</link><enclosure url='https://mpt.gov.by/a.mp3' type='audio/mpeg' length='1'/>", f"{BASE}/a"),
    ],
)
def test_an_entry_is_read_where_it_says(said: str, url: str) -> None:
    (found,) = links(rss(f"<item><title>x</title>{said}</item>"))
    assert (found.url, found.whole) == (url, None)


@pytest.mark.parametrize(
    ("more", "said", "url"),
    [
        ("", "<link href='/a'/>", f"{BASE}/a"),
        ("", "<link rel='self' href='/self'/><link rel='alternate' type='text/html' href='/a'/>", f"{BASE}/a"),
        ("", "<link rel='alternate' type='application/pdf' href='/a.pdf'/>", f"{BASE}/a.pdf"),
        ("", "<link rel='related' href='/r'/><link href='/a'/>", f"{BASE}/a"),
        (" xml:base='https://mpt.gov.by/ru/'", "<link href='a'/>", f"{BASE}/ru/a"),
        ("", "<id>https://mpt.gov.by/a</id>", f"{BASE}/a"),
    ],
)
def test_an_atom_entry_is_read_at_its_alternate(more: str, said: str, url: str) -> None:
    (found,) = links(ATOM.format(more=more, entries=f"<entry><title>x</title>{said}</entry>"))
    assert (found.url, found.whole) == (url, None)


def test_an_entry_without_an_address_comes_whole() -> None:
    text = "&lt;p&gt;Первый абзац &lt;a href='/b'&gt;со ссылкой&lt;/a&gt;.&lt;/p&gt;&lt;p&gt;Второй.&lt;/p&gt;"
    said = item(title="О сроках", description=text, guid="решение 7", pubDate="Tue, 01 Nov 2022 09:00:00 +0000")
    (found,) = links(rss(said))
    assert found.whole is not None
    assert (found.whole.title, found.whole.text) == ("О сроках", "Первый абзац со ссылкой.\n\nВторой.")
    assert 'href="https://mpt.gov.by/b"' in found.whole.html
    assert found.whole.published == found.published == datetime(2022, 11, 1, 9, tzinfo=UTC)
    assert found.url.startswith(f"{URL}#")
    assert read_entry_point(page(rss(said), URL), PLAIN, NOW).whole == 1


def test_entries_without_addresses_are_told_apart_and_known_again() -> None:
    said = [item(title="О сроках", description="Первый вариант", guid="7"), item(title="О сроках", description="Другой", guid="8")]
    first, second = links(rss("".join(said)))
    assert first.key != second.key
    # an edited text is the same publication
    (again,) = links(rss(said[0].replace("Первый", "Второй")))
    assert (again.key, again.url) == (first.key, first.url)
    # without a guid, the title and the date tell
    one, other = links(rss(item(title="О сроках", description="Текст") + item(title="О марках", description="Текст")))
    assert one.key != other.key


def test_a_text_without_a_title_is_called_by_its_first_words() -> None:
    (found,) = links(rss(f"<item><description>{'Сегодня открыто отделение связи. ' * 20}</description></item>"))
    assert found.title.startswith("Сегодня открыто отделение связи.")
    assert found.title.endswith("…")
    assert len(found.title) <= 121


def test_a_feed_in_parts_names_its_next_one_and_its_page() -> None:
    more = "<link rel='next' href='/feed?page=2'/><link rel='alternate' href='/news/'/>"
    found = whole(ATOM.format(more="", entries=f"{more}<entry><title>x</title><link href='/a'/></entry>"))
    assert (found.next_page, found.site) == (f"{BASE}/feed?page=2", f"{BASE}/news/")
    assert whole(rss(item(title="x", link="/a"))).next_page == ""


def test_an_empty_entry_within_another_does_not_end_it() -> None:
    found = whole(rss("<item><title>Первая</title><item /><link>/a</link></item>" * 2))
    assert (found.entries, [link.url for link in found.links]) == (4, [f"{BASE}/a"])


def test_a_feed_within_a_page_is_a_feed_by_its_name_space() -> None:
    entry = "<entry><title>x</title><link href='/a'/></entry>"
    made = f"<!DOCTYPE html><html><body>{ATOM.format(more='', entries=entry)}</body></html>"
    assert [link.url for link in read_entry_point(page(made, URL), PLAIN, NOW).links] == [f"{BASE}/a"]


def test_a_long_feed_is_read_to_its_end() -> None:
    made = "".join(item(title=f"Новость {number}", link=f"/a{number}") for number in range(1500))
    assert len(links(rss(made))) == 1500


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
        rss("<item><author></author></item>" * 3),
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


def test_every_real_feed_has_the_entries_that_the_index_counts_and_readable_titles(shared: Path) -> None:
    told = map(json.loads, (shared / "pages/index.jsonl").read_text(encoding="utf-8").splitlines())
    feeds = [line for line in told if line["kind"] == "feed"]
    assert len(feeds) == 43
    for line in feeds:
        body = (shared / "pages" / line["file"]).read_bytes()
        if "items" in line:
            found = whole(body, "text/xml")
            assert found.entries == line["items"], line["file"]
            spoilt = [link.title for link in found.links if "\ufffd" in link.title or "<" in link.title]
            assert not spoilt, line["file"]


def test_every_real_feed_is_read_or_is_trouble_and_nothing_else(shared: Path) -> None:
    readings: dict[str, int] = {}
    for file in sorted((shared / "pages/feeds").iterdir()):
        try:
            readings[file.name] = len(read_entry_point(page(file.read_bytes(), "http://example.org/feed", "text/xml"), PLAIN, NOW).links)
        except PageError:
            readings[file.name] = -1
    assert len(readings) == 43
    assert sum(count > 0 for count in readings.values()) >= 37
    assert readings["oren.ru-windows-1251.xml"] == 10
    assert readings["ca10-drupal7-views.xml"] == 4
    assert readings["jsonfeed_example_1.json"] == 2
    assert readings["notafeed.html"] == -1
