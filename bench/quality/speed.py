# mypy: disable-error-code="import-untyped,import-not-found,no-any-return"
"""How long reading takes beside the peers: the same pages in the same process, each page by one after the other, in changing order."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import median

from bench.quality.readers import by_trafilatura, our_content, peers_for
from bench.quality.scores import Row
from bench.quality.truth import Sample, samples
from collector import html
from collector.charset import decode
from collector.extract.generic import find_body
from collector.sites import ArticleRules, load_site

try:
    from bs4 import BeautifulSoup
except ImportError:  # without the extra `bench`
    BeautifulSoup = None

Work = Callable[[Sample], object]
ROUNDS = 3
_SOUP = "BeautifulSoup(lxml)"


def speed_rows() -> Iterator[Row]:
    """None where there are no peers to be held against."""
    if not peers_for("text"):
        return
    pages = samples("article")
    read: dict[str, Work] = {
        "ours": _ours,
        "trafilatura": by_trafilatura,
        "its fast mode": lambda sample: by_trafilatura(sample, fast=True),
        "text alone": _our_text,
        "trafilatura with metadata": lambda sample: by_trafilatura(sample, metadata=True),
    }
    taken = _taken(pages, read)
    for peer, times in (("trafilatura", 8), ("its fast mode", 4)):
        yield _row(f"the whole reading, times as fast as {peer} of text alone", taken, "ours", peer, times)
        yield _row(f"text alone, times as fast as {peer}", taken, "text alone", peer, times)
    yield _row("the whole reading, times as fast as", taken, "ours", "trafilatura with metadata", 8)
    if BeautifulSoup is not None:
        yield _ruled_row()


def _ruled_row() -> Row:
    """The same selects with the same selectors by both; what our reading by rules takes as a whole is told beside it."""
    fitting = {sample.file: rules for sample in samples("article", "drupal-articles") if (rules := _fitting(sample))}
    pages = [sample for sample in samples("article", "drupal-articles") if sample.file in fitting]
    ruled = replace(load_site("mpt.gov.by"), article=tuple(dict.fromkeys(fitting.values())))
    works: dict[str, Work] = {
        "ours": lambda sample: _selected(sample, fitting[sample.file]),
        _SOUP: lambda sample: _soup_selected(sample, fitting[sample.file]),
        "whole": lambda sample: our_content(sample.page, replace(ruled, url=sample.url)),
    }
    taken = _taken(pages, works)
    row = _row(f"with rules, {len(pages)} pages, times as fast", taken, "ours", _SOUP, 25)
    return replace(row, peers=f"{row.peers}; our whole reading by them {median(taken['whole']) * 1000:.1f} ms")


def _ours(sample: Sample) -> object:
    return our_content(sample.page)


def _our_text(sample: Sample) -> object:
    """From bytes to paragraphs, as the peers give them by default: no date, author, picture, language, files or HTML made safe."""
    return find_body(html.parse(decode(sample.body, "text/html")))


def _taken(pages: list[Sample], works: dict[str, Work]) -> dict[str, list[float]]:
    """Seconds a page, for each round."""
    taken: dict[str, list[float]] = defaultdict(list)
    for turn in range(ROUNDS):
        spent = dict.fromkeys(works, 0.0)
        for number, sample in enumerate(pages):
            for name in list(works) if (turn + number) % 2 else reversed(works):
                began = time.perf_counter()
                works[name](sample)
                spent[name] += time.perf_counter() - began
        for name, seconds in spent.items():
            taken[name].append(seconds / len(pages))
    return taken


def _row(name: str, taken: dict[str, list[float]], our: str, peer: str, times: int) -> Row:
    ratio = median(theirs / ours for ours, theirs in zip(taken[our], taken[peer], strict=True))
    ours, theirs = (median(taken[one]) * 1000 for one in (our, peer))
    return Row(name, f"≥ {times} ×", ratio >= times, f"{ratio:.1f} × ({ours:.2f} ms a page)", peers=f"{peer} {theirs:.1f} ms a page")


def _fitting(sample: Sample) -> ArticleRules | None:
    """The built-in rules for Drupal that fit the page."""
    tree = html.parse(decode(sample.body, "text/html"))
    return next((rules for rules in load_site("mpt.gov.by").article if html.select_first(tree, rules.body)), None)


def _selected(sample: Sample, rules: ArticleRules) -> tuple[str, str, str, str, list[str]]:
    tree = html.parse(decode(sample.body, "text/html"))
    body = html.select_first(tree, rules.body)
    date = html.select_first(tree, rules.date)
    return (
        html.line(html.select_first(tree, rules.title)),
        html.attribute(date, "datetime") or html.line(date),
        "\n".join(html.paragraphs(body)) if body else "",
        html.attribute(html.select_first(tree, rules.image), "src"),
        [html.attribute(anchor, "href") for anchor in html.select(body, "a[href]")] if body else [],
    )


def _soup_selected(sample: Sample, rules: ArticleRules) -> tuple[str, str, str, str, list[str]]:
    soup = BeautifulSoup(sample.body, "lxml")
    title, date, body, image = (soup.select_one(selector) for selector in (rules.title, rules.date, rules.body, rules.image))
    return (
        title.get_text(" ", strip=True) if title else "",
        (date.get("datetime") or date.get_text(" ", strip=True)) if date else "",
        body.get_text("\n", strip=True) if body else "",
        image.get("src", "") if image else "",
        [anchor["href"] for anchor in body.select("a[href]")] if body else [],
    )
