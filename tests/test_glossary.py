"""Names and abbreviations that texts say are one: a table of cases with a reason each, and what queries make of them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.glossary import Glossary, keyed, pairs_in, resolve
from notify.lemmas import Lexicon
from notify.match import check
from notify.query import Named, Not, parse
from storage.fold import fold
from storage.model import NamePair, Texts
from storage.store_names import LONGEST_LONG, LONGEST_SHORT, MOST_WORDS, PER_ARTICLE

CASES = tomllib.loads((Path(__file__).parent / "data" / "names.toml").read_text(encoding="utf-8"))
LEXICON = Lexicon()


def stated(text: str, **more: object) -> list[tuple[str, str]]:
    return [(pair.short, pair.long) for pair in pairs_in(Texts("", text, **more), LEXICON)]


def test_there_are_enough_cases_and_none_twice() -> None:
    texts = [row[0] for rows in CASES.values() for row in rows]
    assert len(texts) == len(set(texts)) >= 120


@pytest.mark.parametrize(("text", "pairs"), [row[:2] for row in CASES["stated"]], ids=[f"{row[2]}: {row[0]}" for row in CASES["stated"]])
def test_a_text_states_these_pairs(text: str, pairs: list[str]) -> None:
    assert stated(text) == list(zip(pairs[::2], pairs[1::2], strict=True))


@pytest.mark.parametrize("text", [row[0] for row in CASES["none"]], ids=[f"{row[1]}: {row[0]}" for row in CASES["none"]])
def test_a_text_states_no_pair(text: str) -> None:
    assert stated(text) == []


def test_every_field_of_an_article_may_state_pairs_and_each_counts_once() -> None:
    texts = Texts(
        "Международный союз электросвязи (МСЭ)",
        "Международного союза электросвязи (МСЭ) …\n\nШанхайская организация сотрудничества (ШОС)",
        attachments=("", "РСС (Региональное содружество в области связи)"),
    )
    assert [pair.short for pair in pairs_in(texts, LEXICON)] == ["МСЭ", "ШОС", "РСС"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Региональное содружество в области связи", "Региональным содружеством в области связи"),
        ("Шанхайская организация сотрудничества", "Шанхайской организации сотрудничества"),
        ("Международный союз электросвязи", "МЕЖДУНАРОДНОГО СОЮЗА ЭЛЕКТРОСВЯЗИ"),
        ("средства массовой информации", "средств массовой\nинформации"),
        ("International Telecommunication Union", "international telecommunication union's"),
        ("Национальный банк", "Национального банка"),
        ("волоконно-оптические линии связи", "волоконно-оптических линий связи"),
        ("Рэгіянальная садружнасць у галіне сувязі", "Рэгіянальнай садружнасці ў галіне сувязі"),
        ("Шанхайская арганізацыя супрацоўніцтва", "Шанхайскай арганізацыі супрацоўніцтва"),
        ("Міністэрства сувязі і інфарматызацыі", "Міністэрствам сувязі і інфарматызацыі"),
    ],
)
def test_forms_of_one_name_are_one_pair(one: str, other: str) -> None:
    assert keyed("X", one, LEXICON).long_key == keyed("x", other, LEXICON).long_key


def test_a_text_of_nothing_but_pairs_gives_a_bounded_number() -> None:
    letters = "абвгдежзиклмнопрстуф"
    names = [f"{one}рхив {other}анков {third}орта ({one}{other}{third})" for one in letters for other in letters for third in letters]
    found = pairs_in(Texts("", ". ".join(name.upper() for name in names)), LEXICON)
    assert len(found) == PER_ARTICLE


@pytest.mark.parametrize(
    "text",
    [
        "(" * 500_000,
        "(А" * 250_000,
        "АБ (" * 100_000,
        "(далее – " * 60_000,
        "(" + "А, " * 100_000 + ")",
        "а-" * 300_000 + "(АБВ)",
        "А" * 500_000 + " (А)",
    ],
    ids=["open", "open and a letter", "never closed", "legal words", "a long list", "dashes", "one word"],
)
def test_a_hostile_text_is_read_to_its_end(text: str) -> None:
    assert len(pairs_in(Texts("", text), LEXICON)) <= PER_ARTICLE


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_is_too_odd_to_be_read(before: str, within: str) -> None:
    assert len(pairs_in(Texts(before, f"{before} А ({within}) АБ ({before} А {within})"), LEXICON)) <= PER_ARTICLE


@given(st.text(alphabet="АБВабвAbи –-,.«»()\n далее", max_size=200))
def test_whatever_is_found_stands_in_the_text_and_is_bounded(text: str) -> None:
    folded = "".join(fold(text).split())
    for pair in pairs_in(Texts("", text), LEXICON):
        assert len(pair.short) <= LONGEST_SHORT
        assert len(pair.long) <= LONGEST_LONG
        assert 1 < len(pair.long_key.split()) <= MOST_WORDS
        for letter in fold(pair.short):
            assert letter in folded or letter == "-"


# --- queries -------------------------------------------------------------------------------------------------------------------------

ACCEPTED = [
    keyed("ШОС", "Шанхайской организации сотрудничества", LEXICON),
    keyed("МСЭ", "Международный союз электросвязи", LEXICON),
    keyed("ITU", "Международный союз электросвязи", LEXICON),
    keyed("ITU", "International Telecommunication Union", LEXICON),
    keyed("Минсвязи", "Министерство связи и информатизации", LEXICON),
]
MSE = {"мсэ", "международный союз электросвязи", "itu", "international telecommunication union"}


def names_of(query: str, accepted: list[NamePair] = ACCEPTED) -> set[str]:
    root = resolve(parse(query), accepted, LEXICON).root
    assert isinstance(root, Named)
    return {" ".join(word.folded for word in name.words) for name in root.names}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("~ШОС", {"шанхайской организации сотрудничества"}),
        ("~шос", {"шанхайской организации сотрудничества"}),
        ('~"Шанхайская организация сотрудничества"', {"шос"}),
        ('~"Шанхайскую организацию сотрудничества"', {"шос"}),
        ("~МСЭ", MSE - {"мсэ"}),
        ("~ITU", MSE - {"itu"}),
        ('~"Международного союза электросвязи"', MSE - {"международный союз электросвязи"}),
        ('~"international telecommunication union"', MSE - {"international telecommunication union"}),
        ("~Минсвязи", {"министерство связи и информатизации"}),
        ("~РСС", set()),
        ("~МСЭА", set()),
        ("~организация", set()),
        ('~"Шанхайская организация"', set()),
    ],
    ids=["short", "small letters", "long", "another case of the long one", "all of a group", "from its other end", "long, whole group",
         "English long", "syllables", "unknown", "longer than an abbreviation", "a word of a name", "the beginning of a name"],
)  # fmt: skip
def test_a_term_stands_for_all_names_of_its_group(query: str, names: set[str]) -> None:
    assert names_of(query) == names


def test_names_are_put_in_wherever_a_term_stands() -> None:
    query = resolve(parse("(министр ~ШОС OR ~МСЭ) -~ITU title:~ШОС"), ACCEPTED, LEXICON)
    assert query.text == "(министр ~ШОС OR ~МСЭ) -~ITU title:~ШОС"
    found: list[Named] = []

    def gather(node: object) -> None:
        if isinstance(node, Not):
            gather(node.part)
        elif isinstance(node, Named):
            found.append(node)
        else:
            for part in getattr(node, "parts", ()):
                gather(part)

    gather(query.root)
    assert len(found) == 4
    assert all(term.names for term in found)


def test_a_query_without_terms_is_left_as_it_is() -> None:
    query = parse('ШОС AND ("Шанхайская организация" OR связь) -спорт')
    assert Glossary(ACCEPTED, LEXICON).resolve(query) is query


def test_the_order_of_pairs_says_nothing() -> None:
    query = parse("~МСЭ")
    assert resolve(query, ACCEPTED, LEXICON) == resolve(query, ACCEPTED[::-1], LEXICON)


@pytest.mark.parametrize(
    ("query", "text", "accepted"),
    [
        ("~ШОС", "Заседание Шанхайской организации сотрудничества", True),
        ("~ШОС", "Заседание ШОС", True),
        ("~ШОС", "Шанхайская палата, организация и сотрудничество", False),
        ('~"Шанхайская организация сотрудничества"', "Заседание ШОС", True),
        ("~МСЭ", "The International Telecommunication Union met", True),
        ("~МСЭ", "Союз электросвязи", False),
        ("связь -~ШОС", "Связь в Шанхайской организации сотрудничества", False),
        ("связь -~ШОС", "Связь в области", True),
    ],
)
def test_a_term_finds_texts_by_any_of_its_names(query: str, text: str, accepted: bool) -> None:
    found, spans = check(resolve(parse(query), ACCEPTED, LEXICON), Texts("", text), LEXICON)
    assert found is accepted
    assert bool(spans) is accepted


def test_a_full_glossary_is_gathered_at_once() -> None:
    many = [NamePair(f"АБ{number}", f"арка бора {number}", f"аб{number}", f"арка бор {number // 2}") for number in range(3_000)]
    chain = [NamePair("МСЭ", "союз", "мсэ", f"союз {number}") for number in range(500)]
    assert names_of("~АБ7", [*many, *chain]) == {"аб6", "арка бора 6"}
    assert len(names_of("~МСЭ", [*many, *chain])) <= 50
