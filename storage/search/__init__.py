"""Owns: the index by which articles are found. One bag of keys an article, and answers to and, or, not over keys.

What keys there are, and what of a query they can't tell, is the business of `notify.search`: here a key is a string. No positions are kept,
which halves the index; who asks for a phrase holds it against the texts of the articles that have its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from storage.database import Database
from storage.model import Indexed
from storage.search.indexing import count_not_indexed, not_indexed
from storage.search.places import moment_of
from storage.search.reading import found_at, page_of, places_of
from storage.search.values import UNLIMITED, Found, Limits, Places, Unindexed, WantedTooLargeError
from storage.search.wanted import Wanted
from storage.search.writing import MATCHES, index_articles, latest_matched, versions_of

__all__ = ["UNLIMITED", "Found", "Limits", "Places", "Search", "Unindexed", "WantedTooLargeError", "moment_of"]


class Search:
    def __init__(self, database: Database) -> None:
        self._database = database

    # --- read --------------------------------------------------------------------------------------------------------------------------

    def page(self, wanted: Wanted, limits: Limits = UNLIMITED, before: int | None = None, limit: int = 20) -> list[Found]:
        """Articles that are wanted, newest first: those below the place `before`. WantedTooLargeError."""
        with self._database.read() as connection:
            return page_of(connection, wanted, limits, before, limit)

    def places(self, wanted: Wanted, limits: Limits = UNLIMITED) -> Places:
        """The places of all articles that are wanted. WantedTooLargeError."""
        with self._database.read() as connection:
            return places_of(connection, wanted, limits)

    def texts_of(self, places: Sequence[int]) -> list[Found]:
        """What stands at places, in their order; a few hundred at a time are few enough for the memory."""
        with self._database.read() as connection:
            return found_at(connection, places)

    # --- written -----------------------------------------------------------------------------------------------------------------------

    def unindexed(self, version: str, limit: int) -> list[Unindexed]:
        """Articles that are not indexed, or by another version of the lexicon, newest first."""
        with self._database.read() as connection:
            return not_indexed(connection, version, limit)

    def count_unindexed(self, version: str) -> int:
        with self._database.read() as connection:
            return count_not_indexed(connection, version)

    def record(self, batch: Sequence[tuple[int, int, Indexed]], now: datetime) -> int:
        """Write articles anew, each with the revision by which it is indexed; in one transaction. How many were written: what was edited
        meanwhile is left to the matcher.
        """
        with self._database.write(MATCHES) as connection:
            latest = latest_matched(connection, [article_id for article_id, _, _ in batch])
            done = versions_of(connection, [article_id for article_id, _, _ in batch])
            # one that has the version already was indexed by the matcher meanwhile, who knows more
            current = [one for one in batch if latest.get(one[0]) == one[1] and done.get(one[0]) != one[2].version]
            index_articles(connection, current, now)
            return len(current)
