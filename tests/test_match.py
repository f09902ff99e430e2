from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.index import Matcher
from notify.match import check, decide, plain_lexicon
from notify.query import parse
from notify.senders.channel import Channel
from notify.tokens import tokens
from notify.watch import Watch, WatchError
from storage.model import Owed, Recipient, Span, Texts, UnmatchedRevision


def matched(query: str, text: str, title: str = "") -> list[str]:
    """The matched stretches, as they stand in title and text."""
    _, spans = check(parse(query), Texts(title, text))
    return [(title if span.field == "title" else text)[span.start : span.end] for span in spans]


def accepts(query: str, text: str, title: str = "") -> bool:
    return check(parse(query), Texts(title, text))[0]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("министр", "встреча Министров связи", ["Министров"]),
        ("связь", "развитие связи", ["связи"]),
        ("человек", "для людей", ["людей"]),
        ("идти", "он шёл домой", ["шёл"]),
        ("хороший", "стало лучше", ["лучше"]),
        ("подписать", "соглашение, подписанное вчера", ["подписанное"]),
        ("ребёнок", "о детях", ["детях"]),
        ("еще", "Ещё раз", ["Ещё"]),
        ("Просвиров", "назначен Просви\u0301ровым", ["Просви\u0301ровым"]),
        ("Просвировым", "сказал Просвиров", ["Просвиров"]),
        ("Шульган", "Шульгана и Шульгану", ["Шульгана", "Шульгану"]),
        ("Шульгана", "Шульгану", ["Шульгану"]),
        ("Шульгану", "Шульган", ["Шульган"]),
        ("Залесский", "с Залесским", ["Залесским"]),
        ("network", "two Networks", ["Networks"]),
        ("ШОС", "саммит «ШОС»", ["ШОС"]),
        ("ШОС", "Китай-ШОС", ["ШОС"]),
        ("ШОС", "саммит ШOC", ["ШOC"]),
        ("Шанхай", "в г.Шанхае", ["Шанхае"]),
        ("Ткач", "П.Н.Ткач", ["Ткач"]),
        ("5G", "сети «5 G» и 5G", ["5 G", "5G"]),
        ("5 G", "сети 5G", ["5G"]),
        ("4-е", "на 4-м заседании", ["4-м"]),
        ("4", "на 4-м заседании", ["4"]),
        ("=связи", "Связи и связь", ["Связи"]),
        ("цифров*", "Цифровизация и цифровой", ["Цифровизация", "цифровой"]),
        ("сувязі", "Міністэрства сувязі", ["сувязі"]),
        ("удзел", "прыняў ўдзел", ["ўдзел"]),
        ("пошта", "Работа на пошце", ["пошце"]),
        ("дарога", "На дарозе рамонт", ["дарозе"]),
        ("рынак", "Доля рынку расце", ["рынку"]),
        ('"министерство связи"', "в Министерстве\u00a0связи", ["Министерстве\u00a0связи"]),
        ('"министерство связи"', "Министерство\nсвя\u00adзи", ["Министерство\nсвя\u00adзи"]),
        ('"министерство связи"', "министерство – «связи»", ["министерство – «связи"]),
        ("государства-участники", "государств - участников", ["государств - участников"]),
        ("связь OR ШОС", "ШОС и связь", ["ШОС", "связь"]),
        ("связь -ШОС", "о связи", ["связи"]),
        ('"заседание совета" заседание', "заседания совета", ["заседания совета"]),
        (r"/приказ № ?\d+/", "Приказ № 15", ["Приказ № 15"]),
        (r"/\bшос\b/", "саммит ШОС и шоссе", ["ШОС"]),
        (r"/свя\w+/", "Свя\u0301зь", ["Свя\u0301зь"]),
        (r"/китай.{1,3}шос/", "Китай – ШОС", ["Китай – ШОС"]),
        (r"/50 м²/", "на 50 м² земли", ["50 м²"]),
        (r"/f/", "o\ufb03ce", ["\ufb03"]),
        ("связь NEAR/2 мир", "мир и связь", ["мир", "связь"]),
        ("title:связь OR text:мир", "связь и мир", ["мир"]),
    ],
)
def test_a_query_finds(query: str, text: str, found: list[str]) -> None:
    assert matched(query, text) == found


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Шульгана", "Шульга"),
        ("Шульга", "Шульгана"),
        ("ШОС", "по шоссе"),
        ("ШОС", "ШОСпорт"),
        ("=связи", "связь"),
        ("связь", "связист"),
        ("подписать", "подписывать"),
        ('"министерство связи"', "связи министерства"),
        ('"министерство связи"', "министерство и связи"),
        ("связь -ШОС", "связь и ШОС"),
        ("связь ШОС", "связь"),
        ("4-е", "4 е"),
        ("воўк", "воук"),
        ("Шевченко", "Визит Шевченка в Минск по приглашению"),
        ("Мазур", "Визит Мазуро"),
        ("Мухин", "Станция под Мухином"),
        ("город", "У гарадах краіны"),
        ("Иванов", "Іванова ў сказе, поезд под Ивановом"),
    ],
)
def test_a_query_does_not_find(query: str, text: str) -> None:
    assert not accepts(query, text)


def test_a_phrase_never_runs_from_title_into_text() -> None:
    assert not accepts('"совет министров"', "Министров много", title="Совет")
    assert matched("совет министров", "Министров много", title="Совет") == ["Совет", "Министров"]


def test_spans_of_the_title_come_first_and_touching_ones_are_one() -> None:
    _, spans = check(parse("связь OR минист* OR министерство"), Texts("О связи", "связь_министерство"))
    assert spans == (Span("title", 2, 7), Span("text", 0, 5), Span("text", 6, 18))


words = st.sampled_from(
    ["ШОС", "связи", "Свя\u0301зью", "министерством", "5 G", "4-го", "п.Шанхай", "–", "«", "\u00ad", "x_y", "ŉ", "İ", "№", "\n", "MИР"]
)


@given(st.lists(words).map(" ".join), st.lists(words).map("".join))
def test_every_span_is_of_the_family_of_the_query(text: str, title: str) -> None:
    _, spans = check(parse("связь OR министерств* OR 5G OR =мир"), Texts(title, text))
    for span in spans:
        (token,) = tokens((title if span.field == "title" else text)[span.start : span.end])
        assert (
            plain_lexicon().keys(token.folded) & plain_lexicon().asked("связь")
            or token.folded.startswith("министерств")
            or token.folded in {"5g", "мир"}
        )


# --- what is owed ---


class NeverSends:
    def send(self, message: object, recipient: Recipient) -> str:
        raise AssertionError(recipient)


def channel(name: str, *keys: str) -> Channel:
    return Channel(name, "ru", "Europe/Minsk", tuple(Recipient(key, name) for key in keys), NeverSends())


def watch(name: str, query: str = "ШОС", channels: tuple[str, ...] = ("office",), on: tuple[str, ...] = ("new",)) -> Watch:
    return Watch(name, parse(query), channels, frozenset(on))


def revision(*, number: int = 1, baseline: bool = False, matched_before: tuple[str, ...] = ()) -> UnmatchedRevision:
    return UnmatchedRevision(7, 3, number, "Саммит ШОС", "текст о связи", baseline, frozenset(matched_before))


OFFICE = {"office": channel("office", "anna"), "press": channel("press", "anna", "boris"), "empty": channel("empty")}


def test_an_address_is_told_once_for_all_channels_and_watches() -> None:
    matcher = Matcher([watch("sco"), watch("link", "связь", ("press", "office")), watch("other", "почта")])
    decided = decide(revision(), matcher, OFFICE)
    assert [(match.watch, match.owed) for match in decided.matches] == [("sco", Owed.ALERT), ("link", Owed.ALERT)]
    assert {recipient.key: names for recipient, names in decided.owed_to.items()} == {"anna": ("sco", "link"), "boris": ("link",)}
    assert decided.revision_id == 7


@pytest.mark.parametrize(
    ("seen", "watching", "owed"),
    [
        (revision(baseline=True), watch("w"), Owed.BASELINE),
        (revision(baseline=True), watch("w", on=("new", "edit")), Owed.BASELINE),
        (revision(number=2, matched_before=("w",)), watch("w"), Owed.EDIT),
        (revision(number=2, matched_before=("w",)), watch("w", on=("new", "edit")), Owed.ALERT),
        (revision(number=2, matched_before=("another",)), watch("w"), Owed.ALERT),
        (revision(), watch("w", channels=()), Owed.NO_CHANNEL),
        (revision(), watch("w", channels=("empty", "gone")), Owed.NO_CHANNEL),
    ],
)
def test_a_match_comes_to(seen: UnmatchedRevision, watching: Watch, owed: Owed) -> None:
    decided = decide(seen, Matcher([watching]), OFFICE)
    assert [match.owed for match in decided.matches] == [owed]
    assert bool(decided.owed_to) == (owed is Owed.ALERT)


@pytest.mark.parametrize(("on", "says"), [(("removed",), "not supported"), (("new", "typo"), "typo"), (("edit",), "not supported")])
def test_a_watch_for_what_is_not_built_is_refused(on: tuple[str, ...], says: str) -> None:
    with pytest.raises(WatchError, match=says):
        watch("w", on=on)


def test_two_watches_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two watches"):
        Matcher([watch("w"), watch("w")])
