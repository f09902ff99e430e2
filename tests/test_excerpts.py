"""The matched words in their sentences: of the text, of documents, of the author's name; short and harmless whatever the text is."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from databases import NOW
from hypothesis import given
from hypothesis import strategies as st

from collector.identity import Identity, sighting_of
from feeds.marked import marked_html, marked_paragraphs
from notify.match import check
from notify.message import Message
from notify.query import parse
from notify.render.alert import render
from notify.render.digest import render_digest
from notify.render.excerpts import LENGTH, MOST, Excerpt, Passage, document_name, excerpts, marked, passages
from notify.render.words import LANGUAGES
from storage.model import Article, Attachment, Content, Delivery, Digest, Match, MatchedRevision, Owed, Recipient, Revision, Span, Texts
from storage.store import Store

PADDING = "Ещё слова о разном, которые к делу не идут. " * 10


def content(title: str = "", text: str = "", *documents: str, author: str = "") -> Content:
    attachments = tuple(Attachment(f"https://mpt.example/{number}.pdf", "", text=text) for number, text in enumerate(documents, 1))
    return Content(title=title, text=text, author=author, attachments=attachments)


def found(query: str, told: Content, most: int = MOST) -> tuple[Passage, ...]:
    texts = Texts(told.title, told.text, tuple(attachment.text for attachment in told.attachments), told.author)
    return passages(told, check(parse(query), texts)[1], most)


def plain(excerpt: Excerpt) -> str:
    return "".join(f"*{piece.text}*" if piece.marked else piece.text for piece in excerpt).strip()


def test_the_text_comes_first_then_the_documents_then_the_author() -> None:
    told = content("Связь", "Раз. О связи сказано. Два.", "Ничего.", f"{PADDING}Приказ о связи.", author="Связь Светлана")
    assert [(passage.field, plain(passage.excerpt)) for passage in found("связь OR author:связь", told)] == [
        ("text", "О *связи* сказано."),
        ("attachment:2", "Приказ о *связи*."),
        ("author", "*Связь* Светлана"),
    ]


def test_a_text_full_of_words_leaves_room_for_the_documents() -> None:
    told = content("", f"О связи. {PADDING}" * 9, "О связи.", f"О связи. {PADDING}" * 9)
    assert [passage.field for passage in found("связь", told)] == ["text", "attachment:1", "attachment:2"]
    assert [passage.field for passage in found("связь", told, 6)] == ["text"] * 4 + ["attachment:1", "attachment:2"]
    many = content("", "О связи.", *["О связи."] * 20)
    assert len(found("связь", many)) == MOST


def test_words_in_the_title_alone_give_no_passage() -> None:
    assert found("связь", content("Связь", "О другом.")) == ()


def test_a_sentence_that_begins_with_the_word_begins_the_excerpt() -> None:
    assert plain(excerpts("Раз и два. ШОС и РСС встретились. Три.", [Span("text", 11, 14)])[0]) == "*ШОС* и РСС встретились."


def test_two_sentences_one_after_the_other_are_shown_whole() -> None:
    told = found("связь", content("", "О связи сказано. И о связи повторено. Конец."))
    assert [plain(passage.excerpt) for passage in told] == ["О *связи* сказано.", "И о *связи* повторено."]


@pytest.mark.parametrize(
    ("attachment", "name"),
    [
        (Attachment("https://x.by/a.pdf", "Приказ № 5"), "Приказ № 5"),
        (Attachment("https://x.by/files/%D0%B0%D0%BA%D1%82.pdf?v=2", ""), "акт.pdf"),
        (Attachment("https://x.by/files/", "\x00 \n"), "№ 7"),
        (Attachment("", "Очень длинное имя " * 1000), "Очень длинное имя Очень длинное имя Очень длинное имя Очень длинное имя Очень…"),
        (Attachment("", "gpj\u202efdp.exe"), "gpjfdp.exe"),
    ],
    ids=["name", "address", "number", "long", "turned"],
)
def test_a_document_is_called_by_its_name_its_address_or_its_number(attachment: Attachment, name: str) -> None:
    assert document_name(attachment, 7) == name


# --- in messages ---


def delivery(told: Content, query: str, number: int = 1) -> Delivery:
    article = Article(number, "Минсвязи", f"https://mpt.example/{number}", (), NOW, NOW, False, Revision(number, 1, NOW, told))
    texts = Texts(told.title, told.text, tuple(attachment.text for attachment in told.attachments), told.author)
    return Delivery(number, Recipient("key", "office"), "1.1.x", 0, NOW, article, {"связь": check(parse(query), texts)[1]})


def said(owed: Delivery, language: str) -> Message:
    return render(owed, language=language, zone="Europe/Minsk", base_url="https://vestnik.example", now=NOW)


IN_DOCUMENT = Content(
    title="О плане",
    text="План утверждён. Начало текста.",
    author="Иван Связист",
    attachments=(Attachment("https://x.by/1.pdf", "Устав", text="О другом."), Attachment("", "План <5>.pdf", text="Раз. О связи. Два.")),
)


@pytest.mark.parametrize(
    ("language", "label", "author"),
    [
        ("ru", "Во вложении «План <5>.pdf»: О *связи*.", "Автор: Иван *Связист*"),
        ("be", "Ва ўкладанні «План <5>.pdf»: О *связи*.", "Аўтар: Иван *Связист*"),
        ("en", "In attachment “План <5>.pdf”: О *связи*.", "Author: Иван *Связист*"),
    ],
)
def test_an_alert_shows_words_in_a_document_after_its_name(language: str, label: str, author: str) -> None:
    message = said(delivery(IN_DOCUMENT, "связь author:связист"), language)
    assert label in message.text.splitlines()
    assert author in message.text.splitlines()
    assert "Начало текста" not in message.text
    assert "О <mark>связи</mark>." in message.html
    assert "План &lt;5&gt;.pdf" in message.html
    assert "<5>" not in message.html


@pytest.mark.parametrize(
    ("language", "label"), [("ru", "во вложении «План <5>.pdf»: связи"), ("en", "in attachment “План <5>.pdf”: связи")]
)
def test_a_digest_says_in_which_document_a_word_was_found(language: str, label: str) -> None:
    owed = (delivery(IN_DOCUMENT, "план связь"), delivery(content("Связь", "О ней."), "связь", 2))
    digest = Digest(1, Recipient("key", "office"), "digest.1", 0, NOW, owed)
    message = render_digest(digest, language=language, zone="Europe/Minsk", base_url="https://vestnik.example", now=NOW)
    found_word = LANGUAGES[language].found
    assert f"{found_word}: плане; План; {label}" in message.text.splitlines()
    assert f"{found_word}: Связь" in message.text.splitlines()


def test_a_digest_of_a_word_without_end_is_short() -> None:
    owed = tuple(delivery(content("Т", "связь " * 100_000), "связь", number) for number in (1, 2))
    digest = Digest(1, Recipient("key", "office"), "digest.1", 0, NOW, owed)
    message = render_digest(digest, language="ru", zone="Europe/Minsk", base_url="https://vestnik.example", now=NOW)
    assert len(message.text) < 1000


# --- from the database ---


def test_what_is_sent_has_the_texts_of_those_documents_that_have_the_words(store: Store) -> None:
    far = f"{PADDING * 9}О связи. " + "Конец. " * 5_000
    told = Content(
        "План", "План.", attachments=tuple(Attachment(f"https://x.by/{n}.pdf", "", text=text) for n, text in enumerate(["а б", far, "в"]))
    )
    store.articles.record(sighting_of("mpt.example", "https://mpt.example/1", ("node:1",), told), Identity(), NOW)
    (revision,) = store.matches.unmatched(9)
    spans = check(parse("связь"), Texts("", "", ("", far)))[1]
    recipient = Recipient("a" * 64, "office")
    store.matches.record([MatchedRevision(revision.id, (Match("связь", spans, Owed.ALERT),), {recipient: ("связь",)})], NOW)
    (leased,) = store.outbox.lease("office", NOW, timedelta(minutes=1), 1)
    texts = [attachment.text for attachment in leased.article.revision.content.attachments]
    assert (texts[0], texts[2]) == ("", "")
    assert far.startswith(texts[1])
    assert len(texts[1]) < len(PADDING * 9) + 2_000, "what lies far behind the words is not loaded"
    assert "О *связи*." in said(leased, "ru").text
    (matched,) = store.articles.matches(revision.id)
    assert matched == Match("связь", spans, Owed.ALERT)


def test_enough_of_a_document_is_loaded_for_all_that_is_shown(store: Store) -> None:
    text = f"О связи. {PADDING * 5}" * 4
    told = content("План", "План.", text)
    store.articles.record(sighting_of("mpt.example", "https://mpt.example/1", ("node:1",), told), Identity(), NOW)
    (revision,) = store.matches.unmatched(9)
    spans = check(parse("связь"), Texts("", "", (text,)))[1]
    recipient = Recipient("a" * 64, "office")
    store.matches.record([MatchedRevision(revision.id, (Match("связь", spans, Owed.ALERT),), {recipient: ("связь",)})], NOW)
    (leased,) = store.outbox.lease("office", NOW, timedelta(minutes=1), 1)
    assert passages(leased.article.revision.content, spans) == passages(told, spans)


# --- hostile texts ---

LONG = "связь " * 400_000 + "наука " + "и" * 4_000_000 + " связь " * 400_000
"""Nearly 10 MB."""


@pytest.mark.parametrize("query", ["связь", "/и+/", "/связь.*/"])
def test_of_ten_megabytes_a_few_short_excerpts_are_shown(query: str) -> None:
    told = content("", LONG, LONG[:1000])
    shown = found(query, told)
    assert 1 <= len(shown) <= MOST
    assert all(sum(len(piece.text) for piece in passage.excerpt) <= 3 * LENGTH for passage in shown)
    assert all(any(piece.marked for piece in passage.excerpt) for passage in shown)


def test_a_long_span_is_shown_by_its_beginning() -> None:
    told = content("", "А. " + "слово " * 10_000)
    (passage,) = passages(told, [Span("text", 3, 50_000)])
    assert len(plain(passage.excerpt)) <= LENGTH + 10
    assert plain(passage.excerpt).endswith("…")


@pytest.mark.parametrize(
    "span",
    [
        Span("text", 0, 5), Span("text", 5, 5), Span("text", 40, 99), Span("text", 99, 120), Span("attachment:9", 0, 3),
        Span("attachment:1", 0, 3), Span("author", 0, 3), Span("text", 10**12, 10**12 + 1), Span("elsewhere", 0, 1),
    ],
)  # fmt: skip
def test_a_span_at_an_end_or_beyond_it_breaks_nothing(span: Span) -> None:
    told = content("Т", "Связь и наука: министр выступил с докладом.", "")
    for passage in passages(told, [span]):
        assert plain(passage.excerpt).replace("*", "").strip("…") in told.text


_ODD = " \n.«»А\u0301\u202e\u200f\x00\ud800\udfff<>&'\"\U0001f600б*"
texts = st.text(st.one_of(st.sampled_from(_ODD), st.characters(exclude_categories=())), max_size=400)


@st.composite
def spans(draw: st.DrawFn, field: str = "text") -> list[Span]:
    edges = draw(st.lists(st.integers(0, 420), max_size=12, unique=True).map(sorted))
    return [Span(field, start, end) for start, end in zip(edges[::2], edges[1::2], strict=False)]


@given(texts, spans())
def test_whatever_is_marked_is_on_one_line_and_of_the_text(text: str, places: list[Span]) -> None:
    for excerpt in excerpts(text, places):
        shown = "".join(piece.text for piece in excerpt)
        assert len(shown) <= 4 * LENGTH
        assert not re.search("[\n\r\x00\u202e\u200f\ud800-\udfff]", shown)
    whole = "".join(piece.text for piece in marked(text, places))
    assert re.sub(r"\s", "", whole) == re.sub("[\\s\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", "", text)


# --- in HTML, for feeds ---


def test_a_title_and_a_text_are_marked_in_html() -> None:
    assert marked_html("Саммит ШОС & <b>", [Span("title", 7, 10)]) == "Саммит <mark>ШОС</mark> &amp; &lt;b&gt;"
    assert marked_paragraphs("Раз.\n\nДва\nтри.\n\n \n", [Span("text", 6, 9)]) == "<p>Раз.</p><p><mark>Два</mark> три.</p>"


def test_a_phrase_across_paragraphs_is_marked_in_both() -> None:
    assert marked_paragraphs("О связи\n\nи науке.", [Span("text", 2, 10)]) == "<p>О <mark>связи</mark></p><p><mark>и</mark> науке.</p>"


@pytest.mark.parametrize(
    ("places", "shown"),
    [
        ([(0, 1), (0, 2)], "<mark>аб</mark>в"),
        ([(2, 3), (0, 1)], "<mark>а</mark>б<mark>в</mark>"),
        ([(0, 1), (1, 2)], "<mark>аб</mark>в"),
        ([(-5, 99)], "<mark>абв</mark>"),
        ([(3, 9), (2, 2), (2, 1)], "абв"),
    ],
    ids=["within", "order", "touching", "beyond", "empty"],
)
def test_spans_in_any_order_are_marked_once(places: list[tuple[int, int]], shown: str) -> None:
    assert marked_html("абв", [Span("title", *place) for place in places]) == shown


@given(texts, spans())
def test_marked_html_is_the_text_and_no_other_markup(text: str, places: list[Span]) -> None:
    for html in (marked_html(text, places), marked_paragraphs(text, places)):
        assert html.count("<mark>") == html.count("</mark>")
        assert not re.search("[<>]", re.sub("</?(?:mark|p)>", "", html))
        html.encode()
    bare = re.sub("</?(?:mark|p)>", "", marked_paragraphs(text, places))
    assert re.sub(r"\s", "", bare) == re.sub(r"\s", "", re.sub("</?mark>", "", marked_html(text, places)))


def test_ten_megabytes_with_many_spans_become_html() -> None:
    places = [Span("text", start, start + 5) for start in range(0, 2_400_000, 60)]
    assert marked_paragraphs(LONG, places).count("<mark>") == 40_000
