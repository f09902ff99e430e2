"""A search finds, on both databases, what a watch with the same query would match, newest first."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta

import pytest
from databases import NOW, Databases
from generated import WORDS, queries
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.identity import Identity, sighting_of
from notify.index import Matcher
from notify.lemmas import Lexicon
from notify.match import check, decide
from notify.query import Query, parse
from notify.search import Page, Searcher, changed
from storage.model import Attachment, Content, Texts
from storage.search import Limits
from storage.store import Store, open_store

LEXICON = Lexicon()
SOURCES = ("mpt.gov.by", "rcc")
GAPS = (" ", " ", ", ", ". ", " – ", "\n\n", "\u00a0", "-", " «")
ARTICLES = 60
DAY = timedelta(days=1)


def publication(number: int) -> tuple[Texts, Content]:
    chance = random.Random(number)

    def words(most: int) -> str:
        return "".join(chance.choice(WORDS) + chance.choice(GAPS) for _ in range(chance.randint(1, most))) + f" номер{number}"

    texts = Texts(
        words(4), words(14), tuple(words(6) for _ in range(chance.choice((0, 0, 1, 2)))), chance.choice(("", "Шульган П.Н.")),
        chance.choice(("ru", "be")), chance.choice((*SOURCES, "")),
    )  # fmt: skip
    documents = tuple(Attachment(f"http://x.by/{number}/{place}", "", "", text) for place, text in enumerate(texts.attachments))
    return texts, Content(texts.title, texts.text, language=texts.language, author=texts.author, attachments=documents)


def publish(store: Store, number: int, content: Content, source: str = "") -> int:
    ids = {state.name: state.id for state in store.sources.states()}
    sighting = sighting_of("x.by", f"http://x.by/node/{number}", (f"node:{number}",), content)
    seen = NOW - number % 7 * DAY  # some days late, as the back-fill is
    return store.articles.record(sighting, Identity(), NOW, seen_at=seen, source_id=ids.get(source)).article_id


def match(store: Store, *names_and_queries: tuple[str, str], lexicon: Lexicon = LEXICON) -> None:
    matcher = Matcher([watch(name, query) for name, query in names_and_queries], lexicon)
    while batch := store.matches.unmatched(50):
        store.matches.record([decide(revision, matcher, {}) for revision in batch], NOW)


def watch(name: str, query: str) -> object:
    from notify.watch import Watch

    return Watch(name, parse(query), ())


class Archive:
    """The same articles on both databases, and what each of them says."""

    def __init__(self, stores: Sequence[Store]) -> None:
        self.stores = stores
        self.texts: dict[int, Texts] = {}
        for store in stores:
            store.sources.enrol(SOURCES, NOW)
            for number in range(ARTICLES):
                texts, content = publication(number)
                self.texts[publish(store, number, content, texts.source)] = texts
            match(store, ("ministers", "министр"))

    def matching(self, query: Query) -> set[int]:
        return {article for article, texts in self.texts.items() if check(query, texts, LEXICON)[0]}


@pytest.fixture(scope="module")
def archive(databases: Databases) -> Iterator[Archive]:
    with closing(open_store(databases.make("sqlite"), NOW)) as one, closing(open_store(databases.make("postgresql"), NOW)) as other:
        yield Archive((one, other))


def all_of(searcher: Searcher, query: Query | None, limits: Limits | None = None, limit: int = 9) -> list[Page]:
    pages = [searcher.page(query, limits or Limits(), limit=limit)]
    while pages[-1].next is not None:
        pages.append(searcher.page(query, limits or Limits(), before=pages[-1].next, limit=limit))
    return pages


def ids(pages: Sequence[Page]) -> list[int]:
    return [hit.found.article_id for page in pages for hit in page.hits]


@settings(max_examples=150)
@given(query=queries, limit=st.integers(1, 30))
def test_a_search_finds_what_the_matcher_matches_on_both_databases(archive: Archive, query: Query, limit: int) -> None:
    expected = archive.matching(query)
    found = [all_of(Searcher(store.search, LEXICON), query, limit=limit) for store in archive.stores]
    assert ids(found[0]) == ids(found[1])
    assert set(ids(found[0])) == expected
    assert len(ids(found[0])) == len(expected)
    for store in archive.stores:
        assert Searcher(store.search, LEXICON).count(query).articles == len(expected)
    for page in found[0]:
        for hit in page.hits:
            assert hit.spans == check(query, archive.texts[hit.found.article_id], LEXICON)[1]


def test_the_newest_come_first(archive: Archive) -> None:
    for store in archive.stores:
        pages = all_of(Searcher(store.search, LEXICON), None)
        days = [hit.found.first_seen_at for page in pages for hit in page.hits]
        assert days == sorted(days, reverse=True)
        assert len(days) == ARTICLES


@pytest.mark.parametrize(
    ("limits", "holds"),
    [
        (Limits(source="rcc"), lambda texts, hit: texts.source == "rcc"),
        (Limits(language="be"), lambda texts, hit: texts.language == "be"),
        (Limits(watch="ministers"), lambda texts, hit: check(parse("министр"), texts)[0]),
        (Limits(since=NOW - 2 * DAY), lambda texts, hit: hit >= NOW - 2 * DAY),
        (Limits(until=NOW - 2 * DAY), lambda texts, hit: hit < NOW - 2 * DAY),
    ],
)
@pytest.mark.parametrize("query", ["", "связь", '"министр связи" OR ШОС'])
def test_a_search_can_be_limited(archive: Archive, limits: Limits, holds: object, query: str) -> None:
    asked = parse(query) if query else None
    for store in archive.stores:
        searcher = Searcher(store.search, LEXICON)
        unlimited = [hit for page in all_of(searcher, asked) for hit in page.hits]
        expected = [hit.found.article_id for hit in unlimited if holds(hit.found.texts, hit.found.first_seen_at)]  # type: ignore[operator]
        assert ids(all_of(searcher, asked, limits)) == expected
        assert searcher.count(asked, limits).articles == len(expected)
        assert 0 < len(ids(all_of(searcher, None, limits))) < ARTICLES


@settings(max_examples=40)
@given(old=queries, new=queries)
def test_what_a_changed_query_gains_and_loses_is_the_difference(archive: Archive, old: Query, new: Query) -> None:
    before, after = archive.matching(old), archive.matching(new)
    gained, lost = changed(old, new)
    for store in archive.stores:
        searcher = Searcher(store.search, LEXICON)
        assert set(ids(all_of(searcher, gained))) == after - before
        assert set(ids(all_of(searcher, lost))) == before - after


def test_articles_are_counted_by_month(store: Store) -> None:
    for number in range(9):
        publish(store, number, publication(number)[1])
    match(store)
    assert Searcher(store.search, LEXICON).count(None).months == {"2026-10": 5, "2026-11": 4}


def test_an_edit_is_found_by_its_new_words_and_not_by_its_old(store: Store) -> None:
    long = "Сегодня прошло заседание коллегии министерства, на котором обсудили развитие сетей и услуг в сельской местности. " * 4
    publish(store, 1, Content("Заседание", long + "Выступил Шульган.", language="ru"))
    match(store)
    publish(store, 1, Content("Заседание", long + "Выступил Ткач.", language="ru"))
    match(store)
    searcher = Searcher(store.search, LEXICON)
    assert ids([searcher.page(parse("Шульгана"))]) == []
    assert len(ids([searcher.page(parse("Ткача"))])) == 1


@pytest.mark.parametrize(
    "term", ['"', "*", "NEAR(", "a:b", "!x", "'; DROP TABLE article; --", "a & b", "<->", "t:связь", "\\", "\ud800", "=", "a'b"]
)
def test_signs_that_mean_something_to_a_database_mean_nothing_in_a_word(store: Store, term: str) -> None:
    publish(store, 1, Content("Заседание", f"Текст {term} связи", language="ru"))
    match(store)
    searcher = Searcher(store.search, LEXICON)
    assert len(searcher.page(parse("связь")).hits) == 1
    try:
        query = parse(f"'{term}'" if term != "'" else term)
    except ValueError:
        return
    assert len(searcher.page(query).hits) == check(query, Texts("Заседание", f"Текст {term} связи"))[0]
