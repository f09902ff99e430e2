"""Whether two sightings are one publication: the rules of identity, in their order, and what speaks against them.

All are pure. Where in doubt the answer is «another article»: a wrong split costs one message, a wrong merge an alert for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from storage.fingerprint import containment, fingerprint, is_draft, state_hash
from storage.fold import folded_words
from storage.model import Candidate, Content, Fingerprint, Sighting, Verdict

NEAR = 0.7
"""Share of 3-grams that two copies of one text have in common; a paragraph edited or a footer added leaves more."""
_FAMILIAR = 0.3
"""Below this a text at a new address with a known key is another publication: a page may claim an address that is not its own."""
_FEW = 8
"""A sketch of fewer hashes measures nothing."""


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
                against = _against(sighting, candidate, by_address=rule is _same_address)
                if not against:
                    return Verdict(candidate.article_id, why)
                objection = objection or f"like article {candidate.article_id} ({why}), but {against}"
        return Verdict(None, objection or "nothing known shares an address or a text with it")

    def revises(self, sighting: Sighting, known: Candidate, seen_here: str | None) -> bool:
        """A changed page at a known address is a new state. At another address only what the known text doesn't hold is one:

        print views, teasers and cut copies repeat a part, and must not take turns with the whole at every look.
        """
        if not known.state_hash:
            return True  # known by its fingerprint alone: this is the first text
        if sighting.state_hash in {known.state_hash, seen_here}:
            return False
        if seen_here is not None:
            return True
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
    verdict = identity.identify(other, [_as_candidate(one)])
    if verdict.article_id is not None:
        crossing = bool(one.family and other.family and one.family != other.family)
        return Comparison(same=not crossing, also_at=crossing, why=verdict.why)
    return Comparison(same=False, also_at=False, why=verdict.why)


def _as_candidate(sighting: Sighting) -> Candidate:
    return Candidate(
        article_id=0,
        family=sighting.family,
        keys=frozenset(sighting.keys),
        locations=frozenset([sighting.url]) if sighting.url else frozenset(),
        title=sighting.content.title,
        language=sighting.content.language,
        published=sighting.content.published,
        fingerprint=sighting.fingerprint,
        state_hash=sighting.state_hash,
    )


def _same_address(sighting: Sighting, candidate: Candidate) -> str:
    shared = [key for key in sighting.keys if key in candidate.keys] if sighting.family == candidate.family else []
    if not shared:
        return ""
    if sighting.url in candidate.locations or any(map(_is_node, shared)) or _familiar(sighting, candidate):
        return f"the same address, {shared[0]}"
    return ""


def _same_text(sighting: Sighting, candidate: Candidate) -> str:
    # «Details in the attached file» is the text of many publications
    if len(sighting.fingerprint.sketch) < _FEW or sighting.fingerprint.content_hash != candidate.fingerprint.content_hash:
        return ""
    return "the same text"


def _near_text(sighting: Sighting, candidate: Candidate) -> str:
    there, back = _overlap(sighting.fingerprint, candidate.fingerprint)
    return f"nearly the same text, {min(there, back):.0%} of each in the other" if min(there, back) >= NEAR else ""


def _cut_copy(sighting: Sighting, candidate: Candidate) -> str:
    """A teaser, a feed's summary, a cut copy. Containment alone is no reason: a round-up reprints an item whole."""
    there, back = _overlap(sighting.fingerprint, candidate.fingerprint)
    if max(there, back) < NEAR or not _same_title(sighting, candidate):
        return ""
    return f"the same title, and {max(there, back):.0%} of one text in the other"


def _against(sighting: Sighting, candidate: Candidate, *, by_address: bool) -> str:
    """What speaks against the two being one, in words; empty where nothing does."""
    if sighting.content.language and candidate.language and sighting.content.language != candidate.language:
        return f"its language is {sighting.content.language}, not {candidate.language}"
    here, there = ({key for key in keys if _is_node(key)} for keys in (sighting.keys, candidate.keys))
    if here and there and sighting.family == candidate.family and not here & there:
        return f"it is {min(here)}, not {min(there)}"
    if by_address:
        return ""
    if is_draft(sighting.fingerprint) != is_draft(candidate.fingerprint):
        return "one of them is a draft"
    if sighting.fingerprint.content_hash == candidate.fingerprint.content_hash and _same_title(sighting, candidate):
        return ""
    ours, theirs = sighting.fingerprint.facts, candidate.fingerprint.facts
    if ours - theirs and theirs - ours:
        return "each states numbers, dates or names that the other doesn't"
    return ""


def _is_node(key: str) -> bool:
    return key.startswith("node:")


def _overlap(one: Fingerprint, other: Fingerprint) -> tuple[float, float]:
    if min(len(one.sketch), len(other.sketch)) < _FEW:
        return 0.0, 0.0
    return containment(one, other), containment(other, one)


def _same_title(sighting: Sighting, candidate: Candidate) -> bool:
    return folded_words(sighting.content.title) == folded_words(candidate.title)


def _familiar(sighting: Sighting, candidate: Candidate) -> bool:
    overlap = max(containment(sighting.fingerprint, candidate.fingerprint), containment(candidate.fingerprint, sighting.fingerprint))
    return overlap >= _FAMILIAR or _same_title(sighting, candidate)
