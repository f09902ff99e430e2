"""What is remembered of how sources are found and followed: sources made by hand, ways found, gaps, back-fills, held links."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from sqlalchemy import RowMapping, and_, delete, func, insert, or_, select, update

from storage import schema
from storage.database import START, Database
from storage.links import LONGEST_WAIT, insert_backfilled, is_due, link_of, waiting_of
from storage.model import Backfill, Example, Gap, Link, LinkState, WaitingLink, Way

_REFUSED = "refused by hand, as one of many at once"


class Finding:
    def __init__(self, database: Database) -> None:
        self._database = database

    # --- sources made by hand ----------------------------------------------------------------------------------------------------------

    def definitions(self) -> Mapping[str, str]:
        """The sources that were added by hand: for each name its definition, JSON as the configuration would have it."""
        source = schema.source.c
        with self._database.read() as connection:
            rows = connection.execute(select(source.name, source.definition).where(source.definition.is_not(None)).order_by(source.id))
            return {row.name: row.definition for row in rows}

    def define(self, name: str, definition: str | None, ways: Sequence[Way], now: datetime) -> None:
        """Add a source, or change it; None takes it away, and keeps what it published. One that was taken away and is added again begins
        anew: its next look is its first, and silent, as it may be another list, and nobody waited for what it showed meanwhile.
        """
        source = schema.source.c
        values: dict[str, object] = {"definition": definition, "ways": _written(ways), "surveyed_at": now, "due_at": now}
        with self._database.write(START) as connection:
            known = connection.execute(select(source.id, source.definition).where(source.name == name)).first()
            if known is None:
                connection.execute(insert(schema.source).values(name=name, created_at=now, failures=0, error="", **values))
                return
            if definition is not None and known.definition is None:
                values |= dict.fromkeys(("first_good_at", "last_good_at", "paused_at", "resumed_at")) | {"failures": 0, "error": ""}
                values |= {"silent": False}
                for table in (schema.entry_point, schema.backfill):
                    connection.execute(delete(table).where(table.c.source_id == known.id))
            connection.execute(update(schema.source).where(source.id == known.id).values(**values))

    def keep_ways(self, source_id: int, ways: Sequence[Way], now: datetime) -> None:
        """The entry points that a survey chose."""
        with self._database.write() as connection:
            values = {"ways": _written(ways), "surveyed_at": now}
            connection.execute(update(schema.source).where(schema.source.c.id == source_id).values(**values))

    def surveyed_at(self, source_id: int) -> datetime | None:
        with self._database.read() as connection:
            found: datetime | None = connection.scalar(select(schema.source.c.surveyed_at).where(schema.source.c.id == source_id))
        return found

    # --- what rules are learnt from ----------------------------------------------------------------------------------------------------

    def examples(self, source_id: int, before: datetime, limit: int) -> list[Example]:
        """Publications of the source that were seen before then, by their first texts: those were read while the rules fitted."""
        link, revision = schema.link.c, schema.revision.c
        query = (
            select(link.url, revision.title, revision.text, revision.published)
            .join(schema.revision, revision.article_id == link.article_id)
            .where(link.source_id == source_id, link.whole.is_(None), link.first_seen_at < before, revision.number == 1)
            .order_by(link.last_seen_at.desc(), link.id.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            return [Example(*row) for row in connection.execute(query)]

    def latest_links(self, source_id: int, limit: int) -> list[Link]:
        """The links that the source showed last."""
        link = schema.link.c
        query = select(schema.link).where(link.source_id == source_id).order_by(link.last_seen_at.desc(), link.id.desc()).limit(limit)
        with self._database.read() as connection:
            return [link_of(row) for row in connection.execute(query).mappings()]

    def has_ruled(self, source_id: int) -> bool:
        """Whether an article of the source was ever read by the rules of its definition."""
        with self._database.read() as connection:
            return bool(connection.scalar(select(schema.source.c.ruled).where(schema.source.c.id == source_id)))

    def note_ruled(self, source_id: int) -> None:
        with self._database.write() as connection:
            connection.execute(update(schema.source).where(schema.source.c.id == source_id).values(ruled=True))

    # --- gaps --------------------------------------------------------------------------------------------------------------------------

    def open_gaps(self, source_id: int) -> list[Gap]:
        """What could not be bridged so far, the oldest first."""
        gap = schema.gap.c
        query = select(schema.gap).where(gap.source_id == source_id, gap.bridged_at.is_(None)).order_by(gap.id)
        with self._database.read() as connection:
            return [Gap(**{field: row[field] for field in Gap.__dataclass_fields__}) for row in connection.execute(query).mappings()]

    # --- bursts ------------------------------------------------------------------------------------------------------------------------

    def weekly_most(self, source_id: int, since: datetime) -> int:
        """The most publications of the source in one week (ISO 8601) `since` then, by their dates, or when they were first seen where
        they have none and are not baseline. What is held, or was refused, is not counted.
        """
        link = schema.link.c
        shown = (link.source_id == source_id, link.first_seen_at >= since, link.state.not_in([LinkState.HELD, LinkState.REFUSED]))
        # of a burst only what is dated says when it was published
        telling = or_(link.published.is_not(None), link.burst.is_(None))
        query = select(link.published, link.first_seen_at, link.baseline).where(*shown, telling)
        weeks: Counter[tuple[int, int]] = Counter()
        with self._database.read() as connection:
            for published, seen_at, baseline in connection.execute(query):
                if (day := published or (None if baseline else seen_at)) is not None:
                    weeks[_week(day)] += 1
        return max(weeks.values(), default=0)

    def held(self, source_id: int) -> list[Link]:
        """Links that are held, the latest first."""
        link = schema.link.c
        query = select(schema.link).where(link.source_id == source_id, link.state == LinkState.HELD).order_by(link.id.desc())
        with self._database.read() as connection:
            return [waiting_of(row).link for row in connection.execute(query).mappings()]

    def judge_held(self, source_id: int, now: datetime, *, release: bool) -> int:
        """What the operator says of held links: read them now, or never. How many there were."""
        link = schema.link.c
        values = {"state": LinkState.WAITING, "reason": "", "again_at": None} if release else _refusal()
        with self._database.write() as connection:
            held = and_(link.source_id == source_id, link.state == LinkState.HELD)
            count = connection.execute(update(schema.link).where(held).values(**values)).rowcount
            connection.execute(update(schema.source).where(schema.source.c.id == source_id).values(due_at=now))
        return count

    # --- back-fill ---------------------------------------------------------------------------------------------------------------------

    def backfills(self, source_id: int) -> list[Backfill]:
        """How far each list of the source was followed back."""
        query = select(schema.backfill).where(schema.backfill.c.source_id == source_id).order_by(schema.backfill.c.id)
        with self._database.read() as connection:
            return [_backfill(row) for row in connection.execute(query).mappings()]

    def claim_backfills(
        self, names: Collection[str], now: datetime, lease: timedelta, limit: int, *, behind_looks: bool = False
    ) -> list[tuple[str, Backfill]]:
        """Take back-fills whose next step is due, each with its source's name; the lease ends by itself if the process dies.

        `behind_looks`: only of sources that were looked at lately and well, or older pages could show what no look has told of yet, as
        silently as what is old.
        """
        backfill, source = schema.backfill.c, schema.source.c
        ahead = now + LONGEST_WAIT
        free = or_(backfill.leased_until.is_(None), backfill.leased_until <= now, backfill.leased_until > ahead)
        in_turn = [source.paused_at.is_(None), *([source.due_at > now, source.error == ""] if behind_looks else [])]
        due = (
            select(backfill.id)
            .join(schema.source, source.id == backfill.source_id)
            .where(source.name.in_(list(names)), backfill.ended_at.is_(None), free, *in_turn)
            .where(or_(backfill.due_at <= now, backfill.due_at > ahead))
            .order_by(backfill.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True, of=schema.backfill)
        )
        with self._database.write() as connection:
            ids = connection.scalars(due).all()
            if not ids:
                return []
            connection.execute(update(schema.backfill).where(backfill.id.in_(ids)).values(leased_until=now + lease))
            rows = connection.execute(
                select(schema.backfill, source.name).join(schema.source, source.id == backfill.source_id).where(backfill.id.in_(ids))
            )
            return [(row["name"], _backfill(row)) for row in rows.mappings()]

    def backfill_link(self, source_id: int, now: datetime) -> WaitingLink | None:
        """The next link that the back-fill is to read: the newest, as people ask for those first."""
        link = schema.link.c
        due = and_(link.backfilled, link.article_id.is_(None), is_due(now))
        query = select(schema.link).where(link.source_id == source_id, due).order_by(link.tries, link.id).limit(1)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        return waiting_of(row) if row else None

    def backfill_waits(self, source_id: int, now: datetime) -> datetime | None:
        """When the next of the links is to be read that the back-fill found and that were never read; None where none is left."""
        link = schema.link.c
        unread = and_(link.backfilled, link.article_id.is_(None), link.state.in_([LinkState.WAITING, LinkState.FAILED]))
        with self._database.read() as connection:
            count, next_at = connection.execute(
                select(func.count(), func.min(link.again_at)).where(link.source_id == source_id, unread)
            ).one()
        return (next_at or now) if count else None

    def backfill_dates(self, source_id: int, latest: int) -> list[date | None]:
        """The dates of the publications that the back-fill read last."""
        link, revision = schema.link.c, schema.revision.c
        query = (
            select(revision.published)
            .join(schema.link, link.article_id == revision.article_id)
            .where(link.source_id == source_id, link.backfilled, revision.number == 1)
            .order_by(link.id.desc())
            .limit(latest)
        )
        with self._database.read() as connection:
            return list(connection.scalars(query))

    def record_page_back(self, backfill: Backfill, links: Sequence[Link], next_page: str, why: str, now: datetime, due_at: datetime) -> int:
        """A further page was read; `why` says why no other follows, and is empty where one does. How many links were unknown."""
        row, source = schema.backfill.c, schema.source.c
        oldest = min(filter(None, [backfill.oldest, *(link.published for link in links)]), key=_day, default=None)
        with self._database.write() as connection:
            since = connection.scalar(select(source.first_good_at).where(source.id == backfill.source_id)) or now
            unknown = insert_backfilled(connection, backfill.source_id, links, now, since)
            values = {
                "next_page": next_page, "why": why, "pages": row.pages + 1, "links": row.links + unknown, "oldest": oldest,
                "due_at": due_at, "leased_until": None, "failures": 0, "error": "",
            }  # fmt: skip
            connection.execute(update(schema.backfill).where(row.id == backfill.id).values(**values))
        return unknown

    def postpone_backfill(self, backfill_id: int, due_at: datetime, error: str = "") -> None:
        """Go on later; `error` says why this step failed, and is empty for a good one."""
        row = schema.backfill.c
        values = {"due_at": due_at, "leased_until": None, "error": error}
        with self._database.write() as connection:
            failures = row.failures + 1 if error else 0
            connection.execute(update(schema.backfill).where(row.id == backfill_id).values(failures=failures, **values))

    def end_backfill(self, backfill_id: int, why: str, now: datetime) -> None:
        row = schema.backfill.c
        with self._database.write() as connection:
            values = {"ended_at": now, "why": why, "next_page": "", "leased_until": None}
            connection.execute(update(schema.backfill).where(row.id == backfill_id).values(**values))


def _written(ways: Sequence[Way]) -> str | None:
    return json.dumps([asdict(way) for way in ways]) if ways else None


def _refusal() -> dict[str, object]:
    return {"state": LinkState.REFUSED, "reason": _REFUSED, "again_at": None}


def _backfill(row: RowMapping) -> Backfill:
    return Backfill(**{field: row[field] for field in Backfill.__dataclass_fields__})


def _week(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week


def _day(published: date) -> date:
    return published.date() if isinstance(published, datetime) else published
