"""The names of months, in the forms in which dates have them."""

from __future__ import annotations

import re

_NAMES = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ru nominative": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "ru prepositional": "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
    "ru short": "янв фев мар апр май июн июл авг сен окт ноя дек",
    "ru other": "- февр - - - - - - сент - нояб -",
    "be": "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня",
    "be nominative": "студзень люты сакавік красавік май чэрвень ліпень жнівень верасень кастрычнік лістапад снежань",
    "be locative": "студзені лютым сакавіку красавіку маі чэрвені ліпені жніўні верасні кастрычніку лістападзе снежні",
    "be short": "студз лют сак крас мая чэрв ліп жні вер кастр ліст снеж",
    "be other": "сту - - кра траўня чэр - жнів - кас ліс сне",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "en": "january february march april may june july august september october november december",
    "en short": "jan feb mar apr may jun jul aug sept oct nov dec",
    "en other": "- - - - - - - - sep - - -",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "de other": "jänner - mär - - - - - - okt - dez",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "fr short": "janv févr mars avr mai juin juil août sept oct nov déc",
    "fr other": "- fevrier - - - - juill aout - - - decembre",
    "es short": "ene feb mar abr may jun jul ago sep oct nov dic",
    "es other": "- - - - - - - - setiembre - - -",
    "pt short": "jan fev mar abr mai jun jul ago set out nov dez",
    "it short": "gen feb mar apr mag giu lug ago set ott nov dic",
    "pl short": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "nl short": "- - mrt - - - - - - okt - -",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
"""Twelve forms a line; `-` where the language has none of this kind. «Траўня» is May in the older Belarusian spelling."""

_NUMBERS = {name: number for names in _NAMES.values() for number, name in enumerate(names.split(), 1) if name != "-"}

_ROMAN = {name: number for number, name in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], 1)}
_LOOKALIKES = str.maketrans("хі", "xi")

WEEKDAYS = {
    name: number
    for names in (
        "понедельник вторник среда четверг пятница суббота воскресенье",
        "панядзелак аўторак серада чацвер пятніца субота нядзеля",
        "monday tuesday wednesday thursday friday saturday sunday",
        "mon tue wed thu fri sat sun",
        "пн вт ср чт пт сб вс",
    )
    for number, name in enumerate(names.split())
}
"""As `date.weekday` counts them."""

_WORD = re.compile(r"[^\W\d_]+")


def month_of(word: str) -> int:
    """The number of the month that a word names; 0 for none. Whole words, so that «10 марок 2018 года» is no day in March.

    >>> month_of("Марта"), month_of("марок")
    (3, 0)
    """
    return _NUMBERS.get(word.lower(), 0)


def roman_month(word: str) -> int:
    """The number of the month that a Roman numeral gives, in Latin letters or those that look the same; 0 for none.

    >>> roman_month("XII")
    12
    """
    return _ROMAN.get(word.lower().translate(_LOOKALIKES), 0)


def weekday_in(text: str) -> int | None:
    """The day of the week that a short text names, as `date.weekday` counts; None for none."""
    return next((WEEKDAYS[word] for word in _WORD.findall(text.lower()) if word in WEEKDAYS), None)
