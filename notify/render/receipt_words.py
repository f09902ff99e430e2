"""What receipts say besides queries and titles, in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class ReceiptWords:
    saved: str
    """With `{name}`."""
    several: str
    """With `{count}`."""
    query: str
    archive: str
    """Before how many publications of the archive match."""
    or_more: str
    """With `{count}`, a number with its noun."""
    none: str
    unasked: str
    """Of a list that is too long to be looked up."""
    samples: str
    """Above the latest of them; nothing may look as if they were news."""
    sample: str
    """Before each of them."""
    more: str
    """With `{count}`."""
    what: str
    """What comes of it."""
    why: str


_RUSSIAN = ReceiptWords(
    saved="Наблюдение «{name}» сохранено",
    several="Сохранено наблюдений: {count}",
    query="Запрос",
    archive="В архиве подходит",
    or_more="{count} или больше",
    none="В архиве пока ничего не подходит.",
    unasked="В архиве это не искали: список слишком велик, чтобы искать его целиком.",
    samples="Последнее из архива, для примера; опубликовано раньше:",
    sample="Пример",
    more="И ещё наблюдений: {count}",
    what="Когда выйдет публикация, которая подходит, на этот адрес придёт оповещение.",
    why="Вы получили это сообщение, потому что этот адрес указан в наблюдении. Оно приходит один раз при каждом сохранении.",
)

_BELARUSIAN = ReceiptWords(
    saved="Назіранне «{name}» захавана",
    several="Захавана назіранняў: {count}",
    query="Запыт",
    archive="У архіве адпавядае",
    or_more="{count} ці больш",
    none="У архіве пакуль нічога не адпавядае.",
    unasked="У архіве гэтага не шукалі: спіс завялікі, каб шукаць яго цалкам.",
    samples="Апошняе з архіва, для прыкладу; апублікавана раней:",
    sample="Прыклад",
    more="І яшчэ назіранняў: {count}",
    what="Калі выйдзе публікацыя, якая адпавядае, на гэты адрас прыйдзе абвестка.",
    why="Вы атрымалі гэтае паведамленне, бо гэты адрас указаны ў назіранні. Яно прыходзіць адзін раз пры кожным захаванні.",
)

_ENGLISH = ReceiptWords(
    saved="Watch “{name}” is saved",
    several="{count} watches are saved",
    query="Query",
    archive="Matches in the archive",
    or_more="{count} or more",
    none="Nothing in the archive matches yet.",
    unasked="The archive was not searched: the list is too long to be looked up as a whole.",
    samples="The latest of the archive, as samples; they were published before:",
    sample="Sample",
    more="And {count} more watches",
    what="When something that matches is published, this address is alerted.",
    why="You receive this message because the watch names this address. It comes once each time the watch is saved.",
)

RECEIPTS: Mapping[str, ReceiptWords] = MappingProxyType({"ru": _RUSSIAN, "be": _BELARUSIAN, "en": _ENGLISH})
