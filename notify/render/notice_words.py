"""What notices say, in three languages: for each cause what is wrong, and what the operator can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from storage.model import Cause


@dataclass(frozen=True, slots=True)
class CauseWords:
    wrong: str
    """In a subject, after the product's name; `{about}` is the source's name."""
    advice: str


@dataclass(frozen=True, slots=True)
class NoticeWords:
    product: str
    source_well: str
    """At the end of an incident of one source; `{about}` is its name."""
    many_unreachable: str
    """`{about}` is what the sources have in common."""
    many_well: str
    ours_well: str
    since: str
    until: str
    told: str
    """Above what was seen, in the words of the log."""
    sources: str
    proposal: str
    advice: str
    why: str
    causes: Mapping[Cause, CauseWords]


_RUSSIAN = NoticeWords(
    product="Вестник",
    source_well="источник {about} снова в порядке",
    many_unreachable="{about}: не отвечает сразу несколько источников",
    many_well="{about}: источники снова отвечают",
    ours_well="наша связь восстановлена",
    since="Началось",
    until="Закончилось",
    told="Подробности",
    sources="Источники",
    proposal="Предлагаемые правила",
    advice="Что делать",
    why="Это служебное сообщение для того, кто ведёт Вестник.",
    causes={
        Cause.UNREACHABLE: CauseWords(
            "источник {about} не отвечает",
            "Проверьте, открывается ли сайт в браузере. Если открывается, сайт не пускает адрес нашего сервера или переехал. Вестник "
            "продолжает спрашивать; пропущенное он прочтёт, когда сайт ответит.",
        ),
        Cause.BLOCKED: CauseWords(
            "источник {about} не пускает нас",
            "Спрашивайте реже (every, pause), задайте прокси (proxy) или договоритесь с владельцем сайта: он закрыл нам доступ.",
        ),
        Cause.NOTHING_RECOGNISED: CauseWords(
            "в источнике {about} не найдено ни одной публикации",
            "Список открылся, но публикаций в нём не узнать: сайт, видимо, переделан. Посмотрите `vestnik source probe` с адресом списка.",
        ),
        Cause.RULES: CauseWords(
            "правила источника {about} больше не подходят",
            "Источник читается без правил, поэтому ничего не потеряно. Проверьте предложенные правила и замените ими прежние.",
        ),
        Cause.FIELDS_LOST: CauseWords(
            "публикации источника {about} читаются не полностью",
            "Сравните последние публикации с сайтом: вёрстка страниц, видимо, изменилась.",
        ),
        Cause.LIST_SHRUNK: CauseWords(
            "список источника {about} стал намного короче",
            "Сравните список с сайтом. Если так и должно быть, делать ничего не нужно: через две недели это станет нормой.",
        ),
        Cause.TEXTS_SHRUNK: CauseWords(
            "тексты источника {about} стали намного короче",
            "Сравните последние публикации с сайтом: возможно, читается только их начало.",
        ),
        Cause.BLOCK_PAGE: CauseWords(
            "вместо публикаций источник {about} показывает заглушку",
            "Это проверка «не робот ли вы» или объявление о работах на сайте. Публикацией заглушка не считается, чтение повторяется.",
        ),
        Cause.MOJIBAKE: CauseWords(
            "тексты источника {about} приходят в неверной кодировке",
            "Сайт неверно называет свою кодировку. Посмотрите последние публикации и сообщите владельцу сайта.",
        ),
        Cause.ARTICLES: CauseWords(
            "новые публикации источника {about} не читаются",
            "Список открывается, а страницы из него нет. Откройте одну из них в браузере; чтение повторяется.",
        ),
        Cause.SILENT: CauseWords(
            "источник {about} молчит дольше обычного",
            "Сравните список с сайтом: либо там нет нового, либо новое появляется по другому адресу.",
        ),
        Cause.BURST: CauseWords(
            "источник {about} показал сразу очень много ссылок",
            "Ссылки старые или без даты, поэтому пока задержаны. Если ничего не сделать, позже они придут одной сводкой.",
        ),
        Cause.GAP: CauseWords(
            "в источнике {about} могло быть пропущено опубликованное",
            "Между двумя просмотрами появилось больше, чем показывает список. Просмотрите сайт за это время; возможно, источник нужно "
            "смотреть чаще (every).",
        ),
        Cause.CONNECTION: CauseWords(
            "у нас не работает связь",
            "Проверьте сеть сервера. Источники ни при чём; опубликованное за это время будет прочитано и разослано.",
        ),
    },
)

_BELARUSIAN = NoticeWords(
    product="Веснік",
    source_well="крыніца {about} зноў у парадку",
    many_unreachable="{about}: не адказвае адразу некалькі крыніц",
    many_well="{about}: крыніцы зноў адказваюць",
    ours_well="наша сувязь адноўлена",
    since="Пачалося",
    until="Скончылася",
    told="Падрабязнасці",
    sources="Крыніцы",
    proposal="Прапанаваныя правілы",
    advice="Што рабіць",
    why="Гэта службовае паведамленне для таго, хто вядзе Веснік.",
    causes={
        Cause.UNREACHABLE: CauseWords(
            "крыніца {about} не адказвае",
            "Праверце, ці адкрываецца сайт у браўзеры. Калі адкрываецца, сайт не пускае адрас нашага сервера або пераехаў. Веснік "
            "працягвае пытацца; прапушчанае ён прачытае, калі сайт адкажа.",
        ),
        Cause.BLOCKED: CauseWords(
            "крыніца {about} не пускае нас",
            "Пытайцеся радзей (every, pause), задайце проксі (proxy) або дамоўцеся з уладальнікам сайта: ён закрыў нам доступ.",
        ),
        Cause.NOTHING_RECOGNISED: CauseWords(
            "у крыніцы {about} не знойдзена ніводнай публікацыі",
            "Спіс адкрыўся, але публікацый у ім не пазнаць: сайт, відаць, перароблены. Паглядзіце `vestnik source probe` з адрасам спіса.",
        ),
        Cause.RULES: CauseWords(
            "правілы крыніцы {about} больш не падыходзяць",
            "Крыніца чытаецца без правілаў, таму нічога не страчана. Праверце прапанаваныя правілы і замяніце імі ранейшыя.",
        ),
        Cause.FIELDS_LOST: CauseWords(
            "публікацыі крыніцы {about} чытаюцца не цалкам",
            "Параўнайце апошнія публікацыі з сайтам: вёрстка старонак, відаць, змянілася.",
        ),
        Cause.LIST_SHRUNK: CauseWords(
            "спіс крыніцы {about} стаў значна карацейшы",
            "Параўнайце спіс з сайтам. Калі так і павінна быць, рабіць нічога не трэба: праз два тыдні гэта стане нормай.",
        ),
        Cause.TEXTS_SHRUNK: CauseWords(
            "тэксты крыніцы {about} сталі значна карацейшыя",
            "Параўнайце апошнія публікацыі з сайтам: магчыма, чытаецца толькі іх пачатак.",
        ),
        Cause.BLOCK_PAGE: CauseWords(
            "замест публікацый крыніца {about} паказвае заглушку",
            "Гэта праверка «ці не робат вы» або аб'ява пра работы на сайце. Публікацыяй заглушка не лічыцца, чытанне паўтараецца.",
        ),
        Cause.MOJIBAKE: CauseWords(
            "тэксты крыніцы {about} прыходзяць у няправільным кадаванні",
            "Сайт няправільна называе сваё кадаванне. Паглядзіце апошнія публікацыі і паведаміце ўладальніку сайта.",
        ),
        Cause.ARTICLES: CauseWords(
            "новыя публікацыі крыніцы {about} не чытаюцца",
            "Спіс адкрываецца, а старонкі з яго не. Адкрыйце адну з іх у браўзеры; чытанне паўтараецца.",
        ),
        Cause.SILENT: CauseWords(
            "крыніца {about} маўчыць даўжэй, чым звычайна",
            "Параўнайце спіс з сайтам: або там няма новага, або новае з'яўляецца па іншым адрасе.",
        ),
        Cause.BURST: CauseWords(
            "крыніца {about} паказала адразу вельмі многа спасылак",
            "Спасылкі старыя або без даты, таму пакуль затрыманыя. Калі нічога не зрабіць, пазней яны прыйдуць адной зводкай.",
        ),
        Cause.GAP: CauseWords(
            "у крыніцы {about} магло быць прапушчана апублікаванае",
            "Паміж двума праглядамі з'явілася больш, чым паказвае спіс. Праглядзіце сайт за гэты час або глядзіце крыніцу часцей (every).",
        ),
        Cause.CONNECTION: CauseWords(
            "у нас не працуе сувязь",
            "Праверце сетку сервера. Крыніцы ні пры чым; апублікаванае за гэты час будзе прачытана і разаслана.",
        ),
    },
)

_ENGLISH = NoticeWords(
    product="Vestnik",
    source_well="source {about} is well again",
    many_unreachable="{about}: several sources do not answer",
    many_well="{about}: the sources answer again",
    ours_well="our connection works again",
    since="Since",
    until="Until",
    told="Details",
    sources="Sources",
    proposal="Proposed rules",
    advice="What to do",
    why="This is a message to the operator of Vestnik.",
    causes={
        Cause.UNREACHABLE: CauseWords(
            "source {about} does not answer",
            "See whether the site opens in a browser. If it does, it refuses our server's address, or has moved. Vestnik goes on asking; "
            "what it missed it reads when the site answers.",
        ),
        Cause.BLOCKED: CauseWords(
            "source {about} keeps us out",
            "Ask less often (every, pause), set a proxy (proxy), or ask the site's owner: access was closed to us.",
        ),
        Cause.NOTHING_RECOGNISED: CauseWords(
            "no publication is recognised in source {about}",
            "Its list came, but no publication can be told in it: the site was probably rebuilt. See `vestnik source probe` "
            "with the list's address.",
        ),
        Cause.RULES: CauseWords(
            "the rules of source {about} don't fit any more",
            "It is read without them, so nothing is lost. Check the proposed rules, and put them in place of the old ones.",
        ),
        Cause.FIELDS_LOST: CauseWords(
            "articles of source {about} are read in part only",
            "Compare the latest articles with the site: its pages are probably made otherwise now.",
        ),
        Cause.LIST_SHRUNK: CauseWords(
            "the list of source {about} is much shorter than before",
            "Compare it with the site. If that is how it should be, nothing need be done: in two weeks it counts as usual.",
        ),
        Cause.TEXTS_SHRUNK: CauseWords(
            "the texts of source {about} are much shorter than before",
            "Compare the latest articles with the site: perhaps only their beginnings are read.",
        ),
        Cause.BLOCK_PAGE: CauseWords(
            "source {about} shows a notice in place of publications",
            "It is a captcha, or says that the site is being worked on. It is not taken for a publication, and is asked for again.",
        ),
        Cause.MOJIBAKE: CauseWords(
            "texts of source {about} come in a wrong charset",
            "The site names its charset wrongly. See the latest articles, and tell the site's owner.",
        ),
        Cause.ARTICLES: CauseWords(
            "new publications of source {about} can't be read",
            "Its list opens, and the pages that it names don't. Open one of them in a browser; they are tried again.",
        ),
        Cause.SILENT: CauseWords(
            "source {about} is silent for longer than usual",
            "Compare the list with the site: either nothing is new there, or it appears at another address.",
        ),
        Cause.BURST: CauseWords(
            "source {about} showed very many links at once",
            "They are old or undated, and held for now. If nothing is done, they come as one digest later.",
        ),
        Cause.GAP: CauseWords(
            "publications of source {about} may have been missed",
            "More appeared between two looks than the list shows. Look through the site for that time; perhaps the source should be looked "
            "at more often (every).",
        ),
        Cause.CONNECTION: CauseWords(
            "our connection is down",
            "Check the server's network. No source is to blame; what was published meanwhile will be read and sent.",
        ),
    },
)

NOTICES: Mapping[str, NoticeWords] = MappingProxyType({"ru": _RUSSIAN, "be": _BELARUSIAN, "en": _ENGLISH})
