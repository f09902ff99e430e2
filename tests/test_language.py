"""The language of a text, by its letters."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from collector.extract.language import judge_language

RU = "Министерство связи объявило о начале нового этапа: объём работ вырос, и объекты сдадут раньше срока."
BE = "Міністэрства сувязі паведаміла пра пачатак новага этапу: аб'ём работ вырас, і аб'екты здадуць раней за тэрмін."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (RU, "ru"),
        (BE, "be"),
        (BE.upper(), "be"),
        ("The Ministry announced the start of a new stage of works, ahead of schedule.", "en"),
        ("Міністерство цифрової трансформації повідомляє про нові їхні послуги та є підтримка.", "uk"),
        ("Цифрлық даму министрлігі жаңа қызметтер туралы хабарлады, олар қолжетімді болады.", "kk"),
        ("Das Ministerium für Kommunikation eröffnet künftig größere Büros in der Stadt, die mit der Bahn zu erreichen sind.", "de"),
        ("Le ministère des communications annonce que les travaux de la nouvelle ligne sont terminés avant la date prévue.", "fr"),
        ("El ministerio de comunicaciones anuncia que las obras de la nueva línea se han terminado antes de la fecha.", "es"),
        ("Ministerstwo poinformowało, że prace na nowej linii są zakończone przed terminem i nie będzie to ostatnia z inwestycji.", "pl"),
        ("通信部宣布开始新阶段的工作并将提前完成所有对象的建设和交付使用", "zh"),
        ("総務省は新しい通信設備の工事を予定より早く完了したと発表しました。", "ja"),
        ("Το υπουργείο ανακοίνωσε την έναρξη των εργασιών.", "el"),
        ("Spectrum auction closes early", "en"),
        ("Ministrstvo Žalec, Škofja Loka, Črnomelj, Kočevje, Brežice", ""),
        ("ИКТ 2026", ""),
        ("", ""),
        ("1 234 567,89 %  — 12.03.2024", ""),
    ],
)
def test_the_letters_tell_the_language_or_nothing(text: str, language: str) -> None:
    assert judge_language(text) == language


def test_a_quotation_in_another_language_does_not_decide() -> None:
    assert judge_language(RU + " «Мінсувязі» і ўсё.") == "ru"
    assert judge_language(RU * 10 + " «Қазақтелеком», Нұр-Сұлтан. «Укрпошта» – її голова є.") == "ru"
    assert judge_language(RU * 3 + " International Telecommunication Union (ITU), Geneva.") == "ru"
    assert judge_language(BE * 3 + " «Объединённый съезд».") == "be"


def test_a_long_text_is_judged_by_all_of_it() -> None:
    """Of long ones not every letter is counted, but those that tell one language from its neighbour are."""
    assert judge_language(RU * 20 + BE * 80) == "be"
    assert judge_language(RU * 80 + BE * 20) == "ru"
    assert judge_language(RU * 30 + " «Укрпошта» – її голова є." * 2) == "ru"


def test_a_russian_text_under_belarusian_labels_is_russian() -> None:
    assert judge_language(f"{RU * 5}\n\nМалюнак") == "ru"


def test_real_belarusian_sentences_are_belarusian(shared: Path) -> None:
    sentences = [json.loads(line) for line in (shared / "pages/langid/be-news-texts.jsonl").read_text(encoding="utf-8").splitlines()]
    addresses = re.compile(r"<[^>]*>|https?://\S+")
    wrong = [said["id"] for said in sentences if judge_language(addresses.sub(" ", said["text"])) != said["language"]]
    assert not wrong
