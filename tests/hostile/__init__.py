"""Owns: hostile servers of every kind that we could think of, for any test to stand beside.

`CASES` says what each does and what asking it may end in; `HostileSite` serves them, each on an address of its own; `Canary` knows whether
anybody came where nobody may; `Healthy` is a sound site to stand beside them; `resolver` tells lies about names.
"""

from hostile import certificates, charsets, lies, packing, pages, redirects, robots, slowness
from hostile.canary import Canary
from hostile.case import HAD, Case, Ending, Visit
from hostile.healthy import Healthy
from hostile.site import NETWORK, HostileSite

CASES: tuple[Case, ...] = (
    *slowness.CASES,
    *packing.CASES,
    *lies.CASES,
    *redirects.CASES,
    *certificates.CASES,
    *charsets.CASES,
    *robots.CASES,
    *pages.CASES,
)

__all__ = ["CASES", "HAD", "NETWORK", "Canary", "Case", "Ending", "Healthy", "HostileSite", "Visit"]
