"""What sources have in common that can fail for all of them at once: a host, a registrable domain, a country's domain, our connection."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from collector.health.ledger import Whom
from collector.health.limits import HealthLimits
from collector.health.reach import REACH
from storage.model import Condition

_COUNTRIES_IN_OTHER_SCRIPTS = frozenset({"xn--90ais", "xn--p1ai", "xn--80ao21a", "xn--j1amh", "xn--90a3ac", "xn--y9a3aq", "xn--fiqs8s"})
"""The domains of countries that are no two letters (IANA): бел, рф, қаз, укр, срб, հայ, 中国."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a source is."""

    source_id: int
    name: str
    host: str
    domain: str
    """The registrable one; the host itself where it has none."""

    @property
    def zone(self) -> str:
        """The country's domain; empty for any other, as no cause reaches all of `.com`."""
        last = self.domain.rpartition(":")[0].rpartition(".")[2] if ":" in self.domain else self.domain.rpartition(".")[2]
        is_country = (len(last) == 2 and last.isalpha()) or last in _COUNTRIES_IN_OTHER_SCRIPTS  # noqa: PLR2004  (ISO 3166)
        return last if is_country else ""


@dataclass(frozen=True, slots=True)
class Joint:
    """Sources that can't be reached any more, all since about the same time."""

    failing: tuple[Condition, ...]
    of: int
    """The sources that failed and those that were read since."""

    @property
    def since(self) -> datetime:
        return min(condition.since or condition.at for condition in self.failing)


def scopes_of(places: Iterable[Place]) -> list[tuple[Whom, list[Place]]]:
    """What at least two sources have in common, the widest first. What all of a narrower one are in is the narrower one."""
    named: dict[Whom, list[Place]] = {}
    for place in places:
        if place.zone:
            named.setdefault(Whom(f"zone:{place.zone}", _shown(f".{place.zone}")), []).append(place)
        named.setdefault(Whom(f"domain:{place.domain}", _shown(place.domain)), []).append(place)
        named.setdefault(Whom(f"host:{place.host}", _shown(place.host)), []).append(place)
    widest_first = sorted(named.items(), key=lambda item: ("zone", "domain", "host").index(item[0].scope.partition(":")[0]))
    return [(whom, members) for whom, members in widest_first if len(members) > 1]


def is_of_many(whom: Whom, members: Collection[Place]) -> bool:
    """Whether sources have nothing narrower in common: several domains of a country, several hosts of a domain."""
    kind = whom.scope.partition(":")[0]
    return len({place.domain if kind == "zone" else place.host for place in members}) > 1 or kind == "host"


def joint(members: Iterable[Place], conditions: Mapping[int, Condition], limits: HealthLimits) -> Joint | None:
    """Those of the members that fail together, where they are most of them; None where nothing has one cause.

    Who was not looked at since says nothing, nor does who has failed for long. One must have failed for long enough to be an incident.
    """
    known = [conditions[place.source_id] for place in members if place.source_id in conditions]
    together = _together([condition for condition in known if condition.cause in REACH and condition.since is not None], limits)
    if len(together) < limits.together_least or not any(condition.firm for condition in together):
        return None
    begun = max(condition.since or condition.at for condition in together)
    well = sum(condition.cause is None and condition.good_at is not None and condition.good_at >= begun for condition in known)
    return Joint(tuple(together), len(together) + well) if len(together) > well else None


def still_failing(members: Iterable[Place], conditions: Mapping[int, Condition]) -> tuple[list[Place], int]:
    """Those of the members that can't be reached now, and how many can."""
    members = [place for place in members if place.source_id in conditions]
    failing = [place for place in members if conditions[place.source_id].cause in REACH]
    return failing, sum(conditions[place.source_id].cause is None for place in members)


def _together(failing: Sequence[Condition], limits: HealthLimits) -> list[Condition]:
    """The most that began to fail within the time that counts as together."""
    failing = sorted(failing, key=lambda condition: condition.since or condition.at)
    best: list[Condition] = []
    start = 0
    for end, last in enumerate(failing):
        while (last.since or last.at) - (failing[start].since or failing[start].at) > limits.together:
            start += 1
        if end + 1 - start > len(best):
            best = failing[start : end + 1]
    return best


def _shown(name: str) -> str:
    """As people know it: `.бел` rather than `.xn--90ais`."""
    try:
        return name.encode("ascii").decode("idna")
    except UnicodeError:
        return name
