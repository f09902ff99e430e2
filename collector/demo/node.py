"""What the sample site is made of: a node, and the look that it is shown with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum

MINSK = timezone(timedelta(hours=3))
"""The site's wall clock: UTC+3 all year since 2011."""


class Generation(StrEnum):
    DRUPAL7 = "drupal7"
    DRUPAL10 = "drupal10"


@dataclass(frozen=True, slots=True)
class Node:
    """One publication as its editor typed it: plain text, which the markup escapes."""

    id: int
    title: str
    paragraphs: tuple[str, ...]
    created: datetime
    """Aware. The day shown on pages is that of Minsk."""
    language: str = "ru"
    """`ru`, `be` or `en`."""
    alias: str = ""
    """The last part of its address; without one the address is the dated one, `news/DD-MM-YYYY-N`."""
    image: str = ""
    """A path below the site's files (`2026-11/5g.png`)."""
    attachment: tuple[str, int] | None = None
    """A path below the site's files and the size in bytes."""
    teaser: str = ""
    changed: datetime | None = None
    """The last edit; None means never."""
    sticky: bool = False
    """Shown in the block without dates, and not in the list."""
    translations: tuple[str, ...] = ()
    """Further languages that the page claims to exist in (`hreflang`)."""

    def __post_init__(self) -> None:
        if self.created.tzinfo is None or (self.changed is not None and self.changed.tzinfo is None):
            raise ValueError(f"node {self.id}: times must be aware")

    @property
    def last_change(self) -> datetime:
        return self.changed or self.created


@dataclass(frozen=True, slots=True)
class SiteLook:
    """How the site presents itself to one visitor."""

    base_url: str
    """Scheme and host as the visitor wrote them, without a final slash: it shows in canonical, guid and Source URL."""
    generation: Generation = Generation.DRUPAL10
    language: str = "ru"
    """Of labels and menus; a node of another language keeps its own text under them."""
    history_id: bool = False
    """`data-history-node-id` on Drupal 10, which the history module adds."""


def local_date(node: Node) -> str:
    return node.created.astimezone(MINSK).strftime("%d.%m.%Y")


def dated_path(node: Node) -> str:
    return f"/{node.language}/news/{local_date(node).replace('.', '-')}-{node.id}"


def address(node: Node) -> str:
    """The path that the site itself links to."""
    return f"/{node.language}/{node.alias}" if node.alias else dated_path(node)


_LETTERS = dict(
    re.findall(
        r"(\w)(\w*)", "аa бb вv гg дd еe ёe жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цc чch шsh щsch ъ ыy ь эe юyu яya іi ўu"
    )
)
"""Each letter with its transliteration, which may be empty."""


def slug(title: str) -> str:
    """An alias as pathauto makes it from a title: Drupal 8's transliteration, cut at 100 characters between words.

    >>> slug("Заседание экспертной группы «Хартия»")
    'zasedanie-ekspertnoy-gruppy-khartiya'
    """
    latin = "".join(_LETTERS.get(letter, letter) for letter in title.lower())
    words = re.findall(r"[a-z0-9]+", latin)
    made = words[0] if words else ""
    for word in words[1:]:
        if len(made) + 1 + len(word) > 100:  # noqa: PLR2004 - pathauto's default
            break
        made += f"-{word}"
    return made
