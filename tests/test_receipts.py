"""Receipts: whoever a watch alerts is told once when it is saved, with samples that nobody takes for news."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from databases import NOW
from world import Mailbox

from collector.service.delivering import Delivering, Outgoing
from collector.service.threads import Threads
from notify.outbox import Policy
from notify.query import Query, parse
from notify.receipts import Caught, Told, receipts_for, told_in
from notify.render.receipt import render_receipt
from notify.render.receipt_words import RECEIPTS
from notify.render.words import LANGUAGES
from notify.senders.addresses import open_channel
from notify.senders.channel import Channel
from notify.watch import Watch
from storage.model import (
    Article,
    Attachment,
    Content,
    DeliveryState,
    Notice,
    NoticeDelivery,
    NoticeKind,
    Recipient,
    Revision,
    SavedWatch,
    Span,
)
from storage.store import Store

LEASE = timedelta(minutes=5)
OFFICE = open_channel(
    "office", "mailto://127.0.0.1:9?from=v@example.org&to=a@example.org,b@example.org", language="ru", zone="Europe/Minsk"
)
CHAT = open_channel("chat", "json://127.0.0.1:9/", language="en", zone="UTC")
CHANNELS = {"office": OFFICE, "chat": CHAT}
A, B = OFFICE.recipients


def watch(name: str = "sco", *channels: str, query: str = "ШОС") -> Watch:
    return Watch(name, parse(query), channels or ("chat",))


def article(title: str = "Совещание стран ШОС", text: str = "В Минске прошло совещание стран ШОС по связи.", **more: object) -> Article:
    content = Content(title=title, text=text, published=date(2024, 4, 9), language="ru")
    return Article(
        id=7, source="minsvyazi", url="https://mpt.gov.by/ru/7", locations=("https://mpt.gov.by/ru/7",), first_seen_at=NOW, updated_at=NOW,
        baseline=True, revision=Revision(id=9, number=1, recorded_at=NOW, content=replace(content, **more)),  # type: ignore[arg-type]
    )  # fmt: skip


def caught(*articles: Article, count: int = 12) -> Caught:
    found = [
        (one, tuple(Span("text", place.start(), place.end()) for place in re.finditer("ШОС", one.revision.content.text)))
        for one in articles
    ]
    return Caught(count, found)


def written(*watches: Watch, archive: Caught | None = None, language: str = "en") -> SimpleNamespace:
    (receipt,) = receipts_for(watches or [watch()], CHANNELS, lambda _: archive)
    notice = Notice(3, "receipt-sco-1", NoticeKind.RECEIPT, None, "watch", "sco", receipt.words, receipt.detail, NOW, None)
    delivery = NoticeDelivery(5, receipt.recipients[0], "notice.3.1.x", 0, NOW, notice)
    message = render_receipt(delivery, language=language, zone="Europe/Minsk", base_url="https://v.example.by", now=NOW)
    return SimpleNamespace(
        subject=message.subject,
        text=message.text,
        html=message.html,
        headers=dict(message.headers),
        id=message.message_id,
        words=receipt.words,
    )


# --- words ---------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "subject", "matches", "sample"),
    [
        ("ru", "Vestnik: Наблюдение «sco» сохранено", "В архиве подходит: 12 публикаций", "Пример 1: Совещание стран ШОС"),
        ("be", "Vestnik: Назіранне «sco» захавана", "У архіве адпавядае: 12 публікацый", "Прыклад 1: Совещание стран ШОС"),
        ("en", "Vestnik: Watch “sco” is saved", "Matches in the archive: 12 publications", "Sample 1: Совещание стран ШОС"),
    ],
)
def test_a_receipt_says_what_is_watched_how_much_matches_and_shows_samples(language: str, subject: str, matches: str, sample: str) -> None:
    told = written(archive=caught(article()), language=language)
    assert told.subject == subject
    assert matches in told.text
    assert sample in told.text
    assert "стран *ШОС* по связи" in told.text, "the matched words are marked"
    assert "<mark>ШОС</mark>" in told.html
    assert "https://mpt.gov.by/ru/7" in told.text
    assert 'href="https://mpt.gov.by/ru/7"' in told.html
    assert in_text(told, RECEIPTS[language].samples)
    assert in_text(told, RECEIPTS[language].why)
    assert "9 " in told.text
    assert "{" not in told.subject + told.text


@pytest.mark.parametrize("language", ["ru", "be", "en"])
def test_a_receipt_can_not_be_taken_for_news(language: str) -> None:
    told = written(archive=caught(article(), article("Второе")), language=language)
    said = (told.subject + told.text + told.html).lower()
    assert not re.search("new publication|новая публикация|новые публикации|новая публікацыя|новыя публікацыі", said)
    assert LANGUAGES[language].new.lower() not in said
    assert told.text.count(RECEIPTS[language].sample) == 2
    assert "X-Vestnik-Article" not in told.headers


@pytest.mark.parametrize("language", ["ru", "be", "en"])
def test_an_archive_without_a_match_is_told_and_one_that_was_not_searched_too(language: str) -> None:
    assert in_text(written(archive=Caught(0, ()), language=language), RECEIPTS[language].none)
    assert in_text(written(archive=None, language=language), RECEIPTS[language].unasked)


@pytest.mark.parametrize(
    ("language", "count"), [("ru", "12 публикаций или больше"), ("be", "12 публікацый ці больш"), ("en", "12 publications or more")]
)
def test_a_count_that_is_not_whole_says_so(language: str, count: str) -> None:
    assert count in written(archive=replace(caught(article()), whole=False), language=language).text


def in_text(told: SimpleNamespace, words: str) -> bool:
    return words in told.text and words in told.html


def test_what_a_site_or_a_query_says_breaks_neither_headers_nor_html() -> None:
    evil = article("<script>alert(1)</script>\r\nBcc: all@example.org", "ШОС <b>\x00</b>\u202e")
    told = written(watch(query='"<img src=x> ШОС"'), archive=caught(replace(evil, url="javascript:alert(1)")))
    assert "<script>" not in told.html
    assert "<img" not in told.html
    assert 'href="javascript' not in told.html
    assert "\n" not in told.subject
    assert not re.search("[\x00\u202e\r]", told.text + told.html)


def test_words_in_an_attachment_are_shown_with_its_name() -> None:
    of_document = article(attachments=(Attachment("https://mpt.gov.by/p.pdf", "Приказ", "application/pdf", "О визите делегации ШОС."),))
    told = written(archive=Caught(1, [(of_document, (Span("attachment:1", 19, 22),))]))
    assert "In attachment “Приказ”: О визите делегации *ШОС*." in told.text


def test_an_article_without_title_or_date_is_shown() -> None:
    told = written(archive=caught(article("", published=None)))
    assert "Sample 1: Untitled" in told.text
    assert "minsvyazi · https://" in told.text


def test_a_long_list_is_shown_by_its_beginning() -> None:
    long = Watch("list", Query("а" * 5000, parse("ШОС").root), ("chat",))
    assert len(written(long).text) < 1500


def test_no_more_than_three_samples_are_shown() -> None:
    told = written(archive=caught(*[article(f"Публикация {number}") for number in range(9)]))
    assert "Sample 3: Публикация 2" in told.text
    assert "Публикация 3" not in told.text


def test_a_receipt_is_marked_as_made_by_a_program() -> None:
    told = written()
    assert told.id == "<notice.3.1.x@v.example.by>"
    assert told.headers == {
        "Auto-Submitted": "auto-generated", "List-ID": "Vestnik <receipts.v.example.by>", "X-Vestnik-Notice": "receipt-3",
    }  # fmt: skip


# --- to whom -------------------------------------------------------------------------------------------------------------------------


def test_each_recipient_of_a_watch_gets_one_receipt() -> None:
    (receipt,) = receipts_for([watch("sco", "office", "chat", "office")], CHANNELS, lambda _: None)
    assert sorted(recipient.key for recipient in receipt.recipients) == sorted([A.key, B.key, CHAT.recipients[0].key])


def test_an_address_of_two_channels_is_told_by_the_first() -> None:
    again: Channel = open_channel("again", "mailto://127.0.0.1:9?from=v@example.org&to=a@example.org", language="be", zone="UTC")
    (receipt,) = receipts_for([watch("sco", "office", "again")], CHANNELS | {"again": again}, lambda _: None)
    assert {recipient.channel for recipient in receipt.recipients} == {"office"}


def test_watches_that_are_saved_together_are_one_receipt_for_the_same_recipients() -> None:
    watches = [watch("a", "chat"), watch("b", "office"), watch("c", "chat"), watch("d", "lost")]
    receipts = receipts_for(watches, CHANNELS, lambda _: None)
    assert [receipt.watches for receipt in receipts] == [("a", "c"), ("b",)]
    told = written(watches[0], watches[2], archive=Caught(2, ()), language="ru")
    assert told.subject == "Vestnik: Сохранено наблюдений: 2"
    assert "1. a\n" in told.text
    assert "2. c\n" in told.text


def test_a_receipt_for_very_many_watches_says_how_many_more_there_are() -> None:
    asked: list[Query] = []

    def archive(query: Query) -> None:
        asked.append(query)

    (receipt,) = receipts_for([watch(f"w{number}") for number in range(500)], CHANNELS, archive)
    told = told_in(receipt.detail)
    assert (len(told.watches), told.more) == (30, 470)
    assert len(asked) == 30, "what is not shown is not looked up"
    assert "And 470 more watches" in written(*[watch(f"w{number}") for number in range(500)]).text


def test_what_is_kept_of_a_receipt_is_read_as_it_was_written() -> None:
    (receipt,) = receipts_for([watch()], CHANNELS, lambda _: caught(article()))
    (saved,) = told_in(receipt.detail).watches
    assert told_in(receipt.detail) == Told((saved,))
    assert (saved.name, saved.query, saved.articles) == ("sco", "ШОС", 12)
    assert "".join(piece.text for piece in saved.samples[0].title) == "Совещание стран ШОС"
    assert receipt.words == "saved; 12 articles of the archive match"


# --- in the outbox -------------------------------------------------------------------------------------------------------------------


def save(store: Store, *names: str, recipients: tuple[Recipient, ...] = (A, B)) -> None:
    receipts = [replace(receipt, recipients=recipients) for receipt in receipts_for(map(watch, names), CHANNELS, lambda _: None)]
    store.watches.save([SavedWatch(name, "ШОС") for name in names], receipts, NOW)


def test_a_receipt_is_owed_once_to_each_with_an_id_that_stays(store: Store) -> None:
    save(store, "sco")
    first, second = store.outbox.lease_notices("office", NOW, LEASE, 10)
    assert (first.notice.name, first.notice.kind, first.notice.cause) == ("receipt-sco-1", NoticeKind.RECEIPT, None)
    assert first.message_id != second.message_id
    again = store.outbox.lease_notices("office", NOW + LEASE, LEASE, 10)
    assert [one.message_id for one in again] == [first.message_id, second.message_id]
    assert [row.title for row in store.outbox.list(5)] == ["receipt-sco-1: sco: saved"] * 2


def test_each_saving_has_a_receipt_of_its_own(store: Store) -> None:
    save(store, "sco", recipients=(A,))
    known = store.watches.get("sco")
    assert known is not None
    receipts = receipts_for([watch("sco", "office")], CHANNELS, lambda _: None)
    store.watches.save([replace(known, query="РСС")], receipts, NOW)
    names = [owed.notice.name for owed in store.outbox.lease_notices("office", NOW, LEASE, 10)]
    assert names == ["receipt-sco-1", "receipt-sco-2", "receipt-sco-2"]


async def test_a_receipt_reaches_the_mailbox_in_the_language_of_the_channel(store: Store) -> None:
    with Mailbox() as mailbox:
        channel = open_channel("office", mailbox.url, language="be", zone="Europe/Minsk")
        receipts = receipts_for([watch("sco", "office")], {"office": channel}, lambda _: caught(article()))
        store.watches.save([SavedWatch("sco", "ШОС")], receipts, NOW)
        threads = Threads(one_writer=store.database.is_sqlite)
        delivering = Delivering(
            store, threads, Outgoing({"office": channel}, Policy(), "http://127.0.0.1", LEASE), lambda: datetime.now(UTC)
        )
        await delivering.tick()
        await delivering.settle(30)
        threads.close()
    (letter,) = mailbox.letters
    assert letter["Subject"] == "Vestnik: Назіранне «sco» захавана"
    body = letter.get_body(("plain",))
    assert body is not None
    assert "Прыклад 1: Совещание стран ШОС" in body.get_content()
    assert store.outbox.counts() == {DeliveryState.SENT: 1}
