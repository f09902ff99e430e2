"""Charsets that are wrong, absent, or none at all. All of these pages are read right."""

from __future__ import annotations

import codecs

from hostile.case import TITLES, Case, Handler, Visit, site_page, whole


def written(charset: str, kind: str = "text/html", meta: str = "", mark: bytes = b"") -> Handler:
    """A list and its publications in a charset, said to be of a kind."""

    async def answer(visit: Visit) -> None:
        await visit.send(whole(mark + site_page(visit.path, meta).encode(charset, "xmlcharrefreplace"), kind=kind))

    return answer


def _case(name: str, handler: Handler) -> Case:
    return Case(name, handler, text=TITLES[0].partition("№")[0])


_NONE = (
    "zlib_codec",
    "utf-7",
    "base64",
    "rot13",
    "idna",
    "punycode",
    "undefined",
    "unicode_escape",
    "hex",
    "../../etc/passwd",
    "",
    '"',
    "utf-8; x",
)
_SAYS_UTF8 = '<meta charset="utf-8">'
_SAYS_1251 = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'

CASES = (
    *(_case(f"charset of no text: {name!r}", written("utf-8", f"text/html; charset={name}")) for name in _NONE),
    *(_case(f"windows-1251 as {name!r}", written("cp1251", f"text/html; charset={name}")) for name in ("zlib_codec", "utf-7", "utf-8")),
    _case("windows-1251 untold", written("cp1251")),
    _case("windows-1251 as Latin-1", written("cp1251", "text/html; charset=iso-8859-1")),
    _case("windows-1251 that the page calls UTF-8", written("cp1251", meta=_SAYS_UTF8)),
    _case("koi8-r untold", written("koi8-r")),
    _case("koi8-r as windows-1251", written("koi8-r", "text/html; charset=windows-1251")),
    _case("UTF-8 untold", written("utf-8", "application/octet-stream")),
    _case("UTF-8 as windows-1251", written("utf-8", "text/html; charset=windows-1251", _SAYS_1251)),
    _case("UTF-8 as UTF-16", written("utf-8", "text/html; charset=utf-16")),
    _case("UTF-16 with its mark, as windows-1251", written("utf-16-le", "text/html; charset=windows-1251", mark=codecs.BOM_UTF16_LE)),
    _case("UTF-16 the other way, untold", written("utf-16-be", mark=codecs.BOM_UTF16_BE)),
    _case("UTF-16 without its mark", written("utf-16-le")),
)
