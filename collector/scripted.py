"""Pages that only scripts write: how one is told from a page that is merely short, and the words for it.

What is judged is what a reader without scripts would get, not which framework wrote the page. Menus, copyright lines, "loading" and
"enable JavaScript" are no text. Where nothing else is left and scripts are there, they write the page; where a little is left, a second
sign is needed, as a short notice with a visitor counter has scripts too.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from collector import html

NO_BROWSER = (
    "its scripts write the page, and reading such pages needs a browser, which is not installed; "
    "pip install 'vestnik[browser]', and install Chromium by the system's packages (apt install chromium)"
)
NOT_RENDERED = "its scripts write the page, and nothing was recognised in what a browser made of it"

_TEXT = 300
"""Characters from which on there is a text, whatever else stands in the page."""
_SENTENCE = 60
_MENUS_MOST = 6_000
"""Characters of menus that are taken apart; a page with more has been written by its server."""
_TELLING = 20
"""Characters of a link that names a publication; those of menus are shorter."""
_DATA_LEAST = 2_000
_ASIDE = "header, nav, footer, aside, [role=navigation], [role=banner], [role=contentinfo]"
_RUNS = frozenset({"", "text/javascript", "application/javascript", "text/ecmascript", "application/x-javascript", "module", "text/babel"})
_ASKS = re.compile(
    r"java\s?script|джава\s?скрипт|\bJS\b|(?:включит|разрешит|уключыц|дазвольц|поддерж|падтрым|выполнен)\w*\s+(?:\w+\s+){0,3}(?:скрипт|скрыпт|сценари)"
    r"|enable\s+(?:\w+\s+){0,3}scripts?\b",
    re.IGNORECASE,
)
_WAITS = re.compile(
    r"\bloading\b|please,? wait|one moment|just a moment|загрузк|загружа|подождите|ожидайте|секунд[уоы]|пачакайце|чакайце"
    r"|your browser|(?:ваш|вашего|вашым?|вашага)\s+(?:веб-)?(?:браузер|браўзер|обозревател|аглядальнік)"
    r"|проверк[аи] (?:браузера|безопасности)"
    r"|праверка браўзера|redirect|перенаправл|перанакіра|\bcookies?\b",
    re.IGNORECASE,
)
_OWNERSHIP = re.compile(r"©|\(c\)\s*\d{4}|copyright|все права защищены|усе правы абаронены|all rights reserved", re.IGNORECASE)
_LEADS_ON = re.compile(r"\blocation(?:\.href)?\s*=(?!=)|\blocation\.(?:reload|replace|assign)\s*\(")
_TRIES_AGAIN = re.compile(r"document\.cookie\s*=(?!=)|\blocation\.reload\s*\(")
_HOLDS_DATA = re.compile(r"=\s*[\[{]|JSON\.parse\s*\(|\.push\s*\(\s*\[")
_NO_PICTURE = re.compile(r"\.(?:svg|gif)\b|^data:|logo|load|spin|splash|pixel|counter", re.IGNORECASE)
_LETTER = re.compile(r"[^\W_]")


def is_written_by_scripts(tree: html.Tree) -> bool:
    """Whether the page has no text yet, because its scripts would write it."""
    body = html.select_first(tree, "body")
    if body is None:
        return False
    paragraphs = html.paragraphs(body)
    asks = any(_is_note(paragraph) for paragraph in paragraphs) or _noscript_asks(tree)
    if sum(map(len, paragraphs)) > _MENUS_MOST:
        return False
    left = _left_over(body, paragraphs)
    scripts = _scripts(tree, body)
    if left.letters >= _TEXT or left.telling_links >= 2:  # noqa: PLR2004  (one may be the link of a banner)
        return False
    if asks and left.longest < _SENTENCE and left.letters < 2 * _SENTENCE:
        return True
    if not scripts.run or _shows_pictures(body):
        return False
    return _leads_on(body, scripts, left) or _holds_data(scripts, left) or _is_empty(body, paragraphs, left)


@dataclass(frozen=True, slots=True)
class _LeftOver:
    """What a page says to a reader without scripts, apart from its frame."""

    letters: int
    longest: int
    telling_links: int


@dataclass(frozen=True, slots=True)
class _Scripts:
    run: bool
    inline: str
    data: int
    """Characters of JSON, in elements for it or given to a variable."""


def _left_over(body: html.Node, paragraphs: list[str]) -> _LeftOver:
    framing: Counter[str] = Counter(block for aside in html.select(body, _ASIDE) if _is_aside(aside) for block in _frame(aside))
    links = [text for link in html.select(body, "a[href]") if (text := html.line(link)) and not _in_aside(link)]
    kept = [_without(block, links) for block in paragraphs if not _is_frame(block, framing)]
    sizes = [size for block in kept if (size := len(_LETTER.findall(block)))]
    return _LeftOver(sum(sizes), max(sizes, default=0), sum(len(text) >= _TELLING and not _is_note(text) for text in links))


def _frame(aside: html.Node) -> list[str]:
    """Its blocks; none where it holds a text, as a header that is never closed holds the whole page."""
    blocks = html.paragraphs(aside)
    return [] if sum(len(block) for block in blocks if len(block) >= _SENTENCE) >= 2 * _TEXT else blocks


def _is_frame(block: str, framing: Counter[str]) -> bool:
    if framing[block] > 0:
        framing[block] -= 1
        return True
    return _is_note(block) or bool(_WAITS.search(block) or _OWNERSHIP.search(block))


def _is_note(block: str) -> bool:
    """Whether it asks for scripts: a short block, as a publication may well be about JavaScript."""
    return len(block) < _TEXT and bool(_ASKS.search(block))


def _without(block: str, links: list[str]) -> str:
    for text in links:
        block = block.replace(text, "", 1)
    return block


def _noscript_asks(tree: html.Tree) -> bool:
    return any(_is_note(block) for note in html.select(tree, "noscript") for block in [note.text(deep=True, separator=" ").strip()])


def _is_aside(node: html.Node) -> bool:
    """A header within an article is the article's own."""
    return not any(parent.tag in {"article", "main"} for parent in _ancestors(node))


def _in_aside(node: html.Node) -> bool:
    return any(parent.tag in {"header", "nav", "footer", "aside"} and _is_aside(parent) for parent in _ancestors(node))


def _ancestors(node: html.Node) -> list[html.Node]:
    found = []
    parent = node.parent
    while parent is not None:
        found.append(parent)
        parent = parent.parent
    return found


def _scripts(tree: html.Tree, body: html.Node) -> _Scripts:
    run, inline, data = bool(html.attribute(body, "onload")), [html.attribute(body, "onload")], 0
    for script in html.select(tree, "script"):
        kind, text = html.attribute(script, "type").lower().split(";")[0], script.text(deep=True)
        if kind in _RUNS:
            run = True
            inline.append(text)
        if kind == "application/json" or (kind in _RUNS and _HOLDS_DATA.search(text)):
            data += len(text)
    return _Scripts(run, "\n".join(inline), data)


def _shows_pictures(body: html.Node) -> bool:
    """Whether the page is what it shows: a scan, a film."""
    if html.select(body, "embed, object, video, audio"):
        return True
    pictures = [image for image in html.select(body, "img[src]") if not _NO_PICTURE.search(html.attribute(image, "src"))]
    return any(not _in_aside(image) and _is_seen(image) for image in pictures)


def _is_seen(image: html.Node) -> bool:
    dot = any(html.attribute(image, side) in {"0", "1", "2"} for side in ("width", "height"))
    return not dot and not any(parent.tag == "noscript" for parent in _ancestors(image))


def _leads_on(body: html.Node, scripts: _Scripts, left: _LeftOver) -> bool:
    """A door with a script that opens it: a cookie is set, and the page is asked for again. A site's own pages have ways out of them."""
    if left.letters >= _TEXT // 2 or html.select(body, "a[href]"):
        return False
    return bool(_LEADS_ON.search(scripts.inline) and _TRIES_AGAIN.search(scripts.inline))


def _holds_data(scripts: _Scripts, left: _LeftOver) -> bool:
    return scripts.data >= _DATA_LEAST and left.letters < _SENTENCE and scripts.data > 50 * left.letters


def _is_empty(body: html.Node, paragraphs: list[str], left: _LeftOver) -> bool:
    """Nothing is left, and nothing was there; or it is a frame around a place that is to be filled."""
    if left.letters:
        return False
    if not paragraphs or any(_WAITS.search(block) for block in paragraphs):
        return True
    return any(_is_place(node) for node in html.select(body, "*"))


def _is_place(node: html.Node) -> bool:
    """An element made to be filled: named, and without a word in it."""
    own = "-" in (node.tag or "")
    if not own and node.tag not in {"div", "main", "section", "article", "iframe"}:
        return False
    named = own or node.tag in {"main", "iframe"} or html.attribute(node, "id") or html.attribute(node, "class")
    return bool(named) and not html.paragraphs(node) and not _in_aside(node)
