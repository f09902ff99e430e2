"""`watch suggest`: further queries for what somebody means by a term."""

from __future__ import annotations

from dataclasses import asdict

from collector.service.asking import searcher_of
from collector.service.commands import Config, Json, opened
from collector.service.mistakes import ConfigurationError
from collector.service.output import say, say_json, say_table
from collector.service.parts import lexicon_of
from notify.query import parse
from notify.suggest import suggest as suggest_for
from notify.tokens import words_of

_LONGEST = 200
"""Code points of a term: a full name has no more."""

_OFFERED = 2_000
"""Pairs without a decision that are looked through, those that most articles state first: more take longer than a second to gather."""


def suggest(term: str, *, json: Json = False, config: Config = None) -> None:
    """Offer queries that a term does not cover: its other names, the other aspect of a verb, derived words; each with what it finds.

    Parameters
    ----------
    term
        A word, an abbreviation or a full name.
    """
    if not words_of(term):
        raise ConfigurationError([f"there is no word in {term!r}; give a word, an abbreviation or a full name"])
    if len(term) > _LONGEST:
        raise ConfigurationError([f"the term has {len(term)} characters; {_LONGEST} are the limit, as nothing longer is a name"])
    with opened(config) as (settings, store):
        searcher = searcher_of(settings, store)
        names = [*store.names.accepted(), *store.names.offered(_OFFERED)]
        found = suggest_for(term, names, lambda query: searcher.count(parse(query)).articles, lexicon_of(settings))
    if json:
        for suggestion in found:
            say_json(asdict(suggestion))
    elif found:
        say_table((str(one.count), one.why, one.query) for one in found)
    else:
        say(f"nothing is known that {term} does not find by itself")
