"""From bytes to text: what sites say of their charset, and what is true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.charset import decode

RU = "Министерство связи и информатизации сообщает: с 1 марта меняется порядок пересылки писем. Подробности – в приложении."
BE = "Міністэрства сувязі паведамляе: з 1 сакавіка змяняецца парадак перасылкі лістоў. Падрабязнасці ў дадатку."
HTML = '<html><head><meta http-equiv="Content-Type" content="text/html; charset={}"><title>x</title></head><body><p>{}</p></body></html>'


@pytest.mark.parametrize("text", [RU, BE], ids=["ru", "be"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("header", ["", "text/html", "text/html; charset={}", "text/html; charset=utf-8", 'text/html; charset="{}"'])
def test_a_page_that_declares_its_charset_is_read_whatever_the_header_says(text: str, charset: str, header: str) -> None:
    page = HTML.format(charset, text)
    assert text in decode(page.encode(charset), header.format(charset))


@pytest.mark.parametrize(
    ("charset", "header", "meta"),
    [
        ("windows-1251", "", ""),
        ("koi8-r", "", ""),
        ("windows-1251", "utf-8", "utf-8"),
        ("koi8-r", "utf-8", ""),
        ("windows-1251", "iso-8859-1", "windows-1251"),
        ("windows-1251", "iso-8859-1", ""),
        ("windows-1251", "windows-1252", "utf-8"),
        ("koi8-r", "windows-1251", ""),
        ("koi8-r", "windows-1251", "koi8-r"),
        ("windows-1251", "koi8-r", "windows-1251"),
        ("windows-1251", "", "utf-16"),
        ("windows-1251", "zlib_codec", ""),
        ("windows-1251", "no-such-charset", "undefined"),
        ("utf-8", "windows-1251", "windows-1251"),
        ("utf-8", "us-ascii", ""),
    ],
)
def test_a_wrong_declaration_does_not_garble_the_text(charset: str, header: str, meta: str) -> None:
    page = HTML.format(meta, RU * 3)
    page = page.replace("–", "-") if charset == "koi8-r" else page
    content_type = f"text/html; charset={header}" if header else "text/html"
    assert decode(page.encode(charset), content_type) == page


def test_a_page_in_capitals_is_no_gibberish() -> None:
    text = f"<p>{RU.upper()}</p>"
    assert decode(text.encode(), "text/html; charset=windows-1251") == text
    assert decode(text.encode("cp1251"), "text/html; charset=windows-1251") == text


@pytest.mark.parametrize("text", ["Grüße aus München, schöne Straße", "Été à la française, cœur", "Año niño señor"])
def test_western_texts_in_latin_1_are_read_as_browsers_do(text: str) -> None:
    assert decode(text.encode("cp1252"), "text/html; charset=ISO-8859-1") == text


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_wide_characters_without_a_mark_are_recognised(charset: str) -> None:
    text = f"<?xml version='1.0'?><rss>{RU}</rss>"
    assert decode(text.encode(charset), "text/xml") == text


def test_a_few_damaged_bytes_cost_only_themselves() -> None:
    read = decode((RU * 5).encode() + b"\xff" + RU.encode(), "text/html; charset=utf-8")
    assert "\ufffd" in read or RU in read


@given(
    body=st.binary(max_size=400),
    content_type=st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            ["undefined", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "utf-16", "utf_32", "rot13", "hz", "base64"]
        ).map("text/html; charset={}".format),
    ),
)
def test_no_bytes_and_no_content_type_are_too_odd(body: bytes, content_type: str) -> None:
    # encodable again: a lone surrogate would break whoever reads on
    decode(body, content_type).encode()


@given(charset=st.from_regex(r"[\w.:-]{2,12}", fullmatch=True), body=st.binary(max_size=60))
def test_no_declaration_in_the_page_is_too_odd(charset: str, body: bytes) -> None:
    decode(HTML.format(charset, "").encode() + body).encode()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"Moli\xe8re\x92s plays, in a page that calls itself UTF-8", "Molière’s plays, in a page that calls itself UTF-8"),
        (b"it costs 5 \x80 and no more", "it costs 5 € and no more"),
        ("Связь и почта".encode() + b" \xd0 end", "Связь и почта \ufffd end"),
        (b"only a byte \x81 that no charset has", "only a byte \ufffd that no charset has"),
    ],
    ids=["accents in ASCII", "a sign of money", "a letter cut in two", "nothing known"],
)
def test_a_stray_byte_costs_no_more_than_itself(body: bytes, text: str) -> None:
    assert decode(body, "text/html; charset=utf-8") == text
