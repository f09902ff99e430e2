"""The configuration: where every key may come from, and how mistakes in it are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import SecretStr

from collector.service.mistakes import ConfigurationError
from collector.service.parts import channels_of, sources_of
from collector.service.settings import Settings, load_settings

SECRET = "top-secret-token"
MAIL = f"mailto://teller:{SECRET}@127.0.0.1:25?from=a@example.org&to=b@example.org"
VALUES: dict[str, tuple[str, Any]] = {
    "timedelta": ("90s", timedelta(seconds=90)), "bool": ("true", True), "int": ("3MB", 3_000_000), "backfill_most": ("3", 3),
    "float": ("0.5", 0.5), "operator": ("office", "office"),
    **dict.fromkeys(
        ("failures", "good_looks", "together_least", "recent", "before", "mojibake", "list_looks", "list_times", "unread", "unread_tries",
         "silent_gaps"), ("3", 3),
    ),
    "backfill": ("90s", timedelta(seconds=90)), "every": ("90s", timedelta(seconds=90)),
    "Path": ("/some/where", Path("/some/where")),
    "language": ("en", "en"), "log": ("json", "json"), "log_level": ("debug", "debug"), "listen": ("127.0.0.1:99", "127.0.0.1:99"),
    "zone": ("Asia/Tashkent", "Asia/Tashkent"), "base_url": ("https://news.example.org", "https://news.example.org"),
    "allow": ("10.0.0.0/8, fd00::/8", (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))), "hosts": ("a.by,b.by", ("a.by", "b.by")),
    "channels": ("office", ("office",)), "archive.on": ("true", True), "backup.on": ("false", False), "at": ("04:15", time(4, 15)),
    **dict.fromkeys(("daily", "weekly", "others", "at_once"), ("3", 3)),
    "on": ('["new", "edit"]', frozenset({"new", "edit"})), "contact": ("a@b.by", "a@b.by"),
    "pause": ("90s", timedelta(seconds=90)), "per_host": ("3", 3), "days": ("3", 3),
    "control": ("a.by:443,b.by:53", ("a.by:443", "b.by:53")),
    "proxy": (f"http://me:{SECRET}@127.0.0.1:3128", SecretStr(f"http://me:{SECRET}@127.0.0.1:3128")),
    "headers": (f'{{"X-Key": "{SECRET}"}}', {"X-Key": SecretStr(SECRET)}),
    "use": ("mpt.gov.by", "mpt.gov.by"), "query": ("ШОС", "ШОС"), "terms": ("ШОС,РСС", ("ШОС", "РСС")),
    "exclude": ('["спорт", "а, б"]', ("спорт", "а, б")), "tags": ("one,two", ("one", "two")),
    "words": ('[["Стал", "Стала"], ["Минск"]]', (("Стал", "Стала"), ("Минск",))), "database_url": ("sqlite:////x.db", SecretStr("sqlite:////x.db")),
}  # fmt: skip
NAMED = {
    "source": '[source."any.site-1"]\nurl = "https://example.org/"\n',
    "channel": f'[channel.office]\nurl = "{MAIL}"\n',
    "watch": "[watch.sco]\nquery = 'ШОС'\n[channel.office]\nurl = 'json://x'\n",
}
PLAIN_NAMES = {"source": "ANY_SITE_1", "channel": "OFFICE", "watch": "SCO"}
FILE_NAMES = {"source": "any.site-1", "channel": "office", "watch": "sco"}


def every_key() -> Iterator[Any]:
    for table, field in Settings.model_fields.items():
        named = get_origin(field.annotation) is dict
        model: Any = get_args(field.annotation)[1] if named else field.annotation
        for key, of_key in model.model_fields.items():
            kind = next(iter(get_args(of_key.annotation)), of_key.annotation)
            yield pytest.param(table, key, getattr(kind, "__name__", ""), id=f"{table}.{key}")


pytestmark = pytest.mark.usefixtures("workplace")


def load(text: str | bytes = "") -> Settings:
    file = Path("vestnik.toml")
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_settings(file)


def mistakes(text: str | bytes = "") -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        channels_of(load(text))
    assert SECRET not in str(caught.value)
    return list(caught.value.mistakes)


@pytest.mark.parametrize(("table", "key", "kind"), list(every_key()))
def test_every_key_may_come_from_the_environment(table: str, key: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if key == "url":
        text, value = (MAIL, SecretStr(MAIL)) if table == "channel" else ("https://x.org/", "https://x.org/")
    else:
        text, value = next(VALUES[name] for name in (f"{table}.{key}", key, kind) if name in VALUES)
    name = f"{PLAIN_NAMES[table]}__" if table in NAMED else ""
    monkeypatch.setenv(f"VESTNIK_{table.upper()}__{name}{key.upper()}", text)
    found = getattr(load(NAMED.get(table, '[channel.office]\nurl = "json://x"\n')), table)
    assert getattr(found[FILE_NAMES[table]] if table in NAMED else found, key) == value


@pytest.mark.parametrize(
    ("variable", "key", "text"),
    [
        ("DATABASE_URL", "database_url", "postgresql://one/x"),
        ("BASE_URL", "base_url", "https://one.example.org"),
        ("TZ", "zone", "Asia/Almaty"),
    ],
)
def test_our_variable_goes_before_the_file_and_the_file_before_the_customary_one(
    variable: str, key: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def value() -> str:
        found = getattr(load(written).service, key)
        return str(found.get_secret_value() if isinstance(found, SecretStr) else found)

    written = ""
    monkeypatch.setenv(variable, text)
    assert value() == text
    other = {"DATABASE_URL": "postgresql://two/x", "BASE_URL": "https://two.example.org", "TZ": "Europe/Moscow"}[variable]
    written = f'[service]\n{key} = "{other}"\n'
    assert value() == other
    third = {"DATABASE_URL": "postgresql://three/x", "BASE_URL": "https://three.example.org", "TZ": "UTC"}[variable]
    monkeypatch.setenv(f"VESTNIK_SERVICE__{key.upper()}", third)
    assert value() == third


def test_an_empty_variable_counts_as_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TZ", "DATABASE_URL", "VESTNIK_SERVICE__LISTEN", "VESTNIK_NONSENSE"):
        monkeypatch.setenv(name, "")
    assert load().service == Settings().service


def test_a_secret_file_given_by_the_environment_displaces_the_secret_of_the_file(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (workplace / "secret").write_text("sqlite:////secret.db\n")
    monkeypatch.setenv("VESTNIK_SERVICE__DATABASE_URL_FILE", str(workplace / "secret"))
    monkeypatch.setenv("DATABASE_URL", "sqlite:////customary.db")
    assert load('[service]\ndatabase_url = "sqlite:////written.db"').database_url == "sqlite:////secret.db"
    (workplace / "secret").write_text(MAIL)
    monkeypatch.setenv("VESTNIK_CHANNEL__OFFICE__URL_FILE", str(workplace / "secret"))
    assert list(channels_of(load(NAMED["channel"].replace(MAIL, "json://x")))) == ["office"]


def test_a_missing_or_binary_secret_file_is_named(workplace: Path) -> None:
    (workplace / "binary").write_bytes(b"\xff\xfe")
    for name, reason in (("absent", "No such file"), ("binary", "no text"), (".", "Is a directory")):
        (line,) = mistakes(f'[channel.office]\nurl_file = "{workplace / name}"')
        assert "[channel.office] url_file" in line
        assert str(workplace / name) in line
        assert reason in line


@pytest.mark.parametrize("content", ["", "127.0.0.1:3128", f"http://user:{SECRET}/x@127.0.0.1:3128", "http://127.0.0.1:99999"])
def test_a_proxy_that_is_none_is_told_by_the_file_that_names_it_and_not_shown(workplace: Path, content: str) -> None:
    (workplace / "proxy").write_text(content)
    for table in ("[network]", "[source.a]\nurl = 'http://x.org/'"):
        with pytest.raises(ConfigurationError) as caught:
            sources_of(load(f"{table}\nproxy_file = '{workplace / 'proxy'}'"))
        assert "proxy_file" in str(caught.value)
        assert SECRET not in str(caught.value)


def test_how_a_source_is_reached_comes_from_its_own_table_before_the_common_one(workplace: Path) -> None:
    (workplace / "roots.pem").touch()
    (workplace / "headers").write_text("X-Key: one\n\nX-Other: two: three\n")
    found = sources_of(
        load(
            f"""
            [network]
            proxy = "http://127.0.0.1:3128"
            ca = "{workplace / "roots.pem"}"
            [source.a]
            url = "https://me:p%40ss@a.by/news"
            headers_file = "{workplace / "headers"}"
            [source.b]
            url = "https://b.by:8443/"
            proxy = "none"
            pause = "7s"
            """
        )
    )
    a, b = found["a"].access, found["b"].access
    assert a.headers == (("X-Key", "one"), ("X-Other", "two: three"), ("Authorization", "Basic bWU6cEBzcw=="))
    assert (a.origin, a.proxy, a.pause, a.ca) == ("https://a.by", "http://127.0.0.1:3128", None, workplace / "roots.pem")
    assert (b.origin, b.proxy, b.pause) == ("https://b.by:8443", "", 7)
    assert "p%40ss" not in found["a"].site.url


def test_a_file_of_certificates_that_is_absent_is_told_at_the_start() -> None:
    with pytest.raises(ConfigurationError, match=r"\[source.a\] ca: there is no file none.pem"):
        sources_of(load("[source.a]\nurl = 'http://x.org/'\nca = 'none.pem'"))


def test_a_byte_order_mark_does_not_matter() -> None:
    assert load(b'\xef\xbb\xbf[service]\nlanguage = "en"\n').service.language == "en"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sorce = 5", "[sorce]: unknown table; did you mean 'source'"),
        ("[cadence]\nevry = '1m'", "[cadence] evry: unknown key; did you mean 'every'"),
        ("[source.a]\nurl = 'http://x.org'\nhots = ['a']", "[source.a] hots: unknown key; did you mean 'hosts'"),
        ("source = 5", "[source]: it is a table of tables"),
        ("service = 5", "[service]: it is a table of keys"),
        ("[source]\na = 5", "[source.a]: it is a table of keys"),
        ("[source.a]", "[source.a]: a source needs `url`"),
        ("[channel.a]", "[channel.a]: a channel needs `url`"),
        ("[watch.a]", "[watch.a]: a watch needs `query`, `terms` or `terms_file`"),
        ("[source.'a b']\nurl = 'http://x.org'", "[source.a b]: a name has letters"),
        ("[service]\ntick = 5", "[service] tick: 5 is no length of time; write a number and ms"),
        ("[service]\ntick = '0s'", "[service] tick: it must be longer than nothing"),
        ("[cadence]\nevery = '1 fortnight'", "[cadence] every: '1 fortnight' is no length of time"),
        ("[cadence]\nevery = '9999999999y'", "[cadence] every: '9999999999y' is longer than time"),
        ("[network]\npage_max = 'big'", "[network] page_max: 'big' is no size; write a number and KB"),
        ("[network]\npage_max = -1", "[network] page_max: -1 is no size"),
        ("[network]\nallow = ['10.0.0.0/99']", "[network] allow: '10.0.0.0/99' is no network"),
        ("[service]\nzone = 'Minsk'", "[service] zone: 'Minsk' is no time zone; write one such as 'Europe/Minsk'"),
        ("[network]\ncontact = 'почта@пример.бел'", "[network] contact: 'почта@пример.бел' can't be sent; write it in printable ASCII"),
        ("[network]\nproxy = '127.0.0.1:3128'", "[network] proxy: it is no proxy; write one such as 'http://127.0.0.1:3128'"),
        ("[network]\nproxy = 'ftp://x'", "[network] proxy: it is no proxy"),
        ("[network]\nper_host = 0", "[network] per_host: "),
        ("[network]\ncontrol = ['a.by']", "[network] control: 'a.by' is no host:port"),
        ("[source.a]\nurl = 'http://x.org'\nheaders = {'X Y' = '1'}", "[source.a] headers: 'X Y' and its value are no header"),
        ("[source.a]\nurl = 'http://x.org'\nheaders = {Host = 'y.org'}", "[source.a] headers: 'Host' and its value are no header"),
        ("[source.a]\nurl = 'http://x.org'\nheaders = {a = 'b'}\nheaders_file = 'c'", "and not both"),
        ("[archive]\ndays = -1", "[archive] days: "),
        ("[service]\nlog = 'xml'", "[service] log: it must be 'text' or 'json'"),
        ("[service]\nlisten = '8080'", "[service] listen: '8080' is no host:port"),
        ("[service]\nlisten = '127.0.0.1:99999'", "[service] listen: '127.0.0.1:99999' is no host:port"),
        ("[service]\nopen_to_network = 'perhaps'", "[service] open_to_network: write true or false"),
        ("[service]\ndata_dir = 5", "[service] data_dir: write a path in quotes"),
        ("[source.a]\nurl = 'example.org'", "[source.a] url: it is no web address; write one such as"),
        ("[source.a]\nuse = 'mpt'", "[source.a] use: there is no definition 'mpt'; there are: a1.by, becloud.by, beltelecom.by"),
        (
            "[watch.a]\nquery = 'a'\nchannels = 'offce'\n[channel.office]\nurl = 'json://x'",
            "[watch.a] channels: there is no channel 'offce'; did you mean 'office'",
        ),
        ("[watch.a]\nquery = 'a'\non = ['nwe']", "[watch.a] on: it must be 'new', 'edit' or 'removed'"),
        (f"[channel.office]\nurll = '{MAIL}'", "[channel.office] urll: unknown key; did you mean 'url'"),
        (f"[channel.office]\nurl = '{MAIL}'\nurl_file = 'x'", "and not both"),
        (f"[source.a]\nurl = '{MAIL}'", "[source.a] url: it is no web address"),
        (f"[service]\nbase_url = '{MAIL}'", "[service] base_url: it is no web address"),
        (f"[channel.office]\nurl = 'mailto:{SECRET}'", "[channel.office] url: "),
        ("[service", "it is no TOML: "),
        (b"\xff\xfe\x00", "it is no TOML: "),
    ],
)  # fmt: skip
def test_a_mistake_is_told_by_file_table_and_key_with_the_way_out(text: str | bytes, words: str) -> None:
    found = "\n".join(mistakes(text))
    assert words in found
    assert "vestnik.toml: " in found or "[channel.office] url: " in found


def test_a_wrong_query_is_shown_with_the_place_marked() -> None:
    lines = mistakes("[watch.a]\nquery = 'ШОС OR'")[0].splitlines()
    assert lines[1:] == ["ШОС OR", "      ^"]


def test_all_mistakes_are_told_at_once_each_with_where_it_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Moon")
    monkeypatch.setenv("VESTNIK_SERVCE__TICK", "1s")
    monkeypatch.setenv("VESTNIK_OUTBOX__EXPIRES", "soon")
    monkeypatch.setenv("VESTNIK_SOURCE__A__EVRY", "1h")
    monkeypatch.setenv("VESTNIK_NETWORK", SECRET)
    monkeypatch.setenv("VESTNIK_NETWORK__ALLOW", "[1")
    found = "\n".join(mistakes("[source.a]\nurl = 'x'\n[watch.w]\nquery = ')'\nchannels = ['none']\n[cadence]\nevery = 1"))
    for words in (
        "environment: TZ: [service] zone: 'Moon' is no time zone",
        "environment: VESTNIK_SERVCE__TICK: unknown table 'servce'; did you mean 'service'",
        "environment: VESTNIK_OUTBOX__EXPIRES: [outbox] expires: 'soon' is no length of time",
        "environment: VESTNIK_SOURCE__A__EVRY: [source.a] evry: unknown key; did you mean 'every'",
        "environment: VESTNIK_NETWORK: a key is missing; write VESTNIK_NETWORK__KEY",
        "environment: VESTNIK_NETWORK__ALLOW: write a list",
        "vestnik.toml: [source.a] url: ",
        "vestnik.toml: [watch.w] query: ",
        "vestnik.toml: [watch.w] channels: there is no channel 'none'",
        "vestnik.toml: [cadence] every: ",
    ):
        assert words in found


def test_an_absent_file_or_a_folder_is_told_by_its_name(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path, words in (
        (workplace / "none.toml", "there is no such file; create it, or name another by --config"),
        (workplace, "it can't be read"),
    ):
        monkeypatch.setenv("VESTNIK_CONFIG", str(path))
        with pytest.raises(ConfigurationError, match=words) as caught:
            load_settings(None)
        assert str(caught.value).startswith(str(path))


def test_without_a_file_the_defaults_watch_the_ministry(workplace: Path) -> None:
    assert load_settings(None).source["mpt.gov.by"].use == "mpt.gov.by"
