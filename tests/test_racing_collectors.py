"""Several collectors on one database meet the same publications at once, thousands of times: one article each, and nothing lost."""

from __future__ import annotations

import random
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

from databases import NOW

from collector.address import address_keys, family_of
from collector.identity import Identity, sighting_of
from storage.model import Content, LinkState, RelationKind, Sighting
from storage.store import Store, open_store

COLLECTORS = 4
PUBLICATIONS = 100
PATIENCE = 240
"""Seconds until a collector that waits for another for ever is a failure; all of it takes a tenth of that on an idle machine."""
MINISTRY = family_of("vedomstvo", ["vedomstvo.example", "zerkalo.example"], [r"^/news/\d\d-\d\d-\d{4}-(\d+)$"])
AGENCY = family_of("agentstvo", ["agentstvo.example"])
WORDS = (
    "ведомство оператор сеть связь почта отделение порядок приём заявка договор услуга доступ район область столица деревня посылка марка "
    "письмо кабель вышка частота абонент счёт карта экран передача вещание программа учёба музей выставка встреча доклад комиссия проверка "
    "ремонт здание дорога автобус зима лето праздник конкурс награда ветеран школа студент книга журнал подписка доставка курьер"
)
ADDENDA = (
    "О порядке обжалования решений можно узнать в приёмной у дежурного специалиста или по телефону справочной службы.",
    "Просим обратить внимание на то, что сведения на этой странице обновляются по мере поступления от исполнителей.",
)
"""What editors add in the second and in the third edition of a text."""


@dataclass(frozen=True, slots=True)
class Met:
    """What writing one sighting down came to."""

    publication: int
    at_agency: bool
    article_id: int
    state: LinkState


def publication(number: int) -> tuple[str, str]:
    """Title and text, which share no sentence with those of another number."""
    chosen, words = random.Random(number), WORDS.split()  # the same in every process
    sentences = [" ".join(chosen.choices(words, k=12)).capitalize() + "." for _ in range(8)]
    return " ".join(chosen.choices(words, k=7)).capitalize(), " ".join(sentences)


def sightings(number: int, edition: int) -> list[Sighting]:
    """One publication at all its addresses: the node's own show the edition of the moment, the others the first one."""
    title, text = publication(number)
    edited = "\n\n".join((text, *ADDENDA[:edition]))
    host = "https://vedomstvo.example"
    own = [
        f"{host}/node/{1000 + number}",
        f"https://zerkalo.example/ru/news/02-11-2026-{1000 + number}",
        f"{host}/ru/razdel/{title[:9]}{number}x",
    ]
    made = [_seen(url, title, edited, claims) for url, claims in zip(own, ((), (), (f"/node/{1000 + number}",)), strict=True)]
    return [
        *made,
        _seen(f"{host}/lenta/{title[:5]}-{'abcdefghij'[number % 10]}{title[-4:]}", title, text),
        _seen(_at_agency(number), title, text),
    ]


def _at_agency(number: int) -> str:
    return f"https://agentstvo.example/{number}"


def _seen(url: str, title: str, text: str, claims: Sequence[str] = ()) -> Sighting:
    family = AGENCY if AGENCY.holds(url) else MINISTRY
    return sighting_of(family.name, url, address_keys(url, family, claims), Content(title, text, language="ru"))


def collect(url: str, collector: int, start: Barrier, told: Queue[list[Met] | str]) -> None:
    """A collector's work: every publication at every address, in an order of its own."""
    try:
        store = open_store(url, NOW)
        order = random.Random(f"collector {collector}")
        due = [(number, place) for number in range(PUBLICATIONS) for place in range(5)]
        # all meet the same publications at about the same time
        due.sort(key=lambda visit: visit[0] + order.uniform(0, 3))
        start.wait(PATIENCE)
        met = [_visit(store, number, place, order.randrange(3)) for number, place in due]
        store.close()
        told.put(met)
    except Exception:
        told.put(traceback.format_exc())
        raise


def _visit(store: Store, number: int, place: int, edition: int) -> Met:
    recorded = store.articles.record(sightings(number, edition)[place], Identity(), NOW)
    return Met(number, place == 4, recorded.article_id, recorded.state)


def race(url: str) -> list[Met]:
    """What all collectors together met. Fails with the words of the first that failed."""
    context = get_context("spawn")
    told: Queue[list[Met] | str] = context.Queue()
    start = context.Barrier(COLLECTORS)
    processes = [context.Process(target=collect, args=(url, number, start, told)) for number in range(COLLECTORS)]
    for process in processes:
        process.start()
    try:
        outcomes = [told.get(timeout=PATIENCE) for _ in processes]
    finally:
        for process in processes:
            process.join(PATIENCE)
    assert [words for words in outcomes if isinstance(words, str)] == []
    return [met for outcome in outcomes if not isinstance(outcome, str) for met in outcome]


def test_collectors_that_meet_the_same_publications_at_once_make_one_article_of_each(database_url: str) -> None:
    met = race(database_url)
    assert len(met) == COLLECTORS * PUBLICATIONS * 5 >= 2000

    news = Counter((one.publication, one.at_agency) for one in met if one.state is LinkState.NEW)
    assert len(news) == 2 * PUBLICATIONS
    assert set(news.values()) == {1}
    ids = {(one.publication, one.at_agency): one.article_id for one in met}
    assert {(one.publication, one.at_agency, one.article_id) for one in met} == {(*place, its) for place, its in ids.items()}

    store = open_store(database_url, NOW)
    articles = {article.id: article for article in store.articles.page(None, 10_000)}
    assert articles.keys() == set(ids.values())
    for number in range(PUBLICATIONS):
        own, copied = articles[ids[number, False]], articles[ids[number, True]]
        assert sorted(own.locations) == sorted(sighting.url for sighting in sightings(number, 0)[:4])
        assert copied.locations == (_at_agency(number),)
        assert [(other.article_id, other.kind) for other in store.articles.relations(own.id)] == [(copied.id, RelationKind.ALSO_AT)]
        numbers = [revision.number for revision in store.articles.revisions(own.id)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert [revision.number for revision in store.articles.revisions(copied.id)] == [1]
    assert max(article.revision.number for article in articles.values()) > 1
    store.close()
