"""`article join` and `article split`: what an operator decides about identity, for ever."""

from __future__ import annotations

from collector.address import address_keys, is_web_address
from collector.service.app import ServiceError, utc_now
from collector.service.commands import Config, opened
from collector.service.mistakes import ConfigurationError
from collector.service.output import say
from collector.service.parts import family_at
from collector.service.settings import Settings
from storage.store import Store
from storage.store_rulings import RulingError


def join(article_id: int, other_id: int, *, config: Config = None) -> None:
    """Make two articles one, for ever: OTHER becomes a part of ARTICLE. `article split` undoes it."""
    with opened(config) as (_, store):
        try:
            store.rulings.join(article_id, other_id, utc_now())
        except RulingError as error:
            raise ServiceError(str(error)) from None
    say(f"article {other_id} is a part of article {article_id} from now on")


def split(article_id: int, url: str, *, known: bool = False, config: Config = None) -> None:
    """Make what stands at one of an article's addresses an article of its own, for ever. People are told of it as of any new one.

    Parameters
    ----------
    url
        The address, as `article show` prints it.
    known
        Nobody is told of it.
    """
    if not is_web_address(url):
        raise ConfigurationError([f"url: {url!r} is no web address; `vestnik article show {article_id}` lists the article's"])
    with opened(config) as (settings, store):
        fresh = _split(settings, store, article_id, url, known=known)
    say(f"what stands at {url} is article {fresh} from now on")


def _split(settings: Settings, store: Store, article_id: int, url: str, *, known: bool) -> int:
    family = family_at(url, settings)
    (key, *_) = address_keys(url, family)
    article = store.articles.article(article_id)
    others = article.locations if article is not None else ()
    alike = [other for other in others if other != url and family.holds(other) and address_keys(other, family)[0] == key]
    try:
        return store.rulings.split(article_id, [url, *alike], key, utc_now(), known=known)
    except RulingError as error:
        raise ServiceError(str(error)) from None
