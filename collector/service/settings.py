"""The configuration: `vestnik.toml`, the environment over it, and defaults below. Nobody else reads the environment.

Every key can also be set as `VESTNIK_<TABLE>__<KEY>` (`VESTNIK_CHANNEL__OFFICE__URL`), a secret also by a file that holds it (`url_file`).
All mistakes are found at once, and each is told with its file or variable, its table and key, and the nearest right name.
"""

from __future__ import annotations

import os
import tomllib
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from collector.address import is_web_address
from collector.service.durations import Duration, Size
from collector.service.mistakes import ConfigurationError, describe, unknown_variables
from collector.sites import known_sites
from notify.query import QueryError, parse

_PREFIX = "VESTNIK_"
_NAME = r"^[\w.-]{1,100}$"


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{value!r} is no time zone; write one such as 'Europe/Minsk'") from None
    return value


def _query(value: str) -> str:
    try:
        parse(value)
    except QueryError as error:
        raise ValueError(f"{error}\n{error.marked()}") from None
    return value


def _web_address(value: str) -> str:
    if not is_web_address(value):
        raise ValueError(f"{value!r} is no web address; write one such as 'https://example.org/news'")
    return value


def _built_in(value: str) -> str:
    if value not in known_sites():
        raise ValueError(f"{value!r} is no built-in definition; there are: {', '.join(known_sites())}")
    return value


Zone = Annotated[str, AfterValidator(_zone)]
Language = Literal["ru", "en"]
WebAddress = Annotated[str, AfterValidator(_web_address)]


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ServiceTable(Table):
    data_dir: Path = Path("data")
    database_url: SecretStr | None = None
    database_url_file: Path | None = None
    listen: str = Field(default="127.0.0.1:8080", pattern=r"^(\[[0-9a-fA-F:]+\]|[^:\s]+):\d{1,5}$")
    open_to_network: bool = False
    base_url: WebAddress | None = None
    language: Language = "ru"
    zone: Zone = "Europe/Minsk"
    log: Literal["text", "json"] = "text"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    tick: Duration = timedelta(seconds=1)
    lease: Duration = timedelta(minutes=5)
    shutdown: Duration = timedelta(seconds=8)


class NetworkTable(Table):
    allow: tuple[IPv4Network | IPv6Network, ...] = ()
    contact: str = ""
    pause: Duration = timedelta(seconds=1)
    deadline: Duration = timedelta(seconds=60)
    page_max: Size = 10_000_000
    reading_deadline: Duration = timedelta(seconds=20)
    reading_memory: Size = 1_000_000_000


class CadenceTable(Table):
    every: Duration = timedelta(minutes=15)
    longest: Duration = timedelta(hours=1)
    retry_first: Duration = timedelta(minutes=1)
    retry_longest: Duration = timedelta(hours=12)
    again_first: Duration = timedelta(hours=1)
    again_longest: Duration = timedelta(days=30)
    again_until: Duration = timedelta(days=180)


class OutboxTable(Table):
    retry_first: Duration = timedelta(seconds=30)
    retry_longest: Duration = timedelta(hours=6)
    expires: Duration = timedelta(days=3)


class SourceTable(Table):
    use: Annotated[str, AfterValidator(_built_in)] | None = None
    url: WebAddress | None = None
    hosts: tuple[str, ...] = ()
    zone: Zone | None = None
    every: Duration | None = None

    @model_validator(mode="after")
    def _leads_somewhere(self) -> SourceTable:
        if self.use is None and self.url is None:
            raise ValueError("a source needs `url`, or `use` with the name of a built-in definition")
        return self


class ChannelTable(Table):
    url: SecretStr | None = None
    url_file: Path | None = None
    language: Literal["ru", "be", "en"] | None = None
    zone: Zone | None = None

    @model_validator(mode="after")
    def _has_one_address(self) -> ChannelTable:
        if (self.url is None) == (self.url_file is None):
            raise ValueError("a channel needs `url`, or `url_file` with the path of a file that holds it, and not both")
        return self


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


class WatchTable(Table):
    query: Annotated[str, AfterValidator(_query)]
    channels: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    on: Annotated[frozenset[Literal["new", "edit"]], BeforeValidator(_listed)] = frozenset({"new"})


class Settings(BaseSettings):
    model_config = SettingsConfigDict(extra="forbid", frozen=True, env_prefix=_PREFIX, env_nested_delimiter="__")

    service: ServiceTable = ServiceTable()
    network: NetworkTable = NetworkTable()
    cadence: CadenceTable = CadenceTable()
    outbox: OutboxTable = OutboxTable()
    source: dict[Annotated[str, Field(pattern=_NAME)], SourceTable] = Field(
        default_factory=lambda: {"mpt.gov.by": SourceTable(use="mpt.gov.by")}
    )
    channel: dict[Annotated[str, Field(pattern=_NAME)], ChannelTable] = {}
    watch: dict[Annotated[str, Field(pattern=_NAME)], WatchTable] = {}

    @model_validator(mode="after")
    def _channels_exist(self) -> Settings:
        lost = [
            f"watch.{name}.channels: there is no channel {channel!r}"
            for name, watch in self.watch.items()
            for channel in watch.channels
            if channel not in self.channel
        ]
        if lost:
            raise ValueError("; ".join(lost))
        return self

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
    mistakes = unknown_variables(os.environ, _PREFIX, Settings)
    try:
        settings = _with_sources(file)()
    except ValidationError as error:
        raise ConfigurationError([*describe(error, Settings, written, file), *mistakes]) from None
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


def _with_sources(file: Path | None) -> type[Settings]:
    """Settings that read this file below the environment, and the three variables that other programs use too below both."""

    class Sourced(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            del init_settings, dotenv_settings, file_secret_settings
            customary = _Customary(settings_cls)
            return (env_settings, customary) if file is None else (env_settings, TomlConfigSettingsSource(settings_cls, file), customary)

    return Sourced


class _Customary(PydanticBaseSettingsSource):
    """DATABASE_URL, BASE_URL and TZ, as container platforms set them."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        raise NotImplementedError

    def __call__(self) -> dict[str, Any]:
        names = {"database_url": "DATABASE_URL", "base_url": "BASE_URL", "zone": "TZ"}
        found = {key: os.environ[name] for key, name in names.items() if os.environ.get(name)}
        return {"service": found} if found else {}
