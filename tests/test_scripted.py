"""Pages that only scripts write, told from those that are merely short."""

from __future__ import annotations

from pathlib import Path

import pytest

from collector import html
from collector.charset import decode
from collector.scripted import is_written_by_scripts

LOADED = '<script src="/static/js/main.4f1c.js" defer></script><script src="/static/js/vendor.js" defer></script>'
COUNTER = (
    "<script>(function(m,e,t,r,i,k,a){m[i]=m[i]||function(){(m[i].a=m[i].a||[]).push(arguments)};m[i].l=1*new Date();"
    'k=e.createElement(t);k.async=1;k.src=r})(window,document,"script","//counter.example/tag.js","ym");ym(1,"init",{webvisor:true});'
    "window.dataLayer=window.dataLayer||[];var address=window.location.href;</script>"
    '<noscript><div><img src="//counter.example/watch/1" style="position:absolute" alt=""></div></noscript>'
)
SENTENCES = "Министерство связи сообщает о порядке подключения абонентов в сельских населённых пунктах области. " * 12
NEWS = '{"title":"Связь в каждой деревне","text":"' + "Оператор открыл новые базовые станции. " * 120 + '"}'

SHELLS = {
    "an empty root": f'<div id="root"></div>{LOADED}',
    "an empty place with a name that nobody has used before": f'<div id="zvezda-7"></div>{LOADED}',
    "a root and a note in noscript": f"<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>{LOADED}",
    "an element of its own kind": '<app-root></app-root><script type="module" src="/main.js"></script>',
    "an element of its own kind that says loading": f"<news-portal><p>Загрузка…</p></news-portal>{LOADED}",
    "a loader with a picture": f'<div id="app"><div class="spinner"><img src="/img/logo.png"></div></div>{LOADED}',
    "data in an element for it": f'<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{NEWS}</script>{LOADED}',
    "data given to a variable, under a heading": f'<div id="__nuxt"><h1>Новости</h1></div><script>window.__NUXT__={NEWS}</script>{LOADED}',
    "menus from the server around an empty middle": (
        f'<header><a href="/">Главная</a><a href="/news">Новости и события отрасли связи</a></header><main></main>'
        f"<footer><p>© 2026 Оператор связи. Все права защищены.</p></footer>{LOADED}"
    ),
    "a challenge that sets a cookie and reloads": '<script>document.cookie="check=a1b2; path=/";location.reload();</script>',
    "a challenge with words": (
        "<h1>Проверка браузера</h1><p>Подождите, сейчас вы будете перенаправлены на запрошенную страницу.</p>"
        '<script>document.cookie="BITRIX_CHECK="+btoa(navigator.userAgent);setTimeout(function(){location.href=location.href},300)</script>'
    ),
    "a challenge with a form": (
        "<p>Checking your browser before accessing the site. This is automatic, please wait.</p>"
        '<form method="post" id="f"><input name="k"></form><script>document.getElementById("f").submit()</script>'
    ),
    "a script that goes elsewhere": '<p>Ещё немного</p><script>document.cookie="a=1";window.location.replace("/ru/?a=1")</script>',
    "a refresh beside a script": '<meta http-equiv="refresh" content="5"><script src="/challenge.js"></script>',
    "a frame alone, made by a script": '<iframe id="content" src="about:blank"></iframe><script src="/frame.js"></script>',
    "text in templates": f'<template id="article"><p>{SENTENCES}</p></template><news-list></news-list>{LOADED}',
    "text in noscript alone": f"<noscript><p>Калі ласка, уключыце JavaScript, каб чытаць навіны.</p></noscript><div></div>{LOADED}",
    "no more than a note": "<p>Please enable JavaScript to continue.</p>",
    "no more than a note in Russian": f"<h1>Сайт ведомства</h1><p>Для работы сайта необходимо включить поддержку JavaScript.</p>{LOADED}",
    "a note about scripts in Russian": f"<p>В вашем обозревателе отключено выполнение скриптов.</p>{LOADED}",
    "a note in Belarusian": "<div>Для прагляду старонкі ўключыце JavaScript у наладах браўзера.</div>",
    "a start by the body": '<body onload="start()"><div class="stage"></div></body>',
    "skeletons of rows": f'<div id="list">{"<div class=skeleton></div>" * 9}</div>{LOADED}',
}

WRITTEN = {
    "a short notice": f"<h1>Объявление</h1><p>Приём граждан 5 мая отменён.</p>{COUNTER}",
    "a notice of one line": f"<p>Приём граждан перенесён на 12 мая.</p>{LOADED}{COUNTER}",
    "a short notice on a site that asks for scripts": (
        f"<noscript>Для полной работы сайта включите JavaScript.</noscript><h1>О приёме граждан</h1>"
        f"<p>Личный приём граждан министром, назначенный на 5 мая, переносится на 12 мая, время прежнее.</p>{LOADED}{COUNTER}"
    ),
    "a page that is not there": f'<div id="fb-root"></div><h1>404</h1><p>Страница не найдена</p><a href="/">Назад</a>{COUNTER}{LOADED}',
    "a list beside counters": (
        '<ul><li><a href="/n/1">О порядке подключения сельских абонентов</a></li>'
        f'<li><a href="/n/2">О работе отделений связи в праздничные дни</a></li></ul>{COUNTER}{LOADED}'
    ),
    "an empty list": f'<nav><a href="/">Главная</a></nav><h1>Новости</h1><p>Нет записей.</p><div class="pager"></div>{COUNTER}{LOADED}',
    "an empty list that says so in few words": f'<h1>Тендеры</h1><div class="view-empty">Нет записей</div>{LOADED}',
    "a text with an empty root beside it": f'<div id="root"></div><p>{SENTENCES}</p>{LOADED}',
    "a text written for scripts to take over": f'<div id="__next"><p>{SENTENCES}</p></div><script>window.DATA={NEWS}</script>',
    "an old layout of tables": f'<table><tr><td><a href="/">Акты</a><td>{SENTENCES}</td></tr></table><script>var d=new Date()</script>',
    "an article about scripts": f"<h1>JavaScript отключён</h1><p>{SENTENCES}</p><p>Включите JavaScript в браузере.</p>{LOADED}",
    "a scanned order": f'<h2></h2><p><img src="/files/prikaz-15.jpg"></p>{COUNTER}',
    "an embedded document": f'<object data="/files/prikaz.pdf" type="application/pdf"></object>{COUNTER}',
    "a text in a header that is never closed": f"<header><a href=/>Главная</a><p>{SENTENCES}</p><div class=x></div>{LOADED}",
    "an empty page without scripts": "<div></div>",
    "menus alone, old and plain": f'<div><a href="/a">Акты</a> | <a href="/b">Связь</a> | <a href="/c">Почта</a></div>{COUNTER}',
    "a phone number": '<p>Телефон горячей линии: 8 017 000-00-00</p><div id="map"></div><script src="/map.js"></script>',
    "a search that asks by a form": "<p>Поиск по сайту</p><form></form><script>function go(){document.forms[0].submit()}</script>",
    "a cookie notice beside a text": f"<p>{SENTENCES}</p><div>Сайт использует cookies.</div>{LOADED}",
}


@pytest.mark.parametrize("name", SHELLS)
def test_a_page_that_its_scripts_would_write_is_recognised(name: str) -> None:
    assert is_written_by_scripts(html.parse(SHELLS[name]))


@pytest.mark.parametrize("name", WRITTEN)
def test_a_page_that_is_merely_short_is_not_called_scripted(name: str) -> None:
    assert not is_written_by_scripts(html.parse(WRITTEN[name]))


@pytest.mark.parametrize("text", ["", "<", "<html></html>", "<frameset><frame src=/a></frameset>", "plain words", "<script>"])
def test_what_is_hardly_a_page_breaks_nothing(text: str) -> None:
    is_written_by_scripts(html.parse(text))


def test_no_real_page_that_holds_its_text_is_called_scripted(shared: Path) -> None:
    pages = sorted((shared / "pages").glob("*/*.html"))
    assert len(pages) > 100
    called = [page.name for page in pages if is_written_by_scripts(html.parse(decode(page.read_bytes(), "text/html")))]
    assert called == []
