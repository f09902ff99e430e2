"""Revisions: which sightings of a known article make one, of which kinds, and who is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from databases import NOW
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collector.identity import Identity, sighting_of
from notify.index import Matcher
from notify.match import decide
from notify.message import Message
from notify.query import parse
from notify.senders.channel import Channel
from notify.watch import Watch
from storage.edits import difference
from storage.model import Content, EditKind, LinkState, Owed, Recipient, Recorded, Sighting
from storage.store import Store

TEXT = (
    "В Минске состоялось третье заседание рабочей группы по развитию сетей связи пятого поколения. Участники обсудили выделение полос "
    "радиочастот, сроки строительства базовых станций и требования к отечественному оборудованию. Операторы сообщили, что до конца года "
    "покрытие получат все областные центры.\n\nСледующее заседание назначено на 14 декабря. К нему министерство подготовит проект порядка "
    "доступа к инфраструктуре, а операторы представят расчёты затрат и предложения по совместному использованию опор."
)
URL = "https://mpt.example/node/7"
HOUR = timedelta(hours=1)
DAY, NINE = date(2026, 11, 2), datetime(2026, 11, 2, 9, tzinfo=UTC)


def seen(text: str = TEXT, url: str = URL, title: str = "Заседание рабочей группы", **content: object) -> Sighting:
    node = url.rpartition("/")[2]
    return sighting_of("mpt.example", url, (f"node:{node}",), Content(title=title, text=text, language="ru", **content))  # type: ignore[arg-type]


class Newsroom:
    """A source whose pages are seen one after another, an hour apart."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOW
        store.sources.enrol(["ministry"], NOW)
        (self.source_id,) = (state.id for state in store.sources.states())

    def sees(self, sighting: Sighting) -> Recorded:
        self.now += HOUR
        return self.store.articles.record(sighting, Identity(), self.now, source_id=self.source_id)

    def kinds(self) -> list[tuple[EditKind, ...]]:
        """Of each revision of the only article."""
        (article,) = self.store.articles.page(None, 10)
        return [revision.kinds for revision in self.store.articles.revisions(article.id)]

    def owed(self, *on: str, query: str = "заседание") -> list[Owed]:
        """What a watch is owed for every revision that it was not held against yet."""
        watch = Watch("w", parse(query), ("office",), frozenset(on or ("new",)))
        channels = {"office": Channel("office", "ru", "Europe/Minsk", (Recipient("anna", "office"),), _NeverSends())}
        found: list[Owed] = []
        while batch := self.store.matches.unmatched(10):
            matched = [decide(revision, Matcher([watch]), channels) for revision in batch]
            found += [match.owed for revision in matched for match in revision.matches]
            self.store.matches.record(matched, self.now)
        return found


class _NeverSends:
    def send(self, message: Message, recipient: Recipient) -> str:
        raise AssertionError(recipient)


@pytest.fixture
def newsroom(store: Store) -> Newsroom:
    return Newsroom(store)


def test_every_edit_is_kept_with_its_kind(newsroom: Newsroom) -> None:
    for text in (TEXT, TEXT.replace("14 декабря", "21 декабря"), TEXT.replace("третье", "четвёртое"), TEXT.replace("сообщили", "сказали")):
        newsroom.sees(seen(text))
    assert newsroom.kinds() == [(), (EditKind.DATE,), (EditKind.NUMBER, EditKind.DATE), (EditKind.NUMBER,)]


def test_a_sign_alone_is_an_edit_of_a_number(newsroom: Newsroom) -> None:
    for sign in "+-–":
        newsroom.sees(seen(f"{TEXT} Ночью {sign}5 градусов."))
    assert newsroom.kinds() == [(), (EditKind.NUMBER,)]


def test_a_state_that_comes_back_is_kept_once_more(newsroom: Newsroom) -> None:
    edited = TEXT.replace("14 декабря", "21 декабря")
    for text in (TEXT, edited, TEXT):
        newsroom.sees(seen(text))
    (article,) = newsroom.store.articles.page(None, 10)
    assert [revision.content.text for revision in newsroom.store.articles.revisions(article.id)] == [TEXT, edited, TEXT]


@pytest.mark.parametrize(
    "noise",
    [
        pytest.param("\n\nПросмотров: {}", id="a counter"),
        pytest.param("\n\nОбновлено: {0}.11.2026", id="the day of the last update"),
        pytest.param("\n\nhttps://mpt.example/x.jpg?itok=Qa{}", id="a token"),
    ],
)
def test_what_a_reader_would_not_call_an_edit_makes_no_revision(newsroom: Newsroom, noise: str) -> None:
    for number in (11, 12, 13):
        newsroom.sees(seen(TEXT + noise.format(number)))
    assert newsroom.kinds() == [()]


def test_headlines_of_the_source_rotate_beside_a_text_without_a_revision(newsroom: Newsroom) -> None:
    others = ["В Бресте открыт новый центр обработки данных", "Почта выпустила марку ко дню связи", "Подписано соглашение о роуминге"]
    for number, title in enumerate(others, 20):
        newsroom.sees(seen(f"{title}. Подробности будут позже, следите за сообщениями.", f"https://mpt.example/node/{number}", title))
    recorded = [newsroom.sees(seen(f"{TEXT}\n\n{one}\n\n{other}")) for one, other in (others[:2], others[1:], others[::-1][:2])]
    assert [one.revision for one in recorded] == [1, None, None]


def test_a_headline_that_no_publication_bears_is_an_edit(newsroom: Newsroom) -> None:
    newsroom.sees(seen(TEXT))
    assert newsroom.sees(seen(f"{TEXT}\n\nЗаседание перенесено в Гомель")).revision == 2


def test_the_weather_beside_a_text_makes_three_revisions_and_no_more(newsroom: Newsroom) -> None:
    weather = ("+5, облачно", "+7, дождь", "+3, снег", "0, ясно", "-2, ясно", "-4, ясно")
    recorded = [newsroom.sees(seen(f"{TEXT}\n\nПогода: Минск {today}\n\nО министерстве")).revision for today in weather]
    assert recorded == [1, 2, 3, 4, None, None]


# --- dates and addresses -------------------------------------------------------------------------------------------------------------


def test_another_day_on_the_page_is_an_update_of_which_nobody_is_told(newsroom: Newsroom) -> None:
    first = newsroom.sees(seen(published=date(2026, 11, 2)))
    assert newsroom.owed("new", "edit") == [Owed.ALERT]
    again = newsroom.sees(seen(published=date(2026, 11, 20)))
    assert (again.article_id, again.revision, again.state) == (first.article_id, 2, LinkState.KNOWN)
    assert newsroom.kinds() == [(), (EditKind.REDATED,)]
    assert newsroom.owed("new", "edit") == []
    assert newsroom.owed("new", query="связи") == [], "not even a watch that is younger than the words"


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        pytest.param(None, DAY, DAY, id="a date at last"),
        pytest.param(DAY, NINE, NINE, id="the hour to the day"),
        pytest.param(NINE, DAY, NINE, id="the day without its hour"),
        pytest.param(DAY, None, DAY, id="no date any more"),
    ],
)  # fmt: skip
def test_a_date_that_is_only_told_better_or_worse_makes_no_revision(
    newsroom: Newsroom, before: date | None, after: date | None, kept: date
) -> None:
    newsroom.sees(seen(published=before))
    assert newsroom.sees(seen(published=after)).revision is None
    assert newsroom.store.articles.page(None, 1)[0].revision.content.published == kept


def test_a_known_node_under_a_new_address_is_a_location_and_no_news(newsroom: Newsroom) -> None:
    newsroom.sees(seen())
    renamed = sighting_of(
        "mpt.example", "https://mpt.example/ru/news/novoe-imya", ("/news/novoe-imya", "node:7"), seen().content
    )  # fmt: skip
    assert newsroom.sees(renamed).revision is None
    (article,) = newsroom.store.articles.page(None, 10)
    assert article.locations == (URL, "https://mpt.example/ru/news/novoe-imya")
    assert article.url == URL


# --- who is told ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "owed"),
    [
        pytest.param(TEXT.replace("14 декабря", "21 декабря"), Owed.ALERT, id="another date"),
        pytest.param(TEXT.replace("третье", "четвёртое"), Owed.ALERT, id="another ordinal"),
        pytest.param(TEXT.replace("в Минске", "в Бресте").replace("В Минске", "В Бресте"), Owed.ALERT, id="another town"),
        pytest.param(TEXT.replace("сообщили", "рассказали"), Owed.EDIT, id="another word"),
    ],
)
def test_who_asks_for_edits_is_told_of_facts_alone(newsroom: Newsroom, text: str, owed: Owed) -> None:
    newsroom.sees(seen())
    assert newsroom.owed("new", "edit") == [Owed.ALERT]
    newsroom.sees(seen(text))
    assert newsroom.owed("new", "edit") == [owed]


def test_an_edit_that_newly_matches_counts_as_new_whatever_its_kind(newsroom: Newsroom) -> None:
    newsroom.sees(seen())
    assert newsroom.owed(query="волокно") == []
    newsroom.sees(seen(TEXT.replace("использованию опор", "использованию волокна")))
    assert newsroom.owed(query="волокно") == [Owed.ALERT]


# --- any edits -----------------------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(["сообщили", "сказали", "заявили"])
STATES = st.lists(st.tuples(st.integers(1, 28), WORDS, st.sampled_from(["", "\n\n", " \u00a0"])), min_size=2, max_size=5)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STATES)
def test_every_state_is_kept_and_each_can_be_made_from_the_one_before(newsroom: Newsroom, states: list[tuple[int, str, str]]) -> None:
    url = f"https://mpt.example/node/{newsroom.now.timestamp():.0f}"
    said: list[str] = []
    for day, word, noise in states:
        text = TEXT.replace("14 декабря", f"{day} декабря").replace("сообщили", word)
        recorded = newsroom.sees(seen(text.replace(". ", f". {noise}"), url))
        said += [] if said[-1:] == [text] else [text]
    kept = [revision.content for revision in newsroom.store.articles.revisions(recorded.article_id)]
    assert [" ".join(content.text.split()) for content in kept] == [" ".join(text.split()) for text in said]
    for one, other in pairwise(kept):
        changes = [change for change in difference(one, other) if change.field == "text"]
        assert "".join(change.before for change in changes) == one.text
        assert "".join(change.after for change in changes) == other.text
