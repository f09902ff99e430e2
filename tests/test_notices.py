"""What the operator is told of a source: once when something is wrong, once when it is over, in the channel's language, by real mail."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from databases import NOW, Databases
from lookout import Lookout, article_page, list_page, lookout_on
from raw_web import answer
from service_runner import FAST, Command, configured, running
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError
from world import Mailbox, until

from collector.health.assess import assess
from collector.health.limits import HealthLimits
from collector.service.delivering import Delivering, Outgoing
from collector.service.minding import Minding
from collector.service.threads import Threads
from notify.outbox import Policy
from notify.render.notice import render_notice
from notify.render.notice_words import NOTICES
from notify.senders.addresses import open_channel
from storage import migrations
from storage.database import open_database
from storage.model import Cause, Incident, IncidentChange, LookCounts, Notice, NoticeDelivery, NoticeKind, Recipient
from storage.store import Store

A_QUARTER, A_DAY = timedelta(minutes=15), timedelta(days=1)
BROKEN = answer(b"<html><body>Service unavailable</body></html>", "503 Service Unavailable")
STRANGE = answer(b"<html><body><p>Welcome to our new portal</p></body></html>")
OFFICE = Recipient("a" * 64, "office")


def notice(kind: NoticeKind = NoticeKind.OPENED, cause: Cause = Cause.UNREACHABLE, **more: str) -> Notice:
    until = NOW + timedelta(hours=3) if kind is NoticeKind.CLOSED else None
    told = Notice(7, "incident-3-opened", kind, cause, "source:1", "minsvyazi", "no answer in time", "", NOW, until)
    return replace(told, **more)  # type: ignore[arg-type]


def delivery(told: Notice) -> NoticeDelivery:
    return NoticeDelivery(5, OFFICE, "notice.7.1.x", 0, NOW, told)


def written(told: Notice, language: str = "en") -> SimpleNamespace:
    message = render_notice(delivery(told), language=language, zone="Europe/Minsk", base_url="https://v.example.by", now=NOW)
    return SimpleNamespace(
        subject=message.subject, text=message.text, html=message.html, headers=dict(message.headers), id=message.message_id
    )


# --- words ---------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "subject", "since"),
    [
        ("ru", "Вестник: источник minsvyazi не отвечает", "Началось: 2 ноября 2026 г., 12:00"),
        ("be", "Веснік: крыніца minsvyazi не адказвае", "Пачалося: 2 лістапада 2026 г., 12:00"),
        ("en", "Vestnik: source minsvyazi does not answer", "Since: 2 November 2026, 12:00"),
    ],
)
def test_a_notice_says_what_is_wrong_since_when_and_what_to_do(language: str, subject: str, since: str) -> None:
    told = written(notice(), language)
    assert told.subject == subject
    assert since in told.text
    assert "no answer in time" in told.text
    assert NOTICES[language].causes[Cause.UNREACHABLE].advice in told.text
    assert subject in told.html


@pytest.mark.parametrize("language", ["ru", "be", "en"])
@pytest.mark.parametrize("cause", list(Cause))
@pytest.mark.parametrize("kind", [NoticeKind.OPENED, NoticeKind.CLOSED])
def test_every_cause_has_words_for_its_beginning_and_its_end(kind: NoticeKind, cause: Cause, language: str) -> None:
    told = written(notice(kind, cause), language)
    assert told.subject.startswith(NOTICES[language].product)
    assert "{" not in told.subject + told.text
    assert ("minsvyazi" in told.subject) is (cause is not Cause.CONNECTION)
    assert (NOTICES[language].advice in told.text) is (kind is NoticeKind.OPENED), "what is over needs no advice"


def test_the_end_says_from_when_to_when_it_was() -> None:
    told = written(notice(NoticeKind.CLOSED))
    assert told.subject == "Vestnik: source minsvyazi is well again"
    assert "Since: 2 November 2026, 12:00\nUntil: 2 November 2026, 15:00" in told.text


def test_a_country_is_told_with_its_sources() -> None:
    told = written(notice(scope="zone:by", about=".by", detail="belta\nmpt\npravo"), "ru")
    assert told.subject == "Вестник: .by: не отвечает сразу несколько источников"
    assert "Источники:\nbelta\nmpt\npravo\n" in told.text
    assert written(notice(NoticeKind.CLOSED, scope="zone:by", about=".by"), "ru").subject == "Вестник: .by: источники снова отвечают"


def test_proposed_rules_keep_their_lines_and_their_indentation() -> None:
    told = written(notice(cause=Cause.RULES, detail='[listing]\nrow = "li"\n  title = "a"'))
    assert 'Proposed rules:\n[listing]\nrow = "li"\n  title = "a"\n' in told.text
    assert "&#34;li&#34;" in told.html


def test_what_a_site_says_breaks_neither_headers_nor_html() -> None:
    told = written(notice(about="x\r\nBcc: all@example.org", words="<script>1</script>\x00\u202e", detail="a\u0085b"))
    assert "\n" not in told.subject
    assert "<script>" not in told.html
    assert not re.search("[\x00\u202e\u0085]", told.text + told.html)


def test_a_notice_is_marked_as_made_by_a_program() -> None:
    told = written(notice())
    assert told.id == "<notice.7.1.x@v.example.by>"
    assert told.headers == {
        "Auto-Submitted": "auto-generated", "List-ID": "Vestnik <notices.v.example.by>", "X-Vestnik-Notice": "incident-3-opened",
    }  # fmt: skip


# --- in the outbox -------------------------------------------------------------------------------------------------------------------


def open_incident(store: Store, *recipients: Recipient) -> None:
    """One incident, told to the recipients."""
    store.sources.enrol(["mpt"], NOW)
    (state,) = store.sources.states()
    store.sources.finish_look(state.id, NOW, NOW, NOW + A_QUARTER, LookCounts(failed=1), "no answer")
    (history,) = store.health.histories([state.id], 3)
    incident = Incident(0, f"source:{state.id}", state.id, Cause.UNREACHABLE, "mpt", "no answer", "", NOW, NOW, told=True, tellings=1)
    condition = assess(history, HealthLimits(), NOW).condition
    store.health.record([condition], lambda *_: [IncidentChange(incident, NoticeKind.OPENED)], recipients, NOW, A_DAY)


def test_a_notice_is_owed_to_each_recipient_once(store: Store) -> None:
    open_incident(store, OFFICE, Recipient("b" * 64, "office"))
    first, second = store.outbox.lease_notices("office", NOW, A_QUARTER, 10)
    assert first.notice == second.notice
    assert (first.notice.name, first.notice.about, first.notice.kind) == ("incident-1-opened", "mpt", NoticeKind.OPENED)
    assert first.message_id != second.message_id
    assert store.instance in first.message_id
    assert store.outbox.lease_notices("office", NOW, A_QUARTER, 10) == [], "they are leased"
    assert [again.message_id for again in store.outbox.lease_notices("office", NOW + A_QUARTER, A_QUARTER, 10)] == [
        first.message_id, second.message_id,
    ]  # fmt: skip


def test_a_notice_is_listed_and_retried_like_any_delivery(store: Store) -> None:
    open_incident(store, OFFICE)
    (leased,) = store.outbox.lease_notices("office", NOW, A_QUARTER, 1)
    store.outbox.mark_dead(leased.id, "550 no such mailbox")
    (row,) = store.outbox.list(10)
    assert (row.state, row.article_id, row.title, row.watches) == ("dead letter", None, "incident-1-opened: mpt: no answer", ())
    assert store.outbox.owe_again([row.id], NOW) == 1
    assert store.outbox.channels_due(NOW) == ["office"]


def test_a_delivery_is_of_an_article_or_of_a_notice(store: Store) -> None:
    open_incident(store, OFFICE)
    with pytest.raises(IntegrityError), store.database.write() as connection:
        connection.execute(text("UPDATE delivery SET notice_id = NULL"))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_upgrade_keeps_what_is_owed_and_what_was_sent(kind: str, tmp_path: Path, databases: Databases) -> None:
    url = f"sqlite:///{tmp_path / 'earlier.db'}" if kind == "sqlite" else databases.empty_postgresql()
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    when = "'2026-11-02 09:00:00'"
    with engine.begin() as connection:
        migrations.upgrade(connection, "0003")
        for statement in (
            f"INSERT INTO article VALUES (1, NULL, 'x', 'http://x.by/1', false, {when}, {when})",
            f"INSERT INTO revision VALUES (1, 1, 1, {when}, '', '', '', '', 'О связи', 'Текст', '', NULL, 'ru', '', '', NULL)",
            f"INSERT INTO recipient VALUES (1, '{'a' * 64}', 'office')",
            f"INSERT INTO delivery VALUES (4, 1, 1, 'm', 'owed', 2, {when}, {when}, NULL, NULL, '421 busy')",
            "INSERT INTO delivery_watch VALUES (4, 'sco')",
        ):
            connection.execute(text(statement))
    engine.dispose()
    with closing(open_database(url, copy_first=lambda *_: None)) as database:
        with database.read() as connection:
            kept = connection.execute(text("SELECT id, revision_id, notice_id, message_id, attempts, error FROM delivery")).one()
            assert tuple(kept) == (4, 1, None, "m", 2, "421 busy")
            assert connection.execute(text("SELECT watch FROM delivery_watch WHERE delivery_id = 4")).scalar() == "sco"
        with pytest.raises(IntegrityError), database.write() as connection:
            connection.execute(text("DELETE FROM delivery"))


# --- from a site that breaks to the operator's mailbox -------------------------------------------------------------------------------


@dataclass
class Office:
    """A site that is looked at, minded and told of, a quarter of an hour at a time."""

    lookout: Lookout
    mailbox: Mailbox
    minding: Minding
    delivering: Delivering

    async def looks(self, number: int) -> list[str]:
        """So many looks; the subjects of the mails that came meanwhile."""
        before = len(self.mailbox.letters)
        for _ in range(number):
            await self.lookout.look(A_QUARTER)
            await self.minding.tick()
            await self.delivering.tick()
            await self.delivering.settle(30)
        return [str(letter["Subject"]) for letter in self.mailbox.letters[before:]]

    def breaks(self, page: bytes = BROKEN) -> None:
        self.lookout.web.answers["/"] = page

    def recovers(self) -> None:
        self.lookout.lay_out()


@pytest.fixture(params=["sqlite", "postgresql"])
async def office(databases: Databases, request: pytest.FixtureRequest) -> AsyncIterator[Office]:
    async with lookout_on(databases, request.param) as lookout:
        with Mailbox() as mailbox:
            yield opened(lookout, mailbox)


def opened(lookout: Lookout, mailbox: Mailbox, operator: Callable[..., Iterable[Recipient]] = lambda channel: channel.recipients) -> Office:
    channel = open_channel("office", mailbox.url, language="ru", zone="Europe/Minsk")
    threads = lookout.tools.calls
    assert isinstance(threads, Threads)
    lookout.publish(*range(1, 9), on=(NOW - A_DAY).date())
    minding = Minding({"site": lookout.source}, lookout.store, threads, HealthLimits(), operator(channel), lambda: lookout.now)
    outgoing = Outgoing({"office": channel}, Policy(), "http://127.0.0.1:8080", timedelta(minutes=5))
    return Office(lookout, mailbox, minding, Delivering(lookout.store, threads, outgoing, lambda: lookout.now))


async def test_a_site_that_breaks_is_one_mail_and_one_more_when_it_is_back(office: Office) -> None:
    assert await office.looks(3) == []
    office.breaks()
    assert await office.looks(10) == ["Вестник: источник site не отвечает"]
    body = office.mailbox.letters[0].get_body(("plain",))
    assert body is not None
    assert "503 Service Unavailable" in body.get_content()
    office.recovers()
    assert await office.looks(6) == ["Вестник: источник site снова в порядке"]
    assert office.lookout.store.health.incidents() == []


async def test_a_site_that_flaps_is_no_more_mails(office: Office) -> None:
    mails = []
    for _ in range(3):
        office.breaks()
        mails += await office.looks(6)
        office.recovers()
        mails += await office.looks(4)
    assert mails == ["Вестник: источник site не отвечает", "Вестник: источник site снова в порядке"]


async def test_a_list_in_which_nothing_is_recognised_any_more_is_told(office: Office) -> None:
    await office.looks(2)
    office.breaks(STRANGE)
    await office.looks(8)
    assert [incident.cause for incident in office.lookout.store.health.incidents()] == [Cause.NOTHING_RECOGNISED]


async def test_what_was_judged_before_a_kill_is_not_told_again_after_it(office: Office) -> None:
    """A process that starts anew knows nothing but what the database has."""
    office.breaks()
    assert len(await office.looks(6)) == 1
    restarted = Minding(
        {"site": office.lookout.source}, office.lookout.store, office.minding._threads, HealthLimits(), office.minding._recipients,
        lambda: office.lookout.now,
    )  # fmt: skip
    await restarted.tick()
    assert await replace(office, minding=restarted).looks(6) == []


async def test_without_an_operator_nobody_gets_mail_and_the_incident_is_listed(databases: Databases) -> None:
    async with lookout_on(databases) as lookout:
        with Mailbox() as mailbox:
            office = opened(lookout, mailbox, operator=lambda _: ())
            office.breaks()
            assert await office.looks(8) == []
            assert [incident.about for incident in lookout.store.health.incidents()] == ["site"]


async def test_minding_a_thousand_sources_of_which_none_was_looked_at_asks_for_no_history(office: Office) -> None:
    store: Store = office.lookout.store
    store.sources.enrol([f"source{number}" for number in range(1000)], NOW)
    await office.looks(1)
    assert store.health.changed({"site"} | {f"source{number}" for number in range(1000)}) == []


# --- the service as its user starts it -----------------------------------------------------------------------------------------------

QUICK = FAST.replace("[service]", '[service]\noperator = "office"') + '[health]\nevery = "0.1s"\nfailing_for = "1s"\n'
DOWN = "Вестник: источник site не отвечает"
BACK = "Вестник: источник site снова в порядке"


class Site(ThreadingHTTPServer):
    """A list of three publications on loopback, which can be broken."""

    def __init__(self) -> None:
        self.broken = threading.Event()
        super().__init__(("127.0.0.1", 0), _Pages)

    def config(self) -> str:
        return f'[source.site]\nurl = "http://127.0.0.1:{self.server_port}/"\n'


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, Site)
        number = self.path.rpartition("/")[2]
        page = article_page(int(number), NOW.date()) if number.isdecimal() else list_page([3, 2, 1], dict.fromkeys((1, 2, 3), NOW.date()))
        # who can't read robots.txt leaves a site alone for an hour, so that is not what breaks
        self.send_response(404 if self.path == "/robots.txt" else 503 if server.broken.is_set() else 200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Nothing: the test has the service's own log."""


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def subjects(mailbox: Mailbox) -> list[str]:
    return [str(letter["Subject"]) for letter in mailbox.letters]


def config(folder: Path, site: Site, mailbox: Mailbox) -> Path:
    return configured(folder, f'{site.config()}[channel.office]\nurl = "{mailbox.url}"\n', QUICK)


def test_the_service_tells_the_operator_once_that_a_site_is_down_and_once_that_it_is_back(tmp_path: Path, site: Site) -> None:
    with Mailbox() as mailbox, running(config(tmp_path, site, mailbox)) as service:
        service.line("looked", seen=3)
        site.broken.set()
        until(lambda: subjects(mailbox) == [DOWN], "the first mail")
        site.broken.clear()
        until(lambda: subjects(mailbox) == [DOWN, BACK], "the second mail")
        assert service.ends() == 0


def test_a_service_that_is_killed_tells_neither_again(tmp_path: Path, site: Site) -> None:
    with Mailbox() as mailbox:
        file = config(tmp_path, site, mailbox)
        with running(file) as service:
            service.line("looked", seen=3)
            site.broken.set()
            service.line("sent")
            service.ends(signal.SIGKILL)
        with running(file) as service:
            service.line("look failed")
            site.broken.clear()
            until(lambda: BACK in subjects(mailbox), "the end of it")
            service.ends(signal.SIGKILL)
        with running(file) as service:
            for _ in range(3):
                service.line("looked")
        assert subjects(mailbox) == [DOWN, BACK]


def test_incidents_are_listed(workplace: Path, vestnik: Command, site: Site) -> None:
    site.broken.set()
    with Mailbox() as mailbox:
        file = config(workplace, site, mailbox)
        assert vestnik("source", "incidents").out == "nothing is wrong\n"
        with running(file) as service:
            service.line("sent")
    told = vestnik("source", "incidents").out
    assert told.startswith("open  site  unreachable since 20")
    assert "503 Service Unavailable" in told
    (listed,) = vestnik("source", "incidents", "--all", "--json", "site").values
    assert (listed["about"], listed["cause"], listed["closed_at"]) == ("site", "unreachable", None)
    wrong = vestnik("source", "incidents", "sight")
    assert (wrong.status, "there is no source 'sight'" in wrong.err) == (2, True)


def test_an_operator_that_is_no_channel_is_refused(workplace: Path, vestnik: Command) -> None:
    configured(workplace, '[channel.office]\nurl = "json://127.0.0.1/"\n', '[service]\noperator = "ofice"\n')
    refused = vestnik("source", "incidents")
    assert refused.status == 2
    assert "operator: there is no channel 'ofice'; did you mean 'office'?" in refused.err
