"""What the addresses of two sightings on one source say: by which they meet, and which numbers tell them apart."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from storage.model import Candidate, Sighting

_NUMBER = re.compile(r"\d+")
_LAST_NUMBER = re.compile(r"-\d{1,2}$")
_ID = re.compile(r"(?<!\d)(\d{4,7}|\d{9,12})(?!\d)")
"""A number in the last part of a path that a site counts its pages by; eight digits are a date, and so are years."""
_DATED = re.compile(r"/(?:19|20)\d\d/(?:\d\d?/)?(?:\d\d?/)?|/(?:19|20)\d\d-\d\d-\d\d[/-]")
_SLUG = 16
"""Letters of an address without its date that names a publication, as «/news/» does not."""
_LANGUAGE = re.compile(r"^/[a-z]{2,3}(?=/|$)")
_YEAR = re.compile(r"^(?:19|20)\d\d$")


def owns_key(sighting: Sighting, candidate: Candidate) -> bool:
    """Whether they meet at an address that is the page's own, or by a node's number. What a page calls canonical proves less."""
    if sighting.url in candidate.locations:
        return True
    shared = [key for key in sighting.keys if key in candidate.keys]
    paths = [_path(location) for location in candidate.locations]
    # the known article may have claimed the path of this one
    return any(_is_node(key) for key in shared) or any(path.endswith(sighting.keys[0]) for path in paths)


def is_at_same_path(sighting: Sighting, candidate: Candidate) -> bool:
    """Whether they are not in sections of two languages, which may count their pages each for itself, and at no node."""
    own, sections = _section(sighting.url), {_section(location) for location in candidate.locations}
    return not own or own in sections or "" in sections or any(_is_node(key) for key in sighting.keys if key in candidate.keys)


def is_redated(sighting: Sighting, candidate: Candidate) -> bool:
    """Whether the address differs from a known one in the date alone that stands in it: editors date publications anew."""
    own = _DATED.sub("/", sighting.keys[0]) if sighting.keys else ""
    return len(own) >= _SLUG and any(_DATED.sub("/", key) == own for key in candidate.keys)


def other_number(sighting: Sighting, candidate: Candidate) -> str:
    """Different numbers of nodes on one site."""
    if sighting.family != candidate.family:
        return ""
    here, there = ({key for key in keys if _is_node(key)} for keys in (sighting.keys, candidate.keys))
    return f"it is {min(here - there)}, not {min(there - here)}" if here - there and there - here else ""


def sibling_key(sighting: Sighting, candidate: Candidate) -> str:
    """A candidate's key that differs from the sighting's own in numbers alone (`/news/17.html`, `/meeting-0`), or by a page's number."""
    if sighting.family != candidate.family or not sighting.keys or any(key in candidate.keys for key in sighting.keys):
        return ""
    own = sighting.keys[0]
    return next((key for key in sorted(candidate.keys) if _numberless(key) == _numberless(own) or _ids_differ(key, own)), "")


def _numberless(key: str) -> str:
    return _NUMBER.sub("#", _LAST_NUMBER.sub("", key))


def _ids_differ(one: str, other: str) -> bool:
    """Whether a site counts its pages, and these are two of them."""
    if one.rpartition("/")[0] != other.rpartition("/")[0]:
        return False
    ours, theirs = _ids(one), _ids(other)
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _ids(key: str) -> set[str]:
    return {number for number in _ID.findall(key.rpartition("/")[2]) if not _YEAR.match(number)}


def _section(url: str) -> str:
    """The language that a path begins with; empty where it begins with none."""
    found = _LANGUAGE.match(_path(url))
    return found[0] if found else ""


def _path(url: str) -> str:
    return unquote(urlsplit(url).path).rstrip("/")


def _is_node(key: str) -> bool:
    return key.startswith("node:")
