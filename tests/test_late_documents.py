"""A document that could be read only later is held against the watches then, and tells people once."""

from __future__ import annotations

from datetime import timedelta

from databases import NOW

from collector.identity import Identity, sighting_of
from notify.index import Matcher
from notify.lemmas import Lexicon
from notify.match import decide
from notify.query import parse
from notify.search import Searcher
from notify.senders.channel import Channel
from notify.watch import Watch
from storage.model import Attachment, Content, Recipient, Span
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


def publish(store: Store, *attachments: Attachment, text: str = "Прошло заседание коллегии.") -> None:
    content = Content("Заседание", text, language="ru", attachments=attachments)
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
