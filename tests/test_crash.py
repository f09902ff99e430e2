"""kill -9 between any two steps: after a restart one article, one entry, at least one mail with the same Message-ID."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from sqlalchemy import select
from world import Installation, Mailbox, Process, all_read, nothing_owed, until

from collector.demo.node import Node
from collector.demo.site import DemoSite
from collector.demo.texts import texts
from storage import schema
from storage.store import Store

NOW = datetime.now(UTC)
OLD = [node for node in texts(NOW).nodes if node.language == "ru" and "ШОС" not in node.title][:2]
NEWS = Node(
    id=5900,
    title="Делегация ШОС посетила почтовый музей",
    paragraphs=(
        "Участники заседания экспертной группы ШОС осмотрели собрание марок и первый телеграфный аппарат, работавший на линии в 1860 году.",
        "Гости оставили запись в книге отзывов и получили памятные конверты со специальным гашением, подготовленные к встрече.",
    ),
    created=NOW - timedelta(minutes=1),
    alias="delegaciya-shos-posetila-pochtovyy-muzey",
)

# Every transaction that a start and a new publication take, by the function that commits it.
FIRST_START = (
    "database.migrate",
    "store._instance",
    "store_articles.load_baseline",
    "store_sources.enrol",
    "store_sources.claim_due",
    "store_sources.record_links",
    "store_sources.begin_reading",
    "store_articles.record",
    "store_finding.note_ruled",
    "store_sources.finish_look",
    "store_health.record",
    "store_matches.record",
)
PUBLICATION = (
    "store_sources.claim_due",
    "store_sources.record_links",
    "store_sources.begin_reading",
    "store_articles.record",
    "store_sources.finish_look",
    "store_matches.record",
    "store_outbox.lease",
    "store_outbox._mark",
)
# And those that reading back older pages takes besides.
BACKFILL = (
    "store_finding.claim_backfills",
    "store_finding.record_page_back",
    "store_finding.postpone_backfill",
    "store_finding.end_backfill",
)
# Those of a burst that are not the same as of any publication: it is held, made one message, and marked as one.
BURST = ("store_sources.record_links", "store_outbox.lease_digest", "store_outbox._mark")
MOMENTS = ("before", "after")
_SUBJECTS = ("почты", "сетей", "марок", "кабелей", "складов", "музеев", "форумов", "архивов", "тарифов", "школ", "линий", "станций")
ARCHIVE = [
    Node(
        id=5000 + number,
        title=f"О развитии {subject} в областях республики",
        paragraphs=(" ".join(f"{subject}{letter} {subject[::-1]}{letter}" for letter in "абвгдежзиклмнопрст") + ".",),
        created=NOW - timedelta(days=10 + number),
        alias=f"o-razvitii-{number}",
    )
    for number, subject in enumerate(_SUBJECTS)
]
# Undated in the list, as in a block that stands on every page, so that so many at once are held.
MANY = [
    replace(
        node,
        id=7000 + number,
        title=f"Страны ШОС о {subject}, выпуск {number}",
        paragraphs=(" ".join(f"{subject}{letter}{number} {letter}{subject[::-1]}" for letter in "абвгдежзиклмн") + ".",),
        alias=f"strany-{number}",
        sticky=True,
    )
    for number, (node, subject) in enumerate(zip(ARCHIVE * 2, _SUBJECTS * 2, strict=True))
]


@dataclass
class Stage:
    site: DemoSite
    installation: Installation

    def die(self, moment: str, step: str) -> None:
        """Run the service until it is killed at a step."""
        with self.installation.running(sys.executable, str(Path(__file__).with_name("dies.py")), moment, step) as service:
            assert service.wait_for_end() == -9, f"it was not killed: {self.installation.log()}"

    def die_when(self, prepare: Callable[[Process], None]) -> None:
        """Run the service until something outside kills it."""
        with self.installation.running() as service:
            prepare(service)
            assert service.wait_for_end() == -9

    def check_after_restart(self) -> None:
        """Start again and let it come to rest."""
        with self.installation.running() as service:
            until(self.installation.answers, "the service answers", service)
            with self.installation.store() as store:
                until(lambda: all_read(store) and nothing_owed(store) and self._seen(store), "everything is read and sent", service)
            self._check()

    def _seen(self, store: Store) -> bool:
        return store.articles.count() == 5 + len(self.site._nodes)

    def _check(self) -> None:
        entries = feedparser.parse(self.installation.get("/feeds/all.atom")).entries
        titles = [entry.title for entry in entries]
        assert sorted(titles) == sorted(node.title for node in self.site._nodes.values())
        letters = self.installation.mailbox.letters
        if NEWS.id in self.site._nodes:
            assert letters, "the alert never came"
            assert len({letter["Message-ID"] for letter in letters}) == 1
            assert all(NEWS.title in str(letter["Subject"]) for letter in letters)
        else:
            assert letters == []


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with DemoSite(OLD) as site, Mailbox() as mailbox:
        yield Stage(site, Installation(tmp_path, f"{site.url}/", [site.url.removeprefix("http://")], mailbox))


@pytest.fixture(scope="module")
def looked_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after a quiet first look at a site like the stage's."""
    folder = tmp_path_factory.mktemp("looked")
    with DemoSite(OLD) as site, Mailbox() as mailbox:
        installation = Installation(folder, f"{site.url}/", [site.url.removeprefix("http://")], mailbox)
        _rest(installation, len(OLD))
        folder.joinpath("port").write_text(str(site.port))
    return folder


@pytest.fixture
def published(looked_once: Path, tmp_path: Path) -> Iterator[Stage]:
    """A site that was looked at, and has a publication since."""
    shutil.copytree(looked_once / "data", tmp_path / "data")
    port = int((looked_once / "port").read_text())
    with DemoSite([*OLD, NEWS], port=port) as site, Mailbox() as mailbox:
        yield Stage(site, Installation(tmp_path, f"{site.url}/", [site.url.removeprefix("http://")], mailbox))


def _rest(installation: Installation, nodes: int) -> None:
    with installation.running() as service:
        until(installation.answers, "the service answers", service)
        with installation.store() as store:
            until(lambda: all_read(store) and store.articles.count() == 5 + nodes, "the first look", service)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("step", FIRST_START)
def test_a_first_start_that_is_killed_leaves_nothing_half_done(stage: Stage, step: str, moment: str) -> None:
    stage.die(moment, step)
    stage.check_after_restart()


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("step", PUBLICATION)
def test_a_publication_is_told_whenever_the_service_is_killed(published: Stage, step: str, moment: str) -> None:
    published.die(moment, step)
    published.check_after_restart()


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("step", BACKFILL)
def test_a_back_fill_that_is_killed_goes_on_where_it_was(tmp_path: Path, step: str, moment: str) -> None:
    with DemoSite([*OLD, *ARCHIVE]) as site, Mailbox() as mailbox:
        stage = Stage(site, Installation(tmp_path, f"{site.url}/", [site.url.removeprefix("http://")], mailbox))
        stage.die(moment, step)
        stage.check_after_restart()


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("step", BURST)
def test_a_burst_is_told_together_whenever_the_service_is_killed(looked_once: Path, tmp_path: Path, step: str, moment: str) -> None:
    shutil.copytree(looked_once / "data", tmp_path / "data")
    with DemoSite([*OLD, *MANY], port=int((looked_once / "port").read_text())) as site, Mailbox() as mailbox:
        installation = Installation(tmp_path, f"{site.url}/", [site.url.removeprefix("http://")], mailbox, hold="200ms", settle="700ms")
        stage = Stage(site, installation)
        stage.die(moment, step)
        with installation.running() as service, installation.store() as store:
            until(lambda: store.outbox.counts() == {"sent": len(MANY)}, "the digest is sent", service)
            assert_digests(store)
    letters = {letter["Message-ID"]: letter for letter in mailbox.letters}
    texts_sent = [letter.get_content().replace("*", "") for sent in letters.values() if (letter := sent.get_body(("plain",)))]
    lines = [line.partition(" ")[2] for text in texts_sent for line in text.splitlines()]
    assert [lines.count(node.title) for node in MANY] == [1] * len(MANY)


def assert_digests(store: Store) -> None:
    """All of it came together, by the outbox."""
    with store.database.read() as connection:
        assert set(connection.scalars(select(schema.delivery.c.digest.is_not(None)))) == {True}


@pytest.mark.parametrize("path", ["/", "/rss.xml", f"/ru/{NEWS.alias}"])
def test_a_publication_is_told_when_the_service_is_killed_while_it_fetches(published: Stage, path: str) -> None:
    def prepare(service: Process) -> None:
        published.site.on_request = lambda asked: service.kill() if asked == path else None

    published.die_when(prepare)
    published.site.on_request = None
    published.check_after_restart()


def test_a_mail_that_was_accepted_before_the_kill_comes_once_more_with_the_same_message_id(published: Stage) -> None:
    mailbox = published.installation.mailbox

    def prepare(service: Process) -> None:
        mailbox.on_letter = service.kill

    published.die_when(prepare)
    mailbox.on_letter = lambda: None
    published.check_after_restart()
    assert len(mailbox.letters) == 2


def test_every_transaction_of_the_service_is_among_those_it_is_killed_at(stage: Stage, tmp_path: Path) -> None:
    steps = tmp_path / "steps"
    with stage.installation.running(sys.executable, str(Path(__file__).with_name("dies.py")), "never", str(steps)) as service:
        until(stage.installation.answers, "the service answers", service)
        with stage.installation.store() as store:
            until(lambda: all_read(store) and store.articles.count() == 5 + len(OLD), "the first look", service)
            stage.site.publish(NEWS)
            until(lambda: store.outbox.counts() == {"sent": 1}, "the alert", service)
    seen = set(steps.read_text().split())
    assert seen - {"store_sources.record_unchanged"} == {*FIRST_START, *PUBLICATION}
