"""The judged cases: each query finds what its reader means, and nothing beside it. What is refused says where it is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from bench.watches.judged import Case, cases
from notify.index import Matcher
from notify.match import check
from notify.query import QueryError, parse
from notify.watch import Watch
from storage.model import Span, Texts

CASES = cases()
ANSWERED = [case for case in CASES if not case.refused]
REFUSED = [case for case in CASES if case.refused]
SHOWN = [case for case in ANSWERED if case.words]
KINDS = {
    "abbreviations", "belarusian-adjectives", "belarusian-letters", "belarusian-mixed", "belarusian-nouns", "belarusian-phrases",
    "belarusian-verbs", "english-derived", "english-forms", "english-phrases", "exactness", "fields", "figures", "folding", "joined-words",
    "look-alikes", "mixed-queries", "near", "operators", "phrases", "punctuation", "refused", "russian-adjectives", "russian-degrees",
    "russian-homonyms", "russian-nouns", "russian-numerals", "russian-places", "russian-surnames", "russian-unknown", "russian-verbs",
}  # fmt: skip


def name(case: Case) -> str:
    return case.name


@pytest.mark.parametrize("case", ANSWERED, ids=name)
def test_a_query_finds_what_its_reader_means(case: Case) -> None:
    accepted, spans = check(parse(case.query), case.texts)
    assert accepted is case.match, f"{case.reason}: {case.query!r} in {case.texts}"
    assert bool(spans) is (case.match and not asks_of_the_article(case.query)), spans


def asks_of_the_article(query: str) -> bool:
    """It asks of the source or the language alone, so there are no words to show."""
    return query.startswith(("lang:", "source:"))


def test_all_the_cases_as_watches_of_one_index_are_answered_as_alone() -> None:
    matcher = Matcher([Watch(case.name, parse(case.query), ()) for case in ANSWERED])
    for case in ANSWERED:
        accepted, spans = check(parse(case.query), case.texts)
        found = matcher.match(case.texts)
        assert ((case.name in found), found.get(case.name, ())) == (accepted, spans), case


@pytest.mark.parametrize("case", SHOWN, ids=name)
def test_the_words_that_matched_are_shown_as_they_stand(case: Case) -> None:
    _, spans = check(parse(case.query), case.texts)
    assert shown(case.texts, spans) == list(case.words), case.reason


def shown(texts: Texts, spans: tuple[Span, ...]) -> list[str]:
    """The marked stretches, where those with nothing but signs and spaces between them are one, as a reader sees it."""
    return [written(texts, field)[start:end] for field, start, end in joined(texts, spans)]


def joined(texts: Texts, spans: tuple[Span, ...]) -> Iterator[Span]:
    open_span: Span | None = None
    for span in sorted(spans, key=lambda one: (one.field != "title", one.field, one.start)):
        if open_span and open_span.field == span.field and not has_word(written(texts, span.field)[open_span.end : span.start]):
            open_span = open_span._replace(end=max(open_span.end, span.end))
            continue
        if open_span:
            yield open_span
        open_span = span
    if open_span:
        yield open_span


def has_word(between: str) -> bool:
    return any(sign.isalnum() for sign in between)


def written(texts: Texts, field: str) -> str:
    if field.startswith("attachment:"):
        return texts.attachments[int(field.removeprefix("attachment:")) - 1]
    return {"title": texts.title, "text": texts.text, "author": texts.author}[field]


@pytest.mark.parametrize("case", REFUSED, ids=name)
def test_a_query_without_a_meaning_is_refused_with_its_place(case: Case) -> None:
    with pytest.raises(QueryError) as refused:
        parse(case.query)
    assert case.marked in case.query[refused.value.start : refused.value.end], case.reason


def test_the_cases_are_of_every_kind_with_a_reason_each() -> None:
    assert len(CASES) >= 300
    assert {case.kind for case in CASES} == KINDS
    assert all(case.reason.strip() and "\n" not in case.reason for case in CASES)
    assert [case for case, times in Counter((case.query, case.texts) for case in CASES).items() if times > 1] == []


def test_the_cases_for_and_against_are_near_equal_in_number() -> None:
    found = sum(case.match for case in CASES)
    assert 0.8 <= (len(CASES) - found) / found <= 1.25
