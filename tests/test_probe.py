"""`vestnik source probe`: what a user sees of a site before watching it."""

from __future__ import annotations

from pathlib import Path

import pytest
import small_sites
from service_runner import Command, configured
from small_sites import served


@pytest.fixture(autouse=True)
def configuration(workplace: Path) -> Path:
    return configured(workplace, '[source.other]\nurl = "http://127.0.0.2:9/"\n')


def test_every_way_is_shown_and_the_chosen_one_with_its_newest_publication(vestnik: Command) -> None:
    with served(small_sites.wordpress()) as site:
        ended = vestnik("source", "probe", f"{site.url}/")
    newest = small_sites.posts(8, "/{date:%Y/%m}/post-{number}/")[0]
    assert ended.status == 0
    assert f"feed  {site.url}/feed/" in ended.out
    assert "8 entries, 8 of them dated, the newest 2026-11-20" in ended.out
    assert f"older ones: {site.url}/page/2/" in ended.out
    assert f"chosen: the feed {site.url}/feed/" in ended.out
    assert "why: the feed shows 6 of the 6 newest publications of the page" in ended.out
    assert f"checked once a day by: the list {site.url}/" in ended.out
    read = ended.out.partition("as it would be read:")[2]
    assert newest.title in read
    assert small_sites.TEXT.strip()[:60] in read


def test_a_way_that_gives_nothing_is_shown_with_its_reason(vestnik: Command) -> None:
    with served(small_sites.broken_feed()) as site:
        ended = vestnik("source", "probe", f"{site.url}/")
    assert ended.status == 0
    after = ended.out.partition(f"feed  {site.url}/rss.xml")[2]
    assert "gives nothing: " in after.partition("\n\n")[0]
    assert f"chosen: the list {site.url}/" in ended.out


def test_programs_get_the_same_as_json(vestnik: Command) -> None:
    with served(small_sites.drupal()) as site:
        (told,) = vestnik("source", "probe", f"{site.url}/", "--json").values
    ways = {way["kind"]: way for way in told["ways"]}
    assert told["chosen"] == {"kind": "feed", "url": f"{site.url}/rss.xml"}
    assert told["second"] == {"kind": "listing", "url": f"{site.url}/"}
    assert (ways["feed"]["entries"], ways["feed"]["dated"], ways["feed"]["error"]) == (8, 8, "")
    assert len(ways["feed"]["sample"]) == 3
    assert ways["sitemap"]["error"]
    assert told["newest"]["title"] == small_sites.posts()[0].title
    assert told["newest"]["url"] == f"{site.url}/ru/node/508"
    assert small_sites.TEXT.strip() in told["newest"]["text"]


def test_nothing_found_ends_with_status_1_and_the_way_out(vestnik: Command) -> None:
    with served({"/": small_sites.page("<h1>Скоро открытие</h1>")}) as site:
        ended = vestnik("source", "probe", f"{site.url}/")
        told = vestnik("source", "probe", f"{site.url}/", "--json")
    assert ended.status == told.status == 1
    assert "nothing chosen: " in ended.out
    assert f"no way to the publications of {site.url}/ was found" in ended.err
    assert "the address of a page that lists publications, or of a feed" in ended.err
    assert told.values[0]["chosen"] is None


def test_a_site_that_is_not_there_is_told_with_its_reason(vestnik: Command) -> None:
    with served({}) as site:
        missing = vestnik("source", "probe", f"{site.url}/none")
    gone = vestnik("source", "probe", f"{site.url}/")
    assert missing.status == gone.status == 1
    assert "404" in missing.err
    assert f"{site.url}/ can't be read: " in gone.err


@pytest.mark.parametrize("address", ["mailto:office@example.org", "example", "ftp://example.org/"])
def test_what_is_no_web_address_is_refused_with_an_example(address: str, vestnik: Command) -> None:
    ended = vestnik("source", "probe", address)
    assert ended.status == 2
    assert "is no web address; write one such as 'https://example.org/news'" in ended.err


def test_probing_keeps_nothing(vestnik: Command) -> None:
    before = vestnik("source", "list", "--json").values
    with served(small_sites.wordpress()) as site:
        assert vestnik("source", "probe", f"{site.url}/").status == 0
    assert vestnik("source", "list", "--json").values == before
    assert vestnik("article", "list").out == ""


def test_a_page_without_a_list_is_shown_as_what_is_watched(vestnik: Command) -> None:
    with served(small_sites.text_alone()) as site:
        ended = vestnik("source", "probe", f"{site.url}/uslugi/tarify")
    assert f"chosen: the page by itself {site.url}/uslugi/tarify" in ended.out
    assert "its changes are its revisions" in ended.out
    assert "Тарифы на услуги связи" in ended.out.partition("as it would be read:")[2]
