"""What newcomers do, and must not stumble over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from service_runner import Command
from world import Installation, Mailbox, all_read, free_port, until

from collector.demo.site import DemoSite
from collector.demo.texts import texts
from collector.service.app import ServiceError, listening_socket, utc_now
from collector.service.settings import Settings
from storage.store import open_store

VESTNIK = str(Path(sys.executable).with_name("vestnik"))
LETTER = "Приказ о графике\n\nПриём граждан перенесён на пятницу.\n"


def test_a_second_service_is_told_at_once_that_the_port_is_taken() -> None:
    settings = Settings.model_validate({"service": {"listen": f"127.0.0.1:{free_port()}"}})
    with closing(listening_socket(settings)), pytest.raises(ServiceError, match="can't be used"):
        listening_socket(settings)


@pytest.mark.parametrize("moment", ["at once", "when it serves", "while it looks"])
def test_ctrl_c_in_a_terminal_ends_it_quietly_whenever_it_comes(tmp_path: Path, moment: str) -> None:
    """A terminal sends the signal to every process of the program."""
    with DemoSite(texts(utc_now()).nodes) as site, Mailbox() as mailbox:
        installation = Installation(tmp_path, f"{site.url}/", [site.url.removeprefix("http://")], mailbox)
        command = [VESTNIK, "run", "--config", str(installation.configure())]
        with (tmp_path / "log").open("w") as log:
            process = subprocess.Popen(command, stderr=log, start_new_session=True)
            if moment == "when it serves":
                until(installation.answers, "the service answers")
            if moment == "while it looks":
                until(lambda: any(request.path.startswith("/ru/") for request in site.requests), "a page is read")
            os.killpg(process.pid, signal.SIGINT)
            assert process.wait(20) in ({0} if moment != "at once" else {0, 130, -signal.SIGINT})
        told = installation.log()
        assert moment == "at once" or "Traceback" not in told
        assert "broke the reader" not in told


def test_a_file_about_a_publication_that_was_read_changes_nothing_of_it(tmp_path: Path, vestnik: Command) -> None:
    with DemoSite(texts(utc_now()).nodes[:3]) as site, Mailbox() as mailbox:
        installation = Installation(tmp_path, f"{site.url}/", [site.url.removeprefix("http://")], mailbox)
        config = str(installation.configure())
        with installation.running() as service:
            until(installation.answers, "the service answers", service)
            with installation.store() as store:
                until(lambda: all_read(store), "the first look", service)
                before = store.articles.page(None, 1)[0]
    file = tmp_path / "known.txt"
    file.write_text(
        f"{before.revision.content.title}\n\n{before.revision.content.text}\n\nДобавлено от руки.\n\nSource URL: <{before.url}>\n"
    )
    vestnik("baseline", "import", str(file), "--config", config)
    with closing(open_store(f"sqlite:///{installation.data_dir / 'vestnik.db'}", utc_now())) as store:
        assert store.articles.article(before.id) == before


def test_a_short_document_is_known_when_it_is_read_again(tmp_path: Path, vestnik: Command) -> None:
    file = tmp_path / "order.txt"
    file.write_text(LETTER, encoding="utf-8")
    assert vestnik("baseline", "import", str(file)).out.startswith("imported: ")
    assert vestnik("identify", str(file)).out.startswith("known: ")
    assert vestnik("baseline", "import", str(file)).out.startswith("known: ")


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('[watch.a]\nquery = "связь"\non = ["edit"]\n', "[watch.a] on: it has to name 'new'"),
        ('[source.a]\nurl = "https://example.org/"\nevery = "0s"\n', "[source.a] every: it must be longer than nothing"),
    ],
)
def test_what_could_not_work_is_refused_before_it_starts(tmp_path: Path, vestnik: Command, table: str, words: str) -> None:
    file = tmp_path / "vestnik.toml"
    file.write_text(table, encoding="utf-8")
    ended = vestnik("source", "list", "--config", str(file))
    assert ended.status == 2
    assert words in ended.err
