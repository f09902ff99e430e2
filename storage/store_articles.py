"""Articles: recognised, written down with their revisions and locations, and read back for feeds and pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select, update

from storage import schema
from storage.candidates import candidate, find_candidates, forget_sketch, index_sketch, learn_keys
from storage.database import START, Database, inserted_id
from storage.model import (
    Article,
    Attachment,
    BaselineEntry,
    Candidate,
    Content,
    Decider,
    FeedState,
    LinkRead,
    LinkState,
    Recorded,
    Revision,
    Sighting,
    Verdict,
)
from storage.shown import UNREAD, articles_of, revision_of, shown, was_read


class Articles:
    def __init__(self, database: Database, instance: str) -> None:
        self._database = database
        self._instance = instance

    # --- written -----------------------------------------------------------------------------------------------------------------------

    def record(
        self,
        sighting: Sighting,
        decider: Decider,
        now: datetime,
        *,
        source_id: int | None = None,
        link: LinkRead | None = None,
        baseline: bool = False,
        seen_at: datetime | None = None,
    ) -> Recorded:
        """Recognise a sighting and write down what is new of it: article, location, revision, the link's state.

        `seen_at`: when a new article counts as first seen, where that is not now: one that the back-fill reads stands where it was
        published. Deciding and writing are one transaction, so two collectors that meet the same publication make one article of it.
        """
        with self._database.write(f"family {sighting.family}") as connection:
            candidates = find_candidates(connection, sighting)
            verdict = decider.identify(sighting, candidates)
            if verdict.article_id is None:
                recorded = _record_new(connection, sighting, verdict, now, source_id=source_id, baseline=baseline, seen_at=seen_at)
            else:
                known = next(candidate for candidate in candidates if candidate.article_id == verdict.article_id)
                recorded = _record_known(connection, sighting, known, verdict, decider, now, source_id)
            if link is not None:
                _note_read(connection, link, recorded)
            return recorded

    def record_again(
        self, sighting: Sighting, decider: Decider, now: datetime, *, article_id: int, revision: int, fetched_at: datetime
    ) -> int | None:
        """Write down what an archived page of an article says by other rules than those it was read by; nobody is told of it.

        Only while `revision` is the article's latest. The number of the new one, which bears the time at which the page was fetched: that
        is when the site said so. None where there is nothing new, or somebody was quicker.
        """
        with self._database.write(f"family {sighting.family}") as connection:
            if not _says_more(connection, sighting, decider, article_id, revision):
                return None
            _note_location(connection, article_id, sighting, now)
            forget_sketch(connection, article_id)
            latest = schema.revision.c
            recorded_at = connection.scalar(select(latest.recorded_at).where(latest.article_id == article_id, latest.number == revision))
            seen_at = max(fetched_at, recorded_at or fetched_at)  # states stand in the order of their times
            content, state = sighting.content, sighting.state_hash
            _insert_revision(connection, article_id, revision + 1, content, sighting, state, seen_at, matched_at=now)
            connection.execute(update(schema.article).where(schema.article.c.id == article_id).values(updated_at=now))
            return revision + 1

    def would_record_again(self, sighting: Sighting, decider: Decider, *, article_id: int, revision: int) -> bool:
        """Whether `record_again` would write a revision; nothing is written."""
        with self._database.read() as connection:
            return _says_more(connection, sighting, decider, article_id, revision)

    def identify(self, sighting: Sighting, decider: Decider) -> Verdict:
        """The verdict that `record` would come to; nothing is written."""
        with self._database.read() as connection:
            return decider.identify(sighting, find_candidates(connection, sighting))

    def load_baseline(self, entries: Sequence[BaselineEntry], now: datetime) -> int:
        """Write down publications by what identifies them. Those known already by an address or by their text are left alone."""
        loaded = 0
        with self._database.write(START) as connection:
            for entry in entries:
                if _baseline_known(connection, entry):
                    continue
                at = {"first_seen_at": now, "updated_at": now}
                article_id = _insert_article(connection, entry.family, entry.url, at, source_id=None, baseline=True)
                learn_keys(connection, entry.family, entry.keys, entry.language, article_id)
                if entry.url:
                    _insert_location(connection, article_id, entry.url, "", now)
                content = Content(title=entry.title, text="", published=entry.published, language=entry.language)
                _insert_revision(connection, article_id, UNREAD, content, entry, "", now)
                loaded += 1
        return loaded

    # --- read --------------------------------------------------------------------------------------------------------------------------

    def latest(self, now: datetime, *, at_least: int = 100, days: int = 30, at_most: int = 500) -> list[Article]:
        """What a feed holds: by first seen, newest first; at least `at_least` and all of the last `days`, at most `at_most`.

        Documents that were imported and stand at no source are none of it: they are known, and would be old news.
        """
        article = schema.article.c
        published = article.source_id.is_not(None)
        with self._database.read() as connection:
            recent = (
                connection.scalar(select(func.count()).where(article.first_seen_at >= now - timedelta(days=days), published, was_read()))
                or 0
            )
            query = shown().where(published).order_by(article.first_seen_at.desc(), article.id.desc())
            return articles_of(connection, query.limit(min(max(recent, at_least), at_most)))

    def page(self, before: int | None, limit: int) -> list[Article]:
        """A page of articles, newest first, those with an id below `before`."""
        article = schema.article.c
        query = shown().order_by(article.id.desc()).limit(limit)
        with self._database.read() as connection:
            return articles_of(connection, query if before is None else query.where(article.id < before))

    def article(self, article_id: int) -> Article | None:
        with self._database.read() as connection:
            found = articles_of(connection, shown().where(schema.article.c.id == article_id), texts=True)
        return found[0] if found else None

    def attachments(self, article_id: int) -> list[Attachment]:
        """The documents of an article's latest revision."""
        latest = select(schema.revision).where(schema.revision.c.article_id == article_id).order_by(schema.revision.c.number.desc())
        with self._database.read() as connection:
            row = connection.execute(latest.limit(1)).mappings().first()
            return list(revision_of(connection, row, texts=True).content.attachments) if row else []

    def revisions(self, article_id: int) -> list[Revision]:
        """All states of an article that were read, the first one first."""
        revision = schema.revision.c
        query = select(schema.revision).where(revision.article_id == article_id, revision.number > UNREAD).order_by(revision.number)
        with self._database.read() as connection:
            return [revision_of(connection, row) for row in connection.execute(query).mappings()]

    def feed_state(self) -> FeedState:
        """What decides a feed's bytes, by index look-ups alone."""
        with self._database.read() as connection:
            changed_at = connection.scalar(select(func.max(schema.article.c.updated_at)))
            revisions = connection.scalar(select(func.max(schema.revision.c.id))) or 0
            locations = connection.scalar(select(func.max(schema.location.c.id))) or 0
            born = connection.scalar(select(schema.meta.c.value).where(schema.meta.c.key == "created_at"))
        return FeedState(self._instance, changed_at or datetime.fromisoformat(str(born)), revisions + locations)

    def count(self) -> int:
        """How many articles are known, those of the baseline that were never read included."""
        with self._database.read() as connection:
            return connection.scalar(select(func.count()).select_from(schema.article)) or 0


def _record_new(
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
    article_id = _insert_article(connection, sighting.family, sighting.url, at, source_id=source_id, baseline=baseline)
    learn_keys(connection, sighting.family, sighting.keys, content.language, article_id)
    if sighting.url:
        _insert_location(connection, article_id, sighting.url, sighting.state_hash, now)
    _insert_revision(connection, article_id, 1, content, sighting, sighting.state_hash, now)
    return Recorded(article_id, 1, LinkState.BASELINE if baseline else LinkState.NEW, verdict.why)


def _record_known(
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
    moved = _note_location(connection, article_id, sighting, now)
    changes: dict[str, Any] = {"updated_at": now} if moved.is_new else {}
    if source_id is not None:
        changes |= {"source_id": func.coalesce(schema.article.c.source_id, source_id)}
    if not known.family and sighting.family:
        changes |= {"family": sighting.family, "url": sighting.url}
    number = None
    if decider.revises(sighting, known, moved.seen_here):
        number = 1 + _latest_number(connection, article_id)
        forget_sketch(connection, article_id)
        _insert_revision(connection, article_id, number, sighting.content, sighting, sighting.state_hash, now)
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


def _says_more(connection: Connection, sighting: Sighting, decider: Decider, article_id: int, revision: int) -> bool:
    """Whether an archived page of an article makes a revision behind the one that is its latest."""
    if _latest_number(connection, article_id) != revision:
        return False
    known = candidate(connection, article_id)
    # a date alone makes no edit, but better rules for it are a reason to read again
    redated = sighting.url == known.url and sighting.content.published != known.published
    return redated or decider.revises(sighting, known, _seen_here(connection, article_id, sighting.url))


def _note_read(connection: Connection, link: LinkRead, recorded: Recorded) -> None:
    """The link's state tells what its first reading found; a later one changes it only where the address leads to another article now."""
    told = {"link": link.id, "again_at_": link.again_at, "etag_": link.validators.etag, "last_modified_": link.validators.last_modified}
    connection.execute(_READ, told)
    found = {"link": link.id, "state_": recorded.state, "reason_": recorded.why, "article": recorded.article_id}
    connection.execute(_LED_TO, found)


_NEW_LOCATION = insert(schema.location)
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


def _note_location(connection: Connection, article_id: int, sighting: Sighting, now: datetime) -> _Location:
    location = schema.location.c
    if not sighting.url:
        return _Location(is_new=False, seen_here=None)
    here = (location.article_id == article_id, location.url == sighting.url)
    seen_here = _seen_here(connection, article_id, sighting.url)
    if seen_here is None:
        _insert_location(connection, article_id, sighting.url, sighting.state_hash, now)
        return _Location(is_new=True, seen_here=None)
    if seen_here != sighting.state_hash:
        connection.execute(update(schema.location).where(*here).values(state_hash=sighting.state_hash))
    return _Location(is_new=False, seen_here=seen_here or None)


def _seen_here(connection: Connection, article_id: int, url: str) -> str | None:
    """The state that was last seen of an article at an address; None at a new one."""
    location = schema.location.c
    found: str | None = connection.scalar(select(location.state_hash).where(location.article_id == article_id, location.url == url))
    return found


def _latest_number(connection: Connection, article_id: int) -> int:
    revision = schema.revision.c
    return connection.scalar(select(func.max(revision.number)).where(revision.article_id == article_id)) or 0


def _insert_article(
    connection: Connection, family: str, url: str, at: Mapping[str, datetime], *, source_id: int | None, baseline: bool
) -> int:
    return inserted_id(connection, schema.article, source_id=source_id, family=family, url=url, baseline=baseline, **at)


def _insert_location(connection: Connection, article_id: int, url: str, state_hash: str, now: datetime) -> None:
    connection.execute(_NEW_LOCATION, {"article_id": article_id, "url": url, "first_seen_at": now, "state_hash": state_hash})


def _insert_revision(
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
    index_sketch(connection, article_id, fingerprint.sketch)
    if content.attachments:
        connection.execute(insert(schema.attachment), [{"revision_id": revision_id} | asdict(found) for found in content.attachments])


def _baseline_known(connection: Connection, entry: BaselineEntry) -> bool:
    key, revision = schema.address_key.c, schema.revision.c
    by_key = select(key.article_id).where(key.family == entry.family, key.key.in_(entry.keys), key.language == entry.language)
    if entry.keys and connection.scalar(by_key.limit(1)) is not None:
        return True
    return connection.scalar(select(revision.id).where(revision.content_hash == entry.fingerprint.content_hash).limit(1)) is not None
