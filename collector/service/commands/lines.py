"""Thousands of cases in one process: an object a line on standard input, an object a line on standard output."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from collector.address import is_web_address, link_key
from collector.extract.article import read_article
from collector.extract.document import Document
from collector.extract.language import judge_language
from collector.identity import compare, sighting_of
from collector.page import Page, PageError
from collector.service.app import utc_now
from collector.service.equipment import children_of
from collector.service.output import say_json
from collector.service.parts import extracted, families_of, sighting_of_document, site_for, sources_of
from collector.service.settings import Settings
from notify.lemmas import Lexicon
from notify.match import check
from notify.query import QueryError, parse
from storage.model import Content, Link, Sighting, Texts

JsonLines = Annotated[bool, Parameter(name="--jsonl", help="Read an object a line on standard input, print an object a line.", negative="")]
_Case = dict[str, Any]


def check_lines(lexicon: Lexicon) -> None:
    """`{"id","query","title","text"}` → `{"id","match","spans"}` or `{"id","error"}`."""

    async def answer(case: _Case) -> _Case:
        accepted, spans = check(parse(case["query"]), Texts(case.get("title") or "", case.get("text") or ""), lexicon)
        return {"match": accepted, "spans": [span._asdict() for span in spans]}

    asyncio.run(_answer_all(answer))


def extract_lines(settings: Settings) -> None:
    """`{"id","file","url"?,"content_type"?}` → `{"id","title","published","lang","text","images","attachments"}` or `{"id","error"}`."""

    async def main() -> None:
        children = children_of(settings.network)

        async def answer(case: _Case) -> _Case:
            url = case.get("url") or "http://localhost/"
            page = Page(url, url, case.get("content_type") or "text/html", await asyncio.to_thread(Path(case["file"]).read_bytes))
            reading = await children.lane("extract").run(read_article, page, site_for(url, settings), Link(url, link_key(url)), utc_now())
            return extracted(reading.content)

        try:
            await _answer_all(answer)
        finally:
            children.close()

    asyncio.run(main())


def identify_lines(settings: Settings) -> None:
    """`{"id","a":{"url","title","text"},"b":{…}}` → `{"id","same","also_at","why"}` or `{"id","error"}`."""
    families = families_of(sources_of(settings).values(), settings.sites)

    def sighting(told: _Case) -> Sighting:
        title, text, url = (told.get(key) or "" for key in ("title", "text", "url"))
        content = Content(title=title, text=text, language=judge_language(f"{title}\n{text}"))
        return sighting_of_document(Document(content, url), families) if is_web_address(url) else sighting_of("", "", (), content)

    async def answer(case: _Case) -> _Case:
        found = compare(sighting(case["a"]), sighting(case["b"]))
        return {"same": found.same, "also_at": found.also_at, "why": found.why}

    asyncio.run(_answer_all(answer))


async def _answer_all(answer: Callable[[_Case], Awaitable[_Case]]) -> None:
    """A case that can't be answered is answered with its error, and the others go on."""
    for line in sys.stdin:
        if not line.strip():
            continue
        case: Any = None
        try:
            case = json.loads(line)
            found = await answer(case)
        except (QueryError, PageError, OSError) as error:
            found = {"error": str(error)}
        except RecursionError:
            found = {"error": "the line is not as it should be: it has too many brackets within each other"}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            found = {"error": f"the line is not as it should be: {type(error).__name__}: {error}"}
        say_json({"id": case.get("id") if isinstance(case, dict) else None} | found)
