"""Publications that a site takes away, puts back, or only seems to have lost."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from databases import NOW as THEN
from databases import Databases
from lookout import NOW, Lookout, article_page, lookout_on
from raw_web import NOT_FOUND, answer
from service_runner import Command

from collector.identity import Identity, sighting_of
from collector.removals import believed
from notify.index import Matcher
from notify.match import decide
from notify.query import parse
from notify.senders.channel import Channel
from notify.watch import Watch
from storage.model import Article, Content, EditKind, Link, LinkRead, Match, Owed, Recipient, Seen, Sighting, UnmatchedRevision, Validators
from storage.store import Store, open_store

DAY = timedelta(days=1)
GONE = answer(b"", "410 Gone")


@pytest.fixture(params=["sqlite", "postgresql"])
async def lookout(request: pytest.FixtureRequest, databases: Databases) -> AsyncIterator[Lookout]:
    """A site that has published four articles, all known."""
    async with lookout_on(databases, request.param) as made:
        made.publish(1)
        await made.look_until_read()
        made.publish(2, 3, 4)
        await made.look_until_read()
        yield made


def article(lookout: Lookout, number: int) -> Article:
    (found,) = (found for found in lookout.store.articles.page(None, 100) if found.url.endswith(f"/news/{number}"))
    return found


def kinds(lookout: Lookout, number: int) -> list[tuple[EditKind, ...]]:
    return [revision.kinds for revision in lookout.store.articles.revisions(article(lookout, number).id)]


@pytest.mark.parametrize("says", [pytest.param(NOT_FOUND, id="404"), pytest.param(GONE, id="410")])
async def test_a_page_that_is_gone_twice_is_removed_with_the_words_that_were_read_last(lookout: Lookout, says: bytes) -> None:
    before = article(lookout, 2)
    lookout.web.answers["/news/2"] = says
    await lookout.look(DAY)
    assert article(lookout, 2).removed_at is None, "once may be a slip"
    await lookout.look(2 * DAY)

    after = article(lookout, 2)
    assert after.removed_at == lookout.now
    assert kinds(lookout, 2) == [(), (EditKind.REMOVED,)]
    assert after.revision.content == before.revision.content
    (location,) = lookout.store.articles.locations(after.id)
    assert location.gone_at == lookout.now


@pytest.mark.parametrize(
    ("status", "body"),
    [
        pytest.param("403 Forbidden", b"", id="blocked"),
        pytest.param("503 Service Unavailable", b"", id="out of order"),
        pytest.param("429 Too Many Requests", b"", id="asked too often"),
        pytest.param("200 OK", "<title>Проверка</title><h1>Подтвердите, что вы не робот</h1>".encode(), id="a block page"),
    ],
)  # fmt: skip
async def test_what_says_nothing_of_the_page_removes_nothing(lookout: Lookout, status: str, body: bytes) -> None:
    lookout.web.answers["/news/2"] = answer(body, status)
    for _ in range(4):
        await lookout.look(2 * DAY)
    assert article(lookout, 2).removed_at is None
    assert kinds(lookout, 2) == [()]


async def test_a_page_that_is_there_again_between_two_refusals_is_not_removed(lookout: Lookout) -> None:
    there = lookout.web.answers["/news/2"]
    for says in (NOT_FOUND, there, NOT_FOUND, there):
        lookout.web.answers["/news/2"] = says
        await lookout.look(3 * DAY)
    assert kinds(lookout, 2) == [()]


async def test_a_page_that_comes_back_has_returned_with_its_edit(lookout: Lookout) -> None:
    there = lookout.web.answers["/news/2"]
    lookout.web.answers["/news/2"] = NOT_FOUND
    for days in (1, 2):
        await lookout.look(days * DAY)
    lookout.web.answers["/news/2"] = there
    await lookout.look(8 * DAY)
    assert article(lookout, 2).removed_at is None
    assert kinds(lookout, 2) == [(), (EditKind.REMOVED,), (EditKind.RETURNED,)]
    assert lookout.store.articles.locations(article(lookout, 2).id)[0].gone_at is None

    lookout.web.answers["/news/2"] = NOT_FOUND
    for days in (30, 31):
        await lookout.look(days * DAY)
    lookout.web.answers["/news/2"] = answer(article_page(2, NOW.date(), "цена 15 рублей"))
    await lookout.look(31 * DAY)
    assert kinds(lookout, 2)[3:] == [(EditKind.REMOVED,), (EditKind.RETURNED, EditKind.NUMBER)]


async def test_many_pages_gone_at_once_are_a_broken_site(databases: Databases) -> None:
    async with lookout_on(databases) as lookout:
        lookout.publish(1)
        await lookout.look_until_read()
        lookout.publish(*range(2, 9))
        await lookout.look_until_read()
        there = dict(lookout.web.answers)
        lookout.web.answers |= {path: NOT_FOUND for path in there if path.startswith("/news/")}
        for _ in range(3):
            await lookout.look(2 * DAY)
        lookout.web.answers = there
        await lookout.look(4 * DAY)
        found = lookout.store.articles.page(None, 100)
        assert [one.removed_at for one in found] == [None] * 8
        assert {one.revision.number for one in found} == {1}


@pytest.mark.parametrize(
    ("gone", "asked", "counted"),
    [(1, 1, 1), (4, 4, 4), (5, 5, 0), (5, 10, 0), (5, 11, 5), (40, 50, 0)],
)
def test_pages_gone_together_count_while_they_are_few(gone: int, asked: int, counted: int) -> None:
    assert len(believed(range(gone), asked)) == counted


async def test_a_removed_article_stays_in_its_place_for_readers(lookout: Lookout) -> None:
    before = [(one.id, one.first_seen_at, one.updated_at) for one in lookout.store.articles.latest(lookout.now)]
    lookout.web.answers["/news/3"] = NOT_FOUND
    for days in (1, 2):
        await lookout.look(days * DAY)
    assert article(lookout, 3).removed_at
    assert [(one.id, one.first_seen_at, one.updated_at) for one in lookout.store.articles.latest(lookout.now)] == before


# --- several addresses ---------------------------------------------------------------------------------------------------------------

TEXT = "Министерство сообщает о порядке выдачи лицензий операторам связи. " + " ".join(f"слово{number}" for number in range(60))


def known_at(store: Store, *urls: str) -> list[int]:
    """An article at some addresses, each the address of a link; the links' ids."""
    store.sources.enrol(["site"], THEN)
    (state,) = store.sources.states()
    links = tuple(Link(url, url.partition("//")[2]) for url in urls)
    store.sources.record_links(state.id, Seen(links), THEN, DAY)
    waiting = sorted(store.sources.waiting_links(state.id, THEN, 10), key=lambda link: urls.index(link.link.url))
    for link in waiting:
        read = LinkRead(link.id, Validators("e"), THEN + DAY)
        store.articles.record(seen(link.link.url), Identity(), THEN, source_id=state.id, link=read)
    ids = {link.link.url: link.id for link in waiting}
    return [ids[url] for url in urls]


def seen(url: str, text: str = TEXT) -> Sighting:
    return sighting_of("site.example", url, ("node:7",), Content("О лицензиях", text, language="ru"))


HERE, THERE = "https://site.example/node/7", "https://www.site.example/ru/licenzii"


def test_an_article_lives_as_long_as_one_of_its_addresses(store: Store) -> None:
    here, there = known_at(store, HERE, THERE)
    for hours in (1, 2):
        store.sources.record_gone([here], THEN + hours * DAY)
    (found,) = store.articles.page(None, 10)
    assert found.removed_at is None
    assert found.url == THERE, "people are sent to where it stands"
    assert [location.gone_at for location in store.articles.locations(found.id)] == [THEN + 2 * DAY, None]

    for hours in (3, 4):
        store.sources.record_gone([there], THEN + hours * DAY)
    (found,) = store.articles.page(None, 10)
    assert found.removed_at == THEN + 4 * DAY
    assert found.revision.kinds == (EditKind.REMOVED,)


def test_an_article_that_is_removed_already_is_removed_once(store: Store) -> None:
    (here,) = known_at(store, HERE)
    for days in (1, 2, 3, 4):
        store.sources.record_gone([here], THEN + days * DAY)
    (found,) = store.articles.page(None, 10)
    assert (found.revision.number, found.removed_at) == (2, THEN + 2 * DAY)


def test_an_article_seen_at_another_address_has_returned_there(store: Store) -> None:
    (here,) = known_at(store, HERE)
    store.sources.record_gone([here], THEN + DAY)
    store.sources.record_gone([here], THEN + 2 * DAY)
    store.articles.record(seen(THERE), Identity(), THEN + 3 * DAY)
    (found,) = store.articles.page(None, 10)
    assert (found.removed_at, found.url, found.revision.kinds) == (None, THERE, (EditKind.RETURNED,))


def test_an_article_is_there_while_what_was_joined_to_it_is(store: Store) -> None:
    (here,) = known_at(store, HERE)
    other = "https://site.example/node/9"
    apart = sighting_of("site.example", other, ("node:9",), Content("О частотах", TEXT.replace("слово", "частота"), language="ru"))
    joined = store.articles.record(apart, Identity(), THEN)
    whole = store.articles.page(None, 10)[-1].id
    store.rulings.join(whole, joined.article_id, THEN)
    for days in (1, 2):
        store.sources.record_gone([here], THEN + days * DAY)
    (found,) = store.articles.page(None, 10)
    assert found.removed_at
    store.articles.record(apart, Identity(), THEN + 3 * DAY)
    (found,) = store.articles.page(None, 10)
    assert found.removed_at is None


# --- who is told ---------------------------------------------------------------------------------------------------------------------


def told(revision: UnmatchedRevision, *on: str) -> list[Match]:
    channels = {"office": Channel("office", "ru", "Europe/Minsk", (Recipient("anna", "office"),), None)}  # type: ignore[arg-type]
    return list(decide(revision, Matcher([Watch("w", parse("лицензия"), ("office",), frozenset(on))]), channels).matches)


@pytest.mark.parametrize(
    ("kinds", "matched", "on", "owed"),
    [
        pytest.param({EditKind.REMOVED}, ["w"], ("new",), Owed.EDIT, id="removed, nobody asked"),
        pytest.param({EditKind.REMOVED}, ["w"], ("new", "edit"), Owed.EDIT, id="removed, edits were asked for"),
        pytest.param({EditKind.REMOVED}, ["w"], ("new", "removed"), Owed.ALERT, id="removed, as was asked for"),
        pytest.param({EditKind.REMOVED}, [], ("new", "removed"), Owed.ALERT, id="removed, and the watch is younger than the words"),
        pytest.param({EditKind.REMOVED}, [], ("new",), Owed.EDIT, id="removed is never new"),
        pytest.param({EditKind.RETURNED, EditKind.DATE}, ["w"], ("new", "edit"), Owed.ALERT, id="returned with another date"),
        pytest.param({EditKind.RETURNED, EditKind.OTHER}, ["w"], ("new", "edit"), Owed.EDIT, id="returned with other words"),
        pytest.param({EditKind.RETURNED, EditKind.OTHER}, [], ("new",), Owed.ALERT, id="returned with words that match now"),
        pytest.param({EditKind.OTHER}, ["w"], ("new", "edit"), Owed.EDIT, id="words alone"),
        pytest.param(set(), ["w"], ("new", "edit"), Owed.ALERT, id="an edit from before edits had kinds"),
    ],
)
def test_a_revision_is_owed_by_its_kinds(kinds: set[EditKind], matched: list[str], on: tuple[str, ...], owed: Owed) -> None:
    revision = UnmatchedRevision(7, 3, 2, "О выдаче лицензии", "текст", False, frozenset(matched), frozenset(kinds))
    assert [match.owed for match in told(revision, *on)] == [owed]


def test_a_removal_waits_to_be_told_and_a_return_does_not(store: Store) -> None:
    (here,) = known_at(store, HERE)
    for days in (1, 2):
        store.sources.record_gone([here], THEN + days * DAY)
    first = store.matches.unmatched(10)
    assert [revision.kinds for revision in first] == [frozenset()]
    store.matches.record([decide(revision, Matcher([]), {}) for revision in first], THEN)
    removed = store.matches.unmatched(10)
    assert [revision.kinds for revision in removed] == [{EditKind.REMOVED}]
    store.matches.record([decide(revision, Matcher([]), {}) for revision in removed], THEN)
    store.articles.record(seen(HERE), Identity(), THEN + 3 * DAY)
    assert store.matches.unmatched(10) == []


# --- as it is told -------------------------------------------------------------------------------------------------------------------


def test_the_history_of_an_article_tells_its_edits_and_addresses(workplace: Path, vestnik: Command) -> None:
    (workplace / "vestnik.toml").write_text('[service]\ndata_dir = "data"\n', encoding="utf-8")
    vestnik("migrate")
    store = open_store(f"sqlite:///{workplace / 'data' / 'vestnik.db'}", THEN)
    (here,) = known_at(store, HERE)
    store.articles.record(seen(HERE, f"{TEXT}\n\nЗаседание пройдёт 9 апреля."), Identity(), THEN + DAY)
    store.articles.record(seen(HERE, f"{TEXT}\n\nЗаседание пройдёт 10 апреля."), Identity(), THEN + 2 * DAY)
    for days in (3, 4):
        store.sources.record_gone([here], THEN + days * DAY)
    (found,) = store.articles.page(None, 10)
    store.close()

    ended = vestnik("article", "history", str(found.id))
    assert ended.status == 0, ended.err
    said = ended.out
    assert "revision 1" in said
    assert "first read" in said
    assert "Заседание пройдёт [-9-] {+10+} апреля." in said
    assert "removed" in said
    assert f"{THEN + 4 * DAY:%Y-%m-%d %H:%M} UTC" in said
    assert HERE in said

    answered = json.loads(vestnik("article", "history", str(found.id), "--json").out)
    assert [revision["kinds"] for revision in answered["revisions"]] == [[], ["date"], ["date"], ["removed"]]
    assert answered["locations"][0]["url"] == HERE
    assert answered["removed_at"]


def test_the_history_of_no_article_is_refused_in_words(workplace: Path, vestnik: Command) -> None:
    (workplace / "vestnik.toml").write_text('[service]\ndata_dir = "data"\n', encoding="utf-8")
    vestnik("migrate")
    ended = vestnik("article", "history", "700")
    assert ended.status == 1
    assert "there is no article 700" in ended.err
