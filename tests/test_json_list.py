"""JSON read: feeds, WordPress's posts, and lists of publications wherever they lie."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import BASE, NOW, PLAIN

from collector.child import Children
from collector.discover import Listed, read_entry_point
from collector.page import Page, PageError, Trouble

URL = f"{BASE}/api/news"


def listed(told: Any, **headers: str) -> Listed:
    body = told if isinstance(told, bytes) else json.dumps(told, ensure_ascii=False).encode()
    page = Page(URL, URL, "application/json", body, headers=tuple(headers.items()))
    return read_entry_point(page, PLAIN, NOW)


def rows(count: int = 3, **more: Any) -> list[dict[str, Any]]:
    return [{"url": f"/news/{number}", "title": f"О связи {number}"} | more for number in range(1, count + 1)]


JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Ведомство",
    "home_page_url": f"{BASE}/news/",
    "next_url": f"{BASE}/feed.json?page=2",
    "items": [
        {"id": "1", "url": f"{BASE}/news/1", "title": "О связи", "date_published": "2026-11-19T12:00:00+03:00", "content_html": "<p>О"},
        {"id": "2", "content_text": "Сегодня отделение закрыто.", "date_published": "2026-11-18T12:00:00+03:00"},
    ],
}  # fmt: skip
POSTS = [
    {
        "id": number,
        "date": f"2026-11-{number}T12:00:00",
        "date_gmt": f"2026-11-{number}T09:00:00",
        "guid": {"rendered": f"{BASE}/?p={number}"},
        "slug": f"slug-{number}",
        "type": "post",
        "link": f"{BASE}/2026/11/slug-{number}/",
        "title": {"rendered": f"О связи &#8212; {number}"},
        "content": {"rendered": "<p>Текст.</p>", "protected": False},
        "author": 1,
        "tags": [3, 4],
        "_links": {"self": [{"href": f"{BASE}/wp-json/wp/v2/posts/{number}"}], "collection": [{"href": f"{BASE}/wp-json/wp/v2/posts"}]},
    }
    for number in (19, 18, 17)
]


def test_a_json_feed_is_a_feed() -> None:
    found = listed(JSON_FEED)
    first, second = found.links
    assert (found.kind, found.next_page, found.site) == ("feed", f"{BASE}/feed.json?page=2", f"{BASE}/news/")
    assert (first.url, first.title, first.published) == (f"{BASE}/news/1", "О связи", datetime(2026, 11, 19, 9, tzinfo=UTC))
    assert first.whole is None
    assert second.whole is not None
    assert second.whole.text == "Сегодня отделение закрыто."
    assert found.whole == 1


def test_wordpress_posts_are_read_with_their_titles_and_hours() -> None:
    found = listed(POSTS, Link=f'<{URL}?page=2>; rel="next"')
    assert [(link.url, link.title, link.published) for link in found.links] == [
        (f"{BASE}/2026/11/slug-{day}/", f"О связи — {day}", datetime(2026, 11, day, 9, tzinfo=UTC)) for day in (19, 18, 17)
    ]
    assert (found.kind, found.next_page) == ("json", f"{URL}?page=2")


@pytest.mark.parametrize(
    "told",
    [
        rows(),
        {"items": rows()},
        {"result": {"page": {"data": rows()}}},
        {"menu": [{"url": f"/s{n}", "title": f"Раздел {n}"} for n in range(20)], "news": rows(published_at="2026-11-19")},
        {"news": rows(published_at="2026-11-19"), "menu": [{"url": f"/s{n}", "title": f"Раздел {n}"} for n in range(20)]},
        {"tags": ["a", "b"], "authors": [{"name": "Иванов"}] * 9, "list": rows()},
        [{"category": {"name": "Пресса", "url": "/press"}} | row for row in rows()],
    ],
    ids=["a list", "in an object", "deep", "after a menu", "before a menu", "beside what has no addresses", "with objects in it"],
)
def test_the_list_of_publications_is_found_wherever_it_lies(told: Any) -> None:
    assert [link.url for link in listed(told).links] == [f"{BASE}/news/{number}" for number in (1, 2, 3)]


@pytest.mark.parametrize(
    ("said", "url"),
    [
        ({"link": "https://mpt.gov.by/a"}, "https://mpt.gov.by/a"),
        ({"href": "a/../b?x=1", "permalink": "/a"}, "https://mpt.gov.by/a"),
        # the page, not the machine's own address for it
        ({"url": "https://mpt.gov.by/api/1", "html_url": "https://mpt.gov.by/a"}, "https://mpt.gov.by/a"),
        ({"id": "https://mpt.gov.by/a"}, "https://mpt.gov.by/a"),
        ({"detailUrl": "/a"}, "https://mpt.gov.by/a"),
    ],
)
def test_an_address_is_known_by_its_name_and_form(said: dict[str, Any], url: str) -> None:
    (link,) = listed([{"title": "О связи"} | said]).links
    assert (link.url, link.whole) == (url, None)


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ({"date": "2026-11-19T12:00:00+03:00"}, datetime(2026, 11, 19, 9, tzinfo=UTC)),
        # without a zone it is the source's
        ({"date": "2026-11-19 12:00:00"}, datetime(2026, 11, 19, 9, tzinfo=UTC)),
        ({"date_gmt": "2026-11-19T09:00:00", "date": "2026-11-19T12:00:00"}, datetime(2026, 11, 19, 9, tzinfo=UTC)),
        ({"date": "2026-11-19"}, date(2026, 11, 19)),
        ({"publishedAt": "19.11.2026"}, date(2026, 11, 19)),
        ({"pub_date": "19 ноября 2026"}, date(2026, 11, 19)),
        ({"created": 1795078800}, datetime(2026, 11, 19, 9, tzinfo=UTC)),
        ({"created": "1795078800"}, datetime(2026, 11, 19, 9, tzinfo=UTC)),
        ({"timestamp": 1795078800000}, datetime(2026, 11, 19, 9, tzinfo=UTC)),
        ({"date": "2036-11-19"}, None),
        ({"date": 20261119}, None),
        ({"date": 10**40}, None),
        ({"date": True}, None),
        ({"date": None}, None),
    ],
)
def test_a_date_is_read_in_the_forms_that_programs_write(said: dict[str, Any], published: date | None) -> None:
    (link,) = listed([{"title": "О связи", "url": "/a"} | said]).links
    assert link.published == published


def test_what_has_a_name_and_no_address_comes_whole() -> None:
    first, second = listed([{"id": 7, "title": "О сроках", "text": "Срок продлён."}, {"slug": "o-markah", "name": "О марках"}]).links
    assert first.whole is not None
    assert second.whole is not None
    assert (first.whole.text, second.whole.text) == ("Срок продлён.", "О марках")
    assert first.key != second.key


@pytest.mark.parametrize(
    ("told", "next_page"),
    [
        ({"results": rows(), "next": "https://mpt.gov.by/api/news?page=2"}, "https://mpt.gov.by/api/news?page=2"),
        ({"data": rows(), "links": {"next": "/api/news?page=2"}}, "https://mpt.gov.by/api/news?page=2"),
        ({"data": rows(), "_links": {"next": {"href": "?page=2"}}}, "https://mpt.gov.by/api/news?page=2"),
        ({"data": rows(), "meta": {"next_page_url": "/api/news?page=2"}}, "https://mpt.gov.by/api/news?page=2"),
        ({"data": rows(), "next": None}, ""),
        # a number or a mark is no address
        ({"data": rows(), "next": 2}, ""),
        ({"data": rows(), "next": "YXNkZg=="}, ""),
    ],
)
def test_the_next_page_is_taken_as_it_is_given(told: Any, next_page: str) -> None:
    assert listed(told).next_page == next_page


@pytest.mark.parametrize(
    "told",
    [{}, [], {"a": 1}, {"items": [1, 2]}, {"menu": [{"label": "О нас"}]}, JSON_FEED | {"items": None}, b"{a: 1}", b"[" * 50_000 + b"]"],
)
def test_json_without_a_list_is_trouble_and_not_an_empty_list(told: Any) -> None:
    with pytest.raises(PageError) as raised:
        listed(told)
    assert raised.value.trouble is Trouble.UNREADABLE


def test_a_json_feed_without_entries_is_empty() -> None:
    assert listed(JSON_FEED | {"items": []}).links == ()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["url", "title", "date", "items", "id", "next"]) | st.text(), inner)
        ),
        max_leaves=30,
    )
)
def test_any_json_is_read_or_is_trouble(told: Any) -> None:
    with suppress(PageError):
        listed(json.dumps(told).encode())


async def test_json_made_to_take_time_or_memory_is_trouble_and_the_next_is_read() -> None:
    children = Children(deadline=5, memory=200_000_000, count=1)
    deep = b'{"items":' * 1_000_000
    wide = json.dumps([[{"a": 1}] * 5] * 100_000).encode()
    many = json.dumps(rows(60_000)).encode()
    try:
        lane = children.lane("hostile")
        for body in (deep + b"}", wide, many, b"[" + b"9" * 5_000_000 + b"]"):
            with pytest.raises(PageError):
                await lane.run(read_entry_point, Page(URL, URL, "application/json", body), PLAIN, NOW)
        assert len((await lane.run(read_entry_point, Page(URL, URL, "", json.dumps(rows()).encode()), PLAIN, NOW)).links) == 3
    finally:
        children.close()
