"""The tricky cases of identity that the sources are known for, by their numbers: 1 to 8 and 10, through the readers and the store."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from html import escape
from itertools import product
from pathlib import Path

import pytest
from databases import NOW
from pages import LOOKS, MINSK, MPT, page, seeds

from collector.address import Family, address_keys, family_of, host_of, link_key
from collector.demo import drupal7, drupal10
from collector.demo.feed import feed
from collector.demo.node import Generation, Node, SiteLook
from collector.discover import read_entry_point
from collector.extract.document import read_document
from collector.extract.language import judge_language
from collector.identity import Identity, sighting_of
from collector.page import Page
from collector.reading import read_page
from collector.sites import Site, plain_site
from storage.baseline import shipped_baseline
from storage.model import Content, EditKind, Link, LinkState, Recorded, RelationKind, Sighting
from storage.store import Store

IDENTITY = Identity()
MINISTRY = family_of(MPT.name, MPT.hosts, MPT.node_patterns)
HOSTS = ("mpt.gov.by", "www.mpt.gov.by", "xn--b1akbcqh2a7i.xn--90ais")
TOLD = {EditKind.NUMBER, EditKind.DATE, EditKind.NAME, EditKind.ATTACHMENT, EditKind.STATUS}
"""Kinds of edit that a watch can ask to be told of."""
MEETING = Node(
    id=8143,
    title="Делегация ведомства приняла участие в заседании комиссии по почтовой связи",
    paragraphs=(
        "1 ноября в Гомеле прошло заседание комиссии по почтовой связи, в котором приняла участие делегация ведомства.",
        "Стороны обсудили пересылку мелких пакетов, сроки доставки в сельской местности и обмен сведениями с таможней.",
        "Комиссия утвердила план работы, поручила секретариату подготовить порядок расчётов между операторами и собрать предложения.",
    ),
    created=datetime(2022, 11, 1, 9, tzinfo=UTC),
    alias="delegaciya-vedomstva-prinyala-uchastie",
)
EDITED = replace(
    MEETING,
    paragraphs=(
        "2 ноября в Гомеле прошло заседание комиссии по почтовой связи, в котором приняли участие три делегации.",
        MEETING.paragraphs[1],
        "О прочих решениях будет сообщено после подписания протокола всеми участниками.",
    ),
)
"""So much that by its text alone it would be another publication."""
POST = (
    "Почтовые отделения столицы переходят на новый порядок работы. Посетителей будут принимать раньше, а по выходным закроются позже "
    "обычного. Изменения коснутся прежде всего спальных районов, где очереди заметнее. Жители смогут получить посылку вечером, а письма "
    "можно опустить в ящик круглые сутки. Оператор просит заранее проверять время работы и обещает вывесить его на дверях."
)


def visited(
    store: Store, html: str | bytes, url: str, site: Site = MPT, family: Family = MINISTRY, link: Link | None = None, now: datetime = NOW
) -> Recorded:
    """A page as the collector reads it, written down."""
    sighting = read_page(page(html, url), site, family, link or Link(url, link_key(url)), now, doubt=True).sighting
    return store.articles.record(sighting, IDENTITY, now)


def shown(node: Node, look: SiteLook | None = None) -> str:
    look = look or LOOKS["drupal10 with node numbers"]
    return drupal7.node_page(node, look) if look.generation is Generation.DRUPAL7 else drupal10.node_page(node, look)


def print_view(node: Node) -> str:
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in node.paragraphs)
    source = f"<hr><p><strong>Source URL:</strong> https://mpt.gov.by/node/{node.id}</p>"
    return f"<html><head><title>{escape(node.title)}</title></head><body><h1>{escape(node.title)}</h1>{body}{source}</body></html>"


def bare(node: Node, head: str = "", attributes: str = "") -> str:
    """A page that claims nothing for itself but what it is given."""
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in node.paragraphs)
    title = escape(node.title)
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1><article{attributes}>{body}</article></body></html>"


def seen(url: str, title: str, text: str, family: Family | None = None, published: date | None = None) -> Sighting:
    """A text at an address, or a document without one."""
    content = Content(title, text, language=judge_language(f"{title}\n{text}"), published=published)
    if not url:
        return sighting_of("", "", (), content)
    family = family or family_of(host_of(url), [host_of(url)])
    return sighting_of(family.name, url, address_keys(url, family), content)


def record(store: Store, sighting: Sighting) -> Recorded:
    return store.articles.record(sighting, IDENTITY, NOW)


def kinds(store: Store, article_id: int) -> list[tuple[EditKind, ...]]:
    return [revision.kinds for revision in store.articles.revisions(article_id)]


# --- 1: one node, many addresses ---------------------------------------------------------------------------------------------------------

PATHS = (
    "/node/8143",
    "/ru/node/8143",
    "/ru/news/01-11-2022-8143",
    "/ru/delegaciya-vedomstva-prinyala-uchastie",
    "/delegaciya-vedomstva-prinyala-uchastie",
)
PRINTED = ("/node/8143/printable/print", "/node/8143/printable/pdf")
NOISE = ("", "/", "?page=2", "?itok=Xy1_z")


@pytest.mark.parametrize("generation", ["drupal7", "drupal10", "drupal10 with node numbers"])
def test_1_a_node_at_all_of_its_addresses_is_one_article_in_one_state(store: Store, generation: str) -> None:
    look = replace(LOOKS[generation], language="ru")
    schemes = ("https", "http")
    addresses = [f"{scheme}://{host}{path}{noise}" for scheme, host, path, noise in product(schemes, HOSTS, PATHS, NOISE)]
    for address in addresses:
        visited(store, shown(MEETING, look), address)
    printed = [f"https://{host}{path}" for host, path in product(HOSTS, PRINTED)]
    for address in printed:
        visited(store, print_view(MEETING), address)

    (article,) = store.articles.page(None, 10)
    assert set(article.locations) == {*addresses, *printed}
    assert [revision.number for revision in store.articles.revisions(article.id)] == [1]


@pytest.mark.parametrize(
    "teach",
    [
        pytest.param(lambda: bare(MEETING, "<link rel='shortlink' href='/ru/node/8143'>"), id="a shortlink"),
        pytest.param(lambda: bare(MEETING, attributes=" data-history-node-id='8143'"), id="the number that history keeps"),
        pytest.param(lambda: bare(MEETING, "<link rel='canonical' href='https://mpt.gov.by/node/8143'>"), id="a canonical address"),
    ],
)
def test_1_the_number_of_a_node_is_learnt_from_what_its_page_says(store: Store, teach: Callable[[], str]) -> None:
    visited(store, teach(), "https://mpt.gov.by/ru/slug")
    visited(store, bare(EDITED), "https://www.mpt.gov.by/ru/news/02-11-2022-8143")
    assert store.articles.count() == 1


def test_1_the_number_of_a_node_is_learnt_from_a_guid(store: Store) -> None:
    rss = feed([MEETING], LOOKS["drupal10"])
    (link,) = read_entry_point(page(rss, "https://mpt.gov.by/rss.xml", "application/rss+xml"), MPT, NOW).links
    visited(store, bare(MEETING), link.url, link=link)
    visited(store, bare(EDITED), "https://mpt.gov.by/node/8143")
    assert store.articles.count() == 1


def test_1_a_canonical_address_joins_where_there_is_no_number(store: Store) -> None:
    canonical = "<link rel='canonical' href='/ru/delegaciya'>"
    visited(store, bare(MEETING), "https://mpt.gov.by/ru/delegaciya")
    visited(store, bare(MEETING, canonical), "https://mpt.gov.by/ru/sobytiya/delegaciya-vedomstva")
    assert store.articles.count() == 1


def test_1_an_alias_joins_where_there_is_nothing_else(store: Store) -> None:
    visited(store, bare(MEETING), "http://mpt.gov.by/ru/delegaciya")
    visited(store, bare(EDITED), "https://www.mpt.gov.by/delegaciya/")
    assert store.articles.count() == 1


def test_1_two_numbers_are_two_publications_though_every_word_is_equal(store: Store) -> None:
    visited(store, bare(MEETING), "https://mpt.gov.by/node/8143")
    visited(store, bare(MEETING), "https://mpt.gov.by/node/8144")
    assert store.articles.count() == 2


# --- 2: spellings of a host --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "минсвязи.бел",
        "МИНСВЯЗИ.БЕЛ",
        "Минсвязи.бел.",
        "xn--b1akbcqh2a7i.xn--90ais",
        "XN--B1AKBCQH2A7I.XN--90AIS",
        "www.минсвязи.бел",
        "MPT.GOV.BY.",
    ],
)
def test_2_a_host_is_the_same_however_it_is_spelt(store: Store, host: str) -> None:
    visited(store, bare(MEETING), "https://mpt.gov.by/ru/delegaciya")
    visited(store, bare(EDITED), f"HTTPS://{host}/ru/delegaciya")
    assert store.articles.count() == 1


# --- 3: a sibling with the same title ----------------------------------------------------------------------------------------------------


def third_meeting(second: Content) -> Content:
    """As the page at the `-0` address reads: the seed with another ordinal, date and a few other sentences."""
    text = second.text.replace("9 апреля", "28 мая").replace("второе заседание", "третье заседание")
    text = re.sub(r"Дополнительно рассмотрен[^\n]+", "Рассмотрены ход подготовки совещания и проект его итогового заявления.", text)
    text = re.sub(r"В заключение состоялись[^\n]+", "Участники условились провести следующее заседание до начала осени.", text)
    assert text != second.text
    return replace(second, text=text)


SECOND_AT = "https://mpt.gov.by/ru/zasedanie-ekspertnoy-gruppy-po-podgotovke-4-go-soveshchaniya"
THIRD_AT = f"{SECOND_AT}-0"


@pytest.mark.parametrize("turned", [False, True], ids=["the second first", "the third first"])
@pytest.mark.parametrize("at", [SECOND_AT, "https://mpt.gov.by/node/10378"], ids=["by its alias", "by its number"])
def test_3_the_third_meeting_is_not_the_second(store: Store, shared: Path, at: str, *, turned: bool) -> None:
    second = dict(seeds(shared))["004"].content
    third = third_meeting(second)
    meetings = [seen(at, second.title, second.text, MINISTRY), seen(THIRD_AT, third.title, third.text, MINISTRY)]
    for sighting in meetings[::-1] if turned else meetings:
        assert record(store, sighting).state is LinkState.NEW
    assert store.articles.count() == 2


def test_3_the_third_meeting_is_news_where_the_second_is_known_by_its_fingerprint_alone(store: Store, shared: Path) -> None:
    store.articles.load_baseline(shipped_baseline(), NOW)
    second = dict(seeds(shared))["004"].content
    third = third_meeting(second)
    assert record(store, seen(THIRD_AT, third.title, third.text, MINISTRY)).state is LinkState.NEW
    assert record(store, seen(SECOND_AT, second.title, second.text, MINISTRY)).state is LinkState.KNOWN
    assert store.articles.count() == 6


@pytest.mark.parametrize(
    "at",
    [
        "https://mpt.gov.by/node/10378",
        "http://xn--b1akbcqh2a7i.xn--90ais/be/node/10378",
        "https://www.mpt.gov.by/ru/node/10378/",
        SECOND_AT,
    ],
)
def test_3_the_seeds_own_page_is_known_at_its_other_addresses_and_its_first_text_is_no_edit(store: Store, shared: Path, at: str) -> None:
    store.articles.load_baseline(shipped_baseline(), NOW)
    second = dict(seeds(shared))["004"].content
    recorded = record(store, seen(at, second.title, second.text, MINISTRY))
    assert recorded.state is LinkState.KNOWN
    assert store.articles.count() == 5
    assert kinds(store, recorded.article_id) == [()]


@pytest.mark.parametrize("path", ["/ru/inoe-nazvanie-stranicy", "/node/10999"], ids=["another alias", "another number"])
def test_3_high_likeness_does_not_join_what_another_address_tells_of_another_event(store: Store, shared: Path, path: str) -> None:
    second = dict(seeds(shared))["004"].content
    text = second.text.replace("9 апреля", "28 мая").replace("второе заседание", "третье заседание")
    record(store, seen("https://mpt.gov.by/node/10378", second.title, second.text, MINISTRY))
    assert record(store, seen(f"https://mpt.gov.by{path}", second.title, text, MINISTRY)).state is LinkState.NEW


# --- 4: re-dated and re-aliased by the editors -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "before", "after"),
    [
        (2702, datetime(2018, 3, 11, 9, tzinfo=UTC), datetime(2018, 2, 4, 9, tzinfo=UTC)),
        (2854, datetime(2018, 3, 19, 9, tzinfo=UTC), datetime(2018, 3, 20, 9, tzinfo=UTC)),
    ],
    ids=["to an earlier day", "to a later day"],
)
@pytest.mark.parametrize("look", ["drupal7", "drupal10"])
def test_4_a_publication_that_is_dated_anew_is_updated_and_nobody_is_told(
    store: Store, look: str, number: int, before: datetime, after: datetime
) -> None:
    first, later = (replace(MEETING, id=number, alias="", created=created) for created in (before, after))
    for node in (first, later):
        at = f"https://mpt.gov.by/ru/news/{node.created:%d-%m-%Y}-{number}"
        recorded = visited(store, shown(node, replace(LOOKS[look], language="ru")), at)
    assert recorded.state is LinkState.KNOWN
    (article,) = store.articles.page(None, 10)
    assert len(article.locations) == 2
    assert article.revision.content.published is not None
    assert article.revision.content.published.isoformat()[:10] == f"{after:%Y-%m-%d}"
    assert not TOLD & {kind for kinds_ in kinds(store, article.id) for kind in kinds_}


def test_4_a_publication_that_is_dated_anew_at_the_same_address_shows_its_new_date(store: Store) -> None:
    for day in (11, 4):
        node = replace(MEETING, created=datetime(2022, 10, day, 9, tzinfo=UTC))
        recorded = visited(store, shown(node), "https://mpt.gov.by/node/8143")
    (article,) = store.articles.page(None, 10)
    assert recorded.state is LinkState.KNOWN
    assert str(article.revision.content.published)[:10] == "2022-10-04"
    assert not TOLD & {kind for kinds_ in kinds(store, article.id) for kind in kinds_}


def test_4_a_publication_that_gets_another_alias_gains_a_location_and_no_revision(store: Store) -> None:
    for alias in ("zasedanie-komissii", "delegaciya-na-zasedanii-komissii"):
        recorded = visited(store, shown(replace(MEETING, alias=alias)), f"https://mpt.gov.by/ru/{alias}")
    assert (recorded.state, recorded.revision) == (LinkState.KNOWN, None)
    assert len(store.articles.page(None, 10)[0].locations) == 2


def test_4_the_order_of_a_list_is_not_that_of_numbers_so_an_older_number_is_news_too(store: Store) -> None:
    visited(store, shown(MEETING), "https://mpt.gov.by/node/8143")
    older = replace(MEETING, id=286, alias="", title="Почтовые отделения работают по-новому", paragraphs=tuple(POST.split(". ")))
    assert visited(store, shown(older), "https://mpt.gov.by/node/286").state is LinkState.NEW


# --- 5: one text on two sites ------------------------------------------------------------------------------------------------------------

CONSUMERS = (
    "Во всём мире отмечают день потребителя. Его тема в этом году – надёжные покупки через сеть. Потребителям услуг связи предлагают "
    "задать вопросы о договорах, счетах и качестве доступа. Специалисты объяснят, как обжаловать списание и куда обращаться, если оператор "
    "не отвечает. Брошюры о правах раздадут во всех салонах и отделениях."
)


def test_5_a_text_on_two_official_sites_is_two_articles_that_are_linked(store: Store) -> None:
    ministry = seen(
        "https://mpt.gov.by/ru/news/14-03-2018-2810", "15 марта отмечается День потребителя", CONSUMERS, MINISTRY, date(2018, 3, 14)
    )
    operator = seen(
        "https://beltelecom.by/novosti/den-potrebitelya", "15 марта отмечается День потребителя", CONSUMERS, None, date(2018, 3, 15)
    )
    first, second = (record(store, sighting) for sighting in (ministry, operator))
    assert (first.state, second.state) == (LinkState.NEW, LinkState.NEW)
    assert [(other.article_id, other.kind) for other in store.articles.relations(first.article_id)] == [
        (second.article_id, RelationKind.ALSO_AT)
    ]
    assert [(other.article_id, other.kind) for other in store.articles.relations(second.article_id)] == [
        (first.article_id, RelationKind.ALSO_AT)
    ]


def test_5_agencies_that_repeat_a_ministrys_text_are_all_linked_with_it(store: Store) -> None:
    decree = (
        "Постановлением № 38 от 22 декабря 2025 г. утверждён порядок пользования полосами частот. Документ определяет сроки рассмотрения "
        f"заявок и основания для отказа. {CONSUMERS}"
    )
    first = record(store, seen("https://mpt.gov.by/node/11000", "Утверждён порядок пользования полосами частот", decree, MINISTRY))
    agencies = [f"https://agentstvo{number}.example/novosti/{number}" for number in range(5)]
    for number, at in enumerate(agencies):
        intro = f"Об этом сообщила пресс-служба ведомства, передаёт корреспондент агентства {'АБВГД'[number]}."
        record(store, seen(at, "Утверждён порядок пользования полосами частот", f"{decree}\n\n{intro}"))
    assert store.articles.count() == 6
    assert [other.url for other in store.articles.relations(first.article_id)] == agencies
    assert {other.kind for other in store.articles.relations(first.article_id)} == {RelationKind.ALSO_AT}


def test_5_the_next_decree_on_another_site_is_no_copy_of_this_one(store: Store) -> None:
    decree = f"Постановлением № {{}} утверждён порядок пользования полосами частот. {CONSUMERS}"
    record(store, seen("https://mpt.gov.by/node/11000", "Утверждён порядок пользования полосами частот", decree.format(38), MINISTRY))
    other = record(store, seen("https://agentstvo.example/1", "Утверждён порядок пользования полосами частот", decree.format(39)))
    assert store.articles.relations(other.article_id) == []


# --- 6: languages ------------------------------------------------------------------------------------------------------------------------

BELARUSIAN = replace(
    MEETING,
    title="Дэлегацыя ведамства прыняла ўдзел у пасяджэнні камісіі па паштовай сувязі",
    paragraphs=(
        "1 лістапада ў Гомелі прайшло пасяджэнне камісіі па паштовай сувязі, у якім прыняла ўдзел дэлегацыя ведамства.",
        "Бакі абмеркавалі перасылку дробных пакетаў, тэрміны дастаўкі ў сельскай мясцовасці і абмен звесткамі з мытняй.",
        "Камісія зацвердзіла план работы, даручыла сакратарыяту падрыхтаваць парадак разлікаў паміж аператарамі.",
    ),
    language="be",
)
ENGLISH = replace(
    MEETING,
    title="The delegation took part in a session of the commission on postal services",
    paragraphs=(
        "On 1 November a session of the commission on postal services was held in Gomel, and the delegation took part in it.",
        "The parties discussed how small packets are sent, how fast villages are served, and what the customs are told.",
        "The commission approved its plan and asked the secretariat to prepare the settlement of accounts between operators.",
    ),
    language="en",
)


def test_6_the_language_versions_of_one_number_are_articles_of_their_own_that_are_linked(store: Store) -> None:
    ids = [
        visited(store, shown(node, LOOKS["drupal10"]), f"https://mpt.gov.by/{node.language}/node/8143").article_id
        for node in (MEETING, BELARUSIAN, ENGLISH)
    ]
    assert len(set(ids)) == 3
    for own in ids:
        linked = [(other.article_id, other.kind) for other in store.articles.relations(own)]
        assert linked == [(other, RelationKind.TRANSLATION) for other in ids if other != own]


def test_6_versions_with_numbers_of_their_own_are_articles_of_their_own(store: Store) -> None:
    for number, node in enumerate((MEETING, BELARUSIAN, ENGLISH), 500):
        its = replace(node, id=number, alias="")
        assert visited(store, shown(its, LOOKS["drupal7"]), f"https://mpt.gov.by/{node.language}/node/{number}").state is LinkState.NEW


def test_6_versions_with_numbers_of_their_own_are_linked_where_a_page_names_the_other(store: Store) -> None:
    first = visited(store, bare(MEETING), "https://mpt.gov.by/ru/node/500").article_id
    names = "<link rel='alternate' hreflang='ru' href='https://mpt.gov.by/ru/node/500'>"
    second = visited(store, bare(BELARUSIAN, names), "https://mpt.gov.by/be/node/501").article_id
    assert [(other.article_id, other.kind) for other in store.articles.relations(second)] == [(first, RelationKind.TRANSLATION)]


@pytest.mark.parametrize("look", LOOKS)
def test_6_russian_text_at_the_belarusian_address_is_the_russian_article(store: Store, look: str) -> None:
    visited(store, shown(MEETING, replace(LOOKS[look], language="ru")), "https://mpt.gov.by/ru/node/8143")
    recorded = visited(store, shown(MEETING, replace(LOOKS[look], language="be")), "https://mpt.gov.by/be/node/8143")
    assert (recorded.state, recorded.revision) == (LinkState.KNOWN, None)
    assert store.articles.count() == 1


# --- 7: mirrors --------------------------------------------------------------------------------------------------------------------------

MIRRORS = [f"zerkalo{number}.example" for number in range(12)]


HEADLINES = (
    "Что делать с лишними кабачками и кому их отдать без обид",
    "Дождь или солнце: какой погоды ждать дачникам в выходные",
    "Почему подорожали яйца и когда они станут дешевле",
    "Где купить ёлку без очереди: карта площадок города",
    "Пенсионер выиграл в лотерею и потратил всё на голубятню",
    "Врачи рассказали о пользе тыквы для тех, кто мало спит",
    "Как самому проверить счётчик и не платить за соседей",
    "Звезда сериала вышла замуж за пожарного из Полоцка",
    "Сколько стоит ремонт кухни, если всё делать своими руками",
    "Старый мост разобрали на сувениры за одну ночь",
    "Кому положена доплата и куда нести заявление",
    "Учёные нашли древний город на дне пруда под Лидой",
    "Стоит ли менять шины сейчас, объясняют бывалые водители",
    "Собака разбудила хозяев и спасла от пожара весь подъезд",
    "Чем опасна сидячая работа и как размяться у стола",
    "Рецепт пирога с капустой от победительницы районной ярмарки",
    "Когда ждать первый снег: ответили синоптики и старожилы",
    "Певица отменила концерт из-за пропавшего чемодана",
    "Как отличить мёд от подделки: пять простых опытов",
    "На рынке снова подешевели помидоры, но ненадолго",
    "Школьники собрали робота, который сортирует пуговицы",
    "Лось зашёл в магазин и вышел, ничего не купив",
    "Какие билеты вернут без потерь и где сказано об этом",
    "Садоводы спорят, белить ли яблони на зиму",
    "Хоккеисты проиграли из-за сломанного автобуса",
    "Бабушка связала шарф длиной с футбольное поле",
    "В деревне открыли музей утюгов и чугунков",
    "Как перестать откладывать дела: совет часового мастера",
    "Повар из Орши удивил гостей супом из крапивы",
    "Дворник написал роман и посвятил его метле",
)


def top_ten(number: int) -> str:
    """Headlines, longer together than the article; each mirror has others than the next."""
    return "\n".join(HEADLINES[(number * 10 + line) % 30] for line in range(10))


def mirrored(number: int, family: Family | None = None) -> Sighting:
    at = f"https://{MIRRORS[number]}/news/economics/92799.html"
    return seen(at, "Отделения столицы переходят на новый порядок работы", f"{top_ten(number)}\n\n{POST}", family)


def test_7_the_mirrors_of_one_site_are_one_article_and_their_blocks_no_edits(store: Store) -> None:
    family = family_of("zerkala", MIRRORS)
    assert len(top_ten(0)) > len(POST)
    for _ in range(2):
        for number in range(len(MIRRORS)):
            record(store, mirrored(number, family))
    (article,) = store.articles.page(None, 20)
    assert len(article.locations) == len(MIRRORS)
    assert len(store.articles.revisions(article.id)) == 1


def test_7_mirrors_that_nobody_has_joined_are_linked(store: Store) -> None:
    ids = [record(store, mirrored(number)).article_id for number in range(4)]
    assert len(set(ids)) == 4
    for own in ids:
        assert {(other.article_id, other.kind) for other in store.articles.relations(own)} == {
            (other, RelationKind.ALSO_AT) for other in ids if other != own
        }


# --- 8: guids ----------------------------------------------------------------------------------------------------------------------------


def rss(*entries: str) -> Page:
    items = "".join(f"<item>{entry}</item>" for entry in entries)
    channel = f"<rss version='2.0'><channel><title>Н</title><link>https://mpt.gov.by/</link>{items}</channel></rss>"
    return page(channel, "https://mpt.gov.by/rss.xml", "application/rss+xml")


def entry(path: str, guid: str, title: str = "Сообщение") -> str:
    return f"<title>{title}</title><link>https://mpt.gov.by{path}</link><guid isPermaLink='false'>{guid}</guid>"


def read_all(store: Store, listed: Page, pages: dict[str, str]) -> list[Recorded]:
    """Every link of an entry point, with its page."""
    links = read_entry_point(listed, MPT, NOW).links
    return [visited(store, pages[link.url.removeprefix("https://mpt.gov.by")], link.url, link=link) for link in links]


def test_8_the_host_in_a_guid_says_nothing(store: Store) -> None:
    for number, host in enumerate(HOSTS):
        path = f"/ru/delegaciya-{'abc'[number]}"
        read_all(store, rss(entry(path, f"8143 at https://{host}")), {path: bare(EDITED if number else MEETING)})
    assert store.articles.count() == 1


def test_8_a_guid_that_is_a_number_only_is_nobodys_node(store: Store) -> None:
    other = replace(MEETING, title="Почтовые отделения работают по-новому", paragraphs=(POST,))
    visited(store, bare(other), "https://mpt.gov.by/node/8143")
    (recorded,) = read_all(store, rss(entry("/ru/delegaciya", "8143")), {"/ru/delegaciya": bare(MEETING)})
    assert recorded.state is LinkState.NEW


def test_8_a_guid_that_is_no_link_is_never_asked_for_and_tells_nothing(store: Store) -> None:
    listed = rss(entry("/ru/odna", "tag:vedomstvo,2022:odna"), entry("/ru/drugaya", "решение 7 от ноября"))
    other = replace(MEETING, title="Почтовые отделения работают по-новому", paragraphs=(POST,))
    read_all(store, listed, {"/ru/odna": bare(MEETING), "/ru/drugaya": bare(other)})
    assert store.articles.count() == 2


def test_8_entries_that_bear_one_guid_are_as_many_publications_as_they_have_addresses(store: Store) -> None:
    listed = rss(entry("/ru/odna", "7"), entry("/ru/drugaya", "7"), entry("/ru/odna?utm_source=rss", "7"))
    other = replace(MEETING, title="Почтовые отделения работают по-новому", paragraphs=(POST,))
    read_all(store, listed, {"/ru/odna": bare(MEETING), "/ru/drugaya": bare(other)})
    assert store.articles.count() == 2


def test_8_an_entry_with_two_equal_guids_is_one_publication(store: Store, shared: Path) -> None:
    body = (shared / "pages/feeds/guid-dupes.xml").read_bytes()
    site = plain_site("braingle", "http://www.braingle.com/", ("braingle.com",))
    family = family_of("braingle", site.hosts)
    for _ in range(2):
        (link,) = read_entry_point(page(body, "http://feeds.braingle.com/newteasers", "text/xml"), site, NOW).links
        assert link.url == "http://www.braingle.com/50366.html"
        visited(store, bare(ENGLISH), link.url, site, family, link)
    assert store.articles.count() == 1


# --- 10: a document without address, title and date --------------------------------------------------------------------------------------

RCC = family_of("rcc.org.ru", ["rcc.org.ru"])
AT_RCC = "https://rcc.org.ru/dokumenty/proekt-koncepcii"


def resolution(text: str, at: str = "") -> Sighting:
    document = read_document(text, MINSK, NOW)
    content = document.content
    return sighting_of(RCC.name, at, address_keys(at, RCC), content) if at else sighting_of("", "", (), content)


@pytest.fixture
def second_seed(shared: Path) -> str:
    (file,) = (shared / "seeds").glob("002_*")
    return file.read_text(encoding="utf-8-sig").replace("2019\u00a0г.", "2019 г.")


@pytest.fixture(params=["read before", "known by its fingerprint alone"])
def known_seed(request: pytest.FixtureRequest, store: Store, second_seed: str) -> Store:
    """A store that knows the document, by its text or by what ships."""
    if request.param == "read before":
        record(store, resolution(second_seed))
    else:
        store.articles.load_baseline([entry for entry in shipped_baseline() if not entry.url], NOW)
    return store


def spellings(text: str) -> Iterator[tuple[str, str]]:
    flowing = re.sub(r"(?<=[а-я,])\n(?=[а-яС])", " ", text)
    yield "as it came", text
    yield "with tabs and hard spaces", text.replace("\t", " ").replace(" в ", "\u00a0в ").replace(" на ", "\tна ")
    yield "without line breaks inside sentences", flowing
    yield "with line breaks of Windows", text.replace("\n", "\r\n")
    yield "with other quotes and dashes", text.replace("«", '"').replace("»", '"').replace(" – ", " - ")
    yield "with a mark of its encoding and soft hyphens", "\ufeff" + text.replace("Содружества", "Содру\u00adжества")
    yield "with ё and №", text.replace("ее реализации", "её реализации").replace("№ 55/25", "No 55/25")


def test_10_the_document_says_its_subject_its_day_and_that_it_is_a_draft(second_seed: str) -> None:
    content = resolution(second_seed).content
    assert content.title.startswith("О проекте Концепции сотрудничества государств – участников Содружества")
    assert content.published == date(2019, 9, 16)
    assert "Протокол № 55/25" in content.text
    assert content.text.rstrip().endswith("К.Ю. Носков")


@pytest.mark.parametrize("at", ["", AT_RCC], ids=["without an address", "at an address"])
def test_10_the_document_is_known_however_it_is_spelt(known_seed: Store, second_seed: str, at: str) -> None:
    for name, text in spellings(second_seed):
        recorded = record(known_seed, resolution(text, at))
        assert recorded.state is LinkState.KNOWN, name
        assert not TOLD & {kind for kinds_ in kinds(known_seed, recorded.article_id) for kind in kinds_}, name
    assert known_seed.articles.count() == 1


def test_10_the_document_keeps_the_address_at_which_it_was_found(known_seed: Store, second_seed: str) -> None:
    found = record(known_seed, resolution(second_seed, AT_RCC))
    article = known_seed.articles.article(found.article_id)
    assert article is not None
    assert (article.url, article.locations) == (AT_RCC, (AT_RCC,))


@pytest.mark.parametrize("at", ["", AT_RCC], ids=["without an address", "at an address"])
@pytest.mark.parametrize(
    ("written", "instead"),
    [
        pytest.param("Проект\n", "", id="adopted"),
        pytest.param("№ 55/25", "№ 56/25", id="another protocol"),
        pytest.param("№ 55/25", "№ 55/26", id="another point of the protocol"),
        pytest.param("16-17 сентября 2019 г.", "16-17 сентября 2020 г.", id="another year"),
        pytest.param("16-17 сентября 2019 г.", "21-22 сентября 2019 г.", id="other days"),
        pytest.param("К.Ю. Носков", "А.Г. Рябова", id="another chairman"),
        pytest.param("до 2030 года", "до 2035 года", id="another term"),
    ],
)
def test_10_what_differs_in_number_date_status_or_name_is_another_document(
    known_seed: Store, second_seed: str, written: str, instead: str, at: str
) -> None:
    assert written in second_seed
    assert record(known_seed, resolution(second_seed.replace(written, instead), at)).state is LinkState.NEW
    assert known_seed.articles.count() == 2


def test_10_the_draft_is_news_where_what_was_adopted_is_known(store: Store, second_seed: str) -> None:
    record(store, resolution(second_seed.replace("Проект\n", "")))
    assert record(store, resolution(second_seed)).state is LinkState.NEW
