"""Scrapy with trafilatura and SQLite, as one writes it: `main(TASK, with_metadata=…)` prints its `Reported`.

Its limits are ours (one request at a time per host, no delay, robots.txt obeyed) and what slows it needlessly is left out, see
`bench.scrapy_peer`. Each page is a commit, as what was read should be there after a crash. It is trafilatura that takes the time: with
its metadata, as a publication has a title and a date, about twice that of the text alone.
"""

from __future__ import annotations

import sqlite3
import time
import warnings
from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
import trafilatura
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import HtmlResponse, Response

from bench.scrapy_peer import LEFT_OUT
from bench.site import raise_file_limit
from bench.smoke_task import LISTED, PAGES, Reported, Task, within
from bench.task import peak_memory

_AIOHTTP = "scrapy.core.downloader.handlers._aiohttp.AiohttpDownloadHandler"
_TABLE = "CREATE TABLE article (url TEXT PRIMARY KEY, title TEXT, published TEXT, text TEXT, seen_at REAL)"


class Reader(scrapy.Spider):
    name = "reader"
    task: Task
    with_metadata: bool
    database: sqlite3.Connection
    began: float
    ended: float
    spent: float
    refused = 0
    took: list[float]

    async def start(self) -> AsyncIterator[scrapy.Request]:
        type(self).began, type(self).spent = time.perf_counter(), time.process_time()
        for url in self.task.front_pages():
            yield scrapy.Request(url)

    def parse(self, response: Response) -> Iterator[scrapy.Request]:
        assert isinstance(response, HtmlResponse)
        for address in response.css(f"{LISTED} a::attr(href)").getall():
            yield response.follow(address, self.parse_article)

    def parse_article(self, response: Response) -> None:
        came = time.perf_counter()
        found = trafilatura.bare_extraction(response.body, url=response.url, with_metadata=self.with_metadata, include_comments=False)
        if found is None or isinstance(found, dict) or not found.text:
            type(self).refused += 1
        else:
            row = (response.url, found.title, found.date, found.text, time.time())
            with self.database:
                self.database.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?)", row)
        type(self).ended = time.perf_counter()
        self.took.append(self.ended - came + response.meta["download_latency"])


def measure(task: Task, *, with_metadata: bool) -> Reported:
    Reader.task, Reader.took, Reader.with_metadata = task, [], with_metadata
    Reader.database = sqlite3.connect(task.folder / "scrapy.db")
    Reader.database.execute("PRAGMA journal_mode=WAL")
    Reader.database.execute("PRAGMA synchronous=FULL")
    Reader.database.execute(_TABLE)
    trafilatura.bare_extraction(f"<p>{'It reads its own rules before the clock runs. ' * 30}</p>", with_metadata=True)
    settings: dict[str, Any] = {
        **LEFT_OUT,
        "CONCURRENT_REQUESTS": 100,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": 0,
        "ROBOTSTXT_OBEY": True,
        "DOWNLOAD_HANDLERS": {"http": _AIOHTTP, "https": _AIOHTTP},
    }
    process = AsyncCrawlerProcess(settings)
    process.crawl(Reader)
    process.start()
    spent = time.process_time() - Reader.spent
    (stored,) = Reader.database.execute("SELECT count(*) FROM article").fetchone()
    if stored + Reader.refused != PAGES:
        raise SystemExit(f"Scrapy read {stored + Reader.refused} of {PAGES} pages")
    return Reported(stored, Reader.refused, Reader.ended - Reader.began, within(Reader.took), spent, peak_memory())


def main(task: str, *, with_metadata: bool) -> None:
    warnings.simplefilter("ignore")  # Scrapy warns of its own handler's newness
    raise_file_limit()
    print(measure(Task.from_text(task), with_metadata=with_metadata).as_text())
