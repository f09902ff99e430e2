"""What a sighting changes: how a new article, a new location and a new revision follow from it, and what becomes of its link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, select, update

from storage import schema
from storage.candidates import candidate, learn_keys
from storage.inserting import insert_article, insert_location, insert_revision
from storage.model import Attachment, Candidate, Decider, LinkRead, LinkState, Recorded, Sighting, Verdict


def record_new(
    connection: Connection,
    sighting: Sighting,
    verdict: Verdict,
    now: datetime,
    *,
    source_id: int | None,
    baseline: bool,
    seen_at: datetime | None,
) -> Recorded:
    content = sighting.content
    at = {"first_seen_at": seen_at or now, "updated_at": now}
    article_id = insert_article(connection, sighting.family, sighting.url, at, source_id=source_id, baseline=baseline)
    learn_keys(connection, sighting.family, sighting.keys, content.language, article_id)
    if sighting.url:
        insert_location(connection, article_id, sighting.url, sighting.state_hash, now)
    insert_revision(connection, article_id, 1, content, sighting, sighting.state_hash, now)
    return Recorded(article_id, 1, LinkState.BASELINE if baseline else LinkState.NEW, verdict.why)


def record_known(
    connection: Connection,
    sighting: Sighting,
    known: Candidate,
    verdict: Verdict,
    decider: Decider,
    now: datetime,
    source_id: int | None,
) -> Recorded:
    article_id = known.article_id
    learn_keys(connection, known.family or sighting.family, sighting.keys, sighting.content.language, article_id)
    moved = note_location(connection, article_id, sighting, now)
    changes: dict[str, Any] = {"updated_at": now} if moved.is_new else {}
    if source_id is not None:
        changes |= {"source_id": func.coalesce(schema.article.c.source_id, source_id)}
    if not known.family and sighting.family:
        changes |= {"family": sighting.family, "url": sighting.url}
    number = None
    if decider.revises(sighting, known, moved.seen_here):
        number = 1 + latest_number(connection, article_id)
        insert_revision(connection, article_id, number, sighting.content, sighting, sighting.state_hash, now)
        changes |= {"updated_at": now}
        if number == 1:
            # A reader of feeds meets a baseline when its text is read, so it must not appear below what was shown before.
            # Its address is where it was read: the one it was known by may stand in no list.
            changes |= {"first_seen_at": now, "url": sighting.url or known.url}
    else:
        _note_texts(connection, article_id, sighting.content.attachments)
    if changes:
        connection.execute(update(schema.article).where(schema.article.c.id == article_id).values(**changes))
    return Recorded(article_id, number, LinkState.KNOWN, verdict.why)


def _note_texts(connection: Connection, article_id: int, attachments: Sequence[Attachment]) -> None:
    """What documents say that could not be read when the article's latest revision was recorded."""
    row = schema.attachment.c
    latest = select(func.max(schema.revision.c.id)).where(schema.revision.c.article_id == article_id).scalar_subquery()
    for found in attachments:
        if found.text or found.error:
            unread = (row.revision_id == latest, row.url == found.url, row.text == "")
            connection.execute(update(schema.attachment).where(*unread).values(text=found.text, error=found.error))


def says_more(connection: Connection, sighting: Sighting, decider: Decider, article_id: int, revision: int) -> bool:
    """Whether an archived page of an article makes a revision behind the one that is its latest."""
    if latest_number(connection, article_id) != revision:
        return False
    known = candidate(connection, article_id)
    # a date alone makes no edit, but better rules for it are a reason to read again
    redated = sighting.url == known.url and sighting.content.published != known.published
    return redated or decider.revises(sighting, known, seen_here(connection, article_id, sighting.url))


def note_read(connection: Connection, link: LinkRead, recorded: Recorded) -> None:
    """The link's state tells what its first reading found; a later one changes it only where the address leads to another article now."""
    told = {"link": link.id, "again_at_": link.again_at, "etag_": link.validators.etag, "last_modified_": link.validators.last_modified}
    connection.execute(_READ, told)
    found = {"link": link.id, "state_": recorded.state, "reason_": recorded.why, "article": recorded.article_id}
    connection.execute(_LED_TO, found)


_READ = (
    update(schema.link)
    .where(schema.link.c.id == bindparam("link"))
    .values(again_at=bindparam("again_at_"), etag=bindparam("etag_"), last_modified=bindparam("last_modified_"), tries=0)
)
_LED_TO = (
    update(schema.link)
    .where(schema.link.c.id == bindparam("link"), schema.link.c.article_id.is_distinct_from(bindparam("article")))
    .values(state=bindparam("state_"), reason=bindparam("reason_"), article_id=bindparam("article"))
)


class _Location(NamedTuple):
    """An address of an article: new to it, or with the state that was last seen there."""

    is_new: bool
    seen_here: str | None


def note_location(connection: Connection, article_id: int, sighting: Sighting, now: datetime) -> _Location:
    location = schema.location.c
    if not sighting.url:
        return _Location(is_new=False, seen_here=None)
    here = (location.article_id == article_id, location.url == sighting.url)
    before = seen_here(connection, article_id, sighting.url)
    if before is None:
        insert_location(connection, article_id, sighting.url, sighting.state_hash, now)
        return _Location(is_new=True, seen_here=None)
    if before != sighting.state_hash:
        connection.execute(update(schema.location).where(*here).values(state_hash=sighting.state_hash))
    return _Location(is_new=False, seen_here=before or None)


def seen_here(connection: Connection, article_id: int, url: str) -> str | None:
    """The state that was last seen of an article at an address; None at a new one."""
    location = schema.location.c
    found: str | None = connection.scalar(select(location.state_hash).where(location.article_id == article_id, location.url == url))
    return found


def latest_number(connection: Connection, article_id: int) -> int:
    revision = schema.revision.c
    return connection.scalar(select(func.max(revision.number)).where(revision.article_id == article_id)) or 0
