"""Text, title and date of the real article pages, ours and the peers'."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bench.quality.readers import Reader, our_content, peers_for
from bench.quality.scores import Halves, Point, Row, at_least, so_many
from bench.quality.truth import Sample, f1, phrases, same_title, samples, true_date, true_text, true_title
from storage.model import Content

BEST_PEER = 0.932
"""The better peer's mean over `articles-multi` (trafilatura 2.3.1), for where no peer is installed."""
_MARGIN = 0.01


def article_rows() -> Iterator[Row]:
    pages = [(sample, our_content(sample.page)) for sample in samples("article")]
    yield from _text_rows(pages)
    yield from _phrase_rows(pages)
    yield _title_row(pages)
    yield from _date_rows(pages)


_Read = Sequence[tuple[Sample, Content | None]]


def _text_rows(pages: _Read) -> Iterator[Row]:
    for folder in ("articles-ru", "articles-multi"):
        true = [(sample, content, text) for sample, content in pages if sample.folder == folder and (text := true_text(sample)) is not None]
        ours = Halves.of((Point(sample, f1(content.text if content else "", text)) for sample, content, text in true), is_mean=True)
        peers = {
            name: Halves.of((Point(sample, f1(read(sample), text)) for sample, _, text in true), is_mean=True)
            for name, read in peers_for("text").items()
        }
        best = max((peer.whole.share for peer in peers.values()), default=BEST_PEER)
        yield at_least(f"{folder}: text, mean F1", ours, 0.90 if folder == "articles-ru" else best + _MARGIN, peers)


def _phrase_rows(pages: _Read) -> Iterator[Row]:
    drupal = [(sample, content) for sample, content in pages if sample.folder == "drupal-articles"]
    texts = {name: [(sample, read(sample)) for sample, _ in drupal] for name, read in peers_for("text").items()}
    ours = [(sample, content.text if content else "") for sample, content in drupal]

    def halves(read: list[tuple[Sample, str]], count: Callable[[Sample, str], tuple[int, int]]) -> Halves:
        return Halves.of(Point(sample, *count(sample, text)) for sample, text in read)

    for name, count, least, of in (("must be there", _found, 80, 81), ("kept out", _kept_out, 79, 82)):
        yield so_many(f"Drupal phrases {name}", halves(ours, count), least, of, {peer: halves(read, count) for peer, read in texts.items()})


def _found(sample: Sample, text: str) -> tuple[int, int]:
    wanted, _ = phrases(sample)
    return sum(_spaced(phrase) in _spaced(text) for phrase in wanted), len(wanted)


def _kept_out(sample: Sample, text: str) -> tuple[int, int]:
    _, unwanted = phrases(sample)
    # nobody is praised for a text that is not there
    return sum(bool(text) and _spaced(phrase) not in _spaced(text) for phrase in unwanted), len(unwanted)


def _spaced(text: str) -> str:
    """White space evened out: where a phrase crosses a line break is a matter of how text is written down."""
    return " ".join(text.split())


def _title_row(pages: _Read) -> Row:
    true = [(sample, content, title) for sample, content in pages if (title := true_title(sample))]
    ours = Halves.of(Point(sample, same_title(content.title if content else "", title)) for sample, content, title in true)
    peers = {
        name: Halves.of(Point(sample, same_title(read(sample), title)) for sample, _, title in true)
        for name, read in peers_for("title").items()
    }
    return at_least("titles equal", ours, 0.95, peers)


def _date_rows(pages: _Read) -> Iterator[Row]:
    true = [(sample, content, date) for sample, content in pages if (date := true_date(sample))]
    ours = [(sample, _day(content), date) for sample, content, date in true]
    theirs = {name: _dates(read, true) for name, read in peers_for("date").items()}
    yield so_many("dates exact", _exact(ours), 24, 25, {name: _exact(found) for name, found in theirs.items()})
    wrong = _wrong(ours)
    peers = {name: _wrong(found) for name, found in theirs.items()}
    yield Row.of(
        "dates wrong rather than missing", wrong, "≤ 1 of 25", holds=wrong.whole.of == 25 and wrong.whole.reached <= 1, peers=peers
    )


_Dates = Sequence[tuple[Sample, str, str]]
"""Found and true."""


def _dates(read: Reader, true: Sequence[tuple[Sample, Content | None, str]]) -> _Dates:
    return [(sample, read(sample)[:10], date) for sample, _, date in true]


def _day(content: Content | None) -> str:
    return str(content.published)[:10] if content is not None and content.published is not None else ""


def _exact(dates: _Dates) -> Halves:
    return Halves.of(Point(sample, found == true) for sample, found, true in dates)


def _wrong(dates: _Dates) -> Halves:
    return Halves.of(Point(sample, found not in {"", true}) for sample, found, true in dates)
