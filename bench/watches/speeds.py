"""Rows of the table on matching: how fast 100,000 watches are held against a text, beside the peers, and what they take in memory."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from bench.storage.table import Row
from bench.watches import peers
from bench.watches.queries import queries, watches
from bench.watches.texts import publication, word_forms
from notify.index import Matcher
from notify.lemmas import Lexicon
from notify.tokens import words_of
from notify.watch import Watch
from storage.model import Texts

MANY, TENTH, THOUSAND = 100_000, 10_000, 1_000
_WARM = 1_500
"""Texts whose words are known before anything is measured."""
_KILOBYTES = 2.0


@dataclass(frozen=True, slots=True)
class Size:
    texts: int
    """That ours is measured by."""
    of_peers: int
    """The first so many of them, by which the peers are: they take a second a text."""
    rounds: int


FULL = Size(texts=200, of_peers=8, rounds=5)
QUICK = Size(texts=60, of_peers=2, rounds=3)


def texts_of(number: int, series: str = "measured") -> Texts:
    made = publication(number, series)
    return Texts(made.title, made.text, language="ru", source="press")


def warm(lexicon: Lexicon, measured: Sequence[Texts]) -> None:
    """Other texts of the same vocabulary, and the words of the measured ones, so that nobody pays for a word's first time."""
    for number in range(_WARM):
        _forms_of(texts_of(number, "others"), lexicon)
    words = [word for one in measured for word in words_of(f"{one.title}\n{one.text}")]
    Random(1).shuffle(words)
    word_forms(words, lexicon)


def _forms_of(texts: Texts, lexicon: Lexicon) -> frozenset[str]:
    """The least that has to be done to know the words of a text: its lemmas, without their places."""
    return word_forms((*words_of(texts.title), *words_of(texts.text)), lexicon)


def match_rows(size: Size) -> Iterator[Row]:
    lexicon, measured = Lexicon(), [texts_of(number) for number in range(size.texts)]
    warm(lexicon, measured)
    kept = watches(MANY)
    matchers = {count: Matcher(kept[:count], lexicon) for count in (THOUSAND, TENTH, MANY)}
    compared = _Peers(kept, lexicon, measured[: size.of_peers])
    gc.collect()
    gc.freeze()  # the peers' hundreds of thousands of queries would be walked through again and again
    yield from _agreement_rows(matchers[MANY], compared)
    took = _least(size.rounds, {**_ours(matchers, lexicon, measured), **compared.ways()})
    of_text = {way: seconds / (len(compared.texts) if way in compared.ways() else len(measured)) for way, seconds in took.items()}
    yield from _peer_rows(of_text, len(compared.texts))
    yield from _scale_rows(of_text)
    matched = sum(len(matchers[MANY].match(one)) for one in measured) / len(measured)
    yield Row("watches that a text meets", f"{matched:,.0f} of {MANY:,}", "told", reached=True)


def _ours(matchers: Mapping[int, Matcher], lexicon: Lexicon, measured: Sequence[Texts]) -> dict[str, Callable[[], float]]:
    ways: dict[str, Callable[[], float]] = {"forms": lambda: _clock(partial(_forms_of, lexicon=lexicon), measured)}
    for count, matcher in matchers.items():
        ways[f"{count} whole"] = partial(_clock, matcher.match, measured)
        ways[f"{count} alone"] = partial(_match_alone, matcher, measured)
    return ways


def _match_alone(matcher: Matcher, measured: Sequence[Texts]) -> float:
    """Each text is read anew, so that nothing of an earlier round is kept in it; that isn't counted."""
    total = 0.0
    for one in measured:
        reading = matcher.read(one)
        _ = reading.main.keys, reading.main.by_key
        total += _clock(matcher.accepting, [reading])
    return total


def _clock(work: Callable[[Any], object], each: Iterable[Any]) -> float:
    began = time.perf_counter()
    for one in each:
        work(one)
    return time.perf_counter() - began


def _least(rounds: int, ways: Mapping[str, Callable[[], float]]) -> dict[str, float]:
    """The quickest of the rounds, in each of which all are measured in turn: what else the machine did only adds."""
    taken = [{name: way() for name, way in ways.items()} for _ in range(rounds)]
    return {name: min(one[name] for one in taken) for name in ways}


class _Peers:
    """The same watches as each of the others keeps them, and the texts as each of them reads them."""

    def __init__(self, kept: Sequence[Watch], lexicon: Lexicon, texts: Sequence[Texts]) -> None:
        roots = [watch.query.root for watch in kept]
        self.texts, self.names = texts, [watch.name for watch in kept]
        self._read = [peers.read(one, lexicon) for one in texts]
        self._compiled = [peers.compiled(root, lexicon) for root in roots]
        tantivy = peers.Tantivy()
        self._queries = [tantivy.query(root, lexicon) for root in roots]
        self._searchers = [tantivy.searcher(one) for one in self._read]
        self._expressions = [peers.expression(root, lexicon) for root in roots]
        self._fts = peers.Fts5(frozenset(key for root in roots for key in peers.phrase_keys(root, lexicon)))

    def found(self, number: int) -> dict[str, list[bool]]:
        """What each of them answers to all queries on a text."""
        self._fts.hold(self._read[number])
        return {
            "a loop": self._loop(self._read[number]),
            "tantivy": peers.tantivy_found(self._searchers[number], self._queries),
            "FTS5": self._fts.found(self._expressions),
        }

    def ways(self) -> dict[str, Callable[[], float]]:
        return {
            "a loop": lambda: _clock(self._loop, self._read),
            "tantivy": lambda: _clock(lambda searcher: peers.tantivy_found(searcher, self._queries), self._searchers),
            "FTS5": self._fts_clock,
        }

    def _loop(self, text: peers.Read) -> list[bool]:
        return [accepts(text) for accepts in self._compiled]

    def _fts_clock(self) -> float:
        total = 0.0
        for text in self._read:
            self._fts.hold(text)
            total += _clock(self._fts.found, [self._expressions])
        return total


def _agreement_rows(matcher: Matcher, compared: _Peers) -> Iterator[Row]:
    different = dict.fromkeys(("a loop", "tantivy", "FTS5"), 0)
    for number, texts in enumerate(compared.texts):
        ours = set(matcher.match(texts))
        for peer, found in compared.found(number).items():
            different[peer] += len(ours ^ {name for name, accepted in zip(compared.names, found, strict=True) if accepted})
    of = f"of {MANY * len(compared.texts):,}"
    told = f"tantivy {different['tantivy']}; FTS5 {different['FTS5']}, which knows one form of an ambiguous word in a phrase"
    yield Row("answers that a loop gives otherwise", f"{different['a loop']} {of}", "0", different["a loop"] == 0, told)


_AT_LEAST = {"a loop": 100.0, "tantivy": 150.0, "FTS5": 300.0}
_NAMED = {"a loop": "a loop over lemmas", "tantivy": "tantivy", "FTS5": "SQLite FTS5"}


def _peer_rows(took: Mapping[str, float], texts: int) -> Iterator[Row]:
    alone, whole = took[f"{MANY} alone"], took[f"{MANY} whole"]
    for peer, least in _AT_LEAST.items():
        ours = f"{took[peer] / alone:,.0f} × ({_micros(alone)}, with reading {_micros(whole)})"
        read = (took[peer] + took["forms"]) / whole
        told = f"{took[peer] * 1000:,.1f} ms by {texts} texts; {read:,.0f} × with the reading of the text counted for both"
        yield Row(
            f"{MANY:,} watches on a text that is read, times as fast as {_NAMED[peer]}",
            ours,
            f"≥ {least:g} ×",
            took[peer] >= least * alone,
            told,
        )


def _scale_rows(took: Mapping[str, float]) -> Iterator[Row]:
    slower = took[f"{MANY} whole"] / took[f"{TENTH} whole"]
    alone = f"without reading {took[f'{MANY} alone'] / took[f'{TENTH} alone']:.1f} ×"
    told = f"{slower:.2f} × ({_micros(took[f'{TENTH} whole'])} and {_micros(took[f'{MANY} whole'])})"
    yield Row(f"slow-down from {TENTH:,} to {MANY:,} watches, text to matches", told, "≤ 3 ×", slower <= 3, alone)
    ratio = took[f"{THOUSAND} whole"] / took["forms"]
    told = f"{ratio:.2f} × ({_micros(took[f'{THOUSAND} whole'])})"
    yield Row(
        f"{THOUSAND:,} watches, text to matches, times the word forms alone",
        told,
        "≤ 2.5 ×",
        ratio <= 2.5,
        f"forms {_micros(took['forms'])}",
    )


def _micros(seconds: float) -> str:
    return f"{seconds * 1e6:,.0f} µs"


def memory_rows() -> Iterator[Row]:
    """A process of its own before and after it has read and indexed all watches."""
    with TemporaryDirectory(prefix="bench-watches-") as folder:
        listed = Path(folder) / "queries"
        listed.write_text("\n".join(queries(MANY)), "utf-8")
        told = subprocess.run([sys.executable, "-m", "bench.watches.memory", listed], check=True, capture_output=True, text=True).stdout
    base, after, seconds = map(float, told.split())
    each = (after - base) / MANY
    beside = f"base {base / 1024:,.0f} MB; reading and indexing them took {seconds:,.1f} s"
    yield Row(f"memory of {MANY:,} watches", f"{each:.2f} KB a watch", f"≤ {_KILOBYTES:g} KB", each <= _KILOBYTES, beside)
