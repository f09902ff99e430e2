"""Whether what was seen of a known article makes a revision, and of which kinds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select

from storage import schema
from storage.among import among
from storage.edits import headline, is_trivial, kinds_of, loose_headlines, volatile
from storage.marks import title_mark
from storage.model import Candidate, Content, EditKind, Sighting
from storage.shown import states_of

_STATES = 4
"""So many of the latest states tell which lines change at every look (`storage.edits.volatile`)."""
SILENT = frozenset((EditKind.REDATED, EditKind.RETURNED))
"""The words are those that every watch was held against before."""


def kinds_of_revision(
    connection: Connection,
    sighting: Sighting,
    known: Candidate,
    *,
    revises: bool,
    removed: bool,
    renamed: bool,
    source_id: int | None,
) -> tuple[EditKind, ...]:
    """Of the revision that a sighting makes of an article that was read before; empty where it makes none.

    `revises`: its state is a new one, by the rules of identity. `removed`: the article was taken away, and so has come back.
    `renamed`: it was not seen at this address before.
    """
    returned = (EditKind.RETURNED,) if removed else ()
    if revises:
        states = states_of(connection, known.article_id, _STATES)
        if not _says_nothing(connection, states, sighting.content, known.article_id, source_id):
            return (*returned, *(kinds_of(states[-1], sighting.content) or (EditKind.OTHER,)))
    return (*returned, EditKind.REDATED) if is_redated(sighting, known, renamed=renamed) else returned


def is_redated(sighting: Sighting, known: Candidate, *, renamed: bool) -> bool:
    """The article's own page bears another day than it bore. Finding a date at last, or the hour to the day, is no news.

    Editors who date a publication anew give it another address with that, where addresses hold the date; its node's number stays.
    """
    before, after = known.published, sighting.content.published
    its_own = sighting.url == known.url or (renamed and any(key.startswith("node:") for key in known.keys.intersection(sighting.keys)))
    return its_own and before is not None and after is not None and _day(before) != _day(after)


def is_dated_better(sighting: Sighting, known: Candidate) -> bool:
    """The article's own page bears a date where none was known, or the hour of the day that was."""
    before, after = known.published, sighting.content.published
    if sighting.url != known.url or after is None:
        return False
    return before is None or (not isinstance(before, datetime) and isinstance(after, datetime) and _day(before) == _day(after))


def _day(published: date) -> date:
    return published.date() if isinstance(published, datetime) else published


def _says_nothing(connection: Connection, states: Sequence[Content], new: Content, article_id: int, source_id: int | None) -> bool:
    old = states[-1]
    places = volatile(states)
    if is_trivial(old, new, volatile=places):
        return True
    lines = loose_headlines(old, new)
    titles = _titles_among(connection, lines, article_id, source_id) if lines else []
    return bool(titles) and is_trivial(old, new, titles, places)


def _titles_among(connection: Connection, lines: Sequence[str], article_id: int, source_id: int | None) -> list[str]:
    """Those lines that are titles of other publications of the source."""
    marks = {mark for line in lines if (mark := title_mark(line)) is not None}
    asked = {"marks": marks, "source": source_id, "article": article_id}
    sought = set(lines)
    return [title for title in connection.scalars(_TITLES, asked) if headline(title) in sought]


_TITLES = (
    select(schema.revision.c.title)
    .join(schema.article, schema.article.c.id == schema.revision.c.article_id)
    .join(schema.mark, schema.mark.c.article_id == schema.article.c.id)
    .where(
        among(schema.mark.c.hash, "marks"), schema.article.c.source_id == bindparam("source"), schema.article.c.id != bindparam("article")
    )
    .distinct()
)
