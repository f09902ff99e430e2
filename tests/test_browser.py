"""Pages that only scripts write, read in a real Chromium; and pages whose scripts mean ill."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

import pytest
import pytest_asyncio

from collector.browser import Browser, BrowserLimits
from collector.page import Page, PageError, Trouble
from collector.scripted import NO_BROWSER

pytest.importorskip("playwright.async_api", reason="the extra `browser` is not installed")
needs_chromium = pytest.mark.skipif(
    not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), reason="no Chromium on this machine"
)
# one loop and one browser for all that is not about its coming and going
pytestmark = [needs_chromium, pytest.mark.asyncio(loop_scope="module")]

SITE = "127.0.0.2"
TEXT = "Оператор открыл новые базовые станции в сельских населённых пунктах области. " * 5
WRITES = f"document.body.innerHTML += '<article><h1>Связь в деревне</h1><p>{TEXT}</p></article>';"
LIMITS = BrowserLimits(deadline=20, settle=2, idle=60)


class Site:
    """A site on one loopback address, and canaries on the port of the same number of the private ones."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.heads: list[str] = []
        self.sung: list[str] = []
        """What reached a private address."""

    async def open(self, stack: AsyncExitStack) -> None:
        server = await asyncio.start_server(self._serve, SITE, 0)
        stack.push_async_callback(_close, server)
        self.port: int = server.sockets[0].getsockname()[1]
        for address in ("127.0.0.1", "::1"):
            stack.push_async_callback(_close, await asyncio.start_server(self._sing, address, self.port))
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: _Ear(self.sung), ("127.0.0.1", self.port))
        stack.callback(transport.close)

    def url(self, path: str = "/") -> str:
        return f"http://{SITE}:{self.port}{path}"

    def put(self, path: str, html: str, status: str = "200 OK", **headers: str) -> None:
        body = html.replace("PORT", str(self.port)).encode()
        lines = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), "Connection": "close"}
        lines |= {name.replace("_", "-"): value.replace("PORT", str(self.port)) for name, value in headers.items()}
        head = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in lines.items()), "", ""]
        self.pages[path] = "\r\n".join(head).encode() + body

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        self.heads.append(head)
        path = head.split(" ")[1]
        writer.write(self.pages.get(path, self.pages.get(path.partition("?")[0], b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")))
        await writer.drain()
        writer.close()

    async def _sing(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.sung.append(f"{writer.get_extra_info('sockname')}: {(await reader.read(300))!r}")
        writer.close()


class _Ear(asyncio.DatagramProtocol):
    def __init__(self, sung: list[str]) -> None:
        self._sung = sung

    def datagram_received(self, _bytes: bytes, address: object) -> None:
        self._sung.append(f"datagram from {address}")


async def _close(server: asyncio.Server) -> None:
    server.close()
    await server.wait_closed()


def admitted(address: IPv4Address | IPv6Address) -> bool:
    return address == ip_address(SITE)


@pytest_asyncio.fixture(loop_scope="module")
async def site() -> AsyncIterator[Site]:
    async with AsyncExitStack() as stack:
        made = Site()
        await made.open(stack)
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with Browser(LIMITS) as made:
        yield made


async def read(browser: Browser, site: Site, html: str, **how: str) -> Page:
    site.put("/", html, **how)
    return await browser.render(site.url(), "Vestnik-test", admitted)


async def trouble(browser: Browser, site: Site, html: str, **how: str) -> PageError:
    with pytest.raises(PageError) as raised:
        await read(browser, site, html, **how)
    return raised.value


def chromiums(ancestor: int) -> set[int]:
    """Chromium's processes that are alive and descend from another one."""
    parents: dict[int, int] = {}
    names: dict[int, str] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name, _, rest = (folder / "stat").read_text().partition("(")[2].rpartition(")")
        except OSError:
            continue
        state, parent = rest.split()[:2]
        if state != "Z":
            parents[int(folder.name)], names[int(folder.name)] = int(parent), name
    return {pid for pid, name in names.items() if name == "chromium" and _descends(pid, ancestor, parents)}


def _descends(pid: int, ancestor: int, parents: dict[int, int]) -> bool:
    while pid := parents.get(pid, 0):
        if pid == ancestor:
            return True
    return False


async def test_an_article_that_a_script_writes_is_read(site: Site, browser: Browser) -> None:
    site.put("/news.json", f'{{"title":"Связь в деревне","text":"{TEXT}"}}')
    page = await read(
        browser,
        site,
        '<div id="root"></div><script>fetch("/news.json").then(a=>a.json()).then(n=>setTimeout(()=>{'
        'root.innerHTML="<h1>"+n.title+"</h1><p>"+n.text+"</p>"},700))</script>',
    )
    assert f"<h1>Связь в деревне</h1><p>{TEXT}</p>" in page.body.decode()
    assert (page.url, page.final_url, page.content_type) == (site.url(), site.url(), "text/html; charset=utf-8")


async def test_a_challenge_is_passed_to_the_page_behind_it(site: Site, browser: Browser) -> None:
    site.put("/behind", f"<p>{TEXT}</p>")
    page = await read(browser, site, "<script>setTimeout(()=>{document.cookie='ok=1';location.replace('/behind')},300)</script>")
    assert TEXT.strip() in page.body.decode()
    assert page.final_url == site.url("/behind")


async def test_the_site_sees_the_user_agent_it_is_to_see_and_the_scripts_its_clock(site: Site, browser: Browser) -> None:
    page = await read(browser, site, f"<body><script>{WRITES} document.title = new Date(0).toString()</script>")
    assert "User-Agent: Vestnik-test\r\n" in site.heads[0]
    assert "Proxy-Authorization" not in "".join(site.heads)
    assert "03:00:00 GMT+0300" in page.body.decode()


async def test_no_page_finds_what_another_left_behind(site: Site, browser: Browser) -> None:
    html = f"<body><script>{WRITES} document.title = 'before: ' + document.cookie; document.cookie = 'seen=1'</script>"
    assert b"before: <" in (await read(browser, site, html)).body
    assert b"before: <" in (await read(browser, site, html)).body


async def test_pictures_are_not_fetched(site: Site, browser: Browser) -> None:
    await read(browser, site, f"<img src=/a.png><link rel=stylesheet href=/a.css><video src=/a.mp4></video><script>{WRITES}</script>")
    assert {head.split()[1] for head in site.heads} <= {"/", "/a.css"}


ATTACKS = {
    "fetch": "fetch('http://127.0.0.1:PORT/fetch').catch(()=>0)",
    "fetch of IPv6": "fetch('http://[::1]:PORT/').catch(()=>0)",
    "fetch of a mapped address": "fetch('http://[::ffff:127.0.0.1]:PORT/').catch(()=>0)",
    "fetch by name": "fetch('http://localhost:PORT/').catch(()=>0); fetch('http://a.localhost:PORT/').catch(()=>0)",
    "fetch of nowhere": "fetch('http://0.0.0.0:PORT/').catch(()=>0)",
    "a number for an address": "fetch('http://2130706433:PORT/').catch(()=>0)",
    "a secure fetch": "fetch('https://127.0.0.1:PORT/').catch(()=>0)",
    "a redirect": "fetch('/away').catch(()=>0)",
    "a frame": "document.body.innerHTML += '<iframe src=http://127.0.0.1:PORT/></iframe><iframe src=/away></iframe>'",
    "a picture": "document.body.innerHTML += '<img src=http://127.0.0.1:PORT/a.png>'",
    "a style": "document.body.innerHTML += '<style>@import url(http://127.0.0.1:PORT/a.css)</style>'",
    "a script": "document.body.append(Object.assign(document.createElement('script'), {src: 'http://127.0.0.1:PORT/'}))",
    "a WebSocket": "new WebSocket('ws://127.0.0.1:PORT/'); new WebSocket('ws://localhost:PORT/')",
    "an event stream": "new EventSource('http://127.0.0.1:PORT/')",
    "a beacon": "navigator.sendBeacon('http://127.0.0.1:PORT/', 'x')",
    "a worker": "new Worker(URL.createObjectURL(new Blob([`fetch('http://127.0.0.1:PORT/fetch').catch(()=>0)`])))",
    "a shared worker": "new SharedWorker('data:text/javascript,fetch(`http://127.0.0.1:PORT/`)')",
    "a WebSocket in a worker": "new Worker(URL.createObjectURL(new Blob([`new WebSocket('ws://127.0.0.1:PORT/')`])))",
    "hints": (
        "for (const rel of ['preconnect','dns-prefetch','prefetch','preload','prerender','modulepreload','manifest','icon'])"
        "document.head.append(Object.assign(document.createElement('link'), {rel, href: 'http://127.0.0.1:PORT/', as: 'script'}))"
    ),
    "speculation": (
        "document.head.append(Object.assign(document.createElement('script'),"
        "{type:'speculationrules',text:JSON.stringify({prefetch:[{urls:['http://127.0.0.1:PORT/'],eagerness:'immediate'}]})}))"
    ),
    "a call by WebRTC": (
        "try{const c=new RTCPeerConnection({iceServers:[{urls:'stun:127.0.0.1:PORT'},"
        "{urls:'turn:127.0.0.1:PORT?transport=tcp',username:'a',credential:'b'}]});"
        "c.createDataChannel('x');c.createOffer().then(o=>c.setLocalDescription(o))}catch(e){}"
    ),
    "WebTransport": "try{new WebTransport('https://127.0.0.1:PORT/').ready.catch(()=>0)}catch(e){}",
    "a window": "window.open('http://127.0.0.1:PORT/')",
    "a form": (
        "document.body.insertAdjacentHTML('beforeend','<iframe name=f></iframe><form target=f action=http://127.0.0.1:PORT/ method=post>"
        "</form>');document.forms[0].submit()"
    ),
    "a ping": "document.body.insertAdjacentHTML('beforeend','<a href=#x ping=http://127.0.0.1:PORT/>x</a>');document.querySelector('a').click()",
    "a report": "navigator.serviceWorker && navigator.serviceWorker.register('/worker.js').catch(()=>0)",
}


async def test_no_script_reaches_a_private_address(site: Site, browser: Browser) -> None:
    site.put("/away", "", "302 Found", Location="http://127.0.0.1:PORT/")
    site.put("/worker.js", "fetch('http://127.0.0.1:PORT/')", Content_Type="text/javascript")
    scripts = "".join(f"<script>{script}</script><script>document.title += '{name}.'</script>" for name, script in ATTACKS.items())
    page = (await read(browser, site, f"<body><script>{WRITES}</script>{scripts}")).body.decode()
    assert TEXT.strip() in page
    assert all(f"{name}." in page for name in ATTACKS)
    assert site.sung == []


@pytest.mark.parametrize("target", ["http://127.0.0.1:PORT/", "http://localhost:PORT/", "http://[::1]:PORT/"])
@pytest.mark.parametrize("how", ["script", "redirect"])
async def test_a_page_that_leads_to_a_private_address_is_refused(site: Site, browser: Browser, target: str, how: str) -> None:
    if how == "script":
        raised = await trouble(browser, site, f"<script>location = '{target}'</script>")
    else:
        raised = await trouble(browser, site, "", status="302 Found", Location=target)
    assert raised.trouble is Trouble.REFUSED
    assert "private address" in raised.words
    assert "127.0.0.1" not in raised.words
    assert site.sung == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "chrome://version", "data:text/html,<p>x", "about:blank", "view-source:http://a"])
@pytest.mark.parametrize("how", ["script", "redirect"])
async def test_a_page_leads_nowhere_but_to_web_addresses(site: Site, browser: Browser, target: str, how: str) -> None:
    if how == "script":
        html, headers = f"<p>{TEXT}</p><script>location = '{target}'</script>", {}
    else:
        html, headers = "", {"status": "302 Found", "Location": target}
    try:
        page = await read(browser, site, html, **headers)
    except PageError as error:
        assert error.trouble in {Trouble.REFUSED, Trouble.TEMPORARY, Trouble.UNREADABLE}  # noqa: PT017
    else:
        assert page.final_url == site.url()
        assert "root:" not in page.body.decode()


async def test_what_is_no_web_address_is_not_asked_for(browser: Browser) -> None:
    with pytest.raises(PageError, match="no web address"):
        await browser.render("file:///etc/passwd", "Vestnik-test", admitted)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("404 Not Found", Trouble.GONE),
        ("410 Gone", Trouble.GONE),
        ("401 Unauthorized", Trouble.BLOCKED),
        ("403 Forbidden", Trouble.BLOCKED),
        ("429 Too Many Requests", Trouble.BLOCKED),
        ("503 Service Unavailable", Trouble.TEMPORARY),
        ("500 Internal Server Error", Trouble.TEMPORARY),
    ],
)
async def test_a_status_says_what_it_says_to_a_plain_request(site: Site, browser: Browser, status: str, kind: Trouble) -> None:
    raised = await trouble(browser, site, f"<p>{TEXT}</p>", status=status)
    assert (raised.trouble, raised.words) == (kind, f"the server answered {status[:3]}")


async def test_a_name_that_does_not_exist_is_said_to_be_none(browser: Browser) -> None:
    with pytest.raises(PageError, match="host name can't be resolved") as raised:
        await browser.render("http://nobody.invalid/", "Vestnik-test", admitted)
    assert raised.value.trouble is Trouble.NAME


HOSTILE = {
    "dialogs": f"{WRITES} for (let i = 0; i < 50; i++) {{ alert(i); confirm(i); prompt(i) }} print()",
    "a question before leaving": f"{WRITES} addEventListener('beforeunload', e => {{ e.preventDefault(); e.returnValue = 'x' }})",
    "many windows": f"{WRITES} for (let i = 0; i < 30; i++) window.open('/w' + i)",
    "downloads": (
        f"{WRITES} for (let i = 0; i < 5; i++) Object.assign(document.createElement('a'), {{href: '/file', download: 'x'}}).click()"
    ),
    "requests without end": f"{WRITES} setInterval(() => fetch('/poll?' + Math.random()), 50)",
    "growth without end": f"{WRITES} setInterval(() => document.body.append('x'), 5)",
    "replaced built-ins": (
        f"{WRITES} Object.defineProperty(Element.prototype, 'outerHTML', {{get() {{ for(;;); }}}});"
        "Object.defineProperty(HTMLElement.prototype, 'innerText', {get() { for(;;); }})"
    ),
    "full screen and questions for rights": f"{WRITES} navigator.geolocation.getCurrentPosition(()=>0); Notification.requestPermission()",
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_page_that_is_a_nuisance_is_read_nevertheless(site: Site, browser: Browser, name: str) -> None:
    site.put("/file", "x" * 1000, Content_Type="application/octet-stream", Content_Disposition="attachment; filename=x")
    page = await read(browser, site, f"<body><script>{HOSTILE[name]}</script>")
    assert TEXT.strip() in page.body.decode()


ENDLESS = {
    "a script without end": ("<script>for(;;);</script>", Trouble.TEMPORARY, "not loaded within"),
    "a script without end that comes later": (
        "<p>x<script>setTimeout(()=>{for(;;);},100)</script>",
        Trouble.TEMPORARY,
        "not loaded within",
    ),
    "dialogs without end": ("<script>for(;;)alert(1)</script>", Trouble.TEMPORARY, "not loaded within"),
    "navigation without end": ("<script>location='/?'+Math.random()</script>", Trouble.TEMPORARY, "without end"),
    "redirects without end": ("", Trouble.TEMPORARY, "without end"),
    "nodes without end": ("<script>for(;;)document.body.append(document.createElement('div'))</script>", Trouble.UNREADABLE, "memory"),
    "bytes without end": ("<script>let a=[];for(;;)a.push(new Uint8Array(1e7).fill(1))</script>", Trouble.UNREADABLE, "memory"),
    "a huge document": ("<script>document.body.append('x '.repeat(1.5e6))</script>", Trouble.TOO_LARGE, "larger than 2 MB"),
    "a huge answer": ("<script>fetch('/huge').then(a=>a.text())</script>", Trouble.TOO_LARGE, "asked for more than 5 MB"),
}


@pytest.mark.parametrize("name", ENDLESS)
async def test_a_page_without_an_end_is_ended_and_the_next_one_is_read(site: Site, name: str) -> None:
    html, kind, words = ENDLESS[name]
    site.put("/huge", "x" * 8_000_000)
    limits = BrowserLimits(deadline=6, settle=1, body=2_000_000, traffic=5_000_000, memory=600_000_000, navigations=5)
    how = {"status": "302 Found", "Location": "/"} if name.startswith("redirects") else {}
    async with Browser(limits) as browser:
        raised = await trouble(browser, site, f"<body>{html}", **how)
        assert (raised.trouble, words in raised.words) == (kind, True), raised.words
        assert TEXT.strip() in (await read(browser, site, f"<body><script>{WRITES}</script>")).body.decode()


async def test_a_heap_that_grows_without_end_is_ended_by_its_limit_or_by_the_deadline(site: Site) -> None:
    async with Browser(BrowserLimits(deadline=6)) as browser:
        raised = await trouble(browser, site, "<script>let a=[];for(;;)a.push({a:[1,2,3]})</script>")
    assert "memory" in raised.words or "not loaded within" in raised.words


async def test_a_file_instead_of_a_page_is_no_page(site: Site, browser: Browser) -> None:
    raised = await trouble(browser, site, "x", Content_Type="application/zip")
    assert raised.trouble is Trouble.UNREADABLE


async def test_a_browser_that_dies_in_the_middle_costs_one_page(site: Site, browser: Browser) -> None:
    site.put("/", "<script>fetch('/begun');for(;;);</script>")
    reading = asyncio.ensure_future(browser.render(site.url(), "Vestnik-test", admitted))
    while not site.heads:
        await asyncio.sleep(0.05)
    for pid in chromiums(os.getpid()):
        os.kill(pid, signal.SIGKILL)
    with pytest.raises(PageError) as raised:
        await reading
    # which of its processes is missed first is chance
    assert raised.value.trouble in {Trouble.TEMPORARY, Trouble.UNREADABLE}
    assert TEXT.strip() in (await read(browser, site, f"<body><script>{WRITES}</script>")).body.decode()


async def test_a_reading_that_is_called_off_leaves_no_process(site: Site) -> None:
    others = chromiums(os.getpid())
    site.put("/", "<script>for(;;);</script>")
    async with Browser(LIMITS) as browser:
        reading = asyncio.ensure_future(browser.render(site.url(), "Vestnik-test", admitted))
        while not site.heads:
            await asyncio.sleep(0.05)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert chromiums(os.getpid()) <= others


async def test_an_idle_browser_is_put_away_and_comes_back(site: Site) -> None:
    others = chromiums(os.getpid())
    async with Browser(BrowserLimits(settle=2, idle=0.1)) as browser:
        await read(browser, site, f"<body><script>{WRITES}</script>")
        while not chromiums(os.getpid()) <= others:
            await asyncio.sleep(0.05)
        await read(browser, site, f"<body><script>{WRITES}</script>")
    assert chromiums(os.getpid()) <= others


async def test_pages_are_read_one_at_a_time(site: Site, browser: Browser) -> None:
    site.put("/", f"<body><script>{WRITES}</script>")
    pages = await asyncio.gather(*(browser.render(site.url(f"/?{number}"), "Vestnik-test", admitted) for number in range(3)))
    assert [page.final_url for page in pages] == [site.url(f"/?{number}") for number in range(3)]


@pytest.mark.parametrize("path", ["/nowhere/chromium", "/etc/passwd"])
async def test_without_a_browser_the_way_out_is_said(path: str) -> None:
    async with Browser(LIMITS, path) as browser:
        with pytest.raises(PageError) as raised:
            await browser.render("http://127.0.0.2/", "Vestnik-test", admitted)
    assert (raised.value.trouble, raised.value.words) == (Trouble.SCRIPTS, NO_BROWSER)


async def test_without_the_package_the_way_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.async_api", None)
    async with Browser(LIMITS) as browser:
        with pytest.raises(PageError) as raised:
            await browser.render("http://127.0.0.2/", "Vestnik-test", admitted)
    assert raised.value.words == NO_BROWSER


OTHER = """
import asyncio, sys
from collector.browser import Browser, BrowserLimits
async def main():
    async with Browser(BrowserLimits()) as browser:
        await browser.render(sys.argv[1], "Vestnik-test", lambda address: str(address) == "127.0.0.2")
asyncio.run(main())
"""


async def test_chromium_dies_with_us_even_when_we_are_killed(site: Site) -> None:
    site.put("/", "<script>for(;;);</script>")
    other = await asyncio.create_subprocess_exec(sys.executable, "-c", OTHER, site.url(), cwd=Path(__file__).parents[1])
    while not site.heads:
        await asyncio.sleep(0.05)
    running = chromiums(other.pid)
    assert running
    other.kill()
    await other.wait()
    while any(_is_alive(pid) for pid in running):
        await asyncio.sleep(0.05)


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
