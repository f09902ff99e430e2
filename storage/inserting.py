"""Rows of articles, locations and revisions, with what they are looked up by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, insert

from storage import schema
from storage.database import inserted_id
from storage.marks import index_marks
from storage.model import BaselineEntry, Content, Sighting
from storage.shown import UNREAD

_NEW_LOCATION = insert(schema.location)


def insert_article(
    connection: Connection, family: str, url: str, at: Mapping[str, datetime], *, source_id: int | None, baseline: bool
) -> int:
    return inserted_id(connection, schema.article, source_id=source_id, family=family, url=url, baseline=baseline, **at)


def insert_location(connection: Connection, article_id: int, url: str, state_hash: str, now: datetime) -> None:
    connection.execute(_NEW_LOCATION, {"article_id": article_id, "url": url, "first_seen_at": now, "state_hash": state_hash})


def insert_revision(
    connection: Connection,
    article_id: int,
    number: int,
    content: Content,
    identified: Sighting | BaselineEntry,
    state_hash: str,
    now: datetime,
    *,
    matched_at: datetime | None = None,
) -> None:
    """`matched_at` for one that no watch is to be held against."""
    fingerprint = identified.fingerprint
    revision_id = inserted_id(
        connection,
        schema.revision,
        article_id=article_id,
        number=number,
        recorded_at=now,
        state_hash=state_hash,
        content_hash=fingerprint.content_hash,
        sketch=fingerprint.sketch,
        facts=fingerprint.facts,
        title=content.title,
        text=content.text,
        html=content.html,
        published=content.published,
        language=content.language,
        author=content.author,
        image=content.image,
        matched_at=now if number == UNREAD else matched_at,  # a fingerprint has no text that a watch could match
    )
    index_marks(connection, article_id, content.title, fingerprint)
    if content.attachments:
        connection.execute(insert(schema.attachment), [{"revision_id": revision_id} | asdict(found) for found in content.attachments])
