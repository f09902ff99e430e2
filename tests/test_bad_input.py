"""What surrounds the program is wrong: ports, folders, databases. It says so in one message, and does nothing else."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from service_runner import FAST, Command, Ended, command, configured, silent_server

LISTEN = '"127.0.0.1:0"'


def one_message(ended: Ended, status: int, *words: str) -> None:
    assert ended.status == status, ended.err
    assert len(ended.err.splitlines()) == 1, ended.err
    for word in words:
        assert word in ended.err


def without_rights(*arguments: str) -> Ended:
    """A command that has no right but that of its files' owner, as everybody but the administrator."""
    if os.geteuid() != 0:
        return command(*arguments)
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("setpriv, which takes the administrator's rights away, is not here")
    return command(*arguments, above=(setpriv, "--bounding-set=-all", "--inh-caps=-all"))


# --- where it listens ----------------------------------------------------------------------------------------------------------------


def test_a_taken_port_is_told(workplace: Path, vestnik: Command) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        configured(workplace, fast=FAST.replace(LISTEN, f'"127.0.0.1:{port}"'))
        one_message(vestnik("run"), 1, f"port {port} on 127.0.0.1 can't be used: Address already in use; stop the program that has it")
    assert not (workplace / "data").exists()


def test_a_port_for_administrators_is_told(tmp_path: Path) -> None:
    if int(Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text()) <= 80:
        pytest.skip("this machine lets everybody listen on port 80")
    config = configured(tmp_path, fast=FAST.replace(LISTEN, '"127.0.0.1:80"'))
    one_message(without_rights("run", "--config", str(config)), 1, "port 80 on 127.0.0.1", "ports below 1024", "such as 8080")


@pytest.mark.parametrize(
    ("listen", "more", "status", "words"),
    [
        ("0.0.0.0:8080", "", 2, "would show everything to the network"),
        ("[::]:8080", "", 2, "would show everything to the network"),
        ("198.51.100.7:8080", "open_to_network = true", 1, "that address is none of this machine's; 127.0.0.1 always is"),
        ("nobody.invalid:8080", "", 1, "'nobody.invalid' is no address of this machine"),
        (f"{'a' * 64}.by:8080", "", 1, "is no address of this machine"),
        ("127.0.0.1:99999", "", 2, "is no host:port; write one such as '127.0.0.1:8080'"),
    ],
)
def test_an_address_to_listen_on_that_cannot_be_is_told(
    listen: str, more: str, status: int, words: str, workplace: Path, vestnik: Command
) -> None:
    configured(workplace, fast=FAST.replace(LISTEN, f'"{listen}"\n{more}'))
    one_message(vestnik("run"), status, "[service] listen: ", words)


# --- where it keeps what it knows ----------------------------------------------------------------------------------------------------


def test_a_data_folder_that_is_a_file_is_told(workplace: Path, vestnik: Command) -> None:
    configured(workplace)
    (workplace / "data").write_text("precious")
    one_message(vestnik("migrate"), 1, f"{workplace}/data", "is no folder", "set data_dir")
    assert (workplace / "data").read_text() == "precious"


def garbage(file: Path) -> None:
    file.write_bytes(bytes(range(7, 256)) * 40)


def of_another_program(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE accounts (id INTEGER)")


def of_a_newer_version(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (garbage, "file is not a database; check that it is Vestnik's, whole and writable, or give another place"),
        (of_another_program, "holds tables of another program; give Vestnik a database of its own"),
        (of_a_newer_version, "has schema 9999, newer than this version of Vestnik knows"),
    ],
)
def test_a_database_that_is_not_ours_is_told_and_left_alone(
    make: Callable[[Path], None], words: str, workplace: Path, vestnik: Command
) -> None:
    configured(workplace)
    (workplace / "data").mkdir()
    file = workplace / "data" / "vestnik.db"
    make(file)
    tables = None if make is garbage else told_tables(file)
    before = file.read_bytes()
    one_message(vestnik("run"), 1, str(file), words)
    assert file.read_bytes() == before if make is garbage else told_tables(file) == tables


def told_tables(file: Path) -> list[object]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT name FROM sqlite_master").fetchall()


@pytest.mark.parametrize(("what", "words"), [("data", "set data_dir to a folder"), ("data/vestnik.db", "this user may not write it")])
def test_what_may_not_be_written_is_told(what: str, words: str, tmp_path: Path) -> None:
    config = configured(tmp_path)
    (tmp_path / "data").mkdir()
    if what != "data":
        (tmp_path / what).touch()
    (tmp_path / what).chmod(0o500 if what == "data" else 0o400)
    one_message(
        without_rights("migrate", "--config", str(config)), 1, f"the database file {tmp_path}/data/vestnik.db can't be written", words
    )


def test_a_configuration_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    config = configured(tmp_path)
    config.chmod(0)
    one_message(without_rights("watch", "list", "--config", str(config)), 2, f"{config}: it can't be read: Permission denied")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://teller:top-secret@127.0.0.1:1/news", "port 1 failed: Connection refused; check that the server runs"),
        ("postgresql://teller:top-secret@nobody.invalid/news", "failed to resolve host 'nobody.invalid'"),
        ("postgresql://127.0.0.1:1/news?user=teller&password=top-secret", "Connection refused"),
        ("mysql://teller:top-secret@127.0.0.1/news", "only sqlite:///… and postgresql://… addresses are supported"),
        ("top-secret", "the database address can't be understood; write sqlite:////path/file.db or postgresql://"),
        ("postgresql://teller:top-secret@127.0.0.1:port/news", "the database address can't be understood"),
        ("sqlite://", "a database in memory would forget everything"),
        ("sqlite:////", "can't be written: it is a folder"),
    ],
)
def test_a_database_address_that_leads_nowhere_is_told_without_its_password(
    url: str, words: str, workplace: Path, vestnik: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    ended = vestnik("migrate")
    one_message(ended, 1, words)
    assert "top-secret" not in ended.err


def test_a_database_server_that_says_nothing_is_not_waited_for_without_end(
    workplace: Path, vestnik: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    with silent_server() as server:
        monkeypatch.setenv("DATABASE_URL", f"postgresql://127.0.0.1:{server.port}/news?connect_timeout=2&sslmode=disable")
        one_message(vestnik("migrate"), 1, "timeout", "check that the server runs")
