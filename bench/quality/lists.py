# mypy: disable-error-code="import-untyped,import-not-found"
"""Publications out of the real listings, their next pages, and the real feeds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import feedparser

from bench.quality.readers import NOW, unknown_site
from bench.quality.scores import Halves, Point, Row, so_many
from bench.quality.truth import Sample, samples, true_items, true_next
from collector.address import link_key
from collector.discover import Listed, read_entry_point
from collector.discover.feed import read_feed
from collector.discover.json_list import read_json
from collector.page import Page, PageError
from storage.fold import folded_words
from storage.model import Link

_ZONE = ZoneInfo("Europe/Minsk")
_PRECISION, _RECALL = 0.97, 0.95
_GARBLED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]|(?:[ÐÑ][\u0080-\u00bf‚-›]){2}|(?:[РС][\u0402-\u040f\u0452-\u045f]){2}")
"""Control characters, what a decoder could not read, and UTF-8 read as another charset, Western or Cyrillic."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a listing gave, held against its truth."""

    sample: Sample
    right: int
    given: int
    true: int


def found_in(sample: Sample) -> Found:
    """Publications are told by their addresses, and by their titles where the truth names no address."""
    items = true_items(sample)
    keys = {link_key(item.url) for item in items if item.url}
    titles = {tuple(folded_words(item.title)) for item in items if not item.url}
    links = {link.key: link for link in _listed(sample).links}
    by_title = {tuple(folded_words(link.title)) for key, link in links.items() if key not in keys} & titles
    return Found(sample, len(keys & set(links)) + len(by_title), len(links), len(keys) + len(titles))


def _listed(sample: Sample) -> Listed:
    """Nothing where no list is recognised."""
    try:
        return read_entry_point(sample.page, unknown_site(sample.url), NOW)
    except PageError:
        return Listed(())


def list_rows() -> Iterator[Row]:
    found = [found_in(sample) for sample in samples("listing") if true_items(sample)]
    for name, share, halves in (
        ("listings: precision", _PRECISION, Halves.of(Point(one.sample, one.right, one.given) for one in found)),
        ("listings: recall", _RECALL, Halves.of(Point(one.sample, one.right, one.true) for one in found)),
    ):
        whole = f"{halves.whole}: {halves.whole.share:.3f}"
        yield Row(name, f"≥ {share}", halves.whole.share >= share, whole, str(halves.tuned), str(halves.held))
    with_next = [(sample, url) for sample in samples("listing") if (url := true_next(sample))]
    right = Halves.of(Point(sample, _same_address(_listed(sample).next_page, url)) for sample, url in with_next)
    yield so_many("listings: next page", right, 10, 11)


def each_listing() -> Iterator[str]:
    """A line for each page that may be looked at."""
    for sample in samples("listing"):
        if not sample.is_held_out and true_items(sample):
            one = found_in(sample)
            yield f"{sample.file}: {one.right} right of {one.given} given, {one.true} true"
        if not sample.is_held_out and (url := true_next(sample)):
            yield f"{sample.file}: next page {_listed(sample).next_page or 'none'}, true {url}"


def _same_address(found: str, true: str) -> bool:
    return bool(found) and link_key(found) == link_key(true)


def feed_rows() -> Iterator[Row]:
    """What is no feed is to be refused in words; where the index counts entries, a refusal is a feed lost."""
    feeds = samples("feed")
    counted = [sample for sample in feeds if sample.told.get("items") is not None]
    theirs = {sample.file: feedparser.parse(sample.body) for sample in feeds}
    clean = Halves.of(Point(sample, bool(theirs[sample.file].entries and not theirs[sample.file].bozo)) for sample in feeds)
    yield so_many(
        "feeds without an exception", Halves.of(Point(sample, _is_read(sample)) for sample in feeds), 43, 43, {"feedparser": clean}
    )
    equal = Halves.of(Point(sample, _entries(sample) == sample.told["items"]) for sample in counted)
    peer = Halves.of(Point(sample, len(theirs[sample.file].entries) == sample.told["items"]) for sample in counted)
    yield so_many("feeds: entries as indexed", equal, 38, 38, {"feedparser": peer})
    readable = Halves.of(Point(sample, _is_readable(map(_words, _links(sample)))) for sample in feeds)
    peer = Halves.of(Point(sample, _is_readable(map(_their_words, theirs[sample.file].entries))) for sample in feeds)
    yield so_many("feeds: text readable", readable, 43, 43, {"feedparser": peer})


def _page(sample: Sample) -> Page:
    """As a server that says nothing of the charset would send it."""
    return Page(sample.url, sample.url, "application/json" if _is_json(sample) else "application/xml", sample.body)


def _is_json(sample: Sample) -> bool:
    return sample.file.endswith(".json")


def _is_read(sample: Sample) -> bool:
    try:
        _read(sample)
    except PageError:
        return sample.told.get("items") is None
    except Exception:  # noqa: BLE001  (this is what is counted)
        return False
    return True


def _entries(sample: Sample) -> int:
    try:
        return read_feed(_page(sample), _ZONE, NOW).entries
    except PageError:
        return -1


def _links(sample: Sample) -> tuple[Link, ...]:
    try:
        return _read(sample)
    except PageError:
        return ()


def _read(sample: Sample) -> tuple[Link, ...]:
    return read_json(_page(sample), _ZONE, NOW).links if _is_json(sample) else read_feed(_page(sample), _ZONE, NOW).links


def _words(link: Link) -> str:
    return f"{link.title} {link.teaser} {link.whole.text if link.whole else ''}"


def _their_words(entry: feedparser.FeedParserDict) -> str:
    return " ".join((entry.get("title", ""), entry.get("summary", ""), *(part.value for part in entry.get("content", ()))))


def _is_readable(texts: Iterable[str]) -> bool:
    return not any(map(_GARBLED.search, texts))
