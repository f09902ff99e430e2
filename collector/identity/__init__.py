"""Whether two sightings are one publication: the rules of identity, in their order, and what speaks against them.

All are pure. Where in doubt the answer is «another article»: a wrong split costs one message, a wrong merge an alert for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from collector.identity.against import against, against_related
from collector.identity.conflict import Hand, conflict
from collector.identity.likeness import RULES, likeness
from collector.identity.wording import Wording, absent, compared, overlap
from storage.edits import is_trivial, signs
from storage.facts import FactKind
from storage.fingerprint import fingerprint, state_hash
from storage.model import Attachment, Candidate, Content, Related, RelationKind, Sighting, Verdict

__all__ = ["Comparison", "Identity", "candidate_of", "compare", "sighting_of"]

_DAY = len("--04-09")
_REPEATED = 0.7
"""Share of a page at another address that the article says already, for it to be a print view, a teaser or a cut copy."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two sightings are to each other."""

    same: bool
    also_at: bool
    """The same story on another source."""
    why: str


class Identity:
    """The rules, in the form that the store takes them (`storage.model.Decider`)."""

    def identify(self, sighting: Sighting, candidates: Sequence[Candidate]) -> Verdict:
        ours = [candidate for candidate in candidates if is_one_source(sighting, candidate)]
        related = tuple(_related(sighting, candidates))
        if (ruled := _ruled(sighting, ours)) is not None:
            return Verdict(ruled, "an operator said so", related)
        objection = ""
        for rule in RULES:
            for candidate in ours:
                why = rule.why(sighting, candidate)
                if not why:
                    continue
                but = against(sighting, candidate, rule)
                if not but:
                    return Verdict(candidate.article_id, why, tuple(one for one in related if one.article_id != candidate.article_id))
                objection = objection or f"like article {candidate.article_id} ({why}), but {but}"
        return Verdict(None, objection or "nothing known shares an address or a text with it", related)

    def revises(self, sighting: Sighting, known: Candidate, seen_here: str | None) -> bool:
        """A changed page at the article's main address is a new state. At another one only what the known text doesn't hold is one:

        print views, teasers and cut copies repeat a part, and must not take turns with the whole at every look.
        """
        if not known.state_hash:
            return True  # known by its fingerprint alone: this is the first text
        if sighting.state_hash == known.state_hash and signs(sighting.content.text) == signs(known.text):
            return False
        if sighting.url == known.url:  # it has the last word, also over a mirror that fell behind
            return not is_trivial(_content(known), sighting.content)
        if sighting.state_hash == seen_here:
            return False
        here, there = compared(sighting.content.text, known.text, across=True)
        return overlap(here, there)[0] < _REPEATED or bool(conflict(here, there, Hand.PRESS)) or _tells_a_day(here, there)


def _tells_a_day(here: Wording, there: Wording) -> bool:
    """Whether a date is told that the article doesn't tell; a year alone stands below every page."""
    days = (fact for fact in here.sure() if fact.kind is FactKind.DATE and len(fact.value) >= _DAY)
    return bool(absent(list(days), there.sure()))


def is_one_source(sighting: Sighting, candidate: Candidate) -> bool:
    """Articles of one family of hosts can be one, and a document without an address may be anything."""
    return sighting.family == candidate.family or not sighting.family or not candidate.family


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
    known = candidate_of(one, article_id=1)
    verdict = Identity().identify(other, [known])
    if verdict.article_id is not None:
        return Comparison(same=True, also_at=False, why=verdict.why)
    related = next(iter(verdict.related), None)
    also_at = related is not None and related.kind is RelationKind.ALSO_AT
    if related is None and not is_one_source(other, known):
        return Comparison(same=False, also_at=False, why=_why_not_related(other, known))
    return Comparison(same=False, also_at=also_at, why=related.why if related is not None else verdict.why)


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


def _ruled(sighting: Sighting, ours: Sequence[Candidate]) -> int | None:
    """The article that an operator gave the sighting's own address to, in its language."""
    own = f"{sighting.content.language} {ruling_key(sighting)}"
    return next((candidate.article_id for candidate in ours if own in candidate.ruled), None)


def ruling_key(sighting: Sighting) -> str:
    """What an operator's decision holds for: an address, or the text of a document that has none."""
    return sighting.keys[0] if sighting.keys else f"text:{sighting.fingerprint.content_hash}"


def _related(sighting: Sighting, candidates: Sequence[Candidate]) -> Iterator[Related]:
    for candidate in candidates:
        if not is_one_source(sighting, candidate):
            why = likeness(sighting, candidate)
            if why and not against_related(sighting, candidate):
                yield Related(candidate.article_id, RelationKind.ALSO_AT, why)
        elif _is_translation(sighting, candidate):
            yield Related(candidate.article_id, RelationKind.TRANSLATION, "the same address in another language")


def _why_not_related(sighting: Sighting, candidate: Candidate) -> str:
    why = likeness(sighting, candidate)
    but = against_related(sighting, candidate)
    return f"like article {candidate.article_id} ({why}), but {but}" if why else "nothing known shares an address or a text with it"


def _is_translation(sighting: Sighting, candidate: Candidate) -> bool:
    languages = {sighting.content.language, candidate.language}
    if "" in languages or len(languages) == 1 or sighting.family != candidate.family:
        return False
    return bool(candidate.keys & {*sighting.keys, *sighting.translations})


def _content(known: Candidate) -> Content:
    attachments = tuple(Attachment(url, "") for url in sorted(known.attachments))
    return Content(known.title, known.text, published=known.published, language=known.language, attachments=attachments)
