"""What is kept can be read by any tool, holds no secret, and is lost by no crash; what others put there can do no harm."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs
from test_full_disk import on_a_small_disk
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from collector.address import family_of
from collector.archive import Archive, Archived, archived
from collector.page import Page

ENDS = str(Path(__file__).with_name("archive_ends.py"))
OURS = {"PYTHONPATH": str(Path(__file__).parents[1])}
NOW = datetime(2026, 11, 22, 9, 30, 15, 123456, tzinfo=UTC)
URL = "https://news.example/ru/node/7"
PAGE = Page(URL, URL, "text/html; charset=utf-8", "<h1>Новости связи</h1>".encode(), headers=(("ETag", '"7"'), ("Server", "nginx")))
LARGEST = 1_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "archive"


@pytest.fixture
async def archive(folder: Path) -> AsyncIterator[Archive]:
    made = Archive(folder, 30)
    yield made
    made.close()


def keep(folder: Path, pages: Iterable[Page], at: datetime = NOW, days: int = 30) -> Path:
    """The file that a program makes which keeps these pages a second apart, and ends."""
    before = set(files(folder))
    asyncio.run(_keep(folder, pages, at, days))
    (made,) = set(files(folder)) - before
    return made


async def _keep(folder: Path, pages: Iterable[Page], at: datetime, days: int) -> None:
    archive = Archive(folder, days)
    for number, page in enumerate(pages):
        await archive.keep(page, at + timedelta(seconds=number))
    archive.close()


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.warc.gz"))


def page(number: int, **changes: Any) -> Page:
    url = f"https://news.example/ru/node/{number}"
    return replace(PAGE, url=url, final_url=url, body=f"<h1>Новость {number}</h1>".encode(), **changes)


def back(folder: Path, largest: int = LARGEST) -> list[Archived]:
    return list(archived(folder, lambda _: True, largest))


def urls(folder: Path) -> list[str]:
    return [found.page.url for found in back(folder)]


def records(file: Path) -> list[tuple[str, dict[str, str], dict[str, str], bytes]]:
    """As warcio reads them, with every digest checked: type, fields, headers of the answer, body."""
    found = []
    with file.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            headers = dict(record.http_headers.headers) if record.http_headers else {}
            found.append((record.rec_type, dict(record.rec_headers.headers), headers, record.content_stream().read()))
    return found


# --- what is kept --------------------------------------------------------------------------------------------------------------------


def test_a_kept_page_is_a_sound_record_for_any_tool(folder: Path) -> None:
    file = keep(folder, [PAGE])
    (_, opening, _, told), (kind, fields, headers, body) = records(file)
    assert b"software: Vestnik/" in told
    assert opening["WARC-Filename"] == file.name
    assert (kind, fields["WARC-Target-URI"], fields["WARC-Date"]) == ("response", URL, "2026-11-22T09:30:15.123456Z")
    assert fields["WARC-Payload-Digest"].startswith("sha1:")
    assert headers == {"Content-Type": PAGE.content_type, "ETag": '"7"', "Server": "nginx", "Content-Length": str(len(PAGE.body))}
    assert body == PAGE.body
    assert gzip.decompress(file.read_bytes()).count(b"WARC/1.1\r\n") == 2


def test_a_page_comes_back_as_it_was_kept(folder: Path) -> None:
    asked = replace(PAGE, url="http://news.example/short", headers=(("ETag", '"7"'), ("Last-Modified", "Sun, 22 Nov 2026 09:00:00 GMT")))
    keep(folder, [asked])
    ((found),) = back(folder)
    assert (found.page.url, found.page.final_url, found.at) == (asked.url, asked.final_url, NOW)
    assert (found.page.body, found.page.content_type, found.page.etag) == (asked.body, asked.content_type, '"7"')
    assert found.page.last_modified == "Sun, 22 Nov 2026 09:00:00 GMT"


def test_only_pages_of_the_family_are_taken_out(folder: Path) -> None:
    keep(folder, [page(1), replace(PAGE, url="https://other.example/", final_url="https://other.example/"), page(2)])
    family = family_of("news", ["news.example"])
    assert [found.page.url for found in archived(folder, family.holds)] == [page(1).url, page(2).url]


def test_pages_of_several_days_come_oldest_first_whatever_their_files_are_called(folder: Path) -> None:
    keep(folder, [page(2)], NOW)
    later = keep(folder, [page(3)], NOW + timedelta(days=1))
    keep(folder, [page(1)], NOW - timedelta(days=1))
    later.rename(folder / "0-renamed.warc.gz")
    assert urls(folder) == [page(1).url, page(2).url, page(3).url]


def test_nothing_secret_is_kept(folder: Path) -> None:
    secret = replace(
        PAGE,
        url="https://reader:geheim@news.example/in",
        final_url="https://reader:geheim@news.example/feed",
        headers=(("Set-Cookie", "session=geheim"), ("set-cookie2", "geheim"), ("X-Powered-By", "PHP")),
    )
    file = keep(folder, [secret])
    kept = gzip.decompress(file.read_bytes())
    assert b"geheim" not in kept
    assert b"reader" not in kept
    assert b"X-Powered-By: PHP" in kept
    assert b"WARC-Type: request" not in kept
    assert urls(folder) == ["https://news.example/in"]


@pytest.mark.parametrize("name", ["Content-Encoding", "transfer-encoding", "CONTENT-LENGTH", "Connection"])
def test_what_is_no_longer_true_of_an_unpacked_body_is_left_out(folder: Path, name: str) -> None:
    file = keep(folder, [replace(PAGE, headers=((name, "gzip"),))])
    (_, _, headers, body) = records(file)[1]
    assert headers == {"Content-Type": PAGE.content_type, "Content-Length": str(len(PAGE.body))}
    assert body == PAGE.body


@pytest.mark.parametrize(
    "header",
    [("X-Ж", "1"), ("X", "a\r\nInjected: 1"), ("X", "Привет"), ("X", "\ud800"), ("X y", "1"), ("", "1"), ("X", "\0")],
    ids=["a name in Cyrillic", "a line break", "a value in Cyrillic", "half a character", "a space", "no name", "NUL"],
)
def test_an_odd_header_breaks_no_record(folder: Path, header: tuple[str, str]) -> None:
    file = keep(folder, [replace(PAGE, headers=(header,))])
    (_, _, headers, body) = records(file)[1]
    assert "Injected" not in headers
    assert body == PAGE.body
    assert urls(folder) == [URL]


def test_an_empty_page_is_kept_too(folder: Path) -> None:
    keep(folder, [replace(PAGE, body=b"")])
    assert [found.page.body for found in back(folder)] == [b""]


async def test_what_the_server_said_is_as_it_was_is_not_kept(folder: Path, archive: Archive) -> None:
    await archive.keep(replace(PAGE, body=b"", not_modified=True), NOW)
    assert files(folder) == []


def test_the_same_body_is_written_once_a_file_and_told_again(folder: Path) -> None:
    edited = replace(PAGE, body=b"<h1>edited</h1>")
    file = keep(folder, [PAGE, PAGE, edited, edited, PAGE])
    found = records(file)[1:]
    assert [kind for kind, *_ in found] == ["response", "revisit", "response", "revisit", "response"]
    revisit = found[1][1]
    assert revisit["WARC-Refers-To-Date"] == found[0][1]["WARC-Date"]
    assert revisit["WARC-Payload-Digest"] == found[0][1]["WARC-Payload-Digest"]
    assert [item.page.body for item in back(folder)] == [PAGE.body, edited.body, PAGE.body]


async def test_each_day_has_a_file_that_needs_no_other(folder: Path, archive: Archive) -> None:
    midnight = datetime(2026, 11, 23, tzinfo=UTC)
    await archive.keep(PAGE, midnight - timedelta(microseconds=1))
    await archive.keep(PAGE, midnight)
    assert [file.name[:17] for file in files(folder)] == ["2026-11-22-235959", "2026-11-23-000000"]
    assert [[kind for kind, *_ in records(file)] for file in files(folder)] == [["warcinfo", "response"]] * 2


def test_only_its_user_may_read_the_archive(folder: Path) -> None:
    file = keep(folder, [PAGE])
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


async def test_pages_that_come_at_once_are_all_kept_whole(folder: Path, archive: Archive) -> None:
    await asyncio.gather(*(archive.keep(page(number), NOW) for number in range(50)))
    assert sorted(urls(folder)) == sorted(page(number).url for number in range(50))
    (file,) = files(folder)
    assert len(records(file)) == 51


async def test_a_page_that_no_record_can_hold_is_told_and_stops_nothing(folder: Path, archive: Archive) -> None:
    with capture_logs() as logs:
        await archive.keep(replace(PAGE, final_url="no address"), NOW)
    assert [line["event"] for line in logs] == ["page not archived"]
    await archive.keep(PAGE, NOW)
    assert urls(folder) == [URL]


# --- old days ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "left"), [(0, 5), (1, 2), (2, 3), (3, 4)])
def test_days_that_are_over_are_deleted_when_a_new_one_begins(folder: Path, days: int, left: int) -> None:
    for ago in (4, 3, 2, 1):
        keep(folder, [page(ago)], NOW - timedelta(days=ago), days=0)
    keep(folder, [PAGE], days=days)
    assert len(files(folder)) == left


def test_a_clock_that_went_back_and_a_file_of_somebody_else_delete_nothing(folder: Path) -> None:
    keep(folder, [page(1)], NOW)
    (folder / "2001-01-01-crawl.warc.gz").write_bytes(files(folder)[0].read_bytes())
    keep(folder, [page(2)], datetime(1970, 1, 1, tzinfo=UTC))
    assert len(files(folder)) == 3


# --- ends and full disks -------------------------------------------------------------------------------------------------------------


def test_a_kill_in_the_middle_of_a_record_costs_that_record_alone(folder: Path) -> None:
    killed = subprocess.run([sys.executable, ENDS, "killed", str(folder)], check=False, env=OURS)
    assert killed.returncode == -signal.SIGKILL
    (cut,) = files(folder)
    size = cut.stat().st_size
    keep(folder, [page(4)], NOW + timedelta(seconds=5))
    assert cut.stat().st_size == size, "nothing is written behind a record that was cut"
    assert urls(folder) == [page(1).url, page(2).url, page(4).url]


def test_a_file_that_is_cut_anywhere_in_its_last_record_keeps_the_others(folder: Path, tmp_path: Path) -> None:
    short = (keep(folder, [page(1)])).read_bytes()
    for file in files(folder):
        file.unlink()
    file = keep(folder, [page(1), page(2)])
    whole = file.read_bytes()
    keep(folder, [page(3)], NOW + timedelta(hours=1))
    # names and digests of a file differ from run to run, by a few bytes
    for length in range(len(short) + 8, len(whole)):
        file.write_bytes(whole[:length])
        found = urls(folder)
        assert found[0] == page(1).url
        assert found[-1] == page(3).url


@pytest.fixture
def in_the_way(folder: Path) -> Path:
    """A file where the folder should be."""
    folder.parent.mkdir()
    folder.write_text("in the way")
    return folder


async def test_a_folder_that_can_not_be_made_is_told_once_and_tried_again_later(in_the_way: Path, archive: Archive) -> None:
    folder = in_the_way
    with capture_logs() as logs:
        for second in range(200):
            await archive.keep(page(second), NOW + timedelta(seconds=second))
        in_the_way.unlink()  # noqa: ASYNC240  (a moment)
        await archive.keep(page(300), NOW + timedelta(seconds=300))
        await archive.keep(page(301), NOW + timedelta(seconds=301))
    first, second = logs
    assert (first["event"], first["log_level"]) == ("archive not written", "error")
    assert "File exists" in first["reason"] or "Not a directory" in first["reason"]
    assert "move it away" in first["way_out"]
    assert (second["event"], second["missed"]) == ("archive written again", 200)
    assert urls(folder) == [page(300).url, page(301).url]


def test_a_full_disk_is_told_once_and_costs_only_what_came_meanwhile(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    words = [*on_a_small_disk(data), sys.executable, ENDS, "full", str(data)]
    ended = json.loads(subprocess.run(words, check=True, capture_output=True, env=OURS).stdout)
    first, second = ended["logs"]
    assert (first["event"], first["reason"]) == ("archive not written", "No space left on device")
    assert first["way_out"].startswith("make room")
    assert (second["event"], second["missed"]) == ("archive written again", 41 - len(ended["kept"]))
    assert ended["kept"] == [*range(len(ended["kept"]) - 1), 40]
    assert len(ended["kept"]) > 5


# --- files of others, and hostile ones -----------------------------------------------------------------------------------------------


def written(headers: list[tuple[str, str]], body: bytes, url: str = URL, version: str = "1.0", status: str = "200 OK") -> bytes:
    """A record as another tool writes it, not compressed."""
    made = BytesIO()
    writer = WARCWriter(made, gzip=False, warc_version=version)
    answer = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record(url, "response", payload=BytesIO(body), length=len(body), http_headers=answer))
    return made.getvalue()


def put(folder: Path, content: bytes, name: str = "crawl.warc") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


HTML = ("Content-Type", "text/html")
CHUNKED = b"5\r\n<h1>a\r\n5;x=y\r\n</h1>\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(written([HTML], b"<h1>a</h1>"), id="plain"),
        pytest.param(written([HTML], b"<h1>a</h1>", version="1.1"), id="of WARC 1.1"),
        pytest.param(written([HTML, ("Transfer-Encoding", "chunked")], CHUNKED), id="in chunks"),
        pytest.param(written([HTML, ("Transfer-Encoding", "chunked")], b"<h1>a</h1>"), id="put together, with the header left"),
        pytest.param(written([HTML, ("Content-Encoding", "gzip")], gzip.compress(b"<h1>a</h1>")), id="packed"),
        pytest.param(written([HTML, ("Content-Encoding", "gzip")], b"<h1>a</h1>"), id="unpacked, with the header left"),
        pytest.param(written([HTML], b"<h1>a</h1>").replace(URL.encode(), b"<" + URL.encode() + b">"), id="brackets around the address"),
    ],
)
@pytest.mark.parametrize("whole", [bytes, gzip.compress], ids=["not compressed", "compressed as a whole"])
def test_files_of_other_tools_are_read(folder: Path, record: bytes, whole: Any) -> None:
    put(folder, whole(record + written([HTML], b"<h1>b</h1>")))
    assert [found.page.body for found in back(folder)] == [b"<h1>a</h1>", b"<h1>b</h1>"]
    assert {found.page.url for found in back(folder)} == {URL}


LENGTH = b"Content-Length: "
GOOD = written([HTML], b"<h1>good</h1>")
START = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-11-22T09:00:00Z\r\nWARC-Target-URI: " + URL.encode() + b"\r\n"


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(written([HTML], b"gone", status="404 Not Found"), id="no success"),
        pytest.param(written([HTML], b"x" * (LARGEST + 1)), id="larger than what is read"),
        pytest.param(written([HTML], b"x" * (LARGEST + 2_000_000)), id="much larger"),
        pytest.param(written([HTML, ("Content-Encoding", "gzip")], gzip.compress(bytes(50 * LARGEST))), id="a bomb"),
        pytest.param(written([HTML, ("Content-Encoding", "gzip")], gzip.compress(b"cut short")[:-9]), id="a packed body cut short"),
        pytest.param(written([HTML, ("Content-Encoding", "zstd")], b"?"), id="packed in a way we don't read"),
        pytest.param(written([HTML, ("Transfer-Encoding", "chunked")], b"1\r\na\r\nzz\r\n"), id="broken chunks"),
        pytest.param(written([HTML], b"good").replace(b"\r\n\r\ngood", b"\r\n\r\nevil"), id="a changed body"),
        pytest.param(written([HTML], b"x", url="urn:no:web:address"), id="no web address"),
        pytest.param(written([HTML], b"x").replace(b"WARC-Date: 2", b"WARC-Date: x"), id="no date"),
        pytest.param(START + LENGTH + b"0\r\n\r\n\r\n\r\n", id="nothing in it"),
        pytest.param(START + LENGTH + b"4\r\n\r\nHTTP\r\n\r\n", id="no HTTP"),
        pytest.param(START.replace(b"response", b"resource") + LENGTH + b"1\r\n\r\nx\r\n\r\n", id="another kind"),
        pytest.param(written([("X", str(n)) for n in range(2000)], b"x"), id="thousands of headers"),
    ],
)
def test_a_record_that_can_not_be_read_is_passed_over(folder: Path, record: bytes) -> None:
    put(folder, record + GOOD)
    assert [found.page.body for found in back(folder)] == [b"<h1>good</h1>"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x1f\x8b", id="the beginning of gzip"),
        pytest.param(b"PK\x03\x04 something else", id="another format"),
        pytest.param(START + b"\r\n", id="no length"),
        pytest.param(START + LENGTH + b"-5\r\n\r\n", id="a length below zero"),
        pytest.param(START + LENGTH + b"9" * 5000 + b"\r\n\r\n", id="a length of many digits"),
        pytest.param(START + LENGTH + b"99999999999999\r\n\r\nx", id="a length beyond all disks"),
        pytest.param(START + b"X: " + b"x" * 10_000_000, id="a line without end"),
        pytest.param(START + b"X: x\r\n" * 100_000, id="fields without end"),
        pytest.param(gzip.compress(GOOD)[:-20] + b"\0" * 50, id="damaged gzip"),
    ],
)
def test_a_damaged_or_hostile_file_costs_no_other_file(folder: Path, content: bytes) -> None:
    put(folder, content)
    put(folder, GOOD, "good.warc")
    assert b"<h1>good</h1>" in [found.page.body for found in back(folder)]


def test_memory_is_bounded_by_what_may_be_read(folder: Path) -> None:
    bomb = written([HTML, ("Content-Encoding", "gzip")], gzip.compress(bytes(40 * LARGEST)))
    put(folder, gzip.compress(written([HTML], bytes(40 * LARGEST)) + bomb + GOOD), "bomb.warc.gz")
    put(folder, gzip.compress(START + b"X: " + bytes(40 * LARGEST)), "line.warc.gz")
    tracemalloc.start()
    try:
        assert len(back(folder)) == 1
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 10 * LARGEST


@given(content=st.one_of(st.binary(), st.tuples(st.integers(0, len(GOOD)), st.binary(max_size=20)).map(lambda cut: _changed(*cut))))
def test_no_file_whatever_it_holds_raises(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.getbasetemp() / hashlib.sha256(content).hexdigest()
    for name, body in (("a.warc", content), ("b.warc.gz", gzip.compress(content))):
        put(folder, body, name)
    assert all(found.page.url for found in back(folder))


def _changed(place: int, other: bytes) -> bytes:
    return GOOD[:place] + other + GOOD[place + len(other) :] + GOOD
