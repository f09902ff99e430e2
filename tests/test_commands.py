"""Every command as its user meets it: its help, its answers to wrong use, its output for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cyclopts import App
from service_runner import FAST, Command, configured, demo_site, free_port, source

from collector.demo.site import DemoSite
from collector.demo.texts import texts
from collector.service.cli import make_app
from storage.migrations import HEAD

Words = tuple[str, ...]


def commands(app: App, above: Words = ()) -> Iterator[Words]:
    """Every command, found from the program itself."""
    for name in app:
        if name.startswith("-"):
            continue
        inner = list(commands(app[name], (*above, name)))
        yield from inner or [(*above, name)]


COMMANDS = list(commands(make_app()))
GIVEN = {
    "article show": ["1"], "article history": ["1"], "channel test": ["x"], "delivery retry": ["1"], "extract": ["text"],
    "identify": ["text"],
    "baseline import": ["text"], "baseline export": ["text"], "source reread": ["x"],
    "source show": ["x"], "source probe": ["http://127.0.0.1:9/"], "source record": ["x", "y"], "source add": ["http://127.0.0.1:9/"],
    "source remove": ["x"], "source held": ["x"], "source pause": ["x"], "source resume": ["x", "--alert"],
    "article split": ["1", "http://127.0.0.1:9/"], "article join": ["1", "2"], "restore": ["text"],
    "watch add": ["x", "ШОС"], "watch change": ["x", "ШОС"], "watch remove": ["x"], "watch import": ["text"],
    "watch explain": ["x", "1"], "watch backtest": ["x"], "watch suggest": ["ШОС"], "glossary accept": ["x"], "glossary refuse": ["x"],
    "glossary add": ["АБВ", "Абв абв"], "glossary remove": ["x"],
}  # fmt: skip
"""What a command needs to get as far as its configuration."""
every_command = pytest.mark.parametrize("command", COMMANDS, ids=" ".join)


@pytest.fixture
def site(workplace: Path) -> Iterator[DemoSite]:
    """A sample ministry, and a configuration that watches it."""
    with demo_site() as served:
        configured(workplace, source(served) + "[watch.sco]\nquery = 'ШОС'\n")
        yield served


def test_the_commands_that_are_promised_are_there() -> None:
    promised = {("run",), ("demo",), ("collect",), ("extract",), ("identify",), ("migrate",), ("healthcheck",), ("source", "list")}
    promised |= {
        ("source", "reread"),
        ("source", "show"),
        ("source", "incidents"),
        ("source", "add"),
        ("source", "remove"),
        ("source", "held"),
        ("source", "probe"),
        ("source", "record"),
        ("source", "test"),
    }
    promised |= {
        ("article", "list"),
        ("article", "show"),
        ("article", "history"),
        ("article", "split"),
        ("article", "join"),
        ("source", "pause"),
        ("source", "resume"),
        ("backup",),
        ("restore",),
        ("doctor",),
        ("baseline", "import"),
        ("baseline", "export"),
        ("watch", "list"),
        ("watch", "add"),
        ("watch", "change"),
        ("watch", "remove"),
        ("watch", "import"),
    }
    promised |= {("watch", "check"), ("delivery", "list"), ("delivery", "retry"), ("channel", "list"), ("channel", "test")}
    assert promised <= set(COMMANDS)


@every_command
def test_a_command_says_what_it_does(command: Words, vestnik: Command) -> None:
    ended = vestnik(*command, "--help")
    assert ended.status == 0
    assert f"Usage: vestnik {' '.join(command)}" in ended.out
    words = make_app()[command[0]] if len(command) == 1 else make_app()[command[0]][command[1]]
    assert words.help.strip(), f"vestnik {' '.join(command)} has no help"
    assert words.help.split(".")[0][:30] in ended.out


@every_command
def test_a_wrong_option_ends_a_command_with_status_2_and_its_name(command: Words, vestnik: Command) -> None:
    ended = vestnik(*command, "--nonsense")
    assert ended.status == 2
    assert "--nonsense" in ended.err


@pytest.mark.parametrize("command", [c for c in COMMANDS if c != ("demo",)], ids=" ".join)
def test_every_command_that_has_a_configuration_names_the_one_that_it_does_not_find(command: Words, vestnik: Command) -> None:
    ended = vestnik(*command, *GIVEN.get(" ".join(command), []), "--config", "none.toml")
    assert ended.status == 2
    assert "none.toml: there is no such file" in ended.err


def test_an_unknown_command_is_refused_with_status_2(vestnik: Command) -> None:
    ended = vestnik("colect")
    assert ended.status == 2
    assert "colect" in ended.err


def test_a_second_look_sees_nothing_new(site: DemoSite, vestnik: Command) -> None:
    first, second = vestnik("collect", "--json").values[0], vestnik("collect", "--json").values[0]
    assert (first["seen"], first["unknown"], first["baseline"], first["error"]) == (3, 3, 3, "")
    assert (second["unknown"], second["new"], second["baseline"], second["error"]) == (0, 0, 0, "")
    assert "0 seen" in vestnik("collect", "demo").out  # not modified: nothing is shown again


def test_a_publication_of_a_later_look_is_new(site: DemoSite, vestnik: Command) -> None:
    vestnik("collect")
    site.publish(texts(datetime.now(UTC)).later)
    assert vestnik("collect", "--json").values[0]["new"] == 1
    assert len(vestnik("article", "list", "--json").values) == 4


def test_a_dry_run_shows_the_links_and_writes_nothing(site: DemoSite, vestnik: Command) -> None:
    for _ in range(2):
        links = vestnik("collect", "--dry-run", "--json").values
        assert [link["known"] for link in links] == [False] * 3
        assert all(link["url"].startswith(site.url) for link in links)
    assert vestnik("collect", "--dry-run").out.count("new") >= 3
    assert vestnik("article", "list").out == ""


def test_a_source_that_is_not_there_is_named_with_those_that_are(site: DemoSite, vestnik: Command) -> None:
    ended = vestnik("collect", "demmo")
    assert (ended.status, ended.err) == (2, "vestnik: there is no source 'demmo'; did you mean 'demo'?\n")


def test_a_source_that_cannot_be_read_ends_collect_with_status_1(site: DemoSite, vestnik: Command) -> None:
    site.close()
    ended = vestnik("collect")
    assert ended.status == 1
    assert "no connection: connection refused" in ended.err.lower()
    assert "1 of 1 sources could not be read" in ended.err
    assert vestnik("source", "list", "--json").values[0]["error"] != ""
    assert "can't be read" in vestnik("source", "list").out


def test_lists_are_tables_for_people_and_lines_for_programs(site: DemoSite, vestnik: Command) -> None:
    vestnik("collect")
    (state,) = vestnik("source", "list", "--json").values
    assert (state["name"], state["articles"], state["links"]) == ("demo", 3, {"baseline": 3})
    assert "3 articles  3 baseline" in vestnik("source", "list").out
    found = vestnik("article", "list", "--json").values
    assert len(found) == len(vestnik("article", "list").out.splitlines()) == 3
    shown = vestnik("article", "show", str(found[0]["id"]))
    assert found[0]["revision"]["content"]["title"] in shown.out
    assert found[0]["url"] in shown.out
    assert vestnik("article", "show", str(found[0]["id"]), "--json").values[0]["revisions"][0]["number"] == 1
    (watch,) = vestnik("watch", "list", "--json").values
    assert (watch["name"], watch["kept"], watch["query"], watch["channels"], watch["on"]) == ("sco", "configuration", "ШОС", [], ["new"])
    assert vestnik("watch", "list").out == "sco  configuration  no channel  ШОС\n"
    assert vestnik("delivery", "list").out == vestnik("delivery", "list", "--json").out == ""


def test_an_article_that_is_not_there_is_told(site: DemoSite, vestnik: Command) -> None:
    ended = vestnik("article", "show", "4711")
    assert (ended.status, ended.err) == (1, "vestnik: there is no article 4711; `vestnik article list` shows those that there are\n")


@pytest.mark.parametrize(
    ("text", "status", "words"), [("Шоссе и ШОС.", 0, "match\n  text 8-11: ШОС\n"), ("Шоссе", 1, "no match\n")], ids=["match", "none"]
)
def test_a_query_is_tried_on_a_text(text: str, status: int, words: str, workplace: Path, vestnik: Command) -> None:
    (workplace / "text").write_text(text, encoding="utf-8")
    ended = vestnik("watch", "check", "ШОС", "text")
    assert (ended.status, ended.out) == (status, words)
    assert vestnik("watch", "check", "ШОС", "text", "--json").values[0]["match"] is (status == 0)


def test_a_wrong_query_is_refused_with_the_place_marked(workplace: Path, vestnik: Command) -> None:
    ended = vestnik("watch", "check", "ШОС OR", "none")
    assert ended.status == 2
    assert ended.err.splitlines()[1:] == ["ШОС OR", "      ^"]


def test_the_database_may_be_migrated_twice(workplace: Path, vestnik: Command) -> None:
    configured(workplace)
    first, second = vestnik("migrate"), vestnik("migrate")
    assert first == second
    assert first.status == 0
    assert f"schema {HEAD}" in first.out


def test_an_absent_service_is_unhealthy(workplace: Path, vestnik: Command) -> None:
    configured(workplace, fast=FAST.replace('"127.0.0.1:0"', f'"127.0.0.1:{free_port()}"'))
    ended = vestnik("healthcheck")
    assert ended.status == 1
    assert "/healthz does not answer" in ended.err
    assert "Connection refused" in ended.err
