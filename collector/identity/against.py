"""What speaks against two sightings being one publication, in words; empty where nothing does."""

from __future__ import annotations

from urllib.parse import urlsplit

from collector.identity.addresses import is_at_same_path, is_redated, other_number, owns_key, sibling_key
from collector.identity.conflict import Hand, conflict, other_event
from collector.identity.likeness import AT_ADDRESS, CUT_COPY, Rule
from collector.identity.stage import is_draft_of
from collector.identity.titles import is_telling, title_adds, title_conflict, titles_equal, titles_related
from collector.identity.wording import compared, is_long, wording
from storage.edits import signs
from storage.fingerprint import is_draft
from storage.model import Candidate, Sighting


def against(sighting: Sighting, candidate: Candidate, rule: Rule) -> str:
    """Against one article on one source, which `rule` would make of them."""
    if words := _other_language(sighting, candidate) or other_number(sighting, candidate):
        return words
    if rule is AT_ADDRESS and owns_key(sighting, candidate):
        return "" if is_at_same_path(sighting, candidate) else other_event(wording(sighting.content.text), wording(candidate.text))
    if (sibling := sibling_key(sighting, candidate)) and not (_same_text(sighting, candidate) and is_redated(sighting, candidate)):
        return f"its address is a sibling of {sibling}"
    if _other_attachments(sighting, candidate):
        return "its attachments are others"
    return _against_titles(sighting, candidate) or _against_texts(sighting, candidate, Hand.NONE if rule is CUT_COPY else Hand.EDITOR)


def against_related(sighting: Sighting, candidate: Candidate) -> str:
    """Against the same story on two sources. Each words it in its own way, so that facts alone count where the titles tell the same."""
    if words := _other_language(sighting, candidate) or _against_titles(sighting, candidate, across=True):
        return words
    one, other = sighting.content.title, candidate.title
    return _against_texts(sighting, candidate, Hand.AGENCY if titles_equal(one, other) and is_telling(one) else Hand.PRESS)


def _against_titles(sighting: Sighting, candidate: Candidate, *, across: bool = False) -> str:
    ours = is_draft_of(sighting.content.title, sighting.content.text)
    # of a text that isn't kept, the fingerprint tells
    theirs = is_draft_of(candidate.title, candidate.text) or (not candidate.text and is_draft(candidate.fingerprint))
    if ours != theirs:
        return "one of them is a draft"
    one, other = sighting.content.title, candidate.title
    return title_conflict(one, other, across=across) or (
        "" if across else title_adds(one, other, f"{sighting.content.text} {candidate.text}")
    )


def _against_texts(sighting: Sighting, candidate: Candidate, hand: Hand) -> str:
    if _same_text(sighting, candidate):
        return "" if not candidate.text or signs(sighting.content.text) == signs(candidate.text) else "signs between its words are others"
    if not candidate.text:
        return "its text is not word for word the one that is known by its fingerprint alone"
    if is_long(sighting.content.text) or is_long(candidate.text):
        return "the texts are too long to be compared word by word"
    one, other = compared(sighting.content.text, candidate.text, across=sighting.family != candidate.family)
    return conflict(one, other, hand, one_subject=_tell_the_same(sighting, candidate))


def _same_text(sighting: Sighting, candidate: Candidate) -> bool:
    return sighting.fingerprint.content_hash == candidate.fingerprint.content_hash


def _tell_the_same(sighting: Sighting, candidate: Candidate) -> bool:
    one, other = sighting.content.title, candidate.title
    return is_telling(one) and is_telling(other) and (titles_equal(one, other) or titles_related(one, other))


def _other_language(sighting: Sighting, candidate: Candidate) -> str:
    ours, theirs = sighting.content.language, candidate.language
    return f"its language is {ours}, not {theirs}" if ours and theirs and ours != theirs else ""


def _other_attachments(sighting: Sighting, candidate: Candidate) -> bool:
    ours = {_file_name(attachment.url) for attachment in sighting.content.attachments}
    theirs = {_file_name(url) for url in candidate.attachments}
    return bool(ours and theirs) and not ours & theirs


def _file_name(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[2]
