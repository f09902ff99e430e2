"""The way to older publications: pagers of every make."""

from __future__ import annotations

from datetime import UTC, datetime

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
