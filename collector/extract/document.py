"""Plain-text documents: publications kept as text files, such as the print views of pages and the texts of resolutions.

A print view has its title in the first block, as it stands or as `## Title` or `## **Title**`, and ends in `Source URL: <address>`. A
resolution begins with its status, its bodies and its number, and is about what its first block in «О …» says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from collector.address import is_web_address
from collector.extract.clean import drop_noise
from collector.extract.dates import read_date
from collector.extract.language import judge_language
from collector.page import PageError, Trouble
from storage.model import Content

_SOURCE_URL = re.compile(r"^\W*source\s+url:?\W*$|^\W*source\s+url:?\W*<?(?P<same>https?://[^\s<>]+?)>?\W*$", re.IGNORECASE)
_ADDRESS = re.compile(r"^<?(?P<url>https?://[^\s<>]+?)>?$")
_RULE = re.compile(r"^(?:[-_*=]\s*){3,}$")
_MARKUP = re.compile(r"^#{1,6}\s+|\*\*")
_SUBJECT = re.compile(r"^(?:О|Об|Обо|Аб|Пра)\s+\S")
_STATUS = re.compile(r"^(?:проект|праект|draft)$", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:протокол|пратакол|постановление|распоряжение|решение|minutes|resolution)\s*(?:№|no\.?|n)\s*\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    content: Content
    url: str
    """Empty where the document gives none."""


def read_document(text: str, zone: ZoneInfo, now: datetime) -> Document:
    """Read a plain-text document. Raises PageError where it has no text."""
    body, url = _part_address(text)
    blocks = [block for block in re.split(r"\n\s*\n", body.replace("\r\n", "\n").replace("\t", " ")) if block.strip()]
    blocks = ["\n".join(filter(None, (_MARKUP.sub("", row).strip() for row in block.split("\n")))) for block in blocks]
    if not blocks:
        raise PageError(Trouble.UNREADABLE, "the document has no text")
    resolution = any(map(_STATUS.match, blocks[:1])) or any(map(_NUMBERED.search, blocks[:3]))
    title = _subject(blocks) if resolution else blocks[0]
    title = re.sub(r"\s+", " ", title)
    kept = drop_noise(blocks if resolution else blocks[1:], title)
    words = "\n\n".join(kept)
    published = _heading_date(blocks, zone, now) if resolution else None
    return Document(Content(title=title, text=words, published=published, language=judge_language(f"{title}\n{words}")), url)


def _part_address(text: str) -> tuple[str, str]:
    """The text without its tail, and the address that the tail gives: on the line of `Source URL:` or on the next one."""
    lines = text.strip().split("\n")
    for index in range(len(lines) - 1, max(len(lines) - 8, -1), -1):
        if not (found := _SOURCE_URL.match(lines[index].strip())):
            continue
        following = next((row.strip() for row in lines[index + 1 :] if row.strip()), "")
        address = found["same"] or (match["url"] if (match := _ADDRESS.match(following)) else "")
        body = lines[:index]
        while body and (not body[-1].strip() or _RULE.match(body[-1].strip())):
            body.pop()
        return "\n".join(body), address if is_web_address(address) else ""
    return text, ""


def _subject(blocks: list[str]) -> str:
    return next((block for block in blocks if _SUBJECT.match(block)), blocks[0])


def _heading_date(blocks: list[str], zone: ZoneInfo, now: datetime) -> date | None:
    """A resolution is dated in its heading, above its subject; a range gives its first day."""
    for block in blocks:
        if _SUBJECT.match(block):
            return None
        if found := read_date(block, zone, now):
            return found
    return None
