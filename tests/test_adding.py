"""A source by its address alone: found, kept, watched by the service that runs, and taken away again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from world import Installation, Mailbox, all_read, until

from collector.demo.site import DemoSite
from collector.demo.texts import texts
from storage.store import Store

NOW = datetime.now(UTC)
RUSSIAN = [node for node in texts(NOW).nodes if node.language == "ru" and "ШОС" not in node.title and not node.sticky]
KNOWN, OTHERS = RUSSIAN[:2], RUSSIAN[2:6]
NEWS = replace(texts(NOW).later, id=7777, alias="novost-drugogo-vedomstva")


@pytest.fixture
def ministry(tmp_path: Path) -> Iterator[Installation]:
    with DemoSite(KNOWN) as site, Mailbox() as mailbox:
        yield Installation(tmp_path, f"{site.url}/", [site.url.removeprefix("http://")], mailbox)


@pytest.fixture
def other() -> Iterator[DemoSite]:
    with DemoSite(OTHERS) as site:
        yield site


def vestnik(installation: Installation, *words: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("vestnik")), *words, "--config", str(installation.configure())]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def articles_of(store: Store, name: str) -> int:
    return sum(state.articles for state in store.sources.states([name]))


def test_a_source_that_is_added_while_the_service_runs_is_watched_without_a_restart(ministry: Installation, other: DemoSite) -> None:
    with ministry.running() as service:
        until(ministry.answers, "the service answers", service)
        added = vestnik(ministry, "source", "add", f"{other.url}/", "--name", "other")
        assert added.returncode == 0, added.stderr
        assert "other is watched from now on: by its feed" in added.stdout
        assert "checked daily by its listing" in added.stdout
        with ministry.store() as store:
            until(lambda: articles_of(store, "other") == len(OTHERS) and all_read(store), "the first look", service)
            assert ministry.mailbox.letters == []
            other.publish(NEWS)
            until(lambda: bool(ministry.mailbox.letters), "the alert", service)
            assert NEWS.title in str(ministry.mailbox.letters[0]["Subject"])

            assert vestnik(ministry, "source", "remove", "other").returncode == 0
            shown = vestnik(ministry, "source", "list").stdout
            assert "other" not in shown
            assert articles_of(store, "other") == len(OTHERS) + 1


def test_a_source_is_called_by_its_host_where_no_name_is_given(ministry: Installation, other: DemoSite) -> None:
    first = vestnik(ministry, "source", "add", f"{other.url}/")
    assert first.stdout.startswith(other.url.removeprefix("http://").replace(":", "-"))


def test_what_is_wrong_with_an_addition_is_told_in_words(ministry: Installation, other: DemoSite) -> None:
    twice = vestnik(ministry, "source", "add", f"{other.url}/", "--name", "ministry")
    assert (twice.returncode, "there is a source 'ministry' already" in twice.stderr) == (2, True)
    odd = vestnik(ministry, "source", "add", "example.org")
    assert (odd.returncode, "url: " in odd.stderr) == (2, True)
    soon = vestnik(ministry, "source", "add", f"{other.url}/", "--every", "often")
    assert (soon.returncode, "every: " in soon.stderr) == (2, True)
    nobody = vestnik(ministry, "source", "add", "http://127.0.0.1:9/")
    assert nobody.returncode == 1
    assert "connection refused" in nobody.stderr
    kept = vestnik(ministry, "source", "remove", "ministry")
    assert (kept.returncode, "stands in the configuration" in kept.stderr) == (2, True)
    assert "Traceback" not in "".join(one.stderr for one in (twice, odd, soon, nobody, kept))


def test_a_source_shows_how_it_is_read(ministry: Installation, other: DemoSite) -> None:
    vestnik(ministry, "source", "add", f"{other.url}/", "--name", "other")
    vestnik(ministry, "collect", "other", "--backfill")
    shown = vestnik(ministry, "source", "show", "other").stdout
    assert f"feed {other.url}/rss.xml" in shown
    assert "(asked daily, as a check)" in shown
    assert f"{len(OTHERS)} baseline" in shown


def test_a_page_may_be_watched_for_its_changes_whatever_it_lists(ministry: Installation, other: DemoSite) -> None:
    address = f"{other.url}/ru/{OTHERS[0].alias}"
    added = vestnik(ministry, "source", "add", address, "--name", "page", "--page")
    assert f"by its page {address}" in added.stdout, added.stderr
    assert "1 baseline" in vestnik(ministry, "collect", "page").stdout
    other.edit(
        OTHERS[0].id, lambda node: replace(node, paragraphs=(*node.paragraphs, "Срок приёма заявок продлён до 25 декабря 2026 года."))
    )
    assert "1 revised" in vestnik(ministry, "collect", "page").stdout
