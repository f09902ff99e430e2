"""After an upgrade, what was known is fingerprinted in the new way and found again."""

from __future__ import annotations

from databases import NOW
from news import new, sighted, words
from sqlalchemy import delete, update

from storage import resketch, schema
from storage.baseline import shipped_baseline
from storage.candidates import candidates, look_up
from storage.inserting import insert_articles, insert_revision
from storage.model import BaselineEntry, Fingerprint, Sighting
from storage.store import Store


def make_older(store: Store) -> None:
    """As a version left it that made sketches in another way, and had no marks."""
    with store.database.write() as connection:
        connection.execute(delete(schema.mark))
        connection.execute(delete(schema.meta).where(schema.meta.c.key == "sketch"))
        connection.execute(update(schema.revision).values(sketch=(1, 2, 3)))


def renew(store: Store) -> None:
    with store.database.write() as connection:
        resketch.renew(connection)


def found(store: Store, seen: Sighting) -> set[int]:
    with store.database.read() as connection:
        return look_up(connection, seen)


def fingerprint_of(store: Store, article_id: int) -> Fingerprint:
    with store.database.read() as connection:
        return candidates(connection, [article_id])[0].fingerprint


def test_every_text_is_found_again(store: Store, monkeypatch: object) -> None:
    seen = list(map(sighted, range(1200)))  # more than are in memory at a time
    with store.database.write() as connection:
        known = list(insert_articles(connection, [new(one) for one in seen], NOW))
        edited = sighted(3, words(2000))
        insert_revision(connection, known[3], 2, edited.content, edited, edited.state_hash, NOW)
    make_older(store)
    renew(store)

    for number in (0, 499, 500, 1199):
        assert fingerprint_of(store, known[number]) == seen[number].fingerprint
        assert known[number] in found(store, sighted(number, f"{words(number)} и ещё", title="О другом", path="/copy"))
    assert fingerprint_of(store, known[3]) == edited.fingerprint
    assert known[3] in found(store, sighted(3, title="О другом", path="/copy")), "by the whole of its older text"
    assert known[3] not in found(store, sighted(3, f"{words(3)} и ещё", title="О другом", path="/copy"))


def test_what_ships_gets_its_sketch_anew_and_another_fingerprint_keeps_its_hash_and_title(store: Store) -> None:
    own = sighted(1)
    imported = BaselineEntry(own.family, own.url, own.keys, own.content.title, "ru", None, own.fingerprint)
    store.articles.load_baseline([*shipped_baseline(), imported], NOW)
    make_older(store)
    renew(store)

    for number, entry in enumerate(shipped_baseline(), 1):
        assert fingerprint_of(store, number) == entry.fingerprint
    kept = fingerprint_of(store, 6)
    assert (kept.content_hash, kept.sketch, kept.facts) == (own.fingerprint.content_hash, (), frozenset())
    assert 6 in found(store, sighted(1, title="О другом", path="/copy")), "by the whole of its text"
    assert 6 in found(store, sighted(1, words(700), path="/copy")), "by its title"


def test_it_is_done_once(store: Store) -> None:
    renew(store)
    with store.database.write() as connection:
        insert_articles(connection, [new(sighted(1))], NOW)
        connection.execute(delete(schema.mark))
    renew(store)
    assert not found(store, sighted(1, title="О другом", path="/copy"))
