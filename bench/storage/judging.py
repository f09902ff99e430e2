"""How well publications are told apart: edits of one text, texts that are alike and two, and real news that people judged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from bench.storage import peers
from bench.storage.edits import ELEVEN
from bench.storage.million import sighted
from bench.storage.table import Row, at_least, at_most
from bench.storage.texts import Publication, of_million, of_template, publication, with_boilerplate
from collector.identity import Identity, compare, sighting_of
from storage.candidates import look_up
from storage.model import Content, Sighting
from storage.store import Store

DEDUP = Path(__file__).parents[3] / "shared" / "pages" / "dedup" / "ru-news-pairs.jsonl"
_SEED = 11
_LEAST = 0.99

Pair = tuple[Publication, Publication]


def recall_rows(samples: int) -> Iterator[Row]:
    """Each edit of so many texts, seen at another address on the same site under the same title."""
    for name, edit in ELEVEN.items():
        rng = Random(_SEED)
        pairs = [(known, edit(known, rng)) for known in (publication(number, series="known") for number in range(samples))]
        yield at_least(f"recall, {name}", _merged(pairs) / samples, _LEAST, samples, _peers_of(pairs))


def found_rows(kind: str, store: Store, known: int, samples: int) -> Iterator[Row]:
    """The same edits, looked for among all that a database holds and decided as `record` decides."""
    for name, edit in ELEVEN.items():
        rng, right, untitled = Random(_SEED), 0, 0
        for turn in range(samples):
            number = _ordinary(rng, known)
            copy = edit(of_million(number), rng)
            verdict = store.articles.identify(sighted(number, copy, place="archive"), Identity())
            right += verdict.article_id == number + 1
            other = replace(copy, title=f"{publication(turn, series='title').title}")
            with store.database.read() as connection:
                untitled += number + 1 in look_up(connection, sighted(number, other, place="archive"))
        found = f"under another title the index finds {untitled / samples:.3f}"
        yield at_least(f"{kind}: recall among {known:,}, {name}", right / samples, _LEAST, samples, found)


def _ordinary(rng: Random, known: int) -> int:
    """The number of a publication with words and a title of its own."""
    while (number := rng.randrange(known)) % 10 < 2 or number % 50 == 2:
        pass
    return number


def false_rows(samples: int) -> Iterator[Row]:
    """Pairs that are two, on one site."""
    for share, most in ((0.0, 0.0), (0.25, 0.0), (0.4, 0.01)):
        sharing = [(with_boilerplate(number, share), with_boilerplate(number + 20, share)) for number in range(samples)]
        yield _false_row(f"false merges, {share:.0%} boilerplate shared", sharing, most)
    yield _false_row("false merges, a round-up that holds the other whole", [_round_up(number) for number in range(samples)])
    series = [(of_template(number % 200, number), of_template(number % 200, number + 1)) for number in range(samples)]
    yield _false_row("false merges, a series that differs in numbers, dates, names", series)


def _round_up(number: int) -> Pair:
    one = publication(number, series="reprinted")
    others = [publication(number * 3 + turn, series="around") for turn in range(3)]
    whole = [paragraph for other in (others[0], one, *others[1:]) for paragraph in (other.title, *other.paragraphs)]
    return one, Publication(f"Обзор недели: {others[2].title}", tuple(whole))


def _false_row(what: str, pairs: list[Pair], most: float = 0.0) -> Row:
    return at_most(what, _merged(pairs), len(pairs), most, _peers_of(pairs))


def judged_rows() -> Iterator[Row]:
    """Pairs of real news, labelled by people: the same event, told by two, is two publications."""
    if not DEDUP.is_file():
        return
    pairs = [json.loads(line) for line in DEDUP.read_text("utf-8").splitlines()]
    bad = [(pair["first"], pair["second"]) for pair in pairs if pair["label"] == "BAD"]
    texts = [tuple(Publication(one["title"], (one["text"],)) for one in pair) for pair in bad]
    alike = _peers_of([(one, other) for one, other in texts])
    for where, seen in (("on two sources", _elsewhere), ("as if on one source", _on_one_site)):
        merged = sum(compare(*(seen(place, one) for place, one in enumerate(pair))).same for pair in bad)
        yield at_most(f"real news labelled two, merges {where}", merged, len(bad), 0.0, alike)


def _elsewhere(place: int, one: dict[str, str]) -> Sighting:
    return sighting_of(f"agency-{place}.example", one["url"], (one["url"],), Content(one["title"], one["text"], language="ru"))


def _on_one_site(place: int, one: dict[str, str]) -> Sighting:
    path = f"/{'ab'[place]}-publication"
    content = Content(one["title"], one["text"], language="ru")
    return sighting_of("agency.example", f"https://agency.example{path}", (path,), content)


def _merged(pairs: list[Pair]) -> int:
    merged = 0
    for number, (one, other) in enumerate(pairs):
        merged += compare(sighted(number, one), sighted(number, other, place="archive")).same
    return merged


def _peers_of(pairs: list[Pair]) -> str:
    told = [(peers.told(one), peers.told(other)) for one, other in pairs]
    counts = {name: sum(alike(one, other) for one, other in told) for name, alike in peers.PEERS.items()}
    return ", ".join(f"{name} {count / len(pairs):.3f}" for name, count in counts.items())
