"""Queries and texts made at random out of few words, so that they meet often: for the tests that hold two ways of matching equal."""

from __future__ import annotations

from hypothesis import strategies as st

from notify.query import Query, QueryError, parse
from storage.model import Texts

WORDS = (
    "связь", "связи", "связью", "министр", "министра", "министерство", "Шульган", "Шульгану", "ШОС", "РСС", "год", "гадоў", "дзяржаў",
    "дзяржава", "5G", "5 G", "2024г.", "4-го", "4-е", "agreements", "children", "child", "news", "стали", "сталь", "ёлка", "елка",
    "аб’ява", "бло\u0301кчейн", "MИНСК", "г.Минске", "Китай-ШОС", "свя\u00adзи",
)  # fmt: skip
"""Words of three languages with their forms, glued, hyphenated, stressed, of mixed alphabets."""
_GAPS = (" ", " ", " ", ", ", ". ", " – ", "\n\n", "\u00a0", "-", " «")
_TERMS = (*(word.strip(".") for word in WORDS if " " not in word), "=связи", "связ*", "мин*", "/свя\\w+/", "/[0-9]{4}/", '"5 G"', "~ШОС")
_PHRASES = ('"министр связи"', '"связи министра"', '"4-го года"', "«Китай ШОС»", '"министерство"')
_FIELDS = ("", "", "", "title:", "text:", "attachment:", "author:")
_TOLD = ("source:mpt.gov.by", "source:m*", "lang:ru", "lang:be")

texts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(_GAPS)), max_size=12).map(lambda parts: "".join(map("".join, parts)))


@st.composite
def publications(draw: st.DrawFn) -> Texts:
    return Texts(
        draw(texts), draw(texts), tuple(draw(st.lists(texts, max_size=2))), draw(st.sampled_from(("", "Шульган П.Н.", "ШОС"))),
        draw(st.sampled_from(("ru", "be", ""))), draw(st.sampled_from(("mpt.gov.by", "rcc", ""))),
    )  # fmt: skip


_leaves = st.one_of(
    st.tuples(st.sampled_from(_FIELDS), st.sampled_from((*_TERMS, *_PHRASES))).map("".join),
    st.sampled_from(_TOLD),
    st.tuples(st.sampled_from(WORDS[:9]), st.integers(1, 6), st.sampled_from(WORDS[:9])).map(
        lambda near: f"({near[0]} NEAR/{near[1]} {near[2]})"
    ),
)
_written = st.recursive(
    _leaves,
    lambda parts: st.one_of(
        st.lists(parts, min_size=2, max_size=3).map(lambda both: f"({' '.join(both)})"),
        st.lists(parts, min_size=2, max_size=3).map(lambda either: f"({' OR '.join(either)})"),
        parts.map("NOT {}".format),
    ),
    max_leaves=6,
)


def _taken(written: str) -> Query | None:
    try:
        return parse(written)
    except QueryError:
        return None  # of negatives only


queries: st.SearchStrategy[Query] = _written.map(_taken).filter(lambda query: query is not None)  # type: ignore[assignment]
