"""The main job on real input: the five known publications, a sixth at three addresses, and its edit."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser
import pytest
from databases import Databases
from world import Installation, Mailbox, all_read, nothing_owed, until

from collector.demo.node import Generation, Node
from collector.demo.routes import Answer
from collector.demo.site import DemoSite
from collector.demo.texts import texts
from collector.extract.document import read_document
from storage.model import Article
from storage.store import Store

NAMES = ("mpt.gov.by", "www.mpt.gov.by", "минсвязи.бел")
REAL_HOSTS = ("mpt.gov.by", "www.mpt.gov.by", "xn--b1akbcqh2a7i.xn--90ais")
ALIAS = "vizit-ministra-informacii-i-telekommunikaciy-respubliki-serbiya-v-belarus"
NOW = datetime.now(UTC)
SIXTH = Node(
    id=10700,
    title="Беларусь предложила странам ШОС общий реестр доверенных сертификатов",
    paragraphs=(
        """На совещании в Минске представители министерства предложили партнёрам по Шанхайской организации сотрудничества вести общий
        реестр доверенных сертификатов электронной подписи. Реестр позволит принимать документы без повторной проверки.""",
        """Первая очередь заработает 1 марта и охватит 3 государства. Остальные присоединятся по мере готовности своих удостоверяющих
        центров, а методику сверки опубликует рабочая группа, в которую войдут по два эксперта от каждой стороны.""",
    ),
    created=NOW - timedelta(minutes=5),
    alias="belarus-predlozhila-stranam-shos-obschiy-reestr",
)
EDITED = replace(SIXTH, paragraphs=(SIXTH.paragraphs[0], SIXTH.paragraphs[1].replace("1 марта", "1 апреля")), changed=NOW)


class Mirrored(DemoSite):
    """Its list shows some publications once more, at addresses of the other hosts."""

    mirrors: Sequence[str] = ()

    def answer(self, host: str, target: str) -> Answer:
        made = super().answer(host, target)
        if target.partition("?")[0] != "/":
            return made
        rows = re.compile(rb'<div class="views-row"><article.*?</article></div>', re.DOTALL)
        body = rows.sub(lambda row: row[0] + self._elsewhere(row[0]), made.body)
        return made._replace(body=body)

    def _elsewhere(self, row: bytes) -> bytes:
        path = f'"/ru/{SIXTH.alias}"'.encode()
        return b"".join(row.replace(path, f'"{mirror}"'.encode()) for mirror in self.mirrors) if path in row else b""


@dataclass
class Stage:
    """The site under its three names, and what its publications are called there."""

    site: Mirrored
    installation: Installation
    bases: Sequence[str]

    @property
    def addresses(self) -> set[str]:
        return {f"{self.bases[0]}/ru/{SIXTH.alias}", f"{self.bases[1]}/node/{SIXTH.id}", f"{self.bases[2]}/ru/{SIXTH.alias}"}

    def show_elsewhere(self) -> None:
        self.site.mirrors = sorted(self.addresses - {f"{self.bases[0]}/ru/{SIXTH.alias}"})


def seed_nodes(folder: Path) -> list[Node]:
    """The five known publications as nodes of the site, with their numbers where they have one."""
    nodes = []
    for number, file in enumerate(sorted(folder.iterdir())):
        document = read_document(file.read_text(encoding="utf-8"), ZoneInfo("Europe/Minsk"), NOW)
        known = re.search(r"/node/(\d+)$", document.url)
        nodes.append(
            Node(
                id=int(known[1]) if known else 9600 + number,
                title=document.content.title,
                paragraphs=tuple(" ".join(block.split("\n")) for block in document.content.text.split("\n\n")),
                created=NOW - timedelta(hours=number),
                alias=ALIAS if ALIAS in document.url else "",
                image="2026-11/p.png",
            ),
        )
    return nodes


def own_nodes() -> list[Node]:
    """Five texts of our own, for where the known publications are not at hand."""
    return [replace(node, id=9700 + node.id % 100) for node in texts(NOW).nodes if node.language == "ru"][:5]


def listed(store: Store) -> dict[str, Article]:
    return {article.revision.content.title: article for article in store.articles.page(None, 100)}


def check_story(stage: Stage, five: Sequence[Node], *, known: bool) -> None:
    """The whole story. `known`: the five are in the baseline that ships."""
    site, installation, mailbox = stage.site, stage.installation, stage.installation.mailbox
    with installation.running() as service, _store_of(installation) as store:
        until(lambda: all_read(store), "the first look", service)
        before = listed(store)
        assert before
        assert not mailbox.letters

        for node in five:
            site.publish(node)
        titles = {node.title for node in five}
        until(lambda: all_read(store) and nothing_owed(store) and titles <= set(listed(store)), "the five are read", service)
        if known:
            assert {listed(store)[node.title].id for node in five} == {1, 2, 3, 4, 5}
            assert all(listed(store)[node.title].baseline for node in five)
            assert store.outbox.counts() == {}

        owed_before = store.outbox.counts().get("sent", 0)
        stage.show_elsewhere()
        site.publish(SIXTH)
        until(
            lambda: len(_sixth(store).locations) == 3 and all_read(store) and nothing_owed(store), "the sixth at three addresses", service
        )
        assert set(_sixth(store).locations) == stage.addresses
        assert store.outbox.counts().get("sent", 0) == owed_before + 1
        entry = _only_entry(installation)
        _check_letter(mailbox)

        site.edit(SIXTH.id, lambda _: EDITED)
        until(lambda: _sixth(store).revision.number == 2 and all_read(store) and nothing_owed(store), "the edit", service)
        again = _only_entry(installation)
        assert again.id == entry.id
        assert "1 апреля" in again.content[0].value
        assert again.updated_parsed >= entry.updated_parsed
        assert store.outbox.counts().get("sent", 0) == owed_before + 1
        assert service.stop() == 0


def _store_of(installation: Installation) -> AbstractContextManager[Store]:
    until(installation.answers, "the service answers")
    return installation.store()


def _sixth(store: Store) -> Article:
    found = [article for article in store.articles.page(None, 100) if article.revision.content.title == SIXTH.title]
    assert len(found) <= 1, "one publication became several articles"
    return found[0] if found else store.articles.page(None, 1)[0]


def _only_entry(installation: Installation) -> feedparser.FeedParserDict:
    entries = [entry for entry in feedparser.parse(installation.get("/feeds/all.atom")).entries if entry.title == SIXTH.title]
    assert len(entries) == 1
    return entries[0]


def _check_letter(mailbox: Mailbox) -> None:
    (letter,) = [letter for letter in mailbox.letters if "реестр" in str(letter["Subject"])]
    text = letter.get_body(("plain",)).get_content()
    assert "*ШОС*" in text
    assert "*Шанхайской организации сотрудничества*" in text
    assert letter["To"] == "reader@example.org"


@pytest.fixture
def three_ports(tmp_path: Path) -> Iterator[Stage]:
    """Three hosts that differ in their port, one of them still on the old system."""
    nodes = [node for node in texts(NOW).nodes if node.language == "ru" and "ШОС" not in node.title][:6]
    with Mirrored(nodes) as front, Mailbox() as mailbox:
        mirrors = [_Mirror(front, Generation.DRUPAL7), _Mirror(front, Generation.DRUPAL10)]
        for mirror in mirrors:
            mirror.start()
        bases = [front.url, *(mirror.url for mirror in mirrors)]
        hosts = [base.removeprefix("http://") for base in bases]
        yield Stage(front, Installation(tmp_path, f"{front.url}/", hosts, mailbox), bases)
        for mirror in mirrors:
            mirror.close()


class _Mirror(DemoSite):
    """Another host of the same site."""

    def __init__(self, front: DemoSite, generation: Generation) -> None:
        super().__init__(generation=generation)
        self._nodes = front._nodes


def test_the_five_known_publications_are_recognised_and_a_sixth_is_told_once(three_ports: Stage, shared: Path) -> None:
    check_story(three_ports, seed_nodes(shared / "seeds"), known=True)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_texts_of_our_own_are_collected_and_a_publication_at_three_addresses_is_told_once(
    three_ports: Stage, databases: Databases, kind: str
) -> None:
    three_ports.installation.database_url = databases.make(kind)
    check_story(three_ports, own_nodes(), known=False)


def test_the_same_under_the_ministrys_own_three_names(shared: Path, tmp_path: Path) -> None:
    """In a network of its own, where the three names lead to this machine."""
    hosts = tmp_path / "hosts"
    hosts.write_text(f"127.0.0.1 localhost {' '.join(REAL_HOSTS)}\n")
    here = Path(__file__).parent
    made = subprocess.run(["unshare", "--net", "--mount", "true"], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("this user may not make network and mount namespaces")
    inside = [sys.executable, str(here / "in_namespace.py"), str(hosts), str(tmp_path), str(shared / "seeds")]
    ended = subprocess.run(["unshare", "--net", "--mount", *inside], cwd=here.parent, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
