"""What `watch suggest` offers for a term: judged words with a reason each, and the order in which they come."""

from __future__ import annotations

from pathlib import Path

import pytest
from databases import NOW
from service_runner import Command, configured
from test_search import match, publish

from notify.glossary import keyed
from notify.lemmas import Lexicon
from notify.lemmas.related import aspect_partners, derived_words, is_organisation, is_verb
from notify.query import parse
from notify.suggest import MOST_DERIVED, MOST_TRIED, Suggestion, Why, suggest
from storage.model import Content, KnownPair, NameState
from storage.store import open_store

LEXICON = Lexicon()
ASPECTS = [
    ("подписать", "подписывать", "-ать, -ывать"),
    ("решить", "решать", "-ить, -ать"),
    ("рассмотреть", "рассматривать", "о becomes а"),
    ("установить", "устанавливать", "о becomes а, л is put in"),
    ("выработать", "вырабатывать", "о becomes а before -ать"),
    ("провести", "проводить", "вести"),
    ("внести", "вносить", "нести"),
    ("купить", "покупать", "irregular; купать is another verb"),
    ("взять", "брать", "another root"),
    ("сказать", "говорить", "another root"),
    ("положить", "класть", "another root"),
    ("принять", "принимать", "-нять"),
    ("начать", "начинать", "-чать"),
    ("утвердить", "утверждать", "д becomes жд"),
    ("обсудить", "обсуждать", "the same"),
    ("сократить", "сокращать", "т becomes щ"),
    ("ответить", "отвечать", "т becomes ч"),
    ("разместить", "размещать", "ст becomes щ"),
    ("допустить", "допускать", "ст becomes ск"),
    ("повысить", "повышать", "с becomes ш"),
    ("снизить", "снижать", "з becomes ж"),
    ("оформить", "оформлять", "л is put in"),
    ("изменить", "изменять", "-ить, -ять"),
    ("обеспечить", "обеспечивать", "-ить, -ивать"),
    ("создать", "создавать", "дать"),
    ("открыть", "открывать", "-ыть"),
    ("предложить", "предлагать", "лож, лаг"),
    ("выйти", "выходить", "идти"),
    ("войти", "входить", "идти, о is dropped"),
    ("возникнуть", "возникать", "-нуть"),
    ("привлечь", "привлекать", "-чь"),
    ("назвать", "называть", "звать"),
    ("избрать", "избирать", "брать"),
    ("приобрести", "приобретать", "-сти"),
    ("учесть", "учитывать", "-честь"),
    ("встретиться", "встречаться", "reflexive"),
    ("открыться", "открываться", "reflexive of a regular pair"),
    ("зарегистрировать", "регистрировать", "an empty prefix"),
    ("опубликовать", "публиковать", "a prefix, of the table"),
    ("построить", "строить", "the same"),
    ("сделать", "делать", "the same"),
]
NO_PARTNERS = [
    ("связь", "a noun"),
    ("цифровой", "an adjective"),
    ("использовать", "both aspects in one"),
    ("знать", "has none"),
    ("РСС", "an abbreviation"),
    ("agree", "English"),
    ("абырвалговать", "no word"),
]
DERIVED = [
    ("связь", {"связной", "связист"}, {"связь", "свекла"}),
    ("цифровой", {"цифровизация", "цифра"}, {"цифровой"}),
    ("информатизация", {"информационный", "информация", "информатика"}, {"информбюро"}),
    ("лицензия", {"лицензировать", "лицензионный", "лицензиат", "лицензирование"}, {"лицензия"}),
    ("лицензировать", {"лицензия", "лицензионный"}, set()),
    ("регулирование", {"регулировать", "регулятор"}, set()),
    ("министр", {"министерство", "министерский"}, set()),
    ("закон", {"законный", "законность"}, {"закол", "законопроект", "закончить"}),
    ("спутник", {"спутниковый"}, {"спутать"}),
    ("безопасность", {"безопасный"}, set()),
    ("почта", {"почтовый", "почтамт"}, set()),
    ("техника", {"технический"}, set()),
    ("agree", {"agreement"}, {"agree"}),
    ("agreement", {"agree"}, set()),
    ("communicate", {"communication", "communicator"}, set()),
    ("communications", {"communicate"}, set()),
    ("regulation", {"regulate", "regulator"}, set()),
    ("operator", {"operate", "operation"}, set()),
    ("digital", {"digitalization"}, set()),
    ("сувязь", {"сувяз*"}, set()),
    ("ліцэнзія", {"ліцэнз*"}, set()),
]
PAIRS = [
    KnownPair(keyed("РСС", "Региональное содружество в области связи", LEXICON), NameState.ACCEPTED, 9),
    KnownPair(keyed("RCC", "Региональное содружество в области связи", LEXICON), NameState.OFFERED, 3),
    KnownPair(keyed("РСС", "Российский союз связистов", LEXICON), NameState.REFUSED, 5),
    KnownPair(keyed("НЕ", 'унитарное "предприятие" =связи* ~', LEXICON), NameState.ACCEPTED, 0),
    KnownPair(keyed("IoT", "Internet of Things", LEXICON), NameState.OFFERED, 1),
]


def never(query: str) -> int:
    parse(query)
    return 0


@pytest.mark.parametrize(("one", "other"), [row[:2] for row in ASPECTS], ids=[f"{row[2]}: {row[0]}" for row in ASPECTS])
def test_verbs_of_one_meaning_and_two_aspects_lead_to_each_other(one: str, other: str) -> None:
    assert other in aspect_partners(one)
    assert one in aspect_partners(other)
    assert len(aspect_partners(one)) < 4


@pytest.mark.parametrize("word", [row[0] for row in NO_PARTNERS], ids=[row[1] for row in NO_PARTNERS])
def test_what_has_no_partner_gets_none(word: str) -> None:
    assert aspect_partners(word.lower()) == ()


def test_any_form_of_a_verb_leads_to_its_partner() -> None:
    assert aspect_partners("подписали") == ("подписывать",)
    assert "рассматривать" in aspect_partners("рассмотренный")


@pytest.mark.parametrize("stranger", ["купать", "пописать", "решетить"])
def test_strangers_that_look_like_partners_are_none(stranger: str) -> None:
    assert stranger not in {partner for verb in ("купить", "подписать", "решить") for partner in aspect_partners(verb)}


@pytest.mark.parametrize(("word", "there", "absent"), DERIVED, ids=[row[0] for row in DERIVED])
def test_words_of_one_root_are_tried(word: str, there: set[str], absent: set[str]) -> None:
    found = derived_words(word)
    assert there <= set(found[:MOST_TRIED])
    assert absent.isdisjoint(found)


@pytest.mark.parametrize("word", ["", "я", "5g", "а" * 5_000, "agreements" * 500, "ў", "мсэ", "связь" * 300])
def test_odd_words_are_tried_with_few_queries(word: str) -> None:
    found = derived_words(word)
    assert len(found) < 1000
    assert word not in found


def test_the_dictionary_tells_organisations_and_verbs_from_other_words() -> None:
    assert [word for word in ("роскомнадзор", "оператор", "минсвязи", "содружество") if is_organisation(word)] == [
        "роскомнадзор",
        "минсвязи",
    ]
    assert [word for word in ("подписало", "связи", "стали", "утвердить") if is_verb(word)] == ["подписало", "утвердить"]


# --- suggestions ---------------------------------------------------------------------------------------------------------------------


def offered(term: str, **counts: int) -> list[tuple[str, Why, int]]:
    found = suggest(term, PAIRS, lambda query: counts.get(query, 0), LEXICON)
    return [(one.query, one.why, one.count) for one in found]


def test_an_abbreviation_leads_to_its_names_accepted_ones_first() -> None:
    assert offered("РСС", RCC=2) == [('"Региональное содружество в области связи"', Why.NAME, 0), ("RCC", Why.OFFERED, 2)]


def test_a_full_name_in_any_case_leads_to_its_abbreviations() -> None:
    assert offered("Регионального содружества в области связи", РСС=7) == [("РСС", Why.NAME, 7), ("RCC", Why.OFFERED, 0)]
    assert offered('"Internet of Things"') == [("IoT", Why.OFFERED, 0)]


def test_a_name_that_looks_like_something_of_the_language_is_offered_as_a_phrase() -> None:
    assert offered('"унитарное предприятие связи"') == [('"НЕ"', Why.NAME, 0)]
    assert offered('"НЕ"')[0] == ('"унитарное предприятие связи"', Why.NAME, 0)


def test_derived_words_come_only_with_articles_most_first() -> None:
    found = offered("лицензия", лицензионный=3, лицензирование=40, лицензиат=3)
    assert found == [("лицензирование", Why.DERIVED, 40), ("лицензиат", Why.DERIVED, 3), ("лицензионный", Why.DERIVED, 3)]


def test_a_verb_leads_to_its_partner_once_even_where_nothing_has_it() -> None:
    assert offered("подписать")[0] == ("подписывать", Why.ASPECT, 0)
    found = offered("подписать", подписывать=5, подписание=4, подпись=3, подписной=2)
    assert found[0] == ("подписывать", Why.ASPECT, 5)
    assert [query for query, _, _ in found].count("подписывать") == 1


def test_what_the_term_finds_by_itself_is_not_offered() -> None:
    for term in ("лицензия", "agreement", "связь", "регулировать"):
        for suggestion in suggest(term, PAIRS, lambda _: 1, LEXICON):
            if suggestion.why is Why.DERIVED and not suggestion.query.endswith("*"):
                assert LEXICON.asked(term).isdisjoint(LEXICON.keys(suggestion.query))


def test_there_are_at_most_twelve_derived_words() -> None:
    assert len(suggest("информатизация", (), lambda _: 1, LEXICON)) == MOST_DERIVED


@pytest.mark.parametrize("term", ["", "…", '"', "AND", "~ШОС", "связь OR спорт", "(", "\ud800", "а" * 10_000, "/(a+)+/", "НЕ"])
def test_an_odd_term_is_answered_with_queries_that_can_be_read(term: str) -> None:
    assert all(isinstance(one, Suggestion) for one in suggest(term, PAIRS, never, LEXICON))


def test_the_command_prints_what_to_ask_why_and_how_much_it_finds(workplace: Path, vestnik: Command) -> None:
    configured(workplace)
    opened = open_store(f"sqlite:///{workplace / 'data' / 'vestnik.db'}", NOW)
    opened.names.add(PAIRS[0].pair, NOW)
    opened.close()
    assert vestnik("watch", "suggest", "рсс").out.split(maxsplit=3) == [
        "0",
        "accepted",
        "name",
        '"Региональное содружество в области связи"\n',
    ]
    assert vestnik("watch", "suggest", "подписать", "--json").values == [{"query": "подписывать", "why": "aspect partner", "count": 0}]
    assert "nothing is known" in vestnik("watch", "suggest", "Барселона").out
    ended = vestnik("watch", "suggest", "…")
    assert (ended.status, "there is no word" in ended.err) == (2, True)


def test_the_archive_teaches_the_glossary_and_counts_what_is_suggested(workplace: Path, vestnik: Command) -> None:
    configured(workplace)
    opened = open_store(f"sqlite:///{workplace / 'data' / 'vestnik.db'}", NOW)
    for number, text in enumerate(
        (
            "Заседание провело Региональное содружество в области связи (далее – РСС). Выдана лицензия.",
            "Совет Регионального содружества в области связи (РСС) утвердил порядок. Лицензионная комиссия собралась.",
            "РСС подписывало соглашения. Лицензирование операторов отменено.",
        )
    ):
        publish(opened, number, Content(title=f"Новость {number}", text=text))
    match(opened)
    opened.close()

    (pair,) = vestnik("glossary", "list", "--json").values
    assert (pair["short"], pair["state"], pair["articles"]) == ("РСС", "offered", 2)
    assert vestnik("glossary", "accept", "РСС").status == 0
    (name,) = vestnik("watch", "suggest", "РСС", "--json").values
    assert (name["why"], name["count"]) == ("accepted name", 2)
    assert vestnik("watch", "suggest", "подписать", "--json").values == [{"query": "подписывать", "why": "aspect partner", "count": 1}]
    derived = vestnik("watch", "suggest", "лицензия", "--json").values
    assert [(one["query"], one["count"]) for one in derived] == [("лицензионный", 1), ("лицензирование", 1)]
    assert len(vestnik("search", '~"региональное содружество в области связи"', "--json").values) == 3
