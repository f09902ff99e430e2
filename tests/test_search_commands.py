"""`search` and `watch backtest` as their user sees them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from service_runner import Command

TEXTS = {
    "ministers": "Заседание коллегии\n\nМинистр связи Константин Шульган рассказал о развитии сетей связи на селе.",
    "post": "Почта открыла отделение\n\nНовое отделение почты открыто в Гродно для жителей города.",
    "council": "Совет РСС\n\nВ Минске прошёл совет операторов, министры обсудили роуминг и связь.",
}


@pytest.fixture
def archive(vestnik: Command, workplace: Path) -> Command:
    Path("vestnik.toml").write_text('[source.x]\nurl = "http://127.0.0.1:1/"\n[watch.link]\nquery = "связь"\n', "utf-8")
    folder = workplace / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    assert vestnik("baseline", "import", str(folder)).status == 0
    vestnik("collect")  # the source is not there; what was imported is matched
    return vestnik


def test_a_search_shows_what_it_finds_with_marks(archive: Command) -> None:
    ended = archive("search", "Шульгана")
    assert ended.status == 0
    assert "Заседание коллегии" in ended.out
    assert "Константин *Шульган* рассказал" in ended.out
    assert "Почта" not in ended.out


def test_a_search_goes_page_by_page(archive: Command) -> None:
    first = archive("search", "связь", "--limit", "1", "--json")
    (found,) = map(json.loads, first.out.splitlines())
    place = first.err.split("--before ")[1].split()[0]
    (second,) = map(json.loads, archive("search", "связь", "--limit", "1", "--before", place, "--json").out.splitlines())
    assert {found["title"], second["title"]} == {"Заседание коллегии", "Совет РСС"}
    assert found["spans"]


@pytest.mark.parametrize(
    ("limits", "count"),
    [
        ((), 3),
        (("--watch", "link"), 2),
        (("--language", "ru"), 3),
        (("--language", "be"), 0),
        (("--source", "x"), 0),
        (("--since", "2020-01-01"), 3),
        (("--until", "2020-01-01"), 0),
    ],
)
def test_a_search_is_limited(archive: Command, limits: tuple[str, ...], count: int) -> None:
    told = json.loads(archive("search", "", "--count", "--json", *limits).out)
    assert told["articles"] == count
    assert sum(told["months"].values()) == count


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("search", "связь OR"), "something is missing"),
        (("search", "связь", "--limit", "0"), "--limit"),
        (("search", "связь", "--since", "вчера"), "is no date"),
        (("watch", "backtest"), "name a watch"),
        (("watch", "backtest", "lin"), "did you mean 'link'"),
        (("watch", "backtest", "--query", "-связь"), "must ask for a word"),
    ],
)
def test_a_mistake_is_told_in_words(archive: Command, arguments: tuple[str, ...], says: str) -> None:
    ended = archive(*arguments)
    assert ended.status in {1, 2}
    assert says in ended.err


def test_a_watch_is_tried_on_the_archive(archive: Command) -> None:
    ended = archive("watch", "backtest", "link")
    assert ended.out.startswith("2 articles\n")
    assert "*связь*" in ended.out


def test_a_query_is_tried_before_it_is_saved(archive: Command) -> None:
    told = json.loads(archive("watch", "backtest", "--query", '"совет операторов"', "--json").out)
    assert (told["articles"], [sample["title"] for sample in told["samples"]]) == (1, ["Совет РСС"])


def test_a_changed_query_is_told_by_what_it_gains_and_loses(archive: Command) -> None:
    lines = archive("watch", "backtest", "link", "--query", "министр OR почта", "--json").out.splitlines()
    told = {line["what"]: line["articles"] for line in map(json.loads, lines)}
    assert told == {"now": 2, "changed": 3, "gained": 1, "lost": 0}
    lines = archive("watch", "backtest", "link", "--query", "роуминг", "--json").out.splitlines()
    assert {line["what"]: line["articles"] for line in map(json.loads, lines)} == {"now": 2, "changed": 1, "gained": 0, "lost": 1}


def test_what_is_not_matched_yet_is_said(vestnik: Command, workplace: Path) -> None:
    Path("vestnik.toml").write_text('[source.x]\nurl = "http://127.0.0.1:1/"\n', "utf-8")
    (workplace / "text.txt").write_text(TEXTS["post"], "utf-8")
    vestnik("baseline", "import", "text.txt")
    ended = vestnik("search", "почта")
    assert "not matched yet" in ended.err
    assert "nothing is found" in ended.err
