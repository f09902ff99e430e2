"""The search index: every question over keys has the same answer on both databases as a plain look at the keys has."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from databases import NOW, Databases
from filled import fill
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from killed import at_statement, is_killed
from sqlalchemy import insert, select, update

from collector.identity import Identity, sighting_of
from storage import schema
from storage.backup import back_up, default_file, ending_of, restore
from storage.model import Attachment, Content, Indexed, Match, MatchedRevision, NamePair, Owed, Span, Texts
from storage.search import Found, Limits, WantedTooLargeError, lookup, moment_of
from storage.search.expression import MOST_AT_ONCE
from storage.search.wanted import All, Begins, Everything, Has, Lacks, Wanted
from storage.search.wanted import Any as AnyOf
from storage.search.writing import out_of_date
from storage.store import Store, open_store

EVERYTHING = Everything()
VERSIONS = count()
"""What is indexed by a version is not written again by the same one."""
HOUR = timedelta(hours=1)
KINDS = ("sqlite", "postgresql")


def publish(
    store: Store, number: int, *, seen_at: datetime = NOW, text: str = "", attachments: Sequence[str] = (), source: int | None = None
) -> int:
    """An article, or a new state of it, that no watch was held against yet."""
    words = " ".join(f"слово{number}{letter}" for letter in "абвгдежзикл")
    content = Content(
        title=f"О деле {number}",
        text=f"{words}. {text}",
        language="ru",
        author="И. Иванов",
        attachments=tuple(Attachment(f"http://x.by/{number}/{place}.pdf", "", "", found) for place, found in enumerate(attachments)),
    )
    sighting = sighting_of("x.by", f"http://x.by/node/{number}", (f"node:{number}",), content)
    return store.articles.record(sighting, Identity(), NOW, seen_at=seen_at, source_id=source).article_id


def index(store: Store, keys: Collection[str], *, version: str = "1", whole: bool = True) -> None:
    """As the matcher does with all that it has not matched."""
    held = Indexed(version, frozenset(keys), whole)
    while batch := store.matches.unmatched(100):
        store.matches.record([MatchedRevision(revision.id, (), {}, held) for revision in batch], NOW)


def publish_with(
    store: Store, number: int, keys: Collection[str], *, whole: bool = True, seen_at: datetime = NOW, source: int | None = None
) -> int:
    article_id = publish(store, number, seen_at=seen_at, source=source)
    index(store, keys, whole=whole)
    return article_id


def found(store: Store, wanted: Wanted, limits: Limits | None = None) -> list[int]:
    """The articles that are found page by page, which must be those that are found at once."""
    limits = limits or Limits()
    pages: list[Found] = []
    while page := store.search.page(wanted, limits, pages[-1].place if pages else None, 7):
        pages += page
    at_once = store.search.places(wanted, limits)
    assert list(at_once.places) == [one.place for one in pages]
    assert at_once.unsure == {one.place for one in pages if not one.whole}
    return [one.article_id for one in pages]


# --- every question --------------------------------------------------------------------------------------------------------------------

ALPHABET = ("связь", "=связи", "t:связь", "b+лінія", "5g", "п.н.ткач", "ʼ", "s:МСиИ", "l:ru", "w:Эфир 5G (по всем)", "o'neil", "a_b", "A_B")


def holds(wanted: Wanted, keys: Collection[str]) -> bool:
    """What is wanted, read word for word."""
    match wanted:
        case Everything():
            return True
        case Has(key):
            return key in keys
        case Begins(beginning):
            return any(key.startswith(beginning) for key in keys)
        case All(parts):
            return all(holds(part, keys) for part in parts)
        case AnyOf(parts):
            return any(holds(part, keys) for part in parts)
        case Lacks(part):
            return not holds(part, keys)


def bags(many: int) -> list[frozenset[str]]:
    drawn = random.Random(6)
    return [frozenset(key for key in ALPHABET if drawn.random() < 0.4) | {"always"} for _ in range(many)]


@pytest.fixture(scope="module", params=KINDS)
def archive(request: pytest.FixtureRequest, databases: Databases) -> Iterator[tuple[Store, Mapping[int, frozenset[str]]]]:
    """Articles with their keys, over three days; one in ten is not held whole."""
    store = open_store(databases.make(request.param), NOW)
    kept = {}
    for number, keys in enumerate(bags(60)):
        whole = number % 10 != 0
        article_id = publish_with(store, number, keys, seen_at=NOW - number % 7 * 10 * HOUR, whole=whole)
        kept[article_id] = keys if whole else frozenset()
    yield store, kept
    store.close()


def questions() -> st.SearchStrategy[Wanted]:
    keys = st.sampled_from((*ALPHABET, "always", "never"))
    leaves = st.one_of(
        keys.map(Has), keys.flatmap(lambda key: st.integers(1, len(key)).map(lambda end: Begins(key[:end]))), st.just(EVERYTHING)
    )
    return st.recursive(
        leaves,
        lambda parts: st.one_of(
            parts.map(Lacks),
            st.lists(parts, max_size=4).map(lambda some: All(tuple(some))),
            st.lists(parts, max_size=4).map(lambda some: AnyOf(tuple(some))),
        ),
        max_leaves=12,
    )


@given(questions())
@settings(max_examples=300)
def test_a_question_is_answered_as_a_plain_look_at_the_keys_does(
    archive: tuple[Store, Mapping[int, frozenset[str]]], wanted: Wanted
) -> None:
    store, kept = archive
    newest_first = [article_id for article_id in in_order(store) if not kept[article_id] or holds(wanted, kept[article_id])]
    assert found(store, wanted) == newest_first


def in_order(store: Store) -> list[int]:
    with store.database.read() as connection:
        article = schema.article.c
        return list(connection.scalars(select(article.id).order_by(article.first_seen_at.desc(), article.id.desc())))


@given(st.lists(st.text(), min_size=1, max_size=5), st.text(), st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_key_is_a_letter_of_it(store: Store, keys: list[str], other: str, data: st.DataObject) -> None:
    article_id = publish(store, 1)
    index(store, [])
    with store.database.read() as connection:
        revision_id = connection.scalar(select(schema.revision.c.id))
    store.search.record([(article_id, revision_id or 0, Indexed(f"version {next(VERSIONS)}", frozenset(keys)))], NOW)
    key = data.draw(st.sampled_from(keys))
    beginning = key[: data.draw(st.integers(0, len(key)))]
    asked = [Has(key), Begins(beginning), Has(other), Begins(other)]
    assert [bool(found(store, wanted)) for wanted in asked] == [bool(key), True, other != "" and other in keys, holds(Begins(other), keys)]


@pytest.mark.parametrize(
    "key",
    [
        pytest.param('" OR "always', id="a quote of FTS5"),
        pytest.param("' | 'always", id="a quote of a tsquery"),
        pytest.param("always' ) OR ( 'x", id="parentheses"),
        pytest.param("NEAR(a b)", id="an operator"),
        pytest.param("keys : always", id="a column"),
        pytest.param("a\\'b", id="a backslash"),
        pytest.param("*", id="a star alone"),
        pytest.param("^always", id="a beginning"),
        pytest.param("-always", id="a minus"),
        pytest.param("always:*", id="a prefix of a tsquery"),
        pytest.param("a\0b", id="NUL"),
        pytest.param("\ud800", id="half a letter"),
        pytest.param(":p %s ?", id="a parameter"),
        pytest.param("_all", id="what the index itself writes"),
        pytest.param("ALWAYS", id="a capital"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_hostile_key_finds_nothing_else(store: Store, key: str) -> None:
    publish_with(store, 1, ["always", "b"])
    assert found(store, Has(key)) == found(store, All((Has("always"), Has(key)))) == []
    holder = publish_with(store, 2, [key, "b"])
    assert found(store, Has(key)) == ([holder] if key else [])


# --- what can't be held whole ----------------------------------------------------------------------------------------------------------


def test_an_article_that_is_not_held_whole_may_be_what_is_wanted(store: Store) -> None:
    sure = publish_with(store, 1, ["a", "s:one"])
    unsure = publish_with(store, 2, ["b", "s:one"], whole=False)
    assert found(store, Has("a")) == [unsure, sure]
    assert found(store, Lacks(Has("b"))) == [unsure, sure]
    assert found(store, Has("nowhere")) == [unsure]
    assert found(store, Has("a"), Limits(language="be")) == [], "limits are always held"


@pytest.mark.parametrize("key", ["ж" * 1500, "ж" * 100_000, "_" * 700], ids=["long", "enormous", "long as it is written"])
def test_a_key_that_is_too_long_makes_its_article_one_that_is_not_held_whole(store: Store, key: str) -> None:
    holder = publish_with(store, 1, [key, "a"])
    publish_with(store, 2, ["a"])
    (page,) = store.search.page(Has(key), Limits(), None, 10)
    assert (page.article_id, page.whole) == (holder, False)


def test_of_too_many_keys_those_that_are_limits_are_held(store: Store) -> None:
    holder = publish_with(store, 1, [f"{number}{'ж' * 500}" for number in range(3000)] + ["l:ru"])
    assert found(store, Has("a"), Limits(language="ru")) == [holder]
    assert found(store, Has("a"), Limits(language="be")) == []


# --- large and deep --------------------------------------------------------------------------------------------------------------------


def test_ten_thousand_words_joined_by_or_are_found(store: Store) -> None:
    articles = [publish_with(store, number, [f"слово{number * 1000}", "b" if number % 2 else "c"]) for number in range(1, 9)]
    many = AnyOf(tuple(Has(f"слово{number}") for number in range(10_000)))
    assert found(store, many) == articles[::-1]
    odd = [article for number, article in enumerate(articles, start=1) if number % 2]
    assert found(store, All((many, Lacks(Has("c"))))) == odd[::-1]


def test_what_is_too_large_is_refused_in_words(store: Store) -> None:
    too_many = All(tuple(Has(f"слово{number}") for number in range(MOST_AT_ONCE + 1)))
    with pytest.raises(WantedTooLargeError, match=r"501 words at once, .* search for them in parts"):
        store.search.page(too_many, Limits(), None, 10)
    with pytest.raises(WantedTooLargeError, match="100,001 words at once"):
        store.search.places(AnyOf(tuple(Has(f"слово{number}") for number in range(100_000))))


def test_parentheses_without_end_are_refused_in_words(store: Store) -> None:
    deep: Wanted = Has("a")
    for _ in range(5000):
        deep = All((AnyOf((deep, Has("b"))), Has("c")))
    with pytest.raises(WantedTooLargeError, match="leave out parentheses"):
        store.search.places(deep)


def test_a_question_as_deep_as_is_taken_is_answered(store: Store) -> None:
    holder = publish_with(store, 1, ["c", "b"])
    deep: Wanted = Has("a")
    for number in range(49):
        deep = All((AnyOf((deep, Has("b"))), Has("c"), Lacks(Has(f"d{number}"))))
    assert found(store, deep) == [holder]


# --- order and pages -------------------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 90), min_size=1, max_size=12), st.randoms(use_true_random=False))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_articles_of_an_hour_stand_in_order_whether_the_older_or_the_newer_are_indexed_first(
    store: Store, minutes: list[int], chance: random.Random
) -> None:
    reset(store)
    for number, minute in enumerate(minutes):
        publish(store, number, seen_at=NOW + timedelta(minutes=minute))
    with store.database.write() as connection:
        connection.execute(update(schema.revision).values(matched_at=NOW))
        rows = connection.execute(select(schema.article.c.id, schema.revision.c.id).join(schema.revision)).all()
    order = in_order(store)
    batch = sorted(rows, key=lambda row: order.index(row[0]), reverse=chance.random() < 0.5)
    size = chance.randint(1, len(batch))
    for start in range(0, len(batch), size):
        store.search.record([(row[0], row[1], Indexed("1", frozenset())) for row in batch[start : start + size]], NOW)
    assert found(store, EVERYTHING) == order


def reset(store: Store) -> None:
    with store.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM search_keys")
        for table in (schema.search, schema.mark, schema.location, schema.address_key, schema.revision, schema.article):
            connection.execute(table.delete())


def test_pages_neither_lose_nor_repeat_while_new_articles_come_in(store: Store) -> None:
    before = [publish_with(store, number, ["a"], seen_at=NOW + number * timedelta(minutes=9)) for number in range(20)]
    seen: list[Found] = []
    number = 20
    while page := store.search.page(Has("a"), Limits(), seen[-1].place if seen else None, 3):
        seen += page
        publish_with(store, number, ["a"], seen_at=NOW + number * timedelta(minutes=9))
        number += 1
    assert [one.article_id for one in seen] == before[::-1]


@pytest.mark.parametrize("nearest", [1, 8, 30])
def test_a_page_is_the_same_whether_the_newest_articles_suffice_for_it_or_not(
    store: Store, nearest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "NEAREST", nearest)  # as it would be among millions
    articles = [publish_with(store, number, ["a", "b" if number % 3 else "c"]) for number in range(40)]
    assert found(store, Has("a")) == articles[::-1]
    assert found(store, Has("c")) == articles[::-3]
    assert found(store, Has("a"), Limits(since=NOW)) == articles[::-1]


def test_an_hour_that_is_full_spills_into_the_hour_before_and_its_articles_are_found_by_their_time(store: Store) -> None:
    first = publish_with(store, 1, ["a"], seen_at=NOW)
    with store.database.write() as connection:
        hour = connection.scalar(select(schema.search.c.place)) or 0
        connection.execute(update(schema.search).values(place=(hour | 0xFFFF)))  # the last of the hour
        connection.exec_driver_sql("DELETE FROM search_keys")
    second = publish_with(store, 2, ["a"], seen_at=NOW)
    with store.database.write() as connection:
        mine = schema.search.c.article_id == second
        assert connection.scalar(select(schema.search.c.place).where(mine)) == (hour | 0xFFFF) - 1
        connection.execute(update(schema.search).where(mine).values(place=hour >> 16 << 16))
        connection.exec_driver_sql("DELETE FROM search_keys")
    third = publish_with(store, 3, ["a"], seen_at=NOW)
    (shown,) = store.search.page(Has("a"), Limits(since=NOW, until=NOW + HOUR), None, 10)
    assert (shown.article_id, moment_of(shown.place)) == (third, NOW - HOUR)
    assert found(store, Has("a"), Limits(until=NOW)) == []
    assert first


# --- limits ----------------------------------------------------------------------------------------------------------------------------


def new_source(store: Store, name: str) -> int:
    with store.database.write() as connection:
        row = {"name": name, "created_at": NOW, "due_at": NOW, "failures": 0, "error": ""}
        key = connection.execute(insert(schema.source), row).inserted_primary_key
        assert key is not None
        return int(key[0])


def test_a_search_within_a_source_knows_documents_that_came_to_stand_there_later(store: Store) -> None:
    ministry, other = new_source(store, "министерство"), new_source(store, "other")
    its = publish_with(store, 1, ["a", "s:министерство"], source=ministry)
    publish_with(store, 2, ["a", "s:other"], source=other)
    document = publish_with(store, 3, ["a", "s:"])
    assert found(store, Has("a"), Limits(source="министерство")) == [its]
    publish(store, 3, source=ministry)
    assert store.matches.unmatched(10) == [], "nothing else about it is new"
    assert found(store, Has("a"), Limits(source="министерство")) == [document, its]
    assert found(store, Has("a"), Limits(source="nowhere")) == []


def test_a_search_by_language_or_watch_goes_by_the_keys_for_these(store: Store) -> None:
    one = publish_with(store, 1, ["a", "l:ru", "w:sco"])
    two = publish_with(store, 2, ["a", "l:be", "w:эфир (5G)"])
    assert found(store, Has("a"), Limits(language="be")) == found(store, Has("a"), Limits(watch="эфир (5G)")) == [two]
    assert found(store, EVERYTHING, Limits(language="ru", watch="sco")) == [one]


@given(st.integers(-200, 200), st.integers(-200, 200))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_dates_are_exact_to_the_minute(store: Store, since: int, until: int) -> None:
    if not store.articles.count():
        for number in range(12):
            publish_with(store, number, ["a"], seen_at=NOW + (number - 6) * timedelta(minutes=25))
    limits = Limits(since=NOW + timedelta(minutes=since), until=NOW + timedelta(minutes=until))
    with store.database.read() as connection:
        times = dict(connection.execute(select(schema.article.c.id, schema.article.c.first_seen_at)).all())
    assert limits.since
    assert limits.until
    assert found(store, Has("a"), limits) == [one for one in in_order(store) if limits.since <= times[one] < limits.until]


def test_a_joined_article_is_not_shown_until_it_is_split_off_again(store: Store) -> None:
    one, other = publish_with(store, 1, ["a"]), publish_with(store, 2, ["a"])
    store.rulings.join(one, other, NOW)
    assert found(store, Has("a")) == [one]
    store.rulings.split(one, ["http://x.by/node/2"], "node:2", NOW)
    assert found(store, Has("a")) == [other, one]


def test_a_page_is_full_however_many_of_its_articles_were_joined(store: Store) -> None:
    articles = [publish_with(store, number, ["a"]) for number in range(24)]
    for other in articles[5:20]:
        store.rulings.join(articles[0], other, NOW)
    page = store.search.page(Has("a"), Limits(), None, 8)
    assert [one.article_id for one in page] == [*articles[:19:-1], *articles[4:0:-1]]


# --- what is found ---------------------------------------------------------------------------------------------------------------------


def test_what_is_found_bears_the_texts_that_the_watches_saw(store: Store) -> None:
    source = new_source(store, "министерство")
    publish(store, 1, attachments=["первый", "", "третий"], source=source)
    index(store, ["a"])
    publish(store, 1, text="Новая редакция.", attachments=["другой"], source=source)
    (page,) = store.search.page(Has("a"), Limits(), None, 10)
    assert (page.source, page.url, page.title, page.language) == ("министерство", "http://x.by/node/1", "О деле 1", "ru")
    assert page.texts == Texts(page.title, page.texts.text, ("первый", "", "третий"), "И. Иванов", "ru", "министерство")
    assert (page.first_seen_at, page.whole, moment_of(page.place)) == (NOW, True, NOW)
    assert "Новая" not in page.texts.text
    (revision,) = store.matches.unmatched(10)
    assert revision.texts.attachments == ("другой",)
    index(store, ["b"])
    assert store.search.page(Has("a"), Limits(), None, 10) == []
    (page,) = store.search.texts_of(store.search.places(Has("b")).places)
    assert "Новая" in page.texts.text


def test_texts_come_in_the_order_of_the_places_that_are_asked_for(store: Store) -> None:
    articles = [publish_with(store, number, ["a"]) for number in range(5)]
    places = store.search.places(Has("a")).places
    assert [one.article_id for one in store.search.texts_of(places[::-1])] == articles
    assert store.search.texts_of([]) == []


def test_an_edit_about_whose_keys_nothing_is_new_is_what_is_shown_from_then_on(store: Store) -> None:
    publish_with(store, 1, ["a"])
    publish(store, 1, text="Исправлено.")
    (edit,) = store.matches.unmatched(10)
    store.matches.record([MatchedRevision(edit.id, ())], NOW)
    (page,) = store.search.page(Has("a"), Limits(), None, 10)
    assert page.revision_id == edit.id
    assert store.search.count_unindexed("1") == 0


def test_an_article_keeps_its_place_when_it_is_indexed_anew(store: Store) -> None:
    publish_with(store, 1, ["a"])
    before = store.search.places(Has("a")).places
    publish_with(store, 2, ["a"])
    publish(store, 1, text="Исправлено.")
    index(store, ["b"])
    assert store.search.places(Has("b")).places == before


# --- what is not indexed ---------------------------------------------------------------------------------------------------------------


def test_what_is_not_indexed_or_by_another_version_is_named_newest_first_with_its_watches(store: Store) -> None:
    one, two, three = (publish(store, number, seen_at=NOW + number * HOUR, attachments=["приложение"]) for number in range(3))
    match = Match("sco", (Span("title", 0, 3),), Owed.BASELINE)
    store.matches.record([MatchedRevision(revision.id, (match,)) for revision in store.matches.unmatched(10)], NOW)
    waiting = store.search.unindexed("1", 2)
    assert [one.article_id for one in waiting] == [three, two]
    assert [one.watches for one in waiting] == [{"sco"}, {"sco"}]
    assert waiting[0].texts.attachments == ("приложение",)
    assert found(store, EVERYTHING) == []
    assert store.search.record([(one.article_id, one.revision_id, Indexed("1", frozenset("a"))) for one in waiting], NOW) == 2
    assert [one.article_id for one in store.search.unindexed("1", 10)] == [one]
    assert [store.search.count_unindexed(version) for version in ("1", "2")] == [1, 3]
    assert found(store, Has("a")) == [three, two]


def test_what_was_edited_while_it_was_indexed_anew_is_left_to_the_matcher(store: Store) -> None:
    article_id = publish_with(store, 1, ["a"])
    (waiting,) = store.search.unindexed("2", 10)
    publish(store, 1, text="Исправлено.")
    index(store, ["b"], version="2")
    assert store.search.record([(article_id, waiting.revision_id, Indexed("2", frozenset("a")))], NOW) == 0
    assert (found(store, Has("a")), found(store, Has("b"))) == ([], [article_id])


def test_a_state_that_no_watch_is_held_against_makes_its_article_wait_for_the_index(store: Store) -> None:
    article_id = publish_with(store, 1, ["a"])
    with store.database.write() as connection:
        out_of_date(connection, {article_id})
    assert [one.article_id for one in store.search.unindexed("1", 10)] == [article_id]
    assert found(store, Has("a")) == [article_id], "until then it is found as it was"


def test_names_of_an_article_are_counted_once(store: Store) -> None:
    pair = NamePair("РСС", "Региональное содружество", "рсс", "региональный содружество")
    publish(store, 1)
    held = Indexed("1", frozenset("a"), pairs=(pair,))
    (revision,) = store.matches.unmatched(10)
    store.matches.record([MatchedRevision(revision.id, (), {}, held)], NOW)
    publish(store, 1, text="Исправлено.")
    (edit,) = store.matches.unmatched(10)
    store.matches.record([MatchedRevision(edit.id, (), {}, held)], NOW)
    store.search.record([(edit.article_id, edit.id, Indexed("2", frozenset("a"), pairs=(pair,)))], NOW)
    assert [one.articles for one in store.names.offered()] == [1]


def test_after_a_restore_everything_is_found_or_waits_for_the_index(store: Store, database_url: str, tmp_path: Path) -> None:
    article_id = publish_with(store, 1, ["a"])
    copy = default_file(tmp_path, NOW, ending_of(store.database))
    back_up(store.database, copy)
    store.close()
    restore(database_url, copy, tmp_path, NOW, replace=True)
    with closing(open_store(database_url, NOW)) as restored:
        waiting = restored.search.unindexed("1", 10)
        assert (found(restored, Has("a")) or [one.article_id for one in waiting]) == [article_id]
        restored.search.record([(one.article_id, one.revision_id, Indexed("1", frozenset("a"))) for one in waiting], NOW)
        assert found(restored, Has("a")) == [article_id]


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_there_before_there_was_an_index_waits_for_it(kind: str, databases: Databases, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'vestnik.db'}" if kind == "sqlite" else databases.empty_postgresql()
    fill(url, "0004")
    with closing(open_store(url, NOW, backups=tmp_path / "backups")) as store:
        waiting = store.search.unindexed("1", 100)
        assert [one.article_id for one in waiting] == in_order(store)
        store.search.record([(one.article_id, one.revision_id, Indexed("1", frozenset("a"))) for one in waiting], NOW)
        assert found(store, Has("a")) == in_order(store)
        assert store.search.count_unindexed("1") == 0


# --- died in the middle ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_match_and_its_keys_are_written_together_or_not_at_all(kind: str, databases: Databases) -> None:
    url = databases.make(kind)
    store = open_store(url, NOW)
    publish(store, 1)
    store.close()

    def match() -> None:
        opened = open_store(url, NOW)
        (revision,) = opened.matches.unmatched(10)
        opened.matches.record([MatchedRevision(revision.id, (Match("sco", (), Owed.BASELINE),), {}, Indexed("1", frozenset("a")))], NOW)

    number = 1
    while is_killed(match, at_statement(number)):
        store = open_store(url, NOW)
        assert (len(store.matches.unmatched(10)), found(store, Has("a"))) == (1, [])
        store.close()
        number += 1
    assert number > 8
    store = open_store(url, NOW)
    assert (store.matches.unmatched(10), len(found(store, Has("a")))) == ([], 1)
    store.close()


def test_the_moment_of_a_place_is_an_hour_of_utc(store: Store) -> None:
    publish_with(store, 1, ["a"], seen_at=datetime(2026, 10, 31, 23, 59, tzinfo=UTC))
    assert [moment_of(place) for place in store.search.places(EVERYTHING).places] == [datetime(2026, 10, 31, 23, tzinfo=UTC)]
