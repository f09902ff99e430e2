"""Continuity (promise 2): each look overlaps the one before, and what can't be bridged is a gap that everybody sees."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from databases import Databases
from documents import pdf
from lookout import HOUR, NOW, Lookout, article_page, list_page, lookout_on, title_of
from raw_web import answer

from collector.sites import EntryPoint

A_DAY = timedelta(days=1)


@pytest.fixture
async def lookout(databases: Databases) -> AsyncIterator[Lookout]:
    async with lookout_on(databases) as made:
        yield made


async def begun(lookout: Lookout, count: int = 5) -> None:
    """A source of which some publications are known, and that was looked at since."""
    lookout.publish(*range(1, count + 1), on=(NOW - 9 * A_DAY).date())
    await lookout.look_until_read()


def gaps(lookout: Lookout) -> list[str]:
    return [gap.words for gap in lookout.store.finding.open_gaps(lookout.state.id)]


@pytest.mark.parametrize("dated", [True, False], ids=["with dates", "without dates"])
async def test_more_than_three_pages_of_news_are_followed_back_to_what_is_known(lookout: Lookout, dated: bool) -> None:
    lookout.dated = dated
    await begun(lookout)
    lookout.publish(*range(6, 38))
    if not dated:  # a burst would be held: that is another promise
        lookout.source = replace(lookout.source, cadence=replace(lookout.source.cadence, hold=timedelta(0)))
    await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == list(range(6, 38))
    assert gaps(lookout) == []


async def test_a_page_that_can_not_be_had_is_a_gap_until_it_can(lookout: Lookout) -> None:
    await begun(lookout)
    lookout.publish(*range(6, 22))
    whole = lookout.web.answers["/?page=1"]
    lookout.web.answers["/?page=1"] = answer(b"", "500 Oops")
    await lookout.look_until_read()
    (words,) = gaps(lookout)
    assert "/?…" in words
    assert "500" in words
    assert len(lookout.numbers(baseline=False)) == 10

    lookout.web.answers["/?page=1"] = whole
    await lookout.look_until_read()
    assert gaps(lookout) == []
    assert lookout.numbers(baseline=False) == list(range(6, 22))


async def test_a_gap_is_bridged_though_the_list_has_moved_on_meanwhile(lookout: Lookout) -> None:
    await begun(lookout)
    lookout.publish(*range(6, 22))
    lookout.web.answers["/?page=1"] = answer(b"", "500 Oops")
    await lookout.look_until_read()
    lookout.publish(22, 23, 24)  # what stood on the second page stands on the second and the third now
    await lookout.look_until_read()
    assert gaps(lookout) == []
    assert lookout.numbers(baseline=False) == list(range(6, 25))


async def test_a_long_way_back_is_followed_over_several_looks(lookout: Lookout) -> None:
    await begun(lookout)
    lookout.source = replace(lookout.source, pages_back=2)
    lookout.publish(*range(6, 80))
    await lookout.look()
    (words,) = gaps(lookout)
    assert "nothing known within 3 pages" in words
    for _ in range(4):
        await lookout.look_until_read()
    assert gaps(lookout) == []
    assert lookout.numbers(baseline=False) == list(range(6, 80))


async def test_a_last_page_that_repeats_itself_for_ever_ends_the_way_back(lookout: Lookout) -> None:
    await begun(lookout)
    lookout.published.clear()  # all that was known has gone from the list
    lookout.publish(*range(6, 26))
    for page in range(2, 20):
        lookout.web.answers[f"/?page={page}"] = answer(list_page(lookout.published[10:], lookout.dates, f"/?page={page + 1}"))
    lookout.web.answers["/?page=1"] = answer(list_page(lookout.published[10:], lookout.dates, "/?page=2"))
    await lookout.look_until_read()
    assert lookout.asked.count("/?page=2") == 1
    assert "/?page=3" not in lookout.asked
    assert gaps(lookout) == []
    assert lookout.numbers(baseline=False) == list(range(6, 26))


def feed(lookout: Lookout, *numbers: int) -> None:
    items = "".join(
        f"<item><title>{title_of(number)}</title><link>{lookout.web.url(f'/news/{number}')}</link></item>" for number in numbers
    )
    body = f"<rss version='2.0'><channel><title>Новости</title><link>{lookout.web.url()}</link>{items}</channel></rss>".encode()
    lookout.web.answers["/rss.xml"] = answer(body, Content_Type="application/rss+xml")


async def test_a_feed_that_shows_nothing_known_is_a_gap(lookout: Lookout) -> None:
    lookout.enter_by(EntryPoint("feed", "/rss.xml"))
    lookout.publish(*range(1, 20))
    feed(lookout, 2, 1)
    await lookout.look_until_read()
    feed(lookout, *range(19, 9, -1))
    await lookout.look_until_read()
    (words,) = gaps(lookout)
    assert "shows 10 publications, and none that is known" in words
    assert lookout.numbers(baseline=False) == list(range(10, 20))


async def test_what_a_feed_leaves_out_is_found_in_the_list_at_the_same_look(lookout: Lookout) -> None:
    lookout.enter_by(EntryPoint("feed", "/rss.xml"), EntryPoint("listing", "/", daily=True))
    lookout.publish(1, 2, on=(NOW - 9 * A_DAY).date())
    feed(lookout, 2, 1)
    await lookout.look_until_read()
    lookout.publish(*range(3, 20))
    feed(lookout, *range(19, 9, -1))
    await lookout.look_until_read()
    assert gaps(lookout) == []
    assert lookout.numbers(baseline=False) == list(range(3, 20))


async def test_a_second_entry_point_is_asked_once_a_day_and_finds_what_the_first_missed(lookout: Lookout) -> None:
    lookout.enter_by(EntryPoint("feed", "/rss.xml"), EntryPoint("listing", "/", daily=True))
    lookout.publish(1, 2, on=(NOW - 9 * A_DAY).date())
    feed(lookout, 2, 1)
    await lookout.look_until_read()
    lookout.publish(3)  # the feed never shows it
    before = lookout.asked.count("/")
    for _ in range(5):
        await lookout.look(HOUR)
    assert lookout.asked.count("/") == before
    await lookout.look(20 * HOUR)
    assert lookout.asked.count("/") == before + 1
    assert lookout.numbers(baseline=False) == [3]


async def test_of_a_sitemap_beside_a_feed_only_what_stands_among_its_publications_counts(lookout: Lookout) -> None:
    lookout.enter_by(EntryPoint("feed", "/rss.xml"), EntryPoint("sitemap", "/sitemap.xml", daily=True))
    lookout.publish(1, 2)
    feed(lookout, 2, 1)
    sitemap(lookout, "/news/1", "/news/2")
    await lookout.look_until_read()
    lookout.publish(3)
    sitemap(lookout, "/about/team", "/tag/svyaz", "/news/3", "/news/2", "/news/1")
    await lookout.look(26 * HOUR)
    assert lookout.numbers(baseline=False) == [3]
    assert sum(lookout.links().values()) == 3


def sitemap(lookout: Lookout, *paths: str) -> None:
    urls = "".join(f"<url><loc>{lookout.web.url(path)}</loc></url>" for path in paths)
    body = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>".encode()
    lookout.web.answers["/sitemap.xml"] = answer(body, Content_Type="application/xml")


# --- bursts ------------------------------------------------------------------------------------------------------------------------------


async def test_many_undated_links_at_once_are_held_for_an_hour_and_then_read(lookout: Lookout) -> None:
    lookout.dated = False
    await begun(lookout, 3)
    lookout.publish(*range(10, 40))
    counts = await lookout.look()
    assert (counts.held, counts.new) == (30, 0)
    assert lookout.links()["held"] == 30
    await lookout.look(HOUR / 2)
    assert lookout.numbers(baseline=False) == []
    await lookout.look(HOUR)
    assert lookout.numbers(baseline=False) == list(range(10, 40))
    assert "held" not in lookout.links()


async def test_many_publications_of_today_are_news_and_not_held(lookout: Lookout) -> None:
    await begun(lookout, 3)
    lookout.publish(*range(10, 40))
    assert (await lookout.look()).held == 0
    await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == list(range(10, 40))


async def test_as_many_as_the_source_is_used_to_publish_are_not_held(lookout: Lookout) -> None:
    lookout.publish(*range(1, 31), on=(NOW - 9 * A_DAY).date())  # thirty in one week
    await lookout.look_until_read()
    await lookout.read_back()
    lookout.dated = False
    lookout.publish(*range(40, 65))
    assert (await lookout.look()).held == 0


@pytest.mark.parametrize(("release", "state", "told"), [(True, "new", 30), (False, "refused", 0)], ids=["released", "refused"])
async def test_the_operator_decides_about_what_is_held(lookout: Lookout, release: bool, state: str, told: int) -> None:
    lookout.dated = False
    await begun(lookout, 3)
    lookout.publish(*range(10, 40))
    await lookout.look()
    assert len(lookout.store.finding.held(lookout.state.id)) == 30
    assert lookout.store.finding.judge_held(lookout.state.id, lookout.now, release=release) == 30
    await lookout.look(timedelta(minutes=1))
    await lookout.look(2 * HOUR)
    assert lookout.links()[state] == 30
    assert len(lookout.numbers(baseline=False)) == told


# --- other ways in -----------------------------------------------------------------------------------------------------------------------


async def test_a_page_whose_changes_are_its_revisions_is_read_at_every_look(lookout: Lookout) -> None:
    lookout.enter_by(EntryPoint("page", "/tariffs"))
    lookout.web.answers["/tariffs"] = answer(article_page(7, None, more="тариф 10 рублей"))
    await lookout.look()
    assert lookout.links() == {"baseline": 1}
    lookout.web.answers["/tariffs"] = answer(article_page(7, None, more="тариф 12 рублей"))
    assert (await lookout.look(HOUR / 4)).revised == 1
    (article,) = lookout.store.articles.page(None, 10)
    assert "тариф 12 рублей" in article.revision.content.text
    assert (await lookout.look(HOUR / 4)).revised == 0


async def test_a_page_that_can_not_be_had_is_a_failure_of_its_source(lookout: Lookout) -> None:
    lookout.enter_by(EntryPoint("page", "/tariffs"))
    lookout.web.answers["/tariffs"] = answer(article_page(7, None))
    await lookout.look()
    lookout.web.answers["/tariffs"] = answer(b"", "503 Busy")
    await lookout.look(HOUR / 4)
    assert "503" in lookout.state.error
    lookout.web.answers["/tariffs"] = answer(article_page(7, None))
    await lookout.look(HOUR)
    assert lookout.state.error == ""


async def test_a_range_of_numbers_is_asked_upwards_and_what_was_missing_again(lookout: Lookout) -> None:
    lookout.enter_by(EntryPoint("nodes", "/news/{n}"))
    absent(lookout, range(1, 60))
    for number in (1, 2, 4):
        lookout.web.answers[f"/news/{number}"] = answer(article_page(number, None))
    await lookout.look_until_read()
    assert lookout.numbers(baseline=True) == [1, 2, 4]
    lookout.web.answers["/news/3"] = answer(article_page(3, None))  # a draft until now
    lookout.web.answers["/news/8"] = answer(article_page(8, None))
    lookout.web.answers["/news/5"] = answer(b"", "403 Draft")
    await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == [3, 8]
    await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == [3, 8]


def absent(lookout: Lookout, numbers: range) -> None:
    for number in (*numbers, *(1_000_000 + number for number in numbers)):
        lookout.web.answers.setdefault(f"/news/{number}", answer(b"", "404 Absent"))


async def test_a_site_with_a_page_for_any_number_is_no_range(lookout: Lookout) -> None:
    lookout.enter_by(EntryPoint("nodes", "/news/{n}"))
    for number in (*range(1, 40), 1_000_000):
        lookout.web.answers[f"/news/{number}"] = answer(article_page(1, None))
    await lookout.look()
    assert "a page for any number" in lookout.state.error


def on_top(lookout: Lookout, rows: str) -> None:
    shown = list_page(lookout.published, lookout.dates).decode()
    lookout.web.answers["/"] = answer(shown.replace("<ul class='news'>", f"<ul class='news'>{rows}").encode())


async def test_a_listed_document_is_a_publication_with_its_text(lookout: Lookout) -> None:
    await begun(lookout)
    lookout.web.answers["/files/38.pdf"] = answer(
        pdf([(72, 700, "Decision on the use of the radio spectrum")]), Content_Type="application/pdf"
    )
    rows = "<li><a href='/files/38.pdf'>О распределении полос радиочастот</a> <time datetime='2026-11-20'>20.11.2026</time></li>"
    on_top(lookout, rows)
    await lookout.look()
    (article,) = [one for one in lookout.store.articles.page(None, 10) if not one.baseline]
    assert article.revision.content.title == "О распределении полос радиочастот"
    assert "use of the radio spectrum" in article.revision.content.text
    assert str(article.revision.content.published) == "2026-11-20"


async def test_a_listed_document_that_nobody_can_read_is_a_publication_all_the_same(lookout: Lookout) -> None:
    await begun(lookout)
    lookout.web.answers["/files/39.pdf"] = answer(b"%PDF-1.4 cut off", Content_Type="application/pdf")
    rows = "<li><a href='/files/39.pdf'>О порядке выдачи разрешений</a></li>"
    on_top(lookout, rows)
    await lookout.look()
    (article,) = [one for one in lookout.store.articles.page(None, 10) if not one.baseline]
    assert article.revision.content.title == "О порядке выдачи разрешений"
    assert article.revision.content.attachments[0].error


def channel(lookout: Lookout, *posts: tuple[int, str]) -> None:
    """A messenger's public preview: whole texts, the oldest first, and no page for any of them."""
    shown = "".join(
        f"<div class='message_wrap'><div class='message'><a class='owner' href='/vedomstvo'>Ведомство связи</a>"
        f"<div class='message_text'>{text}</div><div class='message_footer'><span class='meta'>"
        f"<a class='message_date' href='/vedomstvo/{number}'><time datetime='2026-11-20T0{number}:15:00+03:00'>0{number}:15</time></a>"
        f"</span></div></div></div>"
        for number, text in posts
    )
    body = f"<html><head><title>Ведомство связи</title></head><body><main><section class='history'>{shown}</section></main></body></html>"
    lookout.web.answers["/s/vedomstvo"] = answer(body.encode())


def post(number: int, more: str = "") -> tuple[int, str]:
    words = " ".join(f"слово{number}{letter}" for letter in "абвгдежзиклмнопрст")
    return number, f"Ведомство сообщает о событии номер {number}.<br><br>Участники обсудили развитие сетей связи: {words}. {more}"


async def test_a_list_that_carries_whole_texts_is_read_without_a_page_for_each(lookout: Lookout) -> None:
    lookout.enter_by(EntryPoint("listing", "/s/vedomstvo"))
    channel(lookout, *map(post, range(1, 5)))
    await lookout.look_until_read()
    assert lookout.numbers(baseline=True) == [1, 2, 3, 4]
    channel(lookout, *map(post, range(2, 7)))
    await lookout.look_until_read()
    assert lookout.numbers(baseline=False) == [5, 6]
    newest = next(one for one in lookout.store.articles.page(None, 10) if one.url.endswith("/6"))
    assert newest.revision.content.title == "Ведомство сообщает о событии номер 6."
    assert "обсудили развитие сетей связи" in newest.revision.content.text
    assert {path for path in lookout.asked if path.startswith("/vedomstvo")} == set()
    assert gaps(lookout) == []  # though it shows the newest last


async def test_an_edit_in_such_a_list_is_a_revision(lookout: Lookout) -> None:
    lookout.enter_by(EntryPoint("listing", "/s/vedomstvo"))
    channel(lookout, *map(post, range(1, 5)))
    await lookout.look_until_read()
    channel(lookout, *map(post, range(1, 4)), post(4, "Встреча перенесена на 3 декабря."))
    assert (await lookout.look()).revised == 1
    assert (await lookout.look()).revised == 0
