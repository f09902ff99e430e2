"""Articles read from pages: of the sample site's markup in both generations, and of real pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from pages import BASE, LOOKS, MPT, NOW, PLAIN, SITES, in_one_line, page, read, seeds, url_of

from collector.address import address_keys, family_of, link_key
from collector.demo.markup import node_page, plain_page, print_page
from collector.demo.node import MINSK, Node, SiteLook
from collector.demo.texts import texts
from collector.extract.article import read_article
from collector.page import PageError, Trouble
from storage.model import Link

TEXTS = texts(NOW)
NODES = {str(node.id): node for node in (*TEXTS.nodes, TEXTS.later, replace(TEXTS.edited, id=TEXTS.edited.id + 1))}
FAMILY = family_of(MPT.name, MPT.hosts, MPT.node_patterns)
LONG = "Министерство связи сообщает о начале работы новой системы учёта отправлений в отделениях страны."

every_look = pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
every_node = pytest.mark.parametrize("node", NODES.values(), ids=NODES)
every_site = pytest.mark.parametrize("site", SITES.values(), ids=SITES)


def day(published: date | None) -> date | None:
    return published.astimezone(MINSK).date() if isinstance(published, datetime) else published


def expected_text(node: Node) -> str:
    return "\n\n".join(map(in_one_line, node.paragraphs))


@every_look
@every_node
def test_a_page_is_read_back_exactly_by_the_sites_rules(node: Node, look: SiteLook) -> None:
    reading = read(node_page(node, look), MPT, url_of(node))
    content = reading.content
    assert content.title == in_one_line(node.title)
    assert content.text == expected_text(node)
    assert content.language == node.language
    assert day(content.published) == node.created.astimezone(MINSK).date()
    assert content.image.startswith(f"{BASE}/sites/default/files/styles/large/public/{node.image}?") if node.image else content.image == ""
    expected = [f"{BASE}/sites/default/files/{node.attachment[0]}"] if node.attachment else []
    assert [attachment.url for attachment in content.attachments] == expected
    assert f"node:{node.id}" in address_keys(url_of(node), FAMILY, reading.claimed)


@every_look
@every_node
def test_without_rules_title_text_language_date_and_attachments_are_found_by_structure(node: Node, look: SiteLook) -> None:
    content = read(node_page(node, look), PLAIN, url_of(node)).content
    assert (content.title, content.text, content.language) == (in_one_line(node.title), expected_text(node), node.language)
    assert day(content.published) == node.created.astimezone(MINSK).date()
    assert len(content.attachments) == (1 if node.attachment else 0)


@every_site
@every_node
def test_a_print_view_says_the_same_as_its_page(node: Node, site: object) -> None:
    content = read(print_page(node, LOOKS["drupal10"]), site).content  # type: ignore[arg-type]
    assert (content.title, content.text, content.attachments) == (in_one_line(node.title), expected_text(node), ())


@every_site
@every_look
def test_the_known_publications_are_read_back_from_the_sites_markup(shared: Path, look: SiteLook, site: object) -> None:
    for name, document in seeds(shared):
        said = document.content
        paragraphs = tuple(in_one_line(paragraph) for paragraph in said.text.split("\n\n"))
        node = Node(9000 + int(name), said.title, paragraphs, NOW, image="2024-04/x.png")
        content = read(node_page(node, look), site).content  # type: ignore[arg-type]
        assert (content.title, content.text, content.language) == (said.title, "\n\n".join(paragraphs), "ru")


def test_html_is_clean_and_its_addresses_are_absolute() -> None:
    body = (
        f"<p onclick='x()'>{LONG} <a href='/doc/1.pdf' style='color:red'>Приказ</a> <a href='javascript:x()'>здесь</a></p>"
        "<script>alert(1)</script><img src='pic.png' onerror='x()'><iframe src='//evil.example'></iframe>"
    )
    content = read(f"<h1>Приказ</h1><article class=node><div class='field--name-body'>{body}</div></article>", MPT).content
    assert f'href="{BASE}/doc/1.pdf"' in content.html
    assert f'src="{BASE}/ru/pic.png"' in content.html
    assert not any(word in content.html for word in ("script", "onclick", "onerror", "iframe", "style"))
    assert [(found.url, found.name, found.media_type) for found in content.attachments] == [
        (f"{BASE}/doc/1.pdf", "Приказ", "application/pdf")
    ]


def test_a_title_and_a_date_in_the_articles_header_are_found() -> None:
    html = (
        f"<body class='sidebar'><article><header><h1>Новый<br>порядок</h1><time datetime='2026-11-19T10:00:00+03:00'>вчера</time></header>"
        f"<p>{LONG}</p><p>{LONG}</p></article><footer><p>{LONG * 5}</p></footer>"
    )
    content = read(html).content
    assert content.title == "Новый порядок"
    assert content.published == datetime(2026, 11, 19, 10, tzinfo=MINSK)
    assert content.text == f"{LONG}\n\n{LONG}"


@pytest.mark.parametrize("label", ["Изображение", "Малюнак", "Изображение:", "PDF", "Поделиться", "Source URL: https://mpt.gov.by/node/1"])
def test_labels_are_no_text(label: str) -> None:
    html = f"<h1>Новость</h1><div class='field--name-body'><p>{LONG}</p><p>{label}</p></div>"
    assert read(html, MPT).content.text == LONG


def test_what_belongs_to_the_text_stays() -> None:
    note = "<p>Справочно:</p><p>Изображение на марке создал художник.<br>Тираж – 90 тыс.</p>"
    body = f"<p>Новость</p><p>{LONG}</p>{note}<ul><li>один<li>два</ul>"
    content = read(f"<h1>Новость</h1><div class='field--name-body'>{body}</div>", MPT).content
    assert content.text == f"{LONG}\n\nСправочно:\n\nИзображение на марке создал художник.\nТираж – 90 тыс.\n\nодин\n\nдва"


@pytest.mark.parametrize("date_html", ["", "<time datetime='2031-01-01'>", "<time datetime='0001-01-01'>", "<time datetime='soon'>"])
def test_a_date_that_can_not_be_is_replaced_by_that_of_the_address(date_html: str) -> None:
    html = f"<h1>Новость</h1>{date_html}<div class='field--name-body'><p>{LONG}</p></div>"
    assert read(html, MPT, f"{BASE}/ru/news/19-03-2018-2858").content.published == date(2018, 3, 19)


@pytest.mark.parametrize(
    "html",
    [
        "",
        "\0",
        "<html>",
        "<h1>Заголовок</h1>",
        f"<p>{LONG}</p>",
        "<title> </title><p>x",
        "<!--",
        "<div>" * 500,
        "<h1>a</h1><p>&#xD800;&#0;</p>",
    ],
)
@every_site
def test_a_page_without_a_publication_is_trouble(html: str, site: object) -> None:
    with pytest.raises(PageError) as raised:
        read(html, site)  # type: ignore[arg-type]
    assert raised.value.trouble is Trouble.UNREADABLE


@pytest.mark.parametrize("content_type", ["application/pdf", "image/png", "application/octet-stream", "application/json"])
def test_what_is_no_html_is_trouble_that_names_the_kind(content_type: str) -> None:
    with pytest.raises(PageError, match=content_type):
        read_article(page(b"%PDF-1.7", content_type=content_type), MPT, Link("x", "x"), NOW)


@every_look
def test_a_missing_page_shown_as_a_page_claims_no_node(look: SiteLook) -> None:
    try:
        reading = read(plain_page("Страница не найдена", "Запрошенная страница не найдена на сайте.", look), MPT)
    except PageError:
        return
    assert not any(key.startswith("node:") for key in address_keys(f"{BASE}/ru/slug", FAMILY, reading.claimed))


@pytest.mark.parametrize(("folder", "readable"), [("drupal-articles", 1.0), ("articles-ru", 0.95), ("articles-multi", 0.8)])
def test_real_pages_are_read_or_are_trouble_and_nothing_else(shared: Path, folder: str, readable: float) -> None:
    files = [file for file in sorted((shared / "pages" / folder).glob("*.html")) if not file.name.endswith(".gt.html")]
    read_well = 0
    for file in files:
        url = f"https://example.org/{file.stem}"
        try:
            reading = read_article(page(file.read_bytes(), url, "text/html"), PLAIN, Link(url, link_key(url)), NOW)
        except PageError:
            continue
        read_well += bool(reading.content.title and "\ufffd" * 3 not in reading.content.text)
    assert read_well / len(files) >= readable
