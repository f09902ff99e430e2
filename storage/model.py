"""The vocabulary: frozen values that pass between the folders.

Times are aware and in UTC. A publication's date is a `date`, or an aware `datetime` where the source gives the hour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
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
    HELD = "held"
    """One of a burst of old or undated links: read after a while, unless the operator refuses."""
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


class EditKind(StrEnum):
    """What kind of change a revision is. The first five are what `on = ["edit"]` asks for."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    ATTACHMENT = "attachment"
    STATUS = "status"
    """A draft became what was adopted, or the other way round."""
    OTHER = "other"
    """Kept and shown, not sent."""
    REDATED = "re-dated"
    """The editors gave the publication another date; its words are the same. Kept and shown, not sent."""
    REMOVED = "removed"
    """The site says that it is gone; the words are those that were read last."""
    RETURNED = "returned"


class RelationKind(StrEnum):
    """What two articles are to each other without being one."""

    ALSO_AT = "also at"
    """The same story on another source."""
    TRANSLATION = "translation"


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
    whole: Content | None = None
    """The publication itself, where the entry point carries it and there is no page for it: it is not fetched."""


@dataclass(frozen=True, slots=True)
class Way:
    """An entry point as it was found: how a source's new publications can be learnt of."""

    kind: str
    """`feed`, `sitemap`, `listing`, `json`, `nodes` (a range of numbers) or `page` (one page whose changes are its revisions)."""
    url: str
    """With `{n}` for the number in a range."""
    daily: bool = False
    """Asked once a day, to check the other one by."""
    highest: int = 0
    """Of a range: the highest number that was known when it was found."""


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
    read_at: datetime | None = None
    """When it was last asked with success."""
    position: int | None = None
    """Of a range of numbers, the highest that led to a page."""
    ruled: bool = False
    """The rules of the site's definition have fitted it once."""


@dataclass(frozen=True, slots=True)
class Example:
    """A publication that was read, as it is remembered: what a page of today should say."""

    url: str
    title: str
    text: str
    published: date | None


@dataclass(frozen=True, slots=True)
class Gap:
    """What an entry point showed between two looks could not be followed back to anything known."""

    id: int
    url: str
    """The entry point's."""
    next_page: str
    """Where following stopped; empty where nothing leads on."""
    since: datetime | None
    """The good look before it."""
    noticed_at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class NewGap:
    """A gap that a look has just left."""

    url: str
    next_page: str
    words: str
    since: datetime | None = None
    """When its entry point was read before; None for the source's last good look."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a good look showed, to be written down in one transaction."""

    links: tuple[Link, ...]
    entry_points: Mapping[str, EntryPointState] = field(default_factory=dict)
    """Those that were read, by their addresses, as they are now."""
    old: frozenset[str] = frozenset()
    """Keys of links that are baseline, though it is not the first look."""
    beyond: frozenset[str] = frozenset()
    """Keys of baseline links that are not to be read: they lie beyond the limits of the back-fill."""
    held: Mapping[str, datetime] = field(default_factory=dict)
    """Keys of links that are held, and until when."""
    bursts: Mapping[str, str] = field(default_factory=dict)
    """Keys of links that came as many at once, and what they are called together: what is owed for them is told together."""
    meanwhile: Mapping[str, datetime] = field(default_factory=dict)
    """Keys of links that appeared between two earlier looks, by their dates, and when the first of these was: a gap was followed."""
    again: frozenset[str] = frozenset()
    """Keys of links that are to be read now though they are known."""
    gaps: tuple[NewGap, ...] = ()
    bridged: frozenset[int] = frozenset()
    """Gaps that this look has closed."""
    moved: Mapping[int, str] = field(default_factory=dict)
    """Gaps that it has followed further, and where to go on."""
    older: Mapping[str, str] = field(default_factory=dict)
    """For entry points at their first look: the page of older publications to begin the back-fill with."""


@dataclass(frozen=True, slots=True)
class Backfill:
    """How far the older pages of a list were followed."""

    id: int
    source_id: int
    url: str
    """The entry point's."""
    next_page: str
    """Where to go on; empty when every page was followed."""
    pages: int
    links: int
    """Publications found so far."""
    oldest: date | None
    """Of those that are dated."""
    begun_at: datetime
    ended_at: datetime | None
    why: str
    """Why it ended."""
    failures: int = 0
    error: str = ""


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
    backfilled: bool = False
    burst: str = ""
    """What it came with, as one of many at once."""


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
    translations: tuple[str, ...] = ()
    """Keys of the addresses at which the page says that it stands in other languages."""


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
    ruled: frozenset[str] = frozenset()
    """What an operator ruled to be this article's: a language, a space, and the key of an address."""
    joined: int | None = None
    """The article whose words and addresses these are, where it was joined to that of `article_id`."""


@dataclass(frozen=True, slots=True)
class Related:
    """An article that a sighting has to do with, without being it."""

    article_id: int
    kind: RelationKind
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which article a sighting is: `article_id` is None for a new one; `why` is in words, for people."""

    article_id: int | None
    why: str
    related: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True)
class Location:
    """An address at which an article was seen."""

    url: str
    first_seen_at: datetime
    gone_at: datetime | None
    """Since when the site says that there is nothing."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What an article is to another one, as people are shown it."""

    article_id: int
    """The other one."""
    kind: RelationKind
    why: str
    noted_at: datetime
    title: str
    url: str
    source: str


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
    burst: str = ""
    """As `WaitingLink.burst`, at the first reading."""


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
    kinds: tuple[EditKind, ...] = ()
    """What kind of edit it is; empty for the first state."""


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
    removed_at: datetime | None = None
    """When the site was found to have taken it away; None where it stands there."""


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
    paused_at: datetime | None = None
    """Since when it isn't looked at, as the operator wanted."""
    silent: bool = False
    """What its next good look shows is baseline."""
    resumed_at: datetime | None = None
    """When a pause ended; None again after the next good look."""
    ways: tuple[Way, ...] = ()
    """Entry points that were found by themselves; empty where none were looked for."""


@dataclass(frozen=True, slots=True)
class LookCounts:
    """How the links of one look were accounted for: `seen` and `earlier` together are `known`, `new`, `baseline`, `failed`, `held` and
    `waiting` together.
    """

    seen: int = 0
    unknown: int = 0
    new: int = 0
    revised: int = 0
    known: int = 0
    baseline: int = 0
    failed: int = 0
    """Links that could not be read, of those that were never read before; of a look that failed as a whole, itself."""
    held: int = 0
    waiting: int = 0
    """Links that it showed first and left for the next look."""
    earlier: int = 0
    """Links of earlier looks that it tried to read for the first time, or once more after a failure."""


# --- watches and matches -------------------------------------------------------------------------------------------------------------


class Span(NamedTuple):
    """A matched stretch of a revision, in code points of the field's original text."""

    field: str
    """`title`, `text`, `author`, or `attachment:N`, the N-th document of the revision, from 1 on."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Texts:
    """All that a query can ask of one state of an article."""

    title: str
    text: str
    attachments: tuple[str, ...] = ()
    """The texts of its documents, in their order; empty where one has none."""
    author: str = ""
    language: str = ""
    source: str = ""
    """The name of the source, empty for a document that stands at none."""


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
    kinds: frozenset[EditKind] = frozenset()
    burst: str = ""
    """The released burst that it came with; what is owed for it is told together."""
    attachments: tuple[str, ...] = ()
    """As in `Texts`, like what follows."""
    author: str = ""
    language: str = ""
    source: str = ""
    matched_then: Mapping[str, datetime] = field(default_factory=dict)
    """For the watches that an earlier revision matched: when that was, the last time."""
    matched_here: frozenset[str] = frozenset()
    """Names of the watches that this revision matched already: a document of it was read later than the rest."""

    @property
    def texts(self) -> Texts:
        return Texts(self.title, self.text, self.attachments, self.author, self.language, self.source)


@dataclass(frozen=True, slots=True)
class SavedWatch:
    """A watch that was made while the service runs. Queries stand here as they were written."""

    name: str
    query: str = ""
    """Empty where `terms` say it all."""
    terms: tuple[str, ...] = ()
    """Further queries, each of which is enough."""
    exclude: tuple[str, ...] = ()
    """Queries each of which refuses."""
    tags: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    on: tuple[str, ...] = ("new",)
    """What it tells of, as in the configuration."""
    created_at: datetime | None = None
    """None for one that is not written down yet."""
    changed_at: datetime | None = None
    removed_at: datetime | None = None
    version: int = 0
    """Rises with every change of any watch; 0 for one that is not written down yet."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is told to those whom a watch alerts when it is saved."""

    watches: tuple[str, ...]
    """Those that it tells of, of those that are saved together."""
    recipients: tuple[Recipient, ...]
    words: str
    """For lists of deliveries."""
    detail: str
    """What is to be shown, as JSON."""


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
    indexed: Indexed | None = None
    """By what it will be found again; None where nothing is to change about that."""
    documents: int | None = None
    """Of how many documents the texts were there: if one was read meanwhile, it is to be decided anew."""


@dataclass(frozen=True, slots=True)
class NamePair:
    """A name and its abbreviation, as one text says that they are one: `Региональное содружество в области связи (РСС)`."""

    short: str
    long: str
    short_key: str = ""
    """Alike for all spellings of the abbreviation; made by `notify.glossary`, like the next."""
    long_key: str = ""
    """Alike for all forms of the full name."""


class NameState(StrEnum):
    """What became of a pair of names."""

    OFFERED = "offered"
    """Texts say so; nobody has decided on it."""
    ACCEPTED = "accepted"
    REFUSED = "refused"
    """Not offered again, however many texts say so."""


@dataclass(frozen=True, slots=True)
class KnownPair:
    """A pair of names in the glossary."""

    pair: NamePair
    state: NameState
    articles: int
    """How many say so; 0 for one that was added by hand."""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the search index is to hold of an article."""

    version: str
    """Of the lexicon that made the keys."""
    keys: frozenset[str]
    """One column of folded lemmas and what else can be asked for, in no order (`notify.search.keys_of`)."""
    whole: bool = True
    """False where it has more words than the index takes: such an article is a candidate for every query."""
    pairs: tuple[NamePair, ...] = ()
    """Names that its text says are one."""


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
    """With the owed revision, which need not be the latest; of its documents' texts, as much as it takes to show the words that matched."""
    watches: Mapping[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Settling:
    """When what came together is told together."""

    quiet: timedelta = timedelta(minutes=5)
    """Nothing was added for so long."""
    longest: timedelta = timedelta(hours=1)
    """Or the first of it waits for so long."""


AS_BY_DEFAULT = Settling()


@dataclass(frozen=True, slots=True)
class Digest:
    """Deliveries to one recipient that are one message, leased to be sent now."""

    id: int
    """Of the first of its deliveries."""
    recipient: Recipient
    message_id: str
    """As `Delivery.message_id`; it belongs to these deliveries for good."""
    attempts: int
    owed_since: datetime
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A delivery as lists show it."""

    id: int
    state: DeliveryState
    channel: str
    article_id: int | None
    """None for a notice."""
    title: str
    watches: tuple[str, ...]
    attempts: int
    due_at: datetime
    sent_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of holding one watch against one state of an article."""

    number: int
    """Of the revision."""
    recorded_at: datetime
    matched_at: datetime | None
    """When watches were held against it; None while they were not."""
    owed: Owed | None
    """None where this watch did not match then."""
    deliveries: tuple[DeliveryRow, ...] = ()


# --- feeds ---------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FeedState:
    """What decides a feed's bytes: it changes whenever they may."""

    instance: str
    """This installation's UUID; entry ids are made from it."""
    changed_at: datetime
    revisions: int
    """Grows with every revision and location; parts changes within one tick of the clock."""


# --- health --------------------------------------------------------------------------------------------------------------------------


class Cause(StrEnum):
    """What can be wrong with a source; of each there is one incident at a time."""

    UNREACHABLE = "unreachable"
    BLOCKED = "blocked"
    """The server does not want us, or we may not ask it."""
    NOTHING_RECOGNISED = "nothing recognised"
    """Its list came, and no publication was recognised in it."""
    RULES = "rules"
    """Its explicit rules don't fit any more; it is read without them."""
    FIELDS_LOST = "fields lost"
    """Its articles have lost a title, a date, a text or an author that they used to have."""
    LIST_SHRUNK = "list shrunk"
    TEXTS_SHRUNK = "texts shrunk"
    BLOCK_PAGE = "block page"
    """It answers with a captcha or a notice of works, and calls that a success."""
    MOJIBAKE = "mojibake"
    ARTICLES = "articles"
    """Its list can be read, and what the list leads to can't."""
    SILENT = "silent"
    BURST = "burst"
    """So many links at once that they are held."""
    GAP = "gap"
    """What it published between two looks may have been missed."""
    CONNECTION = "connection"
    """Our own connection is down; no source is to blame."""


@dataclass(frozen=True, slots=True)
class Symptom:
    """A sign that something is wrong with a source."""

    cause: Cause
    words: str
    detail: str = ""
    """What is worth keeping beside the words, such as a proposal for new rules."""
    firm: bool = True
    """Enough to open an incident; a sign that is not firm keeps one open that is."""
    since: datetime | None = None
    """When it began, where that is known."""


@dataclass(frozen=True, slots=True)
class LookNotes:
    """What a look noticed besides its counts."""

    trouble: str = ""
    """Why it failed, in one word (`collector.page.Trouble`)."""
    listed: Mapping[str, int] = field(default_factory=dict)
    """For each entry point that was read whole, how many links its first page showed; one that had not changed is not among them."""
    noticed: tuple[Symptom, ...] = ()


NOTHING_NOTED = LookNotes()


@dataclass(frozen=True, slots=True)
class PastLook:
    id: int
    finished_at: datetime
    error: str
    """Empty for a good one."""
    notes: LookNotes = NOTHING_NOTED
    read: bool = False
    """It read articles."""


@dataclass(frozen=True, slots=True)
class ArticleTraits:
    """What an article has, without what it says."""

    title: str
    beginning: str
    """Of its text."""
    length: int
    """Of its text, in code points."""
    dated: bool
    signed: bool
    """Its author is named."""


@dataclass(frozen=True, slots=True)
class SourceHistory:
    """What is known of a source, for judging how it is."""

    source_id: int
    looks: tuple[PastLook, ...]
    """The latest ones, the last of all at the end."""
    before: tuple[ArticleTraits, ...] = ()
    """Articles before the recent ones."""
    recent: tuple[ArticleTraits, ...] = ()
    """The newest articles that were alerted as new, the newest at the end."""
    published: tuple[date, ...] = ()
    """When its latest publications were published, or first seen where they have no date and are not baseline; in no order."""
    newest_at: datetime | None = None
    """When its newest article was first seen."""
    looks_before: tuple[PastLook, ...] = ()
    """Where its list is known to have shrunk: the looks before that."""
    condition: Condition | None = None
    """As it was judged last."""
    unread: tuple[tuple[datetime, str], ...] = ()
    """Links that failed several times: when each was first seen, and why it can't be read; the latest first."""
    held: int = 0
    """Links that are held."""
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether a source can be reached, as of one of its looks."""

    source_id: int
    look_id: int
    at: datetime
    """When that look ended."""
    cause: Cause | None = None
    """`UNREACHABLE`, `BLOCKED` or `CONNECTION`; None where it can be reached."""
    firm: bool = False
    words: str = ""
    since: datetime | None = None
    """When the first of the looks failed that have failed in a row."""
    good_at: datetime | None = None
    """When the last good look ended."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One cause, from its beginning to its end, of one source or of many together."""

    id: int
    """0 for one that is not written down yet."""
    scope: str
    """Whom it concerns: `source:` and its id, `host:`, `domain:` or `zone:` and a name, or `ours`."""
    source_id: int | None
    cause: Cause
    about: str
    """The source's name, or what the sources have in common."""
    words: str
    detail: str
    opened_at: datetime
    last_seen_at: datetime
    """When its cause was last seen to be there."""
    reopened_at: datetime | None = None
    """When it came back after a short end, about which nobody was told."""
    closed_at: datetime | None = None
    told: bool = False
    """The operator knows of it, and not of its end."""
    tellings: int = 0
    """How often the operator was told that it is there."""


class NoticeKind(StrEnum):
    OPENED = "opened"
    CLOSED = "closed"
    RECEIPT = "receipt"
    """A watch was saved; it goes to whom the watch alerts."""


@dataclass(frozen=True, slots=True)
class IncidentChange:
    """An incident as it is to be from now on, and what the operator is to be told of that."""

    incident: Incident
    tell: NoticeKind | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to the operator, or a receipt; in no language yet."""

    id: int
    name: str
    """Unique, so that nothing is told twice."""
    kind: NoticeKind
    cause: Cause | None
    """None for a receipt."""
    scope: str
    about: str
    words: str
    detail: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class NoticeDelivery:
    """A notice owed to one recipient, leased to be sent now."""

    id: int
    recipient: Recipient
    message_id: str
    """As `Delivery.message_id`."""
    attempts: int
    owed_since: datetime
    notice: Notice


# --- accounts ------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LinkAccount:
    """Every link ever seen, by the one state in which it is."""

    links: int
    states: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LookAccount:
    """All looks that are remembered."""

    looks: int
    failed: int
    """Looks that showed nothing, and count themselves as failed."""
    sums: LookCounts
    uncounted: int
    """Looks of earlier versions, which did not count all that makes the balance; they are in no sum."""

    @property
    def balances(self) -> bool:
        told = self.sums
        shown = told.seen + told.earlier + self.failed
        return shown == told.known + told.new + told.baseline + told.failed + told.held + told.waiting


@dataclass(frozen=True, slots=True)
class WatchAccount:
    """What became of every revision, for one watch; the numbers sum to that of the revisions."""

    watch: str
    pending: int
    """No watch was held against them yet."""
    not_matched: int
    before: int
    """It did not match them, and could not: they were held against the watches before it was made."""
    after: int
    """The same, after it was removed."""
    not_owed: Mapping[str, int]
    """Matched, and nobody is told, by the reason (`Owed`)."""
    delivered: int
    deferred: int
    """Owed to a recipient at least, who is told later."""
    dead: int
    """Owed to nobody any more, and given up for a recipient at least."""
    forgotten: int
    """Told so long ago that it is not kept to whom."""


@dataclass(frozen=True, slots=True)
class ArticleAccount:
    articles: int
    revisions: int
    """Those that were read."""
    pending: int
    deliveries: Mapping[str, int]
    """Of revisions, by their states."""
    watches: tuple[WatchAccount, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not balance."""

    about: str
    """What the ids are of: a table's name."""
    words: str
    ids: tuple[int, ...]
    """The first of them."""
    more: bool
    """There are others."""
    broken: bool = True
    """It can't be so; otherwise it may be so for a while."""


def unaccounted(watch: WatchAccount, revisions: int) -> int:
    """How many revisions the account of a watch lacks; 0 where it balances."""
    told = watch.delivered + watch.deferred + watch.dead + watch.forgotten
    unwatched = watch.before + watch.after
    return revisions - watch.pending - watch.not_matched - unwatched - sum(watch.not_owed.values()) - told
