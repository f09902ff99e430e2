"""The lead image: the picture that is the publication's, and none that stands for the whole site."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from collector.address import join
from collector.extract.metadata.declared import Declared
from collector.extract.metadata.structured import addresses_in

_SITES_OWN = re.compile(
    r"(?:^|[/_.-])(?:logo\w*|default\w*|no-?(?:image|photo|foto|img)\w*|placeholder\w*|favicon\w*|sprite\w*|avatar\w*|share_?img|social-?share|og-?(?:image|default|logo)|blank|spacer|dummy)(?=[/_.-]|$)",
    re.IGNORECASE,
)
_NO_PICTURE = re.compile(r"\.(?:svg|ico)$", re.IGNORECASE)


def image_of(declared: Declared, base: str, within: str = "") -> str:
    """The absolute address, empty for none. `within`: the picture that stands in the text."""
    publication = declared.publication()
    described = addresses_in(publication.get("image")) if publication else []
    named = [
        value
        for name in ("og:image", "og:image:url", "twitter:image", "link:image_src", "image")
        for value in declared.named.get(name, ())[:2]
    ]
    logos = {address for made in declared.described for address in _logos(made)}
    for address in (*named, *described, within):
        if address and address not in logos and (absolute := join(base, address)) and not _is_sites_own(absolute):
            return absolute
    return ""


def _logos(made: object) -> list[str]:
    if not isinstance(made, dict):
        return []
    publisher = made.get("publisher")
    return [*addresses_in(made.get("logo")), *(addresses_in(publisher.get("logo")) if isinstance(publisher, dict) else [])]


def _is_sites_own(address: str) -> bool:
    """Whether the name of the file says that it is put where a publication has no picture."""
    path = unquote(urlsplit(address).path)
    return bool(_NO_PICTURE.search(path) or _SITES_OWN.search(path.rpartition("/")[2]))
