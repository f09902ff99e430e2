"""The pages' words, in every language."""

from __future__ import annotations

import re
import string
from dataclasses import replace
from pathlib import Path

import pytest
from web_shelf import FEEDS, Shelf, article, client, source, tree

import feeds.web
from feeds.web.locale import locale_of, plural_form
from feeds.web.locales import be, en, ru
from storage.model import Attachment

CATALOGUES = {"ru": ru, "be": be, "en": en}
TEMPLATES = sorted((Path(feeds.web.__file__).parent / "templates").glob("*.html"))


def places(sentence):
    return sorted(name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None)


@pytest.mark.parametrize("catalogue", CATALOGUES.values(), ids=CATALOGUES)
def test_every_language_has_every_sentence_with_the_same_places(catalogue):
    assert {key: places(sentence) for key, sentence in catalogue.WORDS.items()} == {
        key: places(sentence) for key, sentence in en.WORDS.items()
    }
    assert {key: [places(form) for form in forms] for key, forms in catalogue.PLURALS.items()} == {
        key: [["number"]] * 3 for key in en.PLURALS
    }
    assert len(catalogue.MONTHS) == 12
    assert places(catalogue.DAY) == ["day", "month", "year"]
    assert all(sentence.strip() for sentence in catalogue.WORDS.values())


def test_templates_use_every_sentence_there_is_and_no_other():
    used = "".join(template.read_text(encoding="utf-8") for template in TEMPLATES)
    said = set(re.findall(r"""say\(\s*["'](\w+)["']""", used)) | {"no_more_articles", "feed_description"}
    said |= {f"error_{status}{part}" for status in (400, 404, 405, 500, 503) for part in ("", "_help")}
    assert said == set(en.WORDS)
    assert set(re.findall(r"""count\(["'](\w+)["']""", used)) == set(en.PLURALS)


@pytest.mark.parametrize(("language", "heading"), [("ru", "Публикации"), ("be", "Публікацыі"), ("en", "Publications")])
async def test_pages_speak_the_language_of_the_settings(language, heading):
    busy = article(1, language="ru", revision=2, author="x", attachments=(Attachment("https://x.by/a", "a"),), image="https://x.by/i")
    shelf = Shelf([busy, replace(article(0), baseline=True)], [source(), source(failures=1)])
    async with client(shelf, language=language) as web:
        shown = await tree(web, "/")
        others = [await web.get(path) for path in ("/articles/1", "/articles/0", "/nowhere", *FEEDS)]
    assert shown.css_first("html").attributes["lang"] == language
    assert shown.css_first("h1").text() == heading
    assert [answer.status_code for answer in others] == [200, 200, 404, 200, 200]


def test_a_language_without_pages_is_refused_by_name():
    with pytest.raises(ValueError, match=r"'fr'; choose one of be, en, ru"):
        locale_of("fr", "Europe/Minsk")


@pytest.mark.parametrize(
    ("number", "slavic", "english"),
    [
        (0, 2, 2),
        (1, 0, 0),
        (2, 1, 2),
        (4, 1, 2),
        (5, 2, 2),
        (11, 2, 2),
        (12, 2, 2),
        (14, 2, 2),
        (21, 0, 2),
        (22, 1, 2),
        (111, 2, 2),
        (1001, 0, 2),
    ],
)
def test_things_are_counted_as_each_language_does(number, slavic, english):
    assert [plural_form(language, number) for language in ("ru", "be", "en")] == [slavic, slavic, english]
