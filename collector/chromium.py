"""Chromium as a process: found, started with everything off that a reader doesn't need, watched, killed whole. The home of playwright.

It resolves no name and reaches no address but through the proxy that each context is given. It ends with us: it hangs on a pipe of
playwright's driver, and that on one of ours, so that not even `kill -9` leaves it behind.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from collector.page import PageError, Trouble
from collector.scripted import NO_BROWSER

if TYPE_CHECKING:
    # an extra that most do without: imported when the first page needs it
    from playwright.async_api import Browser, Playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_START_MOST = 60.0
_STOP_MOST = 5.0
_NOWHERE = "http://127.0.0.1:1"
"""The proxy of whatever is asked outside of a page's context, where nobody listens."""
_FLAGS = (
    # names are the proxy's to resolve; what forgets the proxy gets nowhere
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--dns-prefetch-disable",
    "--disable-quic",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--no-pings",
    "--disable-domain-reliability",
    "--disable-crash-reporter",
    "--deny-permission-prompts",
    "--disable-notifications",
    "--disable-file-system",
    "--disable-remote-fonts",
    "--disable-gpu",
    "--disable-3d-apis",
    "--disable-software-rasterizer",
    "--js-flags=--max-old-space-size=256",
    # one anonymous page at a time has nothing to be kept from its own frames; a renderer for each of their sites costs 60 MB
    "--disable-site-isolation-trials",
    "--renderer-process-limit=2",
)
_TESTERS_FLAGS = (
    # playwright is made for testing one's own pages, and takes away what holds back others'
    "--disable-popup-blocking",
    "--disable-ipc-flooding-protection",
    "--disable-hang-monitor",
    "--enable-unsafe-swiftshader",
)
_ENVIRONMENT: dict[str, str | float | bool] = {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": "/nonexistent"}
"""Of Chromium: ours may hold secrets, which a page that breaks out must not find."""


class Chromium:
    """A running browser. `Chromium.start` makes one."""

    def __init__(self, playwright: Playwright, browser: Browser, pid: int) -> None:
        self.browser = browser
        self._playwright = playwright
        self._pid = pid
        self._driver = _parent(pid)

    @classmethod
    async def start(cls, path: str = "") -> Chromium:
        """Start one. Raises PageError where playwright or Chromium is missing or does not start."""
        executable = next(filter(None, map(shutil.which, (path,) if path else _NAMES)), None)
        if executable is None:
            raise PageError(Trouble.SCRIPTS, NO_BROWSER)
        # cut off in the middle, it would leave its driver behind
        starting = asyncio.ensure_future(_start(executable))
        try:
            return cls(*await asyncio.shield(starting))
        except asyncio.CancelledError:
            with suppress(PageError):
                await cls(*await starting).stop()
            raise

    @property
    def is_running(self) -> bool:
        return self.browser.is_connected()

    def memory(self) -> int:
        """Bytes that its processes hold for themselves; 0 where the system has no /proc to ask."""
        return sum(map(_own_memory, self._processes()))

    def kill(self) -> None:
        """End all its processes at once, whatever they are doing."""
        for pid in (self._pid, *self._processes()):
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)

    async def stop(self) -> None:
        """Kill it, and end its driver, which cleans up behind it."""
        self.kill()
        try:
            async with asyncio.timeout(_STOP_MOST):
                await self._playwright.stop()
        except TimeoutError:
            with suppress(ProcessLookupError):
                os.kill(self._driver, signal.SIGKILL)
            await self._playwright.stop()

    def _processes(self) -> list[int]:
        """All of its session, which playwright's driver makes it lead."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if _stat(folder.name)[3] == self._pid:
                    found.append(int(folder.name))
        return found


async def _start(executable: str) -> tuple[Playwright, Browser, int]:
    try:
        from playwright.async_api import Error, async_playwright  # noqa: PLC0415  (an extra)
    except ImportError:
        raise PageError(Trouble.SCRIPTS, NO_BROWSER) from None
    playwright = await async_playwright().start()
    try:
        browser = await playwright.chromium.launch(
            executable_path=executable,
            env=_ENVIRONMENT,
            args=_FLAGS,
            ignore_default_args=_TESTERS_FLAGS,
            # root can't have the sandbox, as Chromium refuses to start with it; anyone else must
            chromium_sandbox=os.geteuid() != 0,
            proxy={"server": _NOWHERE},
            timeout=_START_MOST * 1000,
            # whether it ends is ours to decide, also when somebody presses Ctrl-C
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
        )
        session = await browser.new_browser_cdp_session()
        processes = (await session.send("SystemInfo.getProcessInfo"))["processInfo"]
        await session.detach()
    except Error as error:
        await playwright.stop()
        raise PageError(Trouble.SCRIPTS, _why_not(str(error))) from error
    return playwright, browser, next(process["id"] for process in processes if process["type"] == "browser")


def _why_not(words: str) -> str:
    if "sandbox" in words.lower():
        return (
            "its scripts write the page, and Chromium finds no sandbox on this machine to read it in; "
            "allow unprivileged user namespaces, or leave this source out"
        )
    return "its scripts write the page, and Chromium does not start; see whether `chromium --headless --dump-dom about:blank` does"


def _stat(pid: str | int) -> list[int]:
    """Of proc_pid_stat(5), what follows the state: parent, process group, session."""
    rest = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    return [0, *map(int, rest[1:4])]


def _parent(pid: int) -> int:
    try:
        return _stat(pid)[1]
    except OSError:
        return 0


def _own_memory(pid: int) -> int:
    """Resident pages that no other process shares, by proc_pid_statm(5), which a sandboxed process shows as well."""
    try:
        _size, resident, shared = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[:3]
    except OSError:
        return 0
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")
