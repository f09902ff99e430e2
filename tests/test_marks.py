"""What is known is found again by its words, however much is known and however alike it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from databases import NOW, Databases
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from news import FAMILY, new, sighted, words
from sqlalchemy import insert, select

from storage import schema
from storage.among import among
from storage.candidates import candidates, look_up, text_is_known
from storage.inserting import insert_articles, insert_revision
from storage.marks import CROWD
from storage.model import Attachment, Sighting
from storage.store import Store, open_store


def write(store: Store, *seen: Sighting, together: bool = True) -> list[int]:
    with store.database.write() as connection:
        if together:
            return list(insert_articles(connection, [new(one) for one in seen], NOW))
        return [article_id for one in seen for article_id in insert_articles(connection, [new(one)], NOW)]


def found(store: Store, seen: Sighting) -> set[int]:
    with store.database.read() as connection:
        return look_up(connection, seen)


def edit(store: Store, article_id: int, number: int, seen: Sighting) -> None:
    with store.database.write() as connection:
        insert_revision(connection, article_id, number, seen.content, seen, seen.state_hash, NOW)


def rows(store: Store, table: str) -> list[tuple[object, ...]]:
    with store.database.read() as connection:
        return sorted(tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table}"))


LONG = words(5)


@pytest.mark.parametrize(
    "text",
    [
        LONG.upper(),
        f"Изображение\n\n{LONG}\n\nPDF",
        f"{LONG} {words(900, 60)}",
        " ".join(LONG.split()[: len(LONG.split()) * 7 // 10]),
        f"{LONG}\n\n{LONG}",
        " ".join([*LONG.split()[60:], *LONG.split()[:60]]),
        LONG.replace("ровом", "ровам"),
    ],
    ids=["case", "labels", "a footer", "cut", "doubled", "reordered", "typos"],
)
def test_a_copy_under_another_title_and_address_is_found(store: Store, text: str) -> None:
    known = write(store, *map(sighted, range(20)))
    assert known[5] in found(store, sighted(5, text, title="Совсем о другом", path="/copy"))


@pytest.mark.parametrize(
    ("copy", "why"),
    [
        (sighted(5, words(800), title="Ни о чём"), "its address"),
        (sighted(5, words(801, 30), path="/summary"), "its title"),
        (
            replace(sighted(6, words(802), title="Перевод", path="/be"), translations=sighted(5).keys),
            "an address that it names as a translation's",
        ),
        (sighted(5, title="Документ", family=""), "its text, though it has no address"),
        (sighted(5, title="Перепечатка", family="other.example"), "its text, on another source"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_sighting_leads_to_what_it_may_have_to_do_with_by(store: Store, copy: Sighting, why: str) -> None:
    del why
    known = write(store, *map(sighted, range(20)))
    assert known[5] in found(store, copy)


def test_a_summary_in_other_words_is_found_by_a_title_that_a_few_others_have_too(store: Store) -> None:
    known = write(store, *(sighted(number, title="Новости недели") for number in range(CROWD - 1)))
    assert set(known) <= found(store, sighted(2, words(801, 30), title="Новости недели", path="/summary"))


def test_what_an_operator_ruled_is_found_by_the_address_alone(store: Store) -> None:
    (ruled, *_) = write(store, *map(sighted, range(5)))
    with store.database.write() as connection:
        connection.execute(
            insert(schema.ruling), {"family": FAMILY, "key": "/split", "language": "ru", "article_id": ruled, "made_at": NOW}
        )
    assert ruled in found(store, sighted(700, path="/split"))


@pytest.mark.parametrize("together", [True, False], ids=["at once", "one by one"])
def test_one_phrase_is_written_down_for_a_crowd_at_most_and_each_of_a_series_is_found_all_the_same(store: Store, *, together: bool) -> None:
    frame = words(3, 100)
    series = [sighted(number, f"{frame} {words(number, 40)}", title="Объявление") for number in range(3 * CROWD)]
    known = write(store, *series, together=together)

    borne = Counter(mark for mark, _ in rows(store, "mark"))
    assert max(borne.values()) == CROWD
    for article_id, one in zip(known, series, strict=True):
        assert article_id in found(store, replace(one, url="https://news.example/copy", keys=("/copy",)))


def test_the_likeliest_come_first_where_very_many_are_alike(store: Store) -> None:
    frame = words(3, 100)
    series = [sighted(number, f"{frame} {words(number, 40)}", title="Объявление") for number in range(60)]
    known = write(store, *series)
    assert len(found(store, series[50])) < 20
    assert known[50] in found(store, replace(series[50], keys=("/copy",), url="https://news.example/copy"))


def test_an_edited_article_is_found_by_its_new_words_and_by_the_whole_of_its_old_text(store: Store) -> None:
    old, edited = sighted(1), sighted(1, words(50))
    (article_id,) = write(store, old)
    edit(store, article_id, 2, edited)

    def by_words(text: str) -> bool:
        return article_id in found(store, sighted(1, text, title="Совсем о другом", path="/copy"))

    assert by_words(f"{words(50)} и ещё три слова")
    assert by_words(words(1)), "what a mirror shows that fell behind"
    assert not by_words(f"{words(1)} и ещё три слова")


def test_a_revision_that_repeats_an_older_text_is_written_down(store: Store) -> None:
    (article_id,) = write(store, sighted(1))
    for number, text in ((2, words(50)), (3, words(1)), (4, words(1) + " ещё")):
        edit(store, article_id, number, sighted(1, text))
    assert article_id in found(store, sighted(1, f"{words(1)} и снова", title="О другом", path="/copy"))


def test_articles_written_together_are_those_written_one_by_one(databases: Databases) -> None:
    seen = [*map(sighted, range(12)), sighted(3, path="/again"), sighted(4)]
    for kind in ("sqlite", "postgresql"):
        kept = []
        for together in (True, False):
            store = open_store(databases.make(kind), NOW)
            write(store, *seen, together=together)
            tables = ("article", "address_key", "location", "revision", "mark")
            kept.append({table: rows(store, table) for table in tables})
            store.close()
        assert kept[0] == kept[1]


def test_a_key_that_leads_to_another_article_stays_there(store: Store) -> None:
    first, second = write(store, sighted(1), replace(sighted(2), keys=(*sighted(2).keys, *sighted(1).keys)))
    with store.database.read() as connection:
        one, two = candidates(connection, [second, first])
    assert (one.article_id, one.keys) == (first, frozenset(sighted(1).keys))
    assert (two.article_id, two.keys) == (second, frozenset(sighted(2).keys))


def test_candidates_come_with_all_that_identity_asks_of_them(store: Store) -> None:
    seen = sighted(1)
    files = (Attachment("https://news.example/a.pdf", "А"), Attachment("https://news.example/b.pdf", "Б"))
    with store.database.write() as connection:
        first, _ = insert_articles(connection, [new(seen, attachments=files), new(sighted(2))], NOW)
    edit(store, first, 2, sighted(1, words(50)))
    with store.database.read() as connection:
        known, _ = candidates(connection, [first, first + 1])
    assert (known.text, known.fingerprint) == (words(50), sighted(1, words(50)).fingerprint)
    assert (known.locations, known.keys, known.attachments) == (frozenset([seen.url]), frozenset(seen.keys), frozenset())


def test_a_text_is_known_word_for_word_or_not_at_all(store: Store) -> None:
    write(store, sighted(1))
    with store.database.read() as connection:
        assert text_is_known(connection, sighted(9, words(1).upper()).fingerprint)
        assert not text_is_known(connection, sighted(9, words(1) + " ещё").fingerprint)


@given(st.lists(st.text(max_size=20), max_size=8), st.lists(st.text(max_size=20), max_size=8))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_value_is_among_others_or_it_is_not_whatever_the_database(store: Store, kept: list[str], asked: list[str]) -> None:
    with store.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM meta")
        names = [schema.meta.c.value.type.process_bind_param(value, connection.dialect) for value in kept]
        for place, value in enumerate(kept):
            connection.execute(insert(schema.meta), {"key": f"k{place}", "value": value})
        query = select(schema.meta.c.key).where(among(schema.meta.c.value, "many"))
        wanted = {schema.meta.c.value.type.process_bind_param(value, connection.dialect) for value in asked}
        assert set(connection.scalars(query, {"many": asked})) == {f"k{place}" for place, name in enumerate(names) if name in wanted}


@pytest.mark.parametrize(
    "write_them", [write, lambda store: edit(store, 1, 2, sighted(9, "слово"))], ids=["no article", "a text of one word"]
)
def test_little_is_no_harm(store: Store, write_them: Callable[[Store], object]) -> None:
    write(store, sighted(1))
    write_them(store)
    assert found(store, sighted(1)) == {1}
