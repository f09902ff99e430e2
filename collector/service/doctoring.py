"""What is wrong with an installation, each with its reason and the way out: what does not balance, what is damaged, what needs a look."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from collector.service.settings import Settings
from storage import migrations
from storage.backup import last_backup
from storage.database import FAILURES, reason_of
from storage.model import ArticleAccount, DeliveryState, Fault, LinkAccount, LookAccount, SourceState, unaccounted
from storage.store import Store

_FULL = 0.8
"""Of a disk: SQLite needs room for its log, and a backup for a second copy."""
_STALE = timedelta(days=1)
"""Without a good look: a source is looked at once an hour at least."""
_BACKUP = timedelta(days=2)
"""One night may be missed: the service was off."""
_AHEAD = timedelta(minutes=5)
"""By so much clocks of several machines may differ."""
_REPORT = "please report it with these numbers, and keep a copy of the database; `vestnik restore` puts a backup back"


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    why: str
    way_out: str
    broken: bool
    """It can't stay so; otherwise it is worth knowing."""


@dataclass(frozen=True, slots=True)
class Checkup:
    """All accounts, and what was found."""

    links: LinkAccount
    looks: LookAccount
    articles: ArticleAccount
    backup: str
    """The last one, in words; empty where there is none."""
    findings: tuple[Finding, ...]

    @property
    def broken(self) -> int:
        return sum(finding.broken for finding in self.findings)


def check_up(settings: Settings, store: Store, states: list[SourceState], now: datetime) -> Checkup:
    """`states`: of the sources that are watched."""
    links, looks = store.accounts.links(), store.accounts.looks()
    articles = store.accounts.articles(list(settings.watch))
    folder = settings.backups
    last = last_backup(folder)
    findings = [
        *_of_schema(store),
        *map(_of_fault, store.accounts.faults(now, settings.retention.deliveries)),
        *_of_sums(links, looks, articles),
        *_of_folders([settings.service.data_dir, folder]),
        *(_of_backup(store, last.made_at if last else None, folder, now) if settings.backup.on else ()),
        *_of_sources(states, now),
        *_of_deliveries(articles),
        *_of_clock(store, now),
    ]
    named = f"{last.file.name}, of {last.made_at:%Y-%m-%d %H:%M} UTC" if last else ""
    return Checkup(links, looks, articles, named, tuple(findings))


def damage(store: Store) -> Finding | None:
    """To be asked for first: of a damaged database nothing else can be told for sure."""
    try:
        damages = store.accounts.damages()
    except FAILURES as error:
        damages = [reason_of(error)]
    if not damages:
        return None
    more = f" (and {len(damages) - 1} more)" if damages[1:] else ""
    way_out = "stop the service, keep the file, and put the last good backup back by `vestnik restore`"
    return Finding("database", f"it is damaged: {damages[0]}{more}", way_out, broken=True)


def _of_schema(store: Store) -> Iterator[Finding]:
    if (version := store.accounts.version()) != migrations.HEAD:
        yield Finding("schema", f"it is {version}, and this version knows {migrations.HEAD}", "start the version that made it", broken=True)


def _of_fault(fault: Fault) -> Finding:
    ids = ", ".join(map(str, fault.ids))
    way_out = _REPORT if fault.broken else "see that `vestnik run` runs, and what its log says"
    return Finding(f"{fault.about} {ids}{' …' if fault.more else ''}", fault.words, way_out, fault.broken)


def _of_sums(links: LinkAccount, looks: LookAccount, articles: ArticleAccount) -> Iterator[Finding]:
    if sum(links.states.values()) != links.links:
        yield Finding("links", f"{links.links} were seen, and {sum(links.states.values())} are accounted for", _REPORT, broken=True)
    if not looks.balances:
        yield Finding("looks", "what they showed and what became of it differ", _REPORT, broken=True)
    for watch in articles.watches:
        least = min(watch.not_matched, watch.before, watch.after, watch.forgotten)
        if unaccounted(watch, articles.revisions) or least < 0:
            yield Finding(f"watch {watch.watch}", f"{articles.revisions} revisions, and others accounted for", _REPORT, broken=True)


def _of_folders(folders: list[Path]) -> Iterator[Finding]:
    for folder in folders:
        there = next(path for path in (folder, *folder.absolute().parents) if path.is_dir())
        if not os.access(there, os.W_OK | os.X_OK):
            yield Finding(f"folder {folder}", "this user may not write there", "give the folder to the user that runs Vestnik", broken=True)
    usage = shutil.disk_usage(next(path for path in (folders[0], *folders[0].absolute().parents) if path.is_dir()))
    if usage.total and usage.used > _FULL * usage.total:
        why = f"{usage.used / usage.total:.0%} of it are used, {usage.free / 1e9:.1f} GB are free"
        yield Finding(f"disk of {folders[0]}", why, "make room, or move data_dir; a full disk stops everything", broken=False)


def _of_backup(store: Store, made_at: datetime | None, folder: Path, now: datetime) -> Iterator[Finding]:
    if now - (made_at or store.created_at()) > _BACKUP:
        why = "there is none" if made_at is None else f"the last one is of {made_at:%Y-%m-%d %H:%M} UTC"
        yield Finding(f"backup in {folder}", why, "`vestnik backup` makes one; the service makes one a night", broken=False)


def _of_sources(states: list[SourceState], now: datetime) -> Iterator[Finding]:
    for state in states:
        what, see = f"source {state.name}", f"see `vestnik source show {state.name}`"
        if state.paused_at is not None:
            why = f"paused since {state.paused_at:%Y-%m-%d %H:%M} UTC"
            yield Finding(what, why, f"`vestnik source resume {state.name}` ends that", broken=False)
        elif state.first_good_at is None:
            yield Finding(what, f"never read: {state.error or 'not looked at yet'}", see, broken=False)
        elif state.error:
            yield Finding(what, f"can't be read: {state.error}", see, broken=False)
        elif state.last_good_at is not None and now - state.last_good_at > _STALE:
            why = f"last read {state.last_good_at:%Y-%m-%d %H:%M} UTC"
            yield Finding(what, why, "see that `vestnik run` runs", broken=False)


def _of_deliveries(articles: ArticleAccount) -> Iterator[Finding]:
    if dead := articles.deliveries.get(DeliveryState.DEAD, 0):
        way_out = "`vestnik delivery list` tells why; mend the channel, then `vestnik delivery retry ID`"
        yield Finding("deliveries", f"{dead} could not be delivered and are given up", way_out, broken=False)


def _of_clock(store: Store, now: datetime) -> Iterator[Finding]:
    latest = store.accounts.latest_moment()
    if latest is not None and latest - now > _AHEAD:
        why = f"something was seen at {latest:%Y-%m-%d %H:%M} UTC, and it is {now:%Y-%m-%d %H:%M} UTC now"
        yield Finding("clock", why, "let the machine take its time from the network (NTP)", broken=False)
