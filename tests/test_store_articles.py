"""One publication, one article, whatever the database."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from databases import NOW

from collector.identity import Identity, sighting_of
from storage.baseline import entry_of, line_of, shipped_baseline
from storage.model import Attachment, BaselineEntry, Content, LinkState, Sighting
from storage.store import Store, open_store

FAMILY = "mpt.example"
TEXT = (
    "В Минске состоялось третье заседание рабочей группы по развитию сетей связи пятого поколения. Участники обсудили выделение полос "
    "радиочастот, сроки строительства базовых станций и требования к отечественному оборудованию. Операторы сообщили, что до конца года "
    "покрытие получат все областные центры.\n\nСледующее заседание назначено на 14 декабря. К нему министерство подготовит проект порядка "
    "доступа к инфраструктуре, а операторы представят расчёты затрат и предложения по совместному использованию опор."
)


def seen(
    url: str = "https://mpt.example/node/7", *keys: str, title: str = "Заседание рабочей группы", text: str = TEXT, **content: object
) -> Sighting:
    return sighting_of(FAMILY, url, keys or ("node:7",), Content(title=title, text=text, language="ru", **content))  # type: ignore[arg-type]


def record(store: Store, sighting: Sighting, now: datetime = NOW, **options: bool) -> object:
    return store.articles.record(sighting, Identity(), now, **options)


def test_a_publication_seen_at_three_addresses_is_one_article_with_three_locations(store: Store) -> None:
    urls = ["https://mpt.example/node/7", "https://www.mpt.example/ru/news/02-11-2026-7", "https://mirror.example/zasedanie"]
    for url in urls:
        record(store, seen(url))

    (article,) = store.articles.page(None, 10)
    assert article.locations == tuple(urls)
    assert article.url == urls[0]
    assert article.revision.number == 1


def test_everything_a_page_says_is_kept(store: Store) -> None:
    said = {
        "html": "<p>текст</p>",
        "published": datetime.fromisoformat("2026-11-02T10:30:00+03:00"),
        "author": "Пресс-служба",
        "image": "https://mpt.example/a.jpg",
        "attachments": (Attachment("https://mpt.example/a.pdf", "Протокол.pdf", "application/pdf"),),
    }
    record(store, seen(**said))

    content = store.articles.page(None, 1)[0].revision.content
    assert {name: getattr(content, name) for name in said} == said
    assert (content.title, content.text) == ("Заседание рабочей группы", TEXT)


def test_a_date_without_an_hour_comes_back_as_a_date(store: Store) -> None:
    record(store, seen(published=date(2026, 11, 2)))
    assert store.articles.page(None, 1)[0].revision.content.published == date(2026, 11, 2)


def test_an_edit_makes_a_second_revision_and_no_second_article(store: Store) -> None:
    record(store, seen())
    record(store, seen(text=TEXT.replace("14 декабря", "21 декабря")), NOW + timedelta(hours=1))

    (article,) = store.articles.page(None, 10)
    assert article.revision.number == 2
    assert "21 декабря" in article.revision.content.text
    assert [revision.number for revision in store.articles.revisions(article.id)] == [1, 2]
    assert article.updated_at == NOW + timedelta(hours=1)
    assert article.first_seen_at == NOW


@pytest.mark.parametrize(
    "same",
    [
        pytest.param({"text": TEXT.replace(" ", "\u00a0", 5).replace("сроки", "сро\u00adки")}, id="white space and soft hyphens"),
        pytest.param({"image": "https://mpt.example/x.jpg?itok=2"}, id="a picture's token"),
        pytest.param({"html": "<div>andere Auszeichnung</div>"}, id="markup"),
    ],
)
def test_what_changes_no_word_makes_no_revision(store: Store, same: dict[str, str]) -> None:
    record(store, seen())
    record(store, seen(**same), NOW + timedelta(hours=1))
    assert store.articles.page(None, 1)[0].revision.number == 1


def test_a_cut_copy_at_another_address_does_not_take_turns_with_the_whole(store: Store) -> None:
    whole, cut = seen(), seen("https://mpt.example/print/7", text=TEXT.split("\n\n", 1)[0])
    for hour, sighting in enumerate([whole, cut, whole, cut]):
        record(store, sighting, NOW + timedelta(hours=hour))

    (article,) = store.articles.page(None, 10)
    assert article.revision.number == 1
    assert len(article.locations) == 2


def test_two_numbers_on_one_site_are_two_articles_even_with_one_text(store: Store) -> None:
    record(store, seen("https://mpt.example/node/7", "node:7"))
    record(store, seen("https://mpt.example/node/8", "node:8"))
    assert len(store.articles.page(None, 10)) == 2


def test_a_translation_under_the_same_path_is_an_article_of_its_own(store: Store) -> None:
    belarusian = Content(title="Пасяджэнне рабочай групы", text=TEXT.replace("и", "і"), language="be")
    record(store, seen("https://mpt.example/ru/mery", "/mery"))
    record(store, sighting_of(FAMILY, "https://mpt.example/be/mery", ("/mery",), belarusian))
    record(store, replace(seen("https://mpt.example/ru/mery", "/mery")), NOW + timedelta(hours=1))

    assert [article.locations for article in store.articles.page(None, 10)] == [
        ("https://mpt.example/be/mery",),
        ("https://mpt.example/ru/mery",),
    ]


def test_hostile_text_is_kept_alike_on_both_databases(store: Store) -> None:
    record(store, seen(title="Нуль\0 и суррогат \ud800", text="а\0б\udfffв\U0001f600" + TEXT))
    content = store.articles.page(None, 1)[0].revision.content
    assert content.title == "Нуль и суррогат \ufffd"
    assert content.text.startswith("аб\ufffdв\U0001f600")


def test_a_naive_time_is_refused_alike_on_both_databases(store: Store) -> None:
    with pytest.raises(Exception, match="naive time"):
        record(store, seen(), datetime(2026, 11, 2, 9, 0))  # noqa: DTZ001


def test_collectors_that_meet_the_same_publication_at_once_make_one_article_of_it(database_url: str) -> None:
    stores = [open_store(database_url, NOW) for _ in range(4)]
    start = threading.Barrier(len(stores))
    urls = [f"https://{number}.mpt.example/node/7" for number in range(len(stores))]

    def collect(store: Store, url: str) -> None:
        start.wait()
        for _ in range(5):
            record(store, seen(url))

    threads = [threading.Thread(target=collect, args=pair) for pair in zip(stores, urls, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (article,) = stores[0].articles.page(None, 10)
    assert set(article.locations) == set(urls)
    for store in stores:
        store.close()


# --- the baseline ----------------------------------------------------------------------------------------------------------------------


def entry() -> BaselineEntry:
    known = seen()
    return BaselineEntry(FAMILY, known.url, known.keys, known.content.title, "ru", None, known.fingerprint)


def test_a_baseline_is_known_before_its_text_was_ever_read(store: Store) -> None:
    assert store.articles.load_baseline([entry()], NOW) == 1
    assert store.articles.identify(seen("https://mirror.example/x", "node:7"), Identity()).article_id == 1
    assert store.articles.identify(seen("https://mirror.example/y", "/y"), Identity()).why == "the same text"
    assert store.articles.page(None, 10) == []


def test_loading_a_baseline_again_changes_nothing(store: Store) -> None:
    store.articles.load_baseline([entry()], NOW)
    assert store.articles.load_baseline([entry()], NOW) == 0
    assert store.articles.count() == 1


def test_the_first_text_of_a_baseline_is_no_edit_and_the_next_one_is(store: Store) -> None:
    store.articles.load_baseline([entry()], NOW)
    later = NOW + timedelta(days=1)
    first = store.articles.record(seen(), Identity(), later)
    assert (first.revision, first.state) == (1, LinkState.KNOWN)
    (unmatched,) = store.matches.unmatched(10)
    assert unmatched.baseline
    assert store.articles.record(seen(text=TEXT + " Добавлено."), Identity(), later).revision == 2


def test_what_ships_identifies_five_publications_and_has_no_text() -> None:
    shipped = shipped_baseline()
    assert len(shipped) == 5
    assert [entry_of(line_of(entry)) for entry in shipped] == shipped
    assert sum(not entry.url for entry in shipped) == 1


# --- what feeds and pages read -----------------------------------------------------------------------------------------


def other(number: int) -> Sighting:
    return seen(
        f"https://mpt.example/node/{number}", f"node:{number}", title=f"Новость {number}", text=f"Сообщение номер {number} {TEXT[:60]}"
    )


def publish(store: Store, number: int, now: datetime = NOW) -> None:
    """At a source, as feeds hold nothing else."""
    store.sources.enrol(["ministry"], NOW)
    store.articles.record(other(number), Identity(), now, source_id=store.sources.states()[0].id)


def test_documents_that_were_imported_are_no_news_for_feeds(store: Store) -> None:
    store.articles.record(sighting_of("", "", (), Content("Старый протокол", TEXT, language="ru")), Identity(), NOW, baseline=True)
    publish(store, 1)
    assert [article.revision.content.title for article in store.articles.latest(NOW)] == ["Новость 1"]
    assert len(store.articles.page(None, 10)) == 2


def test_a_feed_holds_at_least_so_many_and_all_of_the_last_days_and_at_most_so_many(store: Store) -> None:
    for number in range(12):
        publish(store, number, NOW - timedelta(days=40 - 4 * number))

    def titles(**limits: int) -> list[str]:
        return [article.revision.content.title for article in store.articles.latest(NOW, **limits)]

    assert titles(at_least=3, days=30) == [f"Новость {number}" for number in range(11, 2, -1)]
    assert len(titles(at_least=10, days=1)) == 10
    assert len(titles(at_least=10, days=99, at_most=4)) == 4


def test_pages_follow_each_other_without_gap_or_overlap(store: Store) -> None:
    for number in range(7):
        record(store, other(number))
    first = store.articles.page(None, 3)
    second = store.articles.page(first[-1].id, 3)
    third = store.articles.page(second[-1].id, 3)
    assert [article.id for article in (*first, *second, *third)] == [7, 6, 5, 4, 3, 2, 1]


def test_the_feed_state_changes_with_a_revision_or_a_location_and_with_nothing_else(store: Store) -> None:
    before = store.articles.feed_state()
    record(store, seen())
    article = store.articles.feed_state()
    record(store, seen(), NOW + timedelta(hours=1))
    assert store.articles.feed_state() == article
    record(store, seen("https://mirror.example/7"), NOW)
    location = store.articles.feed_state()
    assert len({before, article, location}) == 3
