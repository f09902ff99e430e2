"""Whether what came back is what was asked for: sites answer with notices of works and with captchas, and call them a success."""

from __future__ import annotations

import re

from collector.extract.language import judge_language
from storage.fold import fold, folded_words
from storage.model import Content, Link

_TELLING = 3
"""Words of a link that say what it leads to; «Подробнее» and a date say nothing."""
_SHORT = 90
"""Words of a page that may be a notice to its visitors. They say what is the matter and whom to write to; the shortest press releases are
of this length too, which is why a phrase alone decides nothing."""
_LONGEST = 2000
"""Code points; more need not be counted in words."""
_AT_ONCE = 200
"""Code points within which a notice comes to its point."""

_NOTICES = (
    # captchas
    r"(?:i am|i'm|you are|you're|are you) (?:not a|a|no) (?:ro)?bot\b",
    r"(?:confirm|verify)(?:ing)? (?:that )?you are (?:a )?human",
    r"(?:complete|solve) the captcha",
    r"(?:подтвердите|докажите|убедиться|убедимся|проверяем),? что (?:вы|это вы)? ?(?:не робот|человек)",
    r"\bя не робот\b",
    r"введите (?:код|символы|текст) с (?:картинки|изображения)",
    r"(?:пацвердзіце|дакажыце|праверым|правяраем),? што (?:вы|гэта вы)? ?(?:не робат|чалавек)",
    r"\bя не робат\b",
    r"увядзіце (?:код|сімвалы) з (?:малюнка|карцінкі)",
    # firewalls
    r"checking (?:your browser|if the site connection is secure)",
    r"(?:this|the) (?:website|site) is using a security service",
    r"(?:enable|turn on) (?:javascript|cookies)[^.]{0,40} to continue",
    r"\bddos[- ]?guard\b",
    r"your (?:ip|request) (?:address )?(?:has been|is|was) blocked",
    r"(?:access|request) (?:is |was |to this (?:page|site|resource) (?:is|was) )?(?:denied|rejected|blocked)",
    r"\byou (?:have been|are) blocked",
    r"проверк[аи] (?:вашего )?браузера",
    r"(?:ваш )(?:запрос|ip|ip-адрес) (?:был )?(?:заблокирован|отклонен)",
    r"доступ (?:к \w+ )?(?:запрещен|ограничен|заблокирован)\b",
    r"праверка (?:вашага )?браўзера",
    r"(?:ваш )(?:запыт|ip|ip-адрас) (?:быў )?(?:заблакаваны|адхілены)",
    r"доступ (?:да \w+ )?(?:забаронены|абмежаваны|заблакаваны)\b",
    # works on the site itself: an operator's works on its network are what it publishes
    r"(?:site|website|service|server|page) is (?:temporarily |currently )?(?:unavailable|under (?:maintenance|construction))",
    r"\b(?:service|temporarily) unavailable",
    r"(?:under|undergoing|down for) maintenance",
    r"\bwe(?:'ll| will) be back (?:soon|shortly)",
    r"на (?:нашем |этом |данном )?(?:сайте|портале|ресурсе|сервере) (?:сейчас |временно )?(?:ведутся|проводятся|идут) [\w-]+ работы",
    r"на (?:нашым |гэтым |дадзеным )?(?:сайце|партале|рэсурсе|серверы) (?:зараз |часова )?(?:вядуцца|праводзяцца|ідуць) [\w-]+ работы",
    *(
        rf"\b{site} {lately}{is_}\w*"
        for site, lately, is_ in (
            (
                r"(?:сайт|сервис|портал|страница|ресурс|сервер)",
                r"(?:сейчас )?(?:временно )?(?:находится )?",
                r"(?:не доступ|недоступ|не работа|отключ|закрыт|на реконструкц|на обслуживани|на техническо|в разработке)",
            ),
            (
                r"(?:сайт|сэрвіс|партал|старонка|рэсурс|сервер)",
                r"(?:зараз )?(?:часова )?(?:знаходзіцца )?",
                r"(?:недаступ|не працу|адключ|закрыт|на рэканструкц|на абслугоўванні|на тэхнічным|у распрацоўцы)",
            ),
        )
    ),
)
_NOTICE = re.compile("|".join(f"(?:{words})" for words in _NOTICES), re.MULTILINE)
"""What sites say to those they keep out, in folded text: sentences to the visitor, not words that a publication may be about."""
_NOTHING_ELSE = re.compile(
    r"(?:just a moment|one moment, please|attention required!? \| cloudflare|access denied|403 forbidden|bot verification|site maintenance"
    r"|maintenance mode|под охраной|доступ запрещен|доступ забаронены|сайт на обслуживании|сайт на абслугоўванні)[.!… ]*",
)
"""Titles that such pages have, and publications don't."""


def is_what_was_listed(link: Link, content: Content) -> bool | None:
    """Whether at least half of the words by which the list names a publication stand on its page; None where that tells nothing."""
    listed = {word for word in folded_words(link.title) if not word.isdecimal()}
    if len(listed) < _TELLING or judge_language(link.title) not in {"", content.language}:
        return None
    said = set(folded_words(f"{content.title} {content.text}"))
    return 2 * len(listed & said) >= len(listed)


def is_block_page(content: Content, link: Link) -> bool:
    """Whether a page is a captcha, a firewall's refusal, or a notice of works, in place of the publication at its address.

    An article about such things is an article: it is long, or the list announces it, or it has a date or attachments of its own. So only
    a short page whose title, or whose first words, speak to the visitor is a block page.
    """
    if content.attachments or _is_dated(content, link) or len(content.text) > _LONGEST or is_what_was_listed(link, content):
        return False
    title, text = fold(content.title[:_AT_ONCE]).strip(), fold(content.text)
    if _NOTHING_ELSE.fullmatch(title):
        return True
    return len(text.split()) <= _SHORT and bool(_NOTICE.search(title) or _NOTICE.search(text[:_AT_ONCE]))


def _is_dated(content: Content, link: Link) -> bool:
    """Whether the page itself says when it was published; what the list says is no word of the page."""
    return content.published is not None and content.published != link.published
