"""The tables, in the vocabulary of `storage.model`. Alembic's migrations make them; a test holds the two equal."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

from storage.keys import short_key, storable

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    },
)


class Moment(TypeDecorator[datetime]):
    """An aware time in UTC on both databases. SQLite drops zones, so they are put back; a naive time is a bug and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive time was about to be stored: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Published(TypeDecorator[date]):
    """A date of publication as ISO 8601: a date, or a time with the offset that the source gave."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> date | None:
        del dialect
        if value is None:
            return None
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


class Words(TypeDecorator[str]):
    """Text from outside. NUL, which PostgreSQL refuses, goes; lone surrogates, which neither can encode, become U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else storable(value)


class Key(TypeDecorator[str]):
    """By what something is found again: like `Words`, and short enough for an index (`short_key`)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else short_key(value)


class Hashes(TypeDecorator[tuple[int, ...]]):
    """A set of 63-bit hashes, rising, eight little-endian bytes each."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Iterable[int] | None, dialect: Dialect) -> bytes | None:
        del dialect
        if value is None:
            return None
        hashes = value if isinstance(value, tuple) else sorted(value)  # a sketch is rising as it is
        return struct.pack(f"<{len(hashes)}Q", *hashes)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> tuple[int, ...] | None:
        del dialect
        return None if value is None else struct.unpack(f"<{len(value) // 8}Q", value)


# SQLite gives a table its own rising ids only for INTEGER PRIMARY KEY.
_Id = BigInteger().with_variant(Integer, "sqlite")


def _id() -> Column[int]:
    return Column("id", _Id, primary_key=True)


def _of(table: str, *, nullable: bool = False, index: bool = False) -> Column[int]:
    return Column(f"{table}_id", _Id, ForeignKey(f"{table}.id"), nullable=nullable, index=index)


meta = Table("meta", metadata, Column("key", String(40), primary_key=True), Column("value", Words, nullable=False))

source = Table(
    "source",
    metadata,
    _id(),
    Column("name", String(200), nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    Column("first_good_at", Moment),
    Column("last_good_at", Moment),
    Column("due_at", Moment, nullable=False),
    Column("leased_until", Moment),
    Column("failures", Integer, nullable=False),
    Column("error", Words, nullable=False),
    Column("definition", Words),
    Column("ways", Words),
    Column("surveyed_at", Moment),
    Column("ruled", Boolean, nullable=False, server_default=text("false")),
    Column("paused_at", Moment),
    # What its next good look shows is baseline: the operator wants nothing told of what appeared while it was paused.
    Column("silent", Boolean, nullable=False, server_default=text("false")),
    # When a pause ended; empty again after the next good look.
    Column("resumed_at", Moment),
)

entry_point = Table(
    "entry_point",
    metadata,
    _id(),
    _of("source"),
    Column("url", Words, nullable=False),
    Column("etag", Words, nullable=False),
    Column("last_modified", Words, nullable=False),
    Column("unchanged", Integer, nullable=False, server_default=text("0")),
    Column("lies", Boolean, nullable=False, server_default=text("false")),
    Column("read_at", Moment),
    Column("position", BigInteger),
    Column("ruled", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("source_id", "url"),
)

look = Table(
    "look",
    metadata,
    _id(),
    _of("source", index=True),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment, nullable=False),
    Column("error", Words, nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("seen", "unknown", "new", "revised", "known", "baseline", "failed")),
    Column("held", Integer, nullable=False, server_default=text("0")),
    Column("noted", Words),
    # Links that it showed first and left unread; empty for looks before these were counted.
    Column("waiting", Integer),
    # Links of earlier looks that it read for the first time.
    Column("earlier", Integer, nullable=False, server_default=text("0")),
    Index("ix_look_source_id_id", "source_id", "id"),
)

article = Table(
    "article",
    metadata,
    _id(),
    _of("source", nullable=True, index=True),
    Column("family", String(255), nullable=False),
    Column("url", Words, nullable=False),
    Column("baseline", Boolean, nullable=False),
    Column("first_seen_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False, index=True),
    # The article that an operator joined it to; it is shown there from then on.
    Column("joined_to", _Id, ForeignKey("article.id"), index=True),
    Column("removed_at", Moment),
    Index("ix_article_first_seen_at_id", "first_seen_at", "id"),
    Index("ix_article_source_id_first_seen_at", "source_id", "first_seen_at"),
)

# One key may lead to one article a language: translations share a path on some sites.
address_key = Table(
    "address_key",
    metadata,
    Column("family", String(255), nullable=False),
    Column("key", Key, nullable=False),
    Column("language", String(8), nullable=False),
    _of("article", index=True),
    PrimaryKeyConstraint("family", "key", "language"),
)

location = Table(
    "location",
    metadata,
    _id(),
    _of("article"),
    Column("url", Words, nullable=False),
    Column("first_seen_at", Moment, nullable=False),
    Column("state_hash", String(64), nullable=False),
    Column("gone_at", Moment),
    UniqueConstraint("article_id", "url"),
    Index("ix_location_url", "url"),
)

revision = Table(
    "revision",
    metadata,
    _id(),
    _of("article"),
    Column("number", Integer, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("state_hash", String(64), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("sketch", Hashes, nullable=False),
    Column("facts", Hashes, nullable=False),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("html", Words, nullable=False),
    Column("published", Published),
    Column("language", String(8), nullable=False),
    Column("author", Words, nullable=False),
    Column("image", Words, nullable=False),
    Column("matched_at", Moment),
    # What kinds of edit it is (`EditKind`), parted by spaces; empty for the first one.
    Column("kinds", String(120), nullable=False, server_default=text("''")),
    # The released burst that it came with: what is owed for it is told together.
    Column("burst", String(120)),
    UniqueConstraint("article_id", "number"),
    Index("ix_revision_unmatched", "id", sqlite_where=text("matched_at IS NULL"), postgresql_where=text("matched_at IS NULL")),
)

attachment = Table(
    "attachment",
    metadata,
    _id(),
    _of("revision", index=True),
    Column("url", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("media_type", Words, nullable=False),
    Column("text", Words, nullable=False, server_default=text("''")),
    Column("error", Words, nullable=False, server_default=text("''")),
)

# By what the texts of articles are looked up: 32-bit hashes of the whole text, of the title, and of some word 3-grams. No foreign key: it
# would be asked a dozen times an article, and a mark that leads nowhere harms nobody.
mark = Table(
    "mark",
    metadata,
    Column("hash", Integer, nullable=False),
    Column("article_id", Integer, nullable=False),
    PrimaryKeyConstraint("hash", "article_id"),
    sqlite_with_rowid=False,
)

# What two articles are to each other without being one; the smaller id stands first.
relation = Table(
    "relation",
    metadata,
    Column("article_id", _Id, ForeignKey("article.id"), nullable=False),
    Column("other_id", _Id, ForeignKey("article.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("why", Words, nullable=False),
    Column("noted_at", Moment, nullable=False),
    PrimaryKeyConstraint("article_id", "other_id"),
)

# What an operator decided: whatever is seen at this address in this language is this article, for ever.
ruling = Table(
    "ruling",
    metadata,
    Column("family", String(255), nullable=False),
    Column("key", Key, nullable=False),
    Column("language", String(8), nullable=False),
    _of("article", index=True),
    Column("made_at", Moment, nullable=False),
    PrimaryKeyConstraint("family", "key", "language"),
)

link = Table(
    "link",
    metadata,
    _id(),
    _of("source"),
    Column("key", Key, nullable=False),
    Column("url", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("published", Published),
    Column("teaser", Words, nullable=False),
    Column("alias_keys", Words, nullable=False),
    Column("baseline", Boolean, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", Words, nullable=False),
    _of("article", nullable=True, index=True),
    Column("tries", Integer, nullable=False),
    Column("again_at", Moment),
    Column("etag", Words, nullable=False),
    Column("last_modified", Words, nullable=False),
    Column("first_seen_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False),
    Column("whole", Words),
    Column("backfilled", Boolean, nullable=False, server_default=text("false")),
    # How often in a row the server said that there is nothing (404, 410).
    Column("gone", Integer, nullable=False, server_default=text("0")),
    Column("burst", String(120)),
    UniqueConstraint("source_id", "key"),
    Index("ix_link_unread", "source_id", "state"),
)

# How far the older pages of a list were followed; one row for each list, and it stays when it is done.
backfill = Table(
    "backfill",
    metadata,
    _id(),
    _of("source"),
    Column("url", Words, nullable=False),
    Column("next_page", Words, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("links", Integer, nullable=False),
    Column("oldest", Published),
    Column("begun_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("leased_until", Moment),
    Column("failures", Integer, nullable=False),
    Column("error", Words, nullable=False),
    Column("ended_at", Moment),
    Column("why", Words, nullable=False),
    UniqueConstraint("source_id", "url"),
)

# What could not be bridged between two looks (promise 2).
gap = Table(
    "gap",
    metadata,
    _id(),
    _of("source", index=True),
    Column("url", Words, nullable=False),
    Column("next_page", Words, nullable=False),
    Column("since", Moment),
    Column("noticed_at", Moment, nullable=False),
    Column("words", Words, nullable=False),
    Column("bridged_at", Moment),
)

# Watches that are made while the service runs; those of the configuration stand there alone. Lists are JSON.
watch = Table(
    "watch",
    metadata,
    _id(),
    Column("name", String(200), nullable=False, unique=True),
    Column("query", Words, nullable=False),
    *(Column(name, Words, nullable=False) for name in ("terms", "exclude", "tags", "channels", "told_of")),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("removed_at", Moment),
    # Rises with every change of any watch, so that a running service finds what it has not seen.
    Column("version", Integer, nullable=False, index=True),
)

# Names and abbreviations that texts say are one.
name_pair = Table(
    "name_pair",
    metadata,
    Column("short_key", Key, nullable=False),
    Column("long_key", Key, nullable=False),
    Column("short", Words, nullable=False),
    Column("long", Words, nullable=False),
    # How many articles say so.
    Column("articles", Integer, nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("noted_at", Moment, nullable=False),
    Column("decided_at", Moment),
    PrimaryKeyConstraint("short_key", "long_key"),
)

# Which state of an article the search index holds. The keys stand in `search_keys`, which is FTS5 or tsvector and so known to
# `storage.search` alone.
search = Table(
    "search",
    metadata,
    Column("article_id", _Id, ForeignKey("article.id"), primary_key=True, autoincrement=False),
    # Its row in `search_keys`; the newer the article, the higher.
    Column("place", BigInteger, nullable=False),
    Column("revision_id", _Id, nullable=False),
    Column("version", String(40), nullable=False),
    Column("whole", Boolean, nullable=False),
    Index("ix_search_place", "place", unique=True),
    Index("ix_search_version_place", "version", "place"),
)

match = Table(
    "match",
    metadata,
    _of("revision"),
    Column("watch", String(200), nullable=False),
    Column("owed", String(20), nullable=False),
    Column("spans", Text, nullable=False),
    PrimaryKeyConstraint("revision_id", "watch"),
    quote=True,
)

recipient = Table(
    "recipient",
    metadata,
    _id(),
    Column("key", String(64), nullable=False, unique=True),
    Column("channel", String(200), nullable=False),
)

delivery = Table(
    "delivery",
    metadata,
    _id(),
    _of("recipient"),
    _of("revision", nullable=True, index=True),
    _of("notice", nullable=True),
    Column("message_id", String(120), nullable=False, index=True),
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("leased_until", Moment),
    Column("sent_at", Moment),
    Column("error", Words, nullable=False),
    # What is sent as one message to a recipient.
    Column("digest", String(120)),
    UniqueConstraint("recipient_id", "revision_id"),
    UniqueConstraint("recipient_id", "notice_id"),
    CheckConstraint("(revision_id IS NULL) <> (notice_id IS NULL)", name="ck_delivery_one_thing"),
    Index("ix_delivery_due", "state", "due_at"),
)

delivery_watch = Table(
    "delivery_watch",
    metadata,
    _of("delivery"),
    Column("watch", String(200), nullable=False),
    PrimaryKeyConstraint("delivery_id", "watch"),
)

# --- health --------------------------------------------------------------------------------------------------------------------------

# What was judged of each source, and up to which of its looks.
health = Table(
    "health",
    metadata,
    Column("source_id", _Id, ForeignKey("source.id"), primary_key=True, autoincrement=False),
    Column("look_id", _Id, nullable=False),
    Column("at", Moment, nullable=False),
    Column("cause", String(40), nullable=False),
    Column("firm", Boolean, nullable=False),
    Column("words", Words, nullable=False),
    Column("since", Moment),
    Column("good_at", Moment),
)

incident = Table(
    "incident",
    metadata,
    _id(),
    Column("scope", String(300), nullable=False),
    _of("source", nullable=True, index=True),
    Column("cause", String(40), nullable=False),
    Column("about", Words, nullable=False),
    Column("words", Words, nullable=False),
    Column("detail", Words, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False),
    Column("reopened_at", Moment),
    Column("closed_at", Moment, index=True),
    Column("told", Boolean, nullable=False),
    Column("tellings", Integer, nullable=False),
    Index(
        "ux_incident_open",
        "scope",
        "cause",
        unique=True,
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
)

# A message to the operator, without the words of any language around what it says.
notice = Table(
    "notice",
    metadata,
    _id(),
    Column("name", String(200), nullable=False, unique=True),
    Column("kind", String(40), nullable=False),
    Column("cause", String(40), nullable=False),
    Column("scope", String(300), nullable=False),
    Column("about", Words, nullable=False),
    Column("words", Words, nullable=False),
    Column("detail", Words, nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    Column("created_at", Moment, nullable=False),
)
