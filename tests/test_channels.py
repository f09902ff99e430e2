"""Channels from addresses, and what a message of theirs says."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.match import check
from notify.message import Message
from notify.query import parse
from notify.render.alert import NO_DOMAIN, link, mail_domain, render
from notify.render.words import LANGUAGES
from notify.senders.addresses import open_channel
from notify.senders.channel import ChannelError, SendError
from notify.senders.letter import Mailbox, written
from storage.model import Article, Content, Delivery, Recipient, Revision, Span, Texts

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
MAIL = "mailto://127.0.0.1:25/{}?from=vestnik@example.org"


def keys(*urls: str) -> list[list[str]]:
    return [[recipient.key for recipient in open_channel("c", url).recipients] for url in urls]


# --- opening ---


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "no URL"),
        ("s3cret", "no URL"),
        ("nosuch://s3cret", "nosuch:// is no service"),
        ("http://example.org/s3cret", "http:// is no service"),
        ("https://example.org/s3cret", "https:// is no service"),
        ("file:///s3cret", "file:// is no service"),
        ("tgram://s3cret", "incomplete or wrong"),
        ("json://s3cret.example.org/?optional=yes", "optional= is not supported"),
        ("mailto://", "incomplete or wrong"),
        ("mailtos://user:s3cret@example.org", "has no recipient"),
        ("mailto://127.0.0.1/?from=a@example.org", "has no recipient"),
        (MAIL.format("s3cret"), "a recipient of its address is no mail address"),
        (MAIL.format("anna@example.org/s3cret@-bad-"), "a recipient of its address is no mail address"),
        (MAIL.format("anna@example.org") + "&cc=s3cret@example.org", "it has a parameter that is not supported"),
        (MAIL.format("anna@example.org") + "&+X-Header=s3cret", "it has a parameter that is not supported"),
        (MAIL.format("anna@example.org") + "&pgp=s3cret", "its mailto:// address is incomplete or wrong"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_being_shown(url: str, says: str) -> None:
    with pytest.raises(ChannelError) as refused:
        open_channel("office", url)
    assert str(refused.value).startswith("channel office: ")
    assert says in str(refused.value)
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("bad", [{"language": "de"}, {"zone": "Europe/Nowhere"}, {"zone": "../etc"}, {"zone": ""}])
def test_an_unknown_language_or_zone_is_refused(bad: dict[str, str]) -> None:
    with pytest.raises(ChannelError, match=r"language|time zone"):
        open_channel("office", MAIL.format("anna@example.org"), **bad)


def test_a_channel_never_shows_its_address() -> None:
    for url in ("mailtos://user:s3cret@example.org/s3cret@example.org", "tgram://123456789:s3cret_hijklmnop/12345/"):
        channel = open_channel("office", f" {url}\n")
        assert "s3cret" not in f"{channel!r} {channel} {channel.sender!r} {channel.recipients!r}"


def test_one_mailbox_is_one_recipient_however_it_is_written() -> None:
    plain, *others = keys(
        MAIL.format("anna@example.org"),
        MAIL.format("Anna@Example.ORG"),
        "mailtos://user:pass@mx.example.net/?from=a@b.example&to=Anna <anna@example.org>",
        MAIL.format("anna@example.org/anna@example.org"),
    )
    assert others == [plain] * 3
    assert keys(MAIL.format("a@xn--e1afmkfd.xn--90ais")) == keys(MAIL.format("a@пример.бел")) != [plain]


def test_all_recipients_of_a_mail_address_are_found() -> None:
    channel = open_channel("office", MAIL.format("a@example.org/b@example.org") + "&to=c@example.org,d@example.org")
    assert len({recipient.key for recipient in channel.recipients}) == 4
    assert {recipient.channel for recipient in channel.recipients} == {"office"}


def test_how_to_send_does_not_change_who_the_recipient_is() -> None:
    plain, *others = keys(
        "json://Token@hooks.example.org/a?b=1",
        "JSON://Token@hooks.example.org/a/?b=1&verify=no&rto=9&retry=2",
    )
    assert others == [plain]
    assert keys("json://token@hooks.example.org/a?b=1", "json://Token@hooks.example.org/a?b=2") != [plain, plain]
    assert len(plain) == 1


# --- services through Apprise ---


@contextmanager
def webhook(status: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A real web server that takes JSON; its address as Apprise writes it, and what it was given."""
    given_: list[dict[str, Any]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            given_.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"json://127.0.0.1:{server.server_address[1]}/hook/s3cret", given_
        server.shutdown()
        thread.join()


MESSAGE = Message("Саммит ШОС", "Текст", "<p>Текст</p>", "<1@example.org>", NOW)


def test_other_services_get_subject_and_text_through_apprise() -> None:
    with webhook(200) as (url, taken):
        channel = open_channel("hook", url)
        assert channel.send(MESSAGE, channel.recipients[0]) == "accepted by JSON"
    assert [(body["title"], body["message"]) for body in taken] == [("Саммит ШОС", "Текст")]


@pytest.mark.parametrize("status", [302, 404, 500])
def test_what_a_service_did_not_accept_may_pass_and_leaks_no_address(status: int, capfd: pytest.CaptureFixture[str]) -> None:
    logged: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            logged.append(record.getMessage())

    keep, root = Keep(), logging.getLogger()
    level = root.level
    root.addHandler(keep)
    root.setLevel(logging.DEBUG)
    try:
        with webhook(status) as (url, _):
            channel = open_channel("hook", url)
            with pytest.raises(SendError) as refused:
                channel.send(MESSAGE, channel.recipients[0])
    finally:
        root.removeHandler(keep)
        root.setLevel(level)
    assert refused.value.words == "JSON: the service did not accept it"
    assert not refused.value.permanent
    assert "s3cret" not in "".join(logged) + "".join(capfd.readouterr())


# --- what a message says ---


def delivery(title: str, text: str, query: str = "ШОС", *, number: int = 1, url: str = "https://mpt.example.by/1", **more: Any) -> Delivery:
    content = Content(title, text, published=more.pop("published", date(2024, 4, 9)))
    article = Article(12, "Минсвязи", url, more.pop("locations", ()), NOW, NOW, False, Revision(5, number, NOW, content))
    return Delivery(1, Recipient("key", "office"), "5.1.uuid", 0, NOW, article, {"sco": check(parse(query), Texts(title, text))[1], **more})


def said(owed: Delivery, language: str = "ru", base_url: str = "https://vestnik.example.org") -> Message:
    return render(owed, language=language, zone="Europe/Minsk", base_url=base_url, now=NOW)


@pytest.mark.parametrize(
    ("language", "new", "day"),
    [
        ("ru", "Новая публикация", "10 апреля 2024 г., 01:30"),
        ("be", "Новая публікацыя", "10 красавіка 2024 г., 01:30"),
        ("en", "New publication", "10 April 2024, 01:30"),
    ],
)
def test_a_message_speaks_the_language_and_the_time_of_its_recipient(language: str, new: str, day: str) -> None:
    message = said(delivery("Саммит ШОС", "Текст", published=datetime(2024, 4, 9, 22, 30, tzinfo=UTC)), language)
    for body in (message.text, message.html):
        assert new in body
        assert day in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_lacks_a_word(language: str) -> None:
    words = LANGUAGES[language]
    assert all(getattr(words, field.name) for field in fields(words))
    assert len(set(words.months)) == 12
    assert words.date.format(day=1, month="m", year=2) != words.date


def test_a_message_shows_title_words_link_other_places_and_watches() -> None:
    owed = delivery(
        "Саммит ШОС", "Раз. Министры ШОС встретились. Два.", locations=("https://mpt.example.by/1", "https://b.example/2"), rcc=()
    )
    message = said(owed)
    assert message.subject == "Саммит ШОС"
    assert "Саммит *ШОС*" in message.text
    assert "Министры *ШОС* встретились." in message.text
    assert "Раз" not in message.text
    assert "Ссылка: https://mpt.example.by/1" in message.text
    assert "Также здесь:\nhttps://b.example/2" in message.text
    assert "Наблюдения: sco, rcc" in message.text
    assert "Саммит <mark>ШОС</mark></a>" in message.html
    assert '<a href="https://b.example/2">' in message.html


def test_a_changed_publication_says_so_and_keeps_its_own_message_id() -> None:
    first, again = said(delivery("ШОС", "т", number=2)), said(delivery("ШОС", "т", number=2))
    assert first.subject == "Публикация изменена: ШОС"
    assert first.message_id == again.message_id == "<5.1.uuid@vestnik.example.org>"


def test_without_words_in_the_text_the_message_shows_its_beginning() -> None:
    message = said(delivery("ШОС", "Начало текста. " + "Дальше. " * 100))
    assert "Начало текста." in message.text
    assert len(message.text) < 700


def test_long_texts_are_shown_by_three_excerpts_around_the_words() -> None:
    message = said(delivery("Т", ("много слов " * 60 + "про ШОС и " + "ещё слова " * 60 + ". ") * 5))
    shown = [line for line in message.text.splitlines() if "*ШОС*" in line]
    assert len(shown) == 3
    assert all(line.startswith("…") and line.endswith("…") and len(line) <= 210 for line in shown)


def test_a_title_that_is_missing_is_named_so() -> None:
    assert said(delivery(" \n", "о ШОС")).subject == "Без названия"


HOSTILE = "ШОС\r\nBcc: evil@example.org\x00\ud800\u202e <script>alert(1)</script> {{ 7*7 }} {% raw %} =?utf-8?q?=0ABcc:_evil?="


def test_nothing_a_source_says_adds_a_header_a_script_or_a_template_command() -> None:
    message = said(delivery(HOSTILE, HOSTILE, url="javascript:alert(1)", locations=('https://a.example/"onclick=x', "data:text/html,x")))
    assert message.subject.startswith("ШОС Bcc: evil@example.org <script>")
    assert not set("\r\n\x00\ud800\u202e") & set(message.subject)
    assert "<script" not in message.html
    assert "href" not in message.html
    assert "javascript" not in message.text + message.html
    assert "{{ 7*7 }} {% raw %}" in message.text
    raw = written(message, Mailbox("vestnik", "example.org"), "Vestnik", Mailbox("anna", "example.org"))
    assert b"\nbcc" not in raw.split(b"\r\n\r\n")[0].lower()


@given(st.text(), st.text(), st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), max_size=5))
def test_any_text_and_any_places_in_it_make_a_mail(title: str, text: str, places: list[tuple[int, int]]) -> None:
    spans = tuple(Span(name, start, start + length) for start, length in places for name in ("title", "text"))
    owed = replace(delivery(title, text), watches={title: spans})
    message = said(owed)
    assert written(message, Mailbox("vestnik", "example.org"), "Vestnik", Mailbox("anna", "example.org")).count(b"\r\nTo: ") == 1


@pytest.mark.parametrize("url", ["http://example.org/a", "https://минсвязи.бел/ru?x=1#y"])
def test_addresses_of_the_web_are_links(url: str) -> None:
    assert link(url) == url


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "ftp://a/b", "//a/b", "http:///a", "http://a/b c", "http://[a/b", "http://a/\u202eb", 'http://a/"b']
)
def test_other_addresses_are_none(url: str) -> None:
    assert link(url) == ""


@pytest.mark.parametrize(
    ("base_url", "domain"),
    [
        ("https://vestnik.example.org/x", "vestnik.example.org"),
        ("https://минсвязи.бел", "xn--b1akbcqh2a7i.xn--90ais"),
        ("http://127.0.0.1:8080", NO_DOMAIN),
        ("http://[::1]:8080", NO_DOMAIN),
        ("http://localhost", NO_DOMAIN),
        ("", NO_DOMAIN),
        ("http://[bad", NO_DOMAIN),
    ],
)
def test_message_ids_end_in_our_own_name_or_in_none(base_url: str, domain: str) -> None:
    assert mail_domain(base_url) == domain
