"""The vocabulary: frozen values that pass between the folders.

Times are aware and in UTC. A publication's date is a `date`, or an aware `datetime` where the source gives the hour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol


class LinkState(StrEnum):
    """The one state in which every link ever seen is (promise 1)."""

    WAITING = "waiting"
    """Seen, not read yet."""
    NEW = "new"
    """Read: it was a new article."""
    KNOWN = "known"
    """Read or recognised by its address: an article that was known; `reason` says why."""
    BASELINE = "baseline"
    """Read: an article that stood there at the first look."""
    FAILED = "failed"
    """Could not be read; `reason` says why; it is tried again."""
    REFUSED = "refused"
    """Not to be read, by a rule named in `reason`."""


class Owed(StrEnum):
    """What follows from a match."""

    ALERT = "alert"
    BASELINE = "baseline"
    """The article was known before watching began."""
    EDIT = "edit not asked for"
    """An earlier revision matched already, and the watch does not ask for edits."""
    NO_CHANNEL = "no channel"
    """The watch names no channel that has a recipient."""


class DeliveryState(StrEnum):
    OWED = "owed"
    """Waiting for its time; `due_at` says when, `error` what the last attempt met."""
    SENT = "sent"
    DEAD = "dead letter"
    """Given up; `error` has the server's words. It is kept, and can be owed again by hand."""


# --- what a source shows -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """An address found at an entry point, with what the entry point says of it."""

    url: str
    key: str
    """The address reduced for comparing; never fetched."""
    title: str = ""
    published: date | None = None
    teaser: str = ""
    alias_keys: tuple[str, ...] = ()
    """Further keys that the entry point tells (a guid's node number)."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What an entry point sent to be asked with the next time (RFC 9110, section 13)."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class EntryPointState:
    """What is remembered of an entry point between looks."""

    validators: Validators
    unchanged: int = 0
    """How often in a row it said that nothing had changed."""
    lies: bool = False
    """It showed something new under the validators of what it showed before, so its word is not taken any more."""


@dataclass(frozen=True, slots=True)
class WaitingLink:
    """A link that is to be read now, for the first time or once more to see whether it was edited."""

    id: int
    link: Link
    baseline: bool
    tries: int
    """How often it failed."""
    first_seen_at: datetime
    article_id: int | None
    """The article that it led to; None until it was read for the first time."""
    validators: Validators
    again_at: datetime | None = None
    """When it was to be read now; None for one that was only just seen."""


# --- articles ------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document linked from an article."""

    url: str
    name: str
    media_type: str = ""
    text: str = ""
    error: str = ""
    """Why its text could not be had, in words; empty where it could, or where nobody tried yet."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a page says: one state of an article."""

    title: str
    text: str
    """Clean paragraphs parted by blank lines."""
    html: str = ""
    """The same, sanitised, with absolute addresses."""
    published: date | None = None
    language: str = ""
    """ISO 639-1, judged from the text; empty where it can't be told."""
    author: str = ""
    image: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What tells one text from another without keeping the text."""

    content_hash: str
    """SHA-256 of the folded words, hexadecimal."""
    sketch: tuple[int, ...]
    """FracMinHash over word 3-grams, rising."""
    facts: frozenset[int]
    """Hashes of the numbers, dates, ordinals and names that the text states."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A publication as it was just seen: what identity decides about and `record` writes down."""

    family: str
    """The family of hosts it was seen in; empty for a document without an address."""
    url: str
    keys: tuple[str, ...]
    """Address keys within the family, the one of `url` first."""
    content: Content
    fingerprint: Fingerprint
    state_hash: str
    """SHA-256 of everything whose change makes a revision: title, text, attachments."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that a sighting might be."""

    article_id: int
    family: str
    keys: frozenset[str]
    url: str
    """Its main location."""
    locations: frozenset[str]
    title: str
    text: str
    """Empty for a baseline known by its fingerprint alone."""
    attachments: frozenset[str]
    """Their addresses."""
    language: str
    published: date | None
    fingerprint: Fingerprint
    state_hash: str
    """Of the latest revision; empty for a baseline known by its fingerprint alone."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which article a sighting is: `article_id` is None for a new one; `why` is in words, for people."""

    article_id: int | None
    why: str


class Decider(Protocol):
    """The rules of identity, passed to the store so that deciding and writing are one transaction. Both methods are pure."""

    def identify(self, sighting: Sighting, candidates: Sequence[Candidate]) -> Verdict:
        """Which of the candidates, if any, the sighting is."""
        ...

    def revises(self, sighting: Sighting, known: Candidate, seen_here: str | None) -> bool:
        """Whether the sighting is a new state of the article; `seen_here` is the state hash last seen at its address, None at a new one."""
        ...


@dataclass(frozen=True, slots=True)
class LinkRead:
    """A link that was just read."""

    id: int
    validators: Validators
    again_at: datetime | None
    """When to look whether it was edited; None for never again."""


@dataclass(frozen=True, slots=True)
class ReadLink:
    """A link that led to an article, and the article's latest revision."""

    link: Link
    article_id: int
    is_main: bool
    """The article's main location is its address."""
    revision: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Recorded:
    """What writing a sighting down came to. `revision` is None where the content had not changed."""

    article_id: int
    revision: int | None
    state: LinkState
    why: str


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of an article's content; `number` 1 is the first that was read, 0 a baseline known by its fingerprint alone."""

    id: int
    number: int
    recorded_at: datetime
    content: Content


@dataclass(frozen=True, slots=True)
class Article:
    """One publication with its latest revision, as feeds and pages show it."""

    id: int
    source: str
    """The source's name; empty for a document without one."""
    url: str
    """The location that people are sent to; empty for a document without an address."""
    locations: tuple[str, ...]
    first_seen_at: datetime
    updated_at: datetime
    baseline: bool
    revision: Revision


@dataclass(frozen=True, slots=True)
class BaselineEntry:
    """A publication known before watching began, by what identifies it and without its text."""

    family: str
    url: str
    keys: tuple[str, ...]
    title: str
    language: str
    published: date | None
    fingerprint: Fingerprint


# --- sources -------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of a source between looks."""

    id: int
    name: str
    first_good_at: datetime | None
    """When it was first read with success; until then all that it shows is baseline."""
    last_good_at: datetime | None
    due_at: datetime
    failures: int
    """Looks failed in a row."""
    error: str
    """Why the last look failed, in words; empty after a good one."""
    articles: int


@dataclass(frozen=True, slots=True)
class LookCounts:
    """How the links of one look were accounted for; they sum to `seen`, but for links of earlier looks read again in this one."""

    seen: int = 0
    unknown: int = 0
    new: int = 0
    revised: int = 0
    known: int = 0
    baseline: int = 0
    failed: int = 0


# --- watches and matches -------------------------------------------------------------------------------------------------------------


class Span(NamedTuple):
    """A matched stretch of a revision, in code points of the field's original text."""

    field: str
    """`title` or `text`."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class UnmatchedRevision:
    """A revision that no watch has been held against yet."""

    id: int
    article_id: int
    number: int
    title: str
    text: str
    baseline: bool
    """The article is baseline and this is the first of it that was read."""
    matched_before: frozenset[str]
    """Names of the watches that an earlier revision of the article matched."""


@dataclass(frozen=True, slots=True)
class Match:
    watch: str
    spans: tuple[Span, ...]
    owed: Owed


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address. `key` tells it from others without giving it away, so that it may be stored and shown."""

    key: str
    channel: str


@dataclass(frozen=True, slots=True)
class MatchedRevision:
    """All that follows from holding every watch against one revision: what `record_matches` writes in one transaction."""

    revision_id: int
    matches: tuple[Match, ...]
    owed_to: Mapping[Recipient, tuple[str, ...]] = field(default_factory=dict)
    """For each recipient, the names of the watches on whose behalf it is told."""


# --- deliveries ----------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Delivery:
    """One article revision owed to one recipient, leased to be sent now."""

    id: int
    recipient: Recipient
    message_id: str
    """The part before the `@`; it is the same in every attempt."""
    attempts: int
    """Attempts before this one."""
    owed_since: datetime
    article: Article
    """With the owed revision, which need not be the latest."""
    watches: Mapping[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A delivery as lists show it."""

    id: int
    state: DeliveryState
    channel: str
    article_id: int
    title: str
    watches: tuple[str, ...]
    attempts: int
    due_at: datetime
    sent_at: datetime | None
    error: str


# --- feeds ---------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FeedState:
    """What decides a feed's bytes: it changes whenever they may."""

    instance: str
    """This installation's UUID; entry ids are made from it."""
    changed_at: datetime
    revisions: int
    """Grows with every revision and location; parts changes within one tick of the clock."""
