"""The judged cases beside others' ways to find words: exact words, Snowball's stems, and pymorphy3's first parse.

All have the same small language of queries (`boolean`). What a way cannot say counts as wrong only where its answer is wrong. Queries that
Vestnik must refuse are asked of Vestnik alone. `python -m bench.watches.cases [FOLDER]` prints the table.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pymorphy3
import snowballstemmer

from bench.watches.boolean import Words, asks
from bench.watches.judged import FOLDER, Case, cases
from notify.match import check
from notify.query import QueryError, parse

Answer = Callable[[Case], bool]
"""Whether what the case says is what comes out."""
_WORD = re.compile(r"\w+")
_LATIN = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Score:
    """How many cases of a kind came out right."""

    kind: str
    way: str
    found: int
    """Right among those that are to be found."""
    to_find: int
    spared: int
    """Right among those that are not to be found, or are to be refused."""
    to_spare: int

    @property
    def right(self) -> int:
        return self.found + self.spared

    @property
    def of(self) -> int:
        return self.to_find + self.to_spare


def exact(text: str) -> Sequence[str]:
    return _WORD.findall(text.lower())


def stems(text: str) -> Sequence[str]:
    return [_stem(word) for word in exact(text)]


@cache
def _stem(word: str) -> str:
    stemmer = snowballstemmer.stemmer("english" if _LATIN.search(word) else "russian")
    return str(stemmer.stemWord(word))


def first_parses(text: str) -> Sequence[str]:
    return [_first_parse(word) for word in exact(text)]


@cache
def _first_parse(word: str) -> str:
    return str(_analyzer().parse(word)[0].normal_form)


@cache
def _analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


def peer(words: Words) -> Answer:
    def answers(case: Case) -> bool:
        fields = [words(field) for field in (case.texts.title, case.texts.text, *case.texts.attachments)]
        return asks(case.query, words)(fields) is case.match

    return answers


def vestnik(case: Case) -> bool:
    try:
        accepted, _ = check(parse(case.query), case.texts)
    except QueryError as error:
        return case.refused and case.marked in case.query[error.start : error.end]
    return not case.refused and accepted is case.match


WAYS: dict[str, Answer] = {"exact words": peer(exact), "Snowball": peer(stems), "pymorphy3": peer(first_parses), "Vestnik": vestnik}
"""By name, Vestnik last."""


def scores(judged: Sequence[Case]) -> list[Score]:
    """For each kind and way, the peers left out where there is nothing to ask them."""
    return [score for kind in dict.fromkeys(case.kind for case in judged) for score in _of_kind(kind, judged)]


def _of_kind(kind: str, judged: Sequence[Case]) -> Iterator[Score]:
    of_kind = [case for case in judged if case.kind == kind]
    for way, answers in WAYS.items():
        asked = [case for case in of_kind if way == "Vestnik" or not case.refused]
        right = Counter(case.match for case in asked if answers(case))
        to_find = sum(case.match for case in asked)
        if asked:
            yield Score(kind, way, right[True], to_find, right[False], len(asked) - to_find)


def table(folder: Path = FOLDER) -> str:
    """What to print: kinds down, ways across, each as right among those to find and among those to leave, and in all.

    "all" is of the kinds that all were asked.
    """
    every = scores(cases(folder))
    by_place = {(score.kind, score.way): score for score in every}
    shared = [kind for kind, way in by_place if way == next(iter(WAYS))]
    own = [kind for kind, way in by_place if way == "Vestnik" and kind not in shared]
    sums = [_sum(way, [score for score in every if score.way == way and score.kind in shared]) for way in WAYS]
    by_place |= {("all", score.way): score for score in sums}
    rows = [(kind, *(_cell(by_place.get((kind, way))) for way in WAYS)) for kind in (*shared, "all")]
    rows.append(("", *(f"{score.right / score.of:.1%}" for score in sums)))
    rows += [(kind, *(_cell(by_place.get((kind, way))) for way in WAYS)) for kind in own]
    return "\n".join(_lines([("", *WAYS), *rows]))


def _sum(way: str, parts: Sequence[Score]) -> Score:
    found, to_find, spared, to_spare = (
        sum(column) for column in zip(*((p.found, p.to_find, p.spared, p.to_spare) for p in parts), strict=True)
    )
    return Score("all", way, found, to_find, spared, to_spare)


def _cell(score: Score | None) -> str:
    if score is None:
        return "-"
    return f"{score.found}/{score.to_find} + {score.spared}/{score.to_spare} = {score.right}/{score.of}"


def _lines(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def all_right(folder: Path = FOLDER) -> bool:
    return all(vestnik(case) for case in cases(folder))


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    print("Right among the cases to be found + among those not to be found (or to be refused, asked of Vestnik alone) = in all:\n")
    print(table(folder))
    return 0 if all_right(folder) else 1


if __name__ == "__main__":
    sys.exit(main())
