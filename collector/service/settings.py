"""The configuration: `vestnik.toml`, the environment over it, and defaults below. Nobody else reads the environment.

Every key can also be set as `VESTNIK_<TABLE>__<KEY>` (`VESTNIK_CHANNEL__OFFICE__URL`), a secret also by a file that holds it (`url_file`).
All mistakes are found at once, and each is told with its file or variable, its table and key, and the nearest right name.
"""

from __future__ import annotations

import os
import tomllib
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from collector.service.durations import Duration, Interval, Size
from collector.service.environment import customary, environment
from collector.service.hours import Hour
from collector.service.layers import Origins, layered, lost_channels, lost_definitions, sites_folder
from collector.service.lists import NAME
from collector.service.mistakes import ConfigurationError, describe
from collector.service.values import Address, Contact, Headers, Names, Network, Proxy, Queries, Query, WebAddress, Zone, listed, with_new

_ALWAYS_UP = ("one.one.one.one:443", "a.root-servers.net:53", "k.root-servers.net:53")
"""A public resolver and two root name servers, in several hands."""

Language = Literal["ru", "en"]


def _of_the_table(words: str) -> PydanticCustomError:
    return PydanticCustomError("whole_table", "{words}", {"words": words})


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ServiceTable(Table):
    data_dir: Path = Path("data")
    database_url: SecretStr | None = None
    database_url_file: Path | None = None
    listen: Address = "127.0.0.1:8080"
    open_to_network: bool = False
    base_url: WebAddress | None = None
    language: Language = "ru"
    zone: Zone = "Europe/Minsk"
    log: Literal["text", "json"] = "text"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    tick: Interval = timedelta(seconds=1)
    lease: Interval = timedelta(minutes=5)
    shutdown: Duration = timedelta(seconds=5)
    busy: Interval = timedelta(seconds=60)
    operator: str = ""


class NetworkTable(Table):
    allow: Annotated[tuple[Network, ...], BeforeValidator(listed)] = ()
    contact: Contact = ""
    pause: Duration = timedelta(seconds=1)
    per_host: Annotated[int, Field(ge=1)] = 1
    robots: bool = True
    robots_patience: Duration = timedelta(hours=1)
    proxy: Proxy | None = None
    proxy_file: Path | None = None
    ca: Path | None = None
    control: Annotated[tuple[Address, ...], BeforeValidator(listed)] = _ALWAYS_UP
    browser: bool = True
    deadline: Duration = timedelta(seconds=60)
    page_max: Size = 10_000_000
    reading_deadline: Duration = timedelta(seconds=5)
    document_deadline: Duration = timedelta(seconds=20)
    reading_memory: Size = 200_000_000


class CadenceTable(Table):
    every: Interval = timedelta(minutes=15)
    longest: Duration = timedelta(hours=1)
    retry_first: Duration = timedelta(minutes=1)
    retry_longest: Duration = timedelta(hours=12)
    retry_until: Duration = timedelta(days=30)
    again_first: Duration = timedelta(hours=1)
    again_longest: Duration = timedelta(days=30)
    again_until: Duration = timedelta(days=180)
    check: Duration = timedelta(days=1)
    hold: Duration = timedelta(hours=1)
    outage: Duration = timedelta(hours=6)
    backfill: Duration = timedelta(days=365)
    backfill_pause: Duration = timedelta(seconds=10)
    backfill_most: Annotated[int, Field(ge=0)] = 1000


class RetentionTable(Table):
    attachment_max: Size = 20_000_000
    polls: Interval = timedelta(days=90)
    deliveries: Interval = timedelta(days=400)
    at_once: Annotated[int, Field(ge=1, le=10_000)] = 500


class BackupTable(Table):
    on: bool = True
    at: Hour = time(3, 30)
    folder: Path | None = None
    daily: Annotated[int, Field(ge=1)] = 7
    weekly: Annotated[int, Field(ge=0)] = 4
    others: Annotated[int, Field(ge=1)] = 3
    retry_first: Interval = timedelta(minutes=5)
    retry_longest: Interval = timedelta(hours=3)


class ArchiveTable(Table):
    on: bool = False
    days: Annotated[int, Field(ge=0)] = 30


class OutboxTable(Table):
    retry_first: Duration = timedelta(seconds=30)
    retry_longest: Duration = timedelta(hours=6)
    expires: Duration = timedelta(days=3)
    settle: Duration = timedelta(minutes=5)
    settle_longest: Duration = timedelta(hours=1)


Count = Annotated[int, Field(ge=1)]
Share = Annotated[float, Field(gt=0, le=1)]
Times = Annotated[float, Field(gt=0)]


class HealthTable(Table):
    every: Duration = timedelta(seconds=5)
    failures: Count = 3
    failing_for: Duration = timedelta(hours=1)
    ours_for: Duration = timedelta(minutes=10)
    good_looks: Count = 3
    returns_within: Duration = timedelta(days=1)
    settled: Duration = timedelta(days=14)
    together: Duration = timedelta(hours=2)
    together_least: Count = 3
    recent: Count = 5
    before: Count = 20
    fields_share: Share = 0.9
    texts_share: Share = 0.25
    mojibake: Count = 2
    list_looks: Count = 20
    list_share: Share = 1 / 3
    list_times: Count = 2
    unread: Count = 3
    unread_tries: Count = 3
    silent_gaps: Count = 10
    silent_percentile: Share = 0.95
    silent_times: Times = 3.0
    silent_pause: Times = 1.5
    silent_least: Duration = timedelta(days=1)


class SourceTable(Table):
    use: str | None = None
    url: WebAddress | None = None
    hosts: Names = ()
    zone: Zone | None = None
    every: Interval | None = None
    backfill: Duration | None = None
    pause: Duration | None = None
    proxy: Proxy | None = None
    proxy_file: Path | None = None
    ca: Path | None = None
    headers: Headers = {}
    headers_file: Path | None = None

    @model_validator(mode="after")
    def _leads_somewhere(self) -> SourceTable:
        if self.use is None and self.url is None:
            raise _of_the_table("a source needs `url`, or `use` with the name of a built-in definition")
        return self

    @model_validator(mode="after")
    def _has_its_headers_in_one_place(self) -> SourceTable:
        if self.headers and self.headers_file is not None:
            raise _of_the_table("a source has `headers`, or `headers_file` with the path of a file that holds them, and not both")
        return self


class ChannelTable(Table):
    url: SecretStr | None = None
    url_file: Path | None = None
    language: Literal["ru", "be", "en"] | None = None
    zone: Zone | None = None

    @model_validator(mode="after")
    def _has_one_address(self) -> ChannelTable:
        if (self.url is None) == (self.url_file is None):
            raise _of_the_table("a channel needs `url`, or `url_file` with the path of a file that holds it, and not both")
        return self


class WatchTable(Table):
    query: Query | None = None
    terms: Queries = ()
    terms_file: Path | None = None
    exclude: Queries = ()
    tags: Names = ()
    channels: Names = ()
    on: Annotated[frozenset[Literal["new", "edit", "removed"]], BeforeValidator(listed), AfterValidator(with_new)] = frozenset({"new"})

    @model_validator(mode="after")
    def _asks_for_something(self) -> WatchTable:
        if self.query is None and not self.terms and self.terms_file is None:
            raise _of_the_table("a watch needs `query`, `terms` or `terms_file`: refusing words alone accepts nearly all")
        return self


class LexiconTable(Table):
    words: tuple[tuple[str, ...], ...] = ()


class Settings(BaseSettings):
    model_config = SettingsConfigDict(extra="forbid", frozen=True)

    service: ServiceTable = ServiceTable()
    network: NetworkTable = NetworkTable()
    cadence: CadenceTable = CadenceTable()
    outbox: OutboxTable = OutboxTable()
    health: HealthTable = HealthTable()
    retention: RetentionTable = RetentionTable()
    backup: BackupTable = BackupTable()
    archive: ArchiveTable = ArchiveTable()
    lexicon: LexiconTable = LexiconTable()
    source: dict[Annotated[str, Field(pattern=NAME)], SourceTable] = Field(
        default_factory=lambda: {"mpt.gov.by": SourceTable(use="mpt.gov.by")}
    )
    channel: dict[Annotated[str, Field(pattern=NAME)], ChannelTable] = {}
    watch: dict[Annotated[str, Field(pattern=NAME)], WatchTable] = {}

    @property
    def database_url(self) -> str:
        """Where everything is kept: `DATABASE_URL`, else a SQLite file in the data folder."""
        service = self.service
        if service.database_url is not None:
            return service.database_url.get_secret_value()
        if service.database_url_file is not None:
            return read_secret(service.database_url_file, "service.database_url_file")
        return f"sqlite:///{(service.data_dir / 'vestnik.db').absolute()}"

    @property
    def sites(self) -> Path:
        """The folder of definitions that the operator wrote."""
        return sites_folder(self.service.data_dir)

    @property
    def backups(self) -> Path:
        """The folder of copies of the database."""
        return self.backup.folder or self.service.data_dir / "backups"

    @property
    def address(self) -> tuple[str, int]:
        """Host and port to listen on."""
        host, _, port = self.service.listen.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def base_url(self) -> str:
        """Where readers reach the service, without a final slash."""
        return (self.service.base_url or f"http://{self.service.listen}").rstrip("/")


def load_settings(path: Path | None) -> Settings:
    """Read the configuration. Raises ConfigurationError with every mistake in it.

    `path` must exist where it is given; otherwise `VESTNIK_CONFIG`, then `vestnik.toml` in the working folder where there is one.
    """
    file = path or (Path(os.environ["VESTNIK_CONFIG"]) if os.environ.get("VESTNIK_CONFIG") else None)
    if file is None and Path("vestnik.toml").is_file():
        file = Path("vestnik.toml")
    written = _read_file(file) if file is not None else {}
    ours, theirs = environment(os.environ, Settings, written), customary(os.environ)
    layers = (ours.values, written, theirs.values)
    origin = Origins(ours.variables, written, str(file), theirs.variables)
    mistakes = [*ours.mistakes, *lost_channels(layers, origin), *lost_definitions(layers, origin)]
    try:
        settings = layered(Settings, *layers)()
    except ValidationError as error:
        raise ConfigurationError([*describe(error, Settings, origin), *mistakes]) from None
    if mistakes:
        raise ConfigurationError(mistakes)
    return settings


def read_secret(path: Path, key: str) -> str:
    """What a file holds, without the final line break. Raises ConfigurationError where it can't be read."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise ConfigurationError([f"{key}: the file {path} can't be read: {reason}"]) from None


def _read_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigurationError([f"{file}: there is no such file; create it, or name another by --config"]) from None
    except OSError as error:
        raise ConfigurationError([f"{file}: it can't be read: {error.strerror}"]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError([f"{file}: it is no TOML: {error}"]) from None
