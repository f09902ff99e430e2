"""Whether two sightings are one publication: the rules of identity, in their order, and what speaks against them.

All are pure. Where in doubt the answer is «another article»: a wrong split costs one message, a wrong merge an alert for ever.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from urllib.parse import unquote, urlsplit

from storage.fingerprint import containment, fingerprint, is_draft, state_hash
from storage.fold import folded_words
from storage.model import Candidate, Content, Fingerprint, Sighting, Verdict

NEAR = 0.7
"""Share of 3-grams that two copies of one text have in common; a footer or a paragraph added leaves more."""
_FAMILIAR = 0.3
"""Below this the text at a known address is another publication: addresses are used again, and notices of works stand at many."""
_FEW = 8
"""A sketch of fewer hashes measures nothing."""
_STRETCH = 8
"""Words in a row that an edit adds or leaves out. A few words in the place of others make a publication of its own, as templates do."""
_COMPARED = 2000
"""Words up to which two texts are compared word by word; longer ones are taken for two."""
_NUMBER = re.compile(r"\d+")
_LAST_NUMBER = re.compile(r"-\d{1,2}$")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two sightings are to each other."""

    same: bool
    also_at: bool
    """The same story on another source."""
    why: str


_Rule = Callable[[Sighting, Candidate], str]


class Identity:
    """The rules, in the form that the store takes them (`storage.model.Decider`)."""

    def identify(self, sighting: Sighting, candidates: Sequence[Candidate]) -> Verdict:
        objection = ""
        for rule in (_same_address, _same_text, _near_text, _cut_copy):
            for candidate in candidates:
                why = rule(sighting, candidate)
                if not why:
                    continue
                against = _against(sighting, candidate, at_its_address=rule is _same_address and _owns_key(sighting, candidate))
                if not against:
                    return Verdict(candidate.article_id, why)
                objection = objection or f"like article {candidate.article_id} ({why}), but {against}"
        return Verdict(None, objection or "nothing known shares an address or a text with it")

    def revises(self, sighting: Sighting, known: Candidate, seen_here: str | None) -> bool:
        """A changed page at the article's main address is a new state. At another one only what the known text doesn't hold is one:

        print views, teasers and cut copies repeat a part, and must not take turns with the whole at every look.
        """
        if not known.state_hash:
            return True  # known by its fingerprint alone: this is the first text
        if sighting.url == known.url:
            return sighting.state_hash != known.state_hash  # it has the last word, also over a mirror that fell behind
        if sighting.state_hash in {known.state_hash, seen_here}:
            return False
        return not (containment(sighting.fingerprint, known.fingerprint) >= NEAR and sighting.fingerprint.facts <= known.fingerprint.facts)


def sighting_of(family: str, url: str, keys: tuple[str, ...], content: Content) -> Sighting:
    """What identity is decided on. `family` and `url` are empty for a document without an address."""
    return Sighting(
        family=family,
        url=url,
        keys=keys,
        content=content,
        fingerprint=fingerprint(content.title, content.text),
        state_hash=state_hash(content),
    )


def compare(one: Sighting, other: Sighting) -> Comparison:
    """Whether two sightings are one publication; if not, whether they are the same story on two sources."""
    identity = Identity()
    verdict = identity.identify(other, [candidate_of(one)])
    if verdict.article_id is not None:
        crossing = bool(one.family and other.family and one.family != other.family)
        return Comparison(same=not crossing, also_at=crossing, why=verdict.why)
    return Comparison(same=False, also_at=False, why=verdict.why)


def candidate_of(sighting: Sighting, article_id: int = 0) -> Candidate:
    """The article that a sighting would have made."""
    return Candidate(
        article_id=article_id,
        family=sighting.family,
        keys=frozenset(sighting.keys),
        url=sighting.url,
        locations=frozenset([sighting.url]) if sighting.url else frozenset(),
        title=sighting.content.title,
        text=sighting.content.text,
        attachments=frozenset(attachment.url for attachment in sighting.content.attachments),
        language=sighting.content.language,
        published=sighting.content.published,
        fingerprint=sighting.fingerprint,
        state_hash=sighting.state_hash,
    )


def _same_address(sighting: Sighting, candidate: Candidate) -> str:
    if sighting.family != candidate.family or not _familiar(sighting, candidate):
        return ""
    shared = [key for key in sighting.keys if key in candidate.keys]
    if shared or sighting.url in candidate.locations:
        return f"the same address, {shared[0] if shared else sighting.url}"
    return ""


def _owns_key(sighting: Sighting, candidate: Candidate) -> bool:
    """Whether they meet at an address that is the page's own, or by a node's number. What a page calls canonical proves less."""
    if sighting.url in candidate.locations:
        return True
    shared = [key for key in sighting.keys if key in candidate.keys]
    paths = [unquote(urlsplit(location).path).rstrip("/") for location in candidate.locations]
    # the known article may have claimed the path of this one
    return any(_is_node(key) for key in shared) or any(path.endswith(sighting.keys[0]) for path in paths)


def _same_text(sighting: Sighting, candidate: Candidate) -> str:
    if sighting.fingerprint.content_hash != candidate.fingerprint.content_hash:
        return ""
    # «Details in the attached file» is the text of many publications; but a file that is read again is the same document
    a_document = not sighting.family and not candidate.family and _same_title(sighting, candidate)
    return "the same text" if a_document or len(sighting.fingerprint.sketch) >= _FEW else ""


def _near_text(sighting: Sighting, candidate: Candidate) -> str:
    there, back = _overlap(sighting.fingerprint, candidate.fingerprint)
    return f"nearly the same text, {min(there, back):.0%} of each in the other" if min(there, back) >= NEAR else ""


def _cut_copy(sighting: Sighting, candidate: Candidate) -> str:
    """A teaser, a feed's summary, a cut copy. Containment alone is no reason: a round-up reprints an item whole."""
    there, back = _overlap(sighting.fingerprint, candidate.fingerprint)
    if max(there, back) < NEAR or not _same_title(sighting, candidate):
        return ""
    return f"the same title, and {max(there, back):.0%} of one text in the other"


def _against(sighting: Sighting, candidate: Candidate, *, at_its_address: bool) -> str:
    """What speaks against the two being one, in words; empty where nothing does."""
    if sighting.content.language and candidate.language and sighting.content.language != candidate.language:
        return f"its language is {sighting.content.language}, not {candidate.language}"
    here, there = ({key for key in keys if _is_node(key)} for keys in (sighting.keys, candidate.keys))
    if sighting.family == candidate.family and here - there and there - here:
        return f"it is {min(here - there)}, not {min(there - here)}"
    if at_its_address:
        return ""
    if is_draft(sighting.fingerprint) != is_draft(candidate.fingerprint):
        return "one of them is a draft"
    if not _titles_agree(sighting.content.title, candidate.title):
        return "its title differs"
    if sibling := _sibling(sighting, candidate):
        return f"its address is a sibling of {sibling}"
    if _other_attachments(sighting, candidate):
        return "its attachments are others"
    return _against_the_text(sighting, candidate)


def _against_the_text(sighting: Sighting, candidate: Candidate) -> str:
    if sighting.fingerprint.content_hash == candidate.fingerprint.content_hash:
        return ""
    if not candidate.text:
        return "its text is not word for word the one that is known by its fingerprint alone"
    return _rewording(folded_words(candidate.text), folded_words(sighting.content.text))


def _rewording(one: Sequence[str], other: Sequence[str]) -> str:
    """The first few words that stand in the place of others, or between the same ones; empty where whole stretches come or go."""
    if max(len(one), len(other)) > _COMPARED:
        return "the texts are too long to be compared word by word"
    for kind, start, end, other_start, other_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        length = max(end - start, other_end - other_start)
        if kind == "replace" or (kind != "equal" and length < _STRETCH):
            return f"it says «{' '.join(other[other_start:other_end][:5])}» where the other says «{' '.join(one[start:end][:5])}»"
    return ""


def _titles_agree(one: str, other: str) -> bool:
    """Equal, or one cut short, or absent."""
    shorter, longer = sorted((folded_words(one), folded_words(other)), key=len)
    return longer[: len(shorter)] == shorter


def _sibling(sighting: Sighting, candidate: Candidate) -> str:
    """A key of the candidate that differs from the sighting's own in its numbers alone (`/news/17.html`, `/meeting-0`)."""
    if sighting.family != candidate.family or not sighting.keys or sighting.keys[0] in candidate.keys:
        return ""
    return next((key for key in sorted(candidate.keys) if _numberless(key) == _numberless(sighting.keys[0])), "")


def _numberless(key: str) -> str:
    return _NUMBER.sub("#", _LAST_NUMBER.sub("", key))


def _other_attachments(sighting: Sighting, candidate: Candidate) -> bool:
    ours = {_file_name(attachment.url) for attachment in sighting.content.attachments}
    theirs = {_file_name(url) for url in candidate.attachments}
    return bool(ours and theirs) and not ours & theirs


def _file_name(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[2]


def _is_node(key: str) -> bool:
    return key.startswith("node:")


def _overlap(one: Fingerprint, other: Fingerprint) -> tuple[float, float]:
    if min(len(one.sketch), len(other.sketch)) < _FEW:
        return 0.0, 0.0
    return containment(one, other), containment(other, one)


def _same_title(sighting: Sighting, candidate: Candidate) -> bool:
    return folded_words(sighting.content.title) == folded_words(candidate.title)


def _familiar(sighting: Sighting, candidate: Candidate) -> bool:
    """Whether the text at a known address is that of the article known there, however much it was edited."""
    ours, theirs = sighting.fingerprint, candidate.fingerprint
    if min(len(ours.sketch), len(theirs.sketch)) < _FEW:
        return _same_title(sighting, candidate) or ours.content_hash == theirs.content_hash
    return max(containment(ours, theirs), containment(theirs, ours)) >= _FAMILIAR
