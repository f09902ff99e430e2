"""`watch add`, `watch change`, `watch remove` and `watch import`: watches that are kept in the database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from collector.service.app import ServiceError, utc_now
from collector.service.asking import archive_of
from collector.service.commands import Config, opened
from collector.service.lists import NAME, Listed, listed_for, mistakes_in, name_for, read_terms
from collector.service.mistakes import ConfigurationError, nearest
from collector.service.output import say, warn
from collector.service.parts import channels_of
from collector.service.settings import Settings
from notify.query import Query as AskedQuery
from notify.query import QueryError, parse
from notify.receipts import Archive, Caught, receipts_for
from notify.termlist import Row, TermList
from notify.watch import WatchError, watch_of
from storage.model import SavedWatch
from storage.search import WantedTooLargeError
from storage.store import Store

_MOST_MISTAKES = 50
"""That are told of one file: who has more has the wrong file."""


def _several(name: str, words: str) -> Parameter:
    return Parameter(name=name, help=words, negative="", allow_leading_hyphen=True)


Query = Annotated[str, Parameter(allow_leading_hyphen=True)]
Terms = Annotated[tuple[str, ...], _several("--term", "A further query that is enough; may be given several times, as all of these.")]
Exclude = Annotated[tuple[str, ...], _several("--exclude", "A query that refuses.")]
Tags = Annotated[tuple[str, ...], _several("--tag", "A word to find it by in `watch list`.")]
Channels = Annotated[tuple[str, ...], _several("--channel", "Whom it alerts: a channel of the configuration.")]
Quiet = Annotated[bool, Parameter(negative="", help="Send no receipt.")]


def add(
    name: str,
    query: Query = "",
    *,
    term: Terms = (),
    exclude: Exclude = (),
    tag: Tags = (),
    channel: Channels = (),
    on: str = "new",
    quiet: Quiet = False,
    config: Config = None,
) -> None:
    """Watch for something from now on; the running service does so within a second. Whom it alerts gets a receipt with samples.

    Parameters
    ----------
    name
        What to call it.
    query
        In the watch language, such as 'ШОС OR "Шанхайская организация сотрудничества"'.
    on
        What it tells of: new; new,edit; new,edit,removed.
    """
    with opened(config) as (settings, store):
        if not re.fullmatch(NAME, name):
            raise ConfigurationError([f"{name!r} is no name; it has letters, digits, '.', '-' and '_', 100 at most"])
        _refuse_configured(name, settings)
        if store.watches.get(name) is not None:
            raise ConfigurationError([f"there is a watch {name!r} already; `vestnik watch change {name}` changes it"])
        asked = SavedWatch(name, query, _once(term), _once(exclude), _once(tag), _once(channel), _on(on))
        _save(settings, store, [asked], quiet=quiet)
    say(f"{name} is watched from now on")


def change(
    name: str,
    query: Annotated[str | None, Parameter(allow_leading_hyphen=True)] = None,
    *,
    term: Terms = (),
    exclude: Exclude = (),
    tag: Tags = (),
    channel: Channels = (),
    drop_term: Annotated[tuple[str, ...], _several("--drop-term", "A term that it has no more.")] = (),
    drop_exclude: Annotated[tuple[str, ...], _several("--drop-exclude", "A query that refuses no more.")] = (),
    drop_tag: Annotated[tuple[str, ...], _several("--drop-tag", "A tag that it has no more.")] = (),
    drop_channel: Annotated[tuple[str, ...], _several("--drop-channel", "Whom it alerts no more.")] = (),
    on: str = "",
    quiet: Quiet = False,
    config: Config = None,
) -> None:
    """Change a watch that was added. What is given is added to what it has, but for QUERY and --on, which take the place of the old ones.

    Parameters
    ----------
    name
        The watch.
    query
        The new query; '' for none, where it has terms.
    on
        What it tells of: new; new,edit; new,edit,removed.
    """
    with opened(config) as (settings, store):
        known = _added(name, settings, store)
        changed = replace(
            known,
            query=known.query if query is None else query,
            terms=_changed("term", known.terms, term, drop_term),
            exclude=_changed("exclude", known.exclude, exclude, drop_exclude),
            tags=_changed("tag", known.tags, tag, drop_tag),
            channels=_changed("channel", known.channels, channel, drop_channel),
            on=_on(on) if on else known.on,
        )
        if changed == known:
            say(f"{name} is so already")
            return
        _save(settings, store, [changed], quiet=quiet, known=known.channels)
    say(f"{name} is changed")


def remove(name: str, *, config: Config = None) -> None:
    """No longer watch for what was added by `watch add` or `watch import`. What it matched is kept."""
    with opened(config) as (settings, store):
        _added(name, settings, store)
        store.watches.remove(name, utc_now())
    say(f"{name} is not watched any more; what it matched is kept")


def import_(
    file: Path,
    *,
    name: str = "",
    tag: Tags = (),
    channel: Channels = (),
    skip_mistakes: Annotated[bool, Parameter(negative="")] = False,
    quiet: Quiet = False,
    config: Config = None,
) -> None:
    """Take in a list of terms: a watch for each heading, with all its terms. What is known already stays, and is not added twice.

    Parameters
    ----------
    file
        CSV, parted by commas, semicolons or tabs, in UTF-8 or windows-1251: a column of terms, or several, the first line saying which:
        term, heading, tags, exclude.
    name
        What terms without a heading belong to; by default the name of the file.
    skip_mistakes
        Take in what is right; otherwise nothing is where there is a mistake.
    """
    with opened(config) as (settings, store):
        try:
            read = read_terms(file)
        except OSError as error:
            raise ServiceError(f"{file} can't be read: {error.strerror}") from None
        grouped, mistakes = _grouped(read, name or file.stem, settings)
        mistakes = [*mistakes_in(file, read), *(f"{file}, {words}" for words in mistakes)]
        if mistakes and not skip_mistakes:
            raise ConfigurationError([*_some(mistakes), "nothing is taken in; mend these, or take in the others by --skip-mistakes"])
        before = {called: store.watches.get(called) for called in grouped}
        after = [_with(before[called] or SavedWatch(called), listed, tag, channel) for called, listed in grouped.items()]
        changed = [watch for watch in after if watch != before[watch.name]]
        _save(settings, store, changed, quiet=quiet, known=[one for old in before.values() if old for one in old.channels])
    for words in _some(mistakes):
        warn(f"vestnik: left out: {words}")
    if read.headed:
        say("the first line says what the columns are")
    for watch in after:
        say(_told(before[watch.name] or SavedWatch(watch.name), watch))


def _refuse_configured(name: str, settings: Settings) -> None:
    if name in settings.watch:
        raise ConfigurationError([f"[watch.{name}] stands in the configuration; change it there, or choose another name"])


def _added(name: str, settings: Settings, store: Store) -> SavedWatch:
    """A watch that was added, even if the configuration has come to hide it. Raises ConfigurationError where there is none."""
    if (found := store.watches.get(name)) is not None:
        return found
    _refuse_configured(name, settings)
    names = [watch.name for watch in store.watches.list()]
    raise ConfigurationError([f"there is no watch {name!r} that was added{nearest(name, names)}"])


def _save(settings: Settings, store: Store, watches: Sequence[SavedWatch], *, quiet: bool, known: Iterable[str] = ()) -> None:
    """Check all of them, then write them down, with the receipts of those whom they alert. `known`: channels that need not be there."""
    mistakes = [mistake for watch in watches for mistake in _mistakes(watch, settings, known)]
    if mistakes:
        raise ConfigurationError(_some(mistakes))
    asked = list(map(watch_of, watches))
    receipts = [] if quiet else receipts_for(asked, channels_of(settings), _archive(settings, store))
    store.watches.save(watches, receipts, utc_now())


def _archive(settings: Settings, store: Store) -> Archive:
    ask = archive_of(settings, store)

    def caught(query: AskedQuery) -> Caught | None:
        try:
            return ask(query)
        except WantedTooLargeError:
            return None  # a list is watched for all the same

    return caught


def _mistakes(watch: SavedWatch, settings: Settings, known: Iterable[str]) -> list[str]:
    mistakes = []
    for key, queries in (("query", [watch.query] if watch.query else []), ("term", watch.terms), ("exclude", watch.exclude)):
        for query in queries:
            try:
                parse(query)
            except QueryError as error:
                mistakes.append(f"{watch.name}: {key}: {error}\n{error.marked()}")
    names = [*settings.channel]
    lost = [channel for channel in watch.channels if channel not in names and channel not in known]
    mistakes += [f"{watch.name}: there is no channel {channel!r}{nearest(channel, names)}" for channel in lost]
    if not mistakes:
        try:
            watch_of(watch)
        except WatchError as error:
            mistakes.append(f"{watch.name}: {str(error).removeprefix(f'watch {watch.name}: ')}")
    return mistakes


def _on(written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in written.split(",") if word.strip()))


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _changed(what: str, known: tuple[str, ...], more: Iterable[str], drop: Iterable[str]) -> tuple[str, ...]:
    for value in drop:
        if value not in known:
            raise ConfigurationError([f"--drop-{what}: it has no {what} {value!r}{nearest(value, known)}"])
    return tuple(value for value in _once((*known, *more)) if value not in drop)


def _grouped(read: TermList, name: str, settings: Settings) -> tuple[Mapping[str, Listed], list[str]]:
    """What the rows say of each watch, by its name; and the rows that are for none."""
    rows: dict[str, list[Row]] = {}
    mistakes: list[str] = []
    for row in read.rows:
        called = name_for(row.heading or name)
        if not called:
            mistakes.append(f"line {row.line}: {row.heading or name!r} has no letter that a watch could be called by")
        elif called in settings.watch:
            mistakes.append(f"line {row.line}: [watch.{called}] stands in the configuration; name the file there, as terms_file")
        else:
            rows.setdefault(called, []).append(row)
    return {called: listed_for(some) for called, some in rows.items()}, mistakes


def _with(watch: SavedWatch, listed: Listed, tags: Iterable[str], channels: Iterable[str]) -> SavedWatch:
    terms, exclude = _once((*watch.terms, *listed.terms)), _once((*watch.exclude, *listed.exclude))
    tags, channels = _once((*watch.tags, *listed.tags, *tags)), _once((*watch.channels, *channels))
    return replace(watch, terms=terms, exclude=exclude, tags=tags, channels=channels)


def _told(before: SavedWatch, after: SavedWatch) -> str:
    if after == before:
        return f"{after.name}: all of it is there already"
    terms, exclude = len(after.terms) - len(before.terms), len(after.exclude) - len(before.exclude)
    refused = f" and {exclude} exclusions" if exclude else ""
    return f"{after.name}: {terms} of {len(after.terms)} terms{refused} are new"


def _some(mistakes: Sequence[str]) -> list[str]:
    more = len(mistakes) - _MOST_MISTAKES
    return [*mistakes[:_MOST_MISTAKES], *([f"and {more} more"] if more > 0 else [])]
