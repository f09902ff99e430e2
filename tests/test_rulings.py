"""What an operator decides about identity holds for ever, whatever the rules would say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from databases import NOW
from test_store_articles import TEXT, seen

from collector.identity import Identity, sighting_of
from storage.model import Content, LinkState, Recorded, RelationKind, Sighting
from storage.store import Store
from storage.store_rulings import RulingError

OTHER = (
    "Почтовые отделения столицы переходят на новый график. С осени посетителей будут принимать раньше, а по выходным работа закончится "
    "позже обычного. Изменения коснутся прежде всего спальных районов, где очереди заметнее, и сохранятся до конца года."
)
FIRST, SECOND = "https://mpt.example/zasedanie", "https://mpt.example/pochta"
LATER = NOW + timedelta(days=1)


def one(text: str = TEXT) -> Sighting:
    return seen(FIRST, "/zasedanie", text=text)


def another(text: str = OTHER, title: str = "Новый график почты столицы") -> Sighting:
    return seen(SECOND, "/pochta", title=title, text=text)


def copy() -> Sighting:
    return seen("https://mpt.example/kopiya", "/kopiya", title="Заседание рабочей группы")


def record(store: Store, sighting: Sighting) -> Recorded:
    return store.articles.record(sighting, Identity(), LATER)


def listed(store: Store) -> list[int]:
    return [article.id for article in store.articles.page(None, 10)]


def test_what_was_joined_is_one_article_at_both_addresses_from_then_on(store: Store) -> None:
    kept, joined = record(store, one()).article_id, record(store, another()).article_id

    store.rulings.join(kept, joined, LATER)

    assert listed(store) == [kept]
    shown = store.articles.article(joined)
    assert shown is not None
    assert shown.id == kept
    again = record(store, another(text=OTHER.replace("столицы", "Гомеля")))
    assert (again.article_id, again.state, again.why) == (kept, LinkState.KNOWN, "an operator said so")
    assert listed(store) == [kept]


def test_nobody_is_told_of_what_was_joined_before_it_was_matched(store: Store) -> None:
    kept, joined = record(store, one()).article_id, record(store, another()).article_id
    store.rulings.join(kept, joined, LATER)
    assert [revision.article_id for revision in store.matches.unmatched(10)] == [kept]


def test_a_join_is_undone_by_a_split_with_all_that_there_was(store: Store) -> None:
    kept, joined = record(store, one()).article_id, record(store, another()).article_id
    store.rulings.join(kept, joined, LATER)
    record(store, another())

    assert store.rulings.split(kept, [SECOND], "/pochta", LATER) == joined

    assert set(listed(store)) == {kept, joined}
    shown = store.articles.article(joined)
    assert shown is not None
    assert shown.revision.content.text == OTHER
    assert record(store, another()).article_id == joined
    assert record(store, one()).article_id == kept


def test_what_was_split_off_is_another_article_for_ever_though_its_text_is_the_same(store: Store) -> None:
    whole = record(store, one()).article_id
    assert record(store, copy()).article_id == whole

    fresh = store.rulings.split(whole, [copy().url], "/kopiya", LATER)

    assert fresh != whole
    assert record(store, copy()).article_id == fresh
    assert record(store, one()).article_id == whole
    shown = store.articles.article(whole)
    assert shown is not None
    assert shown.locations == (FIRST,)


def test_people_are_told_of_what_was_split_off_unless_the_operator_says_that_it_is_known(store: Store) -> None:
    whole = record(store, one()).article_id
    record(store, copy())
    record(store, seen("https://mpt.example/tretya", "/tretya"))
    told = store.rulings.split(whole, [copy().url], "/kopiya", LATER)
    silent = store.rulings.split(whole, ["https://mpt.example/tretya"], "/tretya", LATER, known=True)

    waiting = {revision.article_id: revision.baseline for revision in store.matches.unmatched(10)}
    assert waiting == {whole: False, told: False, silent: True}


def test_the_text_of_what_was_split_off_is_read_where_it_was_not_kept(store: Store) -> None:
    whole = record(store, one()).article_id
    cut = seen("https://mpt.example/kopiya", "/kopiya", text=". ".join(TEXT.split(". ")[:2]))
    assert record(store, cut).revision is None

    fresh = store.rulings.split(whole, [cut.url], "/kopiya", LATER)

    assert store.articles.article(fresh) is None
    again = record(store, cut)
    assert (again.article_id, again.revision) == (fresh, 1)
    assert fresh in [revision.article_id for revision in store.matches.unmatched(10)]


def test_a_translation_at_a_ruled_address_is_none_of_the_article(store: Store) -> None:
    kept, joined = record(store, one()).article_id, record(store, another()).article_id
    store.rulings.join(kept, joined, LATER)
    belarusian = "Паштовыя аддзяленні сталіцы пераходзяць на новы графік. З восені наведвальнікаў будуць прымаць раней, чым дагэтуль."
    content = Content("Новы графік пошты", belarusian, language="be")
    found = record(store, sighting_of(one().family, SECOND, ("/pochta",), content))
    assert found.article_id not in {kept, joined}
    assert [relation.kind for relation in store.articles.relations(found.article_id)] in ([RelationKind.TRANSLATION], [])


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [(1, 1, "are one already"), (1, 99, "there is no article 99"), (99, 1, "there is no article 99")],
)
def test_a_join_that_makes_no_sense_is_refused_in_words(store: Store, first: int, second: int, words: str) -> None:
    record(store, one())
    with pytest.raises(RulingError, match=words):
        store.rulings.join(first, second, LATER)


def test_a_split_that_makes_no_sense_is_refused_in_words(store: Store) -> None:
    whole = record(store, one()).article_id
    with pytest.raises(RulingError, match="has no location"):
        store.rulings.split(whole, [SECOND], "/pochta", LATER)
    with pytest.raises(RulingError, match="no other address"):
        store.rulings.split(whole, [FIRST], "/zasedanie", LATER)


def test_three_articles_joined_one_after_another_are_one(store: Store) -> None:
    stamp = seen("https://mpt.example/n/x", "/n/x", title="Марка", text="Вышла марка")
    ids = [record(store, sighting).article_id for sighting in (one(), another(), stamp)]
    store.rulings.join(ids[1], ids[2], LATER)
    store.rulings.join(ids[0], ids[1], LATER)
    assert listed(store) == [ids[0]]
    assert record(store, stamp).article_id == ids[0]
