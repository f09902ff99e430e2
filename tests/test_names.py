"""The glossary as it is kept, and the commands by which an operator decides about it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from databases import NOW
from service_runner import Command, configured

from notify.glossary import keyed
from notify.lemmas import Lexicon
from storage.model import NamePair, NameState
from storage.store import Store, open_store
from storage.store_names import LONGEST_LONG, LONGEST_SHORT, MOST_WORDS, PER_ARTICLE, count_pairs

LEXICON = Lexicon()
RCC = keyed("РСС", "Регионального содружества в области связи", LEXICON)
RCC_AGAIN = keyed("РСС", "Региональное содружество в области связи", LEXICON)
OTHER_RCC = keyed("РСС", "Российский союз связистов", LEXICON)
SCO = keyed("ШОС", "Шанхайская организация сотрудничества", LEXICON)


def state(store: Store, *pairs: NamePair, again: bool = False) -> None:
    """One article states them."""
    with store.database.write() as connection:
        count_pairs(connection, pairs, NOW, again=again)


def offered(store: Store) -> list[tuple[str, str, int]]:
    return [(known.pair.short, known.pair.long, known.articles) for known in store.names.offered()]


def test_pairs_are_offered_with_the_number_of_articles_that_state_them_the_highest_first(store: Store) -> None:
    state(store, SCO, RCC)
    state(store, RCC_AGAIN)
    assert offered(store) == [("РСС", RCC.long, 2), ("ШОС", SCO.long, 1)]
    assert [known.pair.short for known in store.names.offered(limit=1)] == ["РСС"]


def test_a_pair_that_one_article_states_twice_counts_once(store: Store) -> None:
    state(store, RCC, RCC_AGAIN)
    assert [articles for _, _, articles in offered(store)] == [1]


def test_an_edit_counts_no_pair_again_but_offers_what_it_states_first(store: Store) -> None:
    state(store, RCC)
    state(store, RCC, SCO, again=True)
    assert offered(store) == [("РСС", RCC.long, 1), ("ШОС", SCO.long, 1)]


def test_what_was_decided_is_not_offered_again_and_still_counted(store: Store) -> None:
    state(store, RCC, SCO)
    assert store.names.accept(RCC, NOW)
    assert store.names.refuse(SCO, NOW)
    state(store, RCC, SCO)
    assert offered(store) == []
    (accepted,), (refused,) = store.names.accepted(), store.names.refused()
    assert (accepted.pair, accepted.articles, accepted.decided_at) == (RCC, 2, NOW)
    assert (refused.pair, refused.state, refused.articles) == (SCO, NameState.REFUSED, 2)


def test_each_decision_makes_a_new_version_and_counting_makes_none(store: Store) -> None:
    versions = [store.names.version()]
    state(store, RCC, SCO)
    assert store.names.version() == versions[0]
    for decide in (
        lambda: store.names.accept(RCC, NOW),
        lambda: store.names.refuse(SCO, NOW),
        lambda: store.names.add(OTHER_RCC, NOW),
        lambda: store.names.remove(OTHER_RCC),
    ):
        decide()
        versions.append(store.names.version())
    assert versions == sorted(set(versions))


def test_a_decision_about_an_unknown_pair_changes_nothing(store: Store) -> None:
    assert not store.names.accept(RCC, NOW)
    assert not store.names.refuse(RCC, NOW)
    assert not store.names.remove(RCC)
    assert store.names.version() == 0


def test_a_pair_added_by_hand_is_accepted_as_it_is_spelled(store: Store) -> None:
    state(store, RCC)
    store.names.add(RCC_AGAIN, NOW + timedelta(days=1))
    store.names.add(SCO, NOW)
    assert [(known.pair.long, known.articles) for known in store.names.accepted()] == [(RCC_AGAIN.long, 1), (SCO.long, 0)]


def test_one_article_can_fill_little_of_the_glossary(store: Store) -> None:
    state(store, *(NamePair(f"А{number}", f"арка {number}", f"а{number}", f"арка {number}") for number in range(100)))
    assert len(store.names.offered()) == PER_ARTICLE


@pytest.mark.parametrize(
    "pair",
    [
        NamePair("А" * (LONGEST_SHORT + 1), "арка бора", "а", "арка бор"),
        NamePair("АБ", "а" * (LONGEST_LONG + 1), "аб", "арка бор"),
        NamePair("АБ", "арка бора", "аб", " ".join("а" * (MOST_WORDS + 1))),
        NamePair("АБ", "арка бора", "", "арка бор"),
        NamePair("АБ", "арка бора", "аб", ""),
    ],
    ids=["a long abbreviation", "a long name", "many words", "no key of the abbreviation", "no key of the name"],
)
def test_what_is_no_name_is_not_offered(store: Store, pair: NamePair) -> None:
    state(store, pair, SCO)
    assert [short for short, _, _ in offered(store)] == ["ШОС"]


def test_names_that_no_database_can_hold_as_they_are_are_kept_without_what_it_refuses(store: Store) -> None:
    state(store, NamePair("А\0Б", "арка\0 бора \ud800", "а\0б", "арка\0 бор \ud800"))
    ((short, long, _),) = offered(store)
    assert (short, long) == ("АБ", "арка бора \ufffd")
    assert store.names.accept(NamePair("", "", "а\0б", "арка\0 бор \ud800"), NOW)


def test_a_full_glossary_takes_no_more_offers_but_counts_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.store_names.MOST_OFFERED", 1)
    state(store, RCC)
    state(store, RCC, SCO)
    assert offered(store) == [("РСС", RCC.long, 2)]


# --- commands ------------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def kept(workplace: Path) -> Path:
    """A configuration, and a glossary with an abbreviation of two names and one of one."""
    configured(workplace)
    opened = open_store(f"sqlite:///{workplace / 'data' / 'vestnik.db'}", NOW)
    state(opened, RCC, SCO)
    state(opened, RCC, OTHER_RCC)
    opened.close()
    return workplace


def test_the_list_tells_states_and_counts(kept: Path, vestnik: Command) -> None:
    assert vestnik("glossary", "accept", "шос").status == 0
    assert [line.split(maxsplit=3) for line in vestnik("glossary", "list").out.splitlines()] == [
        ["offered", "2", "РСС", RCC.long],
        ["offered", "1", "РСС", OTHER_RCC.long],
        ["accepted", "1", "ШОС", SCO.long],
    ]
    assert [one["short"] for one in vestnik("glossary", "list", "--accepted", "--json").values] == ["ШОС"]
    assert [one["state"] for one in vestnik("glossary", "list", "--offered", "--json").values] == ["offered", "offered"]


def test_an_abbreviation_of_several_names_is_accepted_with_the_one_that_is_meant(kept: Path, vestnik: Command) -> None:
    unclear = vestnik("glossary", "accept", "РСС")
    assert unclear.status == 2
    assert "stands for several names" in unclear.err
    assert RCC.long in unclear.err
    assert OTHER_RCC.long in unclear.err
    assert vestnik("glossary", "accept", "РСС", "Региональное содружество в области связи").status == 0
    assert vestnik("glossary", "refuse", "РСС", "российский союз связистов").status == 0
    assert [one["state"] for one in vestnik("glossary", "list", "--json").values] == ["accepted", "refused", "offered"]


def test_an_unknown_name_is_refused_with_the_nearest_one(kept: Path, vestnik: Command) -> None:
    ended = vestnik("glossary", "accept", "РССС")
    assert ended.status == 2
    assert "did you mean 'РСС'?" in ended.err
    ended = vestnik("glossary", "refuse", "ШОС", "Шанхайский орган сотрудничества")
    assert ended.status == 2
    assert f"did you mean '{SCO.long}'?" in ended.err


def test_a_pair_is_added_and_removed_by_hand(kept: Path, vestnik: Command) -> None:
    assert vestnik("glossary", "add", "МСЭ", "Международный союз электросвязи").status == 0
    (added,) = vestnik("glossary", "list", "--accepted", "--json").values
    assert (added["short"], added["long"], added["articles"]) == ("МСЭ", "Международный союз электросвязи", 0)
    assert vestnik("glossary", "remove", "МСЭ").status == 0
    assert vestnik("glossary", "list", "--accepted", "--json").values == []


@pytest.mark.parametrize(
    ("short", "long", "words"),
    [
        ("…", "Международный союз", "has no word in it"),
        ("МС", "—", "has no word in it"),
        ("М" * 21, "Международный союз", "20 are the limit"),
        ("МС", "союз " * 16, "15 words are the limit"),
        ("Союз", "союза", "both names are the same"),
    ],
    ids=["no word", "no name", "a long abbreviation", "a long name", "one name"],
)
def test_what_is_no_pair_is_refused_in_words(kept: Path, vestnik: Command, short: str, long: str, words: str) -> None:
    ended = vestnik("glossary", "add", short, long)
    assert ended.status == 2
    assert words in ended.err
