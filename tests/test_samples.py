"""Samples: `source record` keeps a page with what it says, `source test` tells where a definition understands it otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from service_runner import Command, configured, demo_site, source

from collector.demo.site import DemoSite
from collector.page import Page
from collector.sampling import (
    ArticleSays,
    Kind,
    LinkSays,
    ListingSays,
    SampleError,
    Says,
    differences,
    keep_sample,
    kind_of,
    load_samples,
)
from collector.sites import load_site

SEEN = datetime(2026, 11, 20, 9, tzinfo=UTC)
SHIPPED = Path(__file__).parent / "data" / "sites"
ARTICLE = ArticleSays("Заголовок", ("Первый абзац.", "Второй абзац."), "2026-11-19", "ru", "", "", ("https://example.org/a.pdf",))
LISTING = ListingSays((LinkSays("https://example.org/1", "Раз", "2026-11-19"), LinkSays("https://example.org/2", "Два")), "")


@pytest.fixture
def site(workplace: Path) -> Iterator[DemoSite]:
    """A sample ministry, and a configuration that watches it."""
    with demo_site() as served:
        configured(workplace, source(served))
        yield served


def page(url: str = "https://example.org/news/slug.html", body: bytes = b"<p>x", content_type: str = "text/html") -> Page:
    return Page(url, url, content_type, body)


# --- the commands -------------------------------------------------------------------------------------------------------------------------


def test_a_recorded_list_and_article_fit_until_the_page_is_understood_otherwise(site: DemoSite, workplace: Path, vestnik: Command) -> None:
    recorded = vestnik("source", "record", "demo", f"{site.url}/", "--json").values[0]
    assert (recorded["kind"], len(recorded["expected"]["links"])) == ("listing", 3)
    address = recorded["expected"]["links"][0]["url"]
    shown = vestnik("source", "record", "demo", address)
    assert recorded["expected"]["links"][0]["title"] in shown.out
    assert "kept as" in shown.out
    site.close()  # no network from here on
    ended = vestnik("source", "test", "demo")
    assert (ended.status, ended.out.count("  fits\n"), ended.err) == (0, 2, "")
    file = next(found for found in (workplace / "data" / "samples" / "demo").glob("*.json") if '"article"' in found.read_text())
    told = json.loads(file.read_text(encoding="utf-8"))
    told["expected"] |= {"title": "Другое", "text": told["expected"]["text"][1:]}
    file.write_text(json.dumps(told), encoding="utf-8")
    ended = vestnik("source", "test")
    assert ended.status == 1
    assert f'demo  {file.stem}  differs\n    title: expected "Другое", found' in ended.out
    assert "text 1: expected" in ended.out
    assert ended.err == "vestnik: 1 of 2 samples are understood otherwise than expected\n"
    (differs,) = [value for value in vestnik("source", "test", "--json").values if not value["fits"]]
    assert differs["differences"][0]["expected"] == "Другое"


def test_a_saved_page_is_recorded_with_the_address_that_it_came_from(workplace: Path, vestnik: Command) -> None:
    configured(workplace)
    sample = load_samples(SHIPPED / "mpt.gov.by")[-1]
    saved = workplace / "saved.html"
    saved.write_bytes(sample.page.body)
    told = vestnik(
        "source", "record", "mpt.gov.by", str(saved), "--url", sample.page.url, "--into", str(workplace / "kept"), "--json"
    ).values[0]
    assert Path(told["file"]).parent == workplace / "kept" / "mpt.gov.by"
    (kept,) = load_samples(workplace / "kept" / "mpt.gov.by")
    assert (kept.page.body, kept.page.url) == (sample.page.body, sample.page.url)
    assert vestnik("source", "test", "--folder", str(workplace / "kept")).out == f"mpt.gov.by  {kept.name}  fits\n"


def test_the_samples_that_ship_fit_their_definitions(workplace: Path, vestnik: Command) -> None:
    configured(workplace)
    ended = vestnik("source", "test", "--folder", str(SHIPPED))
    assert ended.out.count("  fits") == len(list(SHIPPED.glob("*/*.json"))), ended.out
    assert ended.status == 0


def test_a_page_that_can_not_be_read_any_more_is_told_with_the_reason(workplace: Path, vestnik: Command) -> None:
    configured(workplace)
    keep_sample(
        workplace / "data" / "samples" / "mpt.gov.by", page("https://mpt.gov.by/ru/slug", b"<title> </title>"), Kind.ARTICLE, SEEN, ARTICLE
    )
    ended = vestnik("source", "test")
    assert ended.status == 1
    assert "can't be read: no publication was recognised in the page" in ended.out


WRONG = {
    "an unknown source": (["source", "record", "mpt.gov.bu", "https://mpt.gov.by/"], 2, "'mpt.gov.bu'; did you mean 'mpt.gov.by'?"),
    "an unknown source to test": (["source", "test", "nobody"], 2, "there is no source or definition 'nobody'"),
    "no samples at all": (["source", "test"], 1, "there are no samples in "),
    "a source without samples": (["source", "test", "mpt.gov.by"], 1, "`vestnik source record mpt.gov.by URL` keeps one"),
    "a file without an address": (["source", "record", "mpt.gov.by", "saved.html"], 2, "tell by --url where it came from"),
    "a file that is not there": (["source", "record", "mpt.gov.by", "none.html", "--url", "https://mpt.gov.by/a"], 1, "No such file"),
    "an address that is none": (["source", "record", "mpt.gov.by", "a.html", "--url", "mpt.gov.by"], 2, "'mpt.gov.by' is no web address"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_wrong_use_is_told_with_the_way_out(case: str, workplace: Path, vestnik: Command) -> None:
    configured(workplace)
    arguments, status, words = WRONG[case]
    ended = vestnik(*arguments)
    assert (ended.status, ended.out) == (status, "")
    assert words in ended.err


# --- the files ----------------------------------------------------------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
articles = st.builds(ArticleSays, texts, st.tuples(texts, texts), texts, texts, texts, texts, st.tuples(texts))
listings = st.builds(ListingSays, st.lists(st.builds(LinkSays, texts, texts, texts), max_size=4).map(tuple), texts)


@given(expected=articles | listings, body=st.binary(max_size=200), slug=texts)
def test_what_was_kept_is_what_is_loaded(tmp_path_factory: pytest.TempPathFactory, expected: Says, body: bytes, slug: str) -> None:
    folder = tmp_path_factory.mktemp("samples")
    kind = Kind.ARTICLE if isinstance(expected, ArticleSays) else Kind.LISTING
    kept = page(f"https://example.org/{slug}", body)
    file = keep_sample(folder, kept, kind, SEEN, expected)
    (sample,) = load_samples(folder)
    assert (sample.name, sample.page, sample.kind, sample.seen, sample.expected) == (file.stem, kept, kind, SEEN, expected)
    assert file.parent == folder


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://example.org/", "2026-11-20-page"),
        ("https://example.org/news/slug.html", "2026-11-20-slug"),
        ("https://example.org/ru/news/01-11-2022-8143/", "2026-11-20-01-11-2022-8143"),
        ("https://example.org/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8", "2026-11-20-page"),
        ("https://example.org/..%2F..%2Fetc%2Fpasswd", "2026-11-20-passwd"),
        (f"https://example.org/{'a' * 500}", f"2026-11-20-{'a' * 60}"),
        ("https://example.org/rss.xml?page=2", "2026-11-20-rss-xml"),
    ],
)
def test_a_sample_is_named_by_its_day_and_its_address(url: str, name: str, tmp_path: Path) -> None:
    assert keep_sample(tmp_path, page(url), Kind.ARTICLE, SEEN, ARTICLE).stem == name


def test_a_sample_is_never_written_over(tmp_path: Path) -> None:
    first = keep_sample(tmp_path, page(), Kind.ARTICLE, SEEN, ARTICLE)
    second = keep_sample(tmp_path, page(body=b"<p>y"), Kind.ARTICLE, SEEN, replace(ARTICLE, title="Другой"))
    assert [sample.page.body for sample in load_samples(tmp_path)] == [b"<p>y", b"<p>x"]
    assert (first.stem, second.stem) == ("2026-11-20-slug", "2026-11-20-slug-2")


BROKEN = {
    "no JSON": ("{", "it is not as a sample should be"),
    "no object": ("[]", "it is not as a sample should be"),
    "no address": ("{}", "url is missing"),
    "an unknown kind": (
        '{"url": "", "content_type": "", "kind": "x", "seen": "2026-11-20", "expected": {}}',
        "it is not as a sample should be",
    ),
    "an unknown field": (
        '{"url": "", "content_type": "", "kind": "article", "seen": "2026-11-20", "expected": {"titel": ""}}',
        "it is not as a sample should be",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_sample_is_named(case: str, tmp_path: Path) -> None:
    text, words = BROKEN[case]
    (tmp_path / "one.json").write_text(text, encoding="utf-8")
    (tmp_path / "one.html").write_bytes(b"")
    with pytest.raises(SampleError) as raised:
        load_samples(tmp_path)
    assert str(raised.value).startswith(f"{tmp_path / 'one.json'}: ")
    assert words in str(raised.value)


def test_a_sample_without_its_page_is_named(tmp_path: Path) -> None:
    file = keep_sample(tmp_path, page(), Kind.ARTICLE, SEEN, ARTICLE)
    file.with_suffix(".html").unlink()
    with pytest.raises(SampleError, match=r"slug\.html: it can't be read: there is no such file"):
        load_samples(tmp_path)


# --- what differs -------------------------------------------------------------------------------------------------------------------------

DIFFERENT: dict[str, tuple[Says, Says, list[str]]] = {
    "nothing": (ARTICLE, ARTICLE, []),
    "a title": (ARTICLE, replace(ARTICLE, title="Иной"), ['title: expected "Заголовок", found "Иной"']),
    "a lost date": (ARTICLE, replace(ARTICLE, published=""), ['published: expected "2026-11-19", found nothing']),
    "a label in the text": (
        ARTICLE,
        replace(ARTICLE, text=(*ARTICLE.text, "Поделиться")),
        ['text 3: expected nothing, found "Поделиться"'],
    ),
    "a lost file": (ARTICLE, replace(ARTICLE, attachments=()), ['attachments 1: expected "https://example.org/a.pdf", found nothing']),
    "a lost link": (LISTING, replace(LISTING, links=LISTING.links[:1]), ['link: expected "https://example.org/2", found nothing']),
    "a menu's link": (
        LISTING,
        replace(LISTING, links=(*LISTING.links, LinkSays("https://example.org/about"))),
        ['link: expected nothing, found "https://example.org/about"'],
    ),
    "a link's date": (
        LISTING,
        replace(LISTING, links=(replace(LISTING.links[0], published=""), LISTING.links[1])),
        ['published of https://example.org/1: expected "2026-11-19", found nothing'],
    ),
    "the order": (
        LISTING,
        replace(LISTING, links=LISTING.links[::-1]),
        ['order of links: expected "https://example.org/1", found "https://example.org/2"'],
    ),
    "the next page": (
        LISTING,
        replace(LISTING, next_page="https://example.org/p2"),
        ['next_page: expected nothing, found "https://example.org/p2"'],
    ),
    "the kind": (LISTING, ARTICLE, ['kind: expected "ListingSays", found "ArticleSays"']),
}


@pytest.mark.parametrize("case", DIFFERENT)
def test_what_differs_is_told_field_by_field(case: str) -> None:
    expected, found, words = DIFFERENT[case]
    assert [str(one) for one in differences(expected, found)] == words


def test_a_list_that_is_not_understood_at_all_is_told_in_a_few_lines() -> None:
    many = ListingSays(tuple(LinkSays(f"https://example.org/{number}") for number in range(100)))
    assert len(differences(many, ListingSays(()))) == 5


@pytest.mark.parametrize(
    ("url", "body", "kind"),
    [
        ("https://www.mpt.gov.by/?page=3", b"<p>", Kind.LISTING),
        ("https://mpt.gov.by", b"<p>", Kind.LISTING),
        ("https://mpt.gov.by/ru/slug", b"<p>", Kind.ARTICLE),
        ("https://mpt.gov.by/any", b"<rss version='2.0'>", Kind.LISTING),
    ],
)
def test_a_page_is_a_list_where_its_source_looks_for_news(url: str, body: bytes, kind: Kind) -> None:
    assert kind_of(page(url, body), load_site("mpt.gov.by")) is kind
