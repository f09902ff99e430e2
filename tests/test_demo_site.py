"""The sample site: what a visitor, a feed reader and a collector see of it."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPResponse

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from collector.demo.feed import feed
from collector.demo.files import pdf
from collector.demo.markup import listing_page, node_page, print_page
from collector.demo.node import Generation, Node, SiteLook, address, slug
from collector.demo.site import DemoSite
from collector.demo.texts import texts
from storage.fold import fold

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
BOTH = pytest.mark.parametrize("generation", list(Generation))


def a_node(node_id: int = 9249, **changes: object) -> Node:
    plain = Node(
        node_id, f"Новость № {node_id}", ("Первый абзац.", "Второй абзац."), NOW - timedelta(hours=node_id % 100), alias=f"novost-{node_id}"
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.fixture
def site() -> Iterator[DemoSite]:
    with DemoSite(texts(NOW).nodes) as running:
        yield running


def ask(site: DemoSite, target: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", site.port, timeout=10)
    connection.request(method, target, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def page_of(site: DemoSite, target: str, **headers: str) -> LexborHTMLParser:
    response, body = ask(site, target, **headers)
    assert response.status == 200
    return LexborHTMLParser(body)


def text_of(page: LexborHTMLParser, selector: str) -> str:
    found = page.css_first(selector)
    assert found is not None, selector
    return found.text(strip=True)


def attribute(page: LexborHTMLParser, selector: str, name: str) -> str:
    found = page.css_first(selector)
    assert found is not None, selector
    return found.attributes[name] or ""


# --- one node, many addresses -----------------------------------------------------------------------------------------------------------


ALIAS = "v-primerske-zapuschena-pervaya-ochered-seti-5g"


@pytest.mark.parametrize(
    "target",
    ["/node/5064", "/ru/node/5064", "/ru/node/5064/", f"/ru/{ALIAS}", f"/{ALIAS}", "/ru/news/20-11-2026-5064", "/be/node/5064"],
)
def test_every_form_of_an_address_shows_the_node_and_names_the_same_canonical_address(site: DemoSite, target: str) -> None:
    page = page_of(site, target)
    assert text_of(page, "h1") == "В Примерске запущена первая очередь сети 5G"
    assert attribute(page, "link[rel=canonical]", "href") == f"{site.url}/ru/{ALIAS}"
    assert attribute(page, "link[rel=shortlink]", "href") == f"{site.url}/ru/node/5064"


def test_the_host_that_was_asked_shows_in_canonical_guid_and_source_url(site: DemoSite) -> None:
    for host in ("minsvyaz.example", "xn--b1akbcqh2a7i.xn--90ais:8080"):
        assert attribute(page_of(site, "/node/5064", Host=host), "link[rel=canonical]", "href").startswith(f"http://{host}/ru/")
        assert feedparser.parse(ask(site, "/rss.xml", Host=host)[1]).entries[0].id == f"5064 at http://{host}"
        assert text_of(page_of(site, "/node/5064/printable/print", Host=host), "body > i").startswith(f"http://{host}/v-primerske")


def test_the_print_view_knows_no_alias_in_a_language_that_the_node_does_not_have(site: DemoSite) -> None:
    assert text_of(page_of(site, "/be/node/5064/printable/print"), "body > i") == f"{site.url}/node/5064"


def test_a_russian_node_under_the_belarusian_address_keeps_its_text_under_belarusian_labels(site: DemoSite) -> None:
    page = page_of(site, "/be/node/5064")
    assert text_of(page, ".field__label") == "Малюнак"
    assert "введена в коммерческую эксплуатацию" in text_of(page, ".field--name-body")


@pytest.mark.parametrize(
    "target", ["/ru/nothing-here", "/node/1", "/node/1/printable/print", "/sites/default/files/none.pdf", "/admin/x.php", "//[", "/%00"]
)
def test_what_does_not_exist_is_a_page_with_404(site: DemoSite, target: str) -> None:
    response, body = ask(site, target)
    assert response.status == 404
    assert text_of(LexborHTMLParser(body), "h1") == "Страница не найдена"


# --- lists and feed ---------------------------------------------------------------------------------------------------------------------


def rows(page: LexborHTMLParser) -> list[str]:
    return [link.text(strip=True) for link in page.css("h2 a[rel=bookmark]")]


def test_following_the_pager_shows_every_node_of_a_language_once_the_newest_first(site: DemoSite) -> None:
    first, second = page_of(site, "/"), page_of(site, "/ru/news?page=1")
    assert attribute(first, ".pager__item--next a", "href") == "?page=1"
    assert second.css_first(".pager__item--next") is None
    listed = rows(first) + rows(second)
    assert len(rows(first)) == 10
    assert listed == [node.title for node in texts(NOW).nodes if node.language == "ru" and not node.sticky]


def test_a_page_number_beyond_the_last_shows_the_last_page(site: DemoSite) -> None:
    assert rows(page_of(site, "/?page=999")) == rows(page_of(site, "/?page=1"))
    for strange in ("-3", "x", "9" * 5000, ""):
        assert rows(page_of(site, f"/?page={strange}")) == rows(page_of(site, "/"))


@pytest.mark.parametrize(("target", "start"), [("/be", "Мінсувязі падвяло"), ("/en/news", "Primeria and Northland")])
def test_each_language_has_its_own_list(site: DemoSite, target: str, start: str) -> None:
    (only,) = rows(page_of(site, target))
    assert only.startswith(start)


def test_the_feed_holds_the_ten_newest_of_all_languages_with_their_times(site: DemoSite) -> None:
    read = feedparser.parse(ask(site, "/rss.xml")[1])
    assert not read.bozo
    newest = texts(NOW).nodes[:10]
    assert [entry.title for entry in read.entries] == [node.title for node in newest]
    assert [parsedate_to_datetime(entry.published) for entry in read.entries] == [node.created for node in newest]
    assert read.entries[0].link == site.url + address(newest[0])


def test_drupal_7_lists_two_items_a_row_with_dates_and_undated_sticky_ones_apart() -> None:
    nodes = [a_node(number) for number in (3, 2, 1)]
    look = SiteLook("http://minsvyaz.example", Generation.DRUPAL7)
    page = LexborHTMLParser(listing_page(nodes, look, page=0, pages=3, path="/ru/news", sticky=[a_node(77, title="Год качества")]))
    assert [len(row.css(".views-column")) for row in page.css(".view-news-block .views-row")] == [2, 1]
    assert [found.text() for found in page.css(".views-field-created .field-content")] == ["20.11.2026"] * 3
    assert [link.attributes["href"] for link in page.css("h4.field-content a")] == ["/ru/novost-3", "/ru/novost-2", "/ru/novost-1"]
    assert text_of(page, ".sticked .views-field-title a") == "Год качества"
    assert [link.attributes["href"] for link in page.css(".pager-next a, .pager-last a")] == ["/ru/news?page=1", "/ru/news?page=2"]


def test_drupal_7_feeds_carry_the_whole_text_and_drupal_10_none_of_it() -> None:
    def described(generation: Generation) -> str:
        made = feed([a_node()], SiteLook("http://minsvyaz.example", generation))
        return str(feedparser.parse(made.encode()).entries[0].description)

    assert "Второй абзац." in described(Generation.DRUPAL7)
    assert "Новость № 9249" in described(Generation.DRUPAL10)
    assert "абзац" not in described(Generation.DRUPAL10)


# --- pages ------------------------------------------------------------------------------------------------------------------------------


@BOTH
def test_a_page_shows_all_that_the_node_has(generation: Generation) -> None:
    node = a_node(image="2026-11/x.png", attachment=("2026-11/plan.pdf", 12345))
    page = LexborHTMLParser(node_page(node, SiteLook("http://minsvyaz.example", generation)))
    assert text_of(page, "h1") == node.title
    paragraphs = ".field-name-body p" if generation is Generation.DRUPAL7 else ".field--name-body p"
    assert [found.text() for found in page.css(paragraphs)] == list(node.paragraphs)
    assert "/styles/large/public/2026-11/x.png?itok=" in attribute(page, ".field-type-image img, .field--type-image img", "src")
    assert attribute(page, ".file a", "href").endswith("/sites/default/files/2026-11/plan.pdf")


@BOTH
def test_what_an_editor_typed_is_text_and_never_markup(generation: Generation) -> None:
    rough = a_node(title='<b>"Связь" & почта</b>', teaser="<i>", paragraphs=("<script>alert(1)</script>",), attachment=("a&b.pdf", 1))
    look = SiteLook('http://"><script>', generation)
    for made in (node_page(rough, look), listing_page([rough], look, sticky=[rough]), print_page(rough, look)):
        page = LexborHTMLParser(made)
        assert page.css_first("script, b b, i i") is None
        assert rough.title in (page.text() if page.body is None else page.body.text())
    assert feedparser.parse(feed([rough], look).encode()).entries[0].title == rough.title


@pytest.mark.parametrize(("language", "label"), [("ru", "Изображение"), ("be", "Малюнак"), ("en", "Image")])
def test_field_labels_follow_the_language_and_drupal_7_adds_a_colon_and_a_hard_space(language: str, label: str) -> None:
    for generation, shown in ((Generation.DRUPAL7, f"{label}:\xa0"), (Generation.DRUPAL10, label)):
        page = LexborHTMLParser(node_page(a_node(image="x.png"), SiteLook("http://a.example", generation, language)))
        assert page.css(".field-label, .field__label")[0].text() == shown


def test_drupal_7_writes_relative_canonical_addresses_and_drupal_10_the_node_number_only_when_asked() -> None:
    node = a_node(alias="", translations=("be",))
    seven = LexborHTMLParser(node_page(node, SiteLook("http://a.example", Generation.DRUPAL7)))
    assert attribute(seven, "link[rel=canonical]", "href") == "/ru/news/18-11-2026-9249"
    assert attribute(seven, "link[rel=shortlink]", "href") == "/ru/node/9249"
    plain, marked = (LexborHTMLParser(node_page(node, SiteLook("http://a.example", history_id=on))) for on in (False, True))
    assert plain.css_first("[data-history-node-id]") is None
    assert attribute(marked, "article", "data-history-node-id") == "9249"
    assert [link.attributes["hreflang"] for link in marked.css("link[rel=alternate][hreflang]")] == ["ru", "be"]


def test_times_without_a_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        Node(1, "a", (), NOW.replace(tzinfo=None))


def test_aliases_are_cut_between_words_as_the_real_site_cuts_them() -> None:
    assert slug("Визит Министра информации и телекоммуникаций Республики Сербия в Беларусь") == (
        "vizit-ministra-informacii-i-telekommunikaciy-respubliki-serbiya-v-belarus"
    )
    assert len(slug("слово " * 40)) <= 100


# --- files ------------------------------------------------------------------------------------------------------------------------------


def test_pictures_and_documents_are_whole_and_as_long_as_the_page_says(site: DemoSite) -> None:
    page = page_of(site, "/node/5055")
    response, document = ask(site, attribute(page, ".file a", "href"))
    assert response.headers["Content-Type"] == "application/pdf"
    assert f"({len(document)} bytes)" in text_of(page, ".field--name-field-file")
    table = int(document.rsplit(b"startxref\n", 1)[1].split()[0])
    assert document[table:].startswith(b"xref\n0 6\n")
    first = int(document[table:].split(b"\n")[3][:10])
    assert document[first:].startswith(b"1 0 obj")
    picture = ask(site, attribute(page_of(site, "/node/5064"), ".field--name-field-image img", "src"))[1]
    pixels = picture[picture.index(b"IDAT") + 4 :]
    assert len(zlib.decompressobj().decompress(pixels)) == (48 * 3 + 1) * 32


@pytest.mark.parametrize("size", [700, 10_000, 99_999, 100_000])
def test_a_document_has_the_size_that_was_asked_for(size: int) -> None:
    assert len(pdf("Primeria", size)) == size


# --- asking again -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["/", "/rss.xml", "/node/5064"])
def test_what_has_not_changed_is_answered_without_a_body(site: DemoSite, target: str) -> None:
    first, _ = ask(site, target)
    for condition in ({"If_None_Match": first.headers["ETag"]}, {"If_Modified_Since": first.headers["Last-Modified"]}):
        again, body = ask(site, target, **condition)
        assert (again.status, body) == (304, b"")
    changed, _ = ask(site, target, If_None_Match='"other"', If_Modified_Since=first.headers["Last-Modified"])
    assert changed.status == 200


def test_head_tells_what_get_would_send(site: DemoSite) -> None:
    (head, nothing), (_, body) = ask(site, "/node/5064", "HEAD"), ask(site, "/node/5064")
    assert (head.status, nothing, head.headers["Content-Length"]) == (200, b"", str(len(body)))


def test_robots_lets_publications_be_read(site: DemoSite) -> None:
    rules = ask(site, "/robots.txt")[1].decode()
    assert "Disallow: /admin/" in rules
    assert "/node/add/" in rules
    assert "Disallow: /node/5" not in rules


# --- a living site ----------------------------------------------------------------------------------------------------------------------


def test_a_publication_appears_is_edited_and_disappears(site: DemoSite) -> None:
    later = texts(NOW).later
    site.publish(later)
    etag = ask(site, f"/node/{later.id}")[0].headers["ETag"]
    assert rows(page_of(site, "/"))[0] == later.title
    site.edit(later.id, lambda node: replace(node, paragraphs=("Исправлено.",), changed=NOW))
    response, body = ask(site, f"/node/{later.id}", If_None_Match=etag)
    assert response.status == 200
    assert "Исправлено." in body.decode()
    site.remove(later.id)
    assert ask(site, f"/node/{later.id}")[0].status == 404
    assert later.title not in rows(page_of(site, "/"))


def test_mistakes_about_what_is_published_are_loud(site: DemoSite) -> None:
    with pytest.raises(ValueError, match="5064"):
        site.publish(a_node(5064))
    with pytest.raises(KeyError):
        site.remove(1)
    with pytest.raises(KeyError):
        site.edit(1, lambda node: node)


def test_requests_are_recorded_and_announced() -> None:
    heard: list[str] = []
    with DemoSite([a_node()], on_request=heard.append) as site:
        ask(site, "/node/9249", Host="a.example")
        ask(site, "/none?x=1", "HEAD", Host="b.example")
        assert site.requests == (("GET", "a.example", "/node/9249", 200), ("HEAD", "b.example", "/none?x=1", 404))
    assert heard == ["/node/9249", "/none?x=1"]


def test_changes_and_requests_from_many_threads_do_not_disturb_each_other() -> None:
    with DemoSite([a_node(1)]) as site:
        statuses: list[int] = []

        def read() -> None:
            statuses.extend(ask(site, "/rss.xml")[0].status for _ in range(10))

        def write(start: int) -> None:
            for number in range(start, start + 30):
                site.publish(a_node(number))

        threads = [threading.Thread(target=read) for _ in range(3)] + [
            threading.Thread(target=write, args=(start,)) for start in (100, 200)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert statuses == [200] * 30
        assert ask(site, "/node/229")[0].status == 200


def test_a_closed_site_refuses_and_cuts_open_connections_and_comes_back_at_the_same_port() -> None:
    site = DemoSite([a_node()])
    with site:
        kept = HTTPConnection("127.0.0.1", site.port, timeout=10)
        kept.request("GET", "/")
        kept.getresponse().read()
        port = site.port
    with pytest.raises(OSError):  # noqa: PT011 - the system's words differ
        ask(site, "/")
    assert kept.sock.recv(1) == b""
    kept.close()
    site.close()
    with site:
        assert site.port == port
        assert ask(site, "/")[0].status == 200


# --- the texts --------------------------------------------------------------------------------------------------------------------------


def test_the_texts_are_many_dated_before_now_and_the_same_for_the_same_moment() -> None:
    made = texts(NOW)
    assert made == texts(NOW)
    assert len(made.nodes) >= 14
    assert timedelta(0) < NOW - made.nodes[0].created < timedelta(hours=12)
    assert {node.language for node in made.nodes} == {"ru", "be", "en"}
    for node in (*made.nodes, made.later, made.edited):
        assert node.created <= NOW
        assert 100 <= sum(len(paragraph.split()) for paragraph in node.paragraphs) <= 250
        assert "{" not in " ".join(node.paragraphs)


def test_dates_in_the_texts_follow_the_publication_and_its_language() -> None:
    nodes = {node.id: node for node in texts(datetime(2027, 1, 2, 9, 0, tzinfo=UTC)).nodes}
    assert nodes[5061].paragraphs[0].startswith("31 декабря в режиме")
    assert nodes[5058].paragraphs[0].startswith("У Міністэрстве сувязі Прымерыі 30 снежня")
    assert nodes[5053].paragraphs[0].startswith("On 28 December")


def test_the_later_publication_names_the_organisation_in_another_case() -> None:
    later = texts(NOW).later
    assert "шанхайской организации сотрудничества" in fold(later.title)
    assert later.created == NOW


def test_the_edit_changes_a_date_and_a_price_and_nothing_else() -> None:
    made = texts(NOW)
    before = next(node for node in made.nodes if node.id == made.edited.id)
    assert replace(made.edited, paragraphs=before.paragraphs, changed=None) == before
    old, new = (set(" ".join(node.paragraphs).split()) for node in (before, made.edited))
    assert old - new == {"22", "4,5"}
    assert new - old == {"29", "5,2"}


def test_two_meetings_of_one_series_share_a_title_and_differ_in_ordinal_date_and_address() -> None:
    third, second = (node for node in texts(NOW).nodes if node.title.startswith("Заседание рабочей группы РСС"))
    assert third.title == second.title
    assert third.alias == f"{second.alias}-0"
    assert len(set(third.paragraphs) & set(second.paragraphs)) >= 3
    assert "третье заседание" in third.paragraphs[0]
    assert "второе заседание" in second.paragraphs[0]
