"""The watches that are held against what is published: those of the configuration, and those that the database keeps and may change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import structlog

from notify.glossary import Glossary
from notify.index import Matcher
from notify.lemmas import Lexicon
from notify.query import Named, Query, QueryError, leaves
from notify.watch import Watch, WatchError, watch_of
from storage.model import SavedWatch, Texts
from storage.store import Store

_log = structlog.get_logger("vestnik.watch")


@dataclass(frozen=True, slots=True)
class Changes:
    """What has happened to the watches since the matcher was brought up to date."""

    watches: Sequence[SavedWatch] = ()
    glossary: Glossary | None = None
    """Where it has changed."""
    version: int = 0
    """Of the glossary."""

    def __bool__(self) -> bool:
        return bool(self.watches) or self.glossary is not None


class Watching:
    """A matcher that follows the database. The watches of the configuration go before those of the same name that are kept there."""

    def __init__(self, configured: Iterable[Watch], store: Store, lexicon: Lexicon, like: Iterable[Texts] = ()) -> None:
        """`like`: texts as they are published. Raises ValueError for two watches of one name."""
        self._store = store
        self._lexicon = lexicon
        self.matcher = Matcher((), lexicon)
        self.matcher.learn(like)
        for watch in configured:
            self.matcher.add(watch)
        self._written = dict(self.matcher.watches)
        """As they ask, without the names that the glossary has for what stands behind a `~`."""
        self._configured = frozenset(self._written)
        self._version = 0
        self._glossary: Glossary | None = None
        self._glossary_version = -1

    def changes(self) -> Changes:
        """What the database has that the matcher doesn't know of yet. Reads alone."""
        watches = self._store.watches.changed_since(self._version)
        version = self._store.names.version()  # before the names: what is accepted meanwhile is seen the next time
        if version == self._glossary_version:
            return Changes(watches)
        accepted = [known.pair for known in self._store.names.accepted()]
        return Changes(watches, Glossary(accepted, self._lexicon), version)

    def apply(self, changes: Changes) -> None:
        """Bring the matcher up to date, while nobody uses it. Done once more, it changes nothing."""
        if changes.glossary is not None:
            self._glossary, self._glossary_version = changes.glossary, changes.version
            for watch in [watch for watch in self._written.values() if _asks_for_names(watch.query)]:
                self._hold(watch)
        for saved in changes.watches:
            if saved.name not in self._configured:
                self._follow(saved)
            elif saved.removed_at is None:
                _log.warning("watch hidden", watch=saved.name, reason="the configuration has one of that name, which goes before")
            self._version = max(self._version, saved.version)
        if changes.watches:
            _log.info("watches changed", changes=len(changes.watches), watches=len(self.matcher.watches))

    def _follow(self, saved: SavedWatch) -> None:
        if saved.removed_at is not None:
            self._forget(saved.name)
            return
        try:
            watch = watch_of(saved)
        except (QueryError, WatchError) as error:
            # another version of the program may have taken what this one doesn't
            self._forget(saved.name)
            _log.error("watch not held", watch=saved.name, reason=str(error))
            return
        self._written[saved.name] = watch
        self._hold(watch)

    def _forget(self, name: str) -> None:
        if self._written.pop(name, None) is not None:
            self.matcher.remove(name)

    def _hold(self, watch: Watch) -> None:
        resolved = watch
        if self._glossary is not None and _asks_for_names(watch.query):
            resolved = replace(watch, query=self._glossary.resolve(watch.query))
        known = self.matcher.watches.get(watch.name)
        if known is None:
            self.matcher.add(resolved)
        elif known != resolved:
            self.matcher.change(resolved)


def _asks_for_names(query: Query) -> bool:
    return any(isinstance(leaf, Named) for leaf in leaves(query.root))
