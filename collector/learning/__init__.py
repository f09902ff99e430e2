"""Owns: rules for a site whose pages changed, learnt from what is known of its publications and from today's pages. See `propose`.

outline (one pass over a page) ──> names (selectors that may last) ──> article | listing (those that find what is known) ──> written (TOML)

Everything here is a function of bytes, and runs in the child process. Time grows with the pages' length, not with its square.
"""

from __future__ import annotations

from collector.learning.propose import KnownListing, KnownPage, Proposal, propose
from collector.learning.written import as_toml

__all__ = ["KnownListing", "KnownPage", "Proposal", "as_toml", "propose"]
