"""Stories in which a publication could be lost, or told without being one: each look, back-fill and incident keeps its promise in them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from databases import Databases
from lookout import HOUR, NOW, Lookout, article_page, list_page, lookout_on, title_of
from raw_web import answer

from collector.backfill import step
from collector.health.assess import assess
from collector.health.incidents import merge
from collector.health.limits import HealthLimits
from collector.health.scopes import Place
from collector.service.commands.progress import read_back
from collector.sites import EntryPoint
from storage.model import (
    ArticleTraits,
    Cause,
    Content,
    Gap,
    Incident,
    Link,
    LookNotes,
    NoticeKind,
    PastLook,
    Seen,
    SourceHistory,
    Way,
)

A_DAY = timedelta(days=1)
LIMITS = HealthLimits()


@pytest.fixture
async def lookout(databases: Databases) -> AsyncIterator[Lookout]:
    async with lookout_on(databases) as made:
        yield made


def gaps(lookout: Lookout) -> list[str]:
    return [gap.words for gap in lookout.store.finding.open_gaps(lookout.state.id)]


def feed(lookout: Lookout, *numbers: int, **headers: str) -> None:
    items = "".join(
        f"<item><title>{title_of(number)}</title><link>{lookout.web.url(f'/news/{number}')}</link></item>" for number in numbers
    )
    body = f"<rss version='2.0'><channel><title>Новости</title><link>{lookout.web.url()}</link>{items}</channel></rss>".encode()
    lookout.web.answers["/rss.xml"] = answer(body, Content_Type="application/rss+xml", **headers)


def sitemap(lookout: Lookout, *paths: str, at: str = "/sitemap.xml") -> None:
    urls = "".join(f"<url><loc>{lookout.web.url(path)}</loc></url>" for path in paths)
    body = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>".encode()
    lookout.web.answers[at] = answer(body, Content_Type="application/xml")


# --- sitemaps --------------------------------------------------------------------------------------------------------------------------


async def test_a_sitemap_that_grows_at_its_end_leaves_no_gap(lookout: Lookout) -> None:
    lookout.enter_by(EntryPoint("sitemap", "/sitemap.xml"))
    lookout.publish(*range(1, 9))
    sitemap(lookout, *(f"/news/{number}" for number in range(1, 6)))
    await lookout.look_until_read()
    sitemap(lookout, *(f"/news/{number}" for number in range(1, 9)))
    await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == [6, 7, 8]
    assert gaps(lookout) == []


async def test_a_daily_sitemap_that_names_every_page_of_a_site_leaves_no_gap(lookout: Lookout) -> None:
    lookout.enter_by(EntryPoint("feed", "/rss.xml"), EntryPoint("sitemap", "/sitemap.xml", daily=True))
    lookout.publish(*range(1, 6))
    feed(lookout, 5, 4, 3)
    others = [f"/about/{number}" for number in range(20)]
    sitemap(lookout, *(f"/news/{number}" for number in range(1, 6)), *others)
    await lookout.look_until_read()
    await lookout.look(26 * HOUR)
    assert gaps(lookout) == []


@pytest.mark.parametrize("status", ["304 Not Modified", "503 Busy"], ids=["has not changed", "fails"])
async def test_a_daily_sitemap_tells_no_menus_while_the_feed_beside_it_shows_nothing(lookout: Lookout, status: str) -> None:
    lookout.enter_by(EntryPoint("feed", "/rss.xml"), EntryPoint("sitemap", "/sitemap.xml", daily=True))
    lookout.publish(1, 2)
    feed(lookout, 2, 1, ETag='"a"')
    sitemap(lookout, "/news/1", "/news/2", "/about/team")
    await lookout.look_until_read()
    lookout.publish(3)
    lookout.web.answers["/rss.xml"] = answer(b"", status, ETag='"a"')
    sitemap(lookout, "/about/team", "/about/history", "/tag/svyaz", "/news/3", "/news/2", "/news/1")
    await lookout.look(26 * HOUR)
    assert lookout.numbers(baseline=False) == [3]
    assert sum(lookout.links().values()) == 3


async def test_a_sitemap_that_is_read_for_the_first_time_long_after_the_feed_tells_only_what_stands_above_the_known(
    lookout: Lookout,
) -> None:
    lookout.enter_by(EntryPoint("feed", "/rss.xml"))
    lookout.publish(*range(1, 41))
    feed(lookout, *range(40, 35, -1))
    await lookout.look_until_read()
    lookout.publish(41, 42)
    lookout.web.answers["/rss.xml"] = answer(b"", "404 Gone")  # and the sitemap is all that there is
    sitemap(lookout, *(f"/news/{number}" for number in range(42, 0, -1)))
    lookout.enter_by(EntryPoint("sitemap", "/sitemap.xml"))
    await lookout.look_until_read()
    await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == [41, 42]
    assert lookout.numbers(baseline=True) == list(range(1, 41))


def index(lookout: Lookout, *parts: str) -> None:
    named = "".join(f"<sitemap><loc>{lookout.web.url(part)}</loc></sitemap>" for part in parts)
    body = f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{named}</sitemapindex>".encode()
    lookout.web.answers["/sitemap.xml"] = answer(body, Content_Type="application/xml")


async def test_a_part_of_a_sitemap_that_is_missing_at_the_first_look_is_not_news_at_the_second(lookout: Lookout) -> None:
    lookout.enter_by(EntryPoint("sitemap", "/sitemap.xml"))
    lookout.publish(*range(1, 9))
    index(lookout, "/posts-1.xml", "/posts-2.xml")
    sitemap(lookout, *(f"/news/{number}" for number in range(1, 5)), at="/posts-1.xml")
    lookout.web.answers["/posts-2.xml"] = answer(b"", "503 Busy")
    await lookout.look()
    sitemap(lookout, *(f"/news/{number}" for number in range(5, 9)), at="/posts-2.xml")
    await lookout.look_until_read()
    await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == []
    assert lookout.numbers(baseline=True) == list(range(1, 9))


async def test_news_in_a_fifth_part_of_a_sitemap_are_found_where_the_parts_before_it_have_news_too(lookout: Lookout) -> None:
    lookout.enter_by(EntryPoint("sitemap", "/sitemap.xml"))
    lookout.publish(*range(1, 21))
    parts = [f"/posts-{part}.xml" for part in range(1, 6)]
    index(lookout, *parts)
    for part, at in enumerate(parts):
        sitemap(lookout, f"/news/{part + 1}", f"/news/{part + 11}", at=at)
    await lookout.look_until_read()
    for part, at in enumerate(parts):
        sitemap(lookout, f"/news/{part + 1}", f"/news/{part + 6}", f"/news/{part + 11}", at=at)
    await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == [6, 7, 8, 9, 10]


# --- ranges ----------------------------------------------------------------------------------------------------------------------------


def absent(lookout: Lookout, numbers: range) -> None:
    for number in (*numbers, *(1_000_000 + number for number in numbers)):
        lookout.web.answers.setdefault(f"/news/{number}", answer(b"", "404 Absent"))


async def found_range(lookout: Lookout, highest: int) -> None:
    """A source without a definition, of which a survey has found a range of numbers."""
    lookout.enter_by()
    lookout.store.finding.keep_ways(lookout.state.id, [Way("nodes", lookout.web.url("/news/{n}"), highest=highest)], NOW)


async def test_what_stood_in_a_range_of_numbers_before_the_first_look_is_no_news_later(lookout: Lookout) -> None:
    await found_range(lookout, 30)
    absent(lookout, range(31, 200))
    for number in range(1, 31):
        lookout.web.answers[f"/news/{number}"] = answer(article_page(number, None))
    for _ in range(10):
        await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == []
    lookout.web.answers["/news/31"] = answer(article_page(31, None))
    await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == [31]


async def test_many_numbers_in_a_row_that_lead_nowhere_do_not_end_a_range_for_ever(lookout: Lookout) -> None:
    await found_range(lookout, 10)
    absent(lookout, range(1, 300))
    for number in range(1, 11):
        lookout.web.answers[f"/news/{number}"] = answer(article_page(number, None))
    await lookout.look_until_read()
    published = [20, 21, 40]  # nine drafts first, and later eighteen
    for number in published:
        lookout.web.answers[f"/news/{number}"] = answer(article_page(number, None))
    for _ in range(60):
        await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == published


# --- back-fill -------------------------------------------------------------------------------------------------------------------------


async def test_a_list_whose_first_pages_a_feed_shows_as_well_is_read_back_all_the_same(lookout: Lookout) -> None:
    lookout.enter_by(EntryPoint("feed", "/rss.xml"), EntryPoint("listing", "/", daily=True))
    for number in range(1, 61):
        lookout.publish(number, on=NOW.date() - timedelta(days=60 - number))
    feed(lookout, *range(60, 20, -1))  # four pages of the list
    await lookout.look_until_read()
    await lookout.read_back()
    assert lookout.numbers(baseline=True) == list(range(1, 61))


async def test_what_is_published_while_older_pages_are_read_back_is_told_as_new(lookout: Lookout) -> None:
    for number in range(1, 31):
        lookout.publish(number, on=(NOW - 40 * A_DAY).date())
    await lookout.look_until_read()
    lookout.now += 5 * A_DAY  # the service was off
    lookout.publish(*range(31, 46))  # more than the first page shows
    for _, claimed in lookout.store.finding.claim_backfills(["site"], lookout.now, timedelta(minutes=5), 10):
        await step(lookout.source, claimed, lookout.tools)
    await lookout.look_until_read()
    await lookout.read_back()
    assert lookout.numbers(baseline=False) == list(range(31, 46))
    assert lookout.numbers(baseline=True) == list(range(1, 31))


async def test_a_dead_link_of_the_back_fill_is_not_asked_about_every_ten_seconds(lookout: Lookout) -> None:
    for number in range(1, 21):
        lookout.publish(number, on=(NOW - 20 * A_DAY).date())
    lookout.web.answers["/news/3"] = answer(b"", "404 Gone")
    await lookout.look_until_read()
    for _ in range(40):
        lookout.now += timedelta(seconds=10)
        for _, claimed in lookout.store.finding.claim_backfills(["site"], lookout.now, timedelta(minutes=5), 10):
            await step(lookout.source, claimed, lookout.tools)
    (backfill,) = lookout.store.finding.backfills(lookout.state.id)
    assert backfill.ended_at is None
    lookout.now += timedelta(seconds=10)
    assert lookout.store.finding.claim_backfills(["site"], lookout.now, timedelta(minutes=5), 10) == []


async def test_who_waits_for_a_back_fill_does_not_wait_for_a_dead_link(lookout: Lookout) -> None:
    for number in range(1, 16):
        lookout.publish(number, on=(NOW - 20 * A_DAY).date())
    lookout.web.answers["/news/3"] = answer(b"", "404 Gone")
    cadence = replace(lookout.source.cadence, backfill_pause=timedelta(0), retry_first=timedelta(minutes=5))
    lookout.source = replace(lookout.source, cadence=cadence)
    await lookout.look_until_read()
    await read_back({"site": lookout.source}, lookout.tools)
    assert lookout.links() == {"baseline": 14, "failed": 1}


# --- following back --------------------------------------------------------------------------------------------------------------------


async def test_a_list_asked_daily_is_followed_back_to_its_own_last_look(lookout: Lookout) -> None:
    lookout.enter_by(EntryPoint("feed", "/rss.xml"), EntryPoint("listing", "/", daily=True))
    lookout.publish(*range(1, 6), on=(NOW - 30 * A_DAY).date())
    feed(lookout, 5, 4, 3)  # and stays so, though there are news
    await lookout.look_until_read()
    lookout.publish(*range(6, 31), on=(NOW + A_DAY).date())
    lookout.web.answers["/"] = answer(b"", "503 Busy")
    for _ in range(5):
        await lookout.look(26 * HOUR)
    lookout.lay_out()
    for _ in range(4):
        await lookout.look(26 * HOUR)
    assert lookout.numbers(baseline=False) == list(range(6, 31))


async def test_a_short_feed_of_which_most_is_new_leaves_no_gap_while_its_end_is_known(lookout: Lookout) -> None:
    lookout.enter_by(EntryPoint("feed", "/rss.xml"))
    lookout.publish(*range(1, 20))
    feed(lookout, *range(10, 0, -1))
    await lookout.look_until_read()
    feed(lookout, *range(17, 7, -1))  # seven are new; 10, 9 and 8 are known
    await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == list(range(11, 18))
    assert gaps(lookout) == []


async def test_the_first_publications_of_a_list_that_was_empty_are_news_and_no_gap(lookout: Lookout) -> None:
    lookout.web.answers["/"] = answer(list_page([], {}))
    await lookout.look()
    assert lookout.state.error == ""
    lookout.publish(1, 2)
    await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == [1, 2]
    assert gaps(lookout) == []


async def test_a_feed_that_shows_the_newest_last_leaves_no_gap(lookout: Lookout) -> None:
    lookout.enter_by(EntryPoint("feed", "/rss.xml"))
    lookout.publish(*range(1, 12))
    dated_feed(lookout, *range(1, 9))
    await lookout.look_until_read()
    dated_feed(lookout, *range(3, 12))
    await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == [9, 10, 11]
    assert gaps(lookout) == []


def dated_feed(lookout: Lookout, *numbers: int) -> None:
    items = "".join(
        f"<item><title>{title_of(number)}</title><link>{lookout.web.url(f'/news/{number}')}</link>"
        f"<pubDate>{(NOW - (12 - number) * A_DAY):%a, %d %b %Y %H:%M:%S} +0300</pubDate></item>"
        for number in numbers
    )
    body = f"<rss version='2.0'><channel><title>Новости</title>{items}</channel></rss>".encode()
    lookout.web.answers["/rss.xml"] = answer(body, Content_Type="application/rss+xml")


async def test_documents_listed_under_dates_long_past_are_all_found(lookout: Lookout) -> None:
    lookout.publish(*range(1, 12), on=(NOW - 90 * A_DAY).date())
    await lookout.look_until_read()
    for number in range(12, 36):  # put up today, dated as they were decided
        lookout.publish(number, on=(NOW - (8 - number % 3) * A_DAY).date())
    for _ in range(4):
        await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == list(range(12, 36))


def endless(lookout: Lookout) -> None:
    """A list of which every page is another one, and none known."""

    class Pages(dict[str, Any]):
        def get(self, path: str, default: Any = None) -> Any:
            if path.startswith("/?page="):
                page = int(path.partition("=")[2])
                return answer(list_page(range(1000 * page, 1000 * page + 10), {}, f"/?page={page + 1}"))
            return super().get(path, default)

    lookout.web.answers = Pages(lookout.web.answers)


async def test_a_list_without_an_end_is_not_followed_for_ever(lookout: Lookout) -> None:
    lookout.dated = False
    lookout.source = replace(lookout.source, reads_per_look=0)
    lookout.publish(1, 2, 3)
    await lookout.look()
    endless(lookout)
    lookout.web.answers["/"] = answer(list_page(range(50, 60), {}, "/?page=1"))
    for _ in range(60):
        await lookout.look(12 * HOUR)
    before = len(lookout.asked)
    await lookout.look(12 * HOUR)
    assert len(lookout.asked) - before <= 2
    assert gaps(lookout)


async def test_several_gaps_together_are_followed_no_further_at_one_look_than_one(lookout: Lookout) -> None:
    lookout.dated = False
    lookout.source = replace(lookout.source, reads_per_look=0)
    lookout.publish(1, 2, 3)
    await lookout.look()
    endless(lookout)
    for start in range(500, 900, 20):  # nothing of what it showed before
        lookout.web.answers["/"] = answer(list_page(range(start, start + 10), {}, f"/?page={start}"))
        await lookout.look(HOUR)
    assert len(gaps(lookout)) > 5
    before = len(lookout.asked)
    await lookout.look(HOUR)
    assert len(lookout.asked) - before <= 2 + lookout.source.pages_back + len(gaps(lookout))


# --- the clock -------------------------------------------------------------------------------------------------------------------------


async def test_a_publication_that_failed_under_a_clock_far_ahead_is_read_when_it_is_put_right(lookout: Lookout) -> None:
    lookout.publish(1, 2, 3, on=(NOW - 9 * A_DAY).date())
    await lookout.look_until_read()
    page_of_4 = article_page(4, NOW.date())
    lookout.publish(4)
    lookout.web.answers["/news/4"] = answer(b"", "503 Busy")
    right = lookout.now
    await lookout.look(4000 * A_DAY)
    lookout.web.answers["/news/4"] = answer(page_of_4)
    lookout.now = right
    await lookout.look()
    await lookout.look()
    assert lookout.numbers(baseline=False) == [4]


async def test_a_second_entry_point_is_asked_again_after_the_clock_was_far_ahead(lookout: Lookout) -> None:
    lookout.enter_by(EntryPoint("feed", "/rss.xml"), EntryPoint("listing", "/", daily=True))
    lookout.publish(1, 2, on=(NOW - 9 * A_DAY).date())
    feed(lookout, 2, 1)
    await lookout.look_until_read()
    right = lookout.now
    await lookout.look(4000 * A_DAY)
    lookout.now = right
    lookout.publish(3)
    await lookout.look()
    await lookout.look(26 * HOUR)
    assert lookout.numbers(baseline=False) == [3]


# --- links and sources -----------------------------------------------------------------------------------------------------------------


def entry(text: str) -> Link:
    return Link("https://site.by/feed#1", "site.by/feed#1", "Объявление", whole=Content("Объявление", text))


def test_what_the_operator_refused_stays_refused_when_its_text_changes(lookout: Lookout) -> None:
    store, source_id = lookout.store, lookout.state.id
    store.sources.record_links(source_id, Seen(()), NOW, HOUR)
    seen = Seen((entry("Сегодня выходной."),), held={entry("").key: NOW + HOUR})
    store.sources.record_links(source_id, seen, NOW, HOUR)
    store.finding.judge_held(source_id, NOW, release=False)
    store.sources.record_links(source_id, Seen((entry("Завтра выходной."),)), NOW + HOUR, HOUR)
    assert store.sources.waiting_links(source_id, NOW + 2 * HOUR, 10) == []


def test_what_is_held_stays_held_when_its_text_changes(lookout: Lookout) -> None:
    store, source_id = lookout.store, lookout.state.id
    store.sources.record_links(source_id, Seen(()), NOW, HOUR)
    store.sources.record_links(source_id, Seen((entry("Сегодня выходной."),), held={entry("").key: NOW + HOUR}), NOW, HOUR)
    store.sources.record_links(source_id, Seen((entry("Завтра выходной."),)), NOW, HOUR)
    assert store.sources.waiting_links(source_id, NOW, 10) == []
    (waiting,) = store.sources.waiting_links(source_id, NOW + HOUR, 10)
    assert waiting.link.whole == Content("Объявление", "Завтра выходной.")


async def test_a_source_that_is_taken_away_and_added_again_begins_silently(lookout: Lookout) -> None:
    lookout.publish(1, 2, 3)
    await lookout.look_until_read()
    lookout.store.finding.define("site", None, (), lookout.now)
    lookout.published.clear()
    lookout.dated = False
    lookout.dates.clear()
    lookout.publish(*range(11, 18))  # another list of the same site
    lookout.store.finding.define("site", "{}", (), lookout.now)
    await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == []
    lookout.publish(20)
    await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == [20]


# --- incidents -------------------------------------------------------------------------------------------------------------------------


class Desk:
    """Judges one source as the service would, and keeps its incidents."""

    def __init__(self) -> None:
        self.incidents: list[Incident] = []
        self.notices: list[tuple[NoticeKind, Cause]] = []
        self.history: SourceHistory | None = None

    def judge(self, history: SourceHistory, now: datetime) -> None:
        place = Place(1, "site", "site.by", "site.by")
        looks = (*history.looks, PastLook(int(now.timestamp()), now, ""))
        found = assess(replace(history, looks=looks), LIMITS, now)
        known = [one for one in self.incidents if one.closed_at is None or one.closed_at > now - LIMITS.returns_within]
        for change in merge([found], {1: found.condition}, known, {1: place}, LIMITS, now):
            incident = change.incident if change.incident.id else replace(change.incident, id=len(self.incidents) + 1)
            self.incidents = [one for one in self.incidents if one.id != incident.id] + [incident]
            if change.tell:
                self.notices.append((change.tell, incident.cause))


def looked(*moments: datetime) -> tuple[PastLook, ...]:
    return tuple(PastLook(int(at.timestamp()), at, "", LookNotes(listed={"https://site.by/": 10}), read=True) for at in moments)


def test_a_gap_after_an_outage_of_weeks_is_told_once() -> None:
    desk, gap = Desk(), Gap(1, "https://site.by/", "", NOW - 20 * A_DAY, NOW, "nothing known within 11 pages")
    for hours in range(1, 24 * 20):
        now = NOW + hours * HOUR
        desk.judge(SourceHistory(1, looked(now - HOUR / 2), gaps=(gap,)), now)
    assert desk.notices == [(NoticeKind.OPENED, Cause.GAP)]
    assert len(desk.incidents) == 1


def test_gaps_that_go_on_day_after_day_are_told_once() -> None:
    desk = Desk()
    for hours in range(1, 24 * 60):
        now = NOW + hours * HOUR
        found = [Gap(day, "https://site.by/", "", NOW, NOW + day * A_DAY, "nothing known") for day in range(hours // 24 + 1)]
        desk.judge(SourceHistory(1, looked(now - HOUR / 2), gaps=tuple(found)), now)
    assert desk.notices == [(NoticeKind.OPENED, Cause.GAP)]


def traits(*, dated: bool) -> ArticleTraits:
    return ArticleTraits("О тарифах", "Сообщение о тарифах на связь.", 2000, dated=dated, signed=False)


def test_a_field_that_a_seldom_source_has_lost_for_good_is_told_once() -> None:
    desk = Desk()
    history = SourceHistory(1, (), before=(traits(dated=True),) * 20, recent=(traits(dated=False),) * 5)
    for hours in range(1, 24 * 60):
        now = NOW + hours * HOUR
        desk.judge(replace(history, looks=looked(now - HOUR / 2)), now)
    assert desk.notices == [(NoticeKind.OPENED, Cause.FIELDS_LOST)]


def test_an_incident_ends_though_the_clock_was_far_ahead_when_it_was_seen() -> None:
    desk = Desk()
    lost = SourceHistory(1, (), before=(traits(dated=True),) * 20, recent=(traits(dated=False),) * 5)
    ahead = NOW + 4000 * A_DAY
    desk.judge(replace(lost, looks=looked(ahead - HOUR)), ahead)
    well = replace(lost, recent=(traits(dated=True),) * 5)
    for hours in range(1, 6):
        now = NOW + hours * HOUR
        desk.judge(replace(well, looks=looked(*(now - HOUR / count for count in (2, 4, 8)))), now)
    assert desk.notices[-1] == (NoticeKind.CLOSED, Cause.FIELDS_LOST)


# --- both databases ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_the_stories_are_the_same_on_both_databases(databases: Databases, kind: str) -> None:
    """What the two might differ in: empty times, truth values, times ahead, and a look into a gap."""
    async with lookout_on(databases, kind) as lookout:
        for number in range(1, 26):
            lookout.publish(number, on=(NOW - 30 * A_DAY).date())
        lookout.web.answers["/news/2"] = answer(b"", "404 Gone")
        await lookout.look_until_read()
        claim, lease = lookout.store.finding.claim_backfills, timedelta(minutes=5)
        assert claim(["site"], lookout.now + HOUR, lease, 1, behind_looks=True) == []  # the next look comes first
        for _ in range(30):
            lookout.now += timedelta(seconds=10)
            for _, claimed in claim(["site"], lookout.now, lease, 1, behind_looks=True):
                await step(lookout.source, claimed, lookout.tools)
        waits = lookout.store.finding.backfill_waits(lookout.state.id, lookout.now)
        assert waits is not None
        assert waits > lookout.now

        lookout.publish(*range(31, 44))
        lookout.web.answers["/?page=1"] = answer(b"", "500 Oops")
        await lookout.look_until_read()
        lookout.lay_out()
        await lookout.look_until_read()
        assert gaps(lookout) == []
        assert lookout.numbers(baseline=False) == list(range(31, 44))

        lookout.store.finding.define("site", None, (), lookout.now)
        lookout.store.finding.define("site", "{}", (), lookout.now)
        lookout.publish(50)
        await lookout.look_until_read()
        assert lookout.numbers(baseline=False) == list(range(31, 44))
