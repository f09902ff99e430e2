"""Addresses: which are one, which are two, and which are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.address import Family, address_keys, family_of, host_of, is_web_address, join, link_key, node_key, normal_host
from collector.sites import load_site

MPT = load_site("mpt.gov.by")
FAMILY = family_of(MPT.name, MPT.hosts, MPT.node_patterns)
HOSTS = ["mpt.gov.by", "www.mpt.gov.by", "минсвязи.бел", "xn--b1akbcqh2a7i.xn--90ais", "WWW.MPT.GOV.BY", "mpt.gov.by.", "МИНСВЯЗИ.БЕЛ"]
NODE_PATHS = [
    "/node/8143", "/ru/node/8143", "/be/node/8143/", "/en/node/8143", "/ru/news/01-11-2022-8143", "/be/news/02-11-2022-8143",
    "/node/8143/printable/print", "/ru/node/8143/printable/pdf", "/node/8143?itok=AbC", "/ru/node/8143?utm_source=x&fbclid=1",
    "/node/8143#top",
]  # fmt: skip
SLUG_PATHS = ["/ru/vizit-ministra", "/vizit-ministra", "/be/vizit-ministra/", "/vizit-ministra/index.html", "/ru/vizit-ministra?print=1"]
ADDRESSES = st.one_of(
    st.text(),
    st.from_regex(r"(https?:)?//[a-zа-я.:@。www-]{0,20}[/?#][a-zа-я0-9%=&/._-]{0,30}", fullmatch=True),
    st.from_regex(r"/?(ru/)?(node|news|print)/[0-9-]{1,30}(/printable/print)?", fullmatch=True),
)


@pytest.mark.parametrize("scheme", ["http", "https", "HTTPS"])
@pytest.mark.parametrize("host", HOSTS)
def test_every_spelling_of_a_nodes_address_has_one_key(scheme: str, host: str) -> None:
    assert {address_keys(f"{scheme}://{host}{path}", FAMILY) for path in NODE_PATHS} == {("node:8143",)}


@pytest.mark.parametrize("host", HOSTS)
def test_every_spelling_of_an_alias_has_one_key(host: str) -> None:
    assert {address_keys(f"http://{host}{path}", FAMILY) for path in SLUG_PATHS} == {("/vizit-ministra",)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/ru/zasedanie", "/ru/zasedanie-0"),
        ("/node/10378", "/node/10379"),
        ("/ru/news/01-11-2022-8143", "/ru/news/01-11-2022-8144"),
        ("/news?id=1", "/news?id=2"),
        ("/?page=1", "/?page=2"),
        ("/modules.php?file=article&sid=1024", "/modules.php?file=article&sid=1025"),
        ("/document?ref=17", "/document?ref=18"),
        ("/list?from=20", "/list?from=40"),
        ("/Doc", "/doc"),
        ("/russia", "/sia"),
    ],
)
def test_different_publications_have_different_keys(one: str, other: str) -> None:
    assert set(address_keys(f"https://mpt.gov.by{one}", FAMILY)).isdisjoint(address_keys(f"https://mpt.gov.by{other}", FAMILY))


@pytest.mark.parametrize(
    "noise", ["?utm_campaign=a", "?PHPSESSID=0f", "?sid=0fae81b2", "?from=telegram", "?ref=main", "#c1", "/", "?yclid=1"]
)
def test_what_says_how_somebody_came_here_is_no_part_of_the_key(noise: str) -> None:
    assert link_key(f"https://example.org/a{noise}") == link_key("http://example.org:80/a") == "example.org/a"


def test_the_order_of_query_arguments_does_not_matter() -> None:
    assert link_key("http://example.org/?b=2&a=1&utm_term=x") == link_key("http://example.org/?a=1&b=2")


@pytest.mark.parametrize("path", ["/ru/print/node/77", "/print/node/77", "/node/77/print", "/ru/node/77/printmail", "/en/node/77/printpdf"])
def test_print_views_are_their_pages(path: str) -> None:
    assert address_keys(f"https://mpt.gov.by{path}", FAMILY) == ("node:77",)


# --- what pages claim -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claimed", "keys"),
    [
        (["/ru/node/9249"], ("/slug", "node:9249")),
        (["https://www.mpt.gov.by/node/9249", "/ru/news/12-04-2024-9249"], ("/slug", "node:9249")),
        (["https://xn--b1akbcqh2a7i.xn--90ais/slug"], ("/slug",)),
        (["node/9249"], ("/slug", "node:9249")),
        (["/"], ("/slug",)),
        (["/ru"], ("/slug",)),
        (["https://example.org/node/9249"], ("/slug",)),
        (["", "   ", "javascript:void(0)", "mailto:a@example.org", "http://["], ("/slug",)),
    ],
)
def test_claims_are_believed_within_the_family_alone(claimed: list[str], keys: tuple[str, ...]) -> None:
    assert address_keys("https://mpt.gov.by/ru/slug", FAMILY, claimed) == keys


def test_a_node_number_reads_the_same_with_leading_zeros() -> None:
    assert node_key("0042") == node_key(42) == "node:42"


def test_a_family_is_known_by_any_of_its_hosts() -> None:
    assert all(FAMILY.holds(f"http://{host}/x") for host in HOSTS)
    assert not FAMILY.holds("http://mpt.gov.by.example.org/")
    assert not FAMILY.holds("http://other.gov.by/")
    assert not FAMILY.holds("no address")


@pytest.mark.parametrize(
    ("host", "normal"),
    [
        ("WWW.Example.ORG.", "example.org"),
        ("минсвязи.бел", "xn--b1akbcqh2a7i.xn--90ais"),
        ("example.org:8080", "example.org:8080"),
        ("example。org。", "example.org"),
        ("www.by", "www.by"),
        ("not a host", "not a host"),
        ("", ""),
    ],
)
def test_hosts_are_written_in_one_way(host: str, normal: str) -> None:
    assert normal_host(host) == normal


@pytest.mark.parametrize(
    ("reference", "absolute"),
    [
        ("?page=1", "https://mpt.gov.by/ru/news?page=1"),
        ("/node/1", "https://mpt.gov.by/node/1"),
        ("slug", "https://mpt.gov.by/ru/slug"),
        ("//www.mpt.gov.by/x#y", "https://www.mpt.gov.by/x"),
        (" http://user:secret@mpt.gov.by/ ", "http://mpt.gov.by/"),
        ("#top", "https://mpt.gov.by/ru/news"),
        ("", None),
        ("\n", None),
        ("mailto:a@example.org", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("http://[::", None),
        ("/" + "x" * 3000, None),
    ],
)
def test_references_are_resolved_as_on_the_page(reference: str, absolute: str | None) -> None:
    assert join("https://mpt.gov.by/ru/news", reference) == absolute


# --- any string at all ------------------------------------------------------------------------------------------------------------------


@given(ADDRESSES)
def test_no_string_is_too_odd_to_be_asked_about(text: str) -> None:
    is_web_address(text)
    normal_host(host_of(text))
    joined = join("https://mpt.gov.by/ru/news", text)
    if joined is not None:
        assert is_web_address(joined)
        assert link_key(joined)
        assert address_keys(joined, FAMILY, [text])


@given(ADDRESSES)
def test_folding_an_address_twice_changes_nothing_more(text: str) -> None:
    assert normal_host(normal_host(text)) == normal_host(text)
    joined = join("https://mpt.gov.by/", text)
    if joined is not None:
        assert join(joined, joined) == joined


@given(path=st.from_regex(r"(/[a-zа-яё0-9-]{1,8}){1,3}", fullmatch=True), language=st.sampled_from(["", "/ru", "/be", "/en"]))
def test_host_scheme_language_and_tracking_never_change_a_key(path: str, language: str) -> None:
    site = Family("example", frozenset({"example.org"}))
    plain = address_keys(f"https://example.org{path}", site)
    if path.split("/")[1] not in {"ru", "be", "by", "en", "kk", "zh"}:
        assert address_keys(f"http://www.example.org{language}{path}/?utm_source=feed#x", site) == plain
