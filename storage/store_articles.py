"""Articles: recognised, written down with their revisions and locations, and read back for feeds and pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, update

from storage import schema
from storage.candidates import candidate, find_candidates, text_is_known
from storage.database import START, Database
from storage.edits import kinds_of
from storage.inserting import NewArticle, insert_articles, insert_revision
from storage.matched import matches_of, outcomes_of
from storage.model import (
    Article,
    Attachment,
    BaselineEntry,
    Candidate,
    Content,
    Decider,
    EditKind,
    FeedState,
    LinkRead,
    Location,
    Match,
    Outcome,
    Recorded,
    Relation,
    Revision,
    Sighting,
    Verdict,
)
from storage.recording import note_location, note_read, record_known, record_new, says_more
from storage.relations import note_related, relations_of
from storage.search.writing import out_of_date
from storage.shown import UNREAD, article_of, attachments_of, latest_of, page_of, revisions_of, states_of


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
        with self._database.write("articles") as connection:
            candidates = find_candidates(connection, sighting)
            verdict = decider.identify(sighting, candidates)
            if verdict.article_id is None:
                recorded = record_new(connection, sighting, verdict, now, source_id=source_id, baseline=baseline, seen_at=seen_at)
            else:
                known = _known_article(connection, verdict.article_id, sighting, candidates)
                recorded = record_known(connection, sighting, known, verdict, decider, now, source_id)
                if known.article_id != verdict.article_id:
                    recorded = _as_part_of(connection, verdict.article_id, recorded, now)
            note_related(connection, recorded.article_id, verdict.related, now)
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
        with self._database.write("articles") as connection:
            if not says_more(connection, sighting, decider, article_id, revision):
                return None
            note_location(connection, article_id, sighting, now)
            latest = schema.revision.c
            recorded_at = connection.scalar(select(latest.recorded_at).where(latest.article_id == article_id, latest.number == revision))
            seen_at = max(fetched_at, recorded_at or fetched_at)  # states stand in the order of their times
            content, state = sighting.content, sighting.state_hash
            kinds = kinds_of(states_of(connection, article_id, 1)[-1], content) or (EditKind.REDATED,)
            insert_revision(connection, article_id, revision + 1, content, sighting, state, seen_at, matched_at=now, kinds=kinds)
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
                insert_articles(connection, [_by_fingerprint(entry, now)], now)
                loaded += 1
        return loaded

    # --- read --------------------------------------------------------------------------------------------------------------------------

    def latest(self, now: datetime, *, at_least: int = 100, days: int = 30, at_most: int = 500) -> list[Article]:
        """What a feed holds: by first seen, newest first; at least `at_least` and all of the last `days`, at most `at_most`.

        Documents that were imported and stand at no source are none of it: they are known, and would be old news.
        """
        with self._database.read() as connection:
            return latest_of(connection, now - timedelta(days=days), at_least, at_most)

    def page(self, before: int | None, limit: int) -> list[Article]:
        """A page of articles, newest first by when they were first seen: those that stand below the article `before`."""
        with self._database.read() as connection:
            return page_of(connection, before, limit)

    def article(self, article_id: int) -> Article | None:
        """An article, or the one that it was joined to."""
        with self._database.read() as connection:
            return article_of(connection, article_id)

    def attachments(self, article_id: int) -> list[Attachment]:
        """The documents of an article's latest revision."""
        with self._database.read() as connection:
            return attachments_of(connection, article_id)

    def revisions(self, article_id: int) -> list[Revision]:
        """All states of an article that were read, the first one first."""
        with self._database.read() as connection:
            return revisions_of(connection, article_id)

    def matches(self, revision_id: int) -> list[Match]:
        """Which watches one state of an article matched, and by which words."""
        with self._database.read() as connection:
            return matches_of(connection, revision_id)

    def outcomes(self, article_id: int, watch: str) -> list[Outcome]:
        """What came of holding a watch against each state of an article, the first one first."""
        with self._database.read() as connection:
            return outcomes_of(connection, article_id, watch)

    def locations(self, article_id: int) -> list[Location]:
        """The addresses of an article, in the order in which they were found."""
        location = schema.location.c
        query = (
            select(location.url, location.first_seen_at, location.gone_at).where(location.article_id == article_id).order_by(location.id)
        )
        with self._database.read() as connection:
            return [Location(*row) for row in connection.execute(query)]

    def relations(self, article_id: int) -> list[Relation]:
        """The same story on other sources, and translations."""
        with self._database.read() as connection:
            return relations_of(connection, article_id)

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


def _known_article(connection: Connection, article_id: int, sighting: Sighting, found: Sequence[Candidate]) -> Candidate:
    """The article itself, though it was recognised by one that was joined to it; that one, under its own id, at its own addresses."""
    for one in found:
        if one.joined and one.article_id == article_id and sighting.url in one.locations:
            return replace(one, article_id=one.joined)
    own = next((one for one in found if one.article_id == article_id and not one.joined), None)
    return own or candidate(connection, article_id)


def _as_part_of(connection: Connection, whole: int, recorded: Recorded, now: datetime) -> Recorded:
    """What was recorded of a joined article: its own history goes on, so that a split finds it, and nobody is told of it."""
    out_of_date(connection, {recorded.article_id})
    revision = schema.revision.c
    mine = (revision.article_id == recorded.article_id, revision.matched_at.is_(None))
    connection.execute(update(schema.revision).where(*mine).values(matched_at=now))
    return replace(recorded, article_id=whole, revision=None)


def _by_fingerprint(entry: BaselineEntry, now: datetime) -> NewArticle:
    return NewArticle(
        family=entry.family,
        url=entry.url,
        keys=entry.keys,
        content=Content(title=entry.title, text="", published=entry.published, language=entry.language),
        fingerprint=entry.fingerprint,
        state_hash="",
        first_seen_at=now,
        baseline=True,
        number=UNREAD,
    )


def _baseline_known(connection: Connection, entry: BaselineEntry) -> bool:
    key = schema.address_key.c
    by_key = select(key.article_id).where(key.family == entry.family, key.key.in_(entry.keys), key.language == entry.language)
    if entry.keys and connection.scalar(by_key.limit(1)) is not None:
        return True
    return text_is_known(connection, entry.fingerprint)
