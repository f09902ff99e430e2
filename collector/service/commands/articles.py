"""`article list`, `article show` (and `article history`, from a module of its own), `extract`, `identify`, and the baseline."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from cyclopts import App, Parameter

from collector.address import link_key
from collector.extract.article import read_article
from collector.extract.document import Document, read_document
from collector.identity import Identity
from collector.page import Page, PageError
from collector.service.app import ServiceError, utc_now
from collector.service.commands import Config, Json, opened
from collector.service.commands.history import history
from collector.service.commands.lines import JsonLines, extract_lines, identify_lines
from collector.service.commands.rulings import join, split
from collector.service.mistakes import ConfigurationError
from collector.service.output import say, say_json, say_table, warn
from collector.service.parts import extracted, families_of, sighting_of_document, site_for, sources_of
from collector.service.settings import Settings, load_settings
from storage.baseline import line_of
from storage.model import Article, Attachment, BaselineEntry, Link, Relation, Sighting

articles = App(name="article", help="Articles that were collected.")
for _command in (history, join, split):
    articles.command(_command)
baseline = App(name="baseline", help="Publications that were known before watching began.")
_WIDE = 100


@articles.command(name="list")
def list_articles(*, limit: int = 50, json: Json = False, config: Config = None) -> None:
    """The newest articles."""
    with opened(config) as (_, store):
        found = store.articles.page(None, limit)
    if json:
        for article in found:
            say_json(asdict(article))
    else:
        say_table((str(a.id), f"{a.first_seen_at:%Y-%m-%d %H:%M}", a.source or "-", _shortened(a.revision.content.title)) for a in found)


@articles.command
def show(article_id: int, *, json: Json = False, config: Config = None) -> None:
    """One article: its text, its locations and its revisions."""
    with opened(config) as (_, store):
        found = store.articles.article(article_id)
        revisions = store.articles.revisions(article_id)
        relations = store.articles.relations(found.id) if found else []
    if found is None:
        raise ServiceError(f"there is no article {article_id}; `vestnik article list` shows those that there are")
    if json:
        say_json(asdict(found) | {"revisions": [asdict(revision) for revision in revisions], "relations": list(map(asdict, relations))})
        return
    say(f"{found.revision.content.title}\n")
    say_table([*_facts(found, len(revisions)), *(_related(relation) for relation in relations)])
    say(f"\n{found.revision.content.text}")


@baseline.command(name="import")
def import_(*paths: Path, config: Config = None) -> None:
    """Take text documents as known: they are never alerted as new.

    Parameters
    ----------
    paths
        Plain-text files, such as the print views of pages; a folder stands for the files in it.
    """
    with opened(config) as (settings, store):
        for path, sighting in _sightings(settings, paths):
            known = store.articles.identify(sighting, Identity()).article_id
            if known is not None and store.articles.article(known) is not None:
                # what was read from its source is worth more than a file about it
                say(f"known: {known} {_shortened(sighting.content.title)} ({path.name})")
                continue
            recorded = store.articles.record(sighting, Identity(), utc_now(), baseline=True)
            say(f"imported: {recorded.article_id} {_shortened(sighting.content.title)} ({path.name})")


@baseline.command
def export(*paths: Path, config: Config = None) -> None:
    """Print what identifies text documents, without their text, in the form in which the baseline ships."""
    for _, sighting in _sightings(load_settings(config), paths):
        content = sighting.content
        say(
            line_of(
                BaselineEntry(
                    sighting.family, sighting.url, sighting.keys, content.title, content.language, content.published, sighting.fingerprint
                )
            )
        )


def identify(*paths: Path, json: Json = False, jsonl: JsonLines = False, pairs: bool = False, config: Config = None) -> None:
    """Say of each text document whether its publication is known, and why: `known: ARTICLE (why)` or `new`. Nothing is written.

    Why one is new, though another is like it, stands on standard error.

    Parameters
    ----------
    pairs
        With --jsonl: compare the two publications of each line, `{"id","a":{"url","title","text"},"b":{…}}`.
    """
    if jsonl or pairs:
        if not (jsonl and pairs) or paths:
            raise ConfigurationError(["--jsonl and --pairs go together, and without documents"])
        identify_lines(load_settings(config))
        return
    with opened(config) as (settings, store):
        for path, sighting in _sightings(settings, paths):
            verdict = store.articles.identify(sighting, Identity())
            if json:
                say_json({"path": path, "article": verdict.article_id, "why": verdict.why})
            elif verdict.article_id is None:
                say("new")
                warn(f"{path.name}: {verdict.why}")
            else:
                say(f"known: {verdict.article_id} {_shortened(sighting.content.title)} ({verdict.why})")


def extract(
    file: Path | None = None,
    *,
    url: Annotated[str, Parameter(help="The page's address.")] = "",
    json: Json = False,
    jsonl: JsonLines = False,
    config: Config = None,
) -> None:
    """Read a saved page and show what is understood of it."""
    settings = load_settings(config)
    if jsonl:
        extract_lines(settings)
        return
    if file is None:
        raise ConfigurationError(["name a saved page, or give --jsonl"])
    address = url or "http://localhost/"
    try:
        page = Page(address, address, "text/html", file.read_bytes())
    except OSError as error:
        raise ServiceError(f"{file} can't be read: {error.strerror}") from None
    try:
        content = read_article(page, site_for(address, settings), Link(address, link_key(address)), utc_now()).content
    except PageError as error:
        raise ServiceError(f"{file}: {error.words}") from None
    if json:
        say_json(extracted(content))
        return
    say_table([("title", content.title), ("published", str(content.published or "-")), ("language", content.language or "-")])
    say(f"\n{content.text}")


def _sightings(settings: Settings, paths: tuple[Path, ...]) -> list[tuple[Path, Sighting]]:
    if not paths:
        raise ConfigurationError(["name at least one text document, or a folder of them"])
    families = families_of(sources_of(settings).values(), settings.sites)
    files = [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    if not files:
        raise ServiceError(f"no text document is in {', '.join(map(str, paths))}")
    return [(file, sighting_of_document(_document(file, settings), families)) for file in files]


def _document(file: Path, settings: Settings) -> Document:
    try:
        return read_document(file.read_text(encoding="utf-8-sig"), ZoneInfo(settings.service.zone), utc_now())
    except OSError as error:
        raise ServiceError(f"{file} can't be read: {error.strerror}") from None
    except (UnicodeDecodeError, PageError) as error:
        raise ServiceError(f"{file} is no text document: {getattr(error, 'words', 'it is not UTF-8')}") from None


def _facts(article: Article, revisions: int) -> list[tuple[str, str]]:
    content = article.revision.content
    return [
        ("source", article.source or "-"),
        ("published", str(content.published or "-")),
        ("first seen", f"{article.first_seen_at:%Y-%m-%d %H:%M} UTC"),
        ("language", content.language or "-"),
        ("revisions", str(revisions)),
        *([("removed", f"{article.removed_at:%Y-%m-%d %H:%M} UTC")] if article.removed_at else []),
        *(("location", url) for url in article.locations),
        *(("attachment", f"{attachment.url} ({_read(attachment)})") for attachment in content.attachments),
    ]


def _related(relation: Relation) -> tuple[str, str]:
    return str(relation.kind), f"article {relation.article_id}, {_shortened(relation.title)} {relation.url} ({relation.why})"


def _read(attachment: Attachment) -> str:
    """What became of the document."""
    if attachment.text:
        return f"{len(attachment.text.split())} words"
    return f"not read: {attachment.error}" if attachment.error else "not read yet"


def _shortened(title: str) -> str:
    return title if len(title) <= _WIDE else f"{title[: _WIDE - 1]}…"
