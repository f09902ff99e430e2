"""Watch lists: many queries under one heading, with those that refuse; in the configuration, and as files of spreadsheets."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from service_runner import Command, configured, kept

from collector.service.mistakes import ConfigurationError
from collector.service.parts import watches_of
from collector.service.settings import load_settings
from notify.index import Matcher
from notify.match import check
from notify.query import Or, Query, parse
from notify.termlist import LARGEST, MOST, Row, TermList, read_list
from notify.watch import MOST_TERMS, Watch, WatchError, combined
from storage.model import Texts


def asked(query: str = "", terms: tuple[str, ...] = (), exclude: tuple[str, ...] = ()) -> Query:
    return combined(parse(query) if query else None, list(map(parse, terms)), list(map(parse, exclude)))


def accepts(query: Query, text: str) -> bool:
    return check(query, Texts("", text))[0]


# --- what a list means ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "accepted", "why"),
    [
        ("Форум ШОС открыт", True, "the query itself"),
        ("Тарифы на связь", True, "a term"),
        ("Почтовые марки", True, "a term that is a query of its own, both of whose words are there"),
        ("Почтовые ящики", False, "half of a term is no term"),
        ("Форум ШОС и аукцион", False, "an exclusion refuses what the query accepts"),
        ("Связь: вакансии", False, "any exclusion does"),
        ("Вакансии для инженеров связи в ШОС", True, "an exclusion is a query: this one has an exception of its own"),
        ("Погода на завтра", False, "nothing of it"),
    ],
)
def test_a_list_accepts_what_the_query_or_a_term_accepts_unless_an_exclusion_does(text: str, accepted: bool, why: str) -> None:
    watch = asked("ШОС", ("связь", "почтовый марка"), ("аукцион", "вакансия -инженер"))
    assert accepts(watch, text) is accepted, why


def test_terms_alone_are_enough_and_a_single_one_is_the_query() -> None:
    assert asked("", ("связь",)) == parse("связь")
    assert accepts(asked("", ("связь", "почта")), "почтой")


def test_exclusions_alone_are_refused() -> None:
    with pytest.raises(WatchError, match="asks for nothing"):
        asked("", (), ("аукцион",))


def test_the_text_of_a_list_can_be_read_by_people_and_means_the_same() -> None:
    watch = asked("ШОС OR РСС", ("title:связь", '"почта Беларуси"', "ШОС"), ("аукцион", "спорт футбол"))
    assert watch.text == '(шос OR рсс OR title:связь OR "почта беларуси") -аукцион (-спорт OR -футбол)'
    assert parse(watch.text).root == watch.root


def test_ten_thousand_terms_are_one_watch_that_finds_each_of_them() -> None:
    terms = [f"слово{number}" for number in range(10_000)]
    query = combined(None, list(map(parse, terms)), [parse("реклама")])
    matcher = Matcher([Watch("list", query, ())])
    assert list(matcher.match(Texts("", "О том, что слово7777 сказано"))) == ["list"]
    assert not matcher.match(Texts("", "слово7777 и реклама"))
    assert not matcher.match(Texts("", "слово10000"))
    matcher.remove("list")
    assert not matcher.match(Texts("", "слово7777"))


def test_more_terms_than_memory_is_good_for_are_refused_in_words() -> None:
    one = parse("связь")
    with pytest.raises(WatchError, match=f"{MOST_TERMS} are the limit"):
        combined(None, [one] * (MOST_TERMS + 1))


_WORDS = st.sampled_from(["связь", "почта", "шос", "аукцион", "тариф", "спорт"])


@given(st.lists(_WORDS, min_size=1, max_size=4), st.lists(_WORDS, max_size=3), st.lists(_WORDS, max_size=6))
def test_a_list_is_always_any_of_its_terms_and_none_of_its_exclusions(terms: list[str], exclude: list[str], text: list[str]) -> None:
    expected = bool(set(terms) & set(text)) and not set(exclude) & set(text)
    assert accepts(asked("", tuple(terms), tuple(exclude)), " ".join(text)) is expected


def test_repeated_terms_are_one() -> None:
    root = asked("", ("связь", "почта", "связь")).root
    assert isinstance(root, Or)
    assert len(root.parts) == 2


# --- files of terms ------------------------------------------------------------------------------------------------------------------

PLAIN = (Row(1, "связь"), Row(2, '"почта Беларуси"'))


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("связь\n«почта Беларуси»\n", (Row(1, "связь"), Row(2, "«почта Беларуси»"))),
        ('связь\r\n"""почта Беларуси"""\r\n', PLAIN),
        ("\n\nсвязь\n \n;;\nпочта", (Row(3, "связь"), Row(6, "почта"))),
        ("term\nсвязь", (Row(2, "связь"),)),
        ("Термин;Метки\nсвязь;спектр, 5G", (Row(2, "связь", tags=("спектр", "5G")),)),
        ("heading,term,exclude\nПочта,марки,аукцион\nСвязь,спектр\n", (Row(2, "марки", "Почта", (), "аукцион"), Row(3, "спектр", "Связь"))),
        ('term,exclude\n"ШОС, Минск",\n,аукцион', (Row(2, "ШОС, Минск"), Row(3, exclude="аукцион"))),
        ("term\ttags\nсвязь\tодин|два", (Row(2, "связь", tags=("один", "два")),)),
        ("WATCH;QUERY\nsco;ШОС;;\n", (Row(2, "ШОС", "sco"),)),
    ],
    ids=[
        "one column",
        "doubled quotes",
        "empty lines",
        "heading",
        "semicolons",
        "commas",
        "quoted comma",
        "tabs",
        "empty cells at the end",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1251", "utf-16"])
def test_a_file_of_a_spreadsheet_is_read(content: str, rows: tuple[Row, ...], encoding: str) -> None:
    read = read_list(content.encode(encoding))
    assert read == TermList(rows, (), headed=rows[0].line > 1 and "\n\n" not in content)


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("", 0, "it is empty"),
        ("связь\nШОС OR\n", 2, "something is missing at the end"),
        ("term;exclude\nсвязь;(аукцион", 2, "closing bracket"),
        ("связь, почта\nШОС", 1, "the first line of the file does not say what they are"),
        ("term\nсвязь, почта", 2, "2 cells, and the columns are 1"),
        ("term,colour\nсвязь,red", 1, "the column 'colour' is not known"),
        ("term,exlude\nсвязь,аукцион", 1, "did you mean 'exclude'?"),
        ("tags;heading\nодин;два", 1, "no column is called term"),
        ("term;tags\n", 1, "nothing stands below them"),
        ("term;query\nодин;два", 1, "two columns have the same meaning"),
        ('связь\n"почта\nШОС', 2, "its quotes don't fit"),
        ('связь\n"ШОС" OR "РСС"', 2, "its quotes don't fit"),
        ("term;tags\n;один", 2, "no term stands in it"),
        ("связь\n-аукцион", 2, "must ask for a word"),
        ("связь\n" + "а" * 200_000, 2, "its quotes don't fit"),
    ],
)
def test_each_mistake_in_a_file_is_told_with_its_line(content: str, line: int, says: str) -> None:
    (mistake,) = read_list(content.encode()).mistakes
    assert mistake.line == line
    assert says in mistake.words


def test_a_wrong_query_in_a_file_is_shown_with_the_place_marked() -> None:
    (mistake,) = read_list("связь\nШОС OR".encode()).mistakes
    assert mistake.words.splitlines()[1:] == ["ШОС OR", "      ^"]


def test_what_is_right_is_read_beside_what_is_wrong() -> None:
    read = read_list("связь\nШОС OR\nпочта\n(".encode())
    assert [row.term for row in read.rows] == ["связь", "почта"]
    assert [mistake.line for mistake in read.mistakes] == [2, 4]


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"a" * (LARGEST + 1), "are the limit"), (b"a\n" * (MOST + 1), "are the limit"), ("связь\n".encode() + b"\x98", "neither")],
    ids=["too large", "too long", "no text"],
)
def test_a_file_that_can_not_be_a_list_is_refused_whole(content: bytes, says: str) -> None:
    read = read_list(content)
    assert read.rows == ()
    assert says in read.mistakes[0].words


@given(st.one_of(st.binary(max_size=200), st.text(alphabet='term;,\n\t"абв-()=*/ ', max_size=80).map(str.encode)))
def test_whatever_a_file_holds_it_is_read_or_refused_in_words(content: bytes) -> None:
    read = read_list(content)
    assert read.rows or read.mistakes
    assert all(mistake.words for mistake in read.mistakes)


# --- in the configuration ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def config(workplace: Path) -> Path:
    return workplace / "vestnik.toml"


def test_a_list_stands_in_the_configuration_and_in_a_file_that_it_names(config: Path) -> None:
    Path("list.csv").write_text("heading;term;tags;exclude\nsco;РСС;belarus;\n;связь;;спорт\nother;почта;;\n", encoding="windows-1251")
    config.write_text(
        "[watch.sco]\nquery = 'ШОС'\nterms = ['ОДКБ']\nterms_file = 'list.csv'\nexclude = ['аукцион']\ntags = ['abroad']\n",
        encoding="utf-8",
    )
    (watch,) = watches_of(load_settings(config))
    assert watch.query.text == "(шос OR одкб OR рсс OR связь) -аукцион -спорт"
    assert watch.tags == ("abroad", "belarus")


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("exclude = ['аукцион']", "[watch.sco]: a watch needs `query`, `terms` or `terms_file`"),
        ("terms = ['ШОС OR']", "[watch.sco] terms: something is missing at the end"),
        ("query = 'ШОС'\nexclude = ['(']", "[watch.sco] exclude: "),
        ("terms_file = 'none.csv'", "[watch.sco] terms_file: the file none.csv can't be read: No such file"),
        ("terms_file = 'wrong.csv'", "[watch.sco] terms_file: wrong.csv, line 2: something is missing at the end"),
        ("terms_file = 'wrong.csv'", "[watch.sco] terms_file: wrong.csv, line 3: this quote is not closed"),
        ("terms_file = 'others.csv'", "[watch.sco] terms_file: others.csv: no term in it stands under the heading sco"),
    ],
)
def test_each_mistake_in_a_list_is_told_with_its_place(config: Path, table: str, says: str) -> None:
    Path("wrong.csv").write_text("ШОС\nРСС OR\n«ОДКБ\n", encoding="utf-8")
    Path("others.csv").write_text("term;heading\nШОС;other\n", encoding="utf-8")
    config.write_text(f"[watch.sco]\n{table}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        watches_of(load_settings(config))
    assert any(says in mistake for mistake in caught.value.mistakes), caught.value.mistakes


# --- import --------------------------------------------------------------------------------------------------------------------------

LIST = "heading;term;tags;exclude\nСвязь и почта;спектр;radio;\nСвязь и почта;«почтовая марка»;;аукцион\nsco;ШОС;;\n"


@pytest.fixture
def installed(workplace: Path, vestnik: Command) -> Command:
    configured(workplace, '[watch.own]\nquery = "РСС"\n[channel.office]\nurl = "json://127.0.0.1:9/"\n')
    (workplace / "list.csv").write_text(LIST, encoding="windows-1251")
    return vestnik


def test_a_list_is_taken_in_as_a_watch_for_each_heading(installed: Command, workplace: Path) -> None:
    ended = installed("watch", "import", "list.csv", "--channel", "office", "--tag", "imported")
    assert (ended.status, ended.out.splitlines()) == (
        0,
        [
            "the first line says what the columns are",
            "Связь-и-почта: 2 of 2 terms and 1 exclusions are new",
            "sco: 1 of 1 terms are new",
        ],
    )
    with kept(workplace) as store:
        sco, post = store.watches.list()
    assert (sco.terms, sco.channels, sco.tags) == (("ШОС",), ("office",), ("imported",))
    assert (post.terms, post.exclude, post.tags) == (("спектр", "«почтовая марка»"), ("аукцион",), ("radio", "imported"))


def test_a_list_that_is_taken_in_again_adds_nothing(installed: Command, workplace: Path) -> None:
    installed("watch", "import", "list.csv", "--channel", "office")
    with kept(workplace) as store:
        before, owed = store.watches.list(), store.outbox.counts()
    again = installed("watch", "import", "list.csv", "--channel", "office")
    assert "sco: all of it is there already" in again.out
    (workplace / "list.csv").write_text(LIST + "sco;ОДКБ;;\n", encoding="utf-8")
    more = installed("watch", "import", "list.csv")
    assert "sco: 1 of 2 terms are new" in more.out
    with kept(workplace) as store:
        after = {watch.name: watch for watch in store.watches.list()}
        assert store.outbox.counts() == {"owed": owed["owed"] + 1}, "one watch was changed, and of that alone there is a receipt"
    assert after["Связь-и-почта"] == before[1]
    assert after["sco"].terms == ("ШОС", "ОДКБ")


def test_nothing_is_taken_in_from_a_list_with_a_mistake_unless_that_is_wanted(installed: Command, workplace: Path) -> None:
    (workplace / "list.csv").write_text("ШОС\nРСС OR\nОДКБ\n", encoding="utf-8")
    refused = installed("watch", "import", "list.csv")
    assert refused.status == 2
    assert refused.err.splitlines()[0] == "vestnik: list.csv, line 2: something is missing at the end: a word or a closing bracket"
    assert "--skip-mistakes" in refused.err
    assert installed("watch", "list", "--json").values[1:] == []
    taken = installed("watch", "import", "list.csv", "--skip-mistakes", "--name", "sco")
    assert (taken.status, taken.out) == (0, "sco: 2 of 2 terms are new\n")
    assert "left out: list.csv, line 2" in taken.err
    with kept(workplace) as store:
        assert store.watches.list()[0].terms == ("ШОС", "ОДКБ")


@pytest.mark.parametrize(
    ("content", "arguments", "says"),
    [
        ("heading;term\nown;ШОС", (), "line 2: [watch.own] stands in the configuration"),
        ("heading;term\n!!!;ШОС", (), "line 2: '!!!' has no letter"),
        ("exclude\nаукцион", (), "list: it asks for nothing"),
        ("ШОС", ("--channel", "ofice"), "there is no channel 'ofice'; did you mean 'office'?"),
        ("", (), "list.csv: it is empty"),
    ],
)
def test_a_list_that_can_be_no_watch_is_refused(installed: Command, content: str, arguments: tuple[str, ...], says: str) -> None:
    Path("list.csv").write_text(content, encoding="utf-8")
    ended = installed("watch", "import", "list.csv", *arguments)
    assert ended.status == 2
    assert says in ended.err


def test_a_list_that_is_not_there_is_named(installed: Command) -> None:
    ended = installed("watch", "import", "none.csv")
    assert (ended.status, ended.err) == (1, "vestnik: none.csv can't be read: No such file or directory\n")


def test_a_list_without_headings_is_called_as_its_file(installed: Command) -> None:
    Path("министры.csv").write_text("Шульган\n", encoding="utf-8")
    assert installed("watch", "import", "министры.csv").out == "министры: 1 of 1 terms are new\n"
