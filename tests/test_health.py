"""What is wrong with a page, and with a source by its history: each sign where it must be seen, and where it must not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from databases import NOW
from hypothesis import given
from hypothesis import strategies as st

from collector.extract.language import judge_language
from collector.health import is_block_page, is_mojibake, is_what_was_listed
from collector.health.assess import Assessment, assess
from collector.health.limits import HealthLimits
from collector.health.repeats import Repeats
from collector.health.silence import usual_silence
from storage.model import ArticleTraits, Attachment, Cause, Content, Gap, Link, LookNotes, PastLook, SourceHistory, Symptom

LIMITS = HealthLimits()
UNTOLD = Link("https://x.example/1", "x.example/1", title="Подробнее")
A_DAY, AN_HOUR, A_QUARTER = timedelta(days=1), timedelta(hours=1), timedelta(minutes=15)


def content(title: str, text: str, published: date | None = None) -> Content:
    return Content(title=title, text=text, published=published, language=judge_language(text))


# --- block pages ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Just a moment...", "Checking your browser before you enter x.example."),
        ("x.example", "Please verify you are human to go on."),
        ("Access denied", "Reference 18.2f3e"),
        ("Attention Required! | Cloudflare", "Sorry, you have been blocked."),
        ("x.example", "This website is under maintenance. We will be back shortly!"),
        ("", "503 Service Temporarily Unavailable"),
        ("x.example", "Enable JavaScript and cookies to continue"),
        ("Технические работы", "На сайте ведутся технические работы. Приносим извинения."),
        ("Министерство", "Сайт временно недоступен. Зайдите, пожалуйста, позже."),
        ("Министерство", "Сайт находится на реконструкции."),
        ("Проверка", "Подтвердите, что вы не робот."),
        ("Проверка браузера", "DDoS-Guard"),
        ("Доступ запрещён", "Ваш адрес записан."),
        ("Портал", "Ваш запрос был заблокирован системой защиты."),
        ("Міністэрства", "Сайт часова недаступны, прабачце."),
        ("Міністэрства", "На нашым сайце вядуцца тэхнічныя работы."),
        ("Праверка", "Пацвердзіце, што вы не робат."),
    ],
)
def test_a_captcha_a_refusal_and_a_notice_of_works_are_no_articles(title: str, text: str) -> None:
    assert is_block_page(content(title, text), UNTOLD)


@pytest.mark.parametrize(
    ("title", "text", "why"),
    [
        ("Как устроена капча", "Подтвердите, что вы не робот: так просят сайты. " + "Капча мешает программам. " * 60, "it is long"),
        ("Плановые работы на сети", "5 мая проводятся технические работы на АТС. Услуги временно недоступны.", "works on a network"),
        ("О работах", "В связи с плановыми работами возможны перерывы связи.", "an operator's news"),
        ("О ресурсах", "Министерство ограничило доступ к ресурсу, где размещалась реклама.", "what a ministry did"),
        ("Report", "The regulator counted the addresses that were blocked by operators.", "what a regulator did"),
        ("Обновлён сайт министерства", "Новый сайт доступен на двух языках.", "the word alone"),
        ("Lines", "The company ended maintenance of its lines.", "the word alone"),
        ("Пра сайт", "Міністэрства адкрыла новы сайт для людзей са слабым зрокам.", "the word alone"),
    ],
)
def test_an_article_about_such_things_is_an_article(title: str, text: str, why: str) -> None:
    assert not is_block_page(content(title, text), UNTOLD), why


def test_a_short_notice_that_the_list_announces_is_an_article() -> None:
    page = content("Сайт министерства временно недоступен", "Сайт временно недоступен из-за переезда в новый дом.")
    assert not is_block_page(page, replace(UNTOLD, title="Сайт министерства временно недоступен"))


def test_a_page_with_a_date_or_a_document_of_its_own_is_an_article() -> None:
    page = content("Сайт", "Сайт временно недоступен.", date(2026, 5, 5))
    assert not is_block_page(page, UNTOLD)
    assert is_block_page(page, replace(UNTOLD, published=date(2026, 5, 5))), "the date is the list's"
    assert not is_block_page(replace(page, published=None, attachments=(Attachment("https://x.example/a.pdf", "План"),)), UNTOLD)


def test_one_text_at_three_links_of_different_names_is_noticed() -> None:
    repeats = Repeats()
    names = ("О марках", "О связи", "О связи", "О почте")
    assert [repeats.is_repeated(replace(UNTOLD, title=name), "a hash") for name in names] == [False, False, False, True]
    assert not repeats.is_repeated(replace(UNTOLD, title="О сетях"), "another hash")
    assert [symptom.cause for symptom in repeats.noticed()] == [Cause.BLOCK_PAGE]
    assert Repeats().noticed() == ()


def test_a_page_is_what_was_listed_if_it_has_the_words_of_the_list() -> None:
    link = replace(UNTOLD, title="О совещании министров связи")
    assert is_what_was_listed(link, content("Совещание", "О совещании министров связи стран региона."))
    assert is_what_was_listed(link, content("Работы", "Здесь ведутся некоторые работы с оборудованием.")) is False
    assert is_what_was_listed(UNTOLD, content("Работы", "Здесь ведутся некоторые работы.")) is None


# --- mojibake ------------------------------------------------------------------------------------------------------------------------

RUSSIAN = "Приказ Министерства связи и информатизации от третьего марта о порядке"
BELARUSIAN = "Міністэрства сувязі і інфарматызацыі ўдакладніла парадак, якім кіруюцца аператары"
SOUND = [
    RUSSIAN,
    BELARUSIAN,
    RUSSIAN.upper(),
    "ПРИКАЗ № 15-А",
    "Ministry of Communications",
    "Қазақстан Республикасының Үкіметі ұлттық өңірлерде қолжетімді қызметтер",
    "Міністерство цифрової трансформації України її завдання",
    "Ђорђе Ћирић и његова љубав",
    "Příšerně žluťoučký kůň úpěl ďábelské ódy",
    "Élève à l'école, déjà été créé",
    "Größe übertrifft Maß",
    "🎉🎉🎉🎉 😀😀 поздравляем",
    "SIM7600E-H, АТС-500, ИКМ-30, РС-20К, ЕС-1045",
    "Кто там??? Что??? Где???",
    "???",
    "中文新闻发布会",
    "±0,5 °C × 2 — §§ 3–5 № 7 «а»",
    "мТС пТС",
    "ЁЛКИ, ЁЖ, СЁСТРЫ",
    "Іван Їжак Єва Ґанок",
    "",
]


@pytest.mark.parametrize("text", SOUND)
def test_what_people_write_is_no_mojibake(text: str) -> None:
    assert not is_mojibake(text)


def _browser_reads(text: str, written: str, read: str) -> str:
    """Bytes in one charset, read in another; what that has no letter for is a control, as browsers have it."""
    letters = (bytes([byte]) for byte in text.encode(written, "replace"))
    return "".join(letter.decode(read, "ignore") or letter.decode("latin-1") for letter in letters)


@pytest.mark.parametrize("text", [RUSSIAN, BELARUSIAN, RUSSIAN.upper(), "Привет"])
@pytest.mark.parametrize(
    ("written", "read"), [("utf-8", "cp1251"), ("utf-8", "latin-1"), ("utf-8", "cp1252"), ("cp1251", "latin-1"), ("cp1251", "cp1252")]
)
def test_a_text_read_in_another_charset_is_mojibake(text: str, written: str, read: str) -> None:
    assert is_mojibake(_browser_reads(text, written, read))


@pytest.mark.parametrize(("written", "read"), [("koi8-r", "cp1251"), ("cp1251", "koi8-r"), ("cp1251", "cp866"), ("koi8-r", "latin-1")])
def test_a_long_text_read_in_another_cyrillic_charset_is_mojibake(written: str, read: str) -> None:
    assert is_mojibake(RUSSIAN.encode(written).decode(read))


@pytest.mark.parametrize("text", ["????? ????????? ?? ???", "?????? ???? 2026", RUSSIAN.encode("cp1251").decode("utf-8", "replace")])
def test_letters_that_were_lost_are_mojibake(text: str) -> None:
    assert is_mojibake(text)


@given(st.lists(st.sampled_from(sorted(set(f"{RUSSIAN} {BELARUSIAN}".split()))), min_size=3, max_size=30))
def test_no_order_of_sound_words_is_mojibake(words: list[str]) -> None:
    assert not is_mojibake(" ".join(words))


@pytest.mark.parametrize("unit", ["?", "?!", "Р", "Ð", "РџС", "ï¿½", "а?", "§", "Ё ", "\u2550Р", "\ufffd"])
def test_no_text_takes_long_to_judge(unit: str) -> None:
    """Each is cut, and looked at once: a row of a million is done before a thousand such calls would be noticed."""
    for text in (unit * 1_000_000, unit * 500 + "я", f"{unit * 150} " * 100):
        assert is_mojibake(text) in {True, False}
        assert not is_block_page(Content(title=text, text=text), UNTOLD)


@given(st.text(max_size=300))
def test_any_text_at_all_is_judged(text: str) -> None:
    assert is_mojibake(text) in {True, False}


# --- a source's history --------------------------------------------------------------------------------------------------------------


def looks(*told: LookNotes | str, step: timedelta = A_QUARTER) -> tuple[PastLook, ...]:
    """Looks in their order, the last at NOW: each a failure by its words, or what a good one noticed."""
    times = [NOW - step * (len(told) - 1 - number) for number in range(len(told))]
    return tuple(
        PastLook(number, at, one, LookNotes(_trouble(one))) if isinstance(one, str) else PastLook(number, at, "", one, read=True)
        for number, (at, one) in enumerate(zip(times, told, strict=True), 1)
    )


def _trouble(words: str) -> str:
    return words.partition(":")[0]


def listed(number: int) -> LookNotes:
    return LookNotes(listed={"https://x.example/news": number})


def article(
    *, title: str = "Новость", length: int = 1000, dated: bool = True, signed: bool = False, beginning: str = RUSSIAN
) -> ArticleTraits:
    return ArticleTraits(title, beginning, length, dated, signed)


def judged(history: SourceHistory, now: datetime = NOW) -> Assessment:
    return assess(history, LIMITS, now)


def firm(history: SourceHistory, now: datetime = NOW) -> dict[Cause, bool]:
    return {symptom.cause: symptom.firm for symptom in judged(history, now).symptoms}


GOOD = listed(10)


@pytest.mark.parametrize(
    ("told", "cause", "is_firm", "why"),
    [
        (["temporary: no answer"] * 5, Cause.UNREACHABLE, True, "five failures over an hour"),
        (["temporary: no answer"] * 4, Cause.UNREACHABLE, False, "45 minutes: a server is restarted"),
        (["blocked: 403"] * 5, Cause.BLOCKED, True, "it does not want us"),
        (["refused: robots.txt"] * 5, Cause.BLOCKED, True, "we may not ask"),
        (["blocked: 403", "temporary: 502", "blocked: 403", "blocked: 403", "blocked: 403"], Cause.BLOCKED, True, "mostly blocked"),
        (["temporary: 502", GOOD, "temporary: 502", "temporary: 502"], Cause.UNREACHABLE, False, "it answered in between"),
        (["temporary: 502"] * 4 + ["ours: down", "temporary: 502"], Cause.UNREACHABLE, True, "our own outage breaks no row"),
        (["temporary: 502"] * 4 + [GOOD], None, False, "it answers"),
        (["ours: no connection"] * 2, Cause.CONNECTION, False, "a quarter of an hour, but two looks only"),
        (["ours: no connection"] * 3, Cause.CONNECTION, True, "our own connection"),
        (["unreadable: layout"] * 5, None, False, "it was reached"),
    ],
)
def test_a_source_is_out_of_reach_when_its_looks_fail_often_and_for_long(
    told: Sequence[LookNotes | str], cause: Cause | None, is_firm: bool, why: str
) -> None:
    condition = judged(SourceHistory(1, looks(*told))).condition
    assert (condition.cause, condition.firm) == (cause, is_firm), why


def test_failures_in_quick_succession_open_no_incident() -> None:
    assert not judged(SourceHistory(1, looks(*["temporary: 502"] * 30, step=timedelta(seconds=10)))).condition.firm


def test_an_outage_has_lasted_since_its_first_look_however_many_there_were() -> None:
    first = judged(SourceHistory(1, looks(*["temporary: 502"] * 5))).condition
    later = SourceHistory(1, looks(*["temporary: 502"] * 5, step=timedelta(minutes=1)), condition=first)
    assert judged(later).condition.since == first.since


@pytest.mark.parametrize(
    ("told", "expected", "why"),
    [
        (["unreadable: no publications"] * 5, {Cause.NOTHING_RECOGNISED: True}, "the layout has changed"),
        (["scripts: to be written"] * 5, {Cause.NOTHING_RECOGNISED: True}, "only scripts write it"),
        ([GOOD, "unreadable: no publications"], {Cause.NOTHING_RECOGNISED: False}, "perhaps it is being rebuilt"),
        (["doubtful: a notice of works"] * 5, {Cause.BLOCK_PAGE: True}, "a notice in place of the list"),
        ([GOOD], {}, "all is well"),
    ],
)
def test_a_list_in_which_nothing_is_recognised_is_a_failure(told: Sequence[LookNotes | str], expected: dict[Cause, bool], why: str) -> None:
    assert firm(SourceHistory(1, looks(*told))) == expected, why


@pytest.mark.parametrize(
    ("sizes", "expected", "why"),
    [
        ([30] * 10 + [9, 9], {Cause.LIST_SHRUNK: True}, "less than a third, twice"),
        ([30] * 10 + [9], {Cause.LIST_SHRUNK: False}, "once"),
        ([30] * 10 + [9, 30], {}, "it is whole again"),
        ([30] * 10 + [10, 10], {}, "a third is no less than a third"),
        ([30, 30, 9, 9], {}, "its usual size is not known yet"),
        ([3] * 10 + [1, 1], {}, "few are few"),
        ([10] * 10 + [40, 40], {}, "it grew"),
    ],
)
def test_a_list_that_shrinks_is_seen(sizes: list[int], expected: dict[Cause, bool], why: str) -> None:
    assert firm(SourceHistory(1, looks(*map(listed, sizes)))) == expected, why


def test_a_list_that_has_not_changed_since_is_as_short_as_it_was() -> None:
    told = [*map(listed, [30] * 10), listed(5), LookNotes(), listed(5), LookNotes(), LookNotes()]
    assert firm(SourceHistory(1, looks(*told))) == {Cause.LIST_SHRUNK: True}


def test_a_short_list_stays_short_though_it_has_been_so_for_long() -> None:
    history = SourceHistory(1, looks(*map(listed, [5] * 30)), looks_before=looks(*map(listed, [30] * 10)))
    assert firm(history) == {Cause.LIST_SHRUNK: True}
    assert firm(replace(history, looks_before=())) == {}, "what it was compared with has been forgotten"


def test_two_entry_points_of_different_size_are_two_lists() -> None:
    both = LookNotes(listed={"https://x.example/news": 30, "https://x.example/feed": 5})
    assert firm(SourceHistory(1, looks(*[both] * 10, LookNotes(listed={"https://x.example/feed": 5})))) == {}


@pytest.mark.parametrize(
    ("before", "recent", "expected", "why"),
    [
        ([article()] * 20, [article(dated=False)] * 5, {Cause.FIELDS_LOST: True}, "no date any more"),
        ([article()] * 20, [article(title="")] * 5, {Cause.FIELDS_LOST: True}, "no title any more"),
        ([article(signed=True)] * 18 + [article()] * 2, [article()] * 5, {Cause.FIELDS_LOST: True}, "nine in ten had an author"),
        ([article(signed=True)] * 17 + [article()] * 3, [article()] * 5, {}, "authors were not always named"),
        ([article()] * 20, [article(dated=False)] * 4, {Cause.FIELDS_LOST: False}, "four may be chance"),
        ([article()] * 20, [article(dated=False)] * 4 + [article()], {}, "the newest has one"),
        ([article()] * 5, [article(dated=False)] * 5, {}, "too little is known of it"),
    ],
)
def test_a_field_that_nearly_every_article_had_is_missed_when_none_has_it(
    before: list[ArticleTraits], recent: list[ArticleTraits], expected: dict[Cause, bool], why: str
) -> None:
    assert firm(SourceHistory(1, looks(GOOD), tuple(before), tuple(recent))) == expected, why


@pytest.mark.parametrize(
    ("lengths", "expected", "why"),
    [
        ([200] * 5, {Cause.TEXTS_SHRUNK: True}, "a fifth"),
        ([1000, 200, 200, 200, 200], {Cause.TEXTS_SHRUNK: True}, "most of them"),
        ([1000, 1000, 1000, 200, 200], {Cause.TEXTS_SHRUNK: False}, "not most of them"),
        ([300] * 5, {}, "shorter, but texts"),
        ([200, 200, 200, 200, 900], {}, "the newest is as long as ever"),
    ],
)
def test_texts_that_shrink_to_teasers_are_seen(lengths: list[int], expected: dict[Cause, bool], why: str) -> None:
    recent = tuple(article(length=length) for length in lengths)
    assert firm(SourceHistory(1, looks(GOOD), (article(),) * 20, recent)) == expected, why


def test_articles_in_a_wrong_charset_are_seen() -> None:
    wrong = article(title=_browser_reads(RUSSIAN, "utf-8", "cp1251"))
    assert firm(SourceHistory(1, looks(GOOD), recent=(article(), wrong, wrong))) == {Cause.MOJIBAKE: True}
    assert firm(SourceHistory(1, looks(GOOD), recent=(article(), article(), wrong))) == {Cause.MOJIBAKE: False}
    assert firm(SourceHistory(1, looks(GOOD), recent=(wrong, wrong, article()))) == {}
    assert firm(SourceHistory(1, looks(GOOD), before=(wrong, wrong))) == {Cause.MOJIBAKE: True}, "it was so from the beginning"


def test_rules_that_do_not_fit_at_two_looks_are_told_with_the_proposal() -> None:
    misfit = LookNotes(listed={"https://x.example/": 9}, noticed=(Symptom(Cause.RULES, "the list was read without rules", "row = 'li'"),))
    assert firm(SourceHistory(1, looks(GOOD, misfit))) == {Cause.RULES: False}
    (symptom,) = judged(SourceHistory(1, looks(GOOD, misfit, misfit))).symptoms
    assert (symptom.cause, symptom.firm, symptom.detail) == (Cause.RULES, True, "row = 'li'")
    assert firm(SourceHistory(1, looks(misfit, misfit, LookNotes()))) == {Cause.RULES: True}, "nothing was read that could fit"
    assert firm(SourceHistory(1, looks(misfit, misfit, GOOD))) == {}


def test_a_block_page_that_a_look_noticed_is_told_at_once() -> None:
    notes = LookNotes(listed={"https://x.example/": 9}, noticed=(Symptom(Cause.BLOCK_PAGE, "one text at three links"),))
    assert firm(SourceHistory(1, looks(GOOD, notes))) == {Cause.BLOCK_PAGE: True}


def test_new_publications_that_can_not_be_read_are_seen_though_the_list_can() -> None:
    failed = tuple((NOW - timedelta(minutes=minute), "403") for minute in (1, 2, 3))
    assert firm(SourceHistory(1, looks(GOOD), unread=failed, newest_at=NOW - AN_HOUR)) == {Cause.ARTICLES: True}
    assert firm(SourceHistory(1, looks(GOOD), unread=failed[:2], newest_at=NOW - AN_HOUR)) == {Cause.ARTICLES: False}
    assert firm(SourceHistory(1, looks(GOOD), unread=failed, newest_at=NOW)) == {}, "a newer one was read"
    assert firm(SourceHistory(1, looks(GOOD), unread=failed)) == {Cause.ARTICLES: True}, "none was ever read"


def test_held_links_and_gaps_are_told() -> None:
    gap = Gap(1, "https://x.example/", "", NOW - A_DAY, NOW - AN_HOUR, "nothing known within ten pages")
    assert firm(SourceHistory(1, looks(GOOD), held=30, gaps=(gap,))) == {Cause.BURST: True, Cause.GAP: True}
    assert firm(SourceHistory(1, looks(GOOD), gaps=(gap,)), NOW + 15 * A_DAY) == {}, "after two weeks nobody asks any more"


# --- silence -------------------------------------------------------------------------------------------------------------------------


def every(gap: timedelta, times: int, until: datetime = NOW) -> list[datetime]:
    return [until - gap * number for number in range(times)]


def weekdays(a_day: int, weeks: int) -> list[datetime]:
    """So many publications an hour apart on each working day, from nine o'clock."""
    days = [NOW.replace(hour=9) - A_DAY * number for number in range(7 * weeks)]
    return [day + AN_HOUR * number for day in days if day.weekday() < 5 for number in range(a_day)]


@pytest.mark.parametrize(
    ("published", "expected", "why"),
    [
        (every(2 * A_DAY, 20), 6 * A_DAY, "three times its gap"),
        (every(A_DAY, 11), 3 * A_DAY, "ten gaps are enough"),
        (every(A_DAY, 10), None, "nine are not"),
        (every(timedelta(minutes=10), 200), A_DAY, "never less than a day"),
        (every(7 * A_DAY, 20), 21 * A_DAY, "a weekly one"),
        (weekdays(1, 8), 9 * A_DAY, "one gap in five is a weekend"),
        ([], None, "nothing is known"),
    ],
)
def test_silence_is_measured_by_the_gaps_of_the_source_itself(published: list[datetime], expected: timedelta | None, why: str) -> None:
    assert usual_silence(published, LIMITS) == expected, why


def test_an_agency_is_not_called_silent_at_weekends() -> None:
    usual = usual_silence(weekdays(9, 8), LIMITS)
    assert usual is not None
    assert 3 * A_DAY < usual < 5 * A_DAY, "a long weekend passes, a week does not"


def test_days_without_an_hour_are_gaps_too() -> None:
    assert usual_silence([(NOW - A_DAY * number).date() for number in range(20)], LIMITS) == 3 * A_DAY


@given(st.lists(st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC)), min_size=11, max_size=60))  # noqa: DTZ001
def test_silence_is_never_told_before_three_times_the_95th_percentile(published: list[datetime]) -> None:
    gaps = sorted(later - earlier for earlier, later in zip(sorted(published), sorted(published)[1:], strict=False))
    usual = usual_silence(published, LIMITS)
    assert usual is not None
    assert usual >= max(3 * gaps[-(-len(gaps) * 95 // 100) - 1], A_DAY)


def test_a_source_that_is_silent_for_longer_than_usual_is_told_while_it_can_be_read() -> None:
    last = NOW - 7 * A_DAY
    history = SourceHistory(1, looks(GOOD), published=tuple(every(2 * A_DAY, 20, last)))
    (symptom,) = judged(history).symptoms
    assert (symptom.cause, symptom.since) == (Cause.SILENT, last)
    assert symptom.words == "no new publication for 7 days; up to 6 days would be usual"
    assert firm(history, NOW - 2 * A_DAY) == {}, "not yet"
    assert firm(replace(history, looks=looks("temporary: 502"))) == {}, "one that is out of reach may publish what it likes"
