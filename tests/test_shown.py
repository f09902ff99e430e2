"""Articles as pages show them: in the order in which they were first seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from databases import NOW
from news import new, sighted
from sqlalchemy import update

from storage import schema
from storage.inserting import insert_articles
from storage.model import Attachment
from storage.store import Store


def publish(store: Store, hours: list[int], attachments: tuple[Attachment, ...] = ()) -> list[int]:
    """Articles that were first seen at these hours."""
    with store.database.write() as connection:
        seen = [new(sighted(number), NOW + timedelta(hours=hour), attachments) for number, hour in enumerate(hours)]
        return list(insert_articles(connection, seen, NOW))


def join(store: Store, article_id: int, to: int) -> None:
    with store.database.write() as connection:
        connection.execute(update(schema.article).where(schema.article.c.id == article_id).values(joined_to=to))


def pages(store: Store, size: int) -> list[list[int]]:
    found: list[list[int]] = []
    while page := store.articles.page(found[-1][-1] if found else None, size):
        found.append([article.id for article in page])
    return found


@pytest.mark.parametrize("size", [1, 2, 3, 10])
def test_what_the_back_fill_read_late_stands_where_it_was_published(store: Store, size: int) -> None:
    first, late, last, twin = publish(store, [5, 1, 9, 9])
    assert [article_id for page in pages(store, size) for article_id in page] == [twin, last, first, late]


def test_an_article_that_was_joined_is_shown_as_the_other_and_stands_in_no_list(store: Store) -> None:
    first, second, third = publish(store, [1, 2, 3])
    join(store, second, first)
    assert pages(store, 1) == [[third], [first]]
    assert [article.id for article in store.articles.page(second, 10)] == [first], "whoever stood there goes on from there"
    shown = store.articles.article(second)
    assert shown is not None
    assert shown.id == first


def test_nothing_stands_below_an_article_that_is_none(store: Store) -> None:
    publish(store, [1, 2])
    assert store.articles.page(77, 10) == []
    assert store.articles.article(77) is None


def test_a_page_tells_removal_and_the_documents_of_each_without_their_texts(store: Store) -> None:
    file = Attachment("https://news.example/a.pdf", "А", "application/pdf", text="Длинный текст", error="")
    first, second = publish(store, [1, 2], (file,))
    with store.database.write() as connection:
        connection.execute(update(schema.article).where(schema.article.c.id == first).values(removed_at=NOW))
    newest, oldest = store.articles.page(None, 10)
    assert (newest.id, newest.removed_at, oldest.removed_at) == (second, None, NOW)
    assert [attachment.text for article in (newest, oldest) for attachment in article.revision.content.attachments] == ["", ""]
    whole = store.articles.article(first)
    assert whole is not None
    assert whole.revision.content.attachments == (file,)
