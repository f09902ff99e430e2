"""When to try again, and when to give up: the rules alone. Leasing, sending and marking are the caller's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notify.senders.channel import SendError
    from storage.model import Delivery, Digest, NoticeDelivery


@dataclass(frozen=True, slots=True)
class Policy:
    first: timedelta = timedelta(seconds=30)
    """The wait after the first failure; each later one doubles it."""
    longest: timedelta = timedelta(hours=6)
    jitter: float = 0.2
    """The share by which a wait is made shorter or longer, so that what failed together doesn't come back together."""
    expires: timedelta = timedelta(days=3)
    """After this time a mail is too late to be an alert (RFC 5321, section 4.5.4.1, gives 4 to 5 days for mail in general)."""


DEFAULT = Policy()


@dataclass(frozen=True, slots=True)
class Retry:
    due_at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Dead:
    words: str


def next_attempt(attempts: int, now: datetime, jitter: float, policy: Policy = DEFAULT) -> datetime:
    """When to try again after `attempts` failures, 1 or more; `jitter` is drawn by the caller, 0.0 to 1.0, and 0.5 changes nothing."""
    doublings = min(attempts - 1, 64)  # beyond that any wait is the longest one
    wait = min(policy.first.total_seconds() * 2.0**doublings, policy.longest.total_seconds())
    return now + timedelta(seconds=wait * (1 + policy.jitter * (2 * jitter - 1)))


def decide_after_failure(
    delivery: Delivery | Digest | NoticeDelivery, error: SendError, now: datetime, jitter: float, policy: Policy = DEFAULT
) -> Retry | Dead:
    """What becomes of a delivery whose attempt has just failed; `delivery.attempts` are those before it."""
    if error.permanent:
        return Dead(error.words)
    if now - delivery.owed_since >= policy.expires:
        return Dead(f"expired after {_span(policy.expires)}: {error.words}")
    return Retry(next_attempt(delivery.attempts + 1, now, jitter, policy), error.words)


def _span(time: timedelta) -> str:
    return f"{time.days} days" if time >= timedelta(days=2) else f"{time.total_seconds():g} s"
