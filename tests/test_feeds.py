"""What a feed reader gets."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from feeds.build import MEDIA_TYPES, FeedAbout, FeedKind, build
from feeds.text import SUMMARY_LIMIT, shorten
from storage.model import Article, Attachment, Content, FeedState, Revision

SEEN = datetime(2026, 3, 14, 9, 5, tzinfo=UTC)
STATE = FeedState("7d444840-9dc0-41d1-b245-5ffdce74fad2", SEEN + timedelta(hours=5), 7)
ATOM = "{http://www.w3.org/2005/Atom}"
BOTH = pytest.mark.parametrize("kind", list(FeedKind))
# Every code point there is, lone surrogates and controls too.
ANY_TEXT = st.text(st.characters(exclude_categories=()) | st.sampled_from("\x00\x0b\x1f\x7f\x85\ud800\ufffe\u2028 \n<>&]\"'"), max_size=60)


def article(number=1, title="О заседании", text="Первый абзац.\n\nВторой абзац.", **content):
    return Article(
        id=number,
        source="Минсвязи",
        url=f"https://mpt.gov.by/ru/node/{number}",
        locations=(f"https://mpt.gov.by/ru/node/{number}",),
        first_seen_at=SEEN + timedelta(minutes=number),
        updated_at=SEEN + timedelta(minutes=number),
        baseline=False,
        revision=Revision(number, 1, SEEN, Content(title, text, **content)),
    )


def edited(before, at, title):
    content = replace(before.revision.content, title=title)
    return replace(before, updated_at=at, revision=Revision(900, before.revision.number + 1, at, content))


def about(kind):
    return FeedAbout("Вестник", "Все публикации", "http://127.0.0.1:8080/", f"http://127.0.0.1:8080/feeds/all.{kind}", "ru")


def feed(kind, *articles, state=STATE):
    return build(kind, about(kind), state, articles)


def read(kind, *articles, state=STATE):
    parsed = feedparser.parse(feed(kind, *articles, state=state), response_headers={"content-type": MEDIA_TYPES[kind]})
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def everything():
    return [
        article(3, html="<p>Три</p>", published=date(2026, 3, 14), language="be", author="Прэс-служба"),
        article(2, attachments=(Attachment("https://mpt.gov.by/a.pdf", "Протокол"), Attachment("https://mpt.gov.by/b", "Проект"))),
        edited(article(1), SEEN + timedelta(hours=5), "О третьем заседании"),
    ]


@BOTH
def test_a_reader_finds_what_the_article_says(kind):
    found = read(
        kind, article(html="<p>Весь <b>текст</b></p>", author="Пресс-служба", language="ru", published=datetime(2026, 3, 13, 7, tzinfo=UTC))
    )
    (entry,) = found.entries
    assert found.feed.title == "Вестник"
    assert found.feed.language == "ru"
    assert entry.title == "О заседании"
    assert entry.link == "https://mpt.gov.by/ru/node/1"
    assert entry.author == "Пресс-служба"
    assert entry.content[0].value == "<p>Весь <b>текст</b></p>"
    assert entry.summary == "Первый абзац. Второй абзац."
    assert [tag.term for tag in entry.tags] == ["Минсвязи"]
    assert entry.published_parsed[:5] == (2026, 3, 13, 7, 0)
    assert entry.updated_parsed[:5] == (2026, 3, 14, 9, 6)


@BOTH
def test_entries_keep_the_order_in_which_they_are_given(kind):
    assert [entry.link[-1] for entry in read(kind, article(3), article(1), article(2)).entries] == ["3", "1", "2"]


@BOTH
def test_an_edited_article_remains_one_entry_with_its_id_and_a_later_time(kind):
    before = article()
    after = edited(before, SEEN + timedelta(days=2), "О третьем заседании")
    (old,), (new,) = read(kind, before).entries, read(kind, after).entries
    assert (new.id, new.title) == (old.id, "О третьем заседании")
    assert new.updated_parsed > old.updated_parsed
    assert new.published_parsed == old.published_parsed


@BOTH
def test_ids_outlive_a_move_of_either_site(kind):
    before = article()
    moved = replace(before, url="https://минсвязи.бел/new", locations=("https://минсвязи.бел/new",))
    elsewhere = FeedAbout("Вестник", "Все публикации", "https://news.example/v/", "https://news.example/v/feeds/all", "en")
    old, new = read(kind, before), feedparser.parse(build(kind, elsewhere, STATE, [moved]))
    assert new.entries[0].id == old.entries[0].id
    assert new.feed.get("id") == old.feed.get("id")


def test_ids_are_uuids_that_differ_between_articles_formats_agree_and_installations_do_not():
    here = [entry.id for entry in read(FeedKind.ATOM, article(1), article(2)).entries]
    other = replace(STATE, instance=str(uuid.UUID(int=5)))
    assert [uuid.UUID(entry_id).version for entry_id in here] == [5, 5]
    assert len({*here, *(entry.id for entry in read(FeedKind.ATOM, article(1), article(2), state=other).entries)}) == 4
    assert here == [entry.id for entry in read(FeedKind.RSS, article(1), article(2)).entries]


@BOTH
def test_a_feed_says_the_time_of_its_last_change_and_never_the_present(kind):
    assert read(kind, article()).feed.updated_parsed[:5] == (2026, 3, 14, 14, 5)
    assert read(kind).feed.updated_parsed[:5] == (2026, 3, 14, 14, 5)


@BOTH
def test_another_process_elsewhere_in_the_world_makes_the_same_bytes(kind):
    program = f"import sys, test_feeds as t; sys.stdout.buffer.write(t.feed(t.FeedKind({kind.value!r}), *t.everything()))"
    tests = Path(__file__).parent
    strange = {"PYTHONPATH": f"{tests}{os.pathsep}{tests.parent}", "PYTHONHASHSEED": "77", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    done = subprocess.run([sys.executable, "-c", program], env={**os.environ, **strange}, capture_output=True, check=True)
    assert done.stdout == feed(kind, *everything())


@BOTH
def test_building_leaves_the_locale_of_the_process_alone(kind):
    called = []
    sys.setprofile(lambda _frame, event, function: called.append(function.__name__) if event == "c_call" else None)
    try:
        feed(kind, *everything())
    finally:
        sys.setprofile(None)
    assert called
    assert "setlocale" not in called


@pytest.mark.parametrize(
    ("published", "seen", "shown"),
    [
        (None, SEEN, SEEN),
        (date(2026, 3, 1), SEEN, datetime(2026, 3, 1, 12, tzinfo=UTC)),
        (date(2026, 3, 14), SEEN, SEEN),
        (date(2026, 3, 14), datetime(2026, 3, 14, 20, tzinfo=UTC), datetime(2026, 3, 14, 12, tzinfo=UTC)),
        (date(2026, 3, 14), datetime(2026, 3, 13, 22, tzinfo=UTC), datetime(2026, 3, 14, tzinfo=UTC)),
        (datetime(2026, 3, 1, 10, tzinfo=timezone(timedelta(hours=3))), SEEN, datetime(2026, 3, 1, 7, tzinfo=UTC)),
        (datetime(2026, 3, 1, 10), SEEN, datetime(2026, 3, 1, 10, tzinfo=UTC)),  # noqa: DTZ001
    ],
    ids=["none", "a day before", "the same day", "an evening", "past midnight in Minsk", "with an hour", "naive"],
)
@BOTH
def test_a_publication_date_keeps_its_day_and_does_not_lie_ahead(kind, published, seen, shown):
    (entry,) = read(kind, replace(article(published=published), first_seen_at=seen)).entries
    assert entry.published_parsed[:6] == shown.timetuple()[:6]


@BOTH
@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "https://", "ftp://mpt.gov.by/x", "http://[", "https://mpt.gov.by/\x00"])
def test_an_article_without_an_address_to_follow_leads_to_its_page_here(kind, url):
    assert read(kind, replace(article(8), url=url)).entries[0].link == "http://127.0.0.1:8080/articles/8"


def test_atom_lists_every_attachment_and_rss_the_first():
    attachments = (
        Attachment("https://mpt.gov.by/a.PDF?x=1", "Протокол"),
        Attachment("https://mpt.gov.by/b", "Проект", "text/rtf"),
        Attachment("https://mpt.gov.by/c", ""),
        Attachment("javascript:x", "нет"),
    )
    atom, rss = (read(kind, article(attachments=attachments)).entries[0].enclosures for kind in FeedKind)
    assert [(link.href, link.type, link.get("title")) for link in atom] == [
        ("https://mpt.gov.by/a.PDF?x=1", "application/pdf", "Протокол"),
        ("https://mpt.gov.by/b", "text/rtf", "Проект"),
        ("https://mpt.gov.by/c", "application/octet-stream", None),
    ]
    assert [(link.href, link.type, link.length) for link in rss] == [("https://mpt.gov.by/a.PDF?x=1", "application/pdf", "0")]


@BOTH
def test_a_text_without_html_is_given_in_paragraphs_and_nothing_in_it_is_markup(kind):
    (entry,) = read(kind, article(text="Если 2 < 3 & <b>так</b>,\nто\n\n\nверно")).entries
    assert entry.content[0].value == "<p>Если 2 &lt; 3 &amp; &lt;b&gt;так&lt;/b&gt;, то</p><p>верно</p>"


def test_the_short_description_of_an_rss_entry_is_no_markup_either():
    raw = etree.fromstring(feed(FeedKind.RSS, article(text="Если 2 < 3, то <b>так</b>"))).findtext("channel/item/description")
    assert raw == "Если 2 &lt; 3, то &lt;b&gt;так&lt;/b&gt;"  # readers take it for HTML, so it is escaped twice in the bytes


@BOTH
@pytest.mark.parametrize(
    ("title", "text", "url", "shown"),
    [
        ("", "Сегодня, 11 мая", "https://mpt.gov.by/1", "Сегодня, 11 мая"),
        ("\xa0", "", "https://mpt.gov.by/1", "https://mpt.gov.by/1"),
        ("\x00", "\n\n", "", "№ 1"),
        ("  О\n\nзаседании ", "", "", "О заседании"),
    ],
)
def test_an_article_without_a_title_is_called_by_the_next_best(kind, title, text, url, shown):
    assert read(kind, replace(article(title=title, text=text), url=url)).entries[0].title == shown


def test_an_article_known_by_its_fingerprint_alone_is_an_entry_too():
    seed = replace(article(title="О проекте Концепции", text=""), url="", source="", locations=(), baseline=True)
    for kind in FeedKind:
        assert [entry.title for entry in read(kind, seed).entries] == ["О проекте Концепции"]


def test_each_entry_tells_its_own_language():
    atom = etree.fromstring(feed(FeedKind.ATOM, article(1, language="be"), article(2, language='"><x')))
    assert [entry.get("{http://www.w3.org/XML/1998/namespace}lang") for entry in atom.iter(f"{ATOM}entry")] == ["be", None]
    assert read(FeedKind.RSS, article(1, language="be")).entries[0].language == "be"


def test_an_atom_feed_has_what_rfc_4287_asks_for():
    root = etree.fromstring(feed(FeedKind.ATOM, *everything()))
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, name
    assert root.find(f"{ATOM}author/{ATOM}name").text
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {"self": "http://127.0.0.1:8080/feeds/all.atom", "alternate": "http://127.0.0.1:8080/"}


def test_an_rss_feed_has_what_its_specification_asks_for():
    root = etree.fromstring(feed(FeedKind.RSS, *everything()))
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    channel = root.find("channel")
    assert [channel.findtext(name) for name in ("title", "link", "description")] == ["Вестник", "http://127.0.0.1:8080/", "Все публикации"]
    assert channel.find(f"{ATOM}link").get("href") == "http://127.0.0.1:8080/feeds/all.rss"
    assert [guid.get("isPermaLink") for guid in channel.iter("guid")] == ["false"] * 3
    assert all(len(item.findall("enclosure")) <= 1 for item in channel.iter("item"))


def readable(text):
    """Without the characters that XML 1.0 forbids or discourages."""
    kept = (mark for mark in text if mark in "\t\n\r\x85" or unicodedata.category(mark) not in {"Cc", "Cs"})
    return "".join(mark for mark in kept if mark not in "\ufffe\uffff")


def mended(text):
    """What feedparser takes the text for: it undoes what looks like UTF-8 read as Latin-1."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


@settings(deadline=None)
@given(title=ANY_TEXT, text=ANY_TEXT, html=ANY_TEXT, author=ANY_TEXT, source=ANY_TEXT, url=ANY_TEXT, name=ANY_TEXT, media_type=ANY_TEXT)
def test_no_text_whatever_kills_a_feed(title, text, html, author, source, url, name, media_type):
    attachments = (Attachment(f"https://mpt.gov.by/{url}", name, media_type),)
    odd = article(2, title, text, html=html, author=author, attachments=attachments)
    articles = [article(3), replace(odd, source=source, url=f"https://mpt.gov.by/{url}"), article(1)]
    for kind, path in ((FeedKind.ATOM, f"{ATOM}entry/{ATOM}title"), (FeedKind.RSS, "channel/item/title")):
        titles = [element.text for element in etree.fromstring(feed(kind, *articles)).findall(path)]
        assert [len(titles), titles[0], titles[2]] == [3, "О заседании", "О заседании"]
        assert titles[1].strip()
        assert titles[1].split() == readable(title).split() or not readable(title).strip()
        assert len(read(kind, *articles).entries) == 3
    # In RSS feedparser takes titles for HTML, so only Atom's are compared.
    assert read(FeedKind.ATOM, *articles).entries[1].title.split() in (titles[1].split(), mended(titles[1]).split())


@settings(deadline=None)
@given(text=ANY_TEXT, limit=st.integers(5, 80))
def test_shortening_never_exceeds_its_limit_by_more_than_the_ellipsis(text, limit):
    assert len(shorten(text, limit)) <= limit + 1


def test_a_long_text_is_cut_between_words():
    (entry,) = read(FeedKind.ATOM, article(text="слово " * 200)).entries
    assert entry.summary.endswith("слово…")
    assert len(entry.summary) <= SUMMARY_LIMIT
