"""The whole service with a source for every hostile server, and a sound one beside them: each case is told, and the sound one is heard."""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hostile import CASES, NETWORK, Case, Healthy, HostileSite, slowness
from hostile.peak import children_of, peak
from sqlalchemy import select
from world import PATIENCE, Installation, Mailbox, Process, until

from storage import schema
from storage.model import LinkState
from storage.store import Store

MEANWHILE, AFTERWARDS = "Запущена спутниковая связь с полярными станциями", "Спутниковая связь с полярными станциями подорожала"
OFTEN = {"healthy", *(case.name for case in slowness.SLOW)}
"""Looked at again and again; the others every 20 s. So there are always some that hang."""
SOUND = [case for case in CASES if frozenset({None}) == case.ends == case.reads == case.links]
MOST_MEMORY = 270.0
"""MB, of each process that reads for the service."""
MOST_TOGETHER = 800.0
"""MB, of the service itself while hundreds of hostile sources are looked at at once; one alone is measured in test_hostile_fetch."""


@dataclass
class Hostilities(Installation):
    """An installation with a source for each case, and one for the sound site."""

    site: HostileSite = field(kw_only=True)

    def configure(self) -> Path:
        sources = "".join(
            f"[source.{case.slug}]\nurl = {json.dumps(self.site.url(name))}\n" + ('every = "300ms"\n' if name in OFTEN else "")
            for name, case in self.site.cases.items()
        )
        file = self.folder / "vestnik.toml"
        file.write_text(
            f"""
            [service]
            data_dir = {json.dumps(str(self.data_dir))}
            listen = "127.0.0.1:{self.port}"
            tick = "0.1s"
            log_level = "debug"
            [network]
            allow = [{json.dumps(NETWORK)}]
            ca = {json.dumps(str(self.site.write_authority(self.folder / "ca.pem")))}
            control = []
            browser = false
            pause = "1ms"
            deadline = "4s"
            reading_deadline = "1s"
            [cadence]
            every = "20s"
            longest = "20s"
            retry_first = "1h"
            [outbox]
            retry_first = "200ms"
            [channel.reader]
            url = {json.dumps(self.mailbox.url)}
            [watch.satellites]
            query = "спутниковая"
            channels = ["reader"]
            {sources}""",
            encoding="utf-8",
        )
        return file


@dataclass(frozen=True)
class Story:
    """What was seen of the run."""

    errors: Mapping[str, str]
    """By source; empty for those that could be read."""
    links: Mapping[str, list[str]]
    """By source, why its links could not be read."""
    meanwhile: int
    """How many hostile servers were at work when the sound site's publication was told."""
    subjects: list[str]
    """Of the letters."""
    titles: list[str]
    """Of what the sources show."""
    visitors: int
    """Where nobody may come."""
    memory: float
    children: Mapping[int, float]
    status: int
    log: str


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    healthy = Healthy()
    with HostileSite((healthy.case, *CASES)) as site, Mailbox() as mailbox:
        installation = Hostilities(tmp_path_factory.mktemp("installation"), "", (), mailbox, site=site)
        with installation.running() as service:
            until(installation.answers, "it serves", service)
            with installation.store() as store, _watched(service) as children:
                until(lambda: bool(_heard(store, "healthy")), "the first look at the sound site", service)
                healthy.publish(MEANWHILE)
                until(lambda: bool(mailbox.letters), "what it published is told", service)
                meanwhile = site.busy()
                # each is asked several ways before it is given up, which takes 350 of them a while
                until(lambda: _all_heard(store), "every case was looked at", service, patience=4 * PATIENCE)
                healthy.publish(AFTERWARDS)
                until(lambda: len(mailbox.letters) > 1, "what it publishes afterwards is told", service)
                return Story(
                    errors={state.name: state.error for state in store.sources.states()},
                    links=_reasons(store),
                    meanwhile=meanwhile,
                    subjects=[str(letter["Subject"]) for letter in mailbox.letters],
                    titles=_titles(store),
                    visitors=site.canary.visitors(),
                    memory=peak(service.process.pid),
                    children=dict(children),
                    status=service.stop(),
                    log=installation.log(),
                )


def _heard(store: Store, *names: str) -> set[str]:
    """The sources that were looked at, with or without success."""
    return {state.name for state in store.sources.states(names or None) if state.error or state.first_good_at}


def _all_heard(store: Store) -> bool:
    """Also a second time, where a slow machine made something late the first time that was to be read."""
    if len(_heard(store)) <= len(CASES):
        return False
    reasons = _reasons(store)
    late = any(state.error for state in store.sources.states([case.slug for case in SOUND]))
    return not late and all(case.slug in reasons for case in CASES if None not in case.links)


def _reasons(store: Store) -> Mapping[str, list[str]]:
    """Of each source, why its links could not be read."""
    source, link = schema.source.c, schema.link.c
    query = select(source.name, link.reason).join(schema.link, link.source_id == source.id).where(link.state == LinkState.FAILED)
    reasons: dict[str, list[str]] = defaultdict(list)
    with store.database.read() as connection:
        for name, reason in connection.execute(query):
            reasons[name].append(reason)
    return reasons


def _titles(store: Store) -> list[str]:
    with store.database.read() as connection:
        return list(connection.scalars(select(schema.link.c.title)))


@contextmanager
def _watched(service: Process) -> Iterator[dict[int, float]]:
    """The most memory of each process that the service started, as far as was seen while it lived."""
    peaks: dict[int, float] = {}
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            for pid in children_of(service.process.pid):
                peaks[pid] = max(peaks.get(pid, 0), peak(pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peaks
    finally:
        over.set()
        watcher.join()


@pytest.mark.parametrize("case", [case for case in CASES if None not in case.ends], ids=lambda case: case.name)
def test_the_error_of_a_source_that_can_not_be_had_is_recorded_in_words(story: Story, case: Case) -> None:
    assert len(story.errors[case.slug]) > 10
    assert "our own mistake" not in story.errors[case.slug]


@pytest.mark.parametrize("case", [case for case in CASES if None not in case.reads], ids=lambda case: case.name)
def test_the_error_of_a_page_that_is_no_list_is_recorded_in_words(story: Story, case: Case) -> None:
    assert len(story.errors[case.slug]) > 10
    assert "our own mistake" not in story.errors[case.slug]


@pytest.mark.parametrize("case", [case for case in CASES if None not in case.links], ids=lambda case: case.name)
def test_why_a_link_could_not_be_read_is_recorded_in_words(story: Story, case: Case) -> None:
    assert not story.errors[case.slug]
    assert all(len(reason) > 10 for reason in story.links[case.slug])


@pytest.mark.parametrize("case", SOUND, ids=lambda case: case.name)
def test_what_looks_odd_and_is_sound_is_read(story: Story, case: Case) -> None:
    assert not story.errors[case.slug]


def test_the_sound_source_beside_them_is_told_once_while_they_are_looked_at_and_after(story: Story) -> None:
    assert story.meanwhile > 0
    assert [subject.count("спутниковая") + subject.count("Спутниковая") for subject in story.subjects] == [1, 1]
    assert not story.errors["healthy"]


def test_nobody_private_was_visited(story: Story) -> None:
    assert story.visitors == 0


def test_nothing_of_our_files_is_taken_for_a_publication(story: Story) -> None:
    assert not any("root:" in title for title in story.titles)


def test_they_do_not_take_much_memory(story: Story) -> None:
    assert story.memory < MOST_TOGETHER
    assert max(story.children.values()) < MOST_MEMORY


def test_it_ends_when_asked_and_nothing_broke(story: Story) -> None:
    assert story.status == 0
    assert "Traceback" not in story.log
