"""The signs of what is wrong with a source, each a function of its history."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median

from collector.health.gibberish import is_mojibake
from collector.health.limits import HealthLimits
from collector.health.reach import cause_of, is_lasting, run_of
from collector.health.silence import moment_of, usual_silence
from storage.model import ArticleTraits, Cause, PastLook, SourceHistory, Symptom

_FIELDS: Mapping[str, Callable[[ArticleTraits], bool]] = {
    "title": lambda article: bool(article.title),
    "text": lambda article: article.length > 0,
    "date": lambda article: article.dated,
    "author": lambda article: article.signed,
}
_FEW = 5
"""Looks at a list before its usual size is known."""


def signs(history: SourceHistory, limits: HealthLimits, now: datetime) -> Iterator[Symptom]:
    """Everything that is wrong with a source but its being out of reach."""
    for cause in (Cause.NOTHING_RECOGNISED, Cause.BLOCK_PAGE):
        yield from lasting_failure(history.looks, cause, limits)
    yield from noticed(history.looks)
    yield from shrunken_list(history, limits)
    yield from lost_fields(history, limits)
    yield from shrunken_texts(history, limits)
    yield from mojibake(history, limits)
    yield from unread_articles(history, limits)
    yield from silence(history, limits, now)
    if history.held:
        yield Symptom(Cause.BURST, f"{history.held} links came at once that are old or undated; they are held for a while")
    for gap in reversed(history.gaps):
        # since it was noticed: after an outage of weeks it began so long ago that it would count as settled at once
        if now - gap.noticed_at < limits.settled:
            yield Symptom(Cause.GAP, gap.words, gap.next_page, since=gap.noticed_at)


def lasting_failure(looks: Sequence[PastLook], cause: Cause, limits: HealthLimits) -> Iterator[Symptom]:
    """The list comes, and says nothing that is understood; a site that is being rebuilt is so for minutes."""
    if run := run_of(looks, frozenset({cause})):
        yield Symptom(cause, run[0].error, firm=is_lasting(run, limits), since=run[-1].finished_at)


def noticed(looks: Sequence[PastLook]) -> Iterator[Symptom]:
    """What the last look noticed itself. Rules may fail on one odd page, so two looks have to say that they don't fit; and a look that
    read no list, or no article, does not say that they fit again.
    """
    telling = [look for look in looks if (look.notes.listed and look.read) or look.notes.noticed][-2:]
    for symptom in telling[-1].notes.noticed if telling else ():
        again = all(any(other.cause is symptom.cause for other in look.notes.noticed) for look in telling)
        firm = symptom.firm and (symptom.cause is not Cause.RULES or (again and len(telling) > 1))
        yield Symptom(symptom.cause, symptom.words, symptom.detail, firm=firm, since=symptom.since or telling[-1].finished_at)


def shrunken_list(history: SourceHistory, limits: HealthLimits) -> Iterator[Symptom]:
    """An entry point shows less than a third of what it used to."""
    whole = [look for look in history.looks if look.notes.listed]
    for url in whole[-1].notes.listed if whole else ():
        sizes = [look.notes.listed[url] for look in whole if url in look.notes.listed]
        latest = sizes[-limits.list_times :]
        before = [look.notes.listed[url] for look in history.looks_before if url in look.notes.listed] or sizes[: -limits.list_times]
        before = before[-limits.list_looks :]
        if len(before) < _FEW:
            continue
        short = [size for size in latest if size < limits.list_share * median(before)]
        if sizes[-1] in short:
            words = f"the list shows {sizes[-1]} publications; it used to show {median(before):g}"
            yield Symptom(Cause.LIST_SHRUNK, words, url, firm=len(short) == limits.list_times)


def lost_fields(history: SourceHistory, limits: HealthLimits) -> Iterator[Symptom]:
    """What nearly every article had, none of the newest has."""
    recent, before = history.recent[-limits.recent :], history.before[-limits.before :]
    if not recent or 2 * len(before) < limits.before:
        return
    used = [name for name, has in _FIELDS.items() if sum(map(has, before)) >= limits.fields_share * len(before)]
    lost = [name for name in used if not _FIELDS[name](recent[-1])]
    firmly = [name for name in lost if len(recent) == limits.recent and not any(map(_FIELDS[name], recent))]
    if lost:
        words = f"its articles have no {' and no '.join(firmly or lost)} any more"
        yield Symptom(Cause.FIELDS_LOST, words, firm=bool(firmly))


def shrunken_texts(history: SourceHistory, limits: HealthLimits) -> Iterator[Symptom]:
    recent, before = history.recent[-limits.recent :], history.before[-limits.before :]
    if not recent or 2 * len(before) < limits.before:
        return
    usual, now = median(article.length for article in before), median(article.length for article in recent)
    if recent[-1].length < limits.texts_share * usual:
        words = f"its texts are {now:g} characters long; they used to be {usual:g}"
        yield Symptom(Cause.TEXTS_SHRUNK, words, firm=len(recent) == limits.recent and now < limits.texts_share * usual)


def mojibake(history: SourceHistory, limits: HealthLimits) -> Iterator[Symptom]:
    """A source that has been so from the beginning is told as well."""
    latest = (*history.before, *history.recent)[-limits.recent :]
    wrong = [is_mojibake(article.title) or is_mojibake(article.beginning) for article in latest]
    if wrong and wrong[-1]:
        words = "its articles can't be read: they come in another charset than they say"
        yield Symptom(Cause.MOJIBAKE, words, latest[-1].title[:200], firm=sum(wrong) >= limits.mojibake)


def unread_articles(history: SourceHistory, limits: HealthLimits) -> Iterator[Symptom]:
    """What its list leads to can't be read: nothing that is newer than the newest article."""
    newer = [(seen, reason) for seen, reason in history.unread if history.newest_at is None or seen >= history.newest_at]
    if newer:
        words = f"{len(newer)} new publications can't be read: {newer[0][1]}"
        yield Symptom(Cause.ARTICLES, words, firm=len(newer) >= limits.unread, since=newer[-1][0])


def silence(history: SourceHistory, limits: HealthLimits, now: datetime) -> Iterator[Symptom]:
    """Nothing new for longer than ever, though the source can be read."""
    usual = usual_silence(history.published, limits)
    if usual is None or cause_of(history.looks[-1]) is not None:
        return
    last = max(moment_of(published) for published in history.published)
    if now - last > usual:
        words = f"no new publication for {in_words(now - last)}; up to {in_words(usual)} would be usual"
        yield Symptom(Cause.SILENT, words, since=last)


def in_words(span: timedelta) -> str:
    """A length of time, as exactly as it is worth knowing.

    >>> in_words(timedelta(days=9, hours=3)), in_words(timedelta(hours=30))
    ('9 days', '30 hours')
    """
    hours = span.total_seconds() / 3600
    if hours >= 48:  # noqa: PLR2004  (two days)
        return f"{hours / 24:.0f} days"
    return f"{hours:.0f} hours" if hours >= 2 else f"{span.total_seconds() / 60:.0f} minutes"  # noqa: PLR2004
