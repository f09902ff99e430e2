"""`collect`, `source list` and `source reread`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass

from collector.following import discover
from collector.page import PageError
from collector.poll import look
from collector.reread import Outcome, ReadAgain, Reader
from collector.reread import reread as read_again
from collector.service.app import ServiceError, utc_now
from collector.service.catalogue import Catalogue
from collector.service.commands import Config, Json, opened
from collector.service.commands.progress import read_back
from collector.service.equipment import archive_folder, children_of, open_tools
from collector.service.logs import set_up_logs
from collector.service.matching import Matching
from collector.service.minding import in_words
from collector.service.mistakes import ConfigurationError, nearest
from collector.service.output import say, say_json, say_table, warn
from collector.service.parts import channels_of, watches_of, watching_of
from collector.service.settings import Settings
from collector.service.threads import Threads
from collector.tools import Source, Tools
from storage.model import Backfill, Gap, Incident, LookCounts, SourceState
from storage.store import Store


def collect(*names: str, dry_run: bool = False, backfill: bool = False, json: Json = False, config: Config = None) -> None:
    """Look once at sources now, due or not, and match what they show; what is owed is sent by the running service.

    Parameters
    ----------
    names
        Sources by their names; all of them where none is given.
    dry_run
        Only show the links that would be read; nothing is written.
    backfill
        Also read back older pages to the end, which the running service does by itself.
    """
    if dry_run and backfill:
        raise ConfigurationError(["--dry-run writes nothing, and --backfill is there to write; give one of them"])
    with opened(config) as (settings, store):
        set_up_logs(settings.service.log, "warning")
        sources = Catalogue(settings, store)
        check_names(names, sources)
        chosen = {name: source for name, source in sources.items() if not names or name in names}
        failed = asyncio.run(_collect(settings, store, chosen, Wanted(dry_run, backfill, json)))
    if failed:
        raise ServiceError(f"{failed} of {len(chosen)} sources could not be read")


def list_(*, json: Json = False, config: Config = None) -> None:
    """Every source: when it was last read, or why it can't be."""
    with opened(config) as (settings, store):
        sources = Catalogue(settings, store)
        store.sources.enrol(sources, utc_now())
        states = store.sources.states(list(sources))
        known = {state.name: Known.of(store, state) for state in states}
    if json:
        for state in states:
            say_json(asdict(state) | asdict(known[state.name]))
        return
    say_table(
        (state.name, f"{state.articles} articles", _links(known[state.name].links), _told_of(state, known[state.name])) for state in states
    )


def show(name: str, *, json: Json = False, config: Config = None) -> None:
    """One source: how it is read, what became of its links, what is being back-filled, and what could not be bridged."""
    with opened(config) as (settings, store):
        sources = Catalogue(settings, store)
        check_names([name], sources)
        store.sources.enrol(sources, utc_now())
        (state,) = store.sources.states([name])
        known, source = Known.of(store, state), sources[name]
    if json:
        say_json(asdict(state) | asdict(known))
        return
    say_table([
        ("address", source.site.url),
        ("definition", source.site.name if source.site.entry_points else "none; it is read by its structure"),
        *(("way in", f"{way.kind} {way.url}{' (asked daily, as a check)' if way.daily else ''}") for way in state.ways),
        ("condition", _condition(state)),
        ("articles", str(state.articles)),
        ("links", _links(known.links)),
        *(("back-fill", _backfilled(backfill)) for backfill in known.backfills),
        *(("gap", _gap(gap)) for gap in known.gaps),
        *(("incident", in_words(incident)) for incident in known.incidents),
    ])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a source beyond its state."""

    links: Mapping[str, int]
    gaps: Sequence[Gap]
    backfills: Sequence[Backfill]
    incidents: Sequence[Incident]

    @classmethod
    def of(cls, store: Store, state: SourceState) -> Known:
        links = dict(store.sources.link_states(state.id))
        return cls(links, store.finding.open_gaps(state.id), store.finding.backfills(state.id), store.health.of(state.id))


def reread(name: str, *, dry_run: bool = False, json: Json = False, config: Config = None) -> None:
    """Read a source's articles again from the archive, after its rules have changed. What they say now is their next revision.

    Nobody is alerted. Pages are used that are no older than an article's latest revision. Exit status 1 if one can't be read any more.

    Parameters
    ----------
    name
        The source, as the configuration calls it.
    dry_run
        Only tell what would become of it; nothing is written.
    """
    with opened(config) as (settings, store):
        set_up_logs(settings.service.log, "warning")
        sources = Catalogue(settings, store)
        check_names([name], sources)
        if not settings.archive.on:
            words = "[archive] on: the archive is off, so no page is kept that could be read again; set on = true, and later pages are kept"
            raise ConfigurationError([words])
        outcomes, of = asyncio.run(_reread(settings, store, sources[name], dry_run=dry_run))
    _say_reread(name, outcomes, of, dry_run=dry_run, as_json=json)
    if failed := sum(outcome.outcome is Outcome.FAILED for outcome in outcomes):
        raise ServiceError(f"{failed} of {len(outcomes)} articles could not be read by the rules of today; they stay as they are")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What `collect` is to do beyond a look."""

    dry_run: bool
    backfill: bool
    as_json: bool


async def _collect(settings: Settings, store: Store, sources: Mapping[str, Source], wanted: Wanted) -> int:
    """How many sources could not be read."""
    store.sources.enrol(sources, utc_now())
    threads = Threads(one_writer=store.database.is_sqlite)
    async with AsyncExitStack() as stack:
        stack.callback(threads.close)
        tools = await open_tools(stack, settings, store, threads, utc_now, archive=not wanted.dry_run)
        if wanted.dry_run:
            return sum([await _show(source, tools, as_json=wanted.as_json) for source in sources.values()])
        failed = sum([await _look(source, tools, as_json=wanted.as_json) for source in sources.values()])
        if wanted.backfill:
            await read_back(sources, tools)
        watching = watching_of(watches_of(settings), settings, store)
        await Matching(store, threads, watching, channels_of(settings), utc_now).tick()
    return failed


async def _reread(settings: Settings, store: Store, source: Source, *, dry_run: bool) -> tuple[tuple[ReadAgain, ...], int]:
    """What came of each article that has an archived page, and of how many articles the source has."""
    store.sources.enrol([source.name], utc_now())
    (state,) = store.sources.states([source.name])
    threads = Threads(one_writer=store.database.is_sqlite)
    async with AsyncExitStack() as stack:
        stack.callback(threads.close)
        children = children_of(settings.network)
        stack.callback(children.close)
        reader = Reader(source, archive_folder(settings), store, threads, children.lane(source.name), utc_now(), dry_run)
        return await read_again(state.id, reader), state.articles


async def _look(source: Source, tools: Tools, *, as_json: bool) -> bool:
    """Whether it failed."""
    claimed = tools.store.sources.claim_due([source.name], utc_now(), tools.lease, 1, even_if_not_due=True)
    if not claimed:
        (state,) = tools.store.sources.states([source.name])
        paused = f"it is paused; `vestnik source resume {source.name}` ends that"
        warn(f"{source.name}: {paused if state.paused_at else 'the running service is looking at it at this moment'}")
        return False
    counts = await look(source, claimed[0], tools)
    (state,) = tools.store.sources.states([source.name])
    if as_json:
        say_json({"source": source.name, "error": state.error} | asdict(counts))
    elif state.error:
        warn(f"{source.name}: {state.error}")
    else:
        say(f"{source.name}: {_told(counts)}")
    return bool(state.error)


async def _show(source: Source, tools: Tools, *, as_json: bool) -> bool:
    (state,) = tools.store.sources.states([source.name])
    try:
        shown = await discover(source, state, tools, conditional=False)
    except PageError as error:
        warn(f"{source.name}: {error}")
        return True
    links = shown.seen.links
    known = tools.store.sources.known_keys(state.id, [link.key for link in links])
    for link in links:
        if as_json:
            say_json({"source": source.name, "known": link.key in known} | asdict(link))
        else:
            say(f"{'known' if link.key in known else 'new  '}  {link.published or '----------'!s:.10}  {link.title}  {link.url}")
    return False


def _told(counts: LookCounts) -> str:
    return ", ".join(f"{value} {name}" for name, value in asdict(counts).items() if value or name == "seen")


def _say_reread(name: str, outcomes: tuple[ReadAgain, ...], of: int, *, dry_run: bool, as_json: bool) -> None:
    counts = {outcome: sum(one.outcome is outcome for one in outcomes) for outcome in Outcome}
    telling = [one for one in outcomes if one.outcome is not Outcome.UNCHANGED]
    if as_json:
        told = {outcome.name.lower(): count for outcome, count in counts.items()}
        say_json({"source": name, "dry_run": dry_run, "articles": of, "archived": len(outcomes)} | told | {"pages": telling})
        return
    for one in telling:
        say(f"article {one.article_id}: {_named(one.outcome, dry_run=dry_run)}, {one.url}{f': {one.reason}' if one.reason else ''}")
    words = ", ".join(f"{count} {_named(outcome, dry_run=dry_run)}" for outcome, count in counts.items())
    say(f"{name}: {len(outcomes)} of {of} articles have an archived page: {words}")


def _named(outcome: Outcome, *, dry_run: bool) -> str:
    return "would be revised" if dry_run and outcome is Outcome.REVISED else str(outcome)


def check_names(names: Sequence[str], sources: Mapping[str, Source]) -> None:
    """Raises ConfigurationError for each that is no source's."""
    unknown = [name for name in names if name not in sources]
    if unknown:
        raise ConfigurationError([f"there is no source {name!r}{nearest(name, list(sources))}" for name in unknown])


def _links(states: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {state}" for state, count in sorted(states.items())) or "no links"


def _condition(state: SourceState) -> str:
    if state.paused_at is not None:
        return f"paused since {state.paused_at:%Y-%m-%d %H:%M} UTC"
    if state.error:
        return f"can't be read: {state.error}"
    return f"last read {state.last_good_at:%Y-%m-%d %H:%M} UTC" if state.last_good_at else "not looked at yet"


def _told_of(state: SourceState, known: Known) -> str:
    words = [_condition(state), *map(_backfilled, (backfill for backfill in known.backfills if backfill.ended_at is None))]
    words += [in_words(incident) for incident in known.incidents]
    return "; ".join([*words, *(["gaps that could not be bridged: " + str(len(known.gaps))] if known.gaps else [])])


def _backfilled(backfill: Backfill) -> str:
    reach = f", back to {backfill.oldest:%Y-%m-%d}" if backfill.oldest else ""
    words = f"{backfill.links} publications on {backfill.pages} older pages{reach}"
    if backfill.ended_at is not None:
        return f"done: {words}; {backfill.why}"
    return f"back-filling: {words}{f'; {backfill.error}' if backfill.error else ''}"


def _gap(gap: Gap) -> str:
    since = f"after {gap.since:%Y-%m-%d %H:%M} UTC" if gap.since else "at the first look"
    return f"{since}: {gap.words}{'; for a week, each look follows it further' if gap.next_page else ''}"
