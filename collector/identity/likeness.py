"""What makes two sightings look like one publication: the rules in their order, each telling why in words, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from collector.identity.addresses import owns_key
from collector.identity.titles import is_telling, titles_equal, titles_related
from collector.identity.wording import NEAR, compared, is_long, overlap, stems, wording
from storage.fingerprint import containment
from storage.fold import folded_words
from storage.model import Candidate, Sighting

_FAMILIAR = 0.3
"""Below this the text at a known address is another publication: addresses are used again, and notices of works stand at many."""
_FEW = 8
"""A sketch of fewer hashes measures nothing."""
_MAYBE = 0.4
"""Share of a sketch from which on the texts themselves are compared; for a share of 0.7, 20 hashes show less once in 500."""
_TEASER = 10
"""Words of a teaser that a title beside it makes telling; «Подробности в приложенном файле» are fewer."""
_TITLE = 3
"""Words of a title that, with the same short text on the same day, makes one publication of two addresses."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`why`: what makes the two look like one, in words; empty where nothing does."""

    name: str
    why: Callable[[Sighting, Candidate], str]


def _at_address(sighting: Sighting, candidate: Candidate) -> str:
    if sighting.family != candidate.family:
        return ""
    shared = [key for key in sighting.keys if key in candidate.keys]
    if not shared and sighting.url not in candidate.locations:
        return ""
    return f"the same address, {shared[0] if shared else sighting.url}" if _familiar(sighting, candidate) else ""


def _same_text(sighting: Sighting, candidate: Candidate) -> str:
    if sighting.fingerprint.content_hash != candidate.fingerprint.content_hash:
        return ""
    if len(sighting.fingerprint.sketch) >= _FEW:
        return "the same text"
    # «Details in the attached file» is the text of many publications; but a file that is read again is the same document
    if not titles_equal(sighting.content.title, candidate.title):
        return ""
    if not sighting.family or not candidate.family:
        return "the same title and text"
    published = _day_of(sighting.content.published)
    told = len(folded_words(sighting.content.title)) >= _TITLE and published is not None and published == _day_of(candidate.published)
    return "the same title, text and date" if told else ""


def _near_text(sighting: Sighting, candidate: Candidate) -> str:
    there, back = _overlap(sighting, candidate)
    return f"nearly the same text, {min(there, back):.0%} of each in the other" if min(there, back) >= NEAR else ""


def _cut_copy(sighting: Sighting, candidate: Candidate) -> str:
    """A teaser, a feed's summary, a cut copy. Containment alone is no reason: a round-up reprints an item whole."""
    if not _one_title(sighting, candidate):
        return ""
    there, back = _overlap(sighting, candidate)
    return f"the same title, and {max(there, back):.0%} of one text in the other" if max(there, back) >= NEAR else ""


AT_ADDRESS = Rule("address", _at_address)
CUT_COPY = Rule("cut copy", _cut_copy)
_BY_TEXT = (Rule("text", _same_text), Rule("near text", _near_text), CUT_COPY)
RULES = (AT_ADDRESS, *_BY_TEXT)
"""In their order."""


def likeness(sighting: Sighting, candidate: Candidate) -> str:
    """Why a text on another source is perhaps the same story; empty where nothing is alike."""
    return next((why for rule in _BY_TEXT if (why := rule.why(sighting, candidate))), "")


def _one_title(sighting: Sighting, candidate: Candidate) -> bool:
    """Titles that agree and say something of the shorter text: a section's «Новости» stands above everything."""
    one, other = sighting.content.title, candidate.title
    if not titles_equal(one, other):
        # another source words its own title, but of the same words, as a round-up doesn't
        return sighting.family != candidate.family and titles_related(one, other)
    if is_telling(one):
        return True
    shorter = min(sighting.content.text, candidate.text, key=len)
    return bool(stems(folded_words(one)) & stems(wording(shorter).words))


def _day_of(published: date | None) -> date | None:
    return published.date() if isinstance(published, datetime) else published


def _overlap(sighting: Sighting, candidate: Candidate) -> tuple[float, float]:
    """How much of each text stands in the other: of the texts themselves, where the sketches don't exclude it."""
    ours, theirs = sighting.fingerprint, candidate.fingerprint
    few = min(len(ours.sketch), len(theirs.sketch)) < _FEW
    there, back = containment(ours, theirs), containment(theirs, ours)
    if not candidate.text:  # known by its fingerprint alone
        return (0.0, 0.0) if few else (there, back)
    if not few and max(there, back) < _MAYBE and not titles_equal(sighting.content.title, candidate.title):
        return there, back
    if is_long(sighting.content.text) or is_long(candidate.text):
        return 0.0, 0.0
    one, other = compared(sighting.content.text, candidate.text, across=sighting.family != candidate.family)
    return overlap(one, other) if min(len(one.words), len(other.words)) >= _TEASER else (0.0, 0.0)


def _familiar(sighting: Sighting, candidate: Candidate) -> bool:
    """Whether the text at a known address is that of the article known there, however much it was edited."""
    ours, theirs = sighting.fingerprint, candidate.fingerprint
    if titles_equal(sighting.content.title, candidate.title) and owns_key(sighting, candidate):
        few = min(len(ours.sketch), len(theirs.sketch)) < _FEW
        if few or is_telling(candidate.title):
            return True
    return ours.content_hash == theirs.content_hash or max(_overlap(sighting, candidate)) >= _FAMILIAR
