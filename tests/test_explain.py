"""Why a watch matched or didn't, clause by clause, in words that answer the question."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from databases import NOW
from generated import publications, queries
from hypothesis import given, settings
from service_runner import Command, configured, mail_to

from collector.identity import Identity, sighting_of
from notify.explain import Explanation, explain
from notify.glossary import keyed
from notify.lemmas import Lexicon
from notify.match import check
from notify.query import Named, Query, Words, parse
from notify.watch import combined
from storage.model import Attachment, Content, Match, MatchedRevision, Owed, Recipient, Texts
from storage.store import Store, open_store

MEETING = Texts(
    "Министр связи подписывает договор",
    "Совет глав администраций связи обсудил сотрудничество. Наука и новые технологии связи важны. "
    "Делегация сделала доклад в министерстве. Ткач П.Н. выступил о спутниках.",
    ("", "Приказ о почтовых марках утверждён."),
    author="Елена Ткачук",
    language="ru",
    source="Минсвязи",
)
APART = "title, text and attachments are looked through apart"
APART_BY_SIX = "связи обсудил сотрудничество. Наука и новые технологии связи"
NAMES = ("Устав.pdf", "Приказ № 5.pdf")


def explained(query: str, texts: Texts = MEETING, lexicon: Lexicon | None = None) -> Explanation:
    return explain(parse(query), texts, lexicon, documents=NAMES)


def clauses(explanation: Explanation) -> Iterator[Explanation]:
    yield explanation
    for part in explanation.parts:
        yield from clauses(part)


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("связь", "found in the title («связи») and in the text 2 times («связи»)"),
        ("марка", "found in attachment 2 «Приказ № 5.pdf» («марках»)"),
        ("=связи title:министр", "all 2 parts hold"),
        ('"администрация связи"', "found in the text («администраций связи»)"),
        ("спут*", "found in the text («спутниках»)"),
        ("сотрудничество NEAR/3 наука", "found in the text 2 times («сотрудничество», «Наука»)"),
        ("/почт.в/", "found in attachment 2 «Приказ № 5.pdf» («почтов»)"),
        ("author:елена", "found in the author's name («Елена»)"),
        ("source:минсвязи", "the source is Минсвязи"),
        ("lang:ru", "the language is ru"),
        ("ШОС OR наука OR договор", "2 of 3 parts hold: наука, договор"),
    ],
)
def test_what_holds_is_told_with_the_place_and_the_words_as_they_stand(query: str, why: str) -> None:
    found = explained(query)
    assert (found.holds, found.why) == (True, why)


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("аукцион", "no form of it occurs"),
        ("подписать", "no form of it occurs; «подписывает» is a form of another word: подписывать"),
        ("делать", "no form of it occurs; «сделала» is a form of another word: сделать"),
        ("научный", "no form of it occurs"),
        ("технологический", "no form of it occurs; «технологии» is a form of another word: технология"),
        ("=связь", "it is not written so; other forms of it occur: «связи»"),
        ("=аукцион", "no form of it occurs"),
        ("аукц*", "no word begins so"),
        ("спутниковы*", "no word begins so; «спутниках» is nearest"),
        ("title:наука", "it occurs in the text («Наука»), not in the title"),
        ("attachment:наука", "it occurs in the text («Наука»), not in an attachment"),
        ("елена", "it occurs in the author's name («Елена»), not in title, text or attachments; author: asks for it there"),
        ("author:ткач", "it occurs in the text («Ткач»), not in the author's name"),
        ('"связь аукцион"', "«связь» occurs; of «аукцион»: no form of it occurs"),
        ('"4-е аукционы"', "of «4»: no form of it occurs; of «аукционы»: no form of it occurs"),
        (
            '"связь наука"',
            "its words occur, but not side by side: «связи обсудил сотрудничество. Наука» (in the text) is nearest",
        ),
        ('"связи министр"', "its words occur, but not in this order: «Министр связи» (in the title) is nearest"),
        (
            '"связи связь"',
            f"its words occur, but not side by side: «{APART_BY_SIX}» (in the text) is nearest",
        ),
        ('"министр марок"', f"its words occur, but never in one place: {APART}"),
        (
            "наука NEAR/3 доклад",
            "both occur, but the nearest are 8 words apart: «Наука и новые технологии связи важны. Делегация сделала доклад» (in the text)",
        ),
        (
            "доклад NEAR/3 наука",
            "both occur, but the nearest are 8 words apart: «Наука и новые технологии связи важны. Делегация сделала доклад» (in the text)",
        ),
        ("наука NEAR/3 аукцион", "of аукцион: no form of it occurs"),
        (
            "министр NEAR/9 марка",
            f"both occur, but never in one place beside each other: {APART}",
        ),
        ("/xyz/", "nothing in it is written so"),
        ("title:/почт.в/", "it occurs in attachment 2 «Приказ № 5.pdf» («почтов»), not in the title"),
        ("source:rcc", "the source is Минсвязи"),
        ("lang:be", "the language is ru"),
        ("связь аукцион", "1 of 2 parts does not hold: аукцион"),
        ("ШОС OR аукцион", "none of 2 parts holds"),
        ("~ШОС", "no form of it occurs; the glossary has no accepted name for it"),
    ],
)
def test_what_does_not_hold_is_told_with_the_reason(query: str, why: str) -> None:
    found = explained(query)
    assert (found.holds, found.why) == (False, why)


def test_a_refused_word_that_occurs_is_what_refuses_the_watch() -> None:
    found = explained("связь -доклад -аукцион")
    assert [(part.clause, part.holds, part.why) for part in found.parts[1:]] == [
        ("-доклад", False, "it occurs in the text («доклад»), so the watch is refused"),
        ("-аукцион", True, "it does not occur"),
    ]
    assert [MEETING.text[span.start : span.end] for span in found.parts[1].spans] == ["доклад"]


def test_a_refusal_within_an_alternative_refuses_that_alone() -> None:
    found = explained("договор OR (связь -source:минсвязи)")
    assert found.holds
    assert found.parts[1].parts[1].why == "the source is Минсвязи, so this part is refused"


def test_an_article_of_no_source_and_no_language_says_so() -> None:
    found = explained("lang:ru OR source:mpt OR связь", Texts("Связь", ""))
    assert [part.why for part in found.parts] == [
        "its language could not be told",
        "it stands at no source",
        "found in the title («Связь»)",
    ]


def test_a_name_of_the_glossary_says_which_of_its_names_it_was() -> None:
    named = Named(Words(parse("РСС").root.words), (parse('"администрация связи"').root,))  # type: ignore[union-attr, arg-type]
    found = explain(Query("~РСС", named), MEETING)
    assert found.why == 'as "администрация связи": found in the text («администраций связи»)'
    assert [(part.clause, part.holds) for part in found.parts] == [("рсс", False), ('"администрация связи"', True)]
    missing = explain(Query("~РСС", Named(named.term, (parse("ШОС").root,))), MEETING)  # type: ignore[arg-type]
    assert missing.why == "neither it nor any of its 1 names occurs"


def test_the_users_own_words_are_found_by_explain_too() -> None:
    assert not explained("бобр", Texts("Выдра", "")).holds
    assert explained("бобр", Texts("Выдра", ""), Lexicon([["Бобр", "Выдра"]])).holds


def test_a_word_that_is_repeated_without_end_is_told_by_a_few() -> None:
    found = explained("связь", Texts("", " ".join(f"связ{'ью' if number % 2 else 'ь'}" for number in range(5000))))
    assert found.why == "found in the text 1000 times and more («связь», «связью»)"
    assert len(found.spans) <= 2000


def test_a_document_without_a_name_has_its_number() -> None:
    assert explain(parse("марка"), MEETING).why == "found in attachment 2 («марках»)"


def test_a_list_of_ten_thousand_terms_is_explained_term_by_term() -> None:
    terms = [parse(f"слово{number}ами") for number in range(10_000)]
    found = explain(combined(parse("связь"), terms, [parse("аукцион")]), MEETING)
    assert found.holds
    listed = found.parts[0]
    assert listed.why == "1 of 10001 parts holds: связь"
    assert len(listed.parts) == 10_001


@settings(max_examples=200)
@given(queries, publications())
def test_what_explain_says_is_what_matching_does(query: Query, texts: Texts) -> None:
    found = explain(query, texts)
    assert (found.holds, found.spans) == check(query, texts)
    for clause in clauses(found):
        assert clause.why
        assert clause.why.isprintable()


HOSTILE = (
    "\ud800связь \udfff\u202eсвязь\u200f",
    "связь" * 50_000,
    "связь\x00\x1b[31m наука",
    "« \n\n\u0301\u0301" * 1000 + "связь наука",
    "связь " + "\n" * 100_000 + " наука",
)


@pytest.mark.parametrize("text", HOSTILE, ids=["surrogates", "glued", "controls", "marks", "gap"])
@pytest.mark.parametrize("query", ["связь", '"наука связь"', "связь NEAR/1 наука", "/связь/", "-аукцион связь", "наукой*", "связистый"])
def test_whatever_a_text_holds_an_explanation_is_one_short_line(text: str, query: str) -> None:
    for clause in clauses(explained(query, Texts(text, text, (text,), text, text, text))):
        assert len(clause.why) < 2000
        assert clause.why.isprintable()


# --- the command ---

WATCHES = """
[watch.links]
query = "связь -аукцион"
channels = ["office"]
[watch.minister]
query = '"министр связи" OR ШОС'
channels = ["office"]
"""


@pytest.fixture
def kept(workplace: Path, vestnik: Command) -> Iterator[Store]:
    """The store of a configuration with two watches, in which three articles stand."""
    configured(workplace, WATCHES + mail_to(1))
    assert vestnik("migrate").status == 0
    with closing(open_store(f"sqlite:///{workplace / 'data' / 'vestnik.db'}", NOW)) as store:
        for number, text in enumerate(("Раз. Министр связи выступил. Два.", "Аукцион услуг связи.", "О погоде."), 1):
            told = Content(f"Новость {number}", text, attachments=(Attachment("https://x.by/1.pdf", "План.pdf", text="План связи."),))
            store.articles.record(sighting_of("x.example", f"https://x.example/{number}", (f"n:{number}",), told), Identity(), NOW)
        yield store


def article_ids(store: Store) -> list[int]:
    return [article.id for article in reversed(store.articles.page(None, 3))]


def hold(store: Store, watch: str, owed: Owed, *articles: int) -> None:
    """Record that a watch was held against everything, and matched these."""
    matched = [
        MatchedRevision(
            revision.id,
            (Match(watch, (), owed),) if revision.article_id in articles else (),
            {Recipient("a" * 64, "office"): (watch,)} if revision.article_id in articles and owed is Owed.ALERT else {},
        )
        for revision in store.matches.unmatched(99)
    ]
    store.matches.record(matched, NOW)


def test_the_command_prints_the_clauses_the_words_and_what_came_of_it(kept: Store, vestnik: Command) -> None:
    first, *_ = article_ids(kept)
    hold(kept, "links", Owed.ALERT, first)
    (leased,) = kept.outbox.lease("office", NOW, timedelta(minutes=1), 1)
    kept.outbox.mark_sent(leased.id, NOW)
    ended = vestnik("watch", "explain", "links", str(first))
    assert ended.status == 0
    assert (
        ended.out
        == f"""watch links matches article {first}, revision 1: Новость 1

yes связь -аукцион: all 2 parts hold
    yes связь: found in the text («связи») and in attachment 1 «План.pdf» («связи»)
    yes -аукцион: it does not occur

text: Министр *связи* выступил.
attachment «План.pdf»: План *связи*.

revision 1, recorded 2026-11-02 09:00 UTC: matched; alert {leased.id} delivered by channel office 2026-11-02 09:00 UTC
"""
    )


def test_of_a_watch_that_did_not_match_the_status_is_one_and_the_refusal_is_shown(kept: Store, vestnik: Command) -> None:
    _, second, third = article_ids(kept)
    ended = vestnik("watch", "explain", "links", str(second))
    assert ended.status == 1
    assert "    no  -аукцион: it occurs in the text («Аукцион»), so the watch is refused\n" in ended.out
    assert "text: *Аукцион* услуг *связи*.\n" in ended.out
    assert ended.out.endswith("revision 1, recorded 2026-11-02 09:00 UTC: watches are not held against it yet\n")
    hold(kept, "links", Owed.ALERT)
    assert "09:00 UTC: did not match\n" in vestnik("watch", "explain", "minister", str(third)).out


@pytest.mark.parametrize(
    ("owed", "told"),
    [
        (Owed.BASELINE, "matched, and nobody is told: the article was known before watching began"),
        (Owed.EDIT, "an earlier revision matched already, and the watch does not ask for this kind of edit"),
        (Owed.NO_CHANNEL, "the watch had no channel with a recipient"),
    ],
)
def test_a_match_that_alerted_nobody_says_why(kept: Store, vestnik: Command, owed: Owed, told: str) -> None:
    first, *_ = article_ids(kept)
    hold(kept, "links", owed, first)
    assert told in vestnik("watch", "explain", "links", str(first)).out


def test_an_alert_that_waits_or_was_given_up_is_told_with_the_servers_words(kept: Store, vestnik: Command) -> None:
    first, *_ = article_ids(kept)
    hold(kept, "links", Owed.ALERT, first)
    (leased,) = kept.outbox.lease("office", NOW, timedelta(minutes=1), 1)
    kept.outbox.mark_retry(leased.id, NOW, "451 later")
    assert (
        "owed by channel office, due 2026-11-02 09:00 UTC, last attempt: 451 later" in vestnik("watch", "explain", "links", str(first)).out
    )
    kept.outbox.mark_dead(leased.id, "550 no such mailbox")
    assert "given up: 550 no such mailbox; `vestnik delivery retry 1` owes it again" in vestnik("watch", "explain", "links", str(first)).out


def test_what_differs_from_what_was_found_then_is_said(kept: Store, vestnik: Command) -> None:
    first, second, _ = article_ids(kept)
    hold(kept, "links", Owed.BASELINE, second)
    assert "It matches now and did not when watches were held against it" in vestnik("watch", "explain", "links", str(first)).out
    assert "It does not match now and did when watches" in vestnik("watch", "explain", "links", str(second)).out


def test_a_query_can_be_explained_without_a_watch_or_in_the_place_of_one(kept: Store, vestnik: Command) -> None:
    first, *_ = article_ids(kept)
    alone = vestnik("watch", "explain", str(first), "--query", "выступить -план")
    assert (alone.status, alone.out.splitlines()[0]) == (1, f"the query does not match article {first}, revision 1: Новость 1")
    assert "revision 1, recorded" not in alone.out
    instead = vestnik("watch", "explain", "links", str(first), "--query", "-план связь")
    assert "so the watch is refused" in instead.out
    assert "revision 1, recorded" in instead.out


def test_the_same_as_json(kept: Store, vestnik: Command) -> None:
    first, *_ = article_ids(kept)
    (told,) = vestnik("watch", "explain", "links", str(first), "--json").values
    assert (told["watch"], told["article"], told["revision"], told["match"]) == ("links", first, 1, True)
    assert [part["clause"] for part in told["explanation"]["parts"]] == ["связь", "-аукцион"]
    assert told["explanation"]["spans"] == [["text", 13, 18], ["attachment:1", 5, 10]]
    assert told["outcomes"][0]["matched_at"] is None


def test_accepted_names_of_the_glossary_are_explained(kept: Store, vestnik: Command) -> None:
    first, *_ = article_ids(kept)
    assert vestnik("watch", "explain", str(first), "--query", "~МС").status == 1
    kept.names.add(keyed("МС", "министр связи", Lexicon()), NOW)
    ended = vestnik("watch", "explain", str(first), "--query", "~МС")
    assert (ended.status, ended.out.splitlines()[2]) == (0, 'yes ~мс: as "министр связи": found in the text («Министр связи»)')


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("link", "1"), 1, "there is no watch 'link'; did you mean 'links'?"),
        (("links", "999"), 1, "there is no article 999 that was read; `vestnik article list` shows those that there are"),
        (("links", "first"), 2, "'first' is no number of an article"),
        (("links",), 2, "name a watch and an article, or give --query and an article"),
        (("links", "99999999999999999999999"), 2, "is no number of an article"),
        (("1", "--query", "связь ("), 2, "query: "),
    ],
    ids=["watch", "article", "number", "alone", "huge", "query"],
)
def test_a_mistake_is_told_in_words(kept: Store, vestnik: Command, arguments: tuple[str, ...], status: int, words: str) -> None:
    ended = vestnik("watch", "explain", *arguments)
    assert ended.status == status
    assert words in ended.err


def test_of_a_long_list_a_few_parts_are_shown_and_the_rest_counted(kept: Store, vestnik: Command) -> None:
    first, *_ = article_ids(kept)
    many = " OR ".join(f"слово{number}" for number in range(100))
    ended = vestnik("watch", "explain", str(first), "--query", f"{many} OR связь")
    assert ended.status == 0
    assert ended.out.count("no form of it occurs") == 20
    assert "    … and 80 more that do not hold; --json has all\n" in ended.out
    assert "    yes связь" in ended.out
