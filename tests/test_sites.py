"""Definitions of sites: each fits its samples, none hides that nobody saw it work, and an operator's mistakes are told in words."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.address import address_keys, family_of
from collector.charset import decode
from collector.discover.ruled import links_by_rules
from collector.html import parse
from collector.page import Page
from collector.sampling import ArticleSays, Kind, ListingSays, Sample, differences, load_samples, understood
from collector.sites import DefinitionError, ListingRules, Site, known_sites, load_site, plain_site
from collector.sites.definition import read_definition

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SAMPLES = Path(__file__).parent / "data" / "sites"
SITES = {name: load_site(name) for name in known_sites()}
CASES = [(name, sample) for name in SITES for sample in load_samples(SAMPLES / name)]
every_site = pytest.mark.parametrize("name", SITES)
every_sample = pytest.mark.parametrize(("name", "sample"), CASES, ids=[f"{name} {sample.name}" for name, sample in CASES])


def told(sample: Sample, site: Site) -> list[str]:
    return [str(one) for one in differences(sample.expected, understood(sample.page, site, sample.kind, sample.seen).says)]


# --- the definitions that ship ------------------------------------------------------------------------------------------------------------


@every_site
def test_a_definition_has_samples_of_a_list_and_of_an_article(name: str) -> None:
    assert {sample.kind for site, sample in CASES if site == name} == set(Kind), f"write samples for {name} into {SAMPLES / name}"


@every_sample
def test_a_definition_reads_each_of_its_samples_as_expected(name: str, sample: Sample) -> None:
    assert told(sample, SITES[name]) == []


UNFITTED = {
    "mpt.gov.by feed": "a feed needs no rules",
    "sectsco.org news": "no markup of news is known, only of documents",
    "sectsco.org news-article": "the same",
    "rcc.org.ru english-event": "no page of the site is known",
    "rcc.org.ru english-2011": "the same",
    "rkn.gov.ru article-2018": "no article of that time is known",
}
"""Samples that are read by their structure, as nothing is known that a rule could be made of."""


@every_sample
def test_where_rules_are_known_it_is_they_that_read_the_sample(name: str, sample: Sample) -> None:
    ruled = understood(sample.page, SITES[name], sample.kind, sample.seen).by_rules
    assert bool(ruled) is (f"{name} {sample.name[11:]}" not in UNFITTED)


@every_site
def test_a_definition_says_what_is_known_and_what_is_guessed_and_that_nobody_saw_it_work(name: str) -> None:
    text = (files("collector.sites") / f"{name}.toml").read_text(encoding="utf-8")
    assert not SITES[name].verified
    for words in ("Nobody has seen", "# Known ", "# Guessed "):
        assert words in text, f"{name}.toml has to say it"


@every_site
def test_a_definition_has_the_hosts_of_all_its_samples(name: str) -> None:
    site = SITES[name]
    family = family_of(site.name, site.hosts)
    assert family.holds(site.url)
    assert all(family.holds(sample.page.url) for other, sample in CASES if other == name)


UNRULED = {"sectsco.org 2026-11-20-document": "no sentence tells what the page is about: its text is a file, and a button leads to it"}
"""What can't be read without rules, and why; the structure must not be made to fit them."""


def without_names(page: Page, site: Site) -> Page:
    """The page without the classes and ids that the site's rules rely on."""
    selectors = " ".join(
        getattr(rules, field)
        for rules in (*site.listing, *site.article)
        for field in ("body", "title", "date", "row", "link", "container")
        if hasattr(rules, field)
    )
    named = set(re.findall(r"[.#]([\w-]+)", selectors))

    def stripped(match: re.Match[str]) -> str:
        return f'{match[1]}="{" ".join(word for word in match[2].split() if word not in named)}"'

    return replace(page, body=re.sub(r'\b(class|id)="([^"]*)"', stripped, decode(page.body, page.content_type)).encode())


@every_sample
def test_without_the_names_that_its_rules_rely_on_a_page_is_read_by_its_structure(name: str, sample: Sample) -> None:
    if f"{name} {sample.name}" in UNRULED:
        pytest.skip(UNRULED[f"{name} {sample.name}"])
    site = SITES[name]
    plain = replace(plain_site(site.name, site.url, site.hosts), zone=site.zone)
    found = understood(without_names(sample.page, site), plain, sample.kind, sample.seen).says
    if isinstance(found, ArticleSays) and isinstance(sample.expected, ArticleSays):
        assert (found.title, found.text) == (sample.expected.title, sample.expected.text)
    elif isinstance(found, ListingSays) and isinstance(sample.expected, ListingSays):
        assert {link.url for link in found.links} == {link.url for link in sample.expected.links}
        assert {link.title for link in found.links} == {link.title for link in sample.expected.links}


ONE_PUBLICATION = {
    "mpt.gov.by: three hosts, language, dated address and number": (
        "mpt.gov.by",
        "http://www.mpt.gov.by/ru/news/01-11-2022-8143",
        "https://xn--b1akbcqh2a7i.xn--90ais/be/node/8143",
    ),
    "rcc.org.ru: its old and its new host": (
        "rcc.org.ru",
        "https://en.rcc.org.ru/events-copy/sobytiya-copy_750.html",
        "http://en.rcc-org.ru/events-copy/sobytiya-copy_750.html",
    ),
    "sectsco.org: with and without words in the address": (
        "sectsco.org",
        "http://rus.sectsco.org/20230906/Vstrecha--954145.html",
        "https://rus.sectsco.org/news/20230906/954145.html",
    ),
    "rkn.gov.ru: before and after the address changed": (
        "rkn.gov.ru",
        "http://www.rkn.gov.ru/news/rsoc/news55880.htm",
        "https://rkn.gov.ru/press/news/news55880.htm",
    ),
    "pravo.by: one element in two sections": (
        "pravo.by",
        "https://pravo.by/novosti/novosti-pravo-by/2018/march/28110/",
        "https://www.pravo.by/novosti/analitika/2018/march/28110",
    ),
    "beltelecom.by: the mirror": (
        "beltelecom.by",
        "https://www.beltelecom.by/news/main/slug",
        "https://xn--90aiaazdbkr9a.xn--90ais/news/main/slug",
    ),
}
TWO_PUBLICATIONS = {
    "sectsco.org: languages have numbers of their own": (
        "sectsco.org",
        "http://rus.sectsco.org/20240116/1237998.html",
        "http://eng.sectsco.org/20240116/1238004.html",
    ),
    "rcc.org.ru: an event and a document of the same number": (
        "rcc.org.ru",
        "https://rcc.org.ru/sobytiya/sobytiya_750.html",
        "https://rcc.org.ru/dokumenty/dokumenty_750.html",
    ),
    "mpt.gov.by: -0 is another publication of the same title": (
        "mpt.gov.by",
        "https://mpt.gov.by/ru/zasedanie-komissii-po-numeracii",
        "https://mpt.gov.by/ru/zasedanie-komissii-po-numeracii-0",
    ),
    "rkn.gov.ru: a list and what it lists": (
        "rkn.gov.ru",
        "https://rkn.gov.ru/press/news/p20/",
        "https://rkn.gov.ru/press/news/news20.htm",
    ),
}


def keys_of(name: str, url: str) -> set[str]:
    site = SITES[name]
    return set(address_keys(url, family_of(site.name, site.hosts, site.node_patterns)))


@pytest.mark.parametrize("case", ONE_PUBLICATION)
def test_addresses_of_one_publication_have_a_key_in_common(case: str) -> None:
    name, one, other = ONE_PUBLICATION[case]
    assert keys_of(name, one) & keys_of(name, other)


@pytest.mark.parametrize("case", TWO_PUBLICATIONS)
def test_addresses_of_two_publications_have_none(case: str) -> None:
    name, one, other = TWO_PUBLICATIONS[case]
    assert not keys_of(name, one) & keys_of(name, other)


def test_the_real_list_of_a_site_is_read_exactly_by_its_definition(shared: Path) -> None:
    folder = shared / "pages" / "listings"
    truth = json.loads((folder / "gov_rkn.gov.ru-home-2018-03.gt.json").read_text(encoding="utf-8"))
    body = (folder / "gov_rkn.gov.ru-home-2018-03.html").read_bytes()
    page = Page("http://rkn.gov.ru/", "http://rkn.gov.ru/", "text/html", body)
    found = understood(page, SITES["rkn.gov.ru"], Kind.LISTING, datetime(2018, 3, 18, tzinfo=UTC)).says
    assert isinstance(found, ListingSays)
    assert [(link.url, link.title, link.published) for link in found.links] == [(one["url"], one["title"], one["date"]) for one in truth]


# --- what rules can say -------------------------------------------------------------------------------------------------------------------

HEAD = "<a href='/news/old'>Старая новость без даты</a>"
RULES = {
    "an address pattern alone, without any selector": (
        ListingRules(links=r"/news/\d+$"),
        "<a href='/about'>О сайте</a><p><a href='/news/1'>Раз</a> <a href='/news/2'>Два</a> <a href='https://other.org/news/x'>Чужое</a>",
        [("/news/1", "Раз", None), ("/news/2", "Два", None)],
    ),
    "dates and titles in turn": (
        ListingRules(row=".t", date=".d"),
        "<b class=d>01.11.2026</b><i class=t><a href='/1'>Раз</a></i><b class=d>02.11.2026</b><i class=t><a href='/2'>Два</a></i>",
        [("/1", "Раз", "2026-11-01"), ("/2", "Два", "2026-11-02")],
    ),
    "a title without a date of its own has not the date of the one before it": (
        ListingRules(row=".t", date=".d"),
        "<b class=d>01.11.2026</b><i class=t><a href='/1'>Раз</a></i><i class=t><a href='/2'>Два</a></i>",
        [("/1", "Раз", "2026-11-01"), ("/2", "Два", None)],
    ),
    "a row without a date has not that of the row before it": (
        ListingRules(row="li", date="time"),
        "<ul><li><a href='/1'>Раз</a><p><time datetime='2026-11-01'>тогда</time></p></li><li><a href='/2'>Два</a></li></ul>",
        [("/1", "Раз", "2026-11-01"), ("/2", "Два", None)],
    ),
    "a date in an attribute that nobody would look into": (
        ListingRules(row="li", date="i", date_attribute="data-day"),
        "<ul><li><a href='/1'>Раз</a><i data-day='2026-11-01'>давно</i></li></ul>",
        [("/1", "Раз", "2026-11-01")],
    ),
    "a title beside the link": (
        ListingRules(row="li", link="a.more", title="h3"),
        "<ul><li><h3>Раз</h3><a href='/about'>раздел</a><a class=more href='/1'>Подробнее</a></li></ul>",
        [("/1", "Раз", None)],
    ),
    "cards that are links, with a date inside": (
        ListingRules(row="a.card", link="a.card", date="i"),
        "<a class=card href='/1'><i>16 Марта 2018</i> Раз</a><a class=card href='/2'>Два <i>17.03.2018</i></a>",
        [("/1", "Раз", "2018-03-16"), ("/2", "Два", "2018-03-17")],
    ),
    "a date without a year is the latest such day": (
        ListingRules(row="li", date="i"),
        "<li><i>17 ноября</i><a href='/1'>Раз</a></li><li><i>24 ноября</i><a href='/2'>Два</a></li>",
        [("/1", "Раз", "2026-11-17"), ("/2", "Два", "2025-11-24")],
    ),
    "rows that are links, a picture first": (
        ListingRules(row="a.card", link="a.card", title="b"),
        "<a class=card href='/1'><img></a><a class=card href='/1'><b>Раз</b><i>01.11</i></a>",
        [("/1", "Раз", None)],
    ),
}


@pytest.mark.parametrize("case", RULES)
def test_rules_find_what_they_say(case: str) -> None:
    rules, markup, expected = RULES[case]
    site = plain_site("example.org", "https://example.org/", ("example.org",))
    found = links_by_rules(parse(f"<body>{markup}"), rules, "https://example.org/list", site, NOW)
    assert [
        (link.url.removeprefix("https://example.org"), link.title, str(link.published) if link.published else None) for link in found
    ] == expected


# --- an operator's own --------------------------------------------------------------------------------------------------------------------

GOOD = """
name = "own"
url = "https://own.example/"
hosts = ["own.example"]
entry_points = [{ kind = "listing", path = "/news" }]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own.toml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def test_an_own_definition_is_found_beside_those_that_ship(folder: Path) -> None:
    assert set(known_sites(folder)) == {*known_sites(), "own"}
    assert load_site("own", folder).url == "https://own.example/"
    assert load_site("mpt.gov.by", folder) == SITES["mpt.gov.by"]


def test_an_own_definition_comes_before_the_one_that_ships(folder: Path) -> None:
    (folder / "mpt.gov.by.toml").write_text(GOOD.replace('"own"', '"mpt.gov.by"'), encoding="utf-8")
    assert load_site("mpt.gov.by", folder).url == "https://own.example/"
    assert load_site("mpt.gov.by").url == "https://mpt.gov.by/"


def test_without_an_own_folder_there_are_those_that_ship(tmp_path: Path) -> None:
    assert known_sites(tmp_path / "none") == known_sites()
    with pytest.raises(KeyError):
        load_site("own", tmp_path / "none")


MISTAKES = {
    "no TOML": ("name = ", "it is no TOML: "),
    "unknown key": (f"{GOOD}hostnames = []", "hostnames: unknown key; did you mean 'hosts'?"),
    "unknown key of a listing": (f"{GOOD}[[listing]]\nlink = 'a'\nrows = 'li'", "[[listing]] 1: rows: unknown key; did you mean 'row'?"),
    "unknown key of an article": (
        f"{GOOD}[[article]]\nbody = 'p'\n[[article]]\nboddy = 'p'",
        "[[article]] 2: boddy: unknown key; did you mean 'body'?",
    ),
    "missing key": (GOOD.replace('name = "own"', ""), "name: it is missing"),
    "missing key of an entry point": (GOOD.replace('kind = "listing", ', ""), "[[entry_points]] 1: kind: it is missing"),
    "a number for a text": (GOOD.replace('"https://own.example/"', "5"), 'url: write a text in quotes, such as "text"'),
    "a text for a list": (GOOD.replace('["own.example"]', '"own.example"'), 'hosts: write a list, such as ["one", "two"]'),
    "a text for a truth value": (f'{GOOD}verified = "no"', "verified: write true or false"),
    "one table for several": (f"{GOOD}[listing]\nlink = 'a'", "listing: write a table for each, headed by [[listing]]"),
    "no hosts": (GOOD.replace('["own.example"]', "[]"), "hosts: name at least one"),
    "unknown kind": (GOOD.replace('"listing"', '"lising"'), "entry_points: there is no kind 'lising'; did you mean 'listing'?"),
    "unknown zone": (f'{GOOD}zone = "Europe/Minks"', "zone: there is no time zone 'Europe/Minks'"),
    "zone that leaves its folder": (f'{GOOD}zone = "../etc/passwd"', "zone: there is no time zone"),
    "bad expression": (f"{GOOD}node_patterns = ['(']", "node_patterns: '(' is no regular expression"),
    "expression without a group": (f"{GOOD}node_patterns = ['news']", "put brackets around the publication's number"),
    "bad address pattern": (f"{GOOD}[[listing]]\nlinks = '['", "[[listing]] 1: links: '[' is no regular expression"),
    "rules that choose nothing": (f"{GOOD}[[listing]]\nlink = ''\ndate = 'time'", "[[listing]] 1: it needs `row`, `link` or `links`"),
    "rules that fit nothing": (f"{GOOD}[[article]]\ndate = 'time'", "[[article]] 1: it needs `body` or `title`"),
    "another name than the file's": (GOOD.replace('"own"', '"other"'), "give both the same name"),
}  # fmt: skip


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_told_with_its_file_its_key_and_what_to_write(case: str, folder: Path) -> None:
    text, words = MISTAKES[case]
    (folder / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as raised:
        load_site("own", folder)
    assert all(mistake.startswith(f"{folder / 'own.toml'}: ") for mistake in raised.value.mistakes)
    assert words in str(raised.value)


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    (folder / "own.toml").write_text("hots = []\n[[article]]\ntitle = 5", encoding="utf-8")
    with pytest.raises(DefinitionError) as raised:
        load_site("own", folder)
    assert len(raised.value.mistakes) == 6


def unreadable(folder: Path) -> Iterator[str]:
    (folder / "own.toml").write_bytes(b'name = "\xff"')
    yield "it is no text in UTF-8"
    (folder / "own.toml").unlink()
    (folder / "own.toml").mkdir()
    yield "it can't be read"


def test_a_file_that_can_not_be_read_is_told(folder: Path) -> None:
    for words in unreadable(folder):
        with pytest.raises(DefinitionError, match=re.escape(words)):
            load_site("own", folder)


KEYS = ("name", "url", "hosts", "entry_points", "zone", "next_page", "node_patterns", "listing", "article", "verified", "hoots")
plain = st.text(max_size=8) | st.integers(-9, 9) | st.booleans()
tables = st.dictionaries(st.sampled_from(["kind", "path", "row", "link", "links", "body", "title", "x"]), plain, max_size=4)
values = plain | st.lists(plain, max_size=2) | st.lists(tables, max_size=2) | tables


@given(st.dictionaries(st.sampled_from(KEYS), values, min_size=4))
def test_whatever_a_definition_holds_it_is_read_or_its_mistakes_are_told(table: dict[str, Any]) -> None:
    text = "\n".join(f"{key} = {written(value)}" for key, value in table.items())
    mistakes: tuple[str, ...] = ()
    try:
        assert read_definition(text, "own.toml").hosts
    except DefinitionError as error:
        mistakes = error.mistakes
    assert all(line.startswith("own.toml: ") for line in mistakes)


def written(value: Any) -> str:
    """As TOML, of which JSON's texts, numbers and lists are a part."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {written(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return json.dumps(value).replace("\x7f", "\\u007f")


def test_a_definition_with_mistakes_can_be_told_by_a_child() -> None:
    error = DefinitionError(("own.toml: one", "own.toml: two"))
    assert pickle.loads(pickle.dumps(error)).mistakes == error.mistakes
