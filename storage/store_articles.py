"""Articles: recognised, written down with their revisions and locations, and read back for feeds and pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, update

from storage import schema
from storage.candidates import find_candidates, learn_keys
from storage.database import START, Database
from storage.inserting import insert_article, insert_location, insert_revision
from storage.model import (
    Article,
    Attachment,
    BaselineEntry,
    Content,
    Decider,
    FeedState,
    LinkRead,
    Recorded,
    Revision,
    Sighting,
    Verdict,
)
from storage.recording import note_location, note_read, record_known, record_new, says_more
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
                recorded = record_new(connection, sighting, verdict, now, source_id=source_id, baseline=baseline, seen_at=seen_at)
            else:
                known = next(candidate for candidate in candidates if candidate.article_id == verdict.article_id)
                recorded = record_known(connection, sighting, known, verdict, decider, now, source_id)
            if link is not None:
                note_read(connection, link, recorded)
            return recorded

    def record_again(
        self, sighting: Sighting, decider: Decider, now: datetime, *, article_id: int, revision: int, fetched_at: datetime
    ) -> int | None:
        """Write down what an archived page of an article says by other rules than those it was read by; nobody is told of it.

        Only while `revision` is the article's latest. The number of the new one, which bears the time at which the page was fetched: that
        is when the site said so. None where there is nothing new, or somebody was quicker.
        """
        with self._database.write(f"family {sighting.family}") as connection:
            if not says_more(connection, sighting, decider, article_id, revision):
                return None
            note_location(connection, article_id, sighting, now)
            latest = schema.revision.c
            recorded_at = connection.scalar(select(latest.recorded_at).where(latest.article_id == article_id, latest.number == revision))
            seen_at = max(fetched_at, recorded_at or fetched_at)  # states stand in the order of their times
            content, state = sighting.content, sighting.state_hash
            insert_revision(connection, article_id, revision + 1, content, sighting, state, seen_at, matched_at=now)
            connection.execute(update(schema.article).where(schema.article.c.id == article_id).values(updated_at=now))
            return revision + 1

    def would_record_again(self, sighting: Sighting, decider: Decider, *, article_id: int, revision: int) -> bool:
        """Whether `record_again` would write a revision; nothing is written."""
        with self._database.read() as connection:
            return says_more(connection, sighting, decider, article_id, revision)

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
                article_id = insert_article(connection, entry.family, entry.url, at, source_id=None, baseline=True)
                learn_keys(connection, entry.family, entry.keys, entry.language, article_id)
                if entry.url:
                    insert_location(connection, article_id, entry.url, "", now)
                content = Content(title=entry.title, text="", published=entry.published, language=entry.language)
                insert_revision(connection, article_id, UNREAD, content, entry, "", now)
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


def _baseline_known(connection: Connection, entry: BaselineEntry) -> bool:
    key, revision = schema.address_key.c, schema.revision.c
    by_key = select(key.article_id).where(key.family == entry.family, key.key.in_(entry.keys), key.language == entry.language)
    if entry.keys and connection.scalar(by_key.limit(1)) is not None:
        return True
    return connection.scalar(select(revision.id).where(revision.content_hash == entry.fingerprint.content_hash).limit(1)) is not None
