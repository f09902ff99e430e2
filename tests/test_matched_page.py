"""The article page: which watches matched, with the words in their sentences."""

from __future__ import annotations

import pytest
from web_shelf import Shelf, article, client, tree, words_of

from notify.match import check
from notify.query import parse
from storage.model import Attachment, Match, Owed, Span, Texts

HOSTILE = '<script>alert(1)</script>"\u202e'


def shown(query: str = "связь", *, watch: str = "links", **fields) -> Shelf:
    """A shelf with an article that a watch matched."""
    told = article(**{"title": "О связи", "text": "Раз. Министр связи выступил. Два."} | fields)
    content = told.revision.content
    texts = Texts(content.title, content.text, tuple(attachment.text for attachment in content.attachments), content.author)
    accepted, spans = check(parse(query), texts)
    assert accepted
    return Shelf([told], matched={told.revision.id: [Match(watch, spans, Owed.ALERT)]})


async def section(shelf: Shelf, language: str = "ru"):
    return (await tree(client(shelf, language=language), "/articles/1")).css_first(".matched")


@pytest.mark.parametrize(
    ("language", "heading", "title", "document"),
    [
        ("ru", "Найденные слова 1 наблюдение", "в заголовке: О связи", "во вложении «План.pdf»: О связи."),
        ("be", "Знойдзеныя словы 1 назіранне", "у загалоўку: О связи", "ва ўкладанні «План.pdf»: О связи."),
        ("en", "Matched words 1 watch", "in the title: О связи", "in attachment “План.pdf”: О связи."),
    ],
)
async def test_the_page_shows_the_words_that_matched_and_where(language, heading, title, document):
    found = await section(shown(attachments=(Attachment("https://x.by/1.pdf", "План.pdf", text="Раз. О связи. Два."),)), language)
    assert words_of(found.css_first("summary")) == heading
    assert words_of(found.css_first("dt")) == "links"
    assert [words_of(line) for line in found.css("dd")] == [title, "Министр связи выступил.", document]
    assert [mark.text() for mark in found.css("mark")] == ["связи"] * 3


async def test_a_name_in_the_authors_line_is_shown_too():
    found = await section(shown("author:ткач", author="Ткач П.Н."))
    assert [words_of(line) for line in found.css("dd")] == ["в имени автора: Ткач П.Н."]


async def test_an_article_that_no_watch_matched_has_no_such_section():
    assert await section(Shelf([article()])) is None


async def test_nothing_that_watches_and_sources_say_becomes_markup():
    attachments = (Attachment("https://x.by/1.pdf", HOSTILE, text=f"{HOSTILE} связи {HOSTILE}"),)
    hostile = shown(watch=HOSTILE, title=f"связи {HOSTILE}", text=f"{HOSTILE} связи {HOSTILE}", attachments=attachments)
    page = (await client(hostile).get("/articles/1")).text
    assert "<script" not in page
    assert "\u202e" not in (await section(hostile)).text()
    assert len((await section(hostile)).css("mark")) == 3


async def test_many_watches_wait_to_be_opened_and_the_rest_is_counted():
    few, many = shown(), shown()
    many.matched[1] = [Match(f"w{number:03}", (Span("title", 2, 7),), Owed.ALERT) for number in range(61)]
    assert "open" in (await section(few)).attributes
    found = await section(many)
    assert "open" not in found.attributes
    assert len(found.css("dt")) == 50
    assert words_of(found.css("p")[-1]) == "и ещё 11 наблюдений"


async def test_a_match_whose_words_are_gone_breaks_nothing():
    shelf = shown()
    shelf.matched[1] = [Match("w", (Span("attachment:3", 5, 9), Span("text", 900, 905), Span("title", 1, 99)), Owed.BASELINE)]
    assert [words_of(line) for line in (await section(shelf)).css("dd")] == ["в заголовке: О связи"]
