"""Which parts of a page are furniture, by their tags, roles and names: menus, feet, side columns, blocks of what others read."""

from __future__ import annotations

import re
from collections import Counter
from enum import IntEnum

from collector.discover.listing.outline import Element, Outline


class Zone(IntEnum):
    """The greater, the less likely a list in it is one of publications."""

    CORE = 0
    """Inside what the page marks as its main part."""
    OPEN = 1
    """Inside nothing that says what it is."""
    SIDE = 2
    """Side columns, sliders, and what is named like furniture without being it for sure: they repeat what stands in the main column, and
    older things; a dated list there is asked for where nothing else is one."""
    NEVER = 3


_TAGS = {"nav": Zone.NEVER, "footer": Zone.NEVER, "aside": Zone.SIDE, "button": Zone.NEVER}
_ROLES = {
    "navigation": Zone.NEVER, "menu": Zone.NEVER, "menubar": Zone.NEVER, "contentinfo": Zone.NEVER, "banner": Zone.NEVER,
    "search": Zone.NEVER, "complementary": Zone.SIDE,
}  # fmt: skip
_NEVER = frozenset({
    "menu", "submenu", "navbar", "breadcrumb", "breadcrumbs", "crumbs", "pager", "pagination", "paginator", "paging", "pagenavi", "footer",
    "tagcloud", "toc", "langs", "languages", "switcher", "social", "socials", "share", "sharing", "login", "auth",
    "comments", "related", "similar", "popular", "recommended", "trending", "cookie", "cookies", "copyright", "catlinks",
    "pagetools", "usertools", "sitetools", "advert", "megamenu", "topmenu", "leftmenu", "mainmenu",
})  # fmt: skip
_OTHERS = frozenset(["related", "similar", "popular", "recommended", "trending", "comments"])
"""What nobody calls a whole page: it stays what it says, however large."""
_SIDE = frozenset({
    "sidebar", "aside", "slider", "carousel", "swiper", "slick", "owl", "rightcol", "leftcol", "complementary", "secondary",
    "nav", "navigation", "foot", "tags", "banner", "banners", "partners", "toolbar", "facet", "facets", "dropdown", "adv",
    "masthead",
})  # fmt: skip
_CORE = frozenset(["content", "main", "main-content", "maincontent", "primary", "page-content", "mw-content-text", "dokuwiki__content"])
"""Identifiers; as a class, `content` stands on every block."""
_CORE_CLASSES = frozenset(["main-content", "site-main", "content-area", "page-content", "l-main", "maincontent"])
_EXACT = {
    **dict.fromkeys(
        ("header", "site-header", "main-header", "top-header", "lang", "language", "locale", "mw-portlet", "portal"), Zone.NEVER
    ),
    **dict.fromkeys(("widget", "widget-area"), Zone.SIDE),
}
"""Whole names: as a word, `lang` marks a text's language, `portlet` and `widget` every block of some systems (Liferay, Elementor)."""
# «has-menu» describes what stands elsewhere; WordPress writes a publication's rubrics and tags into its classes
_DESCRIBES = re.compile(r"^(?:has|with|no|is|not|without|category|tag|tax|term|menu-item-has|page-template)[-_]", re.IGNORECASE)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ROWS_LEAST, _NEAR = 3, 6
_ROW_PARENTS = frozenset(["article", "li", "main", "section", "td"])
"""A `header` in one of these is a row's or a section's own."""


def zones(page: Outline) -> list[Zone]:
    """The zone of each element, in the order of `page.elements`: its own where that is worse than what it stands in."""
    half = page.length[-1] / 2
    own: dict[int, Zone] = {}
    found = []
    feet = _feet_of_rows(page)
    for element in page.elements:
        above = own[id(element.parent)] if element.parent is not None else Zone.OPEN
        here = Zone.OPEN if id(element) in feet else _zone(element)
        # themes give the block around everything such names as well
        if here > Zone.OPEN and page.weight(element) > half and element.tag not in _TAGS and not _is_of_others(element):
            here = Zone.OPEN
        own[id(element)] = zone = _inherited(above, here)
        found.append(zone)
    return found


def _feet_of_rows(page: Outline) -> frozenset[int]:
    """Feet of which there are several alike, each with a dated link: a page has one foot, these are its rows', with the way to each."""
    dated = [foot for element in page.elements if element.tag == "time" and (foot := _foot_around(element)) is not None]
    alike = Counter(foot.path for foot in dated)
    return frozenset(id(foot) for foot in dated if alike[foot.path] >= _ROWS_LEAST)


def _foot_around(time: Element) -> Element | None:
    above = list(time.ancestors(_NEAR))
    linked = any(element.tag == "a" for element in above)
    return next((element for element in above if element.tag == "footer" or "footer" in _words_of(element)), None) if linked else None


def _words_of(element: Element) -> set[str]:
    return {word.lower() for name in _named(element) for word in _WORDS.findall(name[:80])}


def _inherited(above: Zone, here: Zone) -> Zone:
    if above > Zone.OPEN or here > Zone.OPEN:
        return max(above, here)
    return min(above, here)


def _zone(element: Element) -> Zone:
    if (
        element.tag == "main"
        or element.has("role").lower() == "main"
        or element.has("id").lower() in _CORE
        or _CORE_CLASSES.intersection(element.classes)
    ):
        return Zone.CORE
    if element.tag in {"html", "body", "article"}:
        return Zone.OPEN
    if element.tag == "header":
        inside = any(parent.tag in _ROW_PARENTS for parent in element.ancestors(6))
        return Zone.OPEN if inside else Zone.NEVER
    by_role = _ROLES.get(element.has("role").lower(), Zone.OPEN)
    return max(_TAGS.get(element.tag, Zone.OPEN), by_role, *map(_by_name, _named(element)))


def _is_of_others(element: Element) -> bool:
    return any(word.lower() in _OTHERS for name in _named(element) if not _DESCRIBES.match(name) for word in _WORDS.findall(name[:80]))


def _named(element: Element) -> tuple[str, ...]:
    return (*element.classes, element.has("id"))


def _by_name(name: str) -> Zone:
    if not name or _DESCRIBES.match(name):
        return Zone.OPEN
    if (exact := _EXACT.get(name.lower())) is not None:
        return exact
    words = {word.lower() for word in _WORDS.findall(name[:80])}
    if words & _NEVER:
        return Zone.NEVER
    return Zone.SIDE if words & _SIDE else Zone.OPEN
