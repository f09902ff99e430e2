"""The way to older publications: pagers of every make."""

# ruff: noqa: E501 - one line for each pager

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from listing_pages import NEWS, PAGERS, SITE, page

from collector.discover.listing import read_listing
from collector.discover.listing.pager import number_in
from collector.sites import plain_site

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
PRESS = plain_site("press", SITE, ("press.example",))


def next_of(pager: str, path: str = "/news") -> str:
    found = read_listing(page(NEWS["items of a list"] + pager), SITE + path, PRESS, NOW)
    assert found is not None
    assert len(found.links) == 6
    return found.next_page.removeprefix(SITE)


@pytest.mark.parametrize(("path", "pager", "wanted"), PAGERS.values(), ids=PAGERS)
def test_the_next_page_is_the_next_older_one(path: str, pager: str, wanted: str) -> None:
    assert next_of(pager, path) == wanted


@pytest.mark.parametrize("arrow", ["›", "»", ">", "→", "››"])
def test_an_arrow_leads_on(arrow: str) -> None:
    assert next_of(f"<p><a href='?page=1'>‹</a> 3 <a href='?page=3'>{arrow}</a></p>", "/news?page=2") == "/news?page=3"


@given(st.integers(1, 500), st.sampled_from(["page", "PAGEN_1", "p", "paged"]))
def test_a_pager_of_numbers_is_followed_one_by_one(here: int, name: str) -> None:
    shown = (1, here - 1, here + 1, here + 2, 999)
    links = "".join(f"<a href='?{name}={number}'>{number}</a> " for number in shown if number > 0)
    assert next_of(f"<div class=pages>{links}</div>", f"/news?{name}={here}") == f"/news?{name}={here + 1}"


@given(st.integers(1, 500), st.booleans())
def test_an_arrow_to_the_last_page_is_not_the_next(here: int, last_first: bool) -> None:
    onward = [f"<a href='?page={here + 1}'>›</a>", "<a href='?page=900'>»</a>"]
    assert next_of("".join(reversed(onward) if last_first else onward), f"/news?page={here}") == f"/news?page={here + 1}"


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("https://press.example/news?page=4", 4),
        ("https://press.example/news/page/2/", 2),
        ("https://press.example/news/p20/", 20),
        ("https://press.example/?start=10", 10),
        ("https://press.example/news/3", 3),
        ("https://press.example/news/2026", None),
        ("https://press.example/news?per_page=50", None),
        ("https://press.example/?page_id=12", None),
        ("https://press.example/news", None),
    ],
)
def test_the_number_of_a_page_is_read_off_its_address(url: str, number: int | None) -> None:
    assert number_in(url) == number


@pytest.mark.parametrize(
    ("path", "link", "wanted"),
    [
        ("/s/press", "<a class=messages_more href='/s/press?before=101'></a>", "/s/press?before=101"),
        ("/@press", "<a class=load-more href='/@press?max_id=7765'>Show older</a>", "/@press?max_id=7765"),
        ("/news", "<a href='/login?before=/news'>Войти</a>", ""),
    ],
)
def test_a_channel_goes_on_from_its_oldest_entry(path: str, link: str, wanted: str) -> None:
    assert next_of(link, path) == wanted


@pytest.mark.parametrize(
    ("path", "pager", "wanted"),
    [
        ("/news", "<a href='/news?page=2'>Показать ещё 10 новостей</a>", "/news?page=2"),
        ("/news", "<a href='/news?page=2'>Больше новостей</a>", "/news?page=2"),
        ("/news", "<a href='/news?page=2'>Show older articles</a>", "/news?page=2"),
        ("/news", "<div class='nav-previous'><a href='/news/page/2/'>Ранее</a></div>", "/news/page/2/"),
        ("/news", "<a href='/news?page=2'>Предыдущая страница</a>", "/news?page=2"),
        ("/news?page=3", "<a href='/news?page=2'>Предыдущая страница</a>", ""),
        ("/news", "<div class='pagination'><a href='/news?page=2'><img src=r.gif alt='Следующая'></a></div>", "/news?page=2"),
        ("/news?pg=1", "<a href='/news?pg=2'>[2]</a> <a href='/news?pg=3'>[3]</a>", "/news?pg=2"),
        ("/news?page=5", "<a href='?page=4'>4</a> 5 <a href='?page=6'>6</a> <a href='?page=7'>»</a>", "/news?page=6"),
        ("/", "<div id='blog-pager'><a href='/search?updated-max=2026-11-02'>Следующие</a></div>", "/search?updated-max=2026-11-02"),
        ("/search?updated-max=2026", "<a class='newer' href='/search?updated-max=2027&amp;reverse-paginate=true'>Новее</a>", ""),
        ("/wiki/Все", "<p class='nav-pages'><a href='/index.php?title=Все&amp;from=Я'>Следующая страница (Якорь)</a></p>", "/index.php?title=Все&from=Я"),
        ("/wiki/Все", "<p class='nav-pages'><a href='/index.php?title=Другие&amp;from=Я'>Следующая страница (Якорь)</a></p>", ""),
        ("/news", "<a href='/news?year=2025'>2025</a> <a href='/news?year=2024'>2024</a>", ""),
    ],
    ids=[
        "a button with a count", "a button that says more", "a button that says older", "a word for earlier", "the previous page is the older one",
        "the previous page is the newer one", "a picture with words", "numbers in brackets", "an arrow alone to the last page",
        "an entry to go on from", "an entry to go back from", "a wiki's long address of the list", "a wiki's address of another list", "years",
    ],
)  # fmt: skip
def test_a_way_on_is_known_however_it_is_said(path: str, pager: str, wanted: str) -> None:
    assert unquote(next_of(pager, path)) == wanted
