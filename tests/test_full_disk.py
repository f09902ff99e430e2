"""A disk without room: the service says so, stays up, and goes on when there is room again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from service_runner import FAST, configured, demo_site, kept, running, source

from collector.demo.texts import texts

LATER = texts(datetime.now(UTC)).later


def on_a_small_disk(folder: Path) -> tuple[str, ...]:
    """The words of a command that runs another one where `folder` is a file system of 2 MB, which nobody else sees."""
    unshare = shutil.which("unshare")
    mount = f'mount -t tmpfs -o size=2m none {folder} && exec "$@"'
    words = (unshare or "", "-m", "sh", "-c", mount, "sh")
    if unshare is None or os.geteuid() != 0 or subprocess.run([*words, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting a small file system in a namespace of its own is not permitted here")
    return words


def test_when_the_disk_is_full_it_says_so_and_goes_on_later_with_nothing_lost(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    config_text = FAST.replace("[service]", '[service]\nlease = "1s"')
    with demo_site() as site:
        config = configured(tmp_path, source(site), config_text)
        with running(config, on_a_small_disk(data)) as service:
            service.line("looked", baseline=3)
            disk = Path(f"/proc/{service.process.pid}/root{data}")
            with suppress(OSError), (disk / "filler").open("wb", buffering=0) as filler:
                while filler.write(bytes(4096)):
                    pass
            site.publish(LATER)
            told = service.matching(lambda event: "full" in event.get("reason", ""))
            assert told["level"] == "error"
            with suppress(OSError):  # 503 says so too
                service.get("/healthz")
            assert service.process.poll() is None
            (disk / "filler").unlink()
            service.line("read", state="new")
            assert LATER.title in service.get("/feeds/all.atom").decode()
            assert json.loads(service.get("/healthz"))["ok"] is True
            shutil.copytree(disk, tmp_path / "after" / "data")
            assert service.ends() == 0
            assert "Traceback" not in service.said
    with kept(tmp_path / "after") as store:
        (state,) = store.sources.states(["demo"])
        assert store.sources.link_states(state.id) == {"baseline": 3, "new": 1}
