"""How much of what makes an incident. Every number is a setting under `[health]`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class HealthLimits:
    every: timedelta = timedelta(seconds=5)
    """How often sources are minded, at most."""

    failures: int = 3
    failing_for: timedelta = timedelta(hours=1)
    """Looks that fail so often, and for so long, open an incident: a restart of a server takes minutes, and nobody has to know of it."""
    ours_for: timedelta = timedelta(minutes=10)
    """The same for our own connection: while it is down, nothing at all is read."""
    good_looks: int = 3
    """In a row, before an incident is closed."""
    returns_within: timedelta = timedelta(days=1)
    """What comes back so soon after its end is the same incident: nobody is told again, unless it then stays for as long."""
    settled: timedelta = timedelta(days=14)
    """What has changed for so long is how the source is now."""

    together: timedelta = timedelta(hours=2)
    """Sources that fell silent within such a time may have one cause; each is looked at once an hour at least."""
    together_least: int = 3

    recent: int = 5
    """Newest articles that are compared with those before them."""
    before: int = 20
    fields_share: float = 0.9
    """Of the articles before, so many had the field that the recent ones lack."""
    texts_share: float = 0.25
    """The recent texts are shorter than this part of those before: a redesign seldom halves texts, a teaser or a notice is a tenth."""
    mojibake: int = 2
    """Of the recent articles."""

    list_looks: int = 20
    list_share: float = 1 / 3
    list_times: int = 2
    """Looks in a row at which a list is so short: a page may be caught while it is being rebuilt."""

    unread: int = 3
    unread_tries: int = 3
    """So many links newer than the newest article, each tried so often, that can't be read."""

    silent_gaps: int = 10
    """Known gaps between publications, before silence can be judged."""
    silent_percentile: float = 0.95
    silent_times: float = 3.0
    silent_pause: float = 1.5
    """The longest usual pause, so often: where most gaps are minutes, weekends are no silence all the same."""
    silent_least: timedelta = timedelta(days=1)
