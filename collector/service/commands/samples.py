"""`source record` and `source test`: pages kept with what they say, and definitions tried on them without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from collector.address import is_web_address
from collector.child import Children
from collector.page import Page, PageError
from collector.sampling import (
    ArticleSays,
    Difference,
    Kind,
    ListingSays,
    Sample,
    SampleError,
    Says,
    differences,
    keep_sample,
    kind_of,
    load_samples,
    understood,
)
from collector.service.app import ServiceError, utc_now
from collector.service.commands import Config, Json, opened
from collector.service.equipment import children_of, open_tools
from collector.service.logs import set_up_logs
from collector.service.mistakes import ConfigurationError, nearest
from collector.service.output import say, say_json, say_table
from collector.service.parts import sources_of
from collector.service.settings import Settings, SourceTable, load_settings
from collector.service.threads import Threads
from collector.sites import known_sites
from collector.tools import Source
from storage.store import Store

_SHOWN = 100
"""Characters of a paragraph or title: a line of a wide terminal."""
_FEED_ENDINGS = frozenset({".xml", ".rss", ".atom"})


@dataclass(frozen=True, slots=True)
class _Tried:
    source: str
    sample: Sample
    differences: tuple[Difference, ...]
    by_rules: bool | None = None
    trouble: str = ""
    """Why the page could not be read at all."""

    @property
    def fits(self) -> bool:
        return not self.differences and not self.trouble


def record(
    name: str,
    page: Annotated[str, Parameter(help="The page's address, or a saved page.")],
    *,
    url: Annotated[str, Parameter(help="Where a saved page came from.")] = "",
    kind: Annotated[Kind | None, Parameter(help="What the page is; told by its address where it is not given.")] = None,
    into: Annotated[Path | None, Parameter(help="The folder; `samples` in the data folder where it is not given.")] = None,
    json: Json = False,
    config: Config = None,
) -> None:
    """Keep a page as a sample, with what is understood of it today as what is expected of it from now on.

    Look through what is printed, and correct the sample's JSON file where it is wrong.

    Parameters
    ----------
    name
        The source, as the configuration calls it, or a built-in definition.
    """
    if url and not is_web_address(url):
        raise ConfigurationError([f"--url: {url!r} is no web address; write one such as https://example.org/news"])
    with opened(config) as (settings, store):
        set_up_logs(settings.service.log, "warning")
        source = _source(name, settings)
        got, says, kind = asyncio.run(_recorded(settings, store, source, page, url, kind))
        seen = utc_now().replace(microsecond=0)
        try:
            file = keep_sample((into or samples_folder(settings)) / name, got, kind, seen, says)
        except SampleError as error:
            raise ServiceError(str(error)) from None
    if json:
        say_json({"source": name, "sample": file.stem, "file": file, "kind": str(kind), "expected": says})
        return
    say_table(_said(says))
    say(f"\nkept as {file}\nIf something above is wrong, correct it there; `vestnik source test {name}` tells how it is read.")


def test(
    *names: str,
    folder: Annotated[Path | None, Parameter(help="A folder with a folder of samples for each source.")] = None,
    json: Json = False,
    config: Config = None,
) -> None:
    """Read every sample by today's definition of its source, without a network. Exit status 1 if one is understood otherwise than expected.

    Parameters
    ----------
    names
        Sources or built-in definitions; all that have samples where none is given.
    """
    settings = load_settings(config)
    place = folder or samples_folder(settings)
    chosen = names or tuple(sorted(found.name for found in place.iterdir() if found.is_dir())) if place.is_dir() else names
    if not chosen:
        raise ServiceError(f"there are no samples in {place}; `vestnik source record NAME URL` keeps one")
    sources = {name: _source(name, settings) for name in chosen}
    samples = [(source, sample) for name, source in sources.items() for sample in _samples(place / name, name)]
    tried = asyncio.run(_tried(settings, samples))
    for one in tried:
        _tell(one, as_json=json)
    if bad := sum(not one.fits for one in tried):
        raise ServiceError(f"{bad} of {len(tried)} samples are understood otherwise than expected")


def samples_folder(settings: Settings) -> Path:
    return settings.service.data_dir / "samples"


async def _recorded(settings: Settings, store: Store, source: Source, place: str, url: str, kind: Kind | None) -> tuple[Page, Says, Kind]:
    """The page as it came, or as its scripts wrote it, and what it says."""
    threads = Threads(one_writer=store.database.is_sqlite)
    async with AsyncExitStack() as stack:
        stack.callback(threads.close)
        tools = await open_tools(stack, settings, store, threads, utc_now, archive=False)
        page = await tools.fetch(source, place) if is_web_address(place) else _saved(Path(place), url)
        kind = kind or kind_of(page, source.site)
        found, page = await tools.read(source, page, understood, source.site, kind, utc_now())
    # what is kept stands for the address after redirects, to which its links are relative
    return replace(page, url=page.final_url), found.says, kind


def _saved(file: Path, url: str) -> Page:
    if not url:
        raise ConfigurationError([f"{file} is no web address; if it is a saved page, tell by --url where it came from"])
    try:
        return Page(url, url, "application/xml" if file.suffix in _FEED_ENDINGS else "text/html", file.read_bytes())
    except OSError as error:
        raise ServiceError(f"{file} can't be read: {error.strerror}") from None


def _source(name: str, settings: Settings) -> Source:
    """A source of the configuration, or one made of a definition."""
    names = known_sites(settings.sites)
    if name not in settings.source and name in names:
        settings = settings.model_copy(update={"source": {name: SourceTable(use=name)}})
    if name not in settings.source:
        raise ConfigurationError([f"there is no source or definition {name!r}{nearest(name, [*settings.source, *names])}"])
    return sources_of(settings)[name]


def _samples(folder: Path, name: str) -> tuple[Sample, ...]:
    try:
        samples = load_samples(folder)
    except SampleError as error:
        raise ServiceError(str(error)) from None
    if not samples:
        raise ServiceError(f"there are no samples in {folder}; `vestnik source record {name} URL` keeps one")
    return samples


async def _tried(settings: Settings, samples: list[tuple[Source, Sample]]) -> list[_Tried]:
    children = children_of(settings.network)
    try:
        return [await _try(children, source, sample) for source, sample in samples]
    finally:
        children.close()


async def _try(children: Children, source: Source, sample: Sample) -> _Tried:
    try:
        found = await children.lane(source.name).run(understood, sample.page, source.site, sample.kind, sample.seen)
    except PageError as error:
        return _Tried(source.name, sample, (), trouble=error.words)
    return _Tried(source.name, sample, differences(sample.expected, found.says), found.by_rules)


def _tell(one: _Tried, *, as_json: bool) -> None:
    if as_json:
        told = {"fits": one.fits, "by_rules": one.by_rules, "error": one.trouble, "differences": one.differences}
        say_json({"source": one.source, "sample": one.sample.name} | told)
        return
    word = "fits" if one.fits else f"can't be read: {one.trouble}" if one.trouble else "differs"
    unruled = " (none of the definition's rules fitted; read by its structure)" if one.by_rules is False else ""
    say(f"{one.source}  {one.sample.name}  {word}{unruled}")
    for difference in one.differences:
        say(f"    {difference}")


def _said(says: Says) -> Iterator[tuple[str, ...]]:
    if isinstance(says, ListingSays):
        yield from ((link.published[:10] or "no date", _short(link.title), link.url) for link in says.links)
        yield ("next page", "", says.next_page or "none")
        return
    yield from _facts(says)
    yield from ((f"text {number}", _short(paragraph)) for number, paragraph in enumerate(says.text, 1))


def _facts(says: ArticleSays) -> Iterator[tuple[str, str]]:
    for key, value in asdict(says).items():
        if key != "text":
            yield key, ", ".join(value) if isinstance(value, tuple) else value or "none"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
