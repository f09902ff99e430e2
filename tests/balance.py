"""Promise 1 as every test may prove it: the sums balance, and nothing is in a state that can't be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage.model import unaccounted
from storage.store import Store

_KEPT = timedelta(days=400)


def assert_balanced(store: Store, now: datetime | None = None) -> None:
    """At any time, whatever the service is doing at this moment."""
    now = now or datetime.now(UTC)
    faults = [fault for fault in store.accounts.faults(now, _KEPT) if fault.broken]
    assert not faults, "\n".join(f"{fault.about} {fault.ids}: {fault.words}" for fault in faults)
    links, articles = store.accounts.links(), store.accounts.articles()
    assert sum(links.states.values()) == links.links
    assert store.accounts.looks().balances
    for watch in articles.watches:
        assert unaccounted(watch, articles.revisions) == 0, watch
        told = (watch.delivered, watch.deferred, watch.dead, watch.forgotten)
        assert min(watch.pending, watch.not_matched, watch.before, watch.after, *told) >= 0, watch
