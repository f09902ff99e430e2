"""A source read again from the archive: better rules give better revisions, nobody is alerted, and nothing newer is undone."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from databases import NOW
from service_runner import Command, configured, demo_site, source

from collector.address import family_of, link_key
from collector.archive import Archive
from collector.cadence import Cadence
from collector.child import Children
from collector.identity import Identity
from collector.page import Page
from collector.reading import read_sighting
from collector.reread import Outcome, ReadAgain, Reader, reread
from collector.service.threads import Threads
from collector.sites import ArticleRules, Site
from collector.tools import Source
from storage.model import Content, Link, LinkRead, MatchedRevision, Recorded, Seen, Validators
from storage.store import Store

LEAD = ArticleRules(body=".lead", title="h1")
WHOLE = ArticleRules(body=".whole", title="h1")
DATED = ArticleRules(body=".lead", title="h1", date=".day")
TITLE = "Министерство связи открыло новый узел связи"
HOST = "https://news.example"
LONG = " ".join(f"слово{number} о сетях{number} связи{number}" for number in range(40))


def html(body: str = "Первое сообщение.", title: str = TITLE) -> str:
    lead = f'<div class="lead"><p>{LONG}</p></div>'
    whole = f'<div class="whole">{lead}<p>Полностью: {body}</p></div>'
    return f'<html><body><h1>{title}</h1><p>5 октября 2026</p>{whole}<p class="day">1 октября 2026</p></body></html>'


def site(rules: ArticleRules) -> Site:
    return Site("news", f"{HOST}/", ("news.example", "mirror.example"), (), article=(rules,))


class Collected:
    """A source that was looked at, with an archive."""

    def __init__(self, store: Store, folder: Path, children: Children) -> None:
        self.store = store
        self.archive = Archive(folder, 0)
        self._folder = folder
        self._children = children
        self._threads = Threads(one_writer=store.database.is_sqlite)
        self._family = family_of("news", ["news.example", "mirror.example"])
        store.sources.enrol(["news"], NOW)
        self.source_id = store.sources.states()[0].id

    def close(self) -> None:
        self.archive.close()
        self._threads.close()

    async def see(
        self, path: str, markup: str, at: datetime, rules: ArticleRules = LEAD, *, archived: bool = True, host: str = HOST
    ) -> Recorded:
        """What a look does: fetch, keep, read by the rules of the day, and write down a moment later."""
        page = await self.keep(path, markup, at, archived=archived, host=host)
        link = Link(page.url, link_key(page.url), TITLE)
        sources = self.store.sources
        sources.record_links(self.source_id, Seen((link,)), at, timedelta(minutes=5))
        later = at + timedelta(days=3650)
        (waiting,) = [found for found in sources.waiting_links(self.source_id, later, 100) if found.link.url == page.url]
        sighting = read_sighting(page, site(rules), self._family, link, at, doubt=False)
        read = LinkRead(waiting.id, Validators(), at)
        return self.store.articles.record(sighting, Identity(), at + timedelta(seconds=2), source_id=self.source_id, link=read)

    async def keep(self, path: str, markup: str, at: datetime, *, archived: bool = True, host: str = HOST) -> Page:
        page = Page(f"{host}{path}", f"{host}{path}", "text/html; charset=utf-8", markup.encode())
        if archived:
            await self.archive.keep(page, at)
        return page

    async def again(self, rules: ArticleRules, *, dry_run: bool = False) -> tuple[ReadAgain, ...]:
        lane = self._children.lane("news")
        news = Source("news", site(rules), self._family, Cadence())
        now = NOW + timedelta(days=30)
        return await reread(self.source_id, Reader(news, self._folder, self.store, self._threads, lane, now, dry_run))

    def texts(self, article_id: int = 1) -> list[str]:
        """The end of each revision's text."""
        return [revision.content.text.rpartition("\n\n")[2][-40:] for revision in self.store.articles.revisions(article_id)]

    def content(self) -> Content:
        (listed,) = self.store.articles.page(None, 10)
        article = self.store.articles.article(listed.id)
        assert article is not None
        return article.revision.content


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    made = Children(20, 1_000_000_000)
    yield made
    made.close()


@pytest.fixture
async def collected(store: Store, tmp_path: Path, children: Children) -> AsyncIterator[Collected]:
    made = Collected(store, tmp_path / "archive", children)
    yield made
    made.close()


def outcomes(found: tuple[ReadAgain, ...]) -> list[Outcome]:
    return [one.outcome for one in found]


def matched(store: Store) -> None:
    """Hold everything against the watches, of which there are none."""
    store.matches.record([MatchedRevision(revision.id, ()) for revision in store.matches.unmatched(10)], NOW)


async def test_better_rules_give_a_revision_of_which_nobody_is_told(collected: Collected) -> None:
    await collected.see("/1", html(), NOW)
    matched(collected.store)

    (found,) = await collected.again(WHOLE)
    assert (found.outcome, found.url, found.fetched_at) == (Outcome.REVISED, f"{HOST}/1", NOW)
    assert len(collected.texts()) == 2
    assert collected.content().text.endswith("Полностью: Первое сообщение.")
    assert collected.store.matches.unmatched(10) == []
    assert collected.store.outbox.counts() == {}


async def test_an_alert_that_was_owed_before_is_owed_still(collected: Collected) -> None:
    await collected.see("/1", html(), NOW)
    await collected.again(WHOLE)
    assert [revision.number for revision in collected.store.matches.unmatched(10)] == [1]


async def test_reading_again_by_the_same_rules_changes_nothing(collected: Collected) -> None:
    await collected.see("/1", html(), NOW)
    assert outcomes(await collected.again(LEAD)) == [Outcome.UNCHANGED]
    assert len(collected.texts()) == 1


async def test_rules_can_change_again_and_again(collected: Collected) -> None:
    await collected.see("/1", html(), NOW)
    for number, rules in enumerate((WHOLE, LEAD, WHOLE), 2):
        assert outcomes(await collected.again(rules)) == [Outcome.REVISED]
        assert outcomes(await collected.again(rules)) == [Outcome.UNCHANGED]
        assert len(collected.texts()) == number
    times = [revision.recorded_at for revision in collected.store.articles.revisions(1)]
    assert times == sorted(times)


async def test_what_a_look_sees_afterwards_by_the_same_rules_is_no_edit(collected: Collected) -> None:
    await collected.see("/1", html(), NOW)
    await collected.again(WHOLE)
    assert (await collected.see("/1", html(), NOW + timedelta(days=1), WHOLE)).revision is None


async def test_a_better_rule_for_the_date_alone_is_reason_enough(collected: Collected) -> None:
    await collected.see("/1", html(), NOW)
    assert outcomes(await collected.again(DATED)) == [Outcome.REVISED]
    assert collected.content().published == date(2026, 10, 1)
    assert outcomes(await collected.again(DATED)) == [Outcome.UNCHANGED]


async def test_the_newest_page_is_the_one_that_is_read(collected: Collected) -> None:
    await collected.see("/1", html("Первое сообщение."), NOW)
    await collected.see("/1", html("Второе сообщение."), NOW + timedelta(hours=2))  # by the old rules no edit
    assert outcomes(await collected.again(WHOLE)) == [Outcome.REVISED]
    assert collected.content().text.endswith("Второе сообщение.")
    assert len(collected.texts()) == 2


async def test_a_page_that_is_older_than_the_latest_revision_undoes_nothing(collected: Collected) -> None:
    await collected.see("/1", html("Первое сообщение."), NOW, WHOLE)
    await collected.see("/1", html("Второе сообщение."), NOW + timedelta(hours=2), WHOLE, archived=False)
    assert await collected.again(WHOLE) == ()
    assert collected.content().text.endswith("Второе сообщение.")


async def test_an_edit_that_a_mirror_showed_first_is_not_undone_by_the_page_that_fell_behind(collected: Collected) -> None:
    more = html(f"Второе сообщение. {LONG.replace('слово', 'новость').replace('связи', 'почты')}")
    await collected.see("/1", html("Первое сообщение."), NOW, WHOLE)
    recorded = await collected.see("/1", more, NOW + timedelta(seconds=3), WHOLE, host="https://mirror.example")
    assert recorded.revision == 2
    assert outcomes(await collected.again(WHOLE)) == [Outcome.UNCHANGED]
    assert "Второе сообщение." in collected.content().text


async def test_a_notice_of_works_makes_way_for_the_page_before_it(collected: Collected) -> None:
    await collected.see("/1", html(), NOW)
    notice = '<h1>Технические работы</h1><div class="whole"><p>Сайт временно недоступен, зайдите позднее.</p></div>'
    await collected.keep("/1", notice, NOW + timedelta(hours=1))
    (found,) = await collected.again(WHOLE)
    assert (found.outcome, found.fetched_at) == (Outcome.REVISED, NOW)
    assert collected.content().title == TITLE


async def test_an_article_that_today_s_rules_do_not_fit_stays_as_it_is_and_is_told(collected: Collected) -> None:
    await collected.see("/1", html(), NOW)
    empty = '<html><body><div class="whole"></div></body></html>'
    await collected.keep("/1", empty, NOW + timedelta(hours=1))
    await collected.keep("/1", empty, NOW + timedelta(hours=2))
    await collected.keep("/1", empty + " ", NOW + timedelta(hours=3))
    await collected.keep("/1", empty + "  ", NOW + timedelta(hours=4))
    (found,) = await collected.again(WHOLE)
    assert found.outcome is Outcome.FAILED
    assert found.reason
    assert len(collected.texts()) == 1


async def test_pages_that_never_were_articles_make_none(collected: Collected) -> None:
    await collected.see("/1", html(), NOW)
    await collected.keep("/", html(title="Новости министерства"), NOW)
    await collected.keep("/2", html(title="Другая новость министерства связи"), NOW)
    before = collected.store.articles.count()
    assert len(await collected.again(WHOLE)) == 1
    assert collected.store.articles.count() == before
    assert collected.store.sources.link_states(collected.source_id) == {"new": 1}


async def test_a_dry_run_tells_what_would_be_revised_and_writes_nothing(collected: Collected) -> None:
    await collected.see("/1", html(), NOW)
    assert outcomes(await collected.again(WHOLE, dry_run=True)) == [Outcome.REVISED]
    assert len(collected.texts()) == 1
    assert outcomes(await collected.again(LEAD, dry_run=True)) == [Outcome.UNCHANGED]


async def test_an_edit_that_is_recorded_meanwhile_wins(collected: Collected) -> None:
    await collected.see("/1", html(), NOW)
    page = await collected.keep("/1", html("Старое."), NOW)
    old = read_sighting(page, site(WHOLE), collected._family, Link(page.url, link_key(page.url)), NOW, doubt=False)
    await collected.see("/1", html("Новое."), NOW + timedelta(hours=1), WHOLE)
    articles = collected.store.articles
    assert articles.record_again(old, Identity(), NOW, article_id=1, revision=1, fetched_at=NOW) is None
    assert collected.content().text.endswith("Новое.")


async def test_documents_keep_their_texts(collected: Collected) -> None:
    with_file = html('См. <a href="/protocol.pdf">протокол</a>')
    page = await collected.keep("/1", with_file, NOW, archived=False)
    await collected.see("/1", with_file, NOW)
    sighting = read_sighting(page, site(WHOLE), collected._family, Link(page.url, link_key(page.url)), NOW, doubt=False)
    (found,) = sighting.content.attachments
    told = replace(sighting, content=replace(sighting.content, attachments=(replace(found, text="Слушали и решили."),)))
    collected.store.articles.record(told, Identity(), NOW + timedelta(seconds=2), source_id=collected.source_id)
    renamed = ArticleRules(body=".lead", title="h1", files=".whole a[href]")
    assert outcomes(await collected.again(renamed)) == [Outcome.REVISED]
    assert [one.text for one in collected.content().attachments] == ["Слушали и решили."]


# --- the command ---------------------------------------------------------------------------------------------------------------------

ARCHIVE = "[archive]\non = true\n"
WATCH = '[channel.office]\nurl = "json://127.0.0.1:9/"\n[watch.museum]\nquery = "редкость"\nchannels = ["office"]\non = ["new", "edit"]\n'


def test_a_source_is_read_again_by_the_command_and_nothing_is_owed(workplace: Path, vestnik: Command) -> None:
    with demo_site() as served:
        configured(workplace, source(served) + ARCHIVE + WATCH)
        assert vestnik("collect").status == 0
        (url, *_) = [link["url"] for link in vestnik("collect", "--dry-run", "--json").values]
        with urllib.request.urlopen(url) as answer:
            markup = answer.read().decode()
    edited = markup.replace("</p>", " И большая редкость.</p>")
    asyncio.run(_keep(workplace / "data" / "archive", Page(url, url, "text/html; charset=utf-8", edited.encode())))

    trial = vestnik("source", "reread", "demo", "--dry-run")
    assert trial.status == 0
    assert f"would be revised, {url}" in trial.out
    assert vestnik("source", "reread", "demo", "--dry-run", "--json").values[0]["revised"] == 1

    told = vestnik("source", "reread", "demo", "--json")
    (summary,) = told.values
    assert told.status == 0
    assert {name: summary[name] for name in ("articles", "archived", "revised", "failed")} == {
        "articles": 3,
        "archived": 3,
        "revised": 1,
        "failed": 0,
    }
    (page,) = summary["pages"]
    shown = json.loads(vestnik("article", "show", str(page["article_id"]), "--json").out)
    assert [revision["number"] for revision in shown["revisions"]] == [1, 2]
    assert "редкость" in shown["revision"]["content"]["text"]

    assert "0 revised" in vestnik("source", "reread", "demo").out
    vestnik("collect")
    assert vestnik("delivery", "list", "--json").values == []


async def _keep(folder: Path, page: Page) -> None:
    archive = Archive(folder, 0)
    await archive.keep(page, datetime.now(UTC))
    archive.close()


def test_without_an_archive_the_command_says_so(workplace: Path, vestnik: Command) -> None:
    configured(workplace, '[source.news]\nurl = "http://127.0.0.1:9/"\n')
    ended = vestnik("source", "reread", "news")
    assert ended.status == 2
    assert "[archive] on" in ended.err
    assert "set on = true" in ended.err


def test_a_source_that_is_not_configured_is_named_with_its_neighbours(workplace: Path, vestnik: Command) -> None:
    configured(workplace, '[source.news]\nurl = "http://127.0.0.1:9/"\n' + ARCHIVE)
    ended = vestnik("source", "reread", "nws")
    assert ended.status == 2
    assert "there is no source 'nws'" in ended.err
    assert "news" in ended.err


def test_a_source_of_which_nothing_is_archived_is_told_as_that(workplace: Path, vestnik: Command) -> None:
    configured(workplace, '[source.news]\nurl = "http://127.0.0.1:9/"\n' + ARCHIVE)
    ended = vestnik("source", "reread", "news")
    assert ended.status == 0
    assert "news: 0 of 0 articles have an archived page" in ended.out
