"""`glossary`: names and abbreviations that texts say are one, and what the operator decides about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from cyclopts import App, Parameter

from collector.service.app import utc_now
from collector.service.commands import Config, Json, opened
from collector.service.mistakes import ConfigurationError, nearest
from collector.service.output import say, say_json, say_table
from notify.glossary import keyed
from notify.lemmas import Lexicon
from notify.tokens import words_of
from storage.model import KnownPair, NamePair, NameState
from storage.store import Store
from storage.store_names import LONGEST_LONG, LONGEST_SHORT, MOST_WORDS

glossary = App(name="glossary", help="Names and abbreviations that mean the same; ~NAME in a query finds all of them.")

_MOST_TOLD = 10
"""Names that a message can hold."""

_Long = Annotated[str, Parameter(help="The full name; needed only where the abbreviation stands for several.")]


@glossary.command(name="list")
def list_(*, offered: bool = False, accepted: bool = False, refused: bool = False, json: Json = False, config: Config = None) -> None:
    """The pairs of names that texts state, those that most articles state first.

    Parameters
    ----------
    offered
        Only those that wait for a decision.
    accepted
        Only those that queries use.
    refused
        Only those that are not offered again.
    """
    wanted = {NameState.OFFERED: offered, NameState.ACCEPTED: accepted, NameState.REFUSED: refused}
    with opened(config) as (_, store):
        found = [known for known in store.names.all() if wanted[known.state] or not any(wanted.values())]
    if json:
        for known in found:
            say_json(
                {
                    "short": known.pair.short,
                    "long": known.pair.long,
                    "state": known.state,
                    "articles": known.articles,
                    "decided_at": known.decided_at,
                }
            )
    else:
        say_table((known.state, str(known.articles), known.pair.short, known.pair.long) for known in found)


@glossary.command
def accept(short: str, long: _Long = "", *, config: Config = None) -> None:
    """Let ~NAME in queries stand for both names of a pair.

    Parameters
    ----------
    short
        The abbreviation, as `vestnik glossary list` prints it.
    """
    with opened(config) as (_, store):
        known = _one(short, long, store, [NameState.OFFERED, NameState.REFUSED, NameState.ACCEPTED])
        store.names.accept(known.pair, utc_now())
    say(f"accepted: ~{known.pair.short} also finds {known.pair.long}")


@glossary.command
def refuse(short: str, long: _Long = "", *, config: Config = None) -> None:
    """Say that two names don't mean the same: no query uses the pair, and it is not offered again.

    Parameters
    ----------
    short
        The abbreviation, as `vestnik glossary list` prints it.
    """
    with opened(config) as (_, store):
        known = _one(short, long, store, [NameState.OFFERED, NameState.ACCEPTED, NameState.REFUSED])
        store.names.refuse(known.pair, utc_now())
    say(f"refused: {known.pair.short} and {known.pair.long}")


@glossary.command
def add(short: str, long: str, *, config: Config = None) -> None:
    """Accept a pair of names that no text need state.

    Parameters
    ----------
    short
        The abbreviation, or any other name.
    long
        The full name, in any case of it.
    """
    pair = keyed(short.strip(), long.strip(), Lexicon())
    _check(pair)
    with opened(config) as (_, store):
        store.names.add(pair, utc_now())
    say(f"accepted: ~{pair.short} also finds {pair.long}")


@glossary.command
def remove(short: str, long: _Long = "", *, config: Config = None) -> None:
    """Forget a pair, as if nothing had been decided; a text that states it later offers it anew.

    Parameters
    ----------
    short
        The abbreviation, as `vestnik glossary list` prints it.
    """
    with opened(config) as (_, store):
        known = _one(short, long, store, list(NameState))
        store.names.remove(known.pair)
    say(f"removed: {known.pair.short} and {known.pair.long}")


def _one(short: str, long: str, store: Store, states: Sequence[NameState]) -> KnownPair:
    """The pair that is meant. Of several with one abbreviation, the first state that has one alone decides."""
    asked = keyed(short, long, Lexicon())
    every = store.names.all()
    same = [known for known in every if known.pair.short_key == asked.short_key]
    if not same:
        raise ConfigurationError([f"the glossary has no {short!r}{_nearest(short, [known.pair.short for known in every])}"])
    if long:
        exact = [known for known in same if known.pair.long_key == asked.long_key]
        if not exact:
            near = _nearest(long, [known.pair.long for known in same])
            raise ConfigurationError([f"the glossary has {short}, but not as {long!r}{near}"])
        return exact[0]
    for state in states:
        of_state = [known for known in same if known.state is state]
        if len(of_state) == 1:
            return of_state[0]
        if of_state:
            lines = [f"  {known.pair.long} ({known.articles} articles)" for known in of_state]
            raise ConfigurationError([f"{short} stands for several names; say which one:", *lines])
    raise AssertionError(states)


def _nearest(name: str, names: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(names))
    told = nearest(name, distinct)
    return told if len(distinct) <= _MOST_TOLD or "did you mean" in told else "; `vestnik glossary list` prints what it has"


def _check(pair: NamePair) -> None:
    mistakes = []
    if not words_of(pair.short):
        mistakes.append(f"the abbreviation {pair.short!r} has no word in it")
    if not words_of(pair.long):
        mistakes.append(f"the full name {pair.long!r} has no word in it")
    if len(pair.short) > LONGEST_SHORT:
        mistakes.append(f"the abbreviation has {len(pair.short)} characters; {LONGEST_SHORT} are the limit")
    if len(pair.long) > LONGEST_LONG or len(words_of(pair.long)) > MOST_WORDS:
        mistakes.append(f"the full name is too long; {LONGEST_LONG} characters and {MOST_WORDS} words are the limit")
    if not mistakes and pair.short_key == pair.long_key:
        mistakes.append("both names are the same")
    if mistakes:
        raise ConfigurationError(mistakes)
