"""What an operator decides about identity by hand: two articles are one, or one is two. It holds for ever, whatever the rules say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, func, insert, or_, select, update

from storage import schema
from storage.candidates import candidate
from storage.database import Database
from storage.inserting import NewArticle, insert_articles
from storage.model import Content, Fingerprint, LinkState
from storage.relations import forget_relation
from storage.search.writing import out_of_date
from storage.shown import UNREAD, article_of_revision


class RulingError(Exception):
    """What was asked for can't be done; the message says why, and the way out."""


class Rulings:
    def __init__(self, database: Database) -> None:
        self._database = database

    def join(self, article_id: int, other_id: int, now: datetime) -> None:
        """Make the other article part of the first. Nothing of it is lost, so that `split` can undo it.

        Raises RulingError where there is no such article, or they are one already.
        """
        with self._database.write("articles") as connection:
            first, other = _root(connection, article_id), _root(connection, other_id)
            if first == other:
                raise RulingError(f"articles {article_id} and {other_id} are one already")
            article, revision = schema.article.c, schema.revision.c
            connection.execute(update(schema.article).where(or_(article.id == other, article.joined_to == other)).values(joined_to=first))
            connection.execute(update(schema.article).where(article.id == first).values(updated_at=now))
            # nobody is told of one publication twice
            out_of_date(connection, {other})
            connection.execute(
                update(schema.revision).where(revision.article_id == other, revision.matched_at.is_(None)).values(matched_at=now)
            )
            forget_relation(connection, first, other)
            for one in _joined(connection, first):
                _rule(connection, _keys(connection, one), first, now)

    def split(self, article_id: int, urls: Sequence[str], key: str, now: datetime, *, known: bool = False) -> int:
        """Make what stands at an address an article of its own: the one that was joined with it, or a new one, of which people are told.

        `urls`: the address, followed by those of the article's locations that are the same by `key`. `known`: nobody is told. The text is
        that which was seen there last; where it was not kept, it is read when the source is looked at. Raises RulingError where the
        address is none of the article's, or where no other one is left to it.
        """
        with self._database.write("articles") as connection:
            root = _root(connection, article_id)
            holder = _holder(connection, root, urls[0])
            if holder != root:
                out_of_date(connection, {holder})
                connection.execute(update(schema.article).where(schema.article.c.id == holder).values(joined_to=None, updated_at=now))
                location = schema.location.c  # seen since they are one, it was noted for the whole
                connection.execute(delete(schema.location).where(location.article_id == root, location.url.in_(urls)))
                _rule(connection, _keys(connection, holder), holder, now)
                return holder
            _check_left(connection, root, urls)
            fresh = _new_article(connection, root, urls[0], now, baseline=known)
            _move(connection, root, fresh, urls, key, now)
            home = candidate(connection, fresh)
            _rule(connection, [(home.family, home.language, key)], fresh, now)
            return fresh


def _root(connection: Connection, article_id: int) -> int:
    row = connection.execute(select(schema.article.c.id, schema.article.c.joined_to).where(schema.article.c.id == article_id)).first()
    if row is None:
        raise RulingError(f"there is no article {article_id}; `vestnik article list` shows those that there are")
    return int(row.joined_to or row.id)


def _joined(connection: Connection, root: int) -> list[int]:
    article = schema.article.c
    return list(connection.scalars(select(article.id).where(article.joined_to == root).order_by(article.id)))


def _holder(connection: Connection, root: int, url: str) -> int:
    """The article of a joined company that an address belongs to."""
    location, article = schema.location.c, schema.article.c
    query = (
        select(location.article_id)
        .join(schema.article, article.id == location.article_id)
        .where(location.url == url, or_(article.id == root, article.joined_to == root))
        .order_by(article.joined_to.is_(None))
    )
    found = connection.scalar(query.limit(1))
    if found is None:
        raise RulingError(f"article {root} has no location {url}; `vestnik article show {root}` lists those that it has")
    return int(found)


def _check_left(connection: Connection, root: int, urls: Sequence[str]) -> None:
    location = schema.location.c
    left = select(func.count()).where(location.article_id == root, location.url.not_in(urls))
    if not connection.scalar(left):
        raise RulingError(f"article {root} has no other address than {urls[0]}, so there is nothing to split off")


def _keys(connection: Connection, article_id: int) -> list[tuple[str, str, str]]:
    """Family, language and key of every address; of a document without one, its text."""
    key = schema.address_key.c
    query = select(key.family, key.language, key.key).where(key.article_id == article_id)
    found = [(row.family, row.language, row.key) for row in connection.execute(query)]
    known = candidate(connection, article_id)
    return found or [("", known.language, f"text:{known.fingerprint.content_hash}")]


def _rule(connection: Connection, keys: Sequence[tuple[str, str, str]], article_id: int, now: datetime) -> None:
    ruling = schema.ruling.c
    for family, language, key in keys:
        connection.execute(delete(schema.ruling).where(ruling.family == family, ruling.language == language, ruling.key == key))
        row = {"family": family, "language": language, "key": key, "article_id": article_id, "made_at": now}
        connection.execute(insert(schema.ruling), row)


def _new_article(connection: Connection, root: int, url: str, now: datetime, *, baseline: bool) -> int:
    known = candidate(connection, root)
    seen = _seen_there(connection, root, url)
    content = Content(title=known.title, text="", language=known.language)  # it is read when its source is looked at
    if seen is not None:
        content = article_of_revision(connection, seen["id"]).revision.content
    (fresh,) = insert_articles(
        connection,
        [
            NewArticle(
                family=known.family,
                url=url,
                keys=(),
                content=content,
                fingerprint=known.fingerprint
                if seen is None
                else Fingerprint(seen["content_hash"], seen["sketch"], frozenset(seen["facts"])),
                state_hash="" if seen is None else seen["state_hash"],
                first_seen_at=now,
                source_id=connection.scalar(select(schema.article.c.source_id).where(schema.article.c.id == root)),
                baseline=baseline,
                number=UNREAD if seen is None else 1,
            )
        ],
        now,
    )
    return fresh


def _seen_there(connection: Connection, root: int, url: str) -> RowMapping | None:
    """The state of the article that was seen last at the address, where it was kept."""
    location, revision = schema.location.c, schema.revision.c
    state = select(location.state_hash).where(location.article_id == root, location.url == url).scalar_subquery()
    query = select(schema.revision).where(revision.article_id == root, revision.state_hash == state, revision.number > UNREAD)
    return connection.execute(query.order_by(revision.number.desc()).limit(1)).mappings().first()


def _move(connection: Connection, root: int, fresh: int, urls: Sequence[str], key: str, now: datetime) -> None:
    """The address, its key, and the links that led there, which are read once more."""
    location, keys, link, article = schema.location.c, schema.address_key.c, schema.link.c, schema.article.c
    connection.execute(delete(schema.location).where(location.article_id == root, location.url == urls[0]))  # the new article has it
    connection.execute(update(schema.location).where(location.article_id == root, location.url.in_(urls)).values(article_id=fresh))
    connection.execute(update(schema.address_key).where(keys.article_id == root, keys.key == key).values(article_id=fresh))
    left = select(location.url).where(location.article_id == root).order_by(location.id).limit(1).scalar_subquery()
    connection.execute(update(schema.article).where(article.id == root, article.url.in_(urls)).values(url=left))
    connection.execute(update(schema.article).where(article.id == root).values(updated_at=now))
    told = {"article_id": fresh, "state": LinkState.NEW, "reason": f"split from article {root} by hand", "again_at": now}
    connection.execute(update(schema.link).where(link.article_id == root, link.url.in_(urls)).values(**told))
