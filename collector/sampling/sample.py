"""The files of a sample: the page's bytes, and JSON of the same name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from collector.page import Page
from collector.sampling.understood import ArticleSays, Kind, LinkSays, ListingSays, Says

_FILE_NAME = re.compile(r"[^\w.-]+", re.ASCII)
_LONGEST_NAME = 60
"""Characters of the address in a file's name; file systems take 255 bytes for the whole."""


class SampleError(Exception):
    """A sample's files can't be used; the message says which and why, for people."""


@dataclass(frozen=True, slots=True)
class Sample:
    name: str
    """Of its files, without their endings: `2026-11-20-news`."""
    page: Page
    kind: Kind
    seen: datetime
    """When the page was like this: dates without a year, and «yesterday», are read as on that day."""
    expected: Says


def load_samples(folder: Path) -> tuple[Sample, ...]:
    """Every sample in a folder, by name. Raises SampleError for the first one that can't be used."""
    return tuple(_load(file) for file in sorted(folder.glob("*.json")))


def keep_sample(folder: Path, page: Page, kind: Kind, seen: datetime, expected: Says) -> Path:
    """Write a sample and return its JSON file. One that is there already is never written over: its expectation may have been corrected."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = next(name for name in _names(folder, page, seen) if not name.exists())
        file.with_suffix(_ending(page)).write_bytes(page.body)
        told = {
            "url": page.url,
            "content_type": page.content_type,
            "seen": seen.isoformat(),
            "kind": str(kind),
            "expected": asdict(expected),
        }
        file.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise SampleError(f"{folder}: the sample can't be written: {error.strerror}") from None
    return file


def _load(file: Path) -> Sample:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        page = Page(told["url"], told["url"], told["content_type"], _page_beside(file).read_bytes())
        kind = Kind(told["kind"])
        return Sample(file.stem, page, kind, datetime.fromisoformat(told["seen"]), _expected(kind, told["expected"]))
    except OSError as error:
        raise SampleError(f"{error.filename}: it can't be read: {error.strerror}") from None
    except KeyError as error:
        raise SampleError(f"{file}: {error.args[0]} is missing; record the page again, or write it as in the other samples") from None
    except (ValueError, TypeError, AttributeError) as error:
        raise SampleError(f"{file}: it is not as a sample should be: {error}") from None


def _page_beside(file: Path) -> Path:
    """The file of the same name with another ending."""
    beside = [other for other in sorted(file.parent.glob(f"{file.stem}.*")) if other != file and other.stem == file.stem]
    if not beside:
        raise FileNotFoundError(2, "there is no such file", str(file.with_suffix(".html")))
    return beside[0]


def _expected(kind: Kind, told: dict[str, Any]) -> Says:
    if kind is Kind.LISTING:
        return ListingSays(tuple(LinkSays(**link) for link in told["links"]), told.get("next_page", ""))
    lists = {key: tuple(told.get(key, ())) for key in ("text", "attachments")}
    return ArticleSays(**(told | lists))


def _names(folder: Path, page: Page, seen: datetime) -> Iterator[Path]:
    path = unquote(urlsplit(page.url).path).strip("/")
    words = _FILE_NAME.sub("-", path.rpartition("/")[2]).strip("-.")[:_LONGEST_NAME] or "page"
    stem = f"{seen:%Y-%m-%d}-{words.removesuffix('.html').removesuffix('.htm').replace('.', '-')}"
    number = 1
    while True:
        yield folder / (f"{stem}.json" if number == 1 else f"{stem}-{number}.json")
        number += 1


def _ending(page: Page) -> str:
    """Of the page's file; JSON has another, as its own name is taken."""
    kind = page.content_type.lower()
    return ".html" if "html" in kind or not kind else ".xml" if "xml" in kind else ".page"
