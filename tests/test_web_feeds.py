"""What feed readers are answered, and what they needn't be sent again."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime

import feedparser
import pytest
from web_shelf import FEEDS, SEEN, Shelf, article, client

from feeds.web.conditional import accepts_gzip, is_unchanged


@pytest.mark.parametrize(("path", "media_type"), [(FEEDS[0], "application/atom+xml"), (FEEDS[1], "application/rss+xml")])
async def test_a_feed_reader_is_given_the_feed_with_its_validators(path, media_type):
    async with client() as web:
        answer = await web.get(path)
    parsed = feedparser.parse(answer.content)
    assert [entry.title for entry in parsed.entries] == ["О заседании"]
    assert answer.headers["content-type"] == f"{media_type}; charset=utf-8"
    assert answer.headers["etag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'
    assert answer.headers["last-modified"] == "Sat, 14 Mar 2026 09:05:30 GMT"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["cache-control"] == "public, max-age=60"


@pytest.mark.parametrize("form", ["{etag}", "W/{etag}", '"other", {etag}', '"a,b" ,W/"c",{etag}', "*"])
@pytest.mark.parametrize("path", FEEDS)
async def test_a_reader_that_has_the_feed_is_not_sent_it_again(path, form):
    async with client() as web:
        etag = (await web.get(path)).headers["etag"]
        again = await web.get(path, headers={"if-none-match": form.format(etag=etag)})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert again.headers["vary"] == "Accept-Encoding"
    assert "content-type" not in again.headers


async def test_a_reader_may_ask_in_several_header_lines():
    async with client() as web:
        etag = (await web.get(FEEDS[0])).headers["etag"]
        assert (await web.get(FEEDS[0], headers=[("if-none-match", '"old"'), ("if-none-match", etag)])).status_code == 304


async def test_packed_and_plain_feeds_are_told_apart():
    async with client() as web:
        plain = await web.get(FEEDS[0])
        async with web.stream("GET", FEEDS[0], headers={"accept-encoding": "gzip"}) as packed:
            raw = b"".join([part async for part in packed.aiter_raw()])
        crossed = await web.get(FEEDS[0], headers={"if-none-match": packed.headers["etag"]})
        again = await web.get(FEEDS[0], headers={"accept-encoding": "gzip", "if-none-match": packed.headers["etag"]})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["content-length"] == str(len(raw))
    assert gzip.decompress(raw) == plain.content
    assert packed.headers["etag"] != plain.headers["etag"]
    assert (crossed.status_code, again.status_code) == (200, 304)


async def test_an_unchanged_feed_is_built_once_and_a_changed_one_anew():
    shelf = Shelf()
    async with client(shelf) as web:
        first = [await web.get(path) for path in FEEDS for _ in range(3)]
        assert len(shelf.asked_for_latest) == 2
        shelf.articles.insert(0, article(2))
        shelf.state = replace(shelf.state, revisions=2)
        second = await web.get(FEEDS[0], headers={"if-none-match": first[0].headers["etag"]})
    assert second.status_code == 200
    assert [entry.link[-1] for entry in feedparser.parse(second.content).entries] == ["2", "1"]


async def test_the_state_alone_decides_the_bytes_however_late_it_is():
    shelves = Shelf(), Shelf()
    answers = []
    for shelf, now in zip(shelves, (SEEN + timedelta(hours=1), SEEN + timedelta(days=400)), strict=True):
        async with client(shelf, now=now) as web:
            answers.append(await web.get(FEEDS[0]))
    assert shelves[0].asked_for_latest == shelves[1].asked_for_latest == [SEEN]
    assert answers[0].content == answers[1].content
    assert answers[0].headers == answers[1].headers


async def test_two_readers_at_once_cost_one_build():
    shelf = Shelf([article(number) for number in range(100, 0, -1)])
    async with client(shelf) as web:
        answers = await asyncio.gather(*(web.get(FEEDS[0]) for _ in range(8)))
    assert len({answer.content for answer in answers}) == 1
    assert len(shelf.asked_for_latest) == 1


async def test_a_feed_changed_within_this_second_has_no_date_to_be_asked_by():
    async with client(now=SEEN + timedelta(milliseconds=400)) as web:
        answer = await web.get(FEEDS[0])
    assert "last-modified" not in answer.headers
    assert "etag" in answer.headers


def http_date(moment):
    return format_datetime(moment.replace(microsecond=0), usegmt=True)


@pytest.mark.parametrize(
    ("if_none_match", "if_modified_since", "unchanged"),
    [
        ("", "", False),
        ("", http_date(SEEN), True),
        ("", http_date(SEEN + timedelta(days=1)), True),
        ("", http_date(SEEN - timedelta(seconds=1)), False),
        ("", "yesterday", False),
        ("", "Sat, 99 Mar 2026 09:05:30 GMT", False),
        ("", "Sat, 14 Mar 2026 12:05:30 +0300", True),
        ("", "Sat, 14 Mar 2026 09:05:30 -0000", True),
        ('"other"', http_date(SEEN), False),
        ('"the-tag-and-more"', "", False),
        ("the-tag", "", False),
        ("garbage", http_date(SEEN), False),
        ('"the-tag"', http_date(SEEN - timedelta(days=9)), True),
    ],
)
def test_conditions_are_decided_as_rfc_9110_says(if_none_match, if_modified_since, unchanged):
    assert is_unchanged(if_none_match, if_modified_since, '"the-tag"', SEEN) is unchanged


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("", False),
        ("gzip", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("br, gzip;q=0.8, *;q=0.1", True),
        ("*", True),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("*;q=0", False),
        ("identity, gzip;q=0.5", False),
        ("identity;q=0.5, gzip", True),
        ("gzip;q=lots", False),
        ("gzip;q=nan", False),
        ("not-gzip", False),
        (",,gzip ;q=1", True),
    ],
)
def test_gzip_is_sent_to_those_who_ask_for_it(header, accepted):
    assert accepts_gzip(header) is accepted
