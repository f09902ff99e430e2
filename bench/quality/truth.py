"""The real pages and what is known of them. Half of each set is kept out of tuning: it is counted, and never looked at."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from collector import html
from collector.address import is_web_address, join, link_key
from collector.charset import decode
from collector.page import Page
from storage.fold import folded_words

PAGES = Path(__file__).resolve().parents[3] / "shared" / "pages"
_RUN = 4
"""Words."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One file of the index."""

    file: str
    told: dict[str, Any]
    """Its line of the index."""

    @property
    def folder(self) -> str:
        return self.file.partition("/")[0]

    @property
    def url(self) -> str:
        """The page's address as far as it is known; of some only the host is."""
        truth = self.truth
        if isinstance(truth, list):
            return _address_of_list(self)
        known = str(self.told.get("url") or (truth.get("url") if isinstance(truth, dict) else "") or "http://localhost/")
        return known.partition(" ")[0]

    @property
    def body(self) -> bytes:
        return _bytes(self.file)

    @property
    def page(self) -> Page:
        return Page(self.url, self.url, "text/html", self.body)

    @property
    def is_held_out(self) -> bool:
        """Whether it belongs to the half that nobody tunes by."""
        return hashlib.sha256(self.file.encode()).digest()[0] % 2 == 1

    @property
    def truth(self) -> Any:
        """The truth file: what its JSON holds, else its text; None where there is none."""
        name = self.told.get("gt")
        if not name:
            return None
        written = _bytes(name).decode("utf-8")
        return json.loads(written) if name.endswith(".json") else written


@cache
def _bytes(file: str) -> bytes:
    """A file of the pages, read once: no reader's time is to hold the disk's."""
    return (PAGES / file).read_bytes()


def samples(kind: str, folder: str = "") -> list[Sample]:
    """Those of a kind (`article`, `listing`, `feed` …), in the index's order."""
    lines = (PAGES / "index.jsonl").read_text(encoding="utf-8").splitlines()
    found = (Sample(told["file"], told) for told in map(json.loads, lines) if told["kind"] == kind)
    return [sample for sample in found if not folder or sample.folder == folder]


def true_text(sample: Sample) -> str | None:
    """The main text that an article page should give; None where the truth names none."""
    truth = sample.truth
    if isinstance(truth, str):
        return truth
    if "V1" in truth:
        body = truth["V1"]["body"]
        parts = [*body["summary"], *(part for section in body["sections"] for part in (*section["headline"], *section["paragraphs"]))]
        return "\n\n".join(parts)
    expected = PAGES / sample.told["gt"].replace(".json", ".html")
    if expected.is_file():
        tree = html.parse(decode(expected.read_bytes(), "text/html"))
        return "\n\n".join(html.paragraphs(tree.body)) if tree.body else ""
    return None


def true_title(sample: Sample) -> str:
    truth = sample.truth
    if not isinstance(truth, dict):
        return ""
    return str(truth.get("title") or truth.get("V1", {}).get("title") or "")


def true_date(sample: Sample) -> str:
    """ISO 8601, a day; empty where the truth has no key `date`."""
    truth = sample.truth
    return str(truth.get("date") or "")[:10] if isinstance(truth, dict) else ""


def phrases(sample: Sample) -> tuple[list[str], list[str]]:
    """What a Drupal page's text must hold, and what it must not."""
    truth = sample.truth if isinstance(sample.truth, dict) else {}
    return list(truth.get("with") or ()), list(truth.get("without") or ())


@dataclass(frozen=True, slots=True)
class TrueItem:
    """A publication that a listing shows."""

    title: str
    url: str
    """Absolute; empty where the truth names none."""


def true_items(sample: Sample) -> list[TrueItem]:
    """The publications of a listing page; none where its truth tells of its pager alone.

    A case with several opinions has them in `sub_opinions`, each a document with an address of its own.
    """
    truth = sample.truth if isinstance(sample.truth, list) else []
    return [
        TrueItem(str(item.get("title") or item.get("case_names") or ""), _told_address(part))
        for item in truth
        for part in item.get("sub_opinions") or [item]
    ]


def true_next(sample: Sample) -> str:
    """The address of a listing's next page; empty where its truth names none."""
    truth = sample.truth
    if not isinstance(truth, dict) or "next" not in truth:
        return ""
    tree = html.parse(decode(sample.body, "text/html"))
    base = join(sample.url, html.attribute(html.select_first(tree, "base[href]"), "href")) or sample.url
    return join(base, html.attribute(html.select_first(tree, truth["next"]), "href")) or ""


def _told_address(item: dict[str, Any]) -> str:
    return str(item.get("url") or item.get("download_urls") or "")


def _address_of_list(sample: Sample) -> str:
    """What the index tells, else what the page says of itself, else the folder from which its links lead to the true addresses.

    Of these the one from which the most do: a page's own word may be of an older host.
    """
    tree = html.parse(decode(sample.body, "text/html"))
    true = [urlsplit(url) for item in sample.truth if (url := _told_address(item))]
    folders = {f"{url.scheme}://{url.netloc}{url.path[: end + 1]}" for url in true for end, sign in enumerate(url.path) if sign == "/"}
    canonical = html.attribute(html.select_first(tree, "link[rel=canonical]"), "href")
    known = [str(sample.told.get("url") or ""), canonical, *sorted(folders, key=len)]
    hrefs = {html.attribute(node, "href") for node in html.select(tree, "a[href]")}
    wanted = {link_key(url.geturl()) for url in true}

    def led_to(base: str) -> int:
        return len(wanted & {link_key(url) for href in hrefs if (url := join(base, href))})

    return max(filter(is_web_address, known), key=led_to)


def f1(found: str, expected: str) -> float:
    """Clipped F1 of runs of four words; of single words where a text is shorter than that."""
    ours, theirs = _runs(found), _runs(expected)
    shared = sum((ours & theirs).values())
    if not shared:
        return 0.0
    precision, recall = shared / sum(ours.values()), shared / sum(theirs.values())
    return 2 * precision * recall / (precision + recall)


def same_title(found: str, expected: str) -> bool:
    return folded_words(found) == folded_words(expected)


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    size = min(_RUN, len(words)) or 1
    return Counter(tuple(words[start : start + size]) for start in range(len(words) - size + 1))
