"""Words by which pages in any theme introduce what is no text: readers' comments, other publications, tags, credits, counters.

Whole short blocks alone: the same words within a sentence are text.
"""

from __future__ import annotations

import re

_LONGEST = 200
"""Characters of a block that may be such words."""

_READERS = re.compile(
    r"(?:\d+\s+)?(?:(?:все\s+|усе\s+)?(?:комментари[ийев]+|коментар[іиів]+|каментары[іяў]*|отзывы|водгукі|обсуждение"
    r"|обсудить|comments?|responses|replies"
    r"|kommentare?|comentarios|comentários|commentaires|komentarze|σχόλια)"
    r"(?:\s*(?:\(?\d+\)?|читателей|посетителей|пользователей|на(?:шего|ших)\s+читател\w+.{0,60}|к\s+(?:статье|новости|записи"
    r"|материалу|публикации).{0,80}"
    r"|on\s+this.{0,40}|[:.]|отсутствуют|закрыты))*"
    r"|(?:добавить|оставить|написать|ваш|новый|прокомментировать|дадаць|пакінуць)\s*(?:свой\s+)?(?:комментарий|отзыв"
    r"|каментар|каментарый|водгук).{0,40}"
    r"|(?:leave|add|post|write)\s+(?:a|your)?\s*(?:comment|reply|review).{0,40}|join the (?:conversation|discussion).{0,20})\W*",
    re.IGNORECASE,
)
_OTHERS = (
    r"(?:(?:по)?(?:читайте|смотрите|узнайте|глядзіце|чытайце|дивіться|читати|читать)\s+(?:также|ещё|еще|таксама|яшчэ"
    r"|також)(?:\s+(?:по теме|на тему))?"
    r"|см(?:\.|отри(?:те)?)\s+также|(?:так\s?же|ещё|еще)?\s*(?:материалы|новост[иь]|статьи|публикации|матэрыялы"
    r"|навіны)?\s*(?:по|на)\s+(?:этой\s+|этой же\s+|данной\s+)?тем[еу]"
    r"|похожие(?:\s+\w+){1,2}|(?:другие|іншыя|інші)\s+(?:новости|статьи|материалы|публикации|записи|навіны"
    r"|новини)(?:\s.{0,40})?|(?:последние|свежие|главные|апошнія)\s+(?:новости|навіны|публикации|статьи|записи)"
    r"|популярн(?:ое|ые)(?:\s.{0,30})?|самое\s+(?:читаемое|популярное|интересное)|рекомендуем(?:\s.{0,30})?|(?:вам"
    r"|вас)\s+(?:может|могут)?.{0,10}(?:интересно|заинтересовать|понравиться)"
    r"|related(?:\s+\w+){0,2}|(?:read|see)\s+(?:also|more|next)|also\s+read|more\s+(?:from|on|in|about|news"
    r"|stories)\b.{0,40}|you\s+(?:may|might).{0,10}\s+like.{0,20}"
    r"|recommended(?:\s.{0,30})?|most\s+(?:read|popular|viewed|shared)(?:\s.{0,20})?|latest\s+(?:news|posts|articles)"
    r"|don.t\s+miss|further\s+reading"
    r"|zum\s+weiterlesen|mehr\s+zum\s+thema|lesen\s+sie\s+auch|weiterlesen|(?:diese\s+.{0,20})?(?:könnte"
    r"|auch).{0,24}interess\w+|à\s+lire\s+aussi|sur\s+le\s+même\s+sujet"
    r"|(?:lee|leia|leer)\s+(?:también|também)|(?:te\s+puede|puede)\s+interesar|(?:czytaj|zobacz)\s+(?:też|także|również)"
    r"|διαβάστε\s+(?:επίσης|ακόμα))"
)
_INTRODUCES_OTHERS = re.compile(rf"\W*{_OTHERS}\W*", re.IGNORECASE)
_BEGINS_OTHERS = re.compile(rf"\W*{_OTHERS}\s*[:：–—-]", re.IGNORECASE)
_SAID_ABOUT = re.compile(
    r"(?:(?:теги|тэги|тегі|метки|ключевые слова|рубрик[аи]|категори[яи]|раздел|tags?|tagged|keywords|filed under|posted in"
    r"|categor(?:y|ies)|topics?)\s*:.*"
    r"|(?:просмотр(?:ов|ы)|прочитано|комментари(?:ев|и)|праглядаў|каментары[іяў]+|views?|comments?|hits|рейтинг|оценка"
    r"|голосов|shares?)\s*[:(]?\s*\d.{0,30}"
    r"|\d[\d\s.,]{0,12}(?:просмотр\w*|комментари\w+|праглядаў|views?|comments?|shares?|likes?)"
    r"|(?:фото|фота|видео|відэа|инфографика|иллюстрация|photo|foto|image|picture|video|quelle|credit)(?:\s*(?:автора|by"
    r"|credit|из архива|с сайта\s\S+))?\s*[:©/].{0,120}"
    r"|\(\s*(?:фото|фота|quelle|photo|foto|image)\s*[:©].{0,120}\)|[©(]{1,2}\s?[\w\s./,-]{2,60}\)?"
    r"|(?:.{0,80}\b)?(?:выделите|выделив|выдзеліце|нажмите|націсніце|press|select)\b.{0,120}ctrl\s*\+\s*enter.{0,40}"
    r"|(?:ошибка в тексте|нашли (?:ошибку|опечатку)|заметили (?:ошибку|опечатку)|сообщить об ошибке|знайшлі памылку).{0,100}"
    r"|к\s+списку(?:\s+\w+){0,2}"
    r"|все новости|усе навіны|на главную"
    r"|(?:отправить|послать)\s+(?:другу|ссылку|по\s+\S+)(?:\s.{0,20})?|(?:мне\s+)?нравится|твитнуть|копировать ссылку"
    r"|copy link|tweet|e-?mail|save|like|pin it"
    r"|подписаться|подписывайтесь на .{0,100}|падпісвайцеся .{0,100}|подпишитесь на .{0,100}|subscribe(?:\s.{0,40})?"
    r"|continue reading.{0,40}|читать (?:далее|полностью|дальше)|загрузка.{0,30}|loading.{0,20}|advertisement|реклама|рэклама|anzeige"
    r"|\S{1,120}\.(?:pdf|docx?|odt|rtf|xlsx?|zip|rar|pptx?)(?:\W{0,3}\d[\d.,]*\s?\w{1,5}\W?)?"
    r"|(?:view|see) this post on \w+|(?:a|ein) (?:post|beitrag) (?:shared by|geteilt von) .{0,120}"
    r"|посмотреть эту публикацию в \w+|sieh dir diesen beitrag.{0,30}"
    r"|предыдущ\w+(?:\s.{0,20})?|следующ(?:ая|ий|ее)(?:\s.{0,20})?|previous(?:\s.{0,20})?|next(?:\s.{0,20})?|наверх|вверх"
    r"|top|skip advert(?:isement)?"
    r"|правообладателям|все права защищены.{0,80}|all rights reserved.{0,60}|copyright\b.{0,100})\W*",
    re.IGNORECASE | re.DOTALL,
)
_SAID_SHORTLY = re.compile(
    r"(?:(?:автор(?:ы|\s+\w+)?|аўтар|author|by|источник|крыніца|source|via)\s*:.{0,80}"
    r"|(?:поделиться|падзяліцца)\s+(?:в|ў|на|через|праз|с друзьями|з сябрамі|ссылкой|спасылкай|новостью|навіной|статьей|этим|этой)\b.{0,30}"
    r"|share\s+(?:this|on|via|with|the\s+(?:article|page|post|story))\b.{0,30}"
    r"|(?:вернуться|возврат|назад|вернуцца|перейти|back|return)\s+(?:к|в|ко|на|да|to)\s.{0,40})\W*",
    re.IGNORECASE | re.DOTALL,
)
_SENTENCE = re.compile(r"(?:\S+\s+){4,}\S+[.!?…]\W*")
"""Five words and a full stop: «Перейти на цифровое вещание планируется летом.» is text, however it begins."""
_DATED = re.compile(
    r"(?:опубликовано|размещено|обновлено|добавлено|дата(?:\s+\w+)?|последнее обновление|время публикации|published|updated"
    r"|last (?:updated|modified)|posted|апублікавана|абноўлена)\b(?P<rest>[^!?]*\d[^!?]*)",
    re.IGNORECASE,
)
_BESIDE_DATE = 20
"""Letters that stand beside the date of such a line: a counter, a section. More of them are a sentence («Добавлено: срок продлён до …»)."""
_LETTER = re.compile(r"[^\W\d_]")
_DATE_WORDS = re.compile(
    r"\d+|(?:янв|фев|мар|апр|мая|май|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[а-яa-z]{0,8}"
    r"|(?:студз|лют|сакав|крас|май|чэрв|ліп|жні|верас|кастр|лістап|снеж)[а-яіў]{0,8}"
    r"|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|mon|tue|wed|thu|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|сегодня|вчера|сёння|учора|today|yesterday|года?|гг?|в|у|at|am|pm|gmt|utc|msk|мск|th|st|nd|rd|[\s\W_]+",
    re.IGNORECASE,
)
_LONGEST_DATE = 60


_CONSENT = ("accept", "agree", "consent", "соглас", "принима", "згод", "einverst", "einwillig", "zustimm", "akzept", "aceptar", "zgod")
_PRIVACY = (
    "cookie",
    "куки",
    "privacy",
    "privatsphäre",
    "datenschutz",
    "персональных данных",
    "personal data",
    "third part",
    "externe inhalte",
)
_LONGEST_CONSENT = 400


def introduces_readers(text: str) -> bool:
    """Whether what follows is what readers wrote."""
    return len(text) <= _LONGEST and _READERS.fullmatch(text) is not None


def introduces_others(text: str) -> bool:
    """Whether what follows are other publications."""
    return len(text) <= _LONGEST and _INTRODUCES_OTHERS.fullmatch(text) is not None


def names_other(text: str) -> bool:
    """Whether it introduces another publication and names it: «Читайте также: …»."""
    return _BEGINS_OTHERS.match(text[:_LONGEST]) is not None


def is_said_about(text: str) -> bool:
    """Whether it is about the publication, the page or the site: tags, credits, counters, buttons."""
    if len(text) > _LONGEST:
        return False
    if _SAID_ABOUT.fullmatch(text) or (_SAID_SHORTLY.fullmatch(text) and not _SENTENCE.fullmatch(text)):
        return True
    dated = _DATED.fullmatch(text)
    return dated is not None and len(_LETTER.findall(_DATE_WORDS.sub("", dated["rest"]))) <= _BESIDE_DATE


def asks_consent(text: str) -> bool:
    """Whether it asks the reader to agree to cookies or to something loaded from elsewhere."""
    if len(text) > _LONGEST_CONSENT:
        return False
    lowered = text.lower()
    return any(word in lowered for word in _PRIVACY) and any(word in lowered for word in _CONSENT)


def is_date(text: str) -> bool:
    """Whether there is nothing but a date."""
    return len(text) <= _LONGEST_DATE and any(map(str.isdigit, text)) and not _DATE_WORDS.sub("", text)
