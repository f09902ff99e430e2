"""Lists that carry whole publications, without a page for each: channels' previews, microblogs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from listing_pages import NEWS, page

from collector.discover.listing import Listing, read_listing
from collector.discover.listing.whole import title_from
from collector.sites import plain_site

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
CHANNEL = "https://channels.example"
TEXT = (
    "Новая линия соединит районы области и даст доступ в сеть жителям двадцати деревень, сообщили в министерстве связи и "
    "информатизации. Работы продлятся до конца года."
)


def post(number: int, text: str) -> str:
    """One message as the public preview of a channel has it."""
    return (
        f"<div class='widget_message_wrap'><div class='widget_message' data-post='press/{number}'><div class=message_user>"
        "<a href=/press><i><img src=/face.jpg></i></a></div><div class=widget_message_bubble><div class=widget_message_author>"
        f"<a class=owner_name href=/press><span>Ведомство связи Примерии</span></a></div><a class=photo_wrap href=/press/{number} "
        f"style=\"width:80px;background-image:url('/photo/{number}.jpg')\"></a><div class='widget_message_text'>{text}</div>"
        "<div class=widget_message_footer><span class=views>1.2K</span><span> views</span><span class=meta>"
        f"<a class=date href=/press/{number}><time datetime='2026-11-1{number % 10}T10:00:00+00:00'>10:00</time></a></span>"
        "</div></div></div></div>"
    )


def status(number: int, text: str) -> str:
    """One message of a microblog, in microformats."""
    return (
        f"<article class=h-entry><a class='u-author h-card' href=/@press>Ведомство</a><div class=e-content><p>{text}</p></div>"
        f"<a class=u-url href=/@press/{number}><time class=dt-published datetime=2026-11-1{number % 10}>1{number % 10} ноября 2026</time>"
        "</a></article>"
    )


def read(html: str, path: str = "/s/press") -> Listing:
    found = read_listing(html, CHANNEL + path, plain_site("channel", CHANNEL, ("channels.example",)), NOW)
    assert found is not None
    return found


def preview(*texts: str) -> str:
    return page(f"<main><section>{''.join(post(number, text) for number, text in enumerate(texts, 101))}</section></main>", menu="")


def test_a_channels_preview_carries_whole_publications() -> None:
    found = read(preview(*(f"<b>Запущена линия связи № {number}</b><br><br>{TEXT}" for number in range(3))))
    assert [link.url for link in found.links] == [f"{CHANNEL}/press/{number}" for number in (101, 102, 103)]
    assert [link.title for link in found.links] == [f"Запущена линия связи № {number}" for number in range(3)]
    first = found.links[0].whole
    assert first is not None
    assert first.title == "Запущена линия связи № 0"
    assert first.text.endswith(TEXT)
    assert first.html.startswith("<b>Запущена")
    assert first.published == found.links[0].published == datetime(2026, 11, 11, 10, tzinfo=UTC)
    assert (first.language, first.image) == ("ru", f"{CHANNEL}/photo/101.jpg")


def test_a_microblogs_entries_are_whole() -> None:
    found = read(page("".join(status(number, TEXT) for number in range(1, 5)), menu=""), "/@press")
    assert [link.whole and link.whole.text for link in found.links] == [TEXT] * 4


def test_what_a_text_names_is_not_taken_for_the_entry() -> None:
    texts = (
        f"{TEXT} Подробности: <a href=/files/{number}.pdf>приказ № {number}</a>, <a href=https://press.example/n/{number}>сайт</a>"
        for number in range(3)
    )
    found = read(preview(*texts))
    assert [link.url for link in found.links] == [f"{CHANNEL}/press/{number}" for number in (101, 102, 103)]
    whole = found.links[1].whole
    assert whole is not None
    assert [(file.url, file.name) for file in whole.attachments] == [(f"{CHANNEL}/files/1.pdf", "приказ № 1")]


def test_scripts_in_a_text_do_not_live_on() -> None:
    found = read(preview(*(f"{TEXT}<script>x()</script><img src=x onerror=x()><a href='javascript:x()'>x</a>" for _ in range(3))))
    whole = found.links[0].whole
    assert whole is not None
    assert "x()" not in whole.html


@pytest.mark.parametrize("name", ["titles of plain text with a linked date", "titles of plain text with a button", "articles of WordPress"])
def test_a_row_that_leads_to_a_page_is_not_whole(name: str) -> None:
    assert {link.whole for link in read(page(NEWS[name])).links} == {None}


def test_texts_that_are_cut_are_not_whole() -> None:
    assert {link.whole for link in read(preview(*(f"{TEXT} {number}…" for number in range(4)))).links} == {None}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Начат приём заявок. Они подаются до пятницы.", "Начат приём заявок."),
        ("Приём заявок\nОни подаются до пятницы.", "Приём заявок"),
        ("⚡️\nСрочно: работы завершены", "Срочно: работы завершены"),
        ("Министр А. П. Примеров провёл совещание. Решено начать.", "Министр А. П. Примеров провёл совещание."),
        ("слово " * 50, "слово " * 19 + "слово…"),
        ("", ""),
    ],
    ids=["a sentence", "a line", "a sign alone", "initials", "no end", "nothing"],
)
def test_a_title_is_made_of_the_first_sentence(text: str, title: str) -> None:
    assert title_from(text) == title
