"""`identify`, `baseline` and `extract`: documents and saved pages given by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from service_runner import Command, configured

from storage.baseline import entry_of

DOCUMENT = """Министр связи посетил почтовое отделение в Лиде

2 марта 2026 г. министр связи посетил почтовое отделение в Лиде, где после ремонта открылись три окна для приёма посылок. Раньше
жителям окрестных деревень приходилось ездить за отправлениями в районный центр, а теперь к их услугам и новый пункт, и почтальон.

В отделении работают 14 человек. За год они приняли 52 тысячи посылок, сообщил начальник отделения. Министр поблагодарил работников за
терпение во время ремонта, вручил лучшим грамоты и пообещал, что до конца года обновят ещё шесть отделений области.

Source URL: https://mpt.gov.by/ru/news/02-03-2026-77001
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    configured(tmp_path)
    file = tmp_path / "texts" / "one.txt"
    file.parent.mkdir()
    file.write_text(DOCUMENT, encoding="utf-8")
    return file


def test_a_document_is_new_until_it_was_imported_and_known_afterwards(document: Path, vestnik: Command) -> None:
    assert vestnik("identify", str(document)).out == "new\n"
    assert vestnik("baseline", "import", str(document.parent)).out.startswith("imported: ")
    assert vestnik("identify", str(document.parent)).out.startswith("known: ")
    assert vestnik("baseline", "import", str(document)).out.startswith("known: ")
    (found,) = vestnik("identify", "--json", str(document)).values
    assert found["article"] is not None
    assert found["why"]


def test_an_export_has_what_identifies_a_document_and_not_its_text(document: Path, vestnik: Command) -> None:
    exported = vestnik("baseline", "export", str(document)).out
    entry = entry_of(exported)
    assert entry.title == "Министр связи посетил почтовое отделение в Лиде"
    assert entry.url == "https://mpt.gov.by/ru/news/02-03-2026-77001"
    assert "почтальон" not in exported


@pytest.mark.parametrize("command", [["identify"], ["baseline", "import"], ["baseline", "export"]], ids=" ".join)
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("none.txt", "can't be read: No such file"),
        ("empty.txt", "is no text document: "),
        ("binary.txt", "is no text document: it is not UTF-8"),
    ],
)
def test_what_is_no_document_is_named_and_nothing_is_written(
    command: list[str], name: str, words: str, document: Path, tmp_path: Path, vestnik: Command
) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(b"\x89PNG\xff\x00")
    ended = vestnik(*command, str(document), str(tmp_path / name))
    assert ended.status == 1
    assert f"{tmp_path / name} {words}" in ended.err
    assert vestnik("identify", str(document)).out == "new\n"


@pytest.mark.parametrize("command", [["identify"], ["baseline", "import"], ["baseline", "export"]], ids=" ".join)
def test_without_a_document_the_commands_ask_for_one(command: list[str], document: Path, tmp_path: Path, vestnik: Command) -> None:
    (tmp_path / "nothing").mkdir()
    for arguments in ([], [str(tmp_path / "nothing")]):
        ended = vestnik(*command, *arguments)
        assert ended.status in {1, 2}
        assert "text document" in ended.err


def test_a_saved_page_is_read(document: Path, tmp_path: Path, vestnik: Command) -> None:
    page = tmp_path / "page.html"
    paragraphs = "".join(f"<p>{line}</p>" for line in DOCUMENT.splitlines()[2:-1] if line)
    page.write_text(
        f"<html><meta charset=utf-8><title>Министр</title><body><article><h1>Министр в Лиде</h1>{paragraphs}</article>",
        encoding="utf-8",
    )
    (found,) = vestnik("extract", str(page), "--url", "https://example.org/news/1", "--json").values
    assert (found["title"], found["lang"]) == ("Министр в Лиде", "ru")
    assert "14 человек" in found["text"]
    assert "Министр в Лиде" in vestnik("extract", str(page)).out


@pytest.mark.parametrize(("name", "words"), [("none.html", "can't be read: No such file"), ("binary", ""), ("empty", "")])
def test_a_page_without_an_article_is_refused_in_words(name: str, words: str, document: Path, tmp_path: Path, vestnik: Command) -> None:
    (tmp_path / "binary").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "empty").write_bytes(b"")
    ended = vestnik("extract", str(tmp_path / name))
    assert ended.status == 1
    assert f"{tmp_path / name}" in ended.err
    assert words in ended.err
