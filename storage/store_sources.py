"""What is remembered of sources: when each is due, what its entry points showed, and the state of every link ever seen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, and_, func, insert, not_, or_, select, update

from storage import schema
from storage.database import START, Database
from storage.links import LONGEST_WAIT, batched, is_due, link_of, note_course, upsert_links, waiting_of
from storage.looks import written_notes
from storage.model import (
    NOTHING_NOTED,
    EntryPointState,
    LinkState,
    LookCounts,
    LookNotes,
    ReadLink,
    Seen,
    SourceState,
    Validators,
    WaitingLink,
    Way,
)
from storage.removal import note_gone
from storage.shown import UNREAD

_OFTEN_FAILED = 6
"""Tries after which a link makes way for the others."""


class Sources:
    def __init__(self, database: Database) -> None:
        self._database = database

    def enrol(self, names: Iterable[str], now: datetime) -> None:
        """Make known the sources that the configuration defines; a new one is due at once."""
        with self._database.write(START) as connection:
            known = set(connection.scalars(select(schema.source.c.name)))
            fresh = [{"name": name, "created_at": now, "due_at": now, "failures": 0, "error": ""} for name in names if name not in known]
            if fresh:
                connection.execute(insert(schema.source), fresh)

    def states(self, names: Iterable[str] | None = None) -> list[SourceState]:
        """Every source by name, or those named."""
        source, article = schema.source.c, schema.article.c
        counted = select(func.count()).where(article.source_id == source.id).scalar_subquery().label("articles")
        query = select(schema.source, counted).order_by(source.name)
        if names is not None:
            query = query.where(source.name.in_(list(names)))
        with self._database.read() as connection:
            return [_state(row) for row in connection.execute(query).mappings()]

    def claim_due(
        self, names: Sequence[str], now: datetime, lease: timedelta, limit: int, *, even_if_not_due: bool = False
    ) -> list[SourceState]:
        """Take the sources that are due, not paused, and that nobody else is looking at; the lease ends by itself if the process dies."""
        source = schema.source.c
        # what lies further ahead than we ever set it was set by a clock that has been put right since
        free = or_(source.leased_until.is_(None), source.leased_until <= now, source.leased_until > now + LONGEST_WAIT)
        due = and_(source.name.in_(names), source.paused_at.is_(None), free)
        if not even_if_not_due:
            due = and_(due, or_(source.due_at <= now, source.due_at > now + LONGEST_WAIT))
        with self._database.write() as connection:
            claimed = connection.scalars(
                update(schema.source)
                .where(source.id.in_(select(source.id).where(due).order_by(source.due_at).limit(limit).with_for_update(skip_locked=True)))
                .values(leased_until=now + lease)
                .returning(source.name),
            ).all()
        return self.states(claimed) if claimed else []

    def entry_points(self, source_id: int) -> Mapping[str, EntryPointState]:
        """The entry points that were read before, by their addresses."""
        query = select(schema.entry_point).where(schema.entry_point.c.source_id == source_id)
        with self._database.read() as connection:
            return {row["url"]: _entry_point(row) for row in connection.execute(query).mappings()}

    def known_keys(self, source_id: int, keys: Iterable[str], before: datetime | None = None) -> frozenset[str]:
        """Those of the link keys that were seen at an earlier look; with `before`, at one up to then."""
        link = schema.link.c
        mine = link.source_id == source_id if before is None else and_(link.source_id == source_id, link.first_seen_at <= before)
        with self._database.read() as connection:
            return frozenset(key for some in batched(keys) for key in connection.scalars(select(link.key).where(mine, link.key.in_(some))))

    def record_links(self, source_id: int, seen: Seen, now: datetime, lease: timedelta) -> int:
        """Write down what a successful look showed, before anything is read: each unknown link is waiting from now on, or held.

        At the first success all of them are baseline, later those in `seen.old` that are unknown. What the entry points sent is kept in the
        same transaction, so that none is ever answered «not modified» for links that were not written down; and so is where the look came
        to, so that no gap and no back-fill is forgotten. Returns how many were unknown.
        """
        source = schema.source.c
        with self._database.write() as connection:
            first = connection.scalar(select(source.first_good_at).where(source.id == source_id)) is None
            unknown = upsert_links(connection, source_id, seen, now, first=first)
            _keep_entry_points(connection, source_id, seen.entry_points)
            note_course(connection, source_id, seen, now)
            values = {"last_good_at": now, "leased_until": now + lease, "silent": False, "resumed_at": None}
            values |= {"first_good_at": now} if first else {}
            connection.execute(update(schema.source).where(source.id == source_id).values(**values))
        return unknown

    def waiting_links(self, source_id: int, now: datetime, limit: int) -> list[WaitingLink]:
        """Links to be read now, the oldest first: what is new, then what is baseline, then what is due to be looked at again.

        One that failed often comes last, so that a page which breaks the reader holds up no other.
        """
        link = schema.link.c
        due = and_(is_due(now), not_(and_(link.backfilled, link.article_id.is_(None))))
        order = (link.tries >= _OFTEN_FAILED, link.article_id.is_not(None), link.baseline, link.tries, link.id)
        query = select(schema.link).where(link.source_id == source_id, due).order_by(*order).limit(limit)
        with self._database.read() as connection:
            return [waiting_of(row) for row in connection.execute(query).mappings()]

    def read_links(self, source_id: int) -> list[ReadLink]:
        """Every link of the source that led to an article whose text was read."""
        link, article, newest = schema.link.c, schema.article.c, schema.revision.alias("newest")
        latest = select(func.max(newest.c.number)).where(newest.c.article_id == article.id).scalar_subquery()
        query = (
            select(schema.link, article.url.label("main_url"), schema.revision.c.number, schema.revision.c.recorded_at)
            .join(schema.article, article.id == link.article_id)
            .join(schema.revision, and_(schema.revision.c.article_id == article.id, schema.revision.c.number == latest))
            .where(link.source_id == source_id, schema.revision.c.number > UNREAD)
            .order_by(link.id)
        )
        with self._database.read() as connection:
            return [
                ReadLink(link_of(row), row["article_id"], row["url"] == row["main_url"], row["number"], row["recorded_at"])
                for row in connection.execute(query).mappings()
            ]

    def begin_reading(self, source_id: int, link_id: int, lease_until: datetime | None) -> None:
        """Count the try before it is made, so that a page which ends the process is not tried first for ever; hold on to the source, where
        it is a look that reads.
        """
        link, source = schema.link.c, schema.source.c
        with self._database.write() as connection:
            connection.execute(update(schema.link).where(link.id == link_id).values(tries=link.tries + 1))
            if lease_until is not None:
                connection.execute(update(schema.source).where(source.id == source_id).values(leased_until=lease_until))

    def record_link_failure(self, link_id: int, reason: str, again_at: datetime | None) -> None:
        """The link could not be read. Without `again_at` it is given up, for the reason given.

        One that was read before keeps its state: the article is known, though its page can't be had now.
        """
        link = schema.link.c
        with self._database.write() as connection:
            connection.execute(update(schema.link).where(link.id == link_id).values(again_at=again_at))
            connection.execute(
                update(schema.link)
                .where(link.id == link_id, link.article_id.is_(None))
                .values(state=LinkState.REFUSED if again_at is None else LinkState.FAILED, reason=reason),
            )

    def record_gone(self, link_ids: Sequence[int], now: datetime) -> None:
        """Servers said that there is nothing any more at these links, which led to articles. Said twice in a row of every address of an
        article that is asked for, it is removed.
        """
        with self._database.write("articles") as connection:
            for link_id in link_ids:
                note_gone(connection, link_id, now)

    def record_unchanged(self, link_id: int, again_at: datetime | None) -> None:
        """The server said that the page is as it was. The next time it is read whole: some servers say so whatever happened."""
        values = {"again_at": again_at, "tries": 0, "etag": "", "last_modified": "", "gone": 0}
        with self._database.write() as connection:
            connection.execute(update(schema.link).where(schema.link.c.id == link_id).values(**values))

    def postpone_link(self, link_id: int, again_at: datetime | None) -> None:
        """Nothing was learnt of the link, and it is not to blame: the try that was begun doesn't count."""
        link = schema.link.c
        with self._database.write() as connection:
            connection.execute(update(schema.link).where(link.id == link_id).values(tries=link.tries - 1, again_at=again_at))

    def next_retry(self, source_id: int) -> datetime | None:
        """When the first of the links that were never read is to be tried again; None where none is."""
        link = schema.link.c
        states = [LinkState.WAITING, LinkState.FAILED, LinkState.HELD]
        unread = (link.source_id == source_id, link.article_id.is_(None), not_(link.backfilled), link.state.in_(states))
        with self._database.read() as connection:
            found: datetime | None = connection.scalar(select(func.min(link.again_at)).where(*unread))
        return found

    def renew(self, source_id: int, until: datetime) -> None:
        """Hold on to a source while a long look goes on."""
        with self._database.write() as connection:
            connection.execute(update(schema.source).where(schema.source.c.id == source_id).values(leased_until=until))

    def finish_look(
        self,
        source_id: int,
        started_at: datetime,
        now: datetime,
        due_at: datetime,
        counts: LookCounts,
        error: str = "",
        *,
        blameless: bool = False,
        notes: LookNotes = NOTHING_NOTED,
    ) -> None:
        """End a look and let the source go; `error` says why it failed and is empty for a good one. A failure that the source is not to
        blame for (`blameless`) is none of its own. `notes`: what it noticed, for judging how the source is.
        """
        source = schema.source.c
        with self._database.write() as connection:
            connection.execute(
                insert(schema.look).values(
                    source_id=source_id, started_at=started_at, finished_at=now, error=error, noted=written_notes(notes), **asdict(counts)
                ),
            )
            connection.execute(
                update(schema.source)
                .where(source.id == source_id)
                .values(due_at=due_at, leased_until=None, error=error, failures=source.failures + (0 if blameless else 1) if error else 0),
            )

    def last_link(self) -> int:
        """The id of the link that was written down last, whichever source showed it."""
        with self._database.read() as connection:
            return connection.scalar(select(func.max(schema.link.c.id))) or 0

    def pause(self, name: str, now: datetime) -> None:
        """Look at a source no more until it is resumed. What was wrong with it is nobody's concern meanwhile: its incidents end, untold."""
        source, incident = schema.source.c, schema.incident.c
        with self._database.write() as connection:
            source_id = connection.scalar(select(source.id).where(source.name == name))
            values = {"paused_at": now, "silent": False, "resumed_at": None}
            connection.execute(update(schema.source).where(source.id == source_id).values(**values))
            mine = and_(incident.source_id == source_id, incident.closed_at.is_(None))
            connection.execute(update(schema.incident).where(mine).values(closed_at=now))
            well = {"cause": "", "firm": False, "words": "", "since": None}
            connection.execute(update(schema.health).where(schema.health.c.source_id == source_id).values(**well))

    def resume(self, name: str, now: datetime, *, silent: bool) -> None:
        """Look at a paused source again, at once. `silent`: what appeared meanwhile is baseline; otherwise it is new."""
        source = schema.source.c
        values = {"paused_at": None, "silent": silent, "resumed_at": now, "due_at": now, "failures": 0}
        with self._database.write() as connection:
            connection.execute(update(schema.source).where(source.name == name, source.paused_at.is_not(None)).values(**values))

    def link_states(self, source_id: int) -> Mapping[str, int]:
        """How many links of the source are in each state; the sum is every link ever seen."""
        link = schema.link.c
        with self._database.read() as connection:
            rows = connection.execute(select(link.state, func.count()).where(link.source_id == source_id).group_by(link.state))
            return {state: count for state, count in rows}  # noqa: C416  (a Row is no pair to dict())

    def failed_links(self, limit: int) -> list[tuple[str, str]]:
        """The latest links that could not be read, as (address, reason)."""
        link = schema.link.c
        query = select(link.url, link.reason).where(link.state == LinkState.FAILED).order_by(link.id.desc()).limit(limit)
        with self._database.read() as connection:
            return [(row.url, row.reason) for row in connection.execute(query)]


def _keep_entry_points(connection: Connection, source_id: int, entry_points: Mapping[str, EntryPointState]) -> None:
    entry_point = schema.entry_point.c
    known = set(connection.scalars(select(entry_point.url).where(entry_point.source_id == source_id)))
    for url, state in entry_points.items():
        sent = state.validators
        values = {
            "etag": sent.etag, "last_modified": sent.last_modified, "unchanged": state.unchanged, "lies": state.lies,
            "read_at": state.read_at, "position": state.position, "ruled": state.ruled,
        }  # fmt: skip
        if url in known:
            connection.execute(
                update(schema.entry_point).where(entry_point.source_id == source_id, entry_point.url == url).values(**values)
            )
        else:
            connection.execute(insert(schema.entry_point).values(source_id=source_id, url=url, **values))


def _entry_point(row: RowMapping) -> EntryPointState:
    sent = Validators(row["etag"], row["last_modified"])
    return EntryPointState(sent, row["unchanged"], row["lies"], row["read_at"], row["position"], row["ruled"])


def _state(row: RowMapping) -> SourceState:
    fields = {field: row[field] for field in SourceState.__dataclass_fields__ if field != "ways"}  # the columns are named after the fields
    return SourceState(**fields, ways=tuple(Way(**way) for way in json.loads(row["ways"] or "[]")))
