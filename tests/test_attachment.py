"""Documents that publications link to: what is read out of them, and what is said of those that can't be read."""

from __future__ import annotations

import shutil
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from documents import (
    WORD,
    by_numbers,
    compound,
    doc,
    docx,
    docx_xml,
    lines,
    locked_pdf,
    odt,
    packed,
    pdf,
    pdf_of,
    rtf,
    word_paragraph,
    word_row,
)

from collector.child import Children
from collector.extract.attachment import DocumentLimits, read_document
from collector.extract.file_name import shown_name
from collector.page import Page, PageError, Trouble

RUSSIAN = "Министерство связи № 5 сообщает: «тарифы» — с 1 мая; подъём на 12,5 %."
BELARUSIAN = "Міністэрства паведамляе, што ў аб’ектах сувязі ёсць новыя паслугі і ўсё працуе."
TEXT = f"{RUSSIAN}\n\n{BELARUSIAN}"
LIMITS = DocumentLimits()

needs_catdoc = pytest.mark.skipif(shutil.which("catdoc") is None, reason="catdoc is not installed")


def odt_paragraphs(*texts: str) -> bytes:
    return odt("".join(f"<text:p>{text}</text:p>" for text in texts))


def pdf_paragraphs(*texts: str) -> bytes:
    return pdf([line for number, text in enumerate(texts) for line in lines(text, top=750 - 50 * number)])


# the Cyrillic code page has all of these letters
OF_TWO_PARAGRAPHS = {
    "PDF": pdf_paragraphs(RUSSIAN, BELARUSIAN),
    "DOCX": docx(word_paragraph(RUSSIAN) + word_paragraph(BELARUSIAN)),
    "ODT": odt_paragraphs(RUSSIAN, BELARUSIAN),
    "RTF by bytes": rtf(rf"{RUSSIAN}\par {BELARUSIAN}\par"),
    "RTF by numbers": rtf(by_numbers(rf"{RUSSIAN}\par {BELARUSIAN}\par")),
    "DOC": doc(f"{RUSSIAN}\n{BELARUSIAN}"),
}
every_kind = pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=needs_catdoc if kind == "DOC" else ()) for kind in OF_TWO_PARAGRAPHS]
)


def page(body: bytes, content_type: str = "application/octet-stream", url: str = "http://example.org/file") -> Page:
    return Page(url, url, content_type, body)


def read(body: bytes, limits: DocumentLimits = LIMITS) -> str:
    return read_document(page(body), limits)


def trouble(body: bytes, limits: DocumentLimits = LIMITS) -> PageError:
    with pytest.raises(PageError) as raised:
        read(body, limits)
    return raised.value


def text_or_words(body: bytes, limits: DocumentLimits = LIMITS) -> str:
    try:
        return read(body, limits)
    except PageError as error:
        return error.words


# --- every kind of document ---------------------------------------------------------------------------------------------------------------


@every_kind
def test_every_letter_and_paragraph_is_read(kind: str) -> None:
    assert read(OF_TWO_PARAGRAPHS[kind]) == TEXT


@every_kind
@pytest.mark.parametrize("content_type", ["text/html", "application/pdf", "image/png", ""])
def test_the_kind_is_told_by_the_bytes_whatever_name_and_type_say(kind: str, content_type: str) -> None:
    assert read_document(page(OF_TWO_PARAGRAPHS[kind], content_type, "http://example.org/list.html")) == TEXT


@every_kind
def test_a_text_longer_than_is_kept_is_cut(kind: str) -> None:
    assert read(OF_TWO_PARAGRAPHS[kind], DocumentLimits(text=40)) == f"{TEXT[:40]}…"


@every_kind
@pytest.mark.parametrize("share", [0, 0.01, 0.1, 0.3, 0.5, 0.8, 0.95, 0.99])
def test_a_document_that_breaks_off_is_read_as_far_as_it_goes_or_refused_in_words(kind: str, share: float) -> None:
    whole = OF_TWO_PARAGRAPHS[kind]
    assert text_or_words(whole[: int(len(whole) * share)])


@every_kind
def test_a_document_with_any_byte_changed_is_read_or_refused_in_words(kind: str) -> None:
    whole = OF_TWO_PARAGRAPHS[kind]
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        assert text_or_words(whole[:place] + bytes([whole[place] ^ 0x5A]) + whole[place + 1 :], DocumentLimits(seconds=0.5))


# --- what is no document ------------------------------------------------------------------------------------------------------------------

PAGE = "it is a page, not a document"
UNKNOWN = "its format is not one that Vestnik reads (PDF, DOCX, DOC, ODT, RTF)"
PROTECTED = "it is protected by a password"
SCAN = pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"])
ENCRYPTED_ODT = odt("<text:p>нечитаемо</text:p>", '<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>')
REFUSED = {
    "a page": (b"<!DOCTYPE html><html><body>Not found</body></html>", PAGE),
    "a page after a byte order mark": ("\ufeff\n<HTML><head>Ошибка</head></HTML>".encode(), PAGE),
    "a page after a comment": (b"<!-- served by us --><html>%PDF is gone</html>", PAGE),
    "nothing": (b"", "it is empty"),
    "zeros": (b"\0" * 1000, "it is empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, UNKNOWN),
    "plain text": ("Просто текст".encode(), UNKNOWN),
    "another archive": (packed({"notes.txt": "text"}), UNKNOWN),
    "a table of ODF": (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}), UNKNOWN),
    "a table of Excel": (compound({"Workbook": b"numbers"}), UNKNOWN),
    "a locked PDF": (locked_pdf(OF_TWO_PARAGRAPHS["PDF"], "secret", "secret"), PROTECTED),
    "a locked DOCX": (compound({"EncryptedPackage": b"secret"}), PROTECTED),
    "a locked ODT": (ENCRYPTED_ODT, PROTECTED),
    "an ODT locked whole": (packed({"mimetype": "application/vnd.oasis.opendocument.text", "encrypted-package": "secret"}), PROTECTED),
    "a locked DOC": (doc("secret", flags=0x1100), PROTECTED),
    "a scan": (SCAN, "it has no text, only pictures"),
    "an empty DOCX": (docx(""), "it has no text"),
    "an RTF of commands": (rb"{\rtf1\ansi{\fonttbl}\pard\par}", "it has no text"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_document_is_refused_in_words(kind: str) -> None:
    body, words = REFUSED[kind]
    refused = trouble(body)
    assert (refused.trouble, refused.words) == (Trouble.UNREADABLE, words)


DAMAGED = {
    "a PDF of noise": b"%PDF-1.7\n" + bytes(range(256)) * 20,
    "a PDF without pages": pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"]),
    "a DOCX with half a tag": packed({"word/document.xml": "<w:document"}),
    "an ODT without content": packed({"mimetype": "application/vnd.oasis.opendocument.text"}),
    "half a DOC": doc(RUSSIAN)[:2000],
    "half a zip": OF_TWO_PARAGRAPHS["DOCX"][:-40],
    "an RTF with a number too large": rb"{\rtf1 \u-9999999999 text}",
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_what_is_damaged_is_called_so(kind: str) -> None:
    assert trouble(DAMAGED[kind]).words.startswith("it is damaged: ")


def test_a_pdf_that_is_locked_against_changes_alone_is_read() -> None:
    assert read(locked_pdf(OF_TWO_PARAGRAPHS["PDF"], "", "secret")) == TEXT


def test_a_pdf_may_begin_with_something_else() -> None:
    assert read(b"\r\n\r\n" + OF_TWO_PARAGRAPHS["PDF"]) == TEXT


# --- PDF: paragraphs from lines -----------------------------------------------------------------------------------------------------------

FULL = "Строка текста до самого края страницы без конца и"


def test_lines_are_joined_and_an_indent_begins_a_paragraph() -> None:
    first, second = lines(FULL, "её продолжение."), lines("Новый абзац начинается", "с отступа.", top=720)
    indented = [(70, second[0][1], second[0][2]), second[1]]
    assert read(pdf([*first, *indented])) == f"{FULL} её продолжение.\n\nНовый абзац начинается с отступа."


def test_a_wider_space_begins_a_paragraph() -> None:
    assert read(pdf([*lines(FULL, FULL, FULL), *lines(FULL, top=690)])) == f"{FULL} {FULL} {FULL}\n\n{FULL}"


def test_points_of_a_list_are_paragraphs() -> None:
    text = read(pdf(lines(FULL, "утверждает: ", "1) первое условие, которое занимает строку целиком и", "ещё одну;", "2) второе условие.")))
    assert text.split("\n\n")[1:] == ["1) первое условие, которое занимает строку целиком и ещё одну;", "2) второе условие."]


HYPHENATED = {
    "a broken word": ("О развитии инфор-", "матизации.", "О развитии информатизации."),
    "a word that has its hyphen elsewhere": ("научно-технический, научно-", "технический.", "научно-технический, научно-технический."),
    "a particle": ("если кто-", "то придёт.", "если кто-то придёт."),
    "a name": ("город Нью-", "Йорк.", "город Нью-Йорк."),
    "numbers": ("в 2025-", "2026 годах.", "в 2025-2026 годах."),
    "a dash": ("Связь -", "это просто.", "Связь - это просто."),
}


@pytest.mark.parametrize("kind", HYPHENATED)
def test_a_hyphen_at_the_end_of_a_line_stays_where_the_word_has_one(kind: str) -> None:
    first, second, whole = HYPHENATED[kind]
    assert read(pdf(lines(first, second))) == whole


def test_a_sentence_goes_on_overleaf_and_the_numbers_of_pages_are_no_text() -> None:
    first = [*lines("Предложение начинается здесь и"), (300, 30, "1")]
    second = [(300, 780, "- 2 -"), *lines("кончается там.", "Ещё одно.")]
    assert read(pdf(first, second)).startswith("Предложение начинается здесь и кончается там.")
    assert "2" not in read(pdf(first, second))


def test_what_every_page_says_at_its_foot_is_said_once_and_interrupts_nothing() -> None:
    pages = [
        [*lines(f"{word} предложение кончилось. Следующее не", top=700), (50, 30, f"Портал {n} / 4")] for n, word in enumerate("абвг", 1)
    ]
    text = read(pdf(*pages))
    assert text.count("Портал") == 1
    assert "не б предложение" in text
    assert text.endswith("Портал 1 / 4")


def test_a_page_that_is_broken_takes_no_other_with_it() -> None:
    whole = pdf(lines("Первая страница."), lines("Вторая страница."))
    assert read(whole.replace(b"/Type/Page/Parent", b"/Type/Pige/Parent", 1)).endswith("Вторая страница.")


def test_of_too_many_pages_the_first_are_read() -> None:
    assert read(pdf(*[lines(f"Страница {word}.") for word in ("один", "два", "три")]), DocumentLimits(pages=2)).endswith("Страница два.…")


# --- DOCX and ODT -------------------------------------------------------------------------------------------------------------------------


def test_words_that_word_keeps_in_pieces_are_whole() -> None:
    assert read(docx(word_paragraph("Поста", "новле", "ние"))) == "Постановление"


def test_signs_of_word_are_letters() -> None:
    run = "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>а</w:t><w:tab/><w:t>б</w:t><w:br/><w:t>в</w:t><w:noBreakHyphen/>"
    assert read(docx(f"{run}<w:t>г</w:t><w:softHyphen/><w:t>д</w:t></w:r></w:p>")) == "а б\nв-гд"


def test_what_was_deleted_and_what_fields_are_told_is_no_text() -> None:
    deleted = "<w:del><w:r><w:delText>старое</w:delText><w:t>старое</w:t></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r>"
    moved = "<w:moveFrom><w:r><w:t>прежнее</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>новое</w:t></w:r></w:ins>"
    assert read(docx(f"<w:p>{deleted}{moved}</w:p>")) == "новое"


def test_a_text_box_is_read_once() -> None:
    inside = f"<w:txbxContent>{word_paragraph('рамка')}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{inside}</mc:Choice><mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent>"
    assert read(docx(f"<w:p><w:r><w:t>до</w:t></w:r><w:r>{both}</w:r><w:r><w:t> после</w:t></w:r></w:p>")) == "рамка\n\nдо после"


def test_a_row_of_a_table_is_a_line_of_cells() -> None:
    rows = word_row(word_paragraph("Минск"), word_paragraph(""), word_paragraph("12")) + word_row(word_paragraph("Брест"))
    assert read(docx(f"<w:tbl>{rows}</w:tbl>")) == "Минск | 12\n\nБрест"


def test_a_cell_of_several_paragraphs_keeps_them() -> None:
    rows = word_row(word_paragraph("Раз.") + word_paragraph("Два."), word_paragraph("Три."))
    assert read(docx(f"<w:tbl>{rows}</w:tbl>")) == "Раз.\n\nДва.\n\nТри."


def test_a_table_inside_of_a_cell_belongs_to_it() -> None:
    inner = f"<w:tbl>{word_row(word_paragraph('а'), word_paragraph('б'))}</w:tbl>"
    assert read(docx(f"<w:tbl>{word_row(inner, word_paragraph('в'))}</w:tbl>")) == "а | б | в"


def test_notes_come_after_the_text_under_their_numbers() -> None:
    reference = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    ruling = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    footnotes = f'{ruling}<w:footnote w:id="7">{word_paragraph("Сноска.")}</w:footnote>'
    body = f"<w:p><w:r><w:t>Слово</w:t></w:r>{reference}<w:r><w:t> дальше</w:t></w:r></w:p>"
    assert read(docx(body, footnotes=footnotes)) == "Слово[1] дальше\n\n[1] Сноска."


@pytest.mark.parametrize("name", ["word/document2.xml", "word/Document.xml"])
def test_the_main_part_of_a_docx_may_have_another_name(name: str) -> None:
    assert read(packed({name: docx_xml(word_paragraph("Текст"))})) == "Текст"


def test_a_strict_docx_is_read() -> None:
    strict = docx_xml(word_paragraph("Текст")).replace(WORD, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert read(packed({"word/document.xml": strict})) == "Текст"


def test_an_odt_has_headings_spaces_notes_and_tables() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Зноска</text:p></text:note-body></text:note>"
    row = "<table:table-row><table:table-cell><text:p>а</text:p></table:table-cell><table:table-cell><text:p>б</text:p></table:table-cell>"
    text = (
        f'<text:h>Загаловак</text:h><text:p>сло<text:span>ва</text:span><text:s text:c="999999999"/>і<text:line-break/>радок{note}</text:p>'
    )
    old = "<text:tracked-changes><text:p>старое</text:p></text:tracked-changes>"
    assert read(odt(f"{old}{text}{row}</table:table-row>")) == "Загаловак\n\nслова і\nрадок[1]\n\nа | б\n\n[1] Зноска"


# --- RTF and DOC --------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("charset", [204, 1, 0])
def test_letters_of_rtf_are_those_of_its_code_page(charset: int) -> None:
    assert read(rtf(RUSSIAN, charset)) == RUSSIAN


def test_letters_of_rtf_may_be_raw_bytes() -> None:
    assert read(rb"{\rtf1\ansi\ansicpg1251 " + RUSSIAN.encode("cp1251") + b"}") == RUSSIAN


def test_a_letter_by_number_hides_its_substitutes_and_halves_are_joined() -> None:
    assert read(rb"{\rtf1\uc2 \u1045\'c5\'c5\uc1 \u-10179?\u-8704?}") == "Е😀"


def test_tables_notes_and_links_of_rtf_are_read() -> None:
    link = r'{\field{\*\fldinst{HYPERLINK "http://example.org/"}}{\fldrslt{ссылка}}}'
    body = rf"Текст{{\footnote\chftn  Сноска}} и {link}\par Минск\cell 12\cell\row Конец|"
    assert read(rtf(body)) == "Текст[1] и ссылка\n\nМинск | 12\n\nКонец|\n\n[1] Сноска"


def test_pictures_of_rtf_are_no_text() -> None:
    pictures = rb"{\pict\bin12 }{}{text}{}{}{\pict\pngblip" + b"\n89504e470d0a1a0a" * 100 + b"}"
    assert read(rb"{\rtf1 before " + pictures + b"after}") == "before after"


@needs_catdoc
def test_tables_links_and_hyphens_of_doc_are_read() -> None:
    body = 'Минск\x0712\x07\x07см. \x13 HYPERLINK "http://example.org/" \\o "x" \x14ссылку\x15\nмяг\x1fкий'
    assert read(doc(body)) == "Минск | 12\n\nсм. ссылку\n\nмягкий"


def test_without_catdoc_a_doc_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("collector.extract.attachment.doc._ENVIRONMENT", {"PATH": str(tmp_path)})
    refused = trouble(doc(RUSSIAN))
    assert (refused.trouble, refused.words) == (Trouble.UNREADABLE, ".doc files are read by catdoc, which is not installed here")


@pytest.mark.parametrize("endless", ["while :; do :; done", "exec sleep 1000"])
def test_a_catdoc_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, endless: str) -> None:
    program(tmp_path, endless, monkeypatch)
    assert "longer than 0.2 s" in trouble(doc(RUSSIAN), DocumentLimits(seconds=0.2)).words


def test_a_catdoc_that_writes_without_end_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program(tmp_path, "while :; do echo text; done", monkeypatch)
    assert read(doc(RUSSIAN), DocumentLimits(text=1000)).endswith("…")


def program(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catdoc of our own making."""
    made = folder / "catdoc"
    made.write_text(f"#!/bin/sh\n{script}\n")
    made.chmod(0o700)
    monkeypatch.setattr("collector.extract.attachment.doc._ENVIRONMENT", {"PATH": f"{folder}:/usr/bin:/bin"})


# --- documents made to do harm ------------------------------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 12))
XML_BOMBS = {
    "a billion laughs": f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]>',
    "a file of ours": '<!DOCTYPE d [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>',
    "a page of the network": '<!DOCTYPE d [<!ENTITY l11 SYSTEM "http://127.0.0.1:9/">]>',
    "a document type elsewhere": '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">',
}


@pytest.mark.parametrize("kind", XML_BOMBS)
@pytest.mark.parametrize("part", ["DOCX", "ODT"])
def test_entities_are_never_followed(part: str, kind: str) -> None:
    xml = XML_BOMBS[kind] + docx_xml(word_paragraph("&l11;" if "ENTITY" in XML_BOMBS[kind] else "text"))
    parts = {"word/document.xml": xml} if part == "DOCX" else {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": xml}
    assert trouble(packed(parts)).words.endswith("declares a document type, which no document needs")


@pytest.mark.parametrize("claimed", [1, 100, 2**31])
def test_sizes_that_a_zip_claims_are_not_believed(claimed: int) -> None:
    whole = bytearray(packed({"word/document.xml": docx_xml(word_paragraph("текст") * 1000)}))
    struct.pack_into("<I", whole, whole.index(b"PK\x01\x02") + 24, claimed)
    assert text_or_words(bytes(whole)).startswith(("текст", "it is damaged"))


def test_a_zip_of_very_many_parts_is_too_large() -> None:
    refused = trouble(packed({**{str(number): "" for number in range(10_001)}, "word/document.xml": ""}))
    assert (refused.trouble, refused.words) == (Trouble.TOO_LARGE, "it is packed from more than 10000 parts")


def test_the_limit_is_on_all_parts_together() -> None:
    reference = '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    body = docx(reference + " " * 600_000, footnotes=" " * 600_000)
    assert trouble(body, DocumentLimits(unpacked=1_000_000)).words == "it unpacks to more than 1 MB"


def unpacking() -> bytes:
    return docx(("<w:p/>" + " " * 1_000_000) * 60)


def unpacking_pdf() -> bytes:
    content = zlib.compress(b"BT /F 12 Tf 0 0 Td <41> Tj ET\n" * 10_000_000)
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
            b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(content), content),
        ]
    )


def pages_without_end() -> bytes:
    tree = b"<</Type/Pages/Parent 2 0 R/Count 100000/Kids[2 0 R 3 0 R]>>"
    return pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", tree, tree])


def very_many_pages() -> bytes:
    kids = b"3 0 R " * 100_000
    tree = b"<</Type/Pages/Count 100000/Kids[%s]>>" % kids
    return pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", tree, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"])


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a DOCX that unfolds": (unpacking, "it unpacks to more than 50 MB"),
    "a DOCX of tags in tags": (lambda: docx("<w:p>" * 100_000), "it is damaged"),
    "a DOCX with an attribute without end": (lambda: docx(f"<w:p a='{'а' * 20_000_000}'/>"), "it is damaged"),
    "a PDF that unfolds": (unpacking_pdf, ""),
    "a PDF whose pages are their own": (pages_without_end, "it is damaged"),
    "a PDF of very many pages": (very_many_pages, "it has no text"),
    "an RTF of fonts": (lambda: b"{\\rtf1 {\\fonttbl" + b"\\f1" * 400_000 + b"}text}", "reading it took longer"),
    "an RTF of notes in notes": (lambda: b"{\\rtf1 " + b"{\\footnote " * 100_000, "it has no text"),
    "an RTF of links": (lambda: b"{\\rtf1 " + b"{\\field{\\*\\fldinst{HYPERLINK " * 20_000, "it has no text"),
}


@pytest.mark.parametrize("kind", BOMBS)
async def test_a_document_made_to_do_harm_ends_in_words_and_the_next_is_read(kind: str) -> None:
    made, words = BOMBS[kind]
    children = Children(deadline=60, memory=200_000_000)
    try:
        lane = children.lane("example", 60 if words.startswith("it ") else 1)
        with pytest.raises(PageError) as raised:
            await lane.run(read_document, page(made()))
        assert words in raised.value.words
        assert await children.lane("other").run(read_document, page(OF_TWO_PARAGRAPHS["PDF"])) == TEXT
    finally:
        children.close()


HUGE = {
    "DOCX": lambda: docx(word_paragraph(RUSSIAN) * 300_000),
    "ODT": lambda: odt_paragraphs(*[RUSSIAN] * 300_000),
    "RTF": lambda: rtf(rf"{RUSSIAN}\par " * 20_000),
    "RTF of pictures": lambda: rtf(rf"{RUSSIAN}\par {{\pict {'0123456789abcdef' * 1_000_000}}}"),
    "RTF of groups": lambda: b"{\\rtf1 " + b"{" * 300_000 + b"text" + b"}" * 300_001,
}


@pytest.mark.parametrize("kind", HUGE)
async def test_a_document_that_is_merely_huge_is_read_within_the_memory_of_a_child(kind: str) -> None:
    children = Children(deadline=60, memory=200_000_000)
    try:
        assert (await children.lane("example").run(read_document, page(HUGE[kind]()))).startswith((RUSSIAN, "text"))
    finally:
        children.close()


# --- names --------------------------------------------------------------------------------------------------------------------------------

NAMES = {
    "Постановление № 12.pdf": "Постановление № 12.pdf",
    "Указ № 5/2024": "Указ № 5-2024",
    "../../etc/passwd": "etc-passwd",
    "..\\..\\windows\\system.ini": "windows-system.ini",
    "/etc/passwd": "etc-passwd",
    ".hidden": "hidden",
    "..": "document",
    "": "document",
    " \n\t ": "document",
    "a\0b.pdf": "ab.pdf",
    "две\nстроки\r\n.pdf": "две строки .pdf",
    "счёт\u202efdp.exe": "счётfdp.exe",
    "\u2066\u200fтекст\u2069\ufeff.doc": "текст.doc",
    "половина\ud800.doc": "половина.doc",
    "и\u0306.pdf": "й.pdf",
    "name. . ": "name",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_made_safe_to_show_and_to_keep(name: str) -> None:
    assert shown_name(name) == NAMES[name]


@pytest.mark.parametrize("name", ["я" * 10_000, "я" * 200 + ".docx", "x" * 300 + ".pdf", "a." + "b" * 5000, "/" * 10_000, "😀" * 5000])
def test_a_long_name_becomes_a_files_name(name: str, tmp_path: Path) -> None:
    shown = shown_name(name)
    (tmp_path / shown).write_bytes(b"")
    assert [path.name for path in tmp_path.iterdir()] == [shown]


def test_a_name_that_is_cut_keeps_its_suffix() -> None:
    assert shown_name("я" * 200 + ".docx").endswith("я….docx")
