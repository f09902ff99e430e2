"""`watch`: saved queries, and whom they alert."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from collector.service.app import ServiceError
from collector.service.commands import Config, Json, opened, saving
from collector.service.commands.explaining import explain
from collector.service.commands.lines import JsonLines, check_lines
from collector.service.commands.searching import backtest
from collector.service.commands.suggesting import suggest
from collector.service.mistakes import ConfigurationError
from collector.service.output import say, say_json, say_table
from collector.service.parts import lexicon_of, listed_of
from collector.service.settings import Settings, load_settings
from notify.match import check as check_query
from notify.query import QueryError, parse
from storage.model import Texts
from storage.store import Store

_STANDARD_INPUT = Path("-")
_SHOWN = 3

watches = App(name="watch", help="Saved queries and whom they alert.")
for _command in (saving.add, saving.change, saving.remove, explain, backtest, suggest):
    watches.command(_command)
watches.command(saving.import_, name="import")


@watches.command(name="list")
def list_watches(*, tag: str = "", json: Json = False, config: Config = None) -> None:
    """The watches of the configuration, and those that were added.

    Parameters
    ----------
    tag
        Those alone that have this tag.
    """
    with opened(config) as (settings, store):
        listed = [
            line for line in (*_configured(settings), *_added(settings, store)) if not tag or tag.casefold() in map(str.casefold, line.tags)
        ]
    if json:
        for line in listed:
            say_json(line)
    else:
        say_table((line.name, line.kept, ", ".join(line.channels) or "no channel", _summary(line)) for line in listed)


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    kept: str
    query: str
    terms: tuple[str, ...]
    exclude: tuple[str, ...]
    tags: tuple[str, ...]
    channels: tuple[str, ...]
    on: tuple[str, ...]


def _configured(settings: Settings) -> Iterator[_Line]:
    for name, table in settings.watch.items():
        listed = listed_of(name, table)
        yield _Line(
            name, "configuration", table.query or "", listed.terms, listed.exclude, listed.tags, table.channels, tuple(sorted(table.on))
        )


def _added(settings: Settings, store: Store) -> Iterator[_Line]:
    for saved in store.watches.list():
        kept = "hidden by the configuration" if saved.name in settings.watch else "added"
        yield _Line(saved.name, kept, saved.query, saved.terms, saved.exclude, saved.tags, saved.channels, saved.on)


def _summary(line: _Line) -> str:
    """What it asks for, on one line; a list may have thousands of terms."""
    parts = [line.query] if line.query else []
    if line.terms:
        parts.append(f"{'or ' if parts else ''}any of {len(line.terms)} terms: {_some(line.terms)}")
    if line.exclude:
        parts.append(f"but not {_some(line.exclude)}")
    return " ".join("; ".join(parts).split()) + "".join(f" #{tag}" for tag in line.tags)


def _some(queries: Sequence[str]) -> str:
    return ", ".join([*queries[:_SHOWN], *(["…"] if queries[_SHOWN:] else [])])


@watches.command
def check(
    query: Annotated[str, Parameter(allow_leading_hyphen=True)] = "",
    text: Annotated[Path, Parameter(allow_leading_hyphen=True)] = _STANDARD_INPUT,
    *,
    title: str = "",
    json: Json = False,
    jsonl: JsonLines = False,
    config: Config = None,
) -> None:
    """Say whether a query accepts a text, and by which words. Exit status 1 if it doesn't.

    Parameters
    ----------
    query
        In the watch language, such as 'ШОС OR "Шанхайская организация сотрудничества"'.
    text
        A plain-text file; `-` reads standard input.
    """
    lexicon = lexicon_of(load_settings(config))
    if jsonl:
        check_lines(lexicon)
        return
    try:
        parsed = parse(query)
    except QueryError as error:
        raise ConfigurationError([f"query: {error}\n{error.marked()}"]) from None
    body = _read_input() if text == _STANDARD_INPUT else _read(text)
    accepted, spans = check_query(parsed, Texts(title, body), lexicon)
    found = {"title": title, "text": body}
    if json:
        say_json({"match": accepted, "spans": [span._asdict() for span in spans]})
    else:
        say("match" if accepted else "no match")
        for span in spans:
            say(f"  {span.field} {span.start}-{span.end}: {found[span.field][span.start : span.end]}")
    if not accepted:
        sys.exit(1)


def _read_input() -> str:
    binary = getattr(sys.stdin, "buffer", None)  # whatever the locale says
    try:
        return sys.stdin.read() if binary is None else binary.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ServiceError("standard input is no text in UTF-8") from None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ServiceError(f"{path} can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ServiceError(f"{path} is no text in UTF-8") from None
