"""Publications for tests of the store: as many as wanted, each in words of its own."""

from __future__ import annotations

from datetime import datetime
from itertools import product
from random import Random

from databases import NOW

from storage.fingerprint import fingerprint, state_hash
from storage.inserting import NewArticle
from storage.model import Attachment, Content, Sighting

FAMILY = "news.example"
_WORDS = tuple(
    map("".join, product(("го", "ли", "ма", "не", "по", "ру", "са", "ти"), ("ров", "лен", "дак", "вис"), ("ом", "ая", "ие", "ть")))
)


def words(number: int, count: int = 120) -> str:
    """So many words, of which hardly three in a row stand in another number's."""
    return " ".join(Random(number).choices(_WORDS, k=count))


def sighted(number: int, text: str = "", title: str = "", path: str = "", family: str = FAMILY) -> Sighting:
    path = path or f"/{'abcdefgh'[number % 8]}-{'ijklmnop'[number // 8 % 8]}-{'qrstuvwx'[number // 64 % 8]}"
    content = Content(title=title or f"О том, что {words(number, 4)}", text=text or words(number), language="ru")
    told = fingerprint(content.title, content.text)
    return Sighting(family, f"https://{family}{path}" if family else "", (path,) if family else (), content, told, state_hash(content))


def new(seen: Sighting, at: datetime = NOW, attachments: tuple[Attachment, ...] = ()) -> NewArticle:
    content = Content(seen.content.title, seen.content.text, language="ru", attachments=attachments)
    return NewArticle(seen.family, seen.url, seen.keys, content, seen.fingerprint, seen.state_hash, at)
