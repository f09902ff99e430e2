"""`watch explain`: why a watch matched an article or didn't, clause by clause, and what came of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import chain
from typing import Annotated

from cyclopts import Parameter

from collector.service.app import ServiceError
from collector.service.asking import query_given, query_of_watch
from collector.service.commands import Config, Json, opened
from collector.service.mistakes import ConfigurationError
from collector.service.output import say, say_json
from collector.service.parts import lexicon_of
from notify.explain import Explanation
from notify.explain import explain as explain_query
from notify.match import merged
from notify.render.excerpts import Excerpt, document_names, marked, passages, shortened, showable
from storage.model import Article, Content, DeliveryRow, DeliveryState, Outcome, Owed, Texts

_PARTS = 20
"""Parts of a clause that are shown; a watch list may have thousands, and `--json` has all of them."""
_CLAUSE = 200
_TITLE = 300
_LARGEST_ID = 2**63 - 1
_NOT_TOLD = {
    Owed.BASELINE: "the article was known before watching began",
    Owed.EDIT: "an earlier revision matched already, and the watch does not ask for this kind of edit",
    Owed.NO_CHANNEL: "the watch had no channel with a recipient",
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which article, and which watch or query."""

    article: int
    watch: str
    """Empty for a query that is no watch's."""
    query: str


def explain(
    name: str,
    article: str = "",
    *,
    query: Annotated[str, Parameter(allow_leading_hyphen=True)] = "",
    json: Json = False,
    config: Config = None,
) -> None:
    """Say clause by clause why a watch matches an article or doesn't, and what came of it. Exit status 1 if it doesn't.

    Parameters
    ----------
    name
        The watch; with --query it may be left out.
    article
        The number of the article, as `vestnik article list` shows it.
    query
        Explain this query in the place of the watch's own.
    """
    asked = _asked(name, article, query)
    with opened(config) as (settings, store):
        of_watch = query_given(asked.query, settings, store) if asked.query else query_of_watch(asked.watch, settings, store)
        found = store.articles.article(asked.article)
        if found is None:
            raise ServiceError(f"there is no article {asked.article} that was read; `vestnik article list` shows those that there are")
        content = found.revision.content
        names = list(document_names(content).values())
        explanation = explain_query(of_watch, _texts(found), lexicon_of(settings), documents=names)
        outcomes = store.articles.outcomes(found.id, asked.watch) if asked.watch else []
    if json:
        about = {"watch": asked.watch or None, "query": of_watch.text, "article": found.id, "revision": found.revision.number}
        say_json(about | {"match": explanation.holds, "explanation": explanation, "outcomes": list(map(asdict, outcomes))})
    else:
        _say(asked, found, explanation, outcomes)
    if not explanation.holds:
        sys.exit(1)


def _asked(name: str, article: str, query: str) -> _Asked:
    watch, number = (name, article) if article else ("", name)
    if not query and not watch:
        raise ConfigurationError(["name a watch and an article, or give --query and an article"])
    if not (number.isascii() and number.isdecimal() and len(number) <= len(str(_LARGEST_ID)) and int(number) <= _LARGEST_ID):
        raise ConfigurationError([f"article: {number!r} is no number of an article; `vestnik article list` shows them"])
    return _Asked(int(number), watch, query)


def _texts(article: Article) -> Texts:
    """What the service holds watches against."""
    content = article.revision.content
    texts = tuple(attachment.text for attachment in content.attachments)
    return Texts(content.title, content.text, texts, content.author, content.language, article.source)


# --- for people ------------------------------------------------------------------------------------------------------------------------


def _say(asked: _Asked, article: Article, explanation: Explanation, outcomes: Sequence[Outcome]) -> None:
    who = f"watch {asked.watch}" if asked.watch and not asked.query else "the query"
    verdict = "matches" if explanation.holds else "does not match"
    title = shortened(showable(article.revision.content.title), _TITLE)
    say(f"{who} {verdict} article {article.id}, revision {article.revision.number}: {title}\n")
    for line in _tree(explanation, 0):
        say(line)
    if shown := list(_shown(article.revision.content, explanation)):
        say("")
        for where, excerpt in shown:
            say(f"{where}: {_plain(excerpt)}")
    if asked.watch:
        say("")
        for line in _told(asked.watch, outcomes, explanation, asks_anew=bool(asked.query)):
            say(line)


def _tree(explanation: Explanation, depth: int) -> Iterator[str]:
    mark = "yes" if explanation.holds else "no "
    yield f"{'    ' * depth}{mark} {shortened(explanation.clause, _CLAUSE)}: {explanation.why}"
    for holds in (True, False):
        alike = [part for part in explanation.parts if part.holds is holds]
        for part in alike[:_PARTS]:
            yield from _tree(part, depth + 1)
        if more := len(alike) - _PARTS if len(alike) > _PARTS else 0:
            yield f"{'    ' * (depth + 1)}… and {more} more that {'hold' if holds else 'do not hold'}; --json has all"


def _shown(content: Content, explanation: Explanation) -> Iterator[tuple[str, Excerpt]]:
    """The words in their sentences: those that made it match, otherwise those of single clauses, refused ones too."""
    spans = explanation.spans or merged(chain.from_iterable(part.spans for part in _leaves(explanation)))
    if in_title := [span for span in spans if span.field == "title"]:
        yield "title", marked(content.title[:_TITLE], in_title)
    names = document_names(content)
    for field, excerpt in passages(content, spans):
        yield (f"attachment «{names[field]}»" if field in names else field), excerpt


def _leaves(explanation: Explanation) -> Iterator[Explanation]:
    if not explanation.parts:
        yield explanation
    for part in explanation.parts:
        yield from _leaves(part)


def _plain(excerpt: Excerpt) -> str:
    return "".join(f"*{piece.text}*" if piece.marked else piece.text for piece in excerpt).strip()


def _told(watch: str, outcomes: Iterable[Outcome], explanation: Explanation, *, asks_anew: bool) -> Iterator[str]:
    """What came of every revision, and why that may differ from what is so now."""
    last: Outcome | None = None
    for last in outcomes:
        yield f"revision {last.number}, recorded {_when(last.recorded_at)}: {_outcome(last)}"
    if last is None or last.matched_at is None or asks_anew or explanation.holds == (last.owed is not None):
        return
    then = f"when watches were held against it, {_when(last.matched_at)}"
    if explanation.holds:
        yield f"It matches now and did not {then}: {watch} was made or changed since, or the glossary, or the page was read by new rules."
    else:
        yield f"It does not match now and did {then}: {watch} was changed since, or the glossary, or the rules of word forms."


def _outcome(outcome: Outcome) -> str:
    if outcome.matched_at is None:
        return "watches are not held against it yet"
    if outcome.owed is None:
        return "did not match"
    if outcome.owed is not Owed.ALERT:
        return f"matched, and nobody is told: {_NOT_TOLD.get(outcome.owed, outcome.owed)}"
    deliveries = "; ".join(map(_delivery, outcome.deliveries))
    return f"matched; {deliveries or 'an alert, of which nothing more is kept'}"


def _delivery(row: DeliveryRow) -> str:
    error = f", last attempt: {showable(row.error)}" if row.error else ""
    if row.state is DeliveryState.SENT:
        return f"alert {row.id} delivered by channel {row.channel}{f' {_when(row.sent_at)}' if row.sent_at else ''}"
    if row.state is DeliveryState.DEAD:
        return f"alert {row.id} by channel {row.channel} given up: {showable(row.error)}; `vestnik delivery retry {row.id}` owes it again"
    return f"alert {row.id} owed by channel {row.channel}, due {_when(row.due_at)}{error}"


def _when(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
