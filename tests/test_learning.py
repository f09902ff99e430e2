"""Rules learnt after a redesign: what was known of a site's publications leads to selectors that read its new pages as before."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path

import pytest

from collector.address import link_key
from collector.child import Children
from collector.discover.ruled import links_by_rules
from collector.extract.article import read_article
from collector.html import parse
from collector.learning import KnownListing, KnownPage, Proposal, as_toml, propose
from collector.learning.names import _is_lasting
from collector.page import Page, PageError
from collector.sampling import ArticleSays, Kind, LinkSays, ListingSays, load_samples, understood
from collector.sites import ArticleRules, ListingRules, load_site, plain_site
from collector.sites.definition import read_definition
from storage.model import Link

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SAMPLES = Path(__file__).parent / "data" / "sites"
SITE = plain_site("example.org", "https://example.org/", ("example.org",))
ABSENT = "Публикации старше пяти лет находятся в архиве, который открыт по будням с девяти до семнадцати часов."


def publications() -> list[ArticleSays]:
    """Of all samples that have a date and a text: what was stored while the pages were still understood."""
    folders = sorted(folder for folder in SAMPLES.iterdir() if folder.is_dir())
    says = [sample.expected for folder in folders for sample in load_samples(folder)]
    found = [said for said in says if isinstance(said, ArticleSays) and said.published and len(said.text) > 1]
    assert len(found) >= 5
    return found[:5]


def shown(day: str) -> str:
    return ".".join(reversed(day[:10].split("-")))


def paragraphs(said: ArticleSays) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in said.text)


def framed(body: str) -> str:
    return (
        "<html><head><title>Ведомство</title></head><body><header><nav><ul><li><a href='/about'>О ведомстве</a></ul></nav></header>"
        f"{body}<aside><h2>Архив</h2><p>{ABSENT}</p></aside><footer><p>© 2026 Ведомство, все права защищены</p></footer></body></html>"
    )


Build = Callable[[ArticleSays], str]
ARTICLES: dict[str, tuple[Build, str]] = {
    "classes renamed": (
        lambda said: (
            f"<div class='page'><div class='headline'>{said.title}</div><div class='posted'>{shown(said.published)}</div>"
            f"<div class='story'>{paragraphs(said)}</div></div>"
        ),
        "the usual redesign: other words for the same things",
    ),
    "elements of HTML5 without classes": (
        lambda said: (
            f"<main><article><header><h1>{said.title}</h1><time datetime='{said.published}'>вчера</time></header>"
            f"<section>{paragraphs(said)}</section></article></main>"
        ),
        "themes of static generators name nothing",
    ),
    "classes made by a builder": (
        lambda said: (
            f"<div class='sc-bdVaJa kXyZqP'><div class='css-1x2y3z'>"
            f"<h1 class='jss42'>{said.title}</h1>"
            f"<span class='date css-9k8j7h'>{shown(said.published)}</span>"
            f"<article class='sc-htpNat'>{paragraphs(said)}</article></div></div>"
        ),
        "hashes are made anew with each build, so only what else there is may be used",
    ),
    "title, date and a share bar inside the text's element": (
        lambda said: (
            f"<div class='content'><h1 class='title'>{said.title}</h1><div class='meta'>Опубликовано {shown(said.published)}</div>"
            f"{paragraphs(said)}<div class='share'>Рассказать друзьям о публикации</div></div>"
        ),
        "many systems print all parts as neighbours: what is not text has to be left out",
    ),
    "numbers of the publication in its names": (
        lambda said: (
            f"<div class='post post-{len(said.title)}' id='post-{len(said.text[0])}'><h2 class='entry-title'>{said.title}</h2>"
            f"<abbr class='entry-date'>{shown(said.published)}</abbr><div class='entry-content'>{paragraphs(said)}</div></div>"
        ),
        "what has the page's number on it fits no other page",
    ),
    "the title twice, the first time in a path of links": (
        lambda said: (
            f"<ol class='crumbs'><li><a href='/'>Главная</a><li>{said.title}</ol><div id='doc'><h1>{said.title}</h1>"
            f"<p class='date'>{shown(said.published)}</p><div class='doc-body'><div><div>{paragraphs(said)}</div></div></div></div>"
        ),
        "both say the title; that both fit is no reason to fail",
    ),
    "the date in an attribute of its own": (
        lambda said: (
            f"<h1>{said.title}</h1><span class='when' data-datetime='{said.published}'>на этой неделе</span>"
            f"<div class='text'>{paragraphs(said)}</div>"
        ),
        "president.gov.by writes it so",
    ),
}
every_redesign = pytest.mark.parametrize("redesign", ARTICLES)


def page_of(said: ArticleSays, redesign: str, number: int) -> Page:
    url = f"https://example.org/p/{number}"
    return Page(url, url, "text/html; charset=utf-8", framed(ARTICLES[redesign][0](said)).encode())


def known_pages(redesign: str) -> list[KnownPage]:
    found = publications()
    pages = [page_of(said, redesign, number) for number, said in enumerate(found)]
    return [
        KnownPage(page, said.title, "\n\n".join(said.text), date.fromisoformat(said.published[:10]))
        for page, said in zip(pages, found, strict=True)
    ]


def learnt(pages: Sequence[KnownPage]) -> Proposal:
    found = propose(pages, SITE, NOW)
    assert found is not None
    return found


@every_redesign
def test_the_rules_learnt_after_a_redesign_find_exactly_what_is_known(redesign: str) -> None:
    pages = known_pages(redesign)
    rules = learnt(pages[:3]).article
    assert rules is not None
    for known in pages:  # two of them were not learnt from
        tree = parse(known.page.body.decode())
        body = tree.css_first(rules.body)
        assert body is not None
        assert tree.css_first(rules.title).text(strip=True) == known.title  # type: ignore[union-attr]
        for selector in filter(None, [rules.drop]):
            for node in body.css(selector):
                node.decompose()
        assert body.text(separator=" ").split() == known.text.split()


@every_redesign
def test_a_site_with_the_rules_learnt_reads_its_new_pages_as_before(redesign: str) -> None:
    pages = known_pages(redesign)
    rules = learnt(pages[:3]).article
    assert rules is not None
    site = replace(SITE, article=(rules,))
    for known in pages:
        content = read_article(known.page, site, Link(known.page.url, link_key(known.page.url)), NOW).content
        assert (content.title, content.text) == (known.title, known.text)
        assert str(content.published)[:10] == str(known.published)


@every_redesign
def test_selectors_have_names_that_last(redesign: str) -> None:
    rules = learnt(known_pages(redesign)[:3]).article
    assert rules is not None
    for selector in (rules.body, rules.title, rules.date):
        assert selector, f"nothing was learnt for a part of {rules}"
        assert not re.search(r"\d|nth|>|:|sc-|css-|jss|kXy", selector.replace("h1", "").replace("h2", "")), selector
        assert len(selector) <= 40


@pytest.mark.parametrize(
    ("name", "lasts"),
    [
        ("entry-content", True), ("cardTitle", True), ("field--name-body", True), ("press-service-cardItem", True), ("h1", False),
        ("sc-bdVaJa", False),
        ("dYlHmX", False), ("node-8143", False), ("col-md-6", False), ("css-1x2y3z", False), ("btn", False), ("", False),
    ],
)  # fmt: skip
def test_a_name_with_a_number_or_a_hash_is_no_name(name: str, lasts: bool) -> None:
    assert _is_lasting(name) is lasts


# --- lists --------------------------------------------------------------------------------------------------------------------------------

LINKS = tuple(
    LinkSays(f"https://example.org/news/{slug}", title, f"2026-11-{day}")
    for slug, title, day in [
        ("zvonki", "Звонки в экстренные службы стали приниматься с планшетов", "18"),
        ("konkurs", "Объявлен конкурс на лучшую сельскую библиотеку", "16"),
        ("most", "Через Щару построят новый кабельный переход", "13"),
        ("vystavka", "Выставка радиоприёмников открылась в Лиде", "12"),
        ("remont", "Телефонная станция в Ошмянах закрыта на ремонт", "10"),
    ]
)


def in_menu(row: str) -> str:
    menu = "".join(f"<li class='item'><a href='/section/{number}'>Раздел сайта под номером {number}</a></li>" for number in range(6))
    return framed(f"<ul class='sections'>{menu}</ul><main><h1>Новости</h1>{row}</main>")


LISTS: dict[str, tuple[Callable[[LinkSays], str], str, str]] = {
    "cards with a picture before the title": (
        lambda link: (
            f"<div class='card'><a href='{link.url}'><img src='/x.jpg'></a><time datetime='{link.published}'>недавно</time>"
            f"<h3 class='card-title'><a href='{link.url}'>{link.title}</a></h3></div>"
        ),
        "<div class='cards'>{}</div>",
        "the first link of a row has no words",
    ),
    "cards that are links": (
        lambda link: (
            f"<a class='tile' href='{link.url}'>"
            f"<span class='tile-date'>{shown(link.published)}</span><b class='tile-title'>{link.title}</b></a>"
        ),
        "<section class='tiles'>{}</section>",
        "a row is the link itself, and its words are more than the title",
    ),
    "a table": (
        lambda link: f"<tr><td class='day'>{shown(link.published)}</td><td><a href='{link.url}'>{link.title}</a></td></tr>",
        "<table class='archive'><tbody>{}</tbody></table>",
        "rows of tables seldom have classes",
    ),
    "dates and titles in turn": (
        lambda link: f"<dt class='when'>{shown(link.published)}</dt><dd class='what'><a href='{link.url}'>{link.title}</a></dd>",
        "<dl class='news-list'>{}</dl>",
        "no element holds a row",
    ),
    "only «Подробнее» is a link": (
        lambda link: (
            f"<div class='entry'><p class='entry-title'>{link.title}</p>"
            f"<i>{shown(link.published)}</i><a class='more' href='{link.url}'>Подробнее</a></div>"
        ),
        "<div class='entries'>{}</div>",
        "the title stands beside the link",
    ),
}


def listing_of(kind: str, links: Sequence[LinkSays] = LINKS) -> Page:
    row, holder, _ = LISTS[kind]
    text = in_menu(holder.format("".join(map(row, links))))
    return Page("https://example.org/news", "https://example.org/news", "text/html; charset=utf-8", text.encode())


def known_links(links: Sequence[LinkSays]) -> tuple[Link, ...]:
    return tuple(Link(link.url, link_key(link.url), link.title, date.fromisoformat(link.published)) for link in links)


@pytest.mark.parametrize("kind", LISTS)
def test_the_rules_learnt_for_a_list_find_what_is_known_and_what_is_new_and_no_menu(kind: str) -> None:
    proposal = propose([], SITE, NOW, KnownListing(listing_of(kind), known_links(LINKS[1:])))
    assert proposal is not None
    assert proposal.listing is not None
    page = listing_of(kind)
    found = links_by_rules(parse(page.body.decode()), proposal.listing, page.url, SITE, NOW)
    assert [(link.url, link.title, str(link.published)) for link in found] == [(link.url, link.title, link.published) for link in LINKS]
    assert "4 of 4 known publications" in proposal.evidence


# --- a real definition that stopped to fit ------------------------------------------------------------------------------------------------

NEW_WORDS = {"field": "slot", "node": "piece", "views": "rows", "view": "rows", "teaser": "short", "submitted": "when", "title": "caption"}
MPT = load_site("mpt.gov.by")
GENERATIONS = {"drupal10": ("drupal10-article", "drupal10-belarusian"), "drupal7": ("drupal7-article",)}


def renamed(page: Page) -> Page:
    """The page of a theme that calls everything otherwise."""

    def other(match: re.Match[str]) -> str:
        words = re.sub("|".join(NEW_WORDS), lambda word: NEW_WORDS[word[0]], match[2])
        return f'{match[1]}="{words}"'

    text = re.sub(r'\b(class|id)="([^"]*)"', other, page.body.decode())
    # Drupal 7 tells its parts by RDF as well, and Drupal 10 by elements
    return replace(page, body=re.sub(r'(?:property|typeof)="[^"]*"|</?article|<h1|</h1', lambda tag: TAGS.get(tag[0], ""), text).encode())


TAGS = {"<article": "<div", "</article": "</div", "<h1": "<h3", "</h1": "</h3"}


@pytest.mark.parametrize("generation", GENERATIONS)
def test_articles_of_a_site_whose_names_all_changed_are_read_again(generation: str) -> None:
    samples = [sample for sample in load_samples(SAMPLES / MPT.name) if sample.name[11:] in GENERATIONS[generation]]
    pages, expected = [], []
    for sample in samples:
        said = sample.expected
        assert isinstance(said, ArticleSays)
        page = renamed(sample.page)
        assert not any(parse(page.body.decode()).css_matches(rules.body) for rules in MPT.article)
        pages.append(KnownPage(page, said.title, "\n\n".join(said.text), datetime.fromisoformat(said.published)))
        expected.append((said.title, said.text, said.published))
    proposal = propose(pages, MPT, NOW)
    assert proposal is not None
    assert proposal.article is not None
    site = replace(MPT, article=(proposal.article,))
    found = [understood(known.page, site, Kind.ARTICLE, NOW).says for known in pages]
    assert [(said.title, said.text, said.published) for said in found if isinstance(said, ArticleSays)] == expected


@pytest.mark.parametrize("name", ["drupal10-front", "drupal10-fields", "drupal7-home", "drupal7-news"])
def test_the_list_of_a_site_whose_names_all_changed_is_read_again(name: str) -> None:
    (sample,) = (sample for sample in load_samples(SAMPLES / MPT.name) if sample.name[11:] == name)
    said = sample.expected
    assert isinstance(said, ListingSays)
    # the sticky block of 2018 has a structure of its own, and no dates
    dated = [link for link in said.links if link.published] or list(said.links)
    known = tuple(
        Link(link.url, link_key(link.url), link.title, datetime.fromisoformat(link.published) if link.published else None) for link in dated
    )
    page = renamed(sample.page)
    proposal = propose([], MPT, sample.seen, KnownListing(page, known))
    assert proposal is not None
    assert proposal.listing is not None
    found = links_by_rules(parse(page.body.decode()), proposal.listing, page.url, MPT, sample.seen)
    assert [(link.url, link.title, link.published.isoformat() if link.published else "") for link in found] == [
        (link.url, link.title, link.published) for link in dated
    ]


def test_a_list_with_too_few_known_links_teaches_nothing() -> None:
    assert propose([], SITE, NOW, KnownListing(listing_of("a table"), known_links(LINKS[:2]))) is None


# --- what is not learnt -------------------------------------------------------------------------------------------------------------------


def test_pages_that_hold_none_of_the_known_texts_teach_nothing() -> None:
    pages = known_pages("classes renamed")
    others = [replace(page, text=ABSENT * 3, title="Совсем другое") for page in pages]
    assert propose(others, SITE, NOW) is None
    assert propose([], SITE, NOW) is None


def test_a_text_that_only_one_of_the_pages_holds_teaches_no_rule_for_all() -> None:
    pages = known_pages("classes renamed")
    moved = replace(pages[1], page=Page(pages[1].page.url, pages[1].page.url, "text/html", framed("<p>Страница удалена.</p>").encode()))
    assert propose([pages[0], moved], SITE, NOW) is None


def test_an_edited_sentence_does_not_keep_a_rule_from_being_learnt() -> None:
    pages = [replace(page, text=f"{page.text} Добавлено позже редактором.") for page in known_pages("classes renamed")]
    assert learnt(pages).article == learnt(known_pages("classes renamed")).article


def test_a_page_without_its_date_does_not_keep_the_dates_rule_from_being_learnt_and_a_wrong_date_does() -> None:
    pages = known_pages("classes renamed")
    bare = replace(pages[0].page, body=re.sub(rb"<div class='posted'>[^<]*</div>", b"", pages[0].page.body))
    rules = learnt([*pages[1:4], replace(pages[0], page=bare)]).article
    assert rules is not None
    assert rules.date == ".posted"
    rules = learnt([*pages[1:4], replace(pages[0], published=date(2020, 1, 1))]).article
    assert rules is not None
    assert rules.date == ""


def test_a_proposal_can_be_pasted_into_a_definition() -> None:
    pages = known_pages("title, date and a share bar inside the text's element")
    proposal = propose(pages, SITE, NOW, KnownListing(listing_of("a table"), known_links(LINKS)))
    assert proposal is not None
    head = 'name = "own"\nurl = "https://example.org/"\nhosts = ["example.org"]\nentry_points = [{ kind = "listing", path = "/news" }]\n'
    site = read_definition(head + as_toml(proposal), "own.toml")
    assert (site.listing, site.article) == ((proposal.listing,), (proposal.article,))
    assert as_toml(proposal).startswith("# Learnt: the text, the title, the date of 5 known articles found")


def test_what_a_proposal_says_in_toml_is_what_it_holds() -> None:
    rules = ArticleRules(body="[data-kind='a \"b\\c\"']", drop=".тень")
    told = tomllib.loads(as_toml(Proposal(ListingRules(row="li"), rules, "by hand")))
    assert told == {"listing": [{"row": "li", "link": "a[href]"}], "article": [{"body": rules.body, "drop": rules.drop}]}


HOSTILE = {
    "deep": "<div class='text-body'>" * 100_000,
    "wide": "<p class='text'>a b c</p>" * 100_000,
    "many links": "".join(f"<div class='row'><a href='/news/most'>{number}</a></div>" for number in range(30_000)),
    "one known link in every element": "<div class='row'><a href='/news/most'>x</a><a href='/news/konkurs'>y</a>" * 150,
    "names": f"<p class='{' '.join(f'name{chr(97 + number % 26)}{chr(97 + number // 26 % 26)}text' for number in range(50_000))}'>x</p>",
    "nothing": "",
}


@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_page_made_to_take_time_ends_as_nothing_learnt_or_as_trouble(kind: str) -> None:
    page = Page("https://example.org/a", "https://example.org/a", "text/html", HOSTILE[kind].encode())
    known = KnownPage(page, "a b c", "a b c " * 20, date(2026, 11, 1))
    children = Children(deadline=5, memory=200_000_000)
    try:
        found = await children.lane("x").run(propose, [known] * 3, SITE, NOW, KnownListing(page, known_links(LINKS)))
        assert found is None or isinstance(found, Proposal)
    except PageError as error:
        assert "took" in error.words  # noqa: PT017
    finally:
        children.close()
