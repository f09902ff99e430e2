"""The sample site's publications, read from `news.toml` and dated from a given moment."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from collector.demo.node import MINSK, Node, slug

_MONTHS = {
    "ru": re.findall(r"\w+", "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
    "be": re.findall(r"\w+", "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня"),
    "en": re.findall(r"\w+", "January February March April May June July August September October November December"),
}
_PLACE = re.compile(r"\{(day|date|year|folder)([+-]\d+)?\}")


@dataclass(frozen=True, slots=True)
class Texts:
    nodes: tuple[Node, ...]
    """What the site shows from the start, the newest first."""
    later: Node
    """Appears while the site is watched."""
    edited: Node
    """The next state of one of `nodes`: another date and another number."""


def texts(now: datetime) -> Texts:
    """`now` must be aware. The newest node is a few hours older, `later` and the edit are of `now`.

    The same `now` gives equal texts.
    """
    read = tomllib.loads((files("collector.demo") / "news.toml").read_text(encoding="utf-8"))
    nodes = tuple(sorted((_node(entry, now) for entry in read["news"]), key=lambda node: node.created, reverse=True))
    edit = read["edit"]
    whole = next(entry for entry in read["news"] if entry["id"] == edit["id"])
    return Texts(nodes, _node(read["later"], now), _node(whole | edit, now, changed=now))


def _node(entry: dict[str, Any], now: datetime, changed: datetime | None = None) -> Node:
    """The keys of an entry are those of Node, but for `hours` (its age) and `text` (paragraphs parted by blank lines)."""
    created = now.replace(microsecond=0) - timedelta(hours=entry["hours"])
    language = entry.get("language", "ru")
    dated = _dated(entry["text"], created, language)
    attachment = entry.get("attachment")
    return Node(
        id=entry["id"],
        title=entry["title"],
        paragraphs=tuple(" ".join(paragraph.split("\n")) for paragraph in dated.strip("\n").split("\n\n")),
        created=created,
        language=language,
        alias=entry.get("alias", slug(entry["title"])),
        image=_dated(entry.get("image", ""), created, language),
        attachment=(_dated(attachment["name"], created, language), attachment["size"]) if attachment else None,
        teaser=entry.get("teaser", ""),
        changed=changed.replace(microsecond=0) if changed else None,
        sticky=entry.get("sticky", False),
    )


def _dated(text: str, created: datetime, language: str) -> str:
    """`{day-2}` becomes the day and month two days before the publication, in its language; `{date}` has the year too, `{year}` only that;
    `{folder}` is the month as the site's file folders are named.
    """

    def place(found: re.Match[str]) -> str:
        day = created.astimezone(MINSK) + timedelta(days=int(found[2] or 0))
        if found[1] == "year":
            return str(day.year)
        if found[1] == "folder":
            return f"{day:%Y-%m}"
        month = _MONTHS[language][day.month - 1]
        if found[1] == "day":
            return f"{day.day} {month}"
        return f"{day.day} {month} {day.year}{'' if language == 'en' else ' г.'}"

    return _PLACE.sub(place, text)
