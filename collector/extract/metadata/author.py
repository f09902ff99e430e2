"""Who wrote a publication: a person or a body, and neither the site itself nor the account it is kept by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from collector import html
from collector.extract.metadata.declared import Declared, stands_aside
from collector.extract.metadata.structured import names_in
from collector.extract.metadata.surroundings import Surroundings
from collector.extract.words import words_of

_META = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author", "sailthru.author", "byl")
_MARKED = ("author", "schema:author", ".p-author", "dc:creator")
_ACCOUNT = re.compile(
    r"(?:super)?(?:admin\w*|root|user\w*|guest|webmaster|editor|moderator|anonymous|адміністратар|админ\w*|гость|редактор|unknown|none)\d*"
)
_LEADING = re.compile(
    r"^(?:автор(?:ы)?(?: статьи| материала| текста)?|аўтар|текст|тэкст|материал подготовил[аи]?"
    r"|(?:written |posted )?by|from|von|par|por|author)"
    r"(?:\s{0,3}:\s{0,3}|\s{1,3})",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:^|[|•·,]\s?)(?:(?:автор|аўтар|author)\s?:|(?:by|written by|posted by)\s)\s?([^\W\d_][^|•·,\d:]{2,60}?)\s*(?=$|[|•·,\d])",
    re.IGNORECASE,
)
_MOST = 5
_LONGEST = 100


def author_of(declared: Declared, around: Surroundings, names: Iterable[str] = ()) -> str:
    """One or several names, parted by commas; empty where none is sure. `names`: those of the site."""
    sites = {words_of(name) for name in names}
    for candidates in _candidates(declared, around):
        found = list(dict.fromkeys(filter(None, (_name(text, sites) for text in candidates[:_MOST]))))
        if found:
            return ", ".join(found)
    return ""


def _candidates(declared: Declared, around: Surroundings) -> Iterator[list[str]]:
    publication = declared.publication()
    yield names_in(publication.get("author")) if publication else []
    for name in _META:
        yield declared.named.get(name, [])
    for name in _MARKED:
        yield [_marked_name(node) for found, node in declared.marked if found == name and not stands_aside(node)][:1]
    lines = (*around.before, *around.after)
    yield [match[1] for line in lines if len(line.text) <= 2 * _LONGEST and (match := _BYLINE.search(line.text))][:1]


def _marked_name(node: html.Node) -> str:
    named = html.select_first(node, "[itemprop=name]")
    return html.attribute(named, "content") or html.line(named) or html.attribute(node, "content") or html.line(node)


def _name(text: str, sites: set[tuple[str, ...]]) -> str:
    name = _LEADING.sub("", " ".join(text[: 3 * _LONGEST].split())).strip(" .,;:|")
    words = words_of(name)
    wrong = not words or words in sites or len(name) > _LONGEST or "/" in name or "@" in name or bool(_ACCOUNT.fullmatch(" ".join(words)))
    return "" if wrong else name
