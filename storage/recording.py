"""What a sighting changes: how a new article, a new location and a new revision follow from it, and what becomes of its link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, select, update

from storage import schema
from storage.candidates import candidate
from storage.inserting import NewArticle, insert_articles, insert_location, insert_revision, learn_keys
from storage.model import Attachment, Candidate, Decider, EditKind, LinkRead, LinkState, Recorded, Sighting, Verdict
from storage.revising import SILENT, is_dated_better, kinds_of_revision
from storage.search.writing import out_of_date


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
    new = NewArticle(
        family=sighting.family,
        url=sighting.url,
        keys=sighting.keys,
        content=sighting.content,
        fingerprint=sighting.fingerprint,
        state_hash=sighting.state_hash,
        first_seen_at=seen_at or now,
        source_id=source_id,
        baseline=baseline,
    )
    (article_id,) = insert_articles(connection, [new], now)
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
    article = _standing(connection, article_id, known.url, source_id)
    connection.execute(_IS_THERE, {"article": article_id, "here": sighting.url})
    if article.removed:
        changes |= {"removed_at": None, "updated_at": now}
    if article.joined_to is not None:
        connection.execute(_HAS_RETURNED, {"whole": article.joined_to, "now": now})
    if article.main_is_gone and sighting.url and sighting.url != known.url:
        changes |= {"url": sighting.url, "updated_at": now}
    revises = decider.revises(sighting, known, moved.seen_here)
    number = None
    if revises and not known.state_hash:
        number = 1
        insert_revision(connection, article_id, number, sighting.content, sighting, sighting.state_hash, now)
        # A reader of feeds meets a baseline when its text is read, so it must not appear below what was shown before.
        # Its address is where it was read: the one it was known by may stand in no list.
        changes |= {"updated_at": now, "first_seen_at": now, "url": sighting.url or known.url}
    elif kinds := kinds_of_revision(
        connection, sighting, known, revises=revises, removed=article.removed, renamed=moved.is_new, source_id=source_id
    ):
        number = 1 + latest_number(connection, article_id)
        told = now if SILENT.issuperset(kinds) else None
        insert_revision(connection, article_id, number, sighting.content, sighting, sighting.state_hash, now, matched_at=told, kinds=kinds)
        changes |= {"updated_at": now}
    else:
        _note_texts(connection, article_id, sighting.content.attachments)
        if is_dated_better(sighting, known):
            _note_date(connection, article_id, sighting.content.published)
            changes |= {"updated_at": now}
    if changes:
        connection.execute(update(schema.article).where(schema.article.c.id == article_id).values(**changes))
    return Recorded(article_id, number, LinkState.KNOWN, verdict.why)


class _Standing(NamedTuple):
    """Whether an article, and its main address, were found to be there when they were asked for last."""

    removed: bool
    main_is_gone: bool
    joined_to: int | None


def _standing(connection: Connection, article_id: int, url: str, source_id: int | None) -> _Standing:
    row = connection.execute(_STANDING, {"article": article_id, "url": url}).one()
    if source_id is not None and row.source_id is None:
        out_of_date(connection, {article_id})  # it is found by its source from now on
    return _Standing(row.removed_at is not None, row.gone_at is not None, row.joined_to)


_STANDING = (
    select(schema.article.c.removed_at, schema.article.c.joined_to, schema.article.c.source_id, schema.location.c.gone_at)
    .outerjoin(schema.location, (schema.location.c.article_id == schema.article.c.id) & (schema.location.c.url == bindparam("url")))
    .where(schema.article.c.id == bindparam("article"))
)


_IS_THERE = (
    update(schema.location)
    .where(
        schema.location.c.article_id == bindparam("article"),
        schema.location.c.url == bindparam("here"),
        schema.location.c.gone_at.is_not(None),
    )
    .values(gone_at=None)
)


_HAS_RETURNED = (
    update(schema.article)
    .where(schema.article.c.id == bindparam("whole"), schema.article.c.removed_at.is_not(None))
    .values(removed_at=None, updated_at=bindparam("now", type_=schema.Moment()))
)
"""What an article was joined to is there while a part of it is."""


def _note_date(connection: Connection, article_id: int, published: date | None) -> None:
    """The latest revision bears it from now on: that a date was found at last is no news."""
    latest = select(func.max(schema.revision.c.id)).where(schema.revision.c.article_id == article_id).scalar_subquery()
    connection.execute(update(schema.revision).where(schema.revision.c.id == latest).values(published=published))


def _note_texts(connection: Connection, article_id: int, attachments: Sequence[Attachment]) -> None:
    """What documents say that could not be read when the article's latest revision was recorded. Watches are held against it once more."""
    latest = connection.scalar(select(func.max(schema.revision.c.id)).where(schema.revision.c.article_id == article_id))
    read = False
    for found in attachments:
        if found.text or found.error:
            new = {"revision": latest, "url_": found.url, "text_": found.text, "error_": found.error}
            read |= connection.execute(_READ_LATER, new).rowcount > 0 and bool(found.text)
    if read:
        kinds = connection.scalar(select(schema.revision.c.kinds).where(schema.revision.c.id == latest)) or ""
        # whoever is told of no new date is told of new words
        silent = kinds and SILENT.issuperset(map(EditKind, kinds.split()))
        told = f"{kinds} {EditKind.ATTACHMENT}" if silent else kinds
        connection.execute(_TO_BE_MATCHED, {"revision": latest, "kinds_": told})


_attachment = schema.attachment.c
_READ_LATER = (
    update(schema.attachment)
    .where(_attachment.revision_id == bindparam("revision"), _attachment.url == bindparam("url_"), _attachment.text == "")
    .values(text=bindparam("text_"), error=bindparam("error_"))
)
_TO_BE_MATCHED = (
    update(schema.revision).where(schema.revision.c.id == bindparam("revision")).values(matched_at=None, kinds=bindparam("kinds_"))
)


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
    if link.burst and recorded.revision is not None:
        row = schema.revision.c
        its = update(schema.revision).where(row.article_id == recorded.article_id, row.number == recorded.revision)
        connection.execute(its.values(burst=link.burst))


_READ = (
    update(schema.link)
    .where(schema.link.c.id == bindparam("link"))
    .values(again_at=bindparam("again_at_"), etag=bindparam("etag_"), last_modified=bindparam("last_modified_"), tries=0, gone=0)
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
