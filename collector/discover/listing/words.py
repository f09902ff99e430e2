"""Words that listings are made of and that name no publication: buttons, counters, formats of files."""

from __future__ import annotations

import re

_BUTTONS = re.compile(
    r"(?:читать|узнать|смотреть|прочитать|чытаць|глядзець)?\s*(?:далее|дальше|подробнее|подробно|полностью|целиком|ещ[её]|далей|больше?|"
    r"падрабязней|падрабязна|цалкам|всё|все|новость|статью|статья)(?:\s+(?:о|об|пра|про)\b.{0,200})?|читать|чытаць|перейти|открыть|"
    r"скачать.{0,40}|загрузить.{0,40}|спампаваць.{0,40}|просмотр|просмотреть|посмотреть|на главную|"
    r"(?:read|learn|see|view|continue|show|find out)(?:\s+(?:the|this|full|all|more|entire|rest of the))*"
    r"(?:\s+(?:more|reading|article|articles|post|posts|all|details|info|news|story|entry|item|items))?(?:\s+(?:about|on|of)\b.{0,200})?|"
    r"(?:view|open|download|get|view/download)(?:\s+(?:the|this|file|document|pdf|opinion|decision|order|report|page|here))*(?:\s*\(.{0,30}\))?|"
    r"(?:все|усе|all) (?:новости|навіны|публикации|материалы|события|документы|news|posts|articles|documents)|"
    r"details?|here|more|link|permalink|full (?:text|story|article)|подробности|ссылка|здесь|тут|документ|document|файл|file|"
    r"(?:(?:leave a|add|no|\d+|read|view|post a)\s)?comments?(?:\s?\(?\d+)?|"
    r"(?:(?:читать|оставить|\d+|нет|без)\s)?комментари\w+(?:\s?\(?\d+)?|версия для печати|печать|print|share|поделиться|"
    r"изменить|править|править код|edit|history|talk|"
    r"(?:в формате\s+)?(?:pdf|docx?|rtf|odt|xlsx?|pptx?|zip|html?|word|excel)(?:[\s,(–-]{1,3}[\d.,]+\s*\S{1,6}\)?)?",
    re.IGNORECASE,
)
_EDGES = " \t\n\u00a0.,:;|·•*–—-→›»>«‹<←&[](){}…!/\\+#"
_SIZE = re.compile(
    r"[(\[]?\s*(?:pdf|docx?|rtf|xlsx?|zip)?[,\s]*\d+(?:[.,]\d+)?\s*(?:байт|[кмкkmг]?[бb]|[kmg]ib|bytes)\.?\s*[)\]]?", re.IGNORECASE
)
_LETTERS = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_YEARS = re.compile(r"(?:[^\W\d_]{3,10}\.?,?\s+)?(?:19|20)\d\d(?:\s*(?:г\.?|год|года))?(?:\s*\(\d+\))?")


def is_button(text: str) -> bool:
    """Whether a link's words name what to do, or a format, and not what it leads to."""
    bare = text.strip(_EDGES)
    return not bare or (len(bare) <= 240 and (_BUTTONS.fullmatch(bare) is not None or _SIZE.fullmatch(bare) is not None))  # noqa: PLR2004


def is_number(text: str) -> bool:
    """Whether a text is a number or a mark of one («14-90», «№ 38», «22-AP-286»), and says nothing of what it numbers."""
    return len(_WORD.findall(text)) <= 1 and sum(map(str.isdigit, text)) >= len(_LETTERS.findall(text))


def is_year(text: str) -> bool:
    """Whether a text is a year or a month of one: the entries of an archive's calendar."""
    return _YEARS.fullmatch(text.strip(_EDGES)) is not None


def words_in(text: str) -> int:
    return len(_WORD.findall(text))
