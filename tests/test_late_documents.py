"""A document that could be read only later is held against the watches then, and tells people once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from databases import NOW
from sqlalchemy import update

from collector.identity import Identity, sighting_of
from notify.index import Matcher
from notify.indexing import indexed
from notify.lemmas import Lexicon
from notify.match import decide
from notify.query import parse
from notify.reading import Asking, Reading
from notify.search import Searcher
from notify.senders.channel import Channel
from notify.watch import Watch
from storage import schema
from storage.model import Attachment, Content, MatchedRevision, Owed, Recipient, Span
from storage.store import Store

UNREAD = Attachment("http://x.by/1.pdf", "Соглашение", "application/pdf", "", "the server took too long")
READ = Attachment("http://x.by/1.pdf", "Соглашение", "application/pdf", "Стороны договорились о роуминге.")


class NeverSends:
    def send(self, message: object, recipient: Recipient) -> str:
        raise AssertionError(recipient)


def channel(name: str, *keys: str) -> Channel:
    return Channel(name, "ru", "Europe/Minsk", tuple(Recipient(key, name) for key in keys), NeverSends())


CHANNELS = {"office": channel("office", "anna"), "press": channel("press", "anna", "boris")}
WATCHES = [Watch("meeting", parse("заседание"), ("office",)), Watch("roaming", parse("роуминг"), ("press",))]


def publish(store: Store, *attachments: Attachment, text: str = "Прошло заседание коллегии.", published: date | None = None) -> None:
    content = Content("Заседание", text, language="ru", attachments=attachments, published=published)
    store.articles.record(sighting_of("x.by", "http://x.by/node/1", ("node:1",), content), Identity(), NOW)


def match(store: Store) -> int:
    made = 0
    while batch := store.matches.unmatched(10):
        made += store.matches.record([decide(revision, Matcher(WATCHES), CHANNELS) for revision in batch], NOW)
    return made


def test_its_words_are_found_and_each_recipient_is_told_once(store: Store) -> None:
    publish(store, UNREAD)
    assert match(store) == 1
    publish(store, READ)
    assert match(store) == 1  # Boris alone: Anna is told of this publication already
    assert match(store) == 0
    article = store.articles.article(1)
    assert article is not None
    matches = {found.watch: found.spans for found in store.articles.matches(article.revision.id)}
    assert matches["roaming"] == (Span("attachment:1", 23, 31),)
    assert set(matches) == {"meeting", "roaming"}
    leased = [one for name in CHANNELS for one in store.outbox.lease(name, NOW, timedelta(hours=1), 10)]
    told = {(one.recipient.key, tuple(sorted(one.watches))) for one in leased}
    assert told == {("anna", ("meeting", "roaming")), ("boris", ("roaming",))}


def test_a_search_finds_it_from_then_on(store: Store) -> None:
    searcher = Searcher(store.search, Lexicon())
    publish(store, UNREAD)
    match(store)
    assert searcher.count(parse("роуминг")).articles == 0
    publish(store, READ)
    match(store)
    assert searcher.count(parse("attachment:роуминг заседание")).articles == 1


def test_a_document_that_stays_unread_changes_nothing(store: Store) -> None:
    publish(store, UNREAD)
    match(store)
    publish(store, UNREAD)
    assert store.matches.unmatched(10) == []


def test_one_that_is_read_while_its_article_is_decided_is_decided_anew(store: Store) -> None:
    publish(store, UNREAD)
    decided = [decide(revision, Matcher(WATCHES), CHANNELS) for revision in store.matches.unmatched(10)]
    publish(store, READ)
    assert store.matches.record(decided, NOW) == 0
    assert match(store) == 2
    assert Searcher(store.search, Lexicon()).count(parse("роуминг")).articles == 1


def test_one_that_is_read_after_a_new_date_alone_is_told(store: Store) -> None:
    publish(store, UNREAD, published=date(2026, 11, 1))
    match(store)
    publish(store, UNREAD, published=date(2026, 11, 2))
    match(store)
    publish(store, READ, published=date(2026, 11, 2))
    assert match(store) == 2  # Anna of the roaming that the newer state has, and Boris


def test_the_index_is_not_put_back_by_who_read_an_earlier_state(store: Store) -> None:
    publish(store, UNREAD)
    match(store)
    with store.database.write() as connection:
        connection.execute(update(schema.search).values(version="of old rules"))
    (waiting,) = store.search.unindexed(Lexicon().version, 10)
    stale = indexed(Reading(waiting.texts, Asking.by(Lexicon())), waiting.watches)
    publish(store, READ)
    match(store)
    assert store.search.record([(waiting.article_id, waiting.revision_id, stale)], NOW) == 0
    assert Searcher(store.search, Lexicon()).count(parse("роуминг")).articles == 1


def test_a_changed_watch_is_news_where_its_new_words_match_for_the_first_time(store: Store) -> None:
    def matched_by(query: str, changed_at: datetime) -> list[Owed]:
        matcher = Matcher([Watch("x", parse(query), ("office",), changed_at=changed_at)])
        return [found.owed for one in store.matches.unmatched(10) for found in _recorded(store, decide(one, matcher, CHANNELS)).matches]

    publish(store)
    assert matched_by("заседание", NOW - timedelta(days=1)) == [Owed.ALERT]
    publish(store, text="Прошло заседание коллегии. Обсудили роуминг и тарифы на связь в поездках для всех абонентов страны.")
    assert matched_by("роуминг", NOW + timedelta(minutes=1)) == [Owed.ALERT]


def _recorded(store: Store, decided: MatchedRevision) -> MatchedRevision:
    store.matches.record([decided], NOW)
    return decided
