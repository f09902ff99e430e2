"""Plain-text documents: print views kept as text, and resolutions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pages import MINSK, NOW, seeds

from collector.extract.document import read_document
from collector.page import PageError

SUBJECT = (
    "О проекте Концепции сотрудничества государств – участников Содружества Независимых Государств в области цифрового развития общества "
    "и Плане первоочередных мероприятий по ее реализации"
)
KNOWN = {
    "000": (
        "Администрация связи Беларуси приняла участие в заседании Комиссии РСС по координации международного сотрудничества",
        "https://mpt.gov.by/node/9249",
        ("В г. Астана, Республика Казахстан,", "на период до 2035 года."),
        None,
    ),
    "001": (
        "Беларусь продолжает налаживать сотрудничество в рамках ШОС в области цифры",
        "https://xn--b1akbcqh2a7i.xn--90ais/node/10619",
        ("В июне Минсвязи продолжило", "от развития цифровых технологий."),
        None,
    ),
    "002": (
        SUBJECT,
        "",
        ("Проект\n\nРЕГИОНАЛЬНОЕ СОДРУЖЕСТВО", "Председатель\nК.Ю. Носков"),
        date(2019, 9, 16),
    ),
    "003": (
        "Визит Министра информации и телекоммуникаций Республики Сербия в Беларусь",
        "https://www.mpt.gov.by/vizit-ministra-informacii-i-telekommunikaciy-respubliki-serbiya-v-belarus",
        ("28 – 30 августа 2024 г. проходит визит", "Индустриальном парке «Великий камень»."),
        None,
    ),
    "004": (
        "Заседание экспертной группы по подготовке 4-го совещания руководителей министерств и ведомств государств-членов ШОС",
        "https://mpt.gov.by/node/10378",
        ("9 апреля в г. Ханчжоу (Китай)", "иные актуальные направления сотрудничества."),
        None,
    ),
}


def test_the_known_publications_are_read_without_labels_and_tail(shared: Path) -> None:
    found = dict(seeds(shared))
    assert found.keys() == KNOWN.keys()
    for name, (title, url, (begins, ends), published) in KNOWN.items():
        content = found[name].content
        assert (content.title, found[name].url, content.language, content.published) == (title, url, "ru", published)
        assert content.text.startswith(begins)
        assert content.text.endswith(ends)
        assert not any(noise in content.text for noise in ("Изображение", "Малюнак", "Source URL", "---", "**", "##"))


def test_a_reference_block_of_a_known_publication_stays(shared: Path) -> None:
    assert dict(seeds(shared))["001"].content.text.count("Справочно:") == 2


BODY = "Первый абзац сообщения.\n\nСправочно:\n\nВторой абзац сообщения."
ADDRESS = "https://mpt.gov.by/node/77"


@pytest.mark.parametrize("heading", ["Заголовок новости", "## Заголовок новости", "# **Заголовок  новости**", "**Заголовок новости**"])
@pytest.mark.parametrize(
    "tail",
    [
        f"Source URL: <{ADDRESS}>",
        f"Source URL: {ADDRESS}",
        f"**Source URL:** <{ADDRESS}>",
        f"---\n\n**Source URL:** <{ADDRESS}>\n\n",
        f"Source URL:\n\n<{ADDRESS}>",
        f"Изображение\n\n\n\n---\n\n**Source URL:**\n<{ADDRESS}>",
        f"Малюнак\n\nPDF\n\n* * *\n\nsource url: {ADDRESS}",
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_form_of_a_print_view_is_read(heading: str, tail: str, newline: str) -> None:
    written = f"\n\n\n\n{heading}\n\n{BODY}\n\n{tail}".replace("\n", newline)
    document = read_document(written, MINSK, NOW)
    assert (document.content.title, document.content.text, document.url) == ("Заголовок новости", BODY, ADDRESS)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "/node/77", "mpt.gov.by/node/77", "<>", ""])
def test_a_tail_without_a_web_address_gives_none(address: str) -> None:
    document = read_document(f"Заголовок\n\n{BODY}\n\nSource URL: {address}", MINSK, NOW)
    assert document.url == ""


def test_a_document_without_a_tail_has_no_address() -> None:
    assert read_document(f"Заголовок\n\n{BODY}", MINSK, NOW).url == ""


@pytest.mark.parametrize("status", ["Проект\n\n", "ПРАЕКТ\n\n", "draft\n\n", ""])
def test_a_resolution_is_about_its_subject_and_dated_in_its_heading(status: str) -> None:
    heading = f"{status}СОВЕТ ГЛАВ АДМИНИСТРАЦИЙ СВЯЗИ\n 3–4 июня 2025 г. \tПротокол № 12/1"
    content = read_document(f"{heading}\n\nО едином\nзнаке\n\nСоветы решили 1 июля 2025 г.: принять.", MINSK, NOW).content
    assert (content.title, content.published) == ("О едином знаке", date(2025, 6, 3))
    assert content.text.startswith(status.strip() or "СОВЕТ")


@pytest.mark.parametrize("written", ["", "\n\n  \n", "\t\n", "---\n\nSource URL: <https://mpt.gov.by/node/1>"])
def test_a_document_without_text_is_trouble(written: str) -> None:
    with pytest.raises(PageError):
        read_document(written, MINSK, NOW)
