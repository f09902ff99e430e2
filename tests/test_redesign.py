"""A site is rebuilt: its definition fits no more, nothing is lost, and the operator is told once, with rules that fit today's pages."""

from __future__ import annotations

import tomllib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from databases import Databases
from lookout import HOUR, Lookout, article_page, list_page, lookout_on
from raw_web import answer

from collector.sites import ArticleRules
from storage.model import Cause, PastLook

RULES = ArticleRules(body=".text", title="h1.title", date="time")


@pytest.fixture
async def lookout(databases: Databases) -> AsyncIterator[Lookout]:
    async with lookout_on(databases) as made:
        made.source = replace(made.source, site=replace(made.source.site, article=(RULES,)))
        yield made


def lay_out(lookout: Lookout, *, rebuilt: bool) -> None:
    """Every page in the old markup, or in the new one."""
    lookout.lay_out()
    for number in lookout.published:
        page = article_page(number, lookout.dates[number]).decode()
        body, title = ("story-body", "story-headline") if rebuilt else ("text", "title")
        page = page.replace("<h1>", f"<h1 class='{title}'>").replace("<article>", f"<article class='{body}'>")
        lookout.web.answers[f"/news/{number}"] = answer(page.encode())
    if rebuilt:
        shown = list_page(lookout.published, lookout.dates).decode()
        shown = shown.replace("<ul class='news'>", "<div class='stories'>").replace("</ul>", "</div>")
        shown = shown.replace("<li>", "<div class='story-card'><h3>").replace("</a>", "</a></h3>").replace("</li>", "</div>")
        lookout.web.answers["/"] = answer(shown.encode())


def last_look(lookout: Lookout) -> PastLook:
    (history,) = lookout.store.health.histories([lookout.state.id], 3)
    return history.looks[-1]


async def test_a_rebuilt_site_is_read_at_the_same_look_and_new_rules_are_proposed(lookout: Lookout) -> None:
    lookout.publish(*range(1, 7), on=(lookout.now - timedelta(days=3)).date())
    lay_out(lookout, rebuilt=False)
    await lookout.look_until_read()
    assert last_look(lookout).notes.noticed == ()

    lookout.publish(7, 8, 9)
    lay_out(lookout, rebuilt=True)
    await lookout.look(HOUR)
    assert lookout.numbers(baseline=False) == [7, 8, 9]
    (symptom,) = last_look(lookout).notes.noticed
    assert symptom.cause is Cause.RULES
    assert symptom.firm
    assert "its list and its articles" in symptom.words
    proposed = tomllib.loads(symptom.detail)
    assert proposed["article"][0]["body"].endswith(".story-body")
    assert proposed["article"][0]["title"].endswith(".story-headline")
    assert ".story-card" in proposed["listing"][0]["row"]


async def test_a_definition_that_never_fitted_is_no_incident(lookout: Lookout) -> None:
    lookout.publish(*range(1, 5))
    lay_out(lookout, rebuilt=True)
    await lookout.look_until_read()
    lookout.publish(5, 6, 7)
    lay_out(lookout, rebuilt=True)
    await lookout.look(HOUR)
    assert lookout.numbers(baseline=False) == [5, 6, 7]
    assert last_look(lookout).notes.noticed == ()


SHORT = "Приём граждан о {} не проводится."
_ABOUT = (
    "почте",
    "связи",
    "сетях",
    "марках",
    "спутниках",
    "реестрах",
    "тарифах",
    "складах",
    "кабелях",
    "музеях",
    "школах",
    "линиях",
    "картах",
)


def move(lookout: Lookout, folder: str, *, short: bool) -> None:
    """Every publication stands at a new address, with the text that it had."""
    for number in lookout.published:
        page = article_page(number, lookout.dates[number]).decode()
        if short:
            page = page[: page.index("<p>")] + f"<p>{SHORT.format(_ABOUT[number - 1])}</p></article></body></html>"
        lookout.web.answers[f"/{folder}/{number}"] = answer(page.encode())
    shown = list_page(lookout.published, lookout.dates).decode()
    lookout.web.answers["/"] = answer(shown.replace("href='/news/", f"href='/{folder}/").encode())


@pytest.mark.parametrize("short", [False, True], ids=["texts", "texts of one sentence"])
async def test_a_site_that_gives_everything_new_addresses_tells_nobody_again(databases: Databases, short: bool) -> None:
    async with lookout_on(databases) as lookout:
        lookout.publish(*range(1, 13))
        move(lookout, "news", short=short)
        await lookout.look_until_read()
        move(lookout, "press-centre/item", short=short)
        await lookout.look_until_read()
        lookout.publish(13)
        move(lookout, "press-centre/item", short=short)
        await lookout.look_until_read()
        assert lookout.numbers(baseline=False) == [13]
        assert len(lookout.numbers(baseline=True)) == 12
