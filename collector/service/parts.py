"""From settings to the parts of the program: sources, channels, watches, the store."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from collector.address import Family, address_keys, credentials_of, family_of, host_and_port, host_of, origin_of, without_secrets
from collector.cadence import Cadence
from collector.extract.document import Document
from collector.fetch import Access
from collector.identity import sighting_of
from collector.service.lists import Listed, listed_for, mistakes_in, name_for, read_terms
from collector.service.mistakes import ConfigurationError, nearest
from collector.service.settings import ChannelTable, NetworkTable, Settings, SourceTable, WatchTable, read_secret
from collector.service.values import NO_PROXY, NOT_A_PROXY, is_header, is_proxy
from collector.service.watching import Watching
from collector.sites import DefinitionError, Site, known_sites, load_site, plain_site
from collector.tools import Source
from notify.lemmas import Lexicon
from notify.query import parse
from notify.senders.addresses import open_channel
from notify.senders.channel import Channel, ChannelError
from notify.watch import Watch, WatchError, combined
from storage.baseline import shipped_baseline
from storage.model import Content, Sighting, Texts
from storage.store import Store, open_store

_LATEST = 300
"""Articles: half a second's reading at the start."""


def store_of(settings: Settings, now: datetime) -> Store:
    """The store, with the seed baseline in it. Raises StorageError where it can't be opened."""
    store = open_store(settings.database_url, now, backups=settings.backups, busy=settings.service.busy)
    store.articles.load_baseline(shipped_baseline(), now)
    return store


def sources_of(settings: Settings) -> dict[str, Source]:
    return {name: source_of(name, table, settings) for name, table in settings.source.items()}


def watches_of(settings: Settings) -> list[Watch]:
    """The watches of the configuration. Raises ConfigurationError with every mistake in the files of terms that it names."""
    watches: list[Watch] = []
    mistakes: list[str] = []
    for name, table in settings.watch.items():
        try:
            watches.append(_watch(name, table, listed_of(name, table)))
        except ConfigurationError as error:
            mistakes += error.mistakes
    if mistakes:
        raise ConfigurationError(mistakes)
    return watches


def watching_of(watches: Iterable[Watch], settings: Settings, store: Store) -> Watching:
    """The watches of the configuration and those that the database keeps, ready to be held against texts."""
    lexicon = lexicon_of(settings)
    watching = Watching(watches, store, lexicon, _like_what_comes(store))
    watching.apply(watching.changes())
    return watching


def _like_what_comes(store: Store) -> Iterator[Texts]:
    """The latest articles, from which the index of watches learns what is common."""
    for article in store.articles.page(None, _LATEST):
        content = article.revision.content
        yield Texts(content.title, content.text, author=content.author, language=content.language, source=article.source)


def lexicon_of(settings: Settings) -> Lexicon:
    """The forms of words, with the user's own."""
    return Lexicon(settings.lexicon.words)


def _watch(name: str, table: WatchTable, listed: Listed) -> Watch:
    """Its queries were looked at when the settings were read, or the file."""
    query = parse(table.query) if table.query else None
    try:
        asked = combined(query, list(map(parse, listed.terms)), list(map(parse, listed.exclude)))
    except WatchError as error:
        raise ConfigurationError([f"[watch.{name}]: {error}"]) from None
    return Watch(name, asked, table.channels, frozenset(table.on), listed.tags)


def listed_of(name: str, table: WatchTable) -> Listed:
    """What a watch lists, in the configuration and in its file of terms, where terms of other headings are for other watches.

    Raises ConfigurationError with every mistake in the file.
    """
    own = Listed(table.terms, table.exclude, table.tags)
    if table.terms_file is None:
        return own
    key = f"[watch.{name}] terms_file"
    try:
        read = read_terms(table.terms_file)
    except OSError as error:
        raise ConfigurationError([f"{key}: the file {table.terms_file} can't be read: {error.strerror}"]) from None
    if read.mistakes:
        raise ConfigurationError([f"{key}: {words}" for words in mistakes_in(table.terms_file, read)])
    found = listed_for(row for row in read.rows if not row.heading or name_for(row.heading) == name)
    if not (found.terms or table.query or table.terms):
        raise ConfigurationError([f"{key}: {table.terms_file}: no term in it stands under the heading {name}"])
    return own.and_also(found)


def channels_of(settings: Settings) -> dict[str, Channel]:
    """Raises ConfigurationError with every channel that can't be opened; its address is never in the message."""
    opened: dict[str, Channel] = {}
    mistakes: list[str] = []
    for name, table in settings.channel.items():
        try:
            opened[name] = open_channel(
                name,
                _channel_url(name, table),
                language=table.language or settings.service.language,
                zone=table.zone or settings.service.zone,
            )
        except ChannelError as error:
            mistakes.append(f"[channel.{name}] url: {str(error).removeprefix(f'channel {name}: ')}")
    if mistakes:
        raise ConfigurationError(mistakes)
    return opened


def families_of(sources: Iterable[Source], folder: Path) -> list[Family]:
    """The families of hosts of the sources and of the definitions, in this order. `folder` is that of the operator's own ones."""
    return [*(source.family for source in sources), *(family_of(site.name, site.hosts, site.node_patterns) for site in definitions(folder))]


def definitions(folder: Path) -> list[Site]:
    """Every definition, the operator's own before those that ship. Raises ConfigurationError with the mistakes in one."""
    return [defined(name, folder) for name in known_sites(folder)]


def defined(name: str, folder: Path) -> Site:
    """A definition by its name. Raises ConfigurationError with the mistakes in it, and where there is none."""
    try:
        return load_site(name, folder)
    except DefinitionError as error:
        raise ConfigurationError(error.mistakes) from None
    except KeyError:
        raise ConfigurationError([f"there is no definition {name!r}{nearest(name, known_sites(folder))}"]) from None


def sighting_of_document(document: Document, families: Iterable[Family]) -> Sighting:
    """A plain-text document as identity sees it; its address belongs to the first family that holds it, else to its own host's."""
    if not document.url:
        return sighting_of("", "", (), document.content)
    family = _family_of(document.url, families)
    return sighting_of(family.name, document.url, address_keys(document.url, family), document.content)


def family_at(url: str, settings: Settings) -> Family:
    """The family of hosts that an address belongs to."""
    return _family_of(url, families_of(sources_of(settings).values(), settings.sites))


def _family_of(url: str, families: Iterable[Family]) -> Family:
    host = host_of(url)
    return next((family for family in families if family.holds(url)), family_of(host, [host]))


def site_for(url: str, settings: Settings) -> Site:
    """The definition of the site that an address belongs to."""
    configured = [source.site for source in sources_of(settings).values() if source.family.holds(url)]
    built_in = [site for site in definitions(settings.sites) if host_of(url) in {host_of(f"http://{host}/") for host in site.hosts}]
    return next(iter([*configured, *built_in]), plain_site(host_of(url), url, (host_of(url),)))


def extracted(content: Content) -> dict[str, object]:
    """As `extract` prints it."""
    return {
        "title": content.title,
        "published": content.published,
        "lang": content.language,
        "author": content.author,
        "text": content.text,
        "html": content.html,
        "images": [content.image] if content.image else [],
        "attachments": [asdict(attachment) for attachment in content.attachments],
    }


def _channel_url(name: str, table: ChannelTable) -> str:
    if table.url is not None:
        return table.url.get_secret_value()
    assert table.url_file is not None  # noqa: S101  (the settings demand one of the two)
    return read_secret(table.url_file, f"[channel.{name}] url_file")


def access_of(name: str, table: SourceTable, settings: Settings) -> Access:
    """How a source is reached. Raises ConfigurationError where a file that the configuration names can't be read."""
    network, site = settings.network, _site(name, table, settings)
    headers = {header: secret.get_secret_value() for header, secret in table.headers.items()}
    if table.headers_file is not None:
        headers |= _headers_in(read_secret(table.headers_file, f"[source.{name}] headers_file"), f"[source.{name}] headers_file")
    if credentials := credentials_of(site.url):
        token = base64.b64encode(":".join(credentials).encode()).decode("ascii")
        given = {header.lower() for header in headers}
        headers |= {} if "authorization" in given else {"Authorization": f"Basic {token}"}
    proxy = _proxy(table.proxy, table.proxy_file, f"[source.{name}] proxy_file") or _proxy_of(network)
    ca = table.ca or network.ca
    if ca is not None and not ca.is_file():
        raise ConfigurationError([f"[source.{name}] ca: there is no file {ca}"])
    return Access(
        origin=origin_of(site.url),
        headers=tuple(headers.items()),
        proxy="" if proxy == NO_PROXY else proxy,
        ca=ca,
        pause=None if table.pause is None else table.pause.total_seconds(),
    )


def control_of(network: NetworkTable) -> list[tuple[str, int]]:
    """Host and port of what is always up: behind a proxy the proxy itself, as nothing else can be reached."""
    if proxy := _proxy_of(network):
        return [host_and_port(proxy)] if proxy != NO_PROXY else []
    return [(host.strip("[]"), int(port)) for host, _, port in (target.rpartition(":") for target in network.control)]


def _headers_in(text: str, key: str) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in filter(str.strip, text.splitlines()):
        name, _, value = (part.strip() for part in line.partition(":"))
        if not is_header(name, value):
            raise ConfigurationError([f"{key}: a line in the file is no header; write each as `Name: value`"])
        headers[name] = value
    return headers


def _proxy_of(network: NetworkTable) -> str:
    return _proxy(network.proxy, network.proxy_file, "[network] proxy_file")


def _proxy(value: SecretStr | None, file: Path | None, key: str) -> str:
    """The address of a proxy; empty where none is given."""
    if value is not None:
        return value.get_secret_value()
    if file is None:
        return ""
    address = read_secret(file, key)
    if address != NO_PROXY and not is_proxy(address):
        raise ConfigurationError([f"{key}: in the file {file}: {NOT_A_PROXY}"])
    return address


def source_of(name: str, table: SourceTable, settings: Settings) -> Source:
    """A source as its table of the configuration has it."""
    site = _site(name, table, settings)
    zone = table.zone or (site.zone if table.use else settings.service.zone)
    cadence = settings.cadence
    own = {key: value for key in ("every", "backfill") if (value := getattr(table, key)) is not None}
    family = site.name if table.use else host_of(site.url)
    return Source(
        name=name,
        site=replace(site, zone=zone, url=without_secrets(site.url)),
        family=family_of(family, site.hosts, site.node_patterns),
        cadence=Cadence(**(cadence.model_dump() | own)),
        access=access_of(name, table, settings),
    )


def _site(name: str, table: SourceTable, settings: Settings) -> Site:
    if table.use is None:
        assert table.url is not None  # noqa: S101  (the settings demand one of the two)
        return plain_site(name, table.url, table.hosts or (host_of(table.url),))
    site = defined(table.use, settings.sites)
    return replace(site, url=table.url or site.url, hosts=(*table.hosts,) or site.hosts)
