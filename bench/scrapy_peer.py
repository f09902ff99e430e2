"""Scrapy as a reader of the benchmark's site, at its fastest: `python -m bench.scrapy_peer HANDLER TASK` reports as `Measured`.

Its limits are ours: eight at a time per host, no delay, robots.txt obeyed, as many at once in all. Whatever else it can leave out, it
leaves out: retries, cookies, redirects, statistics, logs, the middlewares that shape requests we don't make. It does not verify
certificates, which is its own choice and spares it work that Vestnik does. `aiohttp` is its newer, experimental download handler, in
trials the fastest of what it brings (about 1.5 times the `usual` one); the reactor and the queue made no difference.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import AsyncIterator
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

from bench.site import PAGE_BYTES, raise_file_limit, take_core
from bench.task import Measured, Spent, Task, peak_memory

_AIOHTTP = "scrapy.core.downloader.handlers._aiohttp.AiohttpDownloadHandler"
_NEEDLESS = ("logstats.LogStats", "spiderstate.SpiderState", "feedexport.FeedExporter", "throttle.AutoThrottle", "closespider.CloseSpider")
_NEEDLESS_ON_THE_WAY = ("urllength.UrlLengthMiddleware", "depth.DepthMiddleware", "referer.RefererMiddleware")
LEFT_OUT: dict[str, Any] = {
    "COOKIES_ENABLED": False,
    "DOWNLOADER_STATS": False,
    "EXTENSIONS": {f"scrapy.extensions.{name}": None for name in _NEEDLESS},
    "HTTPPROXY_ENABLED": False,
    "LOG_ENABLED": False,
    "MEMUSAGE_ENABLED": False,
    "METAREFRESH_ENABLED": False,
    "REDIRECT_ENABLED": False,
    "REFERER_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "RETRY_ENABLED": False,
    "SPIDER_MIDDLEWARES": {f"scrapy.spidermiddlewares.{name}": None for name in _NEEDLESS_ON_THE_WAY},
    "TELNETCONSOLE_ENABLED": False,
}


class Reader(scrapy.Spider):
    """Counts from its first request to its last page: what Scrapy needs to start and to end is not measured."""

    name = "reader"
    task: Task
    pages = 0
    began: Spent
    spent: Spent

    async def start(self) -> AsyncIterator[scrapy.Request]:
        urls = self.task.urls()
        type(self).began = Spent.so_far()
        for url in urls:
            yield scrapy.Request(url, dont_filter=True)

    def parse(self, response: Response) -> None:
        if len(response.body) != PAGE_BYTES:
            raise ValueError(f"{response.url} came with {len(response.body)} bytes instead of {PAGE_BYTES}")
        type(self).pages += 1
        if self.pages == self.task.pages:
            type(self).spent = Spent.so_far() - self.began


def measure(handler: str, task: Task) -> Measured:
    Reader.task = task
    limits = {
        "CONCURRENT_REQUESTS": task.at_once,
        "CONCURRENT_REQUESTS_PER_DOMAIN": task.per_host,
        "DOWNLOAD_DELAY": 0,
        "ROBOTSTXT_OBEY": True,
    }
    handlers = {"DOWNLOAD_HANDLERS": {"http": _AIOHTTP, "https": _AIOHTTP}} if handler == "aiohttp" else {}
    process = AsyncCrawlerProcess({**LEFT_OUT, **limits, **handlers})
    process.crawl(Reader)
    process.start()
    if Reader.pages != task.pages:
        raise ValueError(f"Scrapy read {Reader.pages} of {task.pages} pages")
    return Measured(task.pages, Reader.spent, (), peak_memory())


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # it warns of its own handler's newness
    raise_file_limit()
    take_core(site=False)
    print(measure(sys.argv[1], Task.from_text(sys.argv[2])).as_text())
