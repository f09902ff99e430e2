"""A page as a WARC record (ISO 28500, WARC/1.1), compressed as a gzip member of its own. The home of warcio.

Only answers are kept, never requests: those may hold a password or a token. What an answer says of its way to us (packing, chunks, cookies)
is left out, as the body is kept unpacked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import ada_url
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from collector import __version__
from collector.page import Page

ASKED = "Vestnik-Asked-URI"
"""A field of our own for the address before redirects; readers pass over fields that they don't know (ISO 28500, 4)."""
_VERSION = "WARC/1.1"
_NOT_KEPT = frozenset(
    {
        "connection", "content-encoding", "content-length", "content-type", "keep-alive", "set-cookie", "set-cookie2", "trailer",
        "transfer-encoding",
    }
)  # fmt: skip
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a later record refers to where it holds the same body."""

    digest: str
    date: str


def opening_record(file_name: str, at: datetime) -> bytes:
    """The record that a file begins with: what made it."""
    writer, made = _writer()
    record = writer.create_warcinfo_record(file_name, {"software": f"Vestnik/{__version__}", "format": "WARC File Format 1.1"})
    record.rec_headers.replace_header("WARC-Date", warc_date(at))
    writer.write_record(record)
    return made.getvalue()


def record_of(page: Page, at: datetime, before: Kept | None) -> tuple[bytes, Kept]:
    """The record of a page, and what the next one of its address may refer to.

    A body that is the same as that of `before`, earlier in the same file, is not written once more: the record is a `revisit`, which says
    when it was seen to be so. A list that is looked at every quarter of an hour would fill the disk otherwise.
    """
    writer, made = _writer()
    url, fields = plain_address(page.final_url), _fields(page, at)
    record = writer.create_warc_record(
        url, "response", payload=BytesIO(page.body), length=len(page.body), warc_headers_dict=dict(fields), http_headers=_answer(page)
    )
    kept = Kept(str(record.rec_headers.get_header("WARC-Payload-Digest")), fields["WARC-Date"])
    if before is not None and before.digest == kept.digest:
        kept = before
        record = writer.create_revisit_record(url, kept.digest, url, kept.date, http_headers=_answer(page), warc_headers_dict=dict(fields))
    writer.write_record(record)
    return made.getvalue(), kept


def plain_address(url: str) -> str:
    """An address in its standard form, without a user's name and password.

    >>> plain_address("https://reader:secret@example.org/a?b=1")
    'https://example.org/a?b=1'
    """
    parsed = ada_url.URL(url)
    parsed.username = parsed.password = ""
    return str(parsed.href)


def warc_date(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _writer() -> tuple[Any, BytesIO]:
    made = BytesIO()
    return WARCWriter(made, gzip=True, warc_version=_VERSION), made


def _fields(page: Page, at: datetime) -> dict[str, str]:
    fields = {"WARC-Date": warc_date(at)}
    asked = plain_address(page.url)
    return fields if asked == plain_address(page.final_url) else fields | {ASKED: asked}


def _answer(page: Page) -> Any:
    return StatusAndHeaders("200 OK", list(_headers(page)), protocol="HTTP/1.1")


def _headers(page: Page) -> Iterator[tuple[str, str]]:
    """As they came, but for those that say what is no longer true of the body, and cookies."""
    yield "Content-Type", _line(page.content_type)
    for name, value in page.headers:
        if name.lower() not in _NOT_KEPT and _TOKEN.fullmatch(name):
            yield name, _line(value)
    yield "Content-Length", str(len(page.body))


def _line(value: str) -> str:
    """A value that breaks no line and can be encoded, whatever a server made of it."""
    return _CONTROLS.sub(" ", value).strip()
